"""Which files and folders are to be looked at when the system tells that something has changed?"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path

from searcher.documents import decided_by, listed_path, tells_of_others
from searcher.updating.catalogue import lies_under

MOST = 100
"""Of more, all is looked through: that takes as long, and who tells of so many may have lost some."""


def concerned(paths: Collection[str], roots: Collection[str]) -> frozenset[str] | None:
    """The files and folders that may give something else when these paths have changed, with all that lies below them.

    None: everything, for there are very many, or one lies elsewhere, as where a link leads.
    """
    if len(paths) > MOST:
        return None
    places = {place: root for root in roots for place in (root, os.path.realpath(root))}
    named = [_name(path, places) for path in paths]
    known = [path for path in named if path is not None]
    if len(known) < len(named):
        return None
    return frozenset(other for path in known for other in (path, *decided_by(path), *_named_by(path)))


def _name(path: str, places: Mapping[str, str]) -> str | None:
    """What a path is called below a root: macOS names the target where a link is watched, and a system may tell another case or composition
    than a folder lists, Windows a short name. None if it lies below none, or a link leads there, behind which a walk does not look.
    """
    for place, root in places.items():
        if lies_under(path, place):
            name = listed_path(os.path.join(root, os.path.relpath(path, place)))  # noqa: PTH118
            if not any(folder.is_symlink() for folder in Path(name).parents if len(str(folder)) > len(root)):
                return name
    return None


def _named_by(path: str) -> tuple[str, ...]:
    """The days of an export of Slack, whose people one file names, and the pages of a site, whose menu is one."""
    return (str(Path(path).parent),) if tells_of_others(path) else ()
