"""What is set on a page of an OFD, and where (GB/T 33190-2016, chapters 7, 11 and 13).

A text object has a box and a matrix; in it stand codes: characters, the place of the first, and the steps to the next ones.
What is used again and again, or came from another format, is a unit of its own, which pages refer to.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from searcher.documents.composing.blocks import IS_WIDE
from searcher.documents.document import Refused
from searcher.documents.xml.events import CLOSE, OPEN, TEXT, Event, without
from searcher.frozen import frozen
from searcher.remarks import Remark

_FARTHEST = 1e5  # millimetres: what is written farther out is on no page
_DROPPED = frozenset(("Pattern", "Clips"))  # what colours and cuts is no text
_DEEPEST, _MOST_UNITS = 4, 100_000  # of units in units, and of all on a page
_WIDTH = 0.5  # of a letter that tells nothing about it, in sizes
_BREAK = re.compile(r"\s+")

Matrix = tuple[float, float, float, float, float, float]
"""a b c d e f: x' = ax + cy + e, y' = bx + dy + f. The x axis goes right, the y axis down, in millimetres."""

SAME: Matrix = (1, 0, 0, 1, 0, 0)


@frozen
class Code:
    """Characters set one after the other. `matrix` leads from where they are set to the page, or to the unit around them.

    `stretch` is of their width; `box` is the right edge of their object, in the space outside of it.
    """

    text: str
    matrix: Matrix
    size: float
    stretch: float
    place: tuple[float, float]
    steps: tuple[str | None, str | None]
    box: tuple[float, float]


@frozen
class Unit:
    """A unit that is set here."""

    id: str
    matrix: Matrix


@frozen
class Piece:
    """Characters on one line, in a frame that is turned so that they run to the right.

    `left` and `right` are its edges, `base` is its base line (growing downwards); `edge` is where its box ends. Millimetres.
    `upright`: they stand one below the other, and `right` is `left` and a size.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    angle: int  # in steps of ten degrees
    edge: float
    upright: bool = False
    foot: float = field(default=0.0)  # the last base line of an upright one


Units = Mapping[str, list[Code | Unit]]


def objects(events: Iterable[Event]) -> Iterator[tuple[str, Code | Unit]]:
    """What is set on a page, in its annotations, or in the units of resources; each with the id of its unit, else an empty one."""
    unit, corner = "", (0.0, 0.0)
    shape: Mapping[str, str] | None = None
    code: Mapping[str, str] | None = None
    text: list[str] = []
    for kind, name, attributes in without(events, lambda name, _: name in _DROPPED):
        if kind == TEXT:
            if code is not None:
                text.append(name)
        elif kind == OPEN:
            if name == "TextObject":
                shape = attributes if attributes.get("Visible") != "false" else None
            elif name == "TextCode" and shape is not None:
                code, text = attributes, []
            elif name == "CompositeObject" and attributes.get("Visible") != "false":
                yield unit, Unit(attributes.get("ResourceID", ""), _matrix(attributes, corner))
            elif name == "CompositeGraphicUnit":
                unit = attributes.get("ID", "")
            elif name == "Appearance":
                corner = _box(attributes)[:2]
        elif kind == CLOSE:
            if name == "TextCode" and code is not None and shape is not None:
                yield unit, _code("".join(text), shape, code, corner)
                code = None
            elif name == "TextObject":
                shape = None
            elif name == "CompositeGraphicUnit":
                unit = ""


def pieces(things: Iterable[Code | Unit], units: Units) -> Iterator[Piece]:
    """The pieces of what is set on a page, in the order of the file. Refused("too-large") where units give too many others."""
    left = _MOST_UNITS
    waiting = [(iter(things), SAME)]
    while waiting:
        thing = next(waiting[-1][0], None)
        matrix = waiting[-1][1]
        if thing is None:
            waiting.pop()
        elif isinstance(thing, Code):
            yield from _pieces(thing, matrix)
        else:
            left -= 1
            if left < 0:
                raise Refused("too-large", Remark("detail.expands"))
            if len(waiting) <= _DEEPEST:
                waiting.append((iter(units.get(thing.id, ())), _product(matrix, thing.matrix)))


def _code(text: str, shape: Mapping[str, str], code: Mapping[str, str], corner: tuple[float, float]) -> Code:
    x, y, width, _ = _box(shape)
    return Code(
        text=_BREAK.sub(" ", text.strip("\r\n\t") if "\n" in text else text),
        matrix=_matrix(shape, corner),
        size=abs(number(shape.get("Size", ""))),
        stretch=abs(number(shape.get("HScale", "1"))) or 1.0,
        place=(number(code.get("X", "")), number(code.get("Y", ""))),
        steps=(code.get("DeltaX"), code.get("DeltaY")),
        box=(x + width + corner[0], y + corner[1]),
    )


def _matrix(shape: Mapping[str, str], corner: tuple[float, float]) -> Matrix:
    """From the inside of an object to its outside: its own matrix, then the corner of its box, and that of what is around it."""
    own = [number(value) for value in shape.get("CTM", "").split()[:6]]
    a, b, c, d, e, f = own if len(own) == 6 else SAME
    x, y, _, _ = _box(shape)
    return (a, b, c, d, e + x + corner[0], f + y + corner[1])


def _box(shape: Mapping[str, str]) -> tuple[float, float, float, float]:
    values = [number(value) for value in shape.get("Boundary", "").split()[:4]]
    x, y, width, height = values if len(values) == 4 else (0.0, 0.0, 0.0, 0.0)
    return x, y, width, height


def number(text: str) -> float:
    """A number as it is written, 0 for what is none; one that is out of all bounds is at their edge."""
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return max(-_FARTHEST, min(_FARTHEST, value)) if value == value else 0.0


def _product(outer: Matrix, inner: Matrix) -> Matrix:
    """First the inner one, then the outer one."""
    a, b, c, d, e, f = inner
    x, y = _point(outer, (e, f))
    return (
        outer[0] * a + outer[2] * b,
        outer[1] * a + outer[3] * b,
        outer[0] * c + outer[2] * d,
        outer[1] * c + outer[3] * d,
        x,
        y,
    )


def _point(matrix: Matrix, place: tuple[float, float]) -> tuple[float, float]:
    x, y = place
    return matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5]


def _pieces(code: Code, outer: Matrix) -> Iterator[Piece]:
    """The lines of a code, for its steps may lead to others."""
    matrix = _product(outer, code.matrix)
    across, down = math.hypot(matrix[0], matrix[1]), math.hypot(matrix[2], matrix[3])
    if not across or not code.size * down:
        return
    angle = round(math.degrees(math.atan2(matrix[1], matrix[0])) / 10)
    turn = (matrix[0] / across, matrix[1] / across)
    edge, _ = _turned(_point(outer, code.box), turn) if abs(code.matrix[1]) < abs(code.matrix[0]) else (math.inf, 0.0)
    line = _Line(code.size * down, angle % 36, edge)
    width = code.size * across * code.stretch
    for character, place in zip(code.text, _places(code), strict=True):
        left, base = _turned(_point(matrix, place), turn)
        if not line.takes(left, base):
            yield from line.end()
        line.add(character, left, base, width if IS_WIDE.match(character) else _WIDTH * width)
    yield from line.end()


class _Line:
    """Collects the characters of one piece after the other."""

    def __init__(self, size: float, angle: int, edge: float) -> None:
        self._size, self._angle, self._edge = size, angle, edge
        self._characters: list[str] = []
        self._left = self._right = self._base = self._foot = 0.0
        self._upright = False

    def takes(self, left: float, base: float) -> bool:
        """Whether a character at this place goes on with the piece: to the right, or below where none stands beside another."""
        if not self._characters:
            return True
        if not self._upright and abs(base - self._base) <= 0.3 * self._size:
            return left >= self._right - 0.8 * self._size
        alone = self._upright or len(self._characters) == 1
        return alone and abs(left - self._left) <= 0.3 * self._size and 0 < base - self._foot <= 3 * self._size

    def add(self, character: str, left: float, base: float, width: float) -> None:
        if not self._characters:
            self._left, self._base, self._upright = left, base, False
        elif abs(base - self._base) > 0.3 * self._size:
            self._upright = True
        elif left - self._right > self._size and not self._characters[-1].isspace():
            self._characters.append(" ")
        self._characters.append(character)
        self._right, self._foot = left + width, base

    def end(self) -> Iterator[Piece]:
        """The piece, if there is any; the next begins."""
        if self._characters:
            text, size = "".join(self._characters), self._size
            right = self._right
            if len(text) == 1 and self._left < self._edge <= self._left + 1.3 * size:
                right = self._edge  # the box is that of the character
            yield Piece(text, self._left, right, self._base, size, self._angle, self._edge, self._upright, self._foot)
        self._characters = []


def _places(code: Code) -> Iterator[tuple[float, float]]:
    """Where each character stands, in the space of the code."""
    x, y = code.place
    across, down = code.steps
    steps = zip(_steps(across), _steps(down), strict=False)
    yield from ((x, y) for _ in code.text[:1])
    for character in code.text[:-1]:
        if across is None and down is None:
            x += code.size * (1 if IS_WIDE.match(character) else _WIDTH)
        else:
            step = next(steps)
            x, y = x + step[0], y + step[1]
        yield x, y


def _steps(written: str | None) -> Iterator[float]:
    """The steps as they are written, "g 3 1.5" for three of them; the last one, or 0, without end."""
    step = 0.0
    values = iter((written or "").split())
    for value in values:
        count = 1
        if value == "g":
            count, value = int(min(1e9, max(0, number(next(values, ""))))), next(values, "")
        step = number(value)
        for _ in range(count):
            yield step
    while True:
        yield step


def _turned(place: tuple[float, float], turn: tuple[float, float]) -> tuple[float, float]:
    """A place in the frame where text that runs into this direction runs to the right."""
    return place[0] * turn[0] + place[1] * turn[1], place[1] * turn[0] - place[0] * turn[1]
