"""A register's cell as stored → its value and what is odd about it; never a silently wrong one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cchc_xl.figures import numbers
from cchc_xl.figures.cells.answer import one_line, stored_number
from cchc_xl.figures.numbers import TextOutcome
from cchc_xl.model import Indicator, Kind, RawCell, RegisterColumn
from cchc_xl.model.periods import LAST_DAY_NUMBER, day_of_number, parse_day

CellValue = date | Decimal | str | None


@dataclass(frozen=True, slots=True)
class RowCell:
    """A register's cell as read: `value` None where nothing usable stands; `remark` a message code."""

    value: CellValue = None
    remark: str = ""
    stored: str = ""
    reading: str = ""


def observe_row_cell(column: RegisterColumn, raw: RawCell) -> RowCell:
    """Interpret a typed cell of a register."""
    stored = one_line(raw.text if raw.formula is None else f"={raw.formula}")
    if raw.formula is not None:
        constant = numbers.constant_value(raw.formula)
        is_figure = column.kind in (Kind.COUNT, Kind.MONEY, Kind.RATIO, Kind.DECIMAL)
        return (
            RowCell(constant)
            if constant is not None and is_figure
            else RowCell(None, "register_formula", stored)
        )
    if raw.kind == "error":
        return RowCell(None, "register_error", stored)
    text = raw.text.strip()
    if raw.kind == "blank" or not text:
        return RowCell()
    if column.kind is Kind.DATE:
        return _date(raw, text, stored)
    if column.kind is Kind.CHOICE:
        folded = text.casefold()
        chosen = next((c.code for c in column.choices if c.code.casefold() == folded), None)
        return RowCell(chosen) if chosen is not None else RowCell(None, "register_choice_wrong", stored)
    if column.kind is Kind.TEXT:
        day = _day(raw) if raw.kind == "date" else None
        return RowCell(f"{day:%d/%m/%Y}" if day else text)
    return _figure(column, raw, text, stored)


def _date(raw: RawCell, text: str, stored: str) -> RowCell:
    day = _day(raw)
    if day is not None:
        return RowCell(day)
    if raw.kind == "text" and (written := parse_day(text)):
        return RowCell(written, "register_date_text", stored, f"{written:%d/%m/%Y}")
    return RowCell(None, "register_date_wrong", stored)


def _day(raw: RawCell) -> date | None:
    if raw.kind not in ("date", "number"):
        return None
    serial = stored_number(raw.text)
    return day_of_number(int(serial)) if serial is not None and 1 <= serial <= LAST_DAY_NUMBER else None


def _figure(column: RegisterColumn, raw: RawCell, text: str, stored: str) -> RowCell:
    if raw.kind == "number":
        value = stored_number(raw.text)
        if value is None:
            return RowCell(None, "register_number_wrong", stored)
        meant = numbers.settled(value, column)
        if meant == value:
            return RowCell(value)
        return RowCell(meant, "register_number_settled", stored, numbers.format_vi(meant))
    if raw.kind == "text":
        as_indicator = Indicator("", "", column.label, "", column.kind, maximum=column.maximum)
        found = numbers.read_number(text, as_indicator)
        if found.outcome is TextOutcome.ACCEPTED:
            reading = numbers.format_vi(found.value) if found.value is not None else ""
            return RowCell(found.value, "register_number_text", stored, reading)
    return RowCell(None, "register_number_wrong", stored)
