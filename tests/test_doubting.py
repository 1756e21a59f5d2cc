"""What may mean something else answers only where nothing else does; what is told to have been looked for was."""

from __future__ import annotations

import pytest

from searcher import Document, Index
from searcher.plans.ranking import CERTAIN
from searcher.tables.making.terms import DOUBTFUL, by_hand
from searcher.vocabulary.terminology import REGISTER, TRANSLATION
from tests.conftest import Indexed

BACKUP = Document("backup", "", "How to make a database backup every night.")
DATABASE = Document("database", "", "A database holds tables.")


@pytest.fixture
def english(indexed: Indexed) -> Index:
    return indexed(BACKUP, DATABASE, Document("callback", "", "Code waits for its callback."))


def ids(index: Index, query: str) -> list[str]:
    return [hit.id for hit in index.search(query, snippets=0)]


@pytest.mark.parametrize("kind", [REGISTER, TRANSLATION])
def test_each_name_that_is_told_is_found_where_nothing_else_is(indexed: Indexed, kind: str) -> None:
    """For every thirtieth row of the tables, one document for each name; where another region's word is there, that is enough."""
    rows = [(word, [name.removesuffix(DOUBTFUL) for name in names]) for word, *names in by_hand(kind)][::30]
    index = indexed(*(Document(f"{word} {name}", "", f"此處「{name}」。") for word, names in rows for name in names))
    alone = 0
    for word, names in rows:
        results = index.search(word, limit=None)
        if not any(form.weight >= CERTAIN for form in results.expansions):
            alone += 1
            assert {f"{word} {name}" for name in names} <= {hit.id for hit in results}, word
    assert alone > len(rows) // 3


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("數據庫 備份", ["backup", "database"]),
        ("数据库", ["database", "backup"]),
        ("數據庫備份", ["backup", "database"]),
        ("title:數據庫", []),
        ("回调", ["callback"]),
        ("数据库怎么备份？", ["backup", "database"]),
        ("数据库 -备份", ["backup", "database"]),
        ("“数据库”", []),
    ],
)
def test_documents_in_another_language_are_found_where_no_other_are(english: Index, query: str, found: list[str]) -> None:
    assert sorted(ids(english, query)) == sorted(found)


def test_the_parts_of_a_word_are_no_answer_where_it_has_a_name(indexed: Indexed) -> None:
    """中介軟體 is no sum of its parts."""
    index = indexed(Document("name", "", "Each request passes the middleware."), Document("parts", "", "這個軟體很好。"))
    assert ids(index, "中介軟體") == ["name"]
    index.remove("name")
    assert [(hit.id, hit.relaxed) for hit in index.search("中介軟體")] == [("parts", True)]


def test_what_has_all_terms_by_any_name_comes_before_what_lacks_one(english: Index) -> None:
    results = english.search("數據庫 備份")
    assert (results.total, results.complete, results.relaxed, results.suggestions) == (2, 1, False, ())
    assert [(hit.id, hit.missing) for hit in results] == [("backup", ()), ("database", ("備份",))]
    assert {"database", "backup"} <= {form.target for form in results.expansions}
    assert [passage.text[slice(*mark)] for passage in results.hits[0].snippets for mark in passage.marks] == ["database", "backup"]


def test_where_a_document_surely_has_all_terms_no_doubtful_name_makes_a_hit(english: Index) -> None:
    english.add([Document("own", "", "資料庫的備份。")])
    assert ids(english, "數據庫 備份") == ["own"]
    assert ids(english, "備份") == ["own"]


def test_where_a_document_has_one_term_others_have_all_by_their_names(english: Index) -> None:
    english.add([Document("own", "", "備份的方法。")])
    results = english.search("數據庫 備份")
    assert (results.hits[0].id, results.hits[0].missing) == ("backup", ())
    assert ("own", ("數據庫",)) in [(hit.id, hit.missing) for hit in results]


def test_who_is_strict_is_told_of_nothing_that_was_not_looked_for(english: Index) -> None:
    results = english.search("數據庫 備份", strict=True)
    assert (results.total, results.expansions, results.suggestions) == (0, (), ("database backup",))


def test_facets_and_explanations_see_the_same_documents(english: Index) -> None:
    assert english.why("數據庫 備份", "backup").matches
    english.add([Document("dated", "", "Another database backup.", date="2024-01-01")])
    assert english.facets("數據庫 備份", "year") == (("2024", 1),)
