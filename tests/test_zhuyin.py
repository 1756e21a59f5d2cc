"""Zhuyin and its keys are read as the syllables that they spell, and nothing else is."""

from __future__ import annotations

from importlib.resources import files

import pytest

from searcher.suggestions.zhuyin import KEYS, pinyin_of, written

READINGS = [line.split("\t")[0] for line in files("searcher.tables").joinpath("readings.tsv").read_text("utf-8").split("\n")[1:-1]]


@pytest.mark.parametrize(
    ("reading", "zhuyin"),
    [
        ("ruan", "ㄖㄨㄢ"),
        ("zhi", "ㄓ"),
        ("si", "ㄙ"),
        ("yi", "ㄧ"),
        ("you", "ㄧㄡ"),
        ("liu", "ㄌㄧㄡ"),
        ("wei", "ㄨㄟ"),
        ("gui", "ㄍㄨㄟ"),
        ("wen", "ㄨㄣ"),
        ("chun", "ㄔㄨㄣ"),
        ("weng", "ㄨㄥ"),
        ("zhong", "ㄓㄨㄥ"),
        ("yu", "ㄩ"),
        ("yuan", "ㄩㄢ"),
        ("xue", "ㄒㄩㄝ"),
        ("lv", "ㄌㄩ"),
        ("yong", "ㄩㄥ"),
        ("xiong", "ㄒㄩㄥ"),
        ("er", "ㄦ"),
        ("bo", "ㄅㄛ"),
    ],
)
def test_a_syllable_is_written_in_zhuyin(reading: str, zhuyin: str) -> None:
    assert written(reading) == zhuyin


def test_every_syllable_is_written_otherwise_and_read_back() -> None:
    spelled = {reading: written(reading) for reading in READINGS if reading not in ("hm", "m", "n")}
    assert all(spelled.values())
    assert len(set(spelled.values())) == len(spelled)
    keys = {ord(letter): chr(key) for key, letter in ((key, chr(letter)) for key, letter in KEYS.items())}
    for reading, zhuyin in spelled.items():
        assert pinyin_of(zhuyin, READINGS) == [reading]
        typed = f"{zhuyin}ˇ".translate(keys)
        assert pinyin_of(typed, READINGS) == ([reading] if any(map(str.isalpha, typed)) else []), "83 is a number"


@pytest.mark.parametrize(
    ("typed", "read"), [("su3cl3", "ni hao"), ("ji394su3", "wo ai ni"), ("ㄖㄨㄢˇㄊㄧˇ", "ruan ti"), ("ㄋㄧㄏㄠ", "ni hao")]
)
def test_what_is_typed_is_read(typed: str, read: str) -> None:
    assert pinyin_of(typed, READINGS) == read.split()


@pytest.mark.parametrize("typed", ["", "python", "covid19", "h264", "iphone14", "2024", "5g", "你好", "ㄅㄅㄅ", "su3好", "\ud800"])
def test_what_is_neither_is_not_read(typed: str) -> None:
    assert pinyin_of(typed, READINGS) == []
