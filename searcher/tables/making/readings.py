"""The table of readings comes from pypinyin's data: how each folded character is read, without tones."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from searcher.text.dictionary import default_dictionary
from searcher.text.folding import fold_script


def reading_rows() -> list[tuple[str, str]]:
    """Each syllable, with the characters read so, those of more words first; only characters that some word of the dictionary has, and
    those of Hong Kong, which its words lack.
    """
    from pypinyin import Style, pinyin

    weights: dict[str, int] = defaultdict(int)
    for word, frequency in default_dictionary().items():
        for character in word:
            if _is_folded_han(character):
                weights[character] += frequency
    in_words = _readings_in_words()
    found: dict[str, list[str]] = defaultdict(list)
    for character in sorted(weights, key=lambda character: (-weights[character], character)):
        heard = in_words[character]
        own = pinyin(character, style=Style.NORMAL, heteronym=True)[0][:MOST_READINGS]
        readings = list(dict.fromkeys((*own, *heard)))
        for reading in readings:
            is_usual = reading == readings[0] if not heard else heard[reading] >= LEAST_SHARE * heard.total()
            if is_usual and reading.isascii() and reading.isalpha():
                found[reading].append(character)
    for character in dict.fromkeys(map(fold_script, HONG_KONG)):
        for reading in pinyin(character, style=Style.NORMAL, heteronym=True)[0][:MOST_READINGS]:
            if character not in found[reading]:
                found[reading].append(character)
    return sorted((reading, "".join(characters)) for reading, characters in found.items())


HONG_KONG = (
    "佢嘅咗喺哋嗰咁啩嗱喎嘥嚤嚡嗮咑唂唊唓唥啖喐喥喼嘜噏噚嚿冚劏鎅攰踎躝躼攋掟揼擸掹㓟㩒䟴㷫𠺘㩧㪐㪗抌抦揇揈揗撠擏斢惗燶爉煱滮瓹孻奀"
    "坺埲犽癐皏篸簕粄舦軚輋逳閪餸鰂鱲鼆朥樖濶睩蟧蛅螆蠄褦詏謢菢蔃苳扻挍㖭㗳㬹䁪䂿饎"
)
"""Characters that are common in Hong Kong, in speech that is written down and in names of places, food and things (劏房, 餸, 鰂魚涌), and
are in no word of jieba's list; as pypinyin reads them in Mandarin. It has no reading for 㗎, 𠝹, 𨋢.
"""

MOST_READINGS = 3
"""The others are rare or of old books."""

LEAST_SHARE = 0.001
"""Of the words that hold a character, weighed by their frequency: a rarer reading (其 as ji, 它 as yi) offers what nobody meant."""


def _readings_in_words() -> dict[str, Counter[str]]:
    """How often each folded character is read in which way in words of several characters, whose readings are known as those of wholes.

    The words are read as they are written: 著作, which folds to 着作, and 乾坤 are not read as 着 and 干 are.
    """
    from pypinyin import lazy_pinyin

    found: dict[str, Counter[str]] = defaultdict(Counter)
    for word, frequency in _written_words():
        folded = fold_script(word)
        if len(word) > 1 and all(map(_is_folded_han, folded)):
            for character, reading in zip(folded, lazy_pinyin(word), strict=True):
                found[character][reading] += frequency
    return found


def _written_words() -> Iterator[tuple[str, int]]:
    """The words of jieba's own list, not folded, with their frequencies."""
    import jieba

    with jieba.get_dict_file() as lines:
        for line in lines:
            word, frequency, *_ = line.decode("utf-8").split(" ")
            yield word, int(frequency)


def _is_folded_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff" and fold_script(character) == character
