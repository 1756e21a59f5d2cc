"""How many documents have each value of a field, and how do their authors write it?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import takewhile
from pathlib import PurePath

from searcher import views
from searcher.engine import Keyword, Request, Snapshot
from searcher.folding import fold
from searcher.kept import values_in

Counts = Sequence[tuple[str, int]]


def presented(snapshot: Snapshot, name: str, counts: Counts, limit: int | None) -> tuple[tuple[str, int], ...]:
    """The first of the counted values of a field as a reader wants to see them: as they are written, paths by their folders."""
    if name == "path":
        return tuple(_folders(counts).most_common(limit))
    return tuple((as_written(snapshot, name, value), count) for value, count in counts[:limit])


def values(snapshot: Snapshot, name: str, prefix: str, limit: int) -> tuple[str, ...]:
    """The values of a field that begin like `prefix`, as they are written, the most frequent first."""
    start = views.keyword(name, "")
    found = sorted(snapshot.keywords(start + fold(prefix).text), key=lambda item: (-item[1], item[0]))[:limit]
    return tuple(as_written(snapshot, name, keyword.removeprefix(start)) for keyword, _ in found)


def as_written(snapshot: Snapshot, name: str, value: str) -> str:
    """A folded value as the first document that has it writes it: ming lee → Ming Lee."""
    for match in snapshot.search(Request(Keyword(views.keyword(name, value))), limit=1).matches:
        written = values_in(snapshot, match.handle)["metadata"].get(name, ())
        for part in (written,) if isinstance(written, str) else written:
            if fold(part).text.strip() == value:
                return str(part)
    return value


def _folders(paths: Counts) -> Counter[str]:
    """How many of the paths lie in each folder, told by the first step in which they part; those of one folder in that."""
    folders = [(PurePath(path).parent.parts, count) for path, count in paths]
    ends = [folder for folder, _ in folders]
    shared = takewhile(lambda steps: steps[0] == steps[1], zip(min(ends), max(ends), strict=False)) if ends else ()
    common = len(tuple(shared))
    counts: Counter[str] = Counter()
    for folder, count in folders:
        counts[str(PurePath(*folder[: common + 1]))] += count
    return counts
