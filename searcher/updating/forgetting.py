"""How does an index forget folders that it kept in step with?"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Sequence

from searcher.engine import Store
from searcher.errors import InvalidPath
from searcher.remarks import Remark
from searcher.text.dictionary import Dictionary
from searcher.updating.catalogue import Catalogue, commit, lies_under, read_catalogue, take_out
from searcher.updating.description import stamped


def forget(store: Store, paths: Sequence[str], dictionary: Dictionary) -> tuple[int, tuple[Remark, ...]]:
    """Forget known roots and remove the documents that lie under no other; gives how many, and which paths stay with another root.

    InvalidPath for one that is none.
    """
    with store.writer() as writer:
        catalogue = read_catalogue(store)
        for path in paths:
            if catalogue.roots.pop(path, None) is None:
                raise InvalidPath(value=path, reason=_no_root(path, catalogue))
        kept = {state.path for state in catalogue.known(catalogue.roots.values())}
        gone = [path for path in catalogue.files if path not in kept]
        for path in gone:
            catalogue.drop(path)
        removed = sum(take_out(writer, path) for path in gone)
        commit(writer, stamped(store.meta, dictionary), catalogue)
    return removed, tuple(
        Remark("notice.stays", path=path, reason=_no_root(path, catalogue)) for path in paths if _root_of(path, catalogue)
    )


def _no_root(path: str, catalogue: Catalogue) -> Remark:
    """Why a path cannot be forgotten: a part of a known folder can only be left out of it."""
    root = _root_of(path, catalogue)
    if root is None:
        return Remark("reason.not-a-root")
    part = path[len(root) :].strip("/\\").replace(os.sep, "/")
    pattern = "/" + re.sub(r"[\\*?\[]", r"\\\g<0>", part)
    return Remark("reason.in-a-root", root=root, command=typed_in_shell(["searcher", "index", "--exclude", pattern, root]))


def _root_of(path: str, catalogue: Catalogue) -> str | None:
    """The known folder in which a path lies."""
    return next((root for root in catalogue.roots if lies_under(path, root)), None)


def typed_in_shell(command: list[str], *, windows: bool = os.name == "nt") -> str:
    """A command as it is typed in the system's shell: cmd knows no single quotes."""
    if windows:
        import subprocess

        return subprocess.list2cmdline(command)
    return shlex.join(command)
