"""What is known of a document besides its text: author, categories, date, and what else it says."""

from __future__ import annotations

import re
from collections.abc import Mapping

from searcher.documents.description.dates import first_date
from searcher.documents.description.frontmatter import FrontMatter
from searcher.documents.document import Metadata, Value

TITLES = ("title", "标题", "標題")
_DATES = (
    *"date published publishdate publish_date pubdate created".split(),
    "created time",
    *"创建时间 建立時間 日期 發布日期 发布日期 updated lastmod".split(),
)
_AUTHORS = ("author", "authors", "作者")
_CATEGORIES = ("categories", "category", "分類", "分类")
_OWN = frozenset(("format", "encoding", "encoding_confidence", "encoding_errors"))  # nobody but the reader says these

_NOBODY = re.compile(
    r"anonymous|unknown|un-?named|none|no author|n/?a|authors?|guest|root|owner|admin(?:istrator)?"
    r"|(?:(?:windows|microsoft(?: office)?|ms|office|pc|default|lenovo|dell|hp)[ _-]?)?users?(?: ?(?:name|account))?"
    r"|(?:windows|microsoft(?: office)?|微软|微軟) ?(?:用户|用戶|使用者|中国|中國)|未知(?:作者)?|匿名|不[详詳]"
    r"|(?:系[统統])?管理[员員]|超级用户|用户|用戶|使用者|作者|[-_.?*\s]*",
    re.IGNORECASE,
)


def fields(table: str) -> dict[str, str]:
    """Of each tag of a format the field that it is here: "title TI T1, author AU" (a blank in a tag is written _)."""
    rows = (row.split() for row in table.split(","))
    return {tag.replace("_", " "): field for field, *tags in rows for tag in tags}


def real_author(name: str) -> str:
    """The author that a program keeps with a document; nothing where it has put there whoever was logged in: Administrator, 微软用户.

    What people write as the author of their text is taken as it is.
    """
    return "" if _NOBODY.fullmatch(name.strip(" ()")) else name


def date_of(front: FrontMatter) -> str | None:
    """The first date that is one."""
    return first_date(front.all(*_DATES))


def described(base: Metadata, front: FrontMatter, meta: Mapping[str, str] | None = None) -> dict[str, Value]:
    """`base` with author and category, then whatever else the front matter says."""
    result = dict(base)
    authors = front.all(*_AUTHORS) or tuple(filter(None, ((meta or {}).get("author"),)))
    if authors:
        result["author"] = authors[0] if len(authors) == 1 else authors
    if categories := front.all(*_CATEGORIES):
        result["category"] = categories
    for name, value in front.fields.items():
        if name not in (*TITLES, *_DATES[:1], *_AUTHORS, *_CATEGORIES) and name not in _OWN:
            result.setdefault(name, value)
    return result
