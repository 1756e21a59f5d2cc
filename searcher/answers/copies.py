"""Documents of the same text, or nearly, are one hit: the first of them stands for the others, which are named with it.

Texts are nearly the same, by their sketches, that have some four fifths of their pairs of characters in common: the versions of a law, an
article under another header, a page in two scripts. They are folded only within `WINDOW` places of one another, and only inside a tier:
what is called as the query says, or has what was surely meant, stands for no document that is not, or has not. A text of more than a
million characters has no sketch, nor has a document with numbers of its own: goods that are described alike are not the same. Whether a
document is a hit depends only on what stands before it, so that pages of any length fit together.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from searcher.engine import Handle, Keyword, Match, Matches, Request, Snapshot
from searcher.frozen import frozen
from searcher.records.kept import values_in
from searcher.text.views import SKETCH, keyword

Values = Callable[[Handle], Mapping[str, Any]]
"""Gives what was stored with a document."""

WINDOW = 50
"""A document is folded into one that stands no more places above it."""

SPARE = 20
"""So many documents are asked for beyond those that are wanted: as a rule no more than that are copies, and one request is enough."""

NEAR = 6
"""Texts are nearly the same where no more of the 64 bits of their sketches differ."""


@frozen
class Distinct:
    """The matches of a page, `found`, and those that each stands for because their texts are nearly its own, in order.

    `found.total` counts every document; `folded` those which others stand for, from the first match of all to the last of the page.
    """

    found: Matches
    near: Mapping[Handle, tuple[Handle, ...]] = field(default_factory=dict)
    folded: int = 0


def distinct(snapshot: Snapshot, values: Values, request: Request, limit: int, offset: int) -> Distinct:
    """The documents that answer a request, without those that another one stands for."""
    wanted = asked = offset + limit
    while True:
        found = snapshot.search(request, limit=asked, beyond=WINDOW + SPARE)
        handles = [match.handle for match in found.matches]
        folding = _Folding(found.matches, wanted)
        folding.fold(snapshot.near_pairs(handles, SKETCH, NEAR, WINDOW), may_have_copies(snapshot, handles), values)
        ended = len(found.matches) < asked + WINDOW + SPARE  # with the tier of the last: none behind it is folded into one of these
        if len(found.matches) < asked or (len(folding.kept) == wanted and (ended or folding.last < asked + SPARE)):
            return folding.page(found, offset)
        asked *= 2


def may_have_copies(snapshot: Snapshot, handles: Sequence[Handle]) -> frozenset[Handle]:
    """Which documents may have copies: few have the sketch of another, and only for these it is worth while to look."""
    return snapshot.repeated(handles, SKETCH)


def copies_of(snapshot: Snapshot, values: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of the other documents with the text of this one."""
    id, digest = values["id"], values["digest"]
    same = Keyword(keyword("digest", digest))
    if snapshot.matching(same) < 2:
        return ()
    others = (values_in(snapshot, match.handle) for match in snapshot.search(Request(same), limit=None).matches)
    return tuple(_name_of(other) for other in others if other["id"] != id)


def near_copies(values: Values, handle: Handle, near: Sequence[Handle]) -> tuple[str, ...]:
    """The names of those that are no copies of the first, but nearly."""
    if not near:
        return ()
    digest = values(handle)["digest"]
    return tuple(_name_of(values(other)) for other in near if values(other)["digest"] != digest)


def _is_packed(values: Mapping[str, Any]) -> bool:
    """Whether a document lies in an archive: notes.zip!/a.txt."""
    return "!/" in _name_of(values)


def _name_of(values: Mapping[str, Any]) -> str:
    """The path, of one of several documents in a file with its number: poems.json#12; else the id."""
    id, path = str(values["id"]), values["path"]
    return id if path is None or id.startswith(f"{path}#") else str(path)


class _Folding:
    """Goes through matches in their order, until `wanted` of them stand for themselves and all that these stand for is known."""

    def __init__(self, matches: Sequence[Match], wanted: int) -> None:
        self.matches, self.wanted = matches, wanted
        self.kept: list[int] = []
        self.near: dict[int, list[int]] = {}
        self.faces: dict[int, int] = {}
        self.folded = 0
        self._digests: set[str] = set()

    @property
    def last(self) -> int:
        """The place of the last match that stands for itself."""
        return self.kept[-1] if self.kept else -1

    def fold(self, pairs: Sequence[tuple[int, int]], repeated: Container[Handle], values: Values) -> None:
        """`pairs` of places that are alike, ascending by the second; `repeated`: what may have the text of another."""
        above: dict[int, list[int]] = {}
        for first, second in pairs:
            if self.matches[first].tier == self.matches[second].tier:
                above.setdefault(second, []).append(first)
        for place in range(len(self.matches)):
            like = next((first for first in above[place] if first in self.near), None) if place in above else None
            if like is not None:
                self.near[like].append(place)
                self.folded += 1
                self._put_forward(like, place, values)
            elif len(self.kept) < self.wanted:
                handle = self.matches[place].handle  # of most, nothing is read: ten thousand may stand above a page
                self._stand_alone(place, values(handle)["digest"] if handle in repeated else None)

    def page(self, found: Matches, offset: int) -> Distinct:
        """The matches that stand for themselves from the `offset`-th on, with those that each stands for."""
        shown = self.kept[offset:]
        return Distinct(
            found=replace(found, matches=tuple(map(self._face, shown))),
            near={self._face(place).handle: tuple(self._others(place)) for place in shown if self.near[place]},
            folded=self.folded,
        )

    def _face(self, place: int) -> Match:
        """What is shown of a match and those that it stands for."""
        match = self.matches[place]
        return replace(match, handle=self.matches[self.faces[place]].handle) if place in self.faces else match

    def _others(self, place: int) -> Iterator[Handle]:
        return (self.matches[other].handle for other in (place, *self.near[place]) if other != self.faces.get(place, place))

    def _put_forward(self, kept: int, place: int, values: Values) -> None:
        """The first copy that is a file of its own is shown in the place of one in an archive, which no program opens."""
        own = values(self.matches[kept].handle)
        if kept in self.faces or not _is_packed(own):
            return
        other = values(self.matches[place].handle)
        if own["digest"] == other["digest"] and not _is_packed(other):
            self.faces[kept] = place

    def _stand_alone(self, place: int, digest: str | None) -> None:
        """A match that is like none above it, unless its text is that of one far above."""
        if digest is not None:
            if digest in self._digests:
                self.folded += 1
                return
            self._digests.add(digest)
        self.kept.append(place)
        self.near[place] = []
