"""A PDF becomes its text layer; what has none that can be read is told."""

from __future__ import annotations

import random
import re

import pytest

from searcher.documents import Document, ReadOptions, Skipped, Source
from searcher.documents.composing.printedpages import documents_of_pages, is_garbled, join_pages, without_running_heads
from searcher.documents.document import Location
from searcher.documents.printed.pdf import read_pdf
from searcher.text.folding import fold
from tests.documents.pdfs import assembled, pdf
from tests.documents.reading import read_all, read_one, skipped

TEXT = "商湯科技計劃近幾週啟動赴港上市申請，擬募資二十億美元。"


def test_pages_are_places() -> None:
    document = read_one("報告.pdf", pdf(f"第一頁\n{TEXT}", "第二頁的文字接", "下去。"))
    assert document.text == f"第一頁\n{TEXT}\n\n第二頁的文字接\n下去。"
    assert [(place.kind, place.label, document.text[place.start :][:2]) for place in document.locations] == [
        ("page", "1", "第一"),
        ("page", "2", "第二"),
        ("page", "3", "下去"),
    ]
    assert "文字接下去" in fold(document.text).text
    assert document.title == "第一頁"


def test_what_it_says_of_itself() -> None:
    info = {"Title": "深度學習入門", "Author": "周默", "CreationDate": "D:20210817111800+08'00'", "Keywords": "學習"}
    document = read_one("a.pdf", pdf(TEXT, info=info))
    assert (document.title, document.date) == ("深度學習入門", "2021-08-17T11:18:00+08:00")
    assert document.metadata == {"format": "pdf", "pages": "1", "author": "周默", "keywords": "學習"}


@pytest.mark.parametrize(
    ("made", "changed", "date"),
    [
        ("D:20210817", "D:20240101", "2021-08-17"),
        ("D:19700101000000Z", "D:20240101", "2024-01-01"),
        ("", "D:20240101", "2024-01-01"),
        ("D:19700101", "D:19800101", None),
    ],
)
def test_it_is_of_the_day_on_which_it_was_made_where_that_is_known(made: str, changed: str, date: str | None) -> None:
    assert read_one("a.pdf", pdf(TEXT, info={"CreationDate": made, "ModDate": changed})).date == date


TITLES = [
    ("Microsoft Word - 年度報告", "年度報告"),
    ("Microsoft Word - 报告.doc", "首行"),
    ("doi:10.1016/j.tcs.2003.05.002", "首行"),
    ("Proceedings Template - WORD", "首行"),
    ('Unconditional <Emphasis Type="Italic">sender</Emphasis> privacy', "Unconditional sender privacy"),
    ("untitled", "首行"),
    ("新建 Microsoft Word 文档", "首行"),
    ("無標題1", "首行"),
    ("\ue000\ue001", "首行"),
    ("ÉÌÌÀ¿Æ¼¼ÉêÇëÉÏÊÐ", "商汤科技申请上市"),
    ("Ökologie für Anfänger", "Ökologie für Anfänger"),
]


@pytest.mark.parametrize(("written", "title"), TITLES)
def test_titles(written: str, title: str) -> None:
    assert read_one("a.pdf", pdf(f"首行\n{TEXT}", info={"Title": written})).title == title


def test_pages_go_by_their_labels() -> None:
    labels = "<< /Nums [0 << /S /r >> 2 << /S /D >> 3 << /P (A-) /S /D >>] >>"
    document = read_one("a.pdf", pdf("序。", "言。", "文。", "附錄。", labels=labels))
    assert [place.label for place in document.locations] == ["i", "ii", "1", "A-1"]


def test_radicals_and_spaces_stay_and_match() -> None:
    document = read_one("a.pdf", pdf("⼈ ⼯ 智 能 的 發 展，⻄ 安"))
    assert document.text == "⼈ ⼯ 智 能 的 發 展，⻄ 安"
    assert "人工智能" in fold(document.text).text


def test_characters_outside_of_the_basic_plane() -> None:
    assert "𠮷野家" in read_one("a.pdf", pdf("A野家，" + TEXT, meaning={"A": "𠮷"})).text


def test_running_heads_stay_once() -> None:
    pages = [
        f"某某年度報告 第{number}頁\n{TEXT[number]}這是正文第一\n行，句子{TEXT[-number]}還沒有\n- {number} / 9 -" for number in range(1, 7)
    ]
    document = read_one("a.pdf", pdf(*pages))
    assert document.text.count("年度報告") == 1
    assert document.text.count(" / 9") == 1
    assert document.text.startswith("某某年度報告 第1頁\n湯這是正文第一\n行，句子。還沒有\n- 1 / 9 -\n科這是")
    assert "還沒有\n技這是" in document.text


def test_rows_of_a_table_are_no_running_heads() -> None:
    pages = [f"{number * 7 % 10} {number * 3 % 10}\n{TEXT[number]}表\n{number * number} 元" for number in range(8)]
    assert without_running_heads(pages) == pages


def test_heads_of_chapters_and_of_facing_pages() -> None:
    pages = [f"第一章 緒論 {n}\n甲{TEXT[n]}" if n % 2 else f"{n} 書名\n乙{TEXT[n]}" for n in range(11, 21)]
    assert without_running_heads(pages)[2:] == [f"甲{TEXT[n]}" if n % 2 else f"乙{TEXT[n]}" for n in range(13, 21)]


def test_a_long_one_gives_what_can_be_read_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searcher.documents.composing.printedpages._SHARE_OF_TIME", 0)
    document, rest = read_pdf(Source.of_bytes("a.pdf", pdf(TEXT, TEXT)), ReadOptions())
    assert isinstance(document, Document) and document.text == TEXT
    assert rest == Skipped("a.pdf", "timeout", "only 1 of its 2 pages could be read in time")


def test_few_pages_have_no_running_heads() -> None:
    pages = ["標題\n甲", "標題\n乙", "標題\n丙"]
    assert without_running_heads(pages) == pages


def test_empty_pages_are_no_places() -> None:
    assert join_pages(["甲。", "", "乙"], ["1", "2", "3"]) == ("甲。\n\n乙", [Location(0, "page", "1"), Location(4, "page", "3")])


def test_a_scan() -> None:
    assert skipped("a.pdf", pdf("", "")) == ("no-text", "no text layer: a scan?")


def test_a_password() -> None:
    secret = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O <{'41' * 32}> /U <{'42' * 32}> /P -4 >> /ID [<41> <41>]"
    assert skipped("a.pdf", pdf(TEXT, trailer=secret)) == ("encrypted", "protected by a password")


LONG = TEXT * 8
RANDOM = random.Random(1)
GARBLED = {
    "replacement characters": "\ufffd" * 30 + TEXT,
    "symbols": "\uf041\uf062\uf063" * 30 + TEXT,
    "private use": "\ue001\uf8ff\ue123" * 10 + "文字",
    "controls": "\x01\x02\x03\x04" * 10,
    "unassigned": "\u0378\u0379" * 12,
    "GBK as Latin": TEXT.encode("gb18030").decode("latin-1"),
    "places in a font": "OéA¤ƒ:\x7f£ {0 OéA¤ßÃá¥^ï˛5)˚A¤ØK duê'%ÉÈ†ò'Xßå±;ùE,\x1b©a?ÿ\x17p²\x14=p",
    "characters at random": "".join(chr(RANDOM.randrange(0x4E00, 0x9FA6)) for _ in range(300)),
}


@pytest.mark.parametrize("text", GARBLED.values(), ids=GARBLED.keys())
def test_garbled(text: str) -> None:
    assert is_garbled(text)


SOUND = [
    "",
    "短",
    TEXT,
    LONG,
    "Voilà déjà l'été: où êtes-vous, mes élèves préférés?",
    "Le présent rapport étudie la méthode des éléments finis; l'e\x02cacité des di\x03érents algorithmes est véri\x01ée.",
    "天地玄黃宇宙洪荒日月盈昃辰宿列張" * 10,
    "ㄅㄆㄇ" * 20,
]


@pytest.mark.parametrize("text", [*SOUND, "\uf028\uf029\uf03d\uf02b" * 6 + TEXT, "• " * 5 + "\ue000" * 5 + TEXT, " \n\t" * 100])
def test_sound(text: str) -> None:
    assert not is_garbled(text)


def test_where_most_pages_are_garbled_a_sign_of_it_is_enough() -> None:
    said, bad, sign = "說明。", GARBLED["places in a font"], "cj(a, b) L\x1b"
    for pages, text in (
        ([bad, bad, bad, sign, said], said),
        ([bad, bad, bad, "1 # ……… 2", said], said),
        ([bad, said, sign, said], f"{said}\n\n{sign}\n{said}"),
    ):
        documents = documents_of_pages(
            Source.of_bytes("a.pdf", b""),
            pages,
            [*"12345"][: len(pages)],
            count=len(pages),
            title=None,
            metadata={},
            about={},
            stamped=None,
        )
        (document,) = (item for item in documents if isinstance(item, Document))
        assert document.text == text


def test_a_garbled_text_layer_is_never_indexed() -> None:
    meaning = {character: chr(0xE000 + number) for number, character in enumerate(sorted(set(TEXT)))}
    assert skipped("a.pdf", pdf(TEXT, TEXT, meaning=meaning)) == ("no-text", "its text layer is garbled")


def test_a_garbled_page_is_left_out_and_told() -> None:
    noise = "".join(chr(0x6F00 + number) for number in range(25))
    meaning = {character: chr(0xE000 + number) for number, character in enumerate(noise)}
    document, part = read_all("a.pdf", pdf(TEXT, noise, TEXT, meaning=meaning))
    assert isinstance(document, Document) and document.text == f"{TEXT}\n\n{TEXT}"
    assert [place.label for place in document.locations] == ["1", "3"]
    assert part == Skipped("a.pdf", "no-text", "the text layer of 1 of its 3 pages is garbled: 2")


def test_a_signature_beats_the_name() -> None:
    assert read_one("a.txt", b"junk from a gateway\n" + pdf(TEXT)).text == TEXT


def test_limits() -> None:
    assert skipped("a.pdf", pdf(TEXT), max_bytes=20)[0] == "too-large"
    assert skipped("a.pdf", pdf(TEXT), max_expanded_bytes=20)[0] == "too-large"


PAGES = {1: "<< /Type /Catalog /Pages 2 0 R >>"}
HOSTILE = {
    "truncated": (pdf(TEXT)[:700], "damaged"),
    "nothing but a mark": (b"%PDF-1.7\n", "damaged"),
    "noise": (b"%PDF-1.7\n" + RANDOM.randbytes(20_000), "damaged"),
    "pages that hold themselves": (assembled({**PAGES, 2: "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"}), "no-text"),
    "pages that are not there": (assembled({**PAGES, 2: "<< /Type /Pages /Kids [] /Count 1000 >>"}), "no-text"),
    "a million of them": (assembled({**PAGES, 2: "<< /Type /Pages /Kids [] /Count 1000000 >>"}), "damaged"),
    "a drawing that holds itself twice": (pdf(TEXT, contents=["/X Do"] * 2), "timeout or damaged"),  # whichever ends first, time or memory
}


@pytest.mark.parametrize(("data", "reason"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile(data: bytes, reason: str) -> None:
    assert skipped("a.pdf", data, timeout=1 if "timeout" in reason else 20)[0] in reason.split(" or ")


def test_half_a_character_in_what_it_says_of_itself_costs_nothing_else() -> None:
    written = pdf(TEXT, info={"Title": "中", "Author": "張三"}, labels="<< /Nums [0 << /P <FEFFD840> >>] >>")
    broken = re.sub(rb"(?i)<FEFF4E2D>", b"<FEFFD840>", written)
    assert broken != written
    document = read_one("甲.pdf", broken)
    assert (document.metadata["author"], document.title) == ("張三", TEXT.split("\n")[0])
    assert [place.label for place in document.locations if place.kind == "page"] == ["1"]


HANDOUT = "義大醫療財團法人 21×29.7cm 印製\n聯絡資訊：衛教室\n失智症是認知功能的障礙，照護者須注意事項如下。\n一、定義"
"""What a program has put first into a file, though a reader sees it at the foot of the page."""


def _shown(text: str, size: int, *, height: int = 600, matrix: str = "") -> str:
    """The operators that show a line of the page once more, in letters of a size."""
    placed = f"/F 1 Tf {matrix.format(size)} 50 {height} Tm" if matrix else f"/F {size} Tf 50 {height} Td"
    return f"BT {placed} <{text.encode('utf-16-be').hex()}> Tj ET"


SMALL, SMALLER = _shown("定義", 12), _shown("照護", 12, height=500)
LONG_TITLE = (
    _shown("A Simple Scheme for the Routing of", 28),
    _shown("Highly Variable Traffic in Overlays", 28, height=570),
    _shown("and Backbones", 28, height=540),
)
LARGE = [
    ((_shown("失智症照護", 28),), "失智症照護"),
    ((_shown("失智症照護", 28, matrix="{0} 0 0 {0}"),), "失智症照護"),
    ((_shown("失智症照護", 28), _shown("注意事項", 26)), "失智症照護 注意事項"),
    ((_shown("一二", 40), _shown("定義", 12), _shown("失智症照護", 28)), "失智症照護"),  # an initial
    ((_shown("augmen-", 28), _shown("ted generation", 28, height=570)), "augmented generation"),
    ((_shown("arXiv:1601.04920v1 [stat.ML]", 40, matrix="0 {0} -{0} 0"), _shown("失智症照護", 28)), "失智症照護"),  # up the margin
    (
        (_shown("Abstract", 30), SMALL, _shown("1 Introduction A", 28), SMALLER, _shown("失智症照護", 20)),
        "失智症照護",
    ),
    ((_shown("This paper is included in the", 30), SMALL, _shown("失智症照護", 20)), "失智症照護"),
    ((*LONG_TITLE, _shown("定義" * 60, 12)), "A Simple Scheme for the Routing of Highly Variable Traffic in Overlays and Backbones"),
    ((_shown("失智症照護", 14),), "義大醫療財團法人 21×29.7cm 印製"),  # hardly larger
    ((_shown("失智症照護", 10),), "義大醫療財團法人 21×29.7cm 印製"),
    ((_shown("障礙", 40),), "義大醫療財團法人 21×29.7cm 印製"),
    (
        tuple(_shown("失智症照護", 28, height=100 * number) for number in range(5)),
        "義大醫療財團法人 21×29.7cm 印製",
    ),  # all that is large is no title
]


@pytest.mark.parametrize(("contents", "title"), LARGE)
def test_the_largest_letters_are_the_title(contents: tuple[str, ...], title: str) -> None:
    page = f"{HANDOUT}二"
    assert read_one("HA-1-0199.pdf", pdf(page, contents=contents)).title == title
    assert read_one("HA-1-0199.pdf", pdf(page, info={"Title": "衛教"}, contents=contents)).title == "衛教"


def test_a_watermark_is_no_title() -> None:
    """What stands on every page in the largest letters; the name of a book may stand on its pages, too, but small."""
    mark, chapter = _shown("知乎用戶甲", 40, height=300), _shown("回歸分析", 28)
    assert read_one("a.pdf", pdf(HANDOUT, HANDOUT, contents=(mark, SMALL, chapter))).title == "回歸分析"
    assert read_one("a.pdf", pdf(HANDOUT, contents=(mark, SMALL, chapter))).title == "知乎用戶甲"
    book = pdf(f"孫子兵法\n{HANDOUT}", f"孫子兵法\n{HANDOUT}").replace(b"/F 12 Tf 50 780", b"/F 40 Tf 50 780", 1)
    assert read_one("a.pdf", book).title == "孫子兵法"


def test_a_word_that_is_divided_at_the_end_of_a_line_is_whole() -> None:
    lines = (_shown("augmen-", 12), _shown("ted generation", 12, height=584))
    assert "augmented generation" in read_one("a.pdf", pdf(TEXT, contents=lines)).text


def test_rare_characters_in_the_largest_letters_are_whole() -> None:
    page = read_one("a.pdf", pdf(f"{HANDOUT}乙", meaning={"乙": "𠮷"}, contents=(_shown("乙失智症照護", 28),)))
    assert page.title == "𠮷失智症照護"


@pytest.mark.parametrize("unreadable", ["\x05\x06", "\ue001"])
def test_large_letters_that_cannot_be_read_are_no_title(unreadable: str) -> None:
    page = pdf(f"{HANDOUT}乙", meaning={"乙": unreadable}, contents=(_shown("乙失智症照護", 28),))
    assert read_one("a.pdf", page).title == HANDOUT.split("\n")[0]


def test_the_largest_letters_of_a_page_that_is_garbled_are_no_title() -> None:
    garbled = f"失智症照護\n{''.join(map(chr, range(0xE000, 0xE040)))}"
    first, _ = read_all("a.pdf", pdf(garbled, HANDOUT).replace(b"/F 12 Tf 50 780", b"/F 40 Tf 50 780", 1))
    assert isinstance(first, Document)
    assert first.title == HANDOUT.split("\n")[0]


@pytest.mark.parametrize("stamp", ["由 扫描全能王 扫描创建", "由掃描全能王掃描創建", "Scanned with CamScanner", "CamScanner"])
def test_what_an_app_for_scanning_prints_onto_pages_is_no_text_layer(stamp: str) -> None:
    assert skipped("a.pdf", pdf(stamp, stamp)) == ("no-text", "no text layer: a scan?")
    assert read_one("a.pdf", pdf(TEXT, stamp)).text == TEXT


def test_a_title_that_a_printer_driver_wrote_in_hexadecimal() -> None:
    written = "民法總則".encode("big5").hex().upper()
    assert read_one("a.pdf", pdf(TEXT, info={"Title": f"<{written}>"})).title == "民法總則"
    assert read_one("a.pdf", pdf(TEXT, info={"Title": "<5A>"})).title == "<5A>"


@pytest.mark.parametrize(("name", "title"), [("公示說明.pdf", "公示說明"), ("a.pdf", "舊文件標題")])
def test_a_title_that_neither_text_nor_name_have_gives_way_to_a_chinese_name(name: str, title: str) -> None:
    assert read_one(name, pdf(TEXT, info={"Title": "舊文件標題"})).title == title


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("失智症照護_思路與途徑_何伯森.pdf", "失智症照護_思路與途徑"),
        ("失智症照護思路與途徑_何伯森.pdf", "失智症照護思路與途徑"),
        ("別的名稱_何伯森.pdf", "何伯森"),
        ("失智症照護.pdf", "何伯森"),
    ],
)
def test_an_article_that_cnki_has_named_by_its_title_and_author_is_called_so(name: str, title: str) -> None:
    """Where no title is kept, and its author stands in the largest letters."""
    assert read_one(name, pdf(f"失智症照護：思路與途徑\n{HANDOUT}", contents=(_shown("何伯森　著者", 28),))).title.startswith(title)
