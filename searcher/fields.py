"""Which names a field goes by in a query, and what kind of value it takes."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from types import MappingProxyType

NAMES = MappingProxyType(
    {
        "title": ("标题", "標題", "题名", "題名"),
        "path": ("路径", "路徑", "文件夹", "資料夾", "folder"),
        "author": ("作者", "authors"),
        "category": ("分类", "分類", "类别", "類別", "categories"),
        "from": ("发件人", "發件人", "寄件人", "寄件者"),
        "to": ("收件人", "收件者"),
        "subject": ("主旨",),
        "script": ("字形",),
        "format": ("格式", "type"),
        "date": ("日期",),
        "after": ("晚于", "晚於", "since"),
        "before": ("早于", "早於", "until"),
        "year": ("年份",),
        "size": (),
        "sort": ("排序",),
        "id": (),
    }
)
"""Every built-in field: its canonical name, and what else it is called; no word that running text has before a colon (主题：, 编号：)."""

DATES = frozenset({"date", "after", "before", "year"})
"""Fields that take a date or a range of dates; all of them ask for the document's date."""

NUMBERS = frozenset({"size"})
"""Fields that take a number or a range of numbers."""

SORT = "sort"
SORTS = frozenset({"date", "size"})
"""What results can be sorted by: ascending, or descending with a `-` in front."""


def canonical(name: str, others: Collection[str] = ()) -> str | None:
    """The one name of a known field, whatever its case; None where no field is called so. `others` are known beside the built-in ones.

    "Title", "標題" → "title"
    """
    lowered = name.casefold()
    built_in = _canonical_names().get(lowered)
    if built_in is not None:
        return built_in
    return next((other for other in others if other.casefold() == lowered), None)


@cache
def _canonical_names() -> dict[str, str]:
    return {alias: name for name, aliases in NAMES.items() for alias in (name, *aliases)}
