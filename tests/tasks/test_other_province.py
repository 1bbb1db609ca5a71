"""Another province brings its own list of units; what a worker reads comes back whole."""

from __future__ import annotations

import json
import pickle
from dataclasses import fields
from decimal import Decimal
from pathlib import Path

from support.command_line import run

from cchc_xl.model import Observation, Status


def test_a_province_with_its_own_units_is_issued_read_and_merged(tmp_path: Path):
    units = tmp_path / "units.csv"
    units.write_text("code,type,name\n90001,Xã,Minh Họa Một\n90002,Phường,Minh Họa Hai\n", encoding="utf-8")
    folder, ledger = tmp_path / "da-nop", tmp_path / "ledger.json"
    issued = run(
        "issue", "--period", "2026-Q2", "--unit", "90001", "--units", units, "--plain", "--out", folder
    )
    assert issued.returncode == 0, issued.stderr
    file = next(folder.glob("*.xlsx"))
    assert json.loads(run("read", file, "--json", "--units", units).stdout)["unit"]["code"] == "90001"
    assert run("check", file).returncode == 1, "not a unit of the city"
    summary = tmp_path / "TongHop.xlsx"
    asked = ("--period", "2026-Q2", "--out", summary, "--json", ledger, "--units", units)
    merged = run("merge", folder, *asked)
    assert merged.returncode in (0, 1), merged.stderr
    coverage = json.loads(ledger.read_text(encoding="utf-8"))["coverage"]
    assert (coverage["expected"], coverage["missing"]) == (2, ["90002"])


def test_an_observation_comes_back_from_a_worker_with_every_field():
    given = Observation("bieu1_1", Status.VALUE, Decimal(8), "Biểu 1", "D9", "ghi chú", "chữ")
    told = pickle.loads(pickle.dumps(given))
    assert told == given
    assert all(getattr(given, field.name) for field in fields(given)), "a new field needs a value here"
