"""Conversations that programs export as text: WhatsApp, LINE, WeChat, QQ.

[2021/8/17 下午3:20:15] 張三: 明天見        2021/08/17（二）            —————  2021-08-17  —————      2021-08-17 15:20:15 張三(10001)
2021/8/17 15:20 - 張三: 明天見             下午03:20⇥張三⇥明天見        張三  15:20                   明天見
                                                                  明天見
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import PurePath

from searcher.documents.chats.conversations import Message, documents_of_conversations
from searcher.documents.description.dates import to_iso
from searcher.documents.document import Document, only_text
from searcher.documents.sources.source import ReadOptions, Source
from searcher.frozen import frozen

_CLOCK = r"(?P<half>[上下]午|凌晨|早上|清晨|中午|傍晚|晚[上間间])?\s?(?P<clock>\d{1,2}:\d{2})(?::\d{2})?\s?(?P<half2>[AaPp]\.?[Mm]\.?)?"
_DAY = r"(?P<date>\d{4}[-/.]\d{1,2}[-/.]\d{1,2})"
_ANY_DAY = r"(?P<date>\d{1,4}[/.]\d{1,2}[/.]\d{1,4})"
_WHO = r"(?P<who>\S.{0,80}?)"


@frozen
class _Syntax:
    """How the line is written with which a message begins, and the one that says the day of those below it."""

    head: re.Pattern[str]
    day: re.Pattern[str] | None = None


_SYNTAXES = (
    _Syntax(re.compile(rf"\[?{_ANY_DAY},?\s{_CLOCK}(?:\]\s| - )(?:(?P<who>[^:：]{{1,80}}): ?)?(?P<text>.*)")),
    _Syntax(
        re.compile(rf"{_CLOCK}(?:\t(?P<who>[^\t]*)\t|[\t ])(?P<text>.+)"),
        re.compile(rf"{_DAY}\s{{0,4}}(?:[（(].{{1,5}}[）)]|星期.|\w+day)"),
    ),
    _Syntax(re.compile(rf"{_WHO}\s{{2,9}}{_CLOCK}"), re.compile(rf"[-—─]{{3,40}}\s{{0,9}}{_DAY}\s{{0,9}}[-—─]{{3,40}}")),
    _Syntax(re.compile(rf"{_DAY}\s{_CLOCK}\s{_WHO}\s?(?P<account>\(\d{{4,12}}\)|<[^<>\s]{{3,80}}>)?")),
    _Syntax(re.compile(rf"{_WHO}\s{{1,9}}{_DAY}\s{_CLOCK}")),
)
_SAMPLE = 300  # lines that tell how it is written
_LEAST = 2  # messages
_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")  # of directions, as WhatsApp writes them
_NAMES = re.compile(
    r"\[LINE\] ?(?P<line>.+)|消息[对對]象[:：](?P<qq>.+)|\s{0,9}(?P<wechat>\S.{0,100}?)\s?(?:在微信上|微信群上)的聊天[记記][录錄].*"
)
_RULE = re.compile(r"={10,}|消息分[组組][:：].*")
_OPENING = re.compile(r"消息[记記][录錄]（.*|(?:保存|[儲储]存)(?:日期|[时時][间間])[:：].*|Saved on:.*")  # before the first message
_NO_NAME = re.compile(r"_?chat|messages?|全部消息记录", re.IGNORECASE)


def read_chat(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The days of the conversations of a file; one in which no message begins is plain text, and so is the log of a program."""
    written = source.text(options, format="chat")
    lines = _MARKS.sub("", written.text).split("\n")
    syntax = max(_SYNTAXES, key=lambda syntax: _heads(lines, syntax))
    if source.suffix == ".log" or _heads(lines, syntax) < _LEAST:
        raise only_text()
    named = groupby(_messages(lines, syntax), key=itemgetter(0))
    conversations = ((name or _name_of(source), (message for _, message in messages)) for name, messages in named)
    yield from documents_of_conversations(source, conversations, written.metadata)


def _heads(lines: list[str], syntax: _Syntax) -> int:
    sample = lines[:_SAMPLE]
    if syntax.day and not any(map(syntax.day.fullmatch, sample)):
        return 0
    heads = [found for line in sample if (found := syntax.head.fullmatch(line))]
    if "text" not in syntax.head.groupindex and (2 * len(heads) > sum(map(bool, sample)) + 1 or (not syntax.day and _is_diary(heads))):
        return 0  # in a log each line has a time, and none is said
    return len(heads)


def _is_diary(heads: list[re.Match[str]]) -> bool:
    """Whether each day stands once, and nobody has an account: the weather of a day, a release and its changes."""
    return len({head["date"] for head in heads}) == len(heads) and not any(head.groupdict().get("account") for head in heads)


def _messages(lines: list[str], syntax: _Syntax) -> Iterator[tuple[str, Message]]:
    """The name of the conversation, where it is said, and each message in it."""
    day_first = _is_day_first(lines, syntax)
    name = day = last = ""
    head: re.Match[str] | None = None
    said: list[str] = []
    begin = 1
    for number, line in enumerate(lines, 1):
        found = syntax.head.fullmatch(line)
        day_line = syntax.day.fullmatch(line) if syntax.day else None
        named = _NAMES.fullmatch(line) if not found else None
        if not (found or day_line or named or _RULE.fullmatch(line) or (not head and _OPENING.fullmatch(line))):
            begin = begin if any(said) else number
            said.append(line)
            continue
        if head:
            message = _message(head, day, said, begin, day_first=day_first)
            yield name, message
            last, said = message.day, []
        elif found and any(said):  # what stands before the first belongs to its day
            first = _message(found, day, [], number, day_first=day_first)
            yield name, Message(first.day, "", "\n".join(said), begin)
        begin = begin if any(said) and not found else number
        head, said = found, [found.groupdict().get("text") or ""] if found else said
        day = day_line["date"] if day_line else day
        name = next(filter(None, named.groups())).strip() if named else name
    if head:
        yield name, _message(head, day, said, begin, day_first=day_first)
    elif any(said):  # what stands behind the last belongs to its day
        yield name, Message(last, "", "\n".join(said), begin)


def _message(head: re.Match[str], day: str, said: list[str], begin: int, *, day_first: bool) -> Message:
    parts = head.groupdict()
    half = (parts["half"] or "") + parts["clock"] + " " + (parts["half2"] or "").replace(".", "").upper()
    moment = to_iso(f"{_year_first(parts.get('date') or day, day_first=day_first)} {half}") or ""
    text = "\n".join(said).strip("\n")
    if text.count("\n") and text.startswith('"') and text.endswith('"'):  # LINE quotes what has several lines
        text = text[1:-1]
    return Message(moment, (parts["who"] or "").strip(), text, begin)


def _year_first(date: str, *, day_first: bool) -> str:
    """17/8/2021, 8/17/21 and 2021/8/17 → 2021/8/17"""
    first, second, third = [*re.split(r"[-/.]", date), "", ""][:3]
    if len(first) == 4:
        return f"{first}/{second}/{third}"
    month, day = (second, first) if day_first else (first, second)
    return f"{third if len(third) == 4 else '20' + third}/{month}/{day}"


def _is_day_first(lines: Iterable[str], syntax: _Syntax) -> bool:
    """Whether a date is written as 17/8/2021, not as in America: where nothing tells, the clock with AM and PM does."""
    heads = [found.groupdict() for line in lines if (found := syntax.head.fullmatch(line))]
    dates = [re.split(r"[-/.]", head["date"]) for head in heads if head.get("date")]
    if any(int(second) > 12 for _, second, _ in dates):
        return False
    return any(int(first) > 12 for first, _, _ in dates) or not any(head["half2"] for head in heads)


def _name_of(source: Source) -> str:
    """What the file is called, or the archive or the folder around it: WhatsApp 與張三的對話.zip!/_chat.txt"""
    if not _NO_NAME.fullmatch(source.stem):
        return source.stem
    around = source.path.rpartition("!/")[0]
    return PurePath(around).stem if around else PurePath(source.path).parent.name or source.stem
