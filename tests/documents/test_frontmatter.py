"""Front matter is read as it is written, and broken one line by line."""

from __future__ import annotations

from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.documents.description import frontmatter
from searcher.documents.description.frontmatter import FrontMatter, front_matter, header

BODY = "\n正文\n"


def test_scalars_and_lists() -> None:
    front = front_matter("\n---\ntitle: '標題：一'\ncategories:\n - 甲\n - 乙\nday: 2021-08-17\nno: no\nnested:\n  x: 1\n---\n" + BODY)
    assert front.fields["title"] == "標題：一"
    assert front.fields["categories"] == ("甲", "乙")
    assert (front.fields["day"], front.fields["no"]) == ("2021-08-17", "no")
    assert front.lines == 11


def test_the_body_begins_behind_it() -> None:
    text = "---\ntitle: 題\n---\n" + BODY
    front = front_matter(text)
    assert text[front.body_start :] == BODY
    assert front.first("nothing", "title") == "題"


def test_hexo_needs_no_line_before_it() -> None:
    front = front_matter("title: 題\ntags:\n- 甲\n- 乙\n\ndate: 2021-08-17\n--- \n" + BODY)
    assert front.fields == {"title": "題", "tags": ("甲", "乙"), "date": "2021-08-17"}
    assert front.lines == 7


@pytest.mark.parametrize(
    "text",
    [
        "title: 題\n---\n",  # a heading
        "title: 題\n\n文\n---\n",
        "title: 題\n文 是\n---\n",
        "title: 題\nauthor: 張三\n\n文字\n\n---\n",
        "note: 題\ntitle: 題\n---\n",
        "title: 題\ndate: 2021\n",
    ],
)
def test_other_lines_above_a_line_of_hyphens_are_text(text: str) -> None:
    assert front_matter(text + BODY) == FrontMatter()


def test_toml() -> None:
    front = front_matter('+++\ntitle = "題"\ndate = 2021-08-17\ntags = ["甲", "乙"]\n+++\n' + BODY)
    assert front.fields == {"title": "題", "date": "2021-08-17", "tags": ("甲", "乙")}


_TABLES = (
    ("rating:\n  畫質: 9\n  續航: 極好", 'rating = {"畫質" = 9, "續航" = "極好"}', {"rating.畫質": "9", "rating.續航": "極好"}),
    ("author:\n  name: 張三\n  url: x", 'author = {name = "張三", url = "x"}', {"author": "張三", "author.url": "x"}),
    ("by: [{name: 張三, url: x}, {name: 李四}]", 'by = [{name = "張三", url = "x"}, {name = "李四"}]', {"by": ("張三", "李四")}),
    ("taxonomies:\n  tags: [甲]\nextra:\n  by: 乙", '[taxonomies]\ntags = ["甲"]\n[extra]\nby = "乙"', {"tags": "甲", "by": "乙"}),
    ("name: 甲\nprice: 30\nof: [8, 9.5]", 'name = "甲"\nprice = 30\nof = [8, 9.5]', {"name": "甲", "price": "30", "of": ("8", "9.5")}),
    ("a: {b: {c: 1}}\nz: 2", "z = 2\na = {b = {c = 1}}", {"z": "2", "a.b.c": "1"}),
    ("links: [{text: x, url: y}, [z]]\nb: 1", 'links = [{text = "x", url = "y"}, ["z"]]\nb = 1', {"b": "1"}),
)


@pytest.mark.parametrize(("yaml", "toml", "fields"), _TABLES)
def test_tables_and_lists_in_yaml_and_toml_say_the_same(yaml: str, toml: str, fields: dict[str, object]) -> None:
    assert front_matter(f"---\n{yaml}\n---\n").fields == fields
    assert front_matter(f"+++\n{toml}\n+++\n").fields == fields


def test_json() -> None:
    front = front_matter('---\n{"title":"資料庫清單","tags":["甲","乙"],"created":"2025-05-31"}\n---\n文')
    assert front.fields == {"title": "資料庫清單", "tags": ("甲", "乙"), "created": "2025-05-31"}
    assert front_matter("---\n{甲}\n").fields == {}


def test_fields_of_tables_take_no_place_of_others() -> None:
    many = "\n".join(f"  k{number}: {number}" for number in range(50))
    assert front_matter(f"---\na:\n{many}\ntitle: 題\n---\n").fields["title"] == "題"


@pytest.mark.parametrize("key", ['"": x', "? [a, b]\n: x", "? {a: b}\n: {c: d}", "? *a\n: x", ": x"])
def test_a_key_without_a_name_costs_no_other_field(key: str) -> None:
    assert front_matter(f"---\n{key}\ntitle: 題\nauthor: 張三\n---\n").fields == {"title": "題", "author": "張三"}


@pytest.mark.parametrize("yaml", ["extra: {title: 別, date: 1}\ntitle: 題", "title: 題\nextra: {title: 別, date: 1}"])
def test_what_a_document_says_itself_comes_before_what_its_tables_say(yaml: str) -> None:
    assert front_matter(f"---\n{yaml}\n---\n").fields == {"title": "題", "date": "1"}


@pytest.mark.parametrize("mark", ["---", "+++"])
def test_what_is_broken_is_read_line_by_line(mark: str) -> None:
    sign = ":" if mark == "---" else " ="
    front = front_matter(f"{mark}\ntitle{sign} 題: [目\n\tbad\n{mark}\n" + BODY)
    assert "目" in str(front.fields["title"])


@pytest.mark.parametrize(
    "text",
    [
        "---\n正文，不是標頭\n---\n更多",
        "正文\n---\ntitle: x\n---\n",
        "---\ntitle: 沒有結尾\n",
        "---\n- a\n- b\n---\n",
        "",
        "---",
    ],
)
def test_what_is_none(text: str) -> None:
    front = front_matter(text)
    assert (front.body_start, dict(front.fields)) == (0, {})


def test_nothing_of_yaml_is_acted_upon() -> None:
    front = front_matter('---\ntitle: !!python/object/apply:os.system ["false"]\na: &x 甲\nb: *x\nc: !!int 7\n---\n' + BODY)
    assert front.fields["title"] == "false"
    assert (front.fields["a"], front.fields["c"]) == ("甲", "7")


def test_bombs_are_bounded() -> None:
    aliases = "\n".join(f"k{n}: &k{n} [{', '.join([f'*k{n - 1}'] * 9)}]" if n else "k0: &k0 [x]" for n in range(30))
    assert len(front_matter(f"---\n{aliases}\n---\n").fields) < 50
    many = "\n".join(f"k{n}: {'值' * 2000}" for n in range(500))
    fields = front_matter(f"---\n{many[:60000]}\n---\n").fields
    assert len(fields) <= 40
    assert max(len(value) for value in fields.values()) <= 500
    assert front_matter(f"---\ntitle: 題\na: {'[' * 60000}\n---\n").fields["title"] == "題"


def test_values_are_on_one_line_without_control_characters() -> None:
    front = front_matter('---\ntitle: "甲\\e[31m乙\\n丙"\n---\n')
    assert front.fields["title"] == "甲 [31m乙 丙"


@given(st.text(alphabet="-:+=[]{}&*!|>'\"# \t\nab題", max_size=80))
def test_any_text_between_the_marks(inside: str) -> None:
    text = f"---\n{inside}\n---\n正文"
    assert "正文" in text[front_matter(text).body_start :]


def test_the_lines_with_which_a_page_of_mkdocs_begins() -> None:
    text = "Title: 題\nauthor: 張三, 李四，王五\ndate: 2021-08-17\n\n## 引入\n"
    front = header(text)
    assert front.fields == {"title": "題", "author": ("張三", "李四", "王五"), "date": "2021-08-17"}
    assert (text[front.body_start :], front.lines) == ("## 引入\n", 4)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "## 引入\n\nauthor: 張三\n",
        "\nauthor: 張三\n\n正文\n",
        "author: 張三\n接著說的話。\n\n正文\n",
        "author: 張三\nnote: 一句話\n\n正文\n",
        "author:張三\n\n正文\n",
        "作者: 張三\n\n正文\n",
        "Author: 張三",
    ],
)
def test_what_says_something_else_is_text(text: str) -> None:
    assert header(text) == FrontMatter()


def test_aliases_are_what_they_stand_for_and_what_templates_are_filled_in_with_is_nothing() -> None:
    assert front_matter("---\nauthor: &a 張三\neditor: *a\n---\n").fields == {"author": "張三", "editor": "張三"}
    assert front_matter("---\ntitle: {{title}}\ndate: {% now %}\ntags: 甲\n---\n").fields == {"tags": "甲"}


def test_of_too_many_or_too_deep_tables_the_first_is_taken() -> None:
    for empty in ("[]", "{}", "~", "[[[[[[[x]]]]]]]"):
        with mock.patch.object(frontmatter, "_MOST_SCALARS", 2):
            assert front_matter(f"---\na: {empty}\nb: 2\nc: 3\n---\n").fields == {"b": "2"}
    with mock.patch.object(frontmatter, "_MOST_SCALARS", 2):
        assert front_matter("---\na: 1\nb: [2, 3]\nc: 4\n---\n").fields == {"a": "1", "b": "2"}
    assert front_matter(f"---\ntitle: 題\na:\n{'- ' * 900}b\n---\n").fields["title"] == "題"
