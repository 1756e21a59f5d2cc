"""Text in pictures: which lines belong together, in which order they are read, and what becomes of scans, photographs and screenshots."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Sequence
from contextlib import suppress
from math import cos, sin
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from searcher.documents import Document, ReadOptions, Skipped, Source, documents_of
from searcher.documents.recognition.lines import Corners, heading_of, lines_of, sizes_of, text_of
from searcher.documents.recognition.protocol import Picture, as_bytes, from_bytes, receive_picture, send_picture
from searcher.documents.recognition.recogniser import pixels_of
from tests.documents.pdfs import pdf
from tests.documents.recognisers import picture, recognising

PAGE = [("關於軟體採購的通知", 50, 10, 350, 50), ("各單位請於本月底前", 20, 80, 380, 100), ("提出申請。", 20, 110, 120, 130)]


def box(left: float, top: float, right: float, bottom: float) -> Corners:
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def read(*lines: tuple[str, float, float, float, float], angle: float = 0.0) -> str:
    """The text of lines at these places, on a page that was laid down so."""
    found = [(text, [(x * cos(angle) - y * sin(angle), x * sin(angle) + y * cos(angle)) for x, y in box(*edges)]) for text, *edges in lines]
    random.Random(1).shuffle(found)
    return text_of(lines_of(found))


def columns(*texts: Sequence[str], top: int = 0) -> list[tuple[str, float, float, float, float]]:
    return [
        (text, 300 * column, top + 30 * row, 300 * column + 260, top + 30 * row + 20)
        for column, rows in enumerate(texts)
        for row, text in enumerate(rows)
    ]


LEFT, RIGHT = [f"左邊一欄的第{number}行文字" for number in "一二三四"], [f"右邊一欄的第{number}行文字" for number in "一二三四"]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        pytest.param(PAGE, "關於軟體採購的通知\n各單位請於本月底前\n提出申請。", id="one below the other"),
        pytest.param([("姓名", 0, 0, 40, 20), ("王小明", 200, 2, 260, 22), ("電話", 0, 40, 40, 60)], "姓名\t王小明\n電話", id="a form"),
        pytest.param([("一行的前半", 0, 0, 100, 20), ("和後半", 112, 1, 170, 21)], "一行的前半和後半", id="a line in two pieces"),
        pytest.param([("卢小白", 0, 0, 60, 20), ("上班族", 80, 1, 140, 21)], "卢小白 上班族", id="two texts"),
        pytest.param([("version", 0, 0, 70, 20), ("2.0", 82, 1, 110, 21)], "version 2.0", id="words"),
        pytest.param(columns(LEFT, RIGHT), "\n".join((*LEFT, *RIGHT)), id="two columns"),
        pytest.param(columns(LEFT, RIGHT, LEFT), "\n".join((*LEFT, *RIGHT, *LEFT)), id="three columns"),
        pytest.param(
            [("橫跨兩欄的標題", 100, 0, 460, 25), *columns(LEFT, RIGHT, top=40)],
            "\n".join(("橫跨兩欄的標題", *LEFT, *RIGHT)),
            id="a heading",
        ),
        pytest.param(columns(["甲", "乙", "丙"], ["一", "二", "三"]), "甲\t一\n乙\t二\n丙\t三", id="a table"),
        pytest.param(
            [("有評是是非非", 200, 0, 230, 180), ("之士師也是非", 150, 0, 180, 180), ("三", 205, 300, 225, 320)],
            "有評是是非非\t三\n之士師也是非",
            id="columns from the right to the left",
        ),
        pytest.param([("  ", 0, 0, 10, 10)], "", id="nothing"),
    ],
)
@pytest.mark.parametrize("angle", [0.0, 0.03, -0.03])
def test_lines_are_read_in_order_though_a_page_lies_askew(
    lines: list[tuple[str, float, float, float, float]], text: str, angle: float
) -> None:
    assert read(*lines, angle=angle) == text


@given(st.lists(st.tuples(st.text("文字甲", min_size=1, max_size=12), *[st.integers(0, 500)] * 4), max_size=30))
def test_each_line_is_read_once(found: list[tuple[str, int, int, int, int]]) -> None:
    lines = lines_of((text, box(left, top, left + width + 1, top + height + 1)) for text, left, top, width, height in found)
    assert sorted(line.text for line in lines) == sorted(text for text, *_ in found)
    assert sorted("".join(text_of(lines).split())) == sorted("".join(text for text, *_ in found))


def test_what_stands_out_is_larger_than_most() -> None:
    assert [size for _, size in sizes_of(lines_of((text, box(*edges)) for text, *edges in PAGE))] == [2.0, 1.0, 1.0]


def test_a_heading_stands_at_the_top() -> None:
    rows = [
        ("表格四之七：寫作的流程", 0, 0, 220, 20),
        *((f"第{number}行說的事", 0, 30 * number, 200, 30 * number + 20) for number in range(1, 6)),
    ]
    lines = lines_of((text, box(*edges)) for text, *edges in [*rows, ("未來與終點", 0, 200, 300, 260)])
    assert heading_of(lines) is None
    assert heading_of(lines_of((text, box(*edges)) for text, *edges in PAGE)) == "關於軟體採購的通知"


@given(st.lists(st.tuples(st.text(), st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), min_size=4, max_size=4))))
def test_lines_pass_between_processes_as_they_are(found: list[tuple[str, list[tuple[float, float]]]]) -> None:
    assert from_bytes(as_bytes(found)) == found
    assert as_bytes(found).count(b"\n") == 1


@given(st.one_of(st.binary(), st.text().map(str.encode)))
def test_nonsense_is_no_line(data: bytes) -> None:
    with suppress(ValueError):
        assert isinstance(from_bytes(data), list)


def test_pictures_pass_between_processes_until_no_more_come() -> None:
    pictures = [Picture(2, 1, b"123456"), Picture(1, 1, b"789")]
    pipe = io.BytesIO()
    for one in pictures:
        send_picture(pipe, one)
    pipe.seek(0)
    assert [receive_picture(pipe), receive_picture(pipe), receive_picture(pipe)] == [*pictures, None]


def test_the_package_itself_finds_text() -> None:
    """Where it is installed; it is too large to be installed for tests alone."""
    pytest.importorskip("onnxruntime", exc_type=ImportError)
    pytest.importorskip("rapidocr", exc_type=ImportError)
    from searcher.documents.recognition import process

    image = Image.new("RGB", (600, 5_000), "white")
    for top in (40, 2_600, 4_900):
        ImageDraw.Draw(image).text((40, top), f"Searcher {top}", "black", ImageFont.load_default(40))
    found = process._found(process._engine(), pixels_of(image))
    assert text_of(lines_of(found)) == "Searcher 40\nSearcher 2600\nSearcher 4900"
    assert [round(corners[0][1], -2) for _, corners in found] == [0, 2_600, 4_900]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """What is counted when pictures are looked at: 20 shows a page, 10 another, 25 white paper, 15 crashes, all others show nothing."""
    paper = [("白紙黑字", 20, 20, 300, 40)]
    answers = {20: PAGE, 10: [("另一頁的內容，從這裡開始。", 20, 20, 300, 40)], 25: paper, 26: paper, 15: "crash"}
    with recognising(tmp_path_factory.mktemp("package"), answers) as asked:
        yield asked


def items(name: str, data: bytes, *, ocr: bool = True) -> list[Document | Skipped]:
    return list(documents_of(Source.of_bytes(name, data), ReadOptions(ocr=ocr)))


def document(name: str, data: bytes) -> Document:
    (found,) = items(name, data)
    assert isinstance(found, Document), found
    return found


def refusal(name: str, data: bytes, *, ocr: bool = True) -> str:
    (found,) = items(name, data, ocr=ocr)
    assert isinstance(found, Skipped), found
    return found.reason


TEXT = "關於軟體採購的通知\n各單位請於本月底前\n提出申請。"


@pytest.mark.parametrize(
    ("name", "format"), [("IMG_1.jpg", "JPEG"), ("a.png", "PNG"), ("a.tif", "TIFF"), ("a.webp", "WEBP"), ("a.bmp", "BMP")]
)
@pytest.mark.usefixtures("asked")
def test_a_picture_is_what_it_shows(name: str, format: str) -> None:
    found = document(name, picture(20, format=format))
    assert (found.title, found.text, found.metadata["format"], found.locations) == ("關於軟體採購的通知", TEXT, "picture", ())


@pytest.mark.usefixtures("asked")
def test_pictures_are_no_text_where_it_is_not_asked_for() -> None:
    assert refusal("a.png", picture(20), ocr=False) == "binary"
    assert refusal("a.pdf", picture(20, format="PDF"), ocr=False) == "no-text"


@pytest.mark.usefixtures("asked")
def test_nobody_misses_a_picture_without_text() -> None:
    assert refusal("a.png", picture(5)) == "empty"
    assert refusal("a.pdf", picture(5, format="PDF")) == "empty"


@pytest.mark.usefixtures("asked")
def test_pages_of_a_tiff_are_pages() -> None:
    found = document("a.tif", picture(20, 5, 10, format="TIFF"))
    assert [(place.kind, place.label, found.text[place.start :][:2]) for place in found.locations] == [
        ("page", "1", "關於"),
        ("page", "3", "另一"),
    ]


@pytest.mark.usefixtures("asked")
def test_a_photograph_is_of_the_day_it_was_taken_and_as_the_camera_was_held() -> None:
    exif = Image.Exif()
    exif[0x0132], exif[0x0112] = "2021:08:17 15:20:00", 6
    assert document("a.jpg", picture(20, format="JPEG", exif=exif)).date == "2021-08-17T15:20:00"


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "CMYK"])
@pytest.mark.usefixtures("asked")
def test_however_colours_are_written(mode: str) -> None:
    assert document("a.tif", picture(20, 10, size=(2_500, 1_000), format="TIFF", mode=mode)).text.startswith("關於軟體採購的通知")


@pytest.mark.parametrize("mode", ["1", "P"])
def test_what_is_made_smaller_has_shades(mode: str) -> None:
    pixels = pixels_of(Image.linear_gradient("L").resize((4_000, 1_000)).convert(mode)).pixels
    assert len(pixels) == 3 * 2_000 * 500 and len(set(pixels)) > 2


@pytest.mark.usefixtures("asked")
def test_what_is_transparent_is_white() -> None:
    assert document("a.png", picture(0, transparent=True)).text == "白紙黑字"


@pytest.mark.usefixtures("asked")
def test_a_cut_off_picture_is_damaged() -> None:
    noise = picture(20, noise=True)
    assert [refusal("a.png", noise[:length]) for length in (40, len(noise) // 2)] == ["damaged", "damaged"]
    found, told = items("a.tif", picture(20, 10, format="TIFF", noise=True)[:-20_000])
    assert isinstance(found, Document) and isinstance(told, Skipped) and told.reason == "damaged"


@pytest.mark.usefixtures("asked")
def test_a_picture_that_would_fill_the_memory_is_told() -> None:
    assert refusal("a.png", picture(20, size=(9_000, 9_000))) == "too-large"
    assert refusal("a.png", picture(20, size=(14_000, 14_000))) == "too-large"


@pytest.mark.usefixtures("asked")
def test_what_only_has_the_name_of_a_picture_starts_no_program() -> None:
    assert refusal("a.png", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n\0\0\0") == "damaged"


@pytest.mark.usefixtures("asked")
def test_a_scan_is_read_page_by_page() -> None:
    found = document("a.pdf", picture(20, 10, format="PDF"))
    assert (found.title, found.text) == ("關於軟體採購的通知", f"{TEXT}\n\n另一頁的內容，從這裡開始。")
    assert [place.label for place in found.locations if place.kind == "page"] == ["1", "2"]


def test_a_written_page_is_left_as_it_is(asked: Path) -> None:
    before = asked.stat().st_size
    assert document("a.pdf", pdf("這一頁有文字層。")).text == "這一頁有文字層。"
    assert asked.stat().st_size == before


def test_a_picture_is_looked_at_once(asked: Path) -> None:
    data = picture(20, size=(401, 301))
    before = asked.stat().st_size
    document("a.png", data)
    document("moved.png", data)
    assert asked.stat().st_size == before + 1
    document("other.png", picture(20, size=(402, 301)))
    assert asked.stat().st_size == before + 2


@pytest.mark.usefixtures("asked")
def test_a_page_that_cannot_be_recognised_costs_itself() -> None:
    found, told = items("a.pdf", picture(20, 15, 10, format="PDF"))
    assert isinstance(found, Document) and found.text == f"{TEXT}\n\n另一頁的內容，從這裡開始。"
    assert isinstance(told, Skipped) and told.reason == "damaged"


@pytest.mark.usefixtures("asked")
def test_a_picture_that_cannot_be_recognised_is_missed() -> None:
    assert refusal("a.png", picture(15)) == "damaged"


def test_where_every_page_fails_no_more_are_tried(asked: Path) -> None:
    before = asked.stat().st_size
    assert [item.reason for item in items("a.pdf", picture(*[15] * 14, format="PDF")) if isinstance(item, Skipped)] == ["damaged"]
    assert asked.stat().st_size - before <= 20


@pytest.mark.usefixtures("asked")
def test_a_long_picture_is_read_part_by_part() -> None:
    found = document("a.png", picture(20, size=(400, 5_000)))
    assert found.text.count("關於軟體採購的通知") == 3
