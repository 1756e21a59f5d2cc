"""A sorted table gives the rows of a word, all of them and no others."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.text import lookup

cells = st.text(st.characters(exclude_characters="\t\n", exclude_categories=("Cs",)), max_size=3)


@settings(max_examples=60)
@given(st.lists(st.tuples(cells, cells), max_size=30), cells)
def test_a_word_has_its_rows_and_no_others(tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]], other: str) -> None:
    table = tmp_path_factory.mktemp("table") / "pairs.tsv"
    lines = sorted(f"{word}\t{target}\n" for word, target in pairs)
    table.write_text("#\thead\n" + "".join(lines), "utf-8", newline="\n")
    for word in {other, *(word for word, _ in pairs)}:
        assert list(lookup.rows(str(table), word)) == [[line[:-1].split("\t")[1]] for line in lines if line.startswith(f"{word}\t")]


@settings(max_examples=60)
@given(st.lists(st.tuples(cells.filter(bool), cells), max_size=30), cells)
def test_what_begins_a_row_is_told(tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]], text: str) -> None:
    table = tmp_path_factory.mktemp("table") / "pairs.tsv"
    table.write_text("#\thead\n" + "".join(sorted(f"{word}\t{target}\n" for word, target in pairs)), "utf-8", newline="\n")
    for beginning in {text, *(word[:length] for word, _ in pairs for length in range(1, len(word) + 1))} - {""}:
        assert lookup.begins(("none.tsv", str(table)), beginning) is any(word.startswith(beginning) for word, _ in pairs)


def test_a_table_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert list(lookup.rows(str(tmp_path / "none.tsv"), "软件")) == []


@pytest.mark.parametrize("word", ["软件\t軟體", "\t", "\ud800", ""])
def test_what_is_no_word_has_no_rows(tmp_path: Path, word: str) -> None:
    table = tmp_path / "pairs.tsv"
    table.write_text("#\thead\n软件\t軟體\n", "utf-8")
    assert list(lookup.rows(str(table), word)) == []


def test_our_tables_have_the_same_line_ends_on_every_system() -> None:
    """They are read as bytes, some of them hashed: a carriage return would be part of the last cell."""
    tables = sorted(lookup.TABLES.glob("*.tsv"))
    assert len(tables) > 8
    assert [table.name for table in tables if b"\r" in table.read_bytes()] == []
    assert "* -text" in (lookup.TABLES.parents[1] / ".gitattributes").read_text("utf-8").split("\n")
