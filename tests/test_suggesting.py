"""What is offered where nothing is found, and while something is typed."""

from __future__ import annotations

from importlib.resources import files
from itertools import pairwise
from random import Random
from typing import NamedTuple
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searcher import Document, Index
from searcher.plans.options import Options
from searcher.plans.planning import plan
from searcher.query.parsing import parse
from searcher.suggestions.hearing import heard_in_parts
from searcher.suggestions.lookalikes import lookalikes
from searcher.suggestions.mending import runs_near
from searcher.suggestions.mistyping import WORD, suspicious
from searcher.suggestions.neighbours import Neighbours
from searcher.suggestions.readings import homophones
from searcher.suggestions.stretches import stretches_of
from searcher.suggestions.suggesting import MOST_TERMS
from searcher.text.folding import fold, fold_script
from tests.conftest import Indexed


@pytest.fixture(scope="module")
def index(shared_index: Indexed) -> Index:
    return shared_index(
        Document(id="a", title="商汤科技", text="商汤科技的创始人汤晓鸥教授研究人脸识别，Python 与 machine learning。"),
        Document(id="b", title="物权法", text="物权法保护物权，著作权法保护著作权。"),
        Document(id="c", title="无权", text="无权处分。"),
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("汤小鸥", "汤晓鸥"),
        ("湯小歐", "湯曉鷗"),
        ("xiaoou", "晓鸥"),
        ("shangtang", "商汤"),
        ("wuquanfa", "物权法"),
        ("物quan法", "物权法"),
        ("j4fm06z83", "物权法"),
        ("ㄨˋㄑㄩㄢˊㄈㄚˇ", "物权法"),
        ("pythen", "python"),
        ("pyhton", "python"),
        ("pythn", "python"),
        ("pythonn", "python"),
        ("lerning", "learning"),
    ],
)
def test_what_is_misspelled_is_offered_as_it_stands_in_the_index(index: Index, typed: str, meant: str) -> None:
    results = index.search(typed)
    assert results.total == 0
    assert meant in results.suggestions
    assert index.search(meant).total > 0


class Case(NamedTuple):
    """What is offered for each query over these documents; of a text alone, the document has no title. "": nothing is."""

    why: str
    documents: list[str | Document]
    offered: dict[str, str]
    strict: bool = False


def _times(count: int, text: str) -> list[str | Document]:
    return [text.format(number) for number in range(count)]


CASES = (
    Case(
        "any two characters that sound so may stand together: 论或 is no word, nor is 离婚后 a misspelled one; 离婚 answers 离婚证",
        ["网络与教育，电脑；理论或实践，离婚后，离婚，《论语》，论与。"],
        {"電腦": "", "电恼": "电脑", "网洛": "网络", "浇育": "教育", "離昏": "離婚", "论鱼": "论语", "离婚证": ""},
    ),
    Case(
        "bibliographies turn a name round",
        [Document("a", "神经 网络", "网络", metadata={"author": "Smith, John"})],
        {
            'author:"John Smith"': "author:(John Smith)",
            "作者：“John Smith” 网络": "作者：(John Smith) 网络",
            '网络 title:"网络 神经"': "网络 title:(网络 神经)",
            'author:"John Doe"': "",
            'author:"Smith, John"': "",  # found as it is
        },
        strict=True,
    ),
    Case(
        "what no title or author has is offered for the whole text, where that finds something; no text says its format",
        [Document("a", "规则", "最高人民法院关于适用的解释", date="2021", metadata={"author": "立法者"})],
        {
            "author:最高人民法院": "最高人民法院",
            "作者：最高人民法院 date:2021": "最高人民法院 date:2021",
            "title:解释 author:最高人民法院": "解释 最高人民法院",
            'title:"最高人民法院"': '"最高人民法院"',
            "author:最高人民法院 date:2020": "",
            "author:王小明": "",
            "format:最高人民法院": "",
            "NOT title:规定 author:最高人民法院": "NOT title:规定 最高人民法院",
        },
        strict=True,
    ),
    Case(
        "what no text says, but the front matter of documents, is offered with the name that it has there",
        [Document("a", "周报", "本周无事", metadata={"项目": "火星计划", "status": "已归档", "encoding": "utf-8"}), "归档"],
        {"火星計劃": "项目:火星計劃", "已归档": "status:已归档", "火星": "", "火星计划 已归档": "归档", "火星计划 date:2020": ""},
        strict=True,
    ),
    Case(
        "several words are offered as documents call them",
        [Document("a", "COPYING", "This software is under a free license."), "software"],
        {"軟體 授權": "software license", "軟體": "software"},
        strict=True,
    ),
    Case(
        "nobody who typed 武则天 meant 正则天, which is no word; 武术家 may be meant by 武木家, which is none",
        _times(12, "第{}条：正则天皇后，武术家。"),
        {"武则天": "", "武木家": "武术家"},
    ),
    Case(
        "of a list four unknown terms are mended, not five",
        ["劳动合同与人工智能，machine learning，linux。", "劳动。"],
        {
            "劳动 劳动合铜 人公智能 mchine lerning": "劳动 劳动合同 人工智能 machine learning",
            "劳动 劳动合铜 人公智能 mchine lerning linxu": "",
        },
    ),
    Case(
        "letters slip as fingers do: twice, at the end, to the key beside; one of 1,200 documents is too few for what is alike otherwise",
        [*_times(1_200, "登记。"), "kernel 登记。"],
        {
            **dict.fromkeys(("keernel 登记", "kernell 登记", "kermel 登记", "krenel 登记", "kerneel 登记"), "kernel 登记"),
            **dict.fromkeys(("kezmel 登记", "kerqel 登记", "kernely 登记"), ""),
        },
    ),
    Case(
        "an ending may be the slip of a word that stands nowhere",
        [*_times(200, "登记 kernels，第{}号。"), "kernel 与登记", "登记"],
        {"kernls 登记": "kernels 登记", "kernel 登记": ""},
    ),
    Case(
        "numbers are not mended to others that are alike, have their figures in another order, or sound so on a keyboard for Zhuyin",
        ["1934年，134 和 1934，2024-01-01，但是蛋蛋。第十九条，第八款。光绪二十三合。"],
        dict.fromkeys(("1943年", "1943", "9134", "193", "2024-01-04", "204204", "204 204", "第九十条", "第七款", "光绪二十三年"), ""),
        strict=True,
    ),
    Case("與應加 is read like 育鷹假, and is a piece of other words", ["參與應加強。", "假期。"], {"育鷹假": ""}, strict=True),
    Case("育嬰假 is none", ["參與應加強。", "假期。", "育嬰假。"], {"育鷹假": "育嬰假"}, strict=True),
    Case("多行多 stands in 许多行多余, and nobody means it by 多对多", ["许多行多余的代码。", "面对面。"], {"多对多": ""}),
    Case(
        "a word of two characters that nearly sounds like another shares one with it",
        ["参见上文，很明显。", "今天天气很好。"],
        {"长剑": "", "常见": "参见", "冥想": "", "冥显": "明显"},
    ),
    *(
        Case(
            f"what looks and sounds the same is mended where a few documents write it, here {count}",
            [*_times(count, "布隆过滤器之{}。"), *_times(20, "今天天气很好，过去、过虑。第{}篇。")],
            {"布隆过虑器": offered, "布隆过去器": ""},
        )
        for count, offered in ((4, "布隆过滤器"), (2, ""))
    ),
    Case("a name may have a character that is grammar elsewhere", _times(5, "以太坊，第{}篇。"), {"以太访": "以太坊"}),
    Case("no dictionary has 侧链", ["侧链与主链。", "今天天气很好。"], {"侧练": ""}),
    Case(
        "a title is a word",
        ["侧链与主链。", "今天天气很好。", Document("c", "侧链", "侧链是什么？"), Document("d", "侧链协议", "今天。")],
        {"侧练": "侧链"},
    ),
    Case("in a term of single characters one is mended that looks like another", _times(12, "树链剖分之{}。"), {"树链刨分": "树链剖分"}),
    Case(
        "a compound that no dictionary has mostly stands by itself: 检查防 stands in 检查防护; what grammar follows is none: 资遣后",
        _times(20, "第{}天，發給資遣費，計算如下。资遣后检查防护，作废旧的。方案如下。"),
        {"資遣废": "資遣費", "资遣废 计算": "资遣费 计算", "资遣吼": "", "检查方": "", "资遣费": ""},
    ),
    Case(
        "a short form of a name in a title is offered as the name, in no other order",
        [
            *(
                Document(title, title, "從其規定。")
                for title in ("國旗燈籠法", "海灘清潔條例", "國旗的歷史：燈火闌珊處和其他許多同樣長的法門")
            ),
            *_times(9, "第{}則天氣。"),
        ],
        {"国灯法": "国旗灯笼法", "國灯法": "國旗燈籠法", "海潔例": "海灘清潔條例", "灯國法": "", "法國灯": ""},
    ),
    Case(
        "of a version or an address no number is offered alone",
        ["kubelet 于 19 日重启 250 次，102 次失败，error 1035，共 26 台。"],
        {"10.250.19.102": "", "v1.26.3": "", "kubelet v1.26.3": "kubelet", "error-1035-x": "error 1035"},
        strict=True,
    ),
    Case("what answers nothing beside an unknown word is not offered", ["回调函数在事件之后运行。"], {"callback 魑魅": ""}, strict=True),
    Case(
        "a day that documents are of is offered as their date where they have the rest; not beside what says it and is found",
        [
            Document("of", "", "今天天气很好", date="2023-04-05"),
            Document("says", "", "文章，2023年4月写的，民国112年4月5日", date="2022-05-06"),
            Document("both", "", "2023年5月", date="2023-05"),
            Document("says too", "", "2023年5月，2023年", date="2023-05"),
        ],
        {
            **dict.fromkeys(("2023年4月", "2023年四月"), "date:2023-04"),
            **dict.fromkeys(("民國112年4月5日", "2023-04-05"), "date:2023-04-05"),
            "天气 2023年4月": "天气 date:2023-04",
            **dict.fromkeys(("天气 2023", "天气 2023年", "天气 民國112年"), "天气 date:2023"),
            **dict.fromkeys(("文章 2023年4月", "文章 2023", "4月5日", "2023年4月天气", "天气 2022", "天气 1823年", "天气 3023"), ""),
            **dict.fromkeys(("2023年5月", "2023年6月", "「2023年4月」", "2023年", "2023"), ""),
        },
    ),
    Case(
        "a slip of two characters is told by what stands beside it: 缓存 beside redis in five documents, beside linux in four",
        [
            *_times(5, "用 redis 和 mysql 做缓存的办法，第{}则。"),
            *_times(30, "redis、mysql 集群，第{}则。"),
            *_times(40, "农村，linux，第{}号。"),
            *_times(4, "linux 的缓存，第{}条。"),
            *_times(6_000, "今天天气很好，第{}天。"),
        ],
        {
            "缓村 redis": "缓存 redis",
            "redis 緩村": "redis 緩存",
            "缓村 mysql": "缓存 mysql",
            **dict.fromkeys(("县城 redis", "缓村 linux", "缓村 集群"), ""),
        },
    ),
    *(
        Case(
            "国语 is in half of the documents, and so in half of those about 实施; one of two terms need not stand beside the other",
            [*_times(20, "第{}则，国语，实施。"), *_times(20, "第{}则，算术，实施。"), *_times(count, "第{}则，下雨。")],
            {"国雨 实施": offered, "国雨 OR 实施": ""},
        )
        for count, offered in ((0, ""), (200, "国语 实施"))
    ),
    Case(
        "the beginning of a word is offered with a star, also above hits; not a word itself, a short one, or a part of a sentence",
        [
            Document("one", "CompletableFuture", "CompletableFuture 与线程，get_current_user，3f2a9bc1d4，202611280315"),
            "线程的生命周期",
            "天气很好",
        ],
        {
            **{typed: f"{typed}*" for typed in ("Completable", "Comp", "3f2a9b", "get_curr", "title:Completable")},
            "Completable 线程": "Completable* 线程",
            "Comple 线程": "Comple* 线程",
            "Compl 线程": "",  # too short above hits
            "Completable get_curr": "Completable* get_curr*",
            "gett": "get",
            **dict.fromkeys(("get", "Com", "2026", "Completable 天气", "“Completable”", "如何使用Completable"), ""),
            "Completable 生命周期 怎么样": "",
        },
    ),
    Case(
        "a word of letters is like none that is much shorter or differs in several",
        ["gi comparable mza"],
        dict.fromkeys(("gin", "completable", "mozza"), ""),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.why)
def test_what_is_offered(indexed: Indexed, case: Case) -> None:
    texts = (Document(str(number), "", text) if isinstance(text, str) else text for number, text in enumerate(case.documents))
    index = indexed(*texts)
    assert {typed: " / ".join(index.search(typed, strict=case.strict).suggestions) for typed in case.offered} == case.offered
    assert all(index.search(text, strict=case.strict).total for text in case.offered.values() if text), "what is offered finds something"


@pytest.mark.parametrize(
    ("typed", "word"), [("zhuzuoquan", "著作权"), ("qiankun", "乾坤"), ("shenyang", "沈阳"), ("maopi", "毛坯"), ("shenzhe", "沉着")]
)
def test_a_word_is_read_as_it_is_written_not_as_it_is_folded(indexed: Indexed, typed: str, word: str) -> None:
    made = indexed(Document(id="a", title="", text=f"{word}。"))
    assert word in made.complete(typed)


def test_what_is_offered_is_found(index: Index) -> None:
    for typed in ("汤小鸥", "wuquan", "鸥汤晓", "qqqq", "魑魅", "ō", "汤\ud800"):
        assert all(index.search(text).total for text in index.search(typed).suggestions)


@pytest.mark.parametrize(
    ("query", "offered"), [("物权 date:2021", "物权"), ("format:pdf 物权", "物权"), ("湯晓鸥 date:2021", "湯晓鸥"), ("year:2021 权", "权")]
)
def test_what_only_a_filter_keeps_away_is_offered_without_it_and_not_respelled(index: Index, query: str, offered: str) -> None:
    results = index.search(query)
    assert (results.total, results.suggestions) == (0, (offered,))


def test_what_the_index_has_of_a_run_is_offered_where_nothing_is_like_it(index: Index) -> None:
    results = index.search("量子科技", strict=True)
    assert (results.total, results.suggestions) == (0, ("科技",))


def test_nothing_is_like_a_pasted_list_of_terms(index: Index) -> None:
    unknown = [f"魑{chr(0x4E00 + number)}" for number in range(MOST_TERMS)]
    assert index.search(" ".join(["量子科技", *unknown[1:]]), strict=True).suggestions == ("科技",)
    assert index.search(" ".join(["量子科技", *unknown]), strict=True).suggestions == ()


def test_quotes_are_taken_away_where_that_finds_something(index: Index) -> None:
    results = index.search("“科技商汤”")
    assert (results.total, results.suggestions) == (0, ("科技商汤",))
    assert index.search("“魑魅魍魉”").suggestions == ()
    assert index.search('"科技商汤 香港"~2').suggestions == ("科技商汤 香港",), "with their distance"


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("callback", ("回调",)), ("函数 callback", ("函数 回调",)), ("老板", ("用人单位",)), ("“callback”", ())],
)
def test_what_documents_call_it_is_offered_where_it_answers_nothing_by_itself(
    indexed: Indexed, typed: str, offered: tuple[str, ...]
) -> None:
    index = indexed(Document(id="a", title="", text="在函数里注册回调。"), Document(id="b", title="", text="用人单位支付工资。"))
    results = index.search(typed, strict=True)
    assert (results.total, results.suggestions) == (0, offered)
    assert all(index.search(text, strict=True).total == 1 for text in offered)
    assert index.search(typed, strict=True, expand=False).suggestions != offered or not offered


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("劳动合铜 赔偿", "劳动合同 赔偿"),
        ("laodong peichang", "劳动 赔偿"),
        ("title:劳动合铜", "劳动合同"),
        ("劳动合铜 date:1900", "劳动合同"),
        ("“劳动合铜”", "“劳动合同”"),
        ("linxu", "linux"),
        ("postgers", "postgres"),
    ],
)
def test_what_is_likeliest_meant_comes_first_and_all_of_the_query_is_mended(contracts: Index, typed: str, first: str) -> None:
    results = contracts.search(typed, strict=True)
    assert (results.total, results.suggestions[:1]) == (0, (first,))
    assert all(contracts.search(text, strict=True).total for text in results.suggestions)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("劳动合铜", ("劳动合同",)),
        ("劳动合铜 赔偿", ("劳动合同 赔偿",)),
        ("人公智能", ("人工智能",)),
        ("人工zhineng", ("人工智能",)),
        ("人工AI", ()),
        ("mchine learning", ("machine learning",)),
        ("劳动赔偿", ()),
        ("劳动合同", ()),
        ("合同赔偿人", ()),
        ("劳动合铜怎么写？", ("劳动合同怎么写？",)),
        ("劳动的赔偿", ()),
        ("人工", ()),
    ],
)
def test_a_plain_slip_is_mended_above_what_was_found(contracts: Index, typed: str, offered: tuple[str, ...]) -> None:
    results = contracts.search(typed)
    assert results.total > 0
    assert results.suggestions == offered


@pytest.fixture(scope="module")
def news(shared_index: Indexed) -> Index:
    """Sixty documents of the same words, and one that is mistyped itself."""
    text = (
        "疫苗接种，未来科技，已经召开会议，辩护律师，工资待遇，财政拨款，研究生暑假，候选人，基本功能，董事会，OpenAI 与 iOS，戴口罩。"
        "第八款，始于昨天。两种方法，全国人大常委会。"
    )
    made = shared_index(*(Document(id=str(number), title="", text=text) for number in range(60)))
    made.add([Document(id="wrong", title="", text="自己经过，末，来，署，假，侯选人。")])
    return made


MENDED = [
    ("疫苖", "疫苗"),
    ("末来", "未来"),
    ("己经", "已经"),
    ("侍遇", "待遇"),
    ("拔款", "拨款"),
    ("署假", "暑假"),
    ("辩护律帅", "辩护律师"),
    ("工资侍遇", "工资待遇"),
    ("财政拔款", "财政拨款"),
    ("研究生署假", "研究生暑假"),
    ("候迭人", "候选人"),
    ("基功能", "基本功能"),
    ("董事事会", "董事会"),
    ("常委人会", "常委会"),
    ("0penai", "openai"),
    ("i0s", "ios"),
    ("ロ罩", "口罩"),
    ("疫苖 末来", "疫苗 未来"),
]
"""Characters that look alike or are one key away, one left out, doubled, too many, letters and digits."""


@pytest.mark.parametrize(("typed", "meant"), MENDED)
def test_what_looks_alike_is_offered_first(news: Index, typed: str, meant: str) -> None:
    assert news.search(typed).suggestions[:1] == (meant,)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("末来 科技", ("未来 科技",)),
        ("己经 召开", ("已经 召开",)),
        ("会议 己经", ("会议 已经",)),
        ("疫苖 接种", ("疫苗 接种",)),
        ("工资 侍遇", ("工资 待遇",)),
        ("财政 拔款", ("财政 拨款",)),
        ("未来 科技", ()),
        ("候迭人 会议", ("候选人 会议",)),
        ("王未 科技", ()),
        ("召昨 科技", ()),
        ("法方 会议", ()),
    ],
)
def test_two_characters_are_mended_above_hits_where_a_common_word_looks_like_them(
    news: Index, typed: str, offered: tuple[str, ...]
) -> None:
    """Also where one document of sixty has it; not what may be a name, sounds alike only, or has its two characters swapped."""
    assert news.search(typed).suggestions == offered


@pytest.fixture(scope="module")
def slips(shared_index: Indexed) -> Index:
    """What many write rightly, one or two do not, and one writes otherwise."""
    text = "候选人登记，安装树莓派，设置环境变量，消费者权益，有何权益。公证处。python 与 lists，kernel，open data，cat stands。"
    made = shared_index(*(Document(id=str(number), title="", text=text) for number in range(120)))
    made.add(
        [
            Document(id="wrong", title="", text="侯选人登记，按装树梅派，pyhton 装饰器，lists 的 listen，kernels。"),
            Document(id="other", title="", text="权宜之计，屏幕变亮，消费者，环境。亮度。装饰器。"),
        ]
    )
    return made


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("侯选人", ("候选人",)),  # jieba's list has it as a word
        ("侯选人 设置", ("候选人 设置",)),
        ("树梅派", ("树莓派",)),  # which no dictionary has
        ("按装 登记", ("安装 登记",)),
        ("pyhton", ("python",)),
        ("pyhton 登记", ("python 登记",)),
        ("环境变亮", ("环境变量",)),  # words, of which nobody writes the one behind the other
        ("消费者权宜", ("消费者权益",)),
        ("候选人", ()),
        ("树莓派", ()),
        ("权宜之计", ()),
        ("屏幕变亮", ()),  # as one writes
        ("kernels", ()),  # another ending is no slip
        ("listen", ()),
        ("消费者变亮", ()),
        ("装饰器 登记", ()),
    ],
)
def test_what_few_write_and_many_write_otherwise_is_mended_above_its_hits(slips: Index, typed: str, offered: tuple[str, ...]) -> None:
    results = slips.search(typed)
    assert results.total > 0
    assert results.suggestions == offered


ODD = (
    *'"“”()*?~^-/|@',
    " ",
    "\t",
    "OR",
    "AND",
    "NOT",
    "title:",
    "date:",
    "1934年",
    "²³¹",
    "pythonn",
    "劳动合铜",
    "数ju库",
    "su3cl3",
    "ㄋ",
    "龘",
    "ﬁﬁ",
    "ſſſſſ",
    "😀",
    "\ud800",
)


@given(st.lists(st.sampled_from(ODD), max_size=6).map("".join))
@example("劳动" * 5_000)
@example("1" * 10_000)
@example("aaaa OR " * 60)
def test_an_odd_query_is_answered_and_what_is_offered_finds_something(contracts: Index, query: str) -> None:
    for strict in (False, True):
        for text in contracts.search(query, strict=strict).suggestions:
            assert contracts.search(text, strict=strict).total


@pytest.mark.parametrize(("typed", "first"), [("rcf1234", "rfc1234"), ("rfc1235", "rfc"), ("su3cl3", "你好"), ("2o24", "2024")])
def test_letters_beside_numbers_are_mended(indexed: Indexed, typed: str, first: str) -> None:
    index = indexed(Document(id="a", title="", text="rfc1234，rfc，你好，2024。"))
    assert index.search(typed, strict=True).suggestions[:1] == (first,)


@pytest.mark.parametrize(
    ("typed", "looks"), [("人工智慧", False), ("擴增實境", False), ("资讯科技", False), ("侯选人", True), ("树梅派", True)]
)
def test_what_the_tables_know_by_another_name_does_not_look_mistyped(slips: Index, typed: str, looks: bool) -> None:
    """However rare a word is where the list was counted; nor is anything loaded then to find what is like it."""
    snapshot, terms = slips._store.snapshot(), plan(parse(typed), Options()).terms
    assert bool(suspicious(snapshot, terms, 5)) == looks


@pytest.mark.parametrize(("typed", "first"), [("catstands", ("cat stands",)), ("datastands", ())])
def test_two_words_of_letters_that_were_typed_as_one_are_offered_as_they_stand(slips: Index, typed: str, first: tuple[str, ...]) -> None:
    assert slips.search(typed).suggestions[:1] == first


WORDS = "疫苗 接种 未来 科技 已经 召开 辩护 律师 工资 待遇 财政 拨款 暑假 候选人 基本功能 董事会 研究生暑假".split()


@settings(max_examples=40)
@given(word=st.sampled_from(WORDS), beside=st.sampled_from(["", *WORDS]), chance=st.randoms(use_true_random=False))
def test_whatever_is_offered_finds_something_and_is_not_what_was_typed(news: Index, word: str, beside: str, chance: Random) -> None:
    place = chance.randrange(len(word))
    other = chance.choice([*lookalikes(word[place]), *homophones(word[place]), word[place] * 2, ""])
    query = f"{beside} {word[:place]}{other}{word[place + 1 :]}".strip()
    offered = news.search(query).suggestions
    assert query not in offered and len(set(offered)) == len(offered) <= 3
    assert all(news.search(text).total for text in offered)
    assert news.search(query).suggestions == offered


def test_where_a_part_of_a_word_answers_nothing_is_offered_that_is_not_alike(indexed: Indexed) -> None:
    """Who typed a word that stands nowhere hardly meant characters that merely stand together, nor another word like 东海大学."""
    others = (f"第{number}則。" for number in range(30))
    texts = ("成药很多。", "中华药店，中国药材。", "大学之道。", "东海大学。", "诗人。女性人。女的人。", *others)
    index = indexed(*(Document(id=text, title="", text=text) for text in texts))
    for word, part, offered in (("中成药", "成药很多。", ()), ("女诗人", texts[4], ()), ("东南大学", "大学之道。", ())):
        results = index.search(word)
        assert (results.relaxed, results[0].id, results.suggestions) == (True, part, offered)


@settings(max_examples=20)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3))
def test_what_is_rightly_typed_is_not_mended(news: Index, words: list[str]) -> None:
    assert news.search(" ".join(words)).suggestions == ()


@pytest.fixture(scope="module")
def contracts(shared_index: Indexed) -> Index:
    law = "劳动合同由劳动者与用人单位订立，劳动合同解除后有赔偿。"
    made = shared_index(*(Document(id=f"law{number}", title="法", text=law) for number in range(3)))
    made.add(Document(id=f"ai{number}", title="新", text="人工智能与 machine learning，linux 与 postgresql 教程。") for number in range(3))
    made.add([Document(id="one", title="", text="人工成本只能上升。林旭说 postgres 与铜，人，公，智能。")])
    return made


def test_nothing_is_offered_where_something_is_found(index: Index) -> None:
    assert index.search("物权").suggestions == ()


@pytest.mark.parametrize(("typed", "offered"), [("stkj", "商汤科技"), ("STKJ", "商汤科技"), ("wqf", "物权法"), ("kj", "科技")])
def test_initials_are_completed_from_titles(index: Index, typed: str, offered: str) -> None:
    assert offered in index.complete(typed)


@pytest.mark.parametrize("typed", ["rlsb", "s", "xq", "stkjx", "uu"])
def test_initials_of_no_title_complete_nothing(index: Index, typed: str) -> None:
    assert index.complete(typed) == ()


def test_titles_complete_as_they_are_written(indexed: Indexed) -> None:
    made = indexed(Document(id="a", title="資訊 軟體工程", text="x"))
    assert made.complete("rjgc") == ()
    assert "軟體工程" in made.complete("rtgc")


def test_names_of_files_complete_as_they_are_written(indexed: Indexed) -> None:
    made = indexed(Document(id="a", title="無題", text="x", path="/d/資訊 軟體工程.txt"))
    assert "軟體工程" in made.complete("rtgc")


def test_words_that_are_read_so_come_before_what_merely_stands_together(indexed: Indexed) -> None:
    made = indexed(*[Document(id=str(number), title="", text="马上听说，上听") for number in range(5)])
    made.add([Document(id="s", title="", text="商汤")])
    assert made.complete("shangt")[0] == "商汤"


def test_half_of_what_letters_complete_may_be_read(indexed: Indexed) -> None:
    made = indexed(Document(id="a", title="上海", text=" ".join(f"sh{letter}" for letter in "abcdefghijklmnopqrst")))
    completed = made.complete("sh")
    assert len(completed) == 10 and completed[9] == "上海" and completed[8].startswith("sh")


def test_pinyin_is_completed(index: Index) -> None:
    assert index.complete("shangtang")[0] == "商汤"
    assert "物权" in index.complete("wuq")
    assert index.complete("wuq", limit=1) in (("物权",), ("无权",))
    assert index.complete("") == ()
    assert index.complete("物") == ("物权法", "物权") or index.complete("物")[0].startswith("物权")


def test_rare_readings_of_common_characters_complete_nothing(indexed: Indexed) -> None:
    made = indexed(*[Document(id=str(number), title="", text="其它机器，几台，银行，长大，重复") for number in range(5)])
    made.add([Document(id="m", title="", text="記憶")])
    assert made.complete("jiyi") == ("记忆",)  # never 其它 (jiyi in old books) or 几台
    assert [made.complete(reading)[0] for reading in ("yinhang", "zhangda", "chongfu")] == ["银行", "长大", "重复"]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("zuj", ("租金", "组件")),
        ("wangl", ("网络",)),
        ("shangh", ()),
        ("xiaoou", ("晓鸥",)),
        ("hetong", ("合同",)),
        ("汤", ("汤晓鸥",)),
        ("汤晓", ("汤晓鸥",)),
        ("劏", ("劏房",)),
        ("人", ("人来人往",)),
        ("zh-cn", ()),
        ("zh-cn/", ("zh-cn/docs/learn",)),
        ("飞行", ("飞行员",)),
    ],
)
def test_nothing_is_offered_that_is_only_a_piece_of_other_words(indexed: Indexed, typed: str, offered: tuple[str, ...]) -> None:
    """What stands side by side: 组|进行, 网络|等, 汤|后, 人|来人|往, is no word."""
    text = (
        "劏房面积小，租金高。这个组件很好，这组进行得快。网络等设备，网了。喝汤后走了。人来人往。"
        "汤晓鸥教授说，汤晓鸥笑了。签合同，和通知。见 zh-cn/docs/learn。"
    )
    made = indexed(Document(id="a", title="", text=text, path="/d/飞行员.txt"))
    assert set(made.complete(typed)) == set(offered)


@pytest.mark.parametrize(
    ("before", "typed", "offered"),
    [
        ("劏", "房", ()),
        ("", "房", ("房屋",)),
        ("社区", "房", ("房屋",)),
        ("汤晓鸥", "教", ("教授",)),
        ("王小", "教", ()),
        ("A", "房", ("房屋",)),
        ("，", "房", ("房屋",)),
    ],
)
def test_what_goes_on_from_a_single_character_stands_behind_it_somewhere(
    indexed: Indexed, before: str, typed: str, offered: tuple[str, ...]
) -> None:
    made = indexed(Document(id="a", title="", text="劏房面积小，房屋大。社区里，汤晓鸥教授，王小明。"))
    assert made.complete(typed, before=before) == offered


def test_the_table_of_readings_is_sound() -> None:
    rows = [line.split("\t") for line in files("searcher.tables").joinpath("readings.tsv").read_text("utf-8").split("\n")[1:-1]]
    assert len(rows) > 400
    assert [reading for reading, _ in rows] == sorted({reading for reading, _ in rows})
    for reading, characters in rows:
        assert reading.isascii() and reading.isalpha() and len(reading) <= 6
        assert characters == fold_script(characters)
        assert len(set(characters)) == len(characters)


def test_characters_of_hong_kong_have_readings(indexed: Indexed) -> None:
    made = indexed(Document(id="a", title="", text="住劏房嘅人买餸煮饭。住劏房嘅人坐軚盘后面。"))
    assert [made.complete(typed)[:1] for typed in ("tangfang", "maisong")] == [("劏房",), ("买餸",)]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("国集法", "国籍法"),
        ("國集法", "國籍法"),
        ("勞動合銅", "勞動合同"),
        ("劳动合铜", "劳动合同"),
        ("勞動合铜", "劳动合同"),  # in both scripts: as documents write it
        ("末來", "未來"),
        ("guojifa", "國籍法"),
    ],
)
def test_what_is_offered_is_in_the_script_of_the_query(indexed: Indexed, typed: str, offered: str) -> None:
    """Whichever documents have it in; where the query does not tell, as they write it."""
    some = indexed(Document(id="a", title="", text="國籍法規定國籍之取得。未來。"), Document(id="b", title="", text="劳动合同"))
    assert some.search(typed).suggestions[:1] == (offered,)
    assert some.search(offered).total
    exact = some.search(typed, exact_script=True).suggestions
    assert all(some.search(text, exact_script=True).total for text in exact[:1])


QUESTIONS = [
    "{} 多少",
    "{}多少",
    "多少{}",
    "{}如何算",
    "{} 如何 申",
    "如何申{}？",
    "公司不公布{}如何是好",
    "公司 成本 {} 多少",
    "公司 成本 {} 申",
    "“公司” {} 多少",
    "title:公司 {} 多少",
    "{} 多少 -火星",
]
"""Words that ask or count, before and behind, set apart or not; quotes, fields, what is left out: in characters of both scripts."""

ASKED = [("资遣废", "资遣费"), ("資遣廢", "資遣費"), ("疫苖", "疫苗"), ("侯选人", "候选人"), ("辩护律帅", "辩护律师"), ("己经", "已经")]


@pytest.fixture(scope="module")
def asking(shared_index: Indexed) -> Index:
    """A hundred documents of the same words, which are frequent enough to be what anybody means."""
    text = "第{}天，發給資遣費，公司成本。资遣费如何算？疫苗，候选人，辩护律师，已经。公布多少，申，成本。是好。"
    made = shared_index(*(Document(id=str(number), title="公司", text=text.format(number)) for number in range(100)))
    made.add([Document(id="wrong", title="", text="作废旧的，苖，侯，律，帅，己，经，废。")])
    return made


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(("typed", "meant"), ASKED)
def test_a_slip_beside_words_that_ask_is_mended(asking: Index, question: str, typed: str, meant: str) -> None:
    assert asking.search(question.format(typed)).suggestions[:1] == (question.format(meant),)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("right", ["资遣费", "資遣費", "疫苗", "候选人", "公布", "多少"])
def test_nothing_is_offered_for_a_question_that_is_rightly_typed(asking: Index, question: str, right: str) -> None:
    assert asking.search(question.format(right)).suggestions == ()


@pytest.mark.parametrize(
    ("typed", "stretches"),
    [
        ("公司拒付资遣废怎么办", {("资遣废", False)}),
        ("資遣廢多少", {("資遣廢", True)}),
        ("侯选人要多少岁", {("侯选人", False)}),
        ("什么是公司", set()),
        ("能不能", set()),
        ("王未怎么样", set()),
        ("离婚后三年怎么办", set()),
        ("", set()),
    ],
)
def test_stretches_of_a_question_are_words_with_what_belongs_to_none(typed: str, stretches: set[tuple[str, bool]]) -> None:
    assert {(one.text, one.apart) for one in stretches_of(typed)} >= stretches
    if not stretches:
        assert not list(stretches_of(typed))


@given(st.text(alphabet="公司资遣废遣費廢怎么多少疫苖己经王三的 ,ａＡ1", max_size=40))
def test_stretches_are_short_pieces_of_what_was_typed(typed: str) -> None:
    for stretch in stretches_of(typed):
        assert stretch.text in typed and 1 < len(fold(stretch.text).text) <= WORD
        assert not stretch.apart or not typed.isspace()


@pytest.fixture(scope="module")
def spoken(shared_index: Indexed) -> Index:
    """What many write, and the words that sound the same, which stand elsewhere."""
    text = "人工智能，机器学习入门，环境变量，設置方法，网络程序，資遣費，Linux 與 sports 教程，人脸识别，使用现有方式。"
    made = shared_index(*(Document(id=str(number), title="", text=text) for number in range(120)))
    made.add([Document(id="other", title="", text="人工，只能，职能，机器，学系，变亮，周，废物，加班，sport，试用，限有，施用范围。")])
    return made


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("人工只能", "人工智能"),  # an input method offers the word first
        ("人工只能 教程", "人工智能 教程"),
        ("机器学系 入门", "机器学习 入门"),
        ("機器學系 入門", "機器學習 入門"),
        ("试用现有方式", "使用现有方式"),  # both characters of a word
        ("环境变亮怎么设置", "环境变量怎么设置"),
        ("程序序有哪些", "程序有哪些"),
        ("网周络 设置", "网络 设置"),
        ("资遣废 OR 加班", "资遣费 OR 加班"),
        ("資遣廢 OR 加班", "資遣費 OR 加班"),
        ("ren gong zhi neng", "人工智能"),
        ("rengong zhineng", "人工智能"),
        ("renlian shibie 教程", "人脸识别 教程"),
        ("教程 shibie", "教程 识别"),
        ("bp6ej/ 54s/6", "人工智能"),  # a blank is the first tone
        ("shiyongxianyou", "使用现有"),
        ("教程 ilnux", "教程 Linux"),
    ],
)
def test_what_was_heard_or_struck_otherwise_is_offered(spoken: Index, typed: str, offered: str) -> None:
    assert spoken.search(typed).suggestions[:1] == (offered,)
    assert spoken.search(offered).total


@pytest.mark.parametrize(
    "right",
    [
        "人工职能部门",
        "人工方法",
        "人工智能 OR 加班",
        "施用范围",
        "环境方法怎么设置",
        "试用教程",
        "教程 lists",
        "mp3 c4 教程",
        "sport 教程",
        "周 程序",
        "file system 教程",
    ],
)
def test_words_that_merely_sound_like_others_are_left(spoken: Index, right: str) -> None:
    """Also where nobody has written the one behind the other."""
    assert spoken.search(right).total
    assert spoken.search(right).suggestions == ()


@pytest.mark.parametrize("parts", [["machine", "learning"], ["ren", "x"], ["ren"], []])
def test_what_is_no_pinyin_is_not_heard(spoken: Index, parts: list[str]) -> None:
    assert not list(heard_in_parts(Neighbours(spoken._store.snapshot()), parts))


@pytest.mark.parametrize(
    ("typed", "least", "meant"),
    [("人工只能", 120, {"人工智能"}), ("人工只能", 121, set()), ("环境变亮", 1, {"环境变量"}), ("环境变亮", 121, set())],
)
def test_what_a_run_may_be_is_held_by_as_many_documents_as_are_asked_for(spoken: Index, typed: str, least: int, meant: set[str]) -> None:
    neighbours = Neighbours(spoken._store.snapshot())
    found = {text for _, texts in runs_near(neighbours, typed, least) for text in texts}
    assert meant <= found
    assert all(neighbours.together(f"{one}{two}") >= least for text in found for one, two in pairwise(text))


def test_a_run_of_which_pairs_far_apart_stand_nowhere_is_not_looked_for(spoken: Index) -> None:
    """No one character, and no two side by side, make of it what anybody wrote."""
    neighbours, typed = Neighbours(spoken._store.snapshot()), "机器变亮学系方法"
    with patch.object(neighbours, "together", wraps=neighbours.together) as together:
        assert not any(texts for _, texts in runs_near(neighbours, typed, 1))
    assert {call.args[0] for call in together.call_args_list} == set(map("".join, pairwise(typed)))


@pytest.mark.parametrize(("typed", "offered"), [("税务师", ()), ("必需品", ("必须品",)), ("会计室", ("会计师",))])
def test_a_word_of_which_documents_have_a_part_may_be_one_that_looks_or_sounds_alike(
    indexed: Indexed, typed: str, offered: tuple[str, ...]
) -> None:
    index = indexed(Document(id="one", title="", text="税务员，必须品，会计师"), Document(id="part", title="", text="税务，必需，会计"))
    results = index.search(typed)
    assert (results.total > 0, results.complete, results.suggestions) == (True, 0, offered)
