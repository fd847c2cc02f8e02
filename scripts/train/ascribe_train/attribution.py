"""The attribution model: one encoder, four heads.

Tags (BIO over content by kind, cue, source), names (BIO over person, organization, place), and two pair scorers over
vectors pooled from the same encoding: content to source ("link") and mention to name ("antecedent"). A pair scorer is a
multi-layer perceptron over [q; k; q * k; features], after the pair scorers of Lee et al. 2017, with a null candidate
whose key is zero.
"""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional as F
from transformers import BertConfig, BertModel

from . import pairs
from .divergence import apart
from .pieces import TYPES
from .windows import NAMES, TAGS, Window

WIDTH = 64
HIDDEN = 96


class PairScorer(nn.Module):
    def __init__(self, features: int):
        super().__init__()
        self.hidden = nn.Linear(3 * WIDTH + features, HIDDEN)
        self.out = nn.Linear(HIDDEN, 1)

    def forward(self, query, key, features):
        return self.out(F.gelu(self.hidden(torch.cat([query, key, query * key, features], -1)))).squeeze(-1)


class AttributionModel(nn.Module):
    def __init__(self, config: BertConfig):
        super().__init__()
        self.bert = BertModel(config, add_pooling_layer=False)
        size = config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.tags = nn.Linear(size, len(TAGS))
        self.names = nn.Linear(size, len(NAMES))
        self.vectors = nn.Linear(size, 4 * WIDTH)
        self.link = PairScorer(pairs.LINK)
        self.antecedent = PairScorer(pairs.ANTECEDENT)

    @classmethod
    def pretrained(cls, folder: str) -> "AttributionModel":
        """The encoder of the folder with its two token types widened to ours, all starting from the first."""
        source = BertModel.from_pretrained(folder, add_pooling_layer=False)
        config = BertConfig.from_pretrained(folder, type_vocab_size=TYPES, attn_implementation="eager")
        model = cls(config)
        state = source.state_dict()
        first = state["embeddings.token_type_embeddings.weight"][:1]
        state["embeddings.token_type_embeddings.weight"] = first.repeat(TYPES, 1) + 0.01 * torch.randn(TYPES, config.hidden_size)
        model.bert.load_state_dict(state)
        return model

    def encode(self, ids, types, mask):
        hidden = self.bert(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state.float()
        hidden = self.dropout(hidden)
        return self.tags(hidden), self.names(hidden), F.gelu(self.vectors(hidden))


def pool(sums: torch.Tensor, rows: torch.Tensor, ranges: torch.Tensor) -> torch.Tensor:
    """Means over ranges, from sums with a leading zero row: [n, width]."""
    total = sums[rows, ranges[:, 1]] - sums[rows, ranges[:, 0]]
    return total / (ranges[:, 1] - ranges[:, 0]).unsqueeze(-1).to(total.dtype)


def pad(windows: list[Window], device) -> dict[str, torch.Tensor]:
    size = max(len(w.ids) for w in windows)
    fill = lambda rows, value: torch.tensor([r + [value] * (size - len(r)) for r in rows], device=device)
    return {
        "ids": fill([w.ids for w in windows], 0), "types": fill([w.types for w in windows], 0),
        "mask": fill([[1] * len(w.ids) for w in windows], 0),
        "tags": fill([w.tags for w in windows], -100), "names": fill([w.names for w in windows], -100),
    }


def pair_scores(scorer, vectors, offset, name_probabilities, examples, device):
    """Scores of all candidates of all examples, one flat tensor, nothing last within each example."""
    rows, queries, keys, nulls, features, row_of_key = [], [], [], [], [], []
    for row, example in examples:
        for key in [*example.keys, None]:
            rows.append(row)
            queries.append(example.query)
            keys.append(key or (0, 1))
            nulls.append(key is None)
        features.append(torch.from_numpy(example.features))
    rows = torch.tensor(rows, device=device)
    keys = torch.tensor(keys, device=device)
    nulls = torch.tensor(nulls, device=device)
    sums = F.pad(vectors.cumsum(1), (0, 0, 1, 0))
    query = pool(sums[..., offset:offset + WIDTH], rows, torch.tensor(queries, device=device))
    key = pool(sums[..., offset + WIDTH:offset + 2 * WIDTH], rows, keys)
    key = key.masked_fill(nulls.unsqueeze(-1), 0.0)
    features = torch.cat(features).to(device)
    if name_probabilities is not None:
        kinds = pool(F.pad(name_probabilities.cumsum(1), (0, 0, 1, 0)), rows, keys)
        features[:, 24:27] = kinds.masked_fill(nulls.unsqueeze(-1), 0.0)
    return scorer(query, key, features)


def log_shares(scores: torch.Tensor, examples: list) -> list[torch.Tensor]:
    """The log probabilities of the candidates of each example."""
    return [part.float().log_softmax(-1) for part in scores.split([len(e.right) for _, e in examples])]


def pair_shares(model, names, vectors, windows: list[Window], device):
    """Of each pair scorer with examples in the windows: its name, the log probabilities of the candidates, the examples."""
    for name, scorer, offset in (("link", model.link, 0), ("antecedent", model.antecedent, 2 * WIDTH)):
        examples = [(i, e) for i, w in enumerate(windows) for e in (w.links if name == "link" else w.antecedents)]
        if examples:
            kinds = kind_probabilities(names) if name == "antecedent" else None
            yield name, log_shares(pair_scores(scorer, vectors, offset, kinds, examples, device), examples), examples


def pair_loss(shares: list[torch.Tensor], examples: list) -> torch.Tensor:
    """Marginal likelihood: the log of the probability mass on the right candidates, the mean over examples."""
    losses = [-torch.logsumexp(share[torch.from_numpy(e.right).to(share.device)], -1) for share, (_, e) in zip(shares, examples)]
    return torch.stack(losses).mean()


def tokens_apart(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """The mean over the labelled tokens; the second half of the batch reads the windows of the first again."""
    half = len(logits) // 2
    log = logits.float().log_softmax(-1)
    return apart(log[:half], log[half:])[labels[:half] >= 0].mean()


def shares_apart(shares: list[torch.Tensor]) -> torch.Tensor:
    half = len(shares) // 2
    return torch.stack([apart(one, two) for one, two in zip(shares[:half], shares[half:])]).mean()


def kind_probabilities(names):
    """[batch, tokens, 3]: person, organization, place, begin and inside together, without gradient."""
    with torch.no_grad():
        p = names.float().softmax(-1)
        return torch.stack([p[..., 1] + p[..., 2], p[..., 3] + p[..., 4], p[..., 5] + p[..., 6]], -1)


def loss_of(model, windows: list[Window], device, weights, agree: float = 0.0):
    """The loss of a batch and its parts. With `agree` every window is read twice, with other dropout, and the divergence of
    the two readings is added with that weight."""
    windows = windows * 2 if agree else windows
    batch = pad(windows, device)
    tags, names, vectors = model.encode(batch["ids"], batch["types"], batch["mask"])
    parts, divergence = {}, {}
    for name, logits in (("tags", tags), ("names", names)):
        labels = batch[name]
        if (labels >= 0).any():
            parts[name] = F.cross_entropy(logits.flatten(0, 1), labels.flatten(), ignore_index=-100)
            if agree:
                divergence[name] = tokens_apart(logits, labels)
    for name, shares, examples in pair_shares(model, names, vectors, windows, device):
        parts[name] = pair_loss(shares, examples)
        if agree:
            divergence[name] = shares_apart(shares)
    total = sum(weights[name] * (part + agree * divergence.get(name, 0.0)) for name, part in parts.items())
    return total, {k: float(v.detach()) for k, v in parts.items()}
