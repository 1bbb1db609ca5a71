"""What Excel refuses although XlsxWriter, the SDK validator and LibreOffice let it pass."""

from __future__ import annotations

import re

import pytest

from cchc_xl.excel.write.formula_guard import guard_formula, guard_name, guard_rule_formula
from cchc_xl.model.errors import WriteRefused

WHOLE = '=IF(ISNUMBER(B1),AND(B1>=0,B1=INT(B1)),B1="KPS")'


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        ("=" + "1+" * 5000 + "1", "8192"),
        (f'="{"x" * 256}"', "255"),
        (f"=SUM({','.join(['1'] * 256)})", "256 đối số"),
        ('=TEXTJOIN(",",TRUE,A1)', "TEXTJOIN"),
        ("=_xlfn.IFS(A1,1)", "_XLFN.IFS"),
        ("=TODAY()", "TODAY"),
        ('=INDIRECT("A1")', "INDIRECT"),
        ('=HYPERLINK("http://x.vn")', "HYPERLINK"),
        ("=" + "ABS(" * 65 + "1" + ")" * 65, "65 tầng"),
        ("=[So.xlsx]T!A1", "tệp khác"),
        ("='[So.xlsx]T'!A1", "tệp khác"),
        ("=SUM(A1", "cú pháp"),
        ("=SUM(A1))", "cú pháp"),
        ("=SUM(A1;A2)", "cú pháp"),
        ("=#REF!+1", "cú pháp"),
        ("SUM(A1)", "dấu “=”"),
        ("=", "dấu “=”"),
    ],
)
def test_formulas_excel_would_not_open_are_refused(formula: str, reason: str) -> None:
    with pytest.raises(WriteRefused, match=re.escape(reason)):
        guard_formula(formula)


@pytest.mark.parametrize(
    "formula",
    [
        WHOLE,
        f'="{"x" * 255}"',
        f"=SUM({','.join(['1'] * 255)})",
        "=" + "ABS(" * 64 + "1" + ")" * 64,
        '=SUM(COUNTIF(A1:A5,{"a","b;c"}))+SUM($A:$C,$1:$3)',
        "='Biểu 1'!$D$9*LOG10(2)^-1.5E+3%",
        '=IF(A1="nói ""có""",TRUE,bieu1_1)',
    ],
)
def test_formulas_excel_opens_are_let_pass(formula: str) -> None:
    assert guard_formula(formula) is formula


def test_rules_on_cells_are_short_and_stay_on_their_sheet() -> None:
    assert guard_rule_formula("=" + "1+" * 127 + "1")
    with pytest.raises(WriteRefused, match="255"):
        guard_rule_formula("=" + "1+" * 128)
    with pytest.raises(WriteRefused, match="trang khác"):
        guard_rule_formula("='Biểu 2'!A1>0")


@pytest.mark.parametrize(
    "name",
    [
        *("abe1", "ABE1", "rc", "R3C", "r", "C", "R1C1", "c12", "true", "False", "dvc1"),
        *("1x", "x-y", "a!b", "a b", "", "_xlnm.Print_Area", "x" * 256),
    ],
)
def test_names_excel_takes_for_something_else_are_refused(name: str) -> None:
    with pytest.raises(WriteRefused, match="tên vùng"):
        guard_name(name)


@pytest.mark.parametrize("name", ["bieu1_1", "kytruoc_bieu1_1", "cchc_ma_don_vi", "tỷ_lệ", "rcx", "abcd1"])
def test_names_of_the_catalogue_are_let_pass(name: str) -> None:
    assert guard_name(name) == name
