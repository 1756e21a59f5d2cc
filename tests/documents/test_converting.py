"""A command of the user makes text of what no reader can read."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from searcher import Index
from searcher.documents import Document, ReadOptions, Skipped, Source, documents_of, read_documents
from tests.documents.compounds import doc
from tests.documents.packing import packed
from tests.documents.pdfs import pdf
from tests.documents.reading import read_all, read_one, skipped

OLD = doc("很舊的文件", version=0x65)  # of before 1997
MADE = "what its converter made of it"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(600)


def command(program: str, *words: str) -> list[str]:
    """A command that runs a Python program; its words follow in sys.argv."""
    return [sys.executable, "-c", f"import sys, os, time\n{program}", *words]


def said(text: str) -> list[str]:
    return command(f"assert os.path.getsize(sys.argv[1]); sys.stdout.buffer.write({text.encode()!r})", "{file}")


def test_a_scan_becomes_text_with_its_pages() -> None:
    assert skipped("a.pdf", pdf("")) == ("no-text", "no text layer: a scan?")
    document = read_one("a.pdf", pdf(""), converters={".pdf": said("第一頁\n\f第二頁\f\f第四頁\f")})
    assert document.text.split("\n\n")[0] == "第一頁"
    pages = [place for place in document.locations if place.kind == "page"]
    assert [(document.text[place.start :][:3], place.label) for place in pages] == [("第一頁", "1"), ("第二頁", "2"), ("第四頁", "4")]
    assert (document.metadata["format"], document.metadata["converter"]) == ("pdf", Path(sys.executable).name)
    assert (document.id, document.path, document.title) == ("a.pdf", "a.pdf", "第一頁")


def test_what_can_be_read_is_not_converted() -> None:
    document = read_one("a.pdf", pdf("Plain words that stand on the page."), converters={".pdf": command("sys.exit(1)", "{file}")})
    assert "converter" not in document.metadata


def test_a_file_that_a_command_leaves_is_read_as_what_it_is() -> None:
    program = (
        "assert os.listdir(sys.argv[2]) == []; open(os.path.join(sys.argv[2], 'b.md'), 'w', encoding='utf-8').write('# 標題\\n\\n*內文*')"
    )
    document = read_one("報告.doc", OLD, converters={".doc": command(program, "{file}", "{out}")})
    assert (document.title, document.text, document.metadata["format"], document.id) == ("標題", "標題\n\n內文", "doc", "報告.doc")


def test_the_longest_suffix_counts_and_its_case_does_not() -> None:
    converters = {".c": said("短"), ".b.c": said("長")}
    assert read_one("a.B.C", PICTURE, converters=converters).text == "長"
    assert skipped("a.png", PICTURE, converters=converters)[0] == "binary"


def test_a_file_on_disk_is_named_by_its_whole_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("-rf 甲.png").write_bytes(PICTURE)
    source = Source.of_file("-rf 甲.png")
    program = "print(sys.argv[1] == os.path.abspath(sys.argv[1]) and os.path.basename(sys.argv[1]) == '-rf 甲.png')"
    (document,) = documents_of(source, ReadOptions(converters={".png": command(program, "{file}")}))
    assert isinstance(document, Document) and document.text.strip() == "True"


def test_what_lies_in_an_archive_is_converted_too() -> None:
    (document,) = read_all("a.zip", packed({"圖.png": PICTURE}), converters={".png": said("圖上的字")})
    assert isinstance(document, Document)
    assert (document.path, document.text) == ("a.zip!/圖.png", "圖上的字")


@pytest.mark.parametrize(
    ("words", "reason", "detail"),
    [
        (["no-such-program-at-all", "{file}"], "missing-dependency", "its converter no-such-program-at-all is not installed"),
        (command("sys.exit('甲\\n原因')", "{file}"), "damaged", "its converter failed (exit status 1: 原因)"),
        (command("sys.exit(3)", "{file}"), "damaged", "its converter failed (exit status 3)"),
        (command("pass", "{file}"), "empty", f"{MADE}: nothing in it"),
        (
            command("print(bytes(300).decode('latin-1'))", "{file}"),
            "damaged",
            "what its converter made of it: not text, and no format that is known",
        ),
        (command("time.sleep(60)", "{file}"), "timeout", "its converter took longer than 0.5 seconds"),
        (
            command("[open(os.path.join(sys.argv[2], n), 'w').write(n) for n in 'ab']", "{file}", "{out}"),
            "damaged",
            "its converter left 2 files where one was wanted",
        ),
        (
            command("[sys.stdout.write('x' * 1000000) for _ in iter(int, 1)]", "{file}"),
            "too-large",
            "its converter writes more than 2 MB",
        ),
    ],
)  # fmt: skip
def test_a_command_that_fails_costs_its_file_alone(words: list[str], reason: str, detail: str) -> None:
    limits = {"convert_timeout": 0.5 if reason == "timeout" else 60.0, "max_expanded_bytes": 2 << 20}
    assert skipped("a.png", PICTURE, converters={".png": words}, **limits) == (reason, detail)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no process groups")
def test_what_a_command_started_ends_with_it(tmp_path: Path) -> None:
    child = f"import time; time.sleep(2); open({str(tmp_path / 'late')!r}, 'w')"
    program = f"import subprocess; subprocess.Popen([sys.executable, '-c', {child!r}]); time.sleep(60)"
    assert skipped("a.png", PICTURE, converters={".png": command(program, "{file}")}, convert_timeout=0.3)[0] == "timeout"
    time.sleep(2.5)
    assert list(tmp_path.iterdir()) == []


def test_the_index_takes_up_what_it_can_read_now(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.png").write_bytes(PICTURE)
    absent, present = {".png": ["no-such-program-at-all", "{file}"]}, {".PNG": said("圖上的字")}
    with Index.create(tmp_path / "index") as index:
        assert index.sync([tmp_path / "folder"]).skipped[0].reason == "binary"
        assert index.sync(converters=absent).skipped[0].reason == "missing-dependency"
        report = index.sync(converters=absent)
        assert (report.unchanged, len(report.known_skipped)) == (1, 1)
        assert index.sync(converters=present).added == 1
        assert index.sync(converters=present).unchanged == 1
        assert index.search("圖上的字").total == 1


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    program = "open(os.path.join(sys.argv[2], 'x'), 'w'); print('文')"
    assert read_one("a.png", PICTURE, converters={".png": command(program, "{file}", "{temp}")}).text.strip() == "文"
    assert list(tmp_path.iterdir()) == []


def test_read_documents_takes_commands(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(PICTURE)
    (item,) = read_documents(tmp_path)
    assert isinstance(item, Skipped) and item.reason == "binary"
    (item,) = read_documents(tmp_path, converters={".png": said("圖上的字")})
    assert isinstance(item, Document) and item.text == "圖上的字"
