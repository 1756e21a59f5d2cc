"""Full-text search for Chinese documents, in any script.

    from searcher import Index, read_documents

    with Index.create("index") as index:
        index.add(read_documents("seeds"))
        for hit in index.search("商湯科技 融資"):
            print(hit.rank, hit.title)

Names are imported when they are first used, so that a command which needs few of them starts at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from searcher.documents import Document, Location, Skipped, read_documents
    from searcher.errors import (
        IndexDamaged,
        IndexExists,
        IndexLocked,
        IndexLost,
        IndexMismatch,
        IndexNotFound,
        IndexOccupied,
        IndexUnreadable,
        IndexUnsupported,
        IndexUnwritable,
        InvalidDocument,
        InvalidOption,
        MissingDependency,
        SearcherError,
        UnknownDocument,
        WorkerLost,
    )
    from searcher.explanations.explanation import Explanation, Missing, Part, TermExplanation
    from searcher.index import Index
    from searcher.markup import as_html
    from searcher.plans.ranking import Weights
    from searcher.query.parsing import parse
    from searcher.query.tree import Query
    from searcher.remarks import Remark
    from searcher.results import Expansion, Hit, Place, Results, Snippet
    from searcher.updating.reports import Guess, Progress, Report, Status

__version__ = "0.1.0"

_ROOMS = {
    "documents": ("Document", "Location", "Skipped", "read_documents"),
    "explanations.explanation": ("Explanation", "Missing", "Part", "TermExplanation"),
    "index": ("Index",),
    "markup": ("as_html",),
    "query.parsing": ("parse",),
    "query.tree": ("Query",),
    "plans.ranking": ("Weights",),
    "remarks": ("Remark",),
    "updating.reports": ("Guess", "Progress", "Report", "Status"),
    "results": ("Expansion", "Hit", "Place", "Results", "Snippet"),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}
"""In which room each name stands; those that are not here are errors."""

__all__ = [  # noqa: RUF022  (by room)
    "Document",
    "Location",
    "Skipped",
    "read_documents",
    "IndexDamaged",
    "IndexExists",
    "IndexLocked",
    "IndexLost",
    "IndexMismatch",
    "IndexUnsupported",
    "IndexNotFound",
    "IndexOccupied",
    "IndexUnreadable",
    "IndexUnwritable",
    "InvalidDocument",
    "InvalidOption",
    "MissingDependency",
    "SearcherError",
    "UnknownDocument",
    "WorkerLost",
    "Explanation",
    "Missing",
    "Part",
    "TermExplanation",
    "Index",
    "Query",
    "parse",
    "Weights",
    "Remark",
    "Guess",
    "Progress",
    "Report",
    "Status",
    "Expansion",
    "Hit",
    "Place",
    "Results",
    "Snippet",
    "as_html",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'searcher' has no attribute {name!r}")
    return getattr(import_module(f"searcher.{_ROOM_OF.get(name, 'errors')}"), name)


def __dir__() -> list[str]:
    """What there is for users, as an editor offers it."""
    return sorted((*__all__, "__version__"))
