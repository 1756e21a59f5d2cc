"""What lies in an archive is read as if it lay in a folder, and no more of it than may be."""

from __future__ import annotations

import bz2
import gzip
import lzma
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.documents import Document, ReadOptions, Skipped, Source, documents_of
from searcher.documents.archives.archive import member_names
from searcher.documents.archives.membernames import safe_member_name
from tests.documents.pdfs import pdf
from tests.documents.reading import read_all, read_one, skipped

TEXT = "商湯科技計劃近幾週啟動赴港上市申請。"


def texts(name: str, data: bytes, **options: object) -> dict[str, str]:
    """What is read under which path, or why it is not."""
    return {str(item.path): item.text if isinstance(item, Document) else item.reason for item in read_all(name, data, **options)}


def packed(members: Mapping[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def bomb(megabytes: int) -> bytes:
    """White space, which packs a thousand to one."""
    return b" " * (megabytes << 20)


def tar(members: Mapping[str, bytes], mode: str = "w:", *extra: tarfile.TarInfo) -> bytes:
    file = BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, BytesIO(content))
        for info in extra:
            archive.addfile(info)
    return file.getvalue()


def named(*names: bytes, flags: int = 0, extra: bytes = b"") -> bytes:
    """A ZIP whose members have these bytes for names."""
    data, directory = b"", b""
    for name in names:
        content = TEXT.encode()
        sizes = struct.pack("<LLL", zlib.crc32(content), len(content), len(content))
        rest = struct.pack("<HH", len(name), len(extra))
        directory += b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, flags, 0, 0, 33) + sizes + rest
        directory += struct.pack("<HHHLL", 0, 0, 0, 0, len(data)) + name + extra
        data += b"PK\x03\x04" + struct.pack("<HHHHH", 20, flags, 0, 0, 33) + sizes + rest + name + extra + content
    end = struct.pack("<HHHHLLH", 0, 0, len(names), len(names), len(directory), len(data), 0)
    return data + directory + b"PK\x05\x06" + end


def test_members_are_documents(tmp_path: Path) -> None:
    (tmp_path / "甲.zip").write_bytes(packed({"乙/丙.txt": TEXT, "丁.md": "# 標題\n\n文", "戊.pdf": pdf(TEXT)}))
    found = list(documents_of(Source.of_file(tmp_path / "甲.zip", shown="甲.zip"), ReadOptions()))
    documents = [item for item in found if isinstance(item, Document)]
    assert [document.path for document in documents] == ["甲.zip!/乙/丙.txt", "甲.zip!/丁.md", "甲.zip!/戊.pdf"]
    assert [document.metadata["format"] for document in documents] == ["text", "markdown", "pdf"]
    assert [document.text for document in documents] == [TEXT, "標題\n\n文", TEXT]
    assert {document.source for document in documents} == {str(tmp_path / "甲.zip")}
    assert documents[0].id == f"{tmp_path / '甲.zip'}!/乙/丙.txt"
    assert documents[1].title == "標題"


PACKERS: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}


@pytest.mark.parametrize("suffix", PACKERS)
def test_a_packed_file_is_the_file(suffix: str) -> None:
    document = read_one(f"文.md{suffix}", PACKERS[suffix](f"# 標題\n\n{TEXT}".encode()))
    assert (document.id, document.title, document.metadata["format"]) == (f"文.md{suffix}", "標題", "markdown")
    lines = PACKERS[suffix]('{"title": "甲", "text": "文"}\n{"title": "乙", "text": "字"}\n'.encode())
    assert [getattr(item, "id", "") for item in read_all(f"a.jsonl{suffix}", lines)] == [f"a.jsonl{suffix}#1", f"a.jsonl{suffix}#2"]


@pytest.mark.parametrize(
    ("name", "mode"), [("a.tar", "w:"), ("a.tar.gz", "w:gz"), ("a.tgz", "w:gz"), ("a.tar.bz2", "w:bz2"), ("a.txz", "w:xz")]
)
def test_tar(name: str, mode: str) -> None:
    members = {"./甲/乙.txt": TEXT.encode(), "丙.txt": b"x" * 1024, "丁.txt": b"y" * 512}
    found = {f"{name}!/甲/乙.txt": TEXT, f"{name}!/丙.txt": "x" * 1024, f"{name}!/丁.txt": "y" * 512}
    assert texts(name, tar(members, mode)) == found
    assert list(texts("no name", tar(members, mode)).values()) == list(found.values())


def test_archives_in_archives() -> None:
    inner = packed({"b.txt": TEXT, "c.tar.gz": tar({"d.txt": TEXT.encode()}, "w:gz"), "e.txt.gz": gzip.compress(TEXT.encode())})
    found = texts("z.zip", packed({"a.zip": inner}))
    assert found == dict.fromkeys(("z.zip!/a.zip!/b.txt", "z.zip!/a.zip!/c.tar.gz!/d.txt", "z.zip!/a.zip!/e.txt.gz"), TEXT)


def test_what_is_large_goes_through_a_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    text = TEXT * 100_000
    assert texts("a.zip", packed({"a.txt": text, "b.txt.gz": gzip.compress(text.encode())})) == {
        "a.zip!/a.txt": text,
        "a.zip!/b.txt.gz": text,
    }
    assert [file for folder in tmp_path.iterdir() for file in folder.iterdir()] == []


NAMES = ["项目报告/二零二一年度总结.txt", "會議記錄/資訊科技發展計畫.txt"]


@pytest.mark.parametrize(
    ("name", "encoding"), [(NAMES[0], "gbk"), (NAMES[0], "gb18030"), (NAMES[1], "big5"), (NAMES[1], "gbk"), (NAMES[1], "utf-8")]
)
def test_names_in_any_encoding(name: str, encoding: str) -> None:
    assert list(texts("a.zip", named(name.encode(encoding)))) == [f"a.zip!/{name}"]
    assert member_names(zipfile.ZipFile(BytesIO(named("文.txt".encode(encoding), name.encode(encoding)))).infolist()) == ["文.txt", name]


def test_names_as_they_are_marked() -> None:
    assert list(texts("a.zip", named("总结.txt".encode(), flags=0x800))) == ["a.zip!/总结.txt"]
    raw = "总结.txt".encode("gbk")
    path = struct.pack("<BL", 1, zlib.crc32(raw)) + "真名.txt".encode()
    assert list(texts("a.zip", named(raw, extra=struct.pack("<HH", 0x7075, len(path)) + path))) == ["a.zip!/真名.txt"]
    stale = struct.pack("<BL", 1, 0) + "假名.txt".encode()
    assert list(texts("a.zip", named(raw, extra=struct.pack("<HH", 0x7075, len(stale)) + stale))) == ["a.zip!/总结.txt"]


def test_names_in_a_tar() -> None:
    file = BytesIO()
    with tarfile.open(fileobj=file, mode="w:", encoding="gbk", format=tarfile.GNU_FORMAT) as archive:
        archive.addfile(tarfile.TarInfo("项目报告总结.txt"))
    assert list(texts("a.tar", file.getvalue())) == ["a.tar!/项目报告总结.txt"]


SAFE = [
    ("a/b.txt", "a/b.txt"),
    ("../../etc/passwd", "etc/passwd"),
    ("/etc/passwd", "etc/passwd"),
    ("C:\\Windows\\..\\a.txt", "Windows/a.txt"),
    ("a/./b//c/", "a/b/c"),
    ("a\x1b[31m\u202etxt.exe", "a[31mtxt.exe"),
    ("..", ""),
]


@pytest.mark.parametrize(("name", "safe"), SAFE)
def test_names_lead_nowhere(name: str, safe: str) -> None:
    assert safe_member_name(name) == safe


@given(st.text(alphabet="ab./\\: \x00\u202e~"))
def test_no_name_leads_anywhere(name: str) -> None:
    safe = safe_member_name(name)
    assert safe_member_name(safe) == safe
    assert not safe.startswith("/") and ".." not in safe.split("/") and "\\" not in safe and safe.isprintable()


def test_nothing_is_written_where_names_lead(tmp_path: Path) -> None:
    data = packed({"../逃.txt": TEXT, "逃.txt": "二", f"{tmp_path}/絕對.txt": TEXT})
    (tmp_path / "內").mkdir()
    (tmp_path / "內" / "a.zip").write_bytes(data)
    found = [item.path for item in documents_of(Source.of_file(tmp_path / "內" / "a.zip", shown="a.zip"), ReadOptions())]
    assert found == ["a.zip!/逃.txt", "a.zip!/逃 (2).txt", f"a.zip!{tmp_path}/絕對.txt"]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.zip", "內"]


def test_what_is_left_behind_is_passed_over() -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        for name in ("folder/", "__MACOSX/._甲.txt", ".DS_Store", ".git/config", "a/~$甲.docx", "Thumbs.db", "甲.txt"):
            archive.writestr(name, TEXT)
    assert texts("a.zip", file.getvalue()) == {"a.zip!/甲.txt": TEXT}
    symbolic, device = tarfile.TarInfo("a.txt"), tarfile.TarInfo("b.txt")
    symbolic.type, symbolic.linkname, device.type = tarfile.SYMTYPE, "/etc/passwd", tarfile.CHRTYPE
    assert texts("a.tar", tar({"甲.txt": TEXT.encode()}, "w:", symbolic, device)) == {"a.tar!/甲.txt": TEXT}


def test_what_is_no_document_is_told() -> None:
    data = packed({"a.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "b.txt": "", "c.txt": TEXT})
    assert texts("a.zip", data) == {"a.zip!/a.png": "binary", "a.zip!/b.txt": "empty", "a.zip!/c.txt": TEXT}
    assert texts("a.zip", packed({})) == {"a.zip": "empty"}


def test_passwords() -> None:
    assert read_all("a.zip", named(b"a.txt", flags=1)) == [Skipped("a.zip!/a.txt", "encrypted", "protected by a password")]


def test_a_damaged_member_costs_itself() -> None:
    data = packed({"a.txt": TEXT, "b.txt": "乙" * 100, "c.txt": TEXT}, method=zipfile.ZIP_STORED)
    damaged = data.replace("乙乙".encode(), "乙丁".encode(), 1)
    assert texts("a.zip", damaged) == {"a.zip!/a.txt": TEXT, "a.zip!/b.txt": "damaged", "a.zip!/c.txt": TEXT}
    unknown = data.replace(struct.pack("<HHH", 20, 0, 0), struct.pack("<HHH", 20, 0, 77))
    assert set(texts("a.zip", unknown).values()) == {"unsupported"}


def test_a_member_whose_checksum_was_never_counted_is_read() -> None:
    data = packed({"a.txt": TEXT, "b.txt": "乙" * 100})
    with zipfile.ZipFile(BytesIO(data)) as archive:
        sums = [struct.pack("<I", member.CRC) for member in archive.infolist()]
    start = data.index(b"PK\x01\x02")  # the list of names, at the end
    for counted in sums:
        data = data[:start] + data[start:].replace(counted, bytes(4), 1)
    assert texts("a.zip", data) == {"a.zip!/a.txt": TEXT, "a.zip!/b.txt": "乙" * 100}


DAMAGED = {
    "a cut ZIP": ("a.zip", packed({"a.txt": TEXT * 50})[:-30]),
    "a ZIP of noise": ("a.zip", b"PK\x03\x04" + bytes(range(256)) * 30),
    "a cut gzip": ("a.txt.gz", gzip.compress(TEXT.encode() * 99)[:-9]),
    "a broken gzip": ("a.txt.gz", gzip.compress(bytes(range(256)) * 9)[:40] + b"\xff" * 200),
    "a cut xz": ("a.txt.xz", lzma.compress(TEXT.encode() * 99)[:-9]),
    "a broken bzip2": ("a.txt.bz2", bz2.compress(TEXT.encode() * 99)[:-20] + b"\xff" * 20),
    "a TAR of noise": ("a.tar", b"a" * 257 + b"ustar\x0000" + bytes(range(256)) * 30),
}


@pytest.mark.parametrize(("name", "data"), DAMAGED.values(), ids=DAMAGED.keys())
def test_damaged(name: str, data: bytes) -> None:
    assert skipped(name, data)[0] == "damaged"


def test_what_came_before_the_damage_stays() -> None:
    whole = tar({f"{number}.txt": TEXT.encode() * 20 for number in range(3)})
    *found, last = read_all("a.tar", whole[:3000])
    assert [type(item) for item in found] == [Document]
    assert isinstance(last, Skipped) and (last.path, last.reason) == ("a.tar", "damaged")


def test_depth() -> None:
    data = packed({"a.txt": TEXT})
    for _ in range(3):
        data = packed({"a.zip": data})
    assert texts("a.zip", data, max_depth=4) == {"a.zip!/a.zip!/a.zip!/a.zip!/a.txt": TEXT}
    ((path, reason),) = texts("a.zip", data, max_depth=3).items()
    assert (path, reason) == ("a.zip!/a.zip!/a.zip!/a.zip!/a.txt", "unsupported")


def nested_bomb(levels: int, width: int) -> bytes:
    """ZIPs of ZIPs, as 42.zip is: `width` in each, with a file of zeros in the innermost."""
    data = packed({"0.txt": bomb(2)})
    for _ in range(levels):
        data = packed({f"{number}.zip": data for number in range(width)})
    return data


def gnu_sparse() -> bytes:
    """A TAR with a file of 8 TB that is one hole."""
    info = tarfile.TarInfo("hole.txt")
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    header[156:157] = b"S"
    header[483:495] = b"\x80" + (8 << 40).to_bytes(11, "big")
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + b"\0" * 1024


def going_back() -> bytes:
    """A TAR whose member ends before it begins, so that a reader would find it again and again."""
    info = tarfile.TarInfo("a.txt")
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    header[124:136] = b"\xff" * 10 + (-512 & 0xFFFF).to_bytes(2, "big")
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return tarfile.TarInfo("b.txt").tobuf(tarfile.GNU_FORMAT) + bytes(header) + b"\0" * 1024


def claiming(size: int) -> bytes:
    """A ZIP with a member that says it is that large."""
    data = named(b"a.txt")
    real = struct.pack("<L", len(TEXT.encode()))
    return data.replace(real * 2, real + struct.pack("<L", size))


MEGABYTE = 1 << 20
HOSTILE: dict[str, tuple[str, Callable[[], bytes], dict[str, object], str]] = {
    "a member of 2 GB, by its own account": ("a.zip", lambda: claiming(2 << 30), {}, "too-large"),
    "a bomb": ("a.zip", lambda: packed({"a.txt": bomb(40)}), {}, "too-large"),
    "a bomb in gzip": ("a.txt.gz", lambda: gzip.compress(bomb(40)), {}, "too-large"),
    "a bomb in bzip2": ("a.txt.bz2", lambda: bz2.compress(bomb(40)), {}, "too-large"),
    "a bomb in xz": ("a.txt.xz", lambda: lzma.compress(bomb(40), preset=0), {}, "too-large"),
    "a bomb in a TAR": ("a.tgz", lambda: gzip.compress(tar({"a.txt": bomb(40)})), {}, "too-large"),
    "many small bombs": (
        "a.zip",
        lambda: packed({f"{n}.txt": bomb(2) for n in range(9)}),
        {"max_expanded_bytes": 10 * MEGABYTE},
        "too-large",
    ),
    "a bomb of bombs": ("42.zip", lambda: nested_bomb(3, 16), {"max_expanded_bytes": 7 * MEGABYTE}, "too-large"),
    "a hole of 8 TB": ("a.tar", gnu_sparse, {}, "binary"),
    "a TAR that goes back": ("a.tar", going_back, {}, "damaged"),
    "a name of 900 MB": (
        "a.tgz",
        lambda: gzip.compress(tarfile.TarInfo("a").create_pax_global_header({"a": "b"})[:124] + b"07000000000\0" + b"0" * 12 + b"\0" * 364),
        {},
        "damaged",
    ),
}


@pytest.mark.parametrize("damage", ["a header that is no header", "cut off in a header"])
def test_a_tar_that_is_damaged_behind_its_first_member_says_so(damage: str) -> None:
    data = bytearray(tar({"a.txt": TEXT.encode(), "b.txt": TEXT.encode()}))
    second = data.index(b"b.txt")
    broken = bytes(data[: second + 100]) if damage.startswith("cut") else bytes(data[:second]) + b"x" * 512 + bytes(data[second + 512 :])
    first, last = read_all("a.tar", broken)
    assert isinstance(first, Document) and first.text == TEXT
    assert isinstance(last, Skipped) and (last.path, last.reason) == ("a.tar", "damaged")


@pytest.mark.parametrize(("name", "data", "options", "reason"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile(name: str, data: Callable[[], bytes], options: dict[str, object], reason: str) -> None:
    *_, last = read_all(name, data(), **options)
    assert isinstance(last, Skipped) and last.reason == reason, last


def test_too_many_members(monkeypatch: pytest.MonkeyPatch) -> None:
    from searcher.documents.archives import archive as archives
    from searcher.documents.archives import unpacking

    monkeypatch.setattr(unpacking, "_MEMBERS", 3)
    source = Source.of_bytes("a.zip", packed({f"{number}.txt": TEXT for number in range(4)}))
    items = archives.read_archive(source, ReadOptions())
    assert [type(next(items)) for _ in range(3)] == [Document] * 3
    with pytest.raises(unpacking.Exhausted, match="holds more than 3 files"):
        next(items)


def test_a_list_of_names_that_would_take_all_memory() -> None:
    data = packed({"a.txt": TEXT})
    place = data.rfind(b"PK\x05\x06") + 12
    assert skipped("a.zip", data[:place] + struct.pack("<L", 1 << 30) + data[place + 4 :]) == ("too-large", "holds too many files")
