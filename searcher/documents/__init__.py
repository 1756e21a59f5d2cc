"""Which documents does a file hold?"""

from searcher.documents.document import Document, Location, Skipped
from searcher.documents.reading import checked_encoding, read_documents
from searcher.documents.registry import Format, detect, documents_of
from searcher.documents.source import ReadOptions, Refused, Source, readable_name, safe_name
from searcher.documents.walking import INDEX_MARK, Found, walk

__all__ = [
    "INDEX_MARK",
    "Document",
    "Format",
    "Found",
    "Location",
    "ReadOptions",
    "Refused",
    "Skipped",
    "Source",
    "checked_encoding",
    "detect",
    "documents_of",
    "read_documents",
    "readable_name",
    "safe_name",
    "walk",
]
