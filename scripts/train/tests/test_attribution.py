"""Tests of the attribution model's loss, on a small network that nobody trained."""

import pathlib
import sys
import unittest

import numpy as np
import torch
from transformers import BertConfig

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from ascribe_train import pairs  # noqa: E402
from ascribe_train.attribution import AttributionModel, loss_of  # noqa: E402
from ascribe_train.divergence import apart  # noqa: E402
from ascribe_train.pieces import TYPES  # noqa: E402
from ascribe_train.windows import Example, Window  # noqa: E402

WEIGHTS = {"tags": 1.0, "names": 0.3, "link": 0.4, "antecedent": 0.5}


def example(keys: list[tuple[int, int]], right: int, features: int) -> Example:
    made = np.zeros((len(keys) + 1, features), np.float32)
    return Example((1, 2), keys, made, np.arange(len(keys) + 1) == right)


def windows() -> list[Window]:
    """A long window with pairs and a short one without, some of whose tokens have no label."""
    long = Window(list(range(5, 15)), [0] * 10, [0, 1, 2] + [0] * 7, [-100] * 10,
                  [example([(3, 5), (7, 8)], 0, pairs.LINK)], [example([(6, 7)], 1, pairs.ANTECEDENT)], "a")
    return [long, Window([5, 6, 7], [0] * 3, [0, -100, 1], [0, 1, 2], [], [], "b")]


class TwoReadings(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(1)
        config = BertConfig(vocab_size=40, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
                            type_vocab_size=TYPES, attn_implementation="eager")
        self.model = AttributionModel(config)

    def test_without_dropout_they_are_the_same(self):
        self.model.eval()
        once, parts = loss_of(self.model, windows(), "cpu", WEIGHTS)
        twice, same = loss_of(self.model, windows(), "cpu", WEIGHTS, agree=3.0)
        self.assertAlmostEqual(float(once), float(twice), places=5)
        self.assertEqual(sorted(parts), ["antecedent", "link", "names", "tags"])
        for name, part in parts.items():
            self.assertAlmostEqual(part, same[name], places=5)

    def test_what_dropout_sets_apart_costs(self):
        self.model.train()
        torch.manual_seed(2)
        plain, _ = loss_of(self.model, windows() * 2, "cpu", WEIGHTS)
        torch.manual_seed(2)
        costly, _ = loss_of(self.model, windows(), "cpu", WEIGHTS, agree=3.0)
        self.assertGreater(float(costly), float(plain))

    def test_divergence_of_both_directions(self):
        one, two = torch.tensor([0.5, 0.5]).log(), torch.tensor([0.8, 0.2]).log()
        there = (one.exp() * (one - two)).sum()
        back = (two.exp() * (two - one)).sum()
        self.assertAlmostEqual(float(apart(one, two)), float(there + back) / 2, places=6)


if __name__ == "__main__":
    unittest.main()
