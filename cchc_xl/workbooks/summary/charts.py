"""Sheet "Biểu đồ": native charts, two a row; what has no data is said in a sentence instead."""

from __future__ import annotations

from collections.abc import Callable

from cchc_xl.model import Indicator, OverUnits
from cchc_xl.model.planned import PlannedCell, PlannedSheet
from cchc_xl.texts import text
from cchc_xl.workbooks.summary import chart_data
from cchc_xl.workbooks.summary.chart_data import HEIGHT_OF_ROW, Drawn, Place
from cchc_xl.workbooks.summary.grid import Grid
from cchc_xl.workbooks.summary.inputs import SummaryInputs
from cchc_xl.workbooks.summary.totals import TotalsLayout, totals_layout
from cchc_xl.workbooks.summary.wording import CHARTS, page, state

_LEFT, _RIGHT = "A", "K"
_FIRST_ROW, _DATA_ROWS, _ROWS_A_PAGE = 4, 24, 40
_LOW, _TALL = 20, 36  # rows of a chart; twenty names need a tall one
_LAST_COLUMN = "T"

Draw = Callable[[Place], Drawn | None]


def plan_sheet(inputs: SummaryInputs) -> PlannedSheet:
    """Charts from top to bottom, left to right; helper cells right of the printed area."""
    grid = inputs.grid
    totals = totals_layout(grid)
    consolidation = grid.consolidation
    cells = [
        PlannedCell("A1", "title.left", text("summary_charts_title")),
        PlannedCell("A2", "plain bold", f"{consolidation.period.label} – {state(consolidation)}"),
        PlannedCell(f"{chart_data.LABELS}2", "plain small grey", text("summary_chart_data")),
    ]
    drawn: list[Drawn] = []
    left_out: list[str] = []
    breaks: list[int] = []
    row, deepest, page_end = _FIRST_ROW, 0, _FIRST_ROW + _ROWS_A_PAGE
    for position, (subject, draw, rows) in enumerate(_drawings(grid, totals)):
        on_left = len(drawn) % 2 == 0
        if on_left:
            row, deepest = row + deepest, 0
            if row + rows > page_end:
                row += 1  # or the frame of the next page's charts shows at the foot of this one
                breaks.append(row - 1)
                page_end = row + _ROWS_A_PAGE
        data_row = _FIRST_ROW + position * _DATA_ROWS  # fixed: the city workbook's charts stay where they are
        anchor = f"{_LEFT if on_left else _RIGHT}{row}"
        found = draw(Place(anchor, data_row, height=rows * HEIGHT_OF_ROW - 12))
        if found is None:
            left_out.append(subject)
        else:
            drawn.append(found)
            deepest = max(deepest, rows)
    end = row + deepest
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
            breaks=tuple(breaks),
        ),
        protected=False,
    )


def _drawings(grid: Grid, totals: TotalsLayout) -> list[tuple[str, Draw, int]]:
    """What is drawn, in order: its subject, how, and how many rows high."""
    known = grid.consolidation.regime.indicators
    counts = [known[code] for code in grid.consolidation.regime.online_dossiers]
    ratios = _ratios(grid)
    found: list[tuple[str, Draw, int]] = [
        (text("summary_subject_status"), lambda place: chart_data.submission_status(grid, place), _LOW),
        (text("summary_subject_forms"), lambda place: chart_data.status_by_form(grid, place), _LOW),
        (text("summary_subject_ratios"), lambda place: chart_data.city_ratios(grid, totals, place), _LOW),
    ]
    if counts:
        subject = text("summary_subject_online")
        found.append((subject, lambda place: chart_data.largest_units(grid, counts, place), _LOW))
    found += [_lowest(grid, indicator) for indicator in ratios]
    return found + [_distribution(grid, indicator) for indicator in ratios]


def _lowest(grid: Grid, indicator: Indicator) -> tuple[str, Draw, int]:
    return indicator.label, lambda place: chart_data.lowest_units(grid, indicator, place), _TALL


def _distribution(grid: Grid, indicator: Indicator) -> tuple[str, Draw, int]:
    subject = text("summary_subject_distribution", label=indicator.label)
    return subject, lambda place: chart_data.distribution(grid, indicator, place), _LOW


def _ratios(grid: Grid) -> list[Indicator]:
    """The ratios this regime is judged by; elsewhere its first two."""
    known = [i for i in grid.indicators if i.code in grid.consolidation.regime.headlines]
    return known or [i for i in grid.indicators if i.over_units is OverUnits.RECOMPUTE][:2]
