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
    """One pass with what is known about its targets; `other` is the same pass of the sample in other words."""

    sample: Sample
    made: stance_input.Pass
    other: stance_input.Pass | None = None


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


def items(tokenizer: Tokenizer, samples: list[Sample], others: list[Sample] | None = None) -> list[Item]:
    """The passes of samples. `others` are the same samples with other names; where names change how a quotation is cut, its
    passes go without."""
    out = []
    made = cut(tokenizer, samples)
    again = cut(tokenizer, others) if others else [[] for _ in samples]
    for sample, passes, second in zip(samples, made, again, strict=True):
        same = [p.targets for p in passes] == [p.targets for p in second]
        out.extend(Item(sample, one, second[i] if same else None) for i, one in enumerate(passes))
    return out


def cut(tokenizer: Tokenizer, samples: list[Sample]) -> list[list[stance_input.Pass]]:
    """The passes of each sample; none where the quotation or a target has no word pieces."""
    out = []
    for sample, encoding in zip(samples, tokenizer.encode_batch([s.text for s in samples], add_special_tokens=False)):
        spans = list(encoding.offsets)
        quote = stance_input.covering(spans, *sample.quote)
        holder = stance_input.covering(spans, *sample.holder) if sample.holder else None
        targets = [stance_input.covering(spans, *t.span) for t in sample.targets]
        whole = quote is not None and all(t is not None for t in targets)
        out.append(stance_input.passes(encoding.ids, quote, holder, targets) if whole else [])
    return out


def epoch_samples(pools: dict[str, list[Sample]], shares: dict[str, float], rng: random.Random) -> list[Sample]:
    """A random part of each pool; `shares` above 1 repeat it."""
    chosen = []
    for name, pool in pools.items():
        share = shares.get(name, 0.0)
        chosen.extend(pool * int(share) + rng.sample(pool, round(len(pool) * (share - int(share)))))
    return chosen


def varied(samples: list[Sample], share: float, rng: random.Random) -> list[Sample]:
    """In that share of the quotations of articles the parties swapped, and in as many the holder renamed. Soft labels were
    given for the names as they are."""

    def one(sample: Sample) -> Sample:
        if sample.corpus not in ("diplomacy", "entities") or any(t.soft for t in sample.targets):
            return sample
        named = rename(sample, rng) if rng.random() < share else sample
        return swap(named, rng) if rng.random() < share else named

    return [one(sample) for sample in samples]


def longest(item: Item) -> int:
    return max(len(item.made.ids), len(item.other.ids) if item.other else 0)


def batches(made: list[Item], tokens: int, rng: random.Random | None) -> list[list[Item]]:
    """Groups of at most `tokens` padded tokens of a reading; with `rng` sorted within shuffled chunks only and shuffled at the end."""
    made = list(made)
    chunk = len(made)
    if rng is not None:
        rng.shuffle(made)
        chunk = 1024
    out = []
    for at in range(0, len(made), chunk):
        group: list[Item] = []
        for item in sorted(made[at:at + chunk], key=longest):
            if group and (len(group) + 1) * longest(item) > tokens:
                out.append(group)
                group = []
            group.append(item)
        if group:
            out.append(group)
    if rng is not None:
        rng.shuffle(out)
    return out


def collate(group: list[Item], other: bool = False) -> Batch:
    """The tensors of a group; `other`: of its passes in other words, where there are such."""
    read = [item.other if other and item.other else item.made for item in group]
    width = max(len(made.ids) for made in read)
    ids, types, mask = (torch.zeros(len(group), width, dtype=torch.long) for _ in range(3))
    rows, opens, labels, weights, outside, soft, keys = [], [], [], [], [], [], []
    for r, (item, made) in enumerate(zip(group, read)):
        n = len(made.ids)
        ids[r, :n], types[r, :n], mask[r, :n] = torch.tensor(made.ids), torch.tensor(made.types), 1
        for number, position in zip(made.targets, made.opens):
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
