"""Which files say something of what is in others?"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

PAGE = ".md"
_USERS, _SITE = "users.json", "mkdocs.yml"

Version = tuple[Path, int, int]
"""A file as it is now: its path, when it was changed last, and its size."""


def people_file(path: Path) -> Path:
    """Where an export of Slack names its people: a channel has a folder there, and a day of it a file."""
    return path.parent.parent / _USERS


def site_files(path: Path) -> Iterator[Path]:
    """Where MkDocs may keep the menu of the site that a page belongs to, the nearest first."""
    return (folder / _SITE for folder in path.parents)


def nearest(files: Iterable[Path], largest: int) -> Version | None:
    """The first of these that is there, has so many bytes at most, and is no pipe, which would never end."""
    for file in files:
        with suppress(OSError):
            status = file.stat()
            if stat.S_ISREG(status.st_mode) and status.st_size <= largest:
                return file, status.st_mtime_ns, status.st_size
    return None


def tells_of_others(path: str) -> bool:
    """Whether a file may say something of those in its folder and below, by its name."""
    return path.endswith((os.sep + _USERS, os.sep + _SITE))


def told_by(path: str) -> frozenset[str]:
    """The files that may say something of a file."""
    place = Path(path)
    return frozenset(map(str, (people_file(place), *(site_files(place) if path.endswith(PAGE) else ()))))
