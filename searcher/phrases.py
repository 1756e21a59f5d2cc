"""In which words does the library remark something, or raise an error, in English, 简体, 繁體?

One table, one row a remark: the three languages side by side, so that none can be forgotten. The rows of the program's own words stand in
`messages.py`, which takes these in.
"""

from __future__ import annotations

from collections.abc import Mapping

Row = tuple[str, str, str]

_ERRORS: dict[str, Row] = {
    "SearcherError": ("{reason}", "{reason}", "{reason}"),
    "Refused": ("{detail}", "{detail}", "{detail}"),
    "IndexNotFound": (
        "no index in {path}: build one with `searcher index PATH`",
        "{path} 里没有索引：用 `searcher index 路径` 建立",
        "{path} 裡沒有索引：用 `searcher index 路徑` 建立",
    ),
    "IndexElsewhere": (
        "no index in {path}; your last search was in {other}: name it with --index, or as `index` in the configuration",
        "{path} 里没有索引；上次搜索的是 {other}：可用 --index 指定，或写入配置的 `index`",
        "{path} 裡沒有索引；上次搜尋的是 {other}：可用 --index 指定，或寫入設定檔的 `index`",
    ),
    "IndexUnmade": (
        "no index in {path}: build one with `searcher index PATH`, and the same {named}",
        "{path} 里没有索引：用 `searcher index 路径` 建立，并同样指定 {named}",
        "{path} 裡沒有索引：用 `searcher index 路徑` 建立，並同樣指定 {named}",
    ),
    "IndexExists": (
        "there is already an index in {path}: open it, or choose another folder",
        "{path} 里已有索引：请直接打开，或另选文件夹",
        "{path} 裡已有索引：請直接開啟，或另選資料夾",
    ),
    "IndexOccupied": (
        "there are other files in {path}: an index needs a folder of its own, such as {inside}",
        "{path} 里有其他文件：索引须单独占一个文件夹，例如 {inside}",
        "{path} 裡有其他檔案：索引須單獨占一個資料夾，例如 {inside}",
    ),
    "IndexLocked": (
        "the index in {path} is being written by process {pid} on {host} since {since}: try again when it has finished",
        "{host} 上的进程 {pid} 自 {since} 起正在写入 {path} 里的索引：请等它完成后再试",
        "{host} 上的行程 {pid} 自 {since} 起正在寫入 {path} 裡的索引：請等它完成後再試",
    ),
    "IndexDamaged": (
        "the index in {path} is damaged ({reason}): run `searcher check`, then `searcher rebuild`",
        "{path} 里的索引已损坏（{reason}）：请运行 `searcher check`，再运行 `searcher rebuild`",
        "{path} 裡的索引已損壞（{reason}）：請執行 `searcher check`，再執行 `searcher rebuild`",
    ),
    "IndexLost": (
        "neither the table of contents of the index in {path} ({reason}) nor its copy can be read: delete the folder, and index your files "
        "again",
        "{path} 里的索引，其目录文件（{reason}）和副本都无法读取：请删除该文件夹，再重新建立索引",
        "{path} 裡的索引，其目錄檔（{reason}）和副本都無法讀取：請刪除該資料夾，再重新建立索引",
    ),
    "IndexUnsupported": (
        "the index in {path} is in a format that this searcher does not read ({reason}): update searcher, or index the files anew in "
        "another folder",
        "{path} 里的索引所用格式无法由此版本的 searcher 读取（{reason}）：请升级 searcher，或在另一文件夹重新建立索引",
        "{path} 裡的索引所用格式無法由此版本的 searcher 讀取（{reason}）：請升級 searcher，或在另一資料夾重新建立索引",
    ),
    "IndexMismatch": (
        "the index in {path} was made by another version ({reason}): run `searcher rebuild`",
        "{path} 里的索引由另一版本建立（{reason}）：请运行 `searcher rebuild`",
        "{path} 裡的索引由另一版本建立（{reason}）：請執行 `searcher rebuild`",
    ),
    "IndexUnreadable": (
        "cannot read the index in {path} ({reason}): check its permissions, and the disk",
        "无法读取 {path} 里的索引（{reason}）：请检查读取权限，以及磁盘是否完好",
        "無法讀取 {path} 裡的索引（{reason}）：請檢查讀取權限，以及磁碟是否完好",
    ),
    "IndexUnwritable": (
        "cannot write the index in {path} ({reason}): what was indexed before is intact",
        "无法写入 {path} 里的索引（{reason}）：此前已索引的内容完好",
        "無法寫入 {path} 裡的索引（{reason}）：此前已索引的內容完好",
    ),
    "InvalidDocument": (
        "cannot index the document {id}: {reason}",
        "无法把文档 {id} 编入索引：{reason}",
        "無法把文件 {id} 編入索引：{reason}",
    ),
    "UnknownDocument": (
        "no document {id} in the index: `searcher -l path:NAME` lists the paths that hold a name",
        "索引里没有文档 {id}：`searcher -l path:名称` 列出含有该名称的路径",
        "索引裡沒有文件 {id}：`searcher -l path:名稱` 列出含有該名稱的路徑",
    ),
    "InvalidOption": ("{option} cannot be {value}: {reason}", "{option} 不能是 {value}：{reason}", "{option} 不能是 {value}：{reason}"),
    "InvalidPath": ("{value}: {reason}", "{value}：{reason}", "{value}：{reason}"),
    "InvalidSetting": (
        "{option} in {path} cannot be {value}: {reason}",
        "{path} 里的 {option} 不能是 {value}：{reason}",
        "{path} 裡的 {option} 不能是 {value}：{reason}",
    ),
    "SettingsUnreadable": (
        "cannot read the configuration {path}: {reason}",
        "无法读取配置文件 {path}：{reason}",
        "無法讀取設定檔 {path}：{reason}",
    ),
    "WorkerLost": (
        "a worker process was ended: what was committed before is kept; try again with fewer workers (`--workers 1`), "
        'in a script under `if __name__ == "__main__":`',
        '一个工作进程被终止：已提交的内容保留；请减少进程数再试（`--workers 1`），脚本中须置于 `if __name__ == "__main__":` 之下',
        '一個工作行程被終止：已提交的內容保留；請減少行程數再試（`--workers 1`），程式碼須置於 `if __name__ == "__main__":` 之下',
    ),
    "UnknownSetting": (
        "unknown key {key} in {path}: the keys are {keys}",
        "{path} 里有未知的键 {key}：可用的键有 {keys}",
        "{path} 裡有未知的鍵 {key}：可用的鍵有 {keys}",
    ),
    "MissingDependency": (
        '{what} needs a package that is not installed: pip install "{requirement}"',
        '{what} 需要尚未安装的软件包：pip install "{requirement}"',
        '{what} 需要尚未安裝的套件：pip install "{requirement}"',
    ),
}
"""Of the errors, under the names of their classes; their facts are what these are made with."""

_NOTICES: dict[str, Row] = {
    "notice.nothing": (
        "nothing to look for: punctuation and symbols are not indexed",
        "没有可查找的内容：标点和符号不编入索引",
        "沒有可搜尋的內容：標點和符號不編入索引",
    ),
    "notice.minus": (
        "a minus needs something to take away from, so it was read as text: write NOT to find all documents without a word",
        "减号之前须有可供排除的内容，所以当作文字：要找不含某词的全部文档，请写 NOT",
        "減號之前須有可供排除的內容，所以當作文字：要找不含某詞的全部文件，請寫 NOT",
    ),
    "notice.small": (
        "{word} was read as a word: in capitals, {operator}, it joins terms",
        "{word} 已当作词语：大写 {operator} 才是运算符",
        "{word} 已當作詞語：大寫 {operator} 才是運算子",
    ),
    "notice.capitals": (
        "NOT was read as a word, for with the capitals beside it that is English: NOT {word} leaves out what has {word}",
        "NOT 与前后的大写词是一句英文，所以当作词语：NOT {word} 才会排除含有 {word} 的文档",
        "NOT 與前後的大寫詞是一句英文，所以當作詞語：NOT {word} 才會排除含有 {word} 的文件",
    ),
    "notice.near": (
        '{word} was read as a word: for words near each other, write "甲 乙"~5',
        '{word} 已当作词语：要找相距不远的词，请写 "甲 乙"~5',
        '{word} 已當作詞語：要找相距不遠的詞，請寫 "甲 乙"~5',
    ),
    "notice.field": (
        "{typed}: was read as text: the field is called {name}:",
        "{typed}: 已当作文字：字段名是 {name}:",
        "{typed}: 已當作文字：欄位名是 {name}:",
    ),
    "notice.apart": (
        "{field} was read as text: write what is wanted there right behind the colon",
        "{field} 已当作文字：冒号后请紧接着写内容",
        "{field} 已當作文字：冒號後請緊接著寫內容",
    ),
    "notice.value": (
        "nothing to look for, so it was left out: {text}",
        "没有可查找的内容，已略去：{text}",
        "沒有可搜尋的內容，已略去：{text}",
    ),
    "notice.option": (
        "-{word} leaves out what has {word}: a command is looked for in quotes",
        "-{word} 会排除含有 {word} 的文档：查找命令请加引号",
        "-{word} 會排除含有 {word} 的文件：搜尋指令請加引號",
    ),
    "notice.signs": (
        "“{text}” with other punctuation: {count:,}",
        "“{text}”标点不同的：{count:,} 篇",
        "「{text}」標點不同的：{count:,} 篇",
    ),
    "notice.many": (
        "more than {limit:,} terms: read as a pasted text, in which nothing is an operator",
        "超过 {limit:,} 个词语：按粘贴的文字理解，其中没有运算符",
        "超過 {limit:,} 個詞語：按貼上的文字理解，其中沒有運算子",
    ),
    "notice.cut": (
        "too long a query: only its first {count:,} terms were looked for",
        "查询过长：只查找了前 {count:,} 个词语",
        "查詢過長：只搜尋了前 {count:,} 個詞語",
    ),
    "notice.patterns": (
        "more than {limit:,} words with * or ~: the others were read as text",
        "带 * 或 ~ 的词超过 {limit:,} 个：其余当作文字",
        "帶 * 或 ~ 的詞超過 {limit:,} 個：其餘當作文字",
    ),
    "notice.date": (
        "not understood as a date, so it was read as text: {text}",
        "无法理解为日期，所以当作文字：{text}",
        "無法理解為日期，所以當作文字：{text}",
    ),
    "notice.number": (
        "not understood as a number, so it was read as text: {text}",
        "无法理解为数字，所以当作文字：{text}",
        "無法理解為數字，所以當作文字：{text}",
    ),
    "notice.sort": (
        "nothing can be sorted by that, so it was read as text: {text}",
        "无法以此排序，所以当作文字：{text}",
        "無法以此排序，所以當作文字：{text}",
    ),
    "notice.limited": (
        "{pattern} stands for more than {limit:,} terms: the most frequent {limit:,} were looked for",
        "{pattern} 代表的词语超过 {limit:,} 个：只查找了最常见的 {limit:,} 个",
        "{pattern} 代表的詞語超過 {limit:,} 個：只搜尋了最常見的 {limit:,} 個",
    ),
    "notice.words": (
        "words were cut with another dictionary: run `searcher rebuild` for the best ranking",
        "索引所用的分词词典与现在不同：运行 `searcher rebuild` 可得最佳排序",
        "索引所用的斷詞詞典與現在不同：執行 `searcher rebuild` 可得最佳排序",
    ),
    "notice.views": (
        "this index lacks some of what is searched and ranked by now: run `searcher rebuild`",
        "此索引缺少如今搜索和排序要用的部分内容：请运行 `searcher rebuild`",
        "此索引缺少如今搜尋和排序要用的部分內容：請執行 `searcher rebuild`",
    ),
    "notice.dictionary": (
        "the user dictionary has changed: `searcher rebuild` cuts {count:,} documents anew, those with {words}",
        "自定义词典已改变：`searcher rebuild` 将重新切分含有 {words} 的 {count:,} 篇文档",
        "自訂詞典已改變：`searcher rebuild` 將重新切分含有 {words} 的 {count:,} 篇文件",
    ),
    "notice.empty": (
        "{root} is missing or empty: its {count:,} files stay in the index (--prune removes them; if it was renamed, index its new name)",
        "{root} 不存在或为空：其中 {count:,} 个文件仍留在索引里（--prune 可移除；若已改名，请索引新的路径）",
        "{root} 不存在或為空：其中 {count:,} 個檔案仍留在索引裡（--prune 可移除；若已改名，請索引新的路徑）",
    ),
    "notice.locked": (
        "process {pid} on {host} has been writing the index since {since}: waiting until it has finished",
        "{host} 上的进程 {pid} 自 {since} 起在写入索引：完成后再继续",
        "{host} 上的行程 {pid} 自 {since} 起在寫入索引：完成後再繼續",
    ),
    "notice.lost": (
        "what is lost comes back with `searcher index`, if its files are still there",
        "丢失的内容，只要文件还在，运行 `searcher index` 即可补回",
        "遺失的內容，只要檔案還在，執行 `searcher index` 即可補回",
    ),
    "notice.missing": (
        "{root} is missing, and nothing of it is in the index",
        "{root} 不存在，索引里也没有其中的内容",
        "{root} 不存在，索引裡也沒有其中的內容",
    ),
    "notice.moved": (
        "{root} is gone and all its files have moved, so it is forgotten",
        "{root} 已不存在，其中的文件都已移走，不再记录",
        "{root} 已不存在，其中的檔案都已移走，不再記錄",
    ),
    "notice.stays": (
        "{path} stays in the index: {reason}",
        "{path} 仍留在索引里：{reason}",
        "{path} 仍留在索引裡：{reason}",
    ),
    "notice.nothing-indexed": (
        "the index is empty: `searcher index PATH` indexes a folder",
        "索引里还没有文档：请运行 `searcher index 路径` 索引一个文件夹",
        "索引裡還沒有文件：請執行 `searcher index 路徑` 索引一個資料夾",
    ),
    "notice.undated": (
        "none of these has a date: sort:-modified begins with what was changed last",
        "这些文档都没有日期：sort:-modified 按最近修改排列",
        "這些文件都沒有日期：sort:-modified 依最近修改排列",
    ),
    "notice.untold": (
        "the system does not report every change ({reason}): all files are checked every {seconds} s",
        "系统无法告知所有变动（{reason}）：改为每 {seconds} 秒检查一遍",
        "系統無法告知所有變動（{reason}）：改為每 {seconds} 秒檢查一遍",
    ),
    "notice.vanished": (
        "{count:,} of {known:,} files in {root} have vanished: they stay in the index (--prune removes them)",
        "{root} 的 {known:,} 个文件中有 {count:,} 个已消失：仍留在索引里（--prune 可移除）",
        "{root} 的 {known:,} 個檔案中有 {count:,} 個已消失：仍留在索引裡（--prune 可移除）",
    ),
}
"""What is worth knowing beside an answer or a report."""

_REASONS: dict[str, Row] = {
    "reason.whole": ("a whole number is wanted", "应为整数", "應為整數"),
    "reason.flag": ("true or false is wanted", "应为 true 或 false", "應為 true 或 false"),
    "reason.text": ("a text in quotes is wanted", "应为引号中的文字", "應為引號中的文字"),
    "reason.texts": ("texts are wanted", "应为文字", "應為文字"),
    "reason.query": ("a text is wanted, or a parsed query", "应为文字或已解析的查询", "應為文字或已解析的查詢"),
    "reason.values": (
        "a query is wanted, or for names of metadata their values, as texts; dates, titles and paths are for a query",
        "应为查询，或由元数据的名称到其值（文字）的映射；日期、标题和路径请写成查询",
        "應為查詢，或由中繼資料的名稱到其值（文字）的對應；日期、標題和路徑請寫成查詢",
    ),
    "reason.weights": ("a Weights is wanted: Weights(title=2)", "应为 Weights，如 Weights(title=2)", "應為 Weights，如 Weights(title=2)"),
    "reason.opened": (
        "an index is opened with Index.open(path), or made with Index.create(path)",
        "请用 Index.open(path) 打开索引，或用 Index.create(path) 新建",
        "請用 Index.open(path) 開啟索引，或用 Index.create(path) 新建",
    ),
    "reason.several": (
        "several are wanted, as a list: `search` answers one",
        "应为列表；只有一个查询时请用 `search`",
        "應為串列；只有一個查詢時請用 `search`",
    ),
    "reason.zero": ("0 or more is wanted", "应为 0 或更大的数", "應為 0 或更大的數"),
    "reason.choice": ("one of {choices}", "应为 {choices} 之一", "應為 {choices} 之一"),
    "reason.table": (
        'a table is wanted: [converters], then ".doc" = "command {{file}}"',
        '应为表：先写 [converters]，再写 ".doc" = "命令 {{file}}"',
        '應為表格：先寫 [converters]，再寫 ".doc" = "指令 {{file}}"',
    ),
    "reason.converter": (
        "a suffix and a command that names {{file}} are wanted",
        "应为后缀名和带有 {{file}} 的命令",
        "應為副檔名和帶有 {{file}} 的指令",
    ),
    "reason.encoding": (
        "no such text encoding; gb18030, big5, utf-8 and utf-16 are some",
        "没有这种编码；可用的如 gb18030、big5、utf-8、utf-16",
        "沒有這種編碼；可用的如 gb18030、big5、utf-8、utf-16",
    ),
    "reason.synonyms": (
        "line {number} is neither `甲, 乙` nor `甲 => 乙`",
        "第 {number} 行既不是 `甲, 乙`，也不是 `甲 => 乙`",
        "第 {number} 行既不是 `甲, 乙`，也不是 `甲 => 乙`",
    ),
    "reason.no-root": ("the index knows no folder yet", "索引尚未收录任何文件夹", "索引尚未收錄任何資料夾"),
    "reason.not-a-root": (
        "it is none of the known folders, which `searcher status` names",
        "不在已收录的文件夹之列（`searcher status` 可查看）",
        "不在已收錄的資料夾之列（`searcher status` 可查看）",
    ),
    "reason.in-a-root": (
        "it is a part of {root}: `{command}` leaves it out",
        "它在已收录的 {root} 之内：用 `{command}` 将其排除",
        "它在已收錄的 {root} 之內：用 `{command}` 將其排除",
    ),
    "reason.left-out": ("left out", "空", "空"),
    "reason.utf8": ("it is not UTF-8", "不是 UTF-8 编码", "不是 UTF-8 編碼"),
    "reason.folded": ("its text was folded with other tables", "其文字归一时用的是另一套字形表", "其文字正規化時用的是另一套字形表"),
    "reason.kept": (
        "its documents are kept in format {found}, not {wanted}",
        "其文档格式为 {found}，而非 {wanted}",
        "其文件格式為 {found}，而非 {wanted}",
    ),
    "reason.description": ("what it says of itself cannot be understood", "其自身说明无法理解", "其自身說明無法理解"),
    "reason.format": (
        "format {found}, this program reads {wanted}",
        "格式 {found}，本程序读取 {wanted}",
        "格式 {found}，本程式讀取 {wanted}",
    ),
    "reason.not-text": ("its {field} is not text", "其 {field} 不是文字", "其 {field} 不是文字"),
    "reason.no-document": ("a Document is wanted, not {kind}", "应为 Document，而非 {kind}", "應為 Document，而非 {kind}"),
    "reason.own-numbers": (
        "its numbers hold something else than whole numbers and floats: {name}",
        "其 numbers 中的 {name} 不是整数或浮点数",
        "其 numbers 中的 {name} 不是整數或浮點數",
    ),
    "reason.field-name": (
        "a number cannot be called {name}: a name has no spaces, colons, quotes, parentheses, no minus in front, and is no built-in field",
        "数值不能叫作 {name}：名称不能含空格、冒号、引号、括号，不能以减号开头，也不能是内置字段",
        "數值不能叫作 {name}：名稱不能含空格、冒號、引號、括號，不能以減號開頭，也不能是內建欄位",
    ),
    "reason.metadata": (
        "its metadata holds something else than texts and tuples of texts: {name}; numbers go into `numbers`",
        "其元数据 {name} 既不是文字，也不是文字元组；数值请放入 `numbers`",
        "中繼資料 {name} 既不是文字，也不是文字元組；數值請放入 `numbers`",
    ),
    "reason.locations": (
        "its locations are no tuple of Location(start, kind, label)",
        "其 locations 不是 Location(start, kind, label) 元组",
        "其 locations 不是 Location(start, kind, label) 元組",
    ),
    "reason.no-id": ("its id is empty", "标识为空", "識別碼為空"),
    "reason.of-file": ("{file}: {what}", "{file}：{what}", "{file}：{what}"),
    "reason.checksum": ("its checksum is wrong", "校验和不符", "檢查碼不符"),
    "reason.bytes": (
        "the checksum of bytes {start} to {stop} is wrong",
        "字节 {start} 至 {stop} 的校验和不符",
        "位元組 {start} 至 {stop} 的檢查碼不符",
    ),
    "reason.lock-gone": (
        "the index, or its lock, was removed while it was being written",
        "写入期间，索引或其锁文件被删除",
        "寫入期間，索引或其鎖定檔被刪除",
    ),
    "reason.watch-limit": (
        "a limit is reached: fs.inotify.max_user_watches or max_user_instances",
        "已达上限 fs.inotify.max_user_watches 或 max_user_instances",
        "已達上限 fs.inotify.max_user_watches 或 max_user_instances",
    ),
    "reason.gone": ("it is missing", "不存在", "不存在"),
    "reason.no-file": ("it is no plain file", "并非普通文件", "並非一般檔案"),
    "reason.too-long": ("it has more than {limit:,} bytes", "超过 {limit:,} 个字节", "超過 {limit:,} 個位元組"),
    "reason.cut-off": ("it is cut off, or no file of arrays", "不完整，或并非索引文件", "不完整，或並非索引檔"),
    "reason.numbers": ("its numbers do not fit together: {error}", "其中的数字互不相符：{error}", "其中的數字互不相符：{error}"),
    "reason.order": (
        "terms of {field} are out of order (group {number})",
        "{field} 的词项顺序有误（第 {number} 组）",
        "{field} 的詞項順序有誤（第 {number} 組）",
    ),
    "reason.directory": ("its directory is not readable: {error}", "目录无法读取：{error}", "目錄無法讀取：{error}"),
    "reason.catalogue": ("its list of files cannot be read: {error}", "文件清单无法读取：{error}", "檔案清單無法讀取：{error}"),
    "reason.lost": ("{count:,} documents are lost: {what}", "丢失 {count:,} 篇文档：{what}", "遺失 {count:,} 篇文件：{what}"),
    "reason.deletions-lost": (
        "which of {count:,} documents had been deleted is lost: {what}",
        "{count:,} 篇文档中哪些已删除，记录丢失：{what}",
        "{count:,} 篇文件中哪些已刪除，記錄遺失：{what}",
    ),
    "reason.lost.one": ("document {number} is lost: {what}", "第 {number} 篇文档丢失：{what}", "第 {number} 篇文件遺失：{what}"),
}
"""Why something cannot be, as errors give it."""

_WANTED: dict[str, Row] = {
    "what.whoosh": ("reading an index through Whoosh", "通过 Whoosh 读取索引", "透過 Whoosh 讀取索引"),
    "what.watching": ("watching folders", "监视文件夹", "監視資料夾"),
    "what.recognition": ("text recognition", "文字识别", "文字辨識"),
    "what.words": ("cutting text into words", "分词", "斷詞"),
}
"""What needs a package that is not installed."""

_SYSTEM: dict[str, Row] = {
    "system.denied": ("permission denied", "没有权限", "沒有權限"),
    "system.in-use": ("another program has it open", "正被其他程序使用", "正被其他程式使用"),
    "system.nowhere": ("no such file or folder", "没有这个文件或文件夹", "沒有這個檔案或資料夾"),
    "system.no-folder": ("a part of the path is no folder", "路径中有一段不是文件夹", "路徑中有一段不是資料夾"),
    "system.folder": ("it is a folder", "这是文件夹", "這是資料夾"),
    "system.full": ("no space is left on the disk", "磁盘已满", "磁碟已滿"),
    "system.read-only": ("the disk is read-only", "磁盘只读", "磁碟唯讀"),
    "system.broken": ("the disk cannot be read or written", "磁盘读写出错", "磁碟讀寫出錯"),
    "system.long-name": ("its name is too long", "名称过长", "名稱過長"),
    "system.circle": ("its links lead in a circle", "链接循环", "連結循環"),
    "system.many-files": ("too many files are open", "打开的文件过多", "開啟的檔案過多"),
    "system.exists": ("it is there already", "已经存在", "已經存在"),
}
"""What the system refuses."""

_FILES: dict[str, Row] = {
    "detail.nothing": ("nothing in it", "没有内容", "沒有內容"),
    "detail.unread": ("nothing to read in it", "没有可读的内容", "沒有可讀的內容"),
    "detail.no-rows": ("no rows in it", "没有任何行", "沒有任何列"),
    "detail.stands-for": ("it only says to read {other}", "只指向 {other}", "只指向 {other}"),
    "detail.not-text": ("not text", "不是文本", "不是文字"),
    "detail.unknown": ("not text, and no format that is known", "不是文本，也不是已知格式", "不是文字，也不是已知格式"),
    "detail.special": ("neither a file nor a folder", "既不是文件，也不是文件夹", "既不是檔案，也不是資料夾"),
    "detail.in-flux": (
        "it changed while it was read: the next run reads it again",
        "读取期间有改动：下次运行会重新读取",
        "讀取期間有變動：下次執行會重新讀取",
    ),
    "detail.dead-link": ("a link that leads nowhere", "链接指向的位置不存在", "連結指向的位置不存在"),
    "detail.no-encoding": (
        "no text in {encoding}: {count:,} bytes do not fit; --encoding sets another",
        "不是 {encoding} 编码的文本：有 {count:,} 个字节不符；可用 --encoding 另行指定",
        "不是 {encoding} 編碼的文字：有 {count:,} 個位元組不符；可用 --encoding 另行指定",
    ),
    "detail.password": ("protected by a password", "有密码保护", "有密碼保護"),
    "detail.save-open": (
        "protected by a password: save it without one",
        "有密码保护：请另存为无密码的文件",
        "有密碼保護：請另存為無密碼的檔案",
    ),
    "detail.encrypted-mail": ("an encrypted mail", "加密的邮件", "加密的郵件"),
    "detail.drm": ("protected against copying (DRM)", "有版权保护（DRM）", "有版權保護（DRM）"),
    "detail.garbled": ("its text layer is garbled", "文字层是乱码", "文字層是亂碼"),
    "detail.scan": ("no text layer: a scan?", "没有文字层：是扫描件吗？", "沒有文字層：是掃描檔嗎？"),
    "detail.no-writing": ("no text was found in it", "未在其中找到文字", "未在其中找到文字"),
    "detail.pixels": ("a picture of {count:,} pixels", "图片有 {count:,} 像素", "圖片有 {count:,} 像素"),
    "detail.unrecognised": (
        "text recognition failed with {count:,} of its {pages:,} pages",
        "{pages:,} 页中有 {count:,} 页文字识别失败",
        "{pages:,} 頁中有 {count:,} 頁文字辨識失敗",
    ),
    "detail.some-recognised": (
        "text was looked for on {count:,} of its {pages:,} pages, and on no more",
        "共 {pages:,} 页，只识别了其中 {count:,} 页",
        "共 {pages:,} 頁，只辨識了其中 {count:,} 頁",
    ),
    "detail.garbled-pages": (
        "the text layer of {count:,} of its {pages:,} pages is garbled: {labels}",
        "{pages:,} 页中有 {count:,} 页的文字层是乱码：{labels}",
        "{pages:,} 頁中有 {count:,} 頁的文字層是亂碼：{labels}",
    ),
    "detail.damaged-pages": (
        "{count:,} of its {pages:,} pages are damaged or missing",
        "{pages:,} 页中有 {count:,} 页已损坏或缺失",
        "{pages:,} 頁中有 {count:,} 頁已損壞或缺少",
    ),
    "detail.some-pages": (
        "only {count:,} of its {pages:,} pages could be read in time",
        "{pages:,} 页中只来得及读出 {count:,} 页",
        "{pages:,} 頁中只來得及讀出 {count:,} 頁",
    ),
    "detail.no-pages": ("no page in it", "没有任何页", "沒有任何頁"),
    "detail.lost-pages": (
        "{count:,} of its pages, one after the other, cannot be loaded",
        "连续 {count:,} 页无法载入",
        "連續 {count:,} 頁無法載入",
    ),
    "detail.size": (
        "{size:,.1f} MB, over the limit of {limit:,.0f} MB for one document",
        "{size:,.1f} MB，超过单个文档 {limit:,.0f} MB 的上限",
        "{size:,.1f} MB，超過單一文件 {limit:,.0f} MB 的上限",
    ),
    "detail.over-limit": ("over the limit for one document", "超过单个文档的上限", "超過單一文件的上限"),
    "detail.page-size": (
        "the page {title}: over the limit of {limit:,.0f} MB",
        "页面 {title}：超过 {limit:,.0f} MB 的上限",
        "頁面 {title}：超過 {limit:,.0f} MB 的上限",
    ),
    "detail.text-size": ("more than {limit:,.0f} MB of text", "文字超过 {limit:,.0f} MB", "文字超過 {limit:,.0f} MB"),
    "detail.text-over": ("gives more text than one document may have", "文字超过单个文档的上限", "文字超過單一文件的上限"),
    "detail.file-over": ("gives more text than one file may", "文字超过单个文件的上限", "文字超過單一檔案的上限"),
    "detail.cells": (
        "its cells hold more than the {limit:,.0f} MB of one document",
        "单元格的内容超过单个文档 {limit:,.0f} MB 的上限",
        "儲存格的內容超過單一文件 {limit:,.0f} MB 的上限",
    ),
    "detail.memory": ("reading it takes more memory than one file may", "读取它所需的内存超过上限", "讀取它所需的記憶體超過上限"),
    "detail.values": ("more than {limit:,} values", "值超过 {limit:,} 个", "值超過 {limit:,} 個"),
    "detail.attachments": ("more than {limit:,} attachments", "附件超过 {limit:,} 个", "附件超過 {limit:,} 個"),
    "detail.many-files": ("holds more than {limit:,} files", "包含的文件超过 {limit:,} 个", "包含的檔案超過 {limit:,} 個"),
    "detail.many": ("holds too many files", "包含的文件过多", "包含的檔案過多"),
    "detail.records": ("it holds too many records", "包含的记录过多", "包含的記錄過多"),
    "detail.claims": (
        "claims {size:,.0f} MB, more than is left to unpack",
        "声称有 {size:,.0f} MB，超过还可解压的大小",
        "聲稱有 {size:,.0f} MB，超過還可解壓的大小",
    ),
    "detail.bomb": ("unpacks to more than {times:,} times its size", "解压后超过原大小的 {times:,} 倍", "解壓後超過原大小的 {times:,} 倍"),
    "detail.expands": (
        "its parts expand to more than is read of one document",
        "各部分解压后超过单个文档的上限",
        "各部分解壓後超過單一文件的上限",
    ),
    "detail.unpacks": ("unpacks to more than {limit:,.0f} MB", "解压后超过 {limit:,.0f} MB", "解壓後超過 {limit:,.0f} MB"),
    "detail.more": ("{count:,} more of what it holds could not be read", "其中另有 {count:,} 项无法读取", "其中另有 {count:,} 項無法讀取"),
    "detail.line": ("line {number}: {what}", "第 {number} 行：{what}", "第 {number} 行：{what}"),
    "detail.mail": ("mail {number}: {what}", "第 {number} 封邮件：{what}", "第 {number} 封郵件：{what}"),
    "detail.nested-archives": ("nested deeper than {limit} archives", "压缩包嵌套超过 {limit} 层", "壓縮檔巢狀超過 {limit} 層"),
    "detail.package": (
        '{format} needs the package {package}: pip install "{requirement}"',
        '{format} 需要软件包 {package}：pip install "{requirement}"',
        '{format} 需要套件 {package}：pip install "{requirement}"',
    ),
    "detail.no-document": (
        "neither a text nor a spreadsheet nor a presentation",
        "既不是文本，也不是电子表格或演示文稿",
        "既不是文字文件，也不是試算表或簡報",
    ),
    "detail.no-content": ("no content in it", "里面没有正文", "裡面沒有內文"),
    "detail.no-office": ("no document, presentation or workbook in it", "里面没有文档、演示文稿或工作簿", "裡面沒有文件、簡報或活頁簿"),
    "detail.no-word": ("no document of Word in it", "里面没有 Word 文档", "裡面沒有 Word 文件"),
    "detail.binary-workbook": ("a binary workbook: save it as XLSX", "二进制工作簿：请另存为 XLSX", "二進位活頁簿：請另存為 XLSX"),
    "detail.old-word": (
        "a document of Word from before 1997: save it as DOCX",
        "1997 年以前的 Word 文档：请另存为 DOCX",
        "1997 年以前的 Word 文件：請另存為 DOCX",
    ),
    "detail.packed": (
        "an archive that is not unpacked here: unpack it, or pack it as ZIP",
        "此处不解压的压缩包：请先解压，或改用 ZIP",
        "這裡不解壓縮的壓縮檔：請先解壓縮，或改用 ZIP",
    ),
    "detail.caj": (
        "a file of CNKI's reader: save it as PDF there",
        "知网阅读器的文件：请在阅读器中另存为 PDF",
        "知網閱讀器的檔案：請在閱讀器中另存為 PDF",
    ),
    "detail.kept": (
        "mails or notes as Outlook or OneNote keeps them: export them there, as .eml, .msg, .docx or .pdf",
        "Outlook 或 OneNote 保存的邮件或笔记：请在该程序中导出为 .eml、.msg、.docx 或 .pdf",
        "Outlook 或 OneNote 保存的郵件或筆記：請在該程式中匯出為 .eml、.msg、.docx 或 .pdf",
    ),
    "detail.iwork": (
        "a file of Pages, Numbers or Keynote from before 2013: open it there and save it anew",
        "2013 年以前的 Pages、Numbers 或 Keynote 文件：请用该程序打开后重新保存",
        "2013 年以前的 Pages、Numbers 或 Keynote 檔案：請用該程式開啟後重新儲存",
    ),
    "detail.lfs": (
        "it only points to a file in Git LFS: `git lfs pull` brings it",
        "只是 Git LFS 的指针：请用 `git lfs pull` 取得文件",
        "只是 Git LFS 的指標：請用 `git lfs pull` 取得檔案",
    ),
    "detail.no-references": ("no references in a form that is known", "没有可识别的文献题录", "沒有可辨識的書目資料"),
    "detail.other-book": (
        "a book of a kind that is not read: convert it to EPUB",
        "不支持的电子书格式：请转换为 EPUB",
        "不支援的電子書格式：請轉換為 EPUB",
    ),
    "detail.other-compound": ("a compound file of another program", "其他程序的复合文件", "其他程式的複合檔案"),
    "detail.no-compound": ("not what its name says: no compound file", "与扩展名不符：不是复合文件", "與副檔名不符：不是複合檔案"),
    "detail.no-archive": (
        "not what its name says: neither gzip nor bzip2 nor xz",
        "与扩展名不符：不是 gzip、bzip2 或 xz",
        "與副檔名不符：不是 gzip、bzip2 或 xz",
    ),
    "detail.method": ("packed by a method that is not known ({method})", "压缩方法未知（{method}）", "壓縮方法未知（{method}）"),
    "detail.method-part": (
        "a part of it is packed in a way that documents do not use",
        "其中一部分的压缩方式不为文档所用",
        "其中一部分的壓縮方式不為文件所用",
    ),
    "detail.no-reader": ("no format {name} where files are read", "读取文件的进程不认识格式 {name}", "讀取檔案的行程不認識格式 {name}"),
    "detail.deep-groups": ("its groups are nested deeper than {limit:,}", "分组嵌套超过 {limit:,} 层", "群組巢狀超過 {limit:,} 層"),
    "detail.deep-parts": ("parts in parts too deep", "各部分嵌套过深", "各部分巢狀過深"),
    "detail.deep-xml": ("its XML is nested deeper than {limit:,} elements", "XML 嵌套超过 {limit:,} 层", "XML 巢狀超過 {limit:,} 層"),
    "detail.xml": ("its XML is broken: {error}", "XML 有误：{error}", "XML 有誤：{error}"),
    "detail.doctype": (
        "its XML has a document type, which could hold a bomb of entities",
        "XML 带有文档类型声明，其中可能藏有实体炸弹",
        "XML 帶有文件類型宣告，其中可能藏有實體炸彈",
    ),
    "detail.json": ("not JSON ({error})", "不是 JSON（{error}）", "不是 JSON（{error}）"),
    "detail.deep-json": ("not JSON (nested too deep)", "不是 JSON（嵌套过深）", "不是 JSON（巢狀過深）"),
    "detail.odd-json": (
        "not JSON (nested too deep, or a number too long)",
        "不是 JSON（嵌套过深或数字过长）",
        "不是 JSON（巢狀過深或數字過長）",
    ),
    "detail.no-object": ("not a JSON object", "不是 JSON 对象", "不是 JSON 物件"),
    "detail.broken-mail": ("a mail in it is broken", "其中的邮件有误", "其中的郵件有誤"),
    "detail.unpack": ("cannot be unpacked: {error}", "无法解压：{error}", "無法解壓：{error}"),
    "detail.not-whole": ("no whole {kind} file: {error}", "不是完整的 {kind}：{error}", "不是完整的 {kind}：{error}"),
    "detail.no-table": ("no table of its pieces", "缺少分段表", "缺少分段表"),
    "detail.no-last-edit": ("it does not say where its last edit is", "没有指明最后一次编辑的位置", "沒有指明最後一次編輯的位置"),
    "detail.no-slides": ("it does not say where its slides are", "没有指明幻灯片的位置", "沒有指明投影片的位置"),
    "detail.claims-bytes": (
        "a field of it claims {count:,} bytes",
        "其中一个字段声称有 {count:,} 字节",
        "其中一個欄位聲稱有 {count:,} 位元組",
    ),
    "detail.overlap": ("its parts overlap", "各部分重叠", "各部分重疊"),
    "detail.two-ids": (
        "holds two documents of the id {id}: the later one is kept",
        "有两篇文档的标识都是 {id}：保留后一篇",
        "有兩篇文件的識別碼都是 {id}：保留後一篇",
    ),
    "detail.invalid": ("cannot be indexed: {reason}", "无法索引：{reason}", "無法索引：{reason}"),
    "detail.stored": ("what is stored of it is no document", "所存的内容不是文档", "所存的內容不是文件"),
    "detail.crashed": ("its parser crashed ({status})", "解析程序崩溃（{status}）", "剖析程式當掉（{status}）"),
    "detail.nonsense": ("its parser gave no usable answer", "解析程序的答复有误", "剖析程式的答覆有誤"),
    "detail.no-life": (
        "its parser gave no sign of life for {seconds:g} seconds",
        "解析程序 {seconds:g} 秒没有响应",
        "剖析程式 {seconds:g} 秒沒有回應",
    ),
    "detail.slow": ("all of it took longer than {seconds:g} seconds", "读取总时间超过 {seconds:g} 秒", "讀取總時間超過 {seconds:g} 秒"),
    "detail.slow-converter": (
        "its converter took longer than {seconds:g} seconds",
        "转换程序超过 {seconds:g} 秒",
        "轉換程式超過 {seconds:g} 秒",
    ),
    "detail.big-converter": (
        "its converter writes more than {limit:,} MB",
        "转换程序写出超过 {limit:,} MB",
        "轉換程式寫出超過 {limit:,} MB",
    ),
    "detail.bad-converter": ("its converter failed ({why})", "转换程序失败（{why}）", "轉換程式失敗（{why}）"),
    "detail.no-converter": ("its converter {command} is not installed", "未安装转换程序 {command}", "未安裝轉換程式 {command}"),
    "detail.dead-converter": ("its converter cannot be started: {error}", "转换程序无法启动：{error}", "轉換程式無法啟動：{error}"),
    "detail.many-converted": (
        "its converter left {count:,} files where one was wanted",
        "转换程序应留下一个文件，却留下 {count:,} 个",
        "轉換程式應留下一個檔案，卻留下 {count:,} 個",
    ),
    "detail.converted": ("what its converter made of it: {what}", "转换程序的产物：{what}", "轉換程式的產物：{what}"),
}
"""Why a file, or a part of it, gave no document."""

PHRASES: dict[str, Row] = {**_ERRORS, **_NOTICES, **_REASONS, **_WANTED, **_SYSTEM, **_FILES}
"""Key → English, 简体, 繁體; the same placeholders in all three."""


def in_english(key: str, facts: Mapping[str, object]) -> str:
    """A row with its facts; a tuple of texts is a list."""
    return PHRASES[key][0].format(**{name: ", ".join(fact) if isinstance(fact, tuple) else fact for name, fact in facts.items()})
