"""Sheet "Phân bố": figures that are never added up, as a spread over the units that gave them."""

from __future__ import annotations

from decimal import Decimal

from cchc_xl.figures.expressions import Formula
from cchc_xl.figures.expressions.functions import COUNT, IF, MAX, MEDIAN, MIN, QUARTILE
from cchc_xl.figures.expressions.nodes import area, cell
from cchc_xl.figures.expressions.values import Area
from cchc_xl.model import Indicator, OverUnits, ReportingUnit
from cchc_xl.model.planned import PlannedCell, PlannedSheet
from cchc_xl.texts import text
from cchc_xl.workbooks.summary.distribution_data import counted_cells, figures_of, plan_score_chart
from cchc_xl.workbooks.summary.grid import Grid
from cchc_xl.workbooks.summary.inputs import SummaryInputs
from cchc_xl.workbooks.summary.table import Content, figure_style, live, row_cells, wrapped_height
from cchc_xl.workbooks.summary.wording import DISTRIBUTION, names, page

COLUMNS = tuple("ABCDEFGHIJK")
_WIDTHS = (7.0, 46.0, 10.0, 9.0, 11.0, 11.0, 11.0, 11.0, 11.0, 34.0, 34.0)
_HEADS = (
    "row",
    "label",
    "unit",
    "count",
    "least",
    "lower",
    "median",
    "upper",
    "largest",
    "lowest",
    "highest",
)
_HEADER, _NAMED = 4, 3
_CHART_ROWS = 24


def distributed(grid: Grid) -> tuple[Indicator, ...]:
    """Indicators shown as a spread."""
    return tuple(i for i in grid.indicators if i.over_units is OverUnits.DISTRIBUTION)


def plan_sheet(inputs: SummaryInputs) -> PlannedSheet | None:
    """One row an indicator: how many units, lowest, quarters, highest, and who stands at both ends.

    None where no indicator is shown as a spread.
    """
    grid = inputs.grid
    if not (indicators := distributed(grid)):
        return None
    cells = [
        PlannedCell("A1", "title.left", text("summary_distribution_title")),
        PlannedCell("A2", "plain small grey", text("summary_distribution_hint")),
        *row_cells(
            _HEADER, COLUMNS, (text(f"summary_distribution_{head}") for head in _HEADS), "table.header"
        ),
    ]
    heights = {1: 26.0, _HEADER: 34.0}
    row = _HEADER
    for row, indicator in enumerate(indicators, start=_HEADER + 1):
        contents = _contents(grid, indicator, figures_of(grid, row - _HEADER - 1), f"D{row}")
        figure = figure_style(indicator.kind)
        styles = (
            "table.number",
            "table.text",
            "table.text",
            "table.count",
            *[figure] * 5,
            *["table.text"] * 2,
        )
        cells += row_cells(row, COLUMNS, contents, styles)
        texts = [(str(contents[n]), _WIDTHS[n]) for n in (1, 9, 10)]
        heights[row] = wrapped_height(texts, line=14.5, least=20.0)
    drawn, charts = plan_score_chart(grid, indicators, row + 2)
    cells += (*counted_cells(grid, indicators), *drawn)
    return PlannedSheet(
        name=DISTRIBUTION,
        code_name="SummaryDistribution",
        cells=tuple(cells),
        column_widths={**dict(zip(COLUMNS, _WIDTHS, strict=True)), "M": 14.0},
        row_heights=heights,
        page=page(
            grid.consolidation,
            area=f"A1:K{row + (_CHART_ROWS if charts else 0)}",
            repeat_rows=(_HEADER, _HEADER),
        ),
        protected=False,
        charts=charts,
        freeze=f"A{_HEADER + 1}",
    )


def _contents(grid: Grid, indicator: Indicator, place: str, count_cell: str) -> list[Content]:
    given = [(f, u.unit) for u, f in grid.counted(indicator.code) if isinstance(f, Decimal)]
    given.sort(key=lambda pair: (pair[0], pair[1].code))
    label = indicator.summary_label or indicator.label
    spread = area(place)
    count = live(Formula(COUNT(spread)), {place: Area(value for value, _ in given)})
    cells = {place: Area(value for value, _ in given), count_cell: count.value}
    quarters = (MIN(spread), QUARTILE(spread, 1), MEDIAN(spread), QUARTILE(spread, 3), MAX(spread))
    shown = [live(Formula(IF(cell(count_cell).equals(0), "", quarter)), cells) for quarter in quarters]
    ends = [u for _, u in given]
    named = (_named(ends), _named(ends[::-1])) if ends else (None, None)
    return [indicator.number, label, indicator.unit_of_measure, count, *shown, *named]


def _named(units: list[ReportingUnit]) -> str:
    return names(units[:_NAMED])
