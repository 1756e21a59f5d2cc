"""A field given as pairs of characters is what it is given as terms, one by one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from searcher.engine import Store
from searcher.engine.record import Record, Terms
from searcher.engine.writing.inverted import Inverted, Inverter
from searcher.engine.writing.paired import PairInverter
from searcher.errors import InvalidDocument
from searcher.text.analysis import analyze
from searcher.text.pairs import Pairs
from tests.engine.drawing import pairs


def rows(slices: list[Inverted]) -> dict[bytes, list[tuple[int, list[int]]]]:
    """Of each term its documents, with the distances of its positions in each; that the terms ascend is checked on the way."""
    found: dict[bytes, list[tuple[int, list[int]]]] = {}
    for one in slices:
        assert one.distances is not None and len(one.texts) == len(one.counts) and one.counts.min(initial=1) > 0
        distances, row = iter(one.distances.tolist()), iter(zip(one.ids.tolist(), one.frequencies.tolist(), strict=True))
        for text, count in zip(one.texts, one.counts.tolist(), strict=True):
            assert text not in found
            of_term = [next(row) for _ in range(count)]
            found[text] = [(document, [next(distances) for _ in range(frequency)]) for document, frequency in of_term]
    assert list(found) == sorted(found)
    return found


@example([Pairs("\1\0", ["a\0"])], 1)
@example([Pairs("\1\0a", [""])], 1)
@given(st.lists(pairs(), max_size=6), st.sampled_from((1, 2, 5, 1 << 21)))
def test_pairs_are_inverted_as_their_terms_are(given: list[Pairs], size: int) -> None:
    paired, one_by_one = PairInverter(), Inverter()
    for document, one in enumerate(given):
        assert paired.add(document, one) == one_by_one.add(document, one.texts, one.positions) == len(one.texts) == len(one.positions)
    assert len(paired) == len(one_by_one)
    expected = rows(list(one_by_one.slices())) if len(one_by_one) else {}
    assert rows(list(paired.slices(size))) == expected


def test_a_line_says_the_terms_of_a_text() -> None:
    given = analyze("分散式，5G node.js AI 人").grams
    assert list(zip(given.texts, given.positions, strict=True)) == [
        ("分散", 0), ("散式", 1), ("式", 2), ("5", 4), ("g", 5), ("node", 6), ("js", 7), ("ai", 8), ("人", 9)
    ]  # fmt: skip


def test_a_field_may_come_as_pairs_and_as_terms(tmp_path: Path) -> None:
    """One after the other, within a commit."""
    given: list[Pairs | Terms] = [Pairs("中国\0"), Terms(["中国", "国"], [0, 1]), Pairs("中国人\0"), Terms(["人"], [4])]
    store = Store.create(tmp_path / "index", {})
    with store.writer() as writer:
        for number, field in enumerate(given):
            writer.add(Record(str(number), {"grams": field}))
    found = dict(store.snapshot().terms("grams", ""))
    assert found == {"中国": 3, "国": 2, "国人": 1, "人": 2}
    assert not list(store.check())


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (Pairs("\1\0"), "longer terms"),
        (Pairs("中\0", ("a",)), "longer terms"),
        (Pairs("\1\0", (5,)), "expected str"),  # type: ignore[arg-type]
        (Pairs("中\0", (), -1), "32 bits"),
        (Pairs("中\0", (), 2**32 - 1), "32 bits"),
    ],
)
def test_wrong_pairs_are_refused_and_leave_no_trace(tmp_path: Path, wrong: Pairs, said: str) -> None:
    store = Store.create(tmp_path / "index", {})
    with store.writer() as writer:
        writer.add(Record("1", {"grams": Pairs("中国\0")}))
        with pytest.raises(InvalidDocument, match=said):
            writer.add(Record("2", {"grams": wrong}))
    assert store.snapshot().count == 1 and dict(store.snapshot().terms("grams", "")) == {"中国": 1, "国": 1}
