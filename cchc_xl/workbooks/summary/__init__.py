"""The city summary as a planned workbook: pure, without a clock, the same for the same consolidation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module

from cchc_xl.figures.totals.consolidated import Consolidation
from cchc_xl.model.earlier import EarlierPeriod, Receipt
from cchc_xl.model.planned import PlannedSheet, PlannedWorkbook
from cchc_xl.texts import text
from cchc_xl.workbooks.summary.grid import grid_of
from cchc_xl.workbooks.summary.inputs import SummaryInputs
from cchc_xl.workbooks.summary.wording import TOTALS

__all__ = ["EarlierPeriod", "Receipt", "plan_summary"]

# The sheets in order, one module each; its `plan_sheet(inputs)` gives None where it has nothing to say.
SHEETS = (
    "totals",
    "distribution",
    "by_unit",
    "coverage",
    "findings",
    "comparison",
    "charts",
    "sources",
    "rules",
    "meta",
)


def plan_summary(
    consolidation: Consolidation,
    *,
    received: Mapping[str, Receipt] | None = None,
    previous: EarlierPeriod | None = None,
    trend: Sequence[EarlierPeriod] = (),
) -> PlannedWorkbook:
    """The workbook officials open and a vice-chairman signs from.

    `received` is keyed by unit code; without it, when a report arrived is "không rõ". `previous` is another
    period's counted figures, for the comparison, `trend` those of the periods before this one, oldest first.
    """
    grid = grid_of(consolidation)
    inputs = SummaryInputs(grid, received, previous, tuple(trend))
    planned = (_planned(module, inputs) for module in SHEETS)
    return PlannedWorkbook(
        sheets=tuple(sheet for sheet in planned if sheet is not None),
        names=grid.names,
        title=text("summary_workbook_title", period=consolidation.period.label),
        subject=consolidation.regime.title,
        active_sheet=TOTALS,
    )


def _planned(module: str, inputs: SummaryInputs) -> PlannedSheet | None:
    sheet: PlannedSheet | None = import_module(f"{__name__}.{module}").plan_sheet(inputs)
    return sheet
