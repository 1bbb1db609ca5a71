"""What must hold between the figures of a report, so that a repair can be tried on all of it at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cchc_xl.figures.numbers import round_half_up
from cchc_xl.reports.proofreading.balances import balances_of
from cchc_xl.reports.proofreading.parts import judged, parts_of
from cchc_xl.reports.proofreading.repair import is_slip
from cchc_xl.reports.proofreading.report import Report, Slip
from cchc_xl.reports.proofreading.shares import shares_of
from cchc_xl.reports.proofreading.tokens import Quantity

Values = Mapping[int, Decimal]


@dataclass(frozen=True, slots=True)
class Equation:
    """Figures that must agree: a total and its parts, or (`percent`) part, whole and their percentage."""

    total: Quantity
    parts: tuple[Quantity, ...]
    percent: Quantity | None = None

    @property
    def figures(self) -> tuple[Quantity, ...]:
        return (self.total, *self.parts, *((self.percent,) if self.percent else ()))

    def holds(self, changed: Values) -> bool:
        """Whether the figures agree, some of them changed."""
        values = [changed.get(id(q), q.value) for q in self.parts]
        total = changed.get(id(self.total), self.total.value)
        if self.percent is None:
            return sum(values, Decimal(0)) == total
        stated = changed.get(id(self.percent), self.percent.value)
        return total > 0 and round_half_up(values[0] / total * 100, self.percent.decimals) == stated


def equations_of(report: Report) -> Iterator[Equation]:
    """Every list of parts, balance and share of the report."""
    for parts in parts_of(report):
        equation = Equation(parts.total.quantity, tuple(item.quantity for item in parts.items))
        if len(parts.items) > 1 and (equation.holds({}) or judged(report, parts) is not None):
            yield equation
    for balance in balances_of(report):
        if not balance.needs_all and balance.within is None:
            yield Equation(balance.total.quantity, tuple(part.quantity for part in balance.parts))
    for share in shares_of(report):
        yield Equation(share.whole, (share.part,), share.percent)


def only_repair(slips: Sequence[Slip], equations: Iterable[Equation]) -> Slip | None:
    """The one slip after which everything around agrees; None where there is none or more than one.

    Around: every equation that shares a figure with the changes considered.
    """
    considered = {id(slip.quantity) for slip in slips}
    around = [e for e in equations if considered & {id(q) for q in e.figures}]
    broken = [e for e in around if not e.holds({})]
    healing = [
        slip
        for slip in slips
        if all(e.holds({id(slip.quantity): slip.meant}) for e in around if e in broken or _has(e, slip))
    ]
    one = healing[0] if len(healing) == 1 else None
    return one if one and (one.quantity.is_percent or is_slip(one.quantity.value, one.meant)) else None


def _has(equation: Equation, slip: Slip) -> bool:
    return any(q is slip.quantity for q in equation.figures)
