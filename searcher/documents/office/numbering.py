"""Which number does Word show before a paragraph? It is in no text, but a reader sees it: 第一條, 甲、, (3), 2.1."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from searcher.documents.xml.events import OPEN, Event
from searcher.quantities.numerals import spelled, written

BULLET = "•"

_TIGHT = ("、", "）", "．", "】", "》")  # a label that ends in one of these needs no space
_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_LARGEST = 30_000
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"))
_COUNTED = frozenset("chineseCounting chineseCountingThousand taiwaneseCounting taiwaneseCountingThousand japaneseCounting".split())
_SPELLED = frozenset(("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"))
_SERIES = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
}
_LEGAL = {
    "chineseLegalSimplified": str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟"),
    "ideographLegalTraditional": str.maketrans("一二三四五六七八九十百千", "壹貳參肆伍陸柒捌玖拾佰仟"),
    "japaneseLegal": str.maketrans("一二三四五六七八九十百千", "壱弐参四伍六七八九拾百阡"),
}
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    in_digits: bool = False  # also the numbers of the levels above


@dataclass(slots=True)
class _Number:
    """A list by its id: the definition that it uses, and at which levels it begins anew."""

    definition: str = ""
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a document; it counts as paragraphs come by."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._definitions: dict[str, dict[int, _Level]] = {}
        self._numbers: dict[str, _Number] = {}
        self._counts: dict[str, list[int | None]] = {}  # by definition: how far each level is
        self._begun: set[tuple[str, int]] = set()  # the levels of which list have come by
        self._read(events)

    def label(self, number: str, depth: int) -> str:
        """What stands before the next paragraph of this list at this depth (from 0); empty where it is no list."""
        found = self._numbers.get(number)
        levels = self._definitions.get(found.definition, {}) if found else {}
        if found is None or depth not in levels:
            return ""
        counts = self._counts.setdefault(found.definition, [None] * _LEVELS)
        if depth in found.starts and (number, depth) not in self._begun:
            counts[depth] = found.starts[depth] - 1
        self._begun.add((number, depth))
        before = counts[depth]
        counts[depth] = levels[depth].start if before is None else before + 1
        counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        return self._shown(levels, counts, depth)

    def _shown(self, levels: dict[int, _Level], counts: list[int | None], depth: int) -> str:
        if levels[depth].format == "bullet":
            return BULLET

        def number(match: re.Match[str]) -> str:
            level = levels.get(int(match[1]) - 1, _Level())
            count = counts[int(match[1]) - 1]
            return in_format(
                level.start if count is None else count,
                "decimal" if levels[depth].in_digits and level.format != "decimalZero" else level.format,
            )

        return _PLACE.sub(number, levels[depth].text).strip()

    def _read(self, events: Iterable[Event]) -> None:
        definition: dict[int, _Level] = {}
        level, number, overridden = _Level(), _Number(), 0
        for kind, name, attributes in events:
            if kind != OPEN:
                continue
            value = attributes.get("val", "")
            if name == "abstractNum":
                definition = self._definitions.setdefault(attributes.get("abstractNumId", ""), {})
            elif name == "lvl":
                level = definition.setdefault(_whole(attributes.get("ilvl", "0"), _LEVELS - 1), _Level())
            elif name == "start":
                level.start = _whole(value, _LARGEST)
            elif name == "numFmt":
                level.format = value
            elif name == "isLgl":
                level.in_digits = value not in ("0", "false", "off")
            elif name == "lvlText":
                level.text = value[:100]
            elif name == "num":
                number = self._numbers.setdefault(attributes.get("numId", ""), _Number())
                definition = {}  # what overrides a level must not change its definition
            elif name == "abstractNumId":
                number.definition = value
            elif name == "lvlOverride":
                overridden = _whole(attributes.get("ilvl", "0"), _LEVELS - 1)
            elif name == "startOverride":
                number.starts[overridden] = _whole(value, _LARGEST)


def labelled(label: str, text: str) -> str:
    """A paragraph behind its label."""
    return f"{label}{'' if label.endswith(_TIGHT) else ' '}{text}" if label else text


def in_format(number: int, format: str) -> str:
    """A number as a format of Word writes it; as digits where it cannot.

    3, taiwaneseCountingThousand → 三;  3, ideographTraditional → 丙;  3, lowerRoman → iii;  3, upperLetter → C
    """
    if format in _COUNTED and number > 0:
        return written(number)
    if format in _SPELLED and number > 0:
        return spelled(number)
    if format in _LEGAL and number > 0:
        return written(number).translate(_LEGAL[format])
    if format in _SERIES and 0 < number <= len(_SERIES[format]):
        return _SERIES[format][number - 1]
    if format in ("lowerLetter", "upperLetter") and 0 < number <= 26 * 20:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if format == "lowerLetter" else letters.upper()
    if format in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        return _roman(number) if format == "lowerRoman" else _roman(number).upper()
    if format == "decimalZero":
        return f"{number:02d}"
    if format == "none":
        return ""
    return str(number).translate(_FULL_WIDTH) if format == "decimalFullWidth" else str(number)


def _roman(number: int) -> str:
    parts = []
    for value, letters in (*_ROMAN, (4, "iv"), (1, "i")):
        parts.append(letters * (number // value))
        number %= value
    return "".join(parts)


def _whole(value: str, largest: int) -> int:
    return min(int(value), largest) if value.isascii() and value.isdecimal() and len(value) < 8 else 0
