"""Words of the dictionary that no table knows as a whole are found by what their parts are called elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.plans.compounds import SHORTEST, forms_by_parts
from searcher.plans.forms import of_term, of_word
from searcher.plans.ranking import CERTAIN
from searcher.plans.units import units_of
from searcher.plans.words import outer_words
from searcher.text.dictionary import default_dictionary
from searcher.text.folding import fold_script
from searcher.text.lookup import table_lines
from searcher.text.segmentation import made_of
from searcher.vocabulary.regions import expansions

LONG_WORDS = [word for word, _ in default_dictionary().items() if len(word) >= SHORTEST and word.isalpha() and word >= "一"][::211]


@pytest.mark.parametrize(
    ("word", "elsewhere"),
    [
        ("信息处理", "資訊處理"),
        ("购销合同", "購銷合約"),
        ("网络应用", "網路應用"),
        ("资讯中心", "信息中心"),
        ("软件公司", "軟體公司"),
    ],
)
def test_a_compound_of_the_dictionary_is_called_by_its_parts_elsewhere(word: str, elsewhere: str) -> None:
    assert not expansions(word)
    assert elsewhere in {form.shown for form in of_word(word, {})}


@pytest.mark.parametrize("word", ["固定资产", "主管机关", "证券交易", "专款专用"])
def test_a_doubtful_part_says_nothing_of_a_compound(word: str) -> None:
    """釘選資產, 領導機關, 證券事務處理: each part is called so somewhere, the whole nowhere."""
    assert forms_by_parts(word) == ()


@pytest.mark.parametrize("word", ["人大附中", "人民解放军", "中共中央", "美国政府", "相机行事", "经史子集", "虹桥机场"])
def test_a_short_name_in_a_compound_is_not_written_in_full(word: str) -> None:
    """人民代表大会附中, 人民中国人民解放军, 照相机行事: nobody writes so, and some would be another thing."""
    assert any(expansions(part) for part in made_of(word))
    assert forms_by_parts(word) == ()


LISTED = table_lines("wholes.txt")


def is_a_word(text: str) -> bool:
    return default_dictionary().frequency(text) > 0


def test_the_list_of_wholes_is_folded_and_sorted() -> None:
    assert sorted({fold_script(text) for text in LISTED}) == LISTED


@pytest.mark.parametrize("word", [text for text in LISTED if is_a_word(text)])
def test_what_is_no_sum_of_its_parts_is_called_nothing_by_them(word: str) -> None:
    """電洞來風, 棉被植物, 公車海峽: each part is surely called so, the whole is another thing."""
    assert any(expansions(part) for part in made_of(word)), "nothing would be made of it anyway"
    assert forms_by_parts(word) == ()


@pytest.mark.parametrize("name", [text for text in LISTED if not is_a_word(text)])
def test_the_words_of_a_name_mean_nothing_else_in_it(name: str) -> None:
    """No English language for 蔡英文, no 南韓 for 韓國瑜; beside others they mean what they mean."""
    parts = outer_words(name)
    assert any(of_word(part, {}) for part in parts), "nothing would be made of it anyway"
    assert [(unit.text, unit.forms, unit.near) for unit in units_of(f"{name}的", {})][:-1] == [(part, (), ()) for part in parts]


@pytest.mark.parametrize("name", [text for text in LISTED if not is_a_word(text)])
def test_beside_a_word_that_is_replaced_a_name_stays(name: str) -> None:
    """韓國瑜影片 is 韩国瑜视频, and no 南韩瑜视频."""
    found = [form.text for form in of_term(f"{name}视频", {})]
    assert f"{name}影片" in found
    assert all(text.startswith(name) for text in found)


def test_a_name_has_the_synonyms_of_the_user() -> None:
    first, second = units_of("韩国瑜演讲", {"韩国瑜": ("韩市长",)})
    assert (first.text, [form.text for form in first.forms], second.text) == ("韩国瑜", ["韩市长"], "演讲")
    assert not any(part.forms or part.near for part in first.parts)


def test_the_words_of_a_name_mean_what_they_mean_elsewhere() -> None:
    assert any(unit.forms for unit in units_of("韩国", {})) and any(unit.forms for unit in units_of("学英文", {}))


def test_a_long_name_in_a_compound_may_be_written_short() -> None:
    assert "京沪高铁" in {form.text for form in forms_by_parts("京沪高速铁路")}


def test_what_is_known_of_the_whole_is_not_made_up_of_its_parts() -> None:
    assert [form.shown for form in of_word("数据仓库", {}) if form.kind == "region"] == [form.shown for form in expansions("数据仓库")]


@given(st.sampled_from(LONG_WORDS))
def test_forms_by_parts_replace_words_that_surely_are_the_same(word: str) -> None:
    parts = made_of(word)
    assert "".join(parts) == word and len(parts) > 1
    for form in forms_by_parts(word):
        assert form.weight >= CERTAIN
        assert all(source in word and target in form.text for source, target in form.replaced)
