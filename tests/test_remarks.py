"""A remark reads as English and carries what it takes to say it otherwise, wherever it goes."""

from __future__ import annotations

import ast
import json
import pickle
from collections.abc import Iterator
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher import Remark
from searcher.phrases import PHRASES
from searcher.remarks import as_data, from_data, of_system
from tests.source import modules, nodes


def facts_of(key: str) -> dict[str, str]:
    """The facts of a row, and how each is formatted."""
    return {name: spec or "" for _, name, spec, _ in Formatter().parse(PHRASES[key][0]) if name}


def remarks(key: str) -> st.SearchStrategy[Remark]:
    """Remarks of this key, with numbers where the row formats numbers, and with texts, or remarks, where it does not."""
    texts = (
        st.text(max_size=9)
        | st.lists(st.text(max_size=9), max_size=3).map(tuple)
        | st.builds(lambda text: Remark("notice.date", text=text), st.text(max_size=9))
    )
    facts = {name: st.integers(0, 10**7) if spec else texts for name, spec in facts_of(key).items()}
    return st.fixed_dictionaries(facts).map(lambda facts: Remark(key, **facts))


@given(st.sampled_from(sorted(PHRASES)).flatmap(remarks))
def test_a_remark_comes_back_whole(remark: Remark) -> None:
    for again in (from_data(json.loads(json.dumps(as_data(remark)))), pickle.loads(pickle.dumps(remark))):
        assert isinstance(again, Remark)
        assert (str(again), again.key, again.facts) == (str(remark), remark.key, remark.facts)
        assert [type(fact) for fact in again.facts.values()] == [type(fact) for fact in remark.facts.values()]


def test_it_reads_as_english() -> None:
    assert Remark("notice.vanished", count=1200, known=3000, root="/a") == (
        "1,200 of 3,000 files in /a have vanished: they stay in the index (--prune removes them)"
    )
    assert Remark("detail.xml", error=ValueError("a\nb")) == "its XML is broken: a b"
    assert Remark("detail.xml", error=KeyError()) == "its XML is broken: KeyError"


def test_what_another_version_wrote_is_shown_in_english() -> None:
    assert from_data("nothing in it") == "nothing in it"
    assert from_data(["a new one", "detail.new", {}]) == "a new one"
    assert from_data(["another fact", "detail.json", {"what": "x"}]) == "another fact"
    assert from_data(["a text where a number was", "detail.values", {"limit": "x"}]) == "a text where a number was"


@pytest.mark.parametrize(
    "data", [None, 7, [], ["a", "b"], ["a", 1, {}], ["a", "b", []], ["a", "detail.json", {"error": None}], {"key": "detail.json"}]
)
def test_anything_else_is_no_remark(data: object) -> None:
    with pytest.raises(TypeError):
        from_data(data)


def test_remarks_in_remarks_without_end_are_none() -> None:
    data: object = "x"
    for _ in range(100):
        data = ["x", "detail.json", {"error": data}]
    with pytest.raises(TypeError):
        from_data(data)


def test_what_the_system_refuses() -> None:
    assert of_system(PermissionError(13, "Permission denied")) == "permission denied"
    assert isinstance(of_system(FileNotFoundError(2, "x")), Remark)
    assert of_system(OSError(71, "Protocol error")) == "Protocol error"
    assert of_system(OSError("odd")) == "odd"
    used = PermissionError(13, "The process cannot access the file because it is being used by another process")
    used.winerror = 32  # as on Windows
    assert of_system(used) == "another program has it open"
    for length, said in ((30, "no such file or folder"), (300, "its name is too long")):
        nowhere = FileNotFoundError(2, "The system cannot find the path specified", "C:\\" + "長" * length)
        nowhere.winerror = 3
        assert of_system(nowhere) == said


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for path in modules():
        for node in nodes(path):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield node.func.id, node


def test_every_remark_that_is_made_has_its_row_and_all_facts_of_it() -> None:
    made = [node for name, node in _calls() if name == "Remark" and isinstance(node.args[0], ast.Constant)]
    assert len(made) > 100
    for node in made:
        assert isinstance(node.args[0], ast.Constant)
        given = {keyword.arg for keyword in node.keywords}
        assert None in given or given == facts_of(str(node.args[0].value)).keys(), ast.unparse(node)


def test_no_row_is_left_over() -> None:
    """Some are named without what their kind has before the dot."""
    others = (path for path in modules() if path.name != "phrases.py")
    literals = {node.value for path in others for node in nodes(path) if isinstance(node, ast.Constant)}
    of_remarks = {key for key in PHRASES if not key[0].isupper()}
    assert {key for key in of_remarks if key not in literals and key.partition(".")[2] not in literals} == set()


def test_what_the_library_says_of_files_and_indexes_is_no_english_text() -> None:
    """`Refused`, `Skipped` and the errors of an index take remarks, or what other libraries said."""
    for name, node in _calls():
        place = {"Refused": 1, "Exhausted": 1, "Skipped": 2, "Damage": 1}.get(name)
        told = node.args[place : place + 1] if place is not None else []
        if name.startswith(("Index", "Invalid", "Missing")):
            told = [keyword.value for keyword in node.keywords if keyword.arg in ("reason", "what")]
        texts = [value for value in told if isinstance(value, ast.JoinedStr | ast.Constant) and ast.unparse(value) != "''"]
        assert not texts, ast.unparse(node)
