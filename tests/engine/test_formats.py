"""The bytes of an index are what the docstrings of the engine say: a decoder that was written from these alone reads all of them."""

from __future__ import annotations

import json
import struct
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, TypeAlias

from searcher.engine import JSON, Record, Store, Terms
from searcher.text.pairs import Pairs

Postings: TypeAlias = dict[str, dict[int, list[int]]]
"""Of each term the documents, and the positions in each; of terms without positions as many zeros."""

DOCUMENTS = 2400


class ArrayFile:
    """`files/container.py`, every byte of it."""

    def __init__(self, path: Path) -> None:
        data = path.read_bytes()
        directory, sums, sums_of_sums, sum_of_these, sum_of_footer, zero, end = struct.unpack("<QQQIII8s", data[-44:])
        assert data[:8] == end == b"SRCHARR1" and zero == 0 and sum_of_footer == zlib.crc32(data[-44:-16])
        assert sum_of_these == zlib.crc32(data[sums_of_sums:-44])
        assert _numbers("I", data[sums_of_sums:-44]) == _sums(data[sums:sums_of_sums])
        assert _numbers("I", data[sums:sums_of_sums]) == _sums(data[:sums])
        content = json.loads(data[directory:sums])
        self.notes: Mapping[str, Any] = content["notes"]
        self.arrays: dict[str, Sequence[int]] = {}
        place = 8
        for name, (kind, offset, items) in sorted(content["sections"].items(), key=lambda section: section[1][1]):
            assert offset % 8 == 0 and not any(data[place:offset])
            place = offset + items * int(kind[1])
            self.arrays[name] = _numbers({"u1": "B", "u4": "I", "u8": "Q", "i8": "q"}[kind], data[offset:place])
        assert place == directory

    def lists(self, name: str) -> list[bytes]:
        """`files/byte_lists.py`."""
        raw, bases = bytes(self.arrays[name]), self.arrays[f"{name}.bases"]
        return [
            raw[start:end]
            for start, end in pairwise(bases[number // 16] + place for number, place in enumerate(self.arrays[f"{name}.places"]))
        ]

    def pieces(self, name: str) -> list[bytes]:
        """`files/chunks.py`."""
        pieces: list[bytes] = []
        for chunk, first in zip(self.lists(name), self.arrays[f"{name}.firsts"], strict=False):
            assert first == len(pieces)
            data = zlib.decompress(chunk)
            count = int.from_bytes(data[:4], "little")
            bounds = list(accumulate(_numbers("I", data[4 : 4 + 4 * count]), initial=4 + 4 * count))
            assert bounds[-1] == len(data)
            pieces += [data[start:end] for start, end in pairwise(bounds)]
        assert self.arrays[f"{name}.firsts"][-1] == len(pieces)
        return pieces

    def field(self, number: int, documents: int, *, may_spread: bool) -> Postings:
        """`segment/field.py`."""
        named = {name: self.lists(f"{number}.{name}") for name in ("texts", "lengths", "counts", "ids", "frequencies")}
        named["positions"] = self.lists(f"{number}.positions") if f"{number}.positions" in self.arrays else [b""] * len(named["ids"])
        ordinals, found = self.arrays[f"{number}.ordinals"], Postings()
        for group, size in enumerate(end - start for start, end in pairwise(ordinals)):
            shared, *lengths = packed(named["lengths"][group], size + 1)
            raw = named["texts"][group]
            bounds = list(accumulate(lengths, initial=shared))
            texts = [raw[:shared] + raw[start:end] for start, end in pairwise(bounds)]
            assert bounds[-1] == len(raw) and self.arrays[f"{number}.keys"][group] == int.from_bytes(texts[0][:8].ljust(8, b"\0"), "big")
            rows = [count + 1 for count in packed(named["counts"][group], size)]
            assert 0 < size <= 64 and (size == 1 or max(rows) <= 256) and texts == sorted(texts) and len(found) == ordinals[group]
            if may_spread and size == 1 and rows[0] > 256 and rows[0] * 8 >= documents:
                assert not named["frequencies"][group]
                ids, counts = spread(named["ids"][group], documents)
            else:
                gaps = iter(packed(named["ids"][group], sum(rows)))
                ids = [id for row in rows for id in accumulate(next(gaps) + (place > 0) for place in range(row))]
                counts = [less_one + 1 for less_one in packed(named["frequencies"][group], sum(rows))]
            distances = iter(packed(named["positions"][group], sum(counts)) if named["positions"][group] else [0] * sum(counts))
            places = iter([list(accumulate(next(distances) for _ in range(count))) for count in counts])
            owner = iter(ids)
            for text, row in zip(texts, rows, strict=True):
                found[text.decode("utf-8", "surrogatepass")] = {next(owner): next(places) for _ in range(row)}
        return found


def packed(data: bytes, count: int) -> list[int]:
    """`segment/packing.py`."""
    if not count:
        assert not data
        return []
    width, size = data[0] & 63, 1 << (data[0] >> 6)
    assert width in {*range(17), 24, 32}
    end = 1 + (count * width + 7) // 8
    eights = [
        int.from_bytes(data[start : min(start + width, end)], "little") for start in range(1, 1 + (count + 7) // 8 * width, width or 1)
    ]
    numbers = [(eights[place >> 3] >> (place & 7) * width) & (1 << width) - 1 if width else 0 for place in range(count)]
    if exceptions := [int.from_bytes(data[place : place + size], "little") for place in range(end, len(data), size)]:
        stand = [place for place, number in enumerate(numbers) if number == (1 << width) - 1]
        for place, number in zip(stand, exceptions, strict=True):
            numbers[place] = number
    return numbers


def spread(data: bytes, documents: int) -> tuple[list[int], list[int]]:
    """`segment/spread.py`: documents, and how often the term is in each."""
    half, size = (documents + 1) // 2, 1 << data[0]
    halves = data[1 : 1 + half]
    often = [(halves[i] & 15 if i < half else halves[i - half] >> 4) for i in range(documents)]
    more = data[1 + half :]
    count = len(more) // (4 + size)
    sizes = [int.from_bytes(more[place : place + size], "little") for place in range(4 * count, len(more), size)]
    exceptions = dict(zip(_numbers("I", more[: 4 * count]), sizes, strict=True))
    assert list(exceptions) == [document for document, number in enumerate(often) if number == 15]
    often = [exceptions.get(document, number) for document, number in enumerate(often)]
    return [document for document, number in enumerate(often) if number], list(filter(None, often))


def _numbers(kind: str, data: bytes) -> tuple[int, ...]:
    return tuple(number for (number,) in struct.iter_unpack(f"<{kind}", data))


def _sums(data: bytes) -> tuple[int, ...]:
    return tuple(zlib.crc32(data[start : start + 16384]) for start in range(0, len(data), 16384))


def _records() -> Iterator[Record]:
    """Terms in many documents and in few, often and seldom, near and far; texts of several blocks; lone surrogates; and nothing."""
    for number in range(DOCUMENTS):
        often = ["的"] * (1 + number % 40) + ["一"] * (number % 70 * 5) + ["the"] * (70_000 if number == 3 else 1)
        some = ["a fifth"] * (number % 5 == 1) + ["under an eighth"] * (number % 8 == 1 and number > 100)  # spread out, and packed
        few = [f"词{number * number % 3000}", "\ud800", chr(0x4E00 + number), "长" * (number % 90 + 1)]
        words = [*often, *some, *few] if number % 10 else []
        gaps = [1 + (place * number) % (3 if number % 3 else 9000) for place in range(len(words))]
        line = "天地玄黄宇宙洪荒"[number % 7 :] + "\n"
        yield Record(
            str(number),
            {"words": Terms(words), "places": Terms(words[::-1], [*accumulate(gaps)]), "pairs": Pairs(line)},
            (f"k:{number % 5}", f"n:{number}"),
            {"size": number - 400, "large": number << 40} if number % 2 else {},
            {"title": f"题 {number}", "\ud800": None},
            line * (number % 900),
            ((0, 0), *((start, start // 2) for start in range(70, len(line) * (number % 900), 700))),
        )


def _postings(records: Sequence[Record], field: str) -> Postings:
    found: defaultdict[str, dict[int, list[int]]] = defaultdict(dict)
    for document, record in enumerate(records):
        terms = record.fields[field]
        for text, position in zip(terms.texts, terms.positions or [0] * len(terms.texts), strict=True):
            found[text].setdefault(document, []).append(position)
    return dict(sorted(found.items()))


def test_an_index_is_what_the_docstrings_say(tmp_path: Path) -> None:
    path, records = tmp_path / "index", list(_records())
    store = Store.create(path, {"made": "here"})
    with store.writer() as writer:
        for record in records:
            writer.add(record)
        writer.commit(attachments={"a": b"attached"})
    with store.writer() as writer:
        for number in range(0, DOCUMENTS, 9):
            writer.remove(str(number))
    contents: dict[str, JSON] = json.loads((path / "searcher-index.json").read_text("utf-8"))
    assert (path / "searcher-index.copy.json").read_bytes() == (path / "searcher-index.json").read_bytes()
    assert contents.pop("sum") == zlib.crc32(json.dumps(contents, sort_keys=True, separators=(",", ":")).encode())
    assert (contents["format"], contents["version"], contents["generation"], contents["meta"]) == ("searcher-index", 2, 2, {"made": "here"})
    entry, attached = contents["segments"][0], contents["attachments"]["a"]
    assert (path / attached["file"]).read_bytes() == b"attached" and (attached["size"], attached["sum"]) == (8, zlib.crc32(b"attached"))
    segment, deletions = ArrayFile(path / entry["file"]), ArrayFile(path / entry["deletions"])
    assert entry == {"file": "1-1.seg", "size": (path / "1-1.seg").stat().st_size, "documents": DOCUMENTS, "deletions": "2-1.del"}
    assert deletions.notes == {"documents": DOCUMENTS} and list(deletions.arrays) == ["deleted"]
    bits = int.from_bytes(bytes(deletions.arrays["deleted"]), "little")
    assert [document for document in range(DOCUMENTS) if bits >> document & 1] == list(range(0, DOCUMENTS, 9))
    _check_segment(segment, records)


def _check_segment(segment: ArrayFile, records: Sequence[Record]) -> None:
    notes = segment.notes
    assert (notes["format"], notes["documents"]) == (3, DOCUMENTS) and sorted(notes["stored"]) == ["title", "\ud800"]
    for number, (name, positional, total) in enumerate(notes["fields"]):
        found = segment.field(number, DOCUMENTS, may_spread=name != "id")
        lengths = segment.arrays.get(f"{number}.document_lengths")
        if name in ("id", "keyword"):
            assert (positional, total, lengths) == (False, None, None)
            having = [[record.id] if name == "id" else record.keywords for record in records]
            assert found == {
                text: {document: [0] for document, texts in enumerate(having) if text in texts}
                for text in sorted({text for texts in having for text in texts})
            }
        else:
            assert found == _postings(records, name), name
            assert positional == (name != "words")
            assert lengths == tuple(sum(len(of.get(document, ())) for of in found.values()) for document in range(DOCUMENTS))
            assert total == sum(lengths)
    for number, name in enumerate(notes["columns"]):
        assert segment.arrays[f"column.{number}"] == tuple(record.numbers.get(name, -(2**63)) for record in records)
    assert [json.loads(piece.decode("utf-8", "surrogatepass")) for piece in segment.pieces("values")] == [
        [record.id, record.values] for record in records
    ]
    assert segment.arrays["documents.sizes"] == tuple(len(record.text) for record in records)
    firsts, texts = segment.arrays["documents.blocks"], [piece.decode() for piece in segment.pieces("text")]
    assert ["".join(texts[first:stop]) for first, stop in pairwise(firsts)] == [record.text for record in records]
    blocks = list(zip(segment.arrays["blocks.starts"], segment.arrays["blocks.places"], strict=True))
    assert [tuple(blocks[first:stop]) for first, stop in pairwise(firsts)] == [record.blocks for record in records]
    assert firsts[-1] == len(blocks) == len(texts) and "deleted" not in segment.arrays
