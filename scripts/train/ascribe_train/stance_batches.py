"""Samples to padded batches: tokenised once, cut into passes, sorted by length, filled up to a number of tokens."""

from __future__ import annotations

import dataclasses
import random

import torch
from tokenizers import Tokenizer

from . import stance_input
from .stance_data import Sample
from .stance_swap import rename, swap


@dataclasses.dataclass
class Item:
    """One pass with what is known about its targets."""

    sample: Sample
    made: stance_input.Pass


@dataclasses.dataclass
class Batch:
    ids: torch.Tensor
    types: torch.Tensor
    mask: torch.Tensor
    rows: torch.Tensor
    opens: torch.Tensor
    labels: torch.Tensor
    weights: torch.Tensor
    outside: torch.Tensor
    soft: torch.Tensor
    keys: list[tuple[str, str, int]]

    def to(self, device: torch.device) -> "Batch":
        moved = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        return Batch(**{k: v.to(device) if torch.is_tensor(v) else v for k, v in moved.items()})


def items(tokenizer: Tokenizer, samples: list[Sample]) -> list[Item]:
    out = []
    for sample, encoding in zip(samples, tokenizer.encode_batch([s.text for s in samples], add_special_tokens=False)):
        spans = list(encoding.offsets)
        quote = stance_input.covering(spans, *sample.quote)
        holder = stance_input.covering(spans, *sample.holder) if sample.holder else None
        targets = [stance_input.covering(spans, *t.span) for t in sample.targets]
        if quote is None or any(t is None for t in targets):
            continue
        out.extend(Item(sample, one) for one in stance_input.passes(encoding.ids, quote, holder, targets))
    return out


def epoch_samples(pools: dict[str, list[Sample]], shares: dict[str, float], swap_share: float, rng: random.Random) -> list[Sample]:
    """A random part of each pool (`shares` above 1 repeat it), in `swap_share` of the quotations of articles the parties
    swapped, and in as many the holder renamed."""
    chosen = []
    for name, pool in pools.items():
        share = shares.get(name, 0.0)
        picked = pool * int(share) + rng.sample(pool, round(len(pool) * (share - int(share))))
        if name in ("diplomacy", "entities"):
            picked = [rename(s, rng) if rng.random() < swap_share else s for s in picked]
            picked = [swap(s, rng) if rng.random() < swap_share else s for s in picked]
        chosen.extend(picked)
    rng.shuffle(chosen)
    return chosen


def batches(made: list[Item], tokens: int, rng: random.Random | None) -> list[list[Item]]:
    """Groups of at most `tokens` padded tokens; with `rng` sorted within shuffled chunks only and shuffled at the end."""
    made = list(made)
    chunk = len(made)
    if rng is not None:
        rng.shuffle(made)
        chunk = 1024
    out = []
    for at in range(0, len(made), chunk):
        group: list[Item] = []
        for item in sorted(made[at:at + chunk], key=lambda i: len(i.made.ids)):
            if group and (len(group) + 1) * len(item.made.ids) > tokens:
                out.append(group)
                group = []
            group.append(item)
        if group:
            out.append(group)
    if rng is not None:
        rng.shuffle(out)
    return out


def collate(group: list[Item]) -> Batch:
    width = max(len(i.made.ids) for i in group)
    ids, types, mask = (torch.zeros(len(group), width, dtype=torch.long) for _ in range(3))
    rows, opens, labels, weights, outside, soft, keys = [], [], [], [], [], [], []
    for r, item in enumerate(group):
        n = len(item.made.ids)
        ids[r, :n], types[r, :n], mask[r, :n] = torch.tensor(item.made.ids), torch.tensor(item.made.types), 1
        for number, position in zip(item.made.targets, item.made.opens):
            target = item.sample.targets[number]
            rows.append(r)
            opens.append(position)
            labels.append(target.label)
            weights.append(target.weight)
            outside.append(target.outside)
            soft.append(target.soft or (0.0,) * len(stance_input.LABELS))
            keys.append((item.sample.corpus, item.sample.id, number))
    return Batch(ids, types, mask, torch.tensor(rows), torch.tensor(opens), torch.tensor(labels),
                 torch.tensor(weights), torch.tensor(outside), torch.tensor(soft), keys)
