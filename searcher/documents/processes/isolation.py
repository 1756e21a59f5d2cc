"""A parser runs in a process of its own, so that a crash or a hang costs one file.

The process is started when the first such file is met, reads the next ones too, and is killed and replaced
where it crashes, keeps silent longer than the time-out, or says more than it may.
Between the two go lines of JSON, and the bytes of a source behind its line; nothing is unpickled.
What an archive holds is read in a process beside the archive's own, so that it costs itself alone; nothing is deeper than that.
"""

from __future__ import annotations

import atexit
import contextlib
import dataclasses
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator

from searcher.documents.document import Document, Refused, Skipped
from searcher.documents.processes.wire import NO_MEMORY, Crashed, item_of, line_of, message_of, refused_of, write
from searcher.documents.signs import give_sign
from searcher.documents.sources.format import Format, Reader
from searcher.documents.sources.source import MEGABYTE, ReadOptions, Source
from searcher.remarks import Remark

_DEEPEST = 2  # a process for a file, one for what lies in it
_FILES_A_PROCESS = 500  # then a new one begins, so that what a parser leaks stays bounded
_IDLE = 4  # processes kept for the next files
_LONGEST = 60  # time-outs that all of one file may take, also where it gives a sign of life now and then
_SHARE_INSIDE = 0.5  # of the time-out, for what lies inside: it must be given up before what holds it
_RECOGNITION = 5.0  # time-outs, where text is looked for in pictures: a page of a newspaper takes a minute on a busy machine

_BEGIN = "import sys; sys.path[:] = sys.argv[2:]; from searcher.documents.processes.serving import serve; serve(int(sys.argv[1]))"


def isolated(format: Format) -> Reader:
    """The reader of a format, in a process of its own; a crash is Refused("damaged"), a hang Refused("timeout")."""

    def read(source: Source, options: ReadOptions) -> Iterable[Document | Skipped]:
        return format.read(source, options) if _pool.level >= _DEEPEST else _pool.read(format.name, source, options)

    return read


def enter(level: int) -> None:
    """Be a process that so many others stand above."""
    _pool.level = level


def close_idle() -> None:
    """End the processes that wait for files; the next file starts one again."""
    _pool.close()


class _Pool:
    """Processes that wait for files; `level` counts the processes above this one."""

    def __init__(self, level: int) -> None:
        self.level = level
        self._idle: deque[_Process] = deque()
        self._owner = os.getpid()

    def read(self, format: str, source: Source, options: ReadOptions) -> Iterator[Document | Skipped]:
        """What the reader of a format gives; that a process which served before crashes at once, or has no memory left, is not this
        file's fault: once again.
        """
        share = (_SHARE_INSIDE if self.level else 1.0) * (_RECOGNITION if options.ocr else 1.0)
        options = dataclasses.replace(options, timeout=options.timeout * share)
        process = self._waiting() or self._started()
        answered = False
        while True:
            try:
                for item in self._answers(process, format, source, options):
                    answered = True
                    yield item
                return
            except Crashed as crash:
                if answered or process.files == 1:
                    raise Refused("damaged", crash.what) from crash
            except Refused as refusal:
                if answered or process.files == 1 or refusal.detail != NO_MEMORY:
                    raise
            process = self._started()

    def close(self) -> None:
        while process := self._waiting():
            process.close()

    def _answers(self, process: _Process, format: str, source: Source, options: ReadOptions) -> Iterator[Document | Skipped]:
        try:
            yield from process.read(format, source, options)
        finally:
            if process.ready and process.files < _FILES_A_PROCESS and len(self._idle) < _IDLE:
                self._idle.append(process)
            else:
                process.close()

    def _started(self) -> _Process:
        atexit.unregister(close_idle)
        atexit.register(close_idle)
        return _Process(self.level + 1)

    def _waiting(self) -> _Process | None:
        if self._owner != os.getpid():  # a fork: the processes are those of its parent
            self._owner = os.getpid()
            for process in self._idle:
                process.forget()
            self._idle.clear()
        with contextlib.suppress(IndexError):
            while True:
                process = self._idle.pop()
                if process.is_alive():
                    return process
                process.close()
        return None


_pool = _Pool(0)


class _Process:
    """One process that reads files, one after the other."""

    def __init__(self, level: int) -> None:
        self.files = 0
        self.ready = True
        self._expired = False
        self._folder = tempfile.mkdtemp(prefix="searcher-")  # for what it unpacks; it may be killed before it cleans up
        path = [place or os.getcwd() for place in sys.path]  # noqa: PTH109
        self._process = subprocess.Popen(
            [sys.executable, "-X", f"utf8={sys.flags.utf8_mode}", "-c", _BEGIN, str(level), *path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    def read(self, format: str, source: Source, options: ReadOptions) -> Iterator[Document | Skipped]:
        """What it answers to one file; raises what the reader refused with, or Crashed."""
        self.files += 1
        self.ready = False
        waited = self._ask(format, source, options)
        allowed, longest = options.max_expanded_bytes + _line_limit(options), _LONGEST * options.timeout
        while True:
            began = time.monotonic()
            line = self._line(options)
            waited, allowed = waited + time.monotonic() - began, allowed - len(line)
            if allowed < 0:
                raise Refused("too-large", Remark("detail.file-over"))
            kind, fields = message_of(line)
            if kind in ("end", "refused"):
                refusal = refused_of(fields) if kind == "refused" else None
                self.ready = True
                if refusal is not None:
                    raise refusal
                return
            if kind == "alive":
                give_sign()
            else:
                yield item_of(kind, fields)
            if waited > longest:
                raise Refused("timeout", Remark("detail.slow", seconds=longest))

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def close(self) -> None:
        """Kill it and remove what it left behind."""
        self._process.kill()
        self._process.wait()
        self._close_pipes()
        shutil.rmtree(self._folder, ignore_errors=True)

    def forget(self) -> None:
        """Leave it to the process that started it."""
        self._process.returncode = 0
        self._close_pipes()

    def _ask(self, format: str, source: Source, options: ReadOptions) -> float:
        began = time.monotonic()
        data = source.content if isinstance(source.content, bytes) else b""
        about = {field.name: getattr(source, field.name) for field in dataclasses.fields(source)}
        about["content"] = None if isinstance(source.content, bytes) else source.content
        request = {"format": format, "source": about, "bytes": len(data), "options": dataclasses.asdict(options), "folder": self._folder}
        try:
            with self._killed_after(options.timeout):
                write(self._process.stdin, line_of(request) + data)
        except OSError as error:
            raise self._end(options) from error
        return time.monotonic() - began

    def _line(self, options: ReadOptions) -> bytes:
        limit = _line_limit(options)
        with self._killed_after(options.timeout):
            line = self._process.stdout.readline(limit) if self._process.stdout else b""
        if len(line) >= limit:
            raise Refused("too-large", Remark("detail.text-over"))
        if not line.endswith(b"\n"):
            raise self._end(options)
        return line

    def _end(self, options: ReadOptions) -> Exception:
        """Why it said no more."""
        self._process.kill()
        status = self._process.wait()
        if self._expired:
            return Refused("timeout", Remark("detail.no-life", seconds=options.timeout))
        return Crashed(Remark("detail.crashed", status=_status(status)))

    @contextlib.contextmanager
    def _killed_after(self, seconds: float) -> Iterator[None]:
        timer = threading.Timer(seconds, self._expire)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _expire(self) -> None:
        self._expired = True
        self._process.kill()

    def _close_pipes(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what was not flushed has nobody to go to
                    pipe.close()


def _line_limit(options: ReadOptions) -> int:
    """Bytes of one line: a document as JSON."""
    return 2 * options.max_bytes + 16 * MEGABYTE


def _status(status: int) -> str:
    if status >= 0:
        return f"exit status {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"
