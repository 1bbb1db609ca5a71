"""What a reader takes a shown figure for."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cchc_xl.model import Kind
from cchc_xl.reading.shown_figures import Seen, taken_for

CASES = [
    ("5,650", "5650", Kind.COUNT, Seen.SAME),
    ("5.650", "5650", Kind.COUNT, Seen.SAME),
    ("1.234.567", "1234567", Kind.MONEY, Seen.SAME),
    ("5 650", "5650", Kind.COUNT, Seen.SAME),
    ("5'650", "5650", Kind.COUNT, Seen.SAME),
    ("5650 hồ sơ", "5650", Kind.COUNT, Seen.SAME),
    ("5650.00", "5650", Kind.COUNT, Seen.SAME),
    ("5.65E+3", "5650", Kind.COUNT, Seen.SAME),
    (" - ", "0", Kind.COUNT, Seen.SAME),
    ("(5,650)", "-5650", Kind.COUNT, Seen.SAME),
    ("565.0", "5650", Kind.COUNT, Seen.ANOTHER),
    ("37,094", "37094000", Kind.MONEY, Seen.ANOTHER),
    ("5650000", "5650", Kind.COUNT, Seen.ANOTHER),
    ("5612", "5650", Kind.COUNT, Seen.ANOTHER),
    (".38", "38", Kind.COUNT, Seen.ANOTHER),
    ("-5650", "5650", Kind.COUNT, Seen.ANOTHER),
    ("565000%", "5650", Kind.COUNT, Seen.ANOTHER),
    ("5650 nghìn", "5650", Kind.COUNT, Seen.ANOTHER),
    ("5650k", "5650", Kind.COUNT, Seen.ANOTHER),
    ("2 5650", "5650", Kind.COUNT, Seen.ANOTHER),
    ("quý 2: 5650", "5650", Kind.COUNT, Seen.ANOTHER),
    ("0", "0.4", Kind.DECIMAL, Seen.ANOTHER),
    ("", "5650", Kind.COUNT, Seen.NOTHING),
    ("-", "5650", Kind.COUNT, Seen.NOTHING),
    ("đủ", "5650", Kind.COUNT, Seen.NOTHING),
    ("99.32%", "0.9932", Kind.RATIO, Seen.SAME),
    ("99%", "0.9932", Kind.RATIO, Seen.ROUNDED),
    ("0.9932", "0.9932", Kind.RATIO, Seen.SAME),
    ("993.2‰", "0.9932", Kind.RATIO, Seen.ANOTHER),
    ("12", "12.4", Kind.DECIMAL, Seen.ROUNDED),
    ("12.40", "12.4", Kind.DECIMAL, Seen.SAME),
    ("12.44", "12.4375", Kind.DECIMAL, Seen.SAME),
]


@pytest.mark.parametrize(("shown", "value", "kind", "seen"), CASES)
def test_a_shown_figure_is_taken_for_what_it_says(shown, value, kind, seen):
    assert taken_for(shown, Decimal(value), kind, "Hồ sơ") is seen


def test_the_unit_of_measure_beside_the_number_is_no_other_scale():
    assert taken_for("37094 triệu đồng", Decimal(37094), Kind.MONEY, "Triệu đồng") is Seen.SAME
    assert taken_for("37094 tỷ đồng", Decimal(37094), Kind.MONEY, "Triệu đồng") is Seen.ANOTHER
