"""Shared and array formulas: every follower reads as the formula Excel would show there, or as not known."""

from __future__ import annotations

import re
import zipfile

import pytest
from openpyxl.formula.translate import Translator
from support.filled_workbooks import PERIODS, filled_bytes
from support.places import EXAMPLES

from cchc_xl.excel.read.cell_tokens import Master
from cchc_xl.excel.read.gate import open_gate
from cchc_xl.excel.read.shared_formulas import SHARED_FORMULA, SharedFormulas, moved
from cchc_xl.excel.read.stored_workbook import open_workbook

REAL = EXAMPLES / "excel-saved" / "federal-awards-workbook-PASS.xlsx"


@pytest.mark.parametrize(
    ("formula", "down", "right", "expected"),
    [
        ("A1+$B$2+C$3+$D4", 2, 1, "B3+$B$2+D$3+$D6"),
        ('IF(A1="A1","Z9",\'A1 B2\'!A1)', 1, 0, 'IF(A2="A1","Z9",\'A1 B2\'!A2)'),
        (
            "SUM(A1:B2)+SUM(C:C)+SUM($C:D)+SUM(3:4)+SUM($3:4)",
            1,
            1,
            "SUM(B2:C3)+SUM(D:D)+SUM($C:E)+SUM(4:5)+SUM($3:5)",
        ),
        ("LOG10(A1)+bieu1_1+ABC1(2)+x.A1+Z_1", 3, 0, "LOG10(A4)+bieu1_1+ABC1(2)+x.A1+Z_1"),
        ("A2*2", -2, 0, "#REF!*2"),
        ("XFD1", 0, 1, "#REF!"),
        ("Z1+AZ1", 0, 1, "AA1+BA1"),
        ("907+4501", 5, 5, "907+4501"),
        ("1E5+A1e3", 1, 0, "1E5+A1e3"),
        ("Bảng[Cột A1]+A1", 1, 0, "Bảng[Cột A1]+A2"),
    ],
)
def test_relative_references_move_and_nothing_else_does(formula, down, right, expected):
    assert moved(formula, down, right) == expected


def test_moving_agrees_with_openpyxl_on_every_formula_of_every_regime():
    compared = 0
    for regime in PERIODS:
        book = open_workbook(open_gate(filled_bytes(regime)))
        formulas = {c.formula for s in book.sheets for c in book.cells(s.name).values() if c.formula}
        for formula in sorted(formulas)[::7]:
            theirs = Translator(f"={formula}", "D9").translate_formula("F14").removeprefix("=")
            assert moved(formula, 5, 2) == theirs
            compared += 1
    assert compared > 300


def test_followers_in_a_file_excel_saved_read_as_openpyxl_reads_them():
    with zipfile.ZipFile(REAL) as archive:
        sheet = archive.read("xl/worksheets/sheet2.xml").decode()
    cells = open_workbook(open_gate(REAL.read_bytes())).cells("Form")
    masters = dict(re.findall(r'<c r="([A-Z]+\d+)"[^>]*><f t="shared" ref="[^"]*" si="\d+">([^<]*)', sheet))
    assert len(masters) == 329
    for address in masters:
        column, row = re.fullmatch(r"([A-Z]+)(\d+)", address).groups()
        for follower in (f"{column}{int(row) + 1}", f"{column}{int(row) + 54}"):
            expected = Translator(f"={cells[address].formula}", address).translate_formula(follower)
            assert f"={cells[follower].formula}" == expected


@pytest.mark.parametrize(
    ("masters", "group", "address", "expected"),
    [
        ([("D9", "0", "D9:D12", "A9*2")], "0", "D11", "A11*2"),
        ([("D9", "0", "D9:D12", "A9*2")], "1", "D11", SHARED_FORMULA),
        ([("D9", "0", "D9:D12", "A9*2")], "", "D11", SHARED_FORMULA),
        ([("D9", "0", "D9:D12", "A9*2")], "0", "D13", SHARED_FORMULA),
        ([("D9", "0", "D9:D12", "A9*2")], "0", "E10", SHARED_FORMULA),
        ([("D9", "0", "", "A9*2")], "0", "D10", SHARED_FORMULA),
        ([("D9", "0", "D12:D9", "A9*2")], "0", "D10", SHARED_FORMULA),
        ([("D9", "0", "D9:D12", "A9*2"), ("E9", "0", "D9:E12", "A9*3")], "0", "D10", SHARED_FORMULA),
        ([("D11", "0", "D9:D12", "A11*2")], "0", "D9", "A9*2"),
    ],
)
def test_a_follower_without_one_sure_master_is_not_known(masters, group, address, expected):
    assert SharedFormulas(Master(*master) for master in masters).of_follower(group, address) == expected
