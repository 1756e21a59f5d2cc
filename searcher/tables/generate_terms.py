"""The tables of everyday words and of English terms, kept by hand, become one, forth and back: `python -m searcher.tables.generate_terms`.

To be run after either of them was changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from searcher.folding import fold_script

FOLDER = Path(__file__).parent
BY_HAND = {"register": "terms-register.tsv", "translation": "terms-english.tsv"}


def main() -> None:
    head = "#\tSource (folded), target (as written), kind, direction; made by generate_terms.py\n"
    (FOLDER / "terms.tsv").write_text(head + "".join("\t".join(row) + "\n" for row in term_rows()), "utf-8", newline="\n")


def term_rows() -> list[tuple[str, str, str, str]]:
    """Source (folded), target (as written), kind, direction: sorted by the source, and then as the tables have them."""
    return sorted((row for kind in BY_HAND for row in _both_ways(kind)), key=lambda row: row[0].encode())


def _both_ways(kind: str) -> Iterator[tuple[str, str, str, str]]:
    pairs = [(word, other) for word, *others in by_hand(kind) for other in others]
    yield from ((fold_script(word), other, kind, "forth") for word, other in pairs)
    yield from ((fold_script(other), word, kind, "back") for word, other in pairs)


def by_hand(kind: str) -> Iterator[list[str]]:
    """A word, and what it is called besides, row by row."""
    return (line.split("\t") for line in (FOLDER / BY_HAND[kind]).read_text("utf-8").split("\n")[1:-1])


if __name__ == "__main__":
    main()
