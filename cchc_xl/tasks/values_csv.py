"""What `fill` puts into which input, from VALUES.csv or from a script, read as strictly as a workbook."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from cchc_xl import texts
from cchc_xl.figures.cells import observe, observe_row_cell
from cchc_xl.figures.numbers import claimed_points
from cchc_xl.model import KPS, Indicator, Kind, RawCell, RegisterColumn, Severity, Status
from cchc_xl.model.addresses import SheetCell
from cchc_xl.model.contents import Declaration
from cchc_xl.model.errors import UsageError
from cchc_xl.model.layout import (
    CLAIMED,
    DECLARED_DAYS,
    FIGURE,
    MAIN,
    MAIN_INPUTS,
    NOTE,
    SUBMISSION_NUMBER,
    WorkbookLayout,
)
from cchc_xl.model.periods import day_number
from cchc_xl.model.registers import RegisterValue
from cchc_xl.model.terms import Figure
from cchc_xl.tasks.csv_lines import Line, read_csv_lines, refuse
from cchc_xl.tasks.received import parse_day

EXPLANATION_PREFIX = "giaitrinh:"
CLAIM_PREFIX = "claimed:"
_HEADER = ("indicator", "value")
_LONGEST_TEXT = 2000
_ROW_KEY = re.compile(r"([a-z][a-z0-9_]*)\[([1-9][0-9]{0,4})\]\.([a-z][a-z0-9_]*)")
_LARGEST_CLAIM = 1000  # percent, as the cell's own validation has it


class _Fault(Exception):
    """What is wrong with a line."""


class _Given(NamedTuple):
    """A value as a cell would hold it: a text, or a number in files' own notation."""

    text: str
    kind: str = "text"


@dataclass(frozen=True)
class Values:
    """The lines of VALUES.csv by meaning; `places` are the cells they stand for."""

    figures: dict[str, Figure] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    declarations: dict[str, Declaration] = field(default_factory=dict)
    explanations: dict[str, str] = field(default_factory=dict)
    rows: dict[str, dict[int, dict[str, RegisterValue]]] = field(default_factory=dict)  # by register, number
    claimed: dict[str, Decimal | None] = field(default_factory=dict)  # percentage as written in the report
    places: set[SheetCell] = field(default_factory=set)


def read_values(path: Path, layout: WorkbookLayout) -> Values:
    """Read and judge every line. Raises UsageError listing all faults with their lines."""
    lines = read_csv_lines(path)
    header = tuple(cell.lower() for cell in lines[0][1]) if lines else ()
    if header[:2] != _HEADER:
        refuse(path, [(lines[0][0] if lines else 1, texts.text("csv_header", wanted="indicator,value"))])
    values, seen = Values(), dict[str, int]()
    faults: list[tuple[int, str]] = []
    for number, row in lines[1:]:
        try:
            _take_line((number, row), seen, values, layout)
        except _Fault as fault:
            faults.append((number, str(fault)))
    refuse(path, faults)
    return values


def values_of(given: Mapping[str, object], layout: WorkbookLayout) -> Values:
    """The same from values by key: texts, numbers as a cell would hold them (0.9932 for 99,32 %), days, None.

    Raises UsageError listing all faults with their keys.
    """
    values, faults = Values(), []
    for key, entry in given.items():
        try:
            _take(key, _as_given(entry), "", values, layout)
        except _Fault as fault:
            faults.append(texts.text("values_fault", key=key, fault=fault))
    if faults:
        raise UsageError(texts.text("values_faults", faults="; ".join(faults)))
    return values


def _as_given(entry: object) -> _Given:
    if entry is None or isinstance(entry, str):
        return _Given((entry or "").strip())
    if isinstance(entry, date):
        return _Given(entry.isoformat()[:10])
    if isinstance(entry, bool) or not isinstance(entry, (int, float, Decimal)):
        raise _Fault(texts.text("values_kind", kind=type(entry).__name__))
    number = Decimal(repr(entry)) if isinstance(entry, float) else Decimal(entry)
    if not number.is_finite():
        raise _Fault(texts.text("values_kind", kind=number))
    return _Given(format(number, "f"), "number")


def _take_line(line: Line, seen: dict[str, int], values: Values, layout: WorkbookLayout) -> None:
    number, row = line
    if not 2 <= len(row) <= 3:
        raise _Fault(texts.text("csv_columns", wanted="2–3", found=len(row)))
    key, value, note = [*row, ""][:3]
    if key in seen:
        raise _Fault(texts.text("csv_key_twice", key=key, first=seen[key]))
    seen[key] = number
    _take(key, _Given(value), note, values, layout)


def _take(key: str, value: _Given, note: str, values: Values, layout: WorkbookLayout) -> None:
    if key in layout.regime.indicators:
        _take_figure(layout.regime.indicators[key], value, note, values, layout)
        return
    if note:
        raise _Fault(texts.text("csv_note_refused", key=key))
    rule = key.removeprefix(EXPLANATION_PREFIX)
    ratio = key.removeprefix(CLAIM_PREFIX)
    if key in MAIN_INPUTS:
        values.declarations[key] = _declaration(key, value.text)
        values.places.add((MAIN, MAIN_INPUTS[key]))
    elif rule != key and rule in layout.check_rows:
        values.explanations[rule] = _words(value.text)
        values.places.add(layout.explanation(rule))
    elif ratio != key and ratio in layout.regime.indicators:
        _take_claim(layout.regime.indicators[ratio], value.text, values, layout)
    elif match := _ROW_KEY.fullmatch(key):
        _take_row(key, match[1], int(match[2]), match[3], value, values, layout)
    else:
        raise _Fault(texts.text("csv_key_unknown", key=key))


def _take_row(
    key: str, code: str, number: int, column: str, value: _Given, values: Values, layout: WorkbookLayout
) -> None:
    """A cell of a register: `phuluc1[3].so`, rows numbered from 1 as in column A."""
    register = layout.registers.get(code)
    known = {c.code: c for c in register.register.inputs} if register else {}
    if register is None or column not in known:
        raise _Fault(texts.text("csv_key_unknown", key=key))
    if not 1 <= number <= register.register.rows:
        raise _Fault(texts.text("csv_row_number", key=key, rows=register.register.rows))
    place = (register.register.sheet, register.cell(column, number))
    values.rows.setdefault(code, {}).setdefault(number, {})[column] = _row_value(known[column], key, value)
    values.places.add(place)


def _row_value(column: RegisterColumn, key: str, value: _Given) -> RegisterValue:
    if not value.text:
        return None
    if column.kind is Kind.DATE:
        day = parse_day(value.text)
        if day is None:
            raise _Fault(texts.text("csv_date", value=value.text))
        return day
    read = observe_row_cell(column, RawCell("", "", value.kind, _words(value.text)))
    if read.value is None:
        raise _Fault(texts.text("csv_row_value", key=key, value=value.text, label=column.label))
    return read.value


def _take_figure(
    indicator: Indicator, value: _Given, note: str, values: Values, layout: WorkbookLayout
) -> None:
    if indicator.is_heading:
        raise _Fault(texts.text("csv_key_heading", key=indicator.code))
    if not indicator.is_input:
        raise _Fault(texts.text("csv_key_computed", key=indicator.code))
    values.figures[indicator.code] = _figure(indicator, value, layout)
    values.places.add(layout.place(indicator.code, FIGURE))
    if note:
        values.notes[indicator.code] = _words(note)
        values.places.add(layout.place(indicator.code, NOTE))


def _figure(indicator: Indicator, value: _Given, layout: WorkbookLayout) -> Figure:
    if not value.text:
        return None
    if indicator.kind is Kind.TEXT:
        return _words(value.text)
    sheet, address = layout.place(indicator.code)
    raw = RawCell(sheet, address, value.kind, value.text)
    if indicator.kind is Kind.DATE and (day := parse_day(value.text)):
        return Decimal(day_number(day))
    observation, findings = observe(indicator, raw, layout.regime.form_of[indicator.code])
    wrong = [f for f in findings if f.severity is Severity.ERROR]
    if wrong:
        raise _Fault(texts.text("csv_value", key=indicator.code, fault=wrong[0].message.rstrip(".")))
    return KPS if observation.status is Status.NOT_APPLICABLE else observation.value


def _take_claim(indicator: Indicator, value: str, values: Values, layout: WorkbookLayout) -> None:
    """The percentage the report states; the % sign must be written, or 0,9 could mean two things."""
    if not indicator.is_claimable:
        raise _Fault(texts.text("csv_claim_refused", key=indicator.code))
    points = claimed_points(value) if value.endswith("%") else ()
    claims = {number for number, _ in points if 0 <= number <= _LARGEST_CLAIM}
    if value and len(claims) != 1:
        raise _Fault(texts.text("csv_claim", value=value))
    values.claimed[indicator.code] = claims.pop().scaleb(-2) if claims else None
    values.places.add(layout.place(indicator.code, CLAIMED))


def _declaration(key: str, value: str) -> Declaration:
    if not value:
        return None
    if key in DECLARED_DAYS:
        day = parse_day(value)
        if day is None:
            raise _Fault(texts.text("csv_date", value=value))
        return day
    if key == SUBMISSION_NUMBER:
        if not (value.isascii() and value.isdigit() and int(value) >= 1):
            raise _Fault(texts.text("csv_number", value=value))
        return int(value)
    return _words(value)


def _words(value: str) -> str:
    if len(value) > _LONGEST_TEXT:
        raise _Fault(texts.text("csv_text_long", length=len(value), limit=_LONGEST_TEXT))
    return value
