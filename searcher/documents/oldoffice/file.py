"""Documents of office programs from before 2007 become documents: DOC, XLS, PPT, and mails of Outlook.

They are compound files; which one it is, the streams in it say, not its name.
"""

from __future__ import annotations

from collections.abc import Iterator

from searcher.documents.document import Document, Refused, Skipped
from searcher.documents.office.properties import document_with_properties
from searcher.documents.oldoffice.compound import SIGNATURE, opened_compound
from searcher.documents.oldoffice.outlook import PROPERTIES, read_outlook
from searcher.documents.oldoffice.sheets import old_workbook_page
from searcher.documents.oldoffice.slides import old_slides_page
from searcher.documents.oldoffice.word import old_word_page
from searcher.documents.sources.source import ReadOptions, Source
from searcher.remarks import Remark

_STREAMS = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls", "PowerPoint Document": "ppt", PROPERTIES: "msg"}
_PAGES = {"doc": old_word_page, "xls": old_workbook_page, "ppt": old_slides_page}
_ENCRYPTED = "EncryptedPackage"


def read_old_office(source: Source, options: ReadOptions) -> Iterator[Document | Skipped]:
    """The one document of such a file; of a mail, also what is attached. Refused: encrypted, unsupported, damaged."""
    head = source.head(options.max_bytes)
    if _ENCRYPTED.encode("utf-16-le") in head:
        raise Refused("encrypted", Remark("detail.save-open"))
    if not head.startswith(SIGNATURE):
        raise Refused("damaged", Remark("detail.no-compound"))
    with opened_compound(source, options) as compound:
        kind = next((kind for stream, kind in _STREAMS.items() if stream in compound), "")
        page = _PAGES[kind](compound, options.max_bytes) if kind in _PAGES else None
        properties = compound.summary() if page else {}
    if page is not None:
        if len(page.text) > options.max_bytes:
            raise Refused("too-large", Remark("detail.text-over"))
        yield document_with_properties(source, kind, page, properties)
    elif kind == "msg":
        yield from read_outlook(source, options)
    else:
        raise Refused("unsupported", Remark("detail.other-compound"))
