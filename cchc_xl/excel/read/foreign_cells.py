"""Tables of a workbook that is not one of ours: rows of STT, label and figure under their printed headers.

openpyxl reads them, after the gate: such files come from anywhere and nothing in them is known in advance.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from cchc_xl.excel.read.gate import open_gate
from cchc_xl.model import RawCell
from cchc_xl.model.errors import WorkbookRefused
from cchc_xl.model.periods import day_number
from cchc_xl.texts.recognised import FIGURE_HEADING, LABEL_HEADINGS

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_NUMBER, _LABEL, _FIGURE = "stt", LABEL_HEADINGS, FIGURE_HEADING
_LAST_ROW, _LAST_COLUMN = 5000, 40
_HEADER_DEPTH = 2  # STT stands in the upper, Số liệu in the lower line of the printed header


@dataclass(frozen=True, slots=True)
class ForeignRow:
    """One row of a foreign table: printed number, label and the cell under Số liệu."""

    sheet: str
    number: str
    label: str
    figure: RawCell


def read_foreign_rows(data: bytes) -> tuple[ForeignRow, ...]:
    """Every row below a header with STT, a label column and Số liệu, sheet by sheet.

    Raises WorkbookRefused when the file cannot be trusted or read.
    """
    open_gate(data)
    import openpyxl

    try:
        workbook = openpyxl.load_workbook(io.BytesIO(data), keep_links=False)
    except Exception as fault:  # openpyxl raises whatever its parts raise on a damaged file
        raise WorkbookRefused("foreign_unreadable") from fault
    return tuple(row for sheet in workbook.worksheets for row in _rows(sheet))


def _rows(sheet: Worksheet) -> Iterator[ForeignRow]:
    columns: dict[str, int] = {}
    lines = sheet.iter_rows(
        max_row=min(sheet.max_row, _LAST_ROW), max_col=min(sheet.max_column, _LAST_COLUMN)
    )
    header_line = -_HEADER_DEPTH
    for at, cells in enumerate(lines):
        named = {_folded(cell.value): cell.column for cell in cells if isinstance(cell.value, str)}
        if _NUMBER in named:
            columns, header_line = {_NUMBER: named[_NUMBER]}, at
        if at - header_line < _HEADER_DEPTH:
            columns |= _header_columns(named)
            continue
        if {_NUMBER, "label", _FIGURE} <= columns.keys():
            yield _row(sheet.title, cells, columns)


def _header_columns(named: dict[str, int]) -> dict[str, int]:
    labels = [column for text, column in named.items() if text.startswith(_LABEL)]
    found = {"label": labels[0]} if labels else {}
    return {**found, _FIGURE: named[_FIGURE]} if _FIGURE in named else found


def _row(sheet: str, cells: tuple[Cell, ...], columns: dict[str, int]) -> ForeignRow:
    by_column = {cell.column: cell for cell in cells}
    figure = by_column[columns[_FIGURE]]
    texts = (str(by_column[columns[key]].value or "") for key in (_NUMBER, "label"))
    number, label = (" ".join(unicodedata.normalize("NFC", text).split()) for text in texts)
    return ForeignRow(sheet, number, label, _raw(sheet, figure))


def _raw(sheet: str, cell: Cell) -> RawCell:
    """The cell as `observe` takes it; a formula keeps its text and never its cached value."""
    address, value = cell.coordinate, cell.value
    if value is None or value == "":
        return RawCell(sheet, address)
    if cell.data_type == "f":
        return RawCell(sheet, address, "number", "0", str(getattr(value, "text", value)).removeprefix("="))
    if isinstance(value, bool):
        return RawCell(sheet, address, "bool", str(value).upper())
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return RawCell(sheet, address, "date", str(day_number(day)))
    if isinstance(value, (int, float)):
        return RawCell(sheet, address, "number", repr(value).removesuffix(".0"))
    return RawCell(sheet, address, "error" if cell.data_type == "e" else "text", str(value))


def _folded(text: object) -> str:
    return " ".join(unicodedata.normalize("NFC", str(text)).casefold().split())
