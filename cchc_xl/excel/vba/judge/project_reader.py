"""Reads a vbaProject.bin back, strictly: what `vba_project` wrote and nothing looser."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cchc_xl import texts
from cchc_xl.excel.vba.compression import decompress
from cchc_xl.excel.vba.judge.compound_file_reader import read_compound_file
from cchc_xl.excel.vba.source import (
    BASE_CHART,
    BASE_WORKBOOK,
    BASE_WORKSHEET,
    Kind,
    Module,
    VbaSourceError,
)

_FIXED_STREAMS = {"VBA/", "VBA/dir", "VBA/_VBA_PROJECT", "PROJECT", "PROJECTwm"}
_PROJECT_LINE = re.compile(rb"^(Document|Module|Class)=(\w+)", re.MULTILINE)
_KIND_OF_WORD: dict[str, Kind] = {"Document": "document", "Module": "standard", "Class": "class"}
_BASE = re.compile(rb'^Attribute VB_Base = "([^"]*)"', re.MULTILINE)
_DOCUMENT_BASES = {BASE_WORKBOOK, BASE_WORKSHEET, BASE_CHART}
_MODULE_NAME, _TEXT_OFFSET, _STANDARD, _OBJECT, _VERSION = 0x19, 0x31, 0x21, 0x22, 0x09


@dataclass(frozen=True)
class StoredModule:
    """A module as stored: the exact decompressed bytes of its stream."""

    name: str
    kind: Kind
    text: bytes

    @property
    def base(self) -> str | None:
        """VB_Base ("0{…}"), None for a standard module."""
        match = _BASE.search(self.text)
        return match[1].decode("ascii") if match else None

    def as_module(self) -> Module:
        """The module as source text (LF line ends)."""
        source = self.text.decode("latin-1").replace("\r\n", "\n")
        return Module(self.name, self.kind, source, self.base)


@dataclass(frozen=True)
class _DirModule:
    name: str
    offset: int = 0
    is_standard: bool = True


def read_vba_project(data: bytes) -> tuple[StoredModule, ...]:
    """The modules of a vbaProject.bin in the order of its dir stream.

    Raises CompoundFileError (container) or VbaSourceError: a stream that is missing, unknown or cannot be
    decompressed; PROJECT and dir that disagree on a module.
    """
    streams = read_compound_file(data)
    for name in sorted(_FIXED_STREAMS - streams.keys()):
        raise VbaSourceError(texts.text("vba_stream_missing", stream=name))
    listed = _dir_modules(_decompressed("VBA/dir", streams["VBA/dir"]))
    words = {name.decode(): word.decode() for word, name in _PROJECT_LINE.findall(streams["PROJECT"])}
    modules = []
    for entry in listed:
        path = f"VBA/{entry.name}"
        if path not in streams:
            raise VbaSourceError(texts.text("vba_stream_missing", stream=path))
        text = _decompressed(path, streams[path][entry.offset :])
        module = StoredModule(entry.name, "standard", text)
        kind = _kind(entry, module)
        if _KIND_OF_WORD.get(words.pop(entry.name, "")) != kind:
            raise VbaSourceError(texts.text("vba_module_unlisted", name=entry.name))
        modules.append(replace(module, kind=kind))
    for name in words:
        raise VbaSourceError(texts.text("vba_module_unlisted", name=name))
    for path in sorted(streams.keys() - _FIXED_STREAMS - {f"VBA/{entry.name}" for entry in listed}):
        raise VbaSourceError(texts.text("vba_stream_unknown", stream=path))
    return tuple(modules)


def _kind(entry: _DirModule, module: StoredModule) -> Kind:
    if entry.is_standard:
        return "standard"
    return "document" if module.base in _DOCUMENT_BASES else "class"


def _decompressed(path: str, data: bytes) -> bytes:
    try:
        return decompress(data)
    except ValueError as error:
        raise VbaSourceError(texts.text("vba_project_unreadable", part=path, detail=error)) from error


def _dir_modules(data: bytes) -> list[_DirModule]:
    modules: list[_DirModule] = []
    for number, content in _records(data):
        if number == _MODULE_NAME:
            modules.append(_DirModule(content.decode("latin-1")))
        elif number == _TEXT_OFFSET and modules:
            modules[-1] = replace(modules[-1], offset=int.from_bytes(content, "little"))
        elif number in (_STANDARD, _OBJECT) and modules:
            modules[-1] = replace(modules[-1], is_standard=number == _STANDARD)
    return modules


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    position = 0
    while position < len(data):
        if position + 6 > len(data):
            raise VbaSourceError(
                texts.text("vba_project_unreadable", part="VBA/dir", detail="record cut short")
            )
        number, size = struct.unpack_from("<HI", data, position)
        # PROJECTVERSION says 4 but holds 6 bytes (MS-OVBA 2.3.4.2.1.11).
        size = 6 if number == _VERSION else size
        yield number, data[position + 6 : position + 6 + size]
        position += 6 + size
