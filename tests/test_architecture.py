"""Imports run one way, and only the engine knows Whoosh and numpy."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

from tests.source import PACKAGE, modules, nodes, parsed

ARCHITECTURE = (PACKAGE.parent / "docs/ARCHITECTURE.md").read_text("utf-8")


def _rooms(heading: str) -> Iterator[list[str]]:
    """The rooms of each row of the first table below a heading of the page, in order: `results`, `query/lexer`, `engine`."""
    for row in ARCHITECTURE.partition(heading)[2].partition("| rooms |")[2].partition("\n\n")[0].splitlines()[2:]:
        listed = row.split("|")[1]
        folder = re.match(r" `(\w+/)`: ", listed)
        yield [folder[1] + name if folder else name for name in re.findall(r"`(\w+)(?:\.py|/`(?!:))", listed)]


ORDER = (*chain.from_iterable(_rooms("## The rooms")), "tables")
"""Each room after all that it may import."""

SHARED = {room.partition("/")[0] for room in ORDER if "/" in room}
"""The folders of rooms: `query`, which is no room by itself."""


def _files() -> list[Path]:
    """All but what only says what a folder is, or hands names on."""
    return [path for path in modules() if path.name != "__init__.py" or path.parent.name not in (*SHARED, "searcher")]


def _room(path: Path) -> str:
    return _room_of(path.relative_to(PACKAGE).with_suffix("").parts)


def _room_of(parts: Sequence[str]) -> str:
    """The room that a file, or a dotted name without `searcher`, lies in."""
    return "/".join(parts[:2]) if parts[0] in SHARED else parts[0]


@cache
def _imported(path: Path) -> list[str]:
    """The modules a file imports, wherever in the file, as dotted names."""
    imports = (node for node in nodes(path) if isinstance(node, ast.Import | ast.ImportFrom))
    parts = ((getattr(node, "module", None), alias.name) for node in imports for alias in node.names)
    return [f"{module}.{name}" if module else name for module, name in parts]


def test_imports_run_one_way() -> None:
    later = [
        f"{path.relative_to(PACKAGE)} imports {room}, which comes after it"
        for path in _files()
        for room in {_room_of(name.split(".")[1:]) for name in _imported(path) if name.startswith("searcher.")}
        if room in ORDER and ORDER.index(room) > ORDER.index(_room(path))
    ]
    assert not later
    assert not {name for path in _files() for name in _imported(path) if name.split(".")[0] in ("benchmarks", "tests")}
    installed = (path for path in _files() if "making" not in path.parts)
    assert not {name for path in installed for name in _imported(path) if name.startswith("searcher.tables.making")}


@pytest.mark.parametrize("house", ["engine", "documents"])
def test_so_they_do_inside_the_large_rooms(house: str) -> None:
    """A folder there is a room of its own. What only hands names on is none."""
    rows = list(_rooms(f"## Inside the {house}"))
    floors = {f"searcher.{house}.{room.replace('/', '.')}": floor for floor, rooms in enumerate(rows) for room in rooms}
    paths = [path for path in _files() if (PACKAGE / house) in path.parents and path.name != "__init__.py"]
    assert sorted(floors) == sorted(_name(path) for path in paths), "each file has its place in docs/ARCHITECTURE.md"
    later = [
        f"{_name(path)} imports {name}, which comes after it"
        for path in paths
        for found in _imported(path)
        for name in (found, found.rpartition(".")[0])
        if floors.get(name, -1) > floors[_name(path)]
    ]
    assert not later


def _name(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)


def test_a_source_archive_holds_what_these_tests_need_of_a_clone() -> None:
    """Else they fail there, as they did while only files like this one were in it."""
    root = PACKAGE.parent
    held = {name: rule for rule, name in re.findall(r"^(graft|include) (\S+)$", (root / "MANIFEST.in").read_text("utf-8"), re.MULTILINE)}
    assert all((root / name).is_dir() if rule == "graft" else (root / name).is_file() for name, rule in held.items())
    assert {"CHANGELOG.md", "docs", "index", "seeds", "tests", "benchmarks", ".ci", "searcher/tables/making"} <= held.keys()


def test_every_room_has_its_place() -> None:
    assert {_room(path) for path in _files()} == set(ORDER), "each room has a row in docs/ARCHITECTURE.md"
    assert len(ORDER) == len(set(ORDER))


def test_a_folder_of_rooms_only_says_what_it_is() -> None:
    inner = [path.parent.relative_to(PACKAGE) for house in ("engine", "documents") for path in (PACKAGE / house).glob("*/__init__.py")]
    for folder in (*SHARED, *inner):
        (statement,) = parsed(PACKAGE / folder / "__init__.py").body
        assert isinstance(statement, ast.Expr), f"{folder}/__init__.py does something"


def test_only_the_engine_knows_whoosh_and_numpy() -> None:
    """And the programs that make the tables, which are no part of the product."""
    knowing = {path for path in _files() if {name.split(".")[0] for name in _imported(path)} & {"whoosh", "numpy"}}
    assert not {path for path in knowing if _room(path) != "engine" and "making" not in path.parts}


def test_the_library_never_prints_or_exits_and_asks_nothing_of_its_surroundings() -> None:
    """Only `lexicon` asks where the user's cache folder is."""
    library = [path for path in _files() if ORDER.index(_room(path)) <= ORDER.index("index")]
    told = {"print", "input", "exit", "quit", "sys.exit", "sys.stdout", "sys.stderr", "os.environ", "os.getenv"}
    assert not [
        f"{path.relative_to(PACKAGE)}:{node.lineno} {ast.unparse(node)}"
        for path in library
        for node in nodes(path)
        if isinstance(node, ast.Name | ast.Attribute) and _named(node) in told
    ]
    assert {_room(path) for path in library if "platformdirs" in _imported(path)} == {"text/lexicon"}


def _named(node: ast.Name | ast.Attribute) -> str:
    """A name, or that of a module and what is in it."""
    if isinstance(node, ast.Name):
        return node.id
    return f"{node.value.id}.{node.attr}" if isinstance(node.value, ast.Name) else ""


def test_every_file_says_what_it_is() -> None:
    said = {path: ast.get_docstring(parsed(path)) or "" for path in _files()}
    assert not [path for path, docstring in said.items() if not docstring.partition("\n")[0].rstrip().endswith((".", "?"))]


def test_no_name_of_a_file_is_bound_twice() -> None:
    """In a test, the later one would take the place of what another test asks."""
    twice = {
        path: {name for name, times in Counter(_bound(parsed(path))).items() if times > 1}
        for folder in ("searcher", "tests", "benchmarks")
        for path in (PACKAGE.parent / folder).rglob("*.py")
    }
    assert not {path: names for path, names in twice.items() if names}


def _bound(module: ast.Module) -> Iterator[str]:
    """The names that a module binds at its top, but for those that it imports."""
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))


def test_no_file_imports_itself_by_a_detour() -> None:
    """Also imports inside functions count: they put a circle off, they do not untie it."""
    names = {_name(path): path for path in _files() if path.name != "__init__.py"}
    imports = {
        name: {found for part in _imported(path) for found in (part, part.rpartition(".")[0]) if found in names}
        for name, path in names.items()
    }
    while leaves := {name for name, needed in imports.items() if not needed & imports.keys() - {name}}:
        imports = {name: needed for name, needed in imports.items() if name not in leaves}
    assert not imports, f"circles among {sorted(imports)}"
