"""Foreign text as it may be sent to a terminal: what would steer the terminal, or turn the text around, is shown instead of sent.

ESC → ␛      U+009B → \\x9b      U+202E → \\u202e      a lone surrogate → \\udc80
"""

from __future__ import annotations

import re

_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_BREAKS = re.compile("[\t\n\v\f\r\x85\u2028\u2029]")


def visible(text: str) -> str:
    """The text with control characters, bidirectional controls and lone surrogates made visible; tabs and line feeds stay."""
    return _STEERING.sub(_shown, text)


def one_line(text: str) -> str:
    """A text made visible on one line: a line break or a tab becomes a space, character for character."""
    return visible(_BREAKS.sub(" ", text))


def escaped_json(text: str) -> str:
    """JSON in which nothing steers a terminal: the same value to whoever parses it."""
    return _STEERING.sub(lambda found: json_escape(found[0]), text)


def json_escape(character: str) -> str:
    """A character as JSON escapes it: as one or two codes of UTF-16."""
    code = ord(character)
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


def _shown(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
