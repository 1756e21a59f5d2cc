"""For a spreadsheet: CSV, a row a hit, in the order of their ranks."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from searcher.messages import Say
from searcher.printer.plain import shown_path
from searcher.printer.terminal import place_words
from searcher.printer.visible import one_line
from searcher.results import Hit, Results

SIGN = "\ufeff"
"""By this sign at the beginning Excel knows UTF-8."""

_FORMULAS = tuple("=+-@＝＋－＠")
"""A cell that begins so is computed, of wide signs where Excel speaks Chinese or Japanese, and documents are foreign text."""


def heading(say: Say, *, queries: bool = False) -> str:
    """The names of the columns; `queries`: of the rows of several queries, the first says of which each is."""
    columns = say("sheet.columns")
    return f"{say('sheet.query')},{columns}" if queries else columns


def rows(results: Results, say: Say, *, queries: bool = False) -> Iterator[str]:
    """Each hit with the passage that answers best; `queries`: with its query before it."""
    before = (results.query,) if queries else ()
    for hit in results:
        lacks = say("scattered") if hit.scattered else say("list").join(hit.missing)
        yield _row((*before, str(hit.rank), hit.title, hit.date or "", shown_path(hit), *_passage(hit, say), lacks))


def _passage(hit: Hit, say: Say) -> tuple[str, str, str]:
    """Where the passage stands, on which line, and its text."""
    best = hit.best
    place = best.place if best is not None and best.place is not None else hit.location
    told = "" if place is None else place_words(place, say)
    return (told, "", "") if best is None else (told, "" if best.line is None else str(best.line), best.text)


def _row(cells: tuple[str, ...]) -> str:
    row = StringIO()
    csv.writer(row, lineterminator="").writerow(f"'{cell}" if cell.startswith(_FORMULAS) else cell for cell in map(one_line, cells))
    return row.getvalue()
