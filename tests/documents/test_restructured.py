"""reStructuredText as a reader sees it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.documents.reading import read_one
from tests.patience import no_hang

DOCUMENT = """\
========
使用手冊
========

:Author: 張三
:Date: 2021年8月17日

第一\\ **段**\\ 文字，跨
行的句子。見 `這裡
<http://example.org>`_ 和 :ref:`安裝 <install>`。

.. 註解
   不見

.. _目標:

安裝
----

.. note:: 小心
   地滑

* 甲
* 乙

  - 丙

1. 丁
2. 戊

例::

    x = *1*

    y = 2

.. code-block:: python
   :linenos:

   print("中")

.. image:: a.png
   :alt: 一張圖
"""


def shown(markup: str) -> str:
    return read_one("a.rst", markup).text


def test_a_document() -> None:
    document = read_one("a.rst", DOCUMENT)
    assert document.text == (
        "使用手冊\n\nAuthor: 張三\nDate: 2021年8月17日\n\n第一段文字，跨行的句子。見 這裡 和 安裝。\n\n安裝\n\n小心地滑\n\n"
        '• 甲\n• 乙\n\n  • 丙\n\n1. 丁\n2. 戊\n\n例:\n\nx = *1*\n\ny = 2\n\nprint("中")\n\n一張圖'
    )
    assert (document.title, document.date, document.metadata["author"], document.metadata["format"]) == (
        "使用手冊",
        "2021-08-17",
        "張三",
        "rst",
    )
    assert [place.label for place in document.locations if place.kind == "heading"] == ["使用手冊", "安裝"]
    install = document.text.index("安裝\n")
    assert next(place.label for place in document.locations if place.kind == "line" and place.start == install) == "17"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("``*原樣*`` *斜* **粗** :role:`x` `y`", "*原樣* 斜 粗 x y"),
        ("甲\\ *乙*\\ 丙", "甲乙丙"),
        ("文字 [1]_ 和 [#a]_。\n\n.. [1] 註", "文字 和。\n\n註"),
        ("文字 [1]_。\n\n.. [1]\n   下一行的註", "文字。\n\n下一行的註"),
        ("* 項\n\n..\n\n   引用的文字\n\n..\n   註解\n   不見\n\n後", "• 項\n\n引用的文字\n\n後"),
        (
            "====== ======\n姓名   年齡\n====== ======\n王小明 十歲\n       不詳\n====== ======\n\n後",
            "姓名\t年齡\n王小明\t十歲不詳\n\n後",
        ),
        ("==  ==\n很長的一行字\n==  ==", "很長的一行字"),
        ("反引號 ````` 和 ``a`b`` 見 [甲2002]_", "反引號 ` 和 a`b 見 [甲2002]"),
        ("|名| 來了\n\n.. |名| replace:: 張三", "張三 來了"),
        ("見 Python_ 。snake_case_name 不變", "見 Python 。snake_case_name 不變"),
        ("| 床前明月光\n| 疑是地上霜", "床前明月光\n疑是地上霜"),
        ("+----+----+\n| 名 | 數 |\n+====+====+\n| 甲 | 1  |\n+----+----+\n\n後", "名\t數\n甲\t1\n\n後"),
        ("====  ====\n名    數\n====  ====\n甲    1\n乙    2\n====  ====\n\n後", "名\t數\n甲\t1\n乙\t2\n\n後"),
        ("前\n\n----\n\n後", "前\n\n後"),
        (
            ".. class:: Selector(text=None)\n\n   選擇器\n\n   .. method:: get()\n\n      取得",
            "Selector(text=None)\n\n選擇器\n\nget()\n\n取得",
        ),
        (".. class:: UrlContract\n\n   合同", "UrlContract\n\n合同"),
        (".. class:: small center\n\n小字", "小字"),
        (".. automodule:: a\n   :members:\n\n   說明", "說明"),
        (".. autoclass:: a.B\n   :members:\n\n   說明", "a.B\n\n說明"),
        (".. toctree::\n   :maxdepth: 2\n\n   a\n   b\n\n後", "後"),
        (".. raw:: html\n\n   <b>\n\n後", "後"),
        ("..\n   藏\n\n後", "後"),
        ("甲\n  解釋，\n  再解釋\n\n* 乙\n  丙", "甲\n解釋，再解釋\n\n• 乙丙"),
        ("他說::\n\n  原*樣*\n\n後", "他說:\n\n原*樣*\n\n後"),
        ("...省略", "...省略"),
        ("a) 甲\nb) 乙", "a) 甲\nb) 乙"),
        ("\ue000\ue001 私", "\ue000\ue001 私"),
        (".. math::\n\n   x^2", "x^2"),
        (".. warning::\n\n   甲\n\n   乙\n\n丙", "甲\n\n乙\n\n丙"),
        ("甲\n\n.. _乙: http://a.b/\n   c\n\n   丙\n", "甲\n\n丙"),
        ("..\n   藏\n\n   也藏\n\n後", "後"),
    ],
)
def test_what_a_reader_sees(markup: str, text: str) -> None:
    assert shown(markup) == text


MARKS = [
    "*",
    "**",
    "`",
    "``",
    "\n",
    "\n\n",
    "  ",
    "..",
    ".. a::",
    ":b: c",
    "====",
    "----",
    "|",
    "+--+",
    "甲",
    "x_",
    "::",
    "- ",
    "1. ",
    "\\",
]


@given(st.lists(st.sampled_from(MARKS)).map("".join))
def test_nothing_breaks_it(markup: str) -> None:
    read_one("a.rst", markup + "\n\n字")


@pytest.mark.parametrize("markup", [*MARKS, "*a", "`a <", "====  ==\n", "a\n", "- - ", "|a", "[a]", "a::\n b\n", "甲\n===\n", ":a:`b"])
def test_hostile_markup_takes_linear_time(markup: str) -> None:
    with no_hang():
        read_one("a.rst", "字\n\n" + markup * (200_000 // len(markup)))


def test_a_table_that_is_written_as_a_list_is_a_table() -> None:
    rows = "   * - 甲\n     - 乙\n   * - 丙\n       續行\n     - 丁\n   * -\n     - 戊\n"
    text = f".. list-table:: 表題\n   :header-rows: 1\n\n{rows}\n後文\n\n* 一\n* 二\n"
    assert read_one("a.rst", text).text == "表題\n\n甲\t乙\n丙續行\t丁\n戊\n\n後文\n\n• 一\n• 二"


@pytest.mark.parametrize("name", ["ipython", "gmtplot", "jupyter-execute", "graphviz", "mermaid"])
def test_what_extensions_run_or_draw_keeps_its_lines(name: str) -> None:
    assert shown(f"例：\n\n.. {name}:: python\n   :width: 50%\n\n   a = 1\n   b = *2*\n\n文") == "例：\n\na = 1\nb = *2*\n\n文"


def test_which_program_is_meant_is_said_to_sphinx_alone() -> None:
    assert shown(".. program:: figure\n\nfigure\n======\n\n文") == "figure\n\n文"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (".. note:: 使用時可以\\\n   指定用戶。\n   其他從略。\n\n後", "使用時可以指定用戶。其他從略。\n\n後"),
        (".. note:: 甲\n     乙\n\n     丙\n\n後", "甲乙\n\n丙\n\n後"),
        (".. tip:: 見 `手\n   冊`_ 。", "見 手冊 。"),
        (".. note:: 例如::\n\n      $ ls  -l\n\n   其後\n\n後", "例如:\n\n$ ls  -l\n\n其後\n\n後"),
        (".. note:: 甲\n   :class: x\n\n   乙", "甲\n\n乙"),
        (".. versionadded:: 3.0 甲\n   乙", "3.0 甲乙"),
        (".. deprecated:: 3.1\n\n甲", "3.1\n\n甲"),
        (".. [1] 甲\n   乙 cut\n   here\n\n後", "甲乙 cut here\n\n後"),
        (".. function:: f(a)\n              g(b)\n\n   甲", "f(a)\n\ng(b)\n\n甲"),
    ],
)
def test_what_a_note_says_goes_on_in_the_next_line(markup: str, text: str) -> None:
    assert read_one("a.rst", markup).text == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (
            "+----+--------+\n| 名 | 說明   |\n+====+========+\n| 甲 | 有意思 |\n|    | 的故事 |\n+----+--------+\n"
            "| 乙 | b c    |\n|    | d      |\n+----+--------+\n\n後",
            "名\t說明\n甲\t有意思的故事\n乙\tb c d\n\n後",
        ),
        (
            "====  ======\n名    說明\n====  ======\n甲    有意思\n      的故事\n乙    b\n====  ======\n\n後",
            "名\t說明\n甲\t有意思的故事\n乙\tb\n\n後",
        ),
        ("+----+----+\n| 甲 | 乙 |\n| 丙      |\n+----+----+\n", "甲\t乙\n丙"),
        ("| 甲 | 乙 |\n| 丙 | 丁 |\n", "甲\t乙\n丙\t丁"),
        (":描述: 表示禁用\\\n       合併。\n:類型: 整數\n\n後", "描述: 表示禁用合併。\n類型: 整數\n\n後"),
        (".. 註解\n\n- 甲\n- 乙", "• 甲\n• 乙"),
        ("例::\n\n  x\n\n- 甲\n- 乙", "例:\n\nx\n\n• 甲\n• 乙"),
        ("#. 核對： ::\n\n     ls  -l\n\n   你會看到，\n   它在。\n\n後", "• 核對：\n\nls  -l\n\n你會看到，它在。\n\n後"),
    ],
)
def test_cells_fields_and_items_of_several_lines_are_whole(markup: str, text: str) -> None:
    assert read_one("a.rst", markup).text == text


def test_rows_have_their_lines() -> None:
    page = read_one("a.rst", "+---+----+\n| a | 甲 |\n|   | 乙 |\n+---+----+\n| b | 丙 |\n+---+----+\n")
    lines = {page.text[place.start]: place.label for place in page.locations if place.kind == "line"}
    assert (lines["a"], lines["b"]) == ("2", "5")


def test_what_directives_are_told_in_chinese_is_for_readers() -> None:
    panel = ".. panel::\n   :title: 標題 `甲 <x>`_\n   :nick: 乙\n   :class: c\n\n   文\n\n"
    program = ".. code-block:: c\n   :caption: 程式\n   :linenos:\n\n   int 丙;\n"
    assert shown(panel + program) == "標題 甲\n乙\n\n文\n\n程式\n\nint 丙;"
