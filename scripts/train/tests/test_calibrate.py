"""Tests of the curves of calibration."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from ascribe_train.calibrate import isotonic  # noqa: E402


class Isotonic(unittest.TestCase):
    def test_a_curve_rises_and_makes_nothing_certain(self):
        self.assertEqual(isotonic([(0.1, 0, 30), (0.9, 1, 30), (1.0, 1, 25)]), [[0.1, 0.0312], [0.9455, 0.9825]])
        shares = [share for _, share in isotonic([(0.5, 0.5, 100), (0.7, 1, 26), (0.9, 1, 25), (0.95, 0.9, 200)])]
        self.assertEqual(shares, sorted(shares))
        self.assertTrue(0 < shares[0] and shares[-1] < 1)

    def test_small_bins_and_such_that_fall_are_pooled(self):
        self.assertEqual(len(isotonic([(0.2, 0.5, 10), (0.3, 0.5, 40)])), 1)
        self.assertEqual(isotonic([(0.2, 0.8, 50), (0.4, 0.2, 50)]), [[0.3, 0.5]])


if __name__ == "__main__":
    unittest.main()
