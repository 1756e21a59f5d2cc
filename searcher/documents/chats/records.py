"""Conversations that programs export as JSON: Telegram, Discord, Slack, ChatGPT, Claude."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timezone
from html import unescape
from typing import Any

from searcher.documents.chats.conversations import Message
from searcher.documents.description.dates import to_iso
from searcher.documents.tabular.records import text_in

_EARLIEST, _LATEST = 1e8, 4e9  # seconds since 1970 that are the time of a message: 1973 to 2096; 20210817 is a date
_LONGEST_NAME = 200  # characters; it stands before each message
_PEOPLE = ("user", "assistant")  # others are programs that these call

_REFERENCE = re.compile(r"<([@#!]?)([^<>|\s]{1,2000})(?:\|([^<>|]{1,500}))?>")
"""As Slack writes it: <@U012AB3CD>, <#C024BE7LR|general>, <!here>, <https://example.org|words>."""

Conversation = tuple[str, Iterable[object]]
"""Its name, empty where it says none, and its messages as they are written."""


def conversations_in(value: Any) -> list[Conversation]:
    """The conversations that a file holds; none where it is something else."""
    if isinstance(value, dict):
        chats = value.get("chats")
        several = chats.get("list") if isinstance(chats, dict) else None  # all that an account of Telegram has
        found: list[Conversation | None] = [_conversation(chat) for chat in (several if isinstance(several, list) else [value])]
    elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        found = [("", value)] if is_message(value[0]) else [_conversation(item) for item in value]
        found = found if all(found) else []
    else:
        found = []
    return [conversation for conversation in found if conversation]


def is_message(record: object) -> bool:
    """A message of Telegram, Discord or Slack."""
    if not isinstance(record, dict):
        return False
    telegram = isinstance(record.get("date"), str) and ("from_id" in record or "actor_id" in record)
    discord = isinstance(record.get("timestamp"), str) and isinstance(record.get("author"), dict) and "content" in record
    slack = record.get("type") == "message" and isinstance(record.get("ts"), str)
    return telegram or discord or slack


def messages_of(records: Iterable[Any], people: Mapping[str, str]) -> Iterator[Message]:
    """Each with who said it and when; what somebody did, or sent without words, has no text. `people` of Slack, by their ids."""
    for record in records:
        if isinstance(record, dict):
            when = next((record[name] for name in ("date", "timestamp", "ts", "create_time", "created_at") if record.get(name)), "")
            who = _speaker(record)
            yield Message(_moment(when), people.get(who, who), _text(record, people))


def people_in(value: Any) -> dict[str, str]:
    """The names of people by their ids, as Slack writes them into `users.json`."""
    people = [person for person in (value if isinstance(value, list) else ()) if isinstance(person, dict)]
    names = {
        person["id"]: _speaker({**person, "user_profile": person.get("profile")}) for person in people if isinstance(person.get("id"), str)
    }
    return {known: name[:_LONGEST_NAME] for known, name in names.items() if name}


def _conversation(chat: Any) -> Conversation | None:
    if not isinstance(chat, dict):
        return None
    messages = chat.get("messages", chat.get("chat_messages"))
    if isinstance(messages, list) and ("chat_messages" in chat or any(map(is_message, messages[:10]))):
        return _name(chat), messages
    mapping = chat.get("mapping")  # of ChatGPT: a tree, whose branches are told one after the other
    if isinstance(mapping, dict):
        found = [node["message"] for node in mapping.values() if isinstance(node, dict) and isinstance(node.get("message"), dict)]
        shown = [message for message in found if isinstance(author := message.get("author"), dict) and author.get("role") in _PEOPLE]
        return _name(chat), sorted(shown, key=lambda message: _number(message.get("create_time")))
    return None


def _name(chat: Mapping[str, Any]) -> str:
    """Of a channel of Discord, with that of its guild."""
    places = [part.get("name") for part in (chat.get("guild"), chat.get("channel")) if isinstance(part, dict)]
    parts = (chat.get("name"), chat.get("title"), *places)
    return " ".join(part for part in parts if isinstance(part, str))


def _speaker(record: Mapping[str, Any]) -> str:
    for part in (record.get("user_profile"), record.get("author"), record):
        for name in ("nickname", "display_name", "real_name", "from", "sender", "username", "name", "role", "user"):
            if isinstance(part, dict) and isinstance(part.get(name), str) and part[name]:
                return str(part[name])
    return ""


def _text(record: Mapping[str, Any], people: Mapping[str, str]) -> str:
    content = record.get("content")
    if isinstance(content, dict):  # of ChatGPT
        parts = content.get("parts")
        return "\n".join(part for part in parts if isinstance(part, str)) if isinstance(parts, list) else ""
    text = text_in(record)
    return unescape(_REFERENCE.sub(lambda found: _referred(found, people), text)) if "ts" in record else text


def _referred(found: re.Match[str], people: Mapping[str, str]) -> str:
    """Who, where or what is referred to, as Slack shows it: @張三, #general, the words of a link."""
    kind, known, label = found.groups()
    if not kind:
        return label or known
    name = label or people.get(known, known)
    return f"#{name}" if kind == "#" else f"@{name.removeprefix('@')}"


def _moment(when: object) -> str:
    """A date as it is written, or seconds or thousandths of them since 1970; empty for a number that is neither."""
    seconds = _number(when)
    seconds = seconds / 1000 if seconds > _LATEST else seconds
    if _EARLIEST < seconds < _LATEST:
        return datetime.fromtimestamp(seconds, timezone.utc).isoformat()
    return (to_iso(when) if isinstance(when, str) else None) or ""


def _number(value: object) -> float:
    try:
        return float(value) if isinstance(value, (int, float, str)) else 0.0
    except (ValueError, OverflowError):  # of a whole number of hundreds of digits
        return 0.0
