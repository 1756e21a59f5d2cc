"""A name in Latin letters is found however it is written: in one word, in two, with a hyphen or a dot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher import Document, Index
from searcher.plans.options import Options
from searcher.plans.written import spellings
from searcher.query.parsing import parse
from searcher.text.folding import fold
from tests.conftest import Indexed


@pytest.mark.parametrize(
    ("query", "others"),
    [
        ("web socket", {"web": ("websocket",), "socket": ("websocket",)}),
        ("什么是web socket教程", {"web": ("websocket",), "socket": ("websocket",)}),
        ("Spring Boot 配置", {"spring": ("SpringBoot",), "boot": ("SpringBoot",)}),
        ("spring cloud gateway", {"spring": ("springcloud",), "cloud": ("springcloud", "cloudgateway"), "gateway": ("cloudgateway",)}),
        ("ＷｅｂSocket", {}),
        ("WebSocket", {"websocket": ("Web Socket",)}),
        ("用openStreetMap画图", {"openstreetmap": ("open Street Map",)}),
        ("web-socket", {"web-socket": ("websocket",)}),
        ("node.js 部署", {"node.js": ("nodejs",)}),
        ("Vue js", {"vue": ("Vuejs",), "js": ("Vuejs",)}),
        ("Nodejs", {"nodejs": ("Node.js",)}),
        ("machinelearning", {"machinelearning": ("machine learning", "机器学习")}),
        ("MachineLearning", {"machinelearning": ("Machine Learning", "机器学习")}),
        ("websocket", {}),
        ("foo.bar", {}),
        ("a.b-c", {}),
        ("trigger_status 字段", {"trigger_status": ("triggerstatus",)}),
        ("get-user_id", {"get-user_id": ("getuserid",)}),
        ("utf8_decode_all", {"utf8_decode_all": ("utf8decodeall",)}),
        ("covid-19", {}),  # to an index, covid19 is covid 19
        ("gpt-4-turbo", {}),
        ("user.get_name", {}),
        ("parseJSON", {"parsejson": ("parse JSON",)}),
        ("XMLHttpRequest", {"xmlhttprequest": ("XML Http Request",)}),
        ("装VSCode", {"vscode": ("VS Code",)}),
        ("iPhone", {"iphone": ("i Phone",)}),
        ("VoIP网关", {"voip": ("Vo IP",)}),
        ("LoRa", {"lora": ("Lo Ra",)}),
        ("QoS、IoT、PDFs、APIs、OSes", {}),  # nobody writes PD Fs
        ("web, socket", {}),
        ("web 服务器 socket", {}),
        ("python 3", {}),  # to an index, python3 is python 3
        ("C++ code", {}),
        ("code C++", {}),
        ("web AND socket", {}),
        ("web OR socket", {}),
        ("web -socket", {}),
        ("web title:socket", {}),
        ('"web" socket', {}),
        ('"WebSocket"', {}),
        ("web socket*", {}),
        ("人工智能 融资", {}),
        ("！", {}),
    ],
)
def test_how_else_the_names_of_a_query_are_written(query: str, others: dict[str, tuple[str, ...]]) -> None:
    assert spellings(parse(query).tree, Options()).others == others


def test_as_it_was_typed_nothing_else_is_looked_for() -> None:
    tree = parse("web socket WebSocket").tree
    assert not spellings(tree, Options(expand=False)).others
    assert not spellings(tree, Options(exact_script=True)).others


_NAMES = st.lists(
    st.sampled_from(["web", "Socket", "WebSocket", "node.js", "a-b", "get_user_id", "parseJSON", "nodejs", "教程", "3", " ", "-", "."]),
    max_size=8,
)


@given(_NAMES.map("".join))
def test_what_else_is_looked_for_has_the_letters_that_were_typed(query: str) -> None:
    """But for what a table has."""
    letters = "".join(filter(str.isalpha, fold(query).text))
    for name, others in spellings(parse(query).tree, Options()).others.items():
        assert "".join(filter(str.isalpha, name)) in letters
        assert all("".join(filter(str.isalpha, fold(other).text)) in letters for other in others)


@pytest.fixture
def named(indexed: Indexed) -> Index:
    texts = {
        "one": "编写 WebSocket 服务器",
        "two": "在 web socket 上收发消息",
        "hyphen": "Web-Socket 的握手过程",
        "apart": "a socket of some web",
        "snake": "读取 trigger_status",
        "camel": "设置 triggerStatus",
        "acronym": "调用 parseJSON",
        "dot": "Node.js 的事件循环",
        "no dot": "安装 nodejs 与 npm",
        "other": "天气很好",
    }
    return indexed(*(Document(id=id, title="", text=text) for id, text in texts.items()))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("web socket", {"one", "two", "hyphen", "apart"}),
        ("web-socket", {"one", "two", "hyphen"}),
        ("WebSocket", {"one", "two", "hyphen"}),
        ("websocket", {"one"}),
        ("trigger_status", {"snake", "camel"}),
        ("triggerStatus", {"snake", "camel"}),
        ("trigger-status", {"snake", "camel"}),
        ("parse_json", {"acronym"}),
        ("nodejs", {"dot", "no dot"}),
        ("node.js", {"dot", "no dot"}),
        ("Node JS", {"dot", "no dot"}),
        ("“web socket”", {"two", "hyphen"}),
    ],
)
def test_a_name_is_found_however_it_is_written(named: Index, query: str, found: set[str]) -> None:
    hits = named.search(query, strict=True)
    assert {hit.id for hit in hits} == found
    assert all(hit.snippets[0].marks for hit in hits)


def test_it_is_told_what_else_was_looked_for_of_two_terms_once(named: Index) -> None:
    assert [(one.source, one.target, one.kind) for one in named.search("Web socket").expansions if one.kind == "synonym"] == [
        ("Web socket", "Websocket", "synonym")
    ]
    assert not named.search("web socket", expand=False).expansions


def test_a_synonym_of_the_users_own_stays(indexed: Indexed) -> None:
    index = indexed(Document(id="own", title="", text="全双工通信"), Document(id="name", title="", text="WebSocket 服务器"))
    index.close()
    with Index.open(index.path, synonyms={"web": ["全双工"]}) as again:
        assert {hit.id for hit in again.search("web socket")} == {"own", "name"}
