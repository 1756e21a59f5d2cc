"""What was found in a picture is kept, under what it shows.

To find it took seconds, and a file is read again when it is moved, when one of its pages changes, and when a later version reads its format
in another way.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from searcher.documents.recognition.protocol import Found, Picture, as_bytes, from_bytes
from searcher.text.lexicon import cache_folder

_FOLDER = "recognised"
_WAY = 1  # raised when pictures are looked at in another way


class Kept:
    """Small files in the user's folder of what can be made again, for the user alone. Where it cannot be used, nothing is kept."""

    def __init__(self) -> None:
        self._folder = (cache_folder() or Path(os.devnull)) / _FOLDER
        self._by = f"{_WAY} {version('rapidocr')}".encode()

    def get(self, picture: Picture) -> Found | None:
        """What was found in a picture with the same pixels; None where that is not known."""
        with suppress(OSError, ValueError):  # it is not there, or not whole
            return from_bytes(self._place(picture).read_bytes())
        return None

    def put(self, picture: Picture, found: Found) -> None:
        """A reader sees all of it, or nothing."""
        place = self._place(picture)
        with suppress(OSError):
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor, aside = tempfile.mkstemp(dir=place.parent)
            with os.fdopen(descriptor, "wb") as file:
                file.write(as_bytes(found))
            Path(aside).replace(place)

    def _place(self, picture: Picture) -> Path:
        digest = hashlib.blake2b(picture.pixels, digest_size=20, key=self._by, salt=picture.width.to_bytes(16, "little")).hexdigest()
        return self._folder / digest[:2] / f"{digest[2:]}.json"
