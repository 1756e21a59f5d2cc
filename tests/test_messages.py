"""Every message is there in every language, and says the same things."""

from __future__ import annotations

import ast
import os
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher import Index, Remark, errors, parse
from searcher.cli.manual import FILES, QUERIES, VARIABLES
from searcher.cli.table import COMMANDS, EVERYWHERE, SCRIPTS
from searcher.documents import Skipped
from searcher.documents.document import Refused
from searcher.errors import (
    IndexDamaged,
    IndexLocked,
    IndexMismatch,
    IndexNotFound,
    InvalidOption,
    MissingDependency,
    SearcherError,
    UnknownSetting,
)
from searcher.messages import CATALOGUE, LANGUAGES, choose_language, language_of, say_error, say_remark, speaker
from searcher.phrases import PHRASES
from searcher.query import fields
from searcher.repl.commands import COMMANDS as PROMPT_COMMANDS
from searcher.settings import command_words, read_settings
from tests.source import modules, nodes
from tests.test_remarks import remarks


def _saying() -> Iterator[ast.AST]:
    """What the program is made of, but for the messages themselves."""
    return (node for path in modules() if path.name not in ("messages.py", "phrases.py") for node in nodes(path))


@cache
def composed_keys() -> set[str]:
    """The keys that stand nowhere in the program: a part of each is the name of a command, a reason, a field."""
    return CATALOGUE.keys() - {node.value for node in _saying() if isinstance(node, ast.Constant)}


def _placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_a_row_has_the_same_placeholders_in_every_language() -> None:
    rows = CATALOGUE | PHRASES
    assert not [key for key, row in rows.items() if len(row) != len(LANGUAGES) or not all(row)]
    assert not [key for key, row in rows.items() if len({frozenset(_placeholders(text)) for text in row}) > 1]


def test_no_shell_misunderstands_a_command_that_is_told() -> None:
    """Those of Windows hand single quotes to the program."""
    told = [text for row in (CATALOGUE | PHRASES).values() for text in row if re.search("(pip|searcher) [a-z]", text)]
    assert len(told) > 30 and not [text for text in told if re.search("(pip|searcher) [a-z][^`]*'", text)]


def _errors(kind: type[SearcherError]) -> Iterator[type[SearcherError]]:
    yield kind
    for other in kind.__subclasses__():
        yield from _errors(other)


def test_every_error_of_the_library_has_its_row_and_every_row_its_error() -> None:
    rows = {key for key in PHRASES if key[0].isupper()}
    assert rows >= {cls.__name__ for cls in vars(errors).values() if isinstance(cls, type) and issubclass(cls, SearcherError)}
    assert Refused.__name__ in rows <= {cls.__name__ for cls in _errors(SearcherError)}


def test_an_error_without_a_row_says_what_is_above_it() -> None:
    class OfAnother(errors.IndexDamaged): ...

    error = OfAnother(path="/i", reason="x")
    assert (error.key, str(error)) == ("IndexDamaged", str(errors.IndexDamaged(path="/i", reason="x")))


def test_every_command_and_option_has_its_help() -> None:
    assert {option.help for command in COMMANDS for option in (*command.options, *EVERYWHERE)} <= CATALOGUE.keys()


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("run", {command.name for command in COMMANDS}),
        ("do", {command.name for command in PROMPT_COMMANDS}),
        ("ask", {name for _, name in QUERIES}),
        ("environment", {name.partition(",")[0] for name in VARIABLES}),
        ("file", {name for _, name in FILES}),
        ("shown", set(SCRIPTS)),
        ("skipped", set(re.findall('"([a-z-]+)"', Skipped.__doc__ or ""))),
    ],
)
def test_a_kind_of_keys_has_a_row_for_each_name_and_no_other(kind: str, names: set[str]) -> None:
    assert names == {key.partition(".")[2] for key in composed_keys() if key.startswith(f"{kind}.")} != set()


def test_no_row_is_missing_and_none_is_left_over() -> None:
    """Every literal key that is said is in the catalogue, and every row is said somewhere, or begins as a key that is composed."""
    calls = [node for node in _saying() if isinstance(node, ast.Call) and _called(node) in ("say", "say_known")]
    keys = [argument for call in calls for argument in call.args if _called(call) == "say" or argument is call.args[1]]
    said = {key.value for key in keys if isinstance(key, ast.Constant)}
    assert len(said) > 100 and said <= CATALOGUE.keys() | PHRASES.keys()
    starts = [key.values[0] for key in keys if isinstance(key, ast.JoinedStr)]
    composed = tuple(start.value for start in starts if isinstance(start, ast.Constant) and isinstance(start.value, str))
    assert not [key for key in composed_keys() if not key.startswith(composed)]


def test_a_query_understands_what_fields_and_scripts_are_called() -> None:
    for key, row in CATALOGUE.items():
        kind, _, name = key.partition(".")
        if kind == "field":
            assert {fields.canonical(word) for word in row} == {name}
        if kind == "value":
            assert {fields.value("script", word) for word in row} == {name}


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id if isinstance(call.func, ast.Name) else ""


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


def test_the_librarys_remarks_in_the_users_language() -> None:
    say = speaker("zh-Hans")
    [date] = parse("date:{明天}").notices
    assert say_remark(say, date) == "无法理解为日期，所以当作文字：{明天}"
    assert say_remark(say, Remark("notice.limited", pattern="商*", limit=1000)) == "商* 代表的词语超过 1,000 个：只查找了最常见的 1,000 个"
    nested = Remark("detail.line", number=3, what=Remark("detail.json", error="Expecting value"))
    assert say_remark(speaker("zh-Hant"), nested) == "第 3 行：不是 JSON（Expecting value）"
    assert say_remark(say, "something new") == "something new"


@given(st.sampled_from(sorted(PHRASES)), st.data())
def test_no_language_loses_a_fact(key: str, data: st.DataObject) -> None:
    remark = data.draw(remarks(key))
    for language in LANGUAGES:
        say = speaker(language)
        assert all(say_remark(say, fact) in say_remark(say, remark) for fact in remark.facts.values() if isinstance(fact, str))
    assert say_remark(speaker("en"), remark) == remark


def test_an_error_is_one_line_in_the_users_language() -> None:
    error = IndexLocked(path="索引", pid="7", host="'here'", since="2026-01-02 03:04:05+08:00")
    said = "'here' 上的行程 7 自 2026-01-02 03:04:05+08:00 起正在寫入 索引 裡的索引：請等它完成後再試"
    assert say_error(speaker("zh-Hant"), error) == said
    assert say_error(speaker("en"), FileNotFoundError(2, "No such file or directory", "a\nb")) == "a b: no such file or folder"
    assert say_error(speaker("zh-Hans"), PermissionError(13, "Permission denied")) == "没有权限"
    assert say_error(speaker("zh-Hant"), OSError(71, "Protocol error", "a")) == "a：Protocol error"
    assert say_error(speaker("en"), OSError("odd")) == "odd"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("limt = 3", "FILE 裡有未知的鍵 limt：可用的鍵有 index、language、"),
        ('limit = "3"', "FILE 裡的 limit 不能是 3：應為整數"),
        ("limit = -1", "FILE 裡的 limit 不能是 -1：應為 0 或更大的數"),
        ("expand = 1", "FILE 裡的 expand 不能是 1：應為 true 或 false"),
        ("script = true", "FILE 裡的 script 不能是 True：應為引號中的文字"),
        ('script = "x"', "FILE 裡的 script 不能是 x：應為 s、t、tw、hk 之一"),
    ],
)
def test_reasons_are_said_in_the_language_of_the_reader(content: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(content, "utf-8")
    with pytest.raises(InvalidOption) as raised:
        read_settings(file)
    assert say_error(speaker("zh-Hant"), raised.value).replace(str(file), "FILE").startswith(said)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (IndexMismatch(path="/i", reason=Remark("reason.folded")), "其文字归一时用的是另一套字形表"),
        (IndexDamaged(path="/i", reason=Remark("reason.of-file", file="a.seg", what=Remark("reason.checksum"))), "a.seg：校验和不符"),
        (IndexDamaged(path="/i", reason="something else"), "something else"),
        (MissingDependency(what=Remark("what.watching"), requirement="searcher[watch]"), "监视文件夹 需要尚未安装的软件包"),
    ],
)
def test_reasons_of_the_library(error: SearcherError, said: str) -> None:
    assert said in say_error(speaker("zh-Hans"), error)


def test_what_sync_and_forget_refuse_is_told_in_the_users_language(tmp_path: Path) -> None:
    with Index.create(tmp_path / "index") as index:
        for refused, said in (
            (lambda: index.sync([tmp_path / "x"]), "没有这个文件或文件夹"),
            (lambda: index.forget(tmp_path), "不在已收录的文件夹之列（`searcher status` 可查看）"),
            (index.sync, "索引尚未收录任何文件夹"),
        ):
            with pytest.raises(InvalidOption) as caught:
                refused()
            assert say_error(speaker("zh-Hans"), caught.value).endswith(said)


@pytest.mark.parametrize("name", ["part", "[2021] 報告", *(["甲*", "a\\b"] if os.sep == "/" else [])])
def test_of_a_part_of_a_known_folder_the_command_is_told_that_leaves_it_out(tmp_path: Path, name: str) -> None:
    part = tmp_path / "我的 文件" / "內" / name
    part.mkdir(parents=True)
    (part / "a.txt").write_text("合同", "utf-8")
    with Index.create(tmp_path / "index") as index:
        index.sync([tmp_path / "我的 文件"])
        with pytest.raises(InvalidOption) as caught:
            index.forget(part)
        told = re.search("用 `(.*)` 将其排除", say_error(speaker("zh-Hans"), caught.value))
        *_, pattern, folder = command_words(told[1]) if told else ()
        assert len(index) == 1
        index.sync([folder], exclude=[pattern], prune=True)
        assert len(index) == 0


def test_lists_are_joined_as_each_language_joins_them() -> None:
    error = InvalidOption(option="--color", value="x", reason=Remark("reason.choice", choices=("auto", "always")))
    assert str(error) == say_error(speaker("en"), error) == "--color cannot be x: one of auto, always"
    assert say_error(speaker("zh-Hant"), error) == "--color 不能是 x：應為 auto、always 之一"
    assert say_error(speaker("zh-Hans"), UnknownSetting(path="c", key="x", keys=("a", "b"))) == "c 里有未知的键 x：可用的键有 a、b"


@pytest.mark.parametrize(
    "error", [IndexNotFound(path="/" + "長" * 9_000 + "/尾"), FileNotFoundError(2, "No such file or directory", "/" + "長" * 9_000 + "/尾")]
)
def test_of_what_is_too_long_to_be_read_both_ends_are_said(error: Exception) -> None:
    said = say_error(speaker("zh-Hant"), error)
    assert "/長長" in said and "長 … 長" in said and "長/尾" in said and len(said) < 500
