"""Wikitext as readers see it, and dumps read page by page."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.documents import Document, ReadOptions, Refused, Skipped, Source, documents_of
from searcher.documents.markup.mediawiki import read_mediawiki
from searcher.documents.markup.wikitext import article_of
from tests.documents.reading import read_all, read_one, skipped
from tests.patience import no_hang

START = '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" xml:lang="zh"><siteinfo><base>https://zh.wikipedia.org/wiki/首页</base></siteinfo>'


def page(title: str, text: str, *, ns: int = 0, more: str = "") -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return (
        f"<page><title>{title}</title><ns>{ns}</ns><id>7</id>{more}<revision><id>9</id><timestamp>2021-08-17T01:02:03Z</timestamp>"
        f"<contributor><username>某人</username></contributor><model>wikitext</model><text bytes='5'>{escaped}</text></revision></page>"
    )


def shown(markup: str) -> str:
    return article_of(markup, "條目").page.text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("'''北京'''是[[中华人民共和国|中国]]的[[首都]]。", "北京是中国的首都。"),
        ("甲<ref>註</ref>乙<ref name=a />丙<!-- 藏 -->丁", "甲乙丙丁"),
        ("甲\n乙\n\n丙", "甲乙\n\n丙"),
        ("{{Infobox|a=[[b]]|c={{d|e}}}}甲{{noteTA|T=zh}}乙", "甲乙"),
        (
            "{{lang|ja|東京}}、{{lang-en|Tokyo}}、{{link-en|臺北|Taipei}}、{{nowrap|1=甲=乙}}、{{tsl|en|Foo|甲|乙}}",
            "東京、Tokyo、臺北、甲=乙、乙",
        ),
        ("-{zh-hans:软件; zh-hant:軟體;}-和-{文字}-和-{A|zh-cn:信息;zh-tw:資訊}--{H|zh:x}-", "软件和文字和信息"),
        ("[[File:a.jpg|thumb|200px|[[甲]]的圖]]乙丙", "乙丙\n甲的圖"),
        ("[[File:a.jpg|thumb|200px]]甲[[Category:乙|*]][[en:China]][[:en:China]][[:Category:丙]]", "甲en:ChinaCategory:丙"),
        ("見[http://example.org 這裡]和[http://example.org]", "見這裡和"),
        ("<nowiki>[[甲]] '''乙''' &lt;</nowiki>", "[[甲]] '''乙''' <"),
        ("A<br/>B<small>C</small>&nbsp;D &lt;b&gt; 1 < 2", "A\nBC D <b> 1 < 2"),
        ("<ruby>漢<rp>(</rp><rt>かん</rt></ruby>字", "漢字"),
        ("<poem>床前明月光\n疑是地上霜</poem>", "床前明月光\n疑是地上霜"),
        ("前\n* 甲\n** 乙\n# 丙\n# 丁\n: 戊\n後", "前\n\n• 甲\n  • 乙\n1. 丙\n2. 丁\n戊\n\n後"),
        ('x\n{| class="a"\n|+ 表\n! 名 !! 數\n|-\n| style="b" | 甲 || 1\n|-\n| 乙\n| 2\n|}\ny', "x\n\n表\n\n名\t數\n甲\t1\n乙\t2\n\ny"),
        ("<gallery>\nFile:a.jpg|甲\nFile:b.jpg\nb.jpg|'''乙'''\n</gallery>", "甲\n乙"),
        ("<math>x^{2}_{a}</math>", "x^{2}_{a}"),
        ("__TOC__甲{{PAGENAME}}{{!}}", "甲條目|"),
        ("{{甲|乙", "{{甲|乙"),
        ("甲]]乙}}丙}-", "甲]]乙}}丙}-"),
        ("[[甲 {{le|乙|B}} 丙", "[[甲 乙 丙"),
        ("[[甲 (乙)|]]", "甲"),
    ],
)
def test_what_a_reader_sees(markup: str, text: str) -> None:
    assert shown(markup) == text


def test_headings_and_categories() -> None:
    article = article_of("前\n== 歷史 ==\n甲[[分类:乙]]\n===細節===\n[[Category:丙|x]]丁=\n==\n=a=", "條目")
    assert [place.label for place in article.page.locations] == ["歷史", "細節", "a"]
    assert article.categories == ("乙", "丙")
    assert article.page.text == "前\n\n歷史\n\n甲\n\n細節\n\n丁= ==\n\na"


@given(
    st.lists(
        st.sampled_from(
            ["{{", "}}", "[[", "]]", "-{", "}-", "|", "=", "甲", "\n", "{|", "|}", "|-", "*", "<ref>", "</ref>", "'''", "a:", "&#1;"]
        )
    ).map("".join)
)
def test_nothing_breaks_it(markup: str) -> None:
    assert "\x01" not in shown(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "{{",
        "[[",
        "-{",
        "}}",
        "{{a|",
        "[[a|[[b]]",
        "<ref>",
        "<!--",
        "<nowiki>x</nowiki>",
        "{|\n|-\n",
        "'''",
        "[http:",
        "* \n",
        "== ",
        "|a=b=c ",
        "&amp",
        "<b ",
        "\x02",
    ],
)
def test_hostile_markup_takes_linear_time(markup: str) -> None:
    with no_hang():
        article_of("{|\n| " + markup * (300_000 // len(markup)), "x")
        article_of(markup * (300_000 // len(markup)), "x")


def test_a_dump() -> None:
    dump = START + page("甲", "'''甲'''是[[乙]]。[[Category:丙]]") + page("Talk:甲", "談", ns=1) + page("Template:a", "x", ns=10)
    dump += page("丁", "#REDIRECT [[甲]]") + page("戊", "x", more="<redirect title='甲' />") + page("己 庚", "正文") + "</mediawiki>"
    first, second = (item for item in read_all("zhwiki.xml", dump) if isinstance(item, Document))
    assert (first.id, first.title, first.text, first.date) == ("zhwiki.xml#1", "甲", "甲是乙。", "2021-08-17T01:02:03+00:00")
    assert first.metadata == {"format": "mediawiki", "category": "丙", "url": "https://zh.wikipedia.org/wiki/甲"}
    assert (second.id, second.title, second.metadata["url"]) == ("zhwiki.xml#2", "己 庚", "https://zh.wikipedia.org/wiki/己_庚")


def test_the_last_revision_counts() -> None:
    old = "<revision><timestamp>2001-01-01T00:00:00Z</timestamp><text>舊</text></revision>"
    assert read_one("a.xml", START + page("甲", "新", more=old) + "</mediawiki>").text == "新"


def test_a_page_over_the_limit_costs_itself() -> None:
    dump = START + page("大", "字" * 3000) + page("小", "字") + "</mediawiki>"
    large, small = read_all("a.xml", dump, max_bytes=2000)
    assert isinstance(large, Skipped)
    assert (large.reason, large.detail[:6]) == ("too-large", "the pa")
    assert isinstance(small, Document)


def test_a_page_over_the_limit_is_one_also_where_its_model_stands_behind_the_text() -> None:
    written = page("大", "字" * 3000).replace("</text>", "</text><model>wikitext</model>")
    assert skipped("a.xml", START + written + "</mediawiki>", max_bytes=2000)[0] == "too-large"


def test_what_is_cut_off_gives_what_came_before() -> None:
    found = read_all("a.xml", START + page("甲", "一") + "<page><title>乙")
    assert [type(item) for item in found] == [Document, Skipped]
    assert isinstance(found[1], Skipped)
    assert found[1].reason == "damaged"


def test_a_bomb_of_entities_is_refused() -> None:
    bomb = '<!DOCTYPE m [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + START + "<page><title>&b;</title></page></mediawiki>"
    with pytest.raises(Refused, match="document type"):
        list(read_mediawiki(Source.of_bytes("a.xml", bomb.encode()), ReadOptions()))
    assert read_one("a.xml", bomb).metadata["format"] == "text"


def test_memory_does_not_grow_with_the_dump(tmp_path: Path) -> None:
    path = tmp_path / "dump.xml"
    with path.open("w", encoding="utf-8") as file:
        file.write(START)
        file.writelines(page(f"頁{number}", "甲乙丙丁。" * 20_000) for number in range(100))
        file.write("</mediawiki>")
    tracemalloc.start()
    count = sum(1 for _ in documents_of(Source.of_file(path), ReadOptions()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 100
    assert peak < 12 << 20  # of 30 MB


def test_a_page_in_a_file_of_its_own() -> None:
    markup = "{{資訊框}}\n'''臺北市'''是[[中華民國|中國]]的首都<ref>源</ref>。\n\n== 歷史 ==\n* 清\n[[Category:城市]]"
    document = read_one("臺北市.wiki", markup)
    assert (document.title, document.text, document.metadata["category"]) == ("臺北市", "臺北市是中國的首都。\n\n歷史\n\n• 清", "城市")
    assert [(place.kind, place.label) for place in document.locations] == [("heading", "歷史")]
    assert read_one("a.mediawiki", "= 題目 =\n文").title == "題目"
