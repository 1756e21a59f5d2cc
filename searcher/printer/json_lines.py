"""For a program: JSON lines, each with a `type`; of a search first the results, then every hit.

    {"type": "results", "version": 5, "query": …, "total": …, "complete": …, "folded": …, "relaxed": …, "expansions": […],
     "suggestions": […], "notices": […], "took_ms": …}
    {"type": "hit", "rank": 1, "score": …, "id": …, "title": …, "title_marks": [[0, 4]], "path": …, "path_marks": [], "date": …,
     "location": …, "snippets": [{"text": …, "start": …, "marks": [[3, 7]], "line": …, "place": {"kind": "page", "label": "37"}}],
     "relaxed": …, "missing": […], "metadata": {…}, "numbers": {…}, "copies": […], "near_copies": […]}

Whatever else is told is one object: the fields of the library's dataclass of it, with `type` and `version`.
Offsets count characters (code points), from 0, half open.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from searcher.printer.visible import escaped_json
from searcher.results import Expansion, Hit, Place, Results, Snippet

VERSION = 5


def lines(results: Results) -> Iterator[str]:
    """One line for the results, then one for each hit."""
    yield line(_results(results))
    for hit in results:
        yield line(_hit(hit))


def object_line(kind: str, fields: Mapping[str, object]) -> str:
    """What is no result of a search, on one line: its fields behind `type` and `version`."""
    return line({"type": kind, "version": VERSION, **fields})


def line(value: dict[str, object]) -> str:
    """One JSON object on one line, Han characters as themselves, nothing in it that steers a terminal."""
    return escaped_json(json.dumps(value, ensure_ascii=False, default=_plain))


def _results(results: Results) -> dict[str, object]:
    return {
        "type": "results",
        "version": VERSION,
        "query": results.query,
        "total": results.total,
        "complete": results.complete,
        "folded": results.folded,
        "relaxed": results.relaxed,
        "expansions": [_expansion(expansion) for expansion in results.expansions],
        "suggestions": results.suggestions,
        "notices": results.notices,
        "took_ms": round(results.took_ms, 3),
    }


def _hit(hit: Hit) -> dict[str, object]:
    return {
        "type": "hit",
        "rank": hit.rank,
        "score": round(hit.score, 6),
        "id": hit.id,
        "title": hit.title,
        "title_marks": hit.title_marks,
        "path": hit.path,
        "path_marks": hit.path_marks,
        "date": hit.date,
        "location": _place(hit.location),
        "snippets": [_snippet(snippet) for snippet in hit.snippets],
        "relaxed": hit.relaxed,
        "missing": hit.missing,
        "metadata": dict(hit.metadata),
        "numbers": dict(hit.numbers),
        "copies": hit.copies,
        "near_copies": hit.near_copies,
    }


def _snippet(snippet: Snippet) -> dict[str, object]:
    return {
        "text": snippet.text,
        "start": snippet.start,
        "marks": snippet.marks,
        "line": snippet.line,
        "place": _place(snippet.place),
    }


def _place(place: Place | None) -> dict[str, str] | None:
    return None if place is None else {"kind": place.kind, "label": place.label}


def _expansion(expansion: Expansion) -> dict[str, object]:
    return {"source": expansion.source, "target": expansion.target, "kind": expansion.kind, "weight": expansion.weight}


def _plain(value: object) -> object:
    """What JSON does not know, in metadata: a set or the like as a list, anything else as its text."""
    return sorted(map(str, value)) if isinstance(value, (set, frozenset)) else str(value)
