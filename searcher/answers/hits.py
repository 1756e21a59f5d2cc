"""How a match becomes a hit: its title and best passages, with marks, and where they stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from searcher.answers.copies import Values, copies_of, near_copies
from searcher.answers.longtexts import ENOUGH, LONG, WHOLE, Parts, articles_called, counted_in, parts_of
from searcher.answers.seeking import ANY, TELLING, WORDS, Commonness, commonness_in, sought_in
from searcher.engine import Handle, Match, Snapshot
from searcher.passages import snippets
from searcher.passages.filenames import file_name, stored_span
from searcher.passages.marking import found_in
from searcher.passages.snippets import Pattern
from searcher.plans.planning import Plan
from searcher.records.places import PackedLocations, line_at, place_at
from searcher.results import Hit, Mark, Place, Snippet, best_of
from searcher.text.folding import fold

PARTS = ("article", "chapter", "heading")
"""Kinds of places that a law is divided into."""


@dataclass(slots=True)
class HitMaker:
    """Makes the hits of one search; patterns are compiled once for all hits that hold the same terms literally.

    `values` gives what is stored with a document; `holding` says, for each term of the plan, how documents hold a run of it, if they do;
    `repeated` has those that may have copies, which are named; `near` those that a document stands for; `scattered` those whose terms stand
    far apart.
    """

    snapshot: Snapshot
    plan: Plan
    values: Values
    holding: Sequence[Mapping[Handle, str]]
    count: int
    width: int
    repeated: Collection[Handle]
    near: Mapping[Handle, Sequence[Handle]]
    scattered: Collection[Handle]
    _patterns: dict[tuple[tuple[str, ...], tuple[str, ...] | None, float], Pattern] = field(default_factory=dict)
    _commonness: Commonness = field(init=False)

    def __post_init__(self) -> None:
        self._commonness = commonness_in(self.snapshot)

    def hit(self, match: Match, rank: int, missing: tuple[str, ...] | None = None) -> Hit:
        """The hit of a match; `missing` says what a relaxed one lacks, None that it lacks nothing."""
        hit = self._hit(match, rank, missing, missing, TELLING)
        if self.count and self.plan.terms and not _is_marked(hit):
            return self._hit(match, rank, missing, None, 0.0)
        return hit

    def _hit(self, match: Match, rank: int, missing: tuple[str, ...] | None, lacking: tuple[str, ...] | None, telling: float) -> Hit:
        """The hit, with the marks that `pattern_for` says."""
        values, pattern = self.values(match.handle), self.pattern_for(match.handle, lacking, telling)
        titled = found_in(values["title"], pattern)
        whole = Parts(((0, WHOLE, self.count),), pattern, titled.literals)
        found = tuple(self._snippets(match.handle, values, whole, lacking, telling)) if self.count else ()
        best = best_of(found, values["title"], titled.marks) if values["locations"] else None
        return Hit(
            rank=rank,
            score=match.score,
            id=values["id"],
            title=values["title"],
            title_marks=titled.marks,
            path=values["path"],
            path_marks=_path_marks(values, pattern),
            date=values["date"],
            location=None if best is None else best.place,
            snippets=found,
            relaxed=missing is not None,
            missing=missing or (),
            scattered=match.handle in self.scattered,
            metadata={name: value if isinstance(value, str) else tuple(value) for name, value in values["metadata"].items()},
            numbers=values.get("numbers", {}),
            copies=copies_of(self.snapshot, values) if match.handle in self.repeated else (),
            near_copies=near_copies(self.values, match.handle, self.near.get(match.handle, ())),
            modified=values.get("modified"),
        )

    def pattern_for(self, handle: Handle, lacking: tuple[str, ...] | None, telling: float) -> Pattern:
        """What to mark in a document that lacks something; `telling`: how rare a word must be, as a share of the rarest."""
        held = tuple(holding.get(handle, WORDS) for holding in self.holding)
        if telling and all(held):
            telling = TELLING  # no word is marked: one pattern serves all
        key = held, lacking, telling
        if key not in self._patterns:
            folded = tuple(fold(text).text for text in lacking or ())
            wanted = sought_in(self.snapshot, self.plan.terms, held, self._commonness, lacking=folded, telling=telling)
            self._patterns[key] = snippets.pattern(wanted)
        return self._patterns[key]

    def _snippets(
        self, handle: Handle, values: Mapping[str, Any], whole: Parts, lacking: tuple[str, ...] | None, telling: float
    ) -> Iterator[Snippet]:
        plain = values.get("plain", False)
        if articles := self._cited(handle, values["locations"]):
            yield from self._openings(handle, values, whole.pattern, articles)
            return
        read = whole
        if (length := self.snapshot.text_length(handle)) >= LONG:
            pattern = whole.pattern if len(whole.pattern.literals) >= ENOUGH else self.pattern_for(handle, lacking, min(telling, ANY))
            said = whole.said if pattern is whole.pattern else found_in(values["title"], pattern).literals
            read = self._all(pattern, said) if length <= WHOLE else self._parts(handle, values, pattern, said, whole)
        for start, end, count in read.parts:
            text = self.snapshot.text(handle, start, end)
            breaks_before = partial(self._breaks_before, handle, values["lines"], start, text)
            for snippet in self._passages(text, values["title"], start, read, count, plain):
                yield _placed(snippet, values["locations"], breaks_before)

    def _all(self, pattern: Pattern, said: Set[int]) -> Parts:
        """All of a text that is long, but no longer than what is read whole."""
        return Parts(((0, WHOLE, self.count),), pattern, said, counted_in(pattern, self.width))

    def _parts(self, handle: Handle, values: Mapping[str, Any], pattern: Pattern, said: Set[int], whole: Parts) -> Parts:
        """What is read of a long text: its beginning, where that has a mark and only single characters are looked for, whose places are
        many."""
        single = all(len(literal.sought.text) == 1 for literal in pattern.literals)
        if single and snippets.marks(self.snapshot.text(handle, 0, WHOLE), pattern, plain=values.get("plain", False)):
            return whole
        return parts_of(self.snapshot, handle, pattern, said, values["locations"], self.count, self.width)

    def _cited(self, handle: Handle, locations: PackedLocations) -> list[int]:
        """Where the article begins that the query cites, in the law itself; nowhere in what cites it, too."""
        cited = self.plan.cited
        if cited is None or not self.snapshot.contains(handle, cited.law):
            return []
        return articles_called(cited.articles, locations)[: self.count]

    def _openings(self, handle: Handle, values: Mapping[str, Any], pattern: Pattern, articles: Sequence[int]) -> Iterator[Snippet]:
        """How articles begin, each up to where the next part of the law does."""
        locations, each = values["locations"], self.count if len(articles) == 1 else 1
        parts = sorted({start for kind in PARTS if kind in locations for start in locations[kind][0]})
        for start in articles:
            number = bisect_right(parts, start)
            end = parts[number] if number < len(parts) else self.snapshot.text_length(handle)
            text, breaks_before = self.snapshot.text(handle, start, end), partial(self._breaks_before, handle, values["lines"], end, "")
            for snippet in snippets.opening(text, pattern, start=start, count=each, width=self.width, plain=values.get("plain", False)):
                yield _placed(snippet, locations, breaks_before)

    def _breaks_before(self, handle: Handle, counted: Mapping[str, int], start: int, text: str, offset: int) -> int:
        """The line breaks before an offset: from the last block on that begins before it, fetched, if that is not the slice `text` from
        `start`.

        `counted`: those before each block.
        """
        if offset >= start and (not start or str(start) in counted):
            block, behind = start, text.count("\n", 0, offset - start)
        else:
            block = max((int(place) for place in counted if int(place) <= offset), default=0)
            behind = self.snapshot.text(handle, block, offset).count("\n")
        return (int(counted[str(block)]) if block else 0) + behind

    def _passages(self, text: str, title: str, start: int, read: Parts, count: int, plain: bool) -> tuple[Snippet, ...]:
        """The best passages of a slice; a title that the text begins with, on one line or more, but for the width of its spaces, is
        shown already, unless a match begins in it alone.
        """
        passages = partial(
            snippets.passages, pattern=read.pattern, count=count, width=self.width, plain=plain, said=read.said, counted=read.counted
        )
        first = text[: text.find("\n", len(title)) + 1]
        if start > 0 or not first or text[:1] != title[:1] or first.split() != title.split():
            return passages(text, start=start)
        behind = passages(text[len(first) - 1 :], start=len(first) - 1)
        if any(snippet.marks for snippet in behind):
            return behind
        whole = passages(text)
        return whole if not behind or any(snippet.marks for snippet in whole) else behind


def _is_marked(hit: Hit) -> bool:
    return bool(hit.title_marks or hit.path_marks or any(snippet.marks for snippet in hit.snippets))


def _path_marks(values: Mapping[str, Any], pattern: Pattern) -> tuple[Mark, ...]:
    """The marks in the name of the document's file, where it says something beside the title; the suffix counts only behind the name.

    Whether it does takes longer to say than whether there is a mark.
    """
    path = values["path"]
    if path is None or not (found := snippets.marks(name := file_name(path), pattern)):
        return ()
    begin, end = len(path) - len(name), stored_span(values)[1]
    return tuple((begin + start, begin + stop) for start, stop in found if begin + start < end)


def _placed(snippet: Snippet, locations: PackedLocations, breaks_before: Callable[[int], int]) -> Snippet:
    offset = snippet.start + (snippet.marks[0][0] if snippet.marks else 0)
    line = line_at(locations, offset, breaks_before)
    return Snippet(snippet.text, snippet.start, snippet.marks, line, _place(snippet, locations))


def _place(snippet: Snippet, locations: PackedLocations) -> Place | None:
    """Where most of what is marked stands: a passage may begin at the end of what stands before."""
    if not locations or not snippet.marks:
        return place_at(locations, snippet.start)
    if len(snippet.marks) == 1:
        return place_at(locations, snippet.start + snippet.marks[0][0])
    marked: dict[Place | None, int] = {}
    for start, end in snippet.marks:
        place = place_at(locations, snippet.start + start)
        marked[place] = marked.get(place, 0) + end - start
    return max(marked, key=lambda place: marked[place])
