"""How an index is made anew from what it stores, and what is left of a damaged one is saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field

from searcher.documents import Document, Skipped, safe_name
from searcher.engine import Damage, Salvaged, Store
from searcher.errors import IndexDamaged
from searcher.records.indexing import faults
from searcher.records.kept import are_ours
from searcher.records.storing import document_of
from searcher.remarks import Remark
from searcher.text.dictionary import Dictionary
from searcher.updating.catalogue import ATTACHMENT, Catalogue, commit, lies_under, read_catalogue, roots_alone
from searcher.updating.description import stamped
from searcher.updating.reading import SoFar, read_so_far
from searcher.updating.reports import Progress, Reporter
from searcher.updating.workers import folder_for_runs, runs_of


def rebuild(store: Store, dictionary: Dictionary, workers: int, progress: Reporter | None) -> tuple[int, tuple[Skipped, ...]]:
    """Analyse all stored documents anew, in one commit; gives how many there are, and what could not be saved."""
    skipped: list[Skipped] = []
    saved = _Saved()
    with store.writer(afresh=True) as writer, folder_for_runs(store.path) as folder:
        catalogue = _catalogue(store, skipped)
        documents = _counted(_documents(store, catalogue, saved, skipped), saved)
        with closing(runs_of(documents, folder, dictionary, workers)) as runs:
            for run in runs:
                if not isinstance(run, SoFar):
                    writer.adopt(run)
                if progress is not None:
                    progress(Progress(read_so_far(folder).files))
        catalogue = catalogue or roots_alone(store)
        _forget_unlike(catalogue, saved)
        commit(writer, stamped(store.meta, dictionary, anew=True), catalogue, whole=True)
    return saved.of_source.total(), tuple(skipped)


def _counted(documents: Iterable[Document], saved: _Saved) -> Iterator[Document]:
    """Counts the documents of each file. One of an id that another has, whose deletion is lost, takes the place of that."""
    ids: set[int] = set()  # hashes, which take a sixth of the room
    for document in documents:
        saved.of_source[document.source] += hash(document.id) not in ids
        ids.add(hash(document.id))
        yield document


@dataclass
class _Saved:
    """How many documents of each file were saved, and of which files some may have been deleted."""

    of_source: Counter[str | None] = field(default_factory=Counter)
    doubtful: set[str | None] = field(default_factory=set)


def damages(store: Store) -> Iterator[str]:
    """What is wrong with an index: with its files, and then with the documents that can be read of them."""
    files = set()
    for damage in store.check():
        files.add(damage.file)
        yield Remark("reason.of-file", file=damage.file, what=damage.what)
    for item in store.salvage():
        if isinstance(item, Salvaged) and _document(item) is None:
            yield Remark("reason.of-file", file=item.id, what=Remark("detail.stored"))
        elif isinstance(item, Damage) and item.file not in files:
            yield Remark("reason.of-file", file=item.file, what=item.what)


def _documents(store: Store, catalogue: Catalogue | None, saved: _Saved, skipped: list[Skipped]) -> Iterator[Document]:
    """The documents that can be read. Where deletions are lost, those of a file that is known to be gone are deleted, and others stay."""
    known = None if catalogue is None else {safe_name(path) for path in catalogue.files}
    for item in store.salvage():
        if isinstance(item, Damage):
            skipped.append(Skipped(item.file, "damaged", item.what))
            continue
        document = _document(item)
        if document is None:
            skipped.append(Skipped(item.id, "damaged", Remark("detail.stored")))
        elif not item.doubtful:
            yield document
        elif catalogue is None or known is None or not _is_gone(document.source, known, catalogue):
            saved.doubtful.add(document.source)
            yield document


def _is_gone(source: str | None, known: Collection[str], catalogue: Catalogue) -> bool:
    """Whether a file is none of those that the index knows under its roots."""
    return source is not None and source not in known and any(lies_under(source, safe_name(root)) for root in catalogue.roots)


def _document(salvaged: Salvaged) -> Document | None:
    """The document that was indexed; None where what is stored is none, or one that cannot be."""
    document = document_of(salvaged.values, salvaged.text) if are_ours(salvaged.values) else None
    return None if document is None or any(faults(document)) else document


def _catalogue(store: Store, skipped: list[Skipped]) -> Catalogue | None:
    """The known files; None where nobody can tell any more."""
    try:
        return read_catalogue(store)
    except IndexDamaged as error:
        skipped.append(Skipped(ATTACHMENT, "damaged", str(error.details["reason"])))
        return None


def _forget_unlike(catalogue: Catalogue, saved: _Saved) -> None:
    """Forget files of which documents were lost, or of which deleted ones may have come back: they are to be read again."""
    for path, state in list(catalogue.files.items()):
        source = safe_name(path)
        count = saved.of_source[source]
        if count < state.documents or (count > state.documents and source in saved.doubtful):
            catalogue.drop(path)
