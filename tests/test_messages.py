"""Every message is there in every language, and says the same things."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

from searcher import errors, query
from searcher.cli.table import COMMANDS, EVERYWHERE
from searcher.documents import Skipped
from searcher.errors import IndexLocked, SearcherError
from searcher.messages import CATALOGUE, LANGUAGES, choose_language, language_of, say_error, say_notice, speaker
from searcher.repl.commands import COMMANDS as PROMPT_COMMANDS

PACKAGE = Path(__file__).parent.parent / "searcher"
OURS = ("cli", "repl", "viewing", "printer", "surroundings.py")


def _placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("key", CATALOGUE)
def test_a_row_has_the_same_placeholders_in_every_language(key: str) -> None:
    row = CATALOGUE[key]
    assert len(row) == len(LANGUAGES) and all(row)
    assert len({frozenset(_placeholders(text)) for text in row}) == 1


def test_every_error_is_in_the_catalogue_word_for_word() -> None:
    classes = [cls for cls in vars(errors).values() if isinstance(cls, type) and issubclass(cls, SearcherError)]
    assert {cls.__name__: cls.template for cls in classes} == {cls.__name__: CATALOGUE[cls.__name__][0] for cls in classes}


def test_every_command_and_option_has_its_help() -> None:
    rows = {f"run.{command.name}" for command in COMMANDS} | {f"do.{command.name}" for command in PROMPT_COMMANDS}
    rows |= {option.help for command in COMMANDS for option in (*command.options, *EVERYWHERE)}
    assert rows <= set(CATALOGUE)


def test_no_row_is_missing_and_none_is_left_over() -> None:
    """Every literal key that is said is in the catalogue, and every row is said somewhere."""
    trees = [
        ast.parse(path.read_text("utf-8"))
        for name in OURS
        for path in [*sorted(PACKAGE.glob(f"{name}/*.py")), PACKAGE / name]
        if path.is_file()
    ]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call) and _called(node) == "say" and node.args]
    said = {node.args[0].value for node in calls if isinstance(node.args[0], ast.Constant)}
    assert said <= set(CATALOGUE)
    literals = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    composed = ("run.", "do.", "skipped.", "left.", "status.", "page", "slide", "sheet", "why.", "notice.", "ask.", "environment.", "file.")
    classes = {name for name in CATALOGUE if name[0].isupper()}
    assert {key for key in CATALOGUE if key not in literals and not key.startswith(composed)} <= classes


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id if isinstance(call.func, ast.Name) else ""


def test_every_reason_to_skip_has_its_words() -> None:
    reasons = re.findall('"([a-z-]+)"', Skipped.__doc__ or "")
    assert "binary" in reasons
    assert {f"skipped.{reason}" for reason in reasons} <= set(CATALOGUE)


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("zh_TW.UTF-8", "zh-Hant"),
        ("zh_HK", "zh-Hant"),
        ("zh-Hant-CN", "zh-Hant"),
        ("zh_CN.GB18030", "zh-Hans"),
        ("zh_SG", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("繁體", "zh-Hant"),
        ("简体", "zh-Hans"),
        ("en_GB.UTF-8", "en"),
        ("C.UTF-8", "en"),
        ("POSIX", "en"),
        ("de_DE", None),
        ("", None),
    ],
)
def test_what_a_locale_means(name: str, language: str | None) -> None:
    assert language_of(name) == language


def test_the_first_wish_counts() -> None:
    locale = {"LC_ALL": "", "LC_MESSAGES": "zh_TW.UTF-8", "LANG": "zh_CN.UTF-8"}
    assert choose_language(environment=locale) == "zh-Hant"
    assert choose_language(None, "zh-Hans", environment=locale) == "zh-Hans"
    assert choose_language("en", "zh-Hans", environment=locale) == "en"
    assert choose_language(environment={"LANG": "de_DE"}) == "en"


@pytest.mark.parametrize("sentence", [query.NOTHING_LEFT, query.NO_DATE, query.NO_NUMBER, query.NO_SORT])
def test_what_a_query_remarks_is_in_the_catalogue(sentence: str) -> None:
    assert sentence in {row[0] for key, row in CATALOGUE.items() if key.startswith("notice.")}


def test_the_librarys_remarks_in_the_users_language() -> None:
    say = speaker("zh-Hans")
    assert say_notice(say, query.NO_DATE.format(text="date:{明天}")) == "无法理解为日期，故按文字理解：date:{明天}"
    limited = "商* stands for more than 1,000 terms: the most frequent 1,000 were looked for"
    assert say_notice(say, limited) == "商* 代表的词语超过 1,000 个：只查找了最常见的 1,000 个"
    assert say_notice(speaker("en"), limited) == limited
    assert say_notice(say, "something new") == "something new"


def test_an_error_is_one_line_in_the_users_language() -> None:
    error = IndexLocked(path="索引", holder="process 7")
    assert say_error(speaker("zh-Hant"), error) == "索引 裡的索引正由 process 7 寫入：請待其完成後再試"
    assert say_error(speaker("en"), FileNotFoundError(2, "No such file or directory", "a\nb")) == "No such file or directory: a b"
    assert say_error(speaker("en"), OSError("odd")) == "odd"
