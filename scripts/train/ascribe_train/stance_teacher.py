"""The teacher of the stance model: a larger encoder (MPNet, Song et al. 2020) that reads the same passes.

Its vocabulary is that of BERT moved by four, with its own marks of start and end; it knows no token types, so theirs are
two vectors of their own, zero at the start. It is never shipped: the small model learns from its labels (`stance_soft`).
"""

from __future__ import annotations

import json
import pathlib

import torch
from torch import nn
from transformers import MPNetConfig, MPNetModel

from .stance_input import CLS, SEP
from .stance_model import StanceModel

SHIFT, START, END, PAD = 4, 0, 2, 1


class StanceTeacher(StanceModel):
    CONFIG, ENCODER = MPNetConfig, MPNetModel

    def __init__(self, config: MPNetConfig, dropout: float = 0.1):
        super().__init__(config, dropout)
        self.types = nn.Parameter(torch.zeros(2, config.hidden_size))

    def forward(self, ids: torch.Tensor, types: torch.Tensor, mask: torch.Tensor, rows: torch.Tensor, opens: torch.Tensor) -> torch.Tensor:
        """As `StanceModel.forward`, of the same ids."""
        own = torch.where(ids == CLS, START, torch.where(ids == SEP, END, torch.where(mask == 0, PAD, ids + SHIFT)))
        words = self.words(ids, own)
        read = self.bert(inputs_embeds=words + self.types[types].to(words.dtype), attention_mask=mask)
        return self.answers(read.last_hidden_state, rows, opens)


def pretrained(encoder: pathlib.Path) -> StanceModel:
    """The network that fits the kind of encoder in a folder."""
    kind = json.loads((encoder / "config.json").read_text("utf-8"))["model_type"]
    return (StanceTeacher if kind == "mpnet" else StanceModel).pretrained(encoder)


def loaded(encoder: pathlib.Path, weights: pathlib.Path) -> StanceModel:
    """The network of a run, with the weights that it kept (`best.pt`)."""
    model = pretrained(encoder)
    model.load_state_dict(torch.load(weights, map_location="cpu", weights_only=False)["model"])
    return model


def freeze(model: StanceModel, layers: int) -> None:
    """Keeps the lowest `layers` as pretrained, and what comes before them."""
    if layers:
        for part in (model.bert.embeddings, *model.bert.encoder.layer[:layers]):
            part.requires_grad_(False)
