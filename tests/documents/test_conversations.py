"""Exports of conversations become documents, a day each, with who said what and when."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from html import escape
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from searcher.documents import Document, ReadOptions, Source, documents_of
from searcher.documents.chats.records import messages_of, people_in
from searcher.documents.chats.texts import read_chat
from tests.documents.reading import read_all, read_one
from tests.patience import no_hang

Said = tuple[datetime, str, str]
"""When, by whom, what."""

BEGIN = datetime(2021, 8, 17, 15, 20)
SAID: list[Said] = [
    (BEGIN, "張三", "明天要不要去淡水看夕陽？"),
    (BEGIN + timedelta(minutes=1), "Li Si", "好啊: 幾點出發\n在捷運站集合"),
    (BEGIN + timedelta(hours=20), "張三", "我遲到十分鐘"),
]
WEEK = "一二三四五六日"


def _clock(when: datetime) -> str:
    return f"{'上午' if when.hour < 12 else '下午'}{(when.hour + 11) % 12 + 1:02}:{when.minute:02}"


def _line(said: Sequence[Said]) -> str:
    rows = ["[LINE] 與張三的聊天記錄", "儲存日期： 2021/08/20 10:00", ""]
    for day, messages in groupby(said, key=lambda one: one[0].date()):
        rows.append(f"{day:%Y/%m/%d}（{WEEK[day.weekday()]}）")
        rows += [f"{_clock(when)}\t{who}\t" + (f'"{text}"' if "\n" in text else text) for when, who, text in messages]
        rows.append("")
    return "\n".join(rows)


def _whatsapp(said: Sequence[Said]) -> str:
    return "\n".join(f"[{when:%Y/%-m/%-d} {_clock(when)}:07] {who}: {text}" for when, who, text in said)


def _android(said: Sequence[Said]) -> str:
    return "\n".join(f"{when:%-d/%-m/%Y}, {when:%H:%M} - {who}: {text}" for when, who, text in said)


def _american(said: Sequence[Said]) -> str:
    return "\n".join(f"[{when:%-m/%-d/%y}, {when:%-I:%M:%S}\u202f{when:%p}] {who}: {text}" for when, who, text in said)


def _qq(said: Sequence[Said]) -> str:
    rule = "=" * 64
    head = f"\ufeff消息记录（此消息记录为文本格式，不支持重新导入）\n\n{rule}\n消息分组:我的好友\n{rule}\n消息对象:張三\n{rule}\n\n"
    return head + "".join(f"{when:%Y-%m-%d} {when.hour}:{when:%M:%S} {who}(12345)\n{text}\n\n" for when, who, text in said)


def _wechat(said: Sequence[Said]) -> str:
    rows = ["張三 和 Li Si 在微信上的聊天记录如下，请查收。", ""]
    for day, messages in groupby(said, key=lambda one: one[0].date()):
        rows.append(f"—————  {day}  —————\n\n")
        rows += [f"{who}  {when:%H:%M}\n\n{text}\n" for when, who, text in messages]
    return "\n".join(rows)


def _pasted(said: Sequence[Said]) -> str:
    return "\n".join(f"{who} {when:%Y/%-m/%-d} {when:%H:%M:%S}\n{text}" for when, who, text in said)


def _telegram(said: Sequence[Said]) -> str:
    service = {"id": 1, "type": "service", "date": "2021-08-17T10:00:00", "actor": "張三", "actor_id": "u1", "action": "create", "text": ""}
    messages = [
        {
            "id": 2,
            "type": "message",
            "date": when.isoformat(),
            "from": who,
            "from_id": "u",
            "text": [text[:2], {"type": "b", "text": text[2:]}],
        }
        for when, who, text in said
    ]
    return json.dumps({"name": "讀書會", "type": "private_group", "id": 1, "messages": [service, *messages]})


def _discord(said: Sequence[Said]) -> str:
    zone = timezone(timedelta(hours=8))
    messages = [
        {"timestamp": when.replace(tzinfo=zone).isoformat(), "content": text, "author": {"name": "x", "nickname": who}}
        for when, who, text in said
    ]
    return json.dumps({"guild": {"name": "讀書會"}, "channel": {"name": "閒聊"}, "messages": messages})


def _slack(said: Sequence[Said]) -> str:
    messages = [
        {"type": "message", "ts": f"{_seconds(when)}.0002", "user": "U1", "text": escape(text), "user_profile": {"real_name": who}}
        for when, who, text in said
    ]
    return json.dumps(messages)


def _chatgpt(said: Sequence[Said]) -> str:
    nodes: dict[str, object] = {
        "root": {"message": None},
        "tool": {"message": {"author": {"role": "tool"}, "content": {"parts": ["x"]}}},
    }
    for number, (when, who, text) in enumerate(said):
        message = {"author": {"role": "assistant", "name": who}, "create_time": _seconds(when) + 0.5, "content": {"parts": [text]}}
        nodes[str(number)] = {"message": message}
    return json.dumps([{"title": "食譜", "mapping": nodes}])


def _claude(said: Sequence[Said]) -> str:
    messages = [{"sender": who, "text": text, "created_at": f"{when.isoformat()}Z"} for when, who, text in said]
    return json.dumps([{"uuid": "1", "name": "食譜", "chat_messages": messages}])


def _page(said: Sequence[Said]) -> str:
    rows = [
        f'<div class="message default clearfix" id="message1"><div class="body"><div class="pull_right date details" '
        f'title="{when:%d.%m.%Y %H:%M:%S} UTC+08:00">{when:%H:%M}</div><div class="from_name">\n{escape(who)}\n</div>'
        f'<div class="text">\n{escape(text).replace(chr(10), "<br>")}\n</div></div></div>'
        for when, who, text in said
    ]
    head = '<div class="page_wrap"><div class="page_header"><div class="text bold">\n讀書會\n</div></div><div class="history">'
    return f"<!DOCTYPE html><html><body>{head}{''.join(rows)}</div></div></body></html>"


def _seconds(when: datetime) -> int:
    return int(when.replace(tzinfo=timezone.utc).timestamp())


FORMS: dict[str, tuple[str, Callable[[Sequence[Said]], str], str]] = {
    "line": ("[LINE] 與張三的聊天.txt", _line, "與張三的聊天記錄"),
    "whatsapp": ("WhatsApp 與張三的對話.txt", _whatsapp, "WhatsApp 與張三的對話"),
    "android": ("WhatsApp 與張三的對話.txt", _android, "WhatsApp 與張三的對話"),
    "american": ("WhatsApp 與張三的對話.txt", _american, "WhatsApp 與張三的對話"),
    "qq": ("全部消息记录.txt", _qq, "張三"),
    "wechat": ("微信.txt", _wechat, "張三 和 Li Si"),
    "pasted": ("專案.txt", _pasted, "專案"),
    "telegram": ("result.json", _telegram, "讀書會"),
    "discord": ("a.json", _discord, "讀書會 閒聊"),
    "slack": ("general/2021-08-17.json", _slack, "general"),
    "chatgpt": ("conversations.json", _chatgpt, "食譜"),
    "claude": ("conversations.json", _claude, "食譜"),
    "page": ("messages.html", _page, "讀書會"),
}


def _read(name: str, content: str) -> list[Document]:
    documents = list(documents_of(replace(Source.of_bytes(name, content.encode()), path=name), ReadOptions()))
    assert all(isinstance(document, Document) for document in documents), documents
    return [document for document in documents if isinstance(document, Document)]


@pytest.mark.parametrize("form", FORMS)
def test_a_conversation_is_its_days(form: str) -> None:
    name, written, title = FORMS[form]
    first, second = _read(name, written(SAID))
    assert (first.title, first.date, first.id[-11:]) == (title, "2021-08-17", "#2021-08-17")
    assert (second.title, second.date, second.id[-11:]) == (title, "2021-08-18", "#2021-08-18")
    assert first.text == "張三：明天要不要去淡水看夕陽？\nLi Si：好啊: 幾點出發\n在捷運站集合"
    assert second.text == "張三：我遲到十分鐘"
    assert first.metadata["author"] == ("張三", "Li Si") and second.metadata["author"] == "張三"
    assert first.metadata["format"] == "chat"
    zone = " UTC" if form in ("slack", "chatgpt", "claude") else ""
    times = [place.label for place in (*first.locations, *second.locations) if place.kind == "time"]
    assert times == [f"15:20{zone} 張三", f"15:21{zone} Li Si", f"11:20{zone} 張三"]


@pytest.mark.parametrize("form", ["line", "whatsapp", "android", "qq", "wechat", "pasted"])
def test_lines_are_those_of_the_file(form: str) -> None:
    name, written, _ = FORMS[form]
    lines = written(SAID).split("\n")
    for document in _read(name, written(SAID)):
        known = {place.start: int(place.label) for place in document.locations if place.kind == "line"}
        start = line = 0
        for row in document.text.split("\n"):
            line = known.get(start, line + 1)
            assert row.rpartition("：")[2] in lines[line - 1]
            start += len(row) + 1


TEXTS = st.text("明天見面嗎ABC 12，。", min_size=1, max_size=12).map(str.strip).filter(lambda text: text[:1].isalpha())


@given(st.lists(st.tuples(st.integers(0, 9_000), st.sampled_from(["張三", "Li Si", "王小明🐈"]), TEXTS), min_size=2, max_size=9))
@pytest.mark.parametrize("form", FORMS)
def test_nothing_that_was_said_is_lost(form: str, said: list[tuple[int, str, str]]) -> None:
    messages = [(BEGIN + timedelta(minutes=minutes), who, text) for minutes, who, text in sorted(said)]
    name, written, _ = FORMS[form]
    assume(form != "pasted" or len({when.date() for when, _, _ in messages}) < len(messages))  # else it may be a diary
    documents = _read(name, written(messages))
    read = [(document.date, line) for document in documents for line in document.text.split("\n")]
    assert read == [(f"{when:%Y-%m-%d}", f"{who}：{' '.join(text.split()) if form == 'page' else text}") for when, who, text in messages]


def test_a_name_is_no_longer_than_names_are() -> None:
    """It stands before each message: one of a megabyte filled the memory."""
    assert people_in([{"id": "U1", "real_name": "n" * 1_000_000}]) == {"U1": "n" * 200}


def test_ids_of_slack_are_the_names_of_the_people(tmp_path: Path) -> None:
    messages = [
        {
            "type": "message",
            "ts": f"{_seconds(BEGIN)}.1",
            "user": "U1",
            "text": "<@U2> 看 <#C1|general>、<https://a.b/?x&amp;y|說明> &lt;3",
        },
        {
            "type": "message",
            "ts": f"{_seconds(BEGIN)}.2",
            "user": "U9",
            "text": "<!here> <@U9> <@U3|li> <mailto:a@b|a@b> <https://a.b> 1 < 2 > 0",
        },
    ]
    users = [
        {"id": "U1", "name": "zhang", "profile": {"display_name": "", "real_name": "張三"}},
        {"id": "U2", "name": "li"},
        {"id": 3},
        "x",
    ]
    (tmp_path / "general").mkdir()
    file = tmp_path / "general" / "2021-08-17.json"
    file.write_text(json.dumps(messages), "utf-8")
    rest = "@here @U9 @li a@b https://a.b 1 < 2 > 0"
    for known, first in ((json.dumps(users), "張三：@li"), (None, "U1：@U2"), ("{", "U1：@U2"), ('{"a": 1}', "U1：@U2")):
        if known is None:
            (tmp_path / "users.json").unlink()
        else:
            (tmp_path / "users.json").write_text(known, "utf-8")
        [document] = documents_of(Source.of_file(file), ReadOptions())
        assert isinstance(document, Document)
        assert document.text == f"{first} 看 #general、說明 <3\nU9：{rest}"
    if hasattr(os, "mkfifo"):
        (tmp_path / "users.json").unlink()
        os.mkfifo(tmp_path / "users.json")  # from which nothing would ever come
        with no_hang():
            [document] = documents_of(Source.of_file(file), ReadOptions())
        assert isinstance(document, Document) and document.text.startswith("U1：@U2")


def test_who_is_who_is_read_once_for_the_files_of_an_export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def asking(value: object) -> dict[str, str]:
        asked.append(value)
        return people_in(value)

    monkeypatch.setattr("searcher.documents.json.people.people_in", asking)
    users = [{"id": "U1", "name": "張三"}]
    (tmp_path / "users.json").write_text(json.dumps(users), "utf-8")
    for name in ("general", "random"):
        (tmp_path / name).mkdir()
        file = tmp_path / name / "2021-08-17.json"
        file.write_text(json.dumps([{"type": "message", "ts": f"{_seconds(BEGIN)}.1", "user": "U1", "text": "好"}]), "utf-8")
        [document] = documents_of(Source.of_file(file), ReadOptions())
        assert isinstance(document, Document) and document.text == "張三：好"
    assert asked == [users]


def test_several_conversations_of_one_file_are_told_apart() -> None:
    group = _qq(SAID[1:]).replace("消息对象:張三", "消息对象:專案組").replace("\ufeff", "")
    documents = _read("全部消息记录.txt", _qq(SAID[:1]) + group)
    assert [(_part(document), document.title) for document in documents] == [
        ("2021-08-17", "張三"),
        ("2021-08-17.2", "專案組"),
        ("2021-08-18", "專案組"),
    ]
    assert not any("===" in document.text for document in documents)
    chats = [{**json.loads(_telegram(SAID[:1])), "name": "張三"}, {"messages": []}, json.loads(_telegram(SAID[1:]))]
    documents = _read("result.json", json.dumps({"chats": {"list": chats}}))
    assert [(_part(document), document.title) for document in documents] == [
        ("2021-08-17", "張三"),
        ("2021-08-17.2", "讀書會"),
        ("2021-08-18", "讀書會"),
    ]


def test_a_day_keeps_its_id_though_an_export_begins_later() -> None:
    said = [*SAID, (SAID[-1][0] + timedelta(minutes=1), "王小明", "好")]
    whole, later = (_read("a.txt", _whatsapp(part)) for part in (said, [one for one in said if one[0].date() > SAID[0][0].date()]))
    assert [_part(document) for document in whole] == ["2021-08-17", "2021-08-18"]
    assert [(document.id, document.text) for document in later] == [(whole[1].id, whole[1].text)]


def _part(document: Document) -> str:
    return document.id.rpartition("#")[2]


def test_a_chat_in_an_archive_is_called_as_that() -> None:
    source = Source.of_bytes("WhatsApp 與張三的對話.zip", b"").member("_chat.txt", _whatsapp(SAID).encode())
    assert {document.title for document in read_chat(source, ReadOptions())} == {"WhatsApp 與張三的對話"}


def test_what_the_program_says_is_said_by_nobody() -> None:
    text = "2021/8/17 15:20 - 訊息和通話已加密\n2021/8/17 15:21 - 張三: 早\n"
    document = read_one("WhatsApp.txt", text)
    assert (document.text, document.metadata["author"]) == ("訊息和通話已加密\n張三：早", "張三")


def test_what_stands_before_the_first_message_belongs_to_its_day() -> None:
    first, second = read_all(
        "a.txt", "讀書會守則\n\n張三 2021-08-17 15:20\n早\n\n張三 2021-08-17 15:21\n早安\n\n李四 2021-08-18 15:30\n好\n"
    )
    assert isinstance(first, Document) and isinstance(second, Document)
    assert (first.text, first.date) == ("讀書會守則\n張三：早\n張三：早安", "2021-08-17")
    assert (second.text, second.date) == ("李四：好", "2021-08-18")
    assert [(place.start, place.label) for place in first.locations if place.kind == "line"] == [(0, "1"), (6, "4"), (11, "7")]


def test_what_stands_behind_the_last_message_belongs_to_its_day() -> None:
    documents = _read("a.txt", _qq(SAID) + "\n" + "=" * 20 + "\n以上為全部紀錄\n")
    assert documents[-1].date == "2021-08-18" and documents[-1].text.endswith("張三：我遲到十分鐘\n以上為全部紀錄")


def test_a_message_may_say_when_something_was_saved() -> None:
    text = (
        "[LINE] 與李四的聊天記錄\n儲存日期：2021/08/17 15:20\n\n2021/08/17（二）\n"
        '09:15\t張三\t"收據\n保存日期：五年\n謝謝"\n09:16\t李四\t好\n'
    )
    assert read_one("a.txt", text).text == "張三：收據\n保存日期：五年\n謝謝\n李四：好"


NO_MOMENTS: tuple[object, ...] = (0, 7, -1e20, float("nan"), float("inf"), "nan", "inf", 10**400, True, [], None)


@pytest.mark.parametrize(
    ("when", "moment"),
    [
        ("1629184815.000", "2021-08-17T07:20:15+00:00"),
        (1629184815, "2021-08-17T07:20:15+00:00"),
        (1629184815000, "2021-08-17T07:20:15+00:00"),
        ("20210817", "2021-08-17"),
        *((no_moment, "") for no_moment in NO_MOMENTS),
    ],
)
def test_moments_of_records(when: object, moment: str) -> None:
    (message,) = messages_of([{"ts": when, "text": "早"}], {})
    assert message.moment == moment


def test_a_long_conversation_is_read_message_by_message() -> None:
    said = [(BEGIN + timedelta(minutes=minute), "張三", f"第{minute}句") for minute in range(45_000)]
    documents = _read("result.json", _telegram(said))
    assert {document.title for document in documents} == {"讀書會"} and len(documents) == 32
    assert sum(document.text.count("\n") + 1 for document in documents) == len(said)


NO_CHATS = (
    "2021-08-17 15:20:33 INFO 啟動\n2021-08-17 15:20:34 ERROR 失敗\n  at a.b\n2021-08-17 15:20:35 INFO 結束\n2021-08-17 15:20:36 INFO 完\n",
    "2021-08-17 15:20:33,123 - root - INFO - 啟動\n2021-08-17 15:20:34,123 - root - INFO - 完\n",
    "2021/08/17 15:20:33 [error] 123#0: *1 失敗\n2021/08/17 15:20:34 [error] 123#0: *2 失敗\n",
    "2021-08-17 15:20:33 ERROR 失敗\njava.io.X\n at a.b\n2021-08-17 15:20:36 [WARN] 再試\njava.io.Y\n at a.b\n",
    "早餐  07:30\n午餐\n晚餐  18:00\n電影\n",
    "會議 2021-08-17 15:20\n討論預算。\n",
    "[LINE] 是一個程式\n它很好用。\n",
    "2021/8/17 晴\n今天 15:20 出門。\n",
    "2021-08-17 15:20 晴\n今天去了公園。\n\n2021-08-18 21:00 晴\n在家看書。\n",
    "v1.2 2021-08-17 15:20\n修了些錯誤\n\nv1.1 2021-07-17 15:20\n新功能\n",
)


@pytest.mark.parametrize("text", NO_CHATS)
def test_logs_and_notes_are_no_conversations(text: str) -> None:
    assert read_one("a.txt", text).metadata["format"] == "text"


def test_the_log_of_a_program_is_never_one() -> None:
    (log,) = read_all("a.log", _whatsapp(SAID))
    assert isinstance(log, Document) and log.metadata["format"] == "text"


@given(st.binary(max_size=300) | st.text("[LINE] 2021/08/17：:-上午\t\n張三()<>@ ", max_size=200).map(str.encode))
def test_whatever_a_file_holds_nothing_is_raised(data: bytes) -> None:
    assert isinstance(read_all("a.txt", b"[LINE] \xe8\x88\x87\n2021/08/17 x\n09:15\ta\tb\n" + data), list)
