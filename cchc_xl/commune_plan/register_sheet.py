"""A register: prepared, unlocked rows under a header, each with a live check of its required columns."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from cchc_xl import messages
from cchc_xl.commune_plan.cells import home_link, live, merged, page, quoted, typed, words
from cchc_xl.commune_plan.contents import Contents, RegisterValue, Subject
from cchc_xl.commune_plan.text_fit import height
from cchc_xl.commune_plan.validations import column_validation
from cchc_xl.layout import RegisterLayout, column_letter, layout_of
from cchc_xl.live_formulas import PASSED
from cchc_xl.model import Kind, Regime, RegisterColumn
from cchc_xl.plan import ConditionalStyle, PlannedCell, PlannedSheet, Validation

_NUMBER_WIDTH, _CHECK_WIDTH = 5.0, 34.0
_SIZE = 11.0
_STYLES = {
    Kind.COUNT: "input.count",
    Kind.MONEY: "input.money",
    Kind.RATIO: "input.ratio",
    Kind.DECIMAL: "input.decimal",
    Kind.DATE: "input.date",
}


def plan_register(subject: Subject, register: RegisterLayout, contents: Contents) -> PlannedSheet:
    """The sheet of one register with the rows typed into it."""
    columns = register.register.columns
    last_column, check = column_letter(len(columns) + 1), column_letter(len(columns) + 2)
    header = register.first_row - 1
    head = [
        words("A1", "banner.good", subject.banner),
        words("A2", "form.title", register.register.heading),
        words("A3", "form.title", register.register.title),
        words("A4", "hint", messages.text("wb_register_hint", rows=register.register.rows)),
    ]
    cells = [*head, home_link(f"{check}1"), *_header(register, header, check)]
    rows = contents.registers.get(register.register.code, ())
    heights = {1: 27.0, 2: 22.0, 3: 22.0, 4: 20.0, 5: 6.0, header: 36.0}
    for n in range(register.register.rows):
        values = rows[n] if n < len(rows) else {}
        cells += _row(subject.regime, register, n, values, check)
        if values:
            texts = [(str(values.get(c.code) or ""), c.width, _SIZE) for c in columns]
            heights[register.first_row + n] = height(*texts, least=20.0)
    used = max(len(rows), 20)
    return PlannedSheet(
        name=register.register.sheet,
        code_name=register.register.code.title().replace("_", ""),
        cells=tuple(cells),
        column_widths=_widths(register, check),
        row_heights=heights,
        merges=tuple(merged(cell, f"{last_column}{cell.address[1:]}")[1] for cell in head),
        validations=_validations(register),
        conditionals=_conditionals(register, check),
        page=page(
            subject, f"A2:{last_column}{register.first_row + used - 1}", (header, header), landscape=True
        ),
        freeze=f"B{register.first_row}",
        tab_color="#0F766E",
    )


def _header(register: RegisterLayout, row: int, check: str) -> list[PlannedCell]:
    cells = [words(f"A{row}", "table.header", messages.text("wb_column_number"))]
    for column in register.register.columns:
        label = f"{column.label} *" if column.required else column.label
        cells.append(words(f"{register.columns[column.code]}{row}", "table.header", label))
    return [*cells, words(f"{check}{row}", "side.header", messages.text("wb_side_check"))]


def _row(
    regime: Regime, register: RegisterLayout, n: int, values: Mapping[str, RegisterValue], check: str
) -> list[PlannedCell]:
    row = register.first_row + n
    cells = [words(f"A{row}", "table.number", n + 1)]
    for column in register.register.columns:
        style = _STYLES.get(column.kind, "table.input")
        cells.append(typed(f"{register.columns[column.code]}{row}", style, values.get(column.code)))
    formula = _check_formula(regime, register.register.code, row)
    return [*cells, live(f"{check}{row}", "mark.message", formula, check_word(register, values))]


@lru_cache(maxsize=4096)
def _check_formula(regime: Regime, code: str, row: int) -> str:
    register = layout_of(regime).registers[code]
    letters = [f"{register.columns[c.code]}{row}" for c in register.register.columns]
    required = [f"{register.columns[c.code]}{row}" for c in register.register.columns if c.required]
    missing, passed = quoted(messages.text("wb_register_missing")), quoted(PASSED)
    judged = f"IF(COUNTA({','.join(required)})<{len(required)},{missing},{passed})" if required else passed
    return f'=IF(COUNTA({letters[0]}:{letters[-1]})=0,"",{judged})'


def check_word(register: RegisterLayout, values: Mapping[str, RegisterValue]) -> str:
    """What the live check of a row shows."""
    if not any(_filled(value) for value in values.values()):
        return ""
    required: list[RegisterColumn] = [c for c in register.register.columns if c.required]
    complete = all(_filled(values.get(column.code)) for column in required)
    return PASSED if complete else messages.text("wb_register_missing")


def _filled(value: RegisterValue) -> bool:
    return isinstance(value, date | Decimal) or bool(value)


def _widths(register: RegisterLayout, check: str) -> dict[str, float]:
    columns = {register.columns[c.code]: c.width for c in register.register.columns}
    return {"A": _NUMBER_WIDTH, **columns, check: _CHECK_WIDTH}


def _validations(register: RegisterLayout) -> tuple[Validation, ...]:
    found = []
    for column in register.register.columns:
        letter = register.columns[column.code]
        first = f"{letter}{register.first_row}"
        validation = column_validation(column, f"{first}:{letter}{register.last_row}", first)
        if validation is not None:
            found.append(validation)
    return tuple(found)


def _conditionals(register: RegisterLayout, check: str) -> tuple[ConditionalStyle, ...]:
    area = f"{check}{register.first_row}:{check}{register.last_row}"
    return tuple(
        ConditionalStyle(area, f'=LEFT(${check}{register.first_row},1)="{sign}"', style)
        for sign, style in (("⚠", "warn"), ("✔", "good"))
    )
