"""The stance model: a BERT encoder and a two-layer head on the hidden state of each target's opening marker.

The word embeddings stay as pretrained (they are half of the weights and see too few words here); the four marker
vectors are parameters of their own and are written into the embedding table on export.
"""

from __future__ import annotations

import pathlib

import torch
from torch import nn
from transformers import BertConfig, BertModel, PretrainedConfig

from .stance_input import HOLDER, LABELS, TARGET

FIRST_MARKER, MARKERS = HOLDER[0], 4
STARTS = {HOLDER[0]: "speaker", HOLDER[1]: ")", TARGET[0]: "target", TARGET[1]: ")"}


class StanceModel(nn.Module):
    CONFIG, ENCODER = BertConfig, BertModel

    def __init__(self, config: PretrainedConfig, dropout: float = 0.1):
        super().__init__()
        self.bert = self.ENCODER(config, add_pooling_layer=False)
        self.markers = nn.Parameter(torch.zeros(MARKERS, config.hidden_size))
        self.dense = nn.Linear(config.hidden_size, config.hidden_size)
        self.out = nn.Linear(config.hidden_size, len(LABELS))
        self.dropout = nn.Dropout(dropout)
        self.bert.embeddings.word_embeddings.weight.requires_grad_(False)

    @classmethod
    def pretrained(cls, encoder: pathlib.Path) -> "StanceModel":
        """The encoder with fresh heads; a marker starts as the vector of a word that says what it is for."""
        config = cls.CONFIG.from_pretrained(encoder, attention_probs_dropout_prob=0.0, attn_implementation="eager")
        model = cls(config)
        loaded = cls.ENCODER.from_pretrained(encoder, add_pooling_layer=False)
        model.bert.load_state_dict(loaded.state_dict())
        vocabulary = (encoder / "vocab.txt").read_text("utf-8").split("\n")
        table = model.bert.embeddings.word_embeddings.weight
        with torch.no_grad():
            for marker, word in STARTS.items():
                model.markers[marker - FIRST_MARKER] = table[vocabulary.index(word)]
        return model

    def words(self, ids: torch.Tensor, own: torch.Tensor) -> torch.Tensor:
        """Word vectors of the encoder's `own` ids, and of the markers among `ids`."""
        words = self.bert.embeddings.word_embeddings(own)
        place = ids - FIRST_MARKER
        marker = (place >= 0) & (place < MARKERS)
        return torch.where(marker.unsqueeze(-1), self.markers[place.clamp(0, MARKERS - 1)].to(words.dtype), words)

    def answers(self, hidden: torch.Tensor, rows: torch.Tensor, opens: torch.Tensor) -> torch.Tensor:
        """Logits [targets, 4] from the hidden states at the opening markers."""
        state = nn.functional.gelu(self.dense(self.dropout(hidden.float()[rows, opens])))
        return self.out(self.dropout(state))

    def forward(self, ids: torch.Tensor, types: torch.Tensor, mask: torch.Tensor, rows: torch.Tensor, opens: torch.Tensor) -> torch.Tensor:
        """Logits [targets, 4]; target i is marked at position `opens[i]` of sequence `rows[i]`."""
        read = self.bert(inputs_embeds=self.words(ids, ids), token_type_ids=types, attention_mask=mask)
        return self.answers(read.last_hidden_state, rows, opens)

    def exported(self) -> dict[str, torch.Tensor]:
        """Weights under the names of a plain BertModel, markers in the table, the head as `stance.*`."""
        weights = {name: value.detach().clone() for name, value in self.bert.state_dict().items() if "position_ids" not in name}
        weights["embeddings.word_embeddings.weight"][FIRST_MARKER:FIRST_MARKER + MARKERS] = self.markers.detach()
        for name in ("dense", "out"):
            layer = getattr(self, name)
            weights[f"stance.{name}.weight"], weights[f"stance.{name}.bias"] = layer.weight.detach(), layer.bias.detach()
        return {name: value.contiguous() for name, value in weights.items()}
