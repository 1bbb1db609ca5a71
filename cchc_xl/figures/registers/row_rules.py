"""What a filled row of a register must satisfy, as conditions over the cells of the row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from cchc_xl import texts
from cchc_xl.figures.expressions import Formula, Node
from cchc_xl.figures.expressions.evaluation import Cells
from cchc_xl.figures.expressions.functions import (
    AND,
    COUNT,
    COUNTA,
    FALSE,
    IF,
    ISBLANK,
    ISNUMBER,
    NOT,
    OR,
    ROWS_WHERE,
    TRUE,
    N,
)
from cchc_xl.figures.expressions.meaning import FAILED, PASSED, nearly
from cchc_xl.figures.expressions.nodes import OPPOSITE, area, cell, node
from cchc_xl.figures.expressions.values import Value
from cchc_xl.figures.numbers.limits import NUMBER, limits
from cchc_xl.figures.registers.row_cells import WINDOW_END, RowContext, column, filled, row_cells
from cchc_xl.model import Kind, Register, RegisterColumn, RowCheck, Severity
from cchc_xl.model.registers import RegisterRow


@dataclass(frozen=True, eq=False)
class RowTest:
    """One way a row can be wrong; `column` is the cell to look at."""

    id: str
    severity: Severity
    message: str
    fix: str
    column: str
    condition: Node

    @cached_property
    def _fails(self) -> Formula:
        return Formula(self.condition)

    def fails(self, cells: Cells) -> bool:
        """Whether a row with these `cells_of_row` is wrong so."""
        return bool(self._fails.value(cells))

    @property
    def shown(self) -> str:
        """The sentence of the live check."""
        if self.id == "register_missing":
            return texts.text("wb_register_missing")
        return f"{FAILED[self.severity]} {self.message}".replace('"', "”")


def words_key(index: int) -> str:
    """Key of the cell with the sentence of one of the `row_tests`."""
    return f"words {index}"


def answers_key(code: str) -> str:
    """Key of the area that lists the answers of a choice."""
    return f"answers {code}"


def answer_key(code: str, answer: str) -> str:
    """Key of the cell that lists one of those answers."""
    return f"answer {code} {answer}"


def cells_of_row(register: Register, row: RegisterRow, context: RowContext) -> dict[str, Value]:
    """Contents by key of everything the tests of a row look at."""
    return {**row_cells(row, context), **_listed(register)}


@lru_cache(maxsize=64)
def check_of(register: Register) -> Formula:
    """The live check beside a row: nothing while it is empty, the first thing wrong, else ✔."""
    judged = node(PASSED)
    for index, test in reversed(list(enumerate(row_tests(register)))):
        judged = IF(test.condition, cell(words_key(index)), judged)
    return Formula(IF(filled(register).equals(0), "", judged))


def check_word(register: Register, row: RegisterRow, context: RowContext) -> str:
    """What the live check shows for this row."""
    word: str = check_of(register).value(cells_of_row(register, row, context))
    return word


@lru_cache(maxsize=64)
def row_tests(register: Register) -> tuple[RowTest, ...]:
    """Everything a row can be faulted for: required cells, kinds, then the register's own checks."""
    return (*_required(register), *_kinds(register), *(_own(register, check) for check in register.checks))


@lru_cache(maxsize=64)
def _listed(register: Register) -> dict[str, Value]:
    """What stands beside the rows: the sentences, the answers of choices."""
    found: dict[str, Value] = {words_key(n): test.shown for n, test in enumerate(row_tests(register))}
    for listing in register.inputs:
        answers = tuple(choice.code for choice in listing.choices)
        found[answers_key(listing.code)] = answers
        found.update({answer_key(listing.code, answer): answer for answer in answers})
    return found


def _required(register: Register) -> Iterator[RowTest]:
    codes = [c.code for c in register.columns if c.required]
    if codes:
        fix = texts.fix("register_missing")
        yield RowTest("register_missing", Severity.WARNING, "", fix, codes[0], _misses(codes))


def _misses(codes: list[str] | tuple[str, ...]) -> Node:
    return COUNTA(*map(column, codes)) < len(codes)


# --- kinds -----------------------------------------------------------------------------------------------


def _kinds(register: Register) -> Iterator[RowTest]:
    for typed in register.inputs:
        if typed.kind is not Kind.TEXT:
            message = texts.text(f"rg_wrong_{typed.kind.value}", label=typed.label)
            fix = texts.fix("register_row")
            yield RowTest("register_row", Severity.WARNING, message, fix, typed.code, _unfit(typed))


def _unfit(typed: RegisterColumn) -> Node:
    """A cell that holds something else than its column is for."""
    own = column(typed.code)
    if typed.kind is Kind.CHOICE:
        listed = ROWS_WHERE(area(answers_key(typed.code)).equals(own))
        return IF(ISBLANK(own), FALSE, listed.equals(0))
    fits = AND(*(limit.holds.with_cell(NUMBER, own) for limit in limits(typed)))
    return IF(ISBLANK(own), FALSE, IF(ISNUMBER(own), NOT(fits), TRUE))


# --- the register's own checks ---------------------------------------------------------------------------


def _own(register: Register, check: RowCheck) -> RowTest:
    named = [*check.required, *check.absent, *(check.order or ())[:1], *(c for c, _ in check.when)]
    looked_at = named[0] if named else register.columns[0].code
    return RowTest(check.id, check.severity, check.message, check.fix, looked_at, _condition(register, check))


def _condition(register: Register, check: RowCheck) -> Node:
    conditions = [
        _any([column(code).equals(_answer(register, code, answer)) for answer in answers])
        for code, answers in check.when
    ]
    faults = []
    if check.required:
        faults.append(_misses(check.required))
    if check.absent:
        faults.append(COUNTA(*map(column, check.absent)) > 0)
    if check.order:
        left, sign, right = check.order
        a, b = column(left), cell(WINDOW_END) if right == "window_end" else column(right)
        faults.append(AND(COUNT(a, b).equals(2), nearly(OPPOSITE[sign], N(a), N(b))))
    return AND(*conditions, *([_any(faults)] if faults else []))


def _any(conditions: list[Node]) -> Node:
    return conditions[0] if len(conditions) == 1 else OR(*conditions)


def _answer(register: Register, code: str, answer: str) -> Node:
    """The cell that lists the answer; its text where the column is a computed one."""
    choices = next(c.choices for c in register.columns if c.code == code)
    listed = answer in {choice.code for choice in choices}
    return cell(answer_key(code, answer)) if listed else node(answer)
