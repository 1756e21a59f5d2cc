"""A web page becomes what a reader sees."""

from __future__ import annotations

import plistlib
from importlib.util import find_spec

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from searcher.documents.web import article, costly, html
from searcher.documents.web.html import declared_encoding, page_of
from tests.documents.reading import read_one, skipped
from tests.patience import no_hang

SHOWN = [
    ("<p>甲<p>乙", "甲\n\n乙"),
    ("<p>中文\n  換行</p>", "中文換行"),
    ("<p>中文 空格</p>", "中文 空格"),
    ("<p>two\n  words</p>", "two words"),
    ("<p>中文<b>\n粗體</b>\n接續</p>", "中文粗體接續"),
    ("<p>甲<br>乙</p>", "甲\n乙"),
    ("<p>&amp;&lt;&#x6df1;&nbsp;乙</p>", "&<深 乙"),
    ("<ul><li>甲<ul><li>內</ul><li>乙</ul>", "• 甲\n  • 內\n• 乙"),
    ("<ol start=3><li>甲<li><li>乙</ol>", "3. 甲\n5. 乙"),
    ("文<table><tr><th>甲<th>乙<tr><td><p>丙</p><td>丁</table>後", "文\n\n甲\t乙\n丙\t丁\n\n後"),
    ("<table><tr><td>空<td><td>乙</table>", "空\t乙"),
    ("<table><tr><td>甲<td></table>後", "甲\n\n後"),
    ("<table><tr><td><p>長</p><p>文</p><td>旁</table>", "長\n\n文\n\n旁"),
    ("<p>前<pre>\nx\n  y\n</pre>後", "前\n\nx\n  y\n\n後"),
    ("<ruby>漢<rp>(</rp><rt>ㄏㄢˋ</rt><rp>)</rp>字<rt>ㄗˋ</ruby>的", "漢字的"),
    ("<p>一段<sup><a href='#1'>[1]</a></sup>文字<sup>2</sup>，10<sup>6</sup>", "一段文字，10⁶"),
    ("<p>文<span class='mw-editsection'>[編輯]</span></p>", "文"),
    ("<p>文<script>甲()</script><style>乙{}</style><noscript>丙</noscript><!--丁-->字</p>", "文字"),
    ("<p>文<a role='doc-noteref' href='#n'>1</a>字</p><p id='n'>註<a role='doc-backlink' href='#r'>↩︎</a></p>", "文字\n\n註"),
    ("<p>文<a epub:type='noteref' href='#n'>註</a>字</p>", "文字"),
    ("<nav>選單</nav><p>文</p><aside>旁</aside><footer>腳</footer>", "文"),
    ("<article><p>文</p><aside>注意</aside><footer>出處</footer></article>", "文\n\n注意\n\n出處"),
    ("<nav>只有選單</nav>", "只有選單"),
    ("<p>文<img src=a.png alt=圖示>字</p>後", "文字\n圖示\n\n後"),
    ("<figure><img src=a.png alt=公司大樓><figcaption>圖一</figcaption></figure>", "公司大樓\n\n圖一"),
    ("<figure><img src=a.png alt=image.png></figure><p>文", "文"),
    ("<p>　　縮排</p>", "縮排"),
    ("<p>深\x00處</p>", "深處"),
    ("<p>一</div></b></p>二</ul>三", "一\n\n二三"),
    ("<select><option>甲<option>乙</select>", "甲\n\n乙"),
    ("<p>不是標籤 < 五 且 > 三", "不是標籤 < 五 且 > 三"),
]


@pytest.mark.parametrize(("markup", "text"), SHOWN)
def test_what_a_reader_sees(markup: str, text: str) -> None:
    assert read_one("a.html", markup).text == text


def test_headings_are_places() -> None:
    document = read_one("a.html", "<h1>甲</h1><p>文</p><h2> 乙 <b>丙</b></h2><p>第三條 文</p>")
    assert [(document.text[place.start :][:2], place.kind, place.label) for place in document.locations] == [
        ("甲\n", "heading", "甲"),
        ("乙 ", "heading", "乙 丙"),
        ("第三", "article", "第三條"),
    ]


def test_what_the_page_says_of_itself() -> None:
    head = "<meta name=author content=張三><meta property='article:published_time' content='2021-08-17T08:00:00+08:00'>"
    document = read_one("a.html", f"<html><head>{head}</head><body><p>文</p></body></html>")
    assert document.metadata["author"] == "張三"
    assert document.date == "2021-08-17T08:00:00+08:00"


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        (b'<meta charset="Big5">', "big5"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', "gb2312"),
        (b"<?xml version='1.0' encoding='GBK'?>", "gbk"),
        (b"<p>charset=x", None),
    ],
)
def test_the_declared_encoding(head: bytes, encoding: str | None) -> None:
    assert declared_encoding(head) == encoding


def test_a_short_page_is_read_as_it_declares() -> None:
    page = '<html><meta charset="big5"><p>許功蓋</p></html>'
    assert read_one("a.html", page.encode("big5")).text == "許功蓋"


HOSTILE = {
    "deep": "<div>" * 100_000 + "深處" + "</div>" * 100_000,
    "deep and mixed": "<div><b><i><table><tr><td>" * 20_000 + "深處",
    "attributes": "<p " + " ".join(f"a{number}=1" for number in range(100_000)) + ">深處",
    "formatting": "".join(f"<font color={number}>" for number in range(3000)) + "<p>深處" * 3000,
    "unclosed": "<" * 200_000 + "深處",
    "comments": "深處" + "<!--" * 200_000,
    "entities": "<!DOCTYPE x [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><p>深處&b;" + "&amp;" * 100_000,
    "long": "<body>" + "<p>一段<b>文</b>字</p>" * 20_000 + "深處",
    "spaces": "<p>深處" + " \n" * 500_000 + "x",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_cost_little(name: str) -> None:
    with no_hang():
        assert "深處" in read_one("a.html", HOSTILE[name]).text


@example(["<sup>", "<li>", "<h1>", "<sup>"])
@given(
    st.lists(
        st.sampled_from("<p> </p> <b> </b> <table> <tr> <td> <li> <ul> </ul> <pre> </pre> <h1> </h1> <br> <sup> </sup> <rt>".split()),
        max_size=30,
    )
)
def test_no_order_of_tags_loses_text_or_breaks_places(tags: list[str]) -> None:
    markup = "".join(f"{tag}字{number}" for number, tag in enumerate(tags) if tag != "<rt>")
    page = page_of(markup)
    for number, tag in enumerate(tags):
        assert tag in ("<rt>", "<sup>") or f"字{number}" in page.text
    for place in page.locations:
        assert page.text[place.start :].removeprefix("• ")[0] == place.label[0], "or at the sign of the item that it is"


def test_a_fragment_may_begin_with_its_style() -> None:
    document = read_one("a", "<style>p { color: red }</style>\n<p>甲</p><p>乙</p>")
    assert (document.metadata["format"], document.text) == ("html", "甲\n\n乙")


def test_a_page_of_nothing() -> None:
    assert skipped("a.html", "<html><script>x</script></html>")[0] == "empty"


SITE = (
    "<html><head><title>題</title></head><body><div><a href=/>首頁</a> <a href=/b>關於</a></div><h1>題</h1>"
    + "<p>這是第一段正文，內容講述人工智能的發展歷史，商湯科技是其中的一家公司。</p><p>短段</p>" * 4
    + "<div class=footer>版權所有 聯絡</div></body></html>"
)


@pytest.mark.skipif(find_spec("trafilatura") is None, reason="trafilatura is an extra")
def test_the_stop_words_of_articles_are_all_there_and_hashed_as_one() -> None:
    from justext import get_stoplist, get_stoplists
    from trafilatura import external

    read_one("a.html", SITE)
    kept = external.JT_STOPLIST
    assert kept is not None
    assert set(kept) == {word for language in get_stoplists() for word in get_stoplist(language)}
    assert hash(kept) != hash(tuple(kept))


@pytest.mark.skipif(find_spec("trafilatura") is None, reason="trafilatura is an extra")
def test_what_surrounds_an_article_goes_and_nothing_inside() -> None:
    text = read_one("a.html", SITE).text
    assert (text.count("第一段"), text.count("短段")) == (4, 4)
    assert "首頁" not in text and "版權" not in text
    whole = read_one("a.html", SITE, extract_articles=False).text
    assert "首頁" in whole and "版權" in whole


def test_declarations_and_programs_are_no_text_of_a_page_that_is_read_tag_by_tag() -> None:
    declarations = "<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.1//EN'>\n"
    page = f"{declarations}<html><body>{'<b>' * 2000}文<!-- 不見 --><SCRIPT>碼</Script >尾</body></html>"
    assert page_of(page).text == "文尾"


def test_a_page_of_very_many_tags_is_read_without_a_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    page = "<p>段<a href=x>鏈</a>" * 20
    whole = page_of(page)
    monkeypatch.setattr(costly, "_MOST_TAGS", 59)
    monkeypatch.setattr(html, "_tree_events", None)
    assert page_of(page) == whole


def test_a_heading_behind_a_program_that_ends_in_blank_lines_has_its_place() -> None:
    (heading,) = page_of("<p>文</p><pre>x  \n\n\n\n</pre><h2>標題</h2><p>文</p>").locations
    assert (heading.kind, heading.label, heading.start) == ("heading", "標題", len("文\n\nx\n\n"))


def test_a_formula_is_written_once() -> None:
    formula = "<semantics><mrow><mi>E</mi><mo>=</mo><mi>m</mi></mrow><annotation encoding='application/x-tex'>E=m</annotation></semantics>"
    assert page_of(f"<p>公式<math>{formula}</math>。</p>").text == "公式E=m。"


def test_the_date_that_pandoc_writes() -> None:
    assert (
        read_one("a.html", "<html><head><meta name='dcterms.date' content='2021-08-17'></head><body>文</body></html>").date == "2021-08-17"
    )


@pytest.mark.parametrize("mark", ["#", "¶", " # "])
def test_a_link_to_a_heading_behind_it_is_no_part_of_it(mark: str) -> None:
    page = page_of(f'<h1>缺失數據<a class="headerlink" href="#id1">{mark}</a></h1><p>C<a href="#c">#</a>，<a href="b">#</a> 號</p>')
    assert (page.heading, page.text) == ("缺失數據", "缺失數據\n\nC，# 號")


@pytest.mark.skipif(find_spec("trafilatura") is None, reason="trafilatura is an extra")
def test_headings_right_above_an_article_are_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    sentences = "".join(f"<p>第{number}段說的是運動員在球場上如何練習，又如何比賽。</p>" for number in range(8))
    menu = "<h3>頻道</h3><ul><li><a href='/a'>財經</a></li></ul>"
    monkeypatch.setattr(article, "_extracted", lambda markup: page_of(sentences).text)
    above = f"<html><body>{menu}<h1>大題</h1><h2>小題</h2>{sentences}<h3>推薦</h3></body></html>"
    assert read_one("a.html", above).text == f"大題\n\n小題\n\n{page_of(sentences).text}"
    monkeypatch.setattr(article, "_extracted", lambda markup: page_of(markup).text)
    assert read_one("a.html", f"<html><h1>題</h1>{sentences}</html>").text.startswith("題\n\n第0段")


ARCHIVE = {"WebResourceData": "<title>山水</title><p>正文".encode(), "WebResourceMIMEType": "text/html", "WebResourceURL": "https://x.cn/a"}


@pytest.mark.parametrize("name", ["a.webarchive", "a"])
def test_a_web_archive_of_safari_is_its_page(name: str) -> None:
    content = plistlib.dumps({"WebMainResource": ARCHIVE, "WebSubresources": [{"WebResourceData": b"\xff\xd8"}]}, fmt=plistlib.FMT_BINARY)
    document = read_one(name, content)
    assert (document.title, document.text) == ("山水", "正文")
    assert (document.metadata["format"], document.metadata["url"]) == ("webarchive", "https://x.cn/a")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ({"WebMainResource": {**ARCHIVE, "WebResourceMIMEType": "image/png"}}, "no-text"),
        ({"WebMainResource": {**ARCHIVE, "WebResourceData": "text"}}, "no-text"),
        ({"WebMainResource": []}, "no-text"),
        (["WebMainResource"], "no-text"),
        (b"bplist00 WebMainResource", "damaged"),
    ],
)
def test_an_archive_without_a_page_is_told(content: object, reason: str) -> None:
    data = content if isinstance(content, bytes) else plistlib.dumps(content, fmt=plistlib.FMT_BINARY)
    assert skipped("a.webarchive", data)[0] == reason
