"""Other parties in the same words, so that the model judges the words and not the party.

Every party that a text names is replaced consistently by another one, form for form: name by name, adjective by
adjective, people, capital, leader, government. The offsets of the sample follow.
"""

from __future__ import annotations

import dataclasses
import random
import re

from . import pairs
from .generate import FIRST, KEEP, last_name
from .readers import TITLES
from .stance_data import Sample, Span

KINDS = ("name", "adjective", "people", "capital", "leader", "government")

# party: group | name | adjective | people | capital | leader | government; alternatives by "/". Forms with a leading
# "the " match without it too. An empty field falls back to "{adjective} …" or to the name.
TABLE = """
us: state | the United States/America/the U.S./the USA | American/U.S. | Americans | Washington | Donald Trump/Barack Obama/George Bush/Joe Biden | the White House/the Trump administration/the Obama administration/the American government/the State Department/the Pentagon
russia: state | Russia | Russian | Russians | Moscow | Vladimir Putin/Sergei Lavrov | the Kremlin/the Russian government
iran: state | Iran | Iranian | Iranians | Tehran | Hassan Rouhani | the Iranian regime/the Iranian government
china: state | China | Chinese | the Chinese people | Beijing | Xi Jinping | the Chinese government
north-korea: state | North Korea | North Korean | North Koreans | Pyongyang | Kim Jong Un/Kim | the North Korean regime/the North Korean government
israel: state | Israel | Israeli | Israelis | Jerusalem | Benjamin Netanyahu | the Israeli government
ukraine: state | Ukraine | Ukrainian | Ukrainians | Kiev/Kyiv | Petro Poroshenko/Volodymyr Zelensky | the Ukrainian government
syria: state | Syria | Syrian | Syrians | Damascus | Bashar Assad/Assad | the Syrian regime/the Syrian government/the Assad regime
iraq: state | Iraq | Iraqi | Iraqis | Baghdad | Haider Abadi/Nouri Maliki | the Iraqi government
turkey: state | Turkey | Turkish | Turks | Ankara | Recep Tayyip Erdogan/Erdogan/Erdoğan | the Turkish government
palestinians: people | the Palestinian Authority | Palestinian | Palestinians | Ramallah | Mahmoud Abbas | the Palestinian leadership
hamas: armed | Hamas | Hamas | | | | the Hamas leadership
eu: state | the European Union/Europe/the EU | European | Europeans | Brussels | Donald Tusk | the European Commission
nato: union | NATO | NATO | | | Jens Stoltenberg/Stoltenberg | the alliance
un: union | the United Nations/the U.N./the UN | U.N. | | | Antonio Guterres | the Security Council
saudi-arabia: state | Saudi Arabia | Saudi | Saudis | Riyadh | Mohammed bin Salman | the Saudi government
france: state | France | French | the French people | Paris | Emmanuel Macron | the French government
uk: state | Britain/the United Kingdom/the UK | British | Britons | London | Boris Johnson/Theresa May | the British government
germany: state | Germany | German | Germans | Berlin | Angela Merkel | the German government
kurds: people | the YPG/the SDF | Kurdish | Kurds | | | the Kurdish leadership
syrian-opposition: armed | the Free Syrian Army/the opposition/the rebels | rebel | the rebels | | | the opposition leadership
isis: armed | ISIS/the Islamic State/ISIL | ISIS | | | Abu Bakr Baghdadi | the ISIS leadership
hezbollah: armed | Hezbollah | Hezbollah | | | Hassan Nasrallah | the Hezbollah leadership
afghanistan-taliban: armed | the Taliban | Taliban | the Taliban | | | the Taliban leadership
houthis: armed | the Houthis | Houthi | Houthis | | | the Houthi leadership
al-qaeda: armed | al-Qaeda/Al Qaeda | al-Qaeda | | | | the al-Qaeda leadership
venezuela: state | Venezuela | Venezuelan | Venezuelans | Caracas | Nicolas Maduro | the Venezuelan government
afghanistan: state | Afghanistan | Afghan | Afghans | Kabul | Ashraf Ghani | the Afghan government
pakistan: state | Pakistan | Pakistani | Pakistanis | Islamabad | Imran Khan | the Pakistani government
india: state | India | Indian | Indians | New Delhi | Narendra Modi | the Indian government
japan: state | Japan | Japanese | the Japanese people | Tokyo | Shinzo Abe | the Japanese government
south-korea: state | South Korea | South Korean | South Koreans | Seoul | Moon Jae | the South Korean government
egypt: state | Egypt | Egyptian | Egyptians | Cairo | Abdel Sissi | the Egyptian government
libya: state | Libya | Libyan | Libyans | Tripoli | Khalifa Haftar | the Libyan government
lebanon: state | Lebanon | Lebanese | the Lebanese people | Beirut | Saad Hariri | the Lebanese government
qatar: state | Qatar | Qatari | Qataris | Doha | | the Qatari government
greece: state | Greece | Greek | Greeks | Athens | Alexis Tsipras | the Greek government
armenia: state | Armenia | Armenian | Armenians | Yerevan | Nikol Pashinyan | the Armenian government
azerbaijan: state | Azerbaijan | Azerbaijani | Azerbaijanis | Baku | Ilham Aliyev | the Azerbaijani government
georgia: state | | Georgian | Georgians | Tbilisi | | the Georgian government
belarus: state | Belarus | Belarusian | Belarusians | Minsk | Alexander Lukashenko | the Belarusian government
poland: state | Poland | Polish | Poles | Warsaw | Andrzej Duda | the Polish government
mexico: state | Mexico | Mexican | Mexicans | Mexico City | Enrique Nieto | the Mexican government
cuba: state | Cuba | Cuban | Cubans | Havana | Raul Castro | the Cuban government
yemen: state | Yemen | Yemeni | Yemenis | Sanaa | | the Yemeni government
"""
NOUN_AFTER = re.compile(r"\s+(?!is\b|are\b|was\b|were\b|has\b|have\b|had\b|will\b|would\b|can\b|could\b|should\b|must\b|may\b|to\b|and\b|or\b|in\b|of\b|on\b|as\b|at\b|by\b|for\b|from\b|with\b|that\b|who\b|which\b|but\b|if\b|not\b|said\b|says\b|does\b|did\b|do\b)[a-z]")


def read_table() -> dict[str, tuple[str, dict[str, list[str]]]]:
    parties = {}
    for line in TABLE.strip().split("\n"):
        party, rest = line.split(": ", 1)
        group, *fields = [f.strip() for f in rest.split("|")]
        forms = {kind: [f for f in field.split("/") if f] for kind, field in zip(KINDS, fields)}
        parties[party] = (group, forms)
    return parties


PARTIES = read_table()


def matcher() -> tuple[re.Pattern, dict[str, tuple[str, str]]]:
    """All forms in one expression, and what each of them (without its article) stands for."""
    meaning: dict[str, tuple[str, str]] = {}
    for party, (_, forms) in PARTIES.items():
        for kind, words in forms.items():
            for form in words:
                bare = form.removeprefix("the ")
                for one in {bare, bare.rsplit(" ", 1)[-1]} if kind == "leader" else {bare}:
                    meaning.setdefault(one, (party, kind))
    for word in ("rebels", "opposition", "alliance", "Security Council"):
        meaning[word] = ({"rebels": "syrian-opposition", "opposition": "syrian-opposition"}.get(word, "nato" if word == "alliance" else "un"), "name")
    longest = sorted(meaning, key=len, reverse=True)
    return re.compile(r"(?<![\w-])([Tt]he\s+)?(" + "|".join(map(re.escape, longest)) + r")(?![\w-]|\s+(?:Post|Times|Hilton|Examiner|Free Beacon))"), meaning


PATTERN, MEANING = matcher()


def choose(party: str, rng: random.Random, taken: set[str]) -> str:
    """Another party, mostly of the same group."""
    group = PARTIES[party][0]
    same = [p for p, (g, _) in PARTIES.items() if g == group and p not in taken]
    rest = [p for p in PARTIES if p not in taken]
    return rng.choice(same if same and rng.random() < 0.75 else rest)


def render(party: str, kind: str, full: bool, rng: random.Random) -> str:
    """One form of a party, the same kind as the one to be replaced; `full`: a leader's whole name."""
    forms = PARTIES[party][1]
    adjective = (forms.get("adjective") or forms["name"])[0]
    if forms.get(kind):
        form = rng.choice(forms[kind])
        return form if kind != "leader" or full else form.rsplit(" ", 1)[-1]
    if kind == "people":
        return f"{adjective} people"
    return rng.choice(forms["name"]) if forms.get("name") else adjective


def swap(sample: Sample, rng: random.Random) -> Sample:
    """The sample with every party in it replaced; the same form is always replaced by the same words."""
    others: dict[str, str] = {}
    written: dict[tuple[str, str, bool], str] = {}
    edits: list[tuple[int, int, str]] = []
    for match in PATTERN.finditer(sample.text):
        form = match[2]
        party, kind = MEANING[form]
        if form in ("U.S.", "U.N.", "UN", "EU", "NATO", "ISIS") and NOUN_AFTER.match(sample.text, match.end()):
            kind = "adjective"
        if party not in others:
            others[party] = choose(party, rng, set(others.values()) | {party})
        key = (party, kind, " " in form)
        if key not in written:
            written[key] = render(others[party], kind, " " in form, rng)
        new = written[key]
        article = match[1]
        bare = new.removeprefix("the ")
        if article and (bare != new or kind in ("adjective", "government")):
            edits.append((match.start(2), match.end(2), bare))
        elif article and kind in ("name", "people", "leader", "capital"):
            edits.append((match.start(), match.end(), new))
        else:
            edits.append((match.start(2), match.end(2), bare if kind in ("adjective", "government") else new))
    return edited(sample, edits) if edits else sample


def rename(sample: Sample, rng: random.Random) -> Sample:
    """The sample with another person as its holder, where the holder's words end in a name that is no party."""
    if not sample.holder:
        return sample
    shown = sample.text[slice(*sample.holder)]
    found = [w for w in re.findall(r"[A-Z][\w’'-]+", shown) if not KEEP.search(w) and w.lower() not in TITLES and w.lower() not in pairs.FORMS]
    if not found or not shown.endswith(found[-1]) or PATTERN.search(shown):
        return sample
    words = {found[-1]: last_name(rng)}
    if len(found) > 1 and shown.endswith(" ".join(found[-2:])):
        words[found[-2]] = rng.choice(FIRST)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")
    edits = [(m.start(), m.end(), words[m[0]]) for m in pattern.finditer(sample.text)]
    if any(start < t.span[1] and t.span[0] < stop for t in sample.targets for start, stop, _ in edits):
        return sample
    return edited(sample, edits)


def edited(sample: Sample, edits: list[tuple[int, int, str]]) -> Sample:
    """The sample after replacing text; a bound within a replaced part moves to that part's new bound."""
    text, end = "", 0
    for start, stop, new in edits:
        text += sample.text[end:start] + new
        end = stop
    text += sample.text[end:]

    def moved(at: int, is_end: bool) -> int:
        shift = 0
        for start, stop, new in edits:
            if stop <= at:
                shift += len(new) - (stop - start)
            elif start < at:
                return start + shift + (len(new) if is_end else 0)
            else:
                break
        return at + shift

    def span(old: Span | None) -> Span | None:
        return old and (moved(old[0], False), moved(old[1], True))

    targets = [dataclasses.replace(t, span=span(t.span)) for t in sample.targets]
    return Sample(sample.id, sample.corpus, text, span(sample.quote), span(sample.holder), targets)
