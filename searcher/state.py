"""What is remembered between runs: the hits of the last search, by their numbers.

It is one small JSON file in the state folder, readable by its owner alone:

    {"version": 1, "index": "/home/me/index", "query": "商湯科技", "first": 1, "ids": ["/home/me/a.txt", …], "places": [8120, …]}
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

from searcher.frozen import frozen
from searcher.results import Hit, begin_of

VERSION = 1
FILE = "last-search.json"


@frozen
class LastSearch:
    """The query that was asked last, of which index, and the ids of its hits: `ids[0]` has the number `first`.

    `places`: where in each text the best passage begins, as far as that is known.
    """

    index: str
    query: str
    ids: tuple[str, ...]
    first: int = 1
    places: tuple[int, ...] = ()

    @classmethod
    def of(cls, index: Path, query: str, hits: Sequence[Hit]) -> LastSearch:
        """The last search, from hits whose ranks follow one another."""
        return cls(str(index), query, tuple(hit.id for hit in hits), hits[0].rank, tuple(map(begin_of, hits)))

    @property
    def last(self) -> int:
        """The number of the last of its hits."""
        return self.first + len(self.ids) - 1

    def id(self, number: int) -> str | None:
        """The document behind a number, None where there is none."""
        return self.ids[number - self.first] if self.first <= number <= self.last else None

    def place(self, number: int) -> int:
        """Where to begin to read the document behind a number: at its best passage, else at the beginning."""
        return self.places[number - self.first] if self.first <= number < self.first + len(self.places) else 0


def remember(last: LastSearch, folder: Path) -> None:
    """Keep the last search; a reader sees the old one or the new one, never half of it."""
    content = {"version": VERSION, **asdict(last)}
    fresh = folder / f"{FILE}.{os.getpid()}"
    try:
        with _open_private(fresh) as file:
            json.dump(content, file)
        fresh.replace(folder / FILE)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def recall(folder: Path) -> LastSearch | None:
    """The last search, None where there was none or what is there cannot be read as one."""
    try:
        content = json.loads((folder / FILE).read_bytes())
        if content["version"] != VERSION:
            return None
        ids, places = tuple(map(str, content["ids"])), tuple(map(int, content.get("places", ())))
        return LastSearch(str(content["index"]), str(content["query"]), ids, int(content["first"]), places)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _open_private(path: Path) -> TextIO:
    """A new or emptied file that only its owner can read, open for writing text."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    return os.fdopen(descriptor, "w", encoding="utf-8")
