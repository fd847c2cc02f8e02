"""Holds the bank's filler to the fixture that the program's own filler is tested with.

`python3 tests/test_bank.py write` in scripts/train writes the fixture anew after a change of the rules.
"""

import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from ascribe_train import bank  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[3]
FIXTURE = ROOT / "tests" / "fixtures" / "stance_bank.jsonl"
PARTIES = (
    {"A": "us", "B": "russia", "C": "uk"},
    {"A": "turkey", "B": "us", "C": "eu"},
    {"A": "un", "B": "isis", "C": "kurds"},
    {"A": "houthis", "B": "iran", "C": "quillon"},
    {"A": "ukraine", "B": "al-shabab", "C": "state-university"},
)
TEMPLATES = (
    "{A} moved first, {S} said, but “[[{B} moved last, and {A} paid for <B|its> delay]].”",
    "{S}, <S|a {A:adj} deputy>, called the {B} plan “[[an {B:adj} trick by the {A:gov}]]”.",
    "“[[{A:gov} waited for a {B:people} delegation. {B:people} waited too]],” said {S}. {C:capital} did not.",
    "{S} said that [[{A:leader} owed {B:leader} a {C:adj} ship and <C|our friends> an {A:adj} one]].",
    "Asked about {C}, {S} said: “[[the {A:people} and {B:gov} know. {C:gov} knows!]]” {A:capital} agreed.",
    "“[[Who lost? {A}. Who won? ‘{B}’. Nobody asked {C:people}]],” {S} wrote; the {C:adj} press laughed.",
    "<S|The {A:leader} aide>, {S}, saw an “[[{A:adj} end]]” and a {B} one, “{C}” said.",
    "The {A} and THE {B} met; “{C:gov} [[came late]],” {S} – naïve as ever – noted. “{A:adj}” was a word.",
)


class Nth:
    """Draws the same place of every list, counted around."""

    def __init__(self, pick: int):
        self.pick = pick

    def choice(self, options: list[str]) -> str:
        return options[self.pick % len(options)]


def lines() -> list[str]:
    fillers, out = bank.load_fillers(ROOT / "corpus" / "stance"), []
    for at, template in enumerate(TEMPLATES):
        for pick, parties in enumerate(PARTIES):
            entry = bank.Entry(f"twin-{at}", "dev", "none", "direct", template, {}, {}, [])
            used = {slot: parties[slot] for slot in entry.slots()}
            filled = bank.fill(entry, used, fillers, "Ana Brandt", Nth(pick))
            mentions = [(m.slot, *m.span) for m in filled.mentions]
            record = {"template": template, "parties": used, "speaker": "Ana Brandt", "pick": pick}
            record |= {"text": filled.text, "quote": filled.quote, "mentions": mentions}
            out.append(json.dumps(record, ensure_ascii=False))
    return out


class Twin(unittest.TestCase):
    def test_the_fixture_is_what_the_filler_gives(self):
        self.assertEqual(FIXTURE.read_text("utf-8").splitlines(), lines())


if __name__ == "__main__":
    if sys.argv[1:] == ["write"]:
        FIXTURE.write_text("\n".join(lines()) + "\n", "utf-8")
    else:
        unittest.main()
