"""Completion, asked of the shells themselves, where they are."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from searcher.__main__ import main
from searcher.cli.table import COMMANDS

if sys.platform == "win32":
    pytest.skip("no such shells", allow_module_level=True)

NAMES = {command.name for command in COMMANDS}

CASES = [
    (["st"], {"status"}),
    (["search", "--fo"], {"--format"}),
    (["search", "--format", "j"], {"json"}),
    (["completion", "z"], {"zsh"}),
    (["facets", "ye"], {"year"}),
    (["--lang", "zh-Hant"], {"zh-Hant"}),
    (["index", "--ex"], {"--exclude"}),
    (["--js"], {"--json"}),
    (["苹果", "--fo"], {"--format"}),
    (["--index", "docu"], {"documents"}),
    (["show", "docu"], {"documents"}),
]


@pytest.fixture
def script(tmp_path: Path, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> Path:
    """The completion script of the shell that is asked for, in a folder with one folder."""
    shell = request.param
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    assert main(["completion", shell, "--lang", "zh-Hant"]) == 0
    (tmp_path / "documents").mkdir()
    path = tmp_path / f"completion.{shell}"
    path.write_text(capsys.readouterr().out, "utf-8")
    return path


def _said(script: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=script.parent, capture_output=True, encoding="utf-8", timeout=60, check=True)
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize("script", ["bash"], indirect=True)
@pytest.mark.parametrize(("words", "completed"), [*CASES, ([""], NAMES)])
def test_bash(script: Path, words: list[str], completed: set[str]) -> None:
    ask = 'source "$1"; shift; COMP_WORDS=(searcher "$@"); COMP_CWORD=$#; _searcher; compopt() { :; }; printf "%s\\n" "${COMPREPLY[@]}"'
    answered = set(_said(script, "bash", "-c", ask, "bash", str(script), *words).split())
    if words[0] == "show":  # left to bash, which completes files where nothing else is known
        assert answered == set()
    else:
        assert completed <= answered and not {word for word in answered if not word.startswith(words[-1])}


@pytest.mark.parametrize("script", ["fish"], indirect=True)
@pytest.mark.parametrize(("words", "completed"), [*CASES, ([""], NAMES), (["search", ""], set())])
def test_fish(script: Path, words: list[str], completed: set[str]) -> None:
    line = " ".join(("searcher", *words))
    said = _said(script, "fish", "--no-config", "-c", f"source {script}; complete -C '{line}'")
    answered = {row.split("\t")[0].rstrip("/") for row in said.splitlines()}
    assert completed <= answered and (completed or not answered)


@pytest.mark.parametrize("script", ["zsh"], indirect=True)
@pytest.mark.parametrize(("words", "completed"), CASES)
def test_zsh(script: Path, words: list[str], completed: set[str]) -> None:
    """What the line becomes when Tab is pressed."""
    line = " ".join(("searcher", *words))
    steps = f"""
        zmodload zsh/zpty
        zpty shell zsh -f -i
        zpty -w shell 'PS1= RPS1=; source {script}; tell() {{ print -r -- "<$BUFFER>" >{script}.told }}; zle -N tell'
        zpty -w shell 'bindkey "^I" complete-word; bindkey "^X" tell; print re""ady'
        until [[ $said == *ready* ]]; do zpty -r shell line; said+=$line; done
        zpty -w -n shell {line!r}$'\\t\\x18'
        for turn in {{1..100}}; do [[ -s {script}.told ]] && break; sleep 0.1; zpty -r -t shell line; done
        zpty -d shell
    """
    subprocess.run(["zsh", "-f", "-c", steps], cwd=script.parent, capture_output=True, timeout=60, check=True)
    told = (script.parent / f"{script.name}.told").read_text("utf-8").strip()[1:-1].rstrip(" =/")
    assert told.split()[-1] in completed
