"""How else is a share of a whole written: 百分之五 ⇄ 5%, 三成 ⇄ 30% ⇄ 百分之三十, 千分之二 ⇄ 2‰, 三分之一 ⇄ 1/3, 七五折 ⇄ 75折.

Weights say how surely the other way means the same: 1/3 may be a day, 三成 a name. All text here is folded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from re import Match

from searcher.frozen import frozen
from searcher.quantities.numbers import NumberForm, heaviest_first
from searcher.quantities.numerals import DIGITS, IN_DIGITS, IN_HAN, read_number, written
from searcher.text.folding import fold
from searcher.text.patterns import late_pattern

SURE, DOUBTFUL = 0.9, 0.4
HUNDRED, THOUSAND = 100, 1000
SIGNS = {HUNDRED: "%", THOUSAND: "‰"}
MONTHS, LATER_DAYS = 12, range(21, 32)
"""12/31 and 8/21 are days; few divide anything by so many."""

NAMES = {HUNDRED: "百", THOUSAND: "千"}


@frozen
class _Share:
    """A share as it stands in a term: `count`, in digits and perhaps with decimals, of `whole` parts.

    `doubtful`: it may be something else.
    """

    start: int
    end: int
    count: str
    whole: int
    doubtful: bool = False


def expansions(folded_term: str) -> tuple[NumberForm, ...]:
    """The other ways to write the shares of a term, heaviest first."""
    return heaviest_first((*_of_a_whole(folded_term), *_of_a_price(folded_term)), folded_term)


def _of_a_whole(folded_term: str) -> Iterator[tuple[str, float]]:
    shares = tuple(_shares(folded_term)) if _may_hold(folded_term) else ()
    sure = DOUBTFUL if any(share.doubtful for share in shares) else SURE
    for style, weight in STYLES.items() if shares else ():
        text = fold(_rewritten(folded_term, shares, style)).text  # a space between 5% and Han is none between 五 and Han
        yield text, round(sure * weight, 2)


def _of_a_price(folded_term: str) -> Iterator[tuple[str, float]]:
    """What is left of a price: 八折 is eight tenths, 七五折 three quarters."""
    match = _discount().search(folded_term) if "折" in folded_term else None
    if match is None:
        return
    tenths, hundredths = (part.translate(IN_DIGITS) for part in (match["tenths"], match["hundredths"] or "0"))
    kinds = (tenths,) if hundredths == "0" else (f"{tenths}.{hundredths}", tenths + hundredths)
    for text in (*kinds, kinds[-1].translate(IN_HAN)):
        yield f"{folded_term[: match.start()]}{text}{folded_term[match.end('price') :]}", SURE


def is_share(folded: str) -> bool:
    """Whether the text is one share and nothing else."""
    found = list(_shares(folded)) if _may_hold(folded) else []
    return len(found) == 1 and (found[0].start, found[0].end) == (0, len(folded))


def _may_hold(term: str) -> bool:
    return "分之" in term or "/" in term or "%" in term or "‰" in term or term.endswith("成")


# Reading


def _shares(term: str) -> Iterator[_Share]:
    for match in _pattern().finditer(term):
        share = _of_tenths(match) if match["tenths"] else _of_sign(match) if match["sign"] else _of_parts(match)
        if share is not None:
            yield share


def _of_sign(match: Match[str]) -> _Share:
    return _Share(*match.span(), match["signed"], HUNDRED if match["sign"] == "%" else THOUSAND)


def _of_tenths(match: Match[str]) -> _Share | None:
    """成 is much else, too (一成不变, 三成员): only where nothing else is there."""
    whole = match.span() == (0, len(match.string))
    return _Share(*match.span(), f"{read_number(match['tenths'])}0", HUNDRED, doubtful=True) if whole else None


def _of_parts(match: Match[str]) -> _Share | None:
    """百分之五, or a fraction of whole numbers, less than one."""
    count = _in_digits(match["count"] or match["above"])
    whole = read_number(match["parts"] or match["below"]) or {"百": HUNDRED, "千": THOUSAND}.get(match["parts"])
    if count is None or whole is None:
        return None
    if whole not in SIGNS and not (count.isdigit() and 0 < int(count) < whole <= HUNDRED):
        return None
    if match["above"] and int(count) <= MONTHS and whole in LATER_DAYS:
        return None
    return _Share(*match.span(), count, whole, doubtful=bool(match["above"]))


def _in_digits(text: str) -> str | None:
    """A number with or without decimals: 十二点五 → 12.5, 百 → 100."""
    whole, point, rest = text.replace("点", ".").partition(".")
    number = HUNDRED if whole == "百" else read_number(whole)
    return None if number is None else f"{number}{point}{rest.translate(IN_DIGITS)}"


# Writing


def _signed(share: _Share) -> str:
    return f"{share.count}{SIGNS[share.whole]}" if share.whole in SIGNS else f"{share.count}/{share.whole}"


def _spelled(share: _Share) -> str:
    whole, _, rest = share.count.partition(".")
    count = f"{written(int(whole))}点{rest.translate(IN_HAN)}" if rest else written(int(whole))
    return f"{NAMES.get(share.whole) or written(share.whole)}分之{count}"


def _of_hundred(share: _Share) -> str:
    """百分之百, which nobody writes 百分之一百."""
    return "百分之百" if share.count == "100" and share.whole == HUNDRED else ""


def _in_tenths(share: _Share) -> str:
    return f"{DIGITS[int(share.count[0])]}成" if _is_tenths(share) else ""


def _in_tenths_of_digits(share: _Share) -> str:
    return f"{share.count[0]}成" if _is_tenths(share) else ""


def _is_tenths(share: _Share) -> bool:
    return share.whole == HUNDRED and len(share.count) == 2 and share.count[1] == "0"


STYLES: dict[Callable[[_Share], str], float] = {_signed: 1.0, _spelled: 1.0, _of_hundred: 1.0, _in_tenths: 0.7, _in_tenths_of_digits: 0.7}
"""The ways to write a share, and how common each is; nothing where a share cannot be written so."""


def _rewritten(term: str, shares: tuple[_Share, ...], style: Callable[[_Share], str]) -> str:
    """A term with its shares in another style, as they are where they cannot be written so."""
    pieces: list[str] = []
    done = 0
    for share in shares:
        pieces += term[done : share.start], style(share) or term[share.start : share.end]
        done = share.end
    return "".join(pieces) + term[done:]


_HAN = f"[{DIGITS}十百千]"

_pattern = late_pattern(
    rf"(?<![0-9.,])(?P<signed>[0-9]{{1,4}}(?:\.[0-9]{{1,4}})?)(?P<sign>[%‰])"
    rf"|(?P<parts>{_HAN}{{1,4}}|[0-9]{{1,3}})分之(?P<count>{_HAN}+(?:点[{DIGITS}]{{1,4}})?|[0-9]{{1,4}}(?:\.[0-9]{{1,4}})?)"
    rf"|(?P<tenths>[一二三四五六七八九两1-9])成"
    rf"|(?<![0-9a-z./])(?P<above>[0-9]{{1,2}})/(?P<below>[0-9]{{1,3}})(?![0-9a-z./日号])"
)

_discount = late_pattern(
    rf"(?<![0-9{DIGITS}十百千.点])(?P<price>(?P<tenths>[1-9一二三四五六七八九])[.点]?(?P<hundredths>[0-9{DIGITS}])?)"
    "(?=折(?![肱臂断叠磨腾射中服合返扣页线纸]))"
)
"""一折 may be an act of a play, and 三折肱, 九折臂 are broken bones."""
