"""A process reads the files that another asks it for, one after the other, and answers with what it finds in them (see `isolation.py`)."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import queue
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from functools import partial
from io import BufferedReader
from typing import IO, Any

from searcher.documents.document import Document, Refused, Skipped, refusal_of
from searcher.documents.formats import by_name
from searcher.documents.processes import isolation
from searcher.documents.processes.wire import NO_MEMORY, described, line_of, parsed, write
from searcher.documents.signs import listening
from searcher.documents.sources.source import MEGABYTE, ReadOptions, Source
from searcher.remarks import Remark, as_data

_LEAST_MEMORY = 576 * MEGABYTE  # with the process that indexes, what a run may take: 700 MB
_GRACE = 5.0  # seconds after which a process ends itself, should nobody be there to kill it


def serve(level: int) -> None:
    """Be such a process: read the files that the standard input asks for, until it is closed."""
    isolation.enter(level)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one above decides
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints does not disturb
    requests: queue.Queue[tuple[Any, bytes]] = queue.Queue()
    threading.Thread(target=_receive, args=(sys.stdin.buffer, requests), daemon=True).start()
    with listening(lambda: write(answers, line_of(("alive", ())))):
        while True:
            request, data = requests.get()
            _answer(request, data, answers)


def _receive(pipe: BufferedReader, requests: queue.Queue[tuple[Any, bytes]]) -> None:
    """Pass on what is asked for; nobody asks any more: end at once, also in the midst of a file."""
    folder = None
    while line := pipe.readline():
        request = parsed(line)
        folder = tempfile.tempdir = request["folder"]
        requests.put((request, pipe.read(request["bytes"])))
    if folder:
        shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def _answer(request: Any, data: bytes, answers: IO[bytes]) -> None:
    options = ReadOptions(**request["options"])
    about = request["source"]
    source = Source(**{**about, "content": data if about["content"] is None else about["content"]})
    _limit_memory(max(_LEAST_MEMORY, 9 * options.max_bytes))
    try:
        format = by_name(request["format"])
        if format is None:
            raise Refused("unsupported", Remark("detail.no-reader", name=request["format"]))
        for item in _watched(format.read(source, options), options.timeout + _GRACE):
            write(answers, line_of(described(item)))
    except Exception as error:
        write(answers, line_of(("refused", _reason(error))))
        if isinstance(error, MemoryError):
            os._exit(1)  # no state to go on from
    else:
        write(answers, line_of(("end", ())))


def _watched(items: Iterable[Document | Skipped], seconds: float) -> Iterator[Document | Skipped]:
    """The same; the process ends itself where the next, or a sign of life, takes longer, even one that holds the interpreter's lock."""
    iterator = iter(items)
    begin = partial(faulthandler.dump_traceback_later, seconds, exit=True)
    with listening(begin):
        while True:
            begin()
            try:
                item = next(iterator, None)
            finally:
                faulthandler.cancel_dump_traceback_later()
            if item is None:
                return
            yield item


def _reason(error: Exception) -> tuple[str, object]:
    """A code, and what as_data makes of a detail."""
    refusal = Refused("too-large", NO_MEMORY) if isinstance(error, MemoryError) else refusal_of(error)
    return refusal.reason, as_data(refusal.detail)


def _limit_memory(count: int) -> None:
    """Where the system can: a request for more memory fails, instead of driving the machine into its swap."""
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(ValueError, OSError):  # macOS knows the name, and refuses
        resource.setrlimit(resource.RLIMIT_AS, (count, resource.getrlimit(resource.RLIMIT_AS)[1]))
