"""The table of readings comes from pypinyin's data: how each folded character is read, without tones."""

from __future__ import annotations

from collections import defaultdict

from searcher.dictionary import default_dictionary
from searcher.folding import fold_script


def reading_rows() -> list[tuple[str, str]]:
    """Each syllable, with the characters read so, those of more words first; only characters that some word of the dictionary has."""
    from pypinyin import Style, pinyin

    weights: dict[str, int] = defaultdict(int)
    for word, frequency in default_dictionary().items():
        for character in word:
            if "\u4e00" <= character <= "\u9fff" and fold_script(character) == character:
                weights[character] += frequency
    found: dict[str, list[str]] = defaultdict(list)
    for character in sorted(weights, key=lambda character: (-weights[character], character)):
        for reading in dict.fromkeys(pinyin(character, style=Style.NORMAL, heteronym=True)[0][:MOST_READINGS]):
            if reading.isascii() and reading.isalpha():
                found[reading].append(character)
    return sorted((reading, "".join(characters)) for reading, characters in found.items())


MOST_READINGS = 3
"""The others are rare or of old books."""


def main() -> None:
    """Writes the table into this folder; needs pypinyin."""
    from importlib.metadata import version
    from pathlib import Path

    what = "Syllable without tone, the folded characters read so, commonest first"
    head = f"#\t{what}; pypinyin {version('pypinyin')}; made by generate_readings.py\n"
    rows = "".join(f"{reading}\t{characters}\n" for reading, characters in reading_rows())
    Path(__file__).with_name("readings.tsv").write_text(head + rows, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
