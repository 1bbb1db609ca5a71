"""LibreOffice recalculates every formula of the commune workbook to the value written with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.commune_recalculation import differences, random_contents
from support.commune_samples import PERIOD, REGIME, UNIT, nam_thanh_mien, register_contents, register_regime
from support.libreoffice import ENGLISH, recalculate_cells

from cchc_xl.catalogue import load_regime
from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.model.periods import parse_period
from cchc_xl.model.planned import PlannedWorkbook
from cchc_xl.workbooks.commune import plan_workbook

pytestmark = pytest.mark.libreoffice


def _recalculated(plans: list[PlannedWorkbook], folder: Path, **more: str) -> list[str]:
    paths = []
    for number, plan in enumerate(plans):
        path = folder / f"{number}.xlsx"
        path.write_bytes(render(plan))
        paths.append(path)
    found = recalculate_cells(paths, **more)
    return [line for plan, path in zip(plans, paths, strict=True) for line in differences(plan, found[path])]


def test_the_blank_and_the_real_workbook_hold_the_values_libreoffice_finds(tmp_path: Path) -> None:
    plans = [
        plan_workbook(REGIME, UNIT, PERIOD),
        plan_workbook(REGIME, UNIT, PERIOD, nam_thanh_mien()),
        plan_workbook(register_regime(), UNIT, PERIOD, register_contents()),
    ]
    assert _recalculated(plans, tmp_path) == []


def test_whatever_is_typed_every_cached_value_is_what_libreoffice_finds(tmp_path: Path) -> None:
    plans = []
    for seed in range(20):
        contents, previous = random_contents(seed)
        plans.append(plan_workbook(REGIME, UNIT, PERIOD, contents, previous))
    assert _recalculated(plans, tmp_path) == []


def test_whatever_is_typed_into_the_monthly_report_is_calculated_alike(tmp_path: Path) -> None:
    period = parse_period("2026-M06")
    regime = load_regime("tthc-thang", period)
    plans = [plan_workbook(regime, UNIT, period, *random_contents(seed, regime)) for seed in range(100, 108)]
    assert _recalculated(plans, tmp_path) == []


def test_on_an_english_computer_only_the_advice_on_typing_differs(tmp_path: Path) -> None:
    wrong = _recalculated([plan_workbook(REGIME, UNIT, PERIOD, nam_thanh_mien())], tmp_path, locale=ENGLISH)
    assert len(wrong) == 2
    assert all(line.startswith("Trang chính!") for line in wrong)
    assert any("'.'" in line for line in wrong)
