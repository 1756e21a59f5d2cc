"""References to literature become documents, a record each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.documents import Document, ReadOptions, Source
from searcher.documents.document import PLAIN, Refused
from searcher.documents.literature.bibtex import read_bibtex
from searcher.documents.literature.references import read_references
from tests.documents.reading import read_all, read_one, skipped
from tests.patience import no_hang

FORMS = {
    "ris": (
        "a.ris",
        "TY  - JOUR\nAU  - 張福鎖\nAU  - 王激清\nTI  - 肥料利用率現狀\nAD  - 中國農業大學\nJO  - 土壤學報\nPY  - 2008/09/15/\n"
        "KW  - 肥料; 氮肥\nAB  - 總結了田間試驗結果。\n分析了原因。\nUR  - https://x.cn/1\nDO  - 10.1/x\nER  - \n",
    ),
    "endnote": (
        "a.txt",
        "%0 Journal Article\n%A 張福鎖%A 王激清\n%+ 中國農業大學\n%T 肥料利用率現狀\n"
        "%J 土壤學報\n%D 2008\n%8 2008-09-15\n%N 05\n%K 肥料;氮肥\n"
        "%X 總結了田間試驗結果。\n分析了原因。\n%P 1-9\n%@ 0564-3929\n%L 32-1119/P\n%U https://x.cn/1\n%R 10.1/x\n%W CNKI\n",
    ),
    "refworks": (
        "a.txt",
        "RT Journal Article\nSR 1\nA1 張福鎖;王激清\nAD 中國農業大學\nT1 肥料利用率現狀\n"
        "JF 土壤學報\nYR 2008\nFD 2008-09-15\nIS 05\nK1 肥料;氮肥\n"
        "AB 總結了田間試驗結果。\n分析了原因。\nUL https://x.cn/1\nDO 10.1/x\nDS CNKI\n",
    ),
    "noteexpress": (
        "CNKI.net",
        "{Reference Type}: Journal Article\n{Title}: 肥料利用率現狀\n{Author}: 張福鎖;王激清;\n{Author Address}: 中國農業大學\n"
        "{Journal}: 土壤學報\n{Date}: 2008-09-15\n{Issue}: 05\n{Keywords}: 肥料;氮肥\n{Abstract}: 總結了田間試驗結果。\n分析了原因。\n"
        "{URL}: https://x.cn/1\n{DOI}: 10.1/x\n{Database Provider}: CNKI\n",
    ),
    "cnki": (
        "CNKI-1.txt",
        "DataType: 1\nTitle-題名: 肥料利用率現狀\nAuthor-作者: 張福鎖;王激清;\n"
        "Source-刊名: 土壤學報\nPubTime-出版時間: 2008-09-15\nKeyword-關鍵詞: 肥料;;氮肥\n"
        "Summary-摘要: 總結了田間試驗結果。\n分析了原因。\nSrcDatabase-來源庫: 期刊\n"
        "Organ-機構: 中國農業大學\nLink-鏈接: https://x.cn/1\nDOI-DOI: 10.1/x\n",
    ),
    "bibtex": (
        "a.bib",
        '@article{k, author = {張福鎖 and 王激清}, title = "肥料利用率{現狀}",\n'
        "  institution={中國農業大學}, journal = tr, date = {2008-09-15},\n"
        "  keywords = {肥料;氮肥}, abstract = {總結了田間試驗結果。\n分析了原因。},\n url={https://x.cn/1}, doi = {10.1/x}}\n",
    ),
}
MACRO = "@string{tr = {土壤學報}}\n"
HEAD = "肥料利用率現狀\n張福鎖; 王激清\n中國農業大學\n土壤學報, "


@pytest.mark.parametrize("form", FORMS)
def test_a_record_says_the_same_in_every_form(form: str) -> None:
    name, record = FORMS[form]
    text = (MACRO if form == "bibtex" else "") + record + "\n" + record.replace("肥料利用率", "第二篇")
    first, second = read_all(name, text.replace("\n", "\r\n") if form == "cnki" else text)
    assert isinstance(first, Document) and isinstance(second, Document)
    assert (first.id, first.title, second.title) == (f"{name}#1", "肥料利用率現狀", "第二篇現狀")
    assert first.date == "2008-09-15"
    assert first.text.startswith(HEAD) and first.text.removesuffix("\n\nk").endswith("\n\n肥料; 氮肥")
    assert first.text[len(HEAD) :].split("\n\n")[1].replace("\n", "") == "總結了田間試驗結果。分析了原因。"
    about = {key: first.metadata[key] for key in ("format", "author", "keywords", "journal", "url", "doi")}
    assert about == {
        "format": form,
        "author": ("張福鎖", "王激清"),
        "keywords": ("肥料", "氮肥"),
        "journal": "土壤學報",
        "url": "https://x.cn/1",
        "doi": "10.1/x",
    }


@pytest.mark.parametrize("form", FORMS)
def test_it_is_known_by_its_content_and_read_in_its_encoding(form: str) -> None:
    _, record = FORMS[form]
    document = read_all(
        "export",
        (record.translate(str.maketrans("張鎖現狀總結驗學報關鍵詞題來庫鏈間時農業", "张锁现状总结验学报关键词题来库链间时农业"))).encode(
            "gb18030"
        ),
    )[0]
    assert isinstance(document, Document) and document.title == "肥料利用率现状"
    assert document.metadata["encoding"] == "gb18030"


def test_dates_as_ris_writes_them() -> None:
    for written, date in (
        ("2021///", "2021"),
        ("2021/08//", "2021-08"),
        ("2021/8/17/Summer", "2021-08-17"),
        ("2021年8月", "2021-08"),
        ("?", None),
    ):
        assert read_one("a.ris", f"TY  - JOUR\nTI  - 題\nPY  - {written}\nER  - \n").date == date


PUBMED = """PMID- 31978945
OWN - NLM
DP  - 2020 Feb 20
TI  - A Novel Coronavirus from Patients with Pneumonia in
      China, 2019.
AB  - 在武漢的病人身上發現一種
      新的病毒。
FAU - Zhu, Na
AU  - Zhu N
AD  - NHC Key Laboratory
FAU - 張定宇
AU  - Zhang D
OT  - COVID-19
OT  - pneumonia
JT  - The New England journal of medicine
AID - NJ202002203820808 [pii]
AID - 10.1056/NEJMoa2001017 [doi]

PMID- 2
DP  - 2012 Sep-Oct
TI  - Second
AU  - Lee K
"""
SCIENCE = """\ufeffFN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Zhu, N
   Zhang, DY
AF Zhu, Na
   Zhang, Dingyu
TI A Novel Coronavirus from Patients with Pneumonia in
   China, 2019.
SO NEW ENGLAND JOURNAL OF MEDICINE
DE COVID-19; pneumonia
AB 在武漢的病人身上發現一種
   新的病毒。
C1 [Zhu, Na] NHC Key Laboratory
CR Brown D, 2010, J SCIENTOMETR
PD FEB 20
PY 2020
DI 10.1056/NEJMoa2001017
ER

PT J
AU Lee, K
TI Second
PD SEP-OCT
PY 2012
ER

EF
"""


@pytest.mark.parametrize(("name", "export", "second"), [("a.nbib", PUBMED, "Zhang D"), ("savedrecs.txt", SCIENCE, "Zhang, Dingyu")])
def test_what_databases_of_science_export(name: str, export: str, second: str) -> None:
    document, other = read_all(name, export)
    assert isinstance(document, Document) and isinstance(other, Document)
    assert document.title == "A Novel Coronavirus from Patients with Pneumonia in China, 2019."
    assert (document.date, other.title, other.date) == ("2020-02-20", "Second", "2012")
    assert document.metadata["author"] == ("Zhu, Na", "張定宇" if name == "a.nbib" else second)
    assert other.metadata["author"] in ("Lee K", "Lee, K")
    assert document.metadata["doi"] == "10.1056/NEJMoa2001017"
    assert document.metadata["keywords"] == ("COVID-19", "pneumonia")
    assert "在武漢的病人身上發現一種新的病毒。" in document.text and "NHC Key Laboratory" in document.text
    assert "SCIENTOMETR" not in document.text


COLUMNS = (
    "題名,作者,來源,發表時間,摘要,關鍵詞,被引",
    "题名,作者,文献来源,发表时间,摘要,关键词,被引",
    "Title-题名,Author-作者,Source-文献来源,PubTime-发表时间,Summary-摘要,Keyword-关键词,Cited-被引",
    "Title,Authors,Source title,Year,Abstract,Author Keywords,被引",
)


@pytest.mark.parametrize("columns", COLUMNS)
def test_a_row_of_a_table_of_literature_is_a_record(columns: str) -> None:
    first, second = read_all(
        "CNKI.csv", f'{columns}\n肥料現狀,張三;李四,土壤學報,2008-09-15,"總結了,結果。",肥料;氮肥,12\n第二篇,王五,學報,2009,,,\n'
    )
    assert isinstance(first, Document) and isinstance(second, Document)
    assert (first.id, first.title, first.date) == ("CNKI.csv#2", "肥料現狀", "2008-09-15")
    assert first.text == "肥料現狀\n張三; 李四\n土壤學報, 2008-09-15\n\n總結了,結果。\n\n肥料; 氮肥"
    assert (first.metadata["author"], first.metadata["keywords"]) == (("張三", "李四"), ("肥料", "氮肥"))
    assert "12" in (first.metadata.get("被引"), first.metadata.get("cited-被引"))
    assert (second.title, second.text) == ("第二篇", "第二篇\n王五\n學報, 2009")


def test_a_list_in_json_of_literature_is_its_records() -> None:
    papers = '[{"title": "甲", "abstract": "甲的摘要", "authors": ["張三", "李四"]}, {"title": "乙", "abstract": "乙的摘要"}]'
    first, _ = read_all("a.json", papers)
    assert isinstance(first, Document) and first.text == "甲\n張三; 李四\n\n甲的摘要"
    whole = '[{"title": "甲", "abstract": "甲的摘要", "sections": [{"heading": "一", "body_text": "全文"}]}]'
    assert "全文" in read_one("a.json", whole).text, "what holds more than that is no mere record"


def test_a_record_with_little_is_found_by_what_it_has() -> None:
    assert read_one("a.enw", "%0 科研立項\n%K 美國;中國\n%W CNKI\n").text == "美國; 中國"
    (nothing,) = read_all("a.ris", "TY  - JOUR\nER  - \n")
    assert not isinstance(nothing, Document) and nothing.reason == "empty"
    (nothing,) = read_all("a.bib", "@misc{k, pages = {1}}\n")
    assert not isinstance(nothing, Document) and nothing.reason == "empty"
    assert skipped("a.bib", "% 還沒有\n@comment{a}\n")[0] == "empty"


ENTRIES = [
    ("@book{k, title={A {\\LaTeX} Guide}}", "A LaTeX Guide"),
    ('@book{k, title={Erd{\\H{o}}s and G{\\"o}del, \\\'Etude \\& na\\"{\\i}ve \\o}}', "Erdős and Gödel, Étude & naïve ø"),
    ('@misc(k, title = "a {"}b{"} c" # { d})', 'a "b" c d'),
    ("@misc{k,\n  title = {未閉合, year = 2021\n@misc{l, title={次}}", "次"),
    ("@Misc { k , TITLE = {題} , }", "題"),
    ("@misc{title={沒有鍵}}", "沒有鍵"),
    ("@misc{k, title = 2021}", "2021"),
    ("@misc{k, title = {上\\\\Below}}", "上 Below"),
]


@pytest.mark.parametrize(("entry", "title"), ENTRIES)
def test_entries_of_bibtex(entry: str, title: str) -> None:
    assert read_all("a.bib", entry)[-1].title == title  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("month", "date"),
    [("{August}", "2021-08"), ("{Aug.}", "2021-08"), ('aug # "~17"', "2021-08-17"), ("{²}", "2021"), ("{" + "9" * 5_000 + "}", "2021")],
)
def test_months_as_people_write_them(month: str, date: str) -> None:
    assert read_one("a.bib", f"@misc{{k, title={{題}}, year = 2021, month = {month}}}").date == date


def test_months_of_bibtex() -> None:
    assert read_one("a.bib", "@misc{k, title={題}, date = {2021-08}, month = {8}}").date == "2021-08"
    assert read_one("a.bib", "@misc{k, title={題}, year = 2021, month = aug}").date == "2021-08"
    assert read_one("a.bib", "@misc{k, title={題}, year = {2021}, month = {8}}").date == "2021-08"


def test_prose_is_no_record() -> None:
    for text in ("TY  - 是一個標記\n", "RT @某人：轉發微博\n", "{Reference Type} 是欄位\n", "寄給 @article 的人\n", "%0 是什麼？\n"):
        assert read_one("a.txt", text).metadata["format"] == "text"


def test_unclosed_entries_take_no_square_of_their_number() -> None:
    with no_hang():
        assert read_all("a.bib", "@misc{a, title={" * 50_000)
        assert read_all("a.bib", "@misc{a, title={\n" * 20_000 + "@misc{b, title={終}}")
        assert read_all("a.bib", "@misc{a, title=" + "{" * 200_000 + "\\'" * 100_000)
        assert read_all("a.bib", "@string{a = {" + "x" * 1_000 + "}}\n" + "@misc{b, note = " + "a # " * 100_000 + "a}")
        assert read_all("a.ris", "TY  - JOUR\n" + "AB  - a\nb\n" * 50_000)


@pytest.mark.parametrize("name", ["a.ris", "a.enw", "a.bib"])
def test_what_has_only_the_name_is_plain_text(name: str) -> None:
    document = read_one(name, "只是一段文字，@某人。\n")
    assert (document.text, document.metadata["format"]) == ("只是一段文字，@某人。", "text")


@pytest.mark.parametrize("name", ["README.txt", "README", "page"])
@pytest.mark.parametrize("before", ["說明在前，請引用：\n\n", "# 說明在前\n\n```\n", "<html><body><p>說明在前</p><pre>\n"])
def test_a_text_that_quotes_an_entry_stays_a_text(name: str, before: str) -> None:
    document = read_one(name, before + FORMS["bibtex"][1])
    assert "說明在前" in document.text and document.metadata["format"] != "bibtex"


@pytest.mark.parametrize("before", ["", "% Encoding: UTF-8\n\n", "\ufeff\n", MACRO, "@comment{甲}\n@preamble{乙}\n%\n  "])
def test_comments_and_names_come_before_entries(before: str) -> None:
    assert read_one("export", before + "@Article{k,\n  title = {題名}\n}\n").metadata["format"] == "bibtex"


def test_lines_of_a_database_come_before_the_first_record() -> None:
    (document,) = read_all("a.ris", 'Provider: 某庫\nContent:text/plain; charset="utf-8"\n\n\n' + FORMS["ris"][1])
    assert document.title == "肥料利用率現狀"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("form", "line"), [("refworks", "AI 技術很重要"), ("refworks", "RNA 是核酸"), ("cnki", "COVID-19: 一種病"), ("cnki", "RT-PCR：方法")]
)
def test_a_line_of_an_abstract_that_begins_like_a_tag_is_kept(form: str, line: str) -> None:
    name, record = FORMS[form]
    assert f"總結了田間試驗結果。\n{line}\n分析了原因。" in read_one(name, record.replace("結果。\n", f"結果。\n{line}\n")).text


def test_nothing_that_is_said_twice_or_of_editors_is_lost() -> None:
    ris = read_one("a.ris", "TY  - CHAP\nTI  - 題\nT1  - 題\nTT  - Title\nED  - 張三\nT2  - 書\nPB  - 出版社\nPY  - 2021\nER  - \n")
    assert ris.text == "題\n張三\n書, 出版社, 2021\n\nTitle" and ris.metadata["editor"] == "張三"
    bib = read_one("a.bib", "@book{張三 2021, title={題}, subtitle={副題}, editor={張三 and 李四}, year=, note={甲}, note={乙}}")
    assert bib.text == "題\n副題\n張三; 李四\n\n甲\n\n乙\n\n張三 2021"
    assert read_one("a.bib", "@misc{k, title={題 {未閉合, abstract={摘要}}\n").text.endswith("摘要\n\nk")


def test_keywords_and_addresses_of_bibtex() -> None:
    document = read_one("a.bib", "@misc{k, title={題}, keywords={甲, 乙，丙}, url={http://x.cn/~a/b_c}}")
    assert (document.metadata["keywords"], document.metadata["url"]) == (("甲", "乙", "丙"), "http://x.cn/~a/b_c")


def test_tags_and_letters_of_programs_are_read_as_they_are_shown() -> None:
    document = read_one("a.ris", "TY  - JOUR\nTI  - 深度<i>學習</i>網路\nN1  - <p>筆記<br/>甲 &amp; 乙</p>\nAB  - <正>摘要\nER  - \n")
    assert document.text == "深度學習網路\n\n<正>摘要\n\n筆記\n甲 & 乙"
    assert read_one("a.bib", "@misc{k, title={{\\textless}$\\alpha$-\\Omega}}").title == "<$α$-Ω"
    assert read_one("a.bib", r"@misc{k, title={Ad\-di\-son\,\& 5\,kg}}").title == "Addison& 5kg"


MARKS = st.text(alphabet='@{}"\\#=,% \n-TYKA10甲article', max_size=80)


@given(MARKS)
def test_whatever_it_is_nothing_is_raised(text: str) -> None:
    for reader, opening in ((read_bibtex, "@misc{k, title={題}}\n"), (read_references, "TY  - JOUR\nTI  - 題\n")):
        items = list(reader(Source.of_bytes("a", (opening + text).encode()), ReadOptions()))
        assert items and items[0].title.startswith("題")
        try:
            list(reader(Source.of_bytes("a", text.encode()), ReadOptions()))
        except Refused as refusal:
            assert refusal.reason in ("empty", PLAIN)


def test_an_entry_of_bibtex_is_found_by_the_key_that_it_is_cited_by() -> None:
    document = read_one("a.bib", "@article{wang2020:crop, title={題}}")
    assert document.text.endswith("\n\nwang2020:crop") and document.metadata["key"] == "wang2020:crop"
    assert "key" not in read_one("a.bib", "@article{title={題}}").metadata
