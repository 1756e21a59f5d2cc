"""The term dictionary of a field: its terms in groups (see `segment/field.py`), each found by its text or by its number, without numpy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Generic, TypeVar
from weakref import WeakMethod

from searcher.engine.files.byte_lists import ByteLists
from searcher.engine.files.container import ArrayFile
from searcher.engine.files.texts import encode

GROUP_TERMS = 64
_CACHED = 1024


@dataclass(slots=True)
class Group:
    """The terms of a group as they lie in the file: what all begin with, then the rest of each. Never changed; a frozen one takes longer to
    make.

    `first`: the ordinal of the first term; `bounds`: where each rest begins in `blob`, and the last ends.
    """

    first: int
    blob: bytes
    bounds: list[int]

    @property
    def shared(self) -> bytes:
        """What all terms begin with."""
        return self.blob[: self.bounds[0]]

    def text(self, slot: int) -> bytes:
        return self.shared + self.blob[self.bounds[slot] : self.bounds[slot + 1]]

    def texts(self) -> list[bytes]:
        shared, blob = self.shared, self.blob
        return [shared + blob[start:stop] for start, stop in pairwise(self.bounds)]

    def place(self, wanted: bytes) -> tuple[int, bool]:
        """How many terms come before the one wanted, and whether it is there itself."""
        shared, blob, bounds = self.shared, self.blob, self.bounds
        low, high = 0, len(bounds) - 1
        if not wanted.startswith(shared):
            return (0 if wanted < shared else high), False
        rest = wanted[len(shared) :]
        while low < high:
            middle = (low + high) // 2
            if blob[bounds[middle] : bounds[middle + 1]] < rest:
                low = middle + 1
            else:
                high = middle
        return low, blob[bounds[low] : bounds[low + 1]] == rest if low < len(bounds) - 1 else False


class Groups:
    """Reads groups of terms, those that are asked for. `ordinals`: that of each group's first term; one more: how many terms there are."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._file = file
        self.keys, self.ordinals = file.section(f"{name}.keys", "u8"), file.section(f"{name}.ordinals", "u4")
        self.texts, self.lengths = ByteLists(file, f"{name}.texts"), ByteLists(file, f"{name}.lengths")
        self._kept = Kept(self._read)
        if len(self.ordinals) != len(self.keys) + 1 or self.ordinals[0]:
            raise file.damaged(f"{name}: {len(self.keys)} groups with {len(self.ordinals)} ordinals, not counted from 0")
        self.terms = self.ordinals[len(self.keys)]
        """How many terms there are."""

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, number: int) -> Group:
        return self._kept[number]

    def find(self, text: str) -> tuple[int, int, bool]:
        """The group in which a term must be, how many terms of it come before, and whether it is there itself."""
        wanted = encode(text)
        near = key(wanted)
        number = self.keys.bisect(near) - 1
        if number < 0:
            return 0, 0, False
        slot, there = self._kept[number].place(wanted)
        if not slot and not there and number:  # before it may be others that begin with the same bytes
            number = self._last_before(wanted, self.keys.bisect(near - 1) if near else 0, number)
            slot, there = self._kept[number].place(wanted)
        return number, slot, there

    def of(self, ordinal: int) -> int:
        """The group of a term."""
        if not 0 <= ordinal < self.terms:
            raise IndexError(f"term {ordinal} of {self.terms}")
        return self.ordinals.bisect(ordinal) - 1

    def holding(self, ordinals: range) -> range:
        """The groups that hold adjacent terms, one at least."""
        first = self.of(ordinals.start)
        if ordinals.stop <= self.ordinals[first + 1]:
            return range(first, first + 1)
        return range(first, self.of(ordinals.stop - 1) + 1)

    def span(self, number: int) -> tuple[int, int]:
        """The ordinal of a group's first term, and how many terms it has."""
        first, stop = self.ordinals.pair(number)
        if not 0 < stop - first <= GROUP_TERMS:
            raise self._file.damaged("groups of too many terms, or none")
        return first, stop - first

    def _last_before(self, wanted: bytes, low: int, high: int) -> int:
        """The last of the groups [low - 1, high) whose first term is not behind the wanted one; the first of them in any case."""
        while low < high:
            middle = (low + high) // 2
            if self._kept[middle].text(0) <= wanted:
                low = middle + 1
            else:
                high = middle
        return max(low - 1, 0)

    def _read(self, number: int) -> Group:
        first, size = self.span(number)
        blob = self.texts.raw(number).tobytes()
        bounds = list(accumulate(self.lengths.numbers(number, size + 1)))
        if bounds[-1] != len(blob):
            raise self._file.damaged("texts of other lengths than their group says")
        return Group(first, blob, bounds)


Value = TypeVar("Value")


class Kept(dict[int, Value], Generic[Value]):
    """What was read last of groups or terms, by their numbers; what is kept is found at the speed of a dictionary.

    `read` is a method of the object that has this; the reference to it is weak, for two objects that hold one another are freed only when
    garbage is collected: so long a file would stay mapped, and Windows removes none that is.
    """

    def __init__(self, read: Callable[[int], Value]) -> None:
        self._read = WeakMethod(read)

    def __missing__(self, number: int) -> Value:
        return self.keep(number, self._read()(number))  # type: ignore[misc]  # who asks is there

    def keep(self, number: int, value: Value) -> Value:
        """Keeps a value that was read otherwise."""
        if len(self) >= _CACHED:
            self.clear()
        self[number] = value
        return value


def key(text: bytes) -> int:
    """The first bytes of a term as a number, which is in order where the terms are."""
    return int.from_bytes(text[:8].ljust(8, b"\0"), "big")
