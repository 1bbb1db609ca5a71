"""LibreOffice recalculates a summary with holes, KPS and held forms: every formula keeps its stored value."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from support.libreoffice import recalculate
from support.samples_of_submissions import UNITS, city, consolidation, earlier, figures, submission

from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.model import KPS
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.planned import PlannedWorkbook, Role
from cchc_xl.workbooks.summary import plan_summary

pytestmark = pytest.mark.libreoffice


def _differences(plan: PlannedWorkbook, path: Path) -> list[str]:
    path.write_bytes(render(plan))
    found = recalculate([path])[path]
    differences = []
    for sheet in plan.sheets:
        for cell in sheet.cells:
            if cell.role is Role.FORMULA:
                seen = found.get(sheet.name, {}).get(cell.address, "")
                if not _same(cell.value, seen):
                    differences.append(f"{sheet.name}!{cell.address}: {cell.value} ≠ {seen} ({cell.formula})")
    return differences


def _same(stored: object, seen: object) -> bool:
    if isinstance(stored, Decimal | int) and isinstance(seen, float | int):
        return abs(float(stored) - seen) < 1e-9 * max(1.0, abs(seen))
    return str(stored or "") == str(seen)


def test_every_formula_of_a_summary_keeps_its_value(tmp_path: Path) -> None:
    before = earlier(
        ReferencePeriod(2026, "Q", 1),
        {
            u.code: {c: f for c, f in figures(n).items() if not isinstance(f, str)}
            for n, u in enumerate(UNITS[8:])
        },
    )
    assert _differences(plan_summary(consolidation(city()), previous=before), tmp_path / "TongHop.xlsx") == []


def test_a_summary_of_three_units_without_figures_keeps_its_values(tmp_path: Path) -> None:
    nothing: dict[str, Decimal | str | None] = {}
    sent = [
        submission(UNITS[0], nothing),
        submission(UNITS[1], dict.fromkeys(figures(1), KPS)),
        submission(UNITS[2], figures(2, bieu7_1_1_1=Decimal(0), bieu7_1_1_2=Decimal(0))),
    ]
    assert _differences(plan_summary(consolidation(sent)), tmp_path / "It.xlsx") == []
