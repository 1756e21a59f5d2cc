"""A stand-in for the package that recognises text: what a picture says is told by how bright it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from searcher.documents.processes.isolation import close_idle

PACKAGE = """
import json, os
from pathlib import Path
from types import SimpleNamespace

from PIL import ImageStat

ANSWERS = Path(__file__).with_name("answers.json")

class RapidOCR:
    def __init__(self, params):
        pass

    def __call__(self, image):
        with Path(__file__).with_name("asked").open("ab") as asked:
            asked.write(b".")
        lines = json.loads(ANSWERS.read_text("utf-8")).get(str(round(ImageStat.Stat(image).mean[0] / 10)))
        if lines == "crash":
            os._exit(3)
        if lines is None:
            return SimpleNamespace(boxes=None, txts=None)
        found = [([[left, top], [right, top], [right, bottom], [left, bottom]], text) for text, left, top, right, bottom in lines]
        return SimpleNamespace(boxes=[box for box, _ in found], txts=tuple(text for _, text in found))
"""

Answers = Mapping[int, object]
"""By a tenth of the brightness: lines with their left, top, right and bottom edge, or "crash"."""


@contextmanager
def recognising(folder: Path, answers: Answers) -> Iterator[Path]:
    """Meanwhile the package is installed, and gives these answers; the file `asked` in the folder has a byte for each picture."""
    package = folder / "rapidocr"
    package.mkdir()
    (package / "__init__.py").write_text(PACKAGE, "utf-8")
    (package / "answers.json").write_text(json.dumps({str(level): lines for level, lines in answers.items()}), "utf-8")
    (package / "asked").touch()
    (folder / "cv2.py").write_text("def setNumThreads(count): pass\n")
    (folder / "onnxruntime.py").touch()
    (folder / "rapidocr-9.dist-info").mkdir()
    (folder / "rapidocr-9.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: rapidocr\nVersion: 9\n")
    close_idle()
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        patch.setenv("LOCALAPPDATA", str(folder / "cache"))
        patch.setenv("HOME", str(folder))
        yield package / "asked"
    close_idle()


def picture(
    *levels: int,
    size: tuple[int, int] = (400, 300),
    format: str = "PNG",
    mode: str = "L",
    noise: bool = False,
    transparent: bool = False,
    **more: object,
) -> bytes:
    """A picture of one brightness, or a file with several; `noise` on it takes room."""
    pages = [Image.new("L", size, 10 * level).convert(mode) for level in levels]
    if transparent:
        pages = [Image.new("RGBA", size, (0, 0, 0, 0))]
    if noise:
        pages = [Image.blend(page, Image.effect_noise(size, 20), 0.02) for page in pages]
    out = BytesIO()
    several = {"save_all": True, "append_images": pages[1:]} if len(pages) > 1 else {}
    pages[0].save(out, format, **several, **more)
    return out.getvalue()
