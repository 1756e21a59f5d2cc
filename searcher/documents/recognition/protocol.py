"""What a process is asked that recognises text: a picture, and the lines that were found in it. Nothing is unpickled."""

from __future__ import annotations

import json
import struct
from typing import IO, Any

from searcher.documents.recognition.lines import Corners
from searcher.frozen import frozen

_SIZE = struct.Struct("<II")

Found = list[tuple[str, Corners]]
"""Lines of text in any order, and the boxes around them."""


@frozen
class Picture:
    """Its width and height, and its pixels row by row from the top left, three bytes each: red, green, blue."""

    width: int
    height: int
    pixels: bytes


def send_picture(pipe: IO[bytes], picture: Picture) -> None:
    """OSError where nobody reads."""
    pipe.write(_SIZE.pack(picture.width, picture.height) + picture.pixels)
    pipe.flush()


def receive_picture(pipe: IO[bytes]) -> Picture | None:
    """None where no more come."""
    header = pipe.read(_SIZE.size)
    if len(header) < _SIZE.size:
        return None
    width, height = _SIZE.unpack(header)
    return Picture(width, height, pipe.read(3 * width * height))


def as_bytes(found: Found) -> bytes:
    """As a line of JSON."""
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"


def from_bytes(line: bytes) -> Found:
    """The inverse of `as_bytes`; ValueError for anything else."""
    try:
        return [(_text(text), [_point(*point) for point in corners]) for text, corners in json.loads(line)]
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"no lines of text: {error}") from error


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise TypeError("no text")


def _point(x: Any, y: Any) -> tuple[float, float]:
    return float(x), float(y)
