"""Figures from workbooks people made themselves: found by number and label, or told; never guessed."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from support.places import EXAMPLES

from cchc_xl.catalogue.loader import load_regime
from cchc_xl.cli.app import run
from cchc_xl.model import Form
from cchc_xl.model.errors import UsageError, WorkbookRefused
from cchc_xl.model.periods import parse_period
from cchc_xl.tasks.extract import extract_file

PERIOD = parse_period("2026-Q2")
REGIME = load_regime("cchc-dinh-ky", PERIOD)
SAMPLE = EXAMPLES / "nam-thanh-mien-2026-Q2.csv"


def sample() -> dict[str, str]:
    with SAMPLE.open(encoding="utf-8-sig", newline="") as stream:
        return {row["indicator"]: row["value"] for row in csv.DictReader(stream)}


def own_table(path: Path, form: Form, figures: dict[str, object]) -> Path:
    """A table as people type it: two header lines, text rows, figures as they come."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([form.title.upper()])
    sheet.append(["STT", "Chỉ tiêu thống kê", "Kết quả thống kê", None, "Ghi chú"])
    sheet.append([None, None, "Đơn vị tính", "Số liệu", None])
    for row in form.indicators:
        figure = figures.get(row.code)
        sheet.append([row.number.rstrip("."), f" {row.label}  ", row.unit_of_measure, figure])
    book.save(path)
    return path


def form(code: str) -> Form:
    return next(f for f in REGIME.forms if f.code == code)


def test_a_table_typed_from_the_form_gives_its_figures(tmp_path: Path) -> None:
    figures: dict[str, object] = {code: value for code, value in sample().items() if code.startswith("bieu3")}
    figures |= {"bieu3_2_1_1": "5.650", "bieu3_2_1_2": 5612, "bieu3_1_1": "100%"}
    path = own_table(tmp_path / "tu-lam.xlsx", form("bieu3"), figures)
    found, out = extract_file(path, PERIOD, "cchc-dinh-ky", tmp_path / "values.csv")
    assert found.values["bieu3_2_1_1"] == "5650"
    assert found.values["bieu3_2_1_2"] == "5612"
    assert found.values["bieu3_1_1"] == "100%"
    assert len(found.values) == len(form("bieu3").inputs)
    assert any("5.650" in remark for remark in found.remarks)
    assert {i.code.split("_")[0] for i in found.missing} == {
        "bieu1",
        "bieu2",
        "bieu4",
        "bieu5",
        "bieu6",
        "bieu7",
    }
    assert out.read_text(encoding="utf-8-sig").startswith("indicator,value")


def test_what_has_two_readings_or_a_foreign_formula_is_left_out_and_told(tmp_path: Path) -> None:
    figures: dict[str, object] = {
        "bieu7_1_3_1": "5.000",
        "bieu7_1_3_2": "=Sheet2!A1",
        "bieu7_1_4_1": "=907+4501",
        "bieu7_1_4_2": 12.5,
    }
    path = own_table(tmp_path / "tu-lam.xlsx", form("bieu7"), figures)
    found, _ = extract_file(path, PERIOD, "cchc-dinh-ky", tmp_path / "values.csv")
    assert found.values == {"bieu7_1_4_1": "5408"}
    assert sum("Không lấy số này" in remark for remark in found.remarks) == 3


def test_a_row_that_stands_twice_is_not_taken(tmp_path: Path) -> None:
    path = own_table(tmp_path / "tu-lam.xlsx", form("bieu2"), {"bieu2_1": 3, "bieu2_1_1": 3})
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book.worksheets[0])
    book.save(path)
    with pytest.raises(UsageError, match="Không tìm thấy bảng"):
        extract_file(path, PERIOD, "cchc-dinh-ky", tmp_path / "values.csv")
    assert not (tmp_path / "values.csv").exists()


def test_a_file_that_is_no_workbook_is_refused_before_openpyxl_sees_it(tmp_path: Path) -> None:
    path = tmp_path / "khong-phai.xlsx"
    path.write_bytes(b"%PDF-1.7 not a workbook")
    with pytest.raises(WorkbookRefused):
        extract_file(path, PERIOD, "cchc-dinh-ky", tmp_path / "values.csv")


def test_the_command_says_what_is_missing_and_ends_with_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = own_table(tmp_path / "tu-lam.xlsx", form("bieu2"), {"bieu2_1": 3, "bieu2_1_1": 3})
    out = tmp_path / "values.csv"
    assert run(["extract", str(path), "--period", "Q2/2026", "--out", str(out)]) == 1
    said = capsys.readouterr().out
    assert "2/59" in said
    assert "bieu1_1" in said
