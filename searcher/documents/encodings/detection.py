"""In which encoding is this text, and how sure is that?

Nearly every Big5 file can be read as GB18030 too, so the first encoding that fits is not the right one.
Every candidate decodes the same bytes, and the one whose text is the likeliest Chinese (or Japanese, Korean, Latin) is taken:
the likelihood of a text is that of its characters, by their frequency.
"""

from __future__ import annotations

import codecs
import math
import re
from collections import Counter
from collections.abc import Iterable

from searcher.documents.document import Metadata, Refused
from searcher.documents.encodings.likelihood import CHINESE, frequencies, likelihood
from searcher.documents.encodings.mending import PAIRED, mended
from searcher.frozen import frozen
from searcher.remarks import Remark

_SAMPLE = 32_768  # bytes that candidates are compared on
_GLANCE = 8_192  # bytes that UTF-16 is told by
_SEARCHED = 4 << 20  # bytes that the sample is taken from
_TOLERATED = 0.02  # the share of bytes that may fit nowhere, of those that are not ASCII
_TOLERATED_FORCED = 0.3
_HINT = 40.0  # how much likelier (as a logarithm) what a page declares is
_CERTAIN = 0.99
_TELLING = 3  # sequences of three bytes in a line of UTF-8
_SHORT = 100  # characters
_MIXED = 0.5  # how sure a text of several encodings is
_LEAST_HZ, _LEAST_LIKELY_HZ = 2, -9.5  # characters, and the mean of their likelihoods: Chinese has -7, pairs at random have -12
_WORTH_COUNTING = 3  # so many replaced bytes never matter

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff")
"""How PNG and JPEG begin, which may hold more text than is looked at here: the source of a drawing, say."""
_CONTROL = re.compile(rb"[\x00-\x07\x0e-\x1a\x1c-\x1f\x7f]")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_LONG_UTF8_SEQUENCE = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_ACCENT = re.compile(r"(?<![^\x00-\x7f])(?:[©®°§±×·²³µα-ωΑ-Ω]|\u00a0+|(?<=[A-Za-z])[^\x00-\x7f]|[^\x00-\x7f](?=[A-Za-z]))(?![^\x00-\x7f])")
_ALONE = re.compile(r"(?<=[a-z])[\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff\ufffd](?=[a-z])")
"""A character of China or Korea inside a word of Latin letters, as an accent and what is behind it give: Apresenta玢o, Apresentação."""
_HZ = re.compile(rb"~\{[\x21-\x77][\x21-\x7e]")
_BINARY_SHARE, _STRAY = 0.02, 2  # of control characters: the share, and how many never matter

# Python's codecs for the names that files use: supersets, so that a vendor's extra characters are no errors.
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
}


@frozen
class Decoded:
    """A decoded text, its encoding by Python's name, how sure that is (0 to 1), and how many bytes fitted nowhere (now U+FFFD)."""

    text: str
    encoding: str
    confidence: float
    replaced: int = 0

    def metadata(self, format: str) -> Metadata:
        """What is kept of this with a document of a format."""
        known = {"format": format, "encoding": self.encoding, "encoding_confidence": f"{self.confidence:.2f}"}
        return {**known, "encoding_errors": str(self.replaced)} if self.replaced else known


@frozen
class Candidate:
    """An encoding with the likelihood of its text, as a natural logarithm over the whole sample."""

    encoding: str
    likelihood: float


def decode(data: bytes, *, forced: str | None = None, declared: str | None = None) -> Decoded:
    """The text of bytes in `forced` if that is given, else in the likeliest encoding.

    Refused: empty, binary, and encoding where too many bytes fit nowhere.
    """
    if not data:
        raise Refused("empty", Remark("detail.nothing"))
    if forced:
        return _decoded(data, forced, 1.0, tolerated=_TOLERATED_FORCED)
    if found := _by_mark(data) or _as_hz(data):
        return found
    if is_binary(data[:65_536]):
        raise Refused("binary", Remark("detail.not-text"))
    return _as_utf8(data) or _line_by_line(data, declared) or _likeliest(data, declared)


def candidates(data: bytes, declared: str | None = None) -> list[Candidate]:
    """Every encoding that could be meant, the likeliest first."""
    narrow = _compared(_sample(data), (encoding for encoding in _SCRIPTS if encoding not in _WIDE))
    found = _compared(data[: min(_GLANCE, len(data) // 2 * 2)], _SCRIPTS)  # also of an odd count: a file that was cut off
    if found[0].encoding not in _WIDE:
        found = narrow
    known = codec(declared)
    hint = _SUPERSETS.get(known, known) if known else None
    hinted = (Candidate(one.encoding, one.likelihood + _HINT * (one.encoding == hint)) for one in found)
    return sorted(hinted, key=lambda candidate: -candidate.likelihood)


def is_binary(head: bytes) -> bool:
    """Bytes that are no text in any encoding."""
    if head.startswith(tuple(mark for mark, _ in _BOMS)):
        return False
    if head.startswith(_PICTURES):
        return True
    controls = len(_CONTROL.findall(head))
    if controls <= max(_STRAY, _BINARY_SHARE * len(head)):
        return False
    return not _is_wide(head) and not _is_divided_utf8(head, controls)


def _is_divided_utf8(head: bytes, controls: int) -> bool:
    """UTF-8 whose fields have control characters between them, NULs mostly: each has a Han character at least."""
    text = _utf8(head[: head.rfind(b"\n") + 1])
    return text is not None and sum("\u3400" <= character <= "\u9fff" for character in text) >= controls


def with_ascii_marks(head: bytes) -> bytes:
    """The same where ASCII stands for itself, without a mark of the byte order; UTF-16 as UTF-8."""
    if b"\0" not in head:
        return head.removeprefix(codecs.BOM_UTF8)
    try:
        return decode(head[: len(head) // 2 * 2]).text.encode("utf-8", "replace")
    except Refused:
        return head


def decode_name(name: bytes) -> str:
    """The name of a file or an archive member, whatever its encoding."""
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        best = candidates(name)[0].encoding
        return name.decode(best, "replace").replace("\x00", "")


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark) and (mark != codecs.BOM_UTF32_LE or len(data) % 4 == 0):
            return _decoded(data[len(mark) :], encoding, 1.0)
    return None


def _as_hz(data: bytes) -> Decoded | None:
    """HZ (RFC 1843), pairs of GB 2312 as ASCII between ~{ and ~}: where they are Chinese, and not of Lisp."""
    if not _HZ.search(data) or not data.isascii():
        return None
    try:
        text = data.decode("hz")
    except UnicodeDecodeError:
        return None
    han = Counter(character for character in text if not character.isascii())
    is_chinese = likelihood(han, "simplified") > _LEAST_LIKELY_HZ * han.total()
    return Decoded(text, "hz", _CERTAIN) if is_chinese and han.total() >= _LEAST_HZ else None


def _as_utf8(data: bytes) -> Decoded | None:
    """UTF-8 is told by itself: other text is hardly ever valid UTF-8, except short ones in sequences of two bytes (GBK 联通)."""
    text = _utf8(data)
    if text is None:
        return _nearly_utf8(data)
    if b"\0" not in data and (data.isascii() or _LONG_UTF8_SEQUENCE.search(data) or _has_accents(text)):
        return Decoded(text, "utf-8", 1.0)
    best, second = candidates(data)[:2]
    return Decoded(text, "utf-8", _confidence(best, second)) if best.encoding == "utf-8" else None


def _has_accents(text: str) -> bool:
    """Letters beyond ASCII stand one by one at those of ASCII (Ondřej Nový): the pairs of bytes of Chinese stand together.

    In a short text, one alone says little: P图 in GBK is Pͼ in UTF-8.
    """
    runs = len(_BEYOND_ASCII.findall(text))
    return len(_ACCENT.findall(text)) * 2 > runs and (runs > 1 or len(text) > _SHORT)


def _nearly_utf8(data: bytes) -> Decoded | None:
    """Damaged or cut off UTF-8: bytes outside of its sequences are few, and these several, for a name in GBK (杨波) may hold one, too."""
    high = len(_NOT_ASCII.findall(data))
    rest = len(_NOT_ASCII.findall(_UTF8_SEQUENCE.sub(b"", data)))
    if rest > max(_WORTH_COUNTING, _TOLERATED * high) or rest * 3 > high or len(_LONG_UTF8_SEQUENCE.findall(data)) < _TELLING:
        return None
    return _decoded(data, "utf-8", 1 - rest / high)


def _line_by_line(data: bytes, declared: str | None) -> Decoded | None:
    """Lines of UTF-8 among lines of another encoding, as logs and glued files have them; None for any other text.

    By chance, a line in another encoding is hardly ever UTF-8 with several sequences of three bytes.
    """
    lines = data.split(b"\n")
    fitting = [_utf8(line) is not None for line in lines]
    others = b"\n".join(line for line, fits in zip(lines, fitting, strict=True) if not fits)
    if b"\0" in data or not any(
        len(_LONG_UTF8_SEQUENCE.findall(line)) >= _TELLING for line, fits in zip(lines, fitting, strict=True) if fits
    ):
        return None
    encoding = next(one.encoding for one in candidates(others, declared) if one.encoding not in (*_WIDE, "utf-8"))
    decoded = (line.decode("utf-8" if fits else encoding, "replace") for line, fits in zip(lines, fitting, strict=True))
    text = "\n".join(decoded)
    return _tolerated(data, Decoded(text, encoding, _MIXED, text.count("\ufffd")), _TOLERATED)


def _utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _likeliest(data: bytes, declared: str | None) -> Decoded:
    best, second = candidates(data, declared)[:2]
    confidence = _confidence(best, second)
    if best.encoding != "big5hkscs":
        return _decoded(data, best.encoding, confidence)
    variants = (_replacing(data, name) for name in ("cp950", "big5hkscs"))
    text, encoding, replaced = min(variants, key=lambda variant: variant[2])
    return _tolerated(data, Decoded(text, "big5" if encoding == "cp950" else encoding, confidence, replaced), _TOLERATED)


def _decoded(data: bytes, encoding: str, confidence: float, *, tolerated: float = _TOLERATED) -> Decoded:
    text, _, replaced = _replacing(data, encoding)
    return _tolerated(data, Decoded(text, encoding, confidence, replaced), tolerated)


def _tolerated(data: bytes, decoded: Decoded, share: float) -> Decoded:
    if decoded.replaced > max(_WORTH_COUNTING, share * len(_NOT_ASCII.findall(data))):
        raise Refused("encoding", Remark("detail.no-encoding", encoding=decoded.encoding, count=decoded.replaced))
    return decoded


def _replacing(data: bytes, encoding: str) -> tuple[str, str, int]:
    try:
        return data.decode(encoding), encoding, 0
    except UnicodeDecodeError:
        text = mended(data, encoding) if encoding in PAIRED else data.decode(encoding, "replace")
        return text, encoding, text.count("\ufffd")


def _confidence(best: Candidate, second: Candidate) -> float:
    """The odds of the two likeliest, never quite certain: likelihoods of characters overstate what they know."""
    odds = (best.likelihood - second.likelihood) / 4
    return round(min(_CERTAIN, 1 / (1 + math.exp(-min(odds, 50)))), 2)


def _sample(data: bytes) -> bytes:
    """Lines that are not ASCII alone, up to a limit; a line break is never half of a character."""
    if len(data) <= _SAMPLE:
        return data
    kept, size = [], 0
    for line in data[:_SEARCHED].split(b"\n"):
        if not line.isascii():
            kept.append(line[: _SAMPLE - size])
            size += len(kept[-1]) + 1
            if size >= _SAMPLE:
                break
    return b"\n".join(kept)


def _compared(sample: bytes, encodings: Iterable[str]) -> list[Candidate]:
    found = (Candidate(encoding, _likelihood(sample, encoding)) for encoding in encodings)
    return sorted(found, key=lambda candidate: -candidate.likelihood)


def _is_wide(head: bytes) -> bool:
    """UTF-16 without a mark: it reads as text, and as nothing else does."""
    head = head[: len(head) // 2 * 2][:_GLANCE]
    best = _compared(head, _SCRIPTS)[0]
    return best.encoding in _WIDE and best.likelihood > _LEAST_LIKELY * len(head) / 2


def codec(named: str | None) -> str | None:
    """Python's name of an encoding, whatever it is called; None where it knows none."""
    try:
        return codecs.lookup(named.strip()).name if named else None
    except (LookupError, ValueError):
        return None


def _likelihood(sample: bytes, encoding: str) -> float:
    """The logarithm of the likelihood of the text in the likeliest of the scripts that this encoding writes."""
    text = sample.decode(encoding, "replace")
    counts, alone = Counter(text), _ALONE.findall(text)
    best = max(
        likelihood(counts, script) - _STRANGE * sum(one not in frequencies(script) for one in alone) for script in _SCRIPTS[encoding]
    )
    return best if encoding in _EXPECTED else best - _UNEXPECTED


_EXPECTED = frozenset(("utf-8", "gb18030", "big5hkscs"))
_LEAST_LIKELY = -11.0  # the mean of a text's characters; Chinese has -7
_UNEXPECTED = 12.0  # how much less likely others are before anything is read
_STRANGE = 20.0  # and by how much a rare character inside a word of Latin letters
_WIDE = frozenset(("utf-16-le", "utf-16-be"))
_SCRIPTS: dict[str, tuple[str, ...]] = {
    "utf-8": (*CHINESE, "japanese", "korean", "latin"),
    "gb18030": CHINESE,
    "big5hkscs": ("traditional",),
    "utf-16-le": (*CHINESE, "japanese", "latin"),  # no Korean: pairs of GB bytes are syllables of it
    "utf-16-be": (*CHINESE, "japanese", "latin"),
    "cp932": ("japanese",),
    "euc_jp": ("japanese",),
    "cp949": ("korean",),
    "cp1252": ("latin",),
}
