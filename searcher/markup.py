"""How is a text with its marks written as HTML?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, pairwise


def as_html(text: str, marks: Sequence[tuple[int, int]] = (), *, tag: str = "mark") -> str:
    """A text for a web page: escaped, what is marked between tags. `marks` are those that came with it, ascending and disjoint.

    as_html("a<b 人臉識別", ((4, 8),))  →  "a&lt;b <mark>人臉識別</mark>"
    """
    from html import escape

    places = (0, *chain.from_iterable(marks), len(text))
    parts = [escape(text[start:end]) for start, end in pairwise(places)]
    return "".join(f"<{tag}>{part}</{tag}>" if number % 2 else part for number, part in enumerate(parts))
