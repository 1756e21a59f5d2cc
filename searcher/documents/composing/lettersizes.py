"""What stands out on a page: its largest letters, which are its title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby

from searcher.documents.description.titles import names_section

_LARGE = 1.2  # of letters that stand out, in the size that most letters have
_ALIKE = 0.9  # of the largest ones: 認識 over 硬脊膜外自控式減痛
_SHORTEST, _MOST_LINES = 4, 4  # letters and lines of what stands out
_LONGEST = 160  # columns: a Han character takes two
_WIDE = "\u2e80"  # and behind it


def largest(pieces: Iterable[tuple[str, float]], besides: str | None = None) -> str | None:
    """The text in the largest letters, of pieces of a page in their order, each with its size; None where none are larger than most.

    Initials, numbers, headings that any paper has (Abstract) and what is scattered over the page are not meant, nor what is told `besides`.
    """
    found = [(" ".join(text.split()), round(size, 1)) for text, size in pieces]
    sizes: Counter[float] = Counter()
    for text, size in found:
        sizes[size] += len(text)
    usual, _ = max(sizes.items(), key=lambda size: size[1], default=(0.0, 0))
    for size in sorted(sizes, reverse=True):
        if size < _LARGE * usual:
            return None
        if title := _together(found, _ALIKE * size, besides):
            return title
    return None


def _together(pieces: Iterable[tuple[str, float]], least: float, besides: str | None) -> str | None:
    """The first lines one behind the other that are so large, if they can be a title."""
    for is_large, lines in groupby((piece for piece in pieces if piece[0]), lambda piece: piece[1] >= least):
        texts = [text for text, _ in lines]
        text = " ".join(texts)
        if is_large and len(texts) <= _MOST_LINES and text != besides and _can_be_title(text):
            return text
    return None


def _can_be_title(text: str) -> bool:
    columns = len(text) + sum(character >= _WIDE for character in text)
    return sum(map(str.isalpha, text)) >= _SHORTEST and columns <= _LONGEST and not names_section(text)
