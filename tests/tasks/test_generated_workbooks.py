"""Real programs as judges of what the demo wrote: the Open XML SDK, LibreOffice, openpyxl and calamine."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import to_excel
from python_calamine import CalamineWorkbook
from support.demo_folder import demo, demos, submitted
from support.libreoffice import recalculate_cells
from support.ooxml_validator import validate

from cchc_xl.catalogue.loader import load_regime
from cchc_xl.catalogue.units import load_units
from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.model import Status, Submission
from cchc_xl.model.layout import layout_of
from cchc_xl.model.periods import parse_period
from cchc_xl.workbooks.commune import plan_workbook

FILLED = ("11284", "10606", "10532", "10777")


def workbooks() -> list[Path]:
    blank = sorted(demo().issued.glob("*11284*.xlsx"))
    filled = [submitted(code) for code in FILLED]
    return [*blank, *filled, demo().merge.summary, *other_regimes()]


def other_regimes() -> list[Path]:
    """Blank and filled workbook of one unit (the real one, or a sound one), and every further summary."""
    found: list[Path] = []
    for result in demos()[1:]:
        faulty = {fault.unit for fault in result.script.faults}
        sound = (u.unit.code for u in result.merge.merged.units if u.unit.code not in faulty)
        code = result.script.real_unit or next(sound)
        for folder in (result.issued, result.submitted):
            found += sorted(folder.glob(f"*{code}*.xlsx"))
        found.append(result.merge.summary)
    return found


@pytest.mark.validator
def test_every_generated_workbook_is_valid_for_the_open_xml_sdk() -> None:
    assert {path.name: errors for path, errors in validate(workbooks()).items() if errors} == {}


@pytest.mark.libreoffice
def test_libreoffice_recalculates_every_formula_to_its_cached_value() -> None:
    sound = [path for path in workbooks() if "10777" not in path.name]  # its stale cache is the planted fault
    for path, sheets in recalculate_cells(sound).items():
        stored, checked = openpyxl.load_workbook(path, data_only=True), 0
        for sheet, cells in sheets.items():
            for address, cell in cells.items():
                if cell.is_formula:
                    cached = stored[sheet][address].value
                    assert _same(cached, cell.value), f"{path.name}, {sheet}!{address}: {cached} {cell.value}"
                    checked += 1
        assert checked == _formula_count(path)


def _formula_count(path: Path) -> int:
    stored = openpyxl.load_workbook(path)
    return sum(c.data_type == "f" for sheet in stored.worksheets for row in sheet.iter_rows() for c in row)


def _same(cached: object, live: float | str) -> bool:
    if isinstance(cached, datetime):
        cached = to_excel(cached)
    if isinstance(live, float):
        return isinstance(cached, int | float) and abs(cached - live) <= 1e-9 * max(1.0, abs(live))
    return (cached or "") == live


def test_two_independent_readers_agree_with_ours_on_every_figure() -> None:
    read = {s.file: s for s in demo().merge.merged.ledger}
    for code in FILLED:
        path = submitted(code)
        _assert_agrees(path, read[path.name])


def _assert_agrees(path: Path, ours: Submission) -> None:
    theirs = openpyxl.load_workbook(path, data_only=True)
    calamine = CalamineWorkbook.from_path(str(path))
    grids = {
        name: calamine.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in theirs.sheetnames
    }
    regime = load_regime("cchc-dinh-ky", parse_period("2026-Q2"))
    numbers = 0
    for observation in ours.observations:
        cell = theirs[observation.sheet][observation.cell]
        if observation.status is not Status.VALUE or isinstance(cell.value, str) or cell.value == 0:
            continue
        if not regime.indicators[observation.indicator].is_input:
            continue
        second = grids[observation.sheet][cell.row - 1][cell.column - 1]
        assert observation.value is not None
        assert float(cell.value) == float(second) == float(observation.value), observation
        numbers += 1
    assert numbers > 25


def test_rendering_twice_gives_the_same_bytes() -> None:
    period = parse_period("2026-Q2")
    regime, unit = load_regime("cchc-dinh-ky", period), load_units()[0]
    assert render(plan_workbook(regime, unit, period)) == render(plan_workbook(regime, unit, period))


def test_a_blank_workbook_holds_no_figure() -> None:
    path = sorted(demo().issued.glob("*11284*.xlsx"))[0]
    stored = openpyxl.load_workbook(path, data_only=True)
    regime = load_regime("cchc-dinh-ky", parse_period("2026-Q2"))
    for indicator in regime.indicators.values():
        if indicator.is_input:
            sheet, address = layout_of(regime).place(indicator.code)
            assert stored[sheet][address].value is None
