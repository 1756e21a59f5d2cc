"""Another package adds a format, just as the documentation says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "DOCUMENTS.md"
PRINT = (
    "from searcher import read_documents; print(*((one.title, one.text, one.metadata['format']) for one in read_documents(*sys.argv[1:])))"
)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The example of the page, as pip would install it."""
    section = PAGE.read_text("utf-8").split("## A format of your own")[1]
    declared = dict(re.findall(r"```(toml|python)\n(.*?)```", section, re.DOTALL))
    (tmp_path / "my_package.py").write_text(declared["python"], "utf-8")
    name, value = re.findall(r'^(\w+) = "(.*)"$', declared["toml"], re.MULTILINE)[0]
    installed = tmp_path / "my_package-1.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: my-package\nVersion: 1\n")
    (installed / "entry_points.txt").write_text(f"[searcher.formats]\n{name} = {value}\n")
    return tmp_path


def run(package: Path, *arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(package), os.environ.get("PYTHONPATH", ""))), "PYTHONUTF8": "1"}
    program = [sys.executable, "-c", f"import sys; {PRINT}", *arguments]
    return subprocess.run(program, env=environment, capture_output=True, text=True, encoding="utf-8", check=True).stdout


def test_the_example_of_the_page_works(package: Path) -> None:
    (package / "旅行.notes").write_text("第一天\n到了台北", "utf-8")
    assert run(package, str(package / "旅行.notes")) == "('旅行', '第一天\\n到了台北', 'notes')\n"


def test_a_format_that_cannot_be_loaded_is_named_and_costs_no_other(package: Path) -> None:
    (package / "my_package.py").write_text("import no_such_module", "utf-8")
    (package / "a.txt").write_text("文", "utf-8")
    assert run(package, str(package / "a.txt")) == "('文', '文', 'text')\n"
