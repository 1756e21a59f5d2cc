"""How an index is made anew from what it stores, and what is left of a damaged one is saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from searcher.documents import Document, Skipped, safe_name
from searcher.engine import Damage, Salvaged, Store
from searcher.errors import IndexDamaged
from searcher.records.indexing import faults, record_of
from searcher.records.kept import are_ours
from searcher.records.storing import document_of
from searcher.remarks import Remark
from searcher.text.dictionary import Dictionary
from searcher.updating.catalogue import ATTACHMENT, Catalogue, commit, read_catalogue, roots_alone
from searcher.updating.description import stamped
from searcher.updating.reports import Progress, Reporter


def rebuild(store: Store, dictionary: Dictionary, progress: Reporter | None) -> tuple[int, tuple[Skipped, ...]]:
    """Analyse all stored documents anew, in one commit; gives how many there are, and what could not be saved."""
    skipped: list[Skipped] = []
    saved: Counter[str | None] = Counter()
    with store.writer(afresh=True) as writer:
        for done, document in enumerate(_documents(store, skipped), start=1):
            writer.add(record_of(document, dictionary))
            saved[document.source] += 1
            if progress is not None:
                progress(Progress(done, None, document.path))
        catalogue = _catalogue(store, saved, skipped)
        commit(writer, stamped(store.meta, dictionary, anew=True), catalogue)
    return saved.total(), tuple(skipped)


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


def _documents(store: Store, skipped: list[Skipped]) -> Iterator[Document]:
    for item in store.salvage():
        if isinstance(item, Damage):
            skipped.append(Skipped(item.file, "damaged", item.what))
            continue
        document = _document(item)
        if document is None:
            skipped.append(Skipped(item.id, "damaged", Remark("detail.stored")))
        else:
            yield document


def _document(salvaged: Salvaged) -> Document | None:
    """The document that was indexed; None where what is stored is none, or one that cannot be."""
    document = document_of(salvaged.values, salvaged.text) if are_ours(salvaged.values) else None
    return None if document is None or any(faults(document)) else document


def _catalogue(store: Store, saved: Counter[str | None], skipped: list[Skipped]) -> Catalogue:
    """The known files, but those of which documents were lost: they are to be read again."""
    try:
        catalogue = read_catalogue(store)
    except IndexDamaged as error:
        skipped.append(Skipped(ATTACHMENT, "damaged", str(error.details["reason"])))
        return roots_alone(store)
    for path, state in list(catalogue.files.items()):
        if saved[safe_name(path)] < state.documents:
            del catalogue.files[path]
    return catalogue
