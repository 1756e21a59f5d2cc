"""Whether a document holds what was typed in the very characters that were typed: 后 is not 後."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from searcher import snippets
from searcher.engine import Handle, Snapshot
from searcher.filenames import stored_span
from searcher.kept import values_in
from searcher.terms import SoughtTerm


def holds_exactly(snapshot: Snapshot, handle: Handle, terms: Sequence[SoughtTerm]) -> bool:
    """Every term stands in the title, the file's name or the text in its own script."""
    values, text = values_in(snapshot, handle), snapshot.text(handle)
    texts = (values["title"], (values["path"] or "")[slice(*stored_span(values))], text)
    return all(any(_stands_in(whole, term.text.text) for whole in texts) for term in terms)


def _stands_in(text: str, typed: str) -> bool:
    return any(snippets.same_script(text[start:end], typed) for start, end in snippets.marks(text, _pattern(typed)))


@lru_cache(maxsize=64)
def _pattern(typed: str) -> snippets.Pattern:
    """Made once for all documents that are read."""
    return snippets.pattern([snippets.Sought(typed, 0, 1.0)], merge=False)
