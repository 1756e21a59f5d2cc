"""Which terms side by side are one thing? What the tables have a row for, machine learning, and an article that is cited: 刑法 264.

    machine learning 应用      → [machine learning] 应用
    什么是machine learning？   → [什么是machine learning？]
    free trade union          → [free trade] union: of names that overlap, the first
    刑法 264                   → [刑法第264条]
    基本法23条                 → [基本法第23条]

Only bare terms are joined, where Latin letters stand on both sides of the space, or the name of a law in front of a number; an operator,
a minus, a field, a quote, a sign of punctuation or of a pattern keeps them apart.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import TypeGuard

from searcher.plans.options import Options
from searcher.plans.units import units_of
from searcher.plans.words import outer_words
from searcher.quantities.numerals import HAN, read_number, read_spelled
from searcher.query.tree import All, Node, Text
from searcher.records.works import ARTICLE, LAWS
from searcher.text.folding import fold, fold_script
from searcher.text.patterns import late_pattern
from searcher.vocabulary import terminology

_article = late_pattern(f"第?(?:[0-9]+|[{HAN}]+)条(?:之(?:[0-9]+|[{HAN}]+))?")
_within = late_pattern(f"({'|'.join(LAWS)})(?=(?:[0-9]+|[{HAN}]+)条)")
_number = late_pattern(f"[0-9]{{1,4}}|[{HAN}]{{1,8}}")

CODES = ("法", "法典", "条例")
"""How laws end that are cited by a number alone: 刑法 264."""

NO_LAWS = frozenset(
    (
        "办法 笔法 变法 兵法 步法 插值法 唱法 吃法 打法 刀法 "
        "迭代法 读法 二分法 非法 分类法 分析法 佛法 功法 归纳法 合法 "
        "激将法 记忆法 技法 剑法 教法 教学法 叫法 解法 句法 看法 历法 "
        "疗法 没法 魔法 拼法 枪法 拳法 筛法 设法 身法 手法 书法 说法 "
        "死法 玩法 违法 无法 戏法 想法 写法 心法 研究法 演绎法 依法 "
        "译法 战法 章法 阵法 执法 指法 走法 作法 做法"
    ).split()
)
"""Words that end so and are none, beside those that English calls otherwise: 输入法 is no law but an input method."""

IN_ENGLISH = ("law", "laws", "code", "constitution")
"""How laws end in English."""

MOST_ARTICLES = 1_300
"""No law has so many, the civil code 1,260; a larger number is mostly a year: 公司法 2023."""


def joined_up(tree: Node, options: Options) -> Node:
    """The tree with terms that are one thing as one; the very tree where there are none, or where no other forms are wanted."""
    if not options.expand or options.exact_script:
        return tree
    if isinstance(tree, Text):
        return _with_ordinal(tree)
    if not isinstance(tree, All) or tree.explicit:
        return tree
    cited = _with_citations(tree)
    if not isinstance(cited, All) or not any(_touch(one, other) for one, other in pairwise(cited.children)):  # as of most queries
        return cited
    children = tuple(child for row in _rows(cited.children) for child in _with_names(row, options))
    return cited if len(children) == len(cited.children) else All(children) if len(children) > 1 else children[0]


def _with_citations(tree: All) -> Node:
    """The tree with the name of a law and the number behind it as the article that they cite; the very tree where there is none."""
    children: list[Node] = []
    for child in tree.children:
        cited = _cited(children[-1], child) if children else None
        children[-1:] = [cited] if cited is not None else [*children[-1:], child]
    return tree if len(children) == len(tree.children) else All(tuple(children)) if len(children) > 1 else children[0]


def _with_ordinal(text: Text) -> Text:
    """A term with the article that it cites as laws number it: 基本法23条, 第23条; the very term where it cites none."""
    folded = fold(text.text) if _is_plain(text) and ARTICLE in fold_script(text.text) else None
    found = None if folded is None else _within().search(folded.text)
    if folded is None or found is None or not _names_law(folded.text[: found.end()]):
        return text
    _, end = folded.original(*found.span())
    return replace(text, text=f"{text.text[:end]}第{text.text[end:]}")


def _cited(law: Node, number: Node) -> Text | None:
    """The article that is cited: 民法典 1062, 刑法 第264条. A number alone may be that of something else, and mostly is not."""
    if not (_is_plain(law) and _is_plain(number)):
        return None
    name, folded = fold(law.text).text, fold(number.text).text
    if _article().fullmatch(folded):
        ordinal = "" if folded.startswith("第") else "第"
        return Text(law.text + ordinal + number.text) if name.endswith(LAWS) and (not ordinal or _names_law(name)) else None
    named = _is_article(folded) and name.endswith(CODES) and _names_law(name)
    return Text(f"{law.text}第{number.text}条") if named else None


def _names_law(folded: str) -> bool:
    """Whether what ends as the name of a law does is one."""
    word = outer_words(folded)[-1]
    called = [form.target for form in terminology.expansions(word, terminology.TRANSLATION)]
    return word not in NO_LAWS and (not called or any(name.endswith(IN_ENGLISH) for name in called))


def _is_article(folded: str) -> bool:
    """Whether a number may be that of an article."""
    number = (read_number(folded) or read_spelled(folded)) if _number().fullmatch(folded) else None
    return number is not None and 0 < number < MOST_ARTICLES


def _touch(one: Node, other: Node) -> bool:
    """Whether two terms side by side may be parts of one: Latin letters or digits meet there, and nothing was said of them besides.

    The sign of dollars is a letter of its currency: NT$ 500.
    """
    return _is_plain(one) and _is_plain(other) and _is_latin(one.text.rstrip("$")[-1:]) and _is_latin(other.text[:1])


def _is_plain(node: Node) -> TypeGuard[Text]:
    return isinstance(node, Text) and node.is_plain


def _is_latin(character: str) -> bool:
    return character.isalnum() and (character.isascii() or "０" <= character <= "ｚ")


def _rows(children: Sequence[Node]) -> Iterator[list[Node]]:
    """The children in rows of which each touches the next."""
    row: list[Node] = []
    for child in children:
        if row and not _touch(row[-1], child):
            yield row
            row = []
        row.append(child)
    yield row


def _with_names(row: Sequence[Node], options: Options) -> Iterator[Node]:
    """A row with the terms in it that one name spans as one."""
    texts = [child for child in row if isinstance(child, Text)]
    if len(texts) < 2:
        yield from row
        return
    first = 0
    for last in _ends([fold(text.text).text for text in texts], options):
        yield texts[first] if last == first else Text(" ".join(text.text for text in texts[first : last + 1]))
        first = last + 1


def _ends(words: Sequence[str], options: Options) -> Iterator[int]:
    """The number of each term behind which no name goes on."""
    whole = " ".join(words)
    starts = [0, *accumulate(len(word) + 1 for word in words)][:-1]
    within: set[int] = set()
    place = 0
    for unit in units_of(whole, options.synonyms, options.dictionary):
        start = whole.index(unit.text, place)
        place = start + len(unit.text)
        within.update(range(bisect_right(starts, start), bisect_right(starts, place - 1)))
    yield from (number for number in range(len(words)) if number + 1 not in within)
