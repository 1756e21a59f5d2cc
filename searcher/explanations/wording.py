"""How is what a document holds told to whoever typed the query?

What was asked is named as it was typed, what was found as the document writes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from searcher.engine import Handle, Snapshot
from searcher.explanations.nearest import READ
from searcher.records.kept import values_in
from searcher.text.folding import Folded, as_written, fold


class Wording:
    """Both spellings of what is folded: `typed` as in the query, `written` as in the document."""

    def __init__(self, snapshot: Snapshot, handle: Handle, typed: str) -> None:
        values, text = values_in(snapshot, handle), snapshot.text(handle, 0, READ)
        path, author = values["path"] or "", values["metadata"].get("author", "")
        texts = {"text": text, "title": values["title"], "path": path, "author": author if isinstance(author, str) else "\n".join(author)}
        self._texts: dict[str, tuple[str, Folded]] = {name: (whole, fold(whole)) for name, whole in texts.items()}
        self._texts["name"] = self._texts["path"]
        self._typed = (typed, fold(typed))

    def typed(self, folded: str) -> str:
        """As it was typed; as it is, where that was something else."""
        typed, whole = self._typed
        return as_written(typed, folded, whole)

    def written(self, folded: str, field: str = "text") -> str:
        """As the document writes it, in this field if it stands there; as it was typed, where it does not stand in the beginning."""
        return self._found(folded, field) or self.typed(folded)

    def other(self, folded: str, forms: Iterable[str] = ()) -> str:
        """As the text of the document writes it, or the first of its forms that stands there; empty where that is how it was typed."""
        found = next(filter(None, (self._found(text, "text") for text in (folded, *forms))), "")
        return "" if found == self.typed(folded) else found

    def runs(self, texts: Iterable[str]) -> Iterator[str]:
        """Texts that overlap in what was typed as one: 终止, 止劳, 劳动 → 终止劳动."""
        _, whole = self._typed
        run = ""
        for text in texts:
            longer = run + text[1:]
            if run and text[0] == run[-1] and longer in whole.text:
                run = longer
                continue
            if run:
                yield run
            run = text
        if run:
            yield run

    def _found(self, folded: str, field: str) -> str:
        for name in dict.fromkeys((field.partition(".")[0], "text", "title")):
            whole, found = self._texts[name]
            start = found.text.find(folded)
            if start >= 0:
                return whole[slice(*found.original(start, start + len(folded)))]
        return ""
