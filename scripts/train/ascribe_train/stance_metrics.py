"""Scores of the stance model: F1 per class, macro F1, and the temperature that calibrates it."""

from __future__ import annotations

import torch

from .stance_input import LABELS


def scores(gold: list[int], guess: list[int], classes: int) -> dict:
    """Precision-recall F1 of the first `classes` classes, their mean, accuracy and counts."""
    out: dict = {"pairs": len(gold)}
    total = 0.0
    for c in range(classes):
        hit = sum(g == c == p for g, p in zip(gold, guess))
        said, real = sum(p == c for p in guess), sum(g == c for g in gold)
        f1 = 2 * hit / (said + real) if said + real else 0.0
        out[LABELS[c]] = {"f1": round(f1, 4), "precision": round(hit / said, 4) if said else 0.0,
                          "recall": round(hit / real, 4) if real else 0.0, "gold": real}
        total += f1
    out["macro_f1"] = round(total / classes, 4)
    out["accuracy"] = round(sum(g == p for g, p in zip(gold, guess)) / max(1, len(gold)), 4)
    return out


def temperature(logits: torch.Tensor, gold: torch.Tensor) -> dict:
    """The divisor of the logits with the least mean log loss, by golden-section search between .3 and 5."""

    def loss(t: float) -> float:
        return torch.nn.functional.cross_entropy(logits / t, gold).item()

    low, high, ratio = 0.3, 5.0, 0.6180339887
    while high - low > 1e-3:
        a, b = high - ratio * (high - low), low + ratio * (high - low)
        if loss(a) < loss(b):
            high = b
        else:
            low = a
    best = (low + high) / 2
    return {"temperature": round(best, 3), "log_loss": round(loss(best), 4), "log_loss_before": round(loss(1.0), 4),
            "ece": round(calibration_error(logits / best, gold), 4), "ece_before": round(calibration_error(logits, gold), 4)}


def calibration_error(logits: torch.Tensor, gold: torch.Tensor, bins: int = 10) -> float:
    """Expected calibration error of the most probable class."""
    probability, guess = logits.softmax(-1).max(-1)
    right = (guess == gold).float()
    error = 0.0
    for b in range(bins):
        inside = (probability > b / bins) & (probability <= (b + 1) / bins)
        if inside.any():
            error += (probability[inside].mean() - right[inside].mean()).abs().item() * inside.sum().item()
    return error / max(1, len(gold))
