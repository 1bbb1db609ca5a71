"""Writes MS-CFB version 3 compound files, the container of vbaProject.bin."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from cchc_xl import texts
from cchc_xl.model.errors import CchcError

Tree = Mapping[str, "bytes | Tree"]

SECTOR, MINI_SECTOR, CUTOFF = 512, 64, 4096
ENTRIES_IN_SECTOR, NUMBERS_IN_SECTOR, HEADER_FAT = 4, 128, 109
FREE, END, FAT_SECTOR, NO_ENTRY = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
UNUSED, STORAGE, STREAM, ROOT = 0, 1, 2, 5
RED, BLACK = 0, 1
SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER = struct.Struct("<8s16s5H6s9I109I")
ENTRY = struct.Struct("<64sHBBIII16sIQQIQ")
BLANK_ENTRY = ENTRY.pack(b"", 0, UNUSED, 0, NO_ENTRY, NO_ENTRY, NO_ENTRY, bytes(16), 0, 0, 0, 0, 0)


class CompoundFileError(CchcError):
    """A compound file breaks MS-CFB; the text says where."""


@dataclass(frozen=True)
class _Node:
    """One directory entry to write; `children` are entry numbers."""

    name: str
    type: int
    data: bytes = b""
    children: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Place:
    left: int = NO_ENTRY
    right: int = NO_ENTRY
    color: int = BLACK


def write_compound_file(tree: Tree) -> bytes:
    """Storages (mappings) and streams (bytes) as one compound file; the same tree gives the same bytes.

    Raises CompoundFileError for a name over 31 characters or contents over 109 FAT sectors (about 7 MB).
    """
    nodes = _flatten(tree)
    streams = [(number, node.data) for number, node in enumerate(nodes) if node.type == STREAM and node.data]
    small = [(number, data) for number, data in streams if len(data) < CUTOFF]
    large = [(number, data) for number, data in streams if len(data) >= CUTOFF]

    mini, mini_fat = b"", list[int]()
    starts: dict[int, int] = {}
    for number, data in small:
        starts[number] = len(mini_fat)
        mini_fat += _links(len(mini_fat), _count(len(data), MINI_SECTOR))
        mini += _padded(data, MINI_SECTOR)
    mini_table = _padded(_numbers(mini_fat), SECTOR, b"\xff")

    parts = [bytes(SECTOR * _count(len(nodes), ENTRIES_IN_SECTOR)), mini_table, _padded(mini, SECTOR)]
    parts += [_padded(data, SECTOR) for _, data in large]
    fat_sectors = _fat_sectors(sum(len(part) for part in parts) // SECTOR)
    fat, firsts = [FAT_SECTOR] * fat_sectors, []
    for part in parts:
        firsts.append(len(fat) if part else END)
        fat += _links(len(fat), len(part) // SECTOR)
    starts |= {number: first for (number, _), first in zip(large, firsts[3:], strict=True)}
    starts[0] = firsts[2]

    parts[0] = _directory(nodes, starts, len(mini))
    table = _padded(_numbers(fat), SECTOR, b"\xff")
    header = _header(fat_sectors, firsts[0], firsts[1], len(mini_table) // SECTOR)
    return header + table + b"".join(parts)


def _flatten(tree: Tree) -> list[_Node]:
    """Entries in writing order: the root first, then each storage's children together."""
    nodes = [_Node("Root Entry", ROOT)]
    waiting: list[tuple[int, Tree]] = [(0, tree)]
    while waiting:
        parent, folder = waiting.pop(0)
        first = len(nodes)
        for name, content in folder.items():
            if not 0 < len(name.encode("utf-16-le")) <= 62:
                raise CompoundFileError(texts.text("cfb_entry", index=len(nodes), field=name))
            if isinstance(content, bytes):
                nodes.append(_Node(name, STREAM, content))
            else:
                waiting.append((len(nodes), content))
                nodes.append(_Node(name, STORAGE))
        old = nodes[parent]
        nodes[parent] = _Node(old.name, old.type, children=tuple(range(first, len(nodes))))
    return nodes


def sibling_key(name: str) -> tuple[int, str]:
    """MS-CFB 2.6.4: shorter names first, then by upper case."""
    return len(name.encode("utf-16-le")), name.upper()


def _balance(ordered: list[int]) -> tuple[int, dict[int, _Place]]:
    """(root, places) of a red-black tree over entries in sibling order; only an incomplete level is red."""
    levels = len(ordered).bit_length()
    last_is_full = len(ordered) & (len(ordered) + 1) == 0
    places: dict[int, _Place] = {}

    def place(low: int, high: int, level: int) -> int:
        if low == high:
            return NO_ENTRY
        middle = (low + high) // 2
        color = RED if level == levels and not last_is_full else BLACK
        left, right = place(low, middle, level + 1), place(middle + 1, high, level + 1)
        places[ordered[middle]] = _Place(left, right, color)
        return ordered[middle]

    return place(0, len(ordered), 1), places


def _directory(nodes: list[_Node], starts: dict[int, int], mini_size: int) -> bytes:
    places, tops = {0: _Place()}, {}
    for number, node in enumerate(nodes):
        ordered = sorted(node.children, key=lambda child: sibling_key(nodes[child].name))
        tops[number], found = _balance(ordered)
        places |= found
    packed = b""
    for number, node in enumerate(nodes):
        name = node.name.encode("utf-16-le") + b"\0\0"
        place = places[number]
        start = starts.get(number, END if node.type == STREAM else 0)
        size = mini_size if node.type == ROOT else len(node.data)
        links = place.left, place.right, tops[number]
        packed += ENTRY.pack(name, len(name), node.type, place.color, *links, bytes(16), 0, 0, 0, start, size)
    return packed + BLANK_ENTRY * (-len(nodes) % ENTRIES_IN_SECTOR)


def _header(fat_sectors: int, directory: int, mini_fat: int, mini_fat_sectors: int) -> bytes:
    fat_places = [*range(fat_sectors), *[FREE] * (HEADER_FAT - fat_sectors)]
    counts = 0, fat_sectors, directory, 0, CUTOFF, mini_fat, mini_fat_sectors, END, 0
    return HEADER.pack(SIGNATURE, bytes(16), 0x3E, 3, 0xFFFE, 9, 6, bytes(6), *counts, *fat_places)


def _fat_sectors(others: int) -> int:
    """FAT sectors needed for themselves and `others` sectors."""
    needed = 1
    while _count(others + needed, NUMBERS_IN_SECTOR) > needed:
        needed += 1
    if needed > HEADER_FAT:
        raise CompoundFileError(texts.text("cfb_fat", sector=HEADER_FAT * NUMBERS_IN_SECTOR))
    return needed


def _links(first: int, count: int) -> list[int]:
    """Allocation entries of a chain of `count` neighbours that starts at `first`."""
    return [*range(first + 1, first + count), END] if count else []


def _numbers(values: list[int]) -> bytes:
    return struct.pack(f"<{len(values)}I", *values)


def _padded(data: bytes, unit: int, filler: bytes = b"\0") -> bytes:
    return data + filler * (-len(data) % unit)


def _count(size: int, unit: int) -> int:
    return -(-size // unit)
