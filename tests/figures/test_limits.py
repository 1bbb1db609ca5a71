"""What a number must satisfy is said once: reader, validation, live check and lists agree on every number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_xl.figures.cells import claimed_percentage, observe
from cchc_xl.figures.live.row_check import check_of
from cchc_xl.figures.live.stated_percentage import judged
from cchc_xl.figures.live.values import live_values
from cchc_xl.figures.live.vietnamese_text import shown_text
from cchc_xl.figures.numbers import LARGEST, Claim, from_float, tidy
from cchc_xl.figures.numbers.limits import NUMBER, broken_limit
from cchc_xl.figures.registers.row_cells import RowContext
from cchc_xl.figures.registers.row_rules import cells_of_row, row_tests
from cchc_xl.model import Choice, Form, Indicator, Kind, RawCell, Regime, Register, RegisterColumn, Status
from cchc_xl.texts import text
from cchc_xl.workbooks.commune.validations import taken_by

CHOICES = (Choice("0", "Không"), Choice("1", "Có"))
ROWS = tuple(
    Indicator(f"thua_{n}", str(n), kind.value, "", kind, maximum=most, choices=choices, help="x")
    for n, (kind, most, choices) in enumerate(
        (
            (Kind.COUNT, None, ()),
            (Kind.COUNT, Decimal(100), ()),
            (Kind.MONEY, None, ()),
            (Kind.RATIO, None, ()),
            (Kind.DECIMAL, Decimal("22.5"), ()),
            (Kind.CHOICE, None, CHOICES),
            (Kind.DATE, None, ()),
        ),
        start=1,
    )
)
FORM = Form("thua", "1", "Thử", "Biểu thử", "Biểu thử", ROWS)
REGIME = Regime("thu", "Thử", "", "1", "", ("Q",), 14, (), (FORM,))
REGISTER = Register(
    "danh",
    "Danh mục",
    "",
    "",
    tuple(RegisterColumn(i.code, i.label, i.kind, choices=i.choices, maximum=i.maximum) for i in ROWS),
)
EDGES = [
    Decimal(text)
    for text in ["0", "1", "0.5", "-1", "100", "101", "22.5", "22.6", "2958465", "2958466", "1e15", "-0.001"]
]
NUMBERS = st.one_of(
    st.sampled_from([*EDGES, LARGEST, LARGEST + 1]),
    st.decimals(min_value=-10, max_value=Decimal(10) ** 16, allow_nan=False, places=3),
).map(lambda number: tidy(from_float(float(number))))  # cells hold doubles


def _read(indicator: Indicator, number: Decimal) -> Status:
    kind = "date" if indicator.kind is Kind.DATE else "number"
    observation, _ = observe(indicator, RawCell("Thử", "D7", kind, f"{number:f}"), "thua")
    return observation.status


@pytest.mark.parametrize("indicator", ROWS, ids=lambda i: f"{i.kind.value} {i.maximum or ''}".strip())
@given(number=NUMBERS)
def test_reader_validation_live_check_list_and_appendix_agree(indicator: Indicator, number: Decimal) -> None:
    stands = broken_limit(number, indicator) is None
    assert (_read(indicator, number) is Status.VALUE) == stands
    assert bool(taken_by(indicator).value({NUMBER: number})) == stands
    live = live_values(REGIME, {indicator.code: number})
    assert (check_of(REGIME, indicator.code).value(live.cells) == "✔") == stands
    assert (shown_text(indicator, number) == "✖") == (not stands)
    if indicator.kind is not Kind.CHOICE:  # a list's answers are texts
        cells = cells_of_row(REGISTER, {indicator.code: number}, RowContext())
        assert any(test.fails(cells) for test in row_tests(REGISTER)) == (not stands)


WORDS = {claim: text(f"wb_claim_{claim.value}") for claim in Claim}


@given(
    part=st.integers(0, 9999),
    whole=st.integers(1, 9999),
    decimals=st.integers(0, 6),
    slip=st.sampled_from((0, 0, 1, -1, 100)),
)
def test_a_stated_percentage_is_judged_live_as_it_is_when_it_is_read(
    part: int, whole: int, decimals: int, slip: int
) -> None:
    exact = Decimal(part) / Decimal(whole)
    points = (exact * 100).quantize(Decimal(1).scaleb(-decimals)) + Decimal(slip).scaleb(-decimals)
    stated = points / 100
    raw = RawCell("Thử", "J7", "number", repr(float(stated)))
    assert judged(Decimal(repr(float(stated))), exact) == WORDS[claimed_percentage(raw, exact)]
