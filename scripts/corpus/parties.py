"""The registry, as far as the corpus needs it: the ids of parties and speakers, and the names that give them away.

Names of parties are used to catch an annotator's oversight, a party that stands in a quotation and has neither a stance nor
a `-`. They are not how the program finds parties; that is the registry's own code.
"""

import re
import tomllib
from pathlib import Path

from markup import MarkupError

NAME_KEYS = ("aliases", "demonyms", "capitals", "government", "army", "metonyms", "hashtags")


class Parties:
    """The party ids of a registry, a search for their names, and the ids of the speakers that it knows."""

    def __init__(self, names: dict[str, list[str]], speakers: dict[str, str]):
        self.ids = set(names)
        self.speakers = speakers
        owners = {name: party for party, listed in names.items() for name in listed if name[:1].isupper()}
        longest_first = sorted(owners, key=lambda name: -len(name))
        self._owners = owners
        self._names = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")

    def named_in(self, text: str) -> dict[str, str]:
        """The parties whose names stand in `text`, each with the words found first."""
        found: dict[str, str] = {}
        for match in self._names.finditer(text):
            found.setdefault(self._owners[match[0]], match[0])
        return found


def read(registry: Path) -> Parties:
    """Reads the parties of the registry file."""
    tables = tomllib.loads(registry.read_text(encoding="utf-8"))
    if not tables.get("party"):
        raise MarkupError(f"{registry}: no [[party]] in it")
    names = {party["id"]: [party["name"]] for party in tables["party"]}
    for party in tables["party"]:
        names[party["id"]] += [name for key in NAME_KEYS for name in party.get(key, [])]
    speakers = {}
    for speaker in tables.get("speaker", []):
        speakers |= {name: speaker["id"] for name in (speaker["name"], *speaker.get("aliases", []))}
    return Parties(names, speakers)
