"""What does an index hold, and what of it is not as it could be: encodings that were guessed, words that were cut otherwise?"""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from searcher.engine import AnyOf, Keyword, Request, Snapshot, Store
from searcher.plans.leaves import literal_run
from searcher.records.kept import values_in
from searcher.remarks import Remark
from searcher.text import analysis, views
from searcher.text.dictionary import Dictionary
from searcher.updating.catalogue import read_catalogue
from searcher.updating.reports import Guess, Status

_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")

NAMED = 5
"""So many of the changed words are named."""


def status_of(store: Store, notices: tuple[str, ...]) -> Status:
    """What an index holds, and what it could not take in."""
    snapshot, catalogue, folder = store.snapshot(), read_catalogue(store), Path(store.path)
    return Status(
        path=str(folder),
        documents=snapshot.count,
        files=len(catalogue.files),
        size=sum(map(_size_of, folder.iterdir())),
        updated=store.meta.get("updated"),
        roots=tuple(catalogue.roots),
        skipped=catalogue.skipped(),
        formats=_counts(snapshot, "format"),
        scripts=_counts(snapshot, "script"),
        encodings=_counts(snapshot, "encoding"),
        notices=notices,
    )


def doubtful_encodings(snapshot: Snapshot, below: float) -> tuple[Guess, ...]:
    """The files whose encoding is less certain than `below`, or fits not all of their bytes; the least certain first."""
    rates = (keyword for keyword, _ in snapshot.keywords(views.keyword("encoding_confidence", "")))
    doubtful = [rate for rate in rates if _number(rate.partition(":")[2], 1) < below]
    unfit = [keyword for keyword, _ in snapshot.keywords(views.keyword("encoding_errors", ""))]
    found = snapshot.search(Request(AnyOf(tuple(map(Keyword, (*doubtful, *unfit)))), ()), limit=None)
    guesses = {_guess(values_in(snapshot, match.handle)) for match in found.matches}
    return tuple(sorted(guesses, key=lambda guess: (guess.confidence, guess.path)))


def remarks_on_words(store: Store, has: Dictionary, wants: Dictionary) -> tuple[str, ...]:
    """What a rebuild would bring to an index that was cut with one dictionary, where another is wanted, or by an older program."""
    changed = _changed_words(dict(has.user_words), dict(wants.user_words))
    if changed:
        return (Remark("notice.dictionary", count=_holding(store.snapshot(), changed), words=tuple(changed[:NAMED])),)
    made, now = store.meta.get("fingerprints"), analysis.fingerprints(has)
    older = next((name for name in ("words", "views") if not isinstance(made, dict) or made.get(name) != now[name]), None)
    return () if older is None else (Remark(f"notice.{older}"),)


def _size_of(path: Path) -> int:
    """Bytes of a file; of one that went with its commit meanwhile, and of what is no file, none."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0


def _changed_words(has: Mapping[str, Any], wants: Mapping[str, Any]) -> list[str]:
    """The user's words that are wanted and not cut yet, or cut and not wanted any more."""
    return [word for word in {**wants, **has} if (word in has) != (word in wants)]


def _holding(snapshot: Snapshot, words: Sequence[str]) -> int:
    """How many documents hold one of the words."""
    leaves = (literal_run(word, views.GRAMS) for word in words)
    return snapshot.matching(AnyOf(tuple(leaf for leaf in leaves if leaf is not None)))


def _counts(snapshot: Snapshot, name: str) -> dict[str, int]:
    prefix = views.keyword(name, "")
    return {keyword.removeprefix(prefix): count for keyword, count in snapshot.keywords(prefix)}


def _guess(values: Mapping[str, Any]) -> Guess:
    described = values["metadata"]
    path = values["source"] or values["path"] or values["id"]
    return Guess(
        path,
        str(described.get("encoding", "")),
        _number(described.get("encoding_confidence"), 1),
        int(_number(described.get("encoding_errors"), 0)),
    )


def _number(text: object, default: float) -> float:
    """A number that a reader noted; the default where a document's own metadata says something else under that name."""
    return float(text) if isinstance(text, str) and _NUMBER.fullmatch(text) else default
