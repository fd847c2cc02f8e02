"""Development figures of the stance model, set by set, and the temperature."""

from __future__ import annotations

import pathlib
import random

import torch
from tokenizers import Tokenizer

from . import bank, stance_bank, stance_data
from .stance_batches import Item, batches, collate, items
from .stance_metrics import scores, temperature
from .stance_model import StanceModel

THREE = ("diplomacy", "directed", "news_rw", "news_mt")


def dev_sets(tokenizer: Tokenizer, data: pathlib.Path, corpus: pathlib.Path, whole: bool) -> dict[str, list[Item]]:
    """All development sets; `whole`: with the unlabelled directions of directed sentiment too."""
    rows = stance_data.directed_dev(data)
    sets = {
        "diplomacy": stance_data.diplomacy(data, "dev"),
        "directed": stance_data.directed(rows, reverse=0.0),
        "news_rw": stance_data.news(data, "dev_rw", together=False),
        "news_mt": stance_data.news(data, "dev_mt", together=False),
        "bank": stance_bank.filled(bank.load(corpus / "stance", "dev"), bank.load_fillers(corpus / "stance"), random.Random(1)),
    }
    if whole:
        sets["directed_both"] = stance_data.directed(rows, reverse=1.0)
    return {name: items(tokenizer, samples) for name, samples in sets.items()}


def grouped(made: list[Item]) -> list[list[Item]]:
    """The batches to judge by, in the order in which `predict` gives them back."""
    return batches(made, 4096, None)


@torch.no_grad()
def predict(model: StanceModel, made: list[Item], device: torch.device) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Logits [n, 4], labels and `outside` flags of all targets, in the order of the batches."""
    model.eval()
    logits, labels, outside = [], [], []
    for group in grouped(made):
        b = collate(group).to(device)
        logits.append(model(b.ids, b.types, b.mask, b.rows, b.opens).cpu())
        labels.append(b.labels.cpu())
        outside.append(b.outside.cpu())
    return torch.cat(logits), torch.cat(labels), torch.cat(outside)


def report(model: StanceModel, sets: dict[str, list[Item]], device: torch.device) -> dict:
    """Scores of every set, of targets outside the quote (four classes), and a mean that puts diplomacy first."""
    out, seen = {}, {}
    for name, made in sets.items():
        logits, labels, outside = predict(model, made, device)
        inside = ~outside
        seen[name] = (logits[inside][:, :3], labels[inside])
        out[name] = scores(labels[inside].tolist(), logits[inside][:, :3].argmax(-1).tolist(), 3)
        if outside.any():
            guess = torch.where(outside, logits.argmax(-1), logits[:, :3].argmax(-1))
            out[f"{name}_outside"] = scores(labels[outside].tolist(), logits[outside].argmax(-1).tolist(), 4)
            out[f"{name}_all"] = scores(labels.tolist(), guess.tolist(), 4)
            out[f"{name}_outside"]["calibration"] = temperature(logits[outside], labels[outside])
    logits, labels = (torch.cat([seen["news_rw"][i], seen["news_mt"][i]]) for i in (0, 1))
    out["news"] = scores(labels.tolist(), logits.argmax(-1).tolist(), 3)
    seen["three_class"] = tuple(torch.cat([seen[n][i] for n in THREE]) for i in (0, 1))
    out["calibration"] = {name: temperature(*seen[name]) for name in (*THREE, "three_class")}
    out["mean"] = round((2 * out["diplomacy"]["macro_f1"] + out["directed"]["macro_f1"] + out["news"]["macro_f1"]) / 4, 4)
    return out


def neutral_offset(model: StanceModel, sets: dict[str, list[Item]], device: torch.device) -> tuple[float, dict]:
    """The number to add to the neutral logit with the best mean macro F1 (diplomacy twice), and the means tried.

    The class weights of the loss make the model call too little neutral; one number for all sets repairs that.
    """
    seen = {}
    for name in THREE:
        logits, labels, outside = predict(model, sets[name], device)
        seen[name] = logits[~outside][:, :3], labels[~outside].tolist()
    seen["news"] = torch.cat([seen["news_rw"][0], seen["news_mt"][0]]), seen["news_rw"][1] + seen["news_mt"][1]
    tried = {}
    for tenth in range(0, 13):
        offset = torch.tensor([0.0, tenth / 10, 0.0])
        macro = {n: scores(seen[n][1], (seen[n][0] + offset).argmax(-1).tolist(), 3)["macro_f1"] for n in ("diplomacy", "directed", "news")}
        tried[tenth / 10] = macro | {"mean": round((2 * macro["diplomacy"] + macro["directed"] + macro["news"]) / 4, 4)}
    smooth = {x: sum(tried[y]["mean"] for y in tried if abs(x - y) < 0.15) / sum(abs(x - y) < 0.15 for y in tried) for x in tried}
    return max(smooth, key=smooth.get), tried


def line(figures: dict) -> str:
    names = ("diplomacy", "diplomacy_outside", "diplomacy_all", "directed", "news_rw", "news_mt", "news", "bank", "bank_outside")
    return " ".join(f"{n} {figures[n]['macro_f1']:.3f}" for n in names if n in figures) + f" mean {figures['mean']:.3f}"
