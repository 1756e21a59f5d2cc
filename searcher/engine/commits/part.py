"""A segment of a coming commit, and which of its documents are deleted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from searcher.engine.segment.file import FileSegment
from searcher.engine.toc import SegmentEntry


@dataclass
class CommitPart:
    """A segment; its `entry` in the table of contents, None for a new segment; `changed`: whether documents were deleted since then."""

    segment: FileSegment
    entry: SegmentEntry | None = None
    changed: bool = False

    def delete_id(self, id: str) -> bool:
        """Marks the document of this id as deleted; False: there is none."""
        document = self.segment.find(id)
        return document >= 0 and self.delete(np.array([document])) == 1

    def delete(self, documents: NDArray[np.integer]) -> int:
        """Marks documents as deleted; gives how many were not."""
        deleted = self.segment.deleted
        if deleted is None:
            deleted = np.zeros(self.segment.count, np.bool_)
        elif not self.changed:  # others may read the segment: those of a Whoosh program do
            deleted = deleted.copy()
        gone = documents[~deleted[documents]]
        if len(gone):
            deleted[gone] = True
            self.segment, self.changed = self.segment.with_deletions(deleted), True
        return len(gone)
