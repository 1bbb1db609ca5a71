"""LibreOffice recalculates every formula of the commune workbook to the value written with it."""

from __future__ import annotations

import math
import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from commune_samples import PERIOD, REGIME, UNIT, nam_thanh_mien, register_contents, register_regime
from libreoffice import ENGLISH, Cell, recalculate_cells

from cchc_xl.catalogue import load_regime
from cchc_xl.commune_plan import Contents, plan_workbook
from cchc_xl.excel.workbook_writer import render
from cchc_xl.expressions import Figure
from cchc_xl.model import Regime
from cchc_xl.periods import parse_period
from cchc_xl.plan import PlannedCell, PlannedWorkbook, Role

pytestmark = pytest.mark.libreoffice

_TEXTS = ("5.650", "abc", " 12", "= 100%", "kps", "KPS ", "01")
_NUMBERS = (
    "0",
    "1",
    "3",
    "14",
    "375",
    "999",
    "1000",
    "5650",
    "12345",
    "999999",
    "1000000",
    "37094",
    "123456789012",
)
_ODD_NUMBERS = ("-1", "-3.5", "0.5", "19.884", "0.6053", "0.99327", "5.25", "1.5", "100")


def random_contents(seed: int, regime: Regime = REGIME) -> tuple[Contents, dict[str, Figure]]:
    """Contents an officer could produce by typing or pasting anything anywhere, and last period's figures."""
    chance = random.Random(seed)
    odd = chance.choice((0.0, 0.05, 0.4))
    inputs = [i.code for form in regime.forms for i in form.inputs]
    figures = {code: _figure(chance, odd) for code in inputs}
    claims = {
        i.code: Decimal(chance.choice(("0.605", "0.9932", "1", "0.536", "0.33333", "0.7", "0.6053")))
        for i in regime.indicators.values()
        if i.formula and chance.random() < 0.7
    }
    declarations = {
        "cchc_tu_ngay": chance.choice((date(2026, 3, 15), date(2026, 1, 1), date(2026, 8, 1), None)),
        "cchc_den_ngay": chance.choice((date(2026, 6, 14), date(2026, 6, 30), None)),
        "cchc_lan_nop": chance.choice((1, 2, Decimal("1.5"), None)),
        "cchc_ly_do": chance.choice(("", "Sửa số liệu")),
        "cchc_nguoi_duyet": chance.choice(("", "Trần Thị Bình")),
        "cchc_ngay_doi_chieu": chance.choice((date(2026, 6, 20), None)),
    }
    contents = Contents(
        figures=figures,
        notes={code: "Ghi chú & <thử>" for code in inputs if chance.random() < 0.1},
        declarations=declarations,
        contacts={"bieu1": ("Nguyễn Văn An", "0912345678"), "bieu3": ("Lê Thị Cúc", "")},
        claimed=claims,
    )
    previous = {code: _figure(chance, 0.0) for code in inputs if chance.random() < 0.5}
    return contents, previous


def _figure(chance: random.Random, odd: float) -> Figure:
    draw = chance.random()
    if draw < odd:
        return chance.choice((chance.choice(_TEXTS), Decimal(chance.choice(_ODD_NUMBERS))))
    if draw < odd + 0.1:
        return None
    if draw < odd + 0.2:
        return "KPS"
    return Decimal(chance.choice(_NUMBERS))


def formula_cells(workbook: PlannedWorkbook) -> dict[tuple[str, str], PlannedCell]:
    return {
        (sheet.name, cell.address): cell
        for sheet in workbook.sheets
        for cell in sheet.cells
        if cell.role is Role.FORMULA
    }


def differences(workbook: PlannedWorkbook, found: dict[str, dict[str, Cell]]) -> list[str]:
    wrong = []
    for (sheet, address), cell in formula_cells(workbook).items():
        seen = found[sheet].get(address)
        if seen is None or not seen.is_formula or not _same(cell.value, seen.value):
            wrong.append(f"{sheet}!{address}: {cell.value!r} ≠ {seen!r} {cell.formula}")
    return wrong


def _same(planned: object, seen: float | str) -> bool:
    if isinstance(planned, str) or isinstance(seen, str):
        return planned == seen
    return math.isclose(float(planned), seen, rel_tol=1e-12)  # type: ignore[arg-type]


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
