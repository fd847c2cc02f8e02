"""Turns markup into `ascribe/1` gold: finds the words of every annotation in the article and checks the whole.

Everything that could be wrong without being noticed is an error here: words that do not occur, marks that nobody
annotated, flags that differ from the text, entities that nobody uses, parties that the registry does not know.
"""

import re
import unicodedata
from dataclasses import dataclass

from marks import CLOSING, OPENING, flags_of, unaccounted
from markup import NOT_MEANT, ArticleMarkup, EntityMarkup, MarkupError, NotSpeechMarkup, QuoteMarkup
from parties import Parties

SCHEMA = "ascribe/1"
SOURCE = "Ascribe corpus (invented for training and testing)"
PRONOUNS = {"he", "she", "it", "they", "i", "we", "who", "which", "both", "one"}
WARNINGS = {
    "unclosed": ("unclosed_quote", "the closing mark is missing"),
    "no_open": ("unopened_quote", "the opening mark is missing"),
    "mixed_marks": ("mixed_marks", "opened by one sort of mark and closed by another"),
}
FOLDED = {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}

Range = tuple[int, int]


@dataclass
class Placed:
    """A quotation with its words found."""

    markup: QuoteMarkup
    paragraph: Range
    spans: list[Range]
    cue: Range | None = None
    source: Range | None = None


def fold(text: str) -> str:
    """Lower case without diacritics; Turkish ı and İ become i."""
    plain = unicodedata.normalize("NFKD", text.replace("İ", "i")).lower()
    return "".join(FOLDED.get(char, char) for char in plain if not unicodedata.combining(char))


def entity_id(name: str) -> str:
    """The kebab-case id of a name: `İbrahim Kalın` is `ibrahim-kalin`."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")


class Resolver:
    """Resolves the annotations of one article against its text."""

    def __init__(self, article: ArticleMarkup, text: str, paragraphs: list[Range], parties: Parties):
        self.article = article
        self.text = text
        self.paragraphs = paragraphs
        self.parties = parties
        self.entities = {entity_id(entity.name): entity for entity in article.entities}
        self.quotes: list[Placed] = []
        self.not_speech: list[tuple[NotSpeechMarkup, Range]] = []

    def gold(self, path: str, sha256: str, identifier: str) -> dict:
        """The whole record. `path` and `sha256` are those of the article file (for JSONL, of the line)."""
        for paragraph, where in zip(self.article.paragraphs, self.paragraphs, strict=True):
            for quote in paragraph.quotes:
                self._place(quote, where)
            for marked in paragraph.not_speech:
                self.not_speech.append((marked, self._not_speech(marked, where)))
        self._check()
        header = self.article.header
        quotes = self._quotes()
        return {
            "schema": SCHEMA,
            "tool": {"version": "gold", "model": "gold", "model_sha256": "", "registry_sha256": ""},
            "article": {
                "id": identifier,
                "path": path,
                "sha256": sha256,
                "title": header["title"],
                "date": header["date"],
                "source": SOURCE,
                "url": header.get("url"),
                "offset_unit": "codepoint",
                "text": self.text,
            },
            "entities": self._entities(),
            "quotes": quotes,
            "not_speech": [{**self._span(span), "reason": marked.reason} for marked, span in self.not_speech],
            "warnings": _warnings(quotes),
        }

    def fail(self, line: int, message: str) -> MarkupError:
        return MarkupError(f"{self.article.name}:{line}: {message}")

    def _span(self, span: Range) -> dict:
        return {"start": span[0], "end": span[1], "text": self.text[span[0] : span[1]]}

    # Finding words

    def _find(self, words: str, within: Range) -> list[Range]:
        """All places of `words` in `within`; ` ~ ` stands for any words, any white space fits any other."""
        parts = []
        for part in words.split(" ~ "):
            before = r"(?<!\w)" if part[0].isalnum() else ""
            after = r"(?!\w)" if part[-1].isalnum() else ""
            parts.append(before + r"\s+".join(map(re.escape, part.split())) + after)
        regex = re.compile(r"[\s\S]*?".join(parts))
        found, at = [], within[0]
        while match := regex.search(self.text, at, within[1]):
            found.append(match.span())
            at = match.start() + 1
        return found

    def _place(self, quote: QuoteMarkup, paragraph: Range) -> None:
        cursor = self.quotes[-1].spans[0][0] if self.quotes and self.quotes[-1].paragraph == paragraph else paragraph[0]
        taken = {span for placed in self.quotes for span in placed.spans}
        spans: list[Range] = []
        for words in quote.words:
            found = [span for span in self._find(words, (cursor, paragraph[1])) if span not in taken]
            if quote.kind in ("direct", "mixed"):
                found = [span for span in found if self._touches_mark(span)]
            if not found:
                raise self.fail(quote.line, f"`{words}` does not stand in the paragraph, or not between marks")
            spans.append(found[0])
            cursor = found[0][1]
        placed = Placed(quote, paragraph, spans)
        placed.cue = self._near(quote, quote.cue, placed, spans)
        placed.source = self._near(quote, quote.source, placed, [placed.cue] if placed.cue else spans)
        self.quotes.append(placed)

    def _touches_mark(self, span: Range) -> bool:
        before = self.text[max(0, span[0] - 2) : span[0]].rstrip()[-1:]
        after = self.text[span[1] : span[1] + 2].lstrip()[:1]
        return (before != "" and before in OPENING) or (after != "" and after in CLOSING)

    def _near(self, quote: QuoteMarkup, words: str | None, placed: Placed, anchors: list[Range]) -> Range | None:
        """The place of a cue or source in the paragraph outside the quote: the nearest, or the one that `#n` counts."""
        if words is None:
            return None
        bare, _, count = words.partition("#")
        found = [span for span in self._find(bare, placed.paragraph) if not _overlaps(span, placed.spans)]
        if not found or (count and int(count) > len(found)):
            raise self.fail(quote.line, f"`{words}` does not stand in the paragraph outside the quote")
        if count:
            return found[int(count) - 1]
        return min(found, key=lambda span: min(max(a[0] - span[1], span[0] - a[1], 0) for a in anchors))

    def _not_speech(self, marked: NotSpeechMarkup, paragraph: Range) -> Range:
        taken = {span for _, span in self.not_speech}
        found = [span for span in self._find(marked.words, paragraph) if span not in taken]
        if marked.reason != "measure":
            found = [span for span in found if self._touches_mark(span)]
        if not found:
            raise self.fail(marked.line, f"`{marked.words}` does not stand between marks in the paragraph")
        return found[0]

    def _evidence(self, placed: Placed, words: str, taken: list[Range]) -> Range:
        """Evidence inside the quote, else the nearest before it in its paragraph, after it, or further up."""
        for span in placed.spans:
            for found in self._find(words, span):
                if found not in taken:
                    return found
        start, end = placed.spans[0][0], placed.spans[-1][1]
        regions = [((placed.paragraph[0], start), -1), ((end, placed.paragraph[1]), 0), ((0, placed.paragraph[0]), -1)]
        for region, pick in regions:
            if found := self._find(words, region):
                return found[pick]
        raise self.fail(placed.markup.line, f"evidence `{words}` stands neither in the quote nor before it")

    # Checking

    def _check(self) -> None:
        used = {identifier for placed in self.quotes for identifier in placed.markup.speakers + placed.markup.via}
        for unknown in used - self.entities.keys():
            raise self.fail(0, f"`{unknown}` is no entity of the header (have {', '.join(self.entities)})")
        for unused in self.entities.keys() - used:
            raise self.fail(0, f"entity `{unused}` neither speaks nor reports")
        for identifier, entity in self.entities.items():
            known = self.parties.speakers.get(entity.name, identifier)
            if known != identifier:
                raise self.fail(0, f"the registry knows `{entity.name}` as `{known}`: use its name for it")
        named = [(entity.name, entity.party) for entity in self.article.entities]
        named += [(f"line {q.markup.line}", stance.party) for q in self.quotes for stance in q.markup.stances]
        for owner, party in named:
            if party is not None and party not in self.parties.ids:
                raise self.fail(0, f"party `{party}` of {owner} is not known")
        starts = [placed.spans[0][0] for placed in self.quotes]
        if starts != sorted(starts):
            raise self.fail(0, "quotes do not stand in text order")
        marked = [placed.spans[0] for placed in self.quotes if placed.markup.kind in ("direct", "mixed")]
        marked += [span for reason, span in self.not_speech if reason.reason != "measure"]
        measures = [span for reason, span in self.not_speech if reason.reason == "measure"]
        for at in unaccounted(self.text, marked, measures):
            around = self.text[max(0, at - 30) : at + 30].replace("\n", " ")
            raise self.fail(0, f"the mark at {at} belongs to no annotation: …{around}…")
        for index, placed in enumerate(self.quotes):
            self._check_flags(placed, self.quotes[index + 1 : index + 2], marked)
            self._check_parties(placed)

    def _check_parties(self, placed: Placed) -> None:
        """A party named in a quote needs a stance or a `-`, unless it is the speaker's own."""
        decided = {stance.party for stance in placed.markup.stances}
        decided |= {self.entities[speaker].party for speaker in placed.markup.speakers}
        named = self.parties.named_in(" ".join(self.text[start:end] for start, end in placed.spans))
        for party in named.keys() - decided:
            words = named[party]
            raise self.fail(placed.markup.line, f"`{words}` names {party}: write a stance, or `{party} -: {words}`")

    def _check_flags(self, placed: Placed, following: list[Placed], marked: list[Range]) -> None:
        stated = [flag for flag in placed.markup.flags if flag != "headline"]
        if placed.markup.kind not in ("direct", "mixed"):
            expected: list[str] = []
        else:
            runs_on = any(
                quote.markup.joins_previous and quote.paragraph != placed.paragraph and quote.markup.kind == "direct"
                for quote in following
            )
            others = [span for span in marked if span != placed.spans[0]]
            expected = flags_of(self.text, placed.spans[0], placed.paragraph, others, runs_on)
        if sorted(stated) != sorted(expected):
            raise self.fail(placed.markup.line, f"flags are {expected or 'none'} by the text, {stated or 'none'} by the markup")

    # Writing

    def _quotes(self) -> list[dict]:
        records: list[dict] = []
        utterance = 0
        seen: dict[tuple[str, ...], str] = {}
        for number, placed in enumerate(self.quotes, 1):
            markup = placed.markup
            utterance += not markup.joins_previous
            words = tuple(re.findall(r"\w+", fold(" ".join(self.text[a:b] for a, b in placed.spans))))
            source = self._span(placed.source) if placed.source else None
            if source:
                source["form"] = self._form(source["text"], markup)
            records.append(
                {
                    "id": f"q{number}",
                    "utterance": f"u{utterance}",
                    "kind": "direct" if markup.kind == "turn" else markup.kind,
                    "spans": [self._span(span) for span in placed.spans],
                    "flags": markup.flags,
                    "cue": self._span(placed.cue) if placed.cue else None,
                    "source": source,
                    "speakers": markup.speakers,
                    "via": markup.via,
                    "candidates": [],
                    "confidence": {"span": 1.0, "speaker": 1.0},
                    "stances": self._stances(placed),
                    "repeats": seen.get(words),
                    "review": None,
                }
            )
            seen.setdefault(words, f"q{number}")
        return records

    def _stances(self, placed: Placed) -> list[dict]:
        stances = []
        for stance in placed.markup.stances:
            taken: list[Range] = []
            for words in stance.evidence:
                taken.append(self._evidence(placed, words, taken))
            if stance.stance == NOT_MEANT:
                continue
            probabilities = {key: float(key == stance.stance) for key in ("favor", "neutral", "against")}
            evidence = [self._span(span) for span in taken]
            stances.append(
                {"party": stance.party, "stance": stance.stance, "probabilities": probabilities, "evidence": evidence}
            )
        return stances

    def _form(self, words: str, quote: QuoteMarkup) -> str:
        """A pronoun, a name (it shares a capitalised word with an entity's name), or else a nominal."""
        if quote.nominal:
            return "nominal"
        if words.lower() in PRONOUNS:
            return "pronoun"
        entities = [self.entities[identifier] for identifier in quote.speakers]
        names = {
            fold(word)
            for entity in entities
            if entity.kind != "unnamed"
            for name in (entity.name, *entity.aliases)
            for word in re.findall(r"[^\W_]+", name)
            if word[0].isupper() and not _is_nominal(name)
        }
        spoken = {fold(word) for word in re.findall(r"[^\W_]+", words) if word[0].isupper() and word != "The"}
        return "name" if names & spoken else "nominal"

    def _entities(self) -> list[dict]:
        mentions: dict[str, set[Range]] = {identifier: set() for identifier in self.entities}
        covered: list[Range] = []
        names = [(name, identifier) for identifier, e in self.entities.items() for name in (e.name, *e.aliases)]
        for name, identifier in sorted(names, key=lambda pair: -len(pair[0])):
            found = [span for span in self._find(name, (0, len(self.text))) if not _overlaps(span, covered)]
            if not found and name != self.entities[identifier].name:
                raise self.fail(0, f"`{name}` does not stand in the article")
            covered += found
            mentions[identifier].update(found)
        for placed in self.quotes:
            if placed.source and len(placed.markup.speakers) == 1:
                self._add_mention(mentions[placed.markup.speakers[0]], placed.source)
        for identifier, spans in mentions.items():
            if not spans:
                raise self.fail(0, f"entity `{identifier}` is mentioned nowhere")
        return [self._entity(identifier, entity, mentions[identifier]) for identifier, entity in self.entities.items()]

    @staticmethod
    def _add_mention(mentions: set[Range], source: Range) -> None:
        """A source is a mention; the bare name inside `Secretary of State Mike Pompeo` gives way to it."""
        if not any(start <= source[0] and source[1] <= end for start, end in mentions):
            mentions -= {span for span in mentions if _overlaps(span, [source])}
            mentions.add(source)

    def _entity(self, identifier: str, entity: EntityMarkup, mentions: set[Range]) -> dict:
        return {
            "id": identifier,
            "name": entity.name,
            "kind": entity.kind,
            "party": entity.party,
            "mentions": [self._span(span) for span in sorted(mentions)],
        }


def _warnings(quotes: list[dict]) -> list[dict]:
    warnings = []
    for quote in quotes:
        for code, message in (WARNINGS[flag] for flag in quote["flags"] if flag in WARNINGS):
            span = quote["spans"][0]
            warnings.append({"code": code, "start": span["start"], "end": span["end"], "message": message})
    return warnings


def _is_nominal(name: str) -> bool:
    return name.split()[0].lower() in {"the", "a", "an", "his", "her", "its", "their"}


def _overlaps(span: Range, others: list[Range]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)
