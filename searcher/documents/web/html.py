"""A web page becomes the text that a reader sees.

Only what is no part of an article goes: scripts, styles, navigation, page footers, annotations above characters, reference marks.
The walk keeps no stack of calls, and pages nested too deep for a tree are read tag by tag.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import unescape

from searcher.documents.composing.blocks import Blocks
from searcher.documents.composing.page import Page, document_of_page
from searcher.documents.description.frontmatter import front_matter
from searcher.documents.description.titles import typed_title
from searcher.documents.document import Document
from searcher.documents.sources.source import ReadOptions, Source
from searcher.documents.web.costly import VOID, is_costly

_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE
)

_DROPPED = frozenset(
    "script style template noscript nav rt rp iframe object embed audio video canvas svg map datalist annotation annotation-xml".split()
)
_DROPPED_ON_PAGES = frozenset(("footer", "aside"))  # unless inside an article
_ARTICLE = frozenset(("article", "main", "section", "blockquote"))
_DROPPED_ROLES = frozenset("navigation doc-noteref doc-backlink noteref backlink".split())  # DPUB-ARIA, EPUB structural semantics
_BLOCK = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form header hgroup hr"
    " html legend main p section summary table tbody tfoot thead caption option optgroup select textarea title".split()
)
_PERMALINKS = ("#", "¶")  # that Sphinx, MkDocs and VuePress put behind each heading
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_MARK = re.compile(r"[\[［〔]?\s*(?:\d{1,4}|[a-z]|註\s?\d+|注\s?\d+|note \d+)\s*[\]］〕]?", re.IGNORECASE)
_RAISED = str.maketrans("0123456789n", "⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ")
_HAN = re.compile(r"[\u3400-\u9fff]")

_FRAGMENT = re.compile(r"</(?:p|div|a|b|i|u|em|strong|span|su[bp]|ul|ol|li)>|<br ?/?>", re.IGNORECASE)
_TOKEN = re.compile(
    r"<!(?=--).*?(?:-->|\Z)|<[!?][^>]*(?:>|\Z)|<(?P<code>script|style)(?![^\s/<>])[^<>]*>.*?(?:</(?P=code)\s*>|\Z)"
    r"|<(?P<end>/?)(?P<tag>[a-z][^\s/<>]{0,40})[^<>]*>|(?P<text>[^<]+|<)",
    re.DOTALL | re.IGNORECASE,
)

Attributes = Mapping[str, str | None]
Event = tuple[str, str, Attributes | None]  # ("text", characters, None), ("open", tag, attributes), ("close", tag, None)


def read_html(source: Source, options: ReadOptions) -> Iterator[Document]:
    """The one document of a page, or of front matter and a fragment."""
    page_text = source.text(options, format="html", declared=declared_encoding)
    front = front_matter(page_text.text)
    page = _page(page_text.text[front.body_start :], options)
    yield document_of_page(source, page, page_text.metadata, front)


def page_of(markup: str, *, whole: bool = False) -> Page:
    """The page that markup shows; `whole` keeps navigation and the like, and so does a page that has nothing else."""
    events = _tag_events(markup) if is_costly(markup) else _tree_events(markup)
    page = _Reader(whole=whole).read(events)
    return page if page.text or whole else page_of(markup, whole=True)


def shown_of(text: str) -> str:
    """A text in which a program may have left tags (`甲<br>乙`, `<i>E. coli</i>`), as a reader sees it; without any, as it is."""
    return page_of(text.replace("\n", "<br>"), whole=True).text if _FRAGMENT.search(text) else text


def declared_encoding(head: bytes) -> str | None:
    """The encoding a page says it has."""
    match = _DECLARED.search(head)
    return (match[1] or match[2]).decode("ascii", "replace").lower() if match else None


def _page(markup: str, options: ReadOptions) -> Page:
    page = page_of(markup)
    if not options.extract_articles:
        return page
    from searcher.documents.web.article import article_of

    return article_of(page, markup)


class _Reader:
    """Turns the events of a page into its text; it knows where it is: in what is dropped, preformatted, an article, a list."""

    def __init__(self, *, whole: bool) -> None:
        self._blocks = Blocks()
        self._whole = whole
        self._dropping: list[str] = []  # the elements that are open in what is dropped, and
        self._dropped: Counter[str] = Counter()  # how many of each
        self._to_page = False  # in a link to a place of the same page
        self._preformatted = 0
        self._articles = 0
        self._superscript: list[str] | None = None
        self._titles: list[str] | None = None
        self._bold: list[str] | None = None
        self.title: str | None = None
        self.bold: str | None = None
        self.meta: dict[str, str] = {}

    def read(self, events: Iterable[Event]) -> Page:
        for kind, value, attributes in events:
            if kind == "text":
                self._text(value)
            elif kind == "open":
                self._open(value, attributes or {})
            else:
                self._close(value)
        return self._blocks.page(self.title and typed_title(self.title), self.bold, self.meta)

    def _text(self, text: str) -> None:
        if self._titles is not None:
            self._titles.append(text)
        elif self._dropping or (self._to_page and text.strip() in _PERMALINKS):
            return
        elif self._superscript is not None:
            self._superscript.append(text)
        elif self._preformatted:
            self._blocks.verbatim(text)
        else:
            if self._bold is not None:
                self._bold.append(text)
            self._blocks.text(text)

    def _open(self, tag: str, attributes: Attributes) -> None:
        if self._dropping or self._is_dropped(tag, attributes):
            if tag not in VOID:
                self._dropping.append(tag)
                self._dropped[tag] += 1
            return
        if tag in _HEADINGS:
            self._blocks.begin_heading()
        elif tag in _BLOCK:
            self._blocks.end_block()
        self._enter(tag, attributes)

    def _enter(self, tag: str, attributes: Attributes) -> None:
        if tag == "br":
            self._blocks.verbatim("\n") if self._preformatted else self._blocks.end_line()
        elif tag in ("pre", "listing", "xmp", "plaintext"):
            self._blocks.end_block()
            self._preformatted += 1
        elif tag in ("td", "th"):
            self._blocks.begin_cell()
        elif tag == "tr":
            self._blocks.begin_row()
        elif tag in _LISTS:
            self._blocks.begin_list(_start(attributes) if tag == "ol" else None)
        elif tag == "li":
            self._blocks.next_item()
        elif tag == "img":
            self._image(attributes)
        elif tag == "meta":
            self._meta(attributes)
        elif tag == "time":
            self._note("time", attributes.get("datetime"))
        elif tag == "sup" and self._superscript is None:
            self._superscript = []
        elif tag in ("b", "strong") and self._blocks.is_empty() and self._bold is None:
            self._bold = []
        elif tag == "title" and self.title is None:
            self._titles = []
        elif tag == "a":
            self._to_page = (attributes.get("href") or "").startswith("#")
        self._articles += tag in _ARTICLE

    def _close(self, tag: str) -> None:
        if self._dropping:
            self._end_dropped(tag)
            return
        if tag == "title" and self._titles is not None:
            self.title, self._titles = " ".join("".join(self._titles).split()), None
        elif tag == "sup" and self._superscript is not None:
            self._end_superscript()
        elif tag in ("b", "strong") and self._bold is not None:
            self.bold, self._bold = " ".join("".join(self._bold).split()) or None, None
        elif tag in _HEADINGS:
            self._blocks.end_heading(_HEADINGS[tag])
        elif tag in ("pre", "listing", "xmp", "plaintext"):
            self._preformatted = max(0, self._preformatted - 1)
            self._blocks.end_block()
        elif tag == "table":
            self._blocks.end_table()
        elif tag in _BLOCK:
            self._blocks.end_block()
        elif tag == "li":
            self._blocks.end_item()
        elif tag in _LISTS:
            self._blocks.end_list()
        elif tag == "a":
            self._to_page = False
        self._articles = max(0, self._articles - (tag in _ARTICLE))

    def _end_dropped(self, tag: str) -> None:
        """What is dropped ends with the last element of this name that is open, and so do those inside it."""
        ended = "" if self._dropped[tag] else tag
        while ended != tag:
            ended = self._dropping.pop()
            self._dropped[ended] -= 1

    def _is_dropped(self, tag: str, attributes: Attributes) -> bool:
        if self._whole:
            return tag in ("script", "style", "template")
        if tag in _DROPPED or (tag in _DROPPED_ON_PAGES and not self._articles):
            return True
        if attributes.get("role") in _DROPPED_ROLES or attributes.get("epub:type") in _DROPPED_ROLES:
            return True
        return "mw-editsection" in (attributes.get("class") or "")

    def _end_superscript(self) -> None:
        """A reference mark goes, a power stays."""
        text = "".join(self._superscript or ())
        self._superscript = None
        mark = text.strip()
        if not _MARK.fullmatch(mark):
            self._text(text)
        elif mark.isalnum() and not self._blocks.follows_wide():
            self._text(mark.translate(_RAISED))

    def _image(self, attributes: Attributes) -> None:
        description = (attributes.get("alt") or "").strip()
        if _HAN.search(description):
            self._blocks.image(description)

    def _meta(self, attributes: Attributes) -> None:
        name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop")
        self._note((name or "").lower(), attributes.get("content"))

    def _note(self, name: str, value: str | None) -> None:
        if name and value and len(self.meta) < 50:
            self.meta.setdefault(name, " ".join(value.split())[:500])


def _start(attributes: Attributes) -> int:
    start = (attributes.get("start") or "1").strip()
    return int(start) if start.isdecimal() and len(start) < 7 else 1


def _tree_events(markup: str) -> Iterator[Event]:
    """The page as a browser would build it; nodes are told apart by their ids, for comparing them writes them out."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(markup)
    node = tree.root
    end = node.mem_id if node is not None else 0
    while node is not None:
        tag = node.tag or "-"
        if tag == "-text":
            yield "text", node.text_content or "", None
        elif not tag.startswith("-"):
            yield "open", tag, node.attributes
        below = node.first_child
        while below is None:
            if not (node.tag or "-").startswith("-"):
                yield "close", node.tag or "", None
            if node.mem_id == end:
                return
            below = node.next
            node = node.parent if below is None else node
            if node is None:
                return
        node = below


def _tag_events(markup: str) -> Iterator[Event]:
    """The page tag by tag, without a tree: in linear time, whatever it is. Comments, programs and styles are passed over."""
    for match in _TOKEN.finditer(markup):
        if match["text"]:
            yield "text", unescape(match["text"]), None
        elif match["tag"]:
            yield ("close", match["tag"].lower(), None) if match["end"] else ("open", match["tag"].lower(), {})
