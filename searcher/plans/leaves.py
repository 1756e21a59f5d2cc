"""Which leaf of a request finds a run, a word, a pattern, the value of a field?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from searcher.engine import AllOf, AnyOf, Fuzzy, Keyword, KeywordPrefix, Leaf, Node, NumberRange, Prefix, Run, Term, Wildcard
from searcher.query import days
from searcher.query.tree import Range, Text
from searcher.records import columns
from searcher.text import analysis, segmentation, views
from searcher.text.dictionary import default_dictionary
from searcher.text.folding import HAN_CLASS, fold
from searcher.text.patterns import late_test
from searcher.text.usual import is_segmented, is_short_run

_FILE = re.compile(r".*[^./\s]\.([0-9]*[a-z][0-9a-z]{0,11})", re.DOTALL)

WIDEST = 1_000
"""The most that distance times length of a quotation may be that says something twice: every arrangement of equal words is tried."""

_GREATEST = 2**62
"""No number of a document is greater."""


def literal_run(text: str, grams: tuple[str, ...], slop: int = 0) -> Leaf | None:
    """What finds the text literally, None where it has no letter to find."""
    return folded_run(fold(text).text, grams, slop)


def folded_run(folded: str, grams: tuple[str, ...], slop: int = 0) -> Leaf | None:
    """What finds a folded text literally, None where it has no letter to find."""
    literal = analysis.literal(folded)
    if not literal.grams:
        return None
    if len(literal.grams) == 1:
        return Prefix(grams, literal.grams[0]) if literal.open_end else Term(grams, literal.grams[0])
    if slop and len(set(literal.grams)) < len(literal.grams):
        slop = min(slop, max(1, WIDEST // len(literal.grams)))
    return Run(grams, literal.grams, literal.offsets, literal.open_end, slop)


def path_run(text: str) -> Leaf | None:
    """What finds a text in paths."""
    return literal_run(views.path_text(text), (views.PATH_GRAMS,))


def leaf_for(folded: str) -> Leaf | None:
    """What a word or another form looks for, in title and text."""
    return word_leaf(folded, views.ANYWHERE)


def word_leaf(text: str, where: views.Views) -> Leaf | None:
    """A form as a term where the dictionary knows it as one word, else as a run."""
    return Term(where.words, text) if _is_word(text) else folded_run(text, where.grams)


@lru_cache(maxsize=1 << 12)
def _is_word(text: str) -> bool:
    if is_short_run(text) and len(text) > 1 and not default_dictionary().frequency(text):  # as of most forms of several words
        return False
    return text in segmentation.few_words(text)


def _signed_run(text: str, where: views.Views) -> Node | None:
    """What finds a text literally, with the signs in it that grams do not hold: of 1.2亿 and 5% they have 1, 2亿 and 5 alone."""
    signed = (word for word in segmentation.few_words(text) if not word.isalnum())
    return joined(AllOf, [literal_run(text, where.grams), *(Term(where.words, word) for word in signed)])


def leaf_in_heads(leaf: Leaf) -> Leaf:
    """The leaf that looks only in what says what a document is about: its title, and the name of its file."""
    fields = _heads_of(leaf.fields)
    return Term(fields, leaf.text) if isinstance(leaf, Term) else replace(leaf, fields=fields)  # most are terms, and made faster so


@lru_cache(maxsize=64)
def _heads_of(fields: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in fields if name in views.HEADS)


def in_heads(node: Node) -> Node:
    """A tree of leaves, each of which looks only there."""
    if isinstance(node, AllOf | AnyOf):
        return replace(node, children=tuple(map(in_heads, node.children)))
    if isinstance(node, Leaf):
        return leaf_in_heads(node)
    raise TypeError(f"stands in no field: {node!r}")


def file_named(text: str, folded: str) -> Node | None:
    """What finds the file that is called so, suffix and all; None where that is no name of a file. The words of a name have no suffix."""
    named = _FILE.fullmatch(folded) if "." in folded else None
    return named and joined(AllOf, [path_run(text), Keyword(views.keyword("ext", named[1]))])


def form_leaf(text: str, where: views.Views) -> Node | None:
    """What finds another form of what was typed: as a word where it is one, for 义工 stands in 主义工作 too; else as it stands."""
    return word_leaf(text, where) if text.isalnum() else _signed_run(text, where)


def pattern(text: Text, fields: tuple[str, ...]) -> Leaf | None:
    """What fits a wildcard or a distance; None for Han text, which needs neither, for any run of it is found."""
    if text.quoted or not (text.prefix or text.fuzzy or text.wildcard):
        return None
    folded = fold(text.text).text
    if is_han(folded[-1:]):
        return None
    if text.fuzzy:
        return Fuzzy(fields, folded, text.fuzzy, prefix=1)
    return Wildcard(fields, folded + "*" * text.prefix) if text.wildcard else Prefix(fields, folded)


def field_value(text: Text, name: str) -> Node | None:
    """A field that filters: neither scored nor marked."""
    if name == "path":
        return path_run(text.text)
    if name == "id":
        return Term((views.ID,), text.text)
    keyword = views.keyword(name, fold(text.text).text.strip())
    exact = KeywordPrefix(keyword) if text.prefix else Keyword(keyword)
    if name in views.SEARCHED_METADATA:
        return joined(AnyOf, [exact, literal_run(text.text, (views.metadata_grams(name),))])
    return exact


def number_range(node: Range) -> Node | None:
    """Dates overlap: a document of "2021" answers date:2021-08. A number is compared as it is."""
    if node.field not in ("date", "modified", "size"):
        return _own_number(node)
    if node.field == "modified":
        first, last = (None if bound is None else days.seconds(bound) for bound in (node.low, node.high))
        return NumberRange(views.MODIFIED, first and first[0], last and last[1])
    if node.field != "date":
        return NumberRange(node.field, *(None if bound is None else min(int(bound), _GREATEST) for bound in (node.low, node.high)))
    first = None if node.low is None else days.span(node.low)
    last = None if node.high is None else days.span(node.high)
    bounds = [first and NumberRange(views.LAST_DAY, first[0], None), last and NumberRange(views.FIRST_DAY, None, last[1])]
    return joined(AllOf, bounds)


def _own_number(node: Range) -> Node:
    """A number of the documents' own; what is left out of a range is next to what is in it."""
    low, high = (None if bound is None else columns.ordinal(float(bound)) for bound in (node.low, node.high))
    left_out = int(node.strict)
    return NumberRange(columns.column(node.field), None if low is None else low + left_out, None if high is None else high - left_out)


def joined(kind: type[AllOf] | type[AnyOf], nodes: Sequence[Node | None]) -> Node | None:
    """The nodes that are there, joined; one of them stands for itself, none gives None."""
    present = tuple([node for node in nodes if node is not None])
    if not present:
        return None
    return present[0] if len(present) == 1 else kind(present)


def any_of(node: Node, *others: Node | None) -> Node:
    """What matches a node, or one of the others that are there."""
    return joined(AnyOf, (node, *others)) or node


def all_of(*nodes: Node | None) -> Node:
    """What matches all of the nodes that are there.

    Raises ValueError if there is none.
    """
    node = joined(AllOf, nodes)
    if node is None:
        raise ValueError("nothing to match")
    return node


def is_han(character: str) -> bool:
    """Whether a character is a letter of a script that is written without spaces."""
    return is_segmented(character) or (not character.isascii() and _is_han(character))


_is_han = late_test(HAN_CLASS)
