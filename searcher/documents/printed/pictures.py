"""A picture becomes the text that it shows, where that is asked for: a scan, a photograph of a page, a screenshot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from searcher.documents.composing.printedpages import documents_of_pages, within_limits
from searcher.documents.description.dates import stamped_date
from searcher.documents.description.titles import typed_title
from searcher.documents.document import Document, Refused, Skipped
from searcher.documents.recognition.lines import Line, heading_of, text_of
from searcher.documents.recognition.recogniser import LONGEST_SIDE, Recogniser
from searcher.documents.sources.source import ReadOptions, Source
from searcher.remarks import Remark

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST_PIXELS = 80_000_000  # of a picture, 320 MB in memory
_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP")  # for others, such as EPS, Pillow may start programs
_TAKEN = 306  # what Exif calls the time of a photograph: 2021:08:17 15:20:00


def read_picture(source: Source, options: ReadOptions) -> Iterator[Document | Skipped]:
    """The one document of a picture; those of a TIFF are its pages. Refused: damaged, too-large, "empty" where it shows no text."""
    source.check(options.max_expanded_bytes)
    recogniser = Recogniser()
    with _opened(source) as image:
        count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
        found: list[list[Line]] = []
        pages = list(within_limits(_texts(image, count, recogniser, found), options, besides=recogniser.seconds_so_far))
        lost = count - len(found)
        if lost == count:
            raise Refused("damaged", Remark("detail.no-pages"))
        taken = str(image.getexif().get(_TAKEN, "")).replace(":", "-", 2)
    yield from documents_of_pages(
        source,
        pages,
        [str(page) for page in range(1, len(pages) + 1)] if count > 1 else [""],
        count=count,
        title=typed_title(heading_of(found[0]) or ""),
        stamped=stamped_date((taken,)),
        metadata={"format": "picture"},
        about={},
        without=recogniser.nothing(count),
    )
    if lost:
        yield Skipped(source.path, "damaged", Remark("detail.damaged-pages", count=lost, pages=count))
    yield from recogniser.told(source.path, count)


def _opened(source: Source) -> Image:
    from PIL import Image as images

    try:
        image = images.open(source.open(), formats=_FORMATS)
    except images.DecompressionBombError as error:
        raise Refused("too-large", Remark("detail.memory")) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise Refused("damaged", Remark("detail.not-whole", kind=source.suffix.lstrip(".").upper(), error=error)) from error
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is read at a half or an eighth at once
    if image.width * image.height > _MOST_PIXELS:
        raise Refused("too-large", Remark("detail.pixels", count=image.width * image.height))
    return image


def _texts(image: Image, count: int, recogniser: Recogniser, found: list[list[Line]]) -> Iterator[str | None]:
    """The text of each page, None where it is cut off; its lines are added to `found`."""
    for page in range(count):
        if _turn_to(image, page):
            found.append(recogniser.lines(image))
            yield text_of(found[-1])
        else:
            yield None


def _turn_to(image: Image, page: int) -> bool:
    """Whether a page is there, and whole; it is turned as the camera was held."""
    from PIL.ImageOps import exif_transpose

    try:
        image.seek(page)
        exif_transpose(image, in_place=True)
        image.load()
    except (OSError, ValueError, SyntaxError, EOFError):
        return False
    return True
