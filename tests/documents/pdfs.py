"""How the tests of this room make PDFs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def pdf(
    *pages: str,
    info: Mapping[str, str] | None = None,
    labels: str = "",
    meaning: Mapping[str, str] | None = None,
    trailer: str = "",
    contents: Sequence[str] = (),
    annotations: Sequence[str] = (),
) -> bytes:
    """A PDF of these pages, line by line, in a font that is not embedded.

    `meaning` says what characters mean where a program copies them, if not themselves; `labels` is a /PageLabels dictionary;
    `contents` are further operators of each page; `annotations` are dictionaries, all of the first page.
    """
    kids = " ".join(f"{10 + 2 * number} 0 R" for number in range(len(pages)))
    notes = {1000 + number: f"<< /Type /Annot /Rect [0 0 90 9] {note} >>" for number, note in enumerate(annotations)}
    named = " ".join(f"{number} 0 R" for number in notes)
    objects = {
        1: f"<< /Type /Catalog /Pages 2 0 R {f'/PageLabels {labels}' if labels else ''} /AcroForm << /Fields [{named}] >> >>",
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        3: "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>",
        4: "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /FontDescriptor 5 0 R /DW 1000"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        5: "<< /Type /FontDescriptor /FontName /Song /Flags 4 /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80"
        " /FontBBox [0 -120 1000 880] >>",
        6: _stream(_characters("".join(pages), meaning or {})),
        7: f"<< {' '.join(f'/{name} <FEFF{_hex(value)}>' for name, value in (info or {}).items())} >>",
    }
    for number, page in enumerate(pages):
        objects[10 + 2 * number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {11 + 2 * number} 0 R /Resources << /Font << /F 3 0 R >>"
            f" /XObject << /X 8 0 R >> >> {'' if number else f'/Annots [{named}]'} >>"
        )
        objects[11 + 2 * number] = _stream("\n".join((*_operators(page), *contents)))
    objects[8] = _stream("q /X Do /X Do Q", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 8 0 R >> >>")
    return assembled({**objects, **notes}, trailer=f"/Info 7 0 R {trailer}")


def assembled(objects: Mapping[int, str], *, trailer: str = "") -> bytes:
    """A file of these objects, with the table that says where they are."""
    data = b"%PDF-1.7\n"
    places = {}
    for number, content in objects.items():
        places[number] = len(data)
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    size = max(objects) + 1
    rows = [f"{places[number]:010} 00000 n \n" if number in places else "0000000000 65535 f \n" for number in range(size)]
    table = f"xref\n0 {size}\n{''.join(rows)}trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + table.encode("latin-1")


def _operators(page: str) -> list[str]:
    lines = enumerate(page.split("\n"))
    return [f"BT /F 12 Tf 50 {780 - 16 * number} Td <{_hex(line)}> Tj ET" for number, line in lines if line]


def _characters(text: str, meaning: Mapping[str, str]) -> str:
    """The table of what codes mean, a hundred entries at a time as they may be."""
    known = sorted(set(text) - {"\n"})
    blocks = (known[start : start + 100] for start in range(0, len(known), 100))
    entries = (
        f"{len(block)} beginbfchar\n" + "\n".join(f"<{_hex(one)}> <{_hex(meaning.get(one, one))}>" for one in block) + "\nendbfchar"
        for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /T def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n" + "\n".join(entries) + "\nendcmap end end"
    )


def _stream(content: str, entries: str = "") -> str:
    return f"<< /Length {len(content)} {entries} >>\nstream\n{content}\nendstream"


def _hex(text: str) -> str:
    return text.encode("utf-16-be").hex()
