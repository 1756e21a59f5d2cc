"""What is remarked where a query may have been meant otherwise: or for OR, titel: for title:, ls -la for a command?"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from searcher.query import fields
from searcher.query.lexer import Token
from searcher.remarks import Remark

_FIELD = re.compile("(?P<name>[^:：]{1,64})[:：](?!//)(?P<value>.*)", re.DOTALL)
_OPTION = re.compile("[a-z]{1,3}", re.ASCII)
_NEAR = re.compile("NEAR(?:/[0-9]{1,4})?", re.ASCII)


def hints(found: Sequence[Token], known: Collection[str]) -> Iterator[Remark]:
    """The remarks on the parts of a query; `known`: fields beside the built-in ones."""
    yield from _small_operators(found)
    yield from _of_capitals(found)
    yield from _odd_fields(found, known)
    yield from _command_options(found)


def _small_operators(found: Sequence[Token]) -> Iterator[Remark]:
    """A remark where `or`, `and` or `not` stands between terms in Han characters, which need no such word: capitals were meant, perhaps;
    and where NEAR does, which other programs have.
    """
    words = dict.fromkeys(token.text for token in found[1:-1] if token.kind == "word")
    inner = [word for word in words if word in ("or", "and", "not")]
    near = [word for word in words if _NEAR.fullmatch(word)]
    if (inner or near) and any("\u3400" <= character <= "\u9fff" for token in found for character in token.text):
        yield from (Remark("notice.small", word=word, operator=word.upper()) for word in inner)
        yield from (Remark("notice.near", word=word) for word in near)


def _of_capitals(found: Sequence[Token]) -> Iterator[Remark]:
    """A remark where NOT was read as a word, for with the capitals beside it that is English: 404 NOT FOUND."""
    for word, behind in pairwise(found):
        if (word.kind, word.text, word.value, behind.kind) == ("word", "NOT", False, "word"):
            yield Remark("notice.capitals", word=behind.text.lower())


def _odd_fields(found: Sequence[Token], known: Collection[str]) -> Iterator[Remark]:
    """A remark where a word begins like a mistyped field, titel:商汤, or is one that a space stands behind, title: 商汤."""
    for number, token in enumerate(found):
        named = _FIELD.fullmatch(token.text) if token.kind == "word" else None
        if named is None:
            continue
        if named["value"] and (nearest := fields.nearest(named["name"], known)):
            yield Remark("notice.field", typed=named["name"], name=nearest)
        elif not named["value"] and number + 1 < len(found) and fields.canonical(named["name"], known):
            yield Remark("notice.apart", field=token.text)


def _command_options(found: Sequence[Token]) -> Iterator[Remark]:
    """A remark where a minus may belong to a command that was pasted: ls -la."""
    if all(token.text.isascii() for token in found):
        behind = (word.text for minus, word in pairwise(found[1:]) if (minus.kind, word.kind) == ("minus", "word"))
        yield from (Remark("notice.option", word=word) for word in dict.fromkeys(behind) if _OPTION.fullmatch(word))
