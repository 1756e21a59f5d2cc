"""For a program: JSON lines, each with a `type`; of a search first the results, then every hit.

    {"type": "results", "version": 7, "query": …, "total": …, "complete": …, "scattered": …, "folded": …, "relaxed": …, "expansions": […],
     "suggestions": […], "notices": […], "took_ms": …}
    {"type": "hit", "rank": 1, "score": …, "id": …, "title": …, "title_marks": [[0, 4]], "path": …, "path_marks": [], "date": …,
     "location": …, "snippets": [{"text": …, "start": …, "marks": [[3, 7]], "line": …, "place": {"kind": "page", "label": "37"}}],
     "relaxed": …, "missing": […], "scattered": …, "metadata": {…}, "numbers": {…}, "copies": […], "near_copies": […],
     "modified": …}

All are the fields of the library's dataclasses, in their order, and so is whatever else is told, as one object with `type` and `version`.
Offsets count characters (code points), from 0, half open.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from searcher.printer.visible import escaped_json
from searcher.results import Results

VERSION = 7


def lines(results: Results) -> Iterator[str]:
    """One line for the results, then one for each hit."""
    told = fields_of(results)
    del told["hits"]
    yield object_line("results", {**told, "took_ms": round(results.took_ms, 3)})
    yield from hit_lines(results)


def hit_lines(results: Results) -> Iterator[str]:
    """One line for every hit."""
    for hit in results:
        yield line({"type": "hit", **fields_of(hit), "score": round(hit.score, 6)})


def object_line(kind: str, told: Any) -> str:
    """A dataclass, or a dict of fields, on one line: its fields behind `type` and `version`."""
    return line({"type": kind, "version": VERSION, **(told if isinstance(told, dict) else fields_of(told))})


def line(value: dict[str, object]) -> str:
    """One JSON object on one line, Han characters as themselves, nothing in it that steers a terminal."""
    return escaped_json(json.dumps(value, ensure_ascii=False, default=_plain))


def fields_of(value: Any) -> dict[str, Any]:
    """The fields of a dataclass, in their order."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _plain(value: object) -> object:
    """What JSON does not know: a dataclass as its fields; in metadata a set or the like as a list, anything else as its text."""
    if is_dataclass(value):
        return fields_of(value)
    return sorted(map(str, value)) if isinstance(value, (set, frozenset)) else str(value)
