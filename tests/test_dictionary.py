"""The word list: folded once, found where it lies, made again when anything is wrong with its file."""

from __future__ import annotations

import os
import pickle
import random
import stat
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.errors import MissingDependency
from searcher.tables.making.words import word_rows
from searcher.text import lexicon
from searcher.text.dictionary import Dictionary, default_dictionary
from searcher.text.folding import fold_script
from searcher.text.lexicon import Header, Table, folded_lines

JIEBA_WORDS = "軟體 3 n\n软体 2 n\n软 7 a\n體 1 n\n大學 5 n\n大学生 4 n\nAT&T 3 nz\n𠮷 1 n\n".encode()

small_words = st.dictionaries(st.text("甲乙丙aΑ𠮷", min_size=1, max_size=4), st.integers(1, 10**9), min_size=1, max_size=30)


def table_of(frequencies: dict[str, int]) -> Table:
    lines = folded_lines("".join(f"{word} {frequency} n\n" for word, frequency in frequencies.items()).encode())
    header = Header.of(lines)
    assert header is not None
    return Table(lines, header)


def folded_frequencies(frequencies: dict[str, int]) -> dict[str, int]:
    folded: dict[str, int] = {}
    for word, frequency in frequencies.items():
        folded[fold_script(word)] = folded.get(fold_script(word), 0) + frequency
    return folded


@given(small_words, st.text("甲乙丙aα𠮷丁", min_size=1, max_size=6))
def test_a_table_is_a_dict(frequencies: dict[str, int], text: str) -> None:
    table, obvious = table_of(frequencies), folded_frequencies(frequencies)
    assert dict(table.items()) == obvious
    assert table.total == sum(obvious.values())
    assert table.frequency(text) == obvious.get(text, 0)
    for start in range(len(text)):
        ends = [end for end in range(start + 1, len(text) + 1) if text[start:end] in obvious]
        assert table.words_from(text, start) == [(end, obvious[text[start:end]]) for end in ends]


def test_every_tried_word_of_the_real_list_is_found() -> None:
    words = dict(default_dictionary().items())
    assert len(words) > 300_000
    assert default_dictionary().total == sum(words.values())
    for word in [*random.Random(1).sample(sorted(words), 3_000), min(words), max(words)]:
        assert default_dictionary().frequency(word) == words[word]
        assert default_dictionary().frequency(word + "〓") == 0
    assert default_dictionary().frequency("") == 0


def test_words_that_fold_to_one_add_up() -> None:
    _, firsts, starts, *lines = folded_lines(JIEBA_WORDS).decode().splitlines()
    assert (firsts, starts) == ("a体大软𠮷", "00000000000000070000000d000000220000003100000038")
    assert lines == ["at&t 3", "体 1", "大学 5", "大学生 4", "软 7", "软体 5", "𠮷 1"]


def test_the_real_list_is_in_one_script() -> None:
    assert all(fold_script(word) == word for word, _ in default_dictionary().items())


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Two folders that do not exist yet, and a small word list to fill them from."""
    source = tmp_path / "dict.txt"
    source.write_bytes(JIEBA_WORDS)
    folders = [tmp_path / "cache" / "searcher", tmp_path / "temporary"]
    monkeypatch.setattr(lexicon, "jieba_words", lambda: source)
    monkeypatch.setattr(lexicon, "_folders", lambda: iter(folders))
    return folders


def table() -> Table:
    return lexicon.kept_table.__wrapped__()


def kept_file(folder: Path) -> Path:
    (file,) = folder.iterdir()
    return file


def refuse(_: bytes) -> bytes:
    raise AssertionError("the word list was folded again")


def test_the_file_is_made_once_for_its_owner_alone(places: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    assert table().frequency("软体") == 5
    assert stat.S_IMODE(places[0].stat().st_mode) == 0o700 or os.name == "nt"
    assert stat.S_IMODE(kept_file(places[0]).stat().st_mode) == 0o600 or os.name == "nt"
    monkeypatch.setattr(lexicon, "folded_lines", refuse)
    assert table().frequency("软体") == 5


def test_another_fold_or_another_list_is_another_file(places: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    table()
    monkeypatch.setattr(lexicon, "fold_fingerprint", lambda: "another")
    table()
    lexicon.jieba_words().write_bytes(JIEBA_WORDS + "新詞 9 n\n".encode())
    assert table().frequency("新词") == 9
    assert len(list(places[0].iterdir())) == 3


def test_what_nobody_has_read_for_a_month_goes_when_another_is_made(places: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    table()
    unread, read = kept_file(places[0]), places[0] / "words-read.txt"
    read.write_bytes(b"")
    (places[0] / "notes.txt").write_bytes(b"")
    long_ago = time.time() - lexicon.UNREAD - 60
    os.utime(unread, (long_ago, long_ago))
    os.utime(read, (time.time(), long_ago))
    os.utime(places[0] / "notes.txt", (long_ago, long_ago))
    monkeypatch.setattr(lexicon, "fold_fingerprint", lambda: "another")
    table()
    assert not unread.exists()
    assert read.exists() and (places[0] / "notes.txt").exists()
    assert len(list(places[0].iterdir())) == 3


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[:-1],
        lambda content: content + b"x 1\n",
        lambda content: content[:-3] + b"9" + content[-2:],
        lambda content: content.replace(b"searcher", b"somebody"),
        lambda content: b"\n" * 1000,
        lambda content: b"searcher-words-2 x y z w\n",
        lambda content: b"searcher-words-2 1 2 3 \xff\n",
    ],
)
def test_a_damaged_file_is_made_again(places: list[Path], damage: object) -> None:
    assert callable(damage)
    with_words = table().frequency("软体")
    file = kept_file(places[0])
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert table().frequency("软体") == with_words
    assert kept_file(places[0]).read_bytes() == whole


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="owners and modes are those of POSIX")
def test_a_file_that_others_can_write_is_not_read(places: list[Path]) -> None:
    table()
    file = kept_file(places[0])
    file.write_bytes(folded_lines("软体 1000 n\n".encode()))
    file.chmod(0o666)
    assert table().frequency("软体") == 5
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="owners and modes are those of POSIX")
def test_a_file_or_folder_of_someone_else_is_not_used(places: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    table()
    file = kept_file(places[0])
    file.write_bytes(folded_lines("软体 1000 n\n".encode()))
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert table().frequency("软体") == 5
    assert b"1000" in file.read_bytes()
    assert not list(places[1].iterdir())


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="no links to follow")
def test_a_link_is_not_followed(places: list[Path], tmp_path: Path) -> None:
    table()
    file = kept_file(places[0])
    (tmp_path / "elsewhere").write_bytes(folded_lines("软体 1000 n\n".encode()))
    file.unlink()
    file.symlink_to(tmp_path / "elsewhere")
    assert table().frequency("软体") == 5
    assert not file.is_symlink()


def test_where_the_cache_cannot_be_written_another_folder_serves(places: list[Path]) -> None:
    places[0].parent.write_text("a file, where a folder should be")
    assert table().frequency("软体") == 5
    assert kept_file(places[1])


def test_where_nothing_can_be_written_the_words_stay_in_memory(places: list[Path]) -> None:
    for place in places:
        place.parent.mkdir(exist_ok=True)
        place.write_text("a file, where a folder should be")
    assert table().frequency("软体") == 5
    assert [place.read_text() for place in places] == ["a file, where a folder should be"] * 2


def test_concurrent_first_starts_all_get_whole_tables_and_leave_one_file(places: list[Path]) -> None:
    with ThreadPoolExecutor(8) as pool:
        tables = list(pool.map(lambda _: table(), range(24)))
    assert {dict(found.items())["软体"] for found in tables} == {5}
    assert kept_file(places[0]).name.startswith("words-")


def test_a_missing_jieba_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "find_spec", lambda name: None)
    with pytest.raises(MissingDependency, match=r'cutting text into words needs a package .*: pip install "jieba==0\.42\.1"'):
        lexicon.jieba_words()


def test_the_real_folders_are_the_users_own() -> None:
    cache, temporary = lexicon._folders()
    assert cache.name == "searcher"
    assert temporary.name.startswith("searcher-")


def test_a_users_words_lie_on_top() -> None:
    own = Dictionary((("雲圖數科", None), ("的", 10)))
    assert own.cut("云图数科的平台") == ["云图数科", "的", "平台"]
    assert default_dictionary().cut("云图数科的平台") != own.cut("云图数科的平台")
    assert own.frequency("的") == 10
    words = dict(own.items())
    assert own.total == sum(words.values())
    assert words["云图数科"] == own.frequency("云图数科") > 0


def test_dictionaries_are_equal_where_their_words_are() -> None:
    assert Dictionary((("雲圖", 3),)) == Dictionary((("雲圖", 3),)) != default_dictionary()
    assert len({Dictionary(), default_dictionary(), Dictionary((("雲圖", 3),))}) == 2
    assert Dictionary((("雲圖", 3), ("數科", 4))).fingerprint() == Dictionary((("数科", 4), ("云图", 3))).fingerprint()
    assert Dictionary((("雲圖", 4),)).fingerprint() != Dictionary((("雲圖", 3),)).fingerprint() != default_dictionary().fingerprint()


@pytest.mark.parametrize("word", ["云图数科", "研究生命", "人民", "中国人民大学附属中学", "的的的"])
def test_a_word_without_frequency_gets_what_jieba_suggests(word: str) -> None:
    assert Dictionary(((word, None),)).frequency(word) == jieba_tokenizer().suggest_freq(word)


@cache
def jieba_tokenizer() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = dict(default_dictionary().items()), default_dictionary().total, True
    for whole in list(tokenizer.FREQ):
        for end in range(1, len(whole)):
            tokenizer.FREQ.setdefault(whole[:end], 0)
    return tokenizer


@pytest.mark.parametrize("word", ["", "，", "甲 b", "\ud800", "t恤", "甲，丁"])
def test_words_of_a_user_that_no_dictionary_cuts_are_left_out(word: str) -> None:
    for frequency in (None, -5, 0, 3):
        assert Dictionary(((word, frequency),)).fingerprint() == default_dictionary().fingerprint()


@pytest.mark.parametrize(("frequency", "kept"), [(-5, 1), (0, 1), (7, 7)])
def test_a_users_frequency_is_taken_and_at_least_one(frequency: int, kept: int) -> None:
    assert Dictionary((("雲\n圖", frequency),)).frequency("云图") == kept


def test_a_dictionary_travels_to_another_process_as_its_users_words() -> None:
    own = Dictionary((("雲圖數科", None),))
    assert len(pickle.dumps(own)) < 200
    assert pickle.loads(pickle.dumps(own)).cut("云图数科") == ["云图数科"]


def test_the_words_of_other_regions_are_what_their_generator_gives() -> None:
    lines = files("searcher.tables").joinpath("words.txt").read_text("utf-8").splitlines()[1:]
    assert [tuple(line.split(" ")) for line in lines] == [(word, str(frequency)) for word, frequency in word_rows()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("东协各国", ["东协", "各国"]),
        ("股东协议", ["股东", "协议"]),
        ("资安问题", ["资安", "问题"]),
        ("投资安全", ["投资", "安全"]),
        ("每次登入时", ["每次", "登入", "时"]),
        ("一个资料库", ["一个", "资料库"]),
        ("川普总统", ["川普", "总统"]),
        ("四川普通话", ["四川", "普通话"]),
    ],
)
def test_words_of_other_regions_are_words_where_no_commoner_ones_stand(text: str, expected: list[str]) -> None:
    assert default_dictionary().cut(text) == expected
