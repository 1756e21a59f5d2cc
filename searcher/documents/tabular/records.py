"""A record with named fields becomes a document: an object of JSON, a row of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain, repeat

from searcher.documents.composing.page import Page, document_of_page
from searcher.documents.description.frontmatter import FrontMatter, bounded, fields_in
from searcher.documents.description.metadata import described
from searcher.documents.description.titles import HAN, first_line
from searcher.documents.document import Document, Location, Metadata
from searcher.documents.literature.references import document_of_reference, is_reference, reference_in
from searcher.documents.sources.source import Source
from searcher.documents.sources.text import clean
from searcher.documents.tabular.turns import opening, turns_in

_TEXTS = tuple("text body content contents paragraphs fulltext full_text page_content 正文 内容 內容 全文 文本 段落".split())
_TITLES = ("title", "headline", "subject", "标题", "標題", "题目", "題目", "篇名")
_DATES = ("date", "published", "publish_date", "pubdate", "created", "created_at", "time", "日期", "发布日期", "發布日期", "时间", "時間")
_QUESTIONS = ("question", "query", "ask", "instruction", "prompt", "q", "问题", "問題", "提问", "提問", "问", "問", "input")
_ANSWERS = ("answer", "answers", "response", "output", "completion", "reply", "a", "答案", "回答", "回复", "回覆", "解答", "答")
_GIVEN = ("input",)  # what an instruction is about, which many records share; a question where there is none

_DEEPEST = 8  # records in one another
_LONGEST_NAME = 50  # characters of one that stands before each member of its list


def text_field(names: Iterable[object]) -> str | None:
    """The name, as it is written, of the field that holds the text, or the answer to a question beside it; None where no field does."""
    names = tuple(names)
    return _named(_TEXTS, names) or (_named(_ANSWERS, names) if _named(_QUESTIONS, names) is not None else None)


def text_in(record: Mapping[str, object]) -> str:
    """The text of a record: that of its field, or a question, its answer and whatever else is said of them, or what is said in turns.

    Empty where there is none.
    """
    field = text_field(record)
    if field is None:
        return "\n".join(f"{who}：{said}" for who, said in turns_in(record))
    if _named(_TEXTS, record) is not None:
        return _written(record[field])
    question, given = _asked(record)
    answer = _answer(record[field])
    if answer is None or not (question or answer.strip()):
        return ""
    return "\n\n".join(filter(str.strip, (question, given, answer, "\n".join(_said_beside(record)))))


def said_in(record: Mapping[str, object]) -> str:
    """What a record without a text says: its title, and its other texts by their names, a line each."""
    title, date = _named(_TITLES, record), _named(_DATES, record)
    beside = (_labelled(name, value) for name, value in record.items() if name not in (title, date))
    return "\n".join(filter(None, (_string(record, _TITLES), *chain.from_iterable(beside))))


def _asked(record: Mapping[str, object]) -> tuple[str, str]:
    """The question, and what it is about where that is said apart."""
    question = _string(record, _QUESTIONS).strip()
    return question, "" if _named(_QUESTIONS, record) == _named(_GIVEN, record) else _string(record, _GIVEN).strip()


def _answer(value: object) -> str | None:
    """An answer, perhaps none yet; empty, too, where several are records that follow. None where it is something else than a text."""
    if value is None or value in ("", []) or (isinstance(value, list) and all(map(_is_record, value))):
        return ""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else _written(value) or None


def _is_record(value: object) -> bool:
    field = text_field(value) if isinstance(value, dict) else None
    return isinstance(value, dict) and field is not None and bool(_written(value[field]).strip())


def _said_beside(record: Mapping[str, object]) -> Iterator[str]:
    """The other texts of a question, such as what may be chosen: `name: value`, a line each."""
    asked = (names for names in (_QUESTIONS, _GIVEN) if _string(record, names))
    taken = {text_field(record), *(_named(names, record) for names in (*asked, _TITLES, _DATES, ("id",)))}
    for name, value in record.items():
        if name not in taken:
            yield from _labelled(name, value)


def _labelled(name: str, value: object, depth: int = 1) -> Iterator[str]:
    """The texts in a value, each by its name, a long one once, without the records of lists, which follow."""
    if isinstance(value, str) and value.strip():
        yield f"{name}: {value}" if name else value
    elif isinstance(value, dict | list) and depth < _DEEPEST:
        again = name if len(name) <= _LONGEST_NAME else ""
        listed = zip(chain((name,), repeat(again)), (item for item in value if not _is_record(item)), strict=False)
        for label, item in value.items() if isinstance(value, dict) else listed:
            yield from _labelled(label, item, depth + 1)


def _written(value: object) -> str:
    """A text; one that is given as a list of lines or paragraphs has each on a line.

    A list of texts and of objects with a text is one text, in which links and the like are marked (Telegram).
    """
    if not isinstance(value, list):
        return value if isinstance(value, str) else ""
    parts = [part.get("text") if isinstance(part, dict) else part for part in value]
    texts = [part for part in parts if isinstance(part, str)]
    if len(texts) < len(parts):
        return ""
    return "".join(texts) if any(isinstance(part, dict) for part in value) else "\n".join(texts)


def document_of(
    source: Source, number: int | None, record: Mapping[str, object], metadata: Metadata, places: Iterable[Location] = ()
) -> Document:
    """Document `number` (from 1; None for the only one) of a source: its text field, or all that it says where that is empty, with the
    others as what is known of it.

    Its id is made of that number: an `id` inside the file is unique in the file at most.
    """
    if text_field(record) is None and number is not None and is_reference(record):
        reference, others = reference_in(record)
        known = described(metadata, FrontMatter(bounded(fields_in(others))))
        return document_of_reference(source, number, reference, known, places)
    title, date = _string(record, _TITLES), _string(record, _DATES)
    if not text_in(record).strip():
        title = title or first_line(next((value for value in record.values() if isinstance(value, str) and HAN.search(value)), ""))
        record = {**record, "text": said_in(record)}
    text = clean("\n\n".join(filter(None, _texts(record))))
    taken = {text_field(record), *(_named(names, record) for names in (_TITLES, _DATES))}
    if _named(_TEXTS, record) is None:
        taken |= {_named(_QUESTIONS, record), _named(_GIVEN, record)}
        question, given = _asked(record)
        title = title or first_line(given or question or opening(record))
    fields = bounded(fields_in({name: value for name, value in record.items() if name not in taken}))
    page = Page(text, tuple(places), heading=title)
    return document_of_page(source, page, metadata, FrontMatter({**fields, "date": date} if date else fields), number=number)


def _texts(record: Mapping[str, object], depth: int = 1) -> Iterator[str]:
    """The text of a record, then those of records that it holds (answers, comments, chapters), unless they only say it again."""
    text, field = text_in(record), text_field(record)
    is_asked = _named(_TEXTS, record) is None  # several answers may be records
    yield text
    for name, value in record.items():
        for part in value if isinstance(value, list) and (name != field or is_asked) and depth < _DEEPEST else ():
            if isinstance(part, dict) and (inner := text_in(part).strip()) and inner not in text:
                yield from (_string(part, _TITLES), *_texts(part, depth + 1))


def _string(record: Mapping[str, object], names: tuple[str, ...]) -> str:
    name = _named(names, record)
    value = record.get(name) if name is not None else None
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _named(names: tuple[str, ...], fields: Iterable[object]) -> str | None:
    return _first_named(names, tuple(field for field in fields if isinstance(field, str)))


@lru_cache(maxsize=64)
def _first_named(names: tuple[str, ...], fields: tuple[str, ...]) -> str | None:
    """The field that is called by the first of these names; the records of a file have the same fields."""
    known = {field.strip().lower(): field for field in fields}
    return next((known[name] for name in names if name in known), None)
