"""Calendars and address books become documents, one an event or a card."""

from __future__ import annotations

import quopri
import sys
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.documents import Document, ReadOptions, Skipped, Source
from searcher.documents.document import PLAIN, Refused
from searcher.documents.mail.calendars import read_calendar, read_cards
from searcher.documents.sources.format import Reader
from tests.documents.reading import read_all, read_one, skipped
from tests.patience import no_hang

EVENT = """BEGIN:VCALENDAR
VERSION:2.0
X-WR-CALNAME:工作
BEGIN:VTIMEZONE
TZID:Asia/Taipei
END:VTIMEZONE
BEGIN:VEVENT
UID:1
DTSTART;TZID=Asia/Taipei:20210817T093000
DTEND;TZID=Asia/Taipei:20210817T103000
SUMMARY;LANGUAGE=zh-TW:季度\\, 會議
LOCATION:第一會議室
DESCRIPTION:討論預算。\\n請帶上
 報告\\; 準時。
ORGANIZER;CN="王, 小明":mailto:a@b
ATTENDEE;ROLE=REQ-PARTICIPANT;CN=李四:mailto:c@d
CATEGORIES:會議,預算
BEGIN:VALARM
DESCRIPTION:提醒
END:VALARM
END:VEVENT
BEGIN:VTODO
SUMMARY:繳稅
DUE;VALUE=DATE:20210531
END:VTODO
END:VCALENDAR
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_event_is_a_document(newline: str) -> None:
    event, task = read_all("日曆.ics", EVENT.replace("\n", newline))
    assert isinstance(event, Document) and isinstance(task, Document)
    assert (event.id, event.title, event.date) == ("日曆.ics#1", "季度, 會議", "2021-08-17T09:30:00")
    assert event.text.split("\n") == [
        "季度, 會議",
        "2021-08-17 09:30 – 2021-08-17 10:30",
        "第一會議室",
        "王, 小明; 李四",
        "討論預算。",
        "請帶上報告; 準時。",
    ]
    assert (event.metadata["format"], event.metadata["location"], event.metadata["category"]) == ("ics", "第一會議室", ("會議", "預算"))
    assert (task.title, task.date, task.text) == ("繳稅", "2021-05-31", "繳稅\n2021-05-31")


QUOTED = quopri.encodestring("王小明".encode()).decode().strip()
SOFT = "=\n".join(quopri.encodestring("北京市海淀区中关村大街".encode()).decode().replace("=\n", "").split("=E6", 1)).replace(
    "=\n", "=\n=E6", 1
)
CARDS = f"""BEGIN:VCARD
VERSION:3.0
FN:張三
N:張;三;;;
ORG:某某公司;研發部
TITLE:工程師
item1.TEL;TYPE=CELL:+86 138 0013 8000
EMAIL:z@example.cn
ADR;TYPE=HOME:;;長安街1號;北京;;100000;中國
NOTE:在展會認識\\n愛喝茶
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRg
 ABAQAAAQABAAD
BDAY:1980-02-03
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{QUOTED};;;;
TEL;CELL:13900139000
ADR;HOME;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;;{SOFT};;;;
END:VCARD
"""


def test_every_card_is_a_document() -> None:
    for name in ("通訊錄.vcf", "contacts"):
        first, second = read_all(name, CARDS)
        assert isinstance(first, Document) and isinstance(second, Document)
        assert (first.title, first.metadata["company"], first.date) == ("張三", "某某公司 研發部", None)
        assert first.text.split("\n") == [
            "張三",
            "某某公司 研發部",
            "工程師",
            "+86 138 0013 8000",
            "z@example.cn",
            "長安街1號 北京 100000 中國",
            "1980-02-03",
            "在展會認識",
            "愛喝茶",
        ]
        assert second.text == "王小明\n13900139000\n北京市海淀区中关村大街"


def test_an_old_telephone_writes_gbk() -> None:
    name = quopri.encodestring("张三".encode("gbk")).decode().strip()
    card = f"BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:{name}\nEND:VCARD\n"
    assert read_one("a.vcf", card).title == "张三"
    assert read_one("a.vcf", card.replace("CHARSET=GBK", "CHARSET=X-NONE")).title
    assert read_one("a.vcf", "BEGIN:VCARD\nFN:张三丰\nEND:VCARD\n".encode("gbk")).title == "张三丰"


@pytest.mark.parametrize("declared", ["", ";CHARSET=UTF-8", ";CHARSET=GB2312", ";CHARSET=idna", ";CHARSET=undefined", ";CHARSET=hex"])
def test_a_wrong_charset_loses_no_character(declared: str) -> None:
    name = "".join(f"={byte:02X}" for byte in "朱镕基".encode("gbk"))
    assert read_one("a.vcf", f"BEGIN:VCARD\nFN{declared};ENCODING=QUOTED-PRINTABLE:{name}\nEND:VCARD\n").title == "朱镕基"


def test_no_charset_gives_half_a_character() -> None:
    card = "BEGIN:VCARD\nFN;CHARSET=unicode_escape;ENCODING=QUOTED-PRINTABLE:a=5Cud800\nEND:VCARD\n"
    assert read_one("a.vcf", card).text.encode()


def test_names_and_addresses_of_telephones() -> None:
    card = 'BEGIN:VCARD\nN:Wang;Ming;;;\nIMPP;X-SERVICE-TYPE=QQ:x-apple:12345\nX-QQ:999\nNOTE;X="甲:乙\nEND:VCARD\n'
    assert read_one("a.vcf", card).text == "Wang Ming\nx-apple:12345\n999\n乙"


def _one_event(lines: str, head: str = "") -> Document:
    return read_one("a.ics", f"BEGIN:VCALENDAR\n{head}BEGIN:VEVENT\nSUMMARY:會\n{lines}END:VEVENT\nEND:VCALENDAR\n")


@pytest.mark.parametrize(
    ("end", "shown"), [("20210818", "2021-08-17"), ("20210820", "2021-08-17 – 2021-08-19"), ("20210817", "2021-08-17"), ("?", "2021-08-17")]
)
def test_whole_days_end_before_the_day_that_is_named(end: str, shown: str) -> None:
    assert _one_event(f"DTSTART;VALUE=DATE:20210817\nDTEND;VALUE=DATE:{end}\n").text == f"會\n{shown}"


@pytest.mark.skipif(sys.platform != "win32" and "Asia/Taipei" not in available_timezones(), reason="no zones here")
def test_the_time_of_greenwich_is_told_in_the_zone_of_the_calendar() -> None:
    lines = "DTSTART:20210817T230000Z\nDTEND:20210818T003000Z\n"
    event = _one_event(lines, "X-WR-TIMEZONE:Asia/Taipei\n")
    assert (event.date, event.text) == ("2021-08-18T07:00:00+08:00", "會\n2021-08-18 07:00 – 2021-08-18 08:30")
    for zone in ("", "X-WR-TIMEZONE:Asia/Nowhere\n", "X-WR-TIMEZONE:../../etc\n", "X-WR-TIMEZONE:America/Argentina\n"):
        event = _one_event(lines, zone)
        assert (event.date, event.text) == ("2021-08-17T23:00:00+00:00", "會\n2021-08-17 23:00 UTC – 2021-08-18 00:30 UTC")
    assert _one_event("DTSTART:99991231T235959Z\n", "X-WR-TIMEZONE:Asia/Taipei\n").date == "9999-12-31T23:59:59+00:00"


@pytest.mark.parametrize("cut", range(1, 12))
def test_a_fold_inside_a_character_loses_nothing(cut: int) -> None:
    title = "季度會議".encode()
    event = b"BEGIN:VEVENT\r\nSUMMARY:" + title[:cut] + b"\r\n " + title[cut:] + b"\r\nEND:VEVENT\r\n"
    assert read_one("a.ics", event).title == "季度會議"


def test_tags_that_a_program_leaves_are_not_shown() -> None:
    assert _one_event("DESCRIPTION:甲<br>乙\\n<b>丙</b>丁 &amp; 戊\n").text == "會\n甲\n乙\n丙丁 & 戊"
    assert _one_event("DESCRIPTION:甲 <乙> &amp; a < b\n").text == "會\n甲 <乙> &amp; a < b"


def test_who_has_no_name_is_known_by_the_address() -> None:
    assert _one_event("ATTENDEE:MAILTO:a@b.cn\nATTENDEE;CN=李四:mailto:c@d\n").text == "會\na@b.cn; 李四"


@pytest.mark.parametrize("name", ["a.ics", "a.vcf"])
def test_what_has_only_the_name_is_plain_text(name: str) -> None:
    document = read_one(name, "##fileformat=VCFv4.2\n一段文字\n")
    assert document.metadata["format"] == "text" and document.text.endswith("一段文字")


def test_what_is_broken_or_empty() -> None:
    unended = read_all("a.vcf", "BEGIN:VCARD\nFN:甲\nBEGIN:VCARD\nFN:乙\n")
    assert [item.title for item in unended if isinstance(item, Document)] == ["甲", "乙"]
    assert skipped("a.ics", "BEGIN:VCALENDAR\nEND:VCALENDAR\n")[0] == "empty"
    (nothing,) = read_all("a.vcf", "BEGIN:VCARD\nUID:1\nEND:VCARD\n")
    assert isinstance(nothing, Skipped) and nothing.reason == "empty"


def test_long_files_take_no_square_of_their_length() -> None:
    with no_hang():
        assert read_all("a.ics", "BEGIN:VEVENT\nDESCRIPTION:x\n" + " y\n" * 200_000)
        assert read_all("a.ics", "BEGIN:VEVENT\n" * 50_000 + "SUMMARY:x\n")
        assert read_all("a.vcf", 'BEGIN:VCARD\nFN:x\nX;A="' + '";"' * 100_000)
        assert read_all("a.vcf", "BEGIN:VCARD\nFN;QUOTED-PRINTABLE:" + "=41=\n" * 100_000)
        assert read_all("a.ics", "BEGIN:VEVENT\nSUMMARY:x\n" + "BEGIN:VALARM\n" * 100_000)


@pytest.mark.parametrize("reader", [read_calendar, read_cards])
@given(
    st.lists(
        st.sampled_from(["BEGIN:", "END:", "VCARD", "VEVENT", "\n", " ", "FN", ":", ";", "=", '"', "甲", "\\n", "QUOTED-PRINTABLE", "N"])
    )
)
def test_whatever_it_is_nothing_is_raised(reader: Reader, pieces: list[str]) -> None:
    try:
        items = list(reader(Source.of_bytes("a", "".join(pieces).encode()), ReadOptions()))
    except Refused as refusal:
        assert refusal.reason in ("empty", PLAIN)
    else:
        assert all(isinstance(item, Document) and item.title for item in items)
