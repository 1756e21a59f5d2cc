"""A field in a file: its terms in groups, each with its postings and positions, packed.

A row is a document that has a term. A term of more than 256 rows is a group by itself; of others, up to 64 adjacent ones are one.
Sections of field n, in which "lists" are one for each group:

    n.keys         u8   of each group: the first 8 bytes (UTF-8, zeros behind) of its first term, as a big-endian number
    n.ordinals     u4   of each group: the ordinal of its first term; one more: the number of terms
    n.texts             lists of bytes: those that all terms begin with, then the rest of each
    n.lengths           packed lists: how many bytes all terms begin with, then how many bytes are the rest of each
    n.counts            packed lists: rows of each term, less 1
    n.ids               packed lists: the documents of each term, the first as it is, then the distance from the one before, less 1;
                        in the place of that, where a group is one term of more than 256 rows that one in 8 documents or more has:
                        documents and frequencies, spread out (see `spread.py`)
    n.frequencies       packed lists: of each row, less 1; empty where they are spread out
    n.positions         packed lists: of each row the first as it is, then the distance from the one before; not there without positions
    n.document_lengths  u4   how many terms each document has; not there where lengths are not kept

Rows follow one another term by term, by document inside a term. Lists are laid out as `files/byte_lists.py` says, numbers are packed as
`packing.py` says; lengths and counts are written in whole bytes, because whoever looks up one term unpacks all those of its group.
Texts are UTF-8 (lone surrogates likewise), and so in order of code points. In the field of ids, and in files of an overflow, nothing is
spread out.
"""

from __future__ import annotations

import numpy as np

from searcher.engine.arrays.ragged import I64
from searcher.engine.files.byte_lists import ByteLists
from searcher.engine.files.container import ArrayFile
from searcher.engine.files.groups import GROUP_TERMS, Groups
from searcher.engine.files.short_lists import Unpackable
from searcher.engine.files.texts import decode
from searcher.engine.segment.lists import Lists
from searcher.engine.segment.packing import Unsigned
from searcher.engine.segment.spread import by_document


class FieldFile:
    """The sections of a field. What is told of groups is told by their numbers."""

    def __init__(self, file: ArrayFile, name: str, documents: int, *, spread: bool) -> None:
        """`documents`: how many the segment has; `spread`: lists that many documents have are spread out."""
        self.file, self.name, self.documents, self.has_spread = file, name, documents, spread
        self.groups, self.few_counts = Groups(file, name), ByteLists(file, f"{name}.counts")
        self.texts, self.lengths, self.counts = Lists(self.groups.texts), Lists(self.groups.lengths), Lists(self.few_counts)
        self.ids, self.frequencies = Lists(ByteLists(file, f"{name}.ids")), Lists(ByteLists(file, f"{name}.frequencies"))
        self.positions = Lists(ByteLists(file, f"{name}.positions")) if f"{name}.positions" in file else None

    def sizes(self, groups: range) -> I64:
        """How many terms each group has."""
        ordinals = self.groups.ordinals.part(groups.start, groups.stop + 1).astype(np.int64)
        sizes = ordinals[1:] - ordinals[:-1]
        self.trust(bool(sizes.min() > 0 and sizes.max() <= GROUP_TERMS), "groups of too many terms, or none")
        return sizes

    def read_spread(self, number: int) -> Unsigned:
        """How often the term of a group is in each document."""
        try:
            return by_document(self.ids.raw(number), self.documents)
        except (Unpackable, IndexError) as error:
            raise self.file.damaged(str(error)) from error

    def decoded(self, texts: list[bytes]) -> list[str]:
        """Terms as they are read; damage where one is no text."""
        try:
            return list(map(decode, texts))
        except UnicodeDecodeError as error:
            raise self.file.damaged(f"a term that is no text: {error}") from error

    def trust_size(self, positions: int, rows: int) -> None:
        self.trust(rows <= positions <= 64 * self.file.size, "more positions than the file can hold, or too few")

    def trust(self, right: bool, wrong: str) -> None:
        if not right:
            raise self.file.damaged(wrong)
