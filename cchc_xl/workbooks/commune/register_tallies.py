"""Beside a register: its rows counted by type and state, and compared with the form's figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from cchc_xl import texts
from cchc_xl.figures.expressions import Formula
from cchc_xl.figures.expressions.nodes import cell, phrase
from cchc_xl.figures.live.excel import to_excel
from cchc_xl.figures.registers.row_cells import RowContext
from cchc_xl.figures.registers.tallies import (
    COUNTED,
    area_key,
    count_of,
    figure_beside,
    tally_results,
    verdict_of,
)
from cchc_xl.model import Tally
from cchc_xl.model.layout import RegisterLayout
from cchc_xl.model.planned import ConditionalStyle, PlannedCell
from cchc_xl.model.registers import RegisterRow
from cchc_xl.workbooks.commune.cells import coloured, live, words

TALLY_WIDTHS = (2.0, 44.0, 9.0, 10.0, 24.0)  # a gap, what is counted, rows, figure of the form, verdict


def row_count(register: RegisterLayout, rows: Sequence[RegisterRow], context: RowContext) -> PlannedCell:
    """How many rows the list has, printed above it."""
    everything = Tally("")
    places = {area_key(c): _area(register, c) for c in register.columns}
    (result,) = tally_results(replace(register.register, tallies=(everything,)), rows, context)
    said = Formula(phrase(texts.text("wb_register_count"), count=cell(COUNTED)))
    counted = Formula(said.root.with_cell(COUNTED, count_of(register.register, everything).root))
    value = said.value({COUNTED: Decimal(result.count)})
    return live("A4", "legal.center italic", to_excel(counted, places), value)


def tally_cells(
    register: RegisterLayout, rows: Sequence[RegisterRow], context: RowContext
) -> list[PlannedCell]:
    """The block of counts, its header in the register's header row."""
    if not register.register.tallies:
        return []
    label, count, form, mark = register.tally_columns
    header = register.first_row - 1
    cells = [
        words(f"{column}{header}", "side.header", texts.text(f"rg_tally_{title}"))
        for column, title in zip((label, count, form, mark), ("title", "count", "form", "mark"), strict=True)
    ]
    places = {area_key(c): _area(register, c) for c in register.columns}
    results = tally_results(register.register, rows, context)
    for row, result in enumerate(results, start=register.first_row):
        counted = to_excel(count_of(register.register, result.tally), places)
        cells.append(words(f"{label}{row}", "table.text", result.tally.label))
        cells.append(live(f"{count}{row}", "table.count", counted, result.count))
        if result.tally.indicator is None:
            cells += [words(f"{column}{row}", "table.text", None) for column in (form, mark)]
            continue
        verdict = verdict_of(register.register, result.tally)
        cells.append(
            live(f"{form}{row}", "table.count", to_excel(figure_beside(result.tally)), result.figure)
        )
        beside = {**places, COUNTED: f"{count}{row}"}
        cells.append(live(f"{mark}{row}", "table.mark", to_excel(verdict, beside), result.verdict))
    return cells


def _area(register: RegisterLayout, column: str) -> str:
    letter = register.columns[column]
    return f"${letter}${register.first_row}:${letter}${register.last_row}"


def tally_conditionals(register: RegisterLayout) -> tuple[ConditionalStyle, ...]:
    """Colours of the verdicts."""
    if not register.register.tallies:
        return ()
    mark = register.tally_columns[3]
    first, last = register.first_row, register.first_row + len(register.register.tallies) - 1
    return coloured(f"{mark}{first}:{mark}{last}", f"${mark}{first}", {"⚠": "warn", "✔": "good"})
