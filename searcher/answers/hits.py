"""How a match becomes a hit: its title and best passages, with marks, and where they stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import partial
from heapq import nlargest, nsmallest
from typing import Any

from searcher.answers.copies import Values, copies_of, near_copies
from searcher.answers.seeking import TELLING, WORDS, Commonness, commonness_in, sought_in
from searcher.engine import Handle, Match, Snapshot
from searcher.passages import snippets
from searcher.passages.filenames import file_name, stored_span
from searcher.passages.marking import apart, found_in
from searcher.passages.snippets import Pattern, Sought
from searcher.plans.across import across
from searcher.plans.leaves import folded_run
from searcher.plans.planning import Plan
from searcher.records.places import PackedLocations, line_at, place_at
from searcher.results import Hit, Mark, Place, Snippet, best_of
from searcher.text import views
from searcher.text.folding import fold, fold_script

WHOLE = 20_000
"""Up to so many characters a text is read whole; of a longer one only the blocks that hold the best matches."""

MOST_TELLING = 12
"""By so many words, those that tell most, the blocks of a long text are chosen."""

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
    _patterns: dict[tuple[tuple[str, ...], tuple[str, ...] | None, bool], tuple[Pattern, tuple[Sought, ...]]] = field(default_factory=dict)
    _commonness: Commonness = field(init=False)

    def __post_init__(self) -> None:
        self._commonness = commonness_in(self.snapshot)

    def hit(self, match: Match, rank: int, missing: tuple[str, ...] | None = None) -> Hit:
        """The hit of a match; `missing` says what a relaxed one lacks, None that it lacks nothing."""
        hit = self._hit(match, rank, missing, *self.pattern_for(match.handle, missing))
        if self.count and self.plan.terms and not _is_marked(hit):
            return self._hit(match, rank, missing, *self.pattern_for(match.handle, every_word=True))
        return hit

    def _hit(self, match: Match, rank: int, missing: tuple[str, ...] | None, pattern: Pattern, wanted: Sequence[Sought]) -> Hit:
        values = self.values(match.handle)
        titled = found_in(values["title"], pattern)
        said = {literal for _, _, literal in titled.occurrences}
        found = tuple(self._snippets(match.handle, values, pattern, wanted, said)) if self.count else ()
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

    def pattern_for(
        self, handle: Handle, missing: tuple[str, ...] | None = None, *, every_word: bool = False
    ) -> tuple[Pattern, tuple[Sought, ...]]:
        """What to mark in a document; `every_word`: also words that tell little, of which it may hold nothing else."""
        held = tuple(holding.get(handle, WORDS) for holding in self.holding)
        key = held, missing, every_word
        if key not in self._patterns:
            lacking, telling = tuple(fold(text).text for text in missing or ()), 0.0 if every_word else TELLING
            wanted = sought_in(self.snapshot, self.plan.terms, held, self._commonness, lacking=lacking, telling=telling)
            self._patterns[key] = snippets.pattern(wanted), wanted
        return self._patterns[key]

    def _snippets(
        self, handle: Handle, values: Mapping[str, Any], pattern: Pattern, wanted: Sequence[Sought], said: Set[int]
    ) -> Iterator[Snippet]:
        plain = values.get("plain", False)
        if articles := self._cited(handle, values["locations"]):
            yield from self._openings(handle, values, pattern, articles)
            return
        slices = self._slices(handle, pattern, wanted, plain)
        each = self.count if len(slices) == 1 else 1
        for start, text in slices:
            breaks_before = partial(self._breaks_before, handle, values["lines"], start, text)
            for snippet in self._passages(text, values["title"], start, pattern, each, plain, said):
                yield _placed(snippet, values["locations"], breaks_before)

    def _cited(self, handle: Handle, locations: PackedLocations) -> list[int]:
        """Where the article begins that the query cites, in the law itself; nowhere in what cites it, too."""
        cited = self.plan.cited
        if cited is None or not self.snapshot.contains(handle, cited.law):
            return []
        return _articles(cited.articles, locations)[: self.count]

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
        """The line breaks before an offset: from the last block on that begins before it, in the slice `text` from `start`, or fetched.

        `counted`: those before each block.
        """
        if offset >= start:
            block, behind = start, text.count("\n", 0, offset - start)
        else:
            block = max((int(place) for place in counted if int(place) <= offset), default=0)
            behind = self.snapshot.text(handle, block, offset).count("\n")
        return (int(counted[str(block)]) if block else 0) + behind

    def _passages(
        self, text: str, title: str, start: int, pattern: Pattern, count: int, plain: bool, said: Set[int]
    ) -> tuple[Snippet, ...]:
        """The best passages of a slice; a title that is the first line of the text, but for the width of its spaces,
        is shown already, unless a match begins in it alone.
        """
        passages = partial(snippets.passages, pattern=pattern, count=count, width=self.width, plain=plain, said=said)
        first = text[: text.find("\n") + 1]
        if start > 0 or not first or text[:1] != title[:1] or first.split() != title.split():
            return passages(text, start=start)
        behind = passages(text[len(first) - 1 :], start=len(first) - 1)
        if any(snippet.marks for snippet in behind):
            return behind
        whole = passages(text)
        return whole if not behind or any(snippet.marks for snippet in whole) else behind

    def _slices(self, handle: Handle, pattern: Pattern, wanted: Sequence[Sought], plain: bool) -> list[tuple[int, str]]:
        """The parts of the text to look for passages in, with their start offsets, ascending."""
        words = [item for item in wanted if len(item.text) > 1]
        if not words or self.snapshot.text_length(handle) <= WHOLE:
            beginning = self.snapshot.text(handle, 0, WHOLE)
            # The places of a character that stands everywhere are many.
            if len(beginning) < WHOLE or snippets.marks(beginning, pattern, plain=plain):
                return [(0, beginning)]
        blocks = self._best_blocks(handle, words or wanted, self.values(handle)["locations"]) or [(0, WHOLE)]
        return [(start, self.snapshot.text(handle, start, end)) for start, end in blocks]

    def _best_blocks(self, handle: Handle, wanted: Sequence[Sought], locations: PackedLocations) -> list[tuple[int, int]]:
        """The stored blocks that hold what tells most, of the most telling words, ascending. An article that is called like a word counts
        as much as two more: others name it only."""
        held: dict[tuple[int, int], dict[int, float]] = {}
        for item in nlargest(MOST_TELLING, wanted, key=lambda item: item.weight):
            leaf = (across if item.across else folded_run)(fold(item.text).text, (views.TEXT_GRAMS,))
            for block in () if leaf is None else self.snapshot.blocks_with(handle, leaf, views.TEXT_GRAMS):
                held.setdefault(block, {})[item.term] = item.weight
        for start in _called(locations, wanted):
            for block in filter(lambda block: block[0] <= start < block[1], held):
                held[block][-1] = 2 * max(held[block].values())
        return list(apart(sorted(nsmallest(self.count, held, key=lambda block: (-sum(held[block].values()), block)))))


def _called(locations: PackedLocations, wanted: Sequence[Sought]) -> list[int]:
    """Where the articles begin that are called like something that is looked for: 第184條."""
    return _articles({fold(item.text).text for item in wanted if item.text.startswith("第")}, locations)


def _articles(names: Collection[str], locations: PackedLocations) -> list[int]:
    """Where the articles begin that have one of these folded names."""
    if not names or "article" not in locations:
        return []
    starts, labels = locations["article"]
    return [start for start, label in zip(starts, fold_script("\n".join(labels)).split("\n"), strict=True) if label in names]


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
