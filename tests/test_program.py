"""The real program, as a user meets it: a fresh folder, its whole output, its exit status."""

from __future__ import annotations

import gc
import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import pytest

from searcher.printer.visible import visible

Run = Callable[..., "subprocess.CompletedProcess[str]"]

SIMPLIFIED = "商汤科技启动上市\n\n商汤科技创立于2014年，专注于人脸识别软件。\n"
TRADITIONAL = "# 商湯科技\n\n商湯科技以汤晓鸥教授為領軍人物，在人臉識別方面領先。\n"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two documents, a home of its own, and an index that the program made."""
    place = tmp_path_factory.mktemp("place")
    (place / "documents").mkdir()
    (place / "documents" / "a.txt").write_text(SIMPLIFIED, "utf-8")
    (place / "documents" / "商湯.md").write_text(TRADITIONAL, "utf-8")
    made = _run(place, "index", "documents")
    assert made.returncode == 0, made.stderr
    assert made.stdout.startswith(f"2 documents in {place / 'index'}: 2 added, 0 replaced, 0 unchanged, 0 removed (")
    assert made.stderr == ""
    return place


@pytest.fixture
def run(place: Path) -> Run:
    return partial(_run, place)


def _run(place: Path, *words: str, here: Path | None = None, input: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    """The program of a user who is at home in a place, and there unless it is said where."""
    command = [sys.executable, "-W", "error", "-m", "searcher", *words]
    environment = _environment(place, **variables)
    return subprocess.run(
        command, cwd=here or place, env=environment, input=input, capture_output=True, encoding="utf-8", timeout=60, check=False
    )


def _printed(place: Path, *words: str | bytes, **variables: str) -> bytes:
    """What it prints, byte for byte."""
    command = [sys.executable, "-m", "searcher", *words]
    return subprocess.run(command, cwd=place, env=_environment(place, **variables), capture_output=True, check=True).stdout


def _environment(place: Path, **more: str) -> dict[str, str]:
    (place / "home").mkdir(exist_ok=True)
    home = str(place / "home")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SEARCHER", "XDG", "LC_", "PYTHON"))}
    return {**kept, "HOME": home, "USERPROFILE": home, "LOCALAPPDATA": home, "LANG": "C.UTF-8", **more}


def test_either_script_finds_both_documents(run: Run) -> None:
    for query in ("商汤科技", "商湯科技"):
        found = run("search", query)
        assert (found.returncode, found.stderr) == (0, "")
        paths = {line.split(":")[0] for line in found.stdout.splitlines()}
        assert paths == {os.path.join("documents", "a.txt"), os.path.join("documents", "商湯.md")}  # noqa: PTH118  (as printed)


@pytest.mark.parametrize("words", [("search", "商汤"), ("search", "商汤", "-c"), ("facets",)], ids=" ".join)
def test_that_an_index_is_empty_is_said_with_what_to_do(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "documents").mkdir()
    assert _run(tmp_path, "index", "documents").returncode == 1
    asked = _run(tmp_path, *words)
    assert (asked.returncode, asked.stderr) == (1, "searcher: the index is empty: `searcher index PATH` indexes a folder\n")


@pytest.mark.skipif(os.name == "nt", reason="programs differ")
def test_a_hit_opens_at_its_best_passage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A law begins with its history, which names the article that was looked for."""
    (tmp_path / "documents").mkdir()
    articles = "\n\n".join(f"第 {number} 條\n本條規定第{number}種情形。" for number in range(180, 190))
    text = f"民法\n\n修正公布第 184、186 條條文\n\n{articles}\n\n侵權行為依第 184 條。\n"
    (tmp_path / "documents" / "民法.txt").write_text(text, "utf-8")
    _run(tmp_path, "index", "documents")
    found = json.loads(_run(tmp_path, "search", "184條 情形", "--json").stdout.splitlines()[1])
    best = next(snippet["line"] for snippet in found["snippets"] if "第184種" in snippet["text"])
    monkeypatch.setenv("EDITOR", "echo")
    numbered = _run(tmp_path, "edit", "1").stdout.split()[0]
    named = _run(tmp_path, "edit", "documents/民法.txt", "--query", "184條 情形").stdout.split()[0]
    assert numbered == f"+{best}"
    assert int(named) < best, "what is named otherwise than by its number opens at the first match"


def test_a_file_is_found_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "的士司機訪問.txt").write_text("今日同佢傾咗兩個鐘\n", "utf-8")
    (tmp_path / "documents" / "b.txt").write_text("昨天的新聞\n\n有的士司機接受訪問。訪問說，的士司機不滿。\n", "utf-8")
    _run(tmp_path, "index", "documents")
    found = _run(tmp_path, "的士司机", "访问")
    name = os.path.join("documents", "的士司機訪問.txt")  # noqa: PTH118  (as printed)
    assert found.stdout.splitlines()[0] == f"{name}:1:今日同佢傾咗兩個鐘"
    shown = _run(tmp_path, "search", "的士司机", "访问", "--format", "screen", "--color", "always").stdout
    assert f"documents{os.sep}\x1b[0m" in shown and "\x1b[1;31m的士司機訪問\x1b[0m" in shown
    assert "file name 的士司機 × 1" in _run(tmp_path, "why", "的士司机", "1").stdout


def test_the_command_may_be_left_out(run: Run) -> None:
    assert run("汤晓鸥").stdout == run("search", "湯曉鷗").stdout != ""


def test_json_is_one_object_a_line(run: Run, place: Path) -> None:
    found = run("search", "人脸识别", "--json")
    results, *hits = map(json.loads, found.stdout.splitlines())
    assert results["query"] == "人脸识别" and results["total"] == len(hits) == 2
    for hit in hits:
        for snippet in hit["snippets"]:
            assert [snippet["text"][start:end] for start, end in snippet["marks"]]
            assert hit["path"].startswith(str(place))


def test_exit_statuses(run: Run) -> None:
    assert run("search", "獨一無二的句子", "--strict").returncode == 1
    assert run("search", "x", "--index", "nowhere").returncode == 2
    assert run("search").returncode == 2
    assert run("status").returncode == run("check").returncode == 0


def test_a_number_is_a_hit_of_the_last_search(run: Run, place: Path) -> None:
    run("search", "汤晓鸥")
    shown = run("show", "1", "--color", "always")
    assert shown.returncode == 0 and "\x1b[1;31m汤晓鸥\x1b[0m" in shown.stdout
    assert run("open", "1").stdout == run("show", "1").stdout
    kept = list((place / "home").rglob("*.json"))
    assert [stat.S_IMODE(path.stat().st_mode) & 0o077 for path in kept] == [0]


HOMELESS = """
import os, pwd, sys
from searcher.__main__ import main
def nobody(uid):
    raise KeyError(uid)
pwd.getpwuid = nobody
os.environ.pop("HOME")
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(os.name == "nt", reason="its users have a home")
def test_a_user_without_a_home_can_search(place: Path) -> None:
    """As in a container that runs under a number. Nothing is kept then, and no folder is called ~."""
    said = []
    for words in (["search", "汤晓鸥"], ["汤晓鸥", "--format", "screen"], ["status"], ["show", "1"], ["汤晓鸥", "--index", "~nobody/x"]):
        command = [sys.executable, "-W", "error", "-c", HOMELESS, *words]
        said.append(subprocess.run(command, cwd=place, env=_environment(place), capture_output=True, encoding="utf-8", timeout=60))
    assert [one.returncode for one in said] == [0, 0, 0, 2, 2]
    assert "汤晓鸥" in said[0].stdout and "1 document" in said[1].stdout
    assert [one.stderr.count("\n") for one in said] == [0, 0, 0, 1, 1]
    assert not list(place.glob("~*"))


def test_git_keeps_no_index(tmp_path: Path) -> None:
    """In a clone, `git status` would list all of it; what the user says instead stays."""
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "a.txt").write_text(SIMPLIFIED, "utf-8")
    _run(tmp_path, "index", "documents")
    ignored = tmp_path / "index" / ".gitignore"
    assert ignored.read_text() == "*\n"
    ignored.write_text("")
    assert _run(tmp_path, "index").returncode == _run(tmp_path, "check").returncode == 0
    assert ignored.read_text() == ""


def test_why(run: Run) -> None:
    told = run("why", "人工智慧", os.path.join("documents", "a.txt"))  # noqa: PTH118  (as typed)
    assert told.returncode == 0 and "人工智慧" in told.stdout


def test_queries_from_standard_input(run: Run) -> None:
    found = run("search", "-", "--json", input="汤晓鸥\n軟體\n")
    answers = [line for line in map(json.loads, found.stdout.splitlines()) if line["type"] == "results"]
    assert [answer["query"] for answer in answers] == ["汤晓鸥", "軟體"]


def test_what_cannot_be_read_is_named_once_and_status_1_and_pictures_are_counted(place: Path, tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    (tmp_path / "empty.txt").touch()

    def made(*words: str) -> tuple[int, list[str]]:
        done = _run(place, "index", str(tmp_path), "--index", str(tmp_path / "index"), *words)
        return done.returncode, done.stderr.splitlines()

    counted = [f"  1 {reason} (`searcher status --verbose` names them)" for reason in ("not text", "empty")]
    nothing = f"searcher: no documents in {tmp_path}: nothing was indexed"
    assert made() == (1, ["2 skipped:", *counted, nothing])
    assert made() == (1, [nothing])
    (tmp_path / "good.txt").write_text("好", "utf-8")
    assert made() == (0, [])
    (tmp_path / "bad.docx").write_bytes(b"PK\x03\x04\0")
    status, lines = made()
    assert (status, lines[:2]) == (1, ["1 skipped:", "  1 damaged:"]) and "bad.docx" in lines[2]
    assert made() == (0, ["still unread, and unchanged: 1 (`searcher status` names them)"])
    assert any("photo.png" in line for line in made("--verbose")[1])


@pytest.mark.skipif(sys.platform == "win32", reason="no such names")
@pytest.mark.parametrize(
    "words",
    [
        ("forget", "a{}"),
        ("index", "a{}"),
        ("index", "documents", "--index", "a{}"),
        ("check", "--index", "a{}"),
        ("search", "商湯", "--index", "b{}"),
        ("search", "商湯", "--format", "{}"),
        ("search", "title:{}", "tag:{}"),
        ("show", "a{}"),
        ("facets", "a{}"),
        ("{}",),
    ],
    ids=" ".join,
)
def test_nothing_that_is_said_steers_the_terminal(run: Run, words: tuple[str, ...]) -> None:
    """Names come from others, too: `searcher forget *`."""
    said = run(*(word.format("\x1b[31m\x1b]0;a\x07\x9b\u202e\ufeff") for word in words))
    assert visible(said.stdout + said.stderr) == said.stdout + said.stderr


def test_messages_in_the_language_of_the_locale(place: Path) -> None:
    said = _run(place, "search", "x", "--index", "nowhere", LC_ALL="zh_TW.UTF-8")
    assert said.stderr.startswith("searcher: ") and "裡沒有索引" in said.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="the configuration is elsewhere")
@pytest.mark.parametrize(
    "words", [("search", "x", "--index", "nowhere"), ("index", "--nosuch"), ("show",), ("search", "x", "--limit", "y")]
)
@pytest.mark.parametrize(("configured", "wished"), [("zh-Hant", ()), ("en", ("--lang", "zh-Hant"))])
def test_errors_are_said_in_the_language_of_the_configuration(
    place: Path, tmp_path: Path, words: tuple[str, ...], configured: str, wished: tuple[str, ...]
) -> None:
    settings = tmp_path / "searcher" / "config.toml"
    settings.parent.mkdir()
    settings.write_text(f'language = "{configured}"\n', "utf-8")
    said = _run(place, *words, *wished, LC_ALL="C.UTF-8", XDG_CONFIG_HOME=str(tmp_path))
    assert said.returncode == 2 and any("一" <= character <= "鿿" for character in said.stderr), said.stderr


def test_a_narrow_encoding_stops_nothing(place: Path) -> None:
    said = _run(place, "search", "商湯", PYTHONIOENCODING="ascii")
    assert said.returncode == 0 and "\\u5546" in said.stdout and said.stderr == ""


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "big5", "latin-1"])
def test_json_is_json_in_any_encoding(encoding: str, place: Path) -> None:
    """Of what an encoding lacks, too, also beyond the first plane; as of a name that is no UTF-8."""
    said = _printed(place, "search", "--json", "商湯é𠮷", PYTHONIOENCODING=encoding)
    assert json.loads(said.decode(encoding).splitlines()[0])["query"] == "商湯é𠮷", said


@pytest.mark.parametrize(("encoding", "begins"), [("utf-8", "\ufeffrank,"), ("gbk", "rank,"), ("big5", "rank,")])
def test_a_table_begins_with_the_sign_of_utf_8_only_in_utf_8(encoding: str, begins: str, place: Path) -> None:
    assert _printed(place, "search", "--format", "csv", "商湯", PYTHONIOENCODING=encoding).decode(encoding).startswith(begins)


@pytest.mark.skipif(os.name == "nt", reason="no such pipe")
@pytest.mark.parametrize("form", ["text", "screen", "json", "csv", "grep", "paths", "count"])
def test_a_closed_pipe_is_quiet(place: Path, form: str) -> None:
    command = [sys.executable, "-m", "searcher", "search", "-", "--format", form]
    with subprocess.Popen(
        command, cwd=place, env=_environment(place), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin and process.stdout and process.stderr
        process.stdout.close()
        process.stdin.write("商湯\n".encode() * 500)
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


@pytest.mark.skipif(os.name == "nt", reason="no such pipe")
def test_an_answer_of_which_nobody_reads_the_end_is_remembered(place: Path, tmp_path: Path) -> None:
    """`searcher 商湯 | head -1`, and then `searcher show 1`; of a long answer, or a short one that is written line by line as here."""
    variables = {"XDG_STATE_HOME": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "searcher", "search", "商湯"]
    with subprocess.Popen(command, cwd=place, env=_environment(place, **variables), stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.close()
    shown = _run(place, "show", "1", **variables)
    assert process.returncode == shown.returncode == 0 and "商" in shown.stdout


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_ctrl_c_is_quiet_and_ends_the_loop_of_a_shell_too(place: Path) -> None:
    command = [sys.executable, "-m", "searcher", "search", "-"]
    with subprocess.Popen(
        command, cwd=place, env=_environment(place), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin and process.stdout and process.stderr
        process.stdin.write("商湯\n".encode() * 2_000)
        process.stdin.flush()
        assert process.stdout.read(10)
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        process.stdin.close()
        process.stdout.read()
        assert process.stderr.read() == b""
        assert process.wait(60) == -signal.SIGINT


@pytest.mark.skipif(sys.platform != "linux", reason="names there are text")
def test_a_name_that_is_no_utf8_opens_the_file_again(tmp_path: Path) -> None:
    """In GBK, and in nothing at all; of a file with several documents once."""
    folder = os.fsencode(tmp_path) + b"/documents"
    os.mkdir(folder)  # noqa: PTH102
    texts = {
        "报告.txt".encode("gbk"): "商湯科技\n",
        b"\xff.txt": "商湯科技\n\n又一\n",
        "两个.jsonl".encode("gbk"): '{"text": "商湯"}\n' * 2,
    }
    for name, text in texts.items():
        with open(folder + b"/" + name, "w", encoding="utf-8") as file:  # noqa: PTH123
            file.write(text)
    said = partial(_printed, tmp_path)
    said("index", "documents")
    listed = said("search", "商湯", "--format", "paths", "--copies", "-0").split(b"\0")[:-1]
    assert sorted(listed) == sorted(b"documents/" + name for name in texts)
    found = said("search", "商湯", "--format", "grep", "--copies").splitlines()
    assert {line.split(b":")[0] for line in found} == {b"documents/" + name for name in texts}
    assert b"documents/" + next(iter(texts)) + ":1:1:商湯科技".encode() in found
    assert said("show", b"documents/" + next(iter(texts))).decode() == "商湯科技\n"
    assert said("edit", b"documents/" + next(iter(texts)), VISUAL="echo").strip() == folder + b"/" + next(iter(texts))


@pytest.mark.skipif(os.name == "nt", reason="an editor of the shell")
def test_a_file_that_changed_since_is_opened_where_it_matches_now(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("一\n\n商湯科技\n", "utf-8")
    assert _run(tmp_path, "index", "a.txt").returncode == 0
    assert _run(tmp_path, "search", "商湯").returncode == 0

    def line() -> str:
        return _run(tmp_path, "edit", "1", VISUAL="echo").stdout

    assert line() == f"+3 {file}\n"
    file.write_text("新\n\n新\n\n新\n\n商湯科技\n", "utf-8")
    later = time.time() + 5
    os.utime(file, (later, later))
    assert line() == f"+7 {file}\n"
    assert "新" in _run(tmp_path, "open", "1").stdout
    file.write_bytes(b"")
    os.utime(file, (later, later))
    assert line() == f"+3 {file}\n"


def test_synonyms_and_words_of_the_configuration(place: Path, tmp_path: Path) -> None:
    folder = tmp_path / "searcher"
    folder.mkdir()
    (folder / "config.toml").write_text(f'synonyms = "{tmp_path}/synonyms"\ndictionary = "{tmp_path}/words"\n', "utf-8")
    (tmp_path / "synonyms").write_text("獨角獸 => 商湯\n", "utf-8")
    (tmp_path / "words").write_text("領軍人\n", "utf-8")

    variables = {"XDG_CONFIG_HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}
    run = partial(_run, place, "--index", str(tmp_path / "index"), **variables)
    assert run("index", "documents").stderr == ""
    found = run("search", "--json", "独角兽")
    assert [expansion["kind"] for expansion in json.loads(found.stdout.splitlines()[0])["expansions"]] == ["synonym"]
    (tmp_path / "words").write_text("領軍人\n臉識\n", "utf-8")
    told = "searcher: the user dictionary has changed: `searcher rebuild` cuts 2 documents anew, those with 臉識\n"
    assert run("status").stderr == told
    assert run("index").stderr == told
    assert run("rebuild").returncode == 0
    assert run("status").stderr == ""
    (tmp_path / "synonyms").write_text("獨角獸\n", "utf-8")
    broken = run("search", "独角兽")
    assert broken.returncode == 2 and broken.stderr.startswith(f"searcher: synonyms in {tmp_path}")


@pytest.mark.skipif(os.name == "nt", reason="a shell closes the streams")
@pytest.mark.parametrize(("closed", "status"), [(">&-", 0), (">&- 2>&-", 0), ("<&-", 0)])
def test_closed_streams_are_no_fault(place: Path, closed: str, status: int) -> None:
    command = ["sh", "-c", f'"$0" -m searcher search 商湯 {closed}', sys.executable]
    done = subprocess.run(command, cwd=place, env=_environment(place), capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (status, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
@pytest.mark.parametrize("full", [">/dev/full", ">/dev/full 2>/dev/full", "--nonsense 2>/dev/full"])
def test_a_full_disk_is_told_by_the_exit_status(place: Path, full: str) -> None:
    command = ["sh", "-c", f'"$0" -m searcher search 商湯 {full}', sys.executable]
    assert subprocess.run(command, cwd=place, env=_environment(place), timeout=60, check=False).returncode == 2


@pytest.mark.skipif(os.name != "posix", reason="no folder goes while somebody is in it")
def test_a_folder_that_is_gone_is_named_as_that(place: Path) -> None:
    command = ["sh", "-c", 'mkdir gone && cd gone && rmdir ../gone && "$0" -m searcher search 商湯', sys.executable]
    found = subprocess.run(command, cwd=place, env=_environment(place), timeout=60, check=False, capture_output=True, text=True)
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr == "searcher: the folder you are in is no longer there: change to another\n"


def test_queries_of_a_closed_or_a_broken_input(place: Path) -> None:
    command = [sys.executable, "-m", "searcher", "search", "-", "--format", "paths"]
    done = subprocess.run(
        command, cwd=place, env=_environment(place), capture_output=True, input=b"\xff\xfe\n\xe5\x95\x86\xe6\xb9\xaf\n", check=False
    )
    assert done.returncode == 0 and b"a.txt" in done.stdout


# --- nothing is imported that a command does not use

_LOADED = """
import io, sys
sys.stdout = io.TextIOWrapper(io.BytesIO(), "utf-8")
from searcher.__main__ import main
main(sys.argv[1:])
print(*sorted(sys.modules), file=sys.stderr)
"""


ELSEWHERE = os.path.join("elsewhere", "index")  # noqa: PTH118


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with files of one name, a file of several documents, and a second index beside it."""
    shelf = tmp_path_factory.mktemp("shelf")
    for folder in ("texts/甲", "texts/乙", "other", "elsewhere"):
        (shelf / folder).mkdir(parents=True)
    records = [
        json.dumps({"id": f"r{number}", "title": f"題{number}", "text": f"第{number}則，量子。"}, ensure_ascii=False) for number in range(3)
    ]
    (shelf / "texts" / "records.jsonl").write_text("\n".join(records), "utf-8")
    for name, text in (("甲/判決.txt", "甲案的判決"), ("乙/判決.txt", "乙案的判決"), ('乙/起訴書 "一".txt', "檢察官起訴")):
        if os.name != "nt" or '"' not in name:
            (shelf / "texts" / name).write_text(text, "utf-8")
    (shelf / "other" / "c.txt").write_text("別處的文件。", "utf-8")
    assert _run(shelf, "index", "texts").returncode == 0
    assert _run(shelf, "index", "other", "--index", ELSEWHERE).returncode == 0
    return shelf


def test_a_file_is_named_by_its_name_alone_where_only_one_is_called_so(shelf: Path) -> None:
    shown = _run(shelf, "show", os.path.join("甲", "判決.txt"))  # noqa: PTH118
    assert (shown.returncode, shown.stdout, shown.stderr) == (0, "甲案的判決\n", "")
    several = _run(shelf, "show", "判決.txt")
    assert (several.returncode, several.stdout) == (2, "")
    assert several.stderr.startswith("searcher: several files are called 判決.txt: ")
    assert several.stderr.count("判決.txt") == 3
    for none in ("決.txt", "判決", "texts", '"'):
        assert (
            _run(shelf, "show", none).stderr
            == f"searcher: no document {none} in the index: `searcher -l path:NAME` lists the paths that hold a name\n"
        )


@pytest.mark.skipif(os.name == "nt", reason="no quotes in names there")
def test_a_name_with_quotes_is_a_name(shelf: Path) -> None:
    assert _run(shelf, "show", '起訴書 "一".txt').stdout == "檢察官起訴\n"


def test_a_file_of_several_documents_says_so(shelf: Path) -> None:
    path = os.path.join("texts", "records.jsonl")  # noqa: PTH118
    shown = _run(shelf, "show", path)
    assert shown.stdout == "題0\n\n第0則，量子。\n"
    assert shown.stderr == f"searcher: the first of 3 documents in {path}: name another by its id, which `--json` gives for each hit\n"
    assert _run(shelf, "show", "r2").stderr == ""


def test_a_number_of_another_index_says_so(shelf: Path) -> None:
    _run(shelf, "search", "判決")
    said = _run(shelf, "why", "判決", "1", here=shelf / "elsewhere")
    assert said.stderr == f"searcher: 1 is a hit of your last search, in {shelf / 'index'}\n"
    assert "has all that was asked for" in said.stdout
    assert _run(shelf, "why", "判決", "1").stderr == ""


def test_a_number_that_the_last_search_has_not_is_a_word_of_the_query_and_said_so(shelf: Path) -> None:
    _run(shelf, "search", "判決")
    said = _run(shelf, "why", "判決", "77")
    assert said.stdout.startswith("query: 判決 77\n")
    assert said.stderr == "searcher: the last search has no hit 77 in this index, so 77 was read as part of the query\n"


def test_why_takes_the_name_of_a_file_for_its_document_and_any_other_word_for_a_term(shelf: Path) -> None:
    assert _run(shelf, "why", "量子", "records.jsonl").stdout.splitlines()[-1] != "query: 量子 records.jsonl"
    assert _run(shelf, "why", "量子", "records.jsonl").stdout.startswith("query: 量子\n")
    assert _run(shelf, "why", "量子 records.jsonl").stdout.startswith("query: 量子 records.jsonl\n")
    assert _run(shelf, "why", "量子", "none.jsonl").stdout.startswith("query: 量子 none.jsonl\n")
    several = _run(shelf, "why", "判決", "判決.txt")
    assert (several.returncode, several.stdout) == (2, "")
    assert several.stderr.startswith("searcher: several files are called 判決.txt: ")


def test_where_nothing_is_like_a_document_that_is_said(shelf: Path) -> None:
    document = os.path.join("other", "c.txt")  # noqa: PTH118
    for form in ((), ("--json",), ("-l",)):
        said = _run(shelf, "like", document, "--index", ELSEWHERE, *form)
        assert (said.returncode, said.stderr) == (1, "searcher: nothing is like it\n")


@pytest.mark.parametrize(("option", "instead"), [("--sort", "sort:-date"), ("--title=軟體", "title:…"), ("--ext", "ext:pdf")])
def test_what_is_no_option_but_a_field_goes_into_the_query(shelf: Path, option: str, instead: str) -> None:
    said = _run(shelf, "search", "判決", option)
    name = option.partition("=")[0]
    assert (said.returncode, said.stderr) == (2, f"searcher: unknown option {name}: write it into the query, as `{instead}`\n")


def _loaded(place: Path, *words: str) -> set[str]:
    command = [sys.executable, "-c", _LOADED, *words]
    said = subprocess.run(command, cwd=place, env=_environment(place), capture_output=True, encoding="utf-8", check=True)
    return set(said.stderr.split())


def _of_rooms(loaded: set[str], rooms: str) -> set[str]:
    """What of these rooms, all of which there are, was loaded."""
    names = tuple(f"searcher.{room}" for room in rooms.split())
    assert all(map(find_spec, names))
    return {name for name in loaded if f"{name}.".startswith(tuple(f"{room}." for room in names))}


def test_what_help_loads(place: Path) -> None:
    loaded = _loaded(place, "--help")
    assert {name for name in loaded if name.startswith("searcher")} == {
        "searcher",
        "searcher.__main__",
        "searcher.cli",
        "searcher.cli.arguments",
        "searcher.cli.help",
        "searcher.cli.running",
        "searcher.cli.table",
        "searcher.errors",
        "searcher.frozen",
        "searcher.messages",
        "searcher.printer",
        "searcher.printer.screen",
    }
    assert not loaded & {"json", "platformdirs", "argparse", "numpy"}


def test_what_a_search_loads(place: Path) -> None:
    loaded = _loaded(place, "search", "商湯 軟體")
    outside = {name.split(".")[0] for name in loaded} - set(sys.stdlib_module_names)
    assert {name for name in outside if not name.startswith(("_", "sitecustomize", "usercustomize"))} <= {
        "searcher",
        "numpy",
        "platformdirs",
        "cython_runtime",  # a part of numpy 1
    }
    needless = "repl viewing printer.terminal printer.script documents records.indexing updating.catalogue updating.reports query.periods"
    assert not _of_rooms(loaded, f"{needless} engine.commits.writer engine.record engine.writing engine.as_whoosh")
    assert not loaded & {"importlib.resources", "multiprocessing", "rjieba", "jieba", "difflib"}


@pytest.mark.parametrize("words", [("show", "1", "--query", "軟體"), ("show", os.path.join("documents", "a.txt"))])  # noqa: PTH118
def test_what_showing_a_document_loads(place: Path, words: tuple[str, ...]) -> None:
    """It is the preview of other programs: a document is found, read and marked without numpy, which takes longer than all of that."""
    _run(place, "search", "商湯 軟體")
    loaded = _loaded(place, *words)
    outside = {name.split(".")[0] for name in loaded} - set(sys.stdlib_module_names)
    assert {name for name in outside if not name.startswith(("_", "sitecustomize", "usercustomize"))} <= {"searcher", "platformdirs"}
    needless = "repl printer.terminal updating.catalogue updating.reports search answers.hits query.periods"
    assert not _of_rooms(loaded, f"{needless} engine.ranking engine.matching engine.record")


_COLLECTED = """
import gc, sys
frozen = gc.get_freeze_count()  # Python 3.12 begins with some
from searcher.__main__ import main
main(["search", "商湯"])
lent = gc.get_threshold(), gc.get_freeze_count() - frozen
sys.argv = ["searcher", "search", "商湯"]
main()
sys.stdout.flush()
print(*lent, gc.get_threshold()[0] > lent[0][0], gc.get_freeze_count() > 10_000, gc.isenabled(), sep="\\n", file=sys.stderr)
"""


def test_garbage_is_collected_otherwise_only_where_the_process_is_our_own(place: Path) -> None:
    """A search loads tens of thousands of objects; they are not looked through again and again, nor once more when the process ends."""
    said = subprocess.run(
        [sys.executable, "-c", _COLLECTED], cwd=place, env=_environment(place), capture_output=True, encoding="utf-8", check=True
    )
    threshold, frozen, *ours = said.stderr.split("\n")
    assert (threshold, frozen) == (str(gc.get_threshold()), "0")
    assert ours == ["True", "True", "True", ""]


_THREADS = """
import io, os, sys
from searcher.__main__ import main
sys.stdout = io.StringIO()
main(["search", "商湯"])
print(len(os.listdir("/proc/self/task")), os.environ.get("OPENBLAS_NUM_THREADS"), file=sys.stderr)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="where a system tells of its threads differs")
@pytest.mark.parametrize("chosen", [None, "2"])
def test_a_search_starts_no_threads_of_its_own_and_leaves_the_choice_to_other_programs(place: Path, chosen: str | None) -> None:
    environment = _environment(place)
    environment.pop("OPENBLAS_NUM_THREADS", None)
    if chosen is not None:
        environment["OPENBLAS_NUM_THREADS"] = chosen
    said = subprocess.run([sys.executable, "-c", _THREADS], cwd=place, env=environment, capture_output=True, encoding="utf-8", check=True)
    threads, left = said.stderr.split()
    assert left == str(chosen)
    assert chosen is not None or threads == "1"


def _hits(found: subprocess.CompletedProcess[str]) -> list[dict[str, str]]:
    return [line for line in map(json.loads, found.stdout.splitlines()) if line["type"] == "hit"]


def test_where_there_is_no_index_the_one_searched_last_is_named(tmp_path: Path) -> None:
    for folder in ("here", "there"):
        (tmp_path / folder).mkdir()
    (tmp_path / "there" / "a.txt").write_text("商湯科技", "utf-8")

    def said(folder: str, *words: str) -> str:
        return _run(tmp_path, *words, here=tmp_path / folder).stderr

    none = f"searcher: no index in {tmp_path / 'here' / 'index'}"
    assert said("here", "商湯") == f"{none}: build one with `searcher index PATH`\n"
    said("there", "index", ".")
    said("there", "商湯")
    named = f"{none}; your last search was in {tmp_path / 'there' / 'index'}: name it with --index, or as `index` in the configuration\n"
    assert said("here", "商湯") == named
    assert "your last search" not in said("here", "商湯", "--index", "elsewhere")
