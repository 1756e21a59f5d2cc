"""How is a whole number written, and which number is one that is written: 一百零三, 两万, 2万, 1亿2000万, 二零二一?

Only what is well formed is read. All text here is folded: 零 stands for 〇, 万 for 萬.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from searcher.text.patterns import late_pattern

DIGITS = "零一二三四五六七八九"
HAN = DIGITS + "十百千万亿两廿卅壹贰叁肆伍陆柒捌玖拾佰仟"
"""The characters of numbers in Han."""

ARABIC = "[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+"
"""A pattern of digits, with or without commas."""

PART = "(?:[0-9],[0-9]{3}|[0-9]{1,4})"
PARTS = f"(?:{PART}[千万亿]{{1,2}}){{1,3}}[0-9],?[0-9]{{3}}|(?:{PART}[千万亿]{{1,2}}){{2,3}}|[0-9]{{1,3}}[万亿][1-9]"
"""A pattern of digits with powers between them: 1亿2000万, 1亿2,000万, 3万5千, 12万3,500, and 2万5 as it is said."""

IN_DIGITS, IN_HAN = str.maketrans(DIGITS, "0123456789"), str.maketrans("0123456789", DIGITS)

POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
LARGE = ((10**8, "亿"), (10**4, "万"))
LARGEST = 10**12  # numbers from here on are left alone


def read_number(text: str) -> int | None:
    """The value of a whole number: in Han (一百零三, 两万, 廿一), in digits (20000, 20,000) or in both (2万, 1.5亿); else None."""
    if not text[:1].isascii():
        return _read_han(text)
    number = _read_digits(text)
    return _read_parts(text) if number is None else number


def read_spelled(text: str) -> int | None:
    """A number in Han digits alone: 二零二一 → 2021."""
    if not 2 <= len(text) <= 8 or text[0] == "零" or set(text) - set(DIGITS):
        return None
    return int(text.translate(IN_DIGITS))


def read_spoken(text: str) -> int | None:
    """A number whose last power is left out, as people speak: 两万五 → 25000, 三千五 → 3500. (二百五 is a fool.)"""
    match = re.fullmatch("(.*([百千万亿]))([1-9一二三四五六七八九])", text)
    whole = read_number(match[1]) if match and text not in ("二百五", "两百五") else None
    if not match or whole is None:
        return None
    return whole + int(match[3].translate(IN_DIGITS)) * POWERS[match[2]] // 10


def written(number: int) -> str:
    """`number` in Han: 12 → 十二, 110 → 一百一十, 20000 → 二万; below `LARGEST`."""
    text = _with_powers(number) if number else "零"
    return text[1:] if text.startswith("一十") else text


def spelled(number: int) -> str:
    """`number` in Han, digit by digit: 2021 → 二零二一."""
    return str(number).translate(IN_HAN)


# Reading


def _read_digits(text: str) -> int | None:
    match = _digits().fullmatch(text)
    if not match or len(text) > 18:
        return None
    whole, rest, powers = match["whole"].replace(",", ""), match["rest"] or "", match["powers"]
    power = 1
    for name in powers:
        power *= POWERS[name]
    if (whole.startswith("0") and len(whole) > 2) or 10 ** len(rest) > power:
        return None
    value = int(whole + rest) * (power // 10 ** len(rest))
    return value if value < LARGEST else None


_digits = late_pattern(rf"(?P<whole>{ARABIC})(?:\.(?P<rest>[0-9]+))?(?P<powers>[百千万亿]{{0,2}})")


def _read_parts(text: str) -> int | None:
    """Digits with powers between them, 1亿2000万, 3万5千: well formed where the same in Han is."""
    if not re.fullmatch(f"(?:{PART}[千万亿]{{1,2}}){{1,3}}(?:[0-9],?[0-9]{{3}})?", text):
        return None
    return _read_han(re.sub("[0-9]+", lambda digits: written(int(digits[0])), text.replace(",", "")))


_PLAIN = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟两", "一二三四五六七八九十百千二")


def _read_han(text: str) -> int | None:
    """Read loosely, then written again: only what comes out as it went in was well formed."""
    plain = text.translate(_PLAIN).replace("廿", "二十").replace("卅", "三十")
    total = section = digit = 0
    for c in plain[:40]:
        if c in DIGITS:
            digit = DIGITS.index(c)
        elif c in "十百千":
            section, digit = section + (digit or 1) * POWERS[c], 0
        elif c in POWERS:
            total, section, digit = total + (section + digit) * POWERS[c], 0, 0
        else:
            return None
    number = total + section + digit
    well_formed = number < LARGEST and written(number).replace("一十", "十") == plain.replace("一十", "十")
    return number if well_formed else None


# Writing


def _with_powers(number: int) -> str:
    """Greatest power first; 零 stands where powers are skipped."""
    for name, power in reversed(POWERS.items()):
        if number >= power:
            high, rest = divmod(number, power)
            gap = "零" if 0 < rest < power // 10 else ""
            return _with_powers(high) + name + gap + (_with_powers(rest) if rest else "")
    return DIGITS[number]


def _taiwanese(number: int) -> str:
    """As in Taiwan's statutes: 110 → 一百十."""
    return written(number).replace("一十", "十")


def _in_short_tens(number: int) -> str:
    """As calendars and chronicles have it: 23 → 廿三, 30 → 卅."""
    return ("廿" if number < 30 else "卅") + written(number)[2:] if 20 <= number < 40 else written(number)


def _formal(number: int) -> str:
    """As cheques and judgments write money, so that nobody can change it: 423500 → 肆拾贰万叁仟伍佰.

    A single numeral before 元 mostly is something else: 大陆元首, 人参元素.
    """
    return _with_powers(number).translate(_FORMAL) if number >= 10 else written(number)


def _formal_in_taiwan(number: int) -> str:
    """A formal numeral as Taiwan writes it, with 參 for three."""
    return _formal(number).replace("叁", "参")


_FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")


def liang(number: int) -> str:
    """As spoken: 20000 → 两万, 200 → 两百, 2 → 两; but 120000 is 十二万, 1020000 一百零二万."""
    return "两" if number == 2 else re.sub("(?<!十)二(?=[百千])|(?<![十零])二(?=[万亿])", "两", written(number))


def short(number: int) -> str:
    """A round number with 万 or 亿 behind digits: 20000 → 2万, 125000000 → 1.25亿."""
    for power, name in LARGE:
        if number >= power and number % (power // 100) == 0:
            whole, rest = divmod(number, power)
            decimals = f".{rest * 100 // power:02}".rstrip("0") if rest else ""
            return f"{whole}{decimals}{name}"
    return str(number)


def _in_parts(number: int) -> str:
    """As counted aloud, in digits: 120000000 → 1亿2000万, 35000 → 3万5000."""
    for power, name in LARGE:
        whole, rest = divmod(number, power)
        if 0 < whole < 10_000 and rest % (power // 10_000) == 0 and rest >= power // 10:
            return f"{whole}{name}{rest // (power // 10_000)}{'万' if power > 10**4 else ''}"
    return str(number)


def _in_grouped_parts(number: int) -> str:
    """As Taiwan's courts write money: 123500 → 12万3,500, 120000000 → 1亿2,000万."""
    return re.sub("(?<=[万亿])([0-9])([0-9]{3})(?=万?$)", r"\1,\2", _in_parts(number)) if number >= 10_000 else str(number)


def _in_thousands(number: int) -> str:
    """Numbers written with 千 beside figures: 1亿2千万, 3万5千."""
    return re.sub("([1-9])000(?=万|$)", r"\1千", _in_parts(number)) if number >= 10_000 else str(number)


def _in_ten_thousands(number: int) -> str:
    """As in statistics: 120000000 → 12000万."""
    return f"{number // 10_000}万" if 10**8 <= number < 10**11 and number % 10**4 == 0 else str(number)


def grouped(number: int) -> str:
    """With commas where people set them: 20000 → 20,000."""
    return f"{number:,}" if number >= 10_000 else str(number)


Style = Callable[[int], str]

STYLES: dict[Style, float] = {
    str: 1.0,
    written: 1.0,
    _taiwanese: 0.9,
    liang: 0.9,
    short: 0.9,
    _in_short_tens: 1.0,
    _in_parts: 0.8,
    _in_grouped_parts: 0.7,
    _in_thousands: 0.8,
    _in_ten_thousands: 0.7,
    grouped: 0.8,
    spelled: 0.7,
}
"""The ways to write a number, and how common each is. `read_number` reads them all but the spelled one."""

OF_MONEY: dict[Style, float] = {_formal: 0.8, _formal_in_taiwan: 0.8}
"""The same, only of money."""
