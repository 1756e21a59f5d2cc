"""Which names in titles may a short form be meant for: 國賠法 for 國家賠償法?"""

from __future__ import annotations

from collections.abc import Iterator

from searcher.engine import AllOf, Prefix, Request, Snapshot
from searcher.records.kept import values_in
from searcher.text import segmentation, views
from searcher.text.folding import fold

LONGEST_SHORT = 6
"""Characters of a short form; a longer one is no shorter than most names."""

LONGER = 4
"""A name has no more than so many times the characters of its short form."""

ASKED = 200
"""So many titles that have all of its characters are looked at."""


def names_for(snapshot: Snapshot, folded: str) -> list[str]:
    """The names in titles that have the characters of a folded text, in their order, among others; the shortest first."""
    wanted = AllOf(tuple(Prefix((views.TITLE_GRAMS,), character) for character in folded))
    titles = (fold(values_in(snapshot, match.handle)["title"]).text for match in snapshot.search(Request(wanted), limit=ASKED).matches)
    found = {name for title in titles for name in _names_in(title, folded)}
    return sorted(found, key=lambda name: (len(name), name))


def _names_in(title: str, short: str) -> Iterator[str]:
    """From where a word begins with the first character to the end of the word with the last one: two characters more, at least."""
    words = [(start, end) for _, start, end in segmentation.word_spans(title)]
    for start in sorted({start for start, _ in words if title[start] == short[0]}):
        last = start
        for character in short[1:]:
            last = title.find(character, last + 1)
            if last < 0:
                return
        end = max((end for first, end in words if first <= last < end), default=last + 1)
        if len(short) + 1 < end - start <= LONGER * len(short):
            yield title[start:end]
