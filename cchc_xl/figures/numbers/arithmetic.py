"""vi-VN formatting, and percentages judged against the exact quotient."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from cchc_xl.figures.rounding import EXACT, round_down, round_half_up, tidy

_MOST_SHOWN = 6  # decimals of a percentage anybody writes


def format_vi(value: Decimal, decimals: int | None = None) -> str:
    """vi-VN text: 5.650; 53,60 with two `decimals`; without `decimals` as many as the value has."""
    exact = tidy(value) if decimals is None else round_half_up(value, decimals)
    digits = f"{exact.copy_abs():,f}".translate(str.maketrans(",.", ".,"))
    return f"-{digits}" if exact < 0 else digits


def format_percent_vi(fraction: Decimal, decimals: int = 2) -> str:
    """A fraction as a percentage with two decimals unless told otherwise, half-up: 0.605263… → "60,53 %"."""
    return f"{format_vi(fraction.scaleb(2, EXACT), min(decimals, _MOST_SHOWN))} %"


class Claim(StrEnum):
    """How a claimed percentage stands to the exact quotient."""

    RIGHT = "right"
    TRUNCATED = "truncated"
    WRONG = "wrong"


_MOST_DECIMALS = 10  # beyond, a pasted double differs from the exact quotient by its own last digits


def percent_points(fraction: Decimal) -> tuple[Decimal, int]:
    """A numeric cell's fraction as percent points, and the decimals of its shortest notation."""
    points = tidy(fraction.scaleb(2, EXACT))
    exponent = points.as_tuple().exponent
    return points, max(0, -exponent) if isinstance(exponent, int) else 0


def format_claim_vi(fraction: Decimal) -> str:
    """A claimed fraction at the precision it was written: 0.104 → "10,4 %"."""
    return format_percent_vi(fraction, percent_points(fraction)[1])


def judge_percentage(claimed: Decimal, exact: Decimal, decimals_written: int) -> Claim:
    """Judge `claimed` percent points against the exact fraction, at the decimals as written.

    99.32 (2 decimals) for 5612/5650 is truncated; 18.1 (1 decimal) for 28/155 is right.
    """
    digits = min(decimals_written, _MOST_DECIMALS)
    points = exact.scaleb(2, EXACT)
    shown = round_half_up(claimed, digits)
    if shown == round_half_up(points, digits):
        return Claim.RIGHT
    return Claim.TRUNCATED if shown == round_down(points, digits) else Claim.WRONG
