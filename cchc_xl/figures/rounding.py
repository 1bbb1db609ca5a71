"""Exact numbers and their rounding, as Excel does it: the one place where halves are rounded up."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

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
    rounded = value.quantize(_step(digits), ROUND_HALF_UP, EXACT)
    return rounded if digits >= 0 else tidy(rounded)


def round_down(value: Decimal, digits: int) -> Decimal:
    """Excel's ROUNDDOWN: digits beyond are cut off."""
    rounded = value.quantize(_step(digits), ROUND_DOWN, EXACT)
    return rounded if digits >= 0 else tidy(rounded)


@lru_cache(maxsize=64)
def _step(digits: int) -> Decimal:
    return Decimal(1).scaleb(-digits)
