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
from dataclasses import dataclass
from functools import cache

from searcher.documents.refusal import Refused

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
_PAIRED = frozenset(("gb18030", "cp950", "big5hkscs"))  # a character is one byte or several, and only the order tells which
_LONGEST_CHARACTER, _LEFT_OVER = 4, -30.0  # bytes of GB18030, and how unlikely it is that a byte is none of a character
_MOST_MENDED = 65_536  # bytes of lines with an error
_LAST_PLANE = 16  # of Unicode
_LEAST_HZ, _LEAST_LIKELY_HZ = 2, -9.5  # characters, and the mean of their likelihoods: Chinese has -7, pairs at random have -12
_WORTH_COUNTING = 3  # so many replaced bytes never matter

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(rb"[\x00-\x07\x0e-\x1a\x1c-\x1f\x7f]")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_LONG_UTF8_SEQUENCE = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_ACCENT = re.compile(r"(?<![^\x00-\x7f])(?:[©®°§]|(?<=[A-Za-z])[^\x00-\x7f]|[^\x00-\x7f](?=[A-Za-z]))(?![^\x00-\x7f])")
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


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text, its encoding by Python's name, how sure that is (0 to 1), and how many bytes fitted nowhere (now U+FFFD)."""

    text: str
    encoding: str
    confidence: float
    replaced: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """An encoding with the likelihood of its text, as a natural logarithm over the whole sample."""

    encoding: str
    likelihood: float


def decode(data: bytes, *, forced: str | None = None, declared: str | None = None) -> Decoded:
    """The text of bytes in `forced` if that is given, else in the likeliest encoding.

    Refused: empty, binary, and encoding where too many bytes fit nowhere.
    """
    if not data:
        raise Refused("empty", "nothing in it")
    if forced:
        return _decoded(data, forced, 1.0, tolerated=_TOLERATED_FORCED)
    if found := _by_mark(data) or _by_form(data):
        return found
    if is_binary(data[:65_536]):
        raise Refused("binary", "not text")
    return _as_utf8(data) or _line_by_line(data, declared) or _likeliest(data, declared)


def candidates(data: bytes, declared: str | None = None) -> list[Candidate]:
    """Every encoding that could be meant, the likeliest first."""
    narrow = _compared(_sample(data), (encoding for encoding in _SCRIPTS if encoding not in _WIDE))
    found = _compared(data[: min(_GLANCE, len(data) // 2 * 2)], _SCRIPTS)  # also of an odd count: a file that was cut off
    if found[0].encoding not in _WIDE:
        found = narrow
    hint = _known(declared)
    hinted = (Candidate(one.encoding, one.likelihood + _HINT * (one.encoding == hint)) for one in found)
    return sorted(hinted, key=lambda candidate: -candidate.likelihood)


def is_binary(head: bytes) -> bool:
    """Bytes that are no text in any encoding."""
    if head.startswith(tuple(mark for mark, _ in _BOMS)):
        return False
    if len(_CONTROL.findall(head)) <= max(_STRAY, _BINARY_SHARE * len(head)):
        return False
    return _unmarked_utf32(head) is None and not _is_wide(head)


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


def _by_form(data: bytes) -> Decoded | None:
    """UTF-32 without a mark, and HZ: what else looks like them?"""
    if wide := _unmarked_utf32(data[:_GLANCE]):
        return _decoded(data, wide, _CERTAIN)
    return _as_hz(data)


def _unmarked_utf32(head: bytes) -> str | None:
    """UTF-32 without a mark: of any four bytes, one is nothing and the next hardly more."""
    head = head[: len(head) // 4 * 4]
    if not head or b"\0" not in head[:4]:
        return None
    for encoding, highest, high in (("utf-32-le", 3, 2), ("utf-32-be", 0, 1)):
        if not any(head[highest::4]) and max(head[high::4]) <= _LAST_PLANE and len(_CONTROL.findall(_low_halves(head, encoding))) <= _STRAY:
            return encoding
    return None


def _low_halves(head: bytes, encoding: str) -> bytes:
    """The characters, those beyond ASCII as a letter."""
    return bytes(min(ord(character), 0x61) for character in head.decode(encoding, "replace"))


def _as_hz(data: bytes) -> Decoded | None:
    """HZ (RFC 1843), pairs of GB 2312 as ASCII between ~{ and ~}: where they are Chinese, and not of Lisp."""
    if not _HZ.search(data) or not data.isascii():
        return None
    try:
        text = data.decode("hz")
    except UnicodeDecodeError:
        return None
    han = Counter(character for character in text if not character.isascii())
    is_chinese = _text_likelihood(han, "simplified") > _LEAST_LIKELY_HZ * han.total()
    return Decoded(text, "hz", _CERTAIN) if is_chinese and han.total() >= _LEAST_HZ else None


def _as_utf8(data: bytes) -> Decoded | None:
    """UTF-8 is told by itself: other text is hardly ever valid UTF-8, except short ones in sequences of two bytes (GBK 联通)."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
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
    """Damaged or cut off UTF-8: bytes outside of its sequences are few."""
    high = len(_NOT_ASCII.findall(data))
    rest = len(_NOT_ASCII.findall(_UTF8_SEQUENCE.sub(b"", data)))
    if rest > max(_WORTH_COUNTING, _TOLERATED * high) or rest * 3 > high or not _LONG_UTF8_SEQUENCE.search(data):
        return None
    return _decoded(data, "utf-8", 1 - rest / high)


def _line_by_line(data: bytes, declared: str | None) -> Decoded | None:
    """Lines of UTF-8 among lines of another encoding, as logs and glued files have them; None for any other text.

    By chance, a line in another encoding is hardly ever UTF-8 with several sequences of three bytes.
    """
    lines = data.split(b"\n")
    fitting = [_is_utf8(line) for line in lines]
    others = b"\n".join(line for line, fits in zip(lines, fitting, strict=True) if not fits)
    if b"\0" in data or not any(
        len(_LONG_UTF8_SEQUENCE.findall(line)) >= _TELLING for line, fits in zip(lines, fitting, strict=True) if fits
    ):
        return None
    encoding = next(one.encoding for one in candidates(others, declared) if one.encoding not in (*_WIDE, "utf-8"))
    decoded = (line.decode("utf-8" if fits else encoding, "replace") for line, fits in zip(lines, fitting, strict=True))
    text = "\n".join(decoded)
    return _tolerated(data, Decoded(text, encoding, _MIXED, text.count("\ufffd")), _TOLERATED)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


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
        what = f"no text in {decoded.encoding}: {decoded.replaced:,} bytes do not fit"
        raise Refused("encoding", f"{what}; --encoding sets another")
    return decoded


def _replacing(data: bytes, encoding: str) -> tuple[str, str, int]:
    try:
        return data.decode(encoding), encoding, 0
    except UnicodeDecodeError:
        text = _mended(data, encoding) if encoding in _PAIRED else data.decode(encoding, "replace")
        return text, encoding, text.count("\ufffd")


def _mended(data: bytes, encoding: str) -> str:
    """The text, where a byte too many or too few costs itself, not all pairs of bytes behind it until the line ends."""
    allowance, lines = _MOST_MENDED, []
    for line in data.split(b"\n"):
        text = line.decode(encoding, "replace")
        if "\ufffd" in text and len(line) <= allowance:
            allowance -= len(line)
            text = _likeliest_cut(line, encoding)
        lines.append(text)
    return "\n".join(lines)


def _likeliest_cut(line: bytes, encoding: str) -> str:
    """The line cut into characters so that they are the likeliest, where single bytes may be left over, as U+FFFD (Viterbi, 1967)."""
    known = {**_frequencies("traditional"), **_frequencies("simplified")} if encoding == "gb18030" else _frequencies("traditional")
    best = [(0.0, 0, "")] + [(-math.inf, 0, "")] * len(line)  # up to each byte: the likelihood, where the last character begins, and it
    for start in range(len(line)):
        for end in range(start + 1, min(start + _LONGEST_CHARACTER, len(line)) + 1):
            character = _one_character(line[start:end], encoding) or ("\ufffd" if end == start + 1 else "")
            if not character:
                continue
            likelihood = best[start][0] + _of_character(character, known)
            if likelihood > best[end][0]:
                best[end] = (likelihood, start, character)
    end, characters = len(line), []
    while end:
        _, end, character = best[end]
        characters.append(character)
    return "".join(reversed(characters))


def _of_character(character: str, known: dict[str, float]) -> float:
    if character == "\ufffd":
        return _LEFT_OVER
    return known[character] if character in known else _rare(character, "traditional")


def _one_character(piece: bytes, encoding: str) -> str | None:
    """The character that these bytes are, if they are one."""
    try:
        text = piece.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text if len(text) == 1 else None


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


def _known(declared: str | None) -> str | None:
    """The candidate that a declaration names."""
    if not declared:
        return None
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        return None
    return _SUPERSETS.get(name, name)


def _likelihood(sample: bytes, encoding: str) -> float:
    """The logarithm of the likelihood of the text in the likeliest of the scripts that this encoding writes."""
    counts = Counter(sample.decode(encoding, "replace"))
    best = max(_text_likelihood(counts, script) for script in _SCRIPTS[encoding])
    return best if encoding in _EXPECTED else best - _UNEXPECTED


def _text_likelihood(counts: Counter[str], script: str) -> float:
    known = _frequencies(script)
    return sum(count * (known[character] if character in known else _rare(character, script)) for character, count in counts.items())


_CHINESE = ("simplified", "traditional")
_EXPECTED = frozenset(("utf-8", "gb18030", "big5hkscs"))
_LEAST_LIKELY = -11.0  # the mean of a text's characters; Chinese has -7
_UNEXPECTED = 12.0  # how much less likely others are before anything is read
_WIDE = frozenset(("utf-16-le", "utf-16-be"))
_SCRIPTS: dict[str, tuple[str, ...]] = {
    "utf-8": (*_CHINESE, "japanese", "korean", "latin"),
    "gb18030": _CHINESE,
    "big5hkscs": ("traditional",),
    "utf-16-le": (*_CHINESE, "japanese", "latin"),  # no Korean: pairs of GB bytes are syllables of it
    "utf-16-be": (*_CHINESE, "japanese", "latin"),
    "cp932": ("japanese",),
    "euc_jp": ("japanese",),
    "cp949": ("korean",),
    "cp1252": ("latin",),
}

# Natural logarithms of the share of a character in a text, measured roughly; what matters is the order of magnitude.
_ASCII = ((" etaoinsrhldcum\n", -3.5), ("fpgwybvkxjqz", -5.0), ("0123456789", -5.0), ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", -6.0), ("\t\r", -5.0))
_PUNCTUATION = (("，。", -3.5), ("、：；「」“”（）《》？！", -5.5), ("　…—‘’『』【】〈〉〔〕·．", -7.0), ("─│┌┐└┘├┤┬┴┼", -6.0))
_JAPANESE = "のにはをたがでてとしれさるいもなかっらりうすまこあくそどよえけだ、。ーンスルトリアイクラ"
_KOREAN = "이다의는을에가로고하지한사기인대도어리아자시여라과들나만해일수정구그스전부상으서원제보주장유성게있었것와적은"
_BLANK_ASCII, _CONTROL_CHARACTER = -7.0, -18.0


@cache
def _frequencies(script: str) -> dict[str, float]:
    """The characters that are expected in a script."""
    known = {chr(code): _BLANK_ASCII for code in range(0x20, 0x7F)}
    known.update((character, value) for characters, value in _ASCII for character in characters)
    if script == "latin":
        known.update((character, -7.0) for character in "éèêëàâäáãåçñóòôöõøíìîïúùûüßæœ“”‘’–—…«»°·©®±×µ£€§")
        return known
    known.update((character, value) for characters, value in _PUNCTUATION for character in characters)
    if script == "japanese":
        known.update((character, -4.5) for character in _JAPANESE)
    if script == "korean":
        known.update((character, -4.6) for character in _KOREAN)
    else:
        known.update(_by_rank(script))
    return known


def _by_rank(script: str) -> dict[str, float]:
    """Shares fitted to the counts that the order comes from."""
    from searcher.documents.frequent import SIMPLIFIED, TRADITIONAL

    order = TRADITIONAL if script == "traditional" else SIMPLIFIED
    less = 1.0 if script == "japanese" else 0.0
    return {character: -math.log(80 + 3.6 * rank + 0.004 * rank * rank) - less for rank, character in enumerate(order)}


def _rare(character: str, script: str) -> float:
    """Characters that are in no list of a script, by their block."""
    code = ord(character)
    if 0x4E00 <= code < 0xA000:
        return -13.0 if script in _CHINESE else -14.0
    if code < 0x20 or 0x7F <= code < 0xA0 or character == "\ufffd":
        return _CONTROL_CHARACTER
    if 0x3040 <= code < 0x3100:
        return -6.0 if script == "japanese" else -13.0
    if 0xAC00 <= code < 0xD7A4:
        return -8.5 if script == "korean" else -17.0
    if 0xFF01 <= code < 0xFF5F or 0x2000 <= code < 0x2070 or 0x3000 <= code < 0x3040:
        return -9.0
    if 0x2100 <= code < 0x2600 or 0x3105 <= code < 0x3130 or 0x3400 <= code < 0x4DC0 or 0xF900 <= code < 0xFB00:
        return -14.0
    if 0xE000 <= code < 0xF900 or code >= 0xF0000:
        return -17.0
    if script == "latin" and code < 0x700:  # accents; Greek, Cyrillic, Hebrew, Arabic
        return -12.0 if code < 0x180 else -9.5
    return -15.0
