"""What programs say of a document that nobody has said."""

from __future__ import annotations

import pytest

from searcher.documents.description.metadata import real_author
from tests.documents.packing import docx
from tests.documents.pdfs import pdf
from tests.documents.reading import read_one
from tests.documents.test_office import paragraph, run
from tests.documents.test_opendocument import opendocument

TEXT = "年度報告的正文"

NOBODY = (
    "anonymous",
    "(anonymous)",
    "Administrator",
    "unknown",
    "user",
    "Windows User",
    "微软用户",
    "Microsoft Office 用户",
    "管理員",
    "Un-named",
    "-",
    " ",
)
PEOPLE = ("周默", "Anonymous Wang", "user1", "Admiral", "佚名", "王管理", "Rooter", "Ann Author")


@pytest.mark.parametrize("name", NOBODY)
def test_who_is_nobody(name: str) -> None:
    assert not real_author(name)


@pytest.mark.parametrize("name", PEOPLE)
def test_who_is_somebody(name: str) -> None:
    assert real_author(name) == name


@pytest.mark.parametrize(("name", "kept"), [("Administrator", None), ("微软用户", None), ("周默", "周默")])
def test_no_format_has_nobody_for_an_author(name: str, kept: str | None) -> None:
    rtf = "{\\rtf1{\\info{\\author " + "".join(f"\\u{ord(character)}?" for character in name) + "}}text of it}"
    files = {
        "a.pdf": pdf(TEXT, info={"Author": name}),
        "a.docx": docx(paragraph(run(TEXT)), core=f"<dc:creator>{name}</dc:creator>"),
        "a.odt": opendocument("text", f"<text:p>{TEXT}</text:p>", meta=f"<dc:creator>{name}</dc:creator>"),
        "a.rtf": rtf.encode("ascii"),
        "a.md": f"---\nauthor: {name}\n---\n{TEXT}".encode(),
    }
    said = {file: read_one(file, data).metadata.get("author") for file, data in files.items()}
    assert said == {**dict.fromkeys(files, kept), "a.md": name}
