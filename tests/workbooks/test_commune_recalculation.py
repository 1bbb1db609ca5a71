"""LibreOffice recalculates every formula of the commune workbook to the value written with it."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from support.commune_recalculation import differences, formula_cells, random_contents
from support.commune_samples import PERIOD, REGIME, UNIT, nam_thanh_mien, register_contents, register_regime
from support.libreoffice import ENGLISH, recalculate_cells

from cchc_xl.catalogue.loader import load_regime, regime_ids
from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.model import Severity
from cchc_xl.model.periods import parse_period
from cchc_xl.model.planned import PlannedWorkbook
from cchc_xl.workbooks.commune import plan_workbook

pytestmark = pytest.mark.libreoffice
READ_ONLY_SHEETS = ("Hướng dẫn", "Quy tắc", "_meta")
# How to type depends on the computer alone.
ALWAYS_ALIKE = {("Trang chính", "value.text center large bold"), ("Trang chính", "value.text")}


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


PERIODS = {regime: "2026-M06" if regime == "tthc-thang" else "2026-Q2" for regime in regime_ids()}


@pytest.mark.parametrize("regime_id", regime_ids())
def test_whatever_is_typed_every_cached_value_is_what_libreoffice_finds(
    regime_id: str, tmp_path: Path
) -> None:
    period = parse_period(PERIODS[regime_id])
    regime = load_regime(regime_id, period)
    plans = [plan_workbook(regime, UNIT, period, *random_contents(seed, regime)) for seed in range(14)]
    plans.append(plan_workbook(regime, UNIT, period))
    assert _recalculated(plans, tmp_path) == []
    shown = defaultdict(set)
    for plan in plans:
        for (sheet, _), cell in formula_cells(plan).items():
            shown[sheet, cell.style].add(str(cell.value))
    assert {sheet for sheet, _ in shown} >= {s.name for s in plans[0].sheets} - {*READ_ONLY_SHEETS}
    absent = {s for s in Severity if all(rule.severity is not s for rule in regime.rules)}
    never = {("Kiểm tra", f"tally.{severity.value}s") for severity in absent}
    alike = {place for place, values in shown.items() if len(values) < 2} - ALWAYS_ALIKE - never
    assert alike == set(), "these kinds of formula were never seen to give two different values"


def test_on_an_english_computer_only_the_advice_on_typing_differs(tmp_path: Path) -> None:
    wrong = _recalculated([plan_workbook(REGIME, UNIT, PERIOD, nam_thanh_mien())], tmp_path, locale=ENGLISH)
    assert len(wrong) == 2
    assert all(line.startswith("Trang chính!") for line in wrong)
    assert any("'.'" in line for line in wrong)
