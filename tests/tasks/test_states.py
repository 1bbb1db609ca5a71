"""States of units and of the period from real files: blank, partial, whole, replaced, supplemented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support.command_line import run
from support.filled_workbooks import PERIODS, filled_bytes, sample_lines
from support.samples_of_submissions import UNITS

from cchc_xl.catalogue.scope import load_scope
from cchc_xl.model.periods import parse_period
from cchc_xl.tasks.drawing import render_blanks

CODES = ("11284", "10510", "10525")
_ALL = dict(sample_lines("cchc-dinh-ky"))


@pytest.fixture(scope="module")
def blanks() -> dict[str, bytes]:
    """Blank workbooks of three units."""
    scope = load_scope("cchc-dinh-ky", parse_period("2026-Q2"), UNITS)
    return render_blanks(scope.narrowed(CODES))


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """A list of the three units."""
    lines = [f"{u.code},{u.type},{u.name}" for u in UNITS if u.code in CODES]
    path = tmp_path / "don-vi.csv"
    path.write_text("\n".join(["code,type,name", *lines]), encoding="utf-8")
    return path


def _send(folder: Path, name: str, blank: bytes, lines: dict[str, str]) -> Path:
    """A workbook filled with these lines and sent under this name."""
    folder.mkdir(exist_ok=True)
    issued, values = folder.parent / "goc.xlsx", folder.parent / "so.csv"
    issued.write_bytes(blank)
    values.write_text("\n".join(["indicator,value", *(f'{k},"{v}"' for k, v in lines.items())]), "utf-8")
    done = run("fill", issued, values, "--out", folder / name)
    assert done.returncode == 0, done.stderr
    return folder / name


def _merge(folder: Path, units: Path) -> tuple[int, dict[str, Any], str]:
    out, ledger = folder.parent / "TongHop.xlsx", folder.parent / "so-cai.json"
    done = run("merge", folder, "--period", "2026-Q2", "--out", out, "--json", ledger, "--units", units)
    assert done.returncode in (0, 1), done.stderr
    return done.returncode, json.loads(ledger.read_text("utf-8")), done.stdout


def _states(ledger: dict[str, Any]) -> dict[str, str]:
    return {unit["code"]: unit["state"] for unit in ledger["units"]}


def test_a_folder_of_blanks_is_no_complete_return(tmp_path: Path, units: Path, blanks: dict[str, bytes]):
    folder = tmp_path / "da-nop"
    folder.mkdir()
    for code, blank in blanks.items():
        (folder / f"{code}.xlsx").write_bytes(blank)
    status, ledger, said = _merge(folder, units)
    assert status == 1
    assert ledger["status"] == "provisional"
    assert ledger["coverage"]["complete"] == ledger["coverage"]["accepted"] == 0
    assert sorted(ledger["coverage"]["empty"]) == sorted(CODES)
    assert "Đang tổng hợp (0/3 đơn vị đã nhận đủ): 3 tệp chưa có số liệu." in said
    for file in ledger["files"]:
        assert file["verdict"] == "held" and set(file["forms"].values()) == {"held"}
        assert [f["rule"] for f in file["findings"]] == ["empty_return"]
    assert all(value in (None, {}) for value in ledger["city"].values())


@pytest.mark.parametrize("regime", PERIODS)
def test_the_blank_of_every_regime_is_empty_and_its_sample_is_not(regime: str, tmp_path: Path):
    period = PERIODS[regime]
    issued = run(
        "issue", "--period", period, "--regime", regime, "--unit", "11284", "--out", tmp_path, "--plain"
    )
    assert issued.returncode == 0
    done = run("check", next(tmp_path.glob("*.xlsx")), "--json")
    assert done.returncode == 1
    assert [f["rule"] for f in json.loads(done.stdout)["files"][0]["findings"]] == ["empty_return"]
    (tmp_path / "mau.xlsx").write_bytes(filled_bytes(regime))
    sample = json.loads(run("check", tmp_path / "mau.xlsx", "--json").stdout)["files"][0]
    assert "empty_return" not in [f["rule"] for f in sample["findings"]]


def test_the_real_sample_is_complete_and_one_form_alone_needs_more(
    tmp_path: Path, units: Path, blanks: dict[str, bytes]
):
    folder = tmp_path / "da-nop"
    _send(folder, "11284.xlsx", blanks["11284"], _ALL)
    form_4 = {code: value for code, value in _ALL.items() if code.startswith("bieu4")}
    _send(folder, "10510.xlsx", blanks["10510"], form_4)
    status, ledger, said = _merge(folder, units)
    assert _states(ledger) == {"11284": "complete", "10510": "incomplete", "10525": "missing"}
    assert status == 0  # nothing received is wrong
    partial = next(unit for unit in ledger["units"] if unit["code"] == "10510")
    assert "bieu3_2_1_1" in partial["missing_rows"] and "bieu4_1_1" not in partial["missing_rows"]
    assert "Đã nhận, cần bổ sung (1): Phường Thành Đông (10510)." in said


def test_a_blank_second_submission_and_a_supplement_from_trang_chinh(
    tmp_path: Path, units: Path, blanks: dict[str, bytes]
):
    folder = tmp_path / "da-nop"
    again = {"cchc_lan_nop": "2", "cchc_ly_do": "Gửi lại"}
    _send(folder, "11284_1.xlsx", blanks["11284"], _ALL)
    _send(folder, "11284_2.xlsx", blanks["11284"], again)
    without = {code: value for code, value in _ALL.items() if not code.startswith(("bieu6", "claimed:bieu6"))}
    _send(folder, "10510_1.xlsx", blanks["10510"], without)
    form_6 = {code: value for code, value in _ALL.items() if code.startswith("bieu6")}
    kind = {"cchc_loai_ban_gui": "Bổ sung"}
    _send(folder, "10510_2.xlsx", blanks["10510"], form_6 | again | kind)
    _, ledger, _ = _merge(folder, units)
    assert _states(ledger) == {"11284": "complete", "10510": "complete", "10525": "missing"}
    verdicts = {file["file"]: file["verdict"] for file in ledger["files"]}
    assert verdicts == {
        "11284_1.xlsx": "accepted",
        "11284_2.xlsx": "held",
        "10510_1.xlsx": "accepted",
        "10510_2.xlsx": "accepted",
    }
    assert ledger["city"]["bieu6_1_1"] == 2 * int(_ALL["bieu6_1_1"])
    assert next(u for u in ledger["units"] if u["code"] == "10510")["supplements"] == ["10510_2.xlsx"]


def test_loai_ban_gui_is_offered_read_and_kept_and_a_wrong_one_is_told(
    tmp_path: Path, blanks: dict[str, bytes]
):
    from openpyxl import load_workbook

    folder = tmp_path / "da-nop"
    lines = _ALL | {"cchc_lan_nop": "2", "cchc_ly_do": "Gửi thêm", "cchc_loai_ban_gui": "Bổ sung"}
    sent = _send(folder, "a.xlsx", blanks["11284"], lines)
    main = load_workbook(sent)["Trang chính"]
    offered = [v.formula1 for v in main.data_validations.dataValidation if "E11" in v.sqref]
    assert main["E11"].value == "Bổ sung" and offered == ['"Lần đầu,Thay thế,Bổ sung"']
    kept = _send(tmp_path / "lai", "b.xlsx", sent.read_bytes(), {"bieu1_1": "9"})
    assert load_workbook(kept)["Trang chính"]["E11"].value == "Bổ sung"
    other = _send(folder, "c.xlsx", blanks["11284"], _ALL | {"cchc_loai_ban_gui": "Nộp bù"})
    found = json.loads(run("check", other, "--json").stdout)["files"][0]["findings"]
    assert "return_kind_unknown" in [f["rule"] for f in found]
