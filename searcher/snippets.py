"""Which passages show best why a document matched, and where the marks are.

What is looked for is found in the folded text, as the index finds it: Han characters wherever they stand, other letters and digits as
whole atoms (ai not inside email), any gap for a gap. Marks are offsets into the original text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise, zip_longest

from searcher.characters import DIGIT, JOINER, LETTER, SPACE, UNSPACED
from searcher.folding import IDEOGRAPH_CLASS, Folded, fold
from searcher.results import Mark, Snippet

WIDTH = 152
"""Terminal cells of a passage: two lines of a terminal of 80 columns, indented."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A text to mark, as typed or as an expansion of it. `term` says which term of the query it belongs to, `weight` how much it tells.

    `whole_words`: letters and digits match whole atoms only. `prefix`: the last word may go on. `wildcard`: `*` stands for any letters.
    """

    text: str
    term: int
    weight: float = 1.0
    whole_words: bool = True
    prefix: bool = False
    wildcard: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """What to mark, ready to be looked for in many texts. `merge`: marks that touch become one."""

    literals: tuple[_Literal, ...]
    merge: bool = True


def pattern(literals: Iterable[Sought], *, merge: bool = True) -> Pattern:
    """Prepare what is to be marked; a text without a letter or digit is left out."""
    found = (_literal(sought) for sought in dict.fromkeys(literals))
    return Pattern(tuple(literal for literal in found if literal.chunks), merge)


def marks(text: str, pattern: Pattern) -> tuple[Mark, ...]:
    """Where a text holds what is looked for: ascending and disjoint, or every place of its own if the pattern does not merge."""
    folded = fold(text)
    found = _occurrences(folded.text, pattern)
    if not pattern.merge:
        return tuple(dict.fromkeys(folded.original(start, end) for start, end, _ in found))
    return tuple(_marks(folded, ((start, end) for start, end, _ in found)))


def passages(text: str, pattern: Pattern, *, start: int = 0, count: int = 3, width: int = WIDTH) -> tuple[Snippet, ...]:
    """At most `count` passages of a text, ascending: those with the most different terms, then the most words, the nearest, the first.

    `start` is the offset of `text` in its document. A passage covers about `width` cells; without any mark, the beginning of the text.
    """
    folded = fold(text)
    found = _occurrences(folded.text, pattern)
    chosen = _chosen(text, folded, found, pattern, count, max(width, 8)) if found else _beginning(text, max(width, 8))
    return tuple(
        _snippet(passage, text, start) for passage in sorted(chosen, key=lambda passage: passage.start) if passage.end > passage.start
    )


def folded(text: str) -> str:
    """A text as it is compared."""
    return fold(text).text


def same_script(original: str, typed: str) -> bool:
    """Whether two texts are the same letters but for width, case, and what stands between them: 后 is not 後."""
    return _letters(original) == _letters(typed)


def cells(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return len(text) if text.isascii() else sum(map(_CELLS.__getitem__, text))


# Where the text holds what is looked for


@dataclass(frozen=True, slots=True)
class _Literal:
    """What is looked for, cut where the text may hold something else between: `separators[n]` stands before `chunks[n]`."""

    sought: Sought
    chunks: tuple[str, ...]
    separators: tuple[re.Pattern[str], ...]
    expression: re.Pattern[str] | None = None


_Occurrence = tuple[int, int, int]  # start and end in the folded text, number of the literal


def _literal(sought: Sought) -> _Literal:
    folded = fold(sought.text).text
    atoms = list(_chunk_pattern().finditer(folded))
    between = (_separator(one[0], folded[one.end() : other.start()], other[0]) for one, other in pairwise(atoms))
    chunks = tuple(atom[0] for atom in atoms)
    expression = _wildcard_expression(folded) if sought.wildcard else None
    return _Literal(sought, chunks, (_SEPARATORS["none"], *between) if chunks else (), expression)


def _separator(before: str, typed: str, after: str) -> re.Pattern[str]:
    """What may stand between two atoms, where this was typed between them."""
    spaced = bool(_spaced().match(before[-1]) and _spaced().match(after[0]))
    same = spaced and before[-1].isdigit() == after[0].isdigit()
    if typed == "" or _SEPARATORS["space"].fullmatch(typed) or (spaced and _SEPARATORS["joined"].fullmatch(typed)):
        return _SEPARATORS[("joined" if same else "maybe joined") if spaced else "maybe space"]
    return _gap(spaced)


def _occurrences(folded: str, pattern: Pattern) -> list[_Occurrence]:
    """Every place of every literal, ascending; places of one literal do not overlap."""
    found = [(start, end, number) for number, literal in enumerate(pattern.literals) for start, end in _places(folded, literal)]
    found.sort()
    return found


def _places(folded: str, literal: _Literal) -> Iterator[tuple[int, int]]:
    if literal.expression:
        yield from (match.span() for match in literal.expression.finditer(folded) if _stands_alone(folded, *match.span()))
        return
    first = literal.chunks[0]
    plain = len(literal.chunks) == 1 and not _spaced().match(first)
    start = folded.find(first)
    while start >= 0:
        end = start + len(first) if plain else _end_of(folded, start, literal)
        if end is not None:
            yield start, end
        start = folded.find(first, end or start + 1)


def _end_of(folded: str, start: int, literal: _Literal) -> int | None:
    """Where a literal that begins at `start` ends, None where it does not stand there."""
    end = start
    for separator, chunk in zip(literal.separators, literal.chunks, strict=True):
        between = separator.match(folded, end)
        if between is None or not folded.startswith(chunk, between.end()):
            return None
        end = between.end() + len(chunk)
    if literal.sought.prefix:
        end = _rest_of_word(folded, end)
    return end if not literal.sought.whole_words or _stands_alone(folded, start, end) else None


def _stands_alone(folded: str, start: int, end: int) -> bool:
    """Whether no word or number goes on beyond either end."""
    return not (start and _goes_on(folded[start - 1 : start + 1])) and not (end < len(folded) and _goes_on(folded[end - 1 : end + 1]))


def _goes_on(two: str) -> bool:
    """Whether two characters belong to one atom: two letters or two digits of a script with spaces."""
    return bool(_one_atom().fullmatch(two))


def _rest_of_word(folded: str, end: int) -> int:
    rest = _spaced_run().match(folded, end)
    return rest.end() if rest and end and _spaced().match(folded, end - 1) else end


def _wildcard_expression(folded: str) -> re.Pattern[str]:
    return re.compile(f"[{LETTER}{DIGIT}]*".join(map(re.escape, folded.split("*"))))


def _marks(folded: Folded, spans: Iterable[Mark]) -> Iterator[Mark]:
    """Ascending spans of the folded text as marks of the original, those that touch as one."""
    start = end = -1
    for first, last in _merged(spans):
        first, last = folded.original(first, last)
        if first < end:  # an expanded character was hit twice: ½ by 1 and 2
            end = max(end, last)
            continue
        if end > start:
            yield start, end
        start, end = first, last
    if end > start:
        yield start, end


def _merged(spans: Iterable[Mark]) -> Iterator[Mark]:
    start = end = -1
    for first, last in spans:
        if first <= end:
            end = max(end, last)
            continue
        if start >= 0:
            yield start, end
        start, end = first, last
    if start >= 0:
        yield start, end


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


# Which passages


@dataclass(frozen=True, slots=True)
class _Passage:
    """A stretch of the text to show: `start`, `end` in the original; `first`, `last`: which occurrences lie in it, half open."""

    start: int
    end: int
    marks: tuple[Mark, ...] = ()
    first: int = 0
    last: int = 0


def _beginning(text: str, width: int) -> list[_Passage]:
    first = len(text) - len(text.lstrip())
    return [_Passage(*_bounds(text, first, first, first, len(text), width))] if first < len(text) else []


def _chosen(text: str, folded: Folded, found: Sequence[_Occurrence], pattern: Pattern, count: int, width: int) -> list[_Passage]:
    """The best passages, each chosen for what those before it do not show."""
    chosen: list[_Passage] = []
    shown: set[int] = set()
    while len(chosen) < count:
        window = _best_window(found, _worth(pattern, shown), chosen, width // 2)
        if window is None:
            break
        passage = _passage(text, folded, found, window, chosen, width)
        chosen.append(passage)
        shown.update(number for _, _, number in found[passage.first : passage.last])
    return chosen


@dataclass(frozen=True, slots=True)
class _Worth:
    """What it is worth to show a literal, each by the number of the literal: its term, what a term counts, what the literal itself counts.

    Whole numbers, so that adding and taking away leaves nothing behind; one term counts more than all literals together.
    """

    terms: tuple[int, ...]
    of_term: tuple[int, ...]
    of_word: tuple[int, ...]


AGAIN = 0.25
"""What a term or a word counts that an earlier passage already shows."""


def _worth(pattern: Pattern, shown: set[int]) -> _Worth:
    sought = [literal.sought for literal in pattern.literals]
    seen = {sought[number].term for number in shown}
    best = {item.term: item.weight for item in sorted(sought, key=lambda item: item.weight)}
    return _Worth(
        terms=tuple(item.term for item in sought),
        of_term=tuple(int(2**16 * best[item.term] * (AGAIN if item.term in seen else 1)) * 2**32 for item in sought),
        of_word=tuple(int(2**8 * item.weight * len(item.text) * (AGAIN if number in shown else 1)) for number, item in enumerate(sought)),
    )


def _best_window(found: Sequence[_Occurrence], worth: _Worth, taken: Sequence[_Passage], reach: int) -> tuple[int, int] | None:
    """The numbers of the first and last occurrence of the best window, None where all are taken."""
    best: tuple[int, int, int, int] | None = None
    first = 0
    for passage in sorted(taken, key=lambda passage: passage.first):
        best = _better(best, _best_between(found, worth, first, passage.first, reach))
        first = passage.last
    best = _better(best, _best_between(found, worth, first, len(found), reach))
    return best and (best[2], best[3])


def _better(one: tuple[int, int, int, int] | None, other: tuple[int, int, int, int] | None) -> tuple[int, int, int, int] | None:
    """The one of greater worth, then of smaller spread, then the first."""
    if one is None or other is None:
        return one or other
    return other if (-other[0], other[1]) < (-one[0], one[1]) else one


def _best_between(found: Sequence[_Occurrence], worth: _Worth, first: int, last: int, reach: int) -> tuple[int, int, int, int] | None:
    """(worth, spread, first occurrence, last occurrence) of the best window among some occurrences.

    The window moves over them: each is added once, and let go when it is too far behind or stands in the window again.
    """
    words, terms = dict.fromkeys(range(len(worth.terms)), 0), dict.fromkeys(worth.terms, 0)
    best, value, left = None, 0, first
    for number in range(first, last):
        _, end, literal = found[number]
        value += (not words[literal]) * worth.of_word[literal] + (not terms[worth.terms[literal]]) * worth.of_term[literal]
        words[literal] += 1
        terms[worth.terms[literal]] += 1
        while left < number and (end - found[left][0] > reach or words[found[left][2]] > 1):
            gone = found[left][2]
            words[gone] -= 1
            terms[worth.terms[gone]] -= 1
            value -= (not words[gone]) * worth.of_word[gone] + (not terms[worth.terms[gone]]) * worth.of_term[gone]
            left += 1
        if best is None or value > best[0] or (value == best[0] and end - found[left][0] < best[1]):
            best = (value, end - found[left][0], left, number)
    return best


def _passage(
    text: str, folded: Folded, found: Sequence[_Occurrence], window: tuple[int, int], chosen: Sequence[_Passage], width: int
) -> _Passage:
    """A window of occurrences with the sentences around it, and whatever else is marked in them."""
    low = max((passage.end for passage in chosen if passage.first <= window[0]), default=0)
    high = min((passage.start for passage in chosen if passage.first > window[0]), default=len(text))
    inside = [folded.original(start, end) for start, end, _ in found[window[0] : window[1] + 1]]
    start, end = _bounds(text, max(low, min(inside)[0]), min(high, max(last for _, last in inside)), low, high, width)
    first, last = window
    while first > 0 and folded.original(*found[first - 1][:2])[0] >= start:
        first -= 1
    while last + 1 < len(found) and folded.original(*found[last + 1][:2])[0] < end:
        last += 1
    spans = ((start, end) for start, end, _ in found[first : last + 1])
    clipped = tuple((max(start, one), min(end, other)) for one, other in _marks(folded, spans) if one < end and other > start)
    return _Passage(start, end, clipped, first, last + 1)


def _snippet(passage: _Passage, text: str, offset: int) -> Snippet:
    marked = tuple((start - passage.start, end - passage.start) for start, end in passage.marks)
    return Snippet(text[passage.start : passage.end], offset + passage.start, marked)


# Where a passage begins and ends


def _bounds(text: str, first: int, last: int, low: int, high: int, width: int) -> tuple[int, int]:
    """The passage around what stands from `first` to `last`: whole sentences where they fit into `width` cells."""
    edges = _Edges.of(text, first, last, max(low, first - width), min(high, last + width), low, high)
    start, end = edges.sentence_start(), edges.sentence_end()
    if start is None or end is None or cells(text[start:end]) > width:
        start, end = _trimmed(text, first, last, edges.low if start is None else start, edges.high if end is None else end, width)
    else:
        start, end = _with_neighbours(text, start, end, edges, width)
    return _stripped(text, start, end)


@dataclass(frozen=True, slots=True)
class _Edges:
    """Where sentences begin or end around what stands from `first` to `last`; looked at no farther than `low` and `high`."""

    first: int
    last: int
    low: int
    high: int
    at: tuple[int, ...]

    @classmethod
    def of(cls, text: str, first: int, last: int, low: int, high: int, text_low: int, text_high: int) -> _Edges:
        found = {match.end() for match in _SENTENCE_END.finditer(text, low, high)}
        found |= ({low} if low == text_low else set()) | ({high} if high == text_high else set())
        return cls(first, last, low, high, tuple(sorted(found)))

    def sentence_start(self) -> int | None:
        return max((edge for edge in self.at if edge <= self.first), default=None)

    def sentence_end(self) -> int | None:
        return min((edge for edge in self.at if edge >= self.last and edge > self.first), default=None)


def _with_neighbours(text: str, start: int, end: int, edges: _Edges, width: int) -> tuple[int, int]:
    """As many sentences after and before, in turn, as fit; beyond a blank line only while the passage is very short."""
    following = (edge for edge in edges.at if edge > end)
    preceding = (edge for edge in reversed(edges.at) if edge < start)
    used = cells(text[start:end])
    closed: set[bool] = set()
    for edge in chain.from_iterable(zip_longest(following, preceding)):
        if edge is None or (edge > end) in closed:
            continue
        first, last = (end, edge) if edge > end else (edge, start)
        more = cells(text[first:last])
        if used + more > width or (used > width // 3 and _BLANK_LINE.search(text, max(0, first - 1), last)):
            closed.add(edge > end)
        else:
            start, end, used = min(start, first), max(end, last), used + more
    return start, end


def _trimmed(text: str, first: int, last: int, start: int, end: int, width: int) -> tuple[int, int]:
    """A part of a long sentence around its marks: cut behind punctuation where there is some, else between words."""
    room = width - cells(text[first:last])
    if room <= 0:
        return first, _cut_behind(text, first, last, max(width, min(-room + width, LONGEST * width)))
    before = min(cells(text[start:first]), max(room // 3, room - cells(text[last:end])))
    left = _trimmed_start(text, start, first, before)
    right = _trimmed_end(text, last, end, room - cells(text[left:first]))
    return left, right


LONGEST = 4
"""A literal longer than a passage is shown whole up to so many times the width."""


def _trimmed_start(text: str, start: int, first: int, room: int) -> int:
    left = first
    while left > start and (room := room - _CELLS[text[left - 1]]) >= 0:
        left -= 1
    if left == start:
        return start
    clause = _CLAUSE_END.search(text, left, left + (first - left) * 2 // 3)
    if clause:
        return clause.end()
    return min(first, _whole_character(text, _behind_word(text, left), 1))


def _trimmed_end(text: str, last: int, end: int, room: int) -> int:
    right = _cut_behind(text, last, end, room)
    if right == end:
        return end
    clauses = list(_CLAUSE_END.finditer(text, last + (right - last) // 3, right))
    if clauses:
        return clauses[-1].end()
    return max(last, _whole_character(text, _before_word(text, right), -1))


def _cut_behind(text: str, start: int, end: int, room: int) -> int:
    """How far from `start` the text fits into `room` cells."""
    right = start
    while right < end and (room := room - _CELLS[text[right]]) >= 0:
        right += 1
    return right


def _behind_word(text: str, at: int) -> int:
    """`at`, or the end of the word it would cut."""
    word = _spaced_run().match(text, at)
    return word.end() if word and at and _spaced().match(text, at - 1) else at


def _before_word(text: str, at: int) -> int:
    """`at`, or the beginning of the word it would cut."""
    if at >= len(text) or not _spaced().match(text, at):
        return at
    while at > 0 and _spaced().match(text, at - 1):
        at -= 1
    return at


def _whole_character(text: str, at: int, step: int) -> int:
    """`at`, moved until no combining character or joined emoji is cut."""
    while 0 < at < len(text) and (_CELLS[text[at]] == 0 or text[at - 1] == "\u200d"):
        at += step
    return at


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    passage = text[start:end]
    return start + len(passage) - len(passage.lstrip()), start + len(passage.rstrip())


class _Cells(dict[str, int]):
    """Columns of a terminal by character, remembered."""

    def __missing__(self, character: str) -> int:
        wide = unicodedata.east_asian_width(character) in "WF"
        invisible = unicodedata.category(character) in ("Mn", "Me", "Cf")
        if len(self) > 100_000:
            self.clear()
        self[character] = 0 if invisible else 2 if wide else 1
        return self[character]


_CELLS = _Cells()
_SENTENCE_END = re.compile(r"[。！？!?；;…]+[”’」』）)】》\"']*|\.[”\"')]*(?=\s)|\n+")
_CLAUSE_END = re.compile(r"[，、：:；;,。！？]\s*")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")

_SEPARATORS = {
    "none": re.compile(""),
    "space": re.compile(SPACE),
    "maybe space": re.compile(f"(?:{SPACE})?"),
    "joined": re.compile(f"{SPACE}|[{re.escape(JOINER)}]"),
    "maybe joined": re.compile(f"(?:{SPACE}|[{re.escape(JOINER)}])?"),
}
"""What may stand between two atoms without a gap."""


@lru_cache(maxsize=2)
def _gap(spaced: bool) -> re.Pattern[str]:
    """Whatever is no letter and no digit, but for what leaves no gap."""
    close = f"(?:{SPACE}|[{re.escape(JOINER)}])" if spaced else f"(?:{SPACE})"
    atom = f"{UNSPACED}{LETTER}{DIGIT}"
    return re.compile(f"(?!{close}[{atom}])[^{atom}]+")


@lru_cache(maxsize=1)
def _chunk_pattern() -> re.Pattern[str]:
    """What stands in folded text as it was typed: a run of Han characters, another letter without spaces, a run of letters, of digits."""
    return re.compile(f"[{IDEOGRAPH_CLASS}]+|[{UNSPACED}]|[{LETTER}]+|[{DIGIT}]+")


@lru_cache(maxsize=1)
def _spaced() -> re.Pattern[str]:
    return re.compile(f"[{LETTER}{DIGIT}]")


@lru_cache(maxsize=1)
def _spaced_run() -> re.Pattern[str]:
    return re.compile(f"[{LETTER}{DIGIT}]+")


@lru_cache(maxsize=1)
def _one_atom() -> re.Pattern[str]:
    return re.compile(f"[{LETTER}]{{2}}|[{DIGIT}]{{2}}")
