"""What does the menu of its site call a page? MkDocs keeps that in one file for all, and often says it nowhere else.

nav:
  - 數學:
      - 數論: math/number.md          math/number.md → 數論
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from searcher.documents.beside import PAGE, nearest, site_files
from searcher.documents.description.frontmatter import yaml_table
from searcher.documents.description.titles import clean_title
from searcher.documents.sources.source import Source

_LARGEST = 1_000_000  # bytes


def title_in_menu(source: Source) -> str | None:
    """What the nearest menu above a file calls it; None where none does, or the file lies in an archive."""
    if isinstance(source.content, bytes) or source.depth:
        return None
    path = Path(source.content)
    site = nearest(site_files(path), _LARGEST)
    return _menu(*site).get(path) if site else None


@lru_cache(maxsize=4)
def _menu(file: Path, modified: int, size: int) -> Mapping[Path, str]:
    """The titles by the files that they belong to; they are the same for all files of a site."""
    try:
        site = yaml_table(file.read_text("utf-8-sig")) or {}
    except (OSError, ValueError):
        return {}
    folder = file.parent / str(site.get("docs_dir", "docs"))
    return {folder / page: title for page, title in _named(site.get("nav"), set())}


def _named(menu: object, met: set[int]) -> Iterator[tuple[str, str]]:
    """Each page of a menu that has a title there; what an alias repeats is read once."""
    if not isinstance(menu, list) or id(menu) in met:
        return
    met.add(id(menu))
    for title, inner in (entry for item in menu if isinstance(item, dict) for entry in item.items()):
        if isinstance(inner, str) and inner.endswith(PAGE) and clean_title(str(title)):
            yield inner, clean_title(str(title))
        else:
            yield from _named(inner, met)
