"""Rounding as Excel does it, vi-VN formatting, and percentages judged against the exact quotient."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from enum import StrEnum

# An explicit context: a caller's changed default context must not change a figure.
EXACT = Context(prec=700)


def tidy(value: Decimal) -> Decimal:
    """The same number without trailing zeros, exponent or negative zero."""
    if value == value.to_integral_value():
        return Decimal(int(value))
    return EXACT.normalize(value)


def from_float(x: float) -> Decimal:
    """The decimal number a double stands for: its shortest repr, as Excel shows and rounds it."""
    return Decimal(repr(x))


def round_half_up(value: Decimal, digits: int) -> Decimal:
    """Excel's ROUND: halves away from zero; `digits` decimals kept (negative: tens, hundreds …)."""
    rounded = value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, EXACT)
    return rounded if digits >= 0 else tidy(rounded)


def format_vi(value: Decimal, decimals: int | None = None) -> str:
    """vi-VN text: 5.650; 53,60 with two `decimals`; without `decimals` as many as the value has."""
    exact = tidy(value) if decimals is None else round_half_up(value, decimals)
    digits = f"{exact.copy_abs():,f}".translate(str.maketrans(",.", ".,"))
    return f"-{digits}" if exact < 0 else digits


def format_percent_vi(fraction: Decimal) -> str:
    """A fraction as a percentage with two decimals, half-up: 0.605263… → "60,53 %"."""
    return f"{format_vi(fraction.scaleb(2, EXACT), 2)} %"


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


def judge_percentage(claimed: Decimal, exact: Decimal, decimals_written: int) -> Claim:
    """Judge `claimed` percent points against the exact fraction, at the decimals as written.

    99.32 (2 decimals) for 5612/5650 is truncated; 18.1 (1 decimal) for 28/155 is right.
    """
    digits = min(decimals_written, _MOST_DECIMALS)
    points = exact.scaleb(2, EXACT)
    shown = round_half_up(claimed, digits)
    if shown == round_half_up(points, digits):
        return Claim.RIGHT
    cut = points.quantize(Decimal(1).scaleb(-digits), ROUND_DOWN, EXACT)
    return Claim.TRUNCATED if shown == cut else Claim.WRONG
