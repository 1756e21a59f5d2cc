"""The page in a web archive of Safari: a property list, in which `WebMainResource` holds its bytes and its address."""

from __future__ import annotations

import plistlib
from collections.abc import Iterator
from dataclasses import replace

from searcher.documents.document import Document, Refused
from searcher.documents.sources.source import ReadOptions, Source
from searcher.documents.web.html import read_html
from searcher.remarks import Remark

_PAGES = ("text/html", "application/xhtml+xml")


def read_webarchive(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of an archive; Refused: damaged, "no-text" where it holds a picture or the like."""
    try:
        archive = plistlib.loads(source.read(options.max_bytes))
    except (plistlib.InvalidFileException, ValueError, OverflowError, RecursionError) as error:
        raise Refused("damaged", Remark("detail.not-whole", kind="plist", error=error)) from error
    main = archive.get("WebMainResource") if isinstance(archive, dict) else None
    markup = main.get("WebResourceData") if isinstance(main, dict) and main.get("WebResourceMIMEType") in _PAGES else None
    if not isinstance(main, dict) or not isinstance(markup, bytes):
        raise Refused("no-text", Remark("detail.no-pages"))
    address = main.get("WebResourceURL")
    told = {"url": address} if isinstance(address, str) else {}
    for document in read_html(replace(source, name=f"{source.stem}.html", content=markup, size=len(markup)), options):
        yield replace(document, metadata={**document.metadata, **told, "format": "webarchive"})
