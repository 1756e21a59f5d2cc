"""How are many files read, or stored documents analysed anew, by several processes? They leave what they made in a folder of the index."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TypeVar

from searcher.documents import Document, ReadOptions, may_show_text
from searcher.errors import IndexUnwritable, WorkerLost
from searcher.remarks import of_system
from searcher.text.dictionary import Dictionary
from searcher.updating.reading import (
    STOP,
    ChunkRead,
    FileReading,
    SoFar,
    Wanted,
    analyse_chunk,
    read_chunk,
    read_file,
    read_so_far,
    room_of,
    size_of,
)

Item = TypeVar("Item")
Made = TypeVar("Made")

RUNS = "runs-"
"""What the folders begin with in which workers leave what they made, inside the index's own."""

CHUNK_BYTES = 6 << 20
"""So much is read by one worker at a time; the terms of so much Chinese fit into its memory, and are written once."""

CHUNK_FILES = 1_000

AHEAD = 2
"""So many chunks of documents are held for each worker: they are read and sent by this process."""

LOOK = 0.3
"""Seconds after which it is asked how far the others are."""

MOST_WORKERS = 60
"""Windows waits for no more than 63 things at once, and a pool refuses more than 61."""

RECOGNITION = 16
"""So many times as many bytes count of what may show text in pictures: a page of a scan takes seconds."""

MOST_RECOGNISING = 4
"""Workers where text is looked for in pictures, for which each has a process of up to 700 MB."""

WORTH_WORKERS = 4 << 20
"""Bytes to read from which on starting other processes pays."""

FOR_ALL = tuple(getattr(signal, name) for name in ("SIGINT", "SIGHUP") if hasattr(signal, name))
"""What a terminal sends to all that run in it: Ctrl-C, and that it is closed, which Windows has no signal for."""


@contextmanager
def folder_for_runs(index: str | os.PathLike[str]) -> Iterator[str]:
    """A folder for what workers make, inside the index's own. Only the holder of the writer's lock may ask for one: folders that earlier
    runs left, because they were killed or the system could not remove mapped files, are removed.
    """
    for left in Path(index).glob(f"{RUNS}*"):
        shutil.rmtree(left, ignore_errors=True)
    try:
        made = tempfile.TemporaryDirectory(prefix=RUNS, dir=index, ignore_cleanup_errors=True)
    except OSError as error:
        raise IndexUnwritable(path=index, reason=of_system(error)) from error
    with made as folder:
        try:
            yield folder
        except IndexUnwritable as error:  # of the index, not of a folder in it that is gone when the user looks
            raise IndexUnwritable(path=index, reason=error.details["reason"]) from error


def chunks_read(
    wanted: Sequence[Wanted], folder: str, dictionary: Dictionary, converters: Mapping[str, Sequence[str]], workers: int
) -> Generator[ChunkRead | FileReading | SoFar, None, None]:
    """What the files give, in their order, each to be taken before the next is asked for; cut alike however many processes read, so that
    the index is the same, byte for byte. Where several read, a sign of life while the next is not ready.

    WorkerLost where one of the processes is ended: by the system, or because it cannot run the calling script once more.
    """
    options = ReadOptions(converters=converters)
    sizes = [max(0, size_of(item.path)) * (RECOGNITION if item.ocr and may_show_text(item.path) else 1) for item in wanted]
    if any(item.ocr for item in wanted):
        workers = min(workers, MOST_RECOGNISING)
    if sum(sizes) < WORTH_WORKERS:
        yield from (read_file(item, options, dictionary) for item in wanted)
        return
    read = partial(read_chunk, options=options, user_words=dictionary.user_words, folder=folder)
    yield from _made(read, _chunks(zip(wanted, sizes, strict=True)), folder, workers, ahead=len(wanted))


def runs_of(documents: Iterable[Document], folder: str, dictionary: Dictionary, workers: int) -> Generator[str | SoFar, None, None]:
    """Documents that are stored already as runs for the writer to adopt, in their order; cut alike, and the rest as for files."""
    make = partial(analyse_chunk, user_words=dictionary.user_words, folder=folder)
    chunks = _chunks((document, room_of(document)) for document in documents)
    first = [*islice(chunks, 2)]
    yield from _made(make, chain(first, chunks), folder, workers if len(first) > 1 else 1, ahead=AHEAD * workers)


def _made(
    make: Callable[[list[Item]], Made], chunks: Iterator[list[Item]], folder: str, workers: int, ahead: int
) -> Generator[Made | SoFar, None, None]:
    """What is made of each chunk, in their order; `ahead`: so many are begun before the first is taken."""
    if workers < 2:
        yield from map(make, chunks)
        return
    try:
        with _uninterrupted():  # a process that looks after semaphores starts
            pool = ProcessPoolExecutor(min(workers, MOST_WORKERS), get_context("spawn"), initializer=_begin)
        with pool:
            yield from _in_order(pool, make, chunks, folder, ahead)
    except BrokenProcessPool as error:
        raise WorkerLost from error


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Processes that are started meanwhile know nothing of what a terminal sends to all: what comes is for this one, behind it.

    What is blocked here is not in threads of others, as numpy's matrix library has some, and what they get Python raises in the main one.
    So it is kept there, too. On Windows, where processes inherit that they ignore it, this one ignores it meanwhile.
    """
    came: list[int] = []
    main = threading.current_thread() is threading.main_thread()
    handlers = {number: signal.signal(number, lambda number, _: came.append(number)) for number in FOR_ALL if main}
    blocks = hasattr(signal, "pthread_sigmask")  # not on Windows
    before = signal.pthread_sigmask(signal.SIG_BLOCK, FOR_ALL) if blocks else ()
    _ignore_console(True)
    try:
        yield
    finally:
        _ignore_console(False)
        if blocks:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for number, handler in handlers.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)  # None: it was set by no Python
        for number in came[:1]:
            signal.raise_signal(number)


def _begin() -> None:
    """A process of the pool lets the one that made it decide what Ctrl-C means, but for commands that it starts; and it ends when that one
    is killed: it holds both ends of its queue, and would wait for ever.
    """
    for number in FOR_ALL:
        if signal.getsignal(number) is not signal.SIG_IGN:  # as under nohup: commands are to ignore it, too
            signal.signal(number, lambda *_: None)  # not ignored: that would be inherited
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, FOR_ALL)
    _ignore_console(False)
    threading.Thread(target=_end_behind, args=(parent_process(),), daemon=True).start()


def _ignore_console(ignored: bool) -> None:
    """Whether this process, and what it starts from now on, is told of the Ctrl-C of a console of Windows."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetConsoleCtrlHandler(None, ignored)


def _end_behind(parent: BaseProcess | None) -> None:
    if parent is not None:
        parent.join()
        os._exit(1)


def _in_order(
    pool: ProcessPoolExecutor, make: Callable[[list[Item]], Made], chunks: Iterator[list[Item]], folder: str, ahead: int
) -> Iterator[Made | SoFar]:
    waiting: deque[Future[Made]] = deque()
    try:
        while True:
            with _uninterrupted():  # the pool starts its processes as it is given work
                waiting.extend(pool.submit(make, chunk) for chunk in islice(chunks, ahead - len(waiting)))
            if not waiting:
                return
            yield waiting.popleft().result() if wait((waiting[0],), LOOK).done else read_so_far(folder)
    except BaseException:  # an interrupt, or an error: a worker that has begun, or has its next chunk already, ends with the file it reads
        Path(folder, STOP).touch()
        pool.shutdown(cancel_futures=True)  # it cancels: where a worker is killed meanwhile, it stumbles over what others have cancelled
        raise


def _chunks(items: Iterable[tuple[Item, int]]) -> Iterator[list[Item]]:
    """Neighbours together, each with its bytes."""
    chunk: list[Item] = []
    held = 0
    for item, size in items:
        chunk.append(item)
        held += size
        if held >= CHUNK_BYTES or len(chunk) >= CHUNK_FILES:
            yield chunk
            chunk, held = [], 0
    if chunk:
        yield chunk
