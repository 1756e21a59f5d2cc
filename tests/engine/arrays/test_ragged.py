"""Slices of arrays are gathered as their plain form gathers them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searcher.engine.arrays import ragged
from searcher.engine.arrays.ragged import gather

slices = st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 6)), max_size=20)


@pytest.mark.parametrize("large", [0, ragged._LARGE])
@settings(max_examples=100)
@given(slices)
def test_slices_are_gathered_one_after_the_other(large: int, found: list[tuple[int, int]]) -> None:
    starts, counts = (np.array([one[part] for one in found], dtype) for part, dtype in ((0, np.uint32), (1, np.int64)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ragged, "_LARGE", max(1, large))
        gathered = gather(starts, counts)
    assert gathered.dtype == np.int64
    assert gathered.tolist() == [start + step for start, count in found for step in range(count)]
