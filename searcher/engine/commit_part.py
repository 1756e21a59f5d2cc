"""A segment of a coming commit, and which of its documents are deleted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from searcher.engine.arrays import Bools
from searcher.engine.file_segment import FileSegment
from searcher.engine.toc import SegmentEntry


@dataclass
class CommitPart:
    """A segment, the entry that it has in the table of contents if it is no new one, and whether more of it was deleted since."""

    segment: FileSegment
    entry: SegmentEntry | None = None
    changed: bool = False

    def __post_init__(self) -> None:
        self.deleted: Bools | None = self.segment.deleted
        self.live = self.segment.live

    def find(self, id: str) -> int:
        """The number of the document of this id that is not deleted; -1: there is none."""
        return self.segment.with_deletions(self.deleted).find(id)

    def ids(self) -> dict[str, int]:
        """The ids of all documents that are not deleted."""
        return self.segment.with_deletions(self.deleted).ids()

    def delete_one(self, document: int) -> bool:
        return document >= 0 and self.delete(np.array([document])) == 1

    def delete(self, documents: NDArray[np.integer]) -> int:
        """Marks documents as deleted; gives how many were not."""
        deleted = self.deleted_bits()
        gone = documents[~deleted[documents]]
        if len(gone):
            deleted[gone] = True
            self.deleted, self.changed = deleted, True
            self.live -= len(gone)
        return len(gone)

    def deleted_bits(self) -> Bools:
        return np.zeros(self.segment.count, np.bool_) if self.deleted is None else self.deleted  # the segment's own: nobody else has it
