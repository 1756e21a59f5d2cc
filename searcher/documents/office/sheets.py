"""The text of a workbook (XLSX): a line a row, a tab between cells, sheet after sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from searcher.documents.composing.page import Page
from searcher.documents.office.packages import Parts
from searcher.documents.tabular.rows import Rows
from searcher.documents.xml.events import CLOSE, OPEN, TEXT, Event, without

_DATE_FORMATS = frozenset((*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58))  # ECMA-376, 18.8.30: numFmts; no times of day
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # ECMA-376, 22.9.2.19: what XML cannot hold
_IN_QUOTES = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_DIGITS = 15
_LAST_DAY = 2_958_465  # 9999-12-31


def workbook_page(package: Parts, main: str, limit: int) -> Page:
    """The text of the workbook whose main part this is; where each sheet begins is a place of kind "sheet"."""
    related = package.related(main)
    kinds = {part.kind: part.name for part in related}
    parts = {part.id: part.name for part in related}
    shared = list(_texts(package.events(kinds.get("sharedStrings", "")), "si"))
    dates = _date_styles(package.events(kinds.get("styles", "")))
    sheets = [attributes for kind, name, attributes in package.events(main) if kind == OPEN and name in ("sheet", "workbookPr")]
    from_1904 = any(attributes.get("date1904") in ("1", "true") for attributes in sheets)
    rows = Rows(limit)
    for sheet in sheets:
        if "name" in sheet:
            rows.begin_sheet(sheet["name"])
            part = parts.get(sheet.get("id", ""), "")
            for cells in _rows(package.events(part)):
                rows.row(_shown(cell, shared, dates, from_1904) for cell in cells)
            for text in _beside(package, part):
                rows.row([text])
    return rows.page()


def shown_date(number: float, *, from_1904: bool) -> str:
    """A number as the date it stands for, in ISO 8601.

    Days count from 1904-01-01, or from 1899-12-30, so that they are right from 1900-03-01 on.
    """
    moment = (datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)) + timedelta(seconds=round(number * 86_400))
    return moment.date().isoformat() if number == int(number) else moment.isoformat(" ", "minutes")


def shown_number(value: str) -> str:
    """A number as it is stored, to the 15 digits that are shown: 1.1000000000000001 → 1.1, 13.0 → 13"""
    if len(value) <= _DIGITS:
        return value.removesuffix(".0")
    try:
        return f"{float(value):.15g}"
    except ValueError:
        return value


@dataclass(slots=True)
class _Cell:
    """A cell as it is stored: what kind of value, which style, and the value."""

    type: str
    style: str
    value: str = ""


def _rows(events: Iterable[Event]) -> Iterator[list[_Cell]]:
    """The rows of a sheet: cells with their values; annotations above characters go, and so do formulas."""
    cells: list[_Cell] = []
    taking = False
    for kind, name, attributes in without(events, _is_annotation):
        if kind == TEXT:
            if taking and cells:
                cells[-1].value += name
        elif name == "c" and kind == OPEN:
            cells.append(_Cell(attributes.get("t", "n"), attributes.get("s", "0")))
        elif name in ("v", "t"):
            taking = kind == OPEN
        elif name == "row" and kind == CLOSE:
            yield cells
            cells = []


def _beside(package: Parts, sheet: str) -> Iterator[str]:
    """What is written beside the cells of a sheet: comments on them, each with what was answered, then text boxes, and titles of charts."""
    related = package.related(sheet)
    threads = [part.name for part in related if part.kind == "threadedComment"]
    for name in threads or [part.name for part in related if part.kind == "comments"]:  # the latter repeat the former
        yield from _texts(package.events(name), "threadedComment" if threads else "comment")
    for name in (part.name for part in related if part.kind == "drawing"):
        charts = (part.name for part in package.related(name) if part.kind == "chart")
        for drawn in (name, *charts):
            yield from _texts(package.events(drawn), "p")


def _texts(events: Iterable[Event], around: str) -> Iterator[str]:
    """The text of each element of this name; annotations above characters go."""
    parts: list[str] = []
    taking = False
    for kind, name, _ in without(events, _is_annotation):
        if kind == TEXT:
            if taking:
                parts.append(name)
        elif name in ("t", "text"):
            taking = kind == OPEN
        elif name == around and kind == CLOSE:
            yield _unescaped("".join(parts))
            parts.clear()


def _is_annotation(name: str, attributes: Mapping[str, str]) -> bool:
    return name == "rPh"


def _date_styles(events: Iterable[Event]) -> frozenset[str]:
    """The styles of cells that show their number as a date."""
    custom: dict[str, str] = {}
    dates: set[str] = set()
    in_cells, count = False, 0
    for kind, name, attributes in events:
        if name == "cellXfs":
            in_cells = kind == OPEN
        elif kind == OPEN and name == "numFmt":
            custom[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif kind == OPEN and name == "xf" and in_cells:
            if _is_date(attributes.get("numFmtId", "0"), custom):
                dates.add(str(count))
            count += 1
    return frozenset(dates)


def _is_date(number: str, custom: Mapping[str, str]) -> bool:
    code = custom.get(number)
    if code is None:
        return number.isascii() and number.isdecimal() and int(number[:9]) in _DATE_FORMATS
    plain = _IN_QUOTES.sub("", code[:500]).lower()
    return "y" in plain or "d" in plain or "e" in plain.replace("e+", "").replace("general", "").replace("e-", "")


def _shown(cell: _Cell, shared: list[str], dates: frozenset[str], from_1904: bool) -> str:
    value = cell.value
    if cell.type == "s":
        return shared[int(value)] if value.isascii() and value.isdecimal() and len(value) < 10 and int(value) < len(shared) else ""
    if cell.type == "b":
        return "TRUE" if value == "1" else "FALSE"
    if cell.type == "n" and value:
        return _number(value, cell.style in dates, from_1904)
    return _unescaped(value)


def _unescaped(text: str) -> str:
    """甲_x000D_乙 → 甲⏎乙, a break of the line as old files write it"""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _number(value: str, is_date: bool, from_1904: bool) -> str:
    """A number as it is shown; a date as ISO 8601."""
    try:
        number = float(value)
    except ValueError:
        return value
    if is_date and 0 < number < _LAST_DAY:
        return shown_date(number, from_1904=from_1904)
    return shown_number(value)
