"""Words of two regions are found in texts that say the same, and only those that stand for each other."""

from __future__ import annotations

import json
import struct
import zipfile
from collections import Counter
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.tables.making.mining import messages, regions
from searcher.tables.making.mining.alignment import BREAK, LONGEST_PHRASE, align, phrases
from searcher.text.folding import fold_script

SENTENCES = [
    ("打印{}的文件", "列印{}的檔案"),
    ("正在打印{}", "正在列印{}"),
    ("打印选中的{}", "列印選取的{}"),
    ("把{}保存到文件", "把{}儲存到檔案"),
    ("文件里没有{}", "檔案裡沒有{}"),
    ("搜索{}", "搜尋{}"),
    ("无法搜索{}", "無法搜尋{}"),
]
NOUNS = "照片 报告 地图 日历 名单 账单 海报 信封 标签 证书".split()
READERS = {"zh-cn": regions.Reader(), "zh-tw": regions.Reader()}
LINES = [
    (READERS["zh-cn"].cut(here.format(noun)), READERS["zh-tw"].cut(there.format(noun))) for (here, there), noun in product(SENTENCES, NOUNS)
]


def linked_words() -> Counter[tuple[str, str]]:
    return Counter(
        (here[a], there[b]) for (here, there), links in zip(LINES, align(LINES), strict=True) for a, b in links if here[a] != there[b]
    )


def test_equal_words_are_linked_and_different_ones_that_always_meet() -> None:
    found = linked_words()
    assert found["打印", "列印"] == 30
    assert found["搜索", "搜寻"] == 20
    assert found["文件", "档案"] == 30
    for noun in NOUNS:
        assert not [pair for pair in found if noun in pair]


def test_a_break_is_linked_to_no_word() -> None:
    lines = [(("甲", BREAK, "乙"), ("丙", "丁", BREAK))] * 5
    for links in align(lines):
        assert all((lines[0][0][a] == BREAK) == (lines[0][1][b] == BREAK) for a, b in links)


words = st.lists(st.sampled_from(["甲", "乙", "丙", BREAK]), min_size=1, max_size=6).map(tuple)


@settings(max_examples=150)
@given(words, words, st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=8))
def test_phrases_are_what_the_definition_says(here: tuple[str, ...], there: tuple[str, ...], chosen: set[tuple[int, int]]) -> None:
    links = sorted((a, b) for a, b in chosen if a < len(here) and b < len(there))
    assert sorted(phrases(links, here, there)) == sorted(obvious_phrases(links, here, there))


def obvious_phrases(links: list[tuple[int, int]], here: tuple[str, ...], there: tuple[str, ...]) -> list[tuple[int, int, int, int]]:
    """All rectangles that hold each link of their rows and columns, have one on every side, and no break in them."""
    spans = [[(i, j) for i in range(len(side)) for j in range(i + 1, min(len(side), i + LONGEST_PHRASE) + 1)] for side in (here, there)]
    return [
        (a, b, c, d)
        for (a, b), (c, d) in product(*spans)
        if all((a <= i < b) == (c <= j < d) for i, j in links)
        and {a, b - 1} <= {i for i, j in links if c <= j < d}
        and {c, d - 1} <= {j for i, j in links if a <= i < b}
        and BREAK not in here[a:b] + there[c:d]
    ]


def mined(lines: list[tuple[tuple[str, ...], tuple[str, ...]]], monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    monkeypatch.setattr(regions, "known_pairs", lambda: frozenset())
    monkeypatch.setattr(regions, "rejected_pairs", lambda: frozenset({("搜索", "搜寻")}))
    rows = regions.mined_rows(regions.gather({"one": lines}), READERS)
    return {(row[0], row[1]): row[2] for row in rows}


def test_pairs_are_mined_both_ways_unless_a_reader_rejected_them(monkeypatch: pytest.MonkeyPatch) -> None:
    found = mined(LINES, monkeypatch)
    assert found["打印", "列印"] == "tw"
    assert found[fold_script("列印"), "打印"] == "cn"
    assert found["文件", "檔案"] == "tw"
    assert not [pair for pair in found if "搜索" in pair]


def test_what_is_made_up_of_shorter_pairs_is_not_mined(monkeypatch: pytest.MonkeyPatch) -> None:
    found = mined(LINES, monkeypatch)
    assert ("打印照片", "列印照片") not in found
    assert regions.is_composed(("打印照片", "列印照片"), {("打印", "列印")})
    assert regions.is_composed(("打印的照片", "列印照片"), {("打印", "列印")})
    assert not regions.is_composed(("打印照片", "列印地图"), {("打印", "列印")})
    assert not regions.is_composed(("打印机", "印表机"), {("打印", "印表")}), "a word of its own is looked up as one"


def test_seldom_seen_is_not_mined(monkeypatch: pytest.MonkeyPatch) -> None:
    few = [pair for pair in LINES if "打印" not in pair[0]] + [pair for pair in LINES if "打印" in pair[0]][:2]
    assert ("打印", "列印") not in mined(few, monkeypatch)


def test_words_are_shown_as_their_region_writes_them() -> None:
    reader = regions.Reader()
    reader.cut("螢幕畫面，計畫")
    reader.cut("畫面劃分")
    assert reader.written(fold_script("畫面")) == "畫面"
    assert reader.written(fold_script("螢幕畫面")) == "螢幕畫面"


def test_a_word_is_cut_with_breaks_between_what_does_not_touch() -> None:
    assert regions.cut("文件、照片 地图") == ("文件", BREAK, "照片", "地图")


def compiled_catalogue(texts: dict[str, str]) -> bytes:
    pairs = [(key.encode(), value.encode()) for key, value in texts.items()]
    at = 28 + 16 * len(pairs)
    tables: list[bytes] = []
    body = b""
    for side in (0, 1):
        for pair in pairs:
            tables.append(struct.pack("<2I", len(pair[side]), at + len(body)))
            body += pair[side] + b"\0"
    return struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0) + b"".join(tables) + body


def data_pack(texts: dict[int, str]) -> bytes:
    at, entries, body = 12 + 6 * (len(texts) + 1), b"", b""
    for id, text in texts.items():
        entries += struct.pack("<HI", id, at + len(body))
        body += text.encode()
    return struct.pack("<IB3xHH", 5, 1, len(texts), 0) + entries + struct.pack("<HI", 0, at + len(body)) + body


def test_the_formats_of_messages_are_read() -> None:
    assert dict(messages.read_mo(compiled_catalogue({"": "header", "Print": "打印"}), "zh")) == {"Print": "打印"}
    assert dict(messages.read_pak(data_pack({7: "打印", 9: "搜索"}), "zh")) == {"7": "打印", "9": "搜索"}
    assert dict(messages.read_json('{"zh-TW": {"a": {"b": "列印"}, "c": ["搜尋"]}}'.encode(), "zh-TW")) == {"/a/b": "列印", "/c/0": "搜尋"}
    assert dict(messages.read_array('var content = [\n\tundefined,\n\t"打印",\n\t"搜索"\n];'.encode(), "")) == {"2": "打印", "3": "搜索"}
    assert dict(messages.read_yaml("zh_CN:\n  a:\n    b: '打印'\n  c: 搜索\n".encode(), "")) == {
        "": "",
        "a": "",
        "a/b": "打印",
        "c": "搜索",
    }


def test_a_data_pack_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="version 4"):
        dict(messages.read_pak(struct.pack("<IB3xHH", 4, 1, 0, 0), "zh"))


def android_table(texts: dict[tuple[bytes, bytes], list[str]]) -> bytes:
    """A table of resources with one type of strings, in each language and country."""
    strings = [text.encode() for written in texts.values() for text in written]
    pool = b"".join(bytes((len(text.decode()), len(text))) + text + b"\0" for text in strings)
    offsets, at = [], 0
    for text in strings:
        offsets.append(at)
        at += len(text) + 3
    head = struct.pack("<HHI5I", 1, 28, 28 + 4 * len(strings) + len(pool), len(strings), 0, 0x100, 28 + 4 * len(strings), 0)
    table = head + struct.pack(f"<{len(strings)}I", *offsets) + pool
    types, number = b"", 0
    for (language, country), written in texts.items():
        entries = b""
        for _ in written:
            entries += struct.pack("<HHI", 8, 0, 0) + struct.pack("<HBBI", 8, 0, 3, number)
            number += 1
        size = 52 + 4 * len(written) + len(entries)
        types += struct.pack("<HHIBBHII", 0x201, 52, size, 4, 0, 0, len(written), 52 + 4 * len(written))
        types += struct.pack("<I4x", 28) + language + country + bytes(20)
        types += struct.pack(f"<{len(written)}I", *(16 * n for n in range(len(written)))) + entries
    package = struct.pack("<HHI", 0x200, 8, 8 + len(types)) + types
    return struct.pack("<HHII", 2, 12, 12 + len(table) + len(package), 1) + table + package


def test_the_strings_of_a_resource_table_are_read_by_language() -> None:
    files = dict(messages.android_strings(android_table({(b"zh", b"CN"): ["打印", "搜索"], (b"zh", b"TW"): ["列印", "搜尋"]})))
    assert json.loads(files["android/locales/zh-TW/strings.json"]) == {"4/0": "列印", "4/1": "搜尋"}
    assert set(files) == {"android/locales/zh-CN/strings.json", "android/locales/zh-TW/strings.json"}


def test_messages_of_a_package_meet_by_their_ids(tmp_path: Path) -> None:
    place = tmp_path / "packages" / "pip" / "made-1-0"
    place.mkdir(parents=True)
    with zipfile.ZipFile(place / "made-1.0-py3-none-any.whl", "w") as file:
        file.writestr("made/zh_CN/a.json", json.dumps({"p": "打印{name}", "s": "搜索", "e": "English"}))
        file.writestr("made/zh_TW/a.json", json.dumps({"p": "列印 {name}", "s": "搜尋", "x": "多餘"}))
    source = messages.Source("made", "pip", ("made==1.0",), "MIT", r"/(?P<place>zh_\w\w)/\w+\.json$", messages.read_json)
    rows = [{key: text for key, text in row.items() if key != "id"} for row in messages.gather(source, tmp_path)]
    assert sorted(rows, key=str) == [{"zh-cn": "打印", "zh-tw": "列印"}, {"zh-cn": "搜索", "zh-tw": "搜尋"}]


@pytest.mark.parametrize(
    ("path", "place", "expected"),
    [
        ("pack_zh_cn.whl/pack_zh_CN/zh_CN/a.mo", "zh_CN", "pack_*.whl/pack_*/*/a.mo"),
        ("x/zh-Hant-0123456789abcdef0123456789abcdef.json", "zh-Hant", "x/**.json"),
        ("main/zh/units.json", "zh", "main/*/units.json"),
    ],
)
def test_paths_of_regions_differ_in_the_region_alone(path: str, place: str, expected: str) -> None:
    assert messages.unplaced(path, place) == expected
