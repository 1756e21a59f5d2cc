"""A PDF becomes its text layer, page by page; lines stay as they are printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from math import hypot
from typing import TYPE_CHECKING, Any

from searcher.documents.composing.lettersizes import largest
from searcher.documents.composing.printedpages import documents_of_pages, is_garbled, within_limits
from searcher.documents.description.dates import stamped_date
from searcher.documents.description.metadata import real_author
from searcher.documents.description.titles import kept_title, typed_title, work_in_name
from searcher.documents.document import Document, Refused, Skipped
from searcher.documents.encodings.detection import decode_name
from searcher.documents.printed.pdfnotes import notes_on
from searcher.documents.printed.scans import Scans
from searcher.documents.sources.source import ReadOptions, Source
from searcher.documents.sources.text import clean
from searcher.remarks import Remark

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

_WRONG_PASSWORD, _SECURITY = 4, 5  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY (fpdfview.h)
_FIRST_PAGES = 3  # which say what the document is called
_GLANCE = 4000  # characters of a page among which the largest are looked for
_IN_HEXADECIMAL = re.compile("<(?:[0-9A-Fa-f]{2}){2,}>")
_BROKEN_WORD = str.maketrans("", "", "\x02\ufffe")  # what PDFium leaves of a hyphen and the line break behind it, by its version


def read_pdf(source: Source, options: ReadOptions) -> Iterator[Document | Skipped]:
    """The one document of a PDF, and what of its pages cannot be read.

    Its size is bounded as that of an archive is, for most of it are images; `max_bytes` bounds its text.
    """
    source.check(options.max_expanded_bytes)
    with closing(_opened(source)) as pdf:
        _read_forms(pdf)
        count = len(pdf)
        notes: list[list[str]] = []
        scans = Scans(options)
        pages = list(within_limits((_page(pdf, number, notes, scans) for number in range(count)), options, besides=scans.seconds_so_far))
        labels = [" ".join(_said(pdf.get_page_label, number).split())[:20] or str(number + 1) for number in range(len(pages))]
        about = {name: _mended(clean(_said(pdf.get_metadata_value, name))).strip() for name in pdf.METADATA_KEYS}
        first = next((number for number, page in enumerate(pages) if page and not is_garbled(page)), None)
        beginning = "" if first is None else "\n".join(pages[first : first + _FIRST_PAGES])
        title = kept_title(about.get("Title", ""), text=beginning, name=source.stem)
        title = (
            title
            or work_in_name(source.stem, beginning)
            or (None if first is None else typed_title(scans.heading(first) or _heading(pdf, first, pages)))
        )
    yield from documents_of_pages(
        source,
        pages,
        labels,
        notes=notes if any(pages) or source.suffix not in options.converters else (),  # else a command may read more of a scan
        count=count,
        title=title,
        stamped=stamped_date(about.get(name, "") for name in ("CreationDate", "ModDate")),
        metadata={"format": "pdf", "pages": str(len(pages))},
        about={
            "author": [real_author(about.get("Author", ""))],
            "subject": [typed_title(about.get("Subject", "")) or ""],
            "keywords": [about.get("Keywords", "")],
        },
        without=scans.nothing(count),
    )
    yield from scans.told(source.path, count)


def _opened(source: Source) -> PdfDocument:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        return PdfDocument(source.content)
    except PdfiumError as error:
        if error.err_code in (_WRONG_PASSWORD, _SECURITY):
            raise Refused("encrypted", Remark("detail.password")) from error
        raise Refused("damaged", Remark("detail.not-whole", kind="PDF", error=error)) from error


def _read_forms(pdf: PdfDocument) -> None:
    """Make fields that are filled in readable; a form that is broken costs no page."""
    from pypdfium2 import PdfiumError

    with suppress(PdfiumError):
        pdf.init_forms()


def _page(pdf: PdfDocument, number: int, notes: list[list[str]], scans: Scans) -> str | None:
    """The text of a page; None where it cannot be loaded. What its notes say and the text does not is added to those of the others."""
    from pypdfium2 import PdfiumError

    notes.append([])
    try:
        with closing(pdf[number]) as page, closing(page.get_textpage()) as text:
            written: str = scans.text(page, number, text.get_text_bounded())
            printed = "".join(written.split())
            said = ((label, clean(what)) for label, what in notes_on(pdf, page))
            notes[-1].extend(f"{label}: {what}" if label else what for label, what in said if "".join(what.split()) not in printed)
    except PdfiumError:
        return None
    lines = (line.rstrip() for line in clean(written).translate(_BROKEN_WORD).split("\n"))
    return "\n".join(lines).strip("\n")


def _heading(pdf: PdfDocument, number: int, pages: list[str]) -> str:
    """What stands out on a page that has text, and not on the next one in the same way, as a watermark does; empty where nothing does."""
    found, following = _standing_out(pdf, number), number + 1
    if found and following < len(pages) and "".join(found.split()) in "".join(pages[following].split()):
        return _standing_out(pdf, number, besides=found) if _standing_out(pdf, following) == found else found
    return found


def _standing_out(pdf: PdfDocument, number: int, besides: str | None = None) -> str:
    """What stands out on a page; empty where nothing does."""
    from pypdfium2 import PdfiumError

    try:
        with closing(pdf[number]) as page, closing(page.get_textpage()) as text:
            return largest(_pieces(text), besides) or ""
    except PdfiumError:
        return ""


def _pieces(text: PdfTextPage) -> Iterator[tuple[str, float]]:
    """Letters of one size behind each other on a line, and that size: of the font, and of the matrix that it is shown through.

    What runs up the margin of a page has none: the stamp of arXiv.
    """
    from pypdfium2 import raw

    written: list[str] = []
    before, matrix = 0.0, raw.FS_MATRIX()
    for place in range(min(text.count_chars(), _GLANCE)):
        character = chr(raw.FPDFText_GetUnicode(text, place))
        size = before
        if not character.isspace() and raw.FPDFText_GetMatrix(text, place, matrix):
            is_upright = abs(matrix.d) >= abs(matrix.c)
            size = round(raw.FPDFText_GetFontSize(text, place) * hypot(matrix.c, matrix.d), 1) if is_upright else 0.0
        if written and (size != before or character in "\r\n"):
            yield _whole(written), before
            written.clear()
        written.append(character)
        before = size
    yield _whole(written), before


def _whole(characters: list[str]) -> str:
    """What PDFium gives character by character, rare ones in two halves (UTF-16)."""
    return "".join(characters).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").translate(_BROKEN_WORD)


def _said(read: Callable[[Any], str], about: object) -> str:
    """What it says about this; nothing where that has half of a character."""
    try:
        return read(about)
    except UnicodeDecodeError:
        return ""


def _mended(value: str) -> str:
    """Bytes of GBK or Big5 that were written where Latin letters are meant: accents on most of them; or in hexadecimal."""
    if _IN_HEXADECIMAL.fullmatch(value):
        return decode_name(bytes.fromhex(value[1:-1]))
    if sum("\xa0" < character <= "\xff" for character in value) * 2 < len(value):
        return value
    try:
        return decode_name(value.encode("latin-1"))
    except UnicodeEncodeError:
        return value
