"""Deterministic zip packages: the same parts always give the same bytes.

A `Template` keeps every part's compressed bytes, so that changing two sheets of a workbook
compresses two sheets.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from cchc_xl.excel.edit.cell_splice import NewContent, set_full_calc_on_load, splice_cells
from cchc_xl.excel.read.gate import open_gate
from cchc_xl.model.errors import WriteRefused
from cchc_xl.texts import text

__all__ = [
    "Begun",
    "NewContent",
    "Template",
    "normalise",
    "set_full_calc_on_load",
    "splice_cells",
    "write_package",
]

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION = 20  # deflate
_DEFLATED = 8
_DAY_ONE = 0x0021  # 1 January 1980, the earliest date of the format
_UTF8 = 0x800
_MANY_DIGITS = re.compile(r"vmlDrawing(\d+)(\d)\.vml")


class _Packed(NamedTuple):
    name: bytes
    flags: int
    crc: int
    size: int
    data: bytes


def _pack(name: str, content: bytes) -> _Packed:
    engine = _engine()
    return _packed(name, zlib.crc32(content), len(content), engine.compress(content) + engine.flush())


def _engine() -> zlib._Compress:
    return zlib.compressobj(6, zlib.DEFLATED, -15)


def _packed(name: str, crc: int, size: int, data: bytes) -> _Packed:
    return _Packed(name.encode(), 0 if name.isascii() else _UTF8, crc, size, data)


class Begun:
    """The compressed beginning of a part, to be ended in many ways."""

    def __init__(self, head: bytes) -> None:
        self._engine = _engine()
        self._data = self._engine.compress(head)
        self._crc, self.length = zlib.crc32(head), len(head)

    def ended(self, name: str, content: bytes) -> _Packed:
        """The whole part; `content` starts with the beginning."""
        engine, rest = self._engine.copy(), content[self.length :]
        data = b"".join((self._data, engine.compress(rest), engine.flush()))
        return _packed(name, zlib.crc32(rest, self._crc), len(content), data)


def _assemble(packed: Iterable[_Packed]) -> bytes:
    bodies: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for part in packed:
        common = (part.flags, _DEFLATED, 0, _DAY_ONE, part.crc, len(part.data), part.size, len(part.name), 0)
        bodies += (_LOCAL.pack(b"PK\x03\x04", _VERSION, *common), part.name, part.data)
        directory += (
            _CENTRAL.pack(b"PK\x01\x02", _VERSION, _VERSION, *common, 0, 0, 0, 0, offset),
            part.name,
        )
        offset += _LOCAL.size + len(part.name) + len(part.data)
    count = len(directory) // 2
    length = sum(map(len, directory))
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, length, offset, 0)
    return b"".join((*bodies, *directory, end))


def write_package(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of `parts` (name, content) in the given order, without any date or other trace of when or where.

    Raises WriteRefused when a name comes twice.
    """
    packed = [_pack(name, content) for name, content in parts]
    if len({part.name.lower() for part in packed}) != len(packed):
        raise WriteRefused(text("package_part_twice"))
    return _assemble(packed)


def normalise(data: bytes) -> bytes:
    """A package of our own making as a deterministic one; what was received goes through `gate` instead.

    From the tenth on, parts of buttons get names that openpyxl keeps: it knows `…vmlDrawing` and one digit.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    return write_package((_short(name), _renamed(name, content)) for name, content in parts)


def _renamed(name: str, content: bytes) -> bytes:
    return _short(content.decode()).encode() if name.startswith("xl/worksheets/_rels/") else content


def _short(text: str) -> str:
    return _MANY_DIGITS.sub(r"\1vmlDrawing\2.vml", text)


@dataclass(frozen=True)
class Template:
    """A workbook kept ready for writing copies that differ in a few parts."""

    parts: Mapping[str, bytes]
    _packed: Mapping[str, _Packed] = field(repr=False)

    @classmethod
    def from_parts(cls, parts: Mapping[str, bytes]) -> Template:
        """A template of parts in their order."""
        return cls(dict(parts), {name: _pack(name, content) for name, content in parts.items()})

    @classmethod
    def from_bytes(cls, data: bytes) -> Template:
        """A template of a workbook file. Raises WorkbookRefused like `gate.open_gate`."""
        return cls.from_parts(open_gate(data))

    def splice(self, changes: Mapping[str, bytes], begun: Mapping[str, Begun] | None = None) -> bytes:
        """The workbook with some parts replaced: byte-identical to `write_package` of the resulting parts.

        `begun`: beginnings that some of the new parts share with the template's, compressed once.
        Raises WriteRefused for a part the template does not have.
        """
        unknown = changes.keys() - self.parts.keys()
        if unknown:
            raise WriteRefused(text("package_part_absent", parts=", ".join(sorted(unknown))))
        heads = begun or {}
        return _assemble(
            packed
            if name not in changes
            else heads[name].ended(name, changes[name])
            if name in heads
            else _pack(name, changes[name])
            for name, packed in self._packed.items()
        )
