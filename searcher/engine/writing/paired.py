"""A field that is given as pairs of characters, turned inside out: its terms are numbers from the beginning, and sorted as such.

The character at each position and the one behind it are a number, by the places that they have in the alphabet of the field, and numbers
stand in the order of the texts. So no text is made of a term but once in the end, and none is looked up: it takes a quarter of the time.
Terms of three characters and more, which are few, go the way of all others, and come between the pairs at the end.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from searcher.engine.arrays.ragged import I64, U8, U32, Bools, starts_of
from searcher.engine.files.texts import encode
from searcher.engine.writing.inverted import SLICE, Inverted, Numbers, counted, looked_up, parts_of, sorted_rows, u32
from searcher.engine.writing.uniting import Rows, joined, terms_united
from searcher.text.pairs import LONGER, NOTHING, Pairs

U64 = NDArray[np.uint64]

AT_ONCE = SLICE >> 1
"""So many are sorted at once: on the way each takes twice the room of a term that has a number already."""

_LONGER = ord(LONGER)


class PairInverter:
    """Collects one field of many documents as lines of characters, then sorts them once."""

    positional = True

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._documents = array("I")
        self._firsts = array("I")
        self._numbers = Numbers()
        self._longer = array("I")
        self._length = 0

    def __len__(self) -> int:
        return self._length

    @property
    def different(self) -> int:
        """How many different terms were taken that are held as texts; a long one counts as several."""
        return len(self._numbers) + self._numbers.longer

    def add(self, document: int, pairs: Pairs) -> int:
        """Takes the terms of one document; documents come in ascending order. Gives how many terms it has."""
        line = pairs.line
        if not line:
            return 0
        self._lines.append(line)
        self._documents.append(document)
        self._firsts.append(pairs.first)
        self._longer.extend(map(self._numbers.__getitem__, pairs.longer))
        length = len(line) - 1 - line.count(NOTHING, 0, -1)
        self._length += length
        return length

    def slices(self, size: int = AT_ONCE) -> Iterator[Inverted]:
        """Everything taken, which is used up, inverted, in slices of adjacent terms that come about `size` times together."""
        lines, self._lines = self._lines, []
        taken = _Taken(lines, u32(self._documents), u32(self._firsts), u32(self._longer), list(self._numbers))
        del lines
        for places, numbers in taken.parts(size):
            pairs, others = taken.pairs(places, numbers), taken.others(places, numbers)
            yield _together(pairs, others) if pairs.texts and others.texts else pairs if pairs.texts else others


class _Taken:
    """What was taken of a field: the characters of all lines, one line after the other."""

    def __init__(self, lines: list[str], documents: U32, firsts: U32, longer: U32, texts: list[str]) -> None:
        """`longer`: of each `LONGER` in the lines which of `texts` it is."""
        self._characters: U32 = np.frombuffer("".join(lines).encode("utf-32-le", "surrogatepass"), "<u4")
        self._begins = starts_of(np.fromiter(map(len, lines), np.int64, len(lines)))
        self._documents, self._firsts, self._longer, self._texts = documents, firsts, longer, texts

    def parts(self, size: int) -> Iterator[tuple[I64, U32]]:
        """The places at which terms begin, and the numbers of those at `LONGER`: all at once where they are few; else in parts, of which
        each has the terms that begin with some adjacent characters, so that the parts follow one another in the order of the terms.
        """
        if len(self._characters) <= 2 * size:
            yield np.flatnonzero(self._are_terms), self._longer
            return
        firsts = self._characters.copy()
        firsts[(firsts == _LONGER) & self._are_terms] = self._first_characters[self._longer]
        firsts[~self._are_terms] = 0
        counts = counted(firsts, int(firsts.max()) + 1)
        counts[0] = 0
        part_of = parts_of(counts, size)
        parts = looked_up(part_of, firsts)
        del firsts
        part_of_number: U8 = part_of[self._first_characters]
        for part in np.unique(part_of[counts > 0]).tolist():
            inside = (parts == part) & self._are_terms
            yield np.flatnonzero(inside), self._longer.compress(part_of_number[self._longer] == part)

    def pairs(self, places: I64, numbers: U32) -> Inverted:
        """The terms of one or two characters that begin at some places."""
        characters = self._characters.take(places)
        at_pairs = places.compress(characters != _LONGER)
        codes = self._codes(at_pairs)
        short = self._short_codes.take(numbers)
        at_short = places.compress(characters == _LONGER).compress(short > 0)
        documents, positions = (np.concatenate(both) for both in zip(self._stand_at(at_pairs), self._stand_at(at_short), strict=True))
        codes = np.concatenate((codes, short.compress(short > 0)))
        return _of_codes(codes, documents, positions, self._alphabet)

    def others(self, places: I64, numbers: U32) -> Inverted:
        """The terms of more characters that stand at some places, at which all terms begin that begin as these do."""
        is_long = self._short_codes.take(numbers) == 0
        terms = self._ranks_of_long.take(numbers.compress(is_long))
        first = int(terms.min(initial=len(self._texts)))
        texts = self._long[first : int(terms.max(initial=0)) + 1] if len(terms) else []
        terms -= np.uint64(first if len(terms) else 0)
        at = places.compress(self._characters.take(places) == _LONGER).compress(is_long)
        terms, ids, frequencies, distances = sorted_rows(terms, len(texts), *self._stand_at(at))
        counts = np.bincount(terms.astype(np.int64), minlength=len(texts)).astype(np.int64)
        return Inverted([encode(self._texts[number]) for number in texts], counts, ids, frequencies, distances)

    def _codes(self, places: I64) -> U64:
        """What begins at some places as numbers: characters by their ranks, and the next ones where these are any."""
        next_one = self._characters.take(places + 1)
        next_one[next_one <= _LONGER] = 0
        firsts = self._ranks.take(self._characters.take(places)).astype(np.uint64)
        firsts *= np.uint64(len(self._alphabet))
        firsts += self._ranks.take(next_one)
        return firsts

    def _stand_at(self, places: I64) -> tuple[U32, U32]:
        """The documents and positions of some places, which ascend."""
        counts = np.diff(places.searchsorted(self._begins))
        positions = places - (self._begins[:-1] - self._firsts).repeat(counts)
        return self._documents.repeat(counts), positions.astype(np.uint32)

    @cached_property
    def _are_terms(self) -> Bools:
        terms: Bools = self._characters > 0
        terms[self._begins[1:] - 1] = False
        return terms

    @cached_property
    def _first_characters(self) -> U32:
        """What each text begins with; 0 is where no term is."""
        return np.fromiter((ord(max(text[:1], LONGER)) for text in self._texts), np.uint32, len(self._texts))

    @cached_property
    def _alphabet(self) -> U32:
        """All characters, ascending; the first is none."""
        short = [ord(character) for text in self._texts if len(text) < 3 for character in text]
        used = np.zeros(max(int(self._characters.max(initial=0)), *short, 0) + 1, np.bool_)
        used[self._characters] = used[short] = used[0] = True
        return np.flatnonzero(used).astype(np.uint32)

    @cached_property
    def _ranks(self) -> U32:
        """Of each character its place in the alphabet."""
        ranks = np.zeros(int(self._alphabet[-1]) + 1, np.uint32)
        ranks[self._alphabet] = np.arange(len(self._alphabet), dtype=np.uint32)
        return ranks

    @cached_property
    def _short_codes(self) -> U64:
        """The terms of one or two characters among the longer ones, by number, as the pairs are; 0 for all others."""
        codes = np.zeros(len(self._texts), np.uint64)
        short = [(number, text) for number, text in enumerate(self._texts) if 0 < len(text) < 3 and NOTHING not in text]
        if short:
            ranks, base = self._ranks.tolist(), len(self._alphabet)
            codes[[number for number, _ in short]] = [
                ranks[ord(text[0])] * base + (ranks[ord(text[1])] if len(text) > 1 else 0) for _, text in short
            ]
        return codes

    @cached_property
    def _long(self) -> list[int]:
        """The numbers of the terms of more than two characters, in the order of their texts."""
        return sorted(np.flatnonzero(self._short_codes == 0).tolist(), key=self._texts.__getitem__)

    @cached_property
    def _ranks_of_long(self) -> U64:
        """Of each number its place among these."""
        ranks = np.zeros(len(self._texts), np.uint64)
        ranks[self._long] = np.arange(len(self._long), dtype=np.uint64)
        return ranks


def _of_codes(codes: U64, documents: U32, positions: U32, alphabet: U32) -> Inverted:
    """Terms that are numbers of two characters each; `codes` is used up."""
    terms, ids, frequencies, distances = sorted_rows(codes, len(alphabet) ** 2, documents, positions)
    begins = np.flatnonzero(np.concatenate(([True], terms[1:] != terms[:-1]))) if len(terms) else np.zeros(0, np.int64)
    firsts, seconds = np.divmod(terms[begins].astype(np.int64), len(alphabet))
    characters = np.ascontiguousarray(np.stack((alphabet[firsts], alphabet[seconds]), axis=1), "<u4")
    texts = characters.view("<U2").ravel().tolist()  # a second character that is 0 is none
    return Inverted(list(map(encode, texts)), np.diff(begins, append=len(terms)), ids, frequencies, distances)


def _together(one: Inverted, other: Inverted) -> Inverted:
    """The terms of both, in order; none is in both."""
    texts, places = terms_united([*one.texts, *other.texts])
    parted = places[: len(one.texts)], places[len(one.texts) :]
    rows = [
        Rows(terms.repeat(part.counts), part.ids, part.frequencies, part.distances)
        for part, terms in zip((one, other), parted, strict=True)
    ]
    return joined(texts, rows, positional=True)
