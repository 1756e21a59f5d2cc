"""Which files and folders are to be looked at when the system tells that something has changed?"""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path

from searcher.documents import USERS, decided_by
from searcher.updating.catalogue import lies_under

MOST = 100
"""Of more, all is looked through: that takes as long, and who tells of so many may have lost some."""


def concerned(paths: Collection[str], roots: Collection[str]) -> frozenset[str] | None:
    """The files and folders that may give something else when these paths have changed, with all that lies below them.

    None: everything, for there are very many, or one lies elsewhere, as where the system knows a folder by another name, or by a link.
    """
    if len(paths) > MOST or not all(any(_lies_truly_under(path, root) for root in roots) for path in paths):
        return None
    return frozenset(other for path in paths for other in (path, *decided_by(path), *_named_by(path)))


def _lies_truly_under(path: str, root: str) -> bool:
    """Whether a path lies under a root, and no link leads there, behind which a walk does not look."""
    return lies_under(path, root) and not any(folder.is_symlink() for folder in Path(path).parents if len(str(folder)) > len(root))


def _named_by(path: str) -> tuple[str, ...]:
    """The days of an export of Slack, whose people one file names."""
    return (str(Path(path).parent),) if path.endswith(os.sep + USERS) else ()
