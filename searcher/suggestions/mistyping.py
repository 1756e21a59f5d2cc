"""Which terms of a query look mistyped?"""

from __future__ import annotations

from collections.abc import Sequence

from searcher.engine import Snapshot
from searcher.plans.leaves import folded_run, is_han
from searcher.plans.terms import SoughtTerm
from searcher.plans.words import outer_words
from searcher.text import views
from searcher.text.dictionary import default_dictionary
from searcher.text.folding import fold

LONGEST = 12
"""Characters of a term that may have a slip; in a longer one nobody mistypes just one."""

LONGEST_READING = 40
"""Letters of what may be typed in Pinyin: zhengdangjingzhengxingwei."""

GRAMMAR = frozenset("的之与和及或在是了不为以对于从向被把让给将就都也还又再很最更太个等第有无后前上下中内外")
"""Characters that are words by themselves in what is rightly typed."""

SELDOM = 30
"""A text is rightly typed if it stands in more than one document for every so many that have the word it may be a slip of."""

WORD = 4
"""Characters of what may be one word."""

SURNAMES = frozenset(
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱"
    "江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌"
    "毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵"
)
"""Of a name of two characters nobody can say that it is mistyped."""

PLAIN = 5
"""Letters that a word must have for one of them to be taken as wrong although something was found."""

SLIPS = 3
"""Documents that may have the same slip in a word of letters."""

RARE = 10
"""A word of the dictionary that is no more frequent may be another one misspelled: its list was counted in texts, slips and all."""

RUN = 4
"""Characters of a run of words that nobody writes, and of which one may be another word that sounds the same: 环境变亮."""


def unknown(snapshot: Snapshot, terms: Sequence[SoughtTerm]) -> list[str]:
    """The terms that no document holds as they stand; what stands somewhere is not mistyped, if only a date or a field keeps it away."""
    return [term.text.text for term in terms if not holding(snapshot, term.text.text)]


def holding(snapshot: Snapshot, text: str) -> int:
    """How many documents hold a text as it stands."""
    return _holding(snapshot, fold(text).text)


def _holding(snapshot: Snapshot, folded: str) -> int:
    leaf = folded_run(folded, views.GRAMS)
    return 0 if leaf is None else snapshot.matching(leaf)


def suspicious(snapshot: Snapshot, terms: Sequence[SoughtTerm], complete: int) -> list[str]:
    """The terms that look mistyped and that no document holds, or few where it is short: words of letters, letters among Han characters
    (数ju库), what has a character that belongs to no word (劳动合铜, 末来), and rare words (侯选人). Where few documents are `complete`,
    having all of the query, runs of words that stand nowhere, too: 环境变亮."""
    said, few = [(term, fold(term.text.text).text) for term in terms], are_few(snapshot, complete)
    return [term.text.text for term, folded in said if _is_odd(term, folded, runs=few) and is_seldom(snapshot, folded)]


def are_few(snapshot: Snapshot, complete: int) -> bool:
    """Whether so few documents have all of a query that it may not say what was meant."""
    return complete <= max(SLIPS, snapshot.count / SELDOM)


def is_seldom(snapshot: Snapshot, folded: str) -> bool:
    """Whether no document holds a folded text, or few where it is short."""
    held = _holding(snapshot, folded)
    if is_han_text(folded):
        return not held or (len(folded) <= WORD and held * SELDOM <= snapshot.count)
    return held <= SLIPS if folded.isascii() else not held


def is_han_text(text: str) -> bool:
    return all("\u3400" <= character <= "\u9fff" or character == "〇" for character in text)


def _is_odd(term: SoughtTerm, folded: str, *, runs: bool) -> bool:
    if term.pattern or not 1 < len(folded) <= (LONGEST_READING if folded.isascii() else LONGEST):
        return False
    if is_han_text(folded):
        return not _has_other_names(term, folded) and _is_odd_run(folded, runs=runs)
    letters = [character for character in folded if character.isascii()]
    return folded.isalpha() and (len(folded) >= PLAIN if len(letters) == len(folded) else len(letters) > 1 and any(map(is_han, folded)))


def _has_other_names(term: SoughtTerm, folded: str) -> bool:
    """Whether the tables know all of a term by another name: that is no slip, however rare it is in jieba's list (人工智慧)."""
    return any(said[0] == folded and len(said) > 1 for said in term.words)


def _is_odd_run(folded: str, *, runs: bool) -> bool:
    """Whether Han characters have one among them that belongs to no word, or are one rare word, or words where `runs` count."""
    words = outer_words(folded)
    if len(words) == 1:
        return is_rare(folded)
    if any(len(word) == 1 and word not in GRAMMAR for word in words):
        return not (len(folded) == 2 and folded[0] in SURNAMES)
    return runs and is_run(folded)


def is_rare(folded: str) -> bool:
    """Whether a text is a word of the dictionary, of three characters or more, that hardly anybody writes."""
    return 2 < len(folded) <= WORD and 0 < default_dictionary().frequency(folded) <= RARE


def is_run(folded: str) -> bool:
    """Whether a text is long enough that a word in it may be told by the others."""
    return RUN <= len(folded) <= LONGEST and is_han_text(folded)
