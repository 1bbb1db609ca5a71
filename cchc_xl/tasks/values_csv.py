"""VALUES.csv of `fill`: what shall stand in which input, read as strictly as a received workbook."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from cchc_xl import texts
from cchc_xl.figures.cells import observe, observe_row_cell
from cchc_xl.figures.numbers import claimed_points
from cchc_xl.model import KPS, Indicator, Kind, RawCell, RegisterColumn, Severity, Status
from cchc_xl.model.contents import Declaration
from cchc_xl.model.layout import CLAIMED, FIGURE, MAIN, MAIN_INPUTS, NOTE, WorkbookLayout
from cchc_xl.model.periods import day_number
from cchc_xl.model.registers import RegisterValue
from cchc_xl.model.terms import Figure
from cchc_xl.tasks.csv_lines import Line, read_csv_lines, refuse
from cchc_xl.tasks.received import parse_day

EXPLANATION_PREFIX = "giaitrinh:"
CLAIM_PREFIX = "claimed:"
_HEADER = ("indicator", "value")
_DATES = ("cchc_tu_ngay", "cchc_den_ngay", "cchc_ngay_doi_chieu")
_SUBMISSION_NUMBER = "cchc_lan_nop"
_LONGEST_TEXT = 2000
_ROW_KEY = re.compile(r"([a-z][a-z0-9_]*)\[([1-9][0-9]{0,4})\]\.([a-z][a-z0-9_]*)")
_LARGEST_CLAIM = 1000  # percent, as the cell's own validation has it
Place = tuple[str, str]


class _Fault(Exception):
    """What is wrong with a line."""


@dataclass(frozen=True)
class Values:
    """The lines of VALUES.csv by meaning; `places` are the cells they stand for."""

    figures: dict[str, Figure] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    declarations: dict[str, Declaration] = field(default_factory=dict)
    explanations: dict[str, str] = field(default_factory=dict)
    rows: dict[str, dict[int, dict[str, RegisterValue]]] = field(default_factory=dict)  # by register, number
    claimed: dict[str, Decimal | None] = field(default_factory=dict)  # percentage as written in the report
    places: set[Place] = field(default_factory=set)


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
            _take((number, row), seen, values, layout)
        except _Fault as fault:
            faults.append((number, str(fault)))
    refuse(path, faults)
    return values


def _take(line: Line, seen: dict[str, int], values: Values, layout: WorkbookLayout) -> None:
    number, row = line
    if not 2 <= len(row) <= 3:
        raise _Fault(texts.text("csv_columns", wanted="2–3", found=len(row)))
    key, value, note = [*row, ""][:3]
    if key in seen:
        raise _Fault(texts.text("csv_key_twice", key=key, first=seen[key]))
    seen[key] = number
    if key in layout.regime.indicators:
        _take_figure(layout.regime.indicators[key], value, note, values, layout)
        return
    if note:
        raise _Fault(texts.text("csv_note_refused", key=key))
    rule = key.removeprefix(EXPLANATION_PREFIX)
    ratio = key.removeprefix(CLAIM_PREFIX)
    if key in MAIN_INPUTS:
        values.declarations[key] = _declaration(key, value)
        values.places.add((MAIN, MAIN_INPUTS[key]))
    elif rule != key and rule in layout.check_rows:
        values.explanations[rule] = _words(value)
        values.places.add(layout.explanation(rule))
    elif ratio != key and ratio in layout.regime.indicators:
        _take_claim(layout.regime.indicators[ratio], value, values, layout)
    elif match := _ROW_KEY.fullmatch(key):
        _take_row(key, match[1], int(match[2]), match[3], value, values, layout)
    else:
        raise _Fault(texts.text("csv_key_unknown", key=key))


def _take_row(
    key: str, code: str, number: int, column: str, value: str, values: Values, layout: WorkbookLayout
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


def _row_value(column: RegisterColumn, key: str, value: str) -> RegisterValue:
    if not value:
        return None
    if column.kind is Kind.DATE:
        day = parse_day(value)
        if day is None:
            raise _Fault(texts.text("csv_date", value=value))
        return day
    read = observe_row_cell(column, RawCell("", "", "text", _words(value)))
    if read.value is None:
        raise _Fault(texts.text("csv_row_value", key=key, value=value, label=column.label))
    return read.value


def _take_figure(indicator: Indicator, value: str, note: str, values: Values, layout: WorkbookLayout) -> None:
    if indicator.is_heading:
        raise _Fault(texts.text("csv_key_heading", key=indicator.code))
    if not indicator.is_input:
        raise _Fault(texts.text("csv_key_computed", key=indicator.code))
    values.figures[indicator.code] = _figure(indicator, value, layout)
    values.places.add(layout.place(indicator.code, FIGURE))
    if note:
        values.notes[indicator.code] = _words(note)
        values.places.add(layout.place(indicator.code, NOTE))


def _figure(indicator: Indicator, value: str, layout: WorkbookLayout) -> Figure:
    if not value:
        return None
    if indicator.kind is Kind.TEXT:
        return _words(value)
    sheet, address = layout.place(indicator.code)
    raw = RawCell(sheet, address, "text", value)
    if indicator.kind is Kind.DATE and (day := parse_day(value)):
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
    if key in _DATES:
        day = parse_day(value)
        if day is None:
            raise _Fault(texts.text("csv_date", value=value))
        return day
    if key == _SUBMISSION_NUMBER:
        if not (value.isascii() and value.isdigit() and int(value) >= 1):
            raise _Fault(texts.text("csv_number", value=value))
        return int(value)
    return _words(value)


def _words(value: str) -> str:
    if len(value) > _LONGEST_TEXT:
        raise _Fault(texts.text("csv_text_long", length=len(value), limit=_LONGEST_TEXT))
    return value
