"""Files and folders become documents; what gives none says why."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from searcher import Index
from searcher.documents import (
    Document,
    Format,
    ReadOptions,
    Refused,
    Skipped,
    Source,
    detect,
    documents_of,
    formats,
    read_documents,
    readable_name,
    registry,
    safe_name,
)
from searcher.errors import InvalidOption
from tests.documents.reading import read_all, read_one, skipped

SEEDS = Path(__file__).parents[2] / "seeds"
TEXT = "這是一段中文，講的是人工智能與資訊科技的發展。"


def test_the_seeds_as_a_reader_sees_them() -> None:
    news, page = read_documents(SEEDS)
    assert isinstance(news, Document) and isinstance(page, Document)
    assert news.title == "商汤科技计划近几周启动赴港IPO申请，拟募资20亿美元！"
    assert news.date == "2021-08-17T11:18:00+00:00"
    assert news.metadata["category"] == ("新媒体", "高科技行业门户", "新闻")
    assert news.metadata["author"] == "高科技行业门户"
    assert news.metadata["format"] == "html"
    assert "对外提供精准的人脸识别技术，以及集成了人脸识别、危险品识别" in news.text
    assert page.title == "商湯科技"
    assert page.metadata["format"] == "markdown"
    assert "以汤晓鸥教授為領軍人物的人工智能初創企業。公司於2014年底" in page.text
    assert "成為全球最大AI獨角獸。\n\n技術\n\n人臉識別\n\n" in page.text
    assert [place.label for place in page.locations if place.kind == "heading"][:3] == ["技術", "人臉識別", "超分辨率"]
    for document in (news, page):
        assert not any(sign in document.text for sign in ("<", ">", "http", "](", "wikilink", "\\", "style", "&"))


def test_identity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(TEXT, "utf-8")
    (document,) = read_documents(".")
    assert isinstance(document, Document)
    place = str(tmp_path / "a.txt")
    assert (document.id, document.source, document.path) == (place, place, "a.txt")


def test_plain_text_stays_as_it_is_written() -> None:
    text = "第一行\r\n　　第二行  有空格\r\n\r\n* 不是清單 *\n"
    document = read_one("a.txt", "\ufeff\n\n" + text)
    assert document.text == "第一行\n　　第二行  有空格\n\n* 不是清單 *"
    assert document.locations[0].label == "3"
    assert document.metadata == {"format": "text", "encoding": "utf-8", "encoding_confidence": "1.00"}


def test_articles_of_a_statute_are_places() -> None:
    document = read_one("法.txt", "總則\n第一條　本法\n所稱\n　第 2 條 文\n第一百零三條之一\n依第三條")
    labels = [(place.label, document.text[place.start]) for place in document.locations if place.kind == "article"]
    assert labels == [("第一條", "第"), ("第2條", "第"), ("第一百零三條之一", "第")]


def test_metadata_of_the_front_matter() -> None:
    front = "---\nauthor: [甲, 乙]\ntags: 一\nformat: x\ndate: bad\nlastmod: 2021-08\n---\n"
    document = read_one("a.md", front + TEXT)
    assert document.metadata["author"] == ("甲", "乙")
    assert (document.metadata["tags"], document.metadata["format"], document.date) == ("一", "markdown", "2021-08")


@pytest.mark.parametrize(
    ("name", "content", "format"),
    [
        ("a.txt", TEXT, "text"),
        ("README", TEXT, "text"),
        ("a.txt", f"<!-- x -->\n<!DOCTYPE html><p>{TEXT}", "html"),
        ("a", f"---\ntitle: x\n---\n\n<div>\n<p>{TEXT}</p><p>{TEXT}</p></div>", "html"),
        ("a.txt", f"# 題\n\n{TEXT}[文](http://x)", "markdown"),
        ("a.txt", "# 註解\n# 註解\nx = 1", "text"),
        ("a.txt", "價格 3 * 4 * 5 < 6\n", "text"),
        ("a.md", "<p>一</p><p>二</p>", "markdown"),
        ("a.HTM", TEXT, "html"),
        ("a.txt", f'{{"text": "{TEXT}"}}\n{{"text": "二"}}\n', "jsonlines"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16"])
def test_formats_are_told_by_content_and_name(name: str, content: str, format: str, encoding: str) -> None:
    found = detect(Source.of_bytes(name, content.encode(encoding)))
    assert found is not None
    assert found.name == format
    document = next(item for item in read_all(name, content.encode(encoding)) if isinstance(item, Document))
    assert document.metadata["format"] == format


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "big5", "cp950"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl"])
def test_every_format_in_every_encoding(name: str, encoding: str) -> None:
    content = f'{{"text": "{TEXT}"}}\n' if name == "a.jsonl" else TEXT
    assert read_one(name, content.encode(encoding)).text == TEXT


def test_a_forced_encoding() -> None:
    assert read_one("a.txt", "中文".encode("shift_jis"), encoding="shift_jis").text == "中文"
    with pytest.raises(InvalidOption, match="encoding cannot be klingon: no such text encoding"):
        read_documents("x", encoding="klingon")
    with pytest.raises(InvalidOption):
        read_documents("x", encoding="base64")


def test_what_gives_no_document() -> None:
    assert skipped("a.txt", b"") == ("empty", "nothing in it")
    assert skipped("a.txt", " \n\n ") == ("empty", "nothing to read in it")
    assert skipped("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(99)) == ("binary", "not text, and no format that is known")
    assert skipped("a.txt", "字" * 100, max_bytes=99) == ("too-large", "0.0 MB, over the limit of 0 MB for one document")
    assert skipped("a.txt", bytes(range(128, 256)) * 9)[0] == "encoding"


def test_a_huge_file_is_reported_without_being_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.write(TEXT.encode() * 9000)
        file.truncate(2 << 30)
    (item,) = read_documents(tmp_path)
    assert item == Skipped(str(tmp_path / "huge.txt"), "too-large", "2,048.0 MB, over the limit of 64 MB for one document")


def test_a_file_that_grows_while_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    source = Source.of_file(tmp_path / "a.txt")
    (tmp_path / "a.txt").write_text(TEXT * 100, "utf-8")
    (item,) = documents_of(source, ReadOptions(max_bytes=1000))
    assert isinstance(item, Document) and item.text == TEXT.strip("\n"), "what was there when it was found"


def test_a_file_that_does_not_say_how_large_it_is(tmp_path: Path) -> None:
    """Some file systems only know when it is read."""
    (tmp_path / "a.txt").touch()
    source = Source.of_file(tmp_path / "a.txt")
    (tmp_path / "a.txt").write_text(TEXT * 100, "utf-8")
    (item,) = documents_of(source, ReadOptions(max_bytes=1000))
    assert isinstance(item, Skipped) and item.reason == "too-large"
    (item,) = documents_of(source, ReadOptions())
    assert isinstance(item, Document) and item.text == (TEXT * 100).strip("\n")


def test_a_file_that_vanishes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    source = Source.of_file(tmp_path / "a.txt")
    (tmp_path / "a.txt").unlink()
    assert list(documents_of(source, ReadOptions())) == [Skipped(source.path, "unreadable", "no such file or folder")]


def test_members_know_where_they_lie() -> None:
    member = Source.of_bytes("a.zip", b"").member("folder/b.txt", TEXT.encode())
    (document,) = documents_of(member, ReadOptions())
    assert isinstance(document, Document)
    assert (member.name, document.path, document.source) == ("b.txt", "a.zip!/folder/b.txt", "a.zip")
    (item,) = documents_of(member, ReadOptions(max_depth=0))
    assert isinstance(item, Skipped)
    assert item.detail == "nested deeper than 0 archives"


@pytest.fixture
def with_format(monkeypatch: pytest.MonkeyPatch) -> object:
    def add(format: Format) -> None:
        known = formats.formats()
        for room in (formats, registry):
            monkeypatch.setattr(room, "formats", lambda: (format, *known))

    return add


def test_a_missing_package_is_named(with_format: object) -> None:
    with_format(Format("x", (".x",), _never, modules=("no_such_module.part",), extra="searcher[x]"))  # type: ignore[operator]
    assert skipped("a.x", TEXT) == ("missing-dependency", 'x needs the package no_such_module.part: pip install "searcher[x]"')


def test_a_parser_that_fails_costs_one_file(with_format: object) -> None:
    with_format(Format("x", (".x",), _failing))  # type: ignore[operator]
    assert skipped("a.x", TEXT) == ("damaged", "ValueError: bad thing")


@dataclass(frozen=True)
class _Entry:
    """An entry point: what is found there, or why it cannot be loaded."""

    name: str
    found: object

    @property
    def value(self) -> str:
        return f"package:{self.name}"

    def load(self) -> object:
        if isinstance(self.found, BaseException):
            raise self.found
        return self.found


def _entered(monkeypatch: pytest.MonkeyPatch, **found: object) -> list[Format]:
    """The formats of other packages that are taken of what these give."""
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: [_Entry(name, one) for name, one in found.items()])
    return [format for format in formats.formats.__wrapped__() if format not in formats.BUILTIN]


def test_formats_of_other_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    good = Format("good", (".x", ".tar.x"), _never)
    assert _entered(monkeypatch, good=good) == [good]
    with pytest.warns(UserWarning) as warnings:
        found = _entered(
            monkeypatch,
            none=7,
            bad=ImportError("no module"),
            exit=SystemExit(3),
            text=Format("text-of-suffixes", ".x", _never),  # type: ignore[arg-type]
            dotless=Format("dotless", ("x",), _never),
            upper=Format("upper", (".X",), _never),
            good=good,
        )
    assert found == [good]
    assert [str(warning.message) for warning in warnings] == [
        "the format none of package:none is no searcher.documents.Format",
        "the format bad of package:bad cannot be loaded: ImportError: no module",
        "the format exit of package:exit cannot be loaded: SystemExit: 3",
        *(
            f"the format {name} of package:{name} has other suffixes than a tuple of lower-case texts that begin with a dot"
            for name in ("text", "dotless", "upper")
        ),
    ]


def test_a_sniffer_of_another_package_that_fails_knows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is shown the beginning of every file."""

    def fail(head: bytes) -> bool:
        raise ValueError("bad thing")

    (format,) = _entered(monkeypatch, x=Format("x", (".x",), _never, sniff=fail))
    assert format.sniff is not None
    with pytest.warns(UserWarning, match="the format x of package:x fails at the beginning of a file: ValueError: bad thing"):
        assert format.sniff(b"text") is False


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("text", "a Document is wanted, not str"),
        (None, "a Document is wanted, not NoneType"),
        ({"id": 1}, "a Document is wanted, not dict"),
        (Document(5, "a", "b"), "its id is not text"),  # type: ignore[arg-type]
        (Document("1", None, "b"), "its title is not text"),  # type: ignore[arg-type]
        (Document("1", "a", b"b"), "its text is not text"),  # type: ignore[arg-type]
        (Document("1", "a", "b", path=Path("x")), "its path is not text"),  # type: ignore[arg-type]
        (Skipped("a.x", 5, ""), "its reason is not text"),  # type: ignore[arg-type]
        (Skipped("a.x", "damaged", None), "its detail is not text"),  # type: ignore[arg-type]
        (Refused(5, "detail"), "its reason is not text"),  # type: ignore[arg-type]
        (SystemExit("leave"), "SystemExit: leave"),
    ],
)
def test_whatever_a_reader_gives_costs_one_document(with_format: object, tmp_path: Path, given: object, said: str) -> None:
    def read(source: Source, options: ReadOptions) -> Iterable[Any]:
        yield source.document(title="before", text="before", number=1)
        if isinstance(given, BaseException):
            raise given
        yield given

    with_format(Format("x", (".x",), read))  # type: ignore[operator]
    (tmp_path / "a.x").write_text(TEXT, "utf-8")
    (tmp_path / "b.txt").write_text(TEXT, "utf-8")
    before, wrong, other = read_documents(tmp_path)
    assert isinstance(before, Document) and isinstance(other, Document)
    assert wrong == Skipped(str(tmp_path / "a.x"), "damaged", said)
    with Index.create(tmp_path / "index") as index:
        assert index.sync(tmp_path).skipped == (wrong,)
        assert index.status().skipped == (wrong,), "it is kept, and read again"


def test_what_a_reader_gives_goes_with_its_file(with_format: object, tmp_path: Path) -> None:
    """Also where it makes the document itself, and does not say, or not rightly, which file it came from."""

    def read(source: Source, options: ReadOptions) -> Iterable[Document]:
        yield Document("own", "題", "文")
        yield Document("other", "題", "文", source="elsewhere")

    with_format(Format("x", (".x",), read))  # type: ignore[operator]
    (tmp_path / "a.x").write_text(TEXT, "utf-8")
    assert [document.source for document in read_documents(tmp_path) if isinstance(document, Document)] == [str(tmp_path / "a.x")] * 2
    with Index.create(tmp_path / "index") as index:
        assert index.sync(tmp_path).added == 2
        (tmp_path / "a.x").unlink()
        (tmp_path / "b.txt").write_text(TEXT, "utf-8")
        assert index.sync(tmp_path).removed == 2


def _never(source: Source, options: ReadOptions) -> Iterable[Document]:
    raise AssertionError


def _failing(source: Source, options: ReadOptions) -> Iterable[Document]:
    yield from ()
    raise ValueError("bad\nthing")


@pytest.mark.skipif(sys.platform != "linux", reason="names are bytes there")
def test_names_in_any_encoding(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/" + "編碼中文說明文件".encode("big5") + b".txt"
    with open(raw, "wb") as file:  # noqa: PTH123  (a name in bytes)
        file.write(TEXT.encode())
    (document,) = read_documents(tmp_path)
    assert isinstance(document, Document)
    assert document.path == f"{tmp_path}/編碼中文說明文件.txt"
    assert document.id == safe_name(os.fsdecode(raw)) != document.path
    document.id.encode()
    assert readable_name("中文.txt") == safe_name("中文.txt") == "中文.txt"


def test_nothing_heavy_is_imported_for_plain_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    program = (
        "import sys; from searcher.documents import read_documents; list(read_documents(sys.argv[1]));"
        "print([m for m in ('yaml', 'markdown_it', 'selectolax', 'trafilatura', 'pathspec', 'lxml') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_reports_of_one_file_are_bounded() -> None:
    items = read_all("a.jsonl", '{"text": 1\n' * 500 + '{"text": "文"}\n')
    assert isinstance(items[100], Document) and items[100].text == "文"
    assert [type(item) for item in items] == [Skipped] * 100 + [Document, Skipped]
    assert items[-1] == Skipped("a.jsonl", "damaged", "400 more of what it holds could not be read")


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.mbox", "a.xml"])
def test_what_is_added_while_a_file_is_read_is_left_for_the_next_time(tmp_path: Path, name: str) -> None:
    """A log to which something is written for each record that is read of it has no end."""
    first, more = {
        "a.jsonl": ('{"text": "甲"}\n', '{"text": "乙"}\n'),
        "a.csv": ("text\n甲\n", "乙\n"),
        "a.mbox": ("From a Mon Jan  1 00:00:00 2021\nSubject: x\n\n甲\n\n", "From a Mon Jan  1 00:00:00 2021\nSubject: x\n\n乙\n\n"),
        "a.xml": ("<mediawiki><page><title>a</title><revision><text>甲</text></revision></page>", "<page/>"),
    }[name]
    place = tmp_path / name
    place.write_text(first, "utf-8")
    read = []
    for item in read_documents(place):
        with place.open("a", encoding="utf-8") as file:
            file.write(more)
        read.append(item)
    assert [item.text for item in read if isinstance(item, Document)] == ["甲"]


@pytest.mark.parametrize(
    ("name", "format"),
    [("a.java", "java"), ("a.SQL", "sql"), ("a.vue", "vue"), ("a.yml", "yml"), ("a.txt", "text"), ("a.log", "text"), ("a", "text")],
)
def test_source_code_is_of_its_own_format(name: str, format: str) -> None:
    assert read_one(name, "-- 用戶表\nselect 1").metadata["format"] == format
