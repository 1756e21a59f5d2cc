"""What mainland China, Taiwan, Hong Kong, Singapore and Malaysia call the same thing, as other forms of a query.

    expansions("人工智慧")           → 人工智能 (mainland)
    expand_run(("人工", "智慧", "晶片")) → 人工智能芯片, then 人工智能晶片 and 人工智慧芯片

Only whole words are looked up, and only folded text: what differs in script alone is one word already.
The pairs lie in tables that a person can read and correct (`tables/regions-*.tsv`); where two tables know a pair, the first one counts,
so that the curated table, which comes first, can correct the others and, with a weight of 0, take a pair out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from searcher.frozen import frozen
from searcher.text import lookup
from searcher.text.folding import fold_script

MINED = "regions-mined.tsv"
TABLES: tuple[str, ...] = ("regions-curated.tsv", "regions-opencc.tsv", MINED)
"""The tables, the one that corrects the others first; one that is not there is empty."""

SPELT: tuple[str, ...] = (
    *("公里", "英里", "分鐘", "秒鐘", "點鐘", "刻鐘"),
    *("簽名", "簽字", "簽章", "簽約", "簽訂", "續簽", "代簽", "關係", "註冊", "著作", "肖像", "圖像", "錄像", "攝像", "製品", "鏈接"),
    *("複議", "複製", "複利", "託運", "委託", "請託", "強姦", "通姦", "迷姦", "准許", "批准", "不准", "干擾", "干涉", "岳父", "岳母"),
    *("佣金", "凶宅", "植髮", "併線", "散佈", "洩密", "洩露", "周歲", "老闆"),
)
"""Words that Taiwan does not write as it mostly writes their characters one by one: 公里, not 公裡."""

LONGEST_WORD = 6  # words of a run that are looked up as one: 物理/內存/地址 and the like
MOST_FORMS = 12  # of a run
EVERYWHERE = frozenset({"cn", "tw", "hk", "sg"})
"""The mainland, Taiwan, Hong Kong; Singapore and Malaysia, which write simplified characters as the mainland does."""

GRAMMAR = frozenset("的和与及或在是把被对从向用为以到了中上下里个种等")
"""Characters that stand beside a word of one character without being a part of it: 栈和队列."""

SIMPLIFIED = frozenset({"cn", "sg"})
DOUBTFUL = "ambiguous"
HAN = range(0x2E80, 0xFF00)
"""Where Han characters are; what is fullwidth comes behind."""


@frozen
class Form:
    """What another region calls a word: `target` folded, `shown` as written there."""

    target: str
    shown: str
    regions: tuple[str, ...]
    weight: float
    source: str
    ambiguous: bool


@frozen
class RunForm:
    """A run of words with some of them replaced by what another region calls them; `replaced`: pairs of folded text."""

    text: str
    shown: str
    weight: float
    replaced: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1 << 12)
def expansions(folded_text: str) -> tuple[Form, ...]:
    """What other regions call this word, heaviest first. (A query asks for a word several times.)"""
    forms: dict[str, Form] = {}
    for name in TABLES:
        for cells in lookup.rows(name, folded_text):
            form = _form(*cells)
            forms.setdefault(form.target, form)
    return tuple(sorted((form for form in forms.values() if form.weight > 0), key=lambda form: -form.weight))


def begins(folded_text: str) -> bool:
    """Whether a word that other regions call otherwise begins so."""
    return lookup.begins(TABLES, folded_text)


def as_typed(folded_text: str, typed: str, known: Mapping[int, int] | None = None) -> str:
    """A folded text in the script of what was typed: 6個月 for who typed 半年內.

    `known`: how some folded characters were typed, of which there may be several: 沖 or 衝.
    """
    simplified = all(ord(character) not in HAN or fold_script(character) == character for character in typed)
    if simplified:
        return folded_text.translate(known or {})
    shown = folded_text.translate({**_traditional(), **(known or {})})
    for wrong, right in _respelt():
        shown = shown.replace(wrong, right)
    return shown


def expand_run(words: Sequence[str]) -> tuple[RunForm, ...]:
    """The other forms of a run cut into folded `words` (one behind the other, not overlapping), heaviest first, at most `MOST_FORMS`.

    Adjacent words that are one word elsewhere are replaced together. All replacements in one form are of one region:
    a text is written in one. A form weighs as much as its lightest replacement; of two, the one with more comes first.
    """
    pieces = list(_pieces(words))
    if not any(forms for _, forms in pieces):  # as of most runs
        return ()
    drafts = [_Draft()]
    for source, forms in pieces:
        longer = (draft.kept(source) for draft in drafts)
        changed = (draft.replaced_by(source, form) for draft in drafts for form in forms if draft.agrees(form))
        drafts = sorted((*longer, *changed), key=_Draft.rank)[: MOST_FORMS + 1]
    return tuple(draft.form() for draft in drafts if draft.replaced)


@frozen
class _Draft:
    """A form of a run, as far as it has been read: its pieces, kept (a folded word) or replaced (with a `Form`)."""

    pieces: tuple[str | Form, ...] = ()
    weight: float = 1.0
    replaced: tuple[tuple[str, str], ...] = ()
    regions: frozenset[str] = EVERYWHERE

    def kept(self, word: str) -> _Draft:
        return _Draft((*self.pieces, word), self.weight, self.replaced, self.regions)

    def agrees(self, form: Form) -> bool:
        return not self.regions.isdisjoint(form.regions)

    def replaced_by(self, source: str, form: Form) -> _Draft:
        replaced = (*self.replaced, (source, form.target))
        return _Draft((*self.pieces, form), min(self.weight, form.weight), replaced, self.regions & frozenset(form.regions))

    def rank(self) -> tuple[float, int]:
        return -self.weight, -len(self.replaced)

    def form(self) -> RunForm:
        script = _traditional() if SIMPLIFIED.isdisjoint(self.regions) else {}
        text = "".join(piece if isinstance(piece, str) else piece.target for piece in self.pieces)
        shown = "".join(piece.translate(script) if isinstance(piece, str) else piece.shown for piece in self.pieces)
        return RunForm(text, shown, self.weight, self.replaced)


def is_piece(word: str, *beside: str) -> bool:
    """Whether a word of one character stands beside another: together they are one that the dictionary lacks, as 反 and 卷 are in 反卷,
    and what the character may mean by itself (卷 a volume) nobody meant."""
    return _is_character(word) and any(_is_character(other) and other not in GRAMMAR for other in beside)


def _is_character(word: str) -> bool:
    return len(word) == 1 and not word.isascii()


def _pieces(words: Sequence[str]) -> Iterator[tuple[str, tuple[Form, ...]]]:
    """The run again, cut into what is known as one word and the words between, with the forms of each."""
    start = 0
    while start < len(words):
        for end in range(min(len(words), start + LONGEST_WORD), start, -1):
            source = "".join(words[start:end])
            forms = expansions(source)
            if end == start + 1 and is_piece(source, *words[max(0, start - 1) : start], *words[end : end + 1]):
                forms = tuple(form for form in forms if not form.ambiguous)
            if forms or end == start + 1:
                yield source, forms
                start = end
                break


def _form(shown: str, regions: str, weight: str, flags: str, origin: str) -> Form:
    return Form(fold_script(shown), shown, tuple(regions.split(",")), float(weight), origin, DOUBTFUL in flags)


@lru_cache(maxsize=1)
def _traditional() -> dict[int, str]:
    """How Taiwan mostly writes each folded character: a word that was kept is shown in the script of those that were replaced."""
    return {ord(line[0]): line[2] for line in lookup.table_lines("traditional.tsv")}


@lru_cache(maxsize=1)
def _respelt() -> tuple[tuple[str, str], ...]:
    """How the words of `SPELT` would be written character by character, and how they are."""
    return tuple((fold_script(word).translate(_traditional()), word) for word in SPELT)
