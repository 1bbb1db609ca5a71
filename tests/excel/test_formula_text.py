from __future__ import annotations

import pytest

from cchc_xl.excel.read.formula_text import in_one_form


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("PAKN!$G$7+'Kiểm tra'!F6", "'PAKN'!$G$7+'Kiểm tra'!F6"),
        ('IF(ISBLANK(A1),FALSE(),true())&"FALSE()"', 'IF(ISBLANK(A1),FALSE,TRUE)&"FALSE()"'),
        ("A1*0.80000000000000004", "A1*0.8"),
        ("A1<0.94999999999999996", "A1<0.95"),
        ("ROUND(A1,6)+1E-6+100000000000000", "ROUND(A1,6)+1E-6+100000000000000"),
        ('"PAKN!A1"&Bảng[PAKN!A1]&[1]Sheet1!A1', '"PAKN!A1"&Bảng[PAKN!A1]&[1]Sheet1!A1'),
        ("'It''s'!A1", "'It''s'!A1"),
        ("SUM(A1:A9)<>N(b)", "SUM(A1:A9)<>N(b)"),
        ("#REF!+1", "#REF!+1"),
    ],
)
def test_a_formula_reads_alike_whichever_program_wrote_it(written, read):
    assert in_one_form(written) == read
    assert in_one_form(read) == read
