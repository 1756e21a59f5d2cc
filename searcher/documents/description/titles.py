"""What is this document called?"""

from __future__ import annotations

import re
import unicodedata
from html import unescape

_LONGEST = 80  # characters of a first line that still is a title
_SHORTEST_CUT = 40
_BEGINNING = 4000  # characters of a text in which its title stands
_SENTENCE_END = re.compile(r"[。！？!?；;]")
_PART = re.compile(
    r"第 ?[0-9〇零一二三四五六七八九十百千]+ ?[编編篇卷章节節条條款回](?=[ :：]|$)"
    r"|[目前引] ?[录錄言]$|摘 ?要$|[（(]?[0-9一二三四五六七八九十]{1,3}[)）、．]|[一二三四五六七八九十]{1,3}[ \u3000]"
    r"|附 ?[件表录錄] ?[0-9一二三四五六七八九十]{0,3} ?[:：]?$"
)
_SECTION = re.compile(
    r"(?:[0-9IVX]+(?:\.[0-9]+)*\.?\s*)?"
    r"(?:abstract|introduction|summary|(?:table of )?contents|references|preface|foreword|overview|background|acknowledge?ments|key ?words"
    r"|history|motivation|conclusions?|[摘提]\s*要|[引前]\s*言|[绪緒]\s*[论論]|目\s*[录錄]|[参參]考文[献獻])"
    r"(?:\s+[A-Z])?[:：]?"  # an initial behind it
    r"|this paper is included in the\b.*",  # on covers of USENIX
    re.IGNORECASE,
)
"""What any paper has for a heading."""
_BLANKS = frozenset(
    "分类号 分類號 密级 密級 保密级别 保密等级 学号 學號 姓名 导师 導師 编号 編號 文件编号 文档编号 项目编号 合同编号 档号 檔號"
    " 案卷号 案卷號 文号 文號 学校代码 單位代碼 单位代码 UDC 日期 版本 版本号 文档状态 序号 序號 题目 題目 标题 標題 项目名称".split()
)
"""What is filled in on a cover or the head of a table."""
_CALLED = re.compile(r"\A(?:[论論]文|文[书書章])?(?:[题題]\s*目|[标標]\s*[题題])\s*[:：]\s*(?=\S)")
"""题目：基于Web的预付费管理系统"""
_CALLING = re.compile("title|[标標][题題]|(.{1,6}名[称稱])")
_NUMBER_OF_PART = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})*\.?[\s　](?![年月日])")
_FULL_STOP = re.compile("[。；]")
_NUMBERED = re.compile(r" \d+$")  # one of many in a file, which its name does not mean
_HAN_NAME = re.compile(r"[一-鿿].*[一-鿿]")
HAN = re.compile("[一-鿿]")
_SPACED = re.compile(r"(?<=[\u3001-\u9fff\uff01-\uff5e]) (?=[\u3001-\u9fff\uff01-\uff5e])")
_NUMBER = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)*%?")
_ROWS = 8  # of a table
_FEWEST_SPACED = 4  # characters that do not stand apart by chance
_ADVERTISES = re.compile(
    r"(?=.*(?:下[载載]|电子书|電子書|小[说說]|txt|[书書][库庫屋]|整理|收藏|搜集)).*(?:https?://|www\.|[a-z0-9-]\.(?:com|net|org|cn)\b)"
    r"|(?=.*(?:电子书|電子書|txt)).*下[载載]",
    re.IGNORECASE,
)
"""本书由某某电子书网www.example.com整理: what sites put before a book."""
_FOR_PROGRAMS = re.compile(r"^#!|-\*-.*-\*-|\bvim?: |^\W*coding[:=] ?[\w.-]+\W*$|^\s*\{[{%]")
"""The interpreter of a script, how an editor shows a file, what a template is filled in with."""
_LETTER = re.compile(r"\s*[^\n。：:]{0,30}[关關][于於][^\n。：:]{2,}\n")
_KIND_OF_LETTER = re.compile(
    r"(?:通知|通[报報]|方案|[办辦]法|意[见見]|[报報]告|[决決][定议議]|[公通]告|[请請]示|批[复復覆]|[规規]定|[细細][则則]|[纪紀]要|[总總][结結]|函)"
    r"(?:[（(][^（()）]{1,10}[)）])?$"
)
_TAG = re.compile(r"</?(?:b|i|em|emphasis|strong|code|span|a|sup|sub|br|font|u|s|small|mark|p|div|h[1-6])(?:\s[^<>]*)?/?>", re.IGNORECASE)
_MADE_BY = re.compile(r"^(?:Microsoft (?:Word|PowerPoint|Excel)|PowerPoint Presentation)\s*-\s*", re.IGNORECASE)
_BY_PROGRAMS = re.compile(
    r"[A-Za-z]:[\\/].*|.*\.(?:docx?|wps|pptx?|xlsx?|pdf|ofd|indd|qxd)"
    r"|\{[{%].*|\S+\.(?:e?ps|tex|md|dvi|fm|pmd|pub|cdr|ai|html?|txt|rtf|odt|pages|tmp|png|jpe?g|tiff?|bmp)"
    r"|(?:title|document|slide|book|[无無]?[标標][题題]|未命名|(?:[无無][标標][题題])?文[档檔件]|簡報|演示文稿|工作簿|活頁簿|投影片|幻灯片|スライド"
    r"|新建.{0,20}文[档檔]|新.{0,2}文字[文檔档]件?|新建[网網][页頁]|新[网網][页頁]|new page|文本)[\s\d()（）]*"
    r"|untitled.*|\(?(?:anonymous|unspecified)\)?|no slide title|没有幻灯片标题|沒有投影片標題"
    r"|(?:doi|pii)[:\s]\s*\S+|(?:proceedings|paper) template.*|template for .* proceedings|paper title \(use style.*"
    r"|Microsoft (?:Word|Excel|PowerPoint)(?: (?:document|文档|文件))?[\s\d]*"
    r"|PowerPoint[\s-]*(?:Pr[eéä]sent[a-z]*|演示文稿|[简簡][报報]|プレゼンテーション)?",
    re.IGNORECASE,
)
_MARKS = re.compile(r"(?:[#*=• \u3000]|-(?!-{0,2}[A-Za-z]))+")
"""Of a heading or an item; none is a hyphen before a letter, as options have: -A, --help."""
_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:第 ?\d+ ?[页頁]|page \d+)[,，/ ]*(?:(?:共|of) ?\d+ ?[页頁]?)?[-–—\s]*", re.IGNORECASE)
_BLANK = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]+")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\uf000-\uf0ff]")  # marks of direction, signs of a font of symbols


def choose_title(*candidates: str | None, text: str, name: str) -> str:
    """The first candidate that says something, else the first line of the text, else the file's `name` (without suffix).

    Candidates come in this order: front matter, heading, first bold words. A first line that names a part (第一章 总则, 第 1 條, 目錄),
    that is filled in (分类号), has cells, goes on for a sentence (敬啟者：台端…), or for what comes behind its colon (各院系：), is none
    where the file has a Chinese name: whoever gave it knew what the whole is.
    Nor is the first row of a list of words with their frequencies, whatever the file is called.
    """
    titles = (clean_title(candidate) for candidate in candidates if candidate)
    line, named = _title_of_letter(text) or first_line(text), clean_title(name)
    tells = not (names_part(line) or is_blank(line) or _ADVERTISES.match(line) or _begins_with_row(text) or _is_sentence(line, text))
    tells = tells or not given_title(name)
    line = line if tells and not _is_table(text) else ""
    return _closed_up(_CALLED.sub("", next(filter(None, titles), "") or line or named or name))


def clean_title(title: str) -> str:
    """A title on one line, without tags of formatting, entities and control characters."""
    plain = unescape(_TAG.sub("", title)) if "<" in title or "&" in title else title
    return _BLANK.sub(" ", _INVISIBLE.sub("", plain)).strip()[:500]


def page_title(title: str | None, heading: str | None) -> str | None:
    """The name of a page: its heading where the title only adds the site (「標題 - 網站」), else its title."""
    if not title or not title.strip():
        return heading
    if heading and is_said_by(title, heading):
        return heading
    return title


def names_part(heading: str) -> bool:
    """Whether a heading only names a part of a document: 第一章 總則, 一、緣起, 1.2 範圍."""
    return bool(_PART.match(heading) or _NUMBER_OF_PART.match(heading))


def numbers_part(heading: str) -> bool:
    """Whether a heading is nothing but the number of a part, or says what kind of part it is: 第三节, 目录."""
    return bool(_PART.fullmatch(heading))


def names_section(heading: str) -> bool:
    """Whether a heading is one that any paper has: Abstract, 1. 绪论."""
    return bool(_SECTION.fullmatch(heading))


def is_blank(line: str) -> bool:
    """Whether a line only says what is filled in behind it: 分类号, 姓 名：, 分类号 学号"""
    words = [word.rstrip(":：") for word in line.split()]
    return "".join(words) in _BLANKS or (bool(words) and _BLANKS.issuperset(words))


def typed_title(written: str) -> str | None:
    """The title that a document says it has, unless a program has put it there (PowerPoint Presentation, the name of a file), or it is
    of characters that are none.
    """
    title = _MADE_BY.sub("", written.strip())
    return None if _BY_PROGRAMS.fullmatch(title) or any(map(is_unreadable, title)) else title


def kept_title(written: str, *, text: str, name: str) -> str | None:
    """The title that a program keeps with a document. Where somebody has called its file in Chinese, and neither that name nor the
    beginning of the text has it, it is that of an older document or of the template, more often than not: then the name. Nor is it
    believed there if it only is what many texts begin with: programs take the first words of one for its title.
    """
    title, given = typed_title(written), given_title(name)
    if not title or given is None or len(_letters(text)) < len(_letters(title)):
        return title
    if not (is_said_by(text[:_BEGINNING], title) or is_said_by(name, title) or is_said_by(title, given)):
        return given
    return None if is_blank(title) or names_section(title) else title


def given_title(name: str) -> str | None:
    """The name of a file, where somebody has called it so in Chinese: no program, and it means the whole file."""
    named = clean_title(name)
    return named if _HAN_NAME.search(named) and not _NUMBERED.search(named) and not _BY_PROGRAMS.fullmatch(named) else None


def note_title(heading: str | None, name: str) -> str | None:
    """The title of a note that begins with an item of an outline, or one of several headings of a level, which is that of its first part:
    what somebody has called its file in Chinese, unless the heading says that, too.
    """
    given = given_title(name)
    return heading if heading is None or given is None or numbers_part(given) or is_said_by(heading, given) else given


def calls(name: str, value: str) -> bool:
    """Whether a field of this name says what the whole is called: 法規名稱 of a law; not the name of a program (数据库名称: mydb)."""
    called = _CALLING.fullmatch(name)
    return called is not None and (called[1] is None or bool(HAN.search(value)))


def work_in_name(name: str, text: str) -> str | None:
    """The title in the name of a file that CNKI gives, 题名_作者, where the text begins with it; there ： is written _, too."""
    title = name.rpartition("_")[0]
    return title if given_title(title) and is_said_by(text[:_BEGINNING], title) else None


def is_said_by(text: str, title: str) -> bool:
    """Whether a text has the letters of a title in a row."""
    return bool(_letters(title)) and _letters(title) in _letters(text)


def is_unreadable(character: str) -> bool:
    """A control character, one for private use, or none at all."""
    return character == "\ufffd" or (unicodedata.category(character) in ("Cc", "Co", "Cn", "Cs") and not character.isspace())


def first_line(text: str) -> str:
    """The first line that holds letters and is no number of a page, cut at a sentence's end where it is long; else the first with a
    number; empty without one.
    """
    numbered = ""
    for line in text[:_BEGINNING].split("\n"):
        if _FOR_PROGRAMS.search(line):
            continue
        title = clean_title(_without_marks(line.replace("\t", " ")))
        if any(character.isalpha() for character in title) and not _PAGE_NUMBER.fullmatch(title):
            return title if len(title) <= _LONGEST else _shortened(title)
        numbered = numbered or (title if _letters(title) else "")
    return numbered[:_LONGEST]


def _title_of_letter(text: str) -> str | None:
    """The title of an official letter that is broken into two or three lines: 关于开展学雷锋纪念日⏎主题志愿服务活动的通知"""
    lines = [line.strip() for line in text[:_BEGINNING].split("\n") if line.strip()][:3] if _LETTER.match(text) else []
    end = next((count for count, line in enumerate(lines, 1) if _KIND_OF_LETTER.search(line)), 0)
    title = "".join(lines[:end])
    return title if end > 1 and len(title) <= _LONGEST and not _FULL_STOP.search(title) else None


def _is_sentence(line: str, text: str) -> bool:
    """Whether a first line is the beginning of what follows: it has a full stop, ends in a colon, stands in parentheses, or was cut."""
    start = text.find(line)
    behind = text[start + len(line) : start + len(line) + 1] if start >= 0 else ""
    is_remark = line.startswith(("（", "(")) and line.endswith(("）", ")"))
    return is_remark or line.endswith(("…", "：", ":")) or bool(_FULL_STOP.search(line + behind))


def _begins_with_row(text: str) -> bool:
    """Whether the first line of a text has cells."""
    return "\t" in text[:_BEGINNING].strip().partition("\n")[0]


def _is_table(text: str) -> bool:
    """Whether a text begins with rows of as many columns, one of them numbers."""
    rows = [line.split() for line in text[:_BEGINNING].split("\n", _ROWS)[:_ROWS]]
    if len(rows) < _ROWS or len({len(row) for row in rows}) > 1 or len(rows[0]) < 2:  # numbers alone are no title anyway
        return False
    return any(all(map(_NUMBER.fullmatch, column)) for column in zip(*rows, strict=True))


def _without_marks(line: str) -> str:
    """A line without the marks of a heading or an item before it, and those of a wiki behind it, too: ====== 安裝 ======."""
    bare = line[marks.end() :] if (marks := _MARKS.match(line)) else line
    return bare.rstrip().rstrip("=") if line.lstrip().startswith("=") else bare


def _closed_up(title: str) -> str:
    """A title without the spaces between Han characters where most stand apart, as PDFs have what was justified: 研 華 股 份 有 限 公司."""
    closed, spaces = _SPACED.subn("", title)
    han = len(HAN.findall(title))
    return closed if han >= _FEWEST_SPACED and 2 * spaces > han else title


def _shortened(line: str) -> str:
    end = _SENTENCE_END.search(line, 2, _LONGEST)
    return line[: end.start()] if end else line[:_SHORTEST_CUT].rstrip() + "…"


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    return "".join(character for character in plain if unicodedata.category(character)[0] in "LN").casefold()
