"""A parser that crashes, hangs or takes too much costs the one file it was reading."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path

import pytest

from searcher.documents import Document, Format, ReadOptions, Refused, Skipped, Source, documents_of
from searcher.documents.document import Location
from searcher.documents.processes import isolation
from searcher.documents.processes.isolation import close_idle, isolated
from searcher.remarks import Remark

PARSER = """
import ctypes, dataclasses, faulthandler, os, sys, tempfile, time
from searcher.documents import Document, Format, Refused
from searcher.documents.document import Location
from searcher.documents.signs import give_sign
from searcher.remarks import Remark

def read(source, options):
    what, _, rest = source.read(1 << 20).decode("utf-8", "surrogatepass").partition(" ")
    if what == "say":
        document = source.document(title="\\udcb1題", text=rest, date="2021", metadata={"author": ("甲", "乙"), "pid": str(os.getpid())},
                                   locations=(Location(0, "page", "i"), Location(1, "page", "ii")))
        yield dataclasses.replace(document, numbers={"price": 12.5, "pages": 3})
    elif what == "refuse":
        raise Refused("encrypted", rest)
    elif what == "remark":
        raise Refused("encrypted", Remark("detail.values", limit=7))
    elif what == "fail":
        raise KeyError(rest)
    elif what == "crash":
        yield source.document(title="before", text="before")
        faulthandler.disable()
        os.kill(os.getpid(), 9) if sys.platform != "win32" else os._exit(9)
    elif what == "exit":
        os._exit(3)
    elif what == "hang":
        time.sleep(600)
    elif what == "toil":
        for _ in range(8):
            time.sleep(0.5)
            give_sign()
        yield source.document(title="", text="done")
    elif what == "litter":
        tempfile.mkstemp()
        time.sleep(60)
    elif what == "lock":
        ctypes.PyDLL(None).sleep(60)
    elif what == "eat":
        yield source.document(title="", text=str(len(bytearray(1 << 36))))
    elif what == "keep":
        globals()["KEPT"] = bytearray(400 << 20)
        yield source.document(title="", text="kept")
    elif what == "need":
        yield source.document(title="", text=str(len(bytearray(300 << 20))))
    elif what == "flood":
        while True:
            yield source.document(title="", text="x" * 100_000)
    elif what == "line":
        yield source.document(title="", text="x" * 20_000_000)
    elif what == "print":
        print("[1, 2, 3]", flush=True)
        os.write(1, b"garbage")
        yield source.document(title="", text="printed")
    elif what == "nonsense":
        for descriptor in range(3, 10):
            try:
                os.write(descriptor, rest.encode() + b"\\n")
            except OSError:
                pass
        yield source.document(title="", text="unheard")

FAKE = Format("fake", (".fake",), read, isolated=True)
"""

FAKE = Format("fake", (".fake",), lambda source, options: iter(()), isolated=True)  # read in the other process, by its name


@pytest.fixture(autouse=True, scope="module")
def parser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A package beside ours that registers the format."""
    folder = tmp_path_factory.mktemp("package")
    (folder / "fake_parser.py").write_text(textwrap.dedent(PARSER), "utf-8")
    (folder / "fake_parser-1.dist-info").mkdir()
    (folder / "fake_parser-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: fake-parser\nVersion: 1\n")
    (folder / "fake_parser-1.dist-info" / "entry_points.txt").write_text("[searcher.formats]\nfake = fake_parser:FAKE\n")
    close_idle()
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        yield folder
    close_idle()


def read(content: str, **options: object) -> list[Document | Skipped]:
    source = Source.of_bytes("a.fake", content.encode("utf-8", "surrogatepass"))
    return list(isolated(FAKE)(source, ReadOptions(**options)))  # type: ignore[arg-type]


def pid(content: str = "say 文") -> str:
    (document,) = read(content)
    assert isinstance(document, Document)
    return str(document.metadata["pid"])


def refusal(content: str, **options: object) -> tuple[str, str]:
    with pytest.raises(Refused) as caught:
        read(content, **options)
    return caught.value.reason, caught.value.detail


def test_a_document_passes_as_it_is() -> None:
    (document,) = read("say 文\ud800字 \udcff\x00\u2028\n")
    assert isinstance(document, Document)
    assert (document.title, document.text, document.date) == ("\udcb1題", "文\ud800字 \udcff\x00\u2028\n", "2021")
    assert (document.id, document.source, document.path) == ("a.fake", "a.fake", "a.fake")
    assert document.metadata["author"] == ("甲", "乙")
    assert document.numbers == {"price": 12.5, "pages": 3}
    assert document.locations == (Location(0, "page", "i"), Location(1, "page", "ii"))


def test_a_file_passes_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "文.fake").write_text("say 文", "utf-8")
    (document,) = isolated(FAKE)(Source.of_file(tmp_path / "文.fake"), ReadOptions())
    assert isinstance(document, Document)
    assert (document.text, document.source) == ("文", str(tmp_path / "文.fake"))


@pytest.mark.parametrize(("size", "apart"), [(9, False), (10, True), (11, True)])
def test_only_large_files_of_some_formats_have_a_process_of_their_own(size: int, apart: bool) -> None:
    source = Source.of_bytes("a.fake", b"x" * size)
    assert Format("fake", (".fake",), FAKE.read, isolated_from=10).isolates(source) is apart
    assert FAKE.isolates(source) and not Format("fake", (".fake",), FAKE.read).isolates(source)


def test_the_process_is_another_and_reads_the_next_files_too() -> None:
    assert pid() == pid() != str(os.getpid())


LOST = [
    ("refuse 一句", {}, "encrypted", "一句"),
    ("fail 某", {}, "damaged", "KeyError: '某'"),
    ("exit", {}, "damaged", "its parser crashed (exit status 3)"),
    ("hang", {"timeout": 0.4}, "timeout", "its parser gave no sign of life for 0.4 seconds"),
    ("flood", {"max_bytes": 200_000, "max_expanded_bytes": 1}, "too-large", "gives more text than one file may"),
    ("line", {"max_bytes": 1}, "too-large", "gives more text than one document may have"),
    ("nonsense [1]", {}, "damaged", "its parser gave no usable answer"),
    ("nonsense \xff{", {}, "damaged", "its parser gave no usable answer"),
    ('nonsense ["document", [1, 2, 3, 4, 5, 6, 7, 8]]', {}, "damaged", "its parser gave no usable answer"),
    ('nonsense ["skipped", [1]]', {}, "damaged", "its parser gave no usable answer"),
    ('nonsense ["refused", {}]', {}, "damaged", "its parser gave no usable answer"),
]


def test_what_is_said_of_it_can_still_be_said_in_other_languages() -> None:
    crashed = refusal("exit")[1]
    assert isinstance(crashed, Remark) and crashed.facts == {"status": "exit status 3"}
    inner = refusal("remark")[1]
    assert isinstance(inner, Remark) and inner.facts == {"limit": 7}


@pytest.mark.parametrize(("content", "options", "reason", "detail"), LOST)
def test_what_goes_wrong_costs_the_file(content: str, options: dict[str, object], reason: str, detail: str) -> None:
    assert refusal(content, **options) == (reason, detail)
    assert pid()


@pytest.mark.skipif(sys.platform != "linux", reason="how memory is bounded, and a call that holds the lock, differ by system")
@pytest.mark.parametrize(
    ("content", "timeout", "reason", "detail"),
    [
        ("eat", 60.0, "too-large", "reading it takes more memory than one file may"),
        ("lock", 0.5, "timeout", "its parser gave no sign of life for 0.5 seconds"),
    ],
)
def test_what_takes_everything(content: str, timeout: float, reason: str, detail: str) -> None:
    assert refusal(content, timeout=timeout) == (reason, detail)
    assert pid()


def test_what_files_before_keep_of_the_memory_costs_no_other_file() -> None:
    close_idle()
    for content, text in (("keep", "kept"), ("need", str(300 << 20)), ("need", str(300 << 20))):
        (document,) = read(content)
        assert isinstance(document, Document) and document.text == text


@pytest.mark.skipif(sys.platform == "win32", reason="no signals")
def test_what_came_before_a_crash_stays() -> None:
    items = isolated(FAKE)(Source.of_bytes("a.fake", b"crash"), ReadOptions())
    iterator = iter(items)
    assert isinstance(next(iterator), Document)
    with pytest.raises(Refused, match=r"its parser crashed \(SIGKILL\)"):
        next(iterator)


def test_what_gives_signs_of_life_may_take_longer() -> None:
    assert [item.text for item in read("toil", timeout=2.0) if isinstance(item, Document)] == ["done"]


def test_so_may_what_lies_in_an_archive() -> None:
    assert [item.text for item in in_archive({"a.fake": "toil"}, 4.0) if isinstance(item, Document)] == ["done"]


def in_archive(files: dict[str, str], timeout: float) -> list[Document | Skipped]:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return list(documents_of(Source.of_bytes("a.zip", file.getvalue()), ReadOptions(timeout=timeout)))


def test_what_lies_in_an_archive_costs_itself() -> None:
    """The time-out is a multiple of what it takes here and now to start the processes, so that a busy machine breaks nothing."""
    close_idle()
    began = time.monotonic()
    assert [item.path for item in in_archive({"c.fake": "say 文"}, timeout=300.0)] == ["a.zip!/c.fake"]
    timeout = max(4.0, 8 * (time.monotonic() - began))
    found = in_archive({"a.fake": "hang", "b.fake": "exit", "c.fake": "say 文", "d.txt": "字"}, timeout)
    assert [item.text if isinstance(item, Document) else item.reason for item in found] == ["timeout", "damaged", "文", "字"]
    assert [item.path for item in found] == ["a.zip!/a.fake", "a.zip!/b.fake", "a.zip!/c.fake", "a.zip!/d.txt"]


def test_signs_of_life_do_not_go_on_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolation, "_LONGEST", 0.0001)
    assert refusal("flood", timeout=20) == ("timeout", "all of it took longer than 0.002 seconds")


def test_what_it_unpacked_goes_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    close_idle()
    assert refusal("litter", timeout=0.5)[0] == "timeout"
    close_idle()
    assert list(tmp_path.iterdir()) == []


def test_what_a_parser_prints_disturbs_nothing() -> None:
    (document,) = read("print")
    assert isinstance(document, Document) and document.text == "printed"


@pytest.mark.skipif(sys.platform == "win32", reason="no signals")
def test_a_process_that_ended_while_it_waited_is_replaced() -> None:
    first = pid()
    os.kill(int(first), signal.SIGKILL)
    assert pid() != first


@pytest.mark.skipif(sys.platform == "win32", reason="no signals")
def test_an_interrupt_is_left_to_the_one_above() -> None:
    first = pid()
    os.kill(int(first), signal.SIGINT)
    time.sleep(0.1)
    assert pid() == first


def test_a_file_left_in_the_middle_does_not_disturb_the_next() -> None:
    iterator = iter(isolated(FAKE)(Source.of_bytes("a.fake", b"flood"), ReadOptions()))
    next(iterator)
    iterator.close()  # type: ignore[attr-defined]
    assert [type(item) for item in read("say 文")] == [Document]


def test_two_files_at_once_in_one_thread() -> None:
    first, second = (iter(isolated(FAKE)(Source.of_bytes("a.fake", b"say x"), ReadOptions())) for _ in range(2))
    assert [item.text for item in (next(first), next(second)) if isinstance(item, Document)] == ["x", "x"]
    assert (list(first), list(second)) == ([], [])


def test_threads() -> None:
    with ThreadPoolExecutor(4) as pool:
        found = pool.map(read, (f"say {number}" for number in range(40)))
        assert [document.text for (document,) in found if isinstance(document, Document)] == [str(number) for number in range(40)]


def _text_in_a_worker(content: str) -> str:
    (document,) = read(content)
    assert isinstance(document, Document)
    return document.text


def test_worker_processes(parser: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(parser))
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(_text_in_a_worker, "say 文").result(30) == "文"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_fork_has_processes_of_its_own() -> None:
    first = pid()
    child = os.fork()
    if not child:
        os._exit(0 if pid() != first else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert pid() == first


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize("doing", ["say 文", "hang"])
def test_it_ends_with_the_one_that_started_it(parser: Path, doing: str) -> None:
    program = f"""
        import sys, threading; sys.path[:] = {sys.path!r}
        from tests.documents.test_isolation import *
        print(pid(), flush=True)
        read({doing!r})
        print(flush=True)
        time.sleep(60)
    """
    with subprocess.Popen([sys.executable, "-c", textwrap.dedent(program)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.stdout.readline() if doing != "hang" else time.sleep(0.2)
        parent.kill()
    assert _ends(child)


def _ends(process: int) -> bool:
    """Whether a process ends, or has (one that nobody has waited for yet is a zombie), within two seconds."""
    for _ in range(100):
        try:
            if Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.02)
    return False


def test_nothing_is_imported_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit(7)")
    close_idle()
    monkeypatch.chdir(tmp_path)
    assert pid()


def test_one_process_reads_many_files() -> None:
    first = pid()
    for _ in range(50):
        read("say 文")
    assert pid() == first
