"""Section of "So sánh": which units a figure's change comes from, the largest share first."""

from __future__ import annotations

from decimal import Decimal

from cchc_xl.figures.expressions import Formula
from cchc_xl.figures.expressions.functions import ABS, IF, N
from cchc_xl.figures.expressions.nodes import cell
from cchc_xl.model import Indicator, ReportingUnit
from cchc_xl.model.earlier import EarlierPeriod
from cchc_xl.model.planned import PlannedCell
from cchc_xl.model.terms import Figure
from cchc_xl.texts import text
from cchc_xl.workbooks.summary.block import Block, joined, section
from cchc_xl.workbooks.summary.change import difference
from cchc_xl.workbooks.summary.contributors import key_indicators
from cchc_xl.workbooks.summary.grid import Grid
from cchc_xl.workbooks.summary.table import Content, figure_style, linked, live, row_cells
from cchc_xl.workbooks.summary.wording import short_label

_COLUMNS = tuple("ABCDEFG")
_TOP = 5
_HEADS = (
    "summary_rank",
    "summary_unit",
    "summary_type",
    "summary_unit_before",
    "summary_unit_now",
    "summary_difference",
    "summary_change_share",
)


def plan_change_shares(grid: Grid, previous: EarlierPeriod | None, row: int) -> Block:
    """The section; nothing without an earlier period.

    Shares are of all rises and falls together: where they cancel out, a share of the net change says nothing.
    """
    if previous is None:
        return Block((), row)
    words = text("summary_change_shares_how", top=_TOP, before=previous.period.label)
    head = section(row, text("summary_change_shares_title"), words, height=34.0)
    at = head.next_row
    cells = row_cells(at, _COLUMNS, map(text, _HEADS), "table.header")
    for indicator in key_indicators(grid):
        lines = _ranked(grid, indicator, previous, at + 1)
        at += len(lines) // len(_COLUMNS)
        cells += lines
    return joined((head, Block(tuple(cells), at + 2, (), {head.next_row: 34.0})))


def _ranked(grid: Grid, indicator: Indicator, previous: EarlierPeriod, row: int) -> list[PlannedCell]:
    """The line of an indicator, with the sum of all changes, and its units below."""
    known: list[tuple[Decimal, ReportingUnit, Figure, Figure]] = []
    for unit, now in grid.counted(indicator.code):
        before = previous.counted.get(unit.unit.code, {}).get(indicator.code)
        if now is not None and before is not None and (change := _number(now) - _number(before)):
            known.append((abs(change), unit.unit, before, now))
    if not known:
        return []
    known.sort(key=lambda entry: -entry[0])
    whole = sum((entry[0] for entry in known), Decimal(0))
    look = figure_style(indicator.kind)
    title = f"{grid.place(indicator)} {short_label(indicator)} ({indicator.unit_of_measure})"
    contents: tuple[Content, ...] = (title, None, None, None, None, whole, None)
    styles = (*("table.group nowrap",) * 5, f"{look} bold", "table.group nowrap")
    cells = row_cells(row, _COLUMNS, contents, styles)
    total = f"F{row}"
    for rank, (_, who, before, now) in enumerate(known[:_TOP], start=1):
        at = row + rank
        own = N(cell(f"E{at}")) - N(cell(f"D{at}"))  # KPS counts as 0
        part = Formula(IF(N(cell(total)).equals(0), "", ABS(own) / cell(total)))
        contents = (
            rank,
            who.name,
            who.type,
            before,
            linked(grid.cell(who.code, indicator.code), now),
            difference(f"E{at}", now, f"D{at}", before),
            live(part, {total: whole, f"E{at}": now, f"D{at}": before}),
        )
        styles = ("table.number", "table.text nowrap", "table.text", *(look,) * 3, "table.ratio")
        cells += row_cells(at, _COLUMNS, contents, styles)
    return cells


def _number(figure: Figure) -> Decimal:
    return figure if isinstance(figure, Decimal) else Decimal(0)
