"""Section of "So sánh": the city's key figures period by period, with a line for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cchc_xl.model import Indicator, OverUnits
from cchc_xl.model.earlier import EarlierPeriod
from cchc_xl.model.planned import PlannedSparkline, reference
from cchc_xl.model.terms import Figure
from cchc_xl.texts import text
from cchc_xl.workbooks.summary.block import Block, joined, section
from cchc_xl.workbooks.summary.change import aggregate, current_rows
from cchc_xl.workbooks.summary.contributors import key_indicators
from cchc_xl.workbooks.summary.grid import Grid
from cchc_xl.workbooks.summary.table import Content, figure_style, linked, row_cells
from cchc_xl.workbooks.summary.totals import TotalsLayout
from cchc_xl.workbooks.summary.wording import COMPARISON, TOTALS, short_label

PERIOD_COLUMNS = "DEFGHIJK"
_LINE = "C"


def followed_indicators(grid: Grid) -> list[Indicator]:
    """What is followed through time: the ratios the regime is judged by, then what ratios are counted on."""
    known = grid.consolidation.regime.headlines
    headlines = [i for i in grid.indicators if i.code in known and i.over_units is OverUnits.RECOMPUTE]
    return headlines + [i for i in key_indicators(grid) if i not in headlines]


def plan_city_trend(
    grid: Grid, totals: TotalsLayout, trend: Sequence[EarlierPeriod], row: int
) -> tuple[Block, tuple[PlannedSparkline, ...]]:
    """The section, and its lines; a sentence where no earlier period is known."""
    if not trend:
        head = section(row, text("summary_trend_title"), text("summary_no_trend"))
        return Block(head.cells, head.next_row + 1, head.merges, head.heights), ()
    shown = trend[1 - len(PERIOD_COLUMNS) :]
    head = section(row, text("summary_trend_title"), text("summary_trend_how"))
    periods = [known.period.label for known in shown] + [grid.consolidation.period.label]
    used = PERIOD_COLUMNS[: len(periods)]
    titles = (text("summary_row"), text("summary_indicator"), text("summary_trend_line"), *periods)
    at = head.next_row
    cells = row_cells(at, ("A", "B", _LINE, *used), titles, "table.header")
    lines = []
    now = current_rows(grid)
    for indicator in followed_indicators(grid):
        at += 1
        contents = _figures(grid, totals, indicator, shown, now)
        look = figure_style(indicator.kind)
        styles = ("table.number", "table.text small nowrap", "table.text", *(look,) * len(used))
        columns = ("A", "B", _LINE, *used)
        cells += row_cells(
            at, columns, (grid.place(indicator), short_label(indicator), None, *contents), styles
        )
        values = reference(COMPARISON, f"{used[0]}{at}:{used[-1]}{at}")
        lines.append(PlannedSparkline(f"{_LINE}{at}", values))
    table = Block(tuple(cells), at + 2, (), {head.next_row: 34.0})
    return joined((head, table)), tuple(lines)


def _figures(
    grid: Grid,
    totals: TotalsLayout,
    indicator: Indicator,
    shown: Sequence[EarlierPeriod],
    now: Mapping[str, Mapping[str, Figure]],
) -> list[Content]:
    regime = grid.consolidation.regime
    before: list[Content] = [aggregate(regime, indicator, known.counted.values()) for known in shown]
    link = reference(TOTALS, totals.figure(indicator.code) or "A1")
    return [*before, linked(link, aggregate(regime, indicator, now.values()))]
