"""Lists of small numbers in few bytes come back as arrays.

A packed list of n numbers below 2^32 is

    byte 0              bits 0-5: width w, one of 0 … 16, 24, 32; bits 6-7: e, an exception takes 2^e bytes
    ceil(n · w / 8)     the numbers, w bits each, little endian, lowest bits first
    the rest            the exceptions, 2^e bytes each, little endian, in order

In a list with exceptions, a number of w bits that are all ones (0 < w < 32) stands for the next one. w = 0: all numbers are 0.
An empty list has no bytes.
That is frame of reference with patches (Zukowski et al. 2006), by list instead of by block; `writing/packing.py` chooses the widths.
Numbers are looked up where they lie; no loop runs over numbers or short lists.
"""

from __future__ import annotations

from functools import cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from searcher.engine.arrays.ragged import I64, U8, U32, batches, starts_of
from searcher.engine.files.short_lists import Unpackable, header_of

Unsigned: TypeAlias = "NDArray[Any]"
Bytes: TypeAlias = "memoryview | U8"

WIDTHS = np.array([*range(17), 24, 32])
_BYTE, _TWO_BYTES, _FOUR_BYTES, _EIGHT_BYTES = map(np.dtype, ("<u1", "<u2", "<u4", "<u8"))
RAW = {8: _BYTE, 16: _TWO_BYTES, 32: _FOUR_BYTES}
IN_BYTES = (1, 2, 4)
"""A byte holds some whole numbers of these widths."""

_QUICK = {0, *IN_BYTES, *RAW}
"""Numbers of these widths are taken out at once, however few they are."""

_FEW = 1024
_SEVERAL = 1 << 14
_SINGLE = 8
"""So few lists are unpacked one by one."""

_PADDING, _SPARE, _EACH_BYTE = bytes(4), bytes(16), (1,)
_HEADERS = np.where(np.isin(np.arange(256) & 63, WIDTHS) & (np.arange(256) < 3 << 6), np.arange(256) & 63, -1)
"""The width that each header says, -1 where it says none, or exceptions of a size that there is not."""

_MASKS = ((1 << np.minimum(np.arange(64), 32)) - 1).astype(np.uint32)
ONES = np.where(np.arange(64) > 0, _MASKS, np.uint32(0xFFFFFFFF))
"""What stands for an exception in numbers of each width below 32; where the width is 0, no number is that."""

_ONES = [np.array(ones, np.min_scalar_type(ones)) for ones in ONES]
"""The same as arrays, which numpy need not make first."""


def unpack_list(data: Bytes, count: int, start: int = 0, stop: int | None = None) -> Unsigned:
    """The numbers [start, stop) of one list of `count`, of any unsigned type up to 32 bits; `data`: the list's bytes, no more."""
    stop = count if stop is None else stop
    if start >= stop:
        return np.empty(0, np.uint32)
    width, exception = header_of(data)
    end = 1 + (count * width + 7 >> 3)
    if len(data) == end:
        return _part_of_bits(data[1:], count, width, start, stop)
    if len(data) < end:
        raise Unpackable(f"a list of {count} numbers of {width} bits in {len(data)} bytes")
    values = _part_of_bits(data[1:end], count, width, 0, count)  # which exception is whose, only all of them say
    return _patched(values, width, _exceptions(data[end:], exception, width))[start:stop]


def unpack_some(data: Bytes, count: int, places: I64) -> Unsigned:
    """The numbers at some places, which ascend, of one list of `count`.

    The others are read only where an exception is among these, as far as they say which exception it is.
    """
    if not len(places):
        return np.empty(0, np.uint32)
    width, exception = header_of(data)
    end = 1 + (count * width + 7 >> 3)
    if len(data) < end:
        raise Unpackable(f"a list of {count} numbers of {width} bits in {len(data)} bytes")
    values = _at(data[1:end], width, places)
    if len(data) == end:
        return values
    exceptions = _exceptions(data[end:], exception, width)
    stands = (values == _ONES[width]).nonzero()[0]
    if not len(stands):
        return values
    every = _from_bits(data[1:end], count, width)[: int(places[stands[-1]]) + 1] == (1 << width) - 1
    values = values.astype(np.uint32)
    values[stands] = exceptions.take(every.nonzero()[0].searchsorted(places.take(stands)))
    return values


def unpack_lists(data: U8, offsets: I64, counts: I64) -> U32:
    """The numbers of many lists, one after the other; `offsets`: where each list begins in `data`, and the last ends.

    Of a list of no numbers it does not matter which bytes it has.
    """
    begins, ends = offsets[:-1], offsets[1:]
    if not counts.all():
        filled = counts.nonzero()[0]
        begins, ends, counts = begins[filled], ends[filled], counts[filled]
    starts = starts_of(counts)
    values = np.empty(int(starts[-1]), np.uint32)
    for first, stop in batches(starts, _SEVERAL):  # so few that their arrays stay in the processor's cache
        if stop - first <= _SINGLE:
            for number in range(first, stop):
                values[starts[number] : starts[number + 1]] = unpack_list(data[begins[number] : ends[number]], int(counts[number]))
        else:
            begin, lists, within = begins[first], slice(first, stop), starts[first : stop + 1]
            values[within[0] : within[-1]] = _unpack_together(
                data[begin : ends[stop - 1]], begins[lists] - begin, ends[lists] - begin, within - within[0], counts[lists]
            )
    return values


def _unpack_together(data: U8, begins: I64, ends: I64, starts: I64, counts: I64) -> U32:
    """Unpacks lists, none of them empty, of any widths: every number is looked up where it lies."""
    widths, exceptions = _headers(data.take(begins))
    tails = begins + 1 + (counts * widths + 7 >> 3)
    patches = ends - tails >> exceptions
    if (tails + (patches << exceptions) != ends).any():
        raise Unpackable("lists of other lengths than their widths say")
    windows, bits = _windows(data), _bits_of(8 * (begins + 1), widths, counts, starts)
    values: U32 = windows.take(bits >> 3)
    values >>= (bits & 7).astype(np.uint32)
    values &= _MASKS[widths].repeat(counts)
    if patches.any():
        places = (values == ONES[widths].repeat(counts)).nonzero()[0]
        lists = starts.searchsorted(places, "right") - 1
        stands = (widths[lists] < 32) & (patches[lists] > 0)  # without exceptions, all ones are a number like others
        _patch_together(values, places[stands], lists[stands], patches, tails, exceptions, windows)
    return values


def _bits_of(firsts: I64, widths: I64, counts: I64, starts: I64) -> I64:
    """At which bit each number begins; `firsts`: where the first of each list does. They are added up, which is sooner done than to look
    up for each number whose it is.
    """
    steps, lasts = widths.repeat(counts), firsts + (counts - 1) * widths
    jumps = firsts.copy()
    jumps[1:] -= lasts[:-1]
    steps[starts[:-1]] = jumps
    return np.add.accumulate(steps, out=steps)


def _patch_together(values: U32, places: I64, lists: I64, patches: I64, tails: I64, exceptions: I64, windows: U32) -> None:
    """Puts the exceptions of some lists in their places, of which it is told to which list each belongs."""
    if (np.bincount(lists, minlength=len(patches)) != patches).any():
        raise Unpackable(f"{int(patches.sum())} exceptions for {len(places)} numbers")
    nth = np.arange(len(places)) - starts_of(patches)[lists]
    values[places] = windows[tails[lists] + (nth << exceptions[lists])] & _MASKS[8 << exceptions[lists]]


def _headers(headers: U8) -> tuple[I64, I64]:
    """Widths, and the exponents of the sizes of exceptions."""
    widths = _HEADERS.take(headers)
    if widths.min() < 0:
        raise Unpackable("lists of widths that there are not")
    return widths, (headers >> 6).astype(np.int64)


def _windows(data: Bytes) -> U32:
    """The four bytes from each byte on, and behind the end zeros."""
    windows: U32 = np.ndarray(len(data) + 1, _FOUR_BYTES, data.tobytes() + _PADDING, 0, _EACH_BYTE)
    return windows


def _exceptions(data: Bytes, size: int, width: int) -> Unsigned:
    """The exceptions of a list, of so many bytes each. Of no bits, and of as many as any number has, no number stands for one."""
    if not 0 < width < 32:
        raise Unpackable(f"exceptions to numbers of {width} bits")
    if len(data) % size:
        raise Unpackable(f"exceptions of {size} bytes in {len(data)} bytes")
    return np.frombuffer(data, RAW[8 * size])


def _patched(values: Unsigned, width: int, exceptions: Unsigned) -> Unsigned:
    """The numbers with exceptions in their places, in the array itself where that has room for them."""
    places = (values == _ONES[width]).nonzero()[0]
    if len(places) != len(exceptions):
        raise Unpackable(f"{len(exceptions)} exceptions for {len(places)} numbers")
    if values.itemsize < exceptions.itemsize:
        values = values.astype(exceptions.dtype)
    elif not values.flags.writeable:
        values = values.copy()
    values[places] = exceptions
    return values


def _part_of_bits(data: Bytes, count: int, width: int, start: int, stop: int) -> Unsigned:
    """Numbers of a short list are looked up where they lie: this many numpy calls cost more than what they do to few numbers."""
    if count > _FEW or width in _QUICK:
        return _from_bits(data, count, width)[start:stop]
    firsts, shifts, mask = _bit_places(width)
    values: U32 = _windows(data)[firsts[start:stop]]
    values >>= shifts[start:stop]
    values &= mask
    return values


def _at(data: Bytes, width: int, places: I64) -> Unsigned:
    """Numbers of a list of one width, looked up where they lie."""
    if width == 0:
        return np.zeros(len(places), np.uint8)
    if width in RAW:
        return np.frombuffer(data, RAW[width]).take(places)
    bits = places * width
    values: U32 = _windows(data)[bits >> 3]
    values >>= (bits & 7).astype(np.uint32)
    values &= _MASKS[width]
    return values


@cache
def _bit_places(width: int) -> tuple[I64, U32, np.uint32]:
    """Of the first numbers of a list: the byte in which each begins, the bit of that byte; and the bits of a number."""
    bits = np.arange(_FEW) * width
    return bits >> 3, (bits & 7).astype(np.uint32), np.uint32((1 << width) - 1)


def _from_bits(data: Bytes, count: int, width: int) -> Unsigned:
    """Eight numbers of w bits are w bytes: they are taken out as one integer of 64 bits, or two, in which numbers are moved apart."""
    if width in IN_BYTES:
        return _numbers_of_bytes(width).take(np.frombuffer(data, _BYTE)).view(_BYTE)[:count]
    if width in RAW:
        return np.frombuffer(data, RAW[width])
    if width == 0:
        return np.zeros(count, np.uint8)
    if width == 24:
        quads = np.zeros((count, 4), np.uint8)
        quads[:, :3] = np.frombuffer(data, _BYTE).reshape(-1, 3)
        return quads.view("<u4").ravel()
    return _spread(_groups_of(data, count, width), width)[:count]


@cache
def _numbers_of_bytes(width: int) -> Unsigned:
    """For each byte the numbers that it holds, a byte each, side by side in one integer."""
    places = np.arange(0, 8, width)
    numbers = np.arange(256)[:, None] >> places & (1 << width) - 1
    return numbers.astype(np.uint8).view(f"<u{len(places)}").ravel()


def _groups_of(data: Bytes, count: int, width: int) -> Unsigned:
    """Integers of 64 bits whose lowest bits are eight numbers each, or four of more than 8 bits; what lies above them is of others."""
    padded, eights = data.tobytes() + _SPARE, (count + 7) // 8
    if width <= 8:
        return np.ndarray(eights, _EIGHT_BYTES, padded, 0, width).copy()
    fours: Unsigned = np.empty((eights, 2), _EIGHT_BYTES)
    fours[:, 0] = np.ndarray(eights, _EIGHT_BYTES, padded, 0, width)
    np.right_shift(np.ndarray(eights, _EIGHT_BYTES, padded, width // 2, width), np.uint64(4 * width & 7), out=fours[:, 1])
    return fours.ravel()


def _spread(groups: Unsigned, width: int) -> Unsigned:
    """Numbers that lie side by side in integers of 64 bits, with a byte each, or two bytes: the upper half of them is moved up until it is
    where it belongs, then the upper half of each half, and so on. `groups` is used up.
    """
    moving = np.empty_like(groups)
    for staying, moved, distance in _moves(width):
        np.bitwise_and(groups, moved, out=moving)
        np.left_shift(moving, distance, out=moving)
        groups &= staying
        groups |= moving
    return groups.view(np.uint8 if width <= 8 else _TWO_BYTES)


@cache
def _moves(width: int) -> list[tuple[np.uint64, np.uint64, np.uint64]]:
    """The steps that spread numbers of so many bits: the bits that stay, those that move, and how far."""
    room, steps = 8 if width <= 8 else 16, list[tuple[np.uint64, np.uint64, np.uint64]]()
    half = 64 // room // 2
    while half:
        lower = sum((1 << half * width) - 1 << place for place in range(0, 64, 2 * half * room))
        steps.append((np.uint64(lower), np.uint64(lower << half * width), np.uint64(half * (room - width))))
        half //= 2
    return steps
