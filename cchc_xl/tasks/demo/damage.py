"""Faults no officer can type into a locked workbook but real files show: planted into the stored parts."""

from __future__ import annotations

from collections.abc import Callable
from xml.sax.saxutils import escape

from cchc_xl.excel.edit.cell_spans import scan_sheet
from cchc_xl.excel.edit.package import NewContent, splice_cells, write_package
from cchc_xl.excel.read.gate import open_gate
from cchc_xl.excel.read.stored_workbook import open_workbook


def overwrite(data: bytes, place: tuple[str, str], value: str) -> bytes:
    """The workbook with a number typed over whatever the cell held, formula included."""
    return _with_sheet(data, place, lambda part, address: splice_cells(part, {address: _number(value)}))


def put_formula(data: bytes, place: tuple[str, str], formula: str) -> bytes:
    """The workbook with a formula in an input cell, its cached value left at 0 as a stale one would be."""

    def planted(part: bytes, address: str) -> bytes:
        numbered = splice_cells(part, {address: _number("0")})
        at = scan_sheet(numbered).cells[address].open_end
        return numbered[:at] + f"<f>{escape(formula)}</f>".encode() + numbered[at:]

    return _with_sheet(data, place, planted)


def _number(value: str) -> NewContent:
    return NewContent("number", value)


def _with_sheet(data: bytes, place: tuple[str, str], change: Callable[[bytes, str], bytes]) -> bytes:
    parts = dict(open_gate(data))
    sheet, address = place
    found = open_workbook(parts).sheet(sheet)
    if found is None:
        raise KeyError(sheet)
    parts[found.part] = change(parts[found.part], address)
    return write_package(parts.items())
