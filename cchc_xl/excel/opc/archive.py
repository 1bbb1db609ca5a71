"""The zip container: central directory cross-checked with local headers, bounded inflate, CRC.

Field layout: PKWARE APPNOTE.TXT 6.3, sections 4.3.7 (local header), 4.3.12 (central), 4.3.14–16 (end).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from typing import NamedTuple

from cchc_xl.excel.opc.limits import Limits
from cchc_xl.model.errors import WorkbookRefused

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_MAX32 = 0xFFFFFFFF
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0x2041  # traditional, strong, masked header
_DESCRIPTOR = 0x08
_UTF8 = 0x800


class Entry(NamedTuple):
    """One entry of the central directory."""

    name: str
    raw_name: bytes
    flags: int
    method: int
    crc: int
    stored: int  # compressed size
    size: int
    offset: int  # of the local header


def _find_end(data: bytes) -> int:
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557))
    if end < 0 or len(data) < end + _END.size:
        raise WorkbookRefused("file_truncated")
    return end


def _directory_span(data: bytes) -> tuple[int, int, int]:
    """Offset, end and entry count of the central directory."""
    end = _find_end(data)
    _, disk, start_disk, here, count, size, offset, comment = _END.unpack_from(data, end)
    if end + _END.size + comment != len(data):
        raise WorkbookRefused("file_trailing_bytes")
    if disk or start_disk or here != count:
        raise WorkbookRefused("zip_directory")
    after = data.rfind(b"PK\x06\x06", offset + size, end) if offset + size != end else end
    if offset + size > end or after not in (end, offset + size):
        raise WorkbookRefused("zip_directory")
    return offset, offset + size, count


def _wide(extra: bytes, values: tuple[int, int, int]) -> tuple[int, int, int]:
    """Size, stored size and offset with zip64 values filled in from the extra field."""
    if _MAX32 not in values:
        return values
    at = 0
    while at + 4 <= len(extra):
        tag, length = struct.unpack_from("<HH", extra, at)
        if tag == 1:
            wide = iter(struct.unpack_from(f"<{min(length, len(extra) - at - 4) // 8}Q", extra, at + 4))
            size, stored, offset = (next(wide, value) if value == _MAX32 else value for value in values)
            return size, stored, offset
        at += 4 + length
    return values


def _decode_name(raw: bytes, flags: int) -> str:
    try:
        return raw.decode("utf-8" if flags & _UTF8 else "cp437")
    except UnicodeDecodeError:
        raise WorkbookRefused("entry_name", part=repr(raw[:60])) from None


def read_directory(data: bytes, limits: Limits) -> list[Entry]:
    """Entries of the central directory, in its order. Raises WorkbookRefused when it does not add up."""
    at, end, count = _directory_span(data)
    if count > limits.entries:
        raise WorkbookRefused("too_many_entries", count=str(count), limit=str(limits.entries))
    entries = []
    for _ in range(count):
        if at + _CENTRAL.size > end or data[at : at + 4] != b"PK\x01\x02":
            raise WorkbookRefused("zip_directory")
        fields = _CENTRAL.unpack_from(data, at)
        flags, method, crc, stored, size = fields[3], fields[4], fields[7], fields[8], fields[9]
        name_length, extra_length, comment_length, offset = fields[10], fields[11], fields[12], fields[16]
        name_at = at + _CENTRAL.size
        raw = data[name_at : name_at + name_length]
        if extra_length:
            extra = data[name_at + name_length : name_at + name_length + extra_length]
            size, stored, offset = _wide(extra, (size, stored, offset))
        entries.append(Entry(_decode_name(raw, flags), raw, flags, method, crc, stored, size, offset))
        at = name_at + name_length + extra_length + comment_length
    if at != end:
        raise WorkbookRefused("zip_directory")
    return entries


def check_names(entries: Sequence[Entry]) -> None:
    """Refuse absolute, climbing, drive, backslash or control-character names and names met twice."""
    seen: set[str] = set()
    for entry in entries:
        name = entry.name
        parts = name.split("/")
        if (
            not name.isprintable()
            or "\\" in name
            or ":" in name
            or ".." in parts
            or "." in parts
            or "" in parts[:-1]
            or not name
        ):
            raise WorkbookRefused("entry_name", part=repr(name[:60]))
        folded = name.casefold()
        if folded in seen:
            raise WorkbookRefused("duplicate_entry", part=name)
        seen.add(folded)


def check_declared(entries: Sequence[Entry], limits: Limits) -> None:
    """Refuse encryption, unknown methods and declared sizes out of bounds, before anything is inflated."""
    total = 0
    for entry in entries:
        if entry.flags & _ENCRYPTED:
            raise WorkbookRefused("entry_encrypted", part=entry.name)
        if entry.method not in (_STORED, _DEFLATED):
            raise WorkbookRefused("entry_method", part=entry.name, method=str(entry.method))
        total += entry.size
        too_dense = entry.size > limits.ratio_from and entry.size > entry.stored * limits.ratio
        if entry.size > limits.part_bytes or total > limits.total_bytes or too_dense:
            raise WorkbookRefused("zip_bomb", part=entry.name)


def _data_start(data: bytes, entry: Entry) -> int:
    """Where the entry's data begins; the local header must tell the same story as the directory."""
    if entry.offset + _LOCAL.size > len(data):
        raise WorkbookRefused("file_truncated")
    signature, _, flags, method, _, _, crc, stored, size, name_length, extra_length = _LOCAL.unpack_from(
        data, entry.offset
    )
    name_at = entry.offset + _LOCAL.size
    later = bool(flags & _DESCRIPTOR)
    same = (
        signature == b"PK\x03\x04"
        and (flags ^ entry.flags) & (_ENCRYPTED | _DESCRIPTOR | _UTF8) == 0
        and method == entry.method
        and data[name_at : name_at + name_length] == entry.raw_name
        and (crc == entry.crc or (later and crc == 0))
        and (stored in (entry.stored, _MAX32) or (later and stored == 0))
        and (size in (entry.size, _MAX32) or (later and size == 0))
    )
    if not same:
        raise WorkbookRefused("entry_mismatch", part=entry.name)
    return name_at + int(name_length) + int(extra_length)


def locate(data: bytes, entries: Sequence[Entry]) -> list[int]:
    """Data offset of each entry. Raises WorkbookRefused for mismatched headers, overlaps or a cut file."""
    starts = [_data_start(data, entry) for entry in entries]
    directory_at = _directory_span(data)[0]
    spans = sorted((e.offset, start + e.stored, e.name) for e, start in zip(entries, starts, strict=True))
    free_from = 0
    for begin, end, name in spans:
        if begin < free_from:
            raise WorkbookRefused("entry_overlap", part=name)
        free_from = end
    if free_from > directory_at:
        raise WorkbookRefused("file_truncated")
    return starts


def inflate(data: memoryview, entry: Entry, start: int, limits: Limits) -> bytes:
    """The entry's bytes, inflated to at most one byte over the bound, length and CRC proven."""
    packed = data[start : start + entry.stored]
    if entry.method == _STORED:
        content = bytes(packed)
        complete = True
    else:
        engine = zlib.decompressobj(-15)
        try:
            content = engine.decompress(packed, min(entry.size, limits.part_bytes) + 1)
        except zlib.error:
            raise WorkbookRefused("file_crc", part=entry.name) from None
        complete = engine.eof and not engine.unused_data
    if len(content) > entry.size:
        raise WorkbookRefused("zip_bomb", part=entry.name)
    if len(content) != entry.size or not complete or zlib.crc32(content) != entry.crc:
        raise WorkbookRefused("file_crc", part=entry.name)
    return content
