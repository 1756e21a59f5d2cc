"""What does an index say of itself: its version, the analysis of its documents, the user's words and synonyms?

It lies in the index as its meta data, and comes from a stranger perhaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, TypeVar

from searcher.errors import IndexMismatch, IndexUnsupported, InvalidOption
from searcher.records.kept import is_list_of
from searcher.remarks import Remark
from searcher.text import analysis
from searcher.text.dictionary import Dictionary
from searcher.text.folding import fold

FORMAT = 1
"""The version of what we store in the engine; raised when an older index cannot be read any more."""

Synonyms = dict[str, list[str]]
"""Folded text → what is looked for beside it, as it was written."""

Wanted = TypeVar("Wanted")


def of_new_index(user_words: str | Iterable[str], synonyms: Mapping[str, Sequence[str]] | None) -> dict[str, Any]:
    """The description of an empty index; InvalidOption where one of these is no text."""
    dictionary = dictionary_of(user_words)
    return {
        "format": FORMAT,
        "fingerprints": analysis.fingerprints(dictionary),
        "user_words": _words_of(dictionary),
        "synonyms": folded_synonyms(synonyms),
    }


def stamped(meta: Mapping[str, Any], dictionary: Dictionary, *, anew: bool = False) -> dict[str, Any]:
    """A description with the time of a commit made now; `anew`: no document was analysed before this run, by other means."""
    updated = datetime.now(timezone.utc).isoformat(timespec="seconds")
    made = {"format": FORMAT, "user_words": _words_of(dictionary), "fingerprints": analysis.fingerprints(dictionary)} if anew else {}
    kept = meta if _is_ours(meta) else {"format": meta.get("format")}
    return {**kept, **made, "updated": updated}


def check(path: Path, meta: Mapping[str, Any], *, outdated: bool = False) -> None:
    """Raise IndexUnsupported, or IndexMismatch unless it may be `outdated`, where an index cannot be searched with this analysis."""
    reason = _mismatch(meta)
    if reason is not None and _is_newer(meta):
        raise IndexUnsupported(path=path, reason=reason)
    if reason is not None and not outdated:
        raise IndexMismatch(path=path, reason=reason)


def is_told_alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two commits of an index say the same of its analysis, words and synonyms."""
    return all(one.get(name) == other.get(name) for name in ("format", "fingerprints", "user_words", "synonyms"))


def is_current(meta: Mapping[str, Any], dictionary: Dictionary) -> bool:
    """Whether documents are cut as by this program, with this dictionary: a rebuild would bring nothing."""
    return bool(meta.get("fingerprints") == analysis.fingerprints(dictionary))


def words_and_synonyms(meta: Mapping[str, Any]) -> tuple[Dictionary, Synonyms]:
    """The words that documents were cut with, and the synonyms; none where it is not ours."""
    kept = meta if _is_ours(meta) else {}
    return dictionary_of(kept.get("user_words", ())), kept.get("synonyms", {})


def dictionary_of(user_words: str | Iterable[str]) -> Dictionary:
    """The dictionary with the user's words, one or several; InvalidOption where one is no text."""
    return Dictionary(tuple((word, None) for word in _checked("user_words", _listed(user_words))))


def folded_synonyms(synonyms: Mapping[str, Sequence[str]] | None) -> Synonyms:
    """The user's synonyms as they are kept; InvalidOption where one is no text."""
    return _checked("synonyms", {fold(source).text: _listed(targets) for source, targets in (synonyms or {}).items()})


def _mismatch(meta: Mapping[str, Any]) -> str | None:
    """Why an index cannot be searched with this analysis, None where it can."""
    if meta.get("format") != FORMAT:
        return Remark("reason.kept", found=meta.get("format"), wanted=FORMAT)
    if not _is_ours(meta):
        return Remark("reason.description")
    folded = meta.get("fingerprints", {}).get("fold")
    return None if folded == analysis.fingerprints()["fold"] else Remark("reason.folded")


def _is_newer(meta: Mapping[str, Any]) -> bool:
    """Whether an index keeps its documents in a way that this program does not know yet: what it would make of them is no remedy."""
    return type(meta.get("format")) is int and meta["format"] > FORMAT


def _is_ours(meta: Mapping[str, Any]) -> bool:
    """Whether what an index says of itself is of the kinds that `Index` writes, as far as it is there."""
    words, synonyms, prints = meta.get("user_words", []), meta.get("synonyms", {}), meta.get("fingerprints", {})
    return (
        is_list_of(words, str)
        and isinstance(synonyms, dict)
        and all(is_list_of(targets, str) for targets in synonyms.values())
        and isinstance(prints, dict)
        and _is_time(meta.get("updated"))
    )


def _is_time(updated: object) -> bool:
    """Whether it is when a commit was made, in a year that every system can convert, or None, as of an empty index."""
    try:
        return updated is None or (isinstance(updated, str) and 1970 < datetime.fromisoformat(updated.replace("Z", "+00:00")).year < 9999)
    except ValueError:
        return False


def _words_of(dictionary: Dictionary) -> list[str]:
    return [word for word, _ in dictionary.user_words]


def _listed(texts: str | Iterable[str]) -> list[str]:
    """What was given as one text, or as several."""
    return [texts] if isinstance(texts, str) else list(texts)


def _checked(name: str, value: Wanted) -> Wanted:
    if not _is_ours({name: value}):
        raise InvalidOption(option=name, value=repr(value), reason=Remark("reason.texts"))
    return value
