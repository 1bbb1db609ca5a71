"""The compiled macros run: LibreOffice presses the buttons, two other programs judge the code."""

from __future__ import annotations

import pytest
import xlsxwriter
from support.libreoffice import (
    ENGLISH,
    Button,
    LibreOfficeError,
    buttons,
    press,
    recalculate,
    recalculate_cells,
    to_pdf,
)
from support.vba_workbooks import compile_errors, container_errors, standard, workbook_bytes


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "nút bấm.xlsm"
    path.write_bytes(workbook_bytes())
    return path


def formulas_workbook(path):
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet("Biểu 1")
    sheet.write_row("A1", [5.5, "chữ"])
    for row, formula in enumerate(("=A1*2", "=1/0", '=""', '="5.650"+0', "=FIXED(A1,2)"), 2):
        sheet.write_formula(f"A{row}", formula)
    workbook.close()
    return path


@pytest.mark.libreoffice
def test_buttons_are_bound_to_their_macros(workbook):
    assert buttons(workbook) == [
        Button("Trang chính", "Tăng số đếm", "CountUp"),
        Button("Trang chính", "Ghi tổng", "WriteTotal"),
    ]


@pytest.mark.libreoffice
def test_pressed_buttons_change_cells_through_code_names_and_a_class(workbook):
    counter, total = "Trang chính!B2", "Số liệu!A1"
    seen = press(workbook, ["Tăng số đếm", "CountUp", (counter, 40), "WriteTotal"], [counter, total])
    assert seen.before == {counter: 0, total: ""}
    assert [cells[counter] for cells in seen.after] == [1, 2, 40, 40]
    assert [cells[total] for cells in seen.after] == ["", "", "", 140]
    assert seen.cells == {"Trang chính": {"B2": 40}, "Số liệu": {"A1": 140}}


@pytest.mark.libreoffice
def test_pressing_leaves_the_file_alone_and_an_unknown_button_is_an_error(workbook):
    before = workbook.read_bytes()
    with pytest.raises(LibreOfficeError, match="Không có"):
        press(workbook, ["Không có"], ["Trang chính!B2"])
    assert workbook.read_bytes() == before
    assert [path.name for path in workbook.parent.iterdir()] == [workbook.name]


@pytest.mark.libreoffice
def test_recalculation_reads_texts_as_the_locale_does(tmp_path):
    path = formulas_workbook(tmp_path / "công thức.xlsx")
    common = {"A1": 5.5, "B1": "chữ", "A2": 11.0, "A3": "#ERR:532", "A4": ""}
    assert recalculate([path])[path] == {"Biểu 1": common | {"A5": 5650.0, "A6": "5,50"}}
    assert recalculate([path], locale=ENGLISH)[path] == {"Biểu 1": common | {"A5": 5.65, "A6": "5.50"}}
    assert [cell.is_formula for cell in recalculate_cells([path])[path]["Biểu 1"].values()].count(True) == 5


@pytest.mark.libreoffice
def test_printing_gives_one_pdf_a_workbook(tmp_path):
    paths = [formulas_workbook(tmp_path / f"in {number}.xlsx") for number in range(2)]
    printed = to_pdf(paths, tmp_path / "pdf")
    assert [path.name for path in printed] == ["in 0.pdf", "in 1.pdf"]
    assert all(path.read_bytes().startswith(b"%PDF") for path in printed)


def test_pyopenvba_accepts_package_and_project(workbook):
    assert container_errors(workbook) == []


def test_pyvbaanalysis_would_compile_the_macros(workbook):
    assert compile_errors(workbook) == []


def test_pyvbaanalysis_does_notice_what_would_not_compile(tmp_path):
    path = tmp_path / "hỏng.xlsm"
    path.write_bytes(workbook_bytes([standard("Sub Work()", "undeclared = 1", "End Sub")], buttons=[]))
    assert any("undeclared" in problem for problem in compile_errors(path))
