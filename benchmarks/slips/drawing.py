"""Queries are drawn from documents: words, names and phrases as they stand there, alone, beside another word, and in questions."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from searcher.text.dictionary import default_dictionary
from searcher.text.folding import fold
from searcher.text.segmentation import word_spans

HAN = re.compile("[\u4e00-\u9fff]+")
NAMED = re.compile("[《「“]([\u4e00-\u9fff]{3,8})[》」”]")
LETTERS = re.compile("(?<![A-Za-z0-9_.-])[A-Za-z]{5,12}(?![A-Za-z0-9_.-])")

LONGEST_LINE = 200
"""Characters; of longer lines the beginning is taken."""

TRIES = 10
"""Lines of a document that are tried before the next one is."""

EMPTY = frozenset(
    "一个 这个 那个 这些 那些 可以 如果 但是 因为 所以 就是 没有 我们 你们 他们 自己 什么 怎么 以及 或者 还是 不是 已经 进行 需要 其他 "
    "第一 第二 一种 不会 不能 例如 下列 各款 前项 之一 而且 并且 只是 这样 那么 为了".split()
)
"""Folded words that nobody asks for."""

QUESTIONS = (
    *("什么是{}", "{}是什么意思", "{}怎么办", "{}有哪些", "如何办理{}", "怎么设置{}", "{}有什么用", "为什么要{}", "{} 多少"),
    "{}和别的有什么区别",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, and the term in it that may be mistyped; `frame` has {} in the place of that."""

    shape: str
    frame: str
    term: str

    @property
    def text(self) -> str:
        return self.frame.format(self.term)


def draw(texts: Sequence[tuple[str, str]], each: int) -> Iterator[Asked]:
    """So many queries of each shape from titles and texts, each term once: the same every time."""
    for shape, drawn in SHAPES.items():
        chosen, seen = random.Random(shape), set[str]()
        for number in chosen.sample(range(len(texts)), len(texts)):
            if len(seen) == each:
                break
            asked = drawn(chosen, *texts[number])
            if asked is not None and fold(asked[1]).text not in seen:
                seen.add(fold(asked[1]).text)
                yield Asked(shape, *asked)


Drawn = Callable[[random.Random, str, str], "tuple[str, str] | None"]
"""A frame and a term of a document's title and text; None where it has none."""


def _word(chosen: random.Random, title: str, text: str) -> tuple[str, str] | None:
    words = _words(_line(chosen, text))
    return ("{}", chosen.choice(words)) if words else None


def _phrase(chosen: random.Random, title: str, text: str) -> tuple[str, str] | None:
    """Two words that stand side by side."""
    for _ in range(TRIES):
        line = _line(chosen, text)
        words = _placed_words(line)
        pairs = [line[start:end] for (start, middle), (other, end) in pairwise(words) if middle == other]
        if pairs:
            return "{}", chosen.choice(pairs)
    return None


def _name(chosen: random.Random, title: str, text: str) -> tuple[str, str] | None:
    """What stands between marks, or is a short title: mostly no word of any dictionary."""
    names = [title] if 3 <= len(title) <= 8 and HAN.fullmatch(title) else NAMED.findall(text)
    return ("{}", chosen.choice(names)) if names else None


def _two(chosen: random.Random, title: str, text: str) -> tuple[str, str] | None:
    """A phrase or a word, beside another word of its line."""
    words = _words(line := _line(chosen, text))
    found = chosen.choice((_phrase, _word))(chosen, title, line) if words else None
    others = [word for word in words if found and word not in found[1]]
    frame = chosen.choice(("{{}} {}", "{} {{}}"))
    return (frame.format(chosen.choice(others)), found[1]) if found and others else None


def _question(chosen: random.Random, title: str, text: str) -> tuple[str, str] | None:
    found = chosen.choice((_word, _phrase, _name))(chosen, title, text)
    return (chosen.choice(QUESTIONS), found[1]) if found else None


def _latin(chosen: random.Random, title: str, text: str) -> tuple[str, str] | None:
    words = LETTERS.findall(text)
    return ("{}", chosen.choice(words)) if words else None


def _latin_and_word(chosen: random.Random, title: str, text: str) -> tuple[str, str] | None:
    found, words = _latin(chosen, title, text), _words(_line(chosen, text))
    return (f"{{}} {chosen.choice(words)}", found[1]) if found and words else None


SHAPES: dict[str, Drawn] = {
    "a word": _word,
    "two words as one": _phrase,
    "a name": _name,
    "two terms": _two,
    "a question": _question,
    "letters": _latin,
    "letters and a word": _latin_and_word,
}
"""What a query consists of."""


def _line(chosen: random.Random, text: str) -> str:
    """A line that has Han characters, if one of some has."""
    lines = [line for line in text.split("\n") if line.strip()]
    found = (chosen.choice(lines)[:LONGEST_LINE] for _ in range(TRIES)) if lines else iter(())
    return next((line for line in found if HAN.search(line)), "")


def _words(line: str) -> list[str]:
    return [line[start:end] for start, end in _placed_words(line)]


def _placed_words(line: str) -> list[tuple[int, int]]:
    """Where a line has words of the dictionary, of two to four Han characters, that tell something."""
    folded = fold(line)
    found = [(start, end) for word, start, end in word_spans(folded.text) if 2 <= len(word) <= 4 and _tells(word)]
    outer = [one for one in found if not any(other != one and other[0] <= one[0] and one[1] <= other[1] for other in found)]
    return [folded.original(*span) for span in outer]


def _tells(word: str) -> bool:
    return bool(HAN.fullmatch(word)) and word not in EMPTY and default_dictionary().frequency(word) > 0
