"""The texts of adjacent terms of a field, their order, and where they cut it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, islice, pairwise

import numpy as np

from searcher.engine.files.groups import key
from searcher.engine.segment.field import FieldFile

_AT_ONCE = 1 << 10
"""So many groups are read at once where all are read."""


class FieldTexts:
    """Reads the texts of a field, many at once; encoded, as they lie there."""

    def __init__(self, file: FieldFile) -> None:
        self._file, self._groups = file, file.groups

    def encoded(self, ordinals: range) -> list[bytes]:
        """The texts of adjacent terms, encoded."""
        if not ordinals:
            return []
        groups = self._groups.holding(ordinals)
        skip = self._groups.ordinals[groups.start]
        texts = self._groups[groups.start].texts() if len(groups) == 1 else self._read(groups)
        return texts[ordinals.start - skip : ordinals.stop - skip]

    def decoded(self, ordinals: range) -> list[str]:
        """The terms of some groups as they are read, one group after the other."""
        return self._file.decoded(self.encoded(ordinals))

    def cuts(self, size: int) -> Iterator[str]:
        """Terms that cut the field into parts of about `size` packed bytes, ascending; behind a group of more stands one so many times."""
        ends = self._file.ids.offsets(0, len(self._groups)) + self._file.texts.offsets(0, len(self._groups))
        if self._file.positions is not None:
            ends = ends + self._file.positions.offsets(0, len(self._groups))
        groups = np.searchsorted(ends, np.arange(size, int(ends[-1]), size))
        return iter(self._file.decoded([self._groups[number].text(0) for number in groups.tolist() if 0 < number < len(self._groups)]))

    def misplaced(self) -> int | None:
        """The number of the first group that is not behind the one before it, or not in order itself; None: look-ups find every term.

        IndexDamaged where terms cannot be read at all.
        """
        last = b""
        for start in range(0, len(self._groups), _AT_ONCE):
            groups = range(start, min(start + _AT_ONCE, len(self._groups)))
            firsts = self._groups.ordinals.part(groups.start, groups.stop + 1).astype(np.int64) - self._groups.ordinals[start]
            texts = self._read(groups)
            rises = [before < after for before, after in pairwise((last, *texts))]
            rises[0] = rises[0] or start == 0
            keys = self._groups.keys.items(groups.start, groups.stop)
            for place, first in enumerate(firsts[:-1].tolist()):
                if not all(rises[first : firsts[place + 1]]) or keys[place] != key(texts[first]):
                    return start + place
            last = texts[-1]
        return None

    def _read(self, groups: range) -> list[bytes]:
        """The terms of adjacent groups."""
        sizes = self._file.sizes(groups)
        lengths = iter(self._file.lengths.span(groups.start, groups.stop, sizes + 1).tolist())
        data, offsets = self._file.texts.raw_span(groups.start, groups.stop)
        blob, texts = data.tobytes(), list[bytes]()
        for start, end, size in zip(offsets.tolist(), offsets[1:].tolist(), sizes.tolist(), strict=False):
            place = start + next(lengths)
            prefix, bounds = blob[start:place], list(accumulate(islice(lengths, size), initial=place))
            texts += [prefix + blob[first:stop] for first, stop in pairwise(bounds)]
            self._file.trust(bounds[-1] == end, "texts of other lengths than their group says")
        return texts
