"""Section of "So sánh": this period against the last one, city-wide and on the same units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from cchc_xl.figures.expressions import Formula, evaluate_formula
from cchc_xl.figures.expressions.functions import COUNT, IF
from cchc_xl.figures.expressions.nodes import cell
from cchc_xl.figures.totals.over_units import parts_of
from cchc_xl.model import Indicator, Kind, OverUnits, Regime, ReportingUnit
from cchc_xl.model.earlier import EarlierPeriod
from cchc_xl.model.planned import Merge, PlannedCell, reference
from cchc_xl.model.terms import Figure, Figures
from cchc_xl.texts import text
from cchc_xl.workbooks.summary.block import Block, joined, section
from cchc_xl.workbooks.summary.grid import Grid
from cchc_xl.workbooks.summary.table import (
    Content,
    Live,
    figure_style,
    linked,
    live,
    row_cells,
    wrapped_height,
)
from cchc_xl.workbooks.summary.totals import TotalsLayout
from cchc_xl.workbooks.summary.wording import TOTALS, names, short_label

COLUMNS = tuple("ABCDEFGHIJK")
_HEADS = (
    "summary_row",
    "summary_indicator",
    "summary_unit_of_measure",
    "summary_before",
    "summary_now",
    "summary_difference",
    "summary_common_units",
    "summary_before_same",
    "summary_now_same",
    "summary_difference_same",
    "summary_relative_same",
)


@dataclass(frozen=True, slots=True)
class SameUnits:
    """An indicator over the units that gave it in both periods."""

    units: int
    before: Figure
    now: Figure


def aggregate(regime: Regime, indicator: Indicator, rows: Iterable[Figures]) -> Figure:
    """Sum, or the formula over sums, of the rows that hold every part; None where there is none."""
    parts = parts_of(regime, indicator)
    complete = [row for row in rows if all(row.get(part) is not None for part in parts)]
    if not complete:
        return None
    sums: dict[str, Figure] = {
        part: sum((v for row in complete if isinstance(v := row[part], Decimal)), Decimal(0))
        for part in parts
    }
    if indicator.formula:
        return evaluate_formula(indicator.formula, sums, regime.parameters)
    return sums[indicator.code]


def current_rows(grid: Grid) -> dict[str, dict[str, Figure]]:
    """Counted typed figures of this period: unit code → indicator → figure."""
    found: dict[str, dict[str, Figure]] = {}
    for indicator in grid.indicators:
        if indicator.is_input:
            for unit, figure in grid.counted(indicator.code):
                found.setdefault(unit.unit.code, {})[indicator.code] = figure
    return found


def same_units(
    regime: Regime, indicator: Indicator, before: Mapping[str, Figures], now: Mapping[str, Figures]
) -> SameUnits:
    """The indicator over the units that gave every part in both periods."""
    parts = parts_of(regime, indicator)
    common = [
        code
        for code in now
        if code in before and all(r.get(p) is not None for r in (before[code], now[code]) for p in parts)
    ]
    return SameUnits(
        len(common),
        aggregate(regime, indicator, (before[code] for code in common)),
        aggregate(regime, indicator, (now[code] for code in common)),
    )


def plan_change(grid: Grid, totals: TotalsLayout, previous: EarlierPeriod | None, row: int) -> Block:
    """The section; a sentence where there is no earlier summary."""
    if previous is None:
        return section(row, text("summary_change_title"), text("summary_no_previous"))
    now = current_rows(grid)
    words = text("summary_change_how", before=previous.period.label, now=grid.consolidation.period.label)
    head = section(row, text("summary_change_title"), words, height=34.0)
    who = _who(grid, previous, now, head.next_row)
    at = who.next_row
    cells = row_cells(at, COLUMNS, map(text, _HEADS), "table.header")
    for indicator in grid.indicators:
        if indicator.over_units in (OverUnits.SUM, OverUnits.RECOMPUTE):
            at += 1
            cells += _line(grid, totals, previous, now, indicator, at)
    table = Block(tuple(cells), at + 2, (), {who.next_row: 48.0})
    return joined((head, who, table))


def _line(
    grid: Grid,
    totals: TotalsLayout,
    previous: EarlierPeriod,
    now: Mapping[str, Figures],
    indicator: Indicator,
    row: int,
) -> list[PlannedCell]:
    regime = grid.consolidation.regime
    before = aggregate(regime, indicator, previous.counted.values())
    city = aggregate(regime, indicator, now.values())
    same = same_units(regime, indicator, previous.counted, now)
    link = reference(TOTALS, totals.figure(indicator.code) or "A1")
    contents: tuple[Content, ...] = (
        grid.place(indicator),
        short_label(indicator),
        indicator.unit_of_measure,
        before,
        linked(link, city),
        difference(f"E{row}", city, f"D{row}", before),
        same.units,
        same.before,
        same.now,
        difference(f"I{row}", same.now, f"H{row}", same.before),
        None if indicator.kind is Kind.RATIO else _relative(row, same),
    )
    look = figure_style(indicator.kind)
    styles = (
        "table.number",
        "table.text small nowrap",
        "table.text small",
        *(look,) * 3,
        "table.count",
        *(look,) * 3,
        "table.ratio",
    )
    return row_cells(row, COLUMNS, contents, styles)


def difference(left: str, now: Figure, right: str, before: Figure) -> Live:
    """`left` minus `right` (addresses) where both are numbers."""
    formula = IF(COUNT(cell(left), cell(right)).equals(2), cell(left) - cell(right), "")
    return live(Formula(formula), {left: now, right: before})


def _relative(row: int, same: SameUnits) -> Live:
    before, now = cell(f"H{row}"), cell(f"I{row}")
    share = IF(before.equals(0), "", now / before - 1)
    formula = Formula(IF(COUNT(before, now) < 2, "", share))
    return live(formula, {before.text: same.before, now.text: same.now})


def _who(grid: Grid, previous: EarlierPeriod, now: Mapping[str, Figures], row: int) -> Block:
    """Which units are counted in one of the two periods only."""
    lines = list(_who_lines(grid, previous, now))
    cells = [PlannedCell(f"A{row + n}", "paragraph", line) for n, line in enumerate(lines)]
    merges = tuple(Merge(f"A{row + n}:K{row + n}", "paragraph") for n in range(len(lines)))
    heights = {row + n: wrapped_height([(line, 150)], line=16.5) for n, line in enumerate(lines)}
    return Block(tuple(cells), row + len(lines), merges, heights)


def _who_lines(grid: Grid, previous: EarlierPeriod, now: Mapping[str, Figures]) -> Iterator[str]:
    units: list[ReportingUnit] = [u.unit for u in grid.consolidation.units]
    added = [u for u in units if u.code in now and u.code not in previous.counted]
    gone = [u for u in units if u.code not in now and u.code in previous.counted]
    nobody = text("summary_nobody")
    yield text("summary_added", count=len(added), units=names(added, 30) or nobody)
    yield text("summary_gone", count=len(gone), units=names(gone, 30) or nobody)
