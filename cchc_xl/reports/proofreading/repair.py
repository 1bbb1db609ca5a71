"""One change of one figure that makes a statement true: a digit, two digits swapped, a digit dropped."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from cchc_xl.figures.numbers import format_vi, round_half_up
from cchc_xl.reports.proofreading.report import Slip
from cchc_xl.reports.proofreading.tokens import Quantity


def slips_of_sum(total: Quantity, parts: Sequence[Quantity]) -> tuple[Slip, ...]:
    """Single slips that explain why `total` is not the sum of `parts`."""
    added = sum((p.value for p in parts), Decimal(0))
    wanted = [Slip(total, added), *(Slip(p, total.value - (added - p.value)) for p in parts)]
    return tuple(s for s in wanted if s.meant >= 0 and _may_be_slip(s.quantity.value, s.meant))


def slips_of_share(part: Quantity, whole: Quantity, percent: Quantity) -> tuple[Slip, ...]:
    """Single slips that explain why part/whole is not percent."""
    found: list[Slip] = []
    if whole.value:
        right = round_half_up(part.value / whole.value * 100, percent.decimals)
        if is_slip(percent.value, right, percent.decimals):
            found.append(Slip(percent, right))
    for quantity in (part, whole):
        if quantity.value != quantity.value.to_integral_value():
            continue
        for value in slips(quantity.value):
            a, b = (value, whole.value) if quantity is part else (part.value, value)
            if b and a <= b and round_half_up(a / b * 100, percent.decimals) == percent.value:
                found.append(Slip(quantity, value))
    return tuple(found)


def shown_slip(slip: Slip) -> str:
    """The question: "1.257 → 1.275"."""
    quantity = slip.quantity
    value = format_vi(slip.meant, quantity.decimals) if quantity.is_percent else format_vi(slip.meant)
    if not quantity.is_percent and quantity.written >= 1000 and quantity.text.strip().isdigit():
        value = f"{slip.meant:f}"  # this text writes thousands without a dot
    return f"{quantity.text.strip()} → {value}{'%' if quantity.is_percent else ''}"


def is_slip(written: Decimal, meant: Decimal, decimals: int = 0) -> bool:
    """Whether one slip of the hand turns `meant` into `written`."""
    if written == meant:
        return False
    one, other = _digits(written, decimals), _digits(meant, decimals)
    if one is None or other is None:
        return False
    if len(one) == len(other):
        different = [n for n, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
        if len(different) == 1:
            return len(one) > 1
        swapped = len(different) == 2 and different[1] == different[0] + 1
        return (
            swapped and one[different[0]] == other[different[1]] and one[different[1]] == other[different[0]]
        )
    long, short = (one, other) if len(one) > len(other) else (other, one)
    if len(long) != len(short) + 1 or len(short) < 2:
        return False
    return any(long[:n] + long[n + 1 :] == short for n in range(len(long)))


def _may_be_slip(written: Decimal, meant: Decimal) -> bool:
    """As `is_slip`, and numbers of one digit, which a slip turns into any other: they compete."""
    small, large = sorted((written, meant))
    if small == large or large != large.to_integral_value():
        return False
    within_ten = large < 10 or (small < 10 and large < 100 and str(int(small)) in str(int(large)))
    return is_slip(written, meant) or within_ten


def slips(value: Decimal) -> set[Decimal]:
    """Every whole number one slip away."""
    digits = str(int(value))
    found: set[str] = set()
    for n in range(len(digits)):
        found |= {digits[:n] + d + digits[n + 1 :] for d in "0123456789"}
        if n + 1 < len(digits):
            found.add(digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :])
    return {Decimal(f) for f in found if f[0] != "0" or len(f) == 1} - {value}


def _digits(value: Decimal, decimals: int) -> str | None:
    scaled = value.scaleb(decimals)
    return str(int(scaled)) if scaled == scaled.to_integral_value() else None
