"""Finds quoted strings by their quotation marks, paragraph by paragraph.

The tagger gets, for each token, whether it stands inside quotation marks. Training must see the flags that
the program will compute, so this module is the twin of `src/quote/marks` and keeps its rules and its cost
table: change both together. A paragraph is a line here; the program knows blocks.

Every mark is opened, closed or passed over at a cost that depends on its neighbours; the cheapest reading of
the whole paragraph wins, so one typing error is repaired where it stands and never shifts the marks after it.
Costs are integers (100 is one plain repair unit), so that both twins break ties alike.
"""

from __future__ import annotations

import re
from bisect import bisect_right

__all__ = ["inside_flags", "scan"]

_MARK = re.compile(
    r"&(?:quot|ldquo|rdquo|lsquo|rsquo|apos|laquo|raquo|#0*3[49]|#[xX]0*2[27]|#0*822[01]|#0*821[67]);"
    r"|``|''|\\\"|[\"“”„‟«»‹›‘’‚'＂″]"
)
_ENTITY = {
    "quot": '"', "ldquo": "“", "rdquo": "”", "lsquo": "‘", "rsquo": "’", "apos": "'", "laquo": "«",
    "raquo": "»", "34": '"', "39": "'", "8220": "“", "8221": "”", "8216": "‘", "8217": "’", "x22": '"',
    "x27": "'",
}
_DOUBLE_KIND = {
    '"': "straight", "＂": "straight", '\\"': "straight", "″": "straight", "“": "curly", "”": "curly", "‟": "curly",
    "„": "low", "«": "guillemet", "»": "guillemet", "``": "ticks", "''": "ticks",
}
_SINGLE_KIND = {"'": "apostrophe", "‘": "single", "’": "single", "‚": "single_low", "‹": "angle", "›": "angle"}
_SINGLES = frozenset(["apostrophe", "single", "single_low", "angle"])

_NO_OPEN = 320
_UNCLOSED_END = 300
_UNCLOSED_CONTINUED = 50
_UNCLOSED_BETWEEN = 350
_CROSSED = 250
# Behind an attribution a missing close is likelier than a nested quotation.
_UNCLOSED_ATTRIBUTED = 200
_NESTED_ATTRIBUTED = 350
_STRAY = 450
_STRAY_DOUBLED = 200
_BARRED = 100_000
_DEEPEST = 3
# Readings this much dearer than the cheapest one are given up.
_HOPELESS = 2_000
# How many marks and invisible characters are looked through for a neighbour.
_FARTHEST = 16

_SPACE, _OPENING, _CLOSING, _DASH, _POINT, _OTHER = range(6)

# Words after which a plural possessive is impossible: "the ‘boys’ were" closes, "the boys’ room" does not.
_FUNCTION_WORDS = frozenset(
    "a an and are as at be been but by can could did do does for from had has have he in is it may might must "
    "nor not of on or said says she should than that the then they this to told was we were what when where "
    "which while who will with would you i his her their its our my your if because so".split()
)
# Words that begin with an apostrophe.
_CLIPPED = frozenset("tis twas twere em til till cause bout round n neath cos".split())

_VERBS = (
    r"(?:said|says|say|told|tells|added|adds|asked|asks|wrote|writes|tweeted|noted|notes|warned|stressed|"
    r"insisted|argued|explained|recalled|replied|continued|concluded|announced|declared|claimed|stated|"
    r"admitted|acknowledged|remarked|reported|quipped|joked|testified|urged|vowed|pledged)"
)
_ATTRIBUTION_AFTER = re.compile(
    r"[,!?”\"'’]\s+(?:(?:(?:he|she|they|it|I|we|who)|(?:the|a|an|his|her|their|one|another)(?:\s+[\w.'’-]+){1,5}?"
    r"|(?:[A-ZÀ-ÞĀ-Ž][\w.'’-]*)(?:\s+[\w.'’-]+){0,5}?)\s+(?:also\s+|later\s+|then\s+)?" + _VERBS + r"\b"
    r"|" + _VERBS + r"\s+(?:he|she|they|the|an?|one|another|his|her|their|[A-ZÀ-ÞĀ-Ž]))"
)
_ATTRIBUTION_BEFORE = re.compile(r"\b" + _VERBS + r"(?:\s+[\w.'’-]+){0,6}\s*[,:]\s+|[a-z]:\s+(?=[A-ZÀ-ÞĀ-Ž])")
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-ZÀ-ÞĀ-Ž])")
_BOILERPLATE = re.compile(
    r"\s[(\[]?(?:(?:Additional |With )?[Rr]eporting by\b|Editing by\b|Written by\b|Read more\b|READ MORE\b|"
    r"Also read\b|ALSO READ\b|Read also\b|READ ALSO\b|RELATED\b|Related:|Advertisement\b|ADVERTISEMENT\b|"
    r"Story continues\b|Sign up\b|Click here\b|CLICK HERE\b|Copyright\b|©|___|Follow @|Photo:|Image:|Source:|"
    r"\((?:AP|AFP|Reuters|REUTERS|Photo|File)\b)"
)


def scan(text: str) -> list[tuple[int, int, int, int]]:
    """Quoted strings as (outer start, outer end, inner start, inner end), in code points, in text order."""
    found: list[tuple[int, int, int, int]] = []
    lines = []
    start = 0
    for line in text.splitlines(keepends=True):
        left = start + len(line) - len(line.lstrip())
        right = start + len(line.rstrip())
        if left < right:
            lines.append((left, right))
        start += len(line)
    for number, (left, right) in enumerate(lines):
        paragraph = text[left:right]
        marks = _marks(paragraph)
        if not marks:
            continue
        following = ""
        if number + 1 < len(lines):
            following = text[lines[number + 1][0] : lines[number + 1][0] + 8]
        for outer_start, outer_end, inner_start, inner_end in _pair(paragraph, marks, following):
            found.append((left + outer_start, left + outer_end, left + inner_start, left + inner_end))
    found.sort(key=lambda string: (string[0], -string[1]))
    return found


def inside_flags(text: str, token_spans: list[tuple[int, int]]) -> list[bool]:
    """For each token (start, end), in code points: does it stand inside quotation marks, marks included?"""
    merged: list[list[int]] = []
    for outer_start, outer_end, _, _ in scan(text):
        if merged and outer_start < merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], outer_end)
        else:
            merged.append([outer_start, outer_end])
    starts = [string[0] for string in merged]
    flags = []
    for start, end in token_spans:
        at = bisect_right(starts, start) - 1
        flags.append(at >= 0 and start < end <= merged[at][1])
    return flags


class _Mark:
    __slots__ = ("start", "end", "char", "double", "kind", "ignore", "open", "close")

    def __init__(self, start: int, end: int, char: str) -> None:
        self.start, self.end, self.char = start, end, char
        self.double = char in _DOUBLE_KIND
        self.kind = _DOUBLE_KIND[char] if self.double else _SINGLE_KIND[char]
        self.ignore = self.open = self.close = 0


def _marks(text: str) -> list[_Mark]:
    marks: list[_Mark] = []
    for match in _MARK.finditer(text):
        start, end, char = match.start(), match.end(), match.group()
        if char[0] == "&":
            char = _ENTITY.get(re.sub(r"^#([xX]?)0*", lambda m: m.group(1).lower(), char[1:-1]), '"')
        if char == "''" and text[end : end + 1] == "'" and start and not text[start - 1].isspace():
            # Three in a row at an end: the inner single mark closes first.
            marks.append(_Mark(start, start + 1, "'"))
            marks.append(_Mark(start + 1, end + 1, "''"))
            continue
        if marks and start < marks[-1].end:
            continue
        if not _DOUBLE_KIND.get(char) and _inside_word(text, start, end):
            continue
        marks.append(_Mark(start, end, char))
    marks = _without_empty(text, marks)
    for index, mark in enumerate(marks):
        _price(text, marks, index, mark)
    return marks


def _inside_word(text: str, start: int, end: int) -> bool:
    return start > 0 and end < len(text) and text[start - 1].isalnum() and text[end].isalnum()


def _without_empty(text: str, marks: list[_Mark]) -> list[_Mark]:
    kept: list[_Mark] = []
    index = 0
    while index < len(marks):
        mark = marks[index]
        if index + 1 < len(marks) and mark.end == marks[index + 1].start and mark.double:
            other = marks[index + 1]
            before = text[mark.start - 1] if mark.start else " "
            after = text[other.end] if other.end < len(text) else " "
            if (
                other.kind == mark.kind
                and _class(before) in (_SPACE, _OPENING)
                and _class(after) in (_SPACE, _CLOSING, _POINT)
            ):
                index += 2
                continue
        kept.append(mark)
        index += 1
    return kept


def _class(char: str) -> int:
    if char == "" or char.isspace():
        return _SPACE
    if char in "([{":
        return _OPENING
    if char in ")]}":
        return _CLOSING
    if char in "-–—―‒−/":
        return _DASH
    if char in ".,;:!?…":
        return _POINT
    return _OTHER


_TRANSPARENT = frozenset("*_\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")


def _neighbour_before(text: str, marks: list[_Mark], index: int) -> int:
    """The offset of the character before the mark, looking through other marks and invisible ones; -1: none."""
    at = marks[index].start - 1
    index -= 1
    for _ in range(_FARTHEST):
        if at < 0:
            break
        if index >= 0 and marks[index].end == at + 1:
            at = marks[index].start - 1
            index -= 1
        elif text[at] in _TRANSPARENT:
            at -= 1
        else:
            break
    return at


def _neighbour_after(text: str, marks: list[_Mark], index: int) -> int:
    at = marks[index].end
    index += 1
    for _ in range(_FARTHEST):
        if at >= len(text):
            break
        if index < len(marks) and marks[index].start == at:
            at = marks[index].end
            index += 1
        elif text[at] in _TRANSPARENT:
            at += 1
        else:
            break
    return at


def _price(text: str, marks: list[_Mark], index: int, mark: _Mark) -> None:
    before = _neighbour_before(text, marks, index)
    after = _neighbour_after(text, marks, index)
    if mark.double:
        _price_double(text, marks, index, mark, before, after)
    else:
        _price_single(text, mark, before, after)


def _open_cost(text: str, before: int, after: int) -> int:
    p = _class(text[before]) if before >= 0 else _SPACE
    n = _class(text[after]) if after < len(text) else _SPACE
    if after >= len(text):
        return 400
    cost = (0, 0, 250, 0, 80 if n == _OTHER else 200, 300)[p]
    if p == _POINT and text[before] == ":":
        cost = 40
    if n == _POINT:
        ellipsis = text[after] == "…" or text[after : after + 2] == ".."
        return cost + (0 if ellipsis else 250)
    if n == _SPACE:
        return cost + (150 if p == _SPACE else 300)
    return cost + (0, 0, 300, 70, 0, 0)[n]


def _close_cost(text: str, before: int, after: int) -> int:
    if before < 0:
        return 500
    p = _class(text[before])
    n = _class(text[after]) if after < len(text) else _SPACE
    if p == _SPACE:
        if n == _SPACE:
            return 150
        if n in (_POINT, _CLOSING):
            return 100
        clause = before > 0 and text[before - 1] in ",?!" and after < len(text) and text[after].islower()
        return 200 if clause else 400
    if p == _OPENING:
        return 300
    if n == _OPENING:
        return 80
    if n == _OTHER:
        if p == _DASH:
            return 150
        return 80 if p in (_POINT, _CLOSING) else 200
    return 0


def _price_double(text: str, marks: list[_Mark], index: int, mark: _Mark, before: int, after: int) -> None:
    opening, closing = _open_cost(text, before, after), _close_cost(text, before, after)
    doubled = index > 0 and marks[index - 1].end == mark.start and marks[index - 1].kind == mark.kind
    doubled |= index + 1 < len(marks) and marks[index + 1].start == mark.end and marks[index + 1].kind == mark.kind
    mark.ignore = _STRAY_DOUBLED if doubled else _STRAY
    char = mark.char
    if char in ("“", "‟"):
        mark.open, mark.close = opening // 4, 200 + closing
    elif char == "”":
        mark.open, mark.close = 200 + opening, closing // 4
    elif char == "„":
        mark.open, mark.close = opening // 4, _BARRED
    elif char == "«":
        mark.open, mark.close = min(opening // 4, 20), 120 + closing
    elif char == "»":
        mark.open, mark.close = 120 + opening, min(closing // 4, 20)
    elif char == "``":
        mark.open, mark.close = opening // 4, 300 + closing
    else:
        mark.open, mark.close = opening, closing
    digit_before = mark.start > 0 and text[mark.start - 1] in "0123456789½¼¾"
    if char in ('"', "＂", "”", "''", "″") and (_measures(text, mark) or (char == "″" and digit_before)):
        mark.ignore = 0
        mark.open += 600
        mark.close += 600
    elif char in ('"', "''") and digit_before:
        if mark.end >= len(text) or not text[mark.end].isalnum():
            mark.ignore = 50


def _measures(text: str, mark: _Mark) -> bool:
    """5'10", 45°30'15": the digits before the mark stand after a foot or minute mark that follows digits."""
    return re.search(r"\d\s?(?:['’′]|&#0*39;)\s?\d{1,2}(?:[.,]\d+)?[½¼¾]?\s?$", text[: mark.start][-24:]) is not None


def _price_single(text: str, mark: _Mark, before: int, after: int) -> None:
    opening, closing = _open_cost(text, before, after), _close_cost(text, before, after)
    char = mark.char
    if char in "‹›‚":
        mark.ignore = 100 if char == "‚" else _STRAY
        mark.open = opening // 4 if char != "›" else _BARRED
        mark.close = closing // 4 if char == "›" else _BARRED
        return
    previous = text[before] if before >= 0 else " "
    following = text[after] if after < len(text) else " "
    adjacent_before = mark.start > 0 and before == mark.start - 1
    # As an apostrophe.
    if char == "‘":
        word = _word(text, mark.end)
        clipped = word.lower() in _CLIPPED or following.isdigit()
        mark.ignore = 30 if clipped else (250 if following.isupper() else 300)
        mark.open, mark.close = opening // 4, 250 + closing
        return
    if previous.isdigit() and adjacent_before:
        mark.ignore = 20
    elif _class(previous) in (_SPACE, _OPENING, _DASH):
        word = _word(text, mark.end)
        if following.isdigit() or word.lower() in _CLIPPED:
            mark.ignore = 0
        else:
            mark.ignore = 150 if _class(following) == _OTHER else 300
    elif previous.isalpha() and adjacent_before:
        mark.ignore = _possessive_cost(text, mark, previous)
    else:
        mark.ignore = 500
    # A noun after "bosses'" makes a possessive likelier than a close.
    worded = (30 if previous.isalnum() else 0) + (120 if mark.ignore == 30 else 0)
    if char == "’":
        mark.open, mark.close = 300 + opening, closing // 4 + worded
    else:
        mark.open, mark.close = opening + 60, closing + worded


def _possessive_cost(text: str, mark: _Mark, previous: str) -> int:
    if previous not in "sSxXzZ":
        word = re.search(r"\w*$", text[: mark.start][-12:]).group().lower()
        return 30 if word.endswith("in") or word in ("o", "th", "an", "n", "ol", "wi") else 200
    rest = text[mark.end : mark.end + 2]
    if not rest[:1].isspace() or not rest[1:2].isalnum():
        return 120
    return 120 if _word(text, mark.end + 1).lower() in _FUNCTION_WORDS else 30


def _word(text: str, start: int) -> str:
    end = start
    while end < len(text) and text[end].isalpha():
        end += 1
    return text[start:end]


def _nest_cost(stack: tuple[str, ...], kind: str) -> int:
    """What opening a mark of this kind costs inside what is open already."""
    if not stack:
        return 0
    if len(stack) >= _DEEPEST:
        return _BARRED
    top = stack[-1]
    if (top in _SINGLES) != (kind in _SINGLES):
        return 0 if kind in _SINGLES else 30
    if kind in _SINGLES:
        return 600
    if top != kind:
        return 100
    return 360 if kind in ("straight", "ticks") else 220


def _mix_cost(opener: str, mark: _Mark) -> int:
    """What it costs that this mark closes what an opener of that kind opened; negative: the fitting shape."""
    if opener == mark.kind:
        return 0
    if opener == "low":
        return -200 if mark.char == "“" else 0
    if opener == "reversed":
        return -120 if mark.char == "«" else 300
    if opener == "single_low":
        return -250 if mark.char == "‘" else 0
    if "guillemet" in (opener, mark.kind) or "angle" in (opener, mark.kind):
        return 250
    return 150 if opener in _SINGLES else 50


def _unclosed_cost(opener: str, outermost: bool, following: str, between: bool, attributed: bool = False) -> int:
    if opener == "apostrophe":
        return 600
    if between:
        return _UNCLOSED_ATTRIBUTED if attributed else _UNCLOSED_BETWEEN
    if outermost and following and _opens_paragraph(opener, following):
        return _UNCLOSED_CONTINUED
    return _UNCLOSED_END


def _opens_paragraph(opener: str, following: str) -> bool:
    match = _MARK.match(following)
    if match is None:
        return False
    char = match.group()
    if opener in _SINGLES:
        return char in ("'", "‘", "‹", "‚")
    return char not in _SINGLE_KIND and char != "”"


def _pair(text: str, marks: list[_Mark], following: str) -> list[tuple[int, int, int, int]]:
    # state: the kinds that stand open, outermost first -> (cost, events); events form a linked list.
    states: dict[tuple[str, ...], tuple[int, tuple]] = {(): (0, ())}
    previous_end = 0
    for index, mark in enumerate(marks):
        gap = mark.start - previous_end
        cheapest = min(states.items(), key=lambda state: state[1][0])[0]
        attributed = (
            bool(cheapest)
            and mark.double
            and mark.open < 100
            and _ATTRIBUTION_AFTER.search(text[previous_end : mark.start]) is not None
        )
        previous_end = mark.end
        reached: dict[tuple[str, ...], tuple[int, tuple]] = {}
        pool = []
        for stack, (cost, events) in states.items():
            if "apostrophe" in stack:
                cost += gap * 3 // 10
            pool.append((stack, cost, events))
            # Leave what is open without its close, before this mark.
            left = stack
            while left:
                cost += _unclosed_cost(left[-1], len(left) == 1, following, True, attributed)
                left = left[:-1]
                events = ("leave", index, events)
                pool.append((left, cost, events))
        for stack, cost, events in pool:
            _reach(reached, stack, cost + mark.ignore, events)
            if mark.open < _BARRED:
                kind = "reversed" if mark.char == "»" else mark.kind
                price = cost + mark.open + _nest_cost(stack, kind) + (_NESTED_ATTRIBUTED if attributed and stack else 0)
                if price < _BARRED:
                    _reach(reached, stack + (kind,), price, ("open", index, events))
            if mark.close < _BARRED:
                if stack and (stack[-1] in _SINGLES) != mark.double:
                    price = cost + max(0, mark.close + _mix_cost(stack[-1], mark))
                    _reach(reached, stack[:-1], price, ("close", index, events))
                elif len(stack) == 1:
                    _reach(reached, (), cost + mark.close + _CROSSED, ("close", index, events))
                elif not stack and mark.kind != "apostrophe":
                    price = cost + mark.close + (_NO_OPEN if mark.double else 800)
                    _reach(reached, stack, price, ("lone", index, events))
        hopeless = min(cost for cost, _ in reached.values()) + _HOPELESS
        states = {stack: state for stack, state in reached.items() if state[0] <= hopeless}
    best = None
    for stack, (cost, events) in states.items():
        for depth in range(len(stack), 0, -1):
            cost += _unclosed_cost(stack[depth - 1], depth == 1, following, False)
            events = ("leave", len(marks), events)
        if best is None or cost < best[0]:
            best = (cost, events)
    return _strings(text, marks, best[1], following)


def _reach(reached: dict, stack: tuple[str, ...], cost: int, events: tuple) -> None:
    known = reached.get(stack)
    if known is None or cost < known[0]:
        reached[stack] = (cost, events)


def _strings(text: str, marks: list[_Mark], events: tuple, following: str) -> list[tuple[int, int, int, int]]:
    order = []
    while events:
        order.append((events[0], events[1]))
        events = events[2]
    order.reverse()
    found = []
    open_marks: list[_Mark] = []
    settled = 0  # where the last outermost string ends
    for action, index in order:
        if action == "open":
            open_marks.append(marks[index])
            continue
        if action == "lone":
            close = marks[index]
            start = _repaired_start(text, settled, close.start)
            string = (start, close.end, start, close.start)
        else:
            opener = open_marks.pop()
            if action == "close":
                close = marks[index]
                string = (opener.start, close.end, opener.end, close.start)
            else:
                if opener.kind == "apostrophe":
                    continue
                limit = marks[index].start if index < len(marks) else len(text)
                last = index == len(marks) and not open_marks
                running = last and bool(following) and _opens_paragraph(opener.kind, following)
                end = _repaired_end(text, opener.end, limit, running)
                string = (opener.start, end, opener.end, end)
        string = _trimmed(text, string)
        if string is not None:
            found.append(string)
            if not open_marks:
                settled = string[1]
    return found


def _repaired_end(text: str, start: int, limit: int, running: bool) -> int:
    """Where an unclosed string ends: before boilerplate, before its attribution, else at the limit."""
    segment = text[start:limit]
    boilerplate = _BOILERPLATE.search(segment)
    if boilerplate:
        segment = segment[: boilerplate.start()]
    attribution = _ATTRIBUTION_AFTER.search(segment)
    if attribution and running:
        # A running quotation may tell of sayings itself; only a short clause at its very end is an attribution.
        rest = segment[attribution.start() :]
        if len(rest) > 120 or _SENTENCE_END.search(rest):
            attribution = None
    if attribution and attribution.start() > 2:
        return start + attribution.start() + 1
    return start + len(segment.rstrip())


def _repaired_start(text: str, settled: int, close: int) -> int:
    """Where a string without an opening mark starts: after its attribution, else after the last string."""
    segment = text[settled:close]
    start = None
    for start in _ATTRIBUTION_BEFORE.finditer(segment):
        pass
    if start is not None and start.end() < len(segment):
        return settled + start.end()
    if settled > 0:
        sentence = _SENTENCE_END.search(segment)
        if sentence:
            return settled + sentence.end()
    return settled + len(segment) - len(segment.lstrip())


def _trimmed(text: str, string: tuple[int, int, int, int]) -> tuple[int, int, int, int] | None:
    outer_start, outer_end, start, end = string
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return None
    return outer_start, outer_end, start, end


if __name__ == "__main__":
    # Rewrites the fixture that holds both twins together: reads its lines and fills in what is found.
    import json
    import sys

    for row in sys.stdin:
        line = json.loads(row)["text"]
        strings = [[line[outer:end], line[start:stop]] for outer, end, start, stop in scan(line)]
        print(json.dumps({"text": line, "strings": strings}, ensure_ascii=False))
