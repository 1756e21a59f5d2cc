"""Documents and queries are analysed alike: into words, for ranking, and grams with positions, for finding everything.

An *atom* is a character of a script written without spaces, or a run of other letters, or of digits (5g is 5 and g).
Each has the next position; at a gap (punctuation, a blank line: anything but spaces, one line break, one joiner) a position is left out.
The *gram* of an atom is it and its neighbour, where both are of a script without spaces; else the atom alone:

    分散式，5G node.js   → 分散@0 散式@1 式@2 5@4 g@5 node@6 js@7

So any run of Han characters of a document is a chain of grams of it, however words are cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from re import Pattern

from searcher.frozen import frozen
from searcher.text import folding, views
from searcher.text.characters import DIGIT, JOINER, LETTER, SPACE, UNSPACED, is_spaced
from searcher.text.dictionary import Dictionary, default_dictionary
from searcher.text.pairs import LONGER, NOTHING, Pairs
from searcher.text.patterns import late_pattern
from searcher.text.segmentation import LONGEST_PART, WORDS_VERSION, words
from searcher.text.usual import PLAIN_ATOM, PLAIN_LETTER, SEGMENTED, is_plain, is_short_run, plain_words

ANALYSIS_VERSION = "1"
"""Raised when the same text would give other words, grams or positions."""

BLOCK_LENGTH, LONGEST_BLOCK = 4_000, 64_000
"""Characters of the original. A block goes on beyond the first to the next sign that leaves a gap, and if there is none up to the second,
to the next space, line's end or atom behind which it can be cut."""

GAP = 1  # positions left out where two stretches meet, however much stands between them


@frozen
class Analysis:
    """What a text gives the index: words without positions; grams with them. In their line, an atom that is no single letter of a script
    without spaces is a longer one, and a gap is nothing.

    `blocks`: (start offset in the original, first position) of each block to store, ascending, the first (0, 0).
    """

    words: list[str]
    grams: Pairs
    blocks: tuple[tuple[int, int], ...]


@frozen
class Atom:
    """One place of a text: `start`, `end`: offsets into the folded text, half open."""

    text: str
    position: int
    start: int
    end: int


@frozen
class Literal:
    """What a literal run looks for: each gram at its offset (in positions) from the first.

    `open_end`: the last gram is the prefix of what is looked for.
    """

    grams: tuple[str, ...]
    offsets: tuple[int, ...]
    open_end: bool


def analyze(text: str, dictionary: Dictionary | None = None) -> Analysis:
    """The analysis of a document's text, block by block, as if it were done in one."""
    first, *others = analyses(text, dictionary)
    if not others:
        return first
    blocks = (first, *others)
    lines = [block.grams.line for block in blocks]
    ends = [NOTHING if line.endswith(NOTHING) else "" for line in lines]  # elsewhere the next block begins with that character
    return Analysis(
        words=[word for block in blocks for word in block.words],
        grams=Pairs(
            "".join([line[:-1] + end for line, end in zip(lines, ends, strict=True)]),
            [atom for block in blocks for atom in block.grams.longer],
        ),
        blocks=tuple(place for block in blocks for place in block.blocks),
    )


def analyses(text: str, dictionary: Dictionary | None = None) -> Iterator[Analysis]:
    """The analysis of a text, one block after the other: each has the start and the positions that it has in the text."""
    dictionary = dictionary or default_dictionary()
    position = 0
    for start, end, following in _block_spans(text):
        folded = folding.fold(text[start:end]).text
        line, longer = _line(folded)
        ended = line + _behind_a_line(following) if line else ""
        yield Analysis(words(folded, dictionary), Pairs(ended, longer, position), ((start, position),))
        if line:
            position += len(line) + (GAP if following is None else 0)


def grams(folded: str) -> list[str]:
    """The grams of folded text, in order, without its words."""
    line, longer = _line(folded)
    return Pairs(line + NOTHING, longer).texts


def block_starts(text: str) -> list[int]:
    """Where the blocks of a text begin."""
    return [start for start, _, _ in _block_spans(text)]


def atoms(folded: str) -> list[Atom]:
    """The atoms of folded text, with the positions that `analyze` gives them."""
    return [
        Atom(folded[start:end], position, start, end)
        for stretch in _placed_stretches(folded)
        for position, (start, end) in enumerate(stretch.spans(folded), stretch.first)
    ]


def literal(folded: str) -> Literal:
    """What a run of folded text looks for; signs around it do not count."""
    if is_short_run(folded):  # as most are
        return _literal(_cover(folded, ended=False), open_end=len(folded) == 1)
    parts: list[tuple[str, int]] = []
    position, open_end = 0, False
    for run, alone, gap in _pieces_and_gaps(folded):
        cover = _cover(run, ended=gap) if run else [(alone, 0)]
        parts += [(gram, position + offset) for gram, offset in cover]
        position += (len(run) or 1) + (GAP if gap else 0)
        open_end = len(run) == 1
    return _literal(parts, open_end=open_end)


def _literal(parts: Sequence[tuple[str, int]], *, open_end: bool) -> Literal:
    return Literal(tuple([gram for gram, _ in parts]), tuple([offset for _, offset in parts]), open_end)


def fingerprints(dictionary: Dictionary | None = None) -> dict[str, str]:
    """What an index must have in common with a query: `fold` to be searched at all, `words` and `views` to rank as well as it could."""
    return {
        "fold": f"{ANALYSIS_VERSION}-{folding.fingerprint()}",
        "words": f"{WORDS_VERSION}-{(dictionary or default_dictionary()).fingerprint()}",
        "views": views.VERSION,
    }


def _line(folded: str) -> tuple[str, list[str]]:
    """The atoms of folded text, one character for each and each gap, and those that are no single letter of a script without spaces."""
    if is_short_run(folded):
        return folded, []
    if english := plain_words(folded):
        return LONGER * len(english), english
    plain = is_plain(folded)
    stretches = NOTHING.join(_stretch_pattern(plain=plain).findall(folded))
    alone = _alone_pattern(plain=plain)
    longer = alone.findall(stretches)
    return _SKIPPED.sub("", alone.sub(LONGER, stretches) if longer else stretches), longer


def _behind_a_line(following: str | None) -> str:
    """What stands behind a block's last atom: the next block's first letter, `LONGER` for another atom there, `NOTHING` at a gap."""
    if following is None:
        return NOTHING
    return folding.fold_script(following) or LONGER


def _stretches_in_pieces(folded: str) -> Iterable[list[tuple[str, str]]]:
    """The runs of unspaced letters and the other atoms of each stretch, as (run, "") or ("", atom)."""
    if is_short_run(folded):
        return [[(folded, "")]]
    if english := plain_words(folded):
        return [[("", word) for word in english]]
    plain = is_plain(folded)
    return map(_piece_pattern(plain=plain).findall, _stretch_pattern(plain=plain).findall(folded))


def _closed(run: str) -> str:
    """A run without the spaces in it; `fold` has taken those between Han characters, but not all (Korean)."""
    return "".join(run.split())


def _pieces_and_gaps(folded: str) -> Iterator[tuple[str, str, bool]]:
    """The runs and other atoms, with whether a gap and then another follow."""
    stretches = list(_stretches_in_pieces(folded))
    for pieces in stretches:
        for number, (run, alone) in enumerate(pieces, 1):
            yield _closed(run), alone, number == len(pieces) and pieces is not stretches[-1]


def _cover(run: str, *, ended: bool) -> list[tuple[str, int]]:
    """Grams and offsets that cover a run: pairs side by side, the last two overlapping if its length is odd.

    Where it is `ended` by a gap, its last character must stand alone, or a longer run would pass for it.
    """
    pairs = [(run[start : start + 2], start) for start in range(0, len(run) - 1, 2)]
    if ended:
        return [*pairs, (run[-1], len(run) - 1)]
    if len(run) % 2:
        pairs.append((run[-2:], max(0, len(run) - 2)))
    return pairs


@frozen
class _Stretch:
    """Atoms without a gap between them: the first is at position `first`, all lie from `start` to `end`. `pattern` matches each."""

    first: int
    start: int
    end: int
    pattern: re.Pattern[str]

    def spans(self, folded: str) -> list[tuple[int, int]]:
        return [match.span() for match in self.pattern.finditer(folded, self.start, self.end)]


def _placed_stretches(folded: str) -> Iterator[_Stretch]:
    first, plain = 0, is_plain(folded)
    atom = _atom_pattern(plain=plain)
    for match in _stretch_pattern(plain=plain).finditer(folded):
        yield _Stretch(first, *match.span(), atom)
        first += len(atom.findall(match[0])) + GAP


def _block_spans(text: str) -> Iterator[tuple[int, int, str | None]]:
    """(start, end) of each block, and what its last gram goes on with where its last atom and the next block's first are neighbours:
    the next Han character behind a Han character, else nothing; None at a gap.
    """
    start = searched = 0
    while len(text) - start > BLOCK_LENGTH:
        early, late = start + BLOCK_LENGTH, start + LONGEST_BLOCK
        cut = _CUT.search(text, max(early, searched), late)
        if cut is None:
            searched = late - 2  # a sign may be cut in two there
            cut = _cut_between_words().search(text, early, late)
        end, following = _cut_before_an_atom(text, start, late) if cut is None else (cut.end(), _behind(cut))
        if end == len(text):
            break
        yield start, end, following
        start = end
    yield start, len(text), None


def _behind(cut: re.Match[str]) -> str | None:
    return None if cut.re is _CUT else cut["han"] or ""


def _cut_before_an_atom(text: str, start: int, at: int) -> tuple[int, str | None]:
    """Where a text without signs and lines is cut, from a place on, and what the last gram goes on with; where it ends, if it has no atom.

    Such are pages of old books, or a picture in letters and digits. Grams are the same as without the cut, but in a run of letters that
    is longer than an atom and did not begin with its block; a word that lay across is not found as a word.
    """
    while at < len(text):
        first = max(start, at - _WINDOW)
        folded = folding.fold(text[first : at + _WINDOW])
        for one, other in pairwise(atoms(folded.text)):
            cut = first + folded.original(other.start, other.end)[0]
            if cut >= at and first + folded.original(one.start, one.end)[1] <= cut:  # they are not of one sign
                if other.position - one.position > 1:
                    return cut, None
                return cut, "" if is_spaced(one.text) or is_spaced(other.text) else other.text
        at += _WINDOW
    return len(text), None


_WINDOW = 5 * LONGEST_PART
"""Characters that are folded to find where to cut: where a run of letters began with the block, atoms of it end where windows begin."""

_CUT = re.compile(r"""[。！？；，、」』》!?;,"({|*\t]|\n\r?\n|\.(?=[ \n])""")
"""Behind these a text can be cut: whatever follows, they fold to a gap, join nothing and compose with nothing."""


_cut_between_words = late_pattern(
    f"(?<=[A-Za-z0-9])[ \n](?=[A-Za-z0-9{SEGMENTED}])|(?<=[{SEGMENTED}])(?:[ \n](?=[A-Za-z0-9])|\r?\n(?=(?P<han>[{SEGMENTED}])))"
)
"""Behind these a text without signs, such as a table of numbers or a list of words, is cut, lest a huge one be analysed at once."""


@lru_cache(maxsize=2)
def _stretch_pattern(*, plain: bool) -> Pattern[str]:
    """Atoms with nothing that leaves a gap between them."""
    spaced = (PLAIN_LETTER if plain else LETTER) + DIGIT
    atom, joined = PLAIN_ATOM if plain else f"[{UNSPACED}{spaced}]", f"(?<=[{spaced}])[{_JOINER}](?=[{spaced}])"
    return re.compile(f"{atom}+(?:(?:{SPACE}|{joined}){atom}+)*")


@lru_cache(maxsize=2)
def _piece_pattern(*, plain: bool) -> Pattern[str]:
    unspaced, spaced = _inner_atoms(PLAIN_LETTER if plain else LETTER)
    return re.compile(f"({unspaced}+(?:{SPACE}{unspaced}+)*)|({spaced})")


@lru_cache(maxsize=2)
def _atom_pattern(*, plain: bool) -> Pattern[str]:
    return re.compile("|".join(_inner_atoms(PLAIN_LETTER if plain else LETTER)))


def _inner_atoms(letter: str) -> tuple[str, str]:
    """What matches an atom inside a stretch: a letter of `UNSPACED`, for there is nothing else (Python takes 1 ms to compile the class
    itself), and letters or digits of other scripts."""
    return rf"[^{letter}{DIGIT}{_JOINER}\s]", f"[{letter}]{{1,{LONGEST_PART}}}|[{DIGIT}]{{1,{LONGEST_PART}}}"


@lru_cache(maxsize=2)
def _alone_pattern(*, plain: bool) -> Pattern[str]:
    """Letters or digits of scripts with spaces: an atom each."""
    return re.compile(_inner_atoms(PLAIN_LETTER if plain else LETTER)[1])


_JOINER = re.escape(JOINER)

_SKIPPED = re.compile(rf"[{_JOINER}\s]+")
"""What may stand in a stretch between two atoms."""
