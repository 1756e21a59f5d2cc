"""For a spreadsheet: CSV, a row a hit, in the order of their ranks."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from searcher.messages import Say
from searcher.printer.plain import shown_path
from searcher.printer.terminal import place_words
from searcher.printer.visible import one_line
from searcher.results import Hit, Results, best_of

ENCODING = "utf-8-sig"
"""By its first sign Excel knows UTF-8."""

_FORMULAS = tuple("=+-@＝＋－＠")
"""A cell that begins so is computed, of wide signs where Excel speaks Chinese or Japanese, and documents are foreign text."""


def lines(results: Results, say: Say) -> Iterator[str]:
    """The names of the columns, then each hit with the passage that answers best."""
    yield say("sheet.columns")
    for hit in results:
        yield _row((str(hit.rank), hit.title, hit.date or "", shown_path(hit), *_passage(hit, say), say("list").join(hit.missing)))


def _passage(hit: Hit, say: Say) -> tuple[str, str]:
    """Where the passage stands, and its text."""
    best = best_of(hit.snippets) if hit.snippets else None
    place = best.place if best is not None and best.place is not None else hit.location
    return "" if place is None else place_words(place, say), "" if best is None else best.text


def _row(cells: tuple[str, ...]) -> str:
    row = StringIO()
    csv.writer(row, lineterminator="").writerow(f"'{cell}" if cell.startswith(_FORMULAS) else cell for cell in map(one_line, cells))
    return row.getvalue()
