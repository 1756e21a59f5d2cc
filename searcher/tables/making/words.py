"""Short words of other regions that jieba's list lacks or never cuts.

東協, 資安 and 彩現 are no words to jieba, and what is none is found as a run of characters, and so in 股東協議, 投資安全 and 精彩現場.
Each has the least frequency that makes it a word where it stands alone: within 股东协议, the common words win.
"""

from __future__ import annotations

from collections.abc import Iterator

from searcher.text.dictionary import frequency_as_one_word, most_probable
from searcher.text.folding import fold_script
from searcher.text.lexicon import Header, Table, folded_lines, jieba_words
from searcher.text.lookup import table_lines
from searcher.text.usual import is_short_run
from searcher.vocabulary import regions

LONGEST = 3
"""Longer words seldom stand across others, and mostly are made up of words that have other forms themselves."""

TWO_WORDS = frozenset(
    (
        "打的 打交 从库 都更 内用 与门 或门 非门 及闸 或闸 反闸 禁带 打线 受主 施体 国一 国二 国三 可写 可选 做为 用为 借由 抛出 拨出 "
        "呼出 送出 印出 转到 差人 边间 报到 高达 挂起 波多 小产 取钱 当掉 人肉 边个 他信 白罗 斗内 年会 地拖 出猫 "
        "没人 没钱 丢了 弄丢 很久 很累 想吐 好食 好饮 好平 少少 过身"
    ).split()
)
"""Mostly they are no words: 他打的人, 打交道, 从库里, 大家都更好, 两天内用完, 窗与门, 禁带宠物, 全国一流, 小产权房."""


def word_rows() -> list[tuple[str, int]]:
    """The words and their frequencies, sorted."""
    table = _jieba_table()
    named = sorted({word for word in _named() if 1 < len(word) <= LONGEST and is_short_run(word) and not _is_one(word, table)} - TWO_WORDS)
    pairs = {word for word in named if len(word) == 2}
    opaque = (word for word in named if word in pairs or not any(part in pairs or table.frequency(part) for part in (word[:2], word[1:])))
    return [(word, frequency_as_one_word(word, table)) for word in opaque]


def _is_one(word: str, table: Table) -> bool:
    """Whether jieba takes it for one word where it stands alone; of some that it has, it does not: 内卷, 太空人."""
    return bool(table.frequency(word)) and len(most_probable(word, table.words_from, table.total)) == 1


def _named() -> Iterator[str]:
    """All that the tables of regions name, folded."""
    for name in regions.TABLES:
        for line in table_lines(name):
            source, target, _, weight, *_ = line.split("\t")
            if float(weight):
                yield from (source, fold_script(target))


def _jieba_table() -> Table:
    """jieba's words alone."""
    lines = folded_lines(jieba_words().read_bytes())
    header = Header.of(lines)
    if header is None:
        raise RuntimeError("the words do not match their own checksum")
    return Table(lines, header)
