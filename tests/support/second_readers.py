"""openpyxl and calamine beside our reader: three that must see the same numbers in the same cells."""

from __future__ import annotations

import io

import openpyxl
from python_calamine import CalamineWorkbook

from cchc_xl.excel.opc.xml_parts import unescape
from cchc_xl.excel.read.cell_tokens import SheetTokens
from cchc_xl.excel.read.gate import open_gate
from cchc_xl.excel.read.stored_cells import StoredCells
from cchc_xl.excel.read.stored_workbook import open_workbook


def as_told(tokens: SheetTokens) -> tuple[object, ...]:
    """Everything a reader learns from tokens, however they were found."""
    cells = StoredCells("x", tokens, lambda: ["?"] * 9999, frozenset())
    plain = unescape if tokens.escaped else str
    texts = {a: (*t[:3], bool(t[3]), *map(plain, t[4:])) for a, t in tokens.cells.items()}
    formulas = {a: cells._interpret((*t[:2], "str", *t[3:])).formula for a, t in tokens.cells.items()}
    return texts, formulas, tokens.merged, tokens.hidden_rows, tokens.masters()


def assert_readers_agree(data: bytes) -> None:
    """Our reader, openpyxl and calamine see the same numbers in the same cells; and some in the workbook."""
    ours = open_workbook(open_gate(data))
    theirs = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    third = CalamineWorkbook.from_filelike(io.BytesIO(data))
    seen = 0
    for sheet in ours.sheets:
        cells = ours.cells(sheet.name)
        numbers = {a: float(c.text) for a, c in cells.items() if c.kind == "number"}
        by_openpyxl = {
            cell.coordinate: float(cell.value)
            for row in theirs[sheet.raw_name].iter_rows()
            for cell in row
            if isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool)
        }
        by_calamine = {
            f"{openpyxl.utils.get_column_letter(c + 1)}{r + 1}": float(value)
            for r, row in enumerate(third.get_sheet_by_name(sheet.raw_name).to_python(skip_empty_area=False))
            for c, value in enumerate(row)
            if isinstance(value, (int, float)) and not isinstance(value, bool)
        }
        assert numbers == by_openpyxl == by_calamine, sheet.name
        seen += len(numbers)
    assert seen
