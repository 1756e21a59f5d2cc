"""Line breaks of a passage that are there only because a line was full."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.printer.unwrapping import unwrapped

FULL = "觀自在菩薩行深般若波羅蜜多時照見五"


@pytest.mark.parametrize(
    ("passage", "shown"),
    [
        (f"{FULL}\n蘊皆空度一切苦厄", f"{FULL}蘊皆空度一切苦厄"),
        (f"{FULL}\n{FULL}\n{FULL}", FULL * 3),
        (f"序\n{FULL}\n蘊皆空", f"序\n{FULL}蘊皆空"),  # a heading before it
        (f"{FULL}\n\n{FULL}", f"{FULL}\n\n{FULL}"),  # paragraphs
        ("王小明\n陳大文\n李四", "王小明\n陳大文\n李四"),
        ("個人資料保護法施行細則\n動物用藥品管理法施行細則\n人體器官移植條例施行細則第二版", None),  # names, not prose
        (f"{FULL}\n{FULL[:-1]}，\n{FULL[:-2]}\n{FULL}", f"{FULL}{FULL[:-1]}，\n{FULL[:-2]}{FULL}"),
        ("床前明月光\n疑是地上霜", "床前明月光\n疑是地上霜"),
        (f"{FULL}。\n{FULL}", f"{FULL}。\n{FULL}"),  # a sentence ends there
        (f"商汤科技计划近几周启动赴港申请\n{FULL * 3}", f"商汤科技计划近几周启动赴港申请\n{FULL * 3}"),  # a heading, and a line a paragraph
        (f"{FULL} and\n{FULL}", f"{FULL} and\n{FULL}"),
        ("中华人民共和国个人信息保护法\n第一章 总则", "中华人民共和国个人信息保护法\n第一章 总则"),
        (f"{FULL}\n三、蘊皆空", f"{FULL}\n三、蘊皆空"),
        (f"名稱\t{FULL}\n級別\t甲", None),  # rows of a table
        (f"名稱\t{FULL}\n級別", None),
        (f"{FULL}\n級別\t甲", None),
        ("", ""),
    ],
)
def test_a_break_of_a_full_line_between_two_han_characters_is_not_shown(passage: str, shown: str | None) -> None:
    """None: as it stands."""
    assert unwrapped(passage, ())[0] == (passage if shown is None else shown)


@given(st.lists(st.text("天地玄黃，。a", min_size=10, max_size=14)), st.data())
def test_marks_stay_on_what_they_mark(lines: list[str], data: st.DataObject) -> None:
    passage = "\n".join(lines)
    start, end = sorted((data.draw(st.integers(0, len(passage))), data.draw(st.integers(0, len(passage)))))
    shown, [(first, last)] = unwrapped(passage, [(start, end)])
    assert shown.replace("\n", "") == passage.replace("\n", "")
    assert shown[first:last].replace("\n", "") == passage[start:end].replace("\n", "")
