"""The whole way of a report on the command line: issued, filled, read, checked, merged."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest
from support.command_line import assert_refused, run
from support.places import ROOT

from cchc_xl.catalogue.loader import load_regime
from cchc_xl.catalogue.units import load_units
from cchc_xl.excel.edit.package import write_package
from cchc_xl.excel.read.gate import open_gate
from cchc_xl.excel.read.stored_workbook import open_workbook
from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.model.periods import parse_period
from cchc_xl.workbooks.commune import Contents, plan_workbook

FIGURES = "indicator,value,note\nbieu1_1,8,\nbieu3_2_1_1,5650,\nbieu3_2_1_2,5612,đúng hạn\nbieu2_1,KPS,\n"


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("phat-hanh")
    done = run("issue", "--period", "2026-Q2", "--unit", "11284", "11635", "--plain", "--out", folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def submitted(issued: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("da-nop")
    values = folder.parent / "values.csv"
    values.write_text(FIGURES, encoding="utf-8")
    for file in issued.iterdir():
        done = run("fill", file, values, "--out", folder / file.name)
        assert done.returncode == 0, done.stderr
    return folder


def _one(folder: Path, code: str) -> Path:
    return next(folder.glob(f"*{code}*"))


def _digests(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir() if p.is_file()}


def _copy(folder: Path, target: Path) -> Path:
    target.mkdir()
    for path in folder.iterdir():
        (target / path.name).write_bytes(path.read_bytes())
    return target


def test_issued_files_carry_the_unit_code_in_an_ascii_name(issued: Path):
    assert sorted(p.name for p in issued.iterdir()) == [
        "CCHC_2026-Q2_11284_Nam-Thanh-Mien.xlsx",
        "CCHC_2026-Q2_11635_An-Truong.xlsx",
    ]


def test_issuing_again_changes_nothing_and_never_overwrites_a_filled_file(issued: Path, tmp_path: Path):
    folder = _copy(issued, tmp_path / "x")
    before = _digests(folder)
    again = run("issue", "--period", "2026-Q2", "--unit", "11284", "11635", "--plain", "--out", folder)
    assert again.returncode == 0
    assert _digests(folder) == before
    _one(folder, "11284").write_bytes(b"filled in by somebody")
    refused = run("issue", "--period", "2026-Q2", "--unit", "11284", "--plain", "--out", folder)
    assert_refused(refused, "không ghi đè", "11284")
    assert _one(folder, "11284").read_bytes() == b"filled in by somebody"


def test_a_blank_workbook_is_read_as_blank(issued: Path):
    shape = json.loads(run("read", _one(issued, "11284"), "--json").stdout)
    assert shape["unit"]["code"] == "11284"
    assert shape["period"] == "2026-Q2"
    assert {o["status"] for o in shape["observations"]} == {"blank"}


def test_filled_figures_are_read_back_exactly(submitted: Path):
    shape = json.loads(run("read", _one(submitted, "11284"), "--json").stdout)
    found = {o["indicator"]: (o["status"], o["value"]) for o in shape["observations"]}
    assert found["bieu3_2_1_1"] == ("value", 5650)
    assert found["bieu2_1"] == ("not_applicable", None)
    assert found["bieu1_2_1"] == ("blank", None)
    assert found["bieu3_2_1"][0] == "value"
    assert abs(found["bieu3_2_1"][1] - 5612 / 5650) < 1e-12


def test_filling_touches_only_sheets_and_keeps_what_was_typed_before(submitted: Path, tmp_path: Path):
    file = _one(submitted, "11284")
    values = tmp_path / "more.csv"
    values.write_text("indicator;value\nbieu1_1;9\nbieu2_1;\n", encoding="utf-8-sig")
    out = tmp_path / file.name
    assert run("fill", file, values, "--out", out).returncode == 0
    old, new = open_gate(file.read_bytes()), open_gate(out.read_bytes())
    assert list(old) == list(new)
    changed = {name for name in old if old[name] != new[name]}
    assert changed and all(name.startswith("xl/worksheets/sheet") for name in changed)
    found = {
        o["indicator"]: (o["status"], o["value"])
        for o in json.loads(run("read", out, "--json").stdout)["observations"]
    }
    assert found["bieu1_1"] == ("value", 9)
    assert found["bieu2_1"] == ("blank", None)
    assert found["bieu3_2_1_1"] == ("value", 5650)


def test_a_filled_workbook_holds_what_one_written_anew_would_hold(submitted: Path):
    file = _one(submitted, "11284")
    period = parse_period("2026-Q2")
    figures = {
        "bieu1_1": Decimal(8),
        "bieu3_2_1_1": Decimal(5650),
        "bieu3_2_1_2": Decimal(5612),
        "bieu2_1": "KPS",
    }
    contents = Contents(figures=figures, notes={"bieu3_2_1_2": "đúng hạn"})
    unit = next(u for u in load_units() if u.code == "11284")
    plan = plan_workbook(load_regime("cchc-dinh-ky", period), unit, period, contents)
    anew, filled = open_workbook(open_gate(render(plan))), open_workbook(open_gate(file.read_bytes()))
    for sheet in anew.sheets:
        assert filled.cells(sheet.name) == anew.cells(sheet.name), sheet.name


def test_a_changed_formula_is_refused(submitted: Path, tmp_path: Path):
    file = _one(submitted, "11284")
    parts = dict(open_gate(file.read_bytes()))
    name = next(n for n in parts if n.startswith("xl/worksheets/sheet") and b"N(bieu3_2_1_2)" in parts[n])
    parts[name] = parts[name].replace(b"N(bieu3_2_1_2)", b"N(bieu3_2_1_1)", 1)
    broken = tmp_path / file.name
    broken.write_bytes(write_package(parts.items()))
    values = tmp_path / "values.csv"
    values.write_text(FIGURES, encoding="utf-8")
    assert_refused(run("fill", broken, values, "--out", tmp_path / f"2-{file.name}"), "công thức")


def test_fill_refuses_faulty_values_and_writes_nothing(issued: Path, tmp_path: Path):
    values = tmp_path / "values.csv"
    values.write_text("indicator,value\nbieu1_2,1\nkhong_co,1\n", encoding="utf-8")
    file = _one(issued, "11284")
    assert_refused(run("fill", file, values, "--out", tmp_path / file.name), "dòng 2", "dòng 3")
    assert [p.name for p in tmp_path.iterdir()] == ["values.csv"]


def test_check_tells_faults_by_exit_status_and_by_line(submitted: Path, tmp_path: Path):
    values = tmp_path / "wrong.csv"
    values.write_text("indicator,value\nbieu3_2_1_2,5651\n", encoding="utf-8")
    file = _one(submitted, "11284")
    wrong = tmp_path / file.name
    assert run("fill", file, values, "--out", wrong).returncode == 0
    assert run("check", file).returncode == 0
    done = run("check", wrong, file, "--json")
    assert done.returncode == 1
    first, second = json.loads(done.stdout)["files"]
    assert (first["verdict"], second["verdict"]) == ("held", "accepted")
    assert first["forms"]["bieu3"] == "held" and first["forms"]["bieu1"] == "accepted"
    assert "Lỗi" in run("check", wrong).stdout


def test_merge_reads_everything_once_and_changes_no_input(submitted: Path, tmp_path: Path):
    folder = _copy(submitted, tmp_path / "da-nop")
    (folder / "~$11284.xlsx").write_bytes(b"lock")
    (folder / "cu.zip").write_bytes(b"PK")
    (folder / "hong.xlsx").write_bytes(b"not a workbook")
    (folder / "thu-muc.xlsx").mkdir()
    before = _digests(folder)
    out, ledger = tmp_path / "TongHop.xlsx", tmp_path / "ledger.json"
    done = run("merge", folder, "--period", "Q2/2026", "--out", out, "--json", ledger)
    assert done.returncode == 1, done.stderr
    shape = json.loads(ledger.read_text(encoding="utf-8"))
    assert {f["file"]: f["verdict"] for f in shape["files"]} == {
        "CCHC_2026-Q2_11284_Nam-Thanh-Mien.xlsx": "accepted",
        "CCHC_2026-Q2_11635_An-Truong.xlsx": "accepted",
        "cu.zip": "skipped",
        "hong.xlsx": "rejected",
        "thu-muc.xlsx": "skipped",
        "~$11284.xlsx": "skipped",
    }
    assert all(f["findings"] for f in shape["files"] if f["verdict"] != "accepted")
    assert shape["coverage"]["expected"] == 114 and len(shape["coverage"]["missing"]) == 112
    assert shape["city"]["bieu3_2_1_1"] == 11300
    assert _digests(folder) == before
    assert open_gate(out.read_bytes())


def test_a_summary_written_into_the_folder_itself_is_not_taken_for_a_submission(
    submitted: Path, tmp_path: Path
):
    folder = _copy(submitted, tmp_path / "da-nop")
    out, ledger = folder / "TongHop.xlsx", folder / "ledger.json"
    for _ in range(2):
        done = run("merge", folder, "--period", "2026-Q2", "--out", out, "--json", ledger)
        assert done.returncode == 0, done.stdout + done.stderr
    shape = json.loads(ledger.read_text(encoding="utf-8"))
    assert {f["file"] for f in shape["files"] if f["verdict"] == "skipped"} == {"TongHop.xlsx", "ledger.json"}


def test_merge_never_writes_over_a_submission(submitted: Path, tmp_path: Path):
    folder = _copy(submitted, tmp_path / "da-nop")
    before = _digests(folder)
    done = run("merge", folder, "--period", "2026-Q2", "--out", _one(folder, "11284"))
    assert_refused(done, "Nam Thanh Miện")
    assert _digests(folder) == before


def test_a_folder_without_any_submission_still_gives_summary_and_ledger(tmp_path: Path):
    folder = tmp_path / "da-nop"
    folder.mkdir()
    out, ledger = tmp_path / "TongHop.xlsx", tmp_path / "ledger.json"
    done = run("merge", folder, "--period", "2026-Q2", "--out", out, "--json", ledger)
    assert done.returncode == 1
    assert out.exists() and json.loads(ledger.read_text(encoding="utf-8"))["coverage"]["accepted"] == 0


def test_files_of_another_period_are_held(submitted: Path, tmp_path: Path):
    ledger = tmp_path / "ledger.json"
    done = run("merge", submitted, "--period", "6T/2026", "--out", tmp_path / "x.xlsx", "--json", ledger)
    assert done.returncode == 1
    files = json.loads(ledger.read_text(encoding="utf-8"))["files"]
    assert {f["verdict"] for f in files} == {"held"}
    assert {f["findings"][-1]["rule"] for f in files} == {"wrong_period_kind"}


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
def test_a_merge_killed_at_any_moment_leaves_the_old_summary_or_the_new_one(submitted: Path, tmp_path: Path):
    out = tmp_path / "TongHop.xlsx"
    command = [
        sys.executable,
        "-m",
        "cchc_xl",
        "merge",
        str(submitted),
        "--period",
        "2026-Q2",
        "--out",
        str(out),
    ]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, timeout=300).returncode == 0
    new, old = out.read_bytes(), b"old"
    for delay in (0.2, 0.4, 0.6, 0.8):
        out.write_bytes(old)
        running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        running.send_signal(signal.SIGKILL)
        running.wait()
        assert out.read_bytes() in (old, new)
    assert subprocess.run(command, cwd=ROOT, capture_output=True, timeout=300).returncode == 0
    assert out.read_bytes() == new
    assert [p.name for p in tmp_path.iterdir()] == ["TongHop.xlsx"]
