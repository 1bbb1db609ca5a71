"""Number texts, constant formulas, rounding and claimed percentages."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.places import EXAMPLES

from cchc_xl.figures import numbers
from cchc_xl.figures.numbers import Claim, Reading
from cchc_xl.model import Indicator, Kind

EXAMPLES = tomllib.loads((EXAMPLES / "number_texts.toml").read_text(encoding="utf-8"))["text"]


def indicator_of(kind: str) -> Indicator:
    maximum = Decimal(20) if kind == "decimal" else None
    return Indicator("bieu3_1_2", "1.2.", "Chỉ tiêu", "Hồ sơ", Kind(kind), maximum=maximum)


@pytest.mark.parametrize("case", EXAMPLES, ids=[f"{c['kind']}-{c['text']!a}" for c in EXAMPLES])
def test_a_text_is_a_number_only_when_one_reading_fits_the_indicator(case):
    found = numbers.read_number(case["text"], indicator_of(case["kind"]))
    assert found.outcome == case["outcome"], case["because"]
    assert found.value == (Decimal(case["value"]) if "value" in case else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5.650", {("5650", False), ("5.65", False)}),
        ("19,884", {("19.884", False), ("19884", False)}),
        ("53,6", {("53.6", False)}),
        ("1.234,5", {("1234.5", False)}),
        ("1,234.5", {("1234.5", False)}),
        ("5.650%", {("56.5", True), ("0.0565", True)}),
        ("0.650", {("0.65", False)}),
        ("-5", {("-5", False)}),
        ("5.", set()),
        ("", set()),
        ("=", set()),
        ("%", set()),
        ("==5", set()),
        ("+5", {("5", False)}),
        ("+-5", set()),
        ("1.234 567", set()),
        ("9" * 41, set()),
    ],
)
def test_every_notation_of_a_text_is_listed(text, expected):
    wanted = {Reading(Decimal(value), percent) for value, percent in expected}
    assert set(numbers.readings(text)) == wanted
    assert len(numbers.readings(text)) == len(wanted)


@given(st.text(max_size=30))
@example("00.000")
@example("-0")
def test_any_text_gives_readings_without_an_exception_and_each_is_finite(text):
    assert all(reading.value.is_finite() for reading in numbers.readings(text))


@given(st.decimals(-(10**12), 10**12, places=3))
def test_a_number_formatted_for_vietnam_is_among_its_own_readings(value):
    assert value in {reading.value for reading in numbers.readings(numbers.format_vi(value))}


@given(st.integers(0, 10**12))
def test_a_whole_number_formatted_for_vietnam_keeps_its_digits(n):
    text = numbers.format_vi(Decimal(n))
    assert text.replace(".", "") == str(n)
    assert all(len(group) == 3 for group in text.split(".")[1:])


@given(st.integers(-(10**15), 10**15), st.integers(0, 6), st.integers(0, 6))
def test_rounding_half_up_equals_integer_arithmetic(scaled, places, digits):
    step = 10 ** max(places - digits, 0)
    magnitude = (2 * abs(scaled) + step) // (2 * step)
    expected = Fraction(magnitude * step, 10**places) * (1 if scaled >= 0 else -1)
    assert Fraction(numbers.round_half_up(Decimal(scaled).scaleb(-places), digits)) == expected


def test_halves_round_away_from_zero_on_the_shortest_notation_of_the_double():
    assert numbers.round_half_up(numbers.from_float(1.005), 2) == Decimal("1.01")
    assert numbers.round_half_up(numbers.from_float(-2.5), 0) == Decimal(-3)
    assert numbers.round_half_up(Decimal(1250), -2) == Decimal(1300)
    assert f"{1.005:.2f}" == "1.00", "why format() may not be used for figures"


def test_a_callers_low_precision_changes_no_figure():
    with localcontext(prec=3):
        assert numbers.format_vi(Decimal("1234567.5")) == "1.234.567,5"
        assert numbers.readings("1.234.567")[0].value == 1234567
        assert numbers.constant_value("123456+1") == 123457
        assert numbers.format_percent_vi(Decimal("0.99327433")) == "99,33 %"


def test_figures_are_shown_the_vietnamese_way():
    assert numbers.format_vi(Decimal(5650)) == "5.650"
    assert numbers.format_vi(Decimal("53.6"), 2) == "53,60"
    assert numbers.format_vi(Decimal("-1234.50")) == "-1.234,5"
    assert numbers.format_vi(Decimal("-0.001"), 2) == "0,00"
    assert numbers.format_percent_vi(Decimal(19884) / Decimal(37094)) == "53,60 %"
    assert numbers.format_percent_vi(Decimal(23) / Decimal(38)) == "60,53 %"


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("907+4501", "5408"),
        ("100%", "1"),
        ("(3+4)*2", "14"),
        (" 1 + 2 ", "3"),
        ("-5", "-5"),
        ("--5", "5"),
        ("2--3", "5"),
        (".5*4", "2"),
        ("1/3*3", "1"),
        ("1/8", "0.125"),
        ("10-4-3", "3"),
        ("50%%", "0.005"),
    ],
)
def test_constant_arithmetic_is_evaluated(formula, value):
    assert numbers.constant_value(formula) == Decimal(value)


NOT_CONSTANT = ["", "A1+1", "bieu3_1_2", "SUM(1,2)", "2^3", "1E5", '"5"', "TRUE", "[1]Sheet1!A1", "1;2", "٣"]
MALFORMED = ["1/0", "1/(2-2)", "907 4501", "1+", "(1", "1)", "1,5", "5.", "%", "1 2%"]
TOO_MUCH = ["1" * 256, "(" * 21 + "1" + ")" * 21]


@pytest.mark.parametrize("formula", [*NOT_CONSTANT, *MALFORMED, *TOO_MUCH])
def test_anything_beyond_constant_arithmetic_has_no_value(formula):
    assert numbers.constant_value(formula) is None


NUMBERS = st.integers(0, 9999).map(str) | st.decimals(0, 99, places=2).map(str)
EXPRESSIONS = st.recursive(
    NUMBERS,
    lambda inner: (
        st.tuples(inner, st.sampled_from("+-*/"), inner).map("".join)
        | inner.map(lambda e: f"({e})")
        | inner.map(lambda e: f"-({e})")
    ),
    max_leaves=8,
)


def python_value(expression: str) -> Fraction | None:
    exact = re.sub(r"[0-9.]+", lambda m: f"Fraction('{m[0]}')", expression)
    try:
        return eval(exact, {"Fraction": Fraction})
    except ZeroDivisionError:
        return None


@given(EXPRESSIONS.filter(lambda e: len(e) <= 255))
def test_constant_arithmetic_means_what_python_means_by_it(expression):
    expected, found = python_value(expression), numbers.constant_value(expression)
    if expected is None:
        assert found is None
    else:
        assert found is not None
        assert abs(Fraction(found) - expected) <= abs(expected) / 10**30


@pytest.mark.parametrize(
    ("claimed", "part", "whole", "decimals", "verdict"),
    [
        ("99.32", 5612, 5650, 2, Claim.TRUNCATED),
        ("99.33", 5612, 5650, 2, Claim.RIGHT),
        ("99.3", 5612, 5650, 1, Claim.RIGHT),
        ("53.6", 19884, 37094, 1, Claim.RIGHT),
        ("10.4", 23, 220, 1, Claim.TRUNCATED),
        ("18.1", 28, 155, 1, Claim.RIGHT),
        ("99.30", 5612, 5650, 2, Claim.WRONG),
        ("100", 5612, 5650, 0, Claim.WRONG),
        ("60.5", 23, 38, 1, Claim.RIGHT),
        ("60.50", 23, 38, 2, Claim.WRONG),
    ],
)
def test_a_claimed_percentage_is_judged_at_the_decimals_as_written(claimed, part, whole, decimals, verdict):
    assert numbers.judge_percentage(Decimal(claimed), Decimal(part) / Decimal(whole), decimals) is verdict


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_a_pasted_double_of_the_exact_quotient_is_always_right(part, whole):
    points, decimals = numbers.percent_points(numbers.from_float(part / whole))
    assert numbers.judge_percentage(points, Decimal(part) / Decimal(whole), decimals) is Claim.RIGHT


def test_written_decimals_of_a_numeric_cell_are_those_of_its_shortest_notation():
    assert numbers.percent_points(numbers.from_float(0.9932)) == (Decimal("99.32"), 2)
    assert numbers.percent_points(Decimal(1)) == (Decimal(100), 0)
    assert numbers.claimed_points("60,50%") == ((Decimal("60.5"), 2),)


def test_formula_texts_are_compared_without_blanks_case_and_prefixes():
    ours = 'IF(COUNT(a_1,b_1)<2,"",ROUND(a_1/b_1,4))'
    assert numbers.same_formula(ours, 'of:=if( count(A_1, B_1)<2 , "" , _xlfn.Round(a_1/b_1,4) )')
    assert not numbers.same_formula(ours, ours.replace("4)", "2)"))
    assert not numbers.same_formula('"KPS "', '"KPS"')
    assert not numbers.same_formula('"KPS"', '"kps"')
