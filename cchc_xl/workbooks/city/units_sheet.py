"""Sheet "_don_vi" (very hidden): the reporting units a city workbook was made for, as in a list's file."""

from __future__ import annotations

from cchc_xl.model.planned import PlannedCell, PlannedSheet
from cchc_xl.model.scope import UNIT_COLUMNS, ReportingUnits

UNITS = "_don_vi"


def plan_units(units: ReportingUnits) -> PlannedSheet:
    """One row a unit below the heading line."""
    rows = (UNIT_COLUMNS, *((unit.code, unit.type, unit.name) for unit in units))
    cells = (
        PlannedCell(f"{column}{number}", "meta", text)
        for number, row in enumerate(rows, start=1)
        for column, text in zip("ABC", row, strict=True)
    )
    return PlannedSheet(
        name=UNITS,
        code_name="Units",
        cells=tuple(cells),
        column_widths={"A": 10.0, "B": 12.0, "C": 40.0},
        state="veryHidden",
    )
