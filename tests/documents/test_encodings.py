"""Encodings are told by what the text says."""

from __future__ import annotations

import codecs
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.documents.document import Refused
from searcher.documents.encodings.detection import candidates, decode, decode_name, is_binary
from searcher.documents.encodings.frequent import SIMPLIFIED, TRADITIONAL
from searcher.documents.encodings.mending import likeliest_cut
from tests.documents.reading import read_one

SIMPLE = "商汤科技创立于2014年，专注于计算机视觉和深度学习原创技术，目前已开始对外提供精准的人脸识别技术。"
COMPLEX = "商湯科技是由香港中文大學工程學院團隊所創立，以人工智能為領域的初創企業。公司於二零一四年底，在北京成立。"
JAPANESE = "人工知能とは、計算という概念とコンピュータという道具を用いて知能を研究する計算機科学の一分野である。"
KOREAN = "인공지능은 인간의 학습능력과 추론능력, 지각능력을 인공적으로 구현하려는 컴퓨터 과학의 분야이다."
LATIN = "L’intelligence artificielle est un « ensemble de théories » où l’on cherche à créer des élèves doués."

FAMILIES = {"gbk": "gb18030", "gb2312": "gb18030", "cp950": "big5", "big5hkscs": "big5", "shift_jis": "cp932"}
CASES = [
    *((SIMPLE, name) for name in ("utf-8", "gb18030", "gbk", "gb2312", "utf-16-le", "utf-16-be")),
    *((COMPLEX, name) for name in ("utf-8", "gb18030", "gbk", "big5", "cp950", "big5hkscs", "utf-16-le", "utf-16-be")),
    (JAPANESE, "shift_jis"),
    (JAPANESE, "euc_jp"),
    (KOREAN, "cp949"),
    (LATIN, "cp1252"),
]


@pytest.mark.parametrize(("text", "encoding"), [pytest.param(text, name, id=f"{name}-{text[:4]}") for text, name in CASES])
def test_the_encoding_is_found_and_sure(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding))
    assert (found.text, found.encoding, found.replaced) == (text, FAMILIES.get(encoding, encoding), 0)
    assert found.confidence > 0.95


@pytest.mark.parametrize("length", [20, 30, 50])
@pytest.mark.parametrize(("text", "encoding"), [(SIMPLE, "gb18030"), (COMPLEX, "gb18030"), (COMPLEX, "big5"), (SIMPLE, "utf-16-le")])
def test_every_passage_of_some_length_is_enough(text: str, encoding: str, length: int) -> None:
    for start in range(len(text) - length):
        passage = text[start : start + length]
        assert decode(passage.encode(encoding)).text == passage


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-32"])
def test_marks_of_the_byte_order(mark: str) -> None:
    found = decode(COMPLEX.encode(mark))
    assert (found.text, found.confidence) == (COMPLEX, 1.0)


PICTURE = """
      ▄▆█▇▅▂      ╔════════╗
    ◢█◤    ◥█◣    ║  告示牌  ║
   ▊◆  ◤◥  ◆▋    ╚═══╦╦═══╝
    ▆▃▁▂▃▅▆▇        ║║
"""


@pytest.mark.parametrize("encoding", ["cp950", "gb18030"])
def test_what_is_drawn_with_blocks_and_frames_is_no_korean(encoding: str) -> None:
    assert decode(PICTURE.encode(encoding)).text == PICTURE


def test_the_other_wide_blank_of_gb18030_is_one() -> None:
    name = "山门".encode("gb18030")
    assert read_one("地图.txt", name + 40 * b"\xa3\xa0" + name).text == f"山门{40 * chr(0x3000)}山门"


def test_a_big5_file_also_fits_gb18030_and_is_big5_all_the_same() -> None:
    data = COMPLEX.encode("big5")
    assert data.decode("gb18030") != COMPLEX
    assert decode(data).text == COMPLEX


def test_characters_of_vendors() -> None:
    assert decode((COMPLEX + "碁銹恒").encode("cp950")).text.endswith("碁銹恒")
    hong_kong = COMPLEX + "嘅嚟啲咗"
    found = decode(hong_kong.encode("big5hkscs"))
    assert (found.text, found.encoding) == (hong_kong, "big5hkscs")


def test_short_gbk_that_is_valid_utf8_too() -> None:
    data = "你好联通".encode("gbk") + "公司的服务".encode("gbk")
    assert decode(data).text == "你好联通公司的服务"


@pytest.mark.parametrize(
    "text",
    [
        "[ Ondřej Nový ]",
        " -- Jelmer Vernooĳ\n © 2020 Håvard",
        "Łódź, Kraków",
        "müssen, können, größer",
        "Fridrich Štrba, Fridrich Štrba",
        "a " * 60 + "Nový",
        "a " * 60 + "allergic to β-lactams",
        "a " * 60 + "at 37 ± 0.5, 5 µg, 2 × 3",
        '{\n\u00a0 \u00a0 "colon": ":",\n\u00a0\u00a0\u00a0 "slash": "/"\n}',  # spaces that do not break; in GBK each would be 聽
    ],
)
def test_letters_with_accents_among_ascii_are_utf8(text: str) -> None:
    found = decode(text.encode())
    assert (found.text, found.encoding, found.confidence) == (text, "utf-8", 1.0)


@pytest.mark.parametrize("text", ["P图", "目 女", "你好联通公司的服务 P图 Q群"])
def test_characters_alone_among_ascii_are_not_taken_for_accents(text: str) -> None:
    assert decode(text.encode("gbk")).text == text


@pytest.mark.parametrize("text", ["Apresentação do PowerPoint", "anschließend mittels", "Formação: Campanha Final, Versão 2", "Dijò lé"])
def test_accents_inside_of_words_are_no_rare_han_characters(text: str) -> None:
    assert decode(text.encode("cp1252")).text == decode_name(text.encode("cp1252")) == text


def test_a_declaration_helps_where_it_fits_and_not_where_it_does_not() -> None:
    assert decode("中文".encode("big5"), declared="big5").text == "中文"
    assert decode(COMPLEX.encode("big5"), declared="gb2312").text == COMPLEX
    assert decode(SIMPLE.encode(), declared="big5").text == SIMPLE
    assert decode(SIMPLE.encode("gbk"), declared="no-such-encoding").text == SIMPLE


def test_a_forced_encoding_is_taken() -> None:
    assert decode("中文".encode("shift_jis"), forced="shift_jis").text == "中文"
    with pytest.raises(Refused, match="no text in utf-16"):
        decode(b"\xd8\x00" * 50, forced="utf-16-be")


def test_a_few_damaged_bytes_are_replaced_and_counted() -> None:
    data = (SIMPLE * 20).encode()
    cut = decode(data[:-1])
    assert (cut.text[:-1], cut.encoding, cut.replaced) == ((SIMPLE * 20)[:-1], "utf-8", 1)
    torn = decode((SIMPLE * 20).encode("gb18030") + b"\xff")
    assert (torn.encoding, torn.replaced) == ("gb18030", 1)


def test_what_fits_nowhere_is_refused() -> None:
    noise = bytes(range(128, 256)) * 40
    with pytest.raises(Refused) as refusal:
        decode(noise)
    assert refusal.value.reason == "encoding"
    assert "--encoding" in refusal.value.detail
    with pytest.raises(Refused) as refusal:
        decode(b"")
    assert refusal.value.reason == "empty"


def test_ascii_is_utf8() -> None:
    found = decode(b"plain")
    assert (found.encoding, found.confidence) == ("utf-8", 1.0)


DRAWING = "泳道图".encode() * 20_000
"""Programs put the source of a drawing into the picture of it."""


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(200),
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + DRAWING,
        b"\xff\xd8\xff\xe1" + DRAWING,
        bytes(range(256)) * 4,
        b"\x7fELF\x02\x01\x01" + bytes(90),
        b"\0\0\0\0\xe5\x9d\x82\n" * 9,
    ],
)
def test_binary(data: bytes) -> None:
    assert is_binary(data)
    with pytest.raises(Refused) as refusal:
        decode(data)
    assert refusal.value.reason == "binary"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_not_binary(encoding: str) -> None:
    assert not is_binary((COMPLEX + "\r\nEnglish lines too\r\n").encode(encoding))
    assert not is_binary((COMPLEX * 9 + "\0\n").encode("utf-8"))
    assert not is_binary("".join(f"{number}\0坂\n" for number in range(99)).encode())


@pytest.mark.parametrize("encoding", ["gb18030", "big5"])
def test_lines_of_several_encodings_are_read_each_in_its_own(encoding: str) -> None:
    lines = [COMPLEX + "甲", COMPLEX + "乙"] * 20
    data = b"\n".join(line.encode(("utf-8", encoding)[number % 2]) for number, line in enumerate(lines))
    found = decode(data)
    assert (found.text, found.replaced) == ("\n".join(lines), 0)
    assert found.confidence <= 0.5  # told by `searcher check --encodings`


@pytest.mark.parametrize("damage", [b"\xff", b"\0", b"\x80"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_damage_in_the_middle_costs_its_neighbours_alone(encoding: str, damage: bytes) -> None:
    data = (COMPLEX * 20 + "\n").encode(encoding) * 3
    middle = len(data) // 2 // 2 * 2
    found = decode(data[:middle] + damage + data[middle:])
    assert found.encoding == encoding
    assert found.text.startswith(COMPLEX * 20) and found.text.endswith(COMPLEX * 20 + "\n")


def test_long_files_are_told_by_lines_that_are_not_ascii() -> None:
    data = b"nothing but ascii here\n" * 5000 + COMPLEX.encode("big5")
    assert decode(data).encoding == "big5"


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        found = decode(data)
    except Refused as refusal:
        assert refusal.reason in ("empty", "binary", "encoding")
        return
    assert 0 <= found.confidence <= 1
    codecs.lookup(found.encoding)


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=80))
def test_utf8_with_a_mark_is_never_mistaken(text: str) -> None:
    assert decode(codecs.BOM_UTF8 + text.encode()).text == text


def test_the_likeliest_come_first() -> None:
    found = candidates(COMPLEX.encode("big5"))
    assert found[0].encoding == "big5hkscs"
    assert [one.likelihood for one in found] == sorted((one.likelihood for one in found), reverse=True)


@pytest.mark.parametrize("name", ["杨波", "余华"])
def test_a_short_name_is_no_damaged_utf8_because_it_holds_a_sequence_of_it(name: str) -> None:
    assert decode(name.encode("gbk"), declared="gb2312").text == name
    assert decode("中華民國統計年報".encode()[:-1]).text[:-1] == "中華民國統計年"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_names_of_files(encoding: str) -> None:
    assert decode_name("中華民國統計年報.txt".encode(encoding)) == "中華民國統計年報.txt"


def test_the_lists_of_characters_come_from_the_dictionary_of_jieba() -> None:
    import jieba
    from opencc import OpenCC

    assert jieba.__file__ is not None
    lines = (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines()
    found: Counter[str] = Counter()
    for word, count in (line.split(" ")[:2] for line in lines):
        for character in word:
            found[character] += int(count)
    han = sorted((one for one in found if "\u4e00" <= one <= "\u9fff"), key=lambda one: (-found[one], one))
    assert "".join(han[: len(SIMPLIFIED)]) == SIMPLIFIED
    assert len(set(OpenCC("s2tw").convert(SIMPLIFIED)) & set(TRADITIONAL)) > 2400


@pytest.mark.parametrize("start", range(0, 40, 7))
def test_hz(start: int) -> None:
    passage = f"a\n{SIMPLE[start : start + 10]}"
    found = decode(passage.encode("hz"))
    assert (found.text, found.encoding) == (passage, "hz")


@pytest.mark.parametrize("text", ['(format nil "~{~a~^, ~}" list)', "~{ab~}", "~{ a ~}", "~{", "C:\\~{x y}", "a~~b"])
def test_ascii_with_tildes_is_not_hz(text: str) -> None:
    assert decode(text.encode()).text == text


@pytest.mark.parametrize("text", ["Copyright © 2001 Yu", "50 °C", "±5", "Привет, как дела?", "Γειά σου Κόσμε", "שלום עולם", "naïve café"])
def test_utf8_of_other_alphabets(text: str) -> None:
    assert decode(text.encode()).text == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-8", "gb18030", "big5"])
def test_a_file_that_was_cut_off_inside_a_character(encoding: str) -> None:
    text = COMPLEX * 3
    found = decode(text.encode(encoding)[:-1])
    assert (found.text[: len(text) - 1], found.replaced) == (text[:-1], 1)


@pytest.mark.parametrize(("text", "encoding"), [(SIMPLE, "gb18030"), (COMPLEX, "gb18030"), (COMPLEX, "big5")])
@pytest.mark.parametrize("stray", [b"\xff", b"\x80", b"\xa0", b"\xb5"])
def test_a_byte_too_many_costs_itself_and_not_the_line_behind_it(text: str, encoding: str, stray: bytes) -> None:
    before = text[:10].encode(encoding)
    found = decode(before + stray + text[10:].encode(encoding))
    assert found.text[:8] == text[:8]
    assert found.text.endswith(text[13:])


@given(st.binary(max_size=300))
def test_a_line_that_is_mended_has_all_its_whole_characters(noise: bytes) -> None:
    line = noise.replace(b"\n", b"")
    cut = likeliest_cut(line, "gb18030")
    assert len(cut.encode("gb18030")) >= len(line)  # a byte left over is one character, and U+FFFD is four bytes there


@given(st.lists(st.sampled_from(["\x1b[1;31m", "\x1b[m", "\x1b[33;44m"]), min_size=2 * len(COMPLEX), max_size=2 * len(COMPLEX)))
def test_colours_of_a_terminal_may_stand_anywhere_also_within_a_character(colours: list[str]) -> None:
    data = b"".join(
        bytes((byte,)) + colour.encode() for byte, colour in zip(COMPLEX.encode("big5"), [*colours, "", "\x1b[m"], strict=False)
    )
    data += COMPLEX.encode("big5")[len(colours) :]
    document = read_one("M.1018618385.A", data)
    assert (document.text, document.metadata["encoding"]) == (COMPLEX, "big5")


def test_what_looks_like_a_colour_in_utf16_is_text() -> None:
    text = f"嬛洱\n{SIMPLE}"
    assert b"\x1b[1m" in text.encode("utf-16-le")
    assert read_one("a.txt", codecs.BOM_UTF16_LE + text.encode("utf-16-le")).text == text
