"""Rows of a register counted by their answers, and held against the form's figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from cchc_xl import texts
from cchc_xl.figures.expressions import Formula
from cchc_xl.figures.expressions.functions import COUNT, COUNTA, COUNTIF, IF, ROWS_WHERE, N
from cchc_xl.figures.expressions.meaning import WAITING
from cchc_xl.figures.expressions.nodes import area, cell
from cchc_xl.figures.expressions.values import Value
from cchc_xl.figures.registers.row_cells import RowContext, content
from cchc_xl.model import KPS, Register, Tally
from cchc_xl.model.registers import RegisterRow

COUNTED = "counted"  # key of the cell with the count


@dataclass(frozen=True, slots=True)
class TallyResult:
    """How many rows a tally counts, what the form says ("" with nothing there), and the verdict's words."""

    tally: Tally
    count: int
    figure: Value = ""
    verdict: str = ""

    @property
    def differs(self) -> bool:
        return self.verdict == texts.text("rg_tally_differs")


def area_key(column: str) -> str:
    """Key of all rows of a column."""
    return f"rows {column}"


def counted_column(register: Register) -> str:
    """The column by which a row counts: the first one that must be filled."""
    return next((c.code for c in register.columns if c.required), register.columns[0].code)


@lru_cache(maxsize=256)
def count_of(register: Register, tally: Tally) -> Formula:
    """How many rows there are with the tally's answers."""
    filled = area(area_key(counted_column(register))).differs("")
    answers = (area(area_key(column)).equals(answer) for column, answer in tally.where)
    return Formula(ROWS_WHERE(filled, *answers))


@lru_cache(maxsize=256)
def figure_beside(tally: Tally) -> Formula:
    """The form's figure that a tally with an indicator is held against."""
    figure = cell(tally.indicator or "")
    return Formula(IF(figure.equals(""), "", figure))


@lru_cache(maxsize=256)
def verdict_of(register: Register, tally: Tally) -> Formula:
    """Whether count and figure are equal: nothing without rows, … without a figure."""
    figure = cell(tally.indicator or "")
    equal = IF(N(figure).equals(cell(COUNTED)), texts.text("rg_tally_equal"), texts.text("rg_tally_differs"))
    known = IF((COUNT(figure) + COUNTIF(figure, KPS)).equals(0), WAITING, equal)
    rows = COUNTA(area(area_key(counted_column(register))))
    return Formula(IF(rows.equals(0), "", known))


def tally_results(
    register: Register, rows: Sequence[RegisterRow], context: RowContext
) -> tuple[TallyResult, ...]:
    """Every tally of the register over its filled rows."""
    cells: dict[str, Value] = dict(context.figures)
    for column in register.columns:
        cells[area_key(column.code)] = tuple(content(row.get(column.code)) for row in rows)
    return tuple(_result(register, tally, cells) for tally in register.tallies)


def _result(register: Register, tally: Tally, cells: dict[str, Value]) -> TallyResult:
    count = count_of(register, tally).value(cells)
    if tally.indicator is None:
        return TallyResult(tally, int(count))
    verdict = verdict_of(register, tally).value({**cells, COUNTED: count})
    return TallyResult(tally, int(count), figure_beside(tally).value(cells), verdict)
