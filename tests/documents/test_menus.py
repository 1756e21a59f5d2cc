"""A page of MkDocs without a title of its own is called as the menu of its site calls it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from searcher import Document, read_documents

SITE = """site_name: 維基
docs_dir: 頁
markdown_extensions:
  - emoji:
      emoji_index: !!python/name:materialx.emoji.twemoji
nav:
  - 首頁: index.md
  - 數學:
      - 數論: math/number.md
      - math/plain.md
      - 網站: https://example.org/
"""


def titles(folder: Path) -> dict[str, str]:
    found = (item for item in read_documents(folder / "頁") if isinstance(item, Document))
    return {Path(item.id).name: item.title for item in found}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    pages = {
        "index.md": "# 歡迎\n\n文",
        "math/number.md": "## 引入\n\n文\n\n## 性質\n",
        "math/plain.md": "## 引入\n\n文\n\n## 性質\n",
        "math/said.md": "---\ntitle: 前\n---\n文",
    }
    for name, text in pages.items():
        file = tmp_path / "頁" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    (tmp_path / "mkdocs.yml").write_text(SITE, "utf-8")
    return tmp_path


def test_a_page_is_called_as_in_the_menu_unless_it_has_a_title(site: Path) -> None:
    assert titles(site) == {"index.md": "歡迎", "number.md": "數論", "plain.md": "引入", "said.md": "前"}
    (site / "mkdocs.yml").write_text(SITE.replace("數論", "數的理論"), "utf-8")
    assert titles(site)["number.md"] == "數的理論"


@pytest.mark.parametrize(
    "menu", ["", "[", "nav: 5", "- nav", "nav: " + "[" * 3_000, "nav: &a [{b: *a}]", "nav: [{'': math/number.md}]", "\udcff"]
)
def test_a_menu_that_says_nothing_costs_no_page(site: Path, menu: str) -> None:
    (site / "mkdocs.yml").write_text(menu, "utf-8", "surrogateescape")
    assert titles(site)["number.md"] == "引入"


def test_menus_in_one_another_that_an_alias_repeats_are_read_once(site: Path) -> None:
    doubled = "".join(f"a{level}: &a{level} [{{x: *a{level - 1}}}, {{y: *a{level - 1}}}]\n" for level in range(1, 60))
    (site / "mkdocs.yml").write_text(f"docs_dir: 頁\na0: &a0 [{{數論: math/number.md}}]\n{doubled}nav: *a59\n", "utf-8")
    assert titles(site)["number.md"] == "數論"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_no_menu(site: Path) -> None:
    (site / "mkdocs.yml").unlink()
    os.mkfifo(site / "mkdocs.yml")
    assert titles(site)["number.md"] == "引入"
