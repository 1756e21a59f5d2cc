"""Which syllables do the letters of Zhuyin spell (ㄋㄧˇㄏㄠˇ), and which the keys that they lie on (su3cl3)?"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from searcher.text.patterns import late_pattern

INITIALS = dict(zip("b p m f d t n l g k h j q x zh ch sh r z c s".split(), "ㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏㄐㄑㄒㄓㄔㄕㄖㄗㄘㄙ", strict=True))
FINALS = dict(
    zip(
        "a o e ai ei ao ou an en ang eng er i ia io ie iao iu iou ian in iang ing "
        "u ua uo uai ui uei uan un uen uang ueng ong v ve ue van vn iong".split(),
        "ㄚ ㄛ ㄜ ㄞ ㄟ ㄠ ㄡ ㄢ ㄣ ㄤ ㄥ ㄦ ㄧ ㄧㄚ ㄧㄛ ㄧㄝ ㄧㄠ ㄧㄡ ㄧㄡ ㄧㄢ ㄧㄣ ㄧㄤ ㄧㄥ "
        "ㄨ ㄨㄚ ㄨㄛ ㄨㄞ ㄨㄟ ㄨㄟ ㄨㄢ ㄨㄣ ㄨㄣ ㄨㄤ ㄨㄥ ㄨㄥ ㄩ ㄩㄝ ㄩㄝ ㄩㄢ ㄩㄣ ㄩㄥ".split(),
        strict=True,
    )
)
"""What Pinyin writes, and Zhuyin: the parts of a syllable."""

TONES = "ˇˋˊ˙ "
"""The last is the first tone, for which a blank is struck."""

KEYS = str.maketrans(
    "1qaz2wsxedcrfv5tgbyhnujm8ik,9ol.0p;/-3467", "ㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏㄐㄑㄒㄓㄔㄕㄖㄗㄘㄙㄧㄨㄩㄚㄛㄜㄝㄞㄟㄠㄡㄢㄣㄤㄥㄦˇˋˊ˙"
)
"""The keyboard that Taiwan types on (大千)."""


def pinyin_of(text: str, readings: Iterable[str]) -> list[str]:
    """The syllables of a text in Zhuyin, or of the keys of one, in Pinyin without tones, of all `readings`; none where it is neither.

    Keys are only taken for what has a tone, and a letter: python would spell something, too, and so would numbers.
    """
    is_typed = any(tone in text for tone in "3467") and any(map(str.isalpha, text))
    letters = text if not text.isascii() else text.translate(KEYS) if is_typed else ""
    if not _syllables().fullmatch(letters):
        return []
    known = _in_pinyin(tuple(readings))
    spelled = [syllable.rstrip(TONES) for syllable in _syllable().findall(letters) if syllable]
    return [known[syllable] for syllable in spelled] if all(syllable in known for syllable in spelled) else []


def written(reading: str) -> str:
    """A syllable of Pinyin in Zhuyin: ruan → ㄖㄨㄢ; nothing where it is none."""
    if reading in ("zhi", "chi", "shi", "ri", "zi", "ci", "si"):
        return INITIALS[reading[:-1]]
    initial = reading[:2] if reading[1:2] == "h" else reading[:1]
    if initial not in INITIALS:
        return FINALS.get(_without_glide(reading), "")
    final = reading[len(initial) :]
    final = "v" + final[1:] if initial in "jqx" and final[:1] == "u" else final
    return INITIALS[initial] + FINALS[final] if final in FINALS else ""


def _without_glide(reading: str) -> str:
    """What y and w stand for: yuan is van, you iou, wei uei."""
    for glide, vowel in (("yu", "v"), ("yi", "i"), ("y", "i"), ("wu", "u"), ("w", "u")):
        if reading.startswith(glide):
            rest = reading[len(glide) :]
            return "iong" if reading == "yong" else vowel + rest
    return reading


@lru_cache(maxsize=1)
def _in_pinyin(readings: tuple[str, ...]) -> dict[str, str]:
    return {spelled: reading for reading in readings if (spelled := written(reading))}


_syllable = late_pattern(f"[ㄅ-ㄙ]?[ㄧㄨㄩ]?[ㄚ-ㄦ]?[{TONES}]?")
"""A beginning, a glide, an end, a tone, each of which may be left out."""

_syllables = late_pattern(lambda: f"(?:{_syllable().pattern})+")
