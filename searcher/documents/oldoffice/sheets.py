"""The text of a workbook from before 2007 (BIFF): a line a row, a tab between cells, sheet after sheet."""

from __future__ import annotations

import os
import struct
from typing import TYPE_CHECKING

from searcher.documents.composing.page import Page
from searcher.documents.document import Refused
from searcher.documents.office.sheets import shown_date
from searcher.documents.oldoffice.compound import Compound
from searcher.documents.tabular.rows import Rows
from searcher.remarks import Remark

_BROKEN = (struct.error, LookupError, ValueError, TypeError, AttributeError, AssertionError, ArithmeticError)
"""What the library does with broken workbooks."""

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Cell


def old_workbook_page(compound: Compound, limit: int) -> Page:
    """The text of a workbook; where each sheet begins is a place of kind "sheet"."""
    import xlrd
    from xlrd.compdoc import CompDocError

    rows = Rows(limit)
    try:
        _write(rows, compound.stream("Workbook") or compound.stream("Book"))
    except (xlrd.XLRDError, CompDocError, *_BROKEN) as error:
        if "encrypted" in str(error).lower():
            raise Refused("encrypted", Remark("detail.save-open")) from error
        raise Refused("damaged", Remark("detail.not-whole", kind="XLS", error=error)) from error
    return rows.page()


def _write(rows: Rows, data: bytes) -> None:
    import xlrd
    from xlrd.book import Book

    Book.names_epilogue = _names_left_alone
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123  (where the library reports)
        book = xlrd.open_workbook(file_contents=data, logfile=nowhere, on_demand=True, ragged_rows=True)
        for number in range(book.nsheets):
            sheet = book.sheet_by_index(number)
            rows.begin_sheet(sheet.name)
            for row in range(sheet.nrows):
                rows.row(_shown(cell, book) for cell in sheet.row(row))
            book.unload_sheet(number)


def _names_left_alone(book: Book) -> None:
    """In the place of working out what the names of cells mean, which no text has: one that means nothing would cost the workbook."""


def _shown(cell: Cell, book: Book) -> str:
    from xlrd.biffh import XL_CELL_BOOLEAN, XL_CELL_DATE, XL_CELL_NUMBER, XL_CELL_TEXT

    if cell.ctype == XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype == XL_CELL_BOOLEAN:
        return "TRUE" if cell.value else "FALSE"
    if cell.ctype == XL_CELL_DATE and cell.value >= 1:
        return shown_date(cell.value, from_1904=book.datemode == 1)
    return f"{cell.value:.15g}" if cell.ctype in (XL_CELL_NUMBER, XL_CELL_DATE) else ""
