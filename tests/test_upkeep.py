"""However an index came to what it holds, it answers as one that was made of the same documents at once."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from searcher import Document, Index, Results

QUERIES = ("商汤科技", "商湯", "科技 融资", "软件 OR 軟體", "融资 -上市", '"上市融资"', "title:第二 科技", "path:b 融资", "为什么上市")
PIECES = ("商汤科技", "商湯科技融資", "上市融资", "软件工程", "軟體", "为什么", "，", "。\n\n")
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join)
NAMES = st.sampled_from(("a.txt", "b.txt", "b/c.txt", "第二.md"))
IDS = st.sampled_from(("one", "two", "three"))


class Upkeep(RuleBasedStateMachine):
    """Documents that are given, files that are written, moved and deleted; now and then all is compared with an index made anew."""

    @initialize()
    def begin(self) -> None:
        self.place = Path(tempfile.mkdtemp())
        self.folder = self.place / "documents"
        self.folder.mkdir()
        (self.folder / "stays.txt").write_text("这一篇留着。", "utf-8")
        self.given: dict[str, Document] = {}
        self.index = Index.create(self.place / "index")
        self.index.sync(self.folder)

    @rule(id=IDS, title=st.sampled_from(("", "第一", "商汤科技")), text=TEXTS)
    def add(self, id: str, title: str, text: str) -> None:
        document = Document(id, title, text)
        report = self.index.add(document)
        assert (report.added, report.replaced) == ((0, 1) if id in self.given else (1, 0))
        self.given[id] = document

    @rule(id=IDS)
    def remove(self, id: str) -> None:
        assert self.index.remove(id) == (self.given.pop(id, None) is not None)

    @rule(name=NAMES, text=TEXTS)
    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")

    @rule(name=NAMES)
    def delete(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)

    @rule(name=NAMES, to=NAMES)
    def move(self, name: str, to: str) -> None:
        if (self.folder / name).exists():
            (self.folder / to).parent.mkdir(exist_ok=True)
            (self.folder / name).replace(self.folder / to)

    @rule()
    def sync(self) -> None:
        self.index.sync()
        report = self.index.sync()
        assert not (report.added or report.replaced or report.moved or report.removed)

    @rule()
    def compare(self) -> None:
        self.index.sync()
        with self.made_anew() as anew:
            assert _known(self.index) == _known(anew)
            assert [_complete(found) for found in self.index.search_many(QUERIES, limit=None)] == [
                _complete(found) for found in anew.search_many(QUERIES, limit=None)
            ]

    @rule()
    def rebuild(self) -> None:
        """Then all is as in an index made anew, scores and passages too, but for the order of what scores alike."""
        self.index.sync()
        self.index.rebuild()
        assert not list(self.index.check())
        with self.made_anew() as anew:
            assert [_whole(found) for found in self.index.search_many(QUERIES, limit=None)] == [
                _whole(found) for found in anew.search_many(QUERIES, limit=None)
            ]

    def made_anew(self) -> Index:
        place = self.place / "anew"
        shutil.rmtree(place, ignore_errors=True)
        index = Index.create(place)
        index.sync(self.folder)
        index.add(self.given.values())
        return index

    def teardown(self) -> None:
        if hasattr(self, "index"):
            self.compare()
            self.index.close()
            shutil.rmtree(self.place)


def _known(index: Index) -> tuple[Any, ...]:
    """What an index says of what it holds, without asking it anything."""
    documents = sorted(index, key=lambda document: document.id)
    facets = [index.facets("", name, limit=None) for name in ("script", "format", "path")]
    return documents, len(index), index.status().documents, facets, index.fields()


def _complete(results: Results) -> tuple[Any, ...]:
    """What was found that lacks nothing, whatever the order: what is rare, by which scores go and whether it is enough to have some of the
    terms, is told with what was deleted until that is merged.
    """
    found = {(hit.id, hit.title, hit.path, frozenset(hit.copies), hit.location) for hit in results if not hit.relaxed}
    return found, results.complete, results.relaxed, frozenset(results.expansions)


def _whole(results: Results) -> tuple[Any, ...]:
    """All that is shown."""
    hits = sorted((-round(hit.score, 6), hit.id, hit.title_marks, hit.snippets) for hit in results)
    lacking = {(hit.id, hit.missing) for hit in results if hit.relaxed}
    return _complete(results), lacking, results.total, hits, results.suggestions, results.notices


TestUpkeep = Upkeep.TestCase
TestUpkeep.settings = settings(max_examples=10, stateful_step_count=12, deadline=None)
