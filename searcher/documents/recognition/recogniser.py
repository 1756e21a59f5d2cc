"""The text of pictures, found by a process beside this one.

The first picture starts it; it finds the lines of the next ones, too, and ends by itself where none come.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from searcher.documents.document import Refused, Skipped
from searcher.documents.recognition.kept import Kept
from searcher.documents.recognition.lines import Line, lines_of
from searcher.documents.recognition.protocol import Found, Picture, from_bytes, send_picture
from searcher.documents.signs import give_sign
from searcher.remarks import Remark

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST_SIDE = 2_000
"""Pixels of a picture; 170 to the inch of a page of A4."""

_LONG, _WIDTH = 2.5, 1_200  # times as high as wide is a conversation, or a page of the web, and its width in pixels at most
_HIGHEST = 60_000
_MOST, _MOST_FAILED = 2_000, 10  # pictures of a file, for more than two hours; and after how many that failed all others do
_LONGEST_ANSWER = 16 << 20

_BEGIN = "import sys; sys.path[:] = sys.argv[1:]; from searcher.documents.recognition.process import serve; serve()"


class Unrecognised(Exception):
    """The process that was to look at a picture ended, or spoke nonsense."""


class Recogniser:
    """Finds the text of the pictures of a file."""

    def __init__(self) -> None:
        self._kept = Kept()
        self._count = self._failed = 0
        self._seconds = 0.0

    def seconds_so_far(self) -> float:
        """How long it has been at it."""
        return self._seconds

    def nothing(self, pages: int) -> Refused:
        """Why so many pages have no text."""
        if self._failed:
            return Refused("damaged", Remark("detail.unrecognised", count=self._failed, pages=pages))
        return Refused("empty", Remark("detail.no-writing"))

    def told(self, path: str, pages: int) -> Iterator[Skipped]:
        """What it could not do, of a file with so many pages."""
        if self._failed:
            yield Skipped(path, "damaged", Remark("detail.unrecognised", count=self._failed, pages=pages))
        if self._count > _MOST:
            yield Skipped(path, "timeout", Remark("detail.some-recognised", count=_MOST, pages=pages))

    def lines(self, image: Image) -> list[Line]:
        """The lines of a picture in the order in which they are read; none where it fails."""
        self._count += 1
        if self._count > _MOST:
            return []
        if self._failed >= _MOST_FAILED:
            self._failed += 1
            return []
        began = time.monotonic()
        try:
            return lines_of(self._found(pixels_of(image)))
        except Unrecognised:
            self._failed += 1
            return []
        finally:
            self._seconds += time.monotonic() - began
            give_sign()

    def _found(self, picture: Picture) -> Found:
        known = self._kept.get(picture)
        if known is not None:
            return known
        found = _process.ask(picture)
        self._kept.put(picture, found)
        return found


def pixels_of(image: Image) -> Picture:
    """A picture in colours, no larger than it need be; what is transparent is white."""
    from PIL import Image as images

    if image.has_transparency_data:
        image = images.alpha_composite(images.new("RGBA", image.size, "white"), image.convert("RGBA"))
    elif image.mode not in ("L", "RGB"):  # others are made smaller without shades: two colours, as of a fax, and palettes
        image = image.convert("L" if image.mode == "1" else "RGB")
    width, height = (_WIDTH, _HIGHEST) if image.height > _LONG * image.width else (LONGEST_SIDE, LONGEST_SIDE)
    scale = min(1.0, width / image.width, height / image.height)
    if scale < 1:
        size = (max(1, round(scale * image.width)), max(1, round(scale * image.height)))
        image = image.resize(size, images.Resampling.BICUBIC, reducing_gap=2.0)
    return Picture(image.width, image.height, image.convert("RGB").tobytes())


class _Process:
    """The process, if there is one."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, picture: Picture) -> Found:
        """What is found in a picture; one that served before may just have ended, so then another is asked. Errors: Unrecognised."""
        served = self._process is not None
        try:
            return self._asked(picture)
        except Unrecognised:
            if not served:
                raise
        return self._asked(picture)

    def _asked(self, picture: Picture) -> Found:
        process = self._process = self._process or _started()
        assert process.stdin and process.stdout  # which are pipes
        try:
            send_picture(process.stdin, picture)
            return from_bytes(process.stdout.readline(_LONGEST_ANSWER))
        except (OSError, ValueError) as error:
            self._end(process)
            raise Unrecognised from error

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        process.kill()
        process.communicate()
        self._process = None


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", _BEGIN, *sys.path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


_process = _Process()
