"""Files of arrays are written (see `files/container.py`): arrays grow side by side, and lie one after the other in the end."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from searcher.engine.disk import create, flush
from searcher.engine.files.container import END, FOOTER, MAGIC, PAGE

_TYPES: dict[str, np.dtype[Any]] = {"u1": np.dtype("<u1"), "u4": np.dtype("<u4"), "u8": np.dtype("<u8"), "i8": np.dtype("<i8")}
_IN_MEMORY = 1 << 20
_COPY = 1 << 20


class ArrayFileWriter:
    """Writes a file of arrays. Arrays grow side by side, in temporary files beside it once they are large."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._spools: dict[str, _Spool] = {}

    def append(self, name: str, kind: str, values: NDArray[Any] | bytes) -> None:
        """Adds items to the array of this name; an empty array starts it."""
        if name not in self._spools:
            self._spools[name] = _Spool(kind, self.path.parent)
        self._spools[name].append(values)

    def size(self, name: str) -> int:
        """How many bytes an array has so far."""
        return self._spools[name].size if name in self._spools else 0

    def finish(self, notes: Mapping[str, Any]) -> None:
        """Writes everything, down to the disk; a new file, for its owner alone."""
        with os.fdopen(create(self.path), "wb") as file:
            _Written(file).write(self._spools, notes)
            flush(file)
        self.close()

    def close(self) -> None:
        """Lets go of the temporary files."""
        for spool in self._spools.values():
            with contextlib.suppress(OSError):  # a full disk has no room for what is left in its buffer, which nobody needs any more
                spool.file.close()
        self._spools.clear()


class _Spool:
    """One growing array."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind = kind
        self.size = 0
        self.file: IO[bytes] = tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=str(folder))  # noqa: SIM115 (closed with its writer)

    def append(self, values: NDArray[Any] | bytes) -> None:
        """Takes numbers, written as the kind of the array has them, or bytes as they are."""
        raw = (
            values if isinstance(values, bytes) else np.ascontiguousarray(values, _TYPES[self.kind]).data.cast("B") if len(values) else b""
        )
        self.size += len(raw)
        self.file.write(raw)


class _Written:
    """A file being written, with the checksums of its pages."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._offset = 0
        self._sum = 0
        self._sums: list[int] = []

    def write(self, spools: Mapping[str, _Spool], notes: Mapping[str, Any]) -> None:
        """Writes the arrays one behind the other, then the directory and the checksums."""
        self._put(MAGIC)
        sections = {name: self._section(spool) for name, spool in spools.items()}
        directory = self._offset
        self._put(json.dumps({"sections": sections, "notes": notes}, separators=(",", ":")).encode())
        self._end(directory)

    def _section(self, spool: _Spool) -> tuple[str, int, int]:
        self._put(bytes(-self._offset % 8))
        offset = self._offset
        spool.file.seek(0)
        while block := spool.file.read(_COPY):
            self._put(block)
        return spool.kind, offset, spool.size // _TYPES[spool.kind].itemsize

    def _put(self, data: bytes) -> None:
        """Writes, and sums up page by page."""
        view = memoryview(data)
        self._file.write(view)
        while view:
            part = view[: PAGE - self._offset % PAGE]
            self._sum = zlib.crc32(part, self._sum)
            self._offset += len(part)
            view = view[len(part) :]
            if self._offset % PAGE == 0:
                self._turn_page()

    def _turn_page(self) -> None:
        self._sums.append(self._sum)
        self._sum = 0

    def _end(self, directory: int) -> None:
        if self._offset % PAGE:
            self._turn_page()
        sums = np.array(self._sums, "<u4").tobytes()
        blocks = [zlib.crc32(sums[start : start + PAGE]) for start in range(0, len(sums), PAGE)]
        sums_of_sums = np.array(blocks, "<u4").tobytes()
        footer = FOOTER.pack(directory, self._offset, self._offset + len(sums), zlib.crc32(sums_of_sums))
        self._file.write(sums + sums_of_sums + footer + END.pack(zlib.crc32(footer), 0, MAGIC))
