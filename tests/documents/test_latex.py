r"""LaTeX is read as it is printed."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from searcher.documents import Document
from tests.documents.reading import read_all, read_one

PRINTED = (
    (r"深度\textbf{学\emph{习}}与\LaTeX 、\school 、{\bf 粗}、\color{red}红\vspace{1em}", "深度学习与LaTeX、、粗、红"),
    (r"5\% \& \$3 \_a\_，G\"odel，a---b--c ``引''~空\,格\\[2pt]二行", "5% & $3 _a_，Gödel，a—b–c “引” 空格\n二行"),
    ("前% 註解\n  續行\n%\n\n後\\par 完", "前續行\n\n後\n\n完"),
    (r"如图~\ref{fig:a}和式 \eqref{b}，见\citep[第3页]{a,b}\label{c}。\figref{d}", "如图和式，见。"),
    (r"\href{http://a.cn/%20#x}{鏈\emph{接}}、\url{http://a.cn/~x%20_}、\verb|$a$%|、\lstinline!{!", "鏈接、http://a.cn/~x%20_、$a$%、{"),
    (r"公式$x_i$與\(y\)，價 \$5，\[ E = \text{能} \label{a} \]其中", "公式$x_i$與\\(y\\)，價 $5，\n\nE = \\text{能}\n\n其中"),
    ("\\begin{align*}\n  a &= b \\\\\n  c &= d \\label{x}\n\\end{align*}", "a &= b \\\\\nc &= d"),
    ("文\\footnote{腳註 \\emph{一}}字\\thanks{謝}", "文字\n\n腳註 一\n\n謝"),
    (r"\newcommand{\校}[1][a]{清華}\newcommand\school{清华大学}\def\x#1{中文}在\school{}和\school 。", "在清华大学和清华大学。"),
    (
        "\\begin{itemize}\n\\item 甲\n\\item[乙] 解釋\n\\begin{enumerate}\n\\item 一\n\\item 二\n\\end{enumerate}\n"
        "\\item 丙\n\\end{itemize}\n後",
        "• 甲\n• 乙 解釋\n  1. 一\n  2. 二\n• 丙\n\n後",
    ),
    (
        "\\begin{table}[htbp]\n\\caption[短]{說\\textbf{明}}\n\\begin{tabular}{|c|p{3cm}|}\n\\hline\n名 & 值 \\\\ \\hline\n"
        "甲 & \\multicolumn{2}{c}{乙} \\\\[2pt]\n\\end{tabular}\n\\end{table}\n後",
        "說明\n\n名\t值\n甲\t乙\n\n後",
    ),
    ("\\begin{theorem}[勾股定理]\\label{a}\n直角\n\\end{theorem}\n\\begin{proof}[b]\n證\n\\end{proof}", "勾股定理\n\n直角\n\n證"),
    (
        "\\begin{lstlisting}[language=C, caption={快速排序}]\nint a[] = {1}; % 註\n\\item\n\\end{lstlisting}\n"
        "\\begin{minted}[x]{c}\nb\n\\end{minted}",
        "快速排序\n\nint a[] = {1}; % 註\n\\item\n\nb",
    ),
    (
        "前\\begin{tikzpicture}[x=1]\n\\draw (0,0) -- node {起點} (1,1);\n\\end{tikzpicture}\n\\begin{comment}\n隱\n\\end{comment}後",
        "前\n\n起點\n\n後",
    ),
    ("\\begin{algorithmic}[1]\n\\State 排序 $a$\n\\For{甲}\n\\end{algorithmic}", "排序 $a$\n甲"),
    ("\\item[甲\n\n乙] 丙", "• [甲\n\n乙] 丙"),
    ("\\begin{frame}[t]{標題}\n內文\n\\end{frame}", "標題\n\n內文"),
    ("\\item[a 甲 \\item{乙} $5 } \\end{x} \\begin{lstlisting} [ 丙", None),
)


@pytest.mark.parametrize(("markup", "text"), PRINTED)
def test_a_part_is_what_is_printed(markup: str, text: str | None) -> None:
    document = read_one("a.tex", markup + "\n")
    assert document.metadata["format"] == "latex"
    if text is None:
        assert re.findall("[甲乙丙]", document.text) == ["甲", "乙", "丙"], "what is broken loses nothing"
    else:
        assert document.text == text


WHOLE = r"""% \title{註解}
\documentclass[UTF8]{ctexart}
\usepackage[a4paper]{geometry}
\newtheorem{thm}{定理}
\newenvironment{甲}[1]{前}{後}
\ctexset{section/name={第,章}}
\title[短題]{基于\textbf{深度学习}的中文分词\\ 研究\thanks{基金}}
\author{李明\thanks{北京大学} \and 王芳}
\date{2021年8月17日}
\setlength{\parindent}{2em} Text without Han
\cabstract{摘要}
\begin{document}
\maketitle
\section[短]{引言}\label{sec:a}
See \cite{a}.

\subsection*{一 \emph{節}}
文
\begin{latex}
\begin{document}例\end{document}
\end{latex}
完
\end{document}
這裏沒有
"""


def test_a_whole_document_tells_its_title_author_and_date_and_of_its_preamble_only_what_is_chinese() -> None:
    document = read_one("a.tex", WHOLE)
    assert (document.title, document.metadata["author"], document.date) == ("基于深度学习的中文分词 研究", ("李明", "王芳"), "2021-08-17")
    assert document.text == (
        "基于深度学习的中文分词\n研究\n\n李明, 王芳\n\n2021年8月17日\n\n摘要\n\n引言\n\nSee.\n\n一 節\n\n文\n\n例\n\n完\n\n基金\n\n北京大学"
    )
    assert [place.label for place in document.locations if place.kind == "heading"] == ["引言", "一 節"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("% !TEX root = main.tex\n\\chapter{緒論}\\label{ch:a}\n正文", "緒論"),
        ("\\documentclass{article}\n\\begin{document}\n%\\section{舊}\n\\section*{第一節 \\LaTeX}\n正文", "第一節 LaTeX"),
        ("\\title{}\n\\section{緒論}\n正文", "緒論"),
        ('\\title{分析 5\\% \\& \\TeX\\\\% 註\n}\n\\author{Ond\\v{r}ej G\\"odel}', "分析 5% & TeX"),
        ("\\documentclass{article}\n\\begin{document}\n正文。還有。\n\\end{document}", "論文"),
        ("\\title{" + "{" * 1000 + "正文。", "論文"),
    ],
)
def test_a_part_is_called_by_its_first_heading_else_by_its_file(text: str, title: str) -> None:
    assert read_one("論文.tex", text).title == title


def test_a_paragraph_that_begins_with_a_footnote_has_its_line() -> None:
    document = read_one("a.tex", "甲\n乙\n丙\n\n\\footnote{丁}\n戊\n")
    assert [(place.label, document.text[place.start]) for place in document.locations] == [("1", "甲"), ("6", "戊")]


@pytest.mark.parametrize("command", ["\\label{a}", "\\centering"])
def test_a_bracket_behind_what_takes_no_option_is_text(command: str) -> None:
    assert read_one("a.tex", f"甲\n{command}\n[乙]丙").text == "甲 [乙]丙"


def test_an_example_of_a_document_is_none() -> None:
    assert read_one("a.tex", "\\section{甲}\n前\n\\documentclass{a}\n\\begin{document}例\\end{document}後\n").text == "甲\n\n前\n\n例\n\n後"


def test_what_only_loads_other_files_is_text_as_it_is_written() -> None:
    text = "\\documentclass{book}\n\\begin{document}\n\\input{a}\n\\end{document}"
    document = read_one("main.tex", text + "\n")
    assert (document.text, document.metadata["format"], document.title) == (text, "tex", "main.tex")


def test_what_has_too_many_tokens_is_text_as_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "甲{乙}" * 10
    assert read_one("a.tex", text).text == "甲乙" * 10
    monkeypatch.setattr("searcher.documents.markup.latex._MOST_TOKENS", 30)
    assert read_one("a.tex", text).text == text


SEEN = (
    "文{}",
    "\\section{節{}}",
    "\\item 項{}",
    "\\caption{說{}}",
    "\\textbf{粗{}}",
    "甲{} & 乙",
    "\\[ 式{} \\]",
    "",
    "行{}\\\\",
)
UNSEEN = (
    "% 註",
    "\\label{a}",
    "\\begin{itemize}",
    "\\end{itemize}",
    "\\begin{tabular}{c}",
    "\\end{tabular}",
    "\\centering",
    "{",
    "}",
    "[",
    "]",
)


@given(st.lists(st.sampled_from(SEEN) | st.sampled_from(UNSEEN), max_size=25))
def test_what_is_printed_is_there_once_and_places_say_in_which_line(templates: list[str]) -> None:
    written = [template for template in templates if template != "% 註"]
    assume(("\\begin{itemize}", "[") not in pairwise(written))  # there, it is an option
    numbers = [number for number, template in enumerate(templates, 2) if "{}" in template]
    lines = [template.replace("{}", f" {number}號") for number, template in enumerate(templates, 2)]
    (item,) = read_all("a.tex", "\n".join(("首 1號", *lines)))
    assert isinstance(item, Document)
    assert [int(number) for number in re.findall(r" (\d+)號", item.text)] == [1, *numbers]
    for found in re.finditer(r"(?m)^(?:節|說|• 項|式) (\d+)號", item.text):
        known = [place for place in item.locations if place.kind == "line" and place.start <= found.end()][-1]
        assert int(found[1]) == int(known.label) + item.text.count("\n", known.start, found.start())


@given(st.text(alphabet="\\{}[]$%&~ \nab甲乙*_^", max_size=120))
def test_any_text_is_read(text: str) -> None:
    assert all(isinstance(item, Document) for item in read_all("a.tex", f"首{text}"))
