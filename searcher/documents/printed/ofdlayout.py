"""Pieces at their places become the lines of a page, as a reader sees them.

Running text stays in the order of the file, so that columns stay whole. A form, whose fields come in any order and whose labels are set
apart from what is filled in, is read row by row, and a field of several lines as one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

from searcher.documents.composing.blocks import IS_WIDE
from searcher.documents.composing.lettersizes import largest
from searcher.documents.printed.ofdpage import Piece
from searcher.frozen import frozen

_ONE_LINE = 0.5  # sizes that two base lines of one line lie apart at most
_ONE_TEXT = 1.5  # how many times larger letters may be that still belong to the same text
_OVER, _SAME = 0.3, 8  # sizes between two that are set one over the other, and how many of one text are compared
_SPACE, _WIDE_SPACE = 0.25, 0.8  # sizes between two pieces that are a space, and where both are Han
_FIELD = 1.5  # sizes between two pieces that are two fields, and between two lines of one field at most
_NARROW = 4  # sizes between two characters of a narrow field at most
_FEWEST_NAMES = 2  # of fields in a template, among the lines of a page
_LEAPS, _SHARE_OF_LEAPS = 2, 0.2  # upwards, from a segment to the next, that a page of columns may have
_SHORT = 10  # characters of a field
_NO_BREAK = tuple("：:。；;！？!?")  # where a field does not go on in the next line


@frozen
class Printed:
    """The lines of a page, and what stands out on it: its largest letters, if they are larger than most."""

    text: str
    heading: str | None = None


def printed(ground: Iterable[Piece], body: Iterable[Piece]) -> Printed:
    """The page of a template and of what is printed upon it. Text in another direction than most of it comes last."""
    grounds, bodies = _by_angle(ground), _by_angle(body)
    weights = Counter({angle: sum(len(piece.text) for piece in pieces) for angle, pieces in bodies.items()})
    angles = [*(angle for angle, _ in weights.most_common()), *(angle for angle in grounds if angle not in weights)]
    sides = [(_segments(grounds.get(angle, ())), _segments(bodies.get(angle, ()))) for angle in angles]
    text = "\n".join(line for side in sides for line in _lines(*side))
    heading = largest((segment.text, segment.size) for side in sides[:1] for segment in chain(*side))
    return Printed(text, heading)


class _Segment:
    """What stands together on a line, or one below the other in a narrow field."""

    def __init__(self, piece: Piece) -> None:
        self._parts = [piece.text]
        self.left, self.right, self.base, self.foot = piece.left, piece.right, piece.base, piece.foot if piece.upright else piece.base
        self.size, self.edge, self.upright = piece.size, piece.edge, piece.upright
        self._last = piece

    @property
    def text(self) -> str:
        return "".join(self._parts).strip()

    def repeats(self, piece: Piece) -> bool:
        """Whether a piece is set at the place of the last one, once more."""
        last = self._last
        return piece.text == last.text and abs(piece.left - last.left) + abs(piece.base - last.base) < _OVER * last.size

    def is_under(self, other: _Segment) -> bool:
        """Whether the other is set at the same place."""
        return abs(other.left - self.left) + abs(other.base - self.base) < _OVER * self.size

    def goes_on_with(self, piece: Piece) -> bool:
        """Whether a piece stands behind it, close by."""
        gap, small, large = piece.left - self.right, *sorted((self.size, piece.size))
        level = abs(piece.base - self.base) <= _ONE_LINE * large and large <= _ONE_TEXT * small
        return level and -0.8 * self.size <= gap <= _FIELD * self.size and not (self.upright or piece.upright)

    def stands_over(self, piece: Piece) -> bool:
        """Whether a single character stands below a single one (購 / 買 / 方), as in a narrow field; the same again is another row."""
        text, last = piece.text.strip(), self._parts[-1].strip()
        return (
            (self.upright or len(self._parts) == len(last) == 1)
            and len(text) == 1
            and _is_han(text)
            and _is_han(last[-1:])
            and text != last[-1:]
            and abs(piece.left - self.left) <= 0.3 * self.size
            and 0.8 * self.size <= piece.base - self.foot <= _NARROW * self.size
        )

    def add(self, piece: Piece) -> None:
        self._parts.append(_space(self._parts[-1], piece.text, (piece.left - self.right) / max(self.size, piece.size)) + piece.text)
        self.right, self.size = max(self.right, piece.right), max(self.size, piece.size)
        self._last = piece

    def stack(self, piece: Piece) -> None:
        self._parts.append(piece.text.strip())
        self.upright, self.foot, self._last = True, piece.base, piece

    def append(self, other: _Segment) -> None:
        """Put the next line of the field behind this one; where both are Han, without a space."""
        before, after = self._parts[-1].rstrip(), other.text
        self._parts[-1:] = [before, "" if IS_WIDE.match(before[-1:]) and IS_WIDE.match(after[:1]) else " ", after]

    def is_continued_by(self, other: _Segment) -> bool:
        """Whether a field breaks into this line and the next: that stands close below, and this one fills its box."""
        step = other.base - self.base
        return (
            abs(other.left - self.left) <= 0.3 * self.size
            and _ONE_LINE * self.size < step <= _FIELD * self.size
            and self.right >= max(min(self.edge, other.edge), other.right) - 1.3 * self.size
            and not (self.upright or other.upright or self._parts[-1].rstrip().endswith(_NO_BREAK))
        )


def _by_angle(pieces: Iterable[Piece]) -> dict[int, list[Piece]]:
    found: dict[int, list[Piece]] = {}
    for piece in pieces:
        found.setdefault(piece.angle, []).append(piece)
    return found


def _segments(pieces: Iterable[Piece]) -> list[_Segment]:
    """What belongs together, in the order of the file. Letters are made bold by setting them twice: one by one, or line by line."""
    found: list[_Segment] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last is not None and last.repeats(piece):
            continue
        if last is not None and last.goes_on_with(piece):
            last.add(piece)
        elif last is not None and last.stands_over(piece):
            last.stack(piece)
        elif piece.text.strip():
            found.append(_Segment(piece))
    places: dict[str, list[_Segment]] = {}
    return [segment for segment in found if not _is_set_again(segment, places.setdefault(segment.text, []))]


def _is_set_again(segment: _Segment, others: list[_Segment]) -> bool:
    """Whether it stands where one of the others does, the last of the same text."""
    if any(other.is_under(segment) for other in others[-_SAME:]):
        return True
    others.append(segment)
    return False


def _lines(ground: list[_Segment], body: list[_Segment]) -> Iterator[str]:
    if _is_form(ground, body):
        yield from _rows([*ground, *body])
        return
    middle = (min(bases) + max(bases)) / 2 if (bases := [segment.base for segment in body]) else 0.0
    above = [segment for segment in ground if segment.base < middle]
    below = [segment for segment in ground if segment.base >= middle]
    for segments in (above, body, below):
        yield from _in_order(segments)


def _is_form(ground: list[_Segment], body: list[_Segment]) -> bool:
    """Whether names and values of fields stand side by side, but apart in the file: in a template and on the page, or one after the other.

    The lines of a letterhead stand above and below the others; columns of running text have long lines, and only so many beginnings.
    """
    top = min((segment.base for segment in body), default=0.0)
    bottom = max((segment.base for segment in body), default=0.0)
    if sum(top <= segment.base <= bottom for segment in ground) >= _FEWEST_NAMES or not body:
        return True
    leaps = sum(after.base < before.base - before.size for before, after in pairwise(body))
    lengths = sorted(len(segment.text) for segment in body)
    return leaps > (0 if lengths[len(lengths) // 2] <= _SHORT else max(_LEAPS, _SHARE_OF_LEAPS * len(body)))


def _in_order(segments: list[_Segment]) -> Iterator[str]:
    """Lines in the order of the file: what stands behind the one before belongs to its line."""
    line: list[_Segment] = []
    for segment in segments:
        if line and not (abs(segment.base - line[-1].base) <= _ONE_LINE * segment.size and segment.left >= line[-1].left):
            yield _joined(line)
            line = []
        line.append(segment)
    if line:
        yield _joined(line)


def _rows(segments: list[_Segment]) -> Iterator[str]:
    """Lines from top to bottom, whatever the order of the file; the lines of a field stay together."""
    row: list[_Segment] = []
    for segment in sorted(_fields(segments), key=lambda segment: segment.base):
        if row and segment.base - row[0].base > _ONE_LINE * max(row[0].size, segment.size):
            yield _joined(sorted(row, key=lambda segment: segment.left))
            row = []
        row.append(segment)
    if row:
        yield _joined(sorted(row, key=lambda segment: segment.left))


def _fields(segments: list[_Segment]) -> list[_Segment]:
    """The segments, each with those that go on with it on the next lines."""
    found: list[_Segment] = []
    last: _Segment | None = None
    for segment in segments:
        if last is not None and last.is_continued_by(segment):
            found[-1].append(segment)
        else:
            found.append(segment)
        last = segment
    return found


def _joined(line: list[_Segment]) -> str:
    parts: list[str] = []
    for before, segment in zip((None, *line), line, strict=False):
        if before is not None:
            apart = before.upright or segment.upright
            gap = (segment.left - before.right) / min(before.size, segment.size)
            parts.append(" " if apart else _space(before.text, segment.text, gap))
        parts.append(segment.text)
    return "".join(parts)


def _space(before: str, after: str, gap: float) -> str:
    """The space between two texts that stand so many sizes apart."""
    if before[-1:].isspace() or after[:1].isspace():
        return ""
    both = IS_WIDE.match(before[-1:]) and IS_WIDE.match(after[:1])
    return " " if gap > (_WIDE_SPACE if both else _SPACE) else ""


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"
