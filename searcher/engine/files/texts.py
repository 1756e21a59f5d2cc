"""How a text lies in a file: as UTF-8, which is in order where the code points are; a lone surrogate, as in the name of a file, passes."""

from __future__ import annotations


def encode(text: str) -> bytes:
    """The bytes of a text."""
    return text.encode("utf-8", "surrogatepass")


def decode(data: bytes) -> str:
    """The inverse of `encode`."""
    return data.decode("utf-8", "surrogatepass")
