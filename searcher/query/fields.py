"""Which names a field goes by in a query, what kind of value it takes, and how else that is said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import cache
from types import MappingProxyType

from searcher.text.distance import distance

NAMES = MappingProxyType(
    {
        "title": ("标题", "標題", "题名", "題名", "intitle"),
        "path": ("路径", "路徑", "文件夹", "資料夾", "资料夹", "folder", "文件名", "檔名", "档名", "filename", "dir"),
        "author": ("作者", "authors"),
        "category": ("分类", "分類", "类别", "類別", "categories"),
        "from": ("发件人", "發件人", "寄件人", "寄件者"),
        "to": ("收件人", "收件者"),
        "subject": ("主旨",),
        "script": ("字形",),
        "format": ("格式", "type", "filetype"),
        "ext": ("extension", "suffix", "扩展名", "擴展名", "副檔名", "副档名"),
        "date": ("日期",),
        "after": ("晚于", "晚於", "since"),
        "before": ("早于", "早於", "until"),
        "year": ("年份",),
        "modified": ("mtime", "修改于", "修改於"),
        "size": ("大小", "字数", "字數"),
        "sort": ("排序",),
        "id": (),
    }
)
"""Every built-in field: its canonical name, and what else it is called; no word that running text has before a colon (主题：, 编号：)."""

OWN = MappingProxyType(
    {
        "tags": ("tag", "标签", "標籤"),
        "keywords": ("keyword", "关键词", "关键字", "關鍵詞", "關鍵字"),
        "journal": ("期刊", "刊名"),
        "status": ("状态", "狀態"),
    }
)
"""Fields that documents often have of their own, and what else these are called where they have one: running text says 关键词：, too."""

DATES = frozenset({"date", "after", "before", "year", "modified"})
"""Fields that take a date or a range of dates; all but `modified` ask for the document's date."""

NUMBERS = frozenset({"size"})
"""Fields that take a number or a range of numbers."""

LISTED = frozenset({"ext", "format", "script", "year"})
"""Fields whose values hold no comma: several of them may be named, one of which is enough."""

UNVALUED = frozenset({"title", "path", "sort", *DATES, *NUMBERS})
"""Fields that are not asked for by a value as it is, but by a part of it, or a range."""

SHORTEST_SLIP = 5
"""Letters of a name of which any one may be wrong."""

SORT = "sort"
RELEVANCE = "relevance"
SORTS = MappingProxyType(
    {
        "date": ("日期", "时间", "時間", "time", "oldest", "最早", "最旧", "最舊"),
        "-date": ("newest", "latest", "最新"),
        "modified": ("修改",),
        "-modified": ("最近修改",),
        "size": ("大小", "字数", "字數", "shortest", "最短"),
        "-size": ("longest", "最长", "最長"),
        RELEVANCE: ("相关", "相關", "相关性", "相關性"),
    }
)
"""What results can be sorted by, and how else it is said; a `-` in front turns the order around."""

FACETS = ("script", "format", "year", "category", "author", "folder")
"""What it is worth to count documents by."""

VALUES = MappingProxyType(
    {
        "script": {
            "simplified": ("简体", "簡體", "简", "簡", "s", "sc", "hans", "zh-hans"),
            "traditional": ("繁体", "繁體", "正体", "正體", "繁", "t", "tw", "hk", "tc", "hant", "zh-hant"),
            "mixed": ("混合", "简繁混合", "簡繁混合"),
            "other": ("其他",),
        },
        "format": {
            "markdown": ("md",),
            "text": ("txt", "plain", "纯文本", "純文本", "純文字", "纯文字"),
            "html": ("htm", "网页", "網頁"),
            "docx": ("word",),
            "xlsx": ("excel",),
            "pptx": ("powerpoint",),
            "csv": ("tsv",),
            "jsonlines": ("jsonl", "ndjson"),
            "notebook": ("ipynb",),
            "eml": ("mail", "email", "邮件", "郵件", "电邮", "電郵"),
            "chat": ("聊天", "聊天记录", "聊天記錄"),
            "ics": ("日历", "日曆", "行事历", "行事曆"),
            "vcf": ("通讯录", "通訊錄", "联络人", "聯絡人"),
            "lrc": ("歌词", "歌詞"),
        },
    }
)
"""How else the values of a field are said."""

KINDS = MappingProxyType({"format": {"字幕": ("srt", "ass"), "subtitles": ("srt", "ass")}})
"""Values that stand for several."""


SHOWN_SCRIPTS = MappingProxyType(
    {
        "s": ("简体", "簡體", "简", "簡", "hans", "cn", "sg"),
        "t": ("繁体", "繁體", "繁", "正體", "正体", "hant"),
        "tw": ("台湾", "台灣", "臺灣"),
        "hk": ("香港", "mo"),
    }
)
"""The scripts in which results can be shown, and how else they are called, with or without `zh-` in front."""


_TYPABLE = r"(?![-－﹣−])[^\s:：\"＂“”「」『』()（）]{1,64}"


def canonical(name: str, others: Collection[str] = ()) -> str | None:
    """The one name of a known field, whatever its case; None where no field is called so. `others` are known beside the built-in ones.

    "Title", "標題" → "title"; "標籤", if one of the others is "tags" → "tags"
    """
    lowered = _plain(name)
    built_in = _canonical_names().get(lowered)
    if built_in is not None:
        return built_in
    own = next((other for other in others if other.casefold() == lowered), None)
    return own or next((name for name, called in OWN.items() if lowered in called and name in others), None)


def nearest(typed: str, others: Collection[str] = ()) -> str | None:
    """The name of a field in Latin letters that was mistyped so: one letter wrong, too many or lacking, or two swapped. `others` are known
    beside the built-in ones.

    Of shorter names only swapped ones: note and data are words. "titel" → "title", "autor" → "author", "data" → None
    """
    lowered = _plain(typed)
    return next((name for name in (*_canonical_names(), *others) if name.isascii() and _is_slip(lowered, name)), None)


def _is_slip(typed: str, name: str) -> bool:
    return distance(typed, name) == 1 and (len(name) >= SHORTEST_SLIP or sorted(typed) == sorted(name))


def is_free(name: str) -> bool:
    """Whether documents may call a number of theirs so: it can be typed before a colon, and no other field is called so."""
    return bool(re.fullmatch(_TYPABLE, name)) and canonical(name) is None


def value(name: str, typed: str) -> str:
    """The one spelling of a field's value: ("script", "繁體") → "traditional"; what has no other spelling stays as it was typed."""
    if name == "ext":
        return typed.lstrip(".．。")
    return _spellings(VALUES[name]).get(_plain(typed), typed) if name in VALUES else typed


def kinds(name: str, typed: str) -> tuple[str, ...]:
    """The values of a field that one stands for, itself where it is no more: ("format", "字幕") → ("srt", "ass")."""
    return KINDS.get(name, {}).get(_plain(typed), (typed,))


def shown_script(typed: str) -> str:
    """The script in which results are to be shown: 繁體 → t, zh-TW → tw; what is none stays as it was typed."""
    return _spellings(SHOWN_SCRIPTS).get(_plain(typed).removeprefix("zh-"), typed)


def order(typed: str, others: Collection[str] = ()) -> str | None:
    """What `sort:` asks for, one of `SORTS` or of `others`; None where nothing is sorted by that. "最新" → "-date", "-日期" → "-date"."""
    plain = _plain(typed)
    wanted = plain.lstrip("-")
    found = _spellings(SORTS).get(wanted) or next((other for other in others if other.casefold() == wanted), None)
    if found is None or not plain.startswith("-") or found == RELEVANCE:
        return found
    return found[1:] if found[0] == "-" else f"-{found}"


def _plain(typed: str) -> str:
    return unicodedata.normalize("NFKC", typed).casefold()


@cache
def _canonical_names() -> dict[str, str]:
    return _spellings(NAMES)


def _spellings(table: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {spelling: name for name, others in table.items() for spelling in (name, *others)}
