"""Lines of text as they were found in a picture, and their order on the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import atan2, cos, hypot, sin
from statistics import median

from searcher.documents.composing.blocks import IS_WIDE
from searcher.documents.composing.lettersizes import largest
from searcher.frozen import frozen

_UPRIGHT = 1.5  # times as high as wide: its characters stand one below the other
_SKEW = 0.2  # in radians: what leans more is no page that was laid down askew
_ONE_ROW = 0.5  # sizes that the middles of two lines of a row lie apart at most
_SPACE, _WIDE_SPACE, _FIELD = 0.3, 0.8, 1.5  # sizes between two lines of a row that are a space, one between Han characters, two cells
_FEWEST, _RUNNING = 3, 8  # lines of a column, and characters of most of them; cells of a table have fewer
_ACROSS = 0.3  # of the lines of a page in columns at most: its headings
_BESIDE = 0.5  # of the height of the lower column, that the other stands beside

_TOP = 5  # lines among which a heading begins


@frozen
class Line:
    """A line of text, and where it stands: its left and right edge and its middle and size across, in any unit, y growing downwards.

    Characters one below the other run to the right here as well: their page is turned.
    """

    text: str
    left: float
    right: float
    middle: float
    size: float

    @property
    def top(self) -> float:
        return self.middle - self.size / 2

    @property
    def bottom(self) -> float:
        return self.middle + self.size / 2


Corners = Sequence[tuple[float, float]]
"""Of a box around a line, as it is read: top left, top right, bottom right, bottom left."""


def lines_of(found: Iterable[tuple[str, Corners]]) -> list[Line]:
    """The lines of a page in the order in which they are read, of texts and the boxes around them in any order.

    Where most characters stand one below the other, columns run from the right to the left. A page that lies askew is put straight.
    Of columns, each is read to its end; what runs across them stands between them.
    """
    found = [(text, corners) for text, corners in found if text.strip()]
    upright = sum(len(text) for text, corners in found if _is_upright(text, corners))
    if 2 * upright > sum(len(text) for text, _ in found):
        turned = [(text, [(y, -x) for x, y in (*corners[1:], corners[0])]) for text, corners in found]  # as if it ran to the right
        return _ordered(_straight(turned))
    return _ordered(_straight(found))


def text_of(lines: Iterable[Line]) -> str:
    """The text of lines in their order: those of a row behind each other, cells of a table apart by tabs."""
    rows: list[list[Line]] = []
    for line in lines:
        if rows and _is_beside(rows[-1][-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return "\n".join("".join(_joined(row)) for row in rows)


def sizes_of(lines: Sequence[Line]) -> Iterator[tuple[str, float]]:
    """The text of each line, and how large it is beside most of them: 1 is as large. A box is drawn more or less closely."""
    usual = median(line.size for line in lines) if lines else 1.0
    return ((line.text, round(line.size / usual, 1)) for line in lines)


def heading_of(lines: Sequence[Line]) -> str | None:
    """What stands out at the top of a page; letters may be as large anywhere on a poster, or in a drawing."""
    found = largest(sizes_of(lines))
    return found if found and any(found.startswith(line.text) for line in lines[:_TOP]) else None


def _is_upright(text: str, corners: Corners) -> bool:
    (left, top), (right, _), (_, bottom), _ = corners
    return len(text) > 1 and abs(bottom - top) > _UPRIGHT * abs(right - left)


def _straight(found: Sequence[tuple[str, Corners]]) -> list[Line]:
    """The lines, turned by how much most of them lean."""
    leaning = [atan2(corners[1][1] - corners[0][1], corners[1][0] - corners[0][0]) for text, corners in found if len(text) >= _RUNNING]
    angle = median(leaning) if leaning else 0.0
    angle = angle if abs(angle) < _SKEW else 0.0
    return [_line(text, [_turned(*corner, angle) for corner in corners]) for text, corners in found]


def _turned(x: float, y: float, angle: float) -> tuple[float, float]:
    return x * cos(angle) + y * sin(angle), y * cos(angle) - x * sin(angle)


def _line(text: str, corners: Corners) -> Line:
    xs, (first, _, _, last) = [x for x, _ in corners], corners
    middle = sum(y for _, y in corners) / 4
    return Line(text.strip(), min(xs), max(xs), middle, max(1.0, hypot(first[0] - last[0], first[1] - last[1])))


def _ordered(lines: Sequence[Line]) -> list[Line]:
    """Row by row, or column by column where there are any."""
    cut = _between_columns(lines)
    if cut is None:
        return [line for row in _rows(lines) for line in row]
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in sorted(lines, key=lambda line: line.middle):
        if line.left < cut < line.right:
            ordered += [*_ordered(left), *_ordered(right), line]
            left, right = [], []
        else:
            (left if line.right <= cut else right).append(line)
    return [*ordered, *_ordered(left), *_ordered(right)]


def _between_columns(lines: Sequence[Line]) -> float | None:
    """Where a page is parted into columns of running text: the place that the fewest lines run across; None where there is none."""
    best: tuple[int, float] | None = None
    for cut in {line.left for line in lines}:
        left = [line for line in lines if line.right <= cut]
        right = [line for line in lines if line.left >= cut]
        across = len(lines) - len(left) - len(right)
        if across <= _ACROSS * len(lines) and _is_column(left) and _is_column(right) and _are_beside(left, right):
            best = min(best or (across, cut), (across, cut))
    return None if best is None else best[1] - 1e-6


def _is_column(lines: Sequence[Line]) -> bool:
    return len(lines) >= _FEWEST and median(len(line.text) for line in lines) >= _RUNNING


def _are_beside(left: Sequence[Line], right: Sequence[Line]) -> bool:
    spans = [(min(line.top for line in side), max(line.bottom for line in side)) for side in (left, right)]
    common = min(bottom for _, bottom in spans) - max(top for top, _ in spans)
    return common >= _BESIDE * min(bottom - top for top, bottom in spans)


def _rows(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """From top to bottom, those of a row from left to right."""
    row: list[Line] = []
    for line in sorted(lines, key=lambda line: line.middle):
        if row and not _is_level(row[0], line):
            yield sorted(row, key=lambda line: line.left)
            row = []
        row.append(line)
    if row:
        yield sorted(row, key=lambda line: line.left)


def _is_level(one: Line, other: Line) -> bool:
    return abs(other.middle - one.middle) <= _ONE_ROW * min(one.size, other.size)


def _is_beside(one: Line, other: Line) -> bool:
    """Whether a line goes on behind another, in its row."""
    return other.left > one.left and _is_level(one, other)


def _joined(row: Sequence[Line]) -> Iterator[str]:
    before: Line | None = None
    for line in row:
        if before is not None:
            yield _gap(before, line)
        yield line.text
        before = line


def _gap(before: Line, line: Line) -> str:
    """What stands between two lines of a row."""
    gap = (line.left - before.right) / max(before.size, line.size)
    if gap > _FIELD:
        return "\t"
    return " " if gap >= (_WIDE_SPACE if IS_WIDE.match(before.text[-1]) and IS_WIDE.match(line.text[0]) else _SPACE) else ""
