"""What a filled row of a register must satisfy: live condition and the same question in Python."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from cchc_xl import texts
from cchc_xl.figures.live.formulas import FAILED, PASSED
from cchc_xl.figures.registers.computed_columns import (
    WINDOW_END,
    CellOf,
    Row,
    RowContext,
    RowValue,
    compares,
    number,
)
from cchc_xl.model import Kind, Register, RegisterColumn, RowCheck, Severity
from cchc_xl.model.layout import RegisterLayout

_Condition = Callable[[CellOf, RegisterLayout], str]
_Question = Callable[[Row, RowContext], bool]


@dataclass(frozen=True)
class RowTest:
    """One way a row can be wrong. `condition` and `fails` say the same; `column` is the cell to look at."""

    id: str
    severity: Severity
    message: str
    fix: str
    column: str
    condition: _Condition
    fails: _Question


def is_empty(register: Register, row: Row) -> bool:
    """Whether nothing is typed in the row."""
    return all(row.get(column.code) is None for column in register.inputs)


def filled_count(register: Register, cell: CellOf) -> str:
    """Excel's count of the typed cells of a row."""
    return f"COUNTA({','.join(cell(column.code) for column in register.inputs)})"


def live_check(register: RegisterLayout, number: int) -> str:
    """The formula beside a row: nothing while it is empty, the first thing wrong, else ✔."""

    def cell(column: str) -> str:
        return register.cell(column, number)

    judged = f'"{PASSED}"'
    tests = row_tests(register.register)
    for index, test in reversed(list(enumerate(tests))):
        judged = f"IF({test.condition(cell, register)},{register.words_cell(index)},{judged})"
    return f'=IF({filled_count(register.register, cell)}=0,"",{judged})'


def check_words(register: Register) -> list[str]:
    """The sentences the live checks show, in the order of `row_tests`."""
    return [_shown(test) for test in row_tests(register)]


def check_word(register: Register, row: Row, context: RowContext) -> str:
    """What `live_check` shows for this row."""
    if is_empty(register, row):
        return ""
    return next((_shown(test) for test in row_tests(register) if test.fails(row, context)), PASSED)


def _shown(test: RowTest) -> str:
    if test.id == "register_missing":
        return texts.text("wb_register_missing")
    return f"{FAILED[test.severity]} {test.message}".replace('"', "”")


@lru_cache(maxsize=64)
def row_tests(register: Register) -> tuple[RowTest, ...]:
    """Everything a row can be faulted for: required cells, kinds, then the register's own checks."""
    return (*_required(register), *_kinds(register), *(_own(register, check) for check in register.checks))


def _required(register: Register) -> Iterator[RowTest]:
    codes = [column.code for column in register.columns if column.required]
    if codes:
        yield RowTest(
            "register_missing",
            Severity.WARNING,
            "",
            texts.fix("register_missing"),
            codes[0],
            lambda cell, _: _missing(codes, cell),
            lambda row, _: any(row.get(code) is None for code in codes),
        )


def _missing(codes: list[str] | tuple[str, ...], cell: CellOf) -> str:
    return f"COUNTA({','.join(map(cell, codes))})<{len(codes)}"


# --- kinds -----------------------------------------------------------------------------------------------


def _kinds(register: Register) -> Iterator[RowTest]:
    for column in register.inputs:
        if column.kind is not Kind.TEXT:
            yield _kind_test(column)


def _kind_test(column: RegisterColumn) -> RowTest:
    code = f"rg_wrong_{column.kind.value}"
    return RowTest(
        "register_row",
        Severity.WARNING,
        texts.text(code, label=column.label),
        texts.fix("register_row"),
        column.code,
        lambda cell, register: _unfit(column, cell(column.code), register),
        lambda row, _: row.get(column.code) is not None and not accepts(column, row.get(column.code)),
    )


def _unfit(column: RegisterColumn, cell: str, register: RegisterLayout) -> str:
    if column.kind is Kind.DATE:
        return f"ISTEXT({cell})"
    if column.kind is Kind.CHOICE:
        listed = f"SUMPRODUCT(({register.answers_area(column.code)}={cell})*1)"
        return f"IF(ISBLANK({cell}),FALSE,{listed}=0)"
    bounds = [f"{cell}>=0"]
    if column.kind is Kind.RATIO:
        bounds.append(f"{cell}<=1")
    elif column.kind in (Kind.COUNT, Kind.MONEY):
        bounds.append(f"{cell}=INT({cell})")
    if column.maximum is not None:
        bounds.append(f"{cell}<={column.maximum:f}")
    return f"IF(ISBLANK({cell}),FALSE,IF(ISNUMBER({cell}),NOT(AND({','.join(bounds)})),TRUE))"


def accepts(column: RegisterColumn, value: RowValue) -> bool:
    """Whether a value may stand in a typed column."""
    if column.kind is Kind.TEXT:
        return True
    if column.kind is Kind.CHOICE:
        return any(same(value, choice.code) for choice in column.choices)
    if column.kind is Kind.DATE:
        return isinstance(value, date | Decimal)
    figure = number(value)
    if figure is None or figure < 0 or (column.maximum is not None and figure > column.maximum):
        return False
    if column.kind is Kind.RATIO:
        return figure <= 1
    return column.kind is Kind.DECIMAL or figure == figure.to_integral_value()


def same(value: RowValue, answer: str) -> bool:
    """Whether a cell holds this answer, as Excel compares texts."""
    return isinstance(value, str) and value.casefold() == answer.casefold()


# --- the register's own checks ---------------------------------------------------------------------------


def _own(register: Register, check: RowCheck) -> RowTest:
    named = [*check.required, *check.absent, *(check.order or ())[:1], *(c for c, _ in check.when)]
    return RowTest(
        check.id,
        check.severity,
        check.message,
        check.fix,
        named[0] if named else register.columns[0].code,
        lambda cell, register_layout: _fails_formula(check, cell, register_layout),
        lambda row, context: _fails(check, row, context),
    )


def _fails_formula(check: RowCheck, cell: CellOf, register: RegisterLayout) -> str:
    conditions = [
        _any([f"{cell(column)}={_answer(register, column, answer)}" for answer in answers])
        for column, answers in check.when
    ]
    faults = []
    if check.required:
        faults.append(_missing(check.required, cell))
    if check.absent:
        faults.append(f"COUNTA({','.join(map(cell, check.absent))})>0")
    if check.order:
        left, sign, right = check.order
        a, b = cell(left), WINDOW_END if right == "window_end" else cell(right)
        faults.append(f"AND(COUNT({a},{b})=2,ROUND(N({a})-N({b}),6){_OPPOSITE[sign]}0)")
    return f"AND({','.join([*conditions, *([_any(faults)] if faults else [])])})"


_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "<>"}


def _any(conditions: list[str]) -> str:
    return conditions[0] if len(conditions) == 1 else f"OR({','.join(conditions)})"


def _answer(register: RegisterLayout, column: str, answer: str) -> str:
    """The cell that lists the answer; its text where the column is a computed one."""
    choices = next(c.choices for c in register.register.columns if c.code == column)
    codes = [choice.code for choice in choices]
    if answer not in codes:
        return f'"{answer}"'
    return f"${register.answers_column(column)}${register.first_row + codes.index(answer)}"


def _fails(check: RowCheck, row: Row, context: RowContext) -> bool:
    for column, answers in check.when:
        if not any(same(row.get(column), answer) for answer in answers):
            return False
    if check.asks_nothing:
        return True
    if any(row.get(code) is None for code in check.required):
        return True
    if any(row.get(code) is not None for code in check.absent):
        return True
    return check.order is not None and not _in_order(check.order, row, context)


def _in_order(order: tuple[str, str, str], row: Row, context: RowContext) -> bool:
    left, sign, right = order
    a = number(row.get(left))
    b = number(context.window_end if right == "window_end" else row.get(right))
    return a is None or b is None or compares(a - b, sign)
