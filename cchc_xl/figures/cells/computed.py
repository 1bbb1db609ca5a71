"""Computed cells: the figure is recomputed, the stored cell only compared; claimed percentages judged."""

from __future__ import annotations

from decimal import Decimal

from cchc_xl import texts
from cchc_xl.figures import numbers
from cchc_xl.figures.cells.answer import (
    KPS_SPELLINGS,
    Answer,
    Remark,
    folded,
    one_line,
    placed,
    stored_number,
)
from cchc_xl.figures.numbers import Claim
from cchc_xl.figures.rounding import EXACT
from cchc_xl.model import KPS, Finding, Indicator, Kind, Observation, RawCell, Severity, Status


def observe_computed(
    indicator: Indicator,
    raw: RawCell,
    exact: Decimal | str | None,
    form_code: str,
    expected_formula: str | None = None,
) -> tuple[Observation, tuple[Finding, ...]]:
    """The observation of a locked, computed cell: always the recomputed `exact` (a value, KPS or None).

    The stored cell only tells whether its formula is still there and still reads `expected_formula`.
    """
    remarks = _remarks_on_computed(indicator, raw, exact, expected_formula)
    if isinstance(exact, Decimal):
        answer = Answer(Status.VALUE, exact, remarks)
        return placed(answer, indicator, raw, form_code, "", lambda: _recomputed(exact, indicator))
    answer = Answer(Status.NOT_APPLICABLE if exact == KPS else Status.BLANK, None, remarks)
    return placed(answer, indicator, raw, form_code, "", lambda: exact or texts.text("nothing_yet"))


def claimed_percentage(raw: RawCell, exact: Decimal, *, accept_points: bool = False) -> Claim:
    """Judge the percentage a cell claims against the exact fraction; the decimals as written decide.

    A number is a fraction, or percent points when over 1 and `accept_points`. The kindest reading counts.
    """
    claims: tuple[tuple[Decimal, int], ...] = ()
    if raw.kind == "text":
        claims = numbers.claimed_points(raw.text)
    elif raw.kind == "number" and (value := stored_number(raw.text)) is not None:
        in_points = accept_points and value > 1
        claims = (numbers.percent_points(value.scaleb(-2, EXACT) if in_points else value),)
    verdicts = {numbers.judge_percentage(points, exact, decimals) for points, decimals in claims}
    return next((c for c in (Claim.RIGHT, Claim.TRUNCATED) if c in verdicts), Claim.WRONG)


def _remarks_on_computed(
    indicator: Indicator, raw: RawCell, exact: Decimal | str | None, expected_formula: str | None
) -> tuple[Remark, ...]:
    if raw.formula is not None:
        if expected_formula is None or numbers.same_formula(raw.formula, expected_formula):
            return ()
        return (Remark("formula_changed", Severity.ERROR, {"formula": one_line(expected_formula)}),)
    if raw.kind == "blank" or (raw.kind == "text" and not raw.text.strip()):
        return (Remark("formula_missing", Severity.WARNING),)
    standing = _standing(indicator, raw, exact)
    severity = Severity.WARNING if standing in ("typed_agrees", "typed_truncated") else Severity.ERROR
    return (Remark("formula_overwritten", severity, {"verdict": texts.text(standing)}),)


_STANDINGS = {Claim.RIGHT: "typed_agrees", Claim.TRUNCATED: "typed_truncated", Claim.WRONG: "typed_differs"}


def _standing(indicator: Indicator, raw: RawCell, exact: Decimal | str | None) -> str:
    """How a value typed over a formula stands to the recomputed one (a message code)."""
    if exact is None:
        return "typed_unproven"
    if isinstance(exact, Decimal) and indicator.kind is Kind.RATIO:
        return _STANDINGS[claimed_percentage(raw, exact)]
    if isinstance(exact, str):
        agrees = raw.kind == "text" and folded(raw.text) in KPS_SPELLINGS
    elif raw.kind == "text":
        agrees = numbers.read_number(raw.text, indicator).value == exact
    else:
        agrees = raw.kind == "number" and stored_number(raw.text) == exact
    return "typed_agrees" if agrees else "typed_differs"


def _recomputed(exact: Decimal, indicator: Indicator) -> str:
    return numbers.format_percent_vi(exact) if indicator.kind is Kind.RATIO else numbers.format_vi(exact)
