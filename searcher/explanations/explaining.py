"""Why a document answers a query, or why it does not; and how a query was understood."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from searcher.answers.doubting import plan_over
from searcher.answers.lacking import naming
from searcher.answers.relaxing import request_for
from searcher.answers.scattered import scattered
from searcher.engine import AllOf, Breakdown, Contribution, Handle, Leaf, Request, Run, Snapshot, Wildcard
from searcher.explanations.explanation import CHARACTERS, TOGETHER, WORK, Explanation, Missing, Part, TermExplanation
from searcher.explanations.nearest import NEAREST, nearest
from searcher.explanations.unmet import Unmet, unmet
from searcher.explanations.wording import Wording
from searcher.plans.joining import joined_up
from searcher.plans.leaves import leaf_for, literal_run
from searcher.plans.options import Options
from searcher.plans.planning import Plan, matching
from searcher.plans.ranking import CERTAIN
from searcher.plans.terms import SoughtTerm
from searcher.query.tree import EVERY, All, Any, Node, Query, Range, Text, describe, spelled, spelled_node
from searcher.records.kept import values_in
from searcher.records.works import work_of
from searcher.results import Expansion
from searcher.suggestions.spelling import as_documents_write
from searcher.text import views
from searcher.text.folding import as_written, fold
from searcher.vocabulary.terminology import REGISTER, TRANSLATION, without_plurals


def explain(snapshot: Snapshot, query: Query, options: Options, handle: Handle | None) -> Explanation:
    """Explain a query, and with a handle what it makes of that document."""
    planned = plan_over(snapshot, query, options)
    documents = {form: _documents(snapshot, fold(form.target).text) for form in planned.expansions}
    held = without_plurals([form for form in planned.expansions if documents[form]])
    explanation = Explanation(
        query=query.text,
        understood=describe(query),
        terms=(*(_term(snapshot, term, options) for term in planned.terms), *_conditions(snapshot, query.tree, planned, options)),
        expansions=tuple(_told(snapshot, form) for form in held),
        expansion_documents=tuple(documents[form] for form in held),
        indexed=snapshot.count,
    )
    return explanation if handle is None else _of_document(snapshot, query, options, planned, explanation, handle)


def _told(snapshot: Snapshot, form: Expansion) -> Expansion:
    """A form as documents write it."""
    return replace(form, target=as_documents_write(snapshot, form.target)) if form.is_from_tables else form


def _of_document(
    snapshot: Snapshot, query: Query, options: Options, planned: Plan, explanation: Explanation, handle: Handle
) -> Explanation:
    """The explanation of a query with what it makes of a document."""
    request = request_for(snapshot, planned)
    parts = () if request is None else tuple(_parts(snapshot, handle, request, explanation.query))
    matches = planned.strict is not None and snapshot.contains(handle, planned.strict.match)
    lacking = () if matches or query.tree is None else tuple(unmet(snapshot, handle, joined_up(query.tree, options), options))
    asking = [term.text for term in planned.terms if term.asks]
    named = [part for part in lacking if part.node not in asking]
    missing = (_missing(snapshot, planned, part, handle) for part in named or lacking)
    return replace(
        explanation,
        id=values_in(snapshot, handle)["id"],
        matches=matches,
        relaxed=not matches and request is not None and snapshot.contains(handle, request.match),
        score=sum(part.score for part in parts),
        parts=tuple(sorted((part for part in parts if part.score), key=lambda part: -part.score)),
        called=request is not None and _is_called_so(snapshot, planned, request, handle),
        headed=request is not None and _is_headed(snapshot, planned, request, handle),
        held=request is not None and _is_held_first(snapshot, planned, request, handle),
        scattered=handle in scattered(snapshot, planned, request, (handle,)),
        missing=tuple(dict.fromkeys(missing)),
    )


def _is_called_so(snapshot: Snapshot, planned: Plan, request: Request, handle: Handle) -> bool:
    """Whether the document comes first for its title, which says just what was asked, or names the law of the article that was cited."""
    called = (planned.titled, None if planned.cited is None else planned.cited.law)
    return any(node in request.tiers and snapshot.contains(handle, node) for node in called if node is not None)


def _is_headed(snapshot: Snapshot, planned: Plan, request: Request, handle: Handle) -> bool:
    """Whether the document comes before others for what a heading in it says, or its title besides other things."""
    first = None if planned.headed is None else planned.headed.first
    if first is None or first not in request.tiers or _is_called_so(snapshot, planned, request, handle):
        return False
    return snapshot.contains(handle, first)


def _is_held_first(snapshot: Snapshot, planned: Plan, request: Request, handle: Handle) -> bool:
    """Whether the document comes before others that were found, for it holds all that was asked as one run, in any form."""
    if planned.verbatim is not None and planned.verbatim in request.tiers:
        return snapshot.contains(handle, planned.verbatim)
    if len(planned.terms) != 1 or planned.terms[0].literal not in request.tiers:
        return False
    run = planned.terms[0].standing
    if not snapshot.contains(handle, run):
        return False
    return snapshot.matching(request.match) > snapshot.matching(AllOf((run, request.match)))


def _term(snapshot: Snapshot, term: SoughtTerm, options: Options) -> TermExplanation:
    typed = term.text.text
    whole = fold(typed)
    first = dict.fromkeys(forms[0] for forms in term.words)
    words = tuple((as_written(typed, word, whole), _documents(snapshot, word)) for word in first)
    documents = snapshot.matching(term.standing)
    if term.pattern:
        return TermExplanation(spelled(term.text), documents, (), documents)
    grams = (views.TITLE_GRAMS,) if term.text.field else views.GRAMS
    exact = literal_run(typed, grams, term.text.slop)
    as_typed = 0 if exact is None else snapshot.matching(AllOf((exact, term.literal)))  # grams hold no signs: c++
    answers = matching(term.text, options)
    apart = 0 if answers is None else max(0, snapshot.matching(answers) - documents)
    return TermExplanation(spelled(term.text), documents, words, as_typed, apart)


def _conditions(snapshot: Snapshot, tree: Node | None, planned: Plan, options: Options) -> Iterator[TermExplanation]:
    """What else a document has to fit, a date or a folder: how many do, for nothing may be found because none does."""
    if isinstance(tree, (All, Any)):
        for child in tree.children:
            yield from _conditions(snapshot, child, planned, options)
    elif (
        (isinstance(tree, Range) or (isinstance(tree, Text) and tree.field))
        and tree != EVERY
        and all(term.text != tree for term in planned.terms)
    ):
        node = matching(tree, options)
        documents = 0 if node is None else snapshot.matching(node)
        yield TermExplanation(spelled_node(tree), documents, (), documents)


def _documents(snapshot: Snapshot, text: str) -> int:
    """How many documents hold a word, or a run that is no word."""
    leaf = leaf_for(text)
    return 0 if leaf is None else snapshot.matching(leaf)


def _parts(snapshot: Snapshot, handle: Handle, request: Request, typed: str) -> Iterator[Part]:
    """What each feature gave to the score, and what is asked of the first documents only."""
    wording = Wording(snapshot, handle, typed)
    score = snapshot.explain(handle, request)
    yield from (_part(contribution, wording) for contribution in score.contributions)
    yield from _of_nearness(request, wording, score)
    yield from _of_characters(request, wording, score)
    yield from _of_work(snapshot, handle, request, score)


def _of_nearness(request: Request, wording: Wording, score: Breakdown) -> Iterator[Part]:
    """What was given for features that stand together."""
    if score.stretch is None or request.nearness is None:
        return
    forms: dict[str, list[str]] = {}
    for one in score.contributions:
        forms.setdefault(_about(one), []).extend(_sought(each.leaf) for each, held in one.alternatives if any(held.values()))
    runs = list(wording.runs(request.features[number].name.partition(" ")[2] for number in score.stretch.features))
    found = tuple((wording.typed(run), request.nearness.field, 1) for run in runs)
    written = tuple(wording.other(run, forms.get(run, ())) for run in runs)
    yield Part(TOGETHER, score.stretch.score, request.nearness.weight, len(score.stretch.features), found, written)


def _of_characters(request: Request, wording: Wording, score: Breakdown) -> Iterator[Part]:
    """What single characters gave."""
    counted = score.counted
    if counted is None or request.characters is None:
        return
    held = [(one.variants[0], count) for one, count in zip(request.characters.characters, counted.counts, strict=True) if count]
    found = tuple((wording.typed(character), request.characters.field, count) for character, count in held)
    written = tuple(wording.other(character) for character, _ in held)
    yield Part(CHARACTERS, counted.score, request.characters.weight, len(found), found, written)


def _of_work(snapshot: Snapshot, handle: Handle, request: Request, score: Breakdown) -> Iterator[Part]:
    """What was given for the size of the work that the document is a part of, or for being part of none."""
    work = score.work
    if work is None or request.works is None:
        return
    title = str(values_in(snapshot, handle)["title"])
    found = ((as_written(title, work_of(title) or "", fold(title)), views.TITLE_WORDS, 1),) if work.parts else ()
    yield Part(WORK, work.score, request.works.weight, work.parts, found)


def _part(contribution: Contribution, wording: Wording) -> Part:
    found = tuple(
        (wording.written(_sought(alternative.leaf), field), field, count)
        for alternative, frequencies in contribution.alternatives
        for field, count in frequencies.items()
        if count
    )
    kind, text = contribution.feature.name.partition(" ")[0], _about(contribution)
    return Part(f"{kind} {wording.typed(text)}", contribution.score, contribution.feature.weight, contribution.documents, found)


def _about(contribution: Contribution) -> str:
    """What of the query a feature is about, folded."""
    return contribution.feature.name.partition(" ")[2]


def _sought(leaf: Leaf) -> str:
    """What a leaf looks for, as one text: overlapping pairs are joined again."""
    if not isinstance(leaf, Run):
        return leaf.pattern if isinstance(leaf, Wildcard) else leaf.text
    text, end = "", 0
    for term, offset in zip(leaf.terms, leaf.offsets, strict=True):
        text += (_between(text, term) if end == offset else "") + term[max(0, end - offset) :] if end >= offset else f" {term}"
        end = offset + (len(term) if term[0] > "\u2e80" else 1)
    return text.strip()


def _between(text: str, term: str) -> str:
    """What stood between two atoms without a gap: two numbers are 339-4, two words of letters machine learning."""
    if text[-1:].isdigit() and term[0].isdigit():
        return "-"
    return " " if text[-1:].isascii() and text[-1:].isalpha() and term[0].isascii() and term[0].isalpha() else ""


def _missing(snapshot: Snapshot, planned: Plan, part: Unmet, handle: Handle) -> Missing:
    """What one unmet part of the query says of a document."""
    text = spelled_node(part.node)
    if not part.wanted:
        return Missing(text, (text,), (), part.node.field, excluded=True)
    if part.node.field is not None:
        return Missing(text, (text,), tuple(_in_field(part.node.field, values_in(snapshot, handle))), part.node.field)
    term = next((term for term in planned.terms if term.text == part.node), None)
    if term is None or term.pattern:
        return Missing(text, (text,), ())
    held = {forms[0]: any(_holds(snapshot, handle, word) for word in forms) for forms in term.words}
    absent = _absent(held)
    telling = _telling(absent) or [fold(term.text.text).text]
    wording = Wording(snapshot, handle, term.text.text)
    meant = telling if any(len(word) > 1 for word in telling) else [fold(term.text.text).text]  # a mistyped word is no word: 疫苖
    others = [word for word, there in held.items() if there and absent and not any(word in longer for longer in absent)]
    near = tuple(map(wording.written, nearest(snapshot, handle, meant, others)))
    if absent:
        return Missing(text, tuple(map(wording.typed, telling)), near)
    if instead := _instead(snapshot, planned, term, handle):
        written = (wording.written(form) for forms in instead.values() for form in forms)
        return Missing(text, tuple(map(wording.typed, instead)), tuple(dict.fromkeys(written))[:NEAREST])
    return Missing(text, () if term.text.quoted else (text,), near)


def _instead(snapshot: Snapshot, planned: Plan, term: SoughtTerm, handle: Handle) -> dict[str, list[str]]:
    """The words that a document has only in forms that do not answer by themselves, with these: 用人单位 in the place of 老板."""
    unsure = {fold(one.target).text for one in planned.expansions if one.kind in (REGISTER, TRANSLATION) or one.weight < CERTAIN}
    held = {word: [form for form in (word, *forms) if _holds(snapshot, handle, form)] for word, *forms in term.words}
    return {word: forms for word, forms in held.items() if forms and unsure.issuperset(forms)}


def _absent(held: Mapping[str, bool]) -> list[str]:
    """The words that are not held: none inside one that is; for a long one that is held in part, the words in it that are not."""
    absent = [word for word in held if not any(held[other] and word in other for other in held)]
    partly = {long for long in absent if any(word in long for word in held if held[word])}
    return [word for word in absent if word not in partly or not any(other != word and other in word for other in absent)]


def _in_field(name: str, values: Mapping[str, typing.Any]) -> Iterator[str]:
    """What a document has in a field, as it is kept."""
    kept = values.get(name) if name in ("id", "date", "title", "path", "source", "modified") else values["metadata"].get(name)
    yield from (kept,) if isinstance(kept, str) else kept or ()
    number = values.get("numbers", {}).get(name)
    yield from () if number is None else (str(number),)


def _telling(absent: Sequence[str]) -> Sequence[str]:
    """The missing words that name something: none inside another, no single character or word that asks, unless there is no other."""
    whole = [word for word in absent if not any(word != other and word in other for other in absent)]
    return naming(whole)


def _holds(snapshot: Snapshot, handle: Handle, text: str) -> bool:
    leaf = leaf_for(text)
    return leaf is not None and snapshot.contains(handle, leaf)
