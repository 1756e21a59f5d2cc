"""XML files of any kind become what they say."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.documents.xml.events import without, xml_events
from searcher.printer.grep import lines_of_matches
from tests.documents.reading import read_one

DECLARED = '<?xml version="1.0" encoding="utf-8"?>\n'

SHOWN = [
    ("<a><p>一段<b>粗</b>文\n  換行</p><p>二段</p></a>", "一段粗文換行\n\n二段"),
    ("<法規><條號>第 1 條</條號><條文>為了<名詞>公平</名詞>交易</條文></法規>", "第 1 條\n\n為了公平交易"),
    ("<a><p>正文<footnote><p>註<i>一</i></p></footnote>續<note>註二</note>。</p></a>", "正文續。\n\n註一\n\n註二"),
    ("<p>床前明月光<lb/>\n疑是地上霜</p>", "床前明月光\n疑是地上霜"),
    ("<a><table><row><cell>名</cell><cell>數</cell></row><row><cell><p>甲</p></cell><cell>1</cell></row></table></a>", "名\t數\n甲\t1"),
    ("<a><programlisting>x\n  y</programlisting><p>後</p></a>", "x\n  y\n\n後"),
    ('<opml><outline text="書目"><outline text="第 1 部"/></outline></opml>', "書目\n\n第 1 部"),
    ('<r><s id="甲" name="n" other="中文" kind="x">文</s></r>', "n\n\n中文\n\n文"),
    ("<item><description>&lt;p&gt;甲&lt;br&gt;乙&lt;/p&gt;&lt;p&gt;丙 &amp;amp; 丁&lt;/p&gt;</description></item>", "甲\n乙\n\n丙 & 丁"),
    ("<item><description>3 &lt; 4 而已</description></item>", "3 < 4 而已"),
    ("<p>漢<ruby><rb>字</rb><rt>ㄗˋ</rt></ruby>的<binary>AAAA</binary></p>", "漢字的"),
    ("<!DOCTYPE article PUBLIC '-//OASIS//DTD' 'http://no.example/x.dtd'><a>文&hellip;字</a>", "文字"),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "text"), SHOWN)
def test_what_a_reader_sees(markup: str, text: str) -> None:
    document = read_one("a.xml", DECLARED + markup)
    assert (document.text, document.metadata["format"]) == (text, "xml")


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ('<resources><string name="app_name">我的應用</string></resources>', "strings"),
        ("<project><artifactId>core</artifactId></project>", "strings"),
        ("<laws><name>民法</name><text>第 1 條</text></laws>", "民法"),
        ("<law><created>2007年3月16日</created><organ>全国人民代表大会</organ></law>", "strings"),
        ('<resources><title>說明</title><string name="a">b</string></resources>', "說明"),
    ],
)
def test_a_file_without_a_title_is_called_as_it_is_unless_it_begins_with_characters(markup: str, title: str) -> None:
    assert read_one("strings.xml", f'<?xml version="1.0"?>{markup}').title == title


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_that_is_called_xml_need_not_declare_that_it_is(encoding: str) -> None:
    for written in ("<resources><string>甲</string></resources>", "\n<!-- 註 -->\n<甲><乙>甲</乙></甲>", '<甲 乙="甲"/>'):
        document = read_one("a.xml", written.encode(encoding))
        assert (document.text, document.metadata["format"]) == ("甲", "xml")
        assert read_one("a.txt", written.encode(encoding)).metadata["format"] != "xml"
    for broken in ("<甲>甲", "<未完", "甲"):
        assert read_one("a.xml", broken.encode(encoding)).text == broken


def test_title_date_and_author() -> None:
    about = "<author><name>張三</name></author><pubDate>2021年8月17日</pubDate>"
    markup = f"<book><title>書名</title>{about}<chapter><title>一</title></chapter></book>"
    document = read_one("a.docbook", markup)
    assert (document.title, document.date, document.metadata["author"]) == ("書名", "2021-08-17", "張三")
    assert [place.label for place in document.locations if place.kind == "heading"] == ["書名", "一"]


def test_a_drawing_says_what_is_written_in_it() -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg"><title>流程</title><style>.甲{}</style><text x="1">開始</text><text>結束</text></svg>'
    )
    document = read_one("a.svg", drawing)
    assert (document.title, document.text, document.metadata["format"]) == ("流程", "流程\n\n開始\n\n結束", "xml")


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<法規><法規性質>命令</法規性質><法規名稱>民法</法規名稱><英文法規名稱>Civil Code</英文法規名稱></法規>", "民法"),
        ("<表><地址>台北</地址><列><店家名稱>甲店</店家名稱></列><列><店家名稱>乙店</店家名稱></列></表>", "台北"),
        ("<表><地址>台北</地址><標題>店家</標題><列><店家名稱>甲店</店家名稱></列><列><店家名稱>乙店</店家名稱></列></表>", "店家"),
        ("<設定><資料庫名稱>mydb</資料庫名稱><說明>文</說明></設定>", "a"),
    ],
)
def test_a_table_of_government_says_by_name_what_it_is_called(markup: str, title: str) -> None:
    assert read_one("a.xml", markup).title == title


@pytest.mark.parametrize("encoding", ["gb2312", "big5", "utf-16"])
def test_its_encoding_is_told_as_of_any_text(encoding: str) -> None:
    text = "中文的內容在這裡，講的是公平交易的規定" if encoding == "big5" else "中文的内容在这里，讲的是公平交易的规定"
    declared = f'<?xml version="1.0" encoding="{encoding}"?>\n'
    assert read_one("a.xml", f"{declared}<a>{text}</a>".encode(encoding)).text == text


@pytest.mark.parametrize("markup", ["<a>未關<b></a>", '<!DOCTYPE a [<!ENTITY x "字">]><a>&x;</a>', "<a>" * 6000, "<a>\x01</a>"])
def test_what_is_broken_or_declares_entities_is_plain_text(markup: str) -> None:
    document = read_one("a.xml", DECLARED + markup)
    assert (document.metadata["format"], document.text.split("\n")[1]) == ("text", markup)


def test_a_document_type_alone_tells_that_it_is_xml() -> None:
    markup = '<!DOCTYPE article\nPUBLIC "-//NLM//DTD JATS//EN" "JATS.dtd">\n<article><p>文</p></article>'
    assert (read_one("a.nxml", markup).text, read_one("a.nxml", markup).metadata["format"]) == ("文", "xml")


def test_pages_and_dumps_are_what_they_were() -> None:
    page = '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html><body><p>頁</p></body></html>'
    assert read_one("a.xml", page).metadata["format"] == "html"
    dump = '<?xml version="1.0"?><mediawiki><page><title>甲</title><ns>0</ns><revision><text>文</text></revision></page></mediawiki>'
    assert read_one("a.xml", dump).metadata["format"] == "mediawiki"


@given(st.text(st.sampled_from("<>/&;apbrowtdnotefnlb=\"' 字\n![CDATA]-?")))
def test_nothing_breaks_it(markup: str) -> None:
    read_one("a.xml", f"{DECLARED}<a>字{markup}</a>")


def test_what_is_dropped_goes_with_all_that_lies_in_it() -> None:
    xml = b"<a>1<b x='2'>3<a/>4</b><b>5</b>6</a>"
    events = list(without(xml_events(BytesIO(xml)), lambda name, attributes: name == "b" and "x" in attributes))
    assert events == list(xml_events(BytesIO(b"<a>1<b>5</b>6</a>")))


def test_the_head_of_an_outline_is_no_heading_and_tells_who_wrote_it_and_when() -> None:
    head = "<title>大纲</title><dateCreated>Tue, 17 Aug 2021 10:00:00 GMT</dateCreated><ownerName>李明</ownerName>"
    document = read_one("a.opml", f'<?xml version="1.0"?><opml><head>{head}</head><body><outline text="甲"/></body></opml>')
    assert [place.label for place in document.locations if place.kind == "heading"] == ["大纲"]
    assert (document.title, document.date, document.metadata["author"]) == ("大纲", "2021-08-17T10:00:00+00:00", "李明")


def test_the_date_of_an_edition() -> None:
    for attributes, said in (("when='2021-08-17'", ""), ("when='2021-08-17'", "昨日"), ("when='?'", "2021-08-17"), ("", "2021-08-17")):
        header = f"<teiHeader><date {attributes}>{said}</date></teiHeader>"
        document = read_one("a.tei", f'<?xml version="1.0"?><TEI>{header}<text><p>文</p></text></TEI>')
        assert document.date == "2021-08-17", header


def test_pictures_in_letters_and_formulas_said_twice_are_no_text() -> None:
    formula = '<math><mi>E</mi><annotation encoding="x-tex">E</annotation></math>'
    inside = f'<data encoding="base64">iVBORw0KGgo=</data><p>文</p>{formula}<annotation>簡介</annotation>'
    assert read_one("a.xml", f'<?xml version="1.0"?><a>{inside}</a>').text == "文\n\nE\n\n簡介"


def test_settings_and_styles_of_an_office_program_are_no_text() -> None:
    """OpenDocument in one file of XML, without a ZIP (.fodt)."""
    settings = '<s:settings><c:config-item-set c:name="view"><c:config-item>0</c:config-item></c:config-item-set></s:settings>'
    styles = "<o:font-face-decls><x>宋体</x></o:font-face-decls><o:master-styles><t:p>頁</t:p></o:master-styles>"
    names = " ".join(f'xmlns:{letter}="urn:{letter}"' for letter in "ocst")
    body = "<o:body><o:text><t:h>題</t:h><t:p>文</t:p></o:text></o:body>"
    assert read_one("a.fodt", f'<?xml version="1.0"?><o:document {names}>{settings}{styles}{body}</o:document>').text == "題\n\n文"


NAMES = "p b a head item row cell table programlisting 條文".split()
SPACES = st.text(" \n", max_size=3)
TREES = st.recursive(
    st.just("%"),
    lambda inner: st.builds(
        lambda name, spaces, parts: f"<{name} value='%'>{spaces[0]}{f'<i/>{spaces[1]}'.join(parts)}</{name}>",
        st.sampled_from(NAMES),
        st.tuples(SPACES, SPACES),
        st.lists(inner, min_size=1, max_size=4),
    ),
    max_leaves=25,
)


@given(TREES)
def test_each_text_has_its_line_of_the_file(tree: str) -> None:
    numbers = count()
    written = re.sub("%", lambda _: f"字{next(numbers)}!", f"{DECLARED}<r version='2'>\n{tree}</r>")
    document = read_one("a.xml", written)
    lines = {token: number for number, line in enumerate(written.split("\n"), 1) for token in re.findall(r"字\d+!", line)}
    for found in re.finditer(r"字\d+!", document.text):
        assert next(lines_of_matches(document, [found.span()])) == lines[found[0]]


@pytest.mark.parametrize(
    "markup",
    [
        "<a><p>甲<note>\n乙</note>丙\n<note>丁</note></p>\n<p>戊</p></a>",
        "<TEI><teiHeader/>\n<p>甲<app><lem>乙</lem>\n<rdg>丙</rdg></app>丁\n<note place='inline'>戊</note>己</p></TEI>",
        "<TEI><teiHeader/>\n<p>甲<note n='1'>\n乙<choice><sic>丙</sic><corr>丁</corr></choice></note>\n戊</p></TEI>",
        "<item>\n<title>甲</title>\n<description>&lt;p&gt;乙&lt;p&gt;丙</description>\n\n<link>丁</link></item>",
    ],
)
def test_so_have_notes_readings_and_pages_of_a_feed(markup: str) -> None:
    document = read_one("a.xml", DECLARED + markup)
    for number, line in enumerate((DECLARED + markup).split("\n"), 1):
        for one in re.findall("[甲乙丙丁戊己]", line):
            start = document.text.index(one)
            assert next(lines_of_matches(document, [(start, start + 1)])) == number, one


def test_who_speaks_is_a_line_without_the_sign_of_a_reference() -> None:
    document = read_one("a.xml", "<?xml version='1.0'?><debate><speech by='#唐鳳'><p>請開始。</p></speech><p title='#甲'>乙</p></debate>")
    assert document.text.split() == ["唐鳳", "請開始。", "#甲", "乙"]
