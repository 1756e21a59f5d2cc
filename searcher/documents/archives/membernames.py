"""How is what lies inside a file called, whatever name it was given there?"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePosixPath

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_NO_NAME = re.compile(r" *\.{0,2} *|[A-Za-z]:")
_LONGEST = 200


def safe_member_name(name: str) -> str:
    """A name that leads nowhere: no way up, no root, no drive, no control characters; empty where nothing is left."""
    parts = _CONTROL.sub("", name.replace("\\", "/")).split("/")
    return "/".join(part for part in parts if not _NO_NAME.fullmatch(part))


def bare_name(name: str) -> str:
    """The name of an attachment without folders and what cannot be seen; empty where nothing is left."""
    bare = " ".join(name.replace("\\", "/").rstrip("/").rpartition("/")[2].split())
    return "".join(filter(str.isprintable, bare))[-_LONGEST:].lstrip(". ")


class DistinctNames:
    """Gives each a name of its own: a.txt, a (2).txt."""

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def __call__(self, name: str) -> str:
        self._given[name] += 1
        path = PurePosixPath(name)
        return name if self._given[name] == 1 else self(str(path.with_stem(f"{path.stem} ({self._given[name]})")))
