"""How an index keeps in step with files and folders.

Size and time decide first, the digest of the bytes where they differ. What is done is committed every so often,
so that an interrupted run has not worked in vain, and goes on from there when it is started again.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from searcher import views
from searcher.catalogue import Catalogue, FileState, Root, commit, read_catalogue
from searcher.dictionary import Dictionary, default_dictionary
from searcher.documents import CONVERTIBLE, Found, ReadOptions, Skipped, lacks_module, safe_name, walk
from searcher.engine import Store, Writer
from searcher.errors import InvalidOption
from searcher.indexing import stamped
from searcher.reading import ChunkRead, FileRead, Wanted, read_chunk, read_file
from searcher.reports import Progress, Report, Reporter

COMMIT_SECONDS = 20.0
"""How much work an interruption may cost."""

RUNS = "runs-"
"""What the folders begin with in which workers leave what they made, inside the index's own."""

MEMBER = "!/"
"""What stands between an archive and the name of a file in it."""

CHUNK_BYTES = 8 << 20
CHUNK_FILES = 1_000
WORTH_WORKERS = 4 << 20
"""Bytes to read from which on starting other processes pays."""

GREATEST_SHARE_VANISHED = 0.2
FEW_VANISHED = 10
"""So many files may vanish without a question, whatever their share."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to bring in step; without `roots`, what the index knows, read as it was the last time."""

    roots: tuple[Root, ...] = ()
    prune: bool = False
    workers: int = 1
    dictionary: Dictionary = field(default_factory=default_dictionary)
    converters: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass
class _Tally:
    """What a run has done so far."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    removed: int = 0
    done: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    new_digests: set[str] = field(default_factory=set)
    left_out: Counter[str] = field(default_factory=Counter)


def sync(store: Store, order: Order, reporter: Reporter | None) -> Report:
    """Bring the index in step; IndexLocked, IndexUnwritable, and InvalidOption for a path that never was."""
    catalogue = read_catalogue(store)
    roots = _roots(order, catalogue)
    tally = _Tally()
    seen = _walked(store, roots, tally)
    wanted = list(_changed(seen, catalogue, order, tally))
    if wanted or any(catalogue.roots.get(root.path) != root for root in roots):
        _read(store, order, roots, wanted, tally, reporter or _silent)
    _remove_vanished(store, order, roots, seen, tally)
    if not wanted and not tally.removed:
        _note_the_day(store, order)
    tally.skipped.extend(skipped for state in _known(read_catalogue(store), roots).values() for skipped in state.skipped)
    return Report(
        added=tally.added,
        replaced=tally.replaced,
        unchanged=tally.unchanged,
        removed=tally.removed,
        skipped=tuple(tally.skipped),
        left_out=dict(tally.left_out),
        notices=tuple(tally.notices),
    )


def _roots(order: Order, catalogue: Catalogue) -> list[Root]:
    roots = list(order.roots or catalogue.roots.values())
    if not roots:
        raise InvalidOption(option="PATH", value="left out", reason="the index knows no folder yet")
    for root in roots:
        if not Path(root.path).exists() and not any(catalogue.under(root.path)):
            raise InvalidOption(option="PATH", value=root.path, reason="there is no such file or folder")
    return roots


def _known(catalogue: Catalogue, roots: Sequence[Root]) -> dict[str, FileState]:
    """The known files under some roots, each once, though roots may overlap."""
    return {state.path: state for root in roots for state in catalogue.under(root.path)}


def _walked(store: Store, roots: Sequence[Root], tally: _Tally) -> dict[str, tuple[Found, Root]]:
    """The files under the roots, by path, in a fixed order; one under several belongs to the first."""
    seen: dict[str, tuple[Found, Root]] = {}
    never = (os.path.abspath(store.path),)  # noqa: PTH100
    for root in roots:
        for item in walk(
            [root.path], exclude=root.exclude, hidden=root.hidden, gitignore=root.gitignore, never=never, left_out=tally.left_out
        ):
            if isinstance(item, Skipped):
                tally.skipped.append(item)
            else:
                seen.setdefault(item.path, (item, root))
    return seen


def _changed(seen: Mapping[str, tuple[Found, Root]], catalogue: Catalogue, order: Order, tally: _Tally) -> Iterator[Wanted]:
    for path, (found, root) in seen.items():
        known = catalogue.files.get(path)
        if known is None or _reads_otherwise(root, catalogue) or _may_be_read_now(known, order):
            yield Wanted(path, found.shown, None, root.encoding)
        elif (known.size, known.modified_ns) != (found.status.st_size, found.status.st_mtime_ns):
            yield Wanted(path, found.shown, known.digest, root.encoding)
        else:
            tally.unchanged += 1


def _reads_otherwise(root: Root, catalogue: Catalogue) -> bool:
    """Whether the same bytes may give another text than the last time."""
    known = catalogue.roots.get(root.path)
    return known is not None and known.encoding != root.encoding


def _may_be_read_now(known: FileState, order: Order) -> bool:
    """Whether what kept a file, or one in it, from being read is gone: something was not installed, or no command was there for it."""
    return any(_is_mended(skipped, order) and (not known.documents or MEMBER in skipped.path) for skipped in known.skipped)


def _is_mended(skipped: Skipped, order: Order) -> bool:
    command = next((order.converters[suffix] for suffix in order.converters if skipped.path.lower().endswith(suffix)), None)
    if skipped.reason == "missing-dependency":
        return not lacks_module(skipped.path) and (command is None or shutil.which(command[0]) is not None)
    return skipped.reason in CONVERTIBLE and command is not None


def _read(store: Store, order: Order, roots: Sequence[Root], wanted: Sequence[Wanted], tally: _Tally, report: Reporter) -> None:
    """Read what changed, committing every so often; the first commit also notes the roots."""
    _sweep(store)
    with tempfile.TemporaryDirectory(prefix=f"{RUNS}{os.getpid()}-", dir=store.path) as folder:
        chunks = _chunks_read(order, wanted, folder)
        more = True
        while more:
            more = _one_commit(store, order, roots, chunks, len(wanted), tally, report)


def _sweep(store: Store) -> None:
    """Remove the runs of processes that were killed."""
    for left in Path(store.path).glob(f"{RUNS}*"):
        owner = left.name.removeprefix(RUNS).partition("-")[0]
        if not (owner.isdigit() and _is_alive(int(owner))):
            shutil.rmtree(left, ignore_errors=True)


def _is_alive(process: int) -> bool:
    if os.name == "nt":  # there, signal 0 would end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _one_commit(
    store: Store, order: Order, roots: Sequence[Root], chunks: Iterator[ChunkRead | FileRead], total: int, tally: _Tally, report: Reporter
) -> bool:
    """Write until it is time to commit; says whether there may be more."""
    deadline = time.monotonic() + COMMIT_SECONDS
    with store.writer() as writer:
        catalogue = read_catalogue(store)  # anew, for another process may have written since
        catalogue.roots.update((root.path, root) for root in roots)
        more = False
        for chunk in chunks:
            _write(writer, catalogue, chunk, tally)
            report(Progress(tally.done, total, None))
            if time.monotonic() > deadline:
                more = True
                break
        _commit(store, order, writer, catalogue, whole=not more and _is_most(tally, store))
    return more


def _is_most(tally: _Tally, store: Store) -> bool:
    """Whether the run has written half of the documents or more: then it is worth its time to leave them as one for the queries."""
    return 2 * (tally.added + tally.replaced) >= store.snapshot().count


def _write(writer: Writer, catalogue: Catalogue, chunk: ChunkRead | FileRead, tally: _Tally) -> None:
    files = chunk.files if isinstance(chunk, ChunkRead) else (chunk,)
    for file in files:
        _note(writer, catalogue, file, tally)
    if isinstance(chunk, ChunkRead):
        if chunk.run is not None:
            writer.adopt(chunk.run)
    else:
        for record in chunk.records:
            writer.add(record)


def _note(writer: Writer, catalogue: Catalogue, file: FileRead, tally: _Tally) -> None:
    """Take a file's old documents out and its new state in."""
    state, known = file.state, catalogue.files.get(file.state.path)
    tally.done += 1
    if file.same and known is not None:
        tally.unchanged += 1
        catalogue.files[state.path] = replace(known, size=state.size, modified_ns=state.modified_ns)
        return
    if known is not None and known.documents:
        writer.remove_keyword(views.keyword("source", safe_name(state.path)))
        tally.replaced += state.documents
    else:
        tally.added += state.documents
        tally.new_digests.add(state.digest)
    catalogue.files[state.path] = state


def _chunks_read(order: Order, wanted: Sequence[Wanted], folder: str) -> Iterator[ChunkRead | FileRead]:
    options = ReadOptions(converters=order.converters)
    sizes = [_size(item.path) for item in wanted]
    if order.workers < 2 or sum(sizes) < WORTH_WORKERS:
        yield from (read_file(item, options, order.dictionary) for item in wanted)
        return
    chunks = list(_chunks(wanted, sizes))
    with ProcessPoolExecutor(order.workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(partial(read_chunk, options=options, user_words=order.dictionary.user_words, folder=folder), chunks)


def _chunks(wanted: Sequence[Wanted], sizes: Sequence[int]) -> Iterator[list[Wanted]]:
    """Neighbours together, so that the order of the documents, and with it the index, is the same however many work."""
    chunk: list[Wanted] = []
    held = 0
    for item, size in zip(wanted, sizes, strict=True):
        chunk.append(item)
        held += size
        if held >= CHUNK_BYTES or len(chunk) >= CHUNK_FILES:
            yield chunk
            chunk, held = [], 0
    if chunk:
        yield chunk


def _remove_vanished(store: Store, order: Order, roots: Sequence[Root], seen: Iterable[str], tally: _Tally) -> None:
    catalogue = read_catalogue(store)
    present = set(seen)
    vanished = {state.path: state for root in roots for state in _vanished(root.path, catalogue, present, order, tally)}
    if not vanished:
        return
    with store.writer() as writer:
        for state in vanished.values():
            tally.removed += writer.remove_keyword(views.keyword("source", safe_name(state.path)))
            del catalogue.files[state.path]
        _commit(store, order, writer, catalogue)


def _note_the_day(store: Store, order: Order) -> None:
    """That nothing had to be done is noted too, once a day, so that an index in step does not pass for an old one."""
    if str(store.meta.get("updated"))[:10] != datetime.now(timezone.utc).date().isoformat():
        with store.writer() as writer:
            _commit(store, order, writer, read_catalogue(store))


def _vanished(root: str, catalogue: Catalogue, seen: set[str], order: Order, tally: _Tally) -> list[FileState]:
    """The known files of a root that are gone, none where that looks like an accident."""
    known = list(catalogue.under(root))
    gone = [state for state in known if state.path not in seen]
    lost = [state for state in gone if state.digest not in tally.new_digests]  # the others were moved
    if order.prune or not gone:
        return gone
    if len(gone) == len(known) and not any(path == root or path.startswith(os.path.join(root, "")) for path in seen):  # noqa: PTH118
        tally.notices.append(f"{root} is missing or empty: its {len(gone)} files stay in the index (--prune removes them)")
        return []
    if len(lost) > max(FEW_VANISHED, GREATEST_SHARE_VANISHED * len(known)):
        tally.notices.append(f"{len(lost)} of {len(known)} files in {root} have vanished: they stay in the index (--prune removes them)")
        return []
    return gone


def _commit(store: Store, order: Order, writer: Writer, catalogue: Catalogue, *, whole: bool = False) -> None:
    commit(writer, stamped(store.meta, order.dictionary), catalogue, whole=whole)


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0


def _silent(progress: Progress) -> None:
    """Nobody listens."""
