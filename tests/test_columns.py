"""Numbers of the documents' own: as they lie in the index, and found there as a slow, obvious filter finds them."""

from __future__ import annotations

import math
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher import Document, Index, InvalidDocument
from searcher.records.columns import column, numbers_among, ordinal
from tests.conftest import Indexed

floats = st.floats(allow_nan=False, allow_infinity=False)


@given(floats, floats)
def test_ordinals_are_in_the_order_of_the_numbers(one: float, other: float) -> None:
    assert (ordinal(one) < ordinal(other)) is (one < other)
    assert (ordinal(one) == ordinal(other)) is (one == other)
    assert abs(ordinal(one)) < 2**63 - 1, "a column takes it, and it is not the sign of a missing number"


@given(floats.filter(lambda number: number < 1e308))
def test_the_next_number_has_the_next_ordinal(number: float) -> None:
    assert ordinal(math.nextafter(number, math.inf)) == ordinal(number) + 1


def test_only_numbers_of_documents_are_told_from_other_columns() -> None:
    assert numbers_among(["size", column("价格"), "first_day", column("a.b")]) == ("a.b", "价格")


def _row(number: int, price: float | None) -> Document:
    own = {"Weight": number * 1.5} if price is None else {"price": price, "Weight": number * 1.5}
    return Document(id=str(number), title="", text=f"手机 第{number}台 {number * 7919}", numbers=own)


def _ids(index: Index, query: str) -> list[str]:
    return [hit.id for hit in index.search(query, limit=None)]


PRICES = random.Random(7).choices([-20.5, -3, 0, 0.1, 7, 7.5, 80, 1e6, None], k=60)


@pytest.fixture(scope="module")
def rows(shared_index: Indexed) -> Index:
    """Rows in three commits: in the first none has the number, in the second it is new, in the third some are replaced."""
    index = shared_index(*(_row(number, None) for number in range(20)))
    index.add(_row(number, PRICES[number]) for number in range(20, 60))
    index.add(_row(number, PRICES[number]) for number in range(30))
    return index


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("7", lambda price: price == 7),
        ("-3", lambda price: price == -3),
        ("0..80", lambda price: 0 <= price <= 80),
        ("80..0", lambda price: 0 <= price <= 80),
        ("-20.5..0.1", lambda price: -20.5 <= price <= 0.1),
        ("7..", lambda price: price >= 7),
        ("..7", lambda price: price <= 7),
        (">7", lambda price: price > 7),
        (">=7", lambda price: price >= 7),
        ("<7", lambda price: price < 7),
        ("≤7", lambda price: price <= 7),
        (">-3", lambda price: price > -3),
        ("100万", lambda price: price == 1e6),
        ("100万以上", lambda price: price >= 1e6),
        ("（7 OR 80）", lambda price: price in (7, 80)),
    ],
)
def test_ranges_are_those_of_a_slow_filter(rows: Index, asked: str, wanted: object) -> None:
    expected = {str(number) for number, price in enumerate(PRICES) if price is not None and wanted(price)}  # type: ignore[operator]
    assert expected and set(_ids(rows, f"price:{asked}")) == set(_ids(rows, f"PRICE：{asked} 手机")) == expected
    assert set(_ids(rows, f"手机 -price:{asked}")) == set(map(str, range(60))) - expected


@pytest.mark.parametrize("sign", ["", "-"])
def test_they_sort(rows: Index, sign: str) -> None:
    known = [(price, number) for number, price in enumerate(PRICES) if price is not None]
    found = _ids(rows, f"手机 sort:{sign}price price:-100..2000000")
    assert [PRICES[int(id)] for id in found] == sorted((price for price, _ in known), reverse=bool(sign))
    assert len(_ids(rows, f"sort:{sign}Price")) == 60, "a query that only sorts lists all, also what has no such number"


def test_they_come_back_and_outlast_a_rebuild(indexed: Indexed) -> None:
    document = Document("a", "題", "手机", numbers={"price": 12.5, "count": 3})
    index = indexed(document)
    for _ in range(2):
        [hit] = index.search("count:3")
        assert hit.numbers == {"price": 12.5, "count": 3} == index.document("a").numbers
        assert [type(number) for number in hit.numbers.values()] == [float, int]
        index.rebuild()
    [missing] = index.why("手机 price:>100", "a").missing
    assert (missing.text, missing.nearest) == ("price:>100", ("12.5",))
    index.add(Document("a", "題", "手机"))
    assert index.search("price:12.5").total == 0 and not index.search("a").hits


def test_what_is_no_number_is_text_and_told(rows: Index) -> None:
    results = rows.search("price:dear")
    assert (results.total, results.notices) == (0, ("not understood as a number, so it was read as text: dear",))
    assert rows.search("sort:-prize").notices == ("nothing can be sorted by that, so it was read as text: -prize",)


@pytest.mark.parametrize(
    ("numbers", "reason"),
    [
        ({"price": "12"}, "its numbers hold something else than whole numbers and floats: price"),
        ({"price": True}, "something else than whole numbers"),
        ({"price": None}, "something else than whole numbers"),
        ({"price": math.nan}, "something else than whole numbers"),
        ({"price": math.inf}, "something else than whole numbers"),
        ({"price": 10**400}, "something else than whole numbers"),
        ([1], "something else than whole numbers"),
        ({"size": 1}, "a number cannot be called 'size'"),
        ({"标题": 1}, "a number cannot be called '标题'"),
        ({"my price": 1}, "a number cannot be called 'my price'"),
        ({"a:b": 1}, "a number cannot be called 'a:b'"),
        ({"-a": 1}, "a number cannot be called '-a'"),
        ({"": 1}, "a number cannot be called ''"),
        ({5: 1}, "a number cannot be called 5"),
    ],
)
def test_what_may_be_no_number_of_a_document_is_told(tmp_path: Path, numbers: object, reason: str) -> None:
    with Index.create(tmp_path / "index") as index:
        with pytest.raises(InvalidDocument, match=reason):
            index.add(Document("a", "", "手机", numbers=numbers))  # type: ignore[arg-type]
        assert len(index) == 0
