"""Beside a register: its rows counted by type and state, and compared with the form's figures."""

from __future__ import annotations

from collections.abc import Sequence

from cchc_xl import texts
from cchc_xl.figures.live.formulas import WAITING
from cchc_xl.figures.live.wording import quoted
from cchc_xl.figures.registers.computed_columns import Row, RowContext
from cchc_xl.figures.registers.findings import TallyResult, counted_column, tally_results
from cchc_xl.model import Tally
from cchc_xl.model.layout import RegisterLayout
from cchc_xl.model.planned import ConditionalStyle, PlannedCell
from cchc_xl.workbooks.commune.cells import live, words

TALLY_WIDTHS = (2.0, 44.0, 9.0, 10.0, 24.0)  # a gap, what is counted, rows, figure of the form, verdict


def tally_cells(register: RegisterLayout, rows: Sequence[Row], context: RowContext) -> list[PlannedCell]:
    """The block of counts, its header in the register's header row."""
    if not register.register.tallies:
        return []
    label, count, form, mark = register.tally_columns
    header = register.first_row - 1
    cells = [
        words(f"{column}{header}", "side.header", texts.text(f"rg_tally_{title}"))
        for column, title in zip((label, count, form, mark), ("title", "count", "form", "mark"), strict=True)
    ]
    results = tally_results(register.register, rows, context)
    for row, result in enumerate(results, start=register.first_row):
        cells.append(words(f"{label}{row}", "table.text", result.tally.label))
        cells.append(
            live(f"{count}{row}", "table.count", _count_formula(register, result.tally), result.count)
        )
        cells += _compared(register, result, row)
    return cells


def _compared(register: RegisterLayout, result: TallyResult, row: int) -> list[PlannedCell]:
    _, count, form, mark = register.tally_columns
    code = result.tally.indicator
    if code is None:
        return [words(f"{column}{row}", "table.text", None) for column in (form, mark)]
    filled = f"COUNTA({_area(register, counted_column(register.register))})"
    equal, differs = texts.text("rg_tally_equal"), texts.text("rg_tally_differs")
    verdict = f"IF(N({code})={count}{row},{quoted(equal)},{quoted(differs)})"
    known = f'IF(COUNT({code})+COUNTIF({code},"KPS")=0,{quoted(WAITING)},{verdict})'
    word = WAITING if result.agrees is None else equal if result.agrees else differs
    return [
        live(f"{form}{row}", "table.count", f'=IF({code}="","",{code})', result.figure),
        live(f"{mark}{row}", "table.mark", f'=IF({filled}=0,"",{known})', word if result.filled else ""),
    ]


def _count_formula(register: RegisterLayout, tally: Tally) -> str:
    filled = f'({_area(register, counted_column(register.register))}<>"")'
    answers = (f'({_area(register, column)}="{answer}")' for column, answer in tally.where)
    return f"=SUMPRODUCT({'*'.join([filled, *answers])}*1)"


def _area(register: RegisterLayout, column: str) -> str:
    letter = register.columns[column]
    return f"${letter}${register.first_row}:${letter}${register.last_row}"


def tally_conditionals(register: RegisterLayout) -> tuple[ConditionalStyle, ...]:
    """Colours of the verdicts."""
    if not register.register.tallies:
        return ()
    mark = register.tally_columns[3]
    first, last = register.first_row, register.first_row + len(register.register.tallies) - 1
    return tuple(
        ConditionalStyle(f"{mark}{first}:{mark}{last}", f'=LEFT(${mark}{first},1)="{sign}"', style)
        for sign, style in (("⚠", "warn"), ("✔", "good"))
    )
