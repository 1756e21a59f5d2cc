"""The program's own source, for tests that look at it: each file is read and taken apart once, and let go behind a module of tests.

That is half a million objects, and each collection of garbage would look through them.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "searcher"


@cache
def modules() -> tuple[Path, ...]:
    """All files of the program."""
    return tuple(sorted(PACKAGE.rglob("*.py")))


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """All that a file is made of."""
    return tuple(ast.walk(parsed(path)))


def let_go() -> None:
    parsed.cache_clear()
    nodes.cache_clear()
