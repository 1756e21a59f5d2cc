"""What is said in turns in one record, as programs that converse are taught by it: a line a turn, with who said it before it.

{"messages": [{"role": "user", "content": "…"}, {"role": "assistant", "content": "…"}]}
{"conversations": [{"from": "human", "value": "…"}, {"from": "gpt", "value": "…"}]}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

_LISTS = ("messages", "conversations", "conversation", "dialogue", "dialog", "对话", "對話")
_SPEAKERS = ("role", "from", "speaker")
_WORDS = ("content", "value", "text")
_LONGEST_NAME = 50  # characters of who stands before each turn


def turns_in(record: Mapping[str, object]) -> list[tuple[str, str]]:
    """Who said what, turn by turn; nothing where a record has no such list."""
    return next(filter(None, (list(_turns(record[name])) for name in _LISTS if name in record)), [])


def opening(record: Mapping[str, object]) -> str:
    """What is said first, behind what a system was told."""
    return next((said for who, said in turns_in(record) if who != "system"), "")


def _turns(value: object) -> Iterator[tuple[str, str]]:
    """Who said what, of a list in which each member tells who; none of another list."""
    items = value if isinstance(value, list) else []
    turns = [(_first(item, _SPEAKERS), _first(item, _WORDS)) for item in items if isinstance(item, dict)]
    if len(turns) == len(items) and all(who and len(who) <= _LONGEST_NAME for who, _ in turns):
        yield from ((who, said) for who, said in turns if said)


def _first(item: Mapping[str, object], names: Sequence[str]) -> str:
    """The text of the first of these that a turn has; the texts of a list of parts, of which others are pictures."""
    value = next((item[name] for name in names if name in item), None)
    parts = [part.get("text") for part in value if isinstance(part, dict)] if isinstance(value, list) else [value]
    return "\n".join(part for part in parts if isinstance(part, str)).strip()
