"""Documents of office programs from before 2007 become documents: DOC, XLS, PPT, and mails of Outlook.

They are compound files; which one it is, the streams in it say, not its name.
"""

from __future__ import annotations

from collections.abc import Iterator

from searcher.documents.compound import SIGNATURE, opened_compound
from searcher.documents.dates import to_iso
from searcher.documents.document import Document, Skipped
from searcher.documents.frontmatter import FrontMatter, bounded
from searcher.documents.metadata import described
from searcher.documents.office import real_title
from searcher.documents.oldsheets import old_workbook_page
from searcher.documents.oldslides import old_slides_page
from searcher.documents.oldword import old_word_page
from searcher.documents.outlook import PROPERTIES, read_outlook
from searcher.documents.places import article_locations, in_order
from searcher.documents.refusal import Refused
from searcher.documents.source import ReadOptions, Source
from searcher.documents.titles import choose_title, page_title
from searcher.remarks import Remark

_STREAMS = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls", "PowerPoint Document": "ppt", PROPERTIES: "msg"}
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
        page = {"doc": old_word_page, "ppt": old_slides_page}[kind](compound, options.max_bytes) if kind in ("doc", "ppt") else None
        properties = compound.summary() if kind else {}
    if kind == "msg":
        yield from read_outlook(source, options)
        return
    if kind == "xls":
        page = old_workbook_page(source, options)
    if page is None:
        raise Refused("unsupported", Remark("detail.other-compound"))
    title = page_title(real_title(next(iter(properties.pop("title", ())), None)), page.heading)
    dates = properties.pop("created", []) + properties.pop("modified", [])
    yield source.document(
        title=choose_title(title, source.stem if kind == "xls" else None, text=page.text, name=source.stem),
        text=page.text,
        stamped=next(filter(None, map(to_iso, dates)), None),
        metadata=described({"format": kind}, FrontMatter(bounded(properties))),
        locations=in_order(page.locations, article_locations(page.text)),
    )
