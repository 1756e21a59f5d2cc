"""How else may a query be asked that finds nothing, if nothing in it is mistyped?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, product

from searcher.engine import AllOf, Not, Snapshot
from searcher.plans.leaves import field_value
from searcher.plans.options import Options
from searcher.plans.planning import plan
from searcher.plans.terms import SoughtTerm
from searcher.quantities.moments import is_day
from searcher.query.fields import is_free
from searcher.query.parsing import parse
from searcher.query.tree import All, Query, Text, spelled, spelled_node
from searcher.results import Expansion
from searcher.suggestions.mistyping import holding, unknown
from searcher.suggestions.neighbours import held_of
from searcher.text import views
from searcher.text.folding import fold

_QUOTE = re.compile('["“”„‟«»「」『』＂]([~～][0-9]+)?', re.ASCII)
"""A quotation mark, and the distance behind a closing one."""

_IN_FIELD = re.compile(rf"(?<=[:：])(?:{_QUOTE.pattern})([^:：]+?)(?:{_QUOTE.pattern})(?=\s|$)", re.ASCII)
"""A quotation in a field: author:"John Smith"."""

CENTURIES = ("19", "20")
"""In which documents are dated; another year is what they tell of."""

_SAID_ELSEWHERE = frozenset(("title", *views.SEARCHED_METADATA))
"""Fields whose values documents may say in their text."""

_BEGINNING = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9_.-]*[A-Za-z0-9]", re.ASCII)
"""What somebody may have typed of a word: letters or digits, at least one of them a letter."""

SHORTEST, TELLING = 4, 6
"""Letters of the beginning of a word where nothing was found, and above what was found without it: coup is none of couple."""

MOST_WAYS = 64
"""Of the ways to say several words of a query otherwise so many are tried."""


def in_fields(snapshot: Snapshot, query: Query, terms: Sequence[SoughtTerm]) -> Iterator[str]:
    """The terms as a query for paths, where a path holds all of them (the name of a folder, of an archive), or for what else is said of
    documents: their authors, who wrote a mail, or what their front matter has under any name. A query that also filters is not read so."""
    children = query.tree.children if isinstance(query.tree, All) else (query.tree,)
    if not all(isinstance(child, Text) and child.field is None for child in children) or any(term.pattern for term in terms):
        return
    own = sorted(name for name in snapshot.keyword_names() - views.HIDDEN_KEYWORDS if is_free(name))
    for name in dict.fromkeys(("path", *views.SEARCHED_METADATA, *own)):
        named = [replace(term.text, field=name, quoted=term.text.quoted or " " in term.text.text) for term in terms]
        wanted = [node for node in (field_value(text, name) for text in named) if node is not None]
        if wanted and len(wanted) == len(named) and snapshot.matching(AllOf(tuple(wanted))):
            yield " ".join(map(spelled, named))


def dated(snapshot: Snapshot, query: Query, terms: Sequence[SoughtTerm], options: Options) -> Iterator[str]:
    """The query with a term that is a month or a day as the date of documents, where some have all else and are of that date, whatever they
    say: 2023年4月 → date:2023-04. So with a year that none says with all else, for a number may be anything."""
    for text in (term.text for term in terms if not (term.pattern or term.text.quoted or term.text.field)):
        day = _read_day(text.text)
        if day is None or text.text not in query.text:
            continue
        other = query.text.replace(text.text, f"date:{day}")
        strict, found = (plan(asked, options).strict for asked in (query, parse(other)))
        if strict is None or found is None or (len(day) == len("2023") and snapshot.matching(strict.match)):
            continue
        if snapshot.matching(AllOf((found.match, Not(strict.match)))):
            yield other


def _read_day(text: str) -> str | None:
    """The year, the month or the day that a term is. Few terms look like one, and to compile the patterns of dates takes Python
    milliseconds."""
    if text[-1:] != "年" and not ("年" in text and "月" in text) and not (text[:4].isdecimal() and text[4:5] in ("", *"-/.")):
        return None
    from searcher.query import periods

    day = periods.read_date(text)
    return day if day is not None and (len(day) > len("2023") or day[:2] in CENTURIES) else None


def begun(snapshot: Snapshot, query: Query, terms: Sequence[SoughtTerm], options: Options, shortest: int = SHORTEST) -> Iterator[str]:
    """The query with words of so many letters that no document has as the beginning of others, where documents have such and all else of
    the query: Completable → Completable*, 3f2a9b → 3f2a9b*."""
    begins = [re.escape(text) for text in unknown(snapshot, terms) if len(text) >= shortest and _BEGINNING.fullmatch(text)]
    text = re.sub(rf"(?<![A-Za-z0-9_.-])(?:{'|'.join(begins)})(?![A-Za-z0-9_.*~-])", r"\g<0>*", query.text) if begins else query.text
    strict = plan(parse(text), options).strict if text != query.text else None
    if strict is not None and snapshot.matching(strict.match):
        yield text


def renamed(snapshot: Snapshot, query: Query, expansions: Sequence[Expansion], options: Options) -> Iterator[str]:
    """The query with other forms of its words, which weigh too little to answer by themselves, where documents hold these and all of the
    query: callback → 回调, 軟體 授權 → software license. As few as are needed are put in."""
    targets = [
        expansion for expansion in expansions if expansion.source in query.text and held_of(snapshot, (fold(expansion.target).text,))
    ]
    forms_of = {source: [one.target for one in targets if one.source == source] for source in dict.fromkeys(one.source for one in targets)}
    ways = product(*([(source, form) for form in (source, *others)] for source, others in forms_of.items()))
    for way in sorted(islice(ways, MOST_WAYS), key=lambda way: sum(source != form for source, form in way))[1:]:
        text = query.text
        for source, form in way:
            text = text.replace(source, form)
        strict = plan(parse(text), options).strict
        if strict is not None and snapshot.matching(strict.match):
            yield text


def less(snapshot: Snapshot, query: Query, options: Options) -> Iterator[str]:
    """The query without its quotes (in a field, parentheses), where that finds something; else without its fields, else without the words
    that no document holds."""
    terms = plan(query, options).terms
    grouped = _IN_FIELD.sub(r"(\2)", query.text)
    is_quoted = grouped != query.text or any(term.text.quoted for term in terms)
    loose = _QUOTE.sub("", grouped) if is_quoted else ""
    if loose and is_answered(snapshot, loose, options):
        yield loose
        return
    if free := _anywhere(snapshot, query, options):
        yield free
        return
    if is_quoted:
        return
    known = [_known(snapshot, term) for term in terms]
    text = " ".join(words for words in known if words)
    if text and text != query.text and is_answered(snapshot, text, options):
        yield text


def is_answered(snapshot: Snapshot, text: str, options: Options) -> bool:
    planned = plan(parse(text), options)
    return any(snapshot.matching(request.match) for request in (planned.strict, planned.relaxed) if request is not None)


def _anywhere(snapshot: Snapshot, query: Query, options: Options) -> str | None:
    """The query for the same words wherever they stand, where no title, author or category has them and documents say them:
    author:最高人民法院 → 最高人民法院."""
    children = query.tree.children if isinstance(query.tree, All) else (query.tree,) if query.tree is not None else ()
    freed = [replace(child, field=None) if isinstance(child, Text) and child.field in _SAID_ELSEWHERE else child for child in children]
    text = " ".join(spelled_node(child, 1) for child in freed)
    strict = plan(parse(text), options).strict if freed != [*children] else None
    return text if strict is not None and snapshot.matching(strict.match) else None


def _known(snapshot: Snapshot, term: SoughtTerm) -> str:
    """A term that documents hold, or else its words that they do, as they were typed; single characters, which tell little, left out.

    Of a day its month, for its year and a number say nothing of it. Nothing of what has only numbers: a version, an address.
    """
    if holding(snapshot, term.text.text):
        return term.text.text
    folded = fold(term.text.text)
    if is_day(folded.text):
        month = term.text.text.partition("月")
        return month[0] + month[1] if month[1] and holding(snapshot, month[0] + month[1]) else ""
    held = [said[0] for said in term.words if len(said[0]) > 1 and any(snapshot.frequency(views.WORDS, form) for form in said)]
    outer = [word for word in held if not any(word != other and word in other for other in held)]
    if all(map(str.isdecimal, outer)):
        return ""
    places = sorted({folded.text.find(word): word for word in outer if word in folded.text}.items())
    return " ".join(term.text.text[slice(*folded.original(start, start + len(word)))] for start, word in places)
