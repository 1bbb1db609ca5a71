"""What number formats make of values: as Excel documents them, and what a reader takes them for."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cchc_xl.excel.read.shown_text import (
    literal_digits,
    shown_number,
    shown_words,
    shows_whole_numbers,
)

SHOWN = [
    ("5650", "General", "5650"),
    ("5650", "#,##0", "5,650"),
    ("37094000", "#,##0,", "37,094"),
    ("5650", "0.0,,", "0.0"),
    ("5650", '0"000"', "5650000"),
    ("5650", '"5612"', "5612"),
    ("5650", ";;;", ""),
    ("0.9932", "0.00%", "99.32%"),
    ("5650", "0%", "565000%"),
    ("5650", "0\\.0", "565.0"),
    ("1234567", "#\\.###\\.##0", "1.234.567"),
    ("38", "#\\.##0", ".38"),
    ("5650", "# ##0", "5 650"),
    ("0", '_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)', " - "),
    ("-5650", "#,##0_);(#,##0)", "(5,650)"),
    ("-3", "0;0", "3"),
    ("-3", "0", "-3"),
    ("5650", '[>1000]#,##0,"k";0', "6k"),
    ("900", '[>1000]#,##0,"k";0', "900"),
    ("5650", "0.00E+00", "5.65E+3"),
    ("0.5", "# ?/?", "0.5"),
    ("5650", "\\1#,##0", "15,650"),
    ("5650", ".00", "5650.00"),
    ("0", "#", ""),
    ("12.5", "0.##", "12.5"),
    ("5650", "[White]0", ""),
    ("5650", "[Red][$-42A]#,##0", "5,650"),
    ("5650", "[$₫-42A]0", "₫5650"),
    ("5650", '"a;b"0', "a;b5650"),
]


@pytest.mark.parametrize(("value", "code", "shown"), SHOWN)
def test_a_number_is_shown_as_excel_shows_it(value, code, shown):
    assert shown_number(Decimal(value), code) == shown


@pytest.mark.parametrize("code", ["dd/mm/yyyy", "[h]:mm", "m/d/yy;@"])
def test_dates_are_no_numbers(code):
    assert shown_number(Decimal(5650), code) is None


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("#,##0", "KPS"),
        (";;;", ""),
        ('0;0;0;"5612"', "5612"),
        ("@", "KPS"),
        ('@" x"', "KPS x"),
        ("0;0", "KPS"),
    ],
)
def test_a_text_is_shown_by_the_fourth_section_only(code, shown):
    assert shown_words("KPS", code) == shown


def test_plain_formats_show_whole_numbers_as_they_are():
    plain = ("General", "GENERAL", "0", "0.00", "#,##0", "#,##0.00", "# ##0", "@", "00000")
    others = ("#,##0,", "0%", '0"0"', ";;;", "#", "0.0,", "\\1#,##0", "#,##0;", "[White]0")
    assert [code for code in plain if not shows_whole_numbers(code)] == []
    assert [code for code in others if shows_whole_numbers(code)] == []
    assert literal_digits('dd/mm/"2025"') and not literal_digits("dd/mm/yyyy")
