"""Words are found in folded text: jieba's for Han, names and numbers as people write them for the rest.

Han is cut as by jieba's search mode without its hidden Markov model, each word and before it the shorter words within it, but for those
that the word is not made of: 仲裁员 holds 仲裁, and no 裁员.
Everything else is a *whole*, letters and digits with what joins them; one of several parts gives its parts too:

    全国人民    → 全国, 人民, 全国人民
    5g          → 5g, 5, g
    covid-19    → covid-19, covid, 19
    c++, 5%     → c++, 5%

Three engines cut alike: the mapped dictionary, for which nothing is loaded; rjieba, for bulk; jieba, where there is no rjieba.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from itertools import accumulate, chain, combinations
from math import log
from re import Pattern
from typing import Any

from searcher.text.characters import DIGIT, JOINER, LETTER, UNSPACED
from searcher.text.dictionary import Dictionary, default_dictionary, most_probable
from searcher.text.patterns import late_pattern
from searcher.text.usual import PLAIN_HAN, PLAIN_LETTER, SEGMENTED, is_plain, is_short_run, plain_words

WORDS_VERSION = "4"
"""Raised when the same folded text would give other words of the same dictionary."""

LONGEST_WHOLE = 64  # characters; beyond it, only the parts: it is an address or data, no name
LONGEST_PART = 200  # characters of an atom; more of them are data, and go on in the next

WORTH_LOADING = 20_000
"""Characters to cut at which loading a segmenter (0.3 s) pays."""

MOST_KNOWN = 1 << 16
"""So many words are remembered with the shorter ones in them; 100,000 different ones stand in no text of less than some 100 MB."""

ALIKE = 2.5
"""One in twelve: a word is made in another way as well where that is no less probable by more, as a logarithm."""

Cutter = Callable[[str], "list[str]"]
"""Runs of Han characters, a space between two, to search-mode words: to cut many at once takes less than half of the time."""


class _Loaded(dict[str, int]):
    """The words of a dictionary with their frequencies, in memory: to look a word up there takes a tenth of the time."""

    def __init__(self, dictionary: Dictionary) -> None:
        super().__init__(dictionary.items())
        self.total = dictionary.total

    def frequency(self, word: str) -> int:
        return self.get(word, 0)

    def cut(self, text: str) -> list[str]:
        return most_probable(text, self.words_from, self.total)

    def words_from(self, text: str, start: int) -> list[tuple[int, int]]:
        return [(end, self[text[start:end]]) for end in range(start + 1, len(text) + 1) if text[start:end] in self]


AnyDictionary = Dictionary | _Loaded
"""Mapped or in memory."""


def words(folded: str, dictionary: Dictionary | None = None) -> list[str]:
    """The words of folded text, in order; those inside a longer word stand before it."""
    return words_by(_segmenter(dictionary or default_dictionary()).cutter(len(folded)), folded)


def few_words(folded: str) -> list[str]:
    """The words of what a user typed: however much that is in all, no query waits until a faster segmenter is loaded."""
    return words_by(mapped_cutter(default_dictionary()), folded)


def words_by(cut: Cutter, folded: str) -> list[str]:
    """The words of folded text, with Han cut by `cut`."""
    if is_short_run(folded):
        return list(cut(folded))
    if english := plain_words(folded):
        return english
    found: list[str] = []
    runs: list[str] = []
    for run, single, whole in _word_pattern(plain=is_plain(folded)).findall(folded):
        if run:
            runs.append(run)
            continue
        if runs:
            found += cut(" ".join(runs))
            runs.clear()
        if single:
            found.append(single)
        else:
            found += _with_parts(whole) if len(whole) <= LONGEST_WHOLE else _part_pattern().findall(whole)
    return found + cut(" ".join(runs)) if runs else found


def word_spans(folded: str, dictionary: Dictionary | None = None) -> list[tuple[str, int, int]]:
    """The words of folded text with where they stand: offsets into `folded`, half open. For short texts: 5 µs a character."""
    dictionary = dictionary or default_dictionary()
    if is_short_run(folded):
        return [(folded[start:end], start, end) for start, end in _run_spans(folded, dictionary)]
    found: list[tuple[str, int, int]] = []
    for match in _word_pattern(plain=is_plain(folded)).finditer(folded):
        start = match.start()
        spans = _run_spans(match[0], dictionary) if match[1] else _whole_spans(match[0])
        found.extend((match[0][low:high], start + low, start + high) for low, high in spans)
    return found


def mapped_cutter(dictionary: Dictionary) -> Cutter:
    """Cuts by the mapped dictionary: slow, but at once."""

    def search_words(runs: str) -> list[str]:
        return [run[start:end] for run in runs.split() for start, end in _run_spans(run, dictionary)]

    return search_words


def rjieba_cutter(dictionary: Dictionary) -> Cutter:
    """Cuts by rjieba, fed with our words. ImportError where it is not installed."""
    segmenter = _rjieba_class().empty()
    add_word = segmenter.add_word
    loaded = _Loaded(dictionary)
    for word, frequency in loaded.items():
        add_word(word, frequency, None)
    cut, known = segmenter.cut, _SearchWords(loaded)
    return lambda runs: list(chain.from_iterable(map(known.__getitem__, cut(runs, False))))


def jieba_cutter(dictionary: Dictionary) -> Cutter:
    """Cuts by jieba, whose tables are set from here: left to itself it would log, and trust a file in a shared folder."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its source has old escapes, and it imports the outdated pkg_resources
        import jieba
    tokenizer = jieba.Tokenizer()
    loaded = _Loaded(dictionary)
    tokenizer.FREQ = _with_beginnings(loaded)
    tokenizer.total = dictionary.total
    tokenizer.initialized = True

    known = _SearchWords(loaded)
    return lambda runs: list(chain.from_iterable(map(known.__getitem__, tokenizer.cut(runs, HMM=False))))


class _SearchWords(dict[str, tuple[str, ...]]):
    """The search-mode words of each word that was asked for; a text says few words many times. A space has none."""

    def __init__(self, dictionary: _Loaded) -> None:
        super().__init__(_NONE)
        self._dictionary = dictionary

    def __missing__(self, word: str) -> tuple[str, ...]:
        if len(self) >= MOST_KNOWN:
            self.clear()
            self.update(_NONE)
        found = self[word] = (word,) if len(word) < 3 else tuple(word[low:high] for low, high in _spans_within(word, self._dictionary))
        return found


_NONE: dict[str, tuple[str, ...]] = {" ": ()}


class _Segmenter:
    """The engine for one dictionary: the mapped one, until so much has been cut that a faster one pays."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self._cut = mapped_cutter(dictionary)
        self._left = WORTH_LOADING

    def cutter(self, length: int) -> Cutter:
        """The engine to cut the next `length` characters with."""
        if self._left > 0:
            self._left -= length
            if self._left <= 0:
                self._cut = _fast_cutter(self._dictionary)
        return self._cut


_segmenter = lru_cache(maxsize=4)(_Segmenter)


def _fast_cutter(dictionary: Dictionary) -> Cutter:
    try:
        return rjieba_cutter(dictionary)
    except ImportError:
        return jieba_cutter(dictionary)


def _rjieba_class() -> Any:
    """rjieba's class without its package, which on import builds a dictionary of its own: 0.2 s and 60 MB."""
    package = find_spec("rjieba")
    if package is None:
        raise ImportError("rjieba is not installed")
    name = "rjieba.rjieba"
    if name not in sys.modules:
        spec = PathFinder.find_spec(name, package.submodule_search_locations)
        if spec is None or spec.loader is None:
            raise ImportError("rjieba has no compiled module")
        module = module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name].Jieba


def _with_beginnings(words: Mapping[str, int]) -> dict[str, int]:
    """jieba's table: the words, and with frequency 0 whatever a word begins with."""
    frequencies = dict(words)
    for word in list(frequencies):
        for end in range(len(word) - 1, 0, -1):
            frequencies.setdefault(word[:end], 0)
    return frequencies


def made_of(word: str, dictionary: AnyDictionary | None = None) -> tuple[str, ...]:
    """The shorter words, one behind the other, that a word is most probably made of."""
    dictionary = dictionary or default_dictionary()

    def shorter(text: str, at: int) -> list[tuple[int, int]]:
        return [(end, frequency) for end, frequency in dictionary.words_from(text, at) if end - at < len(text)]

    return tuple(most_probable(word, shorter, dictionary.total))


def _run_spans(run: str, dictionary: Dictionary) -> list[tuple[int, int]]:
    """Where the search-mode words of `run` stand in it."""
    spans = []
    start = 0
    for word in dictionary.cut(run):
        spans += [(start + low, start + high) for low, high in _search_spans(word, dictionary)]
        start += len(word)
    return spans


@lru_cache(maxsize=1 << 14)
def _search_spans(word: str, dictionary: Dictionary) -> list[tuple[int, int]]:
    """Where the search-mode words of one word stand in it."""
    return _spans_within(word, dictionary)


def _spans_within(word: str, dictionary: AnyDictionary) -> list[tuple[int, int]]:
    """Where in one word the words of two, then of three characters stand, without those across what it is made of; then the word itself."""
    inner = [span for length in (2, 3) for span in _words_in(word, length, dictionary)]
    if any(_cross(one, other) for one, other in combinations(inner, 2)):
        strangers = set(_strangers(word, inner, dictionary))
        inner = [span for span in inner if span not in strangers]
    return [*inner, (0, len(word))]


def _words_in(word: str, length: int, dictionary: AnyDictionary) -> Iterator[tuple[int, int]]:
    """Where shorter words of a length stand in a word."""
    if length < len(word):
        spans = ((low, low + length) for low in range(len(word) - length + 1))
        yield from (span for span in spans if dictionary.frequency(word[slice(*span)]))


def _strangers(word: str, inner: Sequence[tuple[int, int]], dictionary: AnyDictionary) -> Iterator[tuple[int, int]]:
    """The shorter words in a word that stand across what it is made of, or across what a part of it is made of: 裁员 in 仲裁员.

    A word may be made in two ways that are nearly as probable, and then is made in both: 粉红, 色 and 粉, 红色.
    """
    made = made_of(word, dictionary)
    ends = list(accumulate(map(len, made)))
    parts = list(zip([0, *ends], ends, strict=False))
    for span in inner:
        if any(_cross(span, part) for part in parts) and not _is_alike(word, span, made, dictionary):
            yield span
    for start, end in parts:
        within = [(low - start, high - start) for low, high in inner if start <= low < high <= end and high - low < end - start]
        if len(within) > 1:
            yield from ((low + start, high + start) for low, high in _strangers(word[start:end], within, dictionary))


def _is_alike(word: str, span: tuple[int, int], made: Sequence[str], dictionary: AnyDictionary) -> bool:
    """Whether a word is nearly as probably made of other words, one of which stands there."""
    start, end = span
    otherwise = (*dictionary.cut(word[:start]), word[start:end], *dictionary.cut(word[end:]))
    return _likelihood(made, dictionary) - _likelihood(otherwise, dictionary) < ALIKE


def _likelihood(words: Sequence[str], dictionary: AnyDictionary) -> float:
    """The logarithm of how probable it is that these words stand one behind the other."""
    return sum(log((dictionary.frequency(word) or 1) / dictionary.total) for word in words)


def _cross(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans overlap, and neither lies in the other."""
    return one[0] < other[0] < one[1] < other[1] or other[0] < one[0] < other[1] < one[1]


@lru_cache(maxsize=1 << 14)
def _with_parts(whole: str) -> tuple[str, ...]:
    """Kept of names alone: data can be long, and comes once."""
    return tuple(whole[start:end] for start, end in _whole_spans(whole))


def _whole_spans(whole: str) -> list[tuple[int, int]]:
    """The whole, and its parts if they are not just the whole itself or one with a sign behind it (c++, f#, 5%)."""
    parts = [match.span() for match in _part_pattern().finditer(whole)]
    if len(whole) > LONGEST_WHOLE:
        return parts
    return [(0, len(whole)), *parts] if len(parts) > 1 or whole[0] == "." else [(0, len(whole))]


@lru_cache(maxsize=2)
def _word_pattern(*, plain: bool) -> Pattern[str]:
    """Three groups: Han that the segmenters cut; words of other unspaced letters, of which a plain text has none; wholes."""
    letter = PLAIN_LETTER if plain else LETTER
    named = f"{letter}{DIGIT}"
    sign = rf"(?:\+\+?|#)(?![{named}])|(?<=[{DIGIT}])[%‰](?![{named}])"
    whole = rf"(?:(?<![{named}.)\]])\.(?=[{letter}]))?[{named}]+(?:[{re.escape(JOINER)}][{named}]+)*(?:{sign})?"
    han, other = (PLAIN_HAN, "(?!)") if plain else (f"[{SEGMENTED}]", f"[ァ-ヺー-ヿㇰ-ㇿ]+|[ぁ-ゖゝ-ゟ]+|[가-힣]+|[{UNSPACED}]")
    return re.compile(f"({han}+)|({other})|({whole})")


_part_pattern = late_pattern(f"[{LETTER}]{{1,{LONGEST_PART}}}|[{DIGIT}]{{1,{LONGEST_PART}}}")
