"""Reads MS-CFB version 3 compound files and forgives nothing (MS-CFB 2.2 to 2.9)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from cchc_xl import texts
from cchc_xl.excel.vba import compound_file as cfb
from cchc_xl.excel.vba.compound_file import CompoundFileError


@dataclass(frozen=True)
class _Entry:
    name: str
    type: int
    color: int
    left: int
    right: int
    child: int
    start: int
    size: int


@dataclass(frozen=True)
class _Sectors:
    """The sectors of a file and which of them were already claimed, by whom."""

    data: bytes
    fat: tuple[int, ...]
    claimed: dict[int, str] = field(default_factory=dict)

    def sector(self, number: int) -> bytes:
        return self.data[cfb.SECTOR * (number + 1) : cfb.SECTOR * (number + 2)]

    def claim(self, owner: str, start: int) -> bytes:
        """The bytes of the chain at `start`; no other chain may use its sectors again."""
        found = []
        while start != cfb.END:
            known = start < len(self.fat) and start < len(self.data) // cfb.SECTOR - 1
            _require(known and start not in self.claimed, "cfb_chain", owner=owner, sector=start)
            self.claimed[start] = owner
            found.append(self.sector(start))
            start = self.fat[start]
        return b"".join(found)


def read_compound_file(data: bytes) -> dict[str, bytes]:
    """Every stream by its path ("VBA/dir"), and every storage as its path + "/" with no bytes.

    Raises CompoundFileError at the first breach: header fields, chains that cross or run out, sectors
    nobody owns, wrong lengths, entries out of order, an unbalanced red-black tree, unused
    entries that are not blank.
    """
    _require(len(data) >= 3 * cfb.SECTOR and len(data) % cfb.SECTOR == 0, "cfb_truncated")
    fat_places, directory, mini_fat, mini_fat_sectors = _read_header(data)
    sectors = _read_fat(data, fat_places)
    entries = _read_entries(sectors.claim("Directory", directory))
    root = entries[0]
    table = sectors.claim("MiniFAT", mini_fat)
    _require(len(table) == mini_fat_sectors * cfb.SECTOR, "cfb_length", owner="MiniFAT")
    mini = sectors.claim("Root Entry", root.start if root.size else cfb.END)
    _require(len(mini) == root.size + -root.size % cfb.SECTOR, "cfb_length", owner="Root Entry")
    small = _MiniSectors(mini[: root.size], _numbers(table))

    paths = dict(_paths(entries, 0, ""))
    _require(len(paths) == sum(e.type != cfb.UNUSED for e in entries[1:]), "cfb_order", owner="Root Entry")
    streams = {
        path: _stream(path, entry, sectors, small) if entry.type == cfb.STREAM else b""
        for path, entry in paths.items()
    }
    for number, following in enumerate(sectors.fat):
        _require(number in sectors.claimed or following == cfb.FREE, "cfb_orphan", sector=number)
    _require(len(sectors.claimed) == len(data) // cfb.SECTOR - 1, "cfb_orphan", sector=len(sectors.claimed))
    small.require_nothing_left()
    return streams


@dataclass(frozen=True)
class _MiniSectors:
    data: bytes
    fat: tuple[int, ...]
    claimed: set[int] = field(default_factory=set)

    def claim(self, owner: str, start: int) -> bytes:
        found = []
        while start != cfb.END:
            known = start < len(self.fat) and (start + 1) * cfb.MINI_SECTOR <= len(self.data)
            _require(known and start not in self.claimed, "cfb_chain", owner=owner, sector=start)
            self.claimed.add(start)
            found.append(self.data[start * cfb.MINI_SECTOR : (start + 1) * cfb.MINI_SECTOR])
            start = self.fat[start]
        return b"".join(found)

    def require_nothing_left(self) -> None:
        for number, following in enumerate(self.fat):
            _require(number in self.claimed or following == cfb.FREE, "cfb_orphan", sector=number)


def _read_header(data: bytes) -> tuple[tuple[int, ...], int, int, int]:
    """(FAT sector numbers, first directory sector, first mini FAT sector, mini FAT sectors)."""
    signature, clsid, _, major, order, shift, mini_shift, reserved, *numbers = cfb.HEADER.unpack_from(data)
    dir_count, fat_count, directory, transaction, cutoff, mini_fat, mini_count, difat, difat_count = numbers[
        :9
    ]
    expected = {
        "signature": signature == cfb.SIGNATURE,
        "version": (major, order, shift, mini_shift) == (3, 0xFFFE, 9, 6),
        "reserved": clsid == bytes(16) and reserved == bytes(6) and dir_count == 0 and transaction == 0,
        "cutoff": cutoff == cfb.CUTOFF,
        "DIFAT": (difat, difat_count) == (cfb.END, 0),
        "FAT": all((place != cfb.FREE) == (i < fat_count) for i, place in enumerate(numbers[9:])),
    }
    for name, holds in expected.items():
        _require(holds, "cfb_header", field=name)
    return tuple(numbers[9 : 9 + fat_count]), directory, mini_fat, mini_count


def _read_fat(data: bytes, places: tuple[int, ...]) -> _Sectors:
    count = len(data) // cfb.SECTOR - 1
    for place in places:
        _require(place < count, "cfb_fat", sector=place)
    bare = _Sectors(data, ())
    fat = _numbers(b"".join(bare.sector(place) for place in places))
    for number, following in enumerate(fat):
        _require((following == cfb.FAT_SECTOR) == (number in places), "cfb_fat", sector=number)
    return _Sectors(data, fat, dict.fromkeys(places, "FAT"))


def _read_entries(directory: bytes) -> list[_Entry]:
    entries = []
    for index, raw in enumerate(cfb.ENTRY.iter_unpack(directory)):
        name, length, kind, color, left, right, child, _, _, _, _, start, size = raw
        blank = directory[index * 128 : index * 128 + 128] == cfb.BLANK_ENTRY
        named = 2 < length <= 64 and length % 2 == 0 and name[length - 2 :] == bytes(66 - length)
        allowed = (cfb.ROOT,) if index == 0 else (cfb.STORAGE, cfb.STREAM)
        _require(blank if kind == cfb.UNUSED else named, "cfb_entry", index=index, field="name")
        _require(blank or kind in allowed, "cfb_entry", index=index, field="type")
        _require(kind != cfb.STORAGE or (start, size) == (0, 0), "cfb_entry", index=index, field="size")
        _require(kind != cfb.STREAM or child == cfb.NO_ENTRY, "cfb_entry", index=index, field="child")
        try:
            text = name[: max(length - 2, 0)].decode("utf-16-le")
        except UnicodeDecodeError:
            raise CompoundFileError(texts.text("cfb_entry", index=index, field="name")) from None
        entries.append(_Entry(text, kind, color, left, right, child, start, size))
    _require(bool(entries) and entries[0].type == cfb.ROOT, "cfb_entry", index=0, field="type")
    _require(entries[0].name == "Root Entry", "cfb_entry", index=0, field="name")
    return entries


def _paths(entries: list[_Entry], number: int, prefix: str) -> Iterator[tuple[str, _Entry]]:
    """Every entry below storage `number` with its path; the siblings' tree is checked on the way."""
    owner = entries[number].name
    children: list[int] = []
    _walk(entries, entries[number].child, cfb.RED, owner, children)
    keys = [cfb.sibling_key(entries[child].name) for child in children]
    _require(all(a < b for a, b in pairwise(keys)), "cfb_order", owner=owner)
    for child in children:
        entry = entries[child]
        if entry.type == cfb.STORAGE:
            yield f"{prefix}{entry.name}/", entry
            yield from _paths(entries, child, f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name, entry


def _walk(entries: list[_Entry], number: int, parent: int, owner: str, visited: list[int]) -> int:
    """Add the subtree's entries in order to `visited`; its black height. `parent` is the parent's colour."""
    if number == cfb.NO_ENTRY:
        return 1
    _require(number < len(entries) and number not in visited, "cfb_tree", owner=owner)
    entry = entries[number]
    _require(entry.type in (cfb.STORAGE, cfb.STREAM), "cfb_tree", owner=owner)
    _require(entry.color == cfb.BLACK or parent == cfb.BLACK, "cfb_tree", owner=owner)
    left = _walk(entries, entry.left, entry.color, owner, visited)
    _require(number not in visited, "cfb_tree", owner=owner)
    visited.append(number)
    right = _walk(entries, entry.right, entry.color, owner, visited)
    _require(left == right, "cfb_tree", owner=owner)
    return left + (entry.color == cfb.BLACK)


def _stream(path: str, entry: _Entry, sectors: _Sectors, small: _MiniSectors) -> bytes:
    unit = cfb.MINI_SECTOR if entry.size < cfb.CUTOFF else cfb.SECTOR
    source = small if entry.size < cfb.CUTOFF else sectors
    held = source.claim(path, entry.start)
    _require(len(held) == entry.size + -entry.size % unit, "cfb_length", owner=path)
    return held[: entry.size]


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data)


def _require(holds: bool, code: str, **placeholders: object) -> None:
    if not holds:
        raise CompoundFileError(texts.text(code, **placeholders))
