"""Subtitles and lyrics become what is said."""

from __future__ import annotations

import pytest

from searcher.documents import Document
from tests.documents.reading import read_one
from tests.patience import no_hang

SRT = "1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>你好</i>，\r\n世界\r\n\r\n2\r\n0:00:03,000 --> 0:00:04,000 X1:0\r\n{\\an8}再見\r\n"

SAID = [
    ("a.srt", SRT, "你好， 世界\n再見"),
    ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\n甲\n2\n00:00:03,000 --> 00:00:04,000\n乙", "甲\n乙"),
    ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\n甲\n\n丙\n\n2\n00:00:03,000 --> 00:00:04,000\n1984\n", "甲\n丙\n1984"),
    ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\n3 < 5 且 <3 &amp; <b>粗</b>\n", "3 < 5 且 <3 & 粗"),
    (
        "a.vtt",
        "WEBVTT - 題\nKind: x\n\nNOTE 說明\n第二行\n\nSTYLE\n::cue {}\n\n甲\n00:01.000 --> 00:02.000 line:0\n句一\n",
        "句一",
    ),
    ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v 張三>話<00:01.500><c.a>語</c>\n", "張三：話語"),
    ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<ruby>漢<rt>ㄏㄢˋ</rt>字<rt>ㄗˋ</rt></ruby>\n", "漢字"),
    ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nNOTE 是英文\n", "NOTE 是英文"),
    ("a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n甲\n\n00:02.000 --> 00:03.000\n甲\n乙\n\n00:03.000 --> 00:04.000\n甲\n乙\n", "甲\n甲 乙"),
    ("a.ass", "[Script Info]\nTitle: 片名\n[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\\b1}甲,乙\\N丙{\\r}", "甲,乙 丙"),
    ("a.ass", "[Events]\nFormat: Start, End, Text\nComment: 1,2,注\nDialogue: 0:00:01.00,0:00:02.00,話{\\p1}m 0 0 l 1 1{\\p0}語", "話語"),
    ("a.lrc", "[ti:歌名]\n[ar:歌手]\n[00:01.00][01:01.00]副歌\n[00:02.00]<00:02.10>逐<00:02.20>字\n[00:03]\n", "副歌\n逐字"),
    ("a.txt", SRT, "你好， 世界\n再見"),
]


@pytest.mark.parametrize(("name", "written", "text"), SAID)
def test_what_is_said(name: str, written: str, text: str) -> None:
    assert read_one(name, written).text == text


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_encodings(encoding: str) -> None:
    assert read_one("a.srt", SRT.replace("再見", "这些字幕写的是简体中文，编码各有不同").encode(encoding)).text.startswith(
        "你好， 世界\n这些字幕"
    )


def test_cues_know_their_line_and_time() -> None:
    document = read_one("電影.zh.srt", SRT)
    assert [(place.kind, place.label, place.start) for place in document.locations] == [
        ("line", "3", 0),
        ("time", "00:00:01", 0),
        ("line", "8", 7),
        ("time", "0:00:03", 7),
    ]
    assert (document.title, document.metadata["format"]) == ("電影.zh", "srt")


def test_songs_have_a_title_and_an_author() -> None:
    document = read_one("01.lrc", "[ti:歌名]\n[ar:歌手]\n[al:專輯]\n[00:01.00]詞\n")
    assert (document.title, document.metadata["author"], document.metadata["album"]) == ("歌名", "歌手", "專輯")


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("a.srt", "<" * 1_000_000),
        ("a.srt", "{\\" * 500_000),
        ("a.ass", "Dialogue: 0,0:00:01.00,0:00:02.00,,,0,0,0,," + "{" * 500_000 + "\\p1" + "}" * 500_000),
        ("a.lrc", "[00:01.00]" * 100_000 + "詞"),
        ("a.vtt", "WEBVTT\n\n" + "1\n" * 300_000),
    ],
    ids=["angles", "braces", "overrides", "times", "names"],
)
def test_hostile_ones_take_linear_time(name: str, written: str) -> None:
    with no_hang():
        assert isinstance(read_one(name, written), Document)


def test_who_speaks_is_said() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v 王小明>大家好</v>\n\n00:02.000 --> 00:03.000\n<v.loud Li Si>你好</v>\n"
    assert read_one("a.vtt", text).text == "王小明：大家好\nLi Si：你好"
