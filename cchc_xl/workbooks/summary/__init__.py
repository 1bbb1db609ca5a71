"""The city summary as a planned workbook: pure, without a clock, the same for the same consolidation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cchc_xl.figures.totals.over_units import Consolidation
from cchc_xl.model.earlier import EarlierPeriod, Receipt
from cchc_xl.model.planned import PlannedWorkbook
from cchc_xl.texts import text
from cchc_xl.workbooks.summary.by_unit import plan_by_unit
from cchc_xl.workbooks.summary.charts import plan_charts
from cchc_xl.workbooks.summary.comparison import plan_comparison
from cchc_xl.workbooks.summary.coverage import plan_coverage
from cchc_xl.workbooks.summary.distribution import distributed, plan_distribution
from cchc_xl.workbooks.summary.findings import plan_findings
from cchc_xl.workbooks.summary.grid import grid_of
from cchc_xl.workbooks.summary.meta import plan_meta
from cchc_xl.workbooks.summary.rules import plan_rules
from cchc_xl.workbooks.summary.sources import plan_sources, verdict_range
from cchc_xl.workbooks.summary.totals import plan_totals, totals_layout
from cchc_xl.workbooks.summary.wording import TOTALS

__all__ = ["EarlierPeriod", "Receipt", "plan_summary"]


def plan_summary(
    consolidation: Consolidation,
    *,
    received: Mapping[str, Receipt] | None = None,
    previous: EarlierPeriod | None = None,
    trend: Sequence[EarlierPeriod] = (),
) -> PlannedWorkbook:
    """The workbook officials open and a vice-chairman signs from.

    `received` is keyed by unit code; without it, when a report arrived is "không rõ". `previous` are the
    figures of an earlier summary (`reading.earlier_summary`), for the comparison, `trend` those of the
    periods before this one, oldest first.
    """
    grid = grid_of(consolidation)
    totals = totals_layout(grid)
    spread = (plan_distribution(grid),) if distributed(grid) else ()
    sheets = (
        plan_totals(grid, totals),
        *spread,
        plan_by_unit(grid),
        plan_coverage(consolidation, received, verdict_range(grid)),
        plan_findings(grid),
        plan_comparison(grid, totals, previous, trend),
        plan_charts(grid, totals),
        plan_sources(grid, totals),
        plan_rules(grid),
        plan_meta(grid),
    )
    return PlannedWorkbook(
        sheets=sheets,
        names=grid.names,
        title=text("summary_workbook_title", period=consolidation.period.label),
        subject=consolidation.regime.title,
        active_sheet=TOTALS,
    )
