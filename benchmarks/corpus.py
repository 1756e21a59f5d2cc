"""Real texts, as many as a benchmark wants: where a corpus ends, it begins anew with other words.

A corpus is a file with a JSON object on each line, which has a `text` and perhaps a `title`, plain or packed with xz or gzip; or a folder
of files of any kind, whose documents are read as `searcher index` reads them.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import lzma
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any, TextIO

from searcher import Document, read_documents

HAN = re.compile(r"[\u4e00-\u9fff]")
COMMON = "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
EVERY = 20
"""One in so many Han characters is another in each round, so that the vocabulary goes on growing as that of new texts does."""


WHAT = "JSON lines with a `text` and perhaps a `title`, .xz and .gz too; or a folder of files"


def parser(description: str | None, *, needed: bool = True) -> argparse.ArgumentParser:
    """What reads the options of a benchmark that takes a corpus; the caller adds its own."""
    made = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument(
        "corpus",
        type=Path,
        nargs=None if needed else "?",
        help="JSON lines with a `text` and perhaps a `title`, .xz and .gz too; or a folder of files",
    )
    return made


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file, or the documents of a folder as such objects; what cannot be read is left out."""
    if path.is_dir():
        found = (document for document in read_documents(path) if isinstance(document, Document))
        yield from ({"title": document.title, "text": document.text} for document in found)
        return
    opened: dict[str, Any] = {".xz": lzma.open, ".gz": gzip.open}
    with opened.get(path.suffix, open)(path, "rb") as file:
        text: TextIO = io.TextIOWrapper(file, "utf-8")
        for number, line in enumerate(text, start=1):
            row = json.loads(line)
            if not isinstance(row.get("text"), str):
                raise SystemExit(f"{path}, line {number}: it has no `text`")
            yield row


def endless_rows(corpus: Path) -> Iterator[dict[str, Any]]:
    """The objects of a corpus, then all of them again and again, each time with other changes of their texts."""
    for round in count():
        for row in read_rows(corpus):
            yield {**row, "text": changed(row["text"], round)}


def passages(texts: Iterator[str], length: int) -> Iterator[str]:
    """Texts cut into passages of so many characters; 0: not at all."""
    for text in texts:
        yield from (text[start : start + length] for start in range(0, len(text), length)) if length else (text,)


def changed(text: str, round: int) -> str:
    """A text of the same length, in which every 20th Han character is another, which the round chooses; in round 0 the text itself."""
    if not round:
        return text
    place = count()
    return HAN.sub(lambda match: COMMON[(ord(match[0]) + round) % len(COMMON)] if next(place) % EVERY == 0 else match[0], text)
