"""The teacher of the stance model: a larger encoder (MPNet, Song et al. 2020) that reads the same passes.

Its vocabulary is that of BERT moved by four, with its own marks of start and end; it knows no token types, so theirs are
two vectors of their own, zero at the start. Only its labels are shipped, in the weights of the small model.
"""

from __future__ import annotations

import json
import pathlib

import torch
from torch import nn
from transformers import MPNetConfig, MPNetModel

from .stance_input import CLS, LABELS, SEP
from .stance_model import FIRST_MARKER, MARKERS, STARTS, StanceModel

SHIFT, START, END, PAD = 4, 0, 2, 1


class StanceTeacher(nn.Module):
    def __init__(self, config: MPNetConfig, dropout: float = 0.1):
        super().__init__()
        self.bert = MPNetModel(config, add_pooling_layer=False)
        self.types = nn.Parameter(torch.zeros(2, config.hidden_size))
        self.markers = nn.Parameter(torch.zeros(MARKERS, config.hidden_size))
        self.dense = nn.Linear(config.hidden_size, config.hidden_size)
        self.out = nn.Linear(config.hidden_size, len(LABELS))
        self.dropout = nn.Dropout(dropout)
        self.bert.embeddings.word_embeddings.weight.requires_grad_(False)

    @classmethod
    def pretrained(cls, encoder: pathlib.Path) -> "StanceTeacher":
        """The encoder with fresh heads; a marker starts as the vector of a word that says what it is for."""
        model = cls(MPNetConfig.from_pretrained(encoder, attention_probs_dropout_prob=0.0))
        loaded = MPNetModel.from_pretrained(encoder, add_pooling_layer=False)
        model.bert.load_state_dict(loaded.state_dict())
        vocabulary = (encoder / "vocab.txt").read_text("utf-8").split("\n")
        table = model.bert.embeddings.word_embeddings.weight
        with torch.no_grad():
            for marker, word in STARTS.items():
                model.markers[marker - FIRST_MARKER] = table[vocabulary.index(word)]
        return model

    def forward(self, ids: torch.Tensor, types: torch.Tensor, mask: torch.Tensor, rows: torch.Tensor, opens: torch.Tensor) -> torch.Tensor:
        """As [`StanceModel.forward`], of the same ids."""
        own = torch.where(ids == CLS, START, torch.where(ids == SEP, END, torch.where(mask == 0, PAD, ids + SHIFT)))
        words = self.bert.embeddings.word_embeddings(own)
        place = ids - FIRST_MARKER
        marker = (place >= 0) & (place < MARKERS)
        words = torch.where(marker.unsqueeze(-1), self.markers[place.clamp(0, MARKERS - 1)].to(words.dtype), words)
        words = words + self.types[types].to(words.dtype)
        hidden = self.bert(inputs_embeds=words, attention_mask=mask).last_hidden_state.float()
        state = nn.functional.gelu(self.dense(self.dropout(hidden[rows, opens])))
        return self.out(self.dropout(state))


def pretrained(encoder: pathlib.Path) -> StanceModel | StanceTeacher:
    """The network that fits the kind of encoder in a folder."""
    kind = json.loads((encoder / "config.json").read_text("utf-8"))["model_type"]
    return (StanceTeacher if kind == "mpnet" else StanceModel).pretrained(encoder)


def freeze(model: StanceModel | StanceTeacher, layers: int) -> None:
    """Keeps the lowest `layers` as pretrained, and what comes before them."""
    if layers:
        for part in (model.bert.embeddings, *model.bert.encoder.layer[:layers]):
            part.requires_grad_(False)
