"""Quick dev scores while training, from gold ranges inside windows; the program's `eval` gives the figures that count."""

from __future__ import annotations

import pathlib

import torch

from . import readers
from .attribution import pad, pair_shares
from .windows import TAGS, around, label, whole


def ratio(hit: int, predicted: int, gold: int) -> float:
    return round(2 * hit / max(1, predicted + gold), 4)


def layer(tag: int) -> int:
    """0 nothing, 1 content, 2 cue, 3 source."""
    return 0 if tag == 0 else 1 if tag <= 6 else 2 if tag <= 8 else 3


@torch.no_grad()
def scores(model, tokenizer, data: pathlib.Path, device, limit: int | None = None) -> dict[str, float]:
    model.eval()
    out: dict[str, float] = {}
    sets = {
        "polnear": (readers.polnear(data, "dev"), whole),
        "gum": (readers.gum(data, "dev", ("news", "interview", "speech", "bio")), whole),
        "gap": (readers.gap(data, "validation"), whole),
        "diplomacy": (readers.diplomacy(data, "dev"), around),
    }
    for corpus, (documents, cutter) in sets.items():
        if limit:
            documents = documents[::max(1, len(documents) // limit)]
        windows = [w for d in documents for w in cutter(label(tokenizer, d), 256, None)]
        windows.sort(key=lambda w: len(w.ids))
        counts = {k: [0, 0, 0] for k in ("content", "cue", "source", "names")}
        pairs_seen = {"link": [0, 0], "antecedent": [0, 0]}
        for at in range(0, len(windows), 12):
            group = windows[at:at + 12]
            batch = pad(group, device)
            tags, names, vectors = model.encode(batch["ids"], batch["types"], batch["mask"])
            for i, w in enumerate(group):
                best = tags[i].argmax(-1).tolist()
                for gold, guess in zip(w.tags, best):
                    if gold >= 0:
                        for code, name in ((1, "content"), (2, "cue"), (3, "source")):
                            g, p = layer(gold) == code, layer(guess) == code
                            counts[name][0] += g and p
                            counts[name][1] += p
                            counts[name][2] += g
                for gold, guess in zip(w.names, names[i].argmax(-1).tolist()):
                    if gold >= 0:
                        counts["names"][0] += gold == guess and gold > 0
                        counts["names"][1] += guess > 0
                        counts["names"][2] += gold > 0
            for name, shares, examples in pair_shares(model, names, vectors, group, device):
                pairs_seen[name][0] += sum(bool(e.right[int(share.argmax())]) for share, (_, e) in zip(shares, examples))
                pairs_seen[name][1] += len(examples)
        for name, (hit, predicted, gold) in counts.items():
            if gold:
                out[f"{corpus}.{name}.f1"] = ratio(hit, predicted, gold)
        for name, (hit, total) in pairs_seen.items():
            if total:
                out[f"{corpus}.{name}.accuracy"] = round(hit / total, 4)
    model.train()
    return out


assert TAGS[0] == "O"
