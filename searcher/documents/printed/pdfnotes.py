"""What stands on a page of a PDF that its text layer lacks: what was filled into its fields, and what readers have remarked."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from searcher.documents.description.metadata import real_author

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_REMARKS = "TEXT FREETEXT LINE SQUARE CIRCLE POLYGON POLYLINE HIGHLIGHT UNDERLINE SQUIGGLY STRIKEOUT STAMP CARET INK".split()
_MOST = 10_000  # of a page
_LONGEST = 100_000  # characters
_PASSWORD = 1 << 13  # ISO 32000-1, table 228
_AUTHOR, _CONTENTS = b"T", b"Contents"


Note = tuple[str, str]
"""How a field is called that is filled in, or who remarks; and what is said."""


def notes_on(pdf: PdfDocument, page: PdfPage) -> Iterator[Note]:
    """The notes on a page that say something, in the order of the file. What is hidden, or of buttons, is none."""
    from pypdfium2.raw import FPDFPage_GetAnnotCount

    for place in range(min(FPDFPage_GetAnnotCount(page), _MOST)):
        with _annotation(page, place) as annotation:
            label, said = _note(pdf.formenv, annotation) if annotation else ("", "")
        if said:
            yield label, said


def _note(form: Any, annotation: Any) -> Note:
    from pypdfium2 import raw

    kind = raw.FPDFAnnot_GetSubtype(annotation)
    if raw.FPDFAnnot_GetFlags(annotation) & raw.FPDF_ANNOT_FLAG_HIDDEN:
        return "", ""
    if kind == raw.FPDF_ANNOT_WIDGET:
        return _field(form, annotation) if form else ("", "")
    if kind not in [getattr(raw, f"FPDF_ANNOT_{name}") for name in _REMARKS]:
        return "", ""
    who, what = (_string(raw.FPDFAnnot_GetStringValue, annotation, key) for key in (_AUTHOR, _CONTENTS))
    return real_author(who), what


def _field(form: Any, annotation: Any) -> Note:
    from pypdfium2 import raw

    kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind == raw.FPDF_FORMFIELD_TEXTFIELD and not raw.FPDFAnnot_GetFormFieldFlags(form, annotation) & _PASSWORD:
        said = _string(raw.FPDFAnnot_GetFormFieldValue, form, annotation)
    elif kind in (raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX):
        said = ", ".join(_chosen(form, annotation)) or _string(raw.FPDFAnnot_GetFormFieldValue, form, annotation)
    else:
        said = ""
    return _string(raw.FPDFAnnot_GetFormFieldAlternateName, form, annotation) if said else "", said


def _chosen(form: Any, annotation: Any) -> Iterator[str]:
    from pypdfium2 import raw

    for option in range(min(raw.FPDFAnnot_GetOptionCount(form, annotation), _MOST)):
        if raw.FPDFAnnot_IsOptionSelected(form, annotation, option):
            yield _string(raw.FPDFAnnot_GetOptionLabel, form, annotation, option)


@contextmanager
def _annotation(page: PdfPage, place: int) -> Iterator[Any]:
    from pypdfium2 import raw

    annotation = raw.FPDFPage_GetAnnot(page, place)
    try:
        yield annotation
    finally:
        if annotation:
            raw.FPDFPage_CloseAnnot(annotation)


def _string(read: Callable[..., int], *about: object) -> str:
    """What a function of PDFium writes as UTF-16; it tells the bytes first, with two zeros at the end."""
    from pypdfium2.raw import FPDF_WCHAR

    size = min(read(*about, None, 0), 2 * _LONGEST)
    if size <= 2:
        return ""
    buffer = (FPDF_WCHAR * (size // 2))()
    read(*about, buffer, size)
    return ctypes.string_at(buffer, size).decode("utf-16-le", "replace").partition("\0")[0].strip()
