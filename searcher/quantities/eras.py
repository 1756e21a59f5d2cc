"""Which western year is a year of an era, and how is it counted in one: 民国110年 ⇄ 2021年, 光绪二十六年 ⇄ 1900年?

Names are folded: 干隆 is 乾隆.
"""

from __future__ import annotations

from searcher.quantities.numerals import Style

MINGUO = "民国"
"""The Republic, whose count goes on, and has years before the first: 民国前一年 is 1911."""

ERAS = {
    **{"洪武": 1368, "建文": 1399, "永乐": 1403, "洪熙": 1425, "宣德": 1426, "正统": 1436, "景泰": 1450, "天顺": 1457, "成化": 1465},
    **{"弘治": 1488, "正德": 1506, "嘉靖": 1522, "隆庆": 1567, "万历": 1573, "泰昌": 1620, "天启": 1621, "崇祯": 1628},
    **{"顺治": 1644, "康熙": 1662, "雍正": 1723, "干隆": 1736, "嘉庆": 1796, "道光": 1821, "咸丰": 1851, "同治": 1862, "光绪": 1875},
    **{"宣统": 1909, "明治": 1868, "大正": 1912, "昭和": 1926, "平成": 1989, "令和": 2019, MINGUO: 1912},
}
"""The first year of the eras of Ming, Qing, modern Japan and the Republic."""

JAPANESE = frozenset({"明治", "大正", "昭和", "平成", "令和"})

SOLAR_IN_JAPAN = 1873

LONGEST_ERA = 64  # years: 昭和
LONGEST_REPUBLIC = 200


def western_year(era: str, count: int) -> int | None:
    """The western year of the `count`-th year of an era, which counts from 1; None where it has no such year."""
    longest = LONGEST_REPUBLIC if era == MINGUO else LONGEST_ERA
    return ERAS[era] + count - 1 if 1 <= count <= longest else None


def reign(year: int) -> str:
    """The era in which China counted a western year, from 1368 on."""
    return max((first, era) for era, first in ERAS.items() if first <= year and era not in JAPANESE)[1]


def has_moons(era: str, year: int) -> bool:
    """Whether the months of a western year, counted in the era, were not those of the west: in China before 1912, in Japan before 1873."""
    return year < (SOLAR_IN_JAPAN if era in JAPANESE else ERAS[MINGUO])


def year_before_republic(count: int) -> int | None:
    """The western year of 民国前 so many; None where nobody counts so."""
    return ERAS[MINGUO] - count if 1 <= count <= LONGEST_REPUBLIC else None


def in_era(era: str, year: int, style: Style) -> str:
    """A western year as a year of an era, without 年: the first is 元, but in digits; one before it is counted back from the Republic."""
    if year < ERAS[era]:
        return f"{MINGUO}前{style(ERAS[MINGUO] - year)}"
    count = year - ERAS[era] + 1
    return era + ("元" if count == 1 and style is not str else style(count))
