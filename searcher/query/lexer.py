"""Where the parts of a typed query are: words, quotes, operators, fields, parentheses.

An operator is one only where it can be meant: AND and OR (also `|`, set apart by spaces) between two things, NOT and - before one,
a quote or a parenthesis where a term begins and only if it is closed, a field only if it is known. Everything else is text.
Time is linear in the length of the query.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Literal

from searcher.frozen import frozen
from searcher.query import fields
from searcher.text.patterns import late_pattern

Kind = Literal["word", "quoted", "open", "close", "and", "or", "not", "minus", "field", "nothing"]

NESTING = 20
"""How deep parentheses group; deeper ones count as spaces."""

_SIGNS: dict[str, Kind] = dict.fromkeys(("|", "||", "｜", "｜｜"), "or")
OPERATORS: dict[str, Kind] = {"AND": "and", "OR": "or", "NOT": "not", "ＡＮＤ": "and", "ＯＲ": "or", "ＮＯＴ": "not", **_SIGNS}
_STRAIGHT = '"＂'
_CURVED = {"“": "”", "「": "」", "『": "』"}
_OPEN, _CLOSE = "(（", ")）"
_SPACES = f"{_OPEN}{_CLOSE} \t\r\n\u3000"
_MINUS = "-－﹣−"
_FIELD = re.compile(r"""([^\s:："＂“”「」『』()（）]{1,64})[:：](?=[^\s)）])""")
_SLOP = re.compile(r"[~～]([0-9]{1,4})(?!\w)", re.ASCII)
_OPTION = re.compile(r"-[A-Za-z](?!\S)( -[A-Za-z](?!\S))?")
"""An option of a command: at the beginning of a query, beside another option, or behind a word of Latin letters: `-F 选项`, `参数 -p -t`,
`ls -l`. Nobody means to exclude what has a single letter."""
_IN_CAPITALS = re.compile("[A-Z]{2,}|[0-9]+", re.ASCII)
_BEFORE_NOT = frozenset("AM ARE CAN COULD DID DO DOES HAS HAVE IF IS MAY MUST SHALL SHOULD WAS WERE WILL WOULD".split())
_BEHIND_NOT = re.compile("EXISTS?|FOR|FOUND|IN|MADE|NULL|VALID|[A-Z]+ED")
"""With what NOT is English, in a text in capitals: a message, SQL, a notice (404 NOT FOUND, DO NOT DISTURB). GPU NOT CPU leaves out."""
_temperature = late_pattern(r"[-－﹣−][0-9０-９]+(?:[.．][0-9０-９]+)?[°℃℉%％度]")
_S, _N = "[ \u3000]*", "[0-9０-９]"
_COUNTED = "第年月"
_spaced_number = late_pattern(
    f"第{_S}{_N}{{1,5}}(?:[-－﹣−]{_N}{{1,3}})?{_S}[條条章節节款項项編编卷回頁页屆届期次号號](?:{_S}之{_S}{_N}{{1,3}}(?!{_N}))?"
    f"|(?:[民昭大明]{_S}[國国和正治]{_S}|(?<![0-9０-９A-Za-z]))(?:"
    f"{_N}{{1,4}}{_S}年(?:{_S}{_N}{{1,2}}{_S}月(?:{_S}{_N}{{1,2}}{_S}[日号號])?)?|{_N}{{1,2}}{_S}月{_S}{_N}{{1,2}}{_S}[日号號])"
    "(?![一-鿿])"
)
"""The number of an article, or a date, with spaces as statutes print it; no year, month or day that another word goes on with.
It is compiled where one of `_COUNTED` stands: that takes longer than to read the query."""
_WORD_STOP = re.compile(r"[\s()（）]")
_MARK = re.compile("[，。、！？；：…,;!?]")
"""What running text is written with."""

_PREFIXES = frozenset(("field", "minus", "not"))


@frozen
class Token:
    """A part of the query: `start`, `end` are str offsets, half open, quotes and slop included.

    `text` is a word as typed (but without spaces in 第 24 條 and 110 年 1 月, as statutes print it), a quoted text without its quotes, or
    the canonical name of a field. `slop` belongs to quoted texts.
    `value`: a word that is the value of the field before it; what stands there and is no more than signs is "nothing".
    """

    kind: Kind
    start: int
    end: int
    text: str = ""
    slop: int = 0
    value: bool = False


def tokens(text: str, known: Collection[str] = ()) -> list[Token]:
    """The parts of a query in order, parentheses balanced; every operator stands where it can be meant. `known`: more fields."""
    return _with_meant_operators(text, _Reader(text, known).read())


def possible_fields(text: str) -> list[str]:
    """What stands before a colon in a query and is a field, if one is called so: "手机 -city:上海" → ["city"]."""
    if ":" not in text and "：" not in text:  # as in most: to look at each character takes a while
        return []
    return [found[1].lstrip(_MINUS) for found in _FIELD.finditer(text)]


def is_searchable(text: str) -> bool:
    """Whether a text holds anything but punctuation, symbols and space."""
    return any(map(_is_searchable, set(text)))


def _is_searchable(character: str) -> bool:
    """Letters and digits, also inside a compatibility character (㎡); radicals, private characters and those Python does not know yet."""
    return (
        character.isalnum()
        or "\u2e80" <= character <= "\u2fdf"
        or unicodedata.category(character) in ("Co", "Cn", "Mn", "Mc")
        or any(map(str.isalnum, unicodedata.normalize("NFKC", character)))
    )


def _spaced_numbers(text: str) -> list[tuple[int, int]]:
    return [number.span() for number in _spaced_number().finditer(text)] if any(sign in text for sign in _COUNTED) else []


class _Reader:
    """Reads a query from left to right; `open` holds, for every parenthesis not closed yet, its token's number, or -1 if it is too deep."""

    def __init__(self, text: str, known: Collection[str]) -> None:
        self.text = text
        self.known = known
        self.closers = _closers(text)
        self.numbers = _spaced_numbers(text)[::-1]
        self.tokens: list[Token] = []
        self.open: list[int] = []
        self.at = 0
        self.next: dict[re.Pattern[str], tuple[int, int]] = {}

    def read(self) -> list[Token]:
        while self.at < len(self.text):
            self._step(self.text[self.at])
        unclosed = set(self.open)
        return [token for number, token in enumerate(self.tokens) if number not in unclosed]

    def _step(self, character: str) -> None:
        """Read what begins here; what belongs to nothing counts as a space."""
        if character.isspace():
            self.at += 1
        elif character in _OPEN:
            self._open()
        elif character in _CLOSE:
            self._close()
        elif character in _STRAIGHT or character in _CURVED:
            self._quote(character)
        elif self._follows_prefix("field") or not (self._minus(character) or self._field()):
            self._word()

    def _open(self) -> None:
        if len(self.open) < NESTING:
            self.open.append(len(self.tokens))
            self._add("open", self.at + 1)
        else:
            self.open.append(-1)
            self.at += 1

    def _close(self) -> None:
        if self.open and self.open.pop() >= 0:
            self._add("close", self.at + 1)
        else:
            self.at += 1

    def _quote(self, opener: str) -> None:
        """A quoted text; an unclosed quote is a space.

        Quotes that go on into a word are that word's, if they are curved (“人脸识别”技术) or it is running text ("人工智慧"是，…).
        """
        closer = self.text.find(opener, self.at + 1) if opener in _STRAIGHT else self.closers.get(self.at, -1)
        if closer < 0:
            self.at += 1
        elif self._ends_term(closer + 1) or (opener in _STRAIGHT and not self._runs_on(closer + 1)):
            self._quoted(closer)
        elif closer < self._next(_WORD_STOP, self.at):
            self._word()
        else:
            self.at += 1

    def _quoted(self, closer: int) -> None:
        content = self.text[self.at + 1 : closer]
        slop = _SLOP.match(self.text, closer + 1)
        end = slop.end() if slop else closer + 1
        if is_searchable(content):
            self._add("quoted", end, content, slop=int(slop[1]) if slop else 0)
        else:
            self._nothing(end)

    def _nothing(self, end: int) -> None:
        """Signs that nothing can be looked for by count as a space; the minus before them has nothing to take away, a field no value."""
        if self._follows_prefix("field"):
            self._add("nothing", end)
        elif self._follows_prefix("minus"):
            self.tokens.pop()
        self.at = end

    def _runs_on(self, at: int) -> bool:
        """Whether what goes on here without a space is running text: it has a mark, and something beside it."""
        stop = self._next(_WORD_STOP, at)
        return self._next(_MARK, at) < stop and is_searchable(self.text[at:stop])

    def _ends_term(self, at: int) -> bool:
        following = self.text[at : at + 1]
        return (
            not following
            or following.isspace()
            or following in _CLOSE + _STRAIGHT
            or following in _CURVED
            or bool(_SLOP.match(self.text, at))
        )

    def _minus(self, character: str) -> bool:
        following = self.text[self.at + 1 : self.at + 2]
        if character not in _MINUS or not following or following.isspace() or following in _MINUS:
            return False
        if _temperature().match(self.text, self.at) or self._option():
            return False
        self._add("minus", self.at + 1)
        return True

    def _option(self) -> bool:
        found = _OPTION.match(self.text, self.at)
        if found is None or not self.tokens or found[1]:
            return found is not None
        before = self.tokens[-1].text
        return len(before) > 1 and before.isascii() and self.text[self.at - 1] == " " and self.text[self.at - 2].isalnum()

    def _field(self) -> bool:
        found = _FIELD.match(self.text, self.at)
        name = fields.canonical(found[1], self.known) if found else None
        if found is None or name is None:
            return False
        self._add("field", found.end(), name)
        return True

    def _word(self) -> None:
        """Up to a space, or to a closing parenthesis that no opening one in the word belongs to."""
        end, depth = len(self.text), 0
        for stop in _WORD_STOP.finditer(self.text, self.at):
            if stop[0] in _OPEN:
                depth += 1
            elif stop[0] in _CLOSE and (depth or not self.open):
                depth -= 1
            elif not self._in_number(stop.start()):
                end = stop.start()
                break
        word = "".join(self.text[self.at : end].split())
        prefixed = self._follows_prefix("field", "minus")
        if word in OPERATORS and not prefixed:
            self._add(OPERATORS[word], end)
        elif is_searchable(word):
            self._add("word", end, word, value=self._follows_prefix("field"))
        else:
            self._nothing(end)

    def _in_number(self, place: int) -> bool:
        """Whether a space belongs to a number that begins in this word; asked from left to right."""
        while self.numbers and self.numbers[-1][1] <= place:
            self.numbers.pop()
        return bool(self.numbers) and self.at <= self.numbers[-1][0] < place

    def _follows_prefix(self, *kinds: Kind) -> bool:
        """Whether a field or a minus stands directly before."""
        return bool(self.tokens) and self.tokens[-1].kind in kinds and self.tokens[-1].end == self.at

    def _next(self, signs: re.Pattern[str], at: int) -> int:
        """Where the next of some signs is, or the end; looked for once, however often it is asked for on the way there."""
        start, place = self.next.get(signs, (0, -1))
        if not start <= at <= place:
            found = signs.search(self.text, at)
            place = found.start() if found else len(self.text)
            self.next[signs] = at, place
        return place

    def _add(self, kind: Kind, end: int, text: str = "", *, slop: int = 0, value: bool = False) -> None:
        self.tokens.append(Token(kind, self.at, end, text, slop, value))
        self.at = end


def _closers(text: str) -> dict[int, int]:
    """For every curved quote that is closed, nested ones considered, where."""
    found: dict[int, int] = {}
    pending: dict[str, list[int]] = {closer: [] for closer in _CURVED.values()}
    for quote in re.finditer("[“”「」『』]", text):
        if quote[0] in _CURVED:
            pending[_CURVED[quote[0]]].append(quote.start())
        elif pending[quote[0]]:
            found[pending[quote[0]].pop()] = quote.start()
    return found


def _with_meant_operators(text: str, found: Sequence[Token]) -> list[Token]:
    """The same, with operators and fields that have nothing to work on as words; minus signs before nothing and, beside other parts,
    operators before or behind mere signs left out (后 OR ！)."""
    begins = _beginnings(found)
    kept: list[Token] = []
    for number, token in enumerate(found):
        if token.kind in ("and", "or"):
            meant = begins[number + 1] and bool(kept) and kept[-1].kind in ("word", "quoted", "close", "nothing")
        else:
            meant = token.kind not in _PREFIXES or (begins[number] and not _is_in_capitals(found, number))
        if meant:
            kept.append(token)
        elif token.kind != "minus" and text[token.start : token.end] not in _SIGNS and not _is_beside_signs(text, found, number):
            kept.append(replace(token, kind="word", text=text[token.start : token.end]))
    return kept


def _is_in_capitals(found: Sequence[Token], number: int) -> bool:
    """Whether a token is NOT in a text in capitals, or begins one: what is beside it is, too, and together they are English."""
    before, behind = found[max(number - 1, 0) : number], found[number + 1 : number + 2]
    return (
        found[number].kind == "not"
        and all(token.kind == "word" and _IN_CAPITALS.fullmatch(token.text) for token in (*before, *behind))
        and (any(token.text in _BEFORE_NOT for token in before) or any(_BEHIND_NOT.fullmatch(token.text) for token in behind))
    )


def _is_beside_signs(text: str, found: Sequence[Token], number: int) -> bool:
    """Whether an operator that joins nothing has signs that count as spaces on one side, and some part of the query on the other."""
    token, last = found[number], len(found) - 1
    before = text[found[number - 1].end if number else 0 : token.start].strip(_SPACES)
    behind = text[token.end : found[number + 1].start if number < last else len(text)].strip(_SPACES)
    beside = number > 0 and found[number - 1].kind != "open"
    return token.kind != "field" and bool((before and number < last) or (behind and beside))


def _beginnings(found: Sequence[Token]) -> list[bool]:
    """For every token, whether a thing to find begins there, its prefixes included; False behind the last."""
    begins = [False] * (len(found) + 1)
    for number in range(len(found) - 1, -1, -1):
        kind = found[number].kind
        begins[number] = kind in ("word", "quoted", "open", "nothing") or (kind in _PREFIXES and begins[number + 1])
    return begins
