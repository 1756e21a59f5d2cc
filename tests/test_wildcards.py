"""Words with letters left open stand where the obvious regular expression says, which takes for ever."""

from __future__ import annotations

import re

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from searcher.passages.literals import Sought
from searcher.passages.marking import marks, pattern
from searcher.passages.wildcards import wildcard_places
from searcher.text.characters import DIGIT, LETTER
from tests.patience import no_hang

TEXTS = st.text("abc1汤,- ", max_size=30)
PATTERNS = st.lists(st.sampled_from([*"ab1汤-", *"**"]), min_size=1, max_size=8).map("".join)


@settings(max_examples=2000)
@given(TEXTS, PATTERNS)
@example("abcbab", "*b")
@example("ab-cd ab-c-d", "a*-*d")
@example("aab汤ab", "a*b汤*b")
def test_it_stands_where_the_regular_expression_says(text: str, wanted: str) -> None:
    assume(wanted.strip("*"))
    expression = re.compile(f"[{LETTER}{DIGIT}]*".join(map(re.escape, wanted.split("*"))))
    assert list(wildcard_places(text, wanted)) == [match.span() for match in expression.finditer(text)]


def test_many_stars_in_a_long_word_take_no_time() -> None:
    for wanted in ("a*" * 20 + "b", "*a*a*b", "*b*a*b"):
        with no_hang():
            assert not marks("a" * 50_000, pattern([Sought(wanted, 0, wildcard=True)]))
