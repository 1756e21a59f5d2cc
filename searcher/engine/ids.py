"""Which document has an id? It is looked up without numpy."""

from __future__ import annotations

from itertools import accumulate

from searcher.engine.byte_lists import ByteLists
from searcher.engine.container import ArrayFile
from searcher.engine.groups import Groups


class Ids:
    """Reads the field of ids (see `field_file.py`), whose groups have few rows."""

    def __init__(self, file: ArrayFile, name: str, documents: int) -> None:
        self._file, self._documents = file, documents
        self._groups = Groups(file, name)
        self._counts, self._rows = ByteLists(file, f"{name}.counts"), ByteLists(file, f"{name}.ids")

    def documents(self, id: str) -> list[int]:
        """The documents that had this id, ascending: all but the last are deleted."""
        number, slot, there = self._groups.find(id)
        if not there:
            return []
        _, size = self._groups.span(number)
        less_one = self._counts.numbers(number, size)
        starts = list(accumulate((count + 1 for count in less_one), initial=0))
        self._trust(starts[-1] <= self._documents, "ids of more documents than there are")
        gaps = self._rows.numbers(number, starts[-1])[starts[slot] : starts[slot + 1]]
        found = [sum_of_gaps + nth for nth, sum_of_gaps in enumerate(accumulate(gaps))]
        self._trust(found[-1] < self._documents, "a document that there is not")
        return found

    def _trust(self, right: bool, wrong: str) -> None:
        if not right:
            raise self._file.damaged(wrong)
