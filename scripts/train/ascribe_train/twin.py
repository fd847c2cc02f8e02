"""Training with an encoder in bfloat16: processors with matrix units for it (Intel AMX) are more than twice as fast so.

The model itself stays in single precision: the optimizer, the moving average and the checkpoints know nothing of this.
A copy of it whose encoder is in bfloat16 makes the losses; its gradients go to the model, the model's weights to it
(mixed precision with master weights, Micikevicius et al. 2018; bfloat16 needs no scaling of the loss).
"""

from __future__ import annotations

import copy
import pathlib

import torch
from torch import nn


def fast() -> bool:
    """Whether this machine multiplies matrices of bfloat16 in hardware."""
    if torch.cuda.is_available():
        return torch.cuda.is_bf16_supported()
    info = pathlib.Path("/proc/cpuinfo")
    return info.exists() and " amx_bf16" in info.read_text("utf-8")


class Twin:
    """A model and the copy of it that runs; without `narrow` the copy is the model itself."""

    def __init__(self, model: nn.Module, narrow: bool):
        self.model = model
        self.copy = copy.deepcopy(model) if narrow else model
        if narrow:
            self.copy.bert.bfloat16()

    def backward(self, loss: torch.Tensor) -> None:
        """Puts the gradients of a loss that `copy` gave into the model."""
        loss.backward()
        if self.copy is self.model:
            return
        for own, other in zip(self.model.parameters(), self.copy.parameters()):
            own.grad = None if other.grad is None else other.grad.to(own.dtype)
            other.grad = None

    @torch.no_grad()
    def refresh(self) -> None:
        """Takes over the model's weights after a step."""
        if self.copy is not self.model:
            for own, other in zip(self.model.parameters(), self.copy.parameters()):
                other.copy_(own)
