"""Pages of a PDF that are pictures: a scan, or text in a font without a table of its characters. What they show is their text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from searcher.documents.composing.printedpages import is_garbled
from searcher.documents.document import Refused, Skipped
from searcher.documents.formats import PICTURE, lacks_module
from searcher.documents.recognition.lines import Line, heading_of, text_of
from searcher.documents.recognition.recogniser import LONGEST_SIDE, Recogniser
from searcher.documents.sources.source import ReadOptions

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfPage

_FEW = 60  # characters that may be printed over a scan: a stamp, the number of a page, a watermark
_SHARE = 0.5  # of a page that its pictures take
_SCALE = 4.0  # pixels for a point at most, for a page may be as small as a card


class Scans:
    """What is recognised of a PDF's pages, where that is asked for."""

    def __init__(self, options: ReadOptions) -> None:
        self._recogniser = Recogniser() if options.ocr and not lacks_module(PICTURE) else None
        self._lines: dict[int, list[Line]] = {}

    def nothing(self, pages: int) -> Refused | None:
        """Why so many pages have no text, where any was a picture to look at."""
        return self._recogniser.nothing(pages) if self._recogniser and self._lines else None

    def text(self, page: PdfPage, number: int, written: str) -> str:
        """The text of a page: what is written in its text layer, or what it shows, if it is a picture in which more can be read."""
        if self._recogniser is None or not _is_picture(page, written):
            return written
        lines = self._recogniser.lines(_picture_of(page))
        self._lines[number] = lines
        return text_of(lines) or written

    def heading(self, number: int) -> str | None:
        """What stands out on a page that was a picture."""
        return heading_of(self._lines.get(number, ()))

    def seconds_so_far(self) -> float:
        """How long it has taken."""
        return self._recogniser.seconds_so_far() if self._recogniser else 0.0

    def told(self, path: str, pages: int) -> Iterator[Skipped]:
        """What it could not do."""
        return self._recogniser.told(path, pages) if self._recogniser else iter(())


def _is_picture(page: PdfPage, written: str) -> bool:
    """Whether nothing is written on a page that is not empty, or what is is garbled, or little, beside pictures that take half of it."""
    from pypdfium2 import raw

    count = len("".join(written.split()))
    if not count or is_garbled(written):
        return bool(raw.FPDFPage_CountObjects(page) > 0)
    if count > _FEW:
        return False
    width, height = page.get_size()
    pictures = (image.get_bounds() for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2))
    covered = sum((right - left) * (top - bottom) for left, bottom, right, top in pictures)
    return bool(covered >= _SHARE * width * height)


def _picture_of(page: PdfPage) -> Image:
    """A page, no larger than the recogniser wants it."""
    scale = min(_SCALE, LONGEST_SIDE / max(page.get_size()))
    image: Image = page.render(scale=scale).to_pil()
    return image
