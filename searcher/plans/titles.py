"""Which titles say all that was asked for and nothing besides: 設定固定資產, where somebody looks for 设置固定资产?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, product

from searcher.engine import AllOf, AnyOf, Node, Not, Nothing, Prefix, Short, Term
from searcher.plans import forms, ranking
from searcher.plans.leaves import all_of, any_of, folded_run, joined, word_leaf
from searcher.plans.terms import PlannedTerm
from searcher.plans.trees import is_bare
from searcher.plans.understanding import unit_node
from searcher.plans.units import Unit
from searcher.query.tree import Node as Tree
from searcher.query.tree import side_by_side
from searcher.records.works import LAWS, STATES, work_of
from searcher.text import analysis, views
from searcher.text.folding import fold
from searcher.text.patterns import late_pattern
from searcher.text.usual import is_short_run

LONGEST = 12
"""A query of more units is no title."""

MOST_CALLED = 32
"""So many ways to say a run are looked for as titles."""

PARTICLE = "的"
"""A title may have it or not: 用户的目录, 使用者目錄."""

WORDINGS = ("修正", "修订", "修改", "全文")
"""What is said behind the name of a law of which there are several: with a year, (2019年第二次修正) is the longest."""

AMENDMENT, YEAR, LONGEST_WORDING = "修正案", "年", 7

_wording = late_pattern(f"((?:19|20)[0-9]{{2}})年?(?:第[0-9一二三四五六七八九十]+次)?(?:{'|'.join(WORDINGS)})")

HEADINGS = tuple(
    frozenset(group.split())
    for group in (
        "介绍 简介 概述 概观 概览 总览 概要 导论 绪论 引言",
        "入门 快速入门 新手入门 开始使用 新手上路 起步",
        "示例 范例 例子 实例 样例",
        "教程 教学 指南 手册 导览",
        "常见问题 常见问答 问答集",
    )
)
"""Folded words that say what kind of page it is, each as good as the others of its kind there, and nowhere else: HTML 介紹, HTML 简介."""

_WORDS, _GRAMS = views.IN_TITLE.words, views.IN_TITLE.grams


def whole_titles(tree: Tree | None, terms: Sequence[PlannedTerm], weights: ranking.Weights) -> Node | None:
    """What is called as the query says, with its units in any form, and of several terms in any order; None where no title could be.

    A run is a title only as it stands: what is called by its pieces in another order does not come before what holds it.

    Each unit may be in a form that by itself could mean something else, as several together seldom do: 配置 and 設定. A single word stands
    as it is, or in a form that is sure: 個人資料保護法 is what 個資法 asks for, not its 施行細則, which names it more often.
    What is excluded, quoted, or asked of a field is no part of the title. Where titles count for nothing, nothing is called so. Nor where a
    word is said twice (看看): what says it once has all words, too.
    """
    if not weights.title or not (weights.word or weights.gram):
        return None
    asked = side_by_side(tree)
    bare = {id(node) for node in asked if is_bare(node)}
    units = [unit for term in terms if id(term.sought.text) in bare for unit in term.said]
    naming = [unit for unit in units if unit.text != PARTICLE]
    said_twice = len({unit.text for unit in naming}) < len(naming)
    if not 0 < len(naming) <= LONGEST or said_twice or (len(naming) == 1 and naming[0].asks):
        return None
    if len(units) == 1:
        return joined(AnyOf, [called_just(text) for text in (units[0].text, *(form.text for form in units[0].sure(ranking.CERTAIN)))])
    longest = sum(_longest(unit, weights.doubtful) for unit in units)
    name = "".join(unit.text for unit in units)
    lengths = AnyOf((*_lengths(name, longest), AllOf((Term(_WORDS, PARTICLE), Short(views.TITLE_GRAMS, longest + 1)))))
    called = (*(_in_title(unit, weights.doubtful) for unit in naming), lengths)
    if len(asked) == 1:
        called = (*called, called_in_order(units, weights.doubtful) or Nothing())
    return AllOf(called)


def called_in_order(units: Sequence[Unit], least: float) -> Node | None:
    """What is called by the units one behind the other, in `MOST_CALLED` of their forms."""
    runs = islice(map("".join, product(*(_texts(unit, least) for unit in units))), MOST_CALLED)
    return joined(AnyOf, [called_just(text) for text in runs])


def wording_years(title: str) -> list[str]:
    """The years that a title names as those of a wording of a law: 2018 of 公司法（2018修正）."""
    return _wording().findall(fold(title).text)


def worded_in(year: str) -> Node:
    """What has a year in its title."""
    return folded_run(year, _GRAMS) or Nothing()


def _texts(unit: Unit, least: float) -> Iterator[str]:
    """What is said for the unit, itself first."""
    yield unit.text
    yield from (form.text for form in unit.sure(least))
    yield from (word for word in forms.JOINING if unit.text in forms.JOINING and word != unit.text)
    if unit.parts:
        yield from islice(map("".join, product(*(_texts(part, least) for part in unit.parts))), 1, MOST_CALLED)


def called_just(text: str) -> Node | None:
    """What is called exactly so."""
    run = folded_run(text, _GRAMS)
    return None if run is None else all_of(run, joined(AnyOf, list(_lengths(text, _places(text)))))


def _in_title(unit: Unit, least: float) -> Node:
    """What has the unit in its title; what joins others may be another word that does."""
    if unit.text in forms.JOINING:
        return AnyOf(tuple(Term(_WORDS, word) for word in forms.JOINING))
    said = unit_node(unit, views.IN_TITLE, least)
    return any_of(said, *(word_leaf(word, views.IN_TITLE) for word in _same_heading(unit.text)))


@lru_cache(maxsize=1 << 10)
def _same_heading(text: str) -> tuple[str, ...]:
    """The other words of this kind, sorted."""
    return tuple(sorted(word for group in HEADINGS if text in group for word in group - {text}))


def _lengths(name: str, longest: int) -> Iterator[Node]:
    """What has a title of so many characters and words at most; of a law or an article of one, with the state before it and the wording."""
    yield Short(views.TITLE_GRAMS, longest)
    if (work_of(name) or name).endswith(LAWS):
        states = [(Term(_WORDS, state), _places(state)) for state in STATES]
        wordings = [(_dated(), LONGEST_WORDING), (_amended(), 1 + _places(WORDINGS[0]))]
        for (state, before), (wording, behind) in product([(None, 0), *states], [(None, 0), *wordings]):
            if state or wording:
                yield all_of(state, wording, Short(views.TITLE_GRAMS, longest + before + behind))


@lru_cache(maxsize=1)
def _amended() -> Node:
    """What says which wording of a law it is; an amendment is another law."""
    return AllOf((AnyOf(tuple(Term(_GRAMS, wording) for wording in WORDINGS)), Not(folded_run(AMENDMENT, _GRAMS) or Nothing())))


@lru_cache(maxsize=1)
def _dated() -> Node:
    return AllOf((_amended(), Prefix(_GRAMS, YEAR)))


def _longest(unit: Unit, least: float) -> int:
    """How many places a title has for the unit, in its longest form."""
    found = [_places(text) for text in (unit.text, *(form.text for form in unit.sure(least)), *_same_heading(unit.text))]
    return max(*found, sum(_longest(part, least) for part in unit.parts))


@lru_cache(maxsize=1 << 12)
def _places(text: str) -> int:
    return len(text) if is_short_run(text) else len(analysis.grams(text))
