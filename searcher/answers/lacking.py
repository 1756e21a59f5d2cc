"""Which terms of the query does a document lack?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from searcher.engine import Handle, Leaf, Snapshot
from searcher.plans.leaves import any_of, leaf_for, literal_run
from searcher.plans.planning import Plan
from searcher.plans.ranking import QUESTION_WORDS
from searcher.text import views
from searcher.text.folding import as_written, fold


def lacked(snapshot: Snapshot, planned: Plan, typed: str, handles: Collection[Handle]) -> Mapping[Handle, tuple[str, ...]]:
    """What each of some relaxed documents lacks, as it was typed, in the order of the query; only these documents are looked at.

    It lacks none that its folder or its author says, or that it holds in a form of which a reader is told: in the order of hits that is not
    as good as saying it, but it is about that.
    """
    if not (handles and planned.wanted):
        return dict.fromkeys(handles, ())
    also = [(fold(form.source).text, leaf_for(fold(form.target).text)) for form in planned.expansions]
    others = {text: [leaf for source, leaf in also if source == fold(text).text] for text, _ in planned.wanted}
    holding = [(text, snapshot.among(handles, any_of(node, _beside(snapshot, text), *others[text]))) for text, node in planned.wanted]
    alone = len(planned.terms) == 1
    missing = {handle: [text for text, held in holding if handle not in held] for handle in handles}
    typed = planned.terms[0].text.text if alone else typed  # a number has no spaces there: 第 24 條
    folded = fold(typed)
    named = {handle: naming(texts) if alone else texts for handle, texts in missing.items()}
    return {handle: tuple(as_written(typed, text, folded) for text in texts) for handle, texts in named.items()}


def _beside(snapshot: Snapshot, text: str) -> Leaf | None:
    """What finds documents whose folder or author a term names. None for what most have, such as the name of the user: it tells nothing."""
    leaf = literal_run(views.path_text(text), views.BESIDE) if len(text) > 1 else None
    return leaf if leaf is not None and 2 * snapshot.matching(leaf) <= snapshot.count else None


def naming(words: Sequence[str]) -> Sequence[str]:
    """The words that name something: neither single characters nor words that ask, unless there are no others."""
    return [word for word in words if len(word) > 1 and word not in QUESTION_WORDS] or words
