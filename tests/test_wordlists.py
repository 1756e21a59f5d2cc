"""A user's synonyms and words, as files hold them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from searcher import wordlists
from searcher.errors import InvalidOption
from searcher.wordlists import read_synonyms, read_words


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "list.txt"


def test_a_group_means_each_other(file: Path) -> None:
    file.write_text("# 公司\n臺積電, 台湾积体电路、TSMC\n\nC#, csharp   # a language\n", "utf-8")
    assert read_synonyms(file) == {
        "臺積電": ("台湾积体电路", "TSMC"),
        "台湾积体电路": ("臺積電", "TSMC"),
        "TSMC": ("臺積電", "台湾积体电路"),
        "C#": ("csharp",),
        "csharp": ("C#",),
    }


@pytest.mark.parametrize("arrow", ["=>", "＝＞", "→"])
def test_one_way(file: Path, arrow: str) -> None:
    file.write_text(f"\ufeff愛滋，爱滋 {arrow} 艾滋病, AIDS\r\n愛滋 {arrow} HIV", "utf-8")
    assert read_synonyms(file) == {"愛滋": ("艾滋病", "AIDS", "HIV"), "爱滋": ("艾滋病", "AIDS")}


@pytest.mark.parametrize("line", ["甲", "甲 =>", "=> 甲", "甲,", ",", "=>"])
def test_a_line_that_says_nothing_is_told_with_its_number(file: Path, line: str) -> None:
    file.write_text(f"甲, 乙\n{line}\n", "utf-8")
    with pytest.raises(InvalidOption, match=r"synonyms cannot be .*list.txt: line 2 is neither"):
        read_synonyms(file)


def test_words_as_jieba_has_them(file: Path) -> None:
    file.write_text("汤晓鸥 3 nr\n独角兽\n\n# 注\n汤晓鸥\n", "utf-8")
    assert read_words(file) == ("汤晓鸥", "独角兽")


def test_what_cannot_be_read_is_told(file: Path) -> None:
    with pytest.raises(InvalidOption, match=r"dictionary cannot be .*: no such file"):
        read_words(file)
    file.write_bytes(b"\xba\xba")
    with pytest.raises(InvalidOption, match="it is not UTF-8"):
        read_words(file)


@pytest.mark.parametrize(("option", "read"), [("synonyms", read_synonyms), ("dictionary", read_words)])
def test_what_has_no_end_is_not_read_to_it(
    file: Path, monkeypatch: pytest.MonkeyPatch, option: str, read: Callable[[Path], object]
) -> None:
    """As /dev/zero has none."""
    monkeypatch.setattr(wordlists, "_LARGEST", 1 << 20)
    file.write_bytes(b"a, b\n" * 209_715)
    assert read(file)
    file.write_bytes(b"a, b\n" * 209_716)
    with pytest.raises(InvalidOption, match=f"{option} cannot be .*: more than 1 MB of text"):
        read(file)
