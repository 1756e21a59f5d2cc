"""Which lines have to be told."""

from __future__ import annotations

from searcher.documents import Location
from searcher.documents.places import needed_lines
from tests.patience import no_hang


def test_lines_that_follow_from_the_one_before_are_left_out() -> None:
    text = "a\nb\nc\n\nd"
    places = [
        Location(0, "line", "1"),
        Location(2, "line", "2"),
        Location(2, "heading", "b"),
        Location(4, "line", "4"),
        Location(7, "line", "6"),
    ]
    assert [(place.start, place.label) for place in needed_lines(text, places)] == [(0, "1"), (2, "b"), (4, "4")]


def test_many_lines_take_linear_time() -> None:
    with no_hang():
        assert len(needed_lines("ab\n" * 100_000, (Location(3 * line, "line", str(line + 1)) for line in range(100_000)))) == 1
