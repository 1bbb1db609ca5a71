"""Rows of the registers (danh mục có dòng) as typed: one mapping a row, empty rows left out."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from cchc_xl.excel.stored_workbook import StoredWorkbook
from cchc_xl.layout import RegisterLayout, WorkbookLayout
from cchc_xl.model import RawCell

_DAY_ZERO = date(1899, 12, 30)


def read_registers(stored: StoredWorkbook, layout: WorkbookLayout) -> dict[str, tuple[dict[str, str], ...]]:
    """Rows by register code; every value as text, dates as 2026-06-14, absent cells left out."""
    return {code: _rows(stored, register) for code, register in layout.registers.items()}


def _rows(stored: StoredWorkbook, register: RegisterLayout) -> tuple[dict[str, str], ...]:
    if stored.sheet(register.register.sheet) is None:
        return ()
    cells = stored.cells(register.register.sheet)
    rows = (
        {
            column: _text(cells[f"{letter}{row}"])
            for column, letter in register.columns.items()
            if f"{letter}{row}" in cells
        }
        for row in range(register.first_row, register.last_row + 1)
    )
    return tuple(row for row in rows if any(value for value in row.values()))


def _text(cell: RawCell) -> str:
    if cell.kind == "date":
        with contextlib.suppress(InvalidOperation, OverflowError, ValueError):
            return (_DAY_ZERO + timedelta(days=int(Decimal(cell.text)))).isoformat()
    return cell.text.strip()
