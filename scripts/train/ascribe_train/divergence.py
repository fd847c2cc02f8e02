"""How far two readings of the same input are from each other (R-Drop: Liang et al. 2021)."""

import torch


def apart(one: torch.Tensor, two: torch.Tensor) -> torch.Tensor:
    """The mean divergence of both directions, over log probabilities in the last dimension."""
    return ((one.exp() - two.exp()) * (one - two)).sum(-1) / 2
