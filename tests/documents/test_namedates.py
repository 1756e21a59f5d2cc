"""A file's name says a date where it says one, and numbers that are none say nothing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searcher.documents import Document, ReadOptions, Source, documents_of
from searcher.documents.description.namedates import date_in_name, date_in_title


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("2021-08-12 會議.txt", "2021-08-12"),
        ("20210812_x.md", "2021-08-12"),
        ("report-2021-08-12.final.md", "2021-08-12"),
        ("2021.8.12 纪要.txt", "2021-08-12"),
        ("2021_08_12.txt", "2021-08-12"),
        ("民國110年度預算.pdf", "2021"),
        ("民國一百一十年八月.txt", "2021-08"),
        ("民國元年.txt", "1912"),
        ("110年8月12日紀錄.docx", "2021-08-12"),
        ("2021年8月.txt", "2021-08"),
        ("２０２１年８月１２日.txt", "2021-08-12"),
        ("二〇二一年八月十七日通知.docx", "2021-08-17"),
        ("2021年年度报告.pdf", "2021"),
        ("2021-08 月報.md", "2021-08"),
        ("IMG_20210812_101500.jpg", "2021-08-12"),
        ("IMG20210812.jpg", "2021-08-12"),
        ("20210812101500.txt", "2021-08-12"),
        ("20210812T1015.txt", "2021-08-12"),
        ("archive.20210812.tar.gz", "2021-08-12"),
    ],
)
def test_what_says_a_date(name: str, said: str) -> None:
    assert date_in_name(name) == said


@pytest.mark.parametrize(
    "name",
    [
        "2019-2021 report.md",
        "2021.txt",
        "202108.txt",
        "2021-13-40.txt",
        "2021-2-30.txt",
        "20211332.txt",
        "13812345678.txt",
        "978-7-2021-08-12.pdf",
        "0ba390c34e7e8bd5.txt",
        "abc20210812.txt",
        "v2021.08.txt",
        "3.14.txt",
        "192.168.10.12.log",
        "5年計畫.txt",
        "改革开放40年.txt",
        "110年度.docx",
        "99年8月12日.txt",
        "第2021号.txt",
        "",
    ],
)
def test_numbers_that_are_none(name: str) -> None:
    assert date_in_name(name) is None


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%Y_%m_%d", "%Y年%m月%d日", "%Y.%m.%d"]))
def test_any_day_in_any_of_the_ways(day: date, written: str) -> None:
    assert date_in_name(f"會議 {day.strftime(written)} 紀錄.txt") == day.isoformat()


@pytest.mark.parametrize("until", ["-", "–", "—", "~", "～", "至", "到"])
def test_the_end_of_a_time_is_no_date(until: str) -> None:
    for begin, end in (("1912年", "1949年史料"), ("一九一二年", "一九四九年"), ("公元前7世纪 ", " 1869年"), ("1990", "1995年")):
        assert date_in_name(f"{begin}{until}{end}.txt") is None
    assert date_in_name(f"报告{until}2019年.txt") == "2019"
    assert date_in_name(f"2019年{until}总结.txt") == "2019"


def test_what_a_document_says_itself_comes_first() -> None:
    def dated(text: str) -> str | None:
        [document] = documents_of(Source.of_bytes("2021-08-12.md", text.encode()), ReadOptions())
        assert isinstance(document, Document)
        return document.date

    assert dated("---\ndate: 2019-01-02\n---\n文") == "2019-01-02"
    assert dated("文") == "2021-08-12"


@pytest.mark.parametrize(
    ("name", "stamped", "date"),
    [
        ("2021-08-12 會議.pdf", "2026-11-26T01:02:03+00:00", "2021-08-12"),
        ("2021年年度报告.pdf", "2021-03-05", "2021-03-05"),
        ("民國110年度預算.docx", "2026-11-26", "2021"),
        ("會議.pdf", "2026-11-26", "2026-11-26"),
        ("2021-08-12 會議.pdf", None, "2021-08-12"),
        ("會議.pdf", None, None),
    ],
)
def test_a_name_says_more_than_the_stamp_of_a_program_unless_that_is_more_exact(name: str, stamped: str | None, date: str | None) -> None:
    source = Source.of_bytes(name, b"")
    assert source.document(title="", text="", stamped=stamped).date == date
    assert source.document(title="", text="", date="2019", stamped=stamped).date == "2019"


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("2021-08-12 第三次會議", "2021-08-12"),
        ("20160204 「公共政策」座談會", "2016-02-04"),
        ("立法會 ─ 2013年 1月 9日", "2013-01-09"),
        ("立法會會議 2013年1月9日（星期三）", "2013-01-09"),
        ("【110年8月12日】紀錄", "2021-08-12"),
        ("會議紀錄 (2021.8.12)", "2021-08-12"),
        ("会议/纪要 2021-08-12", "2021-08-12"),
        ("中华人民共和国刑法（2020年12月26日修正）", None),
        ("自中華民國九十七年七月一日至九十八年十二月三十一日適用之辦法", None),
        ("1937年7月7日，盧溝橋事變爆發", None),
        ("盧溝橋事變爆發於1937年7月7日。", None),
        ("2021年3月5日起施行的規定", None),
        ("2021年3月5日以前報名者", None),
        ("民國110年3月5日之後的辦法", None),
        ("民國110年度預算", None),
        ("2021年8月月報", None),
        ("2021-13-45 編號", None),
        ("", None),
    ],
)
def test_a_title_begins_or_ends_with_the_day_that_it_is_of(title: str, said: str | None) -> None:
    assert date_in_title(title) == said


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("cm0109.txt", "立法會 ─ 2013年 1月 9日\n\n會議過程正式紀錄", "2013-01-09"),
        ("cm.md", "# 2013-01-09 會議\n\n議程", "2013-01-09"),
        ("2013-01-10 cm.txt", "2013-01-09 會議\n\n議程", "2013-01-10"),
        ("cm.md", "---\ndate: 2013-02-01\n---\n# 2013-01-09 會議\n\n議程", "2013-02-01"),
        ("cm.txt", "議程\n2013年1月9日", None),
        ("a.txt", "財政局　函\n發文日期：中華民國111年3月5日\n主旨：一", "2022-03-05"),
        ("a.html", "<p>某某局文件<p>发文日期： 2021-08-17<p>正文", "2021-08-17"),
        ("2021.txt", "函\n發文日期：中華民國111年3月5日", "2022-03-05"),
        ("2021-08-17 函.txt", "函\n發文日期：中華民國111年3月5日", "2021-08-17"),
        ("a.txt", "尚書\n成文時間：約公元前1000年", None),
        ("a.txt", "函\n發文日期：\n主旨：111年3月5日", None),
        ("a.txt", "復　貴局發文日期：111年3月5日之函", None),
    ],
)
def test_minutes_are_of_the_day_in_their_title_and_letters_of_the_day_they_were_sent(name: str, text: str, said: str | None) -> None:
    [document] = documents_of(Source.of_bytes(name, text.encode()), ReadOptions())
    assert isinstance(document, Document) and document.date == said
