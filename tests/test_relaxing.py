"""What lacks something is taken where that helps, counted apart, and never in place of what tells most."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher import Document, Index
from searcher.answers.lacking import naming
from searcher.answers.relaxing import ENOUGH, SORTED_ENOUGH
from tests.conftest import Indexed


@pytest.fixture(scope="module")
def index(shared_index: Indexed) -> Index:
    """A hundred pages about technology, two of which are about something rarer; none is about 商汤."""
    made = shared_index(*(Document(id=f"t{number}", title="", text=f"第{number}则：科技公司发布科技新闻。") for number in range(60)))
    made.add(Document(id=f"o{number}", title="", text=f"第{number}则：今天天气很好。") for number in range(60))
    made.add([Document(id="face", title="", text="人脸识别的算法。"), Document(id="both", title="", text="人脸识别的科技。")])
    return made


def ids(index: Index, query: str) -> list[str]:
    return [hit.id for hit in index.search(query, limit=None, snippets=0)]


def test_one_run_that_nothing_holds_is_not_answered_by_its_common_part(index: Index) -> None:
    results = index.search("商汤科技")
    assert (results.total, results.complete, results.relaxed) == (0, 0, False)


@pytest.mark.parametrize("query", ["軍人是什麼？", "什么是军人", "军人 是什么", "军人"])
def test_the_only_word_that_a_question_names_is_found_across_words(indexed: Indexed, query: str) -> None:
    """The dictionary cuts 领军人物 into 领军 and 人物."""
    some = indexed(Document(id="run", title="", text="領軍人物輩出。"), Document(id="other", title="", text="军队的人物。"))
    assert ids(some, query) == ["run"]
    assert some.search(query).hits[0].missing == ()


@pytest.mark.parametrize(("titled", "answered"), [(5, True), (99, True), (101, False)])
def test_a_few_titles_with_the_known_part_answer(indexed: Indexed, titled: int, answered: bool) -> None:
    """Nothing has 技法: what is called 排序 is an answer to 排序技法, what only tells of 排序 is none."""
    some = indexed(*(Document(id=f"titled{number}", title="排序的技术", text=f"第{number}则。") for number in range(titled)))
    some.add(Document(id=f"told{number}", title="", text=f"第{number}则讲排序。") for number in range(60))
    results = some.search("排序技法", limit=None)
    assert {hit.id.rstrip("0123456789") for hit in results} == ({"titled"} if answered else set())
    assert all(hit.missing == ("技法",) for hit in results)
    assert some.search("排序技法", limit=None, strict=True).total == 0


def test_where_only_titles_answer_what_may_be_meant_is_still_offered(indexed: Indexed) -> None:
    some = indexed(*(Document(id=f"news{number}", title="科技", text=f"第{number}则：科技。") for number in range(40)))
    some.add([Document(id="net", title="", text="网络科技公司。")])
    found, plain = some.search("网洛科技"), some.search("商汤科技")
    assert (found.total, found.suggestions) == (40, ("网络科技",))
    assert (plain.total, plain.suggestions) == (40, ())  # 科技 itself, which is all that the index has of it, was answered


@pytest.mark.parametrize(("told", "titled", "answered"), [(3, 3, {"told", "titled"}), (40, 3, {"titled"}), (40, 101, set()), (0, 0, set())])
def test_a_word_that_is_nowhere_is_answered_by_a_few_documents_with_a_part_of_it(
    indexed: Indexed, told: int, titled: int, answered: set[str]
) -> None:
    some = indexed(*(Document(id=f"told{number}", title="", text=f"第{number}则：穿着夹克。") for number in range(told)))
    some.add(Document(id=f"titled{number}", title="夹克", text=f"第{number}则。") for number in range(titled))
    results = some.search("皮夹克", limit=None, snippets=0)
    assert {hit.id.rstrip("0123456789") for hit in results} == answered
    assert all(hit.missing == ("皮夹克",) for hit in results)
    assert (results.complete, results.relaxed) == (0, bool(answered))
    assert some.search("皮夹克", strict=True).total == some.search("“皮夹克”").total == some.search("皮夹克 date:1900").total == 0
    assert some.search("夹克 OR 皮夹克").total == told + titled
    some.add([Document(id="word", title="", text="一件皮夹克。")])
    assert ids(some, "皮夹克") == ["word"]


def test_where_parts_of_a_word_answer_what_is_like_it_is_offered_too(indexed: Indexed) -> None:
    some = indexed(Document(id="part", title="", text="电热丝。"), Document(id="like", title="", text="一条电热毯。"))
    found = some.search("电热炭")
    assert (found.complete, found.suggestions) == (0, ("电热毯",))
    assert {hit.missing for hit in found} <= {("电热炭",), ("炭",)}
    some.add([Document(id="press", title="", text="新华书店，新的社会。长江的大桥。")])
    for word in ("新华社", "长江大桥"):  # no 新的社, and what is made of its parts has answered
        assert (some.search(word).total, some.search(word).suggestions) == (1, ())


def test_two_characters_that_are_no_word_are_not_held_by_what_has_both_somewhere(indexed: Indexed) -> None:
    """It comes behind what has them side by side, and says what it lacks."""
    some = indexed(Document(id="apart", title="", text="裸，背，婚。"), Document(id="one", title="", text="裸，背。"))
    assert [(hit.id, hit.missing) for hit in some.search("裸婚")] == [("apart", ("裸婚",))]
    assert some.search("裸婚", strict=True).total == some.search("裸婚").complete == 0
    some.add([Document(id="word", title="", text="时下流行裸婚。" + "天气很好。" * 40)])
    assert [(hit.id, hit.missing) for hit in some.search("裸婚")] == [("word", ()), ("apart", ("裸婚",))]


def test_neither_are_three_but_for_what_joins_two(indexed: Indexed) -> None:
    some = indexed(Document(id="apart", title="", text="證，交，法。"), Document(id="pets", title="", text="狗，猫，和。"))
    assert some.search("證交法").complete == 0
    assert some.search("猫和狗").complete == 1
    some.add([Document(id="pairs", title="", text="红黑相间，用黑树做成。")])
    assert [(hit.id, hit.missing) for hit in some.search("红黑树")] == [("pairs", ("红黑树",))]


OTHER = "今天天气很好，" * 30


def test_what_such_a_term_is_counted_in_tells_less_than_what_is_asked_about(indexed: Indexed) -> None:
    """周 stands anywhere, and is the rarer here."""
    some = indexed(
        Document(id="law", title="", text=f"按周計算工資。\n\n{OTHER}\n\n產假為十四星期。"),
        *(Document(id=f"leave{number}", title="", text=f"產假與其他假期之{number}。") for number in range(2)),
        *(Document(id=str(number), title="", text="今天天气很好。") for number in range(9)),
    )
    hits = some.search("产假 多少周", snippets=1)
    assert next(hit for hit in hits if hit.id == "law").snippets[0].text == "產假為十四星期。"


def test_a_term_that_stands_whole_tells_more_than_a_word_of_another(indexed: Indexed) -> None:
    some = indexed(
        Document(id="pool", title="", text=f"缓存的策略很多。\n\n{OTHER}\n\n线程池有几种参数。\n\n{OTHER}\n\n请求被拒绝。"),
        *(Document(id=f"rule{number}", title="", text=f"策略与拒绝之{number}。") for number in range(3)),
        *(Document(id=str(number), title="", text="今天天气很好。") for number in range(9)),
    )
    assert some.search("线程池 拒绝策略", snippets=1)[0].snippets[0].text.startswith("线程池有几种参数。")


@pytest.mark.parametrize(("query", "found"), [("E1035", ["code"]), ("E1036", []), ("ISO9002", ["standard", "bare"])])
def test_the_number_of_a_single_letter_is_no_evidence_of_it(indexed: Indexed, query: str, found: list[str]) -> None:
    some = indexed(
        Document(id="code", title="", text="错误 E1035 请重启。"),
        Document(id="bare", title="", text="共 1035 人，1036 件，9002 次。"),
        Document(id="standard", title="", text="按 ISO 标准。"),
        *(Document(id=str(number), title="", text="今天天气很好。") for number in range(20)),
    )
    assert ids(some, query) == found


def test_nor_are_a_letter_and_a_character(indexed: Indexed) -> None:
    some = indexed(Document(id="apart", title="", text="k 均值，线性回归"), Document(id="chart", title="", text="股票的K线图"))
    assert ids(some, "K线") == ids(some, "股票 K线") == ["chart"]


@pytest.mark.parametrize("asks", ["几年", "几个月", "多少天", "多长时间", "多少"])
def test_a_term_that_asks_for_a_number_need_not_be_held(index: Index, asks: str) -> None:
    results = index.search(f"算法 {asks}")
    assert [(hit.id, hit.missing) for hit in results] == [("face", ())]
    assert index.search(f"算法 “{asks}”").complete == 0


def test_what_holds_the_telling_part_is_found(index: Index) -> None:
    results = index.search("人脸识别论坛")
    assert {hit.id for hit in results} == {"face", "both"}
    assert results.relaxed


def test_of_several_terms_one_may_be_unknown(index: Index) -> None:
    assert set(ids(index, "商汤 人脸识别")) == {"face", "both"}


def test_what_the_best_hit_tells_sets_the_measure(index: Index) -> None:
    found = ids(index, "人脸识别 科技")
    assert found[:2] == ["both", "face"]
    assert all(index.search("人脸识别 科技", limit=None).hits[number].relaxed == (id != "both") for number, id in enumerate(found))


@pytest.mark.parametrize(("complete", "others"), [(0, True), (1, True), (12, False)])
def test_the_more_hold_every_term_the_less_others_may_lack(indexed: Indexed, complete: int, others: bool) -> None:
    some = indexed(*(Document(id=f"all{number}", title="", text=f"婚前财产的分割，第{number}号。") for number in range(complete)))
    some.add(Document(id=f"rare{number}", title="", text=f"婚前财产，第{number}号。") for number in range(3))
    some.add(Document(id=f"common{number}", title="", text=f"分割，第{number}号。") for number in range(40))
    some.add(Document(id=f"none{number}", title="", text=f"天气，第{number}号。") for number in range(400))
    found = {hit.id.rstrip("0123456789") for hit in some.search("婚前财产 分割", limit=None, snippets=0)}
    assert {"rare"} <= found
    assert ("common" in found) is others
    assert ("all" in found) is (complete > 0)
    assert some.search("婚前财产 分割").complete == complete


@pytest.mark.parametrize(("complete", "others"), [(ENOUGH - 1, {"rare"}), (ENOUGH, set())])
def test_what_tells_more_than_half_is_taken_until_enough_hold_every_term(indexed: Indexed, complete: int, others: set[str]) -> None:
    some = indexed(*(Document(id=f"all{number}", title="", text=f"婚前财产的分割，第{number}号。") for number in range(complete)))
    some.add(Document(id=f"rare{number}", title="", text=f"婚前财产，第{number}号。") for number in range(3))
    some.add(Document(id=f"common{number}", title="", text=f"分割，第{number}号。") for number in range(60))
    some.add(Document(id=f"none{number}", title="", text=f"天气，第{number}号。") for number in range(400))
    assert {hit.id.rstrip("0123456789") for hit in some.search("婚前财产 分割", limit=None, snippets=0)} == {"all", *others}


@pytest.mark.parametrize(
    ("query", "holding", "others"),
    [
        ("證券交易法 內線交易", 1, True),
        ("證券交易法 內線交易", 9, True),
        ("證券交易法 內線交易", 10, False),
        ("證券交易 內線交易", 0, True),
        ("證券交易 內線交易", 1, False),
    ],
)
def test_where_enough_hold_a_term_those_that_hold_none_must_hold_a_good_part(
    indexed: Indexed, query: str, holding: int, others: bool
) -> None:
    """One is enough of words; what is said in several may be said in others elsewhere."""
    some = indexed(*(Document(id=f"one{number}", title="", text=f"證券交易法的規定，第{number}號。") for number in range(holding)))
    some.add(Document(id=f"piece{number}", title="", text=f"交易的規定，第{number}號。") for number in range(20))
    some.add(Document(id=f"none{number}", title="", text=f"天氣，第{number}號。") for number in range(200))
    some.add([Document(id="pieces", title="", text="內線消息與證券的交易。")])
    hits = some.search(query, limit=None, snippets=0, expand=False).hits  # what other regions say weighs too
    assert {hit.id.rstrip("0123456789") for hit in hits} == {"pieces"} | ({"one"} if holding else set()) | ({"piece"} if others else set())
    assert len(some.search(query, strict=True)) == 0


def test_beside_a_word_of_letters_that_many_hold_a_page_may_say_it_in_other_words(indexed: Indexed) -> None:
    """Taiwan's page says 特徵 where the mainland's title says trait: that many have the one is no reason to leave the other out."""
    some = indexed(*(Document(id=f"trait{number}", title="", text=f"關於 trait 的型別與它的實作，第{number}則。") for number in range(50)))
    some.add(Document(id=f"none{number}", title="", text=f"天氣，第{number}號。") for number in range(400))
    some.add([Document(id="page", title="實作特徵", text="可以實作特徵。")])
    assert "page" in ids(some, "为类型实现 trait")


@pytest.mark.parametrize(
    ("query", "first", "then"),
    [
        ("volatile 关键字", "both", "keywords"),
        ("关键字 volatile", "both", "keywords"),
        ("关键字（volatile）", "keywords", "both"),  # a translation in brackets
        ("volatile 关键字，说明", "keywords", "both"),  # a sentence
        ("关键字 255", "number", "keywords"),
        ("关键字 5", "keywords", "number"),  # a digit counts something
    ],
)
def test_what_has_the_name_in_a_list_comes_before_what_has_the_rest(indexed: Indexed, query: str, first: str, then: str) -> None:
    others = "天气很好。" * 40
    some = indexed(*(Document(id=f"name{number}", title="", text=f"volatile，5，255，第{number}则。") for number in range(80)))
    some.add(Document(id=f"word{number}", title="", text=f"关键字，第{number}则。") for number in range(20))
    some.add(
        [
            Document(id="keywords", title="关键字", text="关键字的说明：关键字。" * 3),
            Document(id="both", title="", text="词法和语法，以及 volatile 等许多许多别的关键字，还有各种各样的说明。" + others),
            Document(id="number", title="", text="5 行里有 255 个关键字。" + others),
        ]
    )
    found = ids(some, query)
    assert found.index(first) < found.index(then)


@pytest.mark.parametrize("others", [20, ENOUGH])
def test_a_number_belongs_to_the_name_that_it_stands_behind(indexed: Indexed, others: int) -> None:
    some = indexed(
        *(
            Document(id=f"month{number}", title="windows 更新", text=f"更新 windows，更新，在 11 月，第{number}则。")
            for number in range(others)
        )
    )
    some.add([Document(id="version", title="", text="天气很好。" * 40 + "还有一些给 Windows 11 的更新。")])
    some.add(Document(id=f"none{number}", title="", text=f"天气，第{number}号。") for number in range(40))
    assert ids(some, "windows 11 更新")[0] == ids(some, "Windows11 更新")[0] == "version"
    assert ids(some, "windows 12 更新")[0] != "version"


@pytest.mark.parametrize("query", ["asyncio 超时", "超时 asyncio", "自動交易"])
def test_two_that_have_all_stand_third_and_fourth_at_the_latest(indexed: Indexed, query: str) -> None:
    """Pages that are called by a name, and say the rest in other words, may be right; but who types two words wants to see both."""
    long = "今天天气很好，我们出去走走。" * 60
    some = indexed(*(Document(id=f"name{number}", title="asyncio 交易", text=f"asyncio，交易，第{number}则。" * 3) for number in range(9)))
    some.add(
        Document(id=f"both{number}", title="", text=f"{long}自动地，交易，asyncio。{long}超时了，第{number}次。") for number in range(3)
    )
    some.add(Document(id=f"none{number}", title="", text=f"第{number}天。") for number in range(40))
    hits = some.search(query, snippets=0, copies=True).hits
    assert [bool(hit.missing) for hit in hits[:5]] == [True, True, False, False, True]
    assert [hit.id for page in range(4) for hit in some.search(query, limit=3, offset=3 * page, snippets=0, copies=True)] == [
        hit.id for hit in some.search(query, limit=12, snippets=0, copies=True)
    ]


@pytest.mark.parametrize("query", ["error 500", "500 error", "disk error"])
def test_what_has_all_of_a_list_of_letters_and_numbers_comes_first(indexed: Indexed, query: str) -> None:
    some = indexed(*(Document(id=f"error{number}", title="error", text=f"error {number}") for number in range(20)))
    some.add(Document(id=f"disk{number}", title="500 disk", text=f"500 disk {number + 20}") for number in range(3))
    some.add([Document(id="both", title="", text="error_page 500 of some disk, and so on." + " What else there is." * 60)])
    some.add(Document(id=f"none{number}", title="", text=f"nothing {number}") for number in range(40))
    assert ids(some, query)[0] == "both"


@pytest.mark.parametrize(("whole", "total"), [(ENOUGH - 1, ENOUGH + 4), (ENOUGH, ENOUGH)])
def test_where_enough_has_all_of_a_list_nothing_else_is_taken(indexed: Indexed, whole: int, total: int) -> None:
    index = indexed(
        *(Document(id=f"a{number}", title="", text=f"redis 的缓存，第{number}则，{'很' * number}长。") for number in range(whole))
    )
    index.add(Document(id=f"b{number}", title="", text=f"redis 第{number}则。") for number in range(5))
    index.add(Document(id=f"c{number}", title="", text=f"天气，第{number}号。") for number in range(400))
    results = index.search("redis 缓存")
    assert (results.complete, results.total) == (whole, total)


def test_where_nothing_has_all_of_a_list_its_name_is_not_set_above_the_rest(indexed: Indexed) -> None:
    some = indexed(*(Document(id=f"name{number}", title="", text="天气很好。" * 9 + "sinatra。") for number in range(3)))
    some.add([Document(id="rest", title="路由表", text="路由表。")])
    assert ids(some, "sinatra 路由表")[0] == "rest"


def test_only_what_a_scope_or_a_filter_leaves_counts(indexed: Indexed) -> None:
    some = indexed(*(Document(id=f"all{number}", title="", text=f"人脸识别论坛{number}", path=f"/a/{number}.txt") for number in range(120)))
    some.add(Document(id=f"part{number}", title="", text=f"人脸识别{number}", path=f"/b/{number}.txt") for number in range(3))
    assert (some.search("人脸识别论坛").total, some.search("人脸识别论坛").complete) == (120, 120)
    for found in (some.search("人脸识别论坛", scope="path:/b/"), some.search("人脸识别论坛 path:/b/")):
        assert {hit.id for hit in found} == {"part0", "part1", "part2"}
        assert found.relaxed


def test_complete_and_relaxed_hits_are_counted_apart(index: Index) -> None:
    results = index.search("人脸识别 算法")
    assert results.complete == 1
    assert results.total == 2
    assert [hit.relaxed for hit in results] == [False, True]
    assert index.search("科技").complete == index.search("科技").total == 61
    assert index.search("人脸识别 算法", strict=True).total == 1


@pytest.mark.parametrize(
    ("query", "missing"),
    [
        ("人脸识别 算法", {"both": ("算法",)}),
        ("商湯 人臉識別 論壇", {"face": ("商湯", "論壇"), "both": ("商湯", "論壇")}),
        ("人脸识别 科技 fooba*", {"face": ("科技", "fooba*"), "both": ("fooba*",)}),
        ("人脸识别 (算法 OR 科技) 论坛", {"face": ("论坛",), "both": ("论坛",)}),
        ("人臉識別論壇", {"face": ("論壇",), "both": ("論壇",)}),
        ("人臉識別論壇 算法", {"face": ("人臉識別論壇",), "both": ("人臉識別論壇", "算法")}),
        ("人脸识别的论坛", {"face": ("论坛",), "both": ("论坛",)}),
    ],
)
def test_a_relaxed_hit_names_what_it_lacks_as_it_was_typed(index: Index, query: str, missing: dict[str, tuple[str, ...]]) -> None:
    assert {hit.id: hit.missing for hit in index.search(query) if hit.relaxed} == missing


@pytest.mark.parametrize(
    ("words", "named"), [(["论坛", "的", "什么"], ["论坛"]), (["的"], ["的"]), (["什么", "的"], ["什么", "的"]), ([], [])]
)
def test_of_what_is_lacking_that_is_named_which_names_something(words: list[str], named: list[str]) -> None:
    assert naming(words) == named


@given(st.lists(st.sampled_from(["人脸识别", "算法", "科技", "天气", "公司", "商汤", "發布"]), min_size=2, max_size=4, unique=True))
def test_it_names_just_the_terms_that_do_not_find_it(index: Index, terms: list[str]) -> None:
    having = {term: {hit.id for hit in index.search(term, limit=None, strict=True, snippets=0)} for term in terms}
    for hit in index.search(" ".join(terms), limit=None, snippets=0):
        assert hit.missing == tuple(term for term in terms if hit.id not in having[term])
        assert hit.relaxed == bool(hit.missing)


def test_questions_do_not_come_back_empty(index: Index) -> None:
    results = index.search("商汤的人脸识别是怎么做的？")
    assert results.relaxed
    assert {"face", "both"} == {hit.id for hit in results}
    assert not any(hit.missing for hit in results), "nobody expects all words of a question"


@pytest.fixture(scope="module")
def regional(shared_index: Indexed) -> Index:
    """What two regions write: 文件 and 档案, which each also means something else in the other, and 软件, which does not."""
    made = shared_index(*(Document(id=f"taiwan{number}", title="", text=f"第{number}則：檔案與軟體。") for number in range(3)))
    made.add([Document(id="mainland", title="", text="文件和软件。"), Document(id="labour", title="", text="反对恐怖主义工作会议。")])
    return made


def test_a_doubtful_form_answers_where_little_else_does_and_comes_behind(regional: Index) -> None:
    results = regional.search("文件")
    assert [hit.id for hit in results] == ["mainland", "taiwan0", "taiwan1", "taiwan2"]
    assert [(hit.relaxed, hit.missing) for hit in results] == [(False, ()), *[(True, ())] * 3]
    assert (results.complete, results.relaxed) == (1, False)
    assert ids(regional, '"文件"') == [hit.id for hit in regional.search("文件", strict=True)] == ["mainland"]
    assert regional.search("文件", expand=False).total == 1


def test_a_sure_form_answers_like_the_word_itself(regional: Index) -> None:
    results = regional.search("软件")
    assert (results.total, results.complete) == (4, 4)


def test_where_enough_documents_have_the_word_a_doubtful_form_answers_nothing(indexed: Indexed) -> None:
    some = indexed(*(Document(id=f"word{number}", title="", text=f"第{number}号文件。") for number in range(120)))
    some.add([Document(id="form", title="", text="檔案。")])
    assert some.search("文件").total == 120
    assert some.search("檔案").total == 121


def test_a_form_is_found_as_a_word_and_not_inside_others(regional: Index) -> None:
    """志愿者 is 義工 elsewhere, which stands in 恐怖主义工作, too."""
    assert ids(regional, "志愿者") == []
    assert ids(regional, "义工") == ["labour"]  # what was typed is found wherever it stands


def test_of_one_term_no_single_character_is_called_missing_of_several_each_is_as_typed(indexed: Indexed) -> None:
    index = indexed(
        *(Document(str(number), "", text) for number, text in enumerate(("劳动合同的终止。", "旅游法的规定。", "消费者的权益")))
    )
    assert [(hit.id, hit.missing) for hit in index.search("劳动合同与旅游法")] == [("0", ("旅游",)), ("1", ("劳动合同",))]
    assert [(hit.id, hit.missing) for hit in index.search("消费者 与")] == [("2", ("与",))]


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("黄巾 张角", "黄巾起，张燕合聚少年。张牛角亦起众。", ["黄巾"]),
        ("專利 年費", "2013年9月27日通过，本條例所稱專利，費用另定。", ["專利"]),
        ("寵物 咬人", "饲养宠物的，不得干扰他人。", ["宠物"]),
        ("萧何 追韩信", "韩信亡去，萧何自追之。", ["韩信", "萧何", "追"]),
        ("韩倍", "韩王纳地，已而倍约。", ["韩", "倍"]),
        ("怎么训练猫上厕所", "训练你的猫。猫很可爱。", ["训练", "猫", "猫"]),
    ],
)
def test_of_what_is_lacking_no_single_character_is_marked_beside_others(indexed: Indexed, query: str, text: str, marked: list[str]) -> None:
    """角 somewhere is no 张角; but what has all words of a term, or nothing else, shows them, and 猫 is a word that is there."""
    some = indexed(Document("one", "其一", text), *(Document(str(number), "", "今天天气很好") for number in range(9)))
    snippet = some.search(query)[0].snippets[0]
    assert [snippet.text[start:end] for start, end in snippet.marks] == marked


def _scattered(*terms: str, apart: int) -> str:
    """Terms in a text that has much else between them."""
    return "。".join(f"{term}。{'山高水长日久天长' * (apart // 8)}" for term in terms)


@pytest.mark.parametrize(("apart", "first"), [(400, "all"), (20_000, "one")])
def test_what_has_all_terms_far_apart_does_not_come_first_for_that(indexed: Indexed, apart: int, first: str) -> None:
    """A list of words has every word somewhere."""
    some = indexed(
        Document(id="all", title="词表", text=_scattered("黄蓉", "郭靖", "武功", apart=apart)),
        Document(id="one", title="黄蓉的武功", text="黄蓉的武功是谁教的？"),
    )
    found = some.search("黄蓉 郭靖 武功")
    assert [hit.id for hit in found] == [first, "one" if first == "all" else "all"]
    assert (found.total, found.complete, found.scattered) == (2, 1, int(apart > 5_000))
    assert {hit.id: hit.missing for hit in found} == {"all": (), "one": ("郭靖",)}
    assert {hit.id for hit in found if hit.scattered} == ({"all"} if apart > 5_000 else set())
    assert ids(some, "黄蓉 郭靖 武功 sort:size")[0] == "all", "in an order of the reader's own, what has all comes first"
    assert [hit.id for hit in some.search("黄蓉 郭靖 武功", strict=True)] == ["all"]
    why = some.why("黄蓉 郭靖 武功", "all")
    assert why.matches and why.scattered == (apart > 5_000)
    assert not some.why("黄蓉 郭靖 武功", "one").scattered


def test_nor_is_it_lifted_above_what_holds_the_names(indexed: Indexed) -> None:
    some = indexed(
        *(Document(id=f"name{number}", title="", text=f"volatile 的用法之{number}。") for number in range(4)),
        *(Document(id=f"else{number}", title="", text=f"关键字之{number}。") for number in range(40)),
        Document(id="near", title="", text="一个关键字是 volatile。" + "山高水长，日久天长。" * 40),
        Document(id="all", title="", text=_scattered("volatile", "关键字", apart=20_000)),
    )
    found = ids(some, "volatile 关键字")
    assert found.index("near") < 3, "what holds all stands high"
    assert found[5] == "all"
    told = some.search("volatile 关键字", limit=None)
    assert ([hit.id for hit in told if hit.scattered], told.complete, told.scattered) == (["all"], 2, 1)
    assert some.why("volatile 关键字", "all").scattered


@pytest.mark.parametrize("title", ["郭靖", "射雕英雄传：郭靖与武功"])
def test_what_the_title_says_stands_with_all_of_the_text(indexed: Indexed, title: str) -> None:
    some = indexed(
        Document(id="book", title=title, text=_scattered("武功", *"甲乙丙", "黄蓉武功", apart=20_000)),
        Document(id="one", title="黄蓉武功", text="黄蓉的武功是谁教的？"),
    )
    assert ids(some, "黄蓉 郭靖 武功") == ["book", "one"]
    assert not some.why("黄蓉 郭靖 武功", "book").scattered


def test_what_has_its_terms_far_apart_says_so_before_what_lacks_some_too(indexed: Indexed) -> None:
    """However it scores, it stands below the divider, among what is counted apart."""
    some = indexed(
        Document(id="near", title="", text="黄蓉的武功。"),
        Document(id="all", title="", text=_scattered("黄蓉", "甲", "乙", "武功，武功，武功", apart=20_000)),
        *(Document(id=str(number), title="", text=f"黄蓉之{number}。" + "今天天气很好。" * 20) for number in range(5)),
        *(Document(id=f"none{number}", title="", text=f"今天天气很好之{number}。") for number in range(20)),
    )
    found = some.search("黄蓉 武功", limit=3)
    assert [(hit.id, hit.scattered) for hit in found][:2] == [("near", False), ("all", True)]
    assert [hit.relaxed for hit in found] == [False, False, True]
    assert (found.complete, found.scattered) == (2, 1)
    strict = some.search("黄蓉 武功", strict=True)
    assert ({hit.id for hit in strict if hit.scattered}, strict.scattered) == (set(), 0), "there, no order is made of it"


def test_a_form_of_another_region_stands_for_its_term(indexed: Indexed) -> None:
    some = indexed(
        Document(id="book", title="", text=_scattered("甲", "乙", "這套軟體要資料庫", "丙", apart=20_000)),
        Document(id="one", title="软件", text="软件，软件，软件。"),
    )
    assert ids(some, "软件 数据库") == ["book", "one"]


def test_characters_that_are_no_word_stand_side_by_side_within_a_term_too(indexed: Indexed) -> None:
    """The dictionary knows no 去重."""
    some = indexed(
        Document(id="said", title="", text="用集合给数组去重的办法。"),
        Document(id="apart", title="", text="去重的结果仍是数组。"),
        Document(id="else", title="", text="去问数组有多重。"),
        Document(id="across", title="", text="数组在过去重要。"),
    )
    found = some.search("数组去重", limit=None)
    assert (found.complete, {hit.id: hit.missing for hit in found}["else"]) == (2, ("去重",))
    assert {hit.id for hit in found if not hit.missing} == {"said", "apart"}
    assert found.hits[0].id == "said"


@pytest.mark.parametrize("term", ["书在图书馆", "栈和队列", "家在学校"])
def test_what_stands_between_words_is_a_piece_of_none(indexed: Indexed, term: str) -> None:
    some = indexed(Document(id="apart", title="", text="图书馆里有书，今天在这里。栈是先进后出，和队列不同。从家到学校。"))
    assert some.search(term).complete == 1


@pytest.mark.parametrize(("whole", "others"), [(SORTED_ENOUGH - 1, True), (SORTED_ENOUGH, False)])
@pytest.mark.parametrize("query", ["养犬 罚款", "养犬罚款", "养犬 罚款 -猫"])
def test_a_sorted_answer_has_what_lacks_a_term_only_behind_few_that_have_all(
    indexed: Indexed, query: str, whole: int, *, others: bool
) -> None:
    """No score puts what lacks much behind what lacks little."""
    some = indexed(
        *(Document(id=f"whole{number}", title="", text=f"第{number}则：养犬罚款。", date=str(2000 + number)) for number in range(whole)),
        *(Document(id=f"part{number}", title="", text=f"第{number}则：罚款。", date="2020") for number in range(20)),
        *(Document(id=f"other{number}", title="", text=f"第{number}则：养犬。", date="2020") for number in range(20)),
    )
    found = some.search(f"{query} sort:-date", limit=None)
    assert [hit.id for hit in found][:whole] == [f"whole{number}" for number in reversed(range(whole))]
    assert (found.total > found.complete) == others and found.complete == whole
    assert some.search(query, limit=None).total > whole, "in an order of scores, the others follow"


@pytest.mark.parametrize("query", ["养犬 罚款 皮夹克", "养犬的人穿皮夹克要罚款吗？"])
@pytest.mark.parametrize(("scope", "ids"), [(None, {"most"}), ("author:甲", {"least"})])
def test_a_sorted_answer_where_nothing_has_all_has_what_holds_most(indexed: Indexed, query: str, scope: str | None, ids: set[str]) -> None:
    some = indexed(
        Document(id="most", title="", text="养犬的罚款。", date="2001", metadata={"author": "乙"}),
        *(
            Document(id=f"least{number}", title="", text=f"第{number}则：养犬。", date="2020", metadata={"author": "甲"})
            for number in range(9)
        ),
        *(Document(id=f"other{number}", title="", text=f"第{number}则：天气。", date="2020") for number in range(40)),
    )
    found = some.search(f"{query} sort:-date", limit=None, scope=scope)
    assert {hit.id.rstrip("0123456789") for hit in found} == ids


def test_a_sorted_answer_to_one_word_keeps_what_it_may_mean(indexed: Indexed) -> None:
    """文件 is an answer to 檔案, whatever the order."""
    some = indexed(
        *(Document(id=f"typed{number}", title="", text=f"第{number}則：檔案。", date="2001") for number in range(20)),
        *(Document(id=f"meant{number}", title="", text=f"第{number}则：删除文件。", date="2002") for number in range(20)),
    )
    found = some.search("檔案 sort:-date", limit=None)
    assert [hit.id.rstrip("0123456789") for hit in found] == ["typed"] * 20 + ["meant"] * 20


def test_what_a_hit_has_in_a_form_that_is_told_it_is_not_told_to_lack(indexed: Indexed) -> None:
    texts = {"all": "文件和反对", "meant": "檔案和反对", "one": "檔案", "other": "反对"}
    index = indexed(*(Document(id=name, title="", text=text) for name, text in texts.items()))
    found = index.search("文件 反对")
    assert [(form.source, form.target) for form in found.expansions] == [("文件", "檔案")]
    assert {hit.id: hit.missing for hit in found} == {"all": (), "meant": (), "one": ("反对",), "other": ("文件",)}


def test_what_the_folder_of_a_hit_says_it_is_not_told_to_lack(indexed: Indexed) -> None:
    """It still comes behind what says all; what most paths have, as the name of a home, is lacking."""
    texts = {
        "合同/一.txt": "赔偿的标准",
        "杂/二.txt": "合同的赔偿",
        "杂/三.txt": "赔偿",
        "合同/四.txt": "标准",
        "五.txt": "天气",
        "六.txt": "天气",
    }
    index = indexed(*(Document(id=path, title="", text=text, path=f"/home/wang/{path}") for path, text in texts.items()))
    lacked = {hit.id: hit.missing for hit in index.search("合同 赔偿")}
    assert lacked == {"杂/二.txt": (), "合同/一.txt": (), "杂/三.txt": ("合同",)}
    assert [hit.relaxed for hit in index.search("合同 赔偿")] == [False, True, True]
    assert {hit.missing for hit in index.search("wang 赔偿")} == {("wang",)}
    assert {hit.missing for hit in index.search("合 赔偿") if hit.id == "合同/一.txt"} == {("合",)}


def test_what_the_author_of_a_document_is_called_is_held_by_it(indexed: Indexed) -> None:
    """Also the beginning of it; a term within it only is not lacking. A quotation, and what must not be there, is about the text alone."""
    index = indexed(
        Document(id="by", title="秋夜", text="我在山上看月亮。", metadata={"author": "李小明"}),
        Document(id="both", title="日记", text="湖上的月亮。", metadata={"author": ("王大文", "李小明")}),
        Document(id="about", title="讀書", text="李小明談月亮。", metadata={"author": "王大文"}),
        Document(id="neither", title="天氣", text="月亮很圓。", metadata={"author": "本社記者李小明"}),
        *(Document(id=f"other{number}", title="", text="別的事", metadata={"author": "陳一"}) for number in range(9)),
    )
    found = {query: {hit.id for hit in index.search(query, strict=True)} for query in ("李小明 月亮", "李小明", "李小", '"李小明"')}
    assert found == {
        "李小明 月亮": {"by", "both", "about"},
        "李小明": {"by", "both", "about"},
        "李小": {"by", "both", "about"},
        '"李小明"': {"about"},
    }
    assert index.search("李小明")[0].id == "about"
    lacked = {hit.id: hit.missing for hit in index.search("李小明 月亮 很")}
    assert lacked == {"neither": (), **dict.fromkeys(("by", "both", "about"), ("很",))}
    assert {hit.id for hit in index.search("月亮 -李小明")} == {"by", "both", "neither"}
    assert {hit.id for hit in index.search("李小明 月亮", strict=True, exact_script=True)} == {"about"}
    why = index.why("李小明", "by")
    assert why.matches and [part.frequencies for part in why.parts] == [(("李小明", "author.grams", 1),)]
