"""Which documents does a file hold?

What only reading needs is imported when it is first asked for: a search needs none of it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from searcher.documents.document import Document, Location, Refused, Skipped

if TYPE_CHECKING:
    from searcher.documents.beside import tells_of_others, told_by
    from searcher.documents.filepaths import listed_path, name_on_disk, readable_name, safe_name
    from searcher.documents.formats import PICTURE, lacks_module, may_show_text
    from searcher.documents.processes.converting import CONVERTIBLE, converter_of
    from searcher.documents.reading import checked_encoding, read_documents
    from searcher.documents.registry import detect, documents_of
    from searcher.documents.sources.format import Format
    from searcher.documents.sources.source import ReadOptions, Source
    from searcher.documents.walking import INDEX_MARK, Found, decided_by, walk

_ROOMS = {
    "processes.converting": ("CONVERTIBLE", "converter_of"),
    "beside": ("tells_of_others", "told_by"),
    "reading": ("checked_encoding", "read_documents"),
    "sources.format": ("Format",),
    "formats": ("PICTURE", "lacks_module", "may_show_text"),
    "registry": ("detect", "documents_of"),
    "filepaths": ("listed_path", "name_on_disk", "readable_name", "safe_name"),
    "sources.source": ("ReadOptions", "Source"),
    "walking": ("INDEX_MARK", "Found", "decided_by", "walk"),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [
    "CONVERTIBLE",
    "INDEX_MARK",
    "PICTURE",
    "Document",
    "Format",
    "Found",
    "Location",
    "ReadOptions",
    "Refused",
    "Skipped",
    "Source",
    "checked_encoding",
    "converter_of",
    "decided_by",
    "detect",
    "documents_of",
    "lacks_module",
    "listed_path",
    "may_show_text",
    "name_on_disk",
    "read_documents",
    "readable_name",
    "safe_name",
    "tells_of_others",
    "told_by",
    "walk",
]


def __getattr__(name: str) -> Any:
    if name not in _ROOM_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_ROOM_OF[name]}"), name)
