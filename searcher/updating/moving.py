"""Files that were moved are recognised by their bytes, and their documents go on under the new path without being analysed again."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from searcher.documents import readable_name, safe_name
from searcher.documents.description.namedates import date_in_name
from searcher.engine import Handle, Keyword, Record, Request, Snapshot, Writer
from searcher.frozen import frozen
from searcher.records.indexing import relabelled
from searcher.records.kept import values_in
from searcher.text import views
from searcher.text.dictionary import Dictionary
from searcher.updating.catalogue import READER, Catalogue, FileState, Root
from searcher.updating.reading import Wanted, digest_of_file


@frozen
class Move:
    """A known file and the new one that it has become, with what the system said of it before its bytes were compared."""

    known: FileState
    now: Wanted
    status: os.stat_result


def moves(wanted: Iterable[Wanted], seen: Collection[str], known: Iterable[FileState], roots: Iterable[Root]) -> Iterator[Move]:
    """The new files that hold the bytes of a known one that is gone, each known one once.

    Nothing is a move where another name may give another document: another suffix, a text in a forced encoding, a picture in which text is
    looked for only in one of two folders, parts that were skipped.
    """
    roots = list(roots)
    if any(root.encoding for root in roots) or len({root.ocr for root in roots}) > 1:
        return
    new = [item for item in wanted if item.digest is None]
    gone = _gone(known, seen) if new else []
    sizes = {known.size for known in gone}
    alike = _by_content(gone)
    for item in new:
        status, path = _status(item.path), Path(item.path)
        if status is None or status.st_size not in sizes:
            continue
        by_name = alike.get((_digest(item.path, status.st_size), path.suffix))
        if by_name:
            yield Move(_taken(by_name, path.name), item, status)


def take_moves(
    writer: Writer, snapshot: Snapshot, catalogue: Catalogue, found: Iterable[Move], dictionary: Dictionary
) -> tuple[list[Move], int]:
    """Move what was moved, in the index as in the catalogue; gives the moves that were made, and how many documents they brought along."""
    labels: dict[str, Record] = {}
    made: list[Move] = []
    for move in found:
        named = _labels(snapshot, move, dictionary)
        if len(named) == move.known.documents:
            labels.update(named)
            made.append(move)
            catalogue.drop(move.known.path)
            catalogue.put(_state(move))
    writer.relabel(labels)
    return made, len(labels)


def _gone(known: Iterable[FileState], seen: Collection[str]) -> list[FileState]:
    """The known files that gave documents and nothing else, and are gone."""
    return [
        state
        for state in known
        if state.path not in seen and state.documents and not state.skipped and state.reader == READER and not os.path.lexists(state.path)
    ]


def _by_content(files: Iterable[FileState]) -> dict[tuple[str | None, str], dict[str, deque[FileState]]]:
    """Files by their digest and suffix, those that are alike in both by their names: a folder may hold thousands of copies."""
    alike: dict[tuple[str | None, str], dict[str, deque[FileState]]] = {}
    for state in files:
        path = Path(state.path)
        alike.setdefault((state.digest, path.suffix), {}).setdefault(path.name, deque()).append(state)
    return alike


def _taken(by_name: dict[str, deque[FileState]], name: str) -> FileState:
    """Takes out one of this name, else any."""
    found = name if name in by_name else next(iter(by_name))
    state = by_name[found].popleft()
    if not by_name[found]:
        del by_name[found]
    return state


def _labels(snapshot: Snapshot, move: Move, dictionary: Dictionary) -> dict[str, Record]:
    """What the documents of a moved file are called now, by their ids; none where a title or a date may come from the file's name."""
    labels = {}
    renamed = Path(move.known.path).name != Path(move.now.path).name
    for handle in _documents(snapshot, move.known.path):
        values = values_in(snapshot, handle)
        if renamed and _comes_from_name(values, *(Path(readable_name(path)).name for path in (move.known.path, move.now.path))):
            return {}
        labels[values["id"]] = relabelled(values, snapshot.text(handle), _pairs(move), dictionary)
    return labels


def _comes_from_name(values: Mapping[str, Any], old: str, new: str) -> bool:
    """Whether a document's title or date may be other than they were under its new name."""
    return values["title"].startswith(Path(old).stem) or date_in_name(old) != date_in_name(new)


def _pairs(move: Move) -> Sequence[tuple[str, str]]:
    """How the old path and the new one may be written: as ids have it, and as it is shown."""
    old, new = move.known.path, move.now.path
    return ((safe_name(old), safe_name(new)), (readable_name(old), readable_name(new)))


def _documents(snapshot: Snapshot, path: str) -> Iterator[Handle]:
    source = Keyword(views.keyword("source", safe_name(path)))
    return (match.handle for match in snapshot.search(Request(source, ()), limit=None).matches)


def _state(move: Move) -> FileState:
    return replace(move.known, path=move.now.path, modified_ns=move.status.st_mtime_ns, changed_ns=move.status.st_ctime_ns)


def _status(path: str) -> os.stat_result | None:
    try:
        return Path(path).stat()
    except OSError:
        return None


def _digest(path: str, size: int) -> str | None:
    try:
        return digest_of_file(path, size)
    except OSError:
        return None
