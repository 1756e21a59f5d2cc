"""Markdown becomes what a reader sees."""

from __future__ import annotations

from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.documents.markup.markdown import markdown_page
from searcher.documents.sources import sniffing
from tests.documents.reading import read_one, skipped
from tests.patience import no_hang

SHOWN = [
    ("# 題\n\n文*強*字", "題\n\n文強字"),
    ("題目\n===\n文", "題目\n\n文"),
    ("中文\n續行\nand\nwords", "中文續行 and words"),
    ("中文  \n硬換行", "中文\n硬換行"),
    ("文**「粗」**字", "文「粗」字"),
    ("2 ** 3 和 4 ** 5", "2 ** 3 和 4 ** 5"),
    ('[文字](http://x.y/z "t")與<http://a.b>', "文字與http://a.b"),
    ('[商湯](../Page/商 湯_(x).md "wikilink")科技\\[1\\]\\[2\\]是', "商湯科技是"),
    ("陣列 a\\[1\\] 是", "陣列 a[1] 是"),
    ("文獻\\[12\\]說", "文獻說"),
    ("![照片](a.png)", "照片"),
    ("![a.png](a.png)\n\n文", "文"),
    ("行![圖示](a.png)內", "行內\n圖示"),
    ("* 一![圖](a.png)\n* 二", "• 一\n圖\n• 二"),
    ("<!DOCTYPE html...\n\n後文", "<!DOCTYPE html...\n\n後文"),
    ("<script>\n甲\n\n乙", "<script>\n甲\n\n乙"),
    ("<?php 程式 ?>", "<?php 程式 ?>"),
    ("* 甲\n* 乙\n  1. 丙", "• 甲\n• 乙\n  1. 丙"),
    ("1.\n2.\n3. 丙", "3. 丙"),
    ("| 甲 | 乙 |\n|---|---|\n| 丙 | [丁](x) |", "甲\t乙\n丙\t丁"),
    ("```py\nx = [1]\n  # 註\n```\n後", "x = [1]\n  # 註\n\n後"),
    ("文`x*y*z`字", "文x*y*z字"),
    ("> 引\n> 用", "引用"),
    ("<div>\n<b>置中</b>\n</div>\n\n文", "置中\n\n文"),
    ("<ruby>漢<rt>han</rt></ruby>字<br>行", "漢字\n行"),
    ("用 <name> 代替 <b>它</b>", "用 <name> 代替 它"),
    ("文[^1]字\n\n[^1]: 註腳", "文字\n\n註腳"),
    ("[註]: 參見某法\n\n文", "[註]: 參見某法\n\n文"),
    ("[x]: http://a.b\n\n[x]文", "x文"),
    ("民法[全文](以下簡稱本法)", "民法全文(以下簡稱本法)"),
    ("甲 &amp; \\* 乙", "甲 & * 乙"),
    ("---\n\n文", "文"),
]


@pytest.mark.parametrize(("markup", "text"), SHOWN)
def test_what_a_reader_sees(markup: str, text: str) -> None:
    assert read_one("a.md", markup).text == text


def test_categories_of_a_wikipedia_page() -> None:
    markup = '[甲](x "wikilink")\n\n[Category:香港公司](y "wikilink") [Category:科技](z "wikilink")\n'
    document = read_one("a.md", markup)
    assert document.text == "甲\n\n香港公司、科技"
    assert document.metadata["category"] == ("香港公司", "科技")


def test_every_text_knows_its_line() -> None:
    front = "---\ntitle: 題\n---\n"
    markup = front + "\n# 標題\n\n第六行\n第七行\n\n* 第九行\n* 第十行\n\n```\n第十三行\n第十四行\n```\n\n|第十七行|\n|--|\n|第十九行|\n"
    document = read_one("a.md", markup)
    lines = [place for place in document.locations if place.kind == "line"]
    for number, line in enumerate(markup.split("\n"), 1):
        word = line.strip("* |")
        if word.startswith("第"):
            at = document.text.index(word)
            last = [place for place in lines if place.start <= at][-1]
            assert int(last.label) + document.text.count("\n", last.start, at) == number, word


def test_long_texts_are_read_in_pieces() -> None:
    paragraph = "段落*文字*，[鏈接](x)。" * 60
    markup = "\n\n".join(f"第{number}段{paragraph}" for number in range(300))
    page = read_one("a.md", markup)
    assert page.text.count("\n\n") == 299
    last = [place for place in page.locations if place.kind == "line"][-1]
    assert int(last.label) + page.text.count("\n", last.start) == markup.count("\n") + 1


HOSTILE = {
    "quotes": ">" * 100_000 + "深處",
    "lists": "- " * 20_000 + "深處",
    "steps": "".join("  " * depth + "- 深處\n" for depth in range(400)),
    "brackets": "[" * 100_000 + "深處",
    "links": "[a](" * 50_000 + "深處",
    "stars": "**a*b _" * 30_000 + "深處",
    "tags": "深處<a" * 50_000,
    "blocks": ("[" * 3900 + "深處\n\n") * 30,
    "attributes": "# " + "{#" * 500_000 + "深處\n* [深處](#a)",
    "ticks": "".join("`" * count + "a" for count in range(1, 600)) + "深處",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_costs_little(name: str) -> None:
    with no_hang():
        text = read_one("a.md", HOSTILE[name]).text
        assert text.count("深處") == HOSTILE[name].count("深處")


@given(st.text(alphabet="字文 \n#*_[]()!`>-1.|<a&\\", max_size=60))
def test_no_text_loses_its_han(markup: str) -> None:
    """Targets of links, reference names and code fences' names are not text; without those signs everything is."""
    plain = markup.replace("[", "").replace("```", "").replace("<", "")
    page = markdown_page(plain)
    assert [character for character in page.text if character in "字文"] == [character for character in plain if character in "字文"]


def test_only_the_link_of_a_wiki_loses_its_target() -> None:
    text = read_one("a.md", '[甲](b) 和 [乙](子 丑 "wikilink")，[丙](子\\] 丑 "wikilink")').text
    assert text == "甲 和 乙，丙"


MARKS = st.sampled_from(
    ["[甲](乙)", "![](a.png)", "# 题", "#", "**粗**", "**", "```", "~~~", "\n", "\r\n", "===", "---", "字", " ", "題\n---\n", "题\r\n===="]
)


@given(st.lists(MARKS, max_size=12).map("".join))
def test_marks_are_looked_for_where_their_signs_are_and_none_is_missed(text: str) -> None:
    head = text.encode()
    anyway = tuple((kind, (b"",)) for kind, _ in sniffing._MARKDOWN)
    with mock.patch.object(sniffing, "_MARKDOWN", anyway):
        expected = sniffing.markdown(head)
    assert sniffing.markdown(head) == expected


def test_attributes_of_a_heading_are_no_text() -> None:
    document = read_one("a.md", "# 介绍 {#introduction .unnumbered}\n\n## 集合 {a, b}\n\n文 {#x}\n\n`# 码 {#y}`")
    assert document.title == "介绍"
    assert document.text == "介绍\n\n集合 {a, b}\n\n文 {#x}\n\n# 码 {#y}"


DIALECTS = (
    ("甲%%我的理解:: 見[[乙]]。%%\n\n%%\n丙\n%%\n\n丁", "甲我的理解:: 見乙。\n\n丙\n\n丁"),
    ("進度 50%%，100%%。`%%a%%`，%% b，%%%%", "進度 50%%，100%%。%%a%%，%% b，%%%%"),
    ("參考[[筆記A|這篇]]的說明，見[[筆記B#小節]]與[[筆記C]]。", "參考這篇的說明，見筆記B 小節與筆記C。"),
    ("句子![[圖.png|100]]後段 ^block-1", "句子後段"),
    ("![[另一篇筆記]]", "另一篇筆記"),
    ("這是==重點==內容", "這是重點內容"),
    ("若 a==1 且 b==2，a == b，x==y==z", "若 a==1 且 b==2，a == b，x==y==z"),
    ("`[[代碼]]` `==代碼==` [[1, 2], [3]]", "[[代碼]] ==代碼== [[1, 2], [3]]"),
    ("> [!note] 標題\n> 內容\n> 續行", "標題\n內容續行"),
    ("> [!WARNING]\n> 內容", "內容"),
    ("::: tip 標題\n內容\n:::", "標題\n內容"),
    (":::warning\n警告**內容**\n:::\n\n後文", "警告內容\n\n後文"),
    ('!!! note "標題"\n    內容', "標題\n內容"),
    ("{% note info %}\n內容\n{% endnote %}", "內容"),
    ("{% blockquote 孔子, 論語 %}\n學而時習之\n{% endblockquote %}", "孔子, 論語\n學而時習之"),
    ('{{< figure src="a.png" title="圖的標題" >}}', "圖的標題"),
    ("用 {% if %} 開始", "用 {% if %} 開始"),
    ('```smart header="怎麼運作？"\n內容\n```', "怎麼運作？\n內容"),
    ("```js\nx\n```\n後", "x\n\n後"),
    ('文字<a href="b"><img src="a.png" alt="授權條款"></a>後', "文字後\n授權條款"),
    ("- [ ] 待辦\n- [x] 完成", "• 待辦\n• 完成"),
    ("| 甲 | 乙 |\n|---|---|\n| [[丙\\|丁]] | ==戊== |", "甲\t乙\n丁\t戊"),
    ("見[[丙\\|丁]]與[[戊\\|己]]。[[庚]]\\|辛", "見丁與己。庚|辛"),
    ("> [!note] [[丙\\|丁]] 戊\n> 己", "丁 戊\n己"),
    ("> [!note] [[丙]]\n> 己", "丙\n己"),
    (":::info[提示]\n內容\n:::", "提示\n內容"),
    ('??? note "解法"\n\n    見[甲](x)。\n\n    ```c\n        a\n    ```\n\n    - 乙\n\n丙', "解法\n\n見甲。\n\n    a\n\n• 乙\n\n丙"),
    ("!!! note\n    甲\n\n乙\n\n        丙  丁", "甲\n\n乙\n\n    丙  丁"),
    ('=== "C++"\n    ```c\n    a\n    ```\n=== "Go"\n\n\t**b**', "C++\n\na\n\nGo\n\nb"),
    ('!!! tip "甲"\n    乙\n\n    !!! note "丙"\n        丁\n\n    戊\n\n        己', "甲\n乙\n\n丙\n丁\n\n戊\n\n己"),
    ("```\n!!! note\n    甲\n```\n\n真的 !!! 乙\n\n    丙", "!!! note\n    甲\n\n真的 !!! 乙\n\n丙"),
    (':::row:::\n:::column span="2":::\n甲\n:::column-end:::\n乙', "甲\n乙"),
    (':::image type="content" source="https://a.b/c.png" alt-text="圖說":::\n乙', "圖說\n乙"),
    ('![](a.png "圖題")', "圖題"),
    ('![圖](a.png "圖")後', "後\n圖"),
    ("![圖](a.png){:height 323, :width 671}\n後", "後\n圖"),
    ('甲{: .note}\n{:toc}\n\n[乙](x){:target="_blank"}用 {:?} 和 {:.2} 和 {: }', "甲\n\n乙用 {:?} 和 {:.2} 和 {: }"),
    ('<Badge type="tip" text="實驗性" />好 <name>', "實驗性好 <name>"),
    ("# 一\n\t- 二\n\t\t- [[三]]\n\t  續\n- ## 四", "一\n\n• 二\n  • 三續\n\n• 四"),
    ("甲：\n\n    x - 乙\n    - 丙", "甲：\n\nx - 乙\n- 丙"),
)


@pytest.mark.parametrize(("markup", "text"), DIALECTS)
def test_what_other_programs_write_beside_markdown_is_as_they_show_it(markup: str, text: str) -> None:
    assert markdown_page(markup).text == text


def test_an_outline_below_a_block_without_a_bullet_knows_its_lines() -> None:
    document = read_one("a.md", "---\ntags: x\n---\n甲\n\n\t- 乙\n\t- ## 丙\n")
    lines = {document.text[place.start :].split("\n")[0]: place.label for place in document.locations if place.kind == "line"}
    assert lines == {"甲": "4", "丙": "7", "x": "1"}  # 乙 stands two line breaks behind 甲
    assert [place.label for place in document.locations if place.kind == "heading"] == ["丙"]


MDX = """---
title: 商城
---
import Tabs from '@theme/Tabs';
import {
  甲,
} from "@site/乙";

# 商城

import { 丁 } from "@site/戊";

<Tabs>
  <TabItem value="控制台預覽" default>

    看**這裡**

  </TabItem>
</Tabs>

<Card
  title="卡片"
/>

```jsx
<TabItem value="代碼">
import x from "丙"
```
"""


@pytest.mark.parametrize("name", ["a.mdx", "a.md"])
def test_a_component_of_mdx_says_what_it_is_given_and_what_it_holds_is_markdown(name: str) -> None:
    document = read_one(name, MDX)
    assert document.text == '商城\n\n控制台預覽\n\n看這裡\n\n卡片\n\n<TabItem value="代碼">\nimport x from "丙"'
    lines = {document.text[place.start :].split("\n")[0]: place.label for place in document.locations if place.kind == "line"}
    assert lines == {"商城": "9", "控制台預覽": "14", "卡片": "21", '<TabItem value="代碼">': "26"}


def test_what_is_imported_below_is_text_and_so_is_a_word_that_begins_so() -> None:
    assert read_one("a.md", "甲\n\nimport x from 'y'").text == "甲\n\nimport x from 'y'"
    assert read_one("a.md", "important 乙\n\n    <甲>").text == "important 乙\n\n<甲>"


def test_paths_among_aliases_are_no_text() -> None:
    paths = ["/old/path/", "../b", "2019/05/post/", "post.html", "https://a.b/c"]
    document = read_one("a.md", f"---\ntitle: 題\naliases: [{', '.join(paths)}, TCP/IP, 甲/乙]\nurl: /x/\ncover: /img/a.png\n---\n\n內文\n")
    assert document.text == "內文\n\nTCP/IP, 甲/乙"
    assert document.metadata["aliases"] == (*paths, "TCP/IP", "甲/乙")


@pytest.mark.parametrize("said", ["/etc/fstab配置详解", "如何优化index.html", "https://a.b/介绍", "C/"])
@pytest.mark.parametrize("name", ["description", "摘要", "tags", "keywords"])
def test_what_looks_like_a_path_elsewhere_in_front_matter_is_text(name: str, said: str) -> None:
    assert read_one("a.md", f"---\ntitle: 題\n{name}: {said}\n---\n\n內文\n").text == f"內文\n\n{said}"


def test_what_front_matter_tells_readers_is_found_as_text() -> None:
    document = read_one("a.md", "---\ntitle: 題\naliases: [別稱, 內文]\ntags: [標籤]\ndescription: 摘要\n---\n\n內文\n")
    assert document.text == "內文\n\n摘要, 別稱, 標籤"
    assert [(place.start, place.label) for place in document.locations] == [(0, "8"), (4, "1")]


def test_a_page_that_says_all_in_front_matter_has_that_for_its_text() -> None:
    hero = "layout: home\nhero: {name: 文件, text: 全文檢索, tagline: 找得到, image: {src: /logo.svg, alt: 標誌}}"
    document = read_one("index.md", f"---\ntitle: 首頁\n{hero}\n---\n")
    assert document.title == "首頁"
    assert set(document.text.split("\n")) == {"首頁", "文件", "全文檢索", "找得到", "標誌"}
    assert skipped("index.md", "---\ntitle: 首頁\nlayout: home\n---\n")[0] == "empty"


def test_a_page_of_logseq_is_called_as_its_file_is_and_has_its_properties() -> None:
    written = "alias:: 閱讀, [[書摘]]\ntags:: #甲，乙\n作者:: [[王小明]]\n\n- 第一條\n"
    document = read_one("筆記___讀書%20筆記.md", written)
    assert (document.title, document.text) == ("筆記/讀書 筆記", "alias:: 閱讀, 書摘\ntags:: #甲，乙\n作者:: 王小明\n\n• 第一條")
    known = {name: document.metadata[name] for name in ("alias", "tags", "author")}
    assert known == {"alias": ("閱讀", "書摘"), "tags": ("甲", "乙"), "author": "王小明"}
    assert read_one("a.md", f"title:: 題\n{written}").title == "題"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("- 甲\n  id:: 60af74c1-62f8-434a\n  collapsed:: true\n- 乙", "• 甲\n• 乙"),
        ("- 甲\n  頁數:: 30\n  作者:: [[王小明]]", "• 甲\n頁數:: 30\n作者:: 王小明"),
        ("- 甲 id:: 7", "• 甲 id:: 7"),
        ("- 甲\n  heading:: 這是標題\n  heading:: 2", "• 甲\nheading:: 這是標題"),
        ("std::vector 是容器\n接下行", "std::vector 是容器接下行"),
    ],
)
def test_properties_of_blocks_stand_on_lines_of_their_own_unless_they_are_notes_of_the_program(written: str, shown: str) -> None:
    assert read_one("a.md", f"文\n\n{written}\n").text == f"文\n\n{shown}"


def test_a_page_of_notion_has_its_properties_each_on_a_line() -> None:
    written = "# 讀書會\n\nCreated: August 17, 2021 3:20 PM\nTags: 甲, 乙\n狀態: 進行中\n\n第一次：導讀\n第二次：討論\n"
    document = read_one("讀書會 0123456789abcdef0123456789abcdef.md", written)
    assert (document.title, document.date, document.metadata["tags"], document.metadata["狀態"]) == (
        "讀書會",
        "2021-08-17T15:20:00",
        ("甲", "乙"),
        "進行中",
    )
    assert document.text == ("讀書會\n\nCreated: August 17, 2021 3:20 PM\nTags: 甲, 乙\n狀態: 進行中\n\n第一次：導讀第二次：討論")
    assert "tags" not in read_one("讀書會.md", written).metadata


def test_authors_before_a_page_of_mkdocs_are_not_its_title() -> None:
    document = read_one("kmp.md", "author: 張三, 李四\n\n## 前綴函數\n\n如此。\n")
    assert (document.title, document.metadata["author"]) == ("前綴函數", ("張三", "李四"))
    assert document.text == "前綴函數\n\n如此。"
    assert [place.label for place in document.locations if place.kind == "line"][:1] == ["3"]


def test_links_of_jekyll_may_have_spaces_in_their_targets() -> None:
    """In code they stay as they are."""
    link = "[**安裝**說明]({{ site.baseurl }}/{{ page.lang }}/a.html)"
    text = f"{link}與[前文]({{% post_url 2021-08-17-a %}})，`{link}`\n\n```\n{link}\n```\n"
    assert read_one("a.md", text).text == f"安裝說明與前文，{link}\n\n{link}"


def test_roles_of_myst_are_what_they_say() -> None:
    text = "見{doc}`安裝 <install>`與 {py:func}`print`，{x}`a`、{ref}`<b>`、{doc} `c`。"
    assert read_one("a.md", text).text == "見安裝與 print，{x}a、<b>、{doc} c。"


def test_what_is_for_the_program_that_makes_the_pages_is_no_text() -> None:
    text = '# 題\n:label:`sec_a`\n\n:begin_tab:`mxnet`\n甲 :numref:`a`\n:end_tab:\n\n```c\n    --8<-- "a.c"\nint 乙;\n```\n\n--8<\n'
    document = read_one("a.md", text)
    assert document.text == "題\n\n甲 :numref:a\n\nint 乙;\n\n--8<"
    assert [(place.label, document.text[place.start]) for place in document.locations if place.kind == "line"][1:2] == [("5", "甲")]


CONTENTS = """# 手冊

* [一、安裝](#一安裝)
    * [**Linux** 上](#linux-上)

2. [用法](#usage)

## 一、安裝
先下載。
### Linux 上
用套件。
## 用法 {#usage}
執行。
"""


def test_a_table_of_contents_is_left_out_where_it_repeats_headings() -> None:
    document = read_one("a.md", CONTENTS)
    assert document.text == "手冊\n\n一、安裝\n\n先下載。\n\nLinux 上\n\n用套件。\n\n用法\n\n執行。"
    assert [place.label for place in document.locations if place.kind == "line"][:2] == ["1", "8"]


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("* [一、安裝]", "* [怎樣安裝]"),
        ("## 用法 {#usage}", "## 使用"),
        ("(#一安裝)", "(install.md#一安裝)"),
        ("\n2. [用法](#usage)\n", ""),
    ],
)
def test_a_list_of_links_that_says_anything_else_stays(written: str, instead: str) -> None:
    assert "• Linux 上\n" in read_one("a.md", CONTENTS.replace(written, instead)).text
