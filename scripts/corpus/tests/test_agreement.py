"""Tests of the measures of agreement: `python3 -m unittest discover -s scripts/corpus/tests`."""

import sys
import unittest
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from agreement import Tally, compare, compiled, kappa, table
from markup import parse
from parties import Parties

PARTIES = Parties({"turkey": ["Turkey", "Turkish"], "syria": ["Syria", "Damascus"]}, {})
HEADER = """split: test
format: {form}
title: Ships wait
date: 2020-02-12
phenomena: split
entity: Şule Irmak | person | turkey
entity: {sailor} | unnamed | -
---
"""
TEXT = """“Damascus must stop,” Şule Irmak said.
{speech}

The “queue” was long, a sailor told a reporter.
{report}
"""
SPEECH = "> direct | Damascus must stop, | said | Şule Irmak | sule-irmak | syria against: Damascus"
REPORT = "> scare | queue\n> indirect | The “queue” was long | told | a sailor | a-sailor"


def tally(speech: str = SPEECH, report: str = REPORT, form: str = "txt", sailor: str = "a sailor") -> Tally:
    """The usual annotation beside one that differs as the arguments say."""
    first = HEADER.format(form="txt", sailor="a sailor") + TEXT.format(speech=SPEECH, report=REPORT)
    second = HEADER.format(form=form, sailor=sailor) + TEXT.format(speech=speech, report=report)
    counted = Tally()
    compare(compiled(parse("ships", first), PARTIES), compiled(parse("ships", second), PARTIES), counted)
    return counted


class Agreement(unittest.TestCase):
    def test_the_same_annotation_in_another_format_agrees_in_all(self):
        counted = tally(form="html")
        self.assertEqual({name: 2 * counted.shared[name] for name in counted.sizes}, dict(counted.sizes))
        self.assertTrue(all(one == other for pairs in counted.labels.values() for one, other in pairs))

    def test_a_shorter_span_shares_but_is_not_exact(self):
        counted = tally(report=REPORT.replace("The “queue” was long |", "“queue” was long |"))
        self.assertEqual(counted.shared["quotations, unmarked: exact span"], 0)
        self.assertEqual(counted.shared["quotations, unmarked: half of it shared"], 1)
        self.assertEqual(counted.shared["quotations, marked: exact span"], 1)
        shared, size = (side["quotations, unmarked: letters"] for side in (counted.shared, counted.sizes))
        self.assertEqual(size - 2 * shared, len("The"))

    def test_stances_are_compared_by_party_and_by_label(self):
        counted = tally(SPEECH.replace("syria against", "turkey against: Irmak | syria neutral"))
        self.assertEqual(counted.shared["parties of a quotation"], 1)
        self.assertEqual(counted.sizes["parties of a quotation"], 3)
        self.assertEqual(counted.labels["stance"], Counter({("against", "neutral"): 1}))
        self.assertIn("stance, first and second: against neutral 1", table(counted))

    def test_an_unnamed_source_may_have_another_name(self):
        renamed = tally(report=REPORT.replace("| a-sailor", "| sailor"), sailor="sailor")
        self.assertEqual(renamed.labels["speakers the same"], Counter({(True, True): 2}))
        other = tally(report=REPORT.replace("| a-sailor", "| sule-irmak a-sailor"))
        self.assertEqual(other.labels["speakers the same"], Counter({(True, True): 1, (True, False): 1}))

    def test_another_text_is_refused(self):
        first, second = (HEADER.format(form="txt", sailor="a sailor") + TEXT.format(speech=SPEECH, report=REPORT),) * 2
        with self.assertRaises(ValueError):
            second = second.replace("told a reporter", "told the reporter")
            compare(compiled(parse("ships", first), PARTIES), compiled(parse("ships", second), PARTIES), Tally())

    def test_kappa_is_agreement_beyond_chance(self):
        self.assertEqual(kappa(Counter({("a", "a"): 2, ("b", "b"): 2})), 1.0)
        self.assertEqual(kappa(Counter({("a", "a"): 1, ("a", "b"): 1, ("b", "a"): 1, ("b", "b"): 1})), 0.0)
        self.assertIsNone(kappa(Counter({("a", "a"): 3})))


if __name__ == "__main__":
    unittest.main()
