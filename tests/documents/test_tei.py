"""An edition in TEI is read as it is printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher import Document
from tests.documents.reading import read_one

HEADER = """<teiHeader><fileDesc>
<titleStmt><title>Taishō, No. 251</title><title xml:lang="zh-Hant">大藏經數位版, No. 251 心經</title><author>唐 玄奘譯</author></titleStmt>
<publicationStmt><p>不得營利</p></publicationStmt>
<sourceDesc><bibl><title level="s">大正新脩大藏經</title><title level="m">般若波羅蜜多心經</title></bibl></sourceDesc></fileDesc>
<encodingDesc><charDecl>
<char xml:id="CB1"><charProp><localName>composition</localName><value>[金*本]</value></charProp></char>
<char xml:id="CB2"><charProp><localName>composition</localName><value>[日*本]</value></charProp>
<mapping type="unicode">U+231C4</mapping></char>
</charDecl></encodingDesc></teiHeader>"""


def edition(body: str, header: str = HEADER) -> Document:
    return read_one(
        "T08n0251.xml", f'<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0">{header}<text><body>{body}</body></text></TEI>'
    )


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('<p>玄<app n="1"><lem wit="【大】">奘</lem><rdg wit="【宋】【元】">奘奉詔</rdg></app>譯</p>', "玄奘譯\n\n奘奉詔 【宋】【元】"),
        ('<p><app><lem>唐</lem><rdg wit="【宋】"><space quantity="0"/></rdg></app>三藏</p>', "唐三藏"),
        ("<p>知<choice><sic>己</sic><corr>已</corr></choice>矣</p>", "知已矣\n\n己"),
        ("<p>知<sic>己</sic>矣</p>", "知己矣"),
        ('<p>河<note place="inline">水名</note>之北</p>', "河（水名）之北"),
        ('<p>揭<note n="0848004" place="foot text">呪文 Gate</note>帝</p>', "揭帝\n\n呪文 Gate"),
        ('<p><note n="1" type="mod">唐【大】</note>唐</p>', "唐\n\n唐【大】"),
        ('<p>名<g ref="#CB1"/>與<g ref="#CB2"/>與<g ref="#CB2">𣇄</g>與<g ref="#none"/></p>', "名[金*本]與\U000231c4與𣇄與"),
        ('<p>名<note n="1">作<g ref="#CB2"/></note></p>', "名\n\n作\U000231c4"),
        ('<head><title>般若心經</title>序</head><p>見<title>心經</title>注</p>', "般若心經序\n\n見心經注"),
        ('<div type="xu"><mulu level="1">序</mulu><head>御製序</head><p>文</p></div>', "御製序\n\n文"),
    ],
)  # fmt: skip
def test_what_others_read_stands_at_the_end(body: str, text: str) -> None:
    assert edition(body).text == text


def test_the_header_tells_what_it_is_and_is_no_text() -> None:
    document = edition("<p>文</p>")
    assert (document.title, document.metadata["author"], document.text) == ("般若波羅蜜多心經", "唐 玄奘譯", "文")


@pytest.mark.parametrize(
    ("titles", "title"),
    [
        ("<titleStmt><title>Heart Sutra</title><title>心經</title></titleStmt>", "心經"),
        ("<titleStmt><title>Heart Sutra</title></titleStmt><sourceDesc><title>佛典</title></sourceDesc>", "Heart Sutra"),
        ('<titleStmt><title type="main">電子佛典</title><title type="sub">諸經日誦</title></titleStmt>', "電子佛典 諸經日誦"),
        ("<titleStmt><title/></titleStmt>", "首"),
    ],
)
def test_what_it_is_called(titles: str, title: str) -> None:
    assert edition("<head>首</head>", f"<teiHeader><fileDesc>{titles}</fileDesc></teiHeader>").title == title


def test_pages_are_those_of_the_print() -> None:
    document = edition('<pb n="0848a"/><lb n="0848a01"/><p>二儀久判，唐之\n<pb n="0848b"/>\n<lb n="0848b01"/>玄宗</p>')
    places = {place.label: document.text[place.start :][:2] for place in document.locations if place.kind == "page"}
    assert places == {"0848a": "二儀", "0848b": "玄宗"}


def test_the_moment_of_a_date_comes_before_its_words() -> None:
    header = '<teiHeader><date>昨日</date><date when="2021-08-17">前年</date><date>2001</date></teiHeader>'
    assert edition("<p>文</p>", header).date == "2021-08-17"


def test_other_xml_is_read_as_before() -> None:
    assert read_one("a.xml", '<?xml version="1.0"?><a><teiHeader>頭</teiHeader><p>文<rdg>異</rdg></p></a>').text == "頭\n\n文異"


_PIECES = "字 <app> </app> <lem> </lem> <rdg> </rdg> <choice> </choice> <sic> </sic> <g/> <note/> </note> <title> </title> <pb/>".split()
_HEADS = "<teiHeader> </teiHeader> <char> </char> <titleStmt> </titleStmt>".split()


@given(st.lists(st.sampled_from([*_PIECES, *_HEADS, "<note n='1'>", "<pb n='1'/>"])))
def test_nothing_breaks_it(pieces: list[str]) -> None:
    read_one("a.xml", f'<?xml version="1.0"?><TEI><p>終</p>{"".join(pieces)}</TEI>')


@pytest.mark.parametrize(
    ("note", "text"),
    [
        ('乙<app><lem>丙</lem><rdg wit="【宋】">丁</rdg></app>戊', "甲（乙丙戊）己\n\n丁 【宋】"),
        ("<choice><sic>子</sic><corr>丑</corr></choice>", "甲（丑）己\n\n子"),
        ('乙<note n="1" place="foot">腳</note>丙', "甲（乙丙）己\n\n腳"),
        ('乙<note place="interlinear">行間</note>丙', "甲（乙（行間）丙）己"),
        ('<g ref="#CB2">𣇄</g><g ref="#CB1"/>', "甲（𣇄[金*本]）己"),
    ],
)
def test_a_note_is_read_as_the_text_is(note: str, text: str) -> None:
    assert edition(f'<p>甲<note place="inline">{note}</note>己</p>').text == text


DATED = '<date when="1911"/>'


def test_a_corpus_has_its_own_title_and_those_of_its_parts_are_headings() -> None:
    def header(title: str, more: str = "") -> str:
        return f"<teiHeader><fileDesc><titleStmt><title>{title}</title></titleStmt>{more}</fileDesc></teiHeader>"

    parts = "".join(f"<TEI>{header(title)}<text><body><p>文</p></body></text></TEI>" for title in ("甲集", "乙集"))
    corpus = read_one("a.xml", f'<?xml version="1.0"?><teiCorpus>{header("總集", DATED)}{parts}</teiCorpus>')
    assert (corpus.title, corpus.date, corpus.text) == ("總集", "1911", "甲集\n\n文\n\n乙集\n\n文")
