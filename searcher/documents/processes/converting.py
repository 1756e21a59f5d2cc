"""A command of the user makes text of what nothing here can read: a scan, a picture, an old office document.

It runs where a reader has given up, in folders of its own that are removed behind it, for a bounded time and with bounded output.
"""

from __future__ import annotations

import dataclasses
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from searcher.documents.composing.places import in_order
from searcher.documents.document import Document, Location, Refused, Skipped
from searcher.documents.sources.source import MEGABYTE, ReadOptions, Source
from searcher.remarks import Remark

CONVERTIBLE = frozenset(("unsupported", "binary", "no-text", "missing-dependency"))
"""Why a reader gave up, where a command may do better."""

_PAGE = re.compile(r"(?<![^\f])[^\f]*(?=\f|\Z)")
_SHARE_INSIDE = 0.5  # of the time-out, for what lies in an archive: that has a process, which must outlive the command
_GLANCE = 0.05  # seconds between two looks at what it does
_LONGEST_COMPLAINT = 200


def converter_of(name: str, converters: Mapping[str, Sequence[str]]) -> Sequence[str] | None:
    """The command for files of this name, the longest suffix that fits."""
    fitting = [suffix for suffix in converters if name.lower().endswith(suffix.lower())]
    return converters[max(fitting, key=len)] if fitting else None


@contextmanager
def converted(source: Source, command: Sequence[str], options: ReadOptions) -> Iterator[Source]:
    """What the command makes of a source, as a source of the same identity; Refused: missing-dependency, timeout, too-large, damaged.

    In the command stand {file}, the file to read; {out}, an empty folder for the one file that it writes; {temp}, one for what it needs
    meanwhile. What leaves nothing in {out} says the text on its standard output.
    """
    with tempfile.TemporaryDirectory(prefix="searcher-", ignore_cleanup_errors=True) as folder:
        out, temp, said = Path(folder, "out"), Path(folder, "temp"), Path(folder, "said")
        out.mkdir()
        temp.mkdir()
        values = {"{file}": _on_disk(source, Path(folder)), "{out}": str(out), "{temp}": str(temp)}
        with said.open("wb") as output, Path(folder, "complaints").open("w+b") as complaints:
            _run([_filled(word, values) for word in command], temp, output, complaints, Path(folder), _seconds(source, options), options)
        written = _written(out) or said
        suffix = ".txt" if written == said else written.suffix
        yield dataclasses.replace(source, name=source.stem + suffix, content=str(written), size=written.stat().st_size)


def as_converted(item: Document | Skipped, source: Source, command: Sequence[str]) -> Document | Skipped:
    """A document under the format of its file; form feeds, which such commands put between pages, are places."""
    if isinstance(item, Skipped):
        return Skipped(item.path, "empty" if item.reason == "empty" else "damaged", Remark("detail.converted", what=item.detail))
    metadata = {**item.metadata, "format": source.suffix.lstrip(".") or item.metadata["format"], "converter": Path(command[0]).name}
    if "\f" not in item.text:
        return dataclasses.replace(item, metadata=metadata)
    pages = [(match.start(), str(number)) for number, match in enumerate(_PAGE.finditer(item.text), 1) if match[0]]
    places = in_order((Location(start, "page", label) for start, label in pages), (at for at in item.locations if at.kind != "line"))
    return dataclasses.replace(item, text=item.text.replace("\f", "\n"), locations=places, metadata=metadata)


def _on_disk(source: Source, folder: Path) -> str:
    """The path of the file, absolute, so that it is never taken for an option; bytes that lie in no file are written to one."""
    if isinstance(source.content, str):
        return os.path.abspath(source.content)  # noqa: PTH100  (resolve() would follow links)
    place = folder / f"file{source.suffix if source.suffix[1:].isalnum() else ''}"
    place.write_bytes(source.content)
    return str(place)


def _filled(word: str, values: dict[str, str]) -> str:
    for placeholder, value in values.items():
        word = word.replace(placeholder, value)
    return word


def _seconds(source: Source, options: ReadOptions) -> float:
    return options.timeout * _SHARE_INSIDE if source.depth else options.convert_timeout


def _run(
    command: list[str], temp: Path, output: IO[bytes], complaints: IO[bytes], folder: Path, seconds: float, options: ReadOptions
) -> None:
    process = _started(command, temp, output, complaints)
    end = time.monotonic() + seconds
    try:
        while process.poll() is None:
            time.sleep(_GLANCE)
            if time.monotonic() > end:
                raise Refused("timeout", Remark("detail.slow-converter", seconds=seconds))
            if _size(folder) > options.max_expanded_bytes:
                raise Refused("too-large", Remark("detail.big-converter", limit=options.max_expanded_bytes // MEGABYTE))
    finally:
        _end(process)
    if process.returncode:
        raise Refused("damaged", Remark("detail.bad-converter", why=_why(process.returncode, complaints)))


def _started(command: list[str], temp: Path, output: IO[bytes], complaints: IO[bytes]) -> subprocess.Popen[bytes]:
    program = shutil.which(command[0]) or command[0]  # Windows itself would find no .cmd
    try:
        with _without_limit():
            return subprocess.Popen(
                [program, *command[1:]],
                cwd=temp,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=complaints,
                start_new_session=sys.platform != "win32",
            )
    except FileNotFoundError as error:
        raise Refused("missing-dependency", Remark("detail.no-converter", command=command[0])) from error
    except (OSError, ValueError) as error:
        raise Refused("damaged", Remark("detail.dead-converter", error=error)) from error


@contextmanager
def _without_limit() -> Iterator[None]:
    """A process that reads files bounds its own memory; what it starts is not bound by that, for office programs map more than they use."""
    if sys.platform == "win32":
        yield
        return
    import resource

    own, most = resource.getrlimit(resource.RLIMIT_AS)
    if own == most:  # macOS, which bounds no memory so, need not be asked
        yield
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (own, most))


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill what still runs of it, with whatever it started."""
    with suppress(OSError):
        if sys.platform == "win32":
            if process.poll() is None:
                _end_tree(process)
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _end_tree(process: subprocess.Popen[bytes]) -> None:
    """On Windows: a process, and what it started, as soffice.exe does soffice.bin, which would hold on to its folder."""
    command = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, creationflags=flags
    )
    process.kill()


def _size(folder: Path) -> int:
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):  # it may be gone again
                total += Path(parent, name).lstat().st_size
    return total


def _written(out: Path) -> Path | None:
    """The one file it left, if any."""
    files = [path for path in out.rglob("*") if path.is_file() and not path.is_symlink()]
    if len(files) > 1:
        raise Refused("damaged", Remark("detail.many-converted", count=len(files)))
    return files[0] if files else None


def _why(status: int, complaints: IO[bytes]) -> str:
    complaints.seek(0)
    lines = complaints.read(65_536).decode("utf-8", "replace").split("\n")
    last = next((line.strip() for line in reversed(lines) if line.strip()), "")
    return f"exit status {status}: {last[:_LONGEST_COMPLAINT]}" if last else f"exit status {status}"
