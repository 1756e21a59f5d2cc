"""A process that recognises text in the pictures it is sent, one after the other, until nobody sends any (see `recogniser.py`).

It takes more memory than a process that reads files may, and only ever gets pixels: parsers of files run elsewhere, within their bounds.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from searcher.documents.recognition.protocol import Found, Picture, as_bytes, receive_picture

if TYPE_CHECKING:
    from PIL.Image import Image

_IDLE = 20.0  # seconds after which it ends: it holds some hundred megabytes
_LOOKED_AT = 1_280  # pixels of a page among which lines are looked for; they are read in all that there are
_HIGHEST, _ABOUT = 2_000, 300  # pixels of a part of a long picture, and among how many of its last rows the cut is looked for


def serve() -> None:
    """Be such a process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one above decides
    _lift_limit()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints does not disturb
    find = _engine()
    while picture := _next():
        answers.write(as_bytes(_found(find, picture)))
        answers.flush()


def _next() -> Picture | None:
    """The next picture, which must come soon; None where no more do."""
    timer = threading.Timer(_IDLE, os._exit, (0,))
    timer.daemon = True
    timer.start()
    try:
        return receive_picture(sys.stdin.buffer)
    finally:
        timer.cancel()


def _lift_limit() -> None:
    """The process that reads files bounds its memory, and that of what it starts."""
    if sys.platform == "win32":
        return
    import resource

    with suppress(ValueError, OSError):  # macOS knows the name, and refuses
        most = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _engine() -> Callable[[Image], Any]:
    """With one thread, for several such processes run at once; line by line, which takes less time and memory than six of one length."""
    import cv2
    from rapidocr import RapidOCR

    cv2.setNumThreads(1)
    threads = dict.fromkeys(("intra_op_num_threads", "inter_op_num_threads"), 1)
    look = {"Det.limit_type": "max", "Det.limit_side_len": _LOOKED_AT}
    settings = {f"EngineConfig.onnxruntime.{name}": value for name, value in threads.items()}
    engine: Callable[[Image], Any] = RapidOCR(params={"Global.log_level": "critical", "Rec.rec_batch_num": 1, **look, **settings})
    return engine


def _found(find: Callable[[Image], Any], picture: Picture) -> Found:
    from PIL import Image as images

    image = images.frombytes("RGB", (picture.width, picture.height), picture.pixels)
    found: Found = []
    for top, bottom in _parts(image):
        part = find(image.crop((0, top, image.width, bottom)))
        if part.boxes is not None and part.txts is not None:
            boxes = ([(float(x), float(y) + top) for x, y in box] for box in part.boxes)
            found.extend(zip(part.txts, boxes, strict=True))
    return found


def _parts(image: Image) -> Iterator[tuple[int, int]]:
    """From which row to which: a long picture is cut into parts, where a row of pixels is most alike, which is between two lines."""
    top, grey = 0, image.convert("L")
    while image.height - top > _HIGHEST:
        last = top + _HIGHEST
        cut = min(range(last - _ABOUT, last), key=lambda row: _spread(grey, row))
        yield top, cut
        top = cut
    yield top, image.height


def _spread(grey: Image, row: int) -> int:
    edges: Any = grey.crop((0, row, grey.width, row + 1)).getextrema()
    return int(edges[1] - edges[0])
