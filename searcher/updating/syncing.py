"""How an index keeps in step with files and folders.

Size and times decide first, the digest of the bytes where they differ. What is done is committed every so often,
so that an interrupted run has not worked in vain, and goes on from there when it is started again.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from itertools import islice
from pathlib import Path
from typing import TypedDict

from searcher.documents import PICTURE, Skipped, lacks_module, walk
from searcher.engine import Lock, Store, Writer
from searcher.errors import IndexLocked, IndexUnwritable, InvalidOption, InvalidPath, MissingDependency
from searcher.frozen import frozen
from searcher.remarks import Remark
from searcher.text.dictionary import Dictionary, default_dictionary
from searcher.updating.catalogue import TRIED_ONCE, Catalogue, FileState, Root, commit, lies_under, take_out
from searcher.updating.changes import Seen, changed
from searcher.updating.description import stamped
from searcher.updating.holding import Held
from searcher.updating.moving import Move, moves, take_moves
from searcher.updating.reading import ChunkRead, FileRead, FileReading, SoFar, Wanted
from searcher.updating.reports import Progress, Report, Reporter
from searcher.updating.workers import chunks_read, folder_for_runs

COMMIT_SECONDS = 20.0
"""How much work an interruption may cost."""

MOST_MOVES = 20_000
"""Files are moved in batches of so many: each takes 10 kB of memory for its new names, and for each batch much of the index is read."""

GREATEST_SHARE_VANISHED = 0.2
FEW_VANISHED = 10
"""So many files may vanish without a question, whatever their share."""


class SyncOptions(TypedDict, total=False):
    """The options of `Index.sync`, for those who hand them on."""

    exclude: str | Sequence[str]
    prune: bool
    encoding: str | None
    hidden: bool
    gitignore: bool
    ocr: bool | None
    workers: int
    converters: Mapping[str, Sequence[str]] | None
    progress: Reporter | None


@frozen
class Order:
    """What to bring in step; without `roots`, what the index knows, read as it was the last time.

    `told`: of all that, these files and folders alone, with what lies below them.
    """

    roots: tuple[Root, ...] = ()
    told: frozenset[str] | None = None
    prune: bool = False
    workers: int = 1
    dictionary: Dictionary = field(default_factory=default_dictionary)
    converters: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass
class _Tally:
    """What a run has done so far."""

    added: int = 0
    replaced: int = 0
    moved: int = 0
    unchanged: int = 0
    removed: int = 0
    done: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    """The files that this run has read, and that did not give all."""
    notices: list[str] = field(default_factory=list)
    new_digests: set[str] = field(default_factory=set)
    left_out: Counter[str] = field(default_factory=Counter)
    closed: list[str] = field(default_factory=list)
    """Folders that could not be entered: what lies in them must not be taken for vanished."""


def sync(store: Store, order: Order, reporter: Reporter | None, held: Held | None = None) -> Report:
    """Bring the index in step; IndexLocked, IndexUnwritable, and InvalidOption for a path that never was.

    `held` is the same in all runs of a program that goes on: it keeps the catalogue.
    """
    held = held or Held()
    generation = store.generation
    look = _look(store, order, held)
    if not look.is_in_step:
        with store.locked() as lock:
            if held.is_old(store):  # another process has written before the lock was ours: of other roots, perhaps
                look = _look(store, order, held)
            _Run(store, lock, look, reporter or (lambda _: None)).bring_in_step()
            held.renew(store)
    held.give_back(look.catalogue)
    if store.generation == generation:
        _note_the_day(store, order)
    tally = look.tally
    known_skipped: list[Skipped] = []
    for state in look.known:
        (tally.skipped if state.path in tally.unread else known_skipped).extend(state.skipped)
    return Report(
        added=tally.added,
        replaced=tally.replaced,
        moved=tally.moved,
        unchanged=tally.unchanged,
        removed=tally.removed,
        skipped=tuple(tally.skipped),
        left_out=dict(tally.left_out),
        notices=tuple(tally.notices),
        known_skipped=tuple(known_skipped),
    )


@frozen
class _Look:
    """What is to be brought in step, and how it was found: the files under the roots by path, in a fixed order, beside what is known."""

    order: Order
    catalogue: Catalogue
    roots: Sequence[Root]
    seen: Mapping[str, Seen]
    tally: _Tally

    @property
    def known(self) -> Sequence[FileState]:
        """The known files that are to be looked at."""
        if self.order.told is None:
            return self.catalogue.known(self.roots)
        return [state for state in self.catalogue.among(self.order.told) if any(lies_under(state.path, root.path) for root in self.roots)]

    @property
    def changed(self) -> Iterator[Wanted]:
        """The files that may give something else than what is known of them."""
        return changed(self.seen, self.catalogue, self.order.converters)

    @property
    def is_in_step(self) -> bool:
        """Whether nothing is to be done."""
        return (
            all(self.catalogue.roots.get(root.path) == root for root in self.roots)
            and not any(self.changed)
            and all(state.path in self.seen for state in self.known)
        )


def _look(store: Store, order: Order, held: Held) -> _Look:
    catalogue, tally = held.take(store), _Tally()
    roots = _roots(order, catalogue, tally)
    if any(root.ocr for root in roots) and lacks_module(PICTURE):
        raise MissingDependency(what=Remark("what.recognition"), requirement="searcher[ocr]")
    if any(catalogue.roots.get(root.path) != root for root in roots):  # all may be read in another way
        order = replace(order, told=None)
    seen = _walked(store, roots, order.told, tally)
    tally.unchanged = len(seen)
    return _Look(order, catalogue, roots, seen, tally)


def _roots(order: Order, catalogue: Catalogue, tally: _Tally) -> list[Root]:
    """The roots that were asked for, and the known ones inside them, which are read in their own way; or all that are known."""
    if not order.roots and not catalogue.roots:
        raise InvalidOption(option="PATH", value=Remark("reason.left-out"), reason=Remark("reason.no-root"))
    for root in order.roots:
        if not Path(root.path).exists() and not any(catalogue.under(root.path)):
            raise InvalidPath(value=root.path, reason=Remark("system.nowhere"))
    if not order.roots:
        missing = [path for path in catalogue.roots if not Path(path).exists() and not any(catalogue.under(path))]
        tally.notices.extend(Remark("notice.missing", root=path) for path in missing)
        return [root for path, root in catalogue.roots.items() if path not in missing]
    asked = {root.path: root for root in order.roots}
    asked = {path: replace(root, ocr=_was_recognised(path, catalogue)) if root.ocr is None else root for path, root in asked.items()}
    inside = [known for path, known in catalogue.roots.items() if any(lies_under(path, root) for root in asked)]
    return [*(root for root in inside if root.path not in asked), *asked.values()]


def _was_recognised(path: str, catalogue: Catalogue) -> bool:
    """Whether text was looked for in the pictures of a folder the last time: to find it took long, and it is not given up unasked."""
    known = catalogue.roots.get(path)
    return known is not None and bool(known.ocr)


def _walked(store: Store, roots: Sequence[Root], told: frozenset[str] | None, tally: _Tally) -> dict[str, Seen]:
    """The files under the roots, by path, in a fixed order; one under several belongs to the first."""
    seen: dict[str, Seen] = {}
    never = (os.path.abspath(store.path),)  # noqa: PTH100
    for root in roots:
        for item in walk(
            [root.path],
            exclude=root.exclude,
            hidden=root.hidden,
            gitignore=root.gitignore,
            never=never,
            among=told,
            left_out=tally.left_out,
            closed=tally.closed,
        ):
            if isinstance(item, Skipped):
                tally.skipped.append(item)
            elif item.path not in seen:
                seen[item.path] = Seen.of(item, root)
    return seen


class _Run:
    """A run that has something to do. The writer's lock is held from its beginning to its end, over all its commits."""

    def __init__(self, store: Store, lock: Lock, look: _Look, report: Reporter) -> None:
        self._store, self._lock, self._look, self._report = store, lock, look, report
        self._order, self._catalogue, self._tally = look.order, look.catalogue, look.tally
        self._total = self._begun = self._told = 0
        self._before = store.snapshot().count
        self._is_news = False  # something was learnt that no commit holds yet
        self._left = self._left_roots()

    def bring_in_step(self) -> None:
        """Read what changed, take in what was moved, remove what has vanished. Afterwards the catalogue tells what the index does."""
        seen, roots, known = self._look.seen, self._look.roots, self._look.known
        wanted = list(self._look.changed)
        self._tally.unchanged = len(seen) - len(wanted)
        self._total = len(wanted)
        self._is_news = any(self._catalogue.roots.get(root.path) != root for root in roots)
        self._catalogue.roots.update((root.path, root) for root in roots)
        moved = self._take_moves(wanted, seen)
        wanted = [item for item in wanted if item.path not in moved]
        if wanted or self._is_news:
            self._read(wanted)
        self._remove_vanished([state for state in known if state.path not in seen and state.path in self._catalogue.files])

    def _take_moves(self, wanted: Sequence[Wanted], seen: Collection[str]) -> set[str]:
        """The new paths of what was moved: taken so many at a time, and committed every so often."""
        catalogue, told = self._catalogue, self._order.told
        found = moves(wanted, seen, catalogue.files.values() if told is None else catalogue.among(told), catalogue.roots.values())
        taken: set[str] = set()
        batch = list(islice(found, MOST_MOVES))
        while batch:
            with self._writer() as writer:
                deadline = time.monotonic() + COMMIT_SECONDS
                while batch:
                    taken.update(self._moved(writer, batch))
                    batch = list(islice(found, MOST_MOVES))
                    if time.monotonic() > deadline:
                        break
                if not batch:
                    self._forget_emptied(writer)
                self._commit(writer, whole=not batch and self._is_most())
        return taken

    def _left_roots(self) -> list[str]:
        """The known roots that are gone while the index holds files of them, where the user says what to look at instead."""
        known = self._catalogue.roots if self._order.roots else ()
        return [path for path in known if not Path(path).exists() and any(self._catalogue.under(path))]

    def _emptied(self) -> list[str]:
        """The left roots of which all files were found elsewhere: moved, or, where that cannot be, read anew."""
        catalogue, arrived = self._catalogue, self._tally.new_digests
        left = (path for path in self._left if path in catalogue.roots)
        return [path for path in left if all(state.digest in arrived for state in catalogue.under(path))]

    def _forget_emptied(self, writer: Writer) -> None:
        """Forget such roots with what is known of them: nothing is to be kept in step, and every later run would miss them."""
        for path in self._emptied():
            self._drop(writer, [state.path for state in self._catalogue.under(path)])
            del self._catalogue.roots[path]
            self._tally.notices.append(Remark("notice.moved", root=path))

    def _drop(self, writer: Writer, paths: Iterable[str]) -> None:
        """Take files out of the index and of what is known."""
        for path in paths:
            self._tally.removed += take_out(writer, path)
            self._catalogue.drop(path)

    def _moved(self, writer: Writer, batch: Sequence[Move]) -> set[str]:
        """Move what can be; gives the new paths."""
        self._tell(self._tally.done)
        made, documents = take_moves(writer, self._store.snapshot(), self._catalogue, batch, self._order.dictionary)
        self._tally.moved += documents
        self._tally.done += len(made)
        return {move.now.path for move in made}

    def _read(self, wanted: Sequence[Wanted]) -> None:
        """Read files, committing every so often; the first commit also notes the roots."""
        self._begun = self._tally.done
        self._tell(self._begun)
        order = self._order
        with (
            folder_for_runs(self._store.path) as folder,  # which the workers leave before it goes, after an interrupt, too
            closing(chunks_read(wanted, folder, order.dictionary, order.converters, order.workers)) as chunks,
        ):
            while self._one_commit(chunks):
                pass

    def _one_commit(self, chunks: Iterator[ChunkRead | FileReading | SoFar]) -> bool:
        """Write until it is time to commit; says whether there may be more."""
        deadline = time.monotonic() + COMMIT_SECONDS
        more = False
        with self._writer() as writer:
            for chunk in chunks:
                if isinstance(chunk, SoFar):
                    self._tell(self._begun + chunk.files)
                else:
                    self._write(writer, chunk)
                    self._tell(self._tally.done)
                if time.monotonic() > deadline:
                    more = True
                    break
            whole = not more and self._is_most()
            if self._is_news or whole:
                self._commit(writer, whole=whole)
            else:
                writer.cancel()
        return more

    def _tell(self, done: int) -> None:
        """Report how many files are done: what was read counts, though it is not written yet."""
        self._told = max(self._told, done)
        self._report(Progress(self._told, self._total, None))

    def _is_most(self) -> bool:
        """Whether the run has written half of the documents or more: then it is worth its time to leave them as one for the queries."""
        written = self._tally.added + self._tally.replaced + self._tally.moved
        return written > 0 and 2 * written >= self._store.snapshot().count

    def _write(self, writer: Writer, chunk: ChunkRead | FileReading) -> None:
        if isinstance(chunk, FileReading):
            self._write_records(writer, chunk)
            return
        for file in chunk.files:
            self._note(writer, file)
        if chunk.run is not None:
            writer.adopt(chunk.run)

    def _write_records(self, writer: Writer, file: FileReading) -> None:
        """Take the records of a file in while it is read, behind the first of which its old documents go."""
        before = None
        for record in file.records:
            if before is None:
                before = take_out(writer, file.path)
            writer.add(record)
        self._note(writer, file.end(), before)

    def _note(self, writer: Writer, file: FileRead, before: int | None = None) -> None:
        """Take a file's old documents out, unless that was done and there were so many before, and its new state in."""
        state, known, tally = file.state, self._catalogue.files.get(file.state.path), self._tally
        tally.done += 1
        if file.same and known is not None:
            tally.unchanged += 1
            self._learn(replace(known, size=state.size, modified_ns=state.modified_ns, changed_ns=state.changed_ns))
            return
        if file.closed and known is not None and known.documents:  # what it held stays until it can be read again
            tally.skipped.extend(state.skipped)
            return
        if state.skipped:
            tally.unread.add(state.path)
        if known is None:
            tally.new_digests.add(state.digest)
        before = take_out(writer, state.path) if before is None else before
        tally.replaced += min(before, state.documents)
        tally.added += max(0, state.documents - before)
        tally.removed += max(0, before - state.documents)
        self._is_news = self._is_news or before > 0
        self._learn(_to_be_tried_again(state, known))

    def _learn(self, state: FileState) -> None:
        self._is_news = self._is_news or self._catalogue.files.get(state.path) != state
        self._catalogue.put(state)

    def _remove_vanished(self, missing: Sequence[FileState]) -> None:
        vanished = (_vanished(root.path, missing, self._look) for root in self._look.roots)
        gone = {state.path: state for states in vanished for state in states}
        if not gone and not self._emptied():
            return
        with self._writer() as writer:
            self._drop(writer, gone)
            self._forget_emptied(writer)
            self._commit(writer)

    def _writer(self) -> Writer:
        return self._store.writer(lock=self._lock)

    def _commit(self, writer: Writer, *, whole: bool = False) -> None:
        anew = self._tally.replaced + self._tally.removed >= self._before
        commit(writer, stamped(self._store.meta, self._order.dictionary, anew=anew), self._catalogue, whole=whole)
        self._is_news = False


def _to_be_tried_again(state: FileState, known: FileState | None) -> FileState:
    """A state by which the next run reads the file once more, where something in it took too long, and not for the second time."""
    is_slow = any(skipped.reason == "timeout" for skipped in state.skipped)
    was_tried = known is not None and known.reader == TRIED_ONCE and known.digest == state.digest
    return replace(state, reader=TRIED_ONCE) if is_slow and not was_tried else state


def _note_the_day(store: Store, order: Order) -> None:
    """That nothing had to be done is noted too, once a day, so that an index in step does not pass for an old one."""
    if str(store.meta.get("updated"))[:10] != datetime.now(timezone.utc).date().isoformat():
        with suppress(IndexLocked, IndexUnwritable), store.writer(timeout=0) as writer:  # who writes now notes it, too
            writer.commit(meta=stamped(store.meta, order.dictionary))


def _vanished(root: str, missing: Sequence[FileState], look: _Look) -> list[FileState]:
    """The known files of a root that are gone, none where that looks like an accident."""
    order, seen, tally = look.order, look.seen, look.tally
    below = (state for state in missing if lies_under(state.path, root))
    gone = [state for state in below if not any(lies_under(state.path, closed) for closed in tally.closed)]
    lost = [state for state in gone if state.digest not in tally.new_digests]  # the others were moved
    if order.prune or not gone:
        return gone
    if order.told is not None and not os.path.lexists(root):  # a disk that went: when all is looked through, that is told
        return []
    known = list(look.catalogue.under(root))
    if len(gone) == len(known) and not any(lies_under(path, root) for path in seen):
        tally.notices.append(Remark("notice.empty", root=root, count=len(gone)))
        return []
    if len(lost) > max(FEW_VANISHED, GREATEST_SHARE_VANISHED * len(known)):
        tally.notices.append(Remark("notice.vanished", count=len(lost), known=len(known), root=root))
        return []
    return gone
