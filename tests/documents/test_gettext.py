"""A catalogue of gettext becomes its messages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from searcher.documents import ReadOptions, Source
from searcher.documents.document import PLAIN, Refused
from searcher.documents.plain.gettext import read_gettext
from tests.documents.reading import read_one
from tests.patience import no_hang

CATALOGUE = r"""# 版權
msgid ""
msgstr ""
"Project-Id-Version: 編輯器 1.0\n"
"PO-Revision-Date: 2021-08-17 11:18+0800\n"
"Last-Translator: 王小明\n"
"Language: zh_TW\n"
"Content-Type: text/plain; charset=UTF-8\n"

#. Menu
#: src/main.c:12
#, c-format
msgctxt "menu"
msgid "Open \"%s\""
msgstr "開啟「%s」"

#  譯者註
msgid ""
"one "
"file\n"
msgid_plural "%d files"
msgstr[0] "一個檔案"
msgstr[1] "%d 個檔案"

msgid "Untranslated"
msgstr ""

#~ msgid "Old"
#~ msgstr "舊"
"""


def test_messages_stand_above_their_translations() -> None:
    document = read_one("zh_TW.po", CATALOGUE)
    assert document.text.split("\n\n") == [
        "版權",
        'Menu\nOpen "%s"\n開啟「%s」',
        "譯者註\none file\n%d files\n一個檔案\n%d 個檔案",
        "Untranslated",
    ]
    assert (document.title, document.date) == ("zh_TW.po", "2021-08-17T11:18:00+08:00")
    about = {name: document.metadata[name] for name in ("format", "author", "language", "project")}
    assert about == {"format": "po", "author": "王小明", "language": "zh_TW", "project": "編輯器 1.0"}


def test_lines_are_those_of_the_file() -> None:
    document = read_one("a.po", CATALOGUE)
    lines = CATALOGUE.split("\n")
    for place in document.locations:
        written = document.text[place.start :].split("\n")[0]
        if written != "one file":
            assert written.replace('"', '\\"') in lines[int(place.label) - 1]


def test_an_old_catalogue_in_big5() -> None:
    written = CATALOGUE.replace("UTF-8", "Big5")
    document = read_one("a.po", written.encode("big5"))
    assert document.text == read_one("a.po", CATALOGUE).text and document.metadata["encoding"].startswith("big5")  # type: ignore[union-attr]


def test_what_has_no_message_is_plain_text() -> None:
    document = read_one("a.po", "河名 Po\n一段文字\n")
    assert (document.text, document.metadata["format"]) == ("河名 Po\n一段文字", "text")


def test_no_space_is_needed() -> None:
    assert read_one("a.po", 'msgid"b"\nmsgstr"乙"\n').text == "b\n乙"


def test_many_messages_take_no_square_of_their_number() -> None:
    with no_hang():
        assert read_one("a.po", 'msgid "a"\nmsgstr "b"\n' * 50_000).text
        assert read_one("a.po", 'msgid "a"\n' + '"b"\n' * 200_000).text


@given(st.lists(st.sampled_from(["msgid ", "msgstr ", "msgstr[0] ", '"', "a", "\\", "\n", "#", "# ", "#.", "甲", '""\n'])))
def test_whatever_it_is_nothing_is_raised(pieces: list[str]) -> None:
    try:
        (document,) = read_gettext(Source.of_bytes("a.po", "".join(pieces).encode()), ReadOptions())
    except Refused as refusal:
        assert refusal.reason in ("empty", PLAIN)
    else:
        assert all(place.start < max(1, len(document.text)) for place in document.locations)


def test_a_remark_behind_a_text_is_none_of_it() -> None:
    assert read_one("a.po", 'msgid "Open #1"  # a button\nmsgstr "開啟 #1" # 按鈕\n').text == "Open #1\n開啟 #1"
