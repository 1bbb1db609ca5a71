"""Section of "So sánh": what changed at every unit, two indicators a table, far changes named as hints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from cchc_xl.figures.expressions import evaluate_formula
from cchc_xl.model import Indicator, Kind
from cchc_xl.model.addresses import column_letter
from cchc_xl.model.earlier import EarlierPeriod
from cchc_xl.model.planned import Merge, PlannedCell, PlannedSparkline, reference
from cchc_xl.model.terms import Figure
from cchc_xl.texts import text
from cchc_xl.workbooks.summary.block import Block, joined, section
from cchc_xl.workbooks.summary.change import difference
from cchc_xl.workbooks.summary.grid import Grid
from cchc_xl.workbooks.summary.statistics import spread
from cchc_xl.workbooks.summary.table import Content, cell, figure_style, linked, row_cells
from cchc_xl.workbooks.summary.trend import followed_indicators
from cchc_xl.workbooks.summary.wording import COMPARISON, short_label

_TABLES = 2
_SIDES = (("D", "E", "F", "J"), ("G", "H", "I", "K"))  # before, now, difference, line
_FIRST_HELPER, _PERIODS = 13, 8  # helper cells of the lines, from column M, outside the print area


def plan_unit_change(
    grid: Grid, previous: EarlierPeriod | None, trend: Sequence[EarlierPeriod], row: int
) -> tuple[Block, tuple[PlannedSparkline, ...]]:
    """The section and its lines (drawn from three periods on); nothing without an earlier period."""
    if previous is None:
        return Block((), row), ()
    words = text("summary_unit_change_how", before=previous.period.label, now=grid.consolidation.period.label)
    blocks = [section(row, text("summary_unit_change_title"), words, height=34.0)]
    lines: list[PlannedSparkline] = []
    followed = followed_indicators(grid)[: 2 * _TABLES]
    shown = trend[1 - _PERIODS :] if len(trend) > 1 else ()
    for start in range(0, len(followed), 2):
        block, drawn = _table(grid, followed[start : start + 2], previous, shown, blocks[-1].next_row)
        blocks.append(block)
        lines += drawn
    return joined(blocks), tuple(lines)


def _table(
    grid: Grid,
    pair: Sequence[Indicator],
    previous: EarlierPeriod,
    shown: Sequence[EarlierPeriod],
    row: int,
) -> tuple[Block, list[PlannedSparkline]]:
    cells, merges = _heading(grid, pair, row, with_lines=bool(shown))
    lines: list[PlannedSparkline] = []
    sides = [_Side(grid, indicator, previous) for indicator in pair]
    at = row + 1
    for unit in (u.unit for u in grid.consolidation.units):
        at += 1
        who = (unit.code, unit.name, unit.type)
        cells += row_cells(at, ("A", "B", "C"), who, ("table.code", "table.text nowrap", "table.text"))
        for number, side in enumerate(sides):
            cells += side.cells(unit.code, at, _SIDES[number])
            if shown:
                values, line = _line(side, unit.code, at, number, shown)
                cells += values
                lines.append(line)
    return Block(tuple(cells), at + 2, tuple(merges), {row: 48.0, row + 1: 20.0}), lines


class _Side:
    """One indicator at every unit: before, now, and whose change stands far from the others'."""

    def __init__(self, grid: Grid, indicator: Indicator, previous: EarlierPeriod) -> None:
        self.grid, self.indicator = grid, indicator
        self.before = {code: self.of(row) for code, row in previous.counted.items()}
        counted = grid.counted(indicator.code)
        self.now = {unit.unit.code: figure for unit, figure in counted if figure is not None}
        found = spread(self._changes())
        self.far = frozenset(found.outliers if found else ())

    def of(self, row: Mapping[str, Figure]) -> Figure:
        """The indicator from a unit's typed figures."""
        if self.indicator.formula is None:
            return row.get(self.indicator.code)
        return evaluate_formula(self.indicator.formula, row, self.grid.consolidation.regime.parameters)

    def _changes(self) -> dict[str, Decimal]:
        """Points for a ratio, else the share of the figure before: units differ in size."""
        found: dict[str, Decimal] = {}
        for code, now in self.now.items():
            before = self.before.get(code)
            if isinstance(now, Decimal) and isinstance(before, Decimal):
                if self.indicator.kind is Kind.RATIO:
                    found[code] = now - before
                elif before:
                    found[code] = now / before - 1
        return found

    def cells(self, code: str, row: int, columns: tuple[str, str, str, str]) -> list[PlannedCell]:
        """Before, now and difference of a unit."""
        before, now = self.before.get(code), self.now.get(code)
        first, second, third, _ = columns
        look = figure_style(self.indicator.kind)
        current: Content = None
        if now is not None:
            current = linked(self.grid.cell(code, self.indicator.code), now)
        change = difference(f"{second}{row}", now, f"{first}{row}", before)
        return [
            cell(f"{first}{row}", look, before),
            cell(f"{second}{row}", look, current),
            cell(f"{third}{row}", f"{look} bold" if code in self.far else look, change),
        ]


def _heading(
    grid: Grid, pair: Sequence[Indicator], row: int, *, with_lines: bool
) -> tuple[list[PlannedCell], list[Merge]]:
    titles = (text("summary_unit_code"), text("summary_unit"), text("summary_type"))
    cells = row_cells(row, ("A", "B", "C"), (None, None, None), "table.header")
    cells += row_cells(row + 1, ("A", "B", "C"), titles, "table.header")
    merges = []
    parts = (text("summary_unit_before"), text("summary_unit_now"), text("summary_difference"))
    for columns, indicator in zip(_SIDES, pair, strict=False):
        first, second, third, line = columns
        unit = indicator.unit_of_measure
        cells.append(PlannedCell(f"{first}{row}", "table.header", f"{short_label(indicator)} ({unit})"))
        merges.append(Merge(f"{first}{row}:{third}{row}", "table.header"))
        cells += row_cells(row + 1, (first, second, third), parts, "table.header")
        if with_lines:
            cells += [
                PlannedCell(f"{line}{row}", "table.header", text("summary_trend_line")),
                PlannedCell(f"{line}{row + 1}", "table.header", grid.place(indicator)),
            ]
    if with_lines:
        address = f"{column_letter(_FIRST_HELPER)}{row}"
        cells.append(PlannedCell(address, "plain small grey", text("summary_trend_data")))
    return cells, merges


def _line(
    side: _Side, code: str, row: int, number: int, shown: Sequence[EarlierPeriod]
) -> tuple[list[PlannedCell], PlannedSparkline]:
    """Helper cells with the unit's earlier figures and the current one, and the line over them."""
    first = _FIRST_HELPER + number * (_PERIODS + 1)
    columns = [column_letter(first + n) for n in range(len(shown) + 1)]
    _, current, _, place = _SIDES[number]
    figures: list[Content] = [side.of(known.counted.get(code, {})) for known in shown]
    now = side.now.get(code)
    figures.append(None if now is None else linked(f"{current}{row}", now))
    look = "plain small grey ratio" if side.indicator.kind is Kind.RATIO else "plain small grey count"
    values = reference(COMPARISON, f"{columns[0]}{row}:{columns[-1]}{row}")
    return row_cells(row, columns, figures, look), PlannedSparkline(f"{place}{row}", values)
