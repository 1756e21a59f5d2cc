"""Which synonyms, and which words of their own, does a user's file hold?

Synonyms, a group a line, as Solr and Elasticsearch have them; `#` begins a remark:

    臺積電, 台湾积体电路, TSMC        each is looked for where another is typed
    愛滋 => 艾滋病, AIDS             the others are looked for where 愛滋 is typed, and not the other way round

Words, one a line, as jieba has them: what stands behind the word, a frequency or a kind, is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from searcher.errors import InvalidOption
from searcher.remarks import Remark, of_system

_ARROW = re.compile(r"=>|＝＞|→")
_COMMA = re.compile(r"[,，、;；]")
_LARGEST = 64 << 20  # bytes, more than ten of jieba's own dictionary; a device has no end


def read_synonyms(path: Path) -> dict[str, tuple[str, ...]]:
    """What is looked for beside each text. Errors: InvalidOption, where the file cannot be read or a line says nothing."""
    found: dict[str, dict[str, None]] = {}
    for number, line in _lines(path, "synonyms"):
        left, *right = _ARROW.split(line, maxsplit=1)
        sources = _parts(left)
        targets = _parts(right[0]) if right else sources
        if not sources or not targets or (not right and len(sources) < 2):
            raise InvalidOption(option="synonyms", value=str(path), reason=Remark("reason.synonyms", number=number))
        for source in sources:
            found.setdefault(source, {}).update(dict.fromkeys(target for target in targets if target != source))
    return {source: tuple(targets) for source, targets in found.items()}


def read_words(path: Path) -> tuple[str, ...]:
    """The words, each once. Errors: InvalidOption, where the file cannot be read."""
    return tuple(dict.fromkeys(line.split()[0] for _, line in _lines(path, "dictionary")))


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _COMMA.split(text) if part.strip()]


def _lines(path: Path, option: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their numbers from 1."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        content = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = of_system(error) if isinstance(error, OSError) else Remark("reason.utf8")
        raise InvalidOption(option=option, value=str(path), reason=reason) from error
    if len(data) > _LARGEST:
        raise InvalidOption(option=option, value=str(path), reason=Remark("detail.text-size", limit=_LARGEST >> 20))
    for number, line in enumerate(content.split("\n"), start=1):
        said = re.sub(r"(?:^|\s)#.*", "", line).strip()
        if said:
            yield number, said
