"""Rows, cells and blocks of a passage are set apart on its one line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.printer.dividing import CELL, ROW, divided

TEXTS = [
    ("Metformin\t500mg\t飯後\nAspirin\t100mg", f"Metformin{CELL}500mg{CELL}飯後{ROW}Aspirin{CELL}100mg"),
    ("甲\t乙\t\n丙\t丁\t", f"甲{CELL}乙\t{ROW}丙{CELL}丁\t"),
    ("表一\nAspirin\t100mg", f"表一{ROW}Aspirin{CELL}100mg"),
    ("\tif x:\n\t\treturn", "\tif x:\n\t\treturn"),
    ("Open\n開啟\n\nSave\n儲存", f"Open\n開啟{ROW}\nSave\n儲存"),
    ("Open\n開啟\n\n\nSave", f"Open\n開啟{ROW}\n\nSave"),
    ("Open.\n開啟。\n\nSave\n儲存", "Open.\n開啟。\n\nSave\n儲存"),
    ("標題\n\n正文是這樣。", "標題\n\n正文是這樣。"),
    ("床前明月光\n疑是地上霜", "床前明月光\n疑是地上霜"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_rows_cells_and_blocks(text: str, expected: str) -> None:
    assert divided(text) == expected


@given(st.text("甲a。 \t\n\x1e\x1f", max_size=40))
def test_only_breaks_and_tabs_are_replaced_one_by_one(text: str) -> None:
    plain = text.replace(ROW, " ").replace(CELL, " ") if "\n" in text or "\t" in text else text
    found = divided(text)
    assert len(found) == len(text)
    for before, after in zip(plain, found, strict=True):
        assert after == before or (before, after) in (("\n", ROW), ("\t", CELL))
