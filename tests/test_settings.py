"""The configuration file, which index is meant, and what is remembered between runs."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import platformdirs
import pytest

from searcher.errors import InvalidOption
from searcher.settings import Settings, config_path, find_index, read_settings, state_folder
from searcher.state import FILE, LastSearch, recall, remember
from searcher.text import lexicon

INDEX_README = Path(__file__).parent.parent / "index" / "README.md"


def test_a_script_goes_by_many_names(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    for named, script in (("繁體", "t"), ("zh-TW", "tw"), ("hk", "hk"), ("zh-Hans", "s")):
        file.write_text(f'script = "{named}"', "utf-8")
        assert read_settings(file).script == script


def test_no_folder_is_called_tilde(monkeypatch: pytest.MonkeyPatch) -> None:
    """As older versions of platformdirs give where nobody knows the user's home: it would be one of whoever made the current folder."""
    for kind in ("config", "state", "cache"):
        monkeypatch.setattr(platformdirs, f"user_{kind}_path", lambda *_, **__: Path("~/folder/searcher"))
        monkeypatch.setattr(platformdirs, f"user_{kind}_dir", lambda *_, **__: "~/folder/searcher")
    assert config_path() == Path(os.devnull)
    with pytest.raises(FileNotFoundError):
        state_folder()
    assert all(folder.is_absolute() for folder in lexicon._folders())


def test_no_file_gives_the_defaults(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "config.toml") == Settings()


def test_what_the_file_says(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('\ufeffindex = "~/i"\nlanguage = "zh-Hant"\nlimit = 0\nexpand = false\nediting = "vi"\n', "utf-8")
    assert read_settings(file) == Settings(index="~/i", language="zh-Hant", limit=0, expand=False, editing="vi")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"limit = ", r"^cannot read the configuration .*config\.toml: Invalid value"),
        (b"\xff\xfe", "^cannot read the configuration .*: it is not UTF-8$"),
        (b"limit = " + b"[" * 100_000, "^cannot read the configuration .*: "),
        (b'limitt = "3"', r"^unknown key limitt in .*config\.toml: the keys are index, language, .*, converters$"),
        (b'limit = "3"', r"^limit in .*config\.toml cannot be 3: a whole number is wanted"),
        (b"limit = true", r"^limit in .*config\.toml cannot be True: a whole number is wanted"),
        (b"limit = -1", r"^limit in .*config\.toml cannot be -1: 0 or more is wanted"),
        (b"[pager]", r"^pager in .*config\.toml cannot be \{\}: a text in quotes is wanted"),
        (b'color = "red"', r"^color in .*config\.toml cannot be red: one of auto, always, never"),
    ],
)
def test_a_file_that_is_wrong(tmp_path: Path, content: bytes, reason: str) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(content)
    with pytest.raises(InvalidOption, match=reason):
        read_settings(file)


def test_which_index_is_meant(tmp_path: Path) -> None:
    below = tmp_path / "project" / "deep" / "deeper"
    below.mkdir(parents=True)
    none: dict[str, str] = {}
    assert find_index(None, Settings(), environment=none, here=below) == below / "index"
    (tmp_path / "index").mkdir()
    assert find_index(None, Settings(), environment=none, here=below) == below / "index", "a folder that only has the name is not ours"
    (tmp_path / "index" / "searcher-index.json").write_text("{}")
    assert find_index(None, Settings(), environment=none, here=below) == tmp_path / "index"
    (tmp_path / "project" / "index").mkdir()
    (tmp_path / "project" / "index" / "README.md").write_bytes(INDEX_README.read_bytes())
    assert find_index(None, Settings(), environment=none, here=below) == tmp_path / "project" / "index", "the project's, still empty"
    assert find_index(None, Settings(index="/c"), environment=none, here=below) == Path("/c").absolute()
    assert find_index(None, Settings(index="/c"), environment={"SEARCHER_INDEX": "/e"}, here=below) == Path("/e").absolute()
    assert find_index("/o", Settings(index="/c"), environment={"SEARCHER_INDEX": "/e"}, here=below) == Path("/o").absolute()


def test_the_last_search_is_its_owners(tmp_path: Path) -> None:
    last = LastSearch("/i", "商湯", ("a", "b\udc80"), 11, (7, 0))
    remember(last, tmp_path)
    assert recall(tmp_path) == last
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
    assert (last.id(11), last.id(12), last.id(10), last.id(13)) == ("a", "b\udc80", None, None)
    assert (last.place(11), last.place(12), last.place(10), last.place(13)) == (7, 0, 0, 0)


def test_a_last_search_of_before_places_were_kept_is_read(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('{"version": 1, "index": "/i", "query": "商湯", "first": 1, "ids": ["a"]}', "utf-8")
    assert recall(tmp_path) == LastSearch("/i", "商湯", ("a",))


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"version": 99}', b"\xff", b'{"version": 1, "index": "x", "query": "y"}'])
def test_a_last_search_that_cannot_be_read_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert recall(tmp_path) is None


def test_the_state_folder_is_its_owners(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "USERPROFILE", "XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    assert stat.S_IMODE(state_folder().stat().st_mode) & 0o077 == 0
    assert state_folder().is_relative_to(tmp_path)


def test_the_documented_configuration_is_a_valid_one(tmp_path: Path) -> None:
    page = (Path(__file__).parent.parent / "docs" / "TERMINAL.md").read_text("utf-8")
    file = tmp_path / "config.toml"
    file.write_text(page.split("```toml\n")[1].split("```")[0], "utf-8")
    settings = read_settings(file)
    converters = {".png": ("tesseract", "{file}", "-", "-l", "chi_sim+chi_tra")}
    assert settings == Settings(
        index="~/notes/index",
        language="zh-Hant",
        script="tw",
        live=True,
        pager="less -R",
        editor="vim",
        synonyms="~/synonyms.txt",
        dictionary="~/words.txt",
        converters=converters,
    )


def test_converters_are_commands_by_suffix(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[converters]\n".DOC" = "soffice --out \'{out}\' {file}"\n', "utf-8")
    assert read_settings(file).converters == {".doc": ("soffice", "--out", "{out}", "{file}")}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('converters = "x"', "a table is wanted"),
        ('[converters]\ndoc = "x {file}"', "a suffix and a command that names {file} are wanted"),
        ('[converters]\n".doc" = "x"', "a suffix and a command that names {file} are wanted"),
        ('[converters]\n".doc" = "x \'{file}"', "a suffix and a command that names {file} are wanted"),
        ('[converters]\n".doc" = 3', "a suffix and a command that names {file} are wanted"),
    ],
)
def test_converters_that_are_wrong(tmp_path: Path, content: str, reason: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(content, "utf-8")
    with pytest.raises(InvalidOption, match=reason):
        read_settings(file)
