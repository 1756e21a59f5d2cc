"""Articles and chapters are known as parts of their work, whatever script their titles are in."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher import Document, Index
from searcher.explanations.explanation import WORK
from searcher.messages import speaker
from searcher.printer.explanation import explanation_lines
from searcher.records.works import STATES, number_of, work_of
from searcher.text.folding import fold
from tests.conftest import Indexed

NUMBERS = st.sampled_from(("1", "12", "３", "一", "十二", "一百零五", "兩百"))
NAMES = st.sampled_from(("民法典", "刑法（2020修正）", "紅樓夢", "C语言"))
UNITS = st.sampled_from("條条章節节編编篇卷款回")


@given(
    st.sampled_from(("民法典", "刑法（2020修正）", "紅樓夢", "C语言")),
    st.sampled_from(("", " ", "·", "　")),
    NUMBERS,
    UNITS,
    st.text(max_size=5),
)
def test_what_stands_before_the_number_of_a_part_is_the_work(name: str, between: str, number: str, unit: str, behind: str) -> None:
    assert work_of(f"{name}{between}第{number}{unit}{behind}") == fold(name).text


@pytest.mark.parametrize(
    ("title", "work"),
    [
        ("民法典第十条", "民法典"),
        ("《民法典》第十条", "民法典"),
        ("民法典 第一编 总则 第二条", "民法典"),
        ("勞動基準法 第 12 條之 1", "劳动基准法"),
        ("第三回 賈雨村", None),
        ("第十条", None),
        ("民法典", None),
        ("2021年第三季度报告", None),
        ("第一次世界大战第三章", "第一次世界大战"),
        ("中华人民共和国民法典第十条", "民法典"),
        ("中華民國刑法第 12 條", "刑法"),
        ("《中华人民共和国刑法》第三章", "刑法"),
        ("中华人民共和国 第三章", "中华人民共和国"),
        ("", None),
    ],
)
def test_works(title: str, work: str | None) -> None:
    assert work_of(title) == work


@given(st.sampled_from(tuple(STATES)), NAMES)
def test_a_law_is_one_work_with_its_state_and_without(state: str, name: str) -> None:
    assert work_of(f"{state}{name}第十条") == work_of(f"{name}第十条")


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_title_has_a_work_or_none(title: str, text: str) -> None:
    work, number = work_of(title), number_of(title, text)
    assert (work is None) == (number is None)
    assert work is None or number is None or (work in fold(title).text and 0 <= number < 2**63)


MAINLAND = ("中华人民共和国刑法第十条", "刑法第十一条", "《刑法》第三章", "中華人民共和國刑法第十條", "刑法 第2章")
TAIWAN = ("中華民國刑法第 12 條", "刑法第 13 條", "中华民国刑法第十四条")


def test_what_two_states_call_alike_are_two_works() -> None:
    """By the state where the title names it, else by the script; what is in neither script is with the simplified ones."""
    mainland, taiwan = ({number_of(title, "") for title in titles} for titles in (MAINLAND, TAIWAN))
    assert len(mainland) == len(taiwan) == 1 and mainland.isdisjoint(taiwan)
    assert {work_of(title) for title in (*MAINLAND, *TAIWAN)} == {"刑法"}
    assert number_of("刑法 第2章", "犯罪與刑罰") in taiwan, "a title that tells nothing, and a text that does"


PARTS = {
    "simplified": (("劳动法", "红楼梦"), "条章节编篇卷款回"),
    "traditional": (("勞動法", "紅樓夢"), "條章節編篇卷款回"),
}


@given(st.sampled_from(sorted(PARTS)), st.sampled_from((0, 1)), st.data())
def test_parts_of_one_edition_are_of_one_work(script: str, book: int, data: st.DataObject) -> None:
    """Whatever their numbers and units, and whatever a text says that is in either script."""
    (names, units), text = PARTS[script], data.draw(st.text(alphabet="一不在人", max_size=9))
    number, unit = data.draw(st.sampled_from(("1", "３", "一百零五"))), data.draw(st.sampled_from(units))
    here = number_of(f"{names[book]}第{number}{unit}", text)
    assert here == number_of(f"{names[book]}第2章", "") is not None
    other = PARTS["simplified" if script == "traditional" else "traditional"][0][book]
    assert here != number_of(f"{other}第2章", "")


def test_a_law_has_its_own_size_beside_the_law_of_another_state(tmp_path: Path) -> None:
    with Index.create(tmp_path / "index") as index:
        index.add([Document(id=f"cn{number}", title=f"公司法第{number}条", text=f"股东会第{number}种。") for number in range(1, 4)])
        index.add([Document(id=f"tw{number}", title=f"公司法第 {number} 條", text=f"股東會第{number}種。") for number in range(1, 6)])
        sizes = {id: part.documents for id in ("cn1", "tw1") for part in index.why("股东会", id).parts if part.name == WORK}
    assert sizes == {"cn1": 3, "tw1": 5}


def test_of_articles_that_answer_alike_the_one_of_the_code_comes_first(indexed: Indexed) -> None:
    texts = ["租賃合同的當事人", "租赁合同的期限", "租赁合同的租金"]
    code = [Document(id=f"code{number}", title=f"大法典第{number}条", text=f"别的事情{number}。") for number in range(1, 30)]
    order = [Document(id=f"order{number}", title=f"小办法第{number}条", text=text) for number, text in enumerate(texts, 1)]
    page = Document(id="page", title="租房常识", text="租赁合同的当事人是谁。")
    index = indexed(*order, *code, Document(id="code30", title="大法典第30条", text="租赁合同的当事者、当事人"), page)
    first, second, *_ = index.search("租赁 当事人")
    assert {first.id, second.id} >= {"code30"} and first.id != "order1"
    explained = {id: {part.name: part for part in index.why("租赁 当事人", id).parts} for id in ("code30", "order1", "page")}
    assert [explained[id][WORK].documents for id in ("code30", "order1", "page")] == [30, 3, 0]
    gains = [explained[id][WORK].score for id in ("code30", "page", "order1")]
    assert gains == sorted(gains, reverse=True) and gains[-1] > 0
    assert explained["code30"][WORK].frequencies[0][0] == "大法典"
    scores = {hit.id: hit.score for hit in index.search("租赁 当事人")}
    assert all(index.why("租赁 当事人", id).score == pytest.approx(scores[id]) for id in explained)


def test_where_nothing_is_part_of_a_work_nothing_is_said_of_it(indexed: Indexed) -> None:
    index = indexed(*[Document(id=str(number), title=f"日记{number}", text="今天天气很好。") for number in range(5)])
    assert not [part for part in index.why("今天 天气", "1").parts if part.name == WORK]


def test_why_names_the_work_and_its_size(indexed: Indexed) -> None:
    index = indexed(*[Document(id=str(number), title=f"大法典第{number}条", text=f"租赁合同第{number}种。") for number in range(1, 4)])
    index.add([Document(id="page", title="租房", text="租赁合同。")])
    lines = {id: list(explanation_lines(index.why("租赁合同", id), speaker("en"))) for id in ("1", "page")}
    bonus = "  bonus, whatever is asked: part of 大法典, of which 3 documents are here; the more, the higher"
    assert lines["1"][-1].endswith(bonus), "behind what the query has to do with"
    assert lines["page"][-1].endswith("  bonus, whatever is asked: no part of a larger work, so the average of those that are")
