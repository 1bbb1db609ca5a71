"""The expression language: what it accepts, what it refuses, what it says of blank, KPS, 0 and texts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cchc_xl.figures.expressions import Formula, evaluate, evaluate_formula, figure_formula, parse, references
from cchc_xl.figures.expressions.meaning import Statement, mark_of
from cchc_xl.figures.live.excel import to_excel
from cchc_xl.model import Outcome
from cchc_xl.model.errors import ExpressionError


def figures(**given: int | str | None) -> dict[str, Decimal | str | None]:
    return {name: Decimal(value) if isinstance(value, int) else value for name, value in given.items()}


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')",
        "a.b",
        "previous.a.b",
        "a if b else c",
        "[a]",
        "a < b < c",
        "a and 1",
        "not a",
        "(a < b) + 1",
        "(a < b) < (c < d)",
        "present(1)",
        "present(a, b)",
        "round(a)",
        "sum(a, b)",
        "a ** 2",
        "a // b",
        "'text' == a",
        "True == a",
        "lambda: 1",
        "",
        "a <=",
        "(" * 5000 + "a" + ")" * 5000,
    ],
)
def test_what_is_outside_the_language_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse(text)


def test_references_name_every_figure_once_in_reading_order() -> None:
    assert references("previous.aaaa_1 + aaaa_2 <= or_zero(aaaa_3) + aaaa_2") == (
        "kytruoc_aaaa_1",
        "aaaa_2",
        "aaaa_3",
    )


def test_names_inside_cell_questions_are_not_guarded() -> None:
    expression = parse("present(a) and or_zero(b) > c")
    assert expression.names == ("a", "b", "c")
    assert expression.guarded == ("c",)


@pytest.mark.parametrize(
    ("a", "b", "outcome"),
    [
        (1, 2, Outcome.PASSED),
        (3, 2, Outcome.FAILED),
        (2, 2, Outcome.PASSED),
        (None, 2, Outcome.NOT_EVALUABLE),
        (1, None, Outcome.NOT_EVALUABLE),
        ("KPS", 2, Outcome.PASSED),
        (1, "KPS", Outcome.FAILED),
        (0, "KPS", Outcome.PASSED),
        ("1", 2, Outcome.TEXT),
        ("KPS ", None, Outcome.TEXT),
    ],
)
def test_blank_kps_zero_and_text_are_four_things(
    a: int | str | None, b: int | str | None, outcome: Outcome
) -> None:
    assert evaluate("a <= b", figures(a=a, b=b)) is outcome


def test_a_blank_fails_a_rule_that_says_missing_fails() -> None:
    assert evaluate("a <= b", figures(a=1, b=None), missing="fail") is Outcome.FAILED


def test_a_rule_whose_condition_is_false_passes() -> None:
    assert evaluate("b > 5", figures(a=0, b=1), when="a > 0") is Outcome.PASSED
    assert evaluate("b > 5", figures(a=1, b=1), when="a > 0") is Outcome.FAILED
    assert evaluate("b > 5", figures(a=None, b=1), when="a > 0") is Outcome.NOT_EVALUABLE


def test_an_unknown_city_parameter_is_a_rule_error_not_a_pass() -> None:
    assert evaluate("a <= city.nothing", figures(a=1)) is Outcome.RULE_ERROR


def test_comparisons_look_at_six_decimals_as_the_live_formula_does() -> None:
    given = {"a": Decimal("0.1234564"), "b": Decimal("0.1234560")}
    assert evaluate("a == b", given) is Outcome.PASSED
    assert evaluate("a == b", {**given, "a": Decimal("0.1234567")}) is Outcome.FAILED


def test_tolerance_widens_equalities_and_limits_but_not_strict_comparisons() -> None:
    given = figures(a=11, b=10)
    assert evaluate("a <= b", given, tolerance=Decimal(1)) is Outcome.PASSED
    assert evaluate("a == b", given, tolerance=Decimal(1)) is Outcome.PASSED
    assert evaluate("a < b", given, tolerance=Decimal(1)) is Outcome.FAILED


@pytest.mark.parametrize(
    ("part", "whole", "value"),
    [
        (5612, 5650, Decimal(5612) / Decimal(5650)),
        (0, 4, Decimal(0)),
        ("KPS", 4, Decimal(0)),
        (4, 0, "KPS"),
        ("KPS", "KPS", "KPS"),
        (0, 0, "KPS"),
        (None, 4, None),
        (4, None, None),
        ("4", 4, None),
    ],
)
def test_a_ratio_over_nothing_is_kps_and_with_a_blank_part_stays_empty(
    part: int | str | None, whole: int | str | None, value: Decimal | str | None
) -> None:
    assert evaluate_formula("a / b", figures(a=part, b=whole)) == value


def test_live_formulas_ask_for_texts_and_blanks_before_they_compare() -> None:
    formula = to_excel(Formula(mark_of(Statement("aaaa_1 <= aaaa_2"))))
    assert formula.index("COUNTIF") < formula.index("COUNTA(aaaa_1,aaaa_2)<2") < formula.index("ROUND")
    assert formula.endswith('"✔","✖")))')


def test_a_division_in_a_rule_never_shows_an_error_value() -> None:
    assert to_excel(Formula(mark_of(Statement("a / b <= 1")))).count("IFERROR") == 1
    assert to_excel(figure_formula("a / b")).count('"KPS"') >= 2
