"""Terms are mistyped, in the ways that people do."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

import opencc
from pypinyin import Style, lazy_pinyin

from searcher.suggestions.lookalikes import lookalikes
from searcher.text.dictionary import default_dictionary
from searcher.text.folding import fold
from searcher.text.scripts import script_of
from searcher.text.segmentation import word_spans

LOOKALIKES = (
    "末未 己已巳 拔拨 侯候 戊戌戍 部陪 辩辨辫 竟竞 裁栽载 燥躁操 密蜜 免兔 今令 治冶 遣遗 "
    "折拆析 晴睛 徒徙 券卷 名各 土士 天夭 日曰 人入 大太 刀力 苗苖 帅师 待侍 暑署 律津 拘构 "
    "住往 坏环 浇绕 贷货 赔陪 厉历 幕墓暮 慕幕 微徽 峻俊 淮准 哀衷 凉谅 减咸 采彩 代伐 司同 "
    "问间 休体 贸货 贴帖 设没 识织职 申甲由 乌鸟 几凡 午牛 见贝 处外 刑形 型刑 吊币 抢枪 抱报 "
    "清请 情清 精睛 费贵 责贵 债值 植值 博搏 搏傅 沟构 购构 诉拆 诊珍 症证 检捡 险脸 验检 "
    "借错 措错 担但 胆担 环坏 怀坏 杯怀 纪记 纺访 防仿 妨防 低底 抵低 泳冰 永水 木本 术木 "
    "休林 爪瓜 孤狐 暖缓 援缓 "
).split()
"""Characters that schoolbooks warn of, as they look alike; listed by hand, without a look at the product's own table."""

SLURRED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("h", "f"), ("r", "l"))
"""Initials that are one in the south of China, or in Taiwan."""

COMMONEST = 8
"""Of the characters that sound alike: an input method shows the others on further pages."""

FREQUENT = 200
"""A word of the dictionary that is no less frequent is what an input method may offer for another one that sounds so."""

KEYS = str.maketrans(
    "ㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏㄐㄑㄒㄓㄔㄕㄖㄗㄘㄙㄧㄨㄩㄚㄛㄜㄝㄞㄟㄠㄡㄢㄣㄤㄥㄦˇˋˊ˙", "1qaz2wsxedcrfv5tgbyhnujm8ik,9ol.0p;/-3467"
)
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

Rule = Callable[[random.Random, str], "str | None"]
"""How a term is mistyped by chance; None where the rule makes nothing of it."""


def spoiled(chosen: random.Random, rule: Rule, term: str) -> str | None:
    """A term as mistyped, in its own script."""
    typed = rule(chosen, fold(term).text if script_of(term) == "traditional" else term)
    return _traditional(typed) if typed is not None and script_of(term) == "traditional" else typed


def _in_place(others: Callable[[str], Iterable[str]]) -> Rule:
    """One character is another one of those."""

    def replaced(chosen: random.Random, term: str) -> str | None:
        places = [(place, found) for place, one in enumerate(term) if (found := [other for other in others(one) if other != one])]
        if not places:
            return None
        place, found = chosen.choice(places)
        return term[:place] + chosen.choice(found) + term[place + 1 :]

    return replaced


def _other_word(chosen: random.Random, term: str) -> str | None:
    """A word of the term is another that sounds the same: what an input method gives who takes the first one that it offers."""
    spans = [(start, end) for _, start, end in word_spans(term) if end - start > 1 and len(_sounding(term[start:end])) > 1]
    if not spans:
        return None
    start, end = chosen.choice(spans)
    return term[:start] + chosen.choice([word for word in _sounding(term[start:end]) if word != term[start:end]]) + term[end:]


def _left_out(chosen: random.Random, term: str) -> str | None:
    place = chosen.randrange(len(term))
    return term[:place] + term[place + 1 :] if len(term) > 2 else None


def _doubled(chosen: random.Random, term: str) -> str | None:
    place = chosen.randrange(len(term))
    return term[:place] + term[place] + term[place:]


def _one_more(chosen: random.Random, term: str) -> str | None:
    place = chosen.randrange(1, len(term))
    return term[:place] + chosen.choice(list(_weights())[:500]) + term[place:]


def _swapped(chosen: random.Random, term: str) -> str | None:
    place = chosen.randrange(len(term) - 1)
    return term[:place] + term[place + 1] + term[place] + term[place + 2 :]


def _in_pinyin(joined: str) -> Rule:
    def read(chosen: random.Random, term: str) -> str | None:
        return joined.join("".join(_read(word)) for word in _outer(term))

    return read


def _in_syllables(chosen: random.Random, term: str) -> str | None:
    return " ".join(_read(term))


def _pinyin_mistyped(chosen: random.Random, term: str) -> str | None:
    return _swapped(chosen, "".join(_read(term)))


def _partly_in_pinyin(chosen: random.Random, term: str) -> str | None:
    """One word, or one character where there is one word."""
    pieces = _outer(term) if len(_outer(term)) > 1 else list(term)
    place = chosen.randrange(len(pieces))
    return "".join("".join(_read(piece)) if number == place else piece for number, piece in enumerate(pieces))


def _in_keys(chosen: random.Random, term: str) -> str | None:
    """In the keys of a keyboard for Zhuyin that was left on English; the first tone is a blank, and nobody types it behind the last."""
    syllables = lazy_pinyin(term, style=Style.BOPOMOFO)
    keys = [syllable.translate(KEYS) for syllable in syllables]
    return "".join(key if key[-1:] in "3467" else f"{key} " for key in keys).rstrip()


def _neighbouring_key(chosen: random.Random, term: str) -> str | None:
    place = chosen.randrange(1, len(term))
    row = next((row for row in ROWS if term[place].lower() in row), "")
    at = row.find(term[place].lower())
    others = row[max(0, at - 1) : at] + row[at + 1 : at + 2]
    return term[:place] + chosen.choice(others) + term[place + 1 :] if others else None


def _in_full_width(chosen: random.Random, term: str) -> str | None:
    return "".join(chr(ord(letter) + 0xFEE0) for letter in term)


def _in_both_scripts(chosen: random.Random, term: str) -> str | None:
    """Every second character in Traditional ones."""
    mixed = "".join(_traditional(one) if place % 2 else one for place, one in enumerate(term))
    return mixed if mixed not in (term, _traditional(term)) else None


def _schoolbook(character: str) -> str:
    return "".join(group for group in LOOKALIKES if character in group)


def _homophones(character: str) -> list[str]:
    return _by_reading()[_read(character)[0]][:COMMONEST]


def _near_homophones(character: str) -> list[str]:
    """The commonest characters of the readings that are taken for its own."""
    return [other for reading in sorted(_slurred(_read(character)[0])) for other in _by_reading()[reading][:3]]


def _slurred(reading: str) -> set[str]:
    found = {f"{other}{reading[len(one) :]}" for pair in SLURRED for one, other in (pair, pair[::-1]) if re.match(f"{one}(?!h)", reading)}
    found |= {reading[:-1]} if reading.endswith("ng") else {f"{reading}g"} if reading.endswith("n") else set()
    return {other for other in found if other in _by_reading()} - {reading}


def _read(text: str) -> list[str]:
    return [syllable.replace("ü", "v") for syllable in lazy_pinyin(text)]


def _outer(term: str) -> list[str]:
    """The words of a term, one behind the other."""
    spans = [(start, end) for _, start, end in word_spans(term)]
    outer = [one for one in spans if not any(other != one and other[0] <= one[0] and one[1] <= other[1] for other in spans)]
    return [term[start:end] for start, end in outer]


def _sounding(word: str) -> list[str]:
    return _words_by_reading()["'".join(_read(word))]


@lru_cache(maxsize=1)
def _weights() -> dict[str, int]:
    """The characters of the dictionary, the commonest first, and how common they are."""
    weights: Counter[str] = Counter()
    for word, frequency in _han_words():
        for character in word:
            weights[character] += frequency
    return {character: weights[character] for character in sorted(weights, key=lambda one: (-weights[one], one))}


@lru_cache(maxsize=1)
def _by_reading() -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for character in _weights():
        found[_read(character)[0]].append(character)
    return found


@lru_cache(maxsize=1)
def _words_by_reading() -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for word, frequency in sorted(_han_words(), key=lambda one: (-one[1], one[0])):
        if frequency >= FREQUENT and 2 <= len(word) <= 4:
            found["'".join(_read(word))].append(word)
    return found


def _han_words() -> Iterable[tuple[str, int]]:
    return ((word, frequency) for word, frequency in default_dictionary().items() if re.fullmatch("[\u4e00-\u9fff]+", word))


@lru_cache(maxsize=1)
def _converter() -> Callable[[str], str]:
    return opencc.OpenCC("s2t").convert


def _traditional(text: str) -> str:
    return _converter()(text)


HAN_KINDS: dict[str, Rule] = {
    "another character that sounds the same": _in_place(_homophones),
    "another word that sounds the same": _other_word,
    "one that sounds nearly so (zh z, n l, ng n)": _in_place(_near_homophones),
    "one that looks alike (schoolbooks)": _in_place(_schoolbook),
    "one that looks alike (any of the table)": _in_place(lookalikes),
    "one left out": _left_out,
    "one doubled": _doubled,
    "one too many": _one_more,
    "two swapped": _swapped,
    "Pinyin, written as one": _in_pinyin(""),
    "Pinyin, word by word": _in_pinyin(" "),
    "Pinyin, syllable by syllable": _in_syllables,
    "Pinyin, two letters swapped": _pinyin_mistyped,
    "Pinyin for a part": _partly_in_pinyin,
    "Zhuyin on English keys": _in_keys,
    "both scripts mixed": _in_both_scripts,
}
LATIN_KINDS: dict[str, Rule] = {
    "letters: one left out": _left_out,
    "letters: one doubled": _doubled,
    "letters: two swapped": _swapped,
    "letters: a neighbouring key": _neighbouring_key,
    "letters: full width": _in_full_width,
}
"""What is mistyped, and how."""
