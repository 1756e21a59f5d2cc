"""How the tests of this room make documents of office programs."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def packed(parts: Mapping[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of parts."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def relations(*targets: tuple[str, str, str]) -> str:
    """The part that names other parts: (id, kind, target)."""
    rows = (f'<Relationship Id="{id}" Type="{_RELATION}/{kind}" Target="{target}"/>' for id, kind, target in targets)
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(rows)}</Relationships>'


def office(main: str, target: str, parts: Mapping[str, str | bytes]) -> bytes:
    """A package in Office Open XML with this main part."""
    return packed(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": relations(("rId1", "officeDocument", target), ("rId2", "core-properties", "docProps/core.xml")),
            target: main,
            **parts,
        }
    )


def docx(body: str, **parts: str) -> bytes:
    """A DOCX; `parts` are those beside the main part by their kind: styles, numbering, footnotes; `core` has the properties."""
    named = {f"word/{kind}.xml": f"<w:{kind} {W}>{content}</w:{kind}>" for kind, content in parts.items() if kind != "core"}
    links = relations(*((f"rId{number}", kind, f"{kind}.xml") for number, kind in enumerate(parts) if kind != "core"))
    core = {"docProps/core.xml": core_properties(parts["core"])} if "core" in parts else {}
    main = f"<w:document {W} {R}><w:body>{body}</w:body></w:document>"
    return office(main, "word/document.xml", {"word/_rels/document.xml.rels": links, **named, **core})


def pptx(
    *slides: str, notes: Mapping[int, str] | None = None, beside: Sequence[tuple[str, str, str]] = (), core: str | None = None
) -> bytes:
    """A PPTX of slides (what is in their shape trees), with notes by the number of the slide, what else it names as belonging to it, and
    its properties.
    """
    ids = "".join(f'<p:sldId id="{256 + number}" r:id="rId{number}"/>' for number in range(1, len(slides) + 1))
    links = [(f"rId{n}", "slide", f"slides/slide{n}.xml") for n in range(1, len(slides) + 1)]
    parts = {"ppt/_rels/presentation.xml.rels": relations(*links, *beside)}
    for number, shapes in enumerate(slides, 1):
        parts[f"ppt/slides/slide{number}.xml"] = f"<p:sld {P}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>"
    for number, shapes in (notes or {}).items():
        parts[f"ppt/slides/_rels/slide{number}.xml.rels"] = relations(("rId1", "notesSlide", f"../notesSlides/notesSlide{number}.xml"))
        parts[f"ppt/notesSlides/notesSlide{number}.xml"] = f"<p:notes {P}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:notes>"
    if core is not None:
        parts["docProps/core.xml"] = core_properties(core)
    return office(f"<p:presentation {P} {R}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>", "ppt/presentation.xml", parts)


def xlsx(sheets: Mapping[str, str], *, strings: str = "", styles: str = "", workbook: str = "") -> bytes:
    """An XLSX of sheets (their rows, by name)."""
    rows = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, 1))
    links = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    parts = {
        "xl/_rels/workbook.xml.rels": relations(*links, ("rIdS", "sharedStrings", "sharedStrings.xml"), ("rIdT", "styles", "styles.xml")),
        "xl/sharedStrings.xml": f"<sst {S}>{strings}</sst>",
        "xl/styles.xml": f"<styleSheet {S}>{styles}</styleSheet>",
    }
    for n, content in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{n}.xml"] = f"<worksheet {S}><sheetData>{content}</sheetData></worksheet>"
    return office(f"<workbook {S} {R}>{workbook}<sheets>{rows}</sheets></workbook>", "xl/workbook.xml", parts)


def core_properties(properties: str) -> str:
    """The part that says who, when and what."""
    spaces = (
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/"'
    )
    return f"<cp:coreProperties {spaces}>{properties}</cp:coreProperties>"


def ofd(*pages: str, info: str = "", common: str = "", document: str = "", parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """An OFD of pages (what is in their content); `common` and `document` go into its main part, `parts` are other parts in its folder."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    listed = "".join(f'<ofd:Page ID="{number}" BaseLoc="Pages/Page_{number}/Content.xml"/>' for number in range(1, len(pages) + 1))
    return packed(
        {
            "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocInfo>{info}</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
            "</ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData>{common}</ofd:CommonData>"
            f"<ofd:Pages>{listed}</ofd:Pages>{document}</ofd:Document>",
            **{f"Doc_0/Pages/Page_{number}/Content.xml": f"<ofd:Page {space}>{page}</ofd:Page>" for number, page in enumerate(pages, 1)},
            **{f"Doc_0/{name}": part for name, part in (parts or {}).items()},
        }
    )


def set_at(x: float, y: float, text: str, *, size: float = 4, steps: str = "", more: str = "", width: float = 100) -> str:
    """A text object of an OFD whose first character stands at x, y (millimetres); its steps are its size unless they are given."""
    across = f' DeltaX="{steps or f"g {len(text)} {size}"}"'
    return (
        f'<ofd:TextObject Boundary="{x} {y} {width} {size}" Size="{size}" {more}>'
        f'<ofd:TextCode X="0" Y="0"{across}>{text}</ofd:TextCode></ofd:TextObject>'
    )
