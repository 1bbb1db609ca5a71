"""The cells a row of a register is judged by: its own, the figures of the forms, the declared days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from cchc_xl.figures.expressions import Node
from cchc_xl.figures.expressions.functions import COUNTA
from cchc_xl.figures.expressions.nodes import cell
from cchc_xl.figures.expressions.values import Value
from cchc_xl.model import Register
from cchc_xl.model.periods import day_number
from cchc_xl.model.registers import RegisterRow, RegisterValue
from cchc_xl.model.terms import Figure

WINDOW_END, REFERENCE_DATE = "cchc_den_ngay", "cchc_ngay_doi_chieu"


@dataclass(frozen=True)
class RowContext:
    """What rows are judged against: last day of the data, the day of the report, the typed figures."""

    window_end: date | None = None
    reference_date: date | None = None
    figures: Mapping[str, Figure] = field(default_factory=dict)


def column(code: str) -> Node:
    """The cell of the row in a column."""
    return cell(f"row.{code}")


def filled(register: Register) -> Node:
    """How many cells of the row are typed in."""
    return COUNTA(*(column(c.code) for c in register.inputs))


def row_cells(row: RegisterRow, context: RowContext) -> dict[str, Value]:
    """Contents by the keys formulas of a row use; days as the numbers spreadsheets store."""
    cells: dict[str, Value] = {column(code).text: content(value) for code, value in row.items()}
    days = {WINDOW_END: context.window_end, REFERENCE_DATE: context.reference_date}
    return {**context.figures, **{name: content(day) for name, day in days.items()}, **cells}


def content(value: RegisterValue) -> Value:
    """A typed value as a cell holds it."""
    return Decimal(day_number(value)) if isinstance(value, date) else value
