"""Every message is there in every language, and says the same things."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

from searcher import Index, errors, query
from searcher.cli.table import COMMANDS, EVERYWHERE
from searcher.documents import Skipped
from searcher.errors import IndexDamaged, IndexLocked, IndexMismatch, InvalidOption, SearcherError
from searcher.messages import CATALOGUE, LANGUAGES, choose_language, language_of, say_error, say_notice, speaker
from searcher.repl.commands import COMMANDS as PROMPT_COMMANDS
from searcher.settings import read_settings

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
    composed = (
        "run.",
        "do.",
        "skipped.",
        "remedy.",
        "left.",
        "status.",
        "page",
        "slide",
        "sheet",
        "why.",
        "notice.",
        "reason.",
        "ask.",
        "environment.",
        "file.",
    )
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
    error = IndexLocked(path="索引", pid="7", host="'here'", since="2026-01-02 03:04:05+08:00")
    assert say_error(speaker("zh-Hant"), error) == "索引 裡的索引自 2026-01-02 03:04:05+08:00 起由 'here' 上的行程 7 寫入：請待其完成後再試"
    assert say_error(speaker("en"), FileNotFoundError(2, "No such file or directory", "a\nb")) == "No such file or directory: a b"
    assert say_error(speaker("en"), OSError("odd")) == "odd"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("limt = 3", "limt (FILE) 不能是 3：可用的鍵有 index, "),
        ('limit = "3"', "limit (FILE) 不能是 3：應為整數"),
        ("limit = -1", "limit (FILE) 不能是 -1：應為 0 或更大的數"),
        ("expand = 1", "expand (FILE) 不能是 1：應為 true 或 false"),
        ("script = true", "script (FILE) 不能是 True：應為引號中的文字"),
        ('script = "x"', "script (FILE) 不能是 x：應為 s, t, tw, hk 之一"),
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
        (IndexMismatch(path="/i", reason="its text was folded with other tables"), "其文字是用另一套表归一的"),
        (IndexMismatch(path="/i", reason="its documents are kept in format 2, not 1"), "其文档格式为 2，而非 1"),
        (IndexMismatch(path="/i", reason="format 9, this program reads 1"), "格式 9，本程序读取 1"),
        (IndexDamaged(path="/i", reason="a.seg: its checksum is wrong"), "a.seg：校验和不符"),
        (IndexDamaged(path="/i", reason="a.seg is missing"), "缺少 a.seg"),
        (IndexDamaged(path="/i", reason="something else"), "something else"),
        (InvalidOption(option="--encoding", value="x", reason="Python knows no such encoding"), "没有这种编码"),
        (InvalidOption(option="synonyms", value="x", reason="line 2 is neither `甲, 乙` nor `甲 => 乙`"), "第 2 行既不是"),
        (InvalidOption(option="synonyms", value="x", reason="it is not UTF-8"), "不是 UTF-8 编码"),
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
