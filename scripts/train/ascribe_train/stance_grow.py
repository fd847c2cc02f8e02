"""A deeper encoder out of a trained one: after each layer a copy of it that changes nothing yet.

The outputs of a new layer start at zero (Wu et al. 2024, LLaMA Pro, where norms come first). Here norms come last, so that the norms of a
new layer must give back what they take: their scale and shift start as the usual ones of the layer's input, which are near
the same for all tokens.
"""

from __future__ import annotations

import copy

import torch
from torch import nn

from .stance_model import StanceModel


@torch.no_grad()
def grow(model: StanceModel, layers: int) -> None:
    """Spreads new layers evenly over the encoder until it has `layers`; 0 leaves it as it is."""
    old = list(model.bert.encoder.layer)
    if layers <= len(old):
        return
    grown, extra = [], layers - len(old)
    for at, layer in enumerate(old):
        grown.append(layer)
        copies = (at + 1) * extra // len(old) - at * extra // len(old)
        grown.extend(silent(layer) for _ in range(copies))
    model.bert.encoder.layer = nn.ModuleList(grown)
    model.bert.config.num_hidden_layers = layers


def silent(layer: nn.Module) -> nn.Module:
    """A copy of a layer that gives (nearly) what it takes."""
    new = copy.deepcopy(layer)
    norm = layer.output.LayerNorm
    shift = norm.bias.mean()
    scale = (norm.weight.square() + norm.bias.square()).mean().sub(shift.square()).sqrt()
    for part in (new.attention.output, new.output):
        part.dense.weight.zero_()
        part.dense.bias.zero_()
        part.LayerNorm.weight.fill_(scale)
        part.LayerNorm.bias.fill_(shift)
    return new
