"""What the same thing is called in another register or language, as other forms of a query: everyday and formal words, English and Chinese.

    expansions("老板")     → 用人单位 and 雇主, as laws say
    expansions("argument") → 參數 and 引數

Only whole words are looked up, and only folded text.
Such words are near each other more often than the same: they weigh little, so that they move the order and make nothing a hit.
The tables (`tables/terms-*.tsv`) hold a word and what it is called besides, and are read forth and back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from searcher.folding import fold_script

_TABLES = Path(__file__).with_name("tables")


@dataclass(frozen=True, slots=True)
class Table:
    """A table, the kind of form it gives, and what a form weighs that is read forth (老板 → 用人单位) and back."""

    name: str
    kind: str
    forth: float
    back: float


REGISTER = Table("terms-register.tsv", "register", forth=0.45, back=0.15)
"""Everyday words and what laws, contracts and offices call the same."""

ENGLISH = Table("terms-english.tsv", "translation", forth=0.45, back=0.45)
"""English terms of computing and what they are called in Chinese."""


@dataclass(frozen=True, slots=True)
class Form:
    """Another word for the same: `target` folded, `shown` as the table has it."""

    target: str
    shown: str
    weight: float


def expansions(folded_text: str, table: Table) -> Iterator[Form]:
    """What else a table calls this word, forth before back."""
    forth, back = _read(table.name)
    yield from (Form(fold_script(shown), shown, table.forth) for shown in forth.get(folded_text, ()))
    yield from (Form(fold_script(shown), shown, table.back) for shown in back.get(folded_text, ()))


@lru_cache(maxsize=4)
def _read(name: str) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """What each word is called besides, and what is called so; keys are folded."""
    text = (_TABLES / name).read_text("utf-8")
    forth: dict[str, list[str]] = {}
    back: dict[str, list[str]] = {}
    for row, folded in zip(text.split("\n")[1:-1], fold_script(text).split("\n")[1:-1], strict=True):
        (word, *others), (key, *keys) = row.split("\t"), folded.split("\t")
        forth[key] = others
        for other in keys:
            back.setdefault(other, []).append(word)
    return forth, back
