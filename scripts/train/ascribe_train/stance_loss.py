"""Loss, averaged weights and learning rate of the stance training."""

from __future__ import annotations

import copy

import torch
from torch import nn

from .divergence import apart
from .stance_batches import Batch
from .stance_data import Sample


class Loss(nn.Module):
    """Cross entropy with class weights (inverse square root of the share) of each data set.

    A target within the quote is judged among three classes, one outside among four. Soft labels have no class weights:
    their teacher had them.
    """

    def __init__(self, pools: dict[str, list[Sample]], smoothing: float):
        super().__init__()
        self.smoothing = smoothing
        self.weights: dict[tuple[str, bool], torch.Tensor] = {}
        for name, pool in pools.items():
            for outside in (False, True):
                labels = [t.label for s in pool for t in s.targets if t.outside == outside]
                counts = torch.bincount(torch.tensor(labels, dtype=torch.long), minlength=4).float()[: 4 if outside else 3]
                if counts.sum() > 0:
                    weight = (counts.sum() / counts.clamp(min=1)).sqrt()
                    self.weights[name, outside] = weight / (weight * counts).sum() * counts.sum()

    def forward(self, logits: torch.Tensor, batch: Batch) -> torch.Tensor:
        named = zip(batch.keys, batch.outside.tolist(), batch.labels.tolist())
        scale = torch.tensor([self.weights[key[0], outside][label] for key, outside, label in named]).to(logits.device)
        taught = batch.soft.sum(-1) > 0
        scale = torch.where(taught, 1.0, scale) * batch.weights
        log, allowed = answers(logits, batch)
        even = allowed / allowed.sum(-1, keepdim=True)
        right = nn.functional.one_hot(batch.labels, logits.shape[-1])
        goal = torch.where(taught[:, None], batch.soft, (1 - self.smoothing) * right + self.smoothing * even)
        return (scale * -(goal * log * allowed).sum(-1)).sum() / scale.sum()


def answers(logits: torch.Tensor, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    """Log probabilities of the classes and which of them are possible: `none` is so outside the quote only."""
    allowed = torch.ones_like(logits)
    allowed[~batch.outside, 3] = 0.0
    return (logits - 1e9 * (1 - allowed)).log_softmax(-1), allowed


def disagreement(first: torch.Tensor, second: torch.Tensor, batch: Batch) -> torch.Tensor:
    """How far two readings of a batch are from each other, the mean over its targets."""
    (one, allowed), (two, _) = answers(first, batch), answers(second, batch)
    return (batch.weights * apart(one * allowed, two * allowed)).sum() / batch.weights.sum()


def taught(logits: torch.Tensor, teacher: torch.Tensor, batch: Batch) -> torch.Tensor:
    """How far a reading is from the teacher's of the same batch (Hinton, Vinyals, Dean 2015), the mean over its targets."""
    (own, allowed), (goal, _) = answers(logits, batch), answers(teacher, batch)
    far = (goal.exp() * (goal - own) * allowed).sum(-1)
    return (batch.weights * far).sum() / batch.weights.sum()


class Averaged:
    """Exponential moving average of the trained parameters."""

    def __init__(self, model: nn.Module, decay: float):
        self.decay, self.steps = decay, 0
        self.values = {n: p.detach().clone() for n, p in model.named_parameters() if p.requires_grad}

    @torch.no_grad()
    def update(self, model: nn.Module) -> None:
        self.steps += 1
        keep = min(self.decay, (1 + self.steps) / (10 + self.steps))
        for name, parameter in model.named_parameters():
            if name in self.values:
                self.values[name].lerp_(parameter, 1 - keep)

    def applied(self, model: nn.Module) -> nn.Module:
        other = copy.deepcopy(model)
        other.load_state_dict({**model.state_dict(), **self.values})
        return other


def factor(progress: float) -> float:
    """Of the highest learning rate: up over the first sixteenth, then down to a fiftieth."""
    return min(16 * progress + 0.01, max(0.02, (1 - progress) / (1 - 1 / 16)))
