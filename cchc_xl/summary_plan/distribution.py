"""Sheet "Phân bố": figures that are never added up, as a spread over the units that gave them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from cchc_xl.messages import text
from cchc_xl.model import Indicator, OverUnits, ReportingUnit
from cchc_xl.plan import PlannedCell, PlannedSheet
from cchc_xl.summary_plan.grid import Grid
from cchc_xl.summary_plan.statistics import median
from cchc_xl.summary_plan.table import Content, figure_style, row_cells, wrapped_height
from cchc_xl.summary_plan.wording import DISTRIBUTION, names, page

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


def distributed(grid: Grid) -> tuple[Indicator, ...]:
    """Indicators shown as a spread."""
    return tuple(i for i in grid.indicators if i.over_units is OverUnits.DISTRIBUTION)


def plan_distribution(grid: Grid) -> PlannedSheet:
    """One row an indicator: how many units, lowest, quarters, highest, and who stands at both ends."""
    cells = [
        PlannedCell("A1", "title.left", text("summary_distribution_title")),
        PlannedCell("A2", "plain small grey", text("summary_distribution_hint")),
        *row_cells(
            _HEADER, COLUMNS, (text(f"summary_distribution_{head}") for head in _HEADS), "table.header"
        ),
    ]
    heights = {1: 26.0, _HEADER: 34.0}
    row = _HEADER
    for row, indicator in enumerate(distributed(grid), start=_HEADER + 1):
        contents = _contents(grid, indicator)
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
    return PlannedSheet(
        name=DISTRIBUTION,
        code_name="SummaryDistribution",
        cells=tuple(cells),
        column_widths=dict(zip(COLUMNS, _WIDTHS, strict=True)),
        row_heights=heights,
        page=page(grid.consolidation, area=f"A1:K{row}", repeat_rows=(_HEADER, _HEADER)),
        protected=False,
        freeze=f"A{_HEADER + 1}",
    )


def _contents(grid: Grid, indicator: Indicator) -> list[Content]:
    given = [(f, u.unit) for u, f in grid.counted(indicator.code) if isinstance(f, Decimal)]
    given.sort(key=lambda pair: (pair[0], pair[1].code))
    label = indicator.summary_label or indicator.label
    head: list[Content] = [indicator.number, label, indicator.unit_of_measure, len(given)]
    if not given:
        return [*head, *[None] * 7]
    values = [value for value, _ in given]
    quarters = [values[0], quantile(values, 1), median(values), quantile(values, 3), values[-1]]
    return [*head, *quarters, _named([u for _, u in given]), _named([u for _, u in reversed(given)])]


def quantile(ordered: Sequence[Decimal], quarter: int) -> Decimal:
    """The quartile of sorted values, as Excel's QUARTILE gives it."""
    place = Decimal(len(ordered) - 1) * quarter / 4
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def _named(units: list[ReportingUnit]) -> str:
    return names(units[:_NAMED])
