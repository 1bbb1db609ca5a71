"""Compiles VBA sources into a vbaProject.bin (MS-OVBA) that holds source only: Excel compiles it on opening.

The performance cache is left out as MS-OVBA 2.3.4.1 demands of writers: version 0xFFFF, text offsets 0,
cookies 0xFFFF.
"""

from __future__ import annotations

import struct
import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from cchc_xl import texts
from cchc_xl.excel.vba.compound_file import write_compound_file
from cchc_xl.excel.vba.compression import compress
from cchc_xl.excel.vba.source import (
    BASE_CHART,
    BASE_WORKBOOK,
    BASE_WORKSHEET,
    Module,
    VbaSourceError,
    load_modules,
    name_faults,
    parse_module,
    require_distinct_names,
    stored_text,
)

__all__ = ["Module", "VbaSourceError", "build_vba_project", "load_modules", "parse_module"]

Document = Literal["workbook", "worksheet", "chart"]

CODE_PAGE = 1252
NO_CACHE = bytes.fromhex("CC61FFFF000000")
BASES: dict[Document, str] = {"workbook": BASE_WORKBOOK, "worksheet": BASE_WORKSHEET, "chart": BASE_CHART}
_REFERENCES = (
    (
        "stdole",
        r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation",
    ),
    (
        "Office",
        r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0#C:\Program Files\Common Files\Microsoft Shared"
        r"\OFFICE16\MSO.DLL#Microsoft Office 16.0 Object Library",
    ),
)
_PROJECT_LINE = {"document": "Document={}/&H00000000", "standard": "Module={}", "class": "Class={}"}
_WINDOWS_64, _ENGLISH = 3, 0x0409
# Any seed is allowed; a fixed one keeps the bytes the same from build to build.
_SEED = 0x8D


def build_vba_project(
    modules: Sequence[Module],
    document_modules: Sequence[tuple[str, Document]],
    project_name: str = "CchcXl",
) -> bytes:
    """A vbaProject.bin with one document module for each (code name, kind), then the other modules in order.

    A document module's code is the `modules` entry of kind "document" with that name, else empty.
    The same arguments give the same bytes. Raises VbaSourceError for bad, repeated or unplaced names and for
    text outside ASCII.
    """
    ordered = _in_project_order(modules, document_modules)
    for module in (*ordered, Module(project_name, "standard", "")):
        for fault in name_faults(module.file_name, module.name):
            raise VbaSourceError(fault)
    require_distinct_names(ordered, project_name)
    streams = {"dir": compress(_dir_stream(ordered, project_name)), "_VBA_PROJECT": NO_CACHE}
    streams |= {module.name: _module_stream(module) for module in ordered}
    return write_compound_file(
        {
            "VBA": streams,
            "PROJECT": _project_stream(ordered, project_name),
            "PROJECTwm": _names_stream(ordered),
        }
    )


def _in_project_order(
    modules: Sequence[Module], document_modules: Sequence[tuple[str, Document]]
) -> tuple[Module, ...]:
    code = {module.name: module for module in modules if module.kind == "document"}
    documents = tuple(
        replace(code.pop(name, Module(name, "document", "")), base=BASES[kind])
        for name, kind in document_modules
    )
    for left in code.values():
        raise VbaSourceError(texts.text("vba_document_unplaced", file=left.file_name, line=1, name=left.name))
    return documents + tuple(module for module in modules if module.kind != "document")


def _module_stream(module: Module) -> bytes:
    text = stored_text(module)
    if not text.isascii():
        line = next(n for n, text_line in enumerate(module.source.split("\n"), 1) if not text_line.isascii())
        strange = next(c for c in text if not c.isascii())
        raise VbaSourceError(texts.text("vba_not_ascii", file=module.file_name, line=line, character=strange))
    try:
        return compress(text.encode("ascii"))
    except ValueError:
        last = text.count("\r\n")
        raise VbaSourceError(texts.text("vba_incompressible", file=module.file_name, line=last)) from None


def _record(number: int, data: bytes = b"") -> bytes:
    return struct.pack("<HI", number, len(data)) + data


def _long(value: int) -> bytes:
    return struct.pack("<I", value)


def _two_spellings(number: int, unicode_number: int, name: str) -> bytes:
    return _record(number, name.encode("ascii")) + _record(unicode_number, name.encode("utf-16-le"))


def _dir_stream(modules: Sequence[Module], project_name: str) -> bytes:
    """MS-OVBA 2.3.4.2: project information, references, modules."""
    parts = [
        _record(0x01, _long(_WINDOWS_64)),
        _record(0x02, _long(_ENGLISH)),
        _record(0x14, _long(_ENGLISH)),
        _record(0x03, struct.pack("<H", CODE_PAGE)),
        _record(0x04, project_name.encode("ascii")),
        *(_record(number) for number in (0x05, 0x40, 0x06, 0x3D)),  # description and help file: none
        _record(0x07, _long(0)),
        _record(0x08, _long(0)),
        struct.pack("<HIIH", 0x09, 4, 0x65BE0257, 1),  # project version; its length field is fixed at 4
        _record(0x0C) + _record(0x3C),
    ]
    for name, library in _REFERENCES:
        data = library.encode("ascii")
        parts += [_two_spellings(0x16, 0x3E, name), _record(0x0D, _long(len(data)) + data + bytes(6))]
    parts += [_record(0x0F, struct.pack("<H", len(modules))), _record(0x13, b"\xff\xff")]
    parts += [_dir_module(module) for module in modules]
    return b"".join(parts) + _record(0x10)


def _dir_module(module: Module) -> bytes:
    return b"".join(
        (
            _two_spellings(0x19, 0x47, module.name),
            _two_spellings(0x1A, 0x32, module.name),
            _two_spellings(0x1C, 0x48, ""),
            _record(0x31, _long(0)),
            _record(0x1E, _long(0)),
            _record(0x2C, b"\xff\xff"),
            _record(0x21 if module.kind == "standard" else 0x22),
            _record(0x2B),
        )
    )


def _project_stream(modules: Sequence[Module], project_name: str) -> bytes:
    """MS-OVBA 2.3.1: the project's properties as text, without a password."""
    names = ",".join(module.name for module in modules)
    project_id = f"{{{uuid.uuid5(uuid.NAMESPACE_URL, f'vba:{project_name}:{names}')}}}".upper()
    lines = [
        f'ID="{project_id}"',
        *(_PROJECT_LINE[module.kind].format(module.name) for module in modules),
        f'Name="{project_name}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        f'CMG="{_encrypted(bytes(4), project_id)}"',
        f'DPB="{_encrypted(bytes(1), project_id)}"',
        f'GC="{_encrypted(bytes([255]), project_id)}"',
        "",
        "[Host Extender Info]",
        "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000",
        "",
        "[Workspace]",
        *(f"{module.name}=0, 0, 0, 0, C" for module in modules),
        "",
    ]
    return "\r\n".join(lines).encode("ascii")


def _names_stream(modules: Sequence[Module]) -> bytes:
    """MS-OVBA 2.3.3 (PROJECTwm): each name in the code page and in UTF-16."""
    pairs = (m.name.encode("ascii") + b"\0" + m.name.encode("utf-16-le") + b"\0\0" for m in modules)
    return b"".join(pairs) + b"\0\0"


def _encrypted(data: bytes, project_id: str) -> str:
    """MS-OVBA 2.4.3.2."""
    key = sum(project_id.encode("ascii")) & 0xFF
    out = bytearray((_SEED, _SEED ^ 2, _SEED ^ key))
    plain, first, second = key, out[2], out[1]
    for byte in bytes((_SEED & 6) // 2) + _long(len(data)) + data:
        out.append(byte ^ ((second + plain) & 0xFF))
        plain, first, second = byte, out[-1], first
    return out.hex().upper()
