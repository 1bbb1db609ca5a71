"""Submissions of one unit at several periods, written as real workbooks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from cchc_xl.catalogue.loader import load_regime
from cchc_xl.catalogue.units import load_units
from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.model import KPS, ReportingUnit
from cchc_xl.model.contents import Declaration
from cchc_xl.model.periods import ReferencePeriod, parse_period
from cchc_xl.model.terms import Figure
from cchc_xl.workbooks.commune import Contents, plan_workbook
from support.command_line import run

UNIT = next(unit for unit in load_units() if unit.code == "11284")
FOLDERS = {parse_period(text): text for text in ("2026-Q1", "2026-Q2", "2026-S1")}


def write_submission(
    folder: Path,
    period: ReferencePeriod,
    figures: Mapping[str, Figure],
    *,
    unit: ReportingUnit = UNIT,
    notes: Mapping[str, str] | None = None,
    number: int = 1,
    person: str = "",
    previous: Mapping[str, Figure] | None = None,
) -> Path:
    """The workbook of a unit and period with these figures typed in it."""
    regime = load_regime("cchc-dinh-ky", period)
    declared: dict[str, Declaration] = {
        "cchc_lan_nop": number,
        "cchc_ly_do": "sửa số" if number > 1 else None,
    }
    contents = Contents(
        figures=figures,
        notes=notes or {},
        declarations=declared,
        contacts={form.code: (person, "") for form in regime.forms} if person else {},
    )
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"CCHC_{period}_{unit.code}_{number}.xlsx"
    path.write_bytes(render(plan_workbook(regime, unit, period, contents, previous=previous)))
    return path


def check_json(path: Path, *more: object) -> dict[str, Any]:
    """What `check --json` says of one file."""
    done = run("check", path, "--json", *more)
    assert done.returncode in (0, 1), done.stderr
    found: dict[str, Any] = json.loads(done.stdout)["files"][0]
    return found


def figures_in(file: Mapping[str, Any], codes: Iterable[str]) -> dict[str, Figure]:
    """Figures of a file of `check --json`."""
    by_code = {o["indicator"]: o for o in file["observations"]}
    return {code: _figure(by_code[code]) for code in codes}


def _figure(observation: Mapping[str, Any]) -> Figure:
    if observation["status"] == "not_applicable":
        return KPS
    value = observation["value"]
    return None if value is None else Decimal(str(value))
