"""Sheet "So sánh": last period, types of unit, largest contributors, outliers, constants, trends, units."""

from __future__ import annotations

from cchc_xl.model.planned import PlannedCell, PlannedSheet
from cchc_xl.texts import text
from cchc_xl.workbooks.summary.block import joined
from cchc_xl.workbooks.summary.change import plan_change
from cchc_xl.workbooks.summary.change_shares import plan_change_shares
from cchc_xl.workbooks.summary.contributors import (
    plan_constants,
    plan_contributors,
    plan_outliers,
    plan_types,
)
from cchc_xl.workbooks.summary.inputs import SummaryInputs
from cchc_xl.workbooks.summary.totals import totals_layout
from cchc_xl.workbooks.summary.trend import plan_city_trend
from cchc_xl.workbooks.summary.unit_change import plan_unit_change
from cchc_xl.workbooks.summary.wording import COMPARISON, page, state

_WIDTHS = {"A": 14.5, "B": 56.0, "C": 22.0, "D:F": 14.0, "G": 12.0, "H:J": 14.0, "K": 11.0}


def plan_sheet(inputs: SummaryInputs) -> PlannedSheet:
    """All sections under each other."""
    grid, previous, trend = inputs.grid, inputs.previous, inputs.trend
    totals = totals_layout(grid)
    consolidation = grid.consolidation
    change = plan_change(grid, totals, previous, 4)
    types = plan_types(grid, totals, change.next_row + (1 if previous is None else 0))
    largest = plan_contributors(grid, totals, types.next_row)
    outliers = plan_outliers(grid, largest.next_row)
    constants = plan_constants(grid, outliers.next_row)
    known = trend or ((previous,) if previous else ())
    city, city_lines = plan_city_trend(grid, totals, known, constants.next_row)
    shares = plan_change_shares(grid, previous, city.next_row)
    by_unit, unit_lines = plan_unit_change(grid, previous, known, shares.next_row)
    whole = joined((change, types, largest, outliers, constants, city, shares, by_unit))
    title = (
        PlannedCell("A1", "title.left", text("summary_comparison_title")),
        PlannedCell("A2", "plain bold", f"{consolidation.period.label} – {state(consolidation)}"),
    )
    return PlannedSheet(
        name=COMPARISON,
        code_name="SummaryComparison",
        cells=(*title, *whole.cells),
        column_widths=_WIDTHS,
        row_heights={1: 26.0, **whole.heights},
        merges=whole.merges,
        sparklines=(*city_lines, *unit_lines),
        page=page(consolidation, area=f"A1:K{whole.next_row - 1}", paper=9),
        protected=False,
        freeze="A4",
    )
