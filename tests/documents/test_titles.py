"""A title is found in order: front matter, heading, first bold words, first line, file name."""

from __future__ import annotations

from pathlib import Path

import pytest

from searcher import Document, read_documents
from searcher.documents.description.titles import clean_title, first_line, page_title, typed_title
from tests.documents.reading import read_one

LONG = "這是一個很長的第一行，裡面有許多字，為的是讓它比一個標題還要長得多，長到沒有人會把它當作標題。" * 3

CASES = [
    ("a.md", "---\ntitle: 前\n---\n# 標題\n\n文", "前"),
    ("a.md", "# 標題\n\n**粗**文", "標題"),
    ("a.md", "引言\n\n# 標題\n\n文", "標題"),
    ("a.md", "**粗體**是什麼\n\n## 小節\n\n文", "粗體"),
    ("a.md", "## 小節\n\n**粗體**文", "小節"),
    ("a.md", "第一行\n\n## 小節\n\n文", "第一行"),
    ("繼承.md", "## 一、優點\n\n文\n\n## 二、缺點", "繼承"),
    ("繼承.md", "## 繼承的優點\n\n文\n\n## 二、缺點", "繼承的優點"),
    ("類的繼承.md", "# 繼承\n\n# 多態", "類的繼承"),
    ("繼承.md", "# 優點\n\n## 一\n\n## 二", "優點"),
    ("繼承.md", "- ## 優點\n  - 甲", "繼承"),
    ("繼承.md", "## 優點\n\n- ## 缺點", "繼承"),
    ("第三章.md", "## 優點\n\n## 缺點", "優點"),
    ("notes.md", "## 優點\n\n## 缺點", "優點"),
    ("notes.md", "- ## 優點", "優點"),
    ("a.html", "<html><title>題 - 站</title><h1>題</h1><p>文", "題"),
    ("a.html", "<html><title>題</title><h1>站名</h1><p>文", "題"),
    ("a.html", "<p><b>粗</b>文<p>二<p>三", "粗"),
    ("a.html", "<p>文<b>粗</b></p><p>二<p>三", "文粗"),
    ("a.txt", "\n\n　　第一行\n第二行", "第一行"),
    ("a.txt", "第一句。" + LONG, "第一句"),
    ("名.txt", "——————\n=====", "名"),
    ("dict.small.txt", "的 3188252 uj\n" * 8, "dict.small"),
    ("idf.txt", "劳动防护\t13.9\n" * 8, "idf"),
    ("idf.txt", "劳动防护\t13.9\n" * 7, "劳动防护 13.9"),
    ("idf.txt", "劳动防护 -13,900.5%\n" * 8, "idf"),
    ("idf.txt", "劳动防护 13.9\n" * 4 + "防护 劳动 13.9\n" * 4, "劳动防护 13.9"),
    ("numbers.txt", "7\n8\n" * 4 + "判決書\n", "判決書"),
    ("iris.txt", "5.1 3.5 1.4 .2 0 1 山鸢尾\n" * 8, "iris"),
    ("vocab.txt", "词频表\n" + "劳动防护 13.9\n" * 8, "词频表"),
    ("poem.txt", "春眠 不觉晓\n" * 8, "春眠 不觉晓"),
    ("投資審定辦法.txt", "第 1 條\n本辦法依……", "投資審定辦法"),
    ("劳动合同法.txt", "第一章 总则\n第一条 为了", "劳动合同法"),
    ("劳动合同法.md", "# 第一章 总则\n\n第一条 为了", "第一章 总则"),
    ("會議.txt", "一、報告事項", "會議"),
    ("a1b2.txt", "第一章 总则", "第一章 总则"),
    ("存證信函.txt", "敬啟者：台端積欠租金六萬元，請於七日內給付。", "存證信函"),
    ("存證信函.txt", "敬啟者。" + LONG, "存證信函"),
    ("存證信函.txt", LONG, "存證信函"),
    ("存證信函.txt", "致房客\n台端積欠租金六萬元。", "致房客"),
    ("新建文本文档.txt", "敬啟者：台端積欠租金六萬元。", "敬啟者：台端積欠租金六萬元。"),
    ("新建文本文档 (2).txt", "敬啟者：台端積欠租金六萬元。", "敬啟者：台端積欠租金六萬元。"),
    ("新文字文件.txt", "敬啟者：台端積欠租金六萬元。", "敬啟者：台端積欠租金六萬元。"),
    ("通知.txt", "各院系：\n根據規定", "通知"),
    ("a1.txt", "各院系：\n根據規定", "各院系："),
    ("專業目錄.txt", "附件3\n\n專業目錄（本科）", "專業目錄"),
    ("專業目錄.txt", "附件：\n專業目錄（本科）", "專業目錄"),
    ("專業目錄.txt", "附件下載說明\n專業目錄", "附件下載說明"),
    ("验收计划.txt", "一 导言\n正文", "验收计划"),
    ("管理计划.txt", "一．软件项目\n正文", "管理计划"),
    ("质量计划.txt", "案卷号\n日期\n", "质量计划"),
    ("q1.txt", "案卷号\n日期\n", "案卷号"),
    ("简历.txt", "姓 名：\n张三", "简历"),
    ("书单.txt", "作者\t作品\n鲁迅\t呐喊", "书单"),
    ("总结.txt", "（有些版本可能不支持）\n正文", "总结"),
    ("总结.txt", "通知（草案）\n正文", "通知（草案）"),
    ("开题报告.txt", "题 目：预付费系统\n正文", "预付费系统"),
    ("a.md", "# 论文题目: 预付费系统\n\n文", "预付费系统"),
    ("a.md", "# 文书标题：委托合同纠纷判决书\n\n文", "委托合同纠纷判决书"),
    ("a.md", "# 说明题目：预付费系统\n\n文", "说明题目：预付费系统"),
    ("a.txt", "\uf026 注意事項\n文", "注意事項"),
    ("a.txt", "-A 選項\n文", "-A 選項"),
    ("a.txt", "--help 說明\n文", "--help 說明"),
    ("a.txt", "-項目\n文", "項目"),
    ("a.txt", "- Item\n文", "Item"),
    ("a.txt", "---- 附錄\n文", "附錄"),
    ("index.html", "<title>無標題文檔</title><h1>起訴狀</h1>文", "起訴狀"),
    ("index.html", "<title>Untitled Document</title><p>起訴狀</p><p>文", "起訴狀"),
    ("index.html", "<title>Document</title><h1>起訴狀</h1>文", "起訴狀"),
    ("index.html", "<title>新建网页 1</title><h1>起訴狀</h1>文", "起訴狀"),
    ("遠行.txt", "本書由某某小說網（www.example.com）整理\n序", "遠行"),
    ("遠行.txt", "您下載的電子書來自某某書庫\n序", "遠行"),
    ("遠行.txt", "某某TXT下載網 提供\n序", "遠行"),
    ("遠行.txt", "http://example.com 的安裝說明\n正文", "http://example.com 的安裝說明"),
    ("a.txt", "本書由某某小說網（www.example.com）整理\n序", "本書由某某小說網（www.example.com）整理"),
    ("letter.txt", "敬啟者：台端積欠租金六萬元。", "敬啟者：台端積欠租金六萬元。"),
    ("近代史.md", "**甲午**戰爭始於光緒二十年。\n\n其後。", "甲午"),
    ("路線.txt", "第三條路線是什麼", "第三條路線是什麼"),
    ("331.txt", "統 一 企 業 股 份 有 限 公 司 及 子 公 司\n合併財務報告", "統一企業股份有限公司及子公司"),
    (
        "361.txt",
        "(二 )尚 未 採 用金 管 會認 可之 新 發布 、 修 正 後國 際 財務 報 導準 則\n文",
        "(二 )尚未採用金管會認可之新發布、修正後國際財務報導準則",
    ),
    ("a.md", "# 身 分 證 影 印 本\n\n文", "身分證影印本"),
    ("list.jsp", '<%@ page pageEncoding="utf-8"%>\n<h1>起訴狀</h1>', "list.jsp"),
    ("index.rst.txt", ".. 註解\n\n手冊\n====\n\n文", "手冊"),
    ("section.rst_", "選項\n----\n\n文", "選項"),
    ("index.md.txt", "文\n\n# 手冊", "手冊"),
    ("a.txt", "人士 人物 人氏 人選", "人士 人物 人氏 人選"),
    ("a.txt", "甲 乙 丙", "甲 乙 丙"),
]


@pytest.mark.parametrize(("name", "content", "title"), CASES)
def test_the_order(name: str, content: str, title: str) -> None:
    assert read_one(name, content).title == title


def test_a_long_first_line_is_cut() -> None:
    assert first_line("字" * 200) == "字" * 40 + "…"


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("用 <code>x</code> 的<b>方法</b>", "用 x 的方法"),
        ("<input>：輸入元素", "<input>：輸入元素"),
        ("甲 &amp; 乙", "甲 & 乙"),
        ("甲\x1b[31m\n\t乙", "甲 [31m 乙"),
    ],
)
def test_titles_are_clean(written: str, clean: str) -> None:
    assert clean_title(written) == clean


def test_the_heading_of_a_page_without_title() -> None:
    assert page_title(None, "題") == "題"
    assert page_title(" ", None) is None


def test_neither_a_page_number_nor_an_interpreter_is_a_title() -> None:
    assert first_line("1\n汉风图纹") == "汉风图纹"
    assert first_line("#!/bin/sh\n# 备份") == "备份"
    assert first_line("2021\n%") == "2021"
    for number in ("第1页，共 4 页", "第 2 頁", "- Page 1 of 3 -", "第1頁/共5頁"):
        assert first_line(f"{number}\n中山大学期末考试") == "中山大学期末考试"
    assert first_line("第2页的秘密\n文") == "第2页的秘密"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("PowerPoint 演示文稿", None),
        ("PowerPoint Presentation", None),
        ("(anonymous)", None),
        ("unspecified", None),
        ("PowerPoint-presentatie", None),
        ("PowerPoint 簡報設計原理", "PowerPoint 簡報設計原理"),
        ("没有幻灯片标题", None),
        ("スライド 1", None),
        ("無標題 2", None),
        ("Microsoft Word - 報告.doc", None),
        ("Zhao et al edited.v2f.doc", None),
        ("how to write robots.txt", "how to write robots.txt"),
        ("Microsoft Word - 民法總則", "民法總則"),
        ("Microsoft Excel 入門", "Microsoft Excel 入門"),
        (" 新建 Microsoft Word 文档", None),
        ("C:\\文件\\報告", None),
        ("week1.md", None),
        ("{{ page.title }} - 網誌", None),
        ("文件管理辦法", "文件管理辦法"),
        ("\ue123\ue124", None),
    ],
)
def test_a_title_that_a_program_puts_there_is_none(written: str, title: str | None) -> None:
    assert typed_title(written) == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# vim: set ts=4:\n備份", "備份"),
        ("# coding: utf-8\n備份", "備份"),
        ("// -*- C++ -*-\n// 排序", "// 排序"),
        ("編碼 coding: 如何學習", "編碼 coding: 如何學習"),
        ("  {% include a.html %}\n{{ b }}\n備份", "備份"),
        ("集合 {{ a }}", "集合 {{ a }}"),
    ],
)
def test_what_tells_an_editor_how_to_show_a_file_is_no_title(text: str, title: str) -> None:
    assert first_line(text) == title


def test_source_code_is_called_by_the_name_of_its_file(tmp_path: Path) -> None:
    for name, text, title in (
        ("main.go", "package main\n// 讀取設定檔\n", "main.go"),
        ("對數.PY", '"""對數程式。"""\n', "對數.PY"),
        ("docker.service.j2", "[Unit]\nDescription=容器\n", "docker.service.j2"),
        ("a.cu", "// 核心函数\n__global__ void f() {}\n", "a.cu"),
        ("a.cuh", "/* 核心函数 */\n", "a.cuh"),
        ("a.lua", "-- 甲\n-- # 乙\n--------\n\n# 丙\n", "a.lua"),
        ("a.yaml", "# 甲\n# 乙\n---\nb: **丙**\n", "a.yaml"),
        ("a.sql", "---\ntitle: 題目\n---\nselect 1; -- 題\n", "題目"),
        ("a.txt", "package main\n// 讀取設定檔\n", "package main"),
    ):
        (tmp_path / name).write_text(text, "utf-8")
        [document] = read_documents(tmp_path / name)
        assert isinstance(document, Document) and document.title == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("关于开展学雷锋纪念日\n\n主题志愿服务活动的通知\n\n各部门：", "关于开展学雷锋纪念日主题志愿服务活动的通知"),
        ("某市關於修訂\n\u3000\u3000道路停車\n收費辦法（試行）\n第一條", "某市關於修訂道路停車收費辦法（試行）"),
        ("关于停水的通知\n\n关于停电的通知", "关于停水的通知"),
        ("关于我\n我喜欢读书\n也喜欢写字\n写过一份报告", "关于我"),
        ("关于开展活动\n各部门要重视。现将方案\n通知", "关于开展活动"),
        ("学习材料\n关于停水的通知", "学习材料"),
        ("• 关于停水的通知\n文", "关于停水的通知"),
        ("关于甲乙\n丙丁\n戊己\n庚辛通知", "关于甲乙"),
    ],
)
def test_the_title_of_a_letter_may_be_broken_into_lines(text: str, title: str) -> None:
    assert read_one("a.txt", text).title == title


def test_signs_of_direction_and_marks_behind_a_heading_are_no_part_of_a_title() -> None:
    assert clean_title("李明: \u200e訊息\u202c") == "李明: 訊息"
    assert first_line("====== 安裝說明 ======\n文") == "安裝說明"
    assert first_line("a = b =") == "a = b ="
