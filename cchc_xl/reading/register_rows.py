"""Rows of the registers (danh mục có dòng): interpreted, completed with their results, and judged."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from cchc_xl import texts
from cchc_xl.excel.read.stored_workbook import StoredWorkbook
from cchc_xl.figures.cells import observe_row_cell
from cchc_xl.figures.registers.computed_columns import with_results
from cchc_xl.figures.registers.findings import NumberedRow, register_findings, row_finding
from cchc_xl.figures.registers.row_cells import REFERENCE_DATE, RowContext
from cchc_xl.model import Finding, RawCell, RegisterColumn, Severity
from cchc_xl.model.layout import FIRST_REGISTER_ROW, RegisterLayout, WorkbookLayout
from cchc_xl.model.periods import day_of_number
from cchc_xl.model.registers import ROW, RegisterRow, RegisterValue
from cchc_xl.model.terms import Figure
from cchc_xl.reading.declarations import declared_day

ReadRow = Mapping[str, Decimal | str]


def read_registers(
    stored: StoredWorkbook,
    layout: WorkbookLayout,
    figures: Mapping[str, Figure],
    window_end: date | None,
    unit: str,
) -> tuple[dict[str, tuple[ReadRow, ...]], list[Finding]]:
    """Filled rows by register code, each with its number ("row") and its results, and all findings.

    Dates are written 2026-06-14; absent and unusable cells are left out. `unit`: the commune's own name.
    """
    if not layout.registers:
        return {}, []
    context = RowContext(window_end, declared_day(stored, layout, REFERENCE_DATE), figures)
    shown: dict[str, tuple[ReadRow, ...]] = {}
    findings: list[Finding] = []
    for code, register in layout.registers.items():
        rows, odd = _rows(stored, register, context)
        shown[code] = tuple(_as_shown(register, number, row) for number, row in rows)
        findings += [*odd, *register_findings(layout, register, rows, context, unit)]
    return shown, findings


def _rows(
    stored: StoredWorkbook, register: RegisterLayout, context: RowContext
) -> tuple[list[NumberedRow], list[Finding]]:
    sheet = register.register.sheet
    if stored.sheet(sheet) is None:
        return [], [_sheet_missing(sheet)]
    cells = stored.cells(sheet)
    moved = _moved_column(register, cells)
    if moved is not None:
        return [], [_columns_moved(register, moved)]
    rows: list[NumberedRow] = []
    findings: list[Finding] = []
    inputs = {register.columns[column.code]: column for column in register.register.inputs}
    places = _places(tuple(inputs), register.register.rows)
    present: dict[int, list[Place]] = {}
    for number, address, letter in sorted(places[address] for address in places.keys() & cells.keys()):
        present.setdefault(number, []).append((address, inputs[letter]))
    for number, found in present.items():
        typed, odd = _row(register, found, number, cells)
        findings += odd
        if typed:
            rows.append((number, with_results(register.register, typed, context)))
    return rows, findings


def _moved_column(register: RegisterLayout, cells: Mapping[str, RawCell]) -> RegisterColumn | None:
    """The first column whose printed header is not where the template has it."""
    for column in register.register.columns:
        address = register.cell(column.code, 0)
        if address not in cells or _plain(cells[address].text) != _plain(column.label):
            return column
    return None


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split()).removesuffix(" *")


def _sheet_missing(sheet: str) -> Finding:
    rule = "register_sheet_missing"
    return Finding(rule, Severity.WARNING, texts.text(rule, sheet=sheet), texts.fix(rule), sheet=sheet)


def _columns_moved(register: RegisterLayout, column: RegisterColumn) -> Finding:
    rule = "register_columns_moved"
    fault = texts.text(rule, label=column.label)
    return row_finding(register, 0, column.code, rule, Severity.WARNING, fault, texts.fix(rule))


Place = tuple[str, RegisterColumn]  # address of a cell to type in, and its column


@lru_cache(maxsize=64)  # a register's cells stand where they stand
def _places(letters: tuple[str, ...], rows: int) -> dict[str, tuple[int, str, str]]:
    """Row number, address and letter of the cells to type in, by address."""
    places = ((f"{letter}{FIRST_REGISTER_ROW + n}", n + 1, letter) for n in range(rows) for letter in letters)
    return {address: (number, address, letter) for address, number, letter in places}


def _row(
    register: RegisterLayout, present: Iterable[Place], number: int, cells: Mapping[str, RawCell]
) -> tuple[RegisterRow, list[Finding]]:
    """A row's typed cells; `present`: those that hold something."""
    typed: dict[str, RegisterValue] = {}
    findings: list[Finding] = []
    for address, column in present:
        read = observe_row_cell(column, cells[address])
        if read.value is not None:
            typed[column.code] = read.value
        if read.remark:
            words = {"stored": read.stored, "reading": read.reading}
            findings.append(_odd(register, column, number, read.remark, words))
    return typed, findings


def _odd(
    register: RegisterLayout, column: RegisterColumn, number: int, remark: str, words: Mapping[str, str]
) -> Finding:
    fault = texts.text(remark, row=number, label=column.label, **words)
    fix = texts.fix(remark)
    return row_finding(register, number, column.code, remark, Severity.WARNING, fault, fix)


def _as_shown(register: RegisterLayout, number: int, row: RegisterRow) -> ReadRow:
    shown: dict[str, Decimal | str] = {ROW: Decimal(number)}
    for column in register.register.columns:
        value = row.get(column.code)
        if value is None or value == "":
            continue
        if isinstance(value, Decimal) and column.kind.value == "date":
            value = day_of_number(int(value))
        shown[column.code] = value.isoformat() if isinstance(value, date) else value
    return shown
