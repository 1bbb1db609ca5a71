"""Sheet "Biểu đồ": native charts, two a row; what has no data is said in a sentence instead."""

from __future__ import annotations

from collections.abc import Callable

from cchc_xl.messages import text
from cchc_xl.model import Indicator, OverUnits
from cchc_xl.plan import PlannedCell, PlannedSheet
from cchc_xl.summary_plan import chart_data
from cchc_xl.summary_plan.chart_data import Drawn, Place
from cchc_xl.summary_plan.grid import Grid
from cchc_xl.summary_plan.totals import TotalsLayout
from cchc_xl.summary_plan.wording import CHARTS, page, state

CHARTED_RATIOS = ("bieu3_2_1", "bieu6_1")  # on-time dossiers, disbursement
CHARTED_COUNTS = ("bieu7_1_3_2", "bieu7_1_4_2")  # dossiers filed online
_LEFT, _RIGHT = "A", "K"
_FIRST_ROW, _ROWS_A_LINE, _DATA_ROWS = 4, 20, 24
_LAST_COLUMN = "T"

Draw = Callable[[Place], Drawn | None]


def plan_charts(grid: Grid, totals: TotalsLayout) -> PlannedSheet:
    """Charts from top to bottom, left to right; helper cells right of the printed area."""
    consolidation = grid.consolidation
    cells = [
        PlannedCell("A1", "title.left", text("summary_charts_title")),
        PlannedCell("A2", "plain bold", f"{consolidation.period.label} – {state(consolidation)}"),
        PlannedCell(f"{chart_data.LABELS}2", "plain small grey", text("summary_chart_data")),
    ]
    drawn: list[Drawn] = []
    left_out: list[str] = []
    for subject, draw in _drawings(grid, totals):
        line, side = divmod(len(drawn), 2)
        anchor_row = _FIRST_ROW + line * _ROWS_A_LINE
        data_row = _FIRST_ROW + len(drawn) * _DATA_ROWS
        found = draw(Place(f"{_RIGHT if side else _LEFT}{anchor_row}", data_row))
        if found is None:
            left_out.append(subject)
        else:
            drawn.append(found)
    lines = (len(drawn) + 1) // 2
    end = _FIRST_ROW + lines * _ROWS_A_LINE
    for subject in left_out:
        cells.append(PlannedCell(f"A{end}", "plain", text("summary_chart_left_out", subject=subject)))
        end += 1
    return PlannedSheet(
        name=CHARTS,
        code_name="SummaryCharts",
        cells=(*cells, *(cell for one in drawn for cell in one.cells)),
        column_widths={f"A:{_LAST_COLUMN}": 8.0, "U": 3.0, chart_data.LABELS: 40.0, "W:Y": 14.0},
        row_heights={1: 26.0},
        charts=tuple(one.chart for one in drawn),
        page=page(
            consolidation,
            area=f"A1:{_LAST_COLUMN}{end}",
            breaks=tuple(_FIRST_ROW + line * _ROWS_A_LINE - 1 for line in range(2, lines, 2)),
        ),
        protected=False,
    )


def _drawings(grid: Grid, totals: TotalsLayout) -> list[tuple[str, Draw]]:
    found: list[tuple[str, Draw]] = [
        (text("summary_subject_status"), lambda place: chart_data.submission_status(grid, place)),
        (text("summary_subject_forms"), lambda place: chart_data.status_by_form(grid, place)),
    ]
    for indicator in _ratios(grid):
        found += _of_ratio(grid, indicator)
    counts = [i for code in CHARTED_COUNTS if (i := grid.consolidation.regime.indicators.get(code))]
    if counts:
        subject = text("summary_subject_online")
        found.append((subject, lambda place: chart_data.largest_units(grid, counts, place)))
    found.append((text("summary_subject_ratios"), lambda place: chart_data.city_ratios(grid, totals, place)))
    return found


def _of_ratio(grid: Grid, indicator: Indicator) -> list[tuple[str, Draw]]:
    return [
        (indicator.label, lambda place: chart_data.lowest_units(grid, indicator, place)),
        (indicator.label, lambda place: chart_data.distribution(grid, indicator, place)),
    ]


def _ratios(grid: Grid) -> list[Indicator]:
    """The ratios this regime is judged by; elsewhere its first two."""
    known = [i for i in grid.indicators if i.code in CHARTED_RATIOS]
    return known or [i for i in grid.indicators if i.over_units is OverUnits.RECOMPUTE][:2]
