"""How what searcher says to a person is said in English, 简体 and 繁體.

One catalogue, one row a message: the three languages side by side, so that none can be forgotten; what the library remarks, and what its
errors say, stands in `phrases.py`.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from typing import Protocol

from searcher.errors import SearcherError

LANGUAGES = ("en", "zh-Hans", "zh-Hant")


class Say(Protocol):
    """Says a message of the catalogue in one language; a tuple of texts as a list."""

    def __call__(self, key: str, /, **values: object) -> str: ...


def speaker(language: str) -> Say:
    """The voice of one language."""
    column = LANGUAGES.index(language)

    def say(key: str, /, **values: object) -> str:
        listed = {name: CATALOGUE["list"][column].join(value) if isinstance(value, tuple) else value for name, value in values.items()}
        return _row(key)[column].format(**listed)

    return say


def say_known(say: Say, key: str, otherwise: str) -> str:
    """The message of a key that was composed of a name; where the catalogue has none for this name, something else."""
    return say(key) if key in CATALOGUE else otherwise


def _row(key: str) -> tuple[str, str, str]:
    if key in CATALOGUE:
        return CATALOGUE[key]
    from searcher.phrases import PHRASES  # help says none of them

    return PHRASES[key]


def say_error(say: Say, error: Exception) -> str:
    """An error as one line: ours from the catalogue, the system's as what is wrong and where."""
    if isinstance(error, SearcherError):
        line = say(error.key, **{name: _said(say, value) for name, value in error.details.items()})
    elif isinstance(error, OSError) and error.strerror:
        from searcher.remarks import of_system

        what = say_remark(say, of_system(error))
        line = say("reason.of-file", file=_said(say, error.filename), what=what) if error.filename is not None else what
    else:
        line = str(error) or type(error).__name__
    return " ".join(line.split())


def say_remark(say: Say, remark: str) -> str:
    """A remark of the library in the user's language; a text that is none, such as what another library said, as it is."""
    from searcher.remarks import Remark

    if not isinstance(remark, Remark):
        return remark
    return say(remark.key, **{name: _said(say, fact) for name, fact in remark.facts.items()})


LONGEST = 400
"""So many characters are said of one thing: of a path or a text that is longer, its two ends."""


def _said(say: Say, value: object) -> object:
    """What a message is about, in the user's language, and no longer than anybody reads."""
    if not isinstance(value, str):
        return value
    text = say_remark(say, value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST // 2]} … {text[-LONGEST // 2 :]}"


def choose_language(*wishes: str | None, environment: Mapping[str, str] = os.environ) -> str:
    """The language of the first wish that names one, then of the locale (LC_ALL, LC_MESSAGES, LANG, or what Windows says), then English.

    zh_TW.UTF-8 → zh-Hant; zh-cn → zh-Hans; 繁體 → zh-Hant; C → en
    """
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), None)
    return next((language for wish in (*wishes, locale or _locale_of_windows()) if wish and (language := language_of(wish))), "en")


def _locale_of_windows() -> str | None:
    """The language in which Windows speaks to its user, who has no such variables."""
    if sys.platform != "win32":
        return None
    import ctypes
    from locale import windows_locale

    return windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage())


def language_of(name: str) -> str | None:
    """The language of the catalogue that a language tag, a locale or a language's own name means, None where it means none of them."""
    tag = re.split(r"[.@]", name.strip().lower().replace("_", "-"))[0]
    if tag in ("c", "posix") or re.match(r"en(-|$)", tag) or tag == "english":
        return "en"
    if tag in _TRADITIONAL_NAMES or re.match(r"zh-(hant|tw|hk|mo)(-|$)", tag):
        return "zh-Hant"
    return "zh-Hans" if tag in _SIMPLIFIED_NAMES or re.match(r"zh(-|$)", tag) else None


_TRADITIONAL_NAMES = ("繁體", "繁体", "繁體中文", "繁体中文", "正體", "t", "tw", "hk")
_SIMPLIFIED_NAMES = ("简体", "簡體", "简体中文", "簡體中文", "中文", "s", "cn")

Row = tuple[str, str, str]

_RESULTS: dict[str, Row] = {
    "total.none": ("nothing found", "没有找到", "沒有找到"),
    "total.one": ("1 document", "1 篇文档", "1 篇文件"),
    "total.many": ("{total:,} documents", "{total:,} 篇文档", "{total:,} 篇文件"),
    "total.part": (
        "{complete} with every term{apart}, {rest:,} with some of them",
        "{complete}包含全部词语{apart}，另有 {rest:,} 篇只包含一部分",
        "{complete}包含全部詞語{apart}，另有 {rest:,} 篇只包含一部分",
    ),
    "found.some": ("{shown:,} of {total:,} documents", "前 {shown:,} 篇，共 {total:,} 篇文档", "前 {shown:,} 篇，共 {total:,} 篇文件"),
    "found.mixed": (
        "{found}: {complete:,} with every term{apart}, {rest:,} with only some",
        "{found}：{complete:,} 篇包含全部词语{apart}，{rest:,} 篇只包含一部分",
        "{found}：{complete:,} 篇包含全部詞語{apart}，{rest:,} 篇只包含一部分",
    ),
    "found.scattered": (" ({count:,} far apart)", "（其中 {count:,} 篇各词相距很远）", "（其中 {count:,} 篇各詞相距很遠）"),
    "only.complete": ("{how} shows only the {complete:,}", "{how} 只显示那 {complete:,} 篇", "{how} 只顯示那 {complete:,} 篇"),
    "only.whole": (
        "only those with every term are listed; --format text also gives the others",
        "只列出包含全部词语的；--format text 也给出其余的",
        "只列出包含全部詞語的；--format text 也給出其餘的",
    ),
    "without": ("without: {terms}", "缺：{terms}", "缺：{terms}"),
    "scattered": ("its terms stand far apart", "各词相距很远", "各詞相距很遠"),
    "list": (", ", "、", "、"),
    "found.range": (
        "{first:,}–{last:,} of {total:,} documents",
        "第 {first:,}–{last:,} 篇，共 {total:,} 篇文档",
        "第 {first:,}–{last:,} 篇，共 {total:,} 篇文件",
    ),
    "took": ("{took} ms", "{took} 毫秒", "{took} 毫秒"),
    "expanded": ("also looked for: {forms}", "同时查找：{forms}", "同時搜尋：{forms}"),
    "expanded.form": ("{source} → {targets}", "{source} → {targets}", "{source} → {targets}"),
    "expanded.and": ("; ", "；", "；"),
    "expanded.more": (" and {count:,} more", " 等，另有 {count:,} 个", " 等，另有 {count:,} 個"),
    "suggested": ("did you mean: {forms}", "您是否要找：{forms}", "您是否要找：{forms}"),
    "relaxed": (
        "no document has every term; these have some of them",
        "没有文档包含全部词语；以下文档包含其中一部分",
        "沒有文件包含全部詞語；以下文件包含其中一部分",
    ),
    "relaxed.rest": ("these have only some of the terms", "以下文档只包含部分词语", "以下文件只包含部分詞語"),
    "relaxed.scattered": (
        "these have only some of the terms, or have them far apart",
        "以下文档只包含部分词语，或者各词相距很远",
        "以下文件只包含部分詞語，或者各詞相距很遠",
    ),
    "copies": ("also in {paths}", "另见 {paths}", "另見 {paths}"),
    "copies.near": ("and {count:,} nearly the same: {paths}", "另有 {count:,} 篇几乎相同：{paths}", "另有 {count:,} 篇幾乎相同：{paths}"),
    "page": ("page {label}", "第 {label} 页", "第 {label} 頁"),
    "slide": ("slide {label}", "幻灯片 {label}", "投影片 {label}"),
    "sheet": ("sheet {label}", "工作表 {label}", "工作表 {label}"),
    "aside": (" ({text})", "（{text}）", "（{text}）"),
    "more.limit": ("all with --limit 0", "用 --limit 0 显示全部", "用 --limit 0 顯示全部"),
    "old": (
        "the index is {days} days old: `{command}` brings it up to date",
        "索引已有 {days} 天未更新：用 `{command}` 更新",
        "索引已有 {days} 天未更新：用 `{command}` 更新",
    ),
}

_UPKEEP: dict[str, Row] = {
    "report": (
        "{total} in {path}: {added:,} added, {replaced:,} replaced, {unchanged:,} unchanged, {moved}{removed:,} removed ({seconds:.1f} s)",
        "{path} 现有 {total}：新增 {added:,}，更新 {replaced:,}，未变 {unchanged:,}，{moved}移除 {removed:,}（{seconds:.1f} 秒）",
        "{path} 現有 {total}：新增 {added:,}，更新 {replaced:,}，未變 {unchanged:,}，{moved}移除 {removed:,}（{seconds:.1f} 秒）",
    ),
    "report.moved": ("{moved:,} moved, ", "移动 {moved:,}，", "移動 {moved:,}，"),
    "skipped": ("{count:,} skipped:", "跳过 {count:,} 个：", "略過 {count:,} 個："),
    "skipped.group": ("{count:,} {reason}:", "{count:,} 个{reason}：", "{count:,} 個{reason}："),
    "skipped.count": (
        "{count:,} {reason} (`searcher status --verbose` names them)",
        "{count:,} 个{reason}（`searcher status --verbose` 列出全部）",
        "{count:,} 個{reason}（`searcher status --verbose` 列出全部）",
    ),
    "skipped.more": (
        "… and {count:,} more (`searcher status --verbose` names them all)",
        "……另有 {count:,} 个（`searcher status --verbose` 全部列出）",
        "……另有 {count:,} 個（`searcher status --verbose` 全部列出）",
    ),
    "skipped.known": (
        "still unread, and unchanged: {count:,} (`searcher status` names them)",
        "仍读不了且没有变化：{count:,} 个（`searcher status` 列出）",
        "仍讀不了且沒有變動：{count:,} 個（`searcher status` 列出）",
    ),
    "skipped.empty": ("empty", "空文件", "空檔案"),
    "skipped.binary": ("not text", "不是文本", "不是文字"),
    "skipped.too-large": ("too large", "过大", "過大"),
    "skipped.unreadable": ("unreadable", "无法读取", "無法讀取"),
    "skipped.damaged": ("damaged", "已损坏", "已損壞"),
    "skipped.encrypted": ("encrypted", "已加密", "已加密"),
    "skipped.no-text": ("without text", "没有文字", "沒有文字"),
    "skipped.unsupported": ("of a format that is not supported", "格式不支持", "格式不支援"),
    "skipped.missing-dependency": ("needing a package that is not installed", "需要尚未安装的软件包", "需要尚未安裝的套件"),
    "skipped.timeout": ("too slow to read", "读取超时", "讀取逾時"),
    "skipped.encoding": ("of an unknown encoding", "编码不明", "編碼不明"),
    "remedy.too-large": ("split it: one document may have 64 MB at most", "请拆分：单个文档不超过 64 MB", "請拆分：單一文件不超過 64 MB"),
    "remedy.unreadable": (
        "it is tried again with every `searcher index`",
        "每次运行 `searcher index` 都会重试",
        "每次執行 `searcher index` 都會重試",
    ),
    "remedy.encrypted": (
        "save it without a password, then run `searcher index`",
        "请另存为无密码的文件，再运行 `searcher index`",
        "請另存為無密碼的檔案，再執行 `searcher index`",
    ),
    "remedy.no-text": (
        "scanned pages need text recognition: `searcher index --ocr FOLDER`",
        "扫描页需做文字识别：`searcher index --ocr 文件夹`",
        "掃描頁需做文字辨識：`searcher index --ocr 資料夾`",
    ),
    "remedy.missing-dependency": (
        "install the packages named, then run `searcher index`",
        "请安装所列软件包，再运行 `searcher index`",
        "請安裝所列套件，再執行 `searcher index`",
    ),
    "remedy.encoding": (
        "index that path alone, with its encoding as --encoding",
        "请对该路径用 --encoding 指明编码",
        "請對該路徑用 --encoding 指明編碼",
    ),
    "left": ("left out: {counts}", "未纳入：{counts}", "未納入：{counts}"),
    "left.hidden": (
        "hidden (`searcher index --hidden` takes them in)",
        "个隐藏文件（`searcher index --hidden` 可纳入）",
        "個隱藏檔案（`searcher index --hidden` 可納入）",
    ),
    "left.excluded": ("excluded", "个被排除", "個被排除"),
    "left.gitignore": ("named by .gitignore", "个列于 .gitignore", "個列於 .gitignore"),
    "left.link": ("links", "个链接", "個連結"),
    "left.special": ("not regular files", "个非普通文件", "個非一般檔案"),
    "left.lock": ("lock files of other programs", "个其他程序的锁文件", "個其他程式的鎖定檔"),
    "left.page": ("folders that belong to saved web pages", "个网页附带的文件夹", "個網頁附帶的資料夾"),
    "comma": (", ", "，", "，"),
    "guess": ("{path}: {encoding}, {share:.0%} certain", "{path}：{encoding}，把握 {share:.0%}", "{path}：{encoding}，把握 {share:.0%}"),
    "guess.replaced": (
        "{path}: {encoding}, {share:.0%} certain; {count:,} characters could not be read",
        "{path}：{encoding}，把握 {share:.0%}；{count:,} 个字符无法读出",
        "{path}：{encoding}，把握 {share:.0%}；{count:,} 個字元無法讀出",
    ),
    "guess.none": ("every encoding is certain", "编码都可确定", "編碼都可確定"),
    "found.none": (
        "no documents in {paths}: nothing was indexed",
        "{paths} 里没有文档：未索引任何内容",
        "{paths} 裡沒有文件：未索引任何內容",
    ),
    "checking": ("checking", "正在检查", "正在檢查"),
    "watching": (
        "brings the index up to date now, and whenever a file changes, until Ctrl-C",
        "现在更新索引，以后文件一有变动就更新，直到 Ctrl-C",
        "現在更新索引，以後檔案一有變動就更新，直到 Ctrl-C",
    ),
    "indexing": ("indexing", "正在索引", "正在索引"),
    "time.left": ("left:", "剩余", "剩餘"),
    "stopped": (
        "stopped: the index is intact, and the same command goes on from what was saved",
        "已中止：索引完好；再次运行同一命令，会从已保存处继续",
        "已中止：索引完好；再次執行同一指令，會從已儲存處繼續",
    ),
    "missing": ("no such file or folder: {path}", "没有这个文件或文件夹：{path}", "沒有這個檔案或資料夾：{path}"),
    "nothing.to.index": (
        "nothing to index: say which folder, `searcher index PATH`",
        "没有可索引的内容：请指明文件夹，`searcher index 路径`",
        "沒有可索引的內容：請指明資料夾，`searcher index 路徑`",
    ),
    "sound": ("the index in {path} is sound", "{path} 里的索引完好", "{path} 裡的索引完好"),
    "status.path": ("index", "索引", "索引"),
    "status.documents": ("documents", "文档", "文件"),
    "status.files": ("files", "文件", "檔案"),
    "status.skipped": ("skipped", "跳过", "略過"),
    "status.roots": ("folders", "文件夹", "資料夾"),
    "status.formats": ("formats", "格式", "格式"),
    "status.scripts": ("scripts", "字形", "字形"),
    "status.encodings": ("encodings", "编码", "編碼"),
    "status.updated": ("updated", "更新于", "更新於"),
    "status.size": ("size", "大小", "大小"),
}

_FAILURES: dict[str, Row] = {
    "unknown.option": (
        "unknown option {option}: `searcher {command} --help` lists them",
        "没有选项 {option}：`searcher {command} --help` 列出全部",
        "沒有選項 {option}：`searcher {command} --help` 列出全部",
    ),
    "unknown.option.text": (
        "unknown option {option}: `searcher {command} --help` lists them; put text that begins with -- after a --",
        "没有选项 {option}：`searcher {command} --help` 列出全部；以 -- 开头的文字请放在 -- 之后",
        "沒有選項 {option}：`searcher {command} --help` 列出全部；以 -- 開頭的文字請放在 -- 之後",
    ),
    "unknown.option.near": (
        "unknown option {option}: did you mean {near}?",
        "没有选项 {option}：您是否要用 {near}？",
        "沒有選項 {option}：您是否要用 {near}？",
    ),
    "unknown.option.field": (
        "unknown option {option}: write it into the query, as `{name}:{example}`",
        "没有选项 {option}：请写在查询里，如 `{name}:{example}`",
        "沒有選項 {option}：請寫在查詢裡，如 `{name}:{example}`",
    ),
    "option.needs": ("{option} needs a value: {argument}", "{option} 需要一个值：{argument}", "{option} 需要一個值：{argument}"),
    "option.number": (
        "{option} is a number, 0 or more, not {value}",
        "{option} 应为 0 或更大的数，不是 {value}",
        "{option} 應為 0 或更大的數，不是 {value}",
    ),
    "option.choice": (
        "{option} is one of {choices}, not {value}",
        "{option} 应为 {choices} 之一，不是 {value}",
        "{option} 應為 {choices} 之一，不是 {value}",
    ),
    "option.flag": ("{option} takes no value", "{option} 不带值", "{option} 不帶值"),
    "null.needs": (
        "-0 ends paths: add -l (--format paths)",
        "-0 用于分隔路径：请同时加 -l（--format paths）",
        "-0 用於分隔路徑：請同時加 -l（--format paths）",
    ),
    "past.end": (
        "only {total}: nothing is left after --offset {offset}",
        "只有 {total}：--offset {offset} 之后没有了",
        "只有 {total}：--offset {offset} 之後沒有了",
    ),
    "no.query": (
        "nothing to search for: `searcher search QUERY`",
        "没有要搜索的内容：`searcher search 词语`",
        "沒有要搜尋的內容：`searcher search 詞語`",
    ),
    "slip": (
        "no command {word}, so it is searched for: did you mean `searcher {command}`?",
        "没有命令 {word}，故作为词语搜索：您是否要用 `searcher {command}`？",
        "沒有指令 {word}，故作為詞語搜尋：您是否要用 `searcher {command}`？",
    ),
    "is.path": (
        "{word} is a file or folder, but was searched for as a word: {path} searches in it",
        "{word} 是文件或文件夹，但当作词语搜索了：要在其中搜索，请用 {path}",
        "{word} 是檔案或資料夾，但當作詞語搜尋了：要在其中搜尋，請用 {path}",
    ),
    "no.document": (
        "say which document: a number of the last search, an id or a path",
        "请指明文档：上次搜索的编号、标识或路径",
        "請指明文件：上次搜尋的編號、識別碼或路徑",
    ),
    "number.elsewhere": (
        "{number} is a hit of your last search, in {path}",
        "{number} 指上次搜索的结果，所在索引为 {path}",
        "{number} 指上次搜尋的結果，所在索引為 {path}",
    ),
    "number.last": (
        "{number} is a hit of your last search, for {query}",
        "{number} 指上次搜索“{query}”的第 {number} 条结果",
        "{number} 指上次搜尋「{query}」的第 {number} 筆結果",
    ),
    "number.read": (
        "the last search has no hit {number} in this index, so {number} was read as part of the query",
        "上次在此索引的搜索没有第 {number} 条结果，所以 {number} 当作查询的一部分",
        "上次在此索引的搜尋沒有第 {number} 筆結果，所以 {number} 當作查詢的一部分",
    ),
    "first.of": (
        "the first of {count:,} documents in {path}: name another by its id, which `--json` gives for each hit",
        "{path} 含 {count:,} 篇文档，此为第一篇：其余请用标识指明，`--json` 给出每条结果的标识",
        "{path} 含 {count:,} 篇文件，此為第一篇：其餘請用識別碼指明，`--json` 給出每筆結果的識別碼",
    ),
    "several.called": ("several files are called {name}: {paths}", "有几个文件都叫 {name}：{paths}", "有幾個檔案都叫 {name}：{paths}"),
    "no.like.one": ("nothing is like it", "没有与之相似的文档", "沒有與之相似的文件"),
    "no.number": (
        "no hit {number} was shown, the last one is {last}",
        "没有显示过第 {number} 条结果，最后一条是第 {last} 条",
        "沒有顯示過第 {number} 筆結果，最後一筆是第 {last} 筆",
    ),
    "no.last": (
        "no search of this index is remembered, so {number} means no hit: search first",
        "没有此索引的搜索记录，{number} 不指任何结果：请先搜索",
        "沒有此索引的搜尋記錄，{number} 不指任何結果：請先搜尋",
    ),
    "too.many": ("unexpected: {extra}; usage: `{call}`", "多出了 {extra}：用法是 `{call}`", "多出了 {extra}：用法是 `{call}`"),
    "letter": (
        "{word} is no option, so it is part of the query: `searcher search --help` lists the options",
        "{word} 不是选项，已作为查询的一部分：选项见 `searcher search --help`",
        "{word} 不是選項，已作為查詢的一部分：選項見 `searcher search --help`",
    ),
    "here.gone": (
        "the folder you are in is no longer there: change to another",
        "当前所在的文件夹已不存在：请换到别的文件夹",
        "目前所在的資料夾已不存在：請換到別的資料夾",
    ),
    "no.terminal": (
        "the prompt needs a terminal: `searcher search QUERY` answers one query, `searcher --help` lists the other commands",
        "交互界面需要终端：`searcher search 词语` 回答一个查询，其余见 `searcher --help`",
        "互動模式需要終端機：`searcher search 詞語` 回答一個查詢，其餘見 `searcher --help`",
    ),
    "no.file": (
        "{id} is not a file that could be opened: `open` reads what the index holds",
        "{id} 不是可打开的文件：用 `open` 阅读索引中的内容",
        "{id} 不是可開啟的檔案：用 `open` 閱讀索引中的內容",
    ),
    "packed": (
        "{id} lies in another file: `open` reads it",
        "{id} 在另一个文件里面：用 `open` 阅读",
        "{id} 在另一個檔案裡面：用 `open` 閱讀",
    ),
    "no.editor": (
        "no editor: set EDITOR, or `editor` in {path}",
        "没有编辑器：请设置 EDITOR，或 {path} 里的 `editor`",
        "沒有編輯器：請設定 EDITOR，或 {path} 裡的 `editor`",
    ),
    "no.program": ("cannot start {program}: {reason}", "无法启动 {program}：{reason}", "無法啟動 {program}：{reason}"),
    "not.written": (
        "{suffix} cannot be written: name it .csv for a table, which Excel opens, or .txt for text",
        "不能写成 {suffix}：表格请用 .csv（Excel 可以打开），文本请用 .txt",
        "不能寫成 {suffix}：試算表請用 .csv（Excel 可以開啟），文字請用 .txt",
    ),
    "exists": ("{path} is there already: choose another name", "{path} 已存在：请换一个名字", "{path} 已存在：請換一個名字"),
}

_PROMPT: dict[str, Row] = {
    "slip.prompt": ("searched for {word}; the command is {command}", "已搜索 {word}；命令是 {command}", "已搜尋 {word}；指令是 {command}"),
    "welcome": (
        "Type what you are looking for; :help lists the commands, Ctrl-D leaves.",
        "请输入要找的内容；:help 列出命令，Ctrl-D 离开。",
        "請輸入要找的內容；:help 列出指令，Ctrl-D 離開。",
    ),
    "prompt.no.index": (
        "no index in {path}: build one with `:index PATH`",
        "{path} 里没有索引：用 `:index 路径` 建立",
        "{path} 裡沒有索引：用 `:index 路徑` 建立",
    ),
    "prompt.elsewhere": (
        "no index in {path}: build one with `:index PATH`, or leave, and name the one of your last search: `searcher --index {other}`",
        "{path} 里没有索引：用 `:index 路径` 建立；或离开后指明上次搜索的索引：`searcher --index {other}`",
        "{path} 裡沒有索引：用 `:index 路徑` 建立；或離開後指明上次搜尋的索引：`searcher --index {other}`",
    ),
    "unknown.command": (
        "no command {name}: :help lists them, `searcher --help` those of the command line",
        "没有命令 {name}：:help 列出全部；命令行的命令见 `searcher --help`",
        "沒有指令 {name}：:help 列出全部；命令列的指令見 `searcher --help`",
    ),
    "unknown.command.near": (
        "no command {name}: did you mean {near}?",
        "没有命令 {name}：您是否要用 {near}？",
        "沒有指令 {name}：您是否要用 {near}？",
    ),
    "ambiguous.command": ("which one: {names}?", "是哪一个：{names}？", "是哪一個：{names}？"),
    "heading": ("{name}:", "{name}：", "{name}："),
    "field.script": ("script", "字形", "字形"),
    "field.format": ("format", "格式", "格式"),
    "field.ext": ("ext", "扩展名", "副檔名"),
    "field.year": ("year", "年份", "年份"),
    "field.category": ("category", "分类", "分類"),
    "field.author": ("author", "作者", "作者"),
    "field.path": ("folder", "文件夹", "資料夾"),
    "field.from": ("from", "发件人", "寄件人"),
    "field.to": ("to", "收件人", "收件人"),
    "field.subject": ("subject", "主旨", "主旨"),
    "value.simplified": ("simplified", "简体", "簡體"),
    "value.traditional": ("traditional", "繁体", "繁體"),
    "value.mixed": ("mixed", "简繁混合", "簡繁混合"),
    "value.other": ("other", "其他", "其他"),
    "no.facets": (
        "no document has any: {names}; what can be counted: {known}",
        "没有文档带有：{names}；可以统计：{known}",
        "沒有文件帶有：{names}；可以統計：{known}",
    ),
    "command.needs": ("{name} needs {argument}", "{name} 需要 {argument}", "{name} 需要 {argument}"),
    "no.results": ("search for something first", "请先搜索", "請先搜尋"),
    "no.like": ("nothing is like {number}", "没有与第 {number} 条相似的文档", "沒有與第 {number} 筆相似的文件"),
    "no.more": ("that was all", "没有更多了", "沒有更多了"),
    "more": (":more shows the next", ":more 显示后面的", ":more 顯示後面的"),
    "opening": ("opening {path} …", "正在打开 {path} …", "正在開啟 {path} …"),
    "interrupted": ("interrupted", "已中断", "已中斷"),
    "scope.set": (
        "searching only in {scope} ({total}); :scope alone ends it",
        "只在 {scope}（{total}）中搜索；单独输入 :scope 取消",
        "只在 {scope}（{total}）中搜尋；單獨輸入 :scope 取消",
    ),
    "scope.none": ("searching everywhere", "搜索全部", "搜尋全部"),
    "script.set": ("results are shown in {script}", "结果以{script}显示", "結果以{script}顯示"),
    "shown.s": ("Simplified", "简体", "簡體"),
    "shown.t": ("Traditional", "繁体", "繁體"),
    "shown.tw": ("Traditional (Taiwan)", "台湾繁体", "台灣繁體"),
    "shown.hk": ("Traditional (Hong Kong)", "香港繁体", "香港繁體"),
    "script.none": ("results are shown as written", "结果按原文显示", "結果依原文顯示"),
    "switch.expand.on": ("other regions' words are looked for, too", "同时查找其他地区的用词", "同時搜尋其他地區的用詞"),
    "switch.strict.on": ("only documents with every term are found", "只找包含全部词语的文档", "只找包含全部詞語的文件"),
    "switch.strict.off": (
        "documents with only some of the terms are found, too, after the others",
        "也找只包含部分词语的文档，排在后面",
        "也找只包含部分詞語的文件，排在後面",
    ),
    "switch.expand.off": ("only what is typed is looked for", "只查找输入的词语", "只搜尋輸入的詞語"),
    "switch.live.on": (
        "hits are shown while a query is typed; Tab completes",
        "输入时即显示结果；Tab 补全",
        "輸入時即顯示結果；Tab 自動完成",
    ),
    "switch.live.off": ("hits are shown when a query is entered", "按回车后显示结果", "按 Enter 後顯示結果"),
    "sheet.query": ("query", "查询", "查詢"),
    "sheet.columns": (
        "rank,title,date,path,place,line,passage,lacks",
        "名次,标题,日期,路径,位置,行,段落,缺少",
        "名次,標題,日期,路徑,位置,行,段落,缺少",
    ),
    "saved": ("{total} saved in {path}", "{total}已存入 {path}", "{total}已存入 {path}"),
    "toolbar.scope": ("in {scope}", "范围 {scope}", "範圍 {scope}"),
    "toolbar.script": ("shown in {script}", "显示为 {script}", "顯示為 {script}"),
    "toolbar.strict": ("every term", "须含全部词语", "須含全部詞語"),
    "toolbar.exact": ("no expansion", "不扩展", "不擴展"),
    "pager.keys": (
        "{position}  n/N match {match}/{matches}  space/b page  / find  q back",
        "{position}  n/N 匹配 {match}/{matches}  空格/b 翻页  / 查找  q 返回",
        "{position}  n/N 符合 {match}/{matches}  空白/b 翻頁  / 尋找  q 返回",
    ),
    "pager.find": ("find: ", "查找：", "尋找："),
    "pager.none": ("{text}: not in this document", "{text}：本文档中没有", "{text}：本文件中沒有"),
    "help.head": ("Type a query, or one of these commands:", "直接输入即为查询；以下为命令：", "直接輸入即為查詢；以下為指令："),
    "help.foot": (
        'Queries: 合同 违约 (both), "违约金" (exactly), -房屋 (without), 合同 OR 契约 (either), title:合同, author:王, '
        "date:2021-08..2021-10, sort:-date, Sense*",
        "查询：各词都要有；“原文”须逐字相同；-排除；标题： 路径： 作者： 日期：2021-08..2021-10；AND OR NOT ( )；前缀*；排序：最新",
        "查詢：各詞都要有；「原文」須逐字相同；-排除；標題： 路徑： 作者： 日期：2021-08..2021-10；AND OR NOT ( )；字首*；排序：最新",
    ),
    "help.keys": (
        "Keys: Tab completes, also from pinyin; → takes the suggestion; Ctrl-R searches the history; Ctrl-C drops the line.",
        "按键：Tab 补全，拼音和标题首字母亦可；→ 采用建议；Ctrl-R 搜索历史；Ctrl-C 放弃此行。",
        "按鍵：Tab 自動完成，拼音和標題首字母亦可；→ 採用建議；Ctrl-R 搜尋歷史；Ctrl-C 放棄此行。",
    ),
    "do.open": ("read the document, with its matches marked", "阅读全文，标出匹配", "閱讀全文，標出符合處"),
    "do.more": ("show the next hits", "显示后面的结果", "顯示後面的結果"),
    "do.why": (
        "explain why this hit was found; alone, or with a query: how that was read",
        "说明此结果为何列出、如何计分；单独使用或带查询则说明如何理解查询",
        "說明此結果為何列出、如何計分；單獨使用或帶查詢則說明如何理解查詢",
    ),
    "do.like": ("find documents similar to this one", "查找与之相似的文档", "尋找與之相似的文件"),
    "do.facets": (
        "count the hits by script, format, year, category, …",
        "按字形、格式、年份、分类等统计结果",
        "依字形、格式、年份、分類等統計結果",
    ),
    "do.scope": (
        "search only in what this query finds; alone: everywhere",
        "只在此查询的结果中搜索；单独使用则搜索全部",
        "只在此查詢的結果中搜尋；單獨使用則搜尋全部",
    ),
    "do.script": (
        "show results in this script; alone: as written",
        "以此字形显示结果；单独使用则按原文",
        "以此字形顯示結果；單獨使用則依原文",
    ),
    "do.expand": (
        "look for other regions' words too (軟體, 软件)",
        "同时查找其他地区用词（軟體、软件）",
        "同時搜尋其他地區用詞（軟體、软件）",
    ),
    "do.strict": (
        "find only documents that have every term; again: all",
        "只找包含全部词语的文档；再输入一次则也找只包含一部分的",
        "只找包含全部詞語的文件；再輸入一次則也找只包含一部分的",
    ),
    "do.live": (
        "show hits while you type; again: only on Enter",
        "输入时即显示结果；再输入一次则按回车后才显示",
        "輸入時即顯示結果；再輸入一次則按 Enter 後才顯示",
    ),
    "do.index": (
        "index a folder; alone: update the folders it knows",
        "把文件夹编入索引；单独使用则更新已知文件夹",
        "把資料夾編入索引；單獨使用則更新已知資料夾",
    ),
    "do.edit": ("open the file in your editor, at the match", "在编辑器中打开文件，定位到匹配处", "在編輯器中開啟檔案，定位到符合處"),
    "do.save": (
        "write all hits to FILE: as text, as a table (.csv) or as JSON lines (.json)",
        "把全部结果写入文件：文本，.csv 为表格，.json 为 JSON 行",
        "把全部結果寫入檔案：文字，.csv 為試算表，.json 為 JSON 行",
    ),
    "do.status": ("show what the index holds", "查看索引的内容", "查看索引的內容"),
    "do.help": ("show this list", "显示本列表", "顯示本列表"),
    "do.quit": ("leave (or Ctrl-D)", "离开（也可按 Ctrl-D）", "離開（也可按 Ctrl-D）"),
}

_EXPLANATION: dict[str, Row] = {
    "why.query": ("query: {query}", "查询：{query}", "查詢：{query}"),
    "why.read": ("read as: {understood}", "理解为：{understood}", "理解為：{understood}"),
    "why.term": (
        "{text}: in {documents:,} of {indexed:,} documents",
        "{text}：{indexed:,} 篇文档中有 {documents:,} 篇",
        "{text}：{indexed:,} 篇文件中有 {documents:,} 篇",
    ),
    "why.term.typed": (", {typed:,} of them as typed", "，其中 {typed:,} 篇与输入一致", "，其中 {typed:,} 篇與輸入一致"),
    "why.term.apart": (
        "; {apart:,} more have its words apart, or such an author",
        "；另有 {apart:,} 篇各词都有但不相连，或作者如此",
        "；另有 {apart:,} 篇各詞都有但不相連，或作者如此",
    ),
    "why.term.words": ("; word by word: {words}", "；逐词：{words}", "；逐詞：{words}"),
    "why.expansion": (
        "also looked for: {source} → {targets} ({kind}, counts {weight:g})",
        "同时查找：{source} → {targets}（{kind}，按 {weight:g} 倍计分）",
        "同時搜尋：{source} → {targets}（{kind}，以 {weight:g} 倍計分）",
    ),
    "why.region": ("another name", "另一种叫法", "另一種說法"),
    "why.doubtful": (
        "perhaps another name, listed only where little else is found",
        "可能是另一种叫法，结果很少时才列出",
        "可能是另一種說法，結果很少時才列出",
    ),
    "why.register": ("everyday and formal words, mostly for the order", "日常与正式用语，主要影响排序", "日常與正式用語，主要影響排序"),
    "why.translation": ("English and Chinese, mostly for the order", "中英文对应，主要影响排序", "中英文對應，主要影響排序"),
    "why.same": ("English and Chinese", "中英文对应", "中英文對應"),
    "why.number": ("another way to write it", "另一种写法", "另一種寫法"),
    "why.synonym": ("a synonym", "同义词", "同義詞"),
    "why.score": (
        "{id}: has all that was asked for; score {score:.3f}",
        "{id}：全部符合，得分 {score:.3f}",
        "{id}：全部符合，得分 {score:.3f}",
    ),
    "why.relaxed": (
        "{id}: found, though something is missing; score {score:.3f}",
        "{id}：虽有缺失仍列出，得分 {score:.3f}",
        "{id}：雖有缺漏仍列出，得分 {score:.3f}",
    ),
    "why.called": (
        "  its title is just what was asked for, or the law that was cited: it comes before all others",
        "  标题正是所查的，或所引的法律，因此排在其他文档之前",
        "  標題正是所查的，或所引的法律，因此排在其他文件之前",
    ),
    "why.headed": (
        "  it has a heading that is just what was asked for, or has that in its title: it comes before others",
        "  有小标题正是所查的，或标题含有所查的，因此排在其他文档之前",
        "  有小標題正是所查的，或標題含有所查的，因此排在其他文件之前",
    ),
    "why.held": (
        "  it holds the query as one run: it comes before what only has its words",
        "  整串连续出现，因此排在只含其中各词的文档之前",
        "  整串連續出現，因此排在只含其中各詞的文件之前",
    ),
    "why.scattered": (
        "  it has all terms, but far apart: it stands among documents that lack some",
        "  各词都有，但相距太远，因此与缺词的文档一同排序",
        "  各詞都有，但相距太遠，因此與缺詞的文件一同排序",
    ),
    "why.no.match": ("{id}: not found", "{id}：不会列出", "{id}：不會列出"),
    "why.part": (
        "{score:8.3f}  {text}: {found}; in {documents:,} of {indexed:,} documents",
        "{score:8.3f}  {text}：{found}；{indexed:,} 篇文档中有 {documents:,} 篇",
        "{score:8.3f}  {text}：{found}；{indexed:,} 篇文件中有 {documents:,} 篇",
    ),
    "why.kinds": (" ({kinds})", "（{kinds}）", "（{kinds}）"),
    "why.pairs": (
        "{score:8.3f}  other characters side by side in the query: {found}",
        "{score:8.3f}  其他在查询中相邻的字：{found}",
        "{score:8.3f}  其他在查詢中相鄰的字：{found}",
    ),
    "why.kind": ("{kind} {score:.3f}", "{kind} {score:.3f}", "{kind} {score:.3f}"),
    "why.more": (
        "{score:8.3f}  what else there is of the query, words and characters: {count:,}",
        "{score:8.3f}  其余 {count:,} 个词与字",
        "{score:8.3f}  其餘 {count:,} 個詞與字",
    ),
    "why.together": (
        "{score:8.3f}  in its best passage: {found}",
        "{score:8.3f}  最佳段落之中有：{found}",
        "{score:8.3f}  最佳段落之中有：{found}",
    ),
    "why.characters": ("{score:8.3f}  single characters: {found}", "{score:8.3f}  单字：{found}", "{score:8.3f}  單字：{found}"),
    "why.work": (
        "{score:8.3f}  bonus, whatever is asked: part of {work}, of which {parts:,} documents are here; the more, the higher",
        "{score:8.3f}  与所查内容无关的加分：属于“{work}”，这部作品在此共 {parts:,} 篇，篇数越多加分越多",
        "{score:8.3f}  與所查內容無關的加分：屬於「{work}」，這部作品在此共 {parts:,} 篇，篇數越多加分越多",
    ),
    "why.work.none": (
        "{score:8.3f}  bonus, whatever is asked: no part of a larger work, so the average of those that are",
        "{score:8.3f}  与所查内容无关的加分：不是某部作品的一部分，按平均值加分",
        "{score:8.3f}  與所查內容無關的加分：不是某部作品的一部分，以平均值加分",
    ),
    "why.word": ("as a word", "作为词", "作為詞"),
    "why.pair": ("as characters side by side", "作为相邻的字", "作為相鄰的字"),
    "why.kind.title": ("for the title", "因标题", "因標題"),
    "why.kind.folder": ("for the folder or the author", "因文件夹或作者", "因資料夾或作者"),
    "why.title": ("title", "标题", "標題"),
    "why.name": ("file name", "文件名", "檔名"),
    "why.folder": ("folder", "文件夹", "資料夾"),
    "why.path": ("path", "路径", "路徑"),
    "why.author": ("author", "作者", "作者"),
    "why.text": ("text", "正文", "內文"),
    "why.missing.whole": ("  lacks {text}", "  缺少：{text}", "  缺少：{text}"),
    "why.missing": ("  lacks {text}: there is no {words}", "  缺少：{text}（没有 {words}）", "  缺少：{text}（沒有 {words}）"),
    "why.missing.apart": (
        "  lacks {text}: its words are there, but not so",
        "  缺少：{text}（词都有，但不是这样相连）",
        "  缺少：{text}（詞都有，但不是這樣相連）",
    ),
    "why.excluded": ("  has {text}, which the query excludes", "  含有查询要排除的 {text}", "  含有查詢要排除的 {text}"),
    "why.nearest": ("; nearest to it: {nearest}", "；最接近的是 {nearest}", "；最接近的是 {nearest}"),
    "why.unlike": ("  does not fit {text}", "  不符合 {text}", "  不符合 {text}"),
    "why.has": ("; it has {nearest}", "，此篇为 {nearest}", "，此篇為 {nearest}"),
}

_COMMAND_LINE: dict[str, Row] = {
    "about": ("Full-text search for Chinese documents, in any script.", "中文文档全文搜索，不分简繁。", "中文文件全文搜尋，不分簡繁。"),
    "usage": ("usage", "用法", "用法"),
    "usage.line": ("usage: {call}", "用法：{call}", "用法：{call}"),
    "commands": ("commands", "命令", "指令"),
    "options": ("options", "选项", "選項"),
    "example.query": ("人脸识别 -手机", "人脸识别 -手机", "人臉辨識 -手機"),
    "examples": ("examples", "示例", "範例"),
    "usage.repl": ("the prompt, on a terminal", "在终端中进入交互界面", "在終端機中進入互動模式"),
    "usage.bare": ("the same as `searcher search QUERY…`", "等同 `searcher search QUERY…`", "等同 `searcher search QUERY…`"),
    "manual.description": (
        "searcher finds passages in Chinese documents. A query in one script finds documents in any, also in the words of other regions, "
        "and shows them as their authors wrote them, the best first. A hit of the last search is called by its number N.",
        "searcher 在中文文档里查找段落。用一种字形查询，各种字形以及其他地区用词的文档都能找到，按作者原文显示，最切题的在前。"
        "上次搜索的结果可用编号 N 指称。",
        "searcher 在中文文件裡尋找段落。用一種字形查詢，各種字形以及其他地區用詞的文件都能找到，依作者原文顯示，最切題的在前。"
        "上次搜尋的結果可用編號 N 指稱。",
    ),
    "ask.all": (
        "all of these, in any script; if no document has all, those with most",
        "全部都要有，不分简繁；若没有这样的文档，则给出含有最多的",
        "全部都要有，不分簡繁；若沒有這樣的文件，則給出含有最多的",
    ),
    "ask.quoted": (
        "exactly this run of characters; also 「…」 and “…”",
        "正是这一串字；也可用 「…」 或 “…”",
        "正是這一串字；也可用「…」或“…”",
    ),
    "ask.near": ("these, at most five places apart", "相距不超过五个字", "相距不超過五個字"),
    "ask.without": ("the first without the second; also NOT", "有前者而无后者；也可用 NOT", "有前者而無後者；也可用 NOT"),
    "ask.either": ("one of two, and the third", "前两者之一，并有第三者", "前兩者之一，並有第三者"),
    "ask.field": (
        "in the title, the path, the author; also category: format: script: and any field of your documents",
        "在标题、路径、作者中；还有 category: format: script: 以及文档自带的任何字段",
        "在標題、路徑、作者中；還有 category: format: script: 以及文件本身的任何欄位",
    ),
    "ask.date": ("dated so; also after: before:", "日期在此范围内；还有 after: before:", "日期在此範圍內；還有 after: before:"),
    "ask.sort": ("the newest first", "新的在前", "新的在前"),
    "ask.modified": (
        "changed in the last seven days; what was changed last first",
        "最近七天修改过；最近修改的在前",
        "最近七天修改過；最近修改的在前",
    ),
    "ask.pattern": ("words that begin so; one letter may differ", "以此开头的词；可差一个字母", "以此開頭的詞；可差一個字母"),
    "status.exit.0": ("found; done", "找到；完成", "找到；完成"),
    "status.exit.1": (
        "nothing found; some files could not be read; the index is damaged",
        "没有找到；有文件无法读取；索引已损坏",
        "沒有找到；有檔案無法讀取；索引已損壞",
    ),
    "status.exit.2": ("an error, told on standard error", "出错，原因见标准错误", "出錯，原因見標準錯誤"),
    "status.exit.130": ("stopped by Ctrl-C", "被 Ctrl-C 中断", "被 Ctrl-C 中斷"),
    "environment.SEARCHER_INDEX": (
        "the folder of the index, unless --index names one",
        "索引所在文件夹，除非 --index 另有指定",
        "索引所在資料夾，除非 --index 另有指定",
    ),
    "environment.NO_COLOR": ("no colours, unless --color always", "不用颜色，除非 --color always", "不用顏色，除非 --color always"),
    "environment.COLUMNS": ("the width of the output", "输出的列数", "輸出的欄數"),
    "environment.PAGER": (
        "what `open` reads with; else a pager of its own",
        "`open` 所用的分页器；否则用内置的",
        "`open` 所用的分頁器；否則用內建的",
    ),
    "environment.VISUAL": ("what `edit` opens with", "`edit` 所用的编辑器", "`edit` 所用的編輯器"),
    "environment.LC_ALL": ("the language of messages, unless --lang", "界面语言，除非 --lang 另有指定", "介面語言，除非 --lang 另有指定"),
    "file.config": ("the configuration, every key optional", "配置，每一项都可省略", "設定，每一項都可省略"),
    "file.history": (
        "what was typed at the prompt, except lines that begin with a space",
        "在交互界面输入过的内容；以空格开头的行除外",
        "在互動模式輸入過的內容；以空格開頭的行除外",
    ),
    "file.last": ("which hits the numbers of the last search mean", "上次搜索的编号各指哪条结果", "上次搜尋的編號各指哪筆結果"),
    "usage.foot": (
        "`searcher COMMAND --help` lists the options of a command.",
        "`searcher COMMAND --help` 列出该命令的选项。",
        "`searcher COMMAND --help` 列出該指令的選項。",
    ),
    "run.index": (
        "build or update the index; without PATH, update the folders it knows",
        "建立或更新索引；不带 PATH 则更新已知文件夹",
        "建立或更新索引；不帶 PATH 則更新已知資料夾",
    ),
    "run.search": (
        "answer a query; `-` reads queries from standard input, one per line",
        "回答一个查询；`-` 从标准输入逐行读取查询",
        "回答一個查詢；`-` 從標準輸入逐行讀取查詢",
    ),
    "run.show": ("print a document, with its matches marked", "显示文档，标出匹配", "顯示文件，標出符合處"),
    "run.open": (
        "read a document in a pager, from its best passage on",
        "在分页器中阅读，从最佳段落开始",
        "在分頁器中閱讀，從最佳段落開始",
    ),
    "run.edit": (
        "open a document's file in your editor, at the match",
        "在编辑器中打开文件，定位到匹配处",
        "在編輯器中開啟檔案，定位到符合處",
    ),
    "run.why": (
        "explain how a query was read; with a document, why it was found or not",
        "说明查询是怎样理解的；带文档则说明它为何符合或不符合",
        "說明查詢是怎樣理解的；帶文件則說明它為何符合或不符合",
    ),
    "run.like": ("find documents similar to one", "查找相似文档", "尋找相似文件"),
    "run.facets": (
        "count hits, or all documents, by script, format, year, category, …; without NAME, by each of these",
        "按字形、格式、年份、分类等统计结果；不带 QUERY 则统计全部文档，不带 NAME 则逐一统计",
        "依字形、格式、年份、分類等統計結果；不帶 QUERY 則統計全部文件，不帶 NAME 則逐一統計",
    ),
    "run.watch": (
        "bring the index up to date now and whenever a file changes, until Ctrl-C",
        "建立索引，并在文件变动时更新，直到 Ctrl-C",
        "建立索引，並在檔案變動時更新，直到 Ctrl-C",
    ),
    "run.status": (
        "show what the index holds, and how many files were skipped",
        "查看索引的内容，以及跳过了多少文件",
        "查看索引的內容，以及略過了多少檔案",
    ),
    "run.check": ("look for damage in the index", "检查索引是否损坏", "檢查索引是否損壞"),
    "run.forget": (
        "take folders out of the index; the files themselves stay",
        "把文件夹移出索引，文件本身不动",
        "把資料夾移出索引，檔案本身不動",
    ),
    "run.rebuild": (
        "analyse all stored documents again, without reading the files",
        "重新分析已存文档，不读取文件",
        "重新分析已存文件，不讀取檔案",
    ),
    "run.completion": (
        "print a script that completes commands in your shell: bash, zsh, fish",
        "输出 shell 补全脚本：bash、zsh、fish",
        "輸出 shell 自動完成腳本：bash、zsh、fish",
    ),
    "run.manual": ("print the manual page", "输出手册页", "輸出手冊頁"),
    "option.index": (
        "the folder of the index (default: index/ here or in a folder above)",
        "索引所在文件夹（默认为当前或上级文件夹里的 index/）",
        "索引所在資料夾（預設為目前或上層資料夾裡的 index/）",
    ),
    "option.lang": ("language of messages: en, zh-Hans, zh-Hant", "界面语言：en、zh-Hans、zh-Hant", "介面語言：en、zh-Hans、zh-Hant"),
    "option.color": ("auto, always or never", "auto、always 或 never", "auto、always 或 never"),
    "option.help": ("print this help", "显示本帮助", "顯示本說明"),
    "option.version": ("print the version", "显示版本", "顯示版本"),
    "option.limit": ("show N hits (default 10; 0 for all)", "显示 N 条结果（默认 10，0 为全部）", "顯示 N 筆結果（預設 10，0 為全部）"),
    "option.values": (
        "show the N most frequent values (default 10; 0 for all)",
        "显示最常见的 N 个值（默认 10，0 为全部）",
        "顯示最常見的 N 個值（預設 10，0 為全部）",
    ),
    "option.offset": ("leave out the first N hits", "略去前 N 条结果", "略去前 N 筆結果"),
    "option.strict": ("only documents that have every term", "只要包含全部词语的文档", "只要包含全部詞語的文件"),
    "option.no-expand": (
        "look only for what is typed: no other regions' words, no other punctuation",
        "只查找输入的词语，不扩展到其他地区用词和别的标点",
        "只搜尋輸入的詞語，不擴展到其他地區用詞和別的標點",
    ),
    "option.exact-script": (
        "match only the characters that were typed: 后 is not 後",
        "区分后与後：只匹配所输入的字形",
        "區分后與後：只符合所輸入的字形",
    ),
    "option.copies": (
        "list every document, even if its text is the same as another's, or nearly so",
        "列出每篇文档，包括内容相同或几乎相同的",
        "列出每篇文件，包括內容相同或幾乎相同的",
    ),
    "option.script": ("show results in this script: s, t, tw, hk", "以此字形显示结果：s、t、tw、hk", "以此字形顯示結果：s、t、tw、hk"),
    "option.passages": ("show N passages for each hit (default 3)", "每条结果的段落数（默认 3）", "每筆結果的段落數（預設 3）"),
    "option.context": (
        "length of a passage, in columns (default 150)",
        "段落长度，以终端列数计（默认 150）",
        "段落長度，以終端機欄數計（預設 150）",
    ),
    "option.context.lines": (
        "print only the lines with matches, and N lines around each",
        "只显示匹配行及前后 N 行",
        "只顯示符合行及前後 N 行",
    ),
    "option.width": (
        "width of the output, in columns (default: that of the terminal)",
        "输出的列数（默认为终端宽度）",
        "輸出的欄數（預設為終端機寬度）",
    ),
    "option.format": (
        "text, screen (as on a terminal), json, csv (all hits, for a spreadsheet), grep (every match), paths or count",
        "text、screen（按终端排版）、json、csv（全部结果，表格）、grep（每处匹配）、paths 或 count",
        "text、screen（依終端機排版）、json、csv（全部結果，試算表）、grep（每處符合）、paths 或 count",
    ),
    "option.paths": (
        "print only the path of each hit (--format paths)",
        "只输出每条结果的路径（即 --format paths）",
        "只輸出每筆結果的路徑（即 --format paths）",
    ),
    "option.count": (
        "print only how many documents there are (--format count)",
        "只输出有多少篇文档（即 --format count）",
        "只輸出有多少篇文件（即 --format count）",
    ),
    "option.json": ("print JSON lines (--format json)", "输出 JSON 行（即 --format json）", "輸出 JSON 行（即 --format json）"),
    "option.json.changes": ("print a JSON object for every change", "每次变化输出一个 JSON 对象", "每次變化輸出一個 JSON 物件"),
    "option.json.object": ("print one JSON object", "输出一个 JSON 对象", "輸出一個 JSON 物件"),
    "option.null": (
        "end each path with a NUL byte, for `xargs -0` (with -l)",
        "路径以 NUL 字节结尾，供 `xargs -0` 使用（配合 -l）",
        "路徑以 NUL 位元組結尾，供 `xargs -0` 使用（配合 -l）",
    ),
    "option.query": ("mark what this query matches", "标出此查询的匹配", "標出此查詢的符合處"),
    "option.exclude": (
        "leave out files that match PATTERN, written as in .gitignore; may be repeated",
        "排除符合此模式的文件，写法同 .gitignore；可重复",
        "排除符合此樣式的檔案，寫法同 .gitignore；可重複",
    ),
    "option.hidden": ("include hidden files", "也纳入隐藏文件", "也納入隱藏檔案"),
    "option.gitignore": ("leave out what .gitignore files name", "排除 .gitignore 列出的文件", "排除 .gitignore 列出的檔案"),
    "option.encodings": ("list the files whose encoding is doubtful", "列出编码不确定的文件", "列出編碼不確定的檔案"),
    "option.prune": (
        "remove documents whose files are gone, even if that is more than a fifth of a folder, or all of it",
        "移除文件已不存在的文档，即使占文件夹的五分之一以上或全部",
        "移除檔案已不存在的文件，即使占資料夾的五分之一以上或全部",
    ),
    "option.encoding": ("read text files in this encoding", "以此编码读取文本文件", "以此編碼讀取文字檔"),
    "option.ocr": (
        "also find text in pictures and scanned pages, from now on in these folders",
        "从此在这些文件夹中也识别图片和扫描页上的文字",
        "從此在這些資料夾中也辨識圖片和掃描頁上的文字",
    ),
    "option.no-ocr": ("leave pictures and scanned pages alone again", "不再识别图片和扫描页", "不再辨識圖片和掃描頁"),
    "option.workers": (
        "read and analyse with N processes (default: one for each core)",
        "用 N 个进程读取和分析（默认每核一个）",
        "用 N 個行程讀取和分析（預設每核一個）",
    ),
    "option.verbose": ("list every skipped file", "列出每个跳过的文件", "列出每個略過的檔案"),
    "option.quiet": ("print neither summary nor progress", "不显示摘要和进度", "不顯示摘要和進度"),
}

CATALOGUE: dict[str, Row] = {**_RESULTS, **_UPKEEP, **_FAILURES, **_PROMPT, **_EXPLANATION, **_COMMAND_LINE}
"""Key → English, 简体, 繁體; the same placeholders in all three. What the library says stands in `phrases.py`."""
