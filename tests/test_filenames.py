"""The name of a file counts as a title does, where it says something beside the title."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher import Document, Index, Results
from searcher.passages.filenames import name_span, said_by_name
from searcher.plans.ranking import Weights
from searcher.text import views
from tests.conftest import Indexed

TEXT = "今日同佢傾咗兩個鐘，講咗好多嘢。"

OTHERS = tuple(Document(id=str(number), title=f"第{number}篇", text=f"第{number}篇。司機接受訪問，訪問很長。{TEXT}") for number in range(6))


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index.create(tmp_path / "index") as made:
        yield made


def ids(results: Results) -> list[str]:
    return [hit.id for hit in results]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/d/的士司機訪問.txt", "的士司機訪問"),
        ("的士司機訪問", "的士司機訪問"),
        ("C:\\文件\\合同.DOCX", "合同"),
        ("/d/report.tar.gz", "report"),
        ("/d/v1.2 说明", "v1.2 说明"),
        ("/d/预算.2021", "预算.2021"),
        ("/d/.bashrc", ".bashrc"),
        ("/d/a.zip!/里/信.md", "信"),
        ("/d/IMG_2041.jpg", "IMG_2041"),
        ("/d/covid19.md", "covid19"),
        ("/d/20231145.pdf", "20231145"),
        ("/d/12.pdf", ""),
        ("/d/2021-08.pdf", ""),
        ("/d/000_0ba390c34e7e8bd5.txt", ""),
        ("/d/550e8400-e29b-41d4-a716-446655440000.pdf", ""),
        ("/d/--.txt", ""),
        ("/d/", ""),
        ("", ""),
    ],
)
def test_what_is_the_name_of_a_document(path: str, name: str) -> None:
    assert path[slice(*name_span(path, "", path, None))] == name


def test_of_a_name_no_hash_is_analysed() -> None:
    path = "/d/合同_550e8400-e29b-41d4-a716-446655440000_3f9a27c81b.pdf"
    assert said_by_name(path, name_span(path, "", path, None)) == "合同_，_，"


@pytest.mark.parametrize(
    ("id", "path", "source", "counts"),
    [
        ("/d/信件.mbox#7", "/d/信件.mbox", "/d/信件.mbox", False),
        ("/d/聊天.txt#2021-08-17.2", "/d/聊天.txt", "/d/聊天.txt", False),
        ("/d/a.zip!/信件.mbox#7", "/d/a.zip!/信件.mbox", "/d/a.zip", False),
        ("/d/\\xd0\\xc5.mbox#7", "/d/信.mbox", "/d/\\xd0\\xc5.mbox", False),
        ("row-7", "/d/信件.jsonl", "/d/信件.jsonl", False),
        ("/d/信件.jsonl#7", "新闻/信件七.txt", "/d/信件.jsonl", True),
        ("row-7", "新闻/信件七.txt", "/d/信件.jsonl", True),
        ("/d/信#7", "/d/信#7", "/d/信#7", True),
        ("/d/\\xd0\\xc5.txt", "/d/信.txt", "/d/\\xd0\\xc5.txt", True),
        ("/d/a.zip!/信件.txt", "/d/a.zip!/信件.txt", "/d/a.zip", True),
        ("note", "/d/信件.txt", None, True),
        ("note", None, None, False),
    ],
)
def test_a_file_of_many_documents_is_the_name_of_none(id: str, path: str | None, source: str | None, counts: bool) -> None:
    assert (name_span(id, "", path, source) != (0, 0)) == counts


@pytest.mark.parametrize(
    ("title", "stem", "says"),
    [
        ("商汤科技年报", "商湯科技", False),
        ("商汤科技年报", "商汤科技", False),
        ("商汤：科技", "商汤科技", True),
        ("party", "art", True),
        ("the art", "ART", False),
        ("年报", "商汤科技年报", True),
    ],
)
def test_a_name_that_the_title_holds_says_nothing_more(title: str, stem: str, says: bool) -> None:
    path = f"/d/{stem}.txt"
    assert (name_span(path, title, path, None) != (0, 0)) == says


@given(st.text(max_size=40), st.text(max_size=20), st.sampled_from(["", "#3"]))
def test_a_name_is_a_part_of_the_last_part_of_the_path(path: str, title: str, number: str) -> None:
    start, end = name_span(path + number, title, path, path)
    assert (start, end) == (0, 0) or path.rfind("/") < start < end <= len(path)


def test_a_file_is_found_by_its_name_before_those_that_speak_of_it(index: Index) -> None:
    index.add([*OTHERS, Document(id="name", title="今日同佢傾咗兩個鐘", text=TEXT, path="/d/的士司機訪問.txt")])
    for query in ("的士司機 訪問", "的士司机 访问", "的士司機訪問", "“司機訪問”", "的士司機訪問.txt", "傾咗 的士"):
        results = index.search(query)
        assert ids(results)[0] == "name", query
        first = results.hits[0]
        assert not first.relaxed
        assert first.snippets[0].text.startswith(TEXT[:4]), "a hit by name alone shows how the text begins"
        assert first.path is not None and all(first.path[start:end] in "的士司機訪問.txt" for start, end in first.path_marks)
        assert first.path_marks, query


@settings(max_examples=60)
@given(st.text("的士司機访问合同報告年终总结商汤的一是", min_size=1, max_size=14), st.data())
def test_any_run_of_a_name_finds_its_file(tmp_path_factory: pytest.TempPathFactory, stem: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(stem) - 1))
    run = stem[start : data.draw(st.integers(start + 1, len(stem)))]
    with Index.create(tmp_path_factory.mktemp("names") / "index") as index:
        index.add([Document(id="other", title="", text="文字。"), Document(id="name", title="题", text="无", path=f"/d/{stem}.txt")])
        for query in (run, f"“{run}”"):
            (hit,) = index.search(query)
            assert hit.id == "name"
            assert hit.path is not None and hit.path_marks
            assert all(run in hit.path[begin:end] for begin, end in hit.path_marks), "touching ones are one mark"


def test_a_suffix_is_marked_nowhere_but_in_the_name_itself(indexed: Indexed) -> None:
    index = indexed(
        Document(id="name", title="題", text="無", path="/d/pdf說明pdf.pdf"),
        Document(id="other", title="pdf", text="x", path="/d/說明.pdf"),
    )
    marked = {hit.id: hit.path_marks for hit in index.search("pdf")}
    assert marked == {"name": ((3, 6), (8, 11)), "other": ()}


def test_a_name_counts_as_a_title_does(index: Index) -> None:
    index.add(OTHERS)
    index.add(
        [
            Document(id="title", title="出租车访问", text=TEXT),
            Document(id="name", title="无题之作", text=f"{TEXT}。", path="出租车访问.txt"),
        ]
    )
    scores = {hit.id: hit.score for hit in index.search("出租车 访问", weights=Weights(folder=0.0), copies=True)}
    assert scores["name"] == pytest.approx(scores["title"]) and scores["title"] > 0


def test_a_title_counts_as_before_whatever_the_file_is_called(tmp_path: Path) -> None:
    """So no length of a name weighs on the title."""
    scores = []
    for number, name in enumerate(("", "/d/完全不相干的很长的一个文件名.txt")):
        with Index.create(tmp_path / str(number)) as index:
            index.add([*OTHERS, Document(id="x", title="出租车访问", text=TEXT, path=name or None)])
            scores.append([(hit.id, hit.score) for hit in index.search("出租车 访问")])
    assert scores[0] == scores[1]


def test_the_mails_of_one_file_are_not_all_hits_of_its_name(index: Index) -> None:
    mails = (
        Document(id=f"/d/装修.mbox#{number}", title=f"来信{number}", text=f"信{number}。", path="/d/装修.mbox", source="/d/装修.mbox")
        for number in range(50)
    )
    index.add([*mails, Document(id="x", title="关于装修", text="装修。")])
    assert ids(index.search("装修")) == ["x"]
    assert index.search("path:装修").total == 50


def test_a_folder_moves_the_order_and_nothing_else(index: Index) -> None:
    index.add([Document(id="here", title="", text="赔偿的规定。", path="/d/别处/a.txt"), *OTHERS])
    index.add([Document(id="there", title="", text="赔偿之规定。", path="/d/劳动合同/b.txt")])
    assert ids(index.search("赔偿", copies=True)) == ["here", "there"]
    results = index.search("劳动合同 赔偿", copies=True)
    assert {hit.id: hit.missing for hit in results} == {"there": (), "here": ("劳动合同",)}
    assert ids(results) == ["there", "here"]
    assert index.search("劳动合同").total == 0
    assert ids(index.search("劳动合同 赔偿", weights=Weights(folder=0.0), copies=True)) == ["here", "there"]


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        ("笔记", ("path:笔记",)),
        ("備份.zip", ("path:備份.zip",)),
        ("“备份.zip”", ('path:"备份.zip"',)),
        ("备份 笔记", ("path:备份 path:笔记",)),
        ("备份 魑魅", ()),
        ("魑魅", ()),
        ("title:笔记", ()),
    ],
)
def test_what_only_paths_hold_is_offered_as_a_query_for_them(index: Index, query: str, offered: tuple[str, ...]) -> None:
    index.add([Document(id="a", title="", text=TEXT, path="/d/笔记/备份.zip!/一.txt")])
    results = index.search(query)
    assert (results.total, results.suggestions) == (0, offered)
    assert all(index.search(text).total for text in offered)


def test_what_only_authors_hold_within_is_offered_as_a_query_for_them(index: Index) -> None:
    index.add([Document(id="a", title="", text="天地玄黄，宇宙洪荒", metadata={"author": "司馬遷"}, date="2021", path="/d/勞工/一.txt")])
    assert ids(index.search("司马迁")) == ["a"] and index.search("司马迁").suggestions == ()
    assert index.search("马迁").suggestions == ("author:马迁",)
    assert not index.search("马迁 笔记").total and index.search("司马迁 魑魅").suggestions == ()
    assert index.search("宇宙 date:2020").suggestions == ("宇宙",)
    assert index.search("劳工").suggestions == ("path:劳工",) and index.search("劳工 date:2020").suggestions == ()


def test_a_title_is_asked_for_alone(index: Index) -> None:
    index.add([Document(id="name", title="无题", text=TEXT, path="/d/的士司機訪問.txt"), Document(id="title", title="的士", text=TEXT)])
    assert ids(index.search("title:的士")) == ["title"]
    assert ids(index.search("檔名：的士")) == ["name"]


def test_a_name_in_its_own_script(index: Index) -> None:
    index.add(
        [Document(id=name, title=f"{number}.", text=f"{number}", path=f"/d/{name}.txt") for number, name in enumerate(("以后", "以後"))]
    )
    assert ids(index.search("以后", exact_script=True)) == ["以后"]
    assert ids(index.search("以後", exact_script=True)) == ["以後"]
    assert set(ids(index.search("以後"))) == {"以后", "以後"}


def test_why_says_that_it_stood_in_the_name(index: Index) -> None:
    index.add([*OTHERS, Document(id="name", title="无题", text=TEXT, path="/d/的士/的士司機訪問.txt")])
    parts = index.why("的士司机", "name").parts
    found = {(part.name, frequency) for part in parts for frequency in part.frequencies}
    assert ("title 的士", ("的士", "name.words", 1)) in found
    assert ("folder 的士", ("的士", "path.grams", 2)) in found
    assert not index.why("的士司机", "name").missing


def test_an_older_index_says_what_a_rebuild_brings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document(id="name", title="无题", text=TEXT, path="/d/的士司機訪問.txt")
    monkeypatch.setattr(views, "VERSION", "1")
    monkeypatch.setattr("searcher.records.indexing._name_terms", lambda document, dictionary: {})
    with Index.create(tmp_path / "index") as index:
        index.add([*OTHERS, document])
    monkeypatch.undo()
    with Index.open(tmp_path / "index") as index:
        told = ("this index lacks some of what is searched and ranked by now: run `searcher rebuild`",)
        assert index.notices == told
        assert index.search("的士司機", strict=True).total == 0
        index.add([replace(document, id="new", path="/d/飛機訪問.txt", text="別的。")])
        assert index.notices == told, "what was there before is as it was"
        assert ids(index.search("飛機"))[0] == "new"
        index.rebuild()
        assert index.notices == ()
        assert ids(index.search("的士司機")) == ["name"]


def test_an_older_index_whose_files_are_all_read_again_wants_nothing_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("甲", "乙", "丙"):
        (folder / f"{name}.txt").write_text(f"{name}的內容", "utf-8")
    monkeypatch.setattr(views, "VERSION", "1")
    with Index.create(tmp_path / "index") as index:
        index.sync([folder])
    monkeypatch.undo()
    with Index.open(tmp_path / "index") as index:
        (folder / "甲.txt").write_text("另一個內容", "utf-8")
        index.sync()
        assert [notice.key for notice in index.notices] == ["notice.views"], "two files are as they were"
        for name in ("甲", "乙", "丙"):
            (folder / f"{name}.txt").write_text(f"{name}的新內容", "utf-8")
        assert index.sync().replaced == 3
        assert index.notices == ()


def test_a_hit_by_name_alone_shows_what_follows_the_title(tmp_path: Path) -> None:
    (tmp_path / "的士司機.txt").write_text("第一行是標題\n第二行是正文。", "utf-8")
    with Index.create(tmp_path / "index") as index:
        index.sync([tmp_path])
        (hit,) = index.search("的士司機")
        assert (hit.title, [snippet.text for snippet in hit.snippets]) == ("第一行是標題", ["第二行是正文。"])


def test_the_name_follows_a_file_that_is_moved(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "飛機師訪問.txt").write_text(f"今日訪問\n{TEXT}", "utf-8")
    with Index.create(tmp_path / "index") as index:
        index.sync([folder])
        assert index.search("飛機師").total == 1
        (folder / "飛機師訪問.txt").rename(folder / "的士司機.txt")
        assert index.sync([folder]).moved == 1
        assert index.search("飛機師").total == 0
        (hit,) = index.search("的士司機")
        assert hit.path is not None and [hit.path[start:end] for start, end in hit.path_marks] == ["的士司機"]
        (folder / "的士司機.txt").rename(folder / "今日.txt")  # which the title says
        assert index.sync([folder]).moved == 1
        assert index.search("的士司機").total == 0
