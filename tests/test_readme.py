"""The documentation tells the truth: its commands and snippets print what the pages show, its links lead somewhere.

How they are run, and what is made equal before comparing (times, paths, sizes), is told in `tests/documentation.py`.
The README's first two commands make a virtual environment and run these very tests: they are looked at, not run.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

import searcher
from searcher import Index, parse
from searcher.cli import table
from searcher.documents.formats import BUILTIN
from searcher.query.tree import Text
from searcher.repl import commands as repl
from searcher.settings import Settings, read_settings
from tests.documentation import PAGES, ROOT, agrees, blocks, commands, level, try_page

_LINK = re.compile(r"\]\(([^)#\s]*)(?:#([^)]*))?\)")


@pytest.mark.skipif(os.name == "nt", reason="the examples are written for a POSIX shell")
@pytest.mark.parametrize("name", PAGES)
def test_a_page_shows_what_its_examples_do(name: str, tmp_path: Path) -> None:
    page = (ROOT / name).read_text("utf-8")
    assert {"console", "python", "bash"} & {block.kind for block in blocks(page)}
    for example in try_page(page, PAGES[name], tmp_path):
        assert level(example.block.text) == level(example.printed) or example.holds, f"{name}:{example.block.line}"


@pytest.mark.parametrize("name", ("README.md", "docs/README.zh.md"))
def test_the_first_two_commands_are_one_line_each(name: str) -> None:
    assert len(commands((ROOT / name).read_text("utf-8"))) == 2
    for command in commands((ROOT / name).read_text("utf-8")):
        assert "\n" not in command and not command.startswith("$")
        assert subprocess.run(["bash", "-n", "-c", command]).returncode == 0


def test_the_page_of_the_library_names_all_that_users_have() -> None:
    """Every name, every method of an index, every field of what it gives; the numbers of `Weights` are told where they are defined."""
    page = (ROOT / "docs/LIBRARY.md").read_text("utf-8")
    code = " ".join([*re.findall(r"`([^`\n]+)`", page), *(block.text for block in blocks(page))])
    named = set(re.findall(r"\w+", code))
    held = {
        f"{name}.{field.name}"
        for name in searcher.__all__
        if name != "Weights" and is_dataclass(kind := getattr(searcher, name))
        for field in fields(kind)
    }
    methods = {f"Index.{name}" for name in vars(Index) if not name.startswith("_")}
    assert len(held) > 70 and len(methods) > 20
    assert sorted(name for name in {*searcher.__all__, *methods, *held} if name.rpartition(".")[2] not in named) == []


def test_both_languages_give_the_same_commands() -> None:
    assert commands((ROOT / "docs/README.zh.md").read_text("utf-8")) == commands((ROOT / "README.md").read_text("utf-8"))


def test_the_first_command_installs_indexes_and_searches_in_another_script() -> None:
    steps = [shlex.split(step) for step in commands((ROOT / "README.md").read_text("utf-8"))[0].split("&&")]
    assert steps[0][:3] == ["python3", "-m", "venv"] and steps[1][1:] == ["install", "-q", "."]
    assert steps[2][1:] == ["index", "seeds"] and steps[3][1] == "search"
    query = steps[3][-1]
    texts = [path.read_text("utf-8") for path in (ROOT / "seeds").iterdir()]
    assert any(query in text for text in texts) and not all(query in text for text in texts)


def test_the_second_command_runs_all_checks() -> None:
    command = commands((ROOT / "README.md").read_text("utf-8"))[1]
    for check in ("bin/ruff check", "bin/ruff format --check", "bin/mypy", "bin/pytest"):
        assert check in command


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_continuous_integration_runs_the_second_command(tmp_path: Path) -> None:
    """The real script, on a README whose second command tells that it was run."""
    (tmp_path / ".ci").mkdir()
    (tmp_path / ".ci" / "run").write_bytes((ROOT / ".ci" / "run").read_bytes())
    readme = (ROOT / "README.md").read_text("utf-8")
    first, second = commands(readme)
    (tmp_path / "README.md").write_text(readme.replace(first, "exit 3").replace(second, "echo the second command && exit 7"), "utf-8")
    done = subprocess.run(["bash", str(tmp_path / ".ci" / "run")], capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (7, "the second command")


@pytest.mark.parametrize("path", sorted(path for folder in (".", "docs", "index") for path in (ROOT / folder).glob("*.md")), ids=str)
def test_links_lead_somewhere(path: Path) -> None:
    for target, heading in _LINK.findall(re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text("utf-8"), flags=re.DOTALL)):
        page = path.parent / target if target else path
        assert "://" in target or page.exists(), f"{path.name} links to {target}"
        assert not heading or heading in _anchors(page), f"{path.name} links to {target}#{heading}"


def _anchors(page: Path) -> set[str]:
    """The headings of a page as links name them."""
    headings = re.findall(r"^#+ (.*)$", re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize(
    ("name", "heading"), (("README.md", "## Queries"), ("docs/README.zh.md", "## 查询"), ("docs/README.zh-Hant.md", "## 常用的查法"))
)
def test_every_query_of_the_cheat_sheet_means_something(name: str, heading: str) -> None:
    section = (ROOT / name).read_text("utf-8").partition(heading)[2].partition("\n## ")[0]
    fullwidth = re.findall("`([^`]+)`", re.sub(r"^\|.*$", "", section, flags=re.MULTILINE))
    queries = [query for cell in re.findall(r"^\| (`.*?) \|", section, re.MULTILINE) for query in re.findall("`([^`]+)`", cell)] + fullwidth
    assert len(queries) > 15
    for query in queries:
        if query != "「…」":
            assert parse(query).tree != Text(query) and not parse(query).notices, query


def test_the_page_of_the_terminal_names_every_command_option_format_and_key() -> None:
    line, _, prompt = (ROOT / "docs/TERMINAL.md").read_text("utf-8").partition("## The prompt")
    for command in table.COMMANDS:
        assert re.search(rf"^searcher .*\b{command.name}\b", line, re.MULTILINE), command.name
        for option in command.options:
            assert re.search(rf"{option.name}\b|`{option.short}`" if option.short else rf"{option.name}\b", line), option.name
    assert all(f"`{name}`" in line for name in table.FORMATS)
    for command in repl.COMMANDS:
        assert f":{command.name}" in prompt, command.name
    for key in fields(Settings):
        assert re.search(rf"^\[?{key.name}\b", prompt, re.MULTILINE), key.name


@pytest.mark.parametrize("name", ("docs/TERMINAL.md", "docs/FORMATS.md"))
def test_the_configurations_of_the_pages_are_understood(name: str, tmp_path: Path) -> None:
    found = [block.text for block in blocks((ROOT / name).read_text("utf-8")) if block.kind == "toml"]
    assert found
    for text in found:
        (tmp_path / "config.toml").write_text(text, "utf-8")
        assert read_settings(tmp_path / "config.toml") != Settings()


def test_both_pages_of_the_query_language_have_the_same_examples_and_fields() -> None:
    english, chinese = ((ROOT / name).read_text("utf-8") for name in ("docs/QUERIES.md", "docs/QUERIES.zh.md"))
    examples, others = ([block.text for block in blocks(page) if block.kind == "query"] for page in (english, chinese))
    assert examples and examples == others, "what is shown in docs/QUERIES.md is shown in docs/QUERIES.zh.md, too"
    assert len(_anchors(ROOT / "docs/QUERIES.md")) == len(_anchors(ROOT / "docs/QUERIES.zh.md"))
    fields, same = (
        [re.findall(r"\w+", " ".join(row)) for row in re.findall(r"^\| (`\w+:`.*?)\|(.*?)\|", page, re.MULTILINE)]
        for page in (english, chinese)
    )
    assert len(fields) > 10 and fields == same, "both pages list the same fields under the same names"


def test_the_page_of_formats_names_every_suffix() -> None:
    page = (ROOT / "docs/FORMATS.md").read_text("utf-8")
    for suffix in {suffix for format in BUILTIN for suffix in format.suffixes}:
        assert f"`{suffix}`" in page, suffix


# --- the comparison itself


@pytest.mark.parametrize(
    ("expected", "printed", "same"),
    (
        ("2 documents · 31 ms\n", "\x1b[2m2 documents · 8.5 ms\x1b[0m\r\n", True),
        ("2 documents · 31 ms\n", "3 documents · 31 ms\n", False),
        ("a\n…\nd\n", "a\nb\nc\nd\n", True),
        ("a\n…\nd\n", "a\nd\n", True),
        ("a\n…\nd\n", "a\nb\n", False),
        ("a.c\n", "abc\n", False),
        ("", "x\n", False),
    ),
)
def test_an_example_agrees_up_to_times_and_gaps(expected: str, printed: str, same: bool) -> None:
    assert agrees(expected, printed) is same


def test_blocks_know_their_place() -> None:
    page = "a\n\n```sh\nx\n```\n\n```text\ny\nz\n```\n"
    assert [(block.kind, block.text, block.line) for block in blocks(page)] == [("sh", "x\n", 3), ("text", "y\nz\n", 7)]
    assert [page[block.start : block.end] for block in blocks(page)] == ["x\n", "y\nz\n"]
