"""Figures that are days: which expressions over indicators give one, and how a reader sees it."""

from __future__ import annotations

from decimal import Decimal

from cchc_xl.figures.expressions import Node, parse
from cchc_xl.model import Kind, Regime
from cchc_xl.model.periods import LAST_DAY_NUMBER, day_of_number
from cchc_xl.model.terms import PREVIOUS_PREFIX


def gives_day(regime: Regime, expression: str) -> bool:
    """Whether an expression gives a day: a date, a date some days later or earlier, one of several dates."""
    return is_day(regime, parse(expression).root)


def compares_days(regime: Regime, assertion: str) -> bool:
    """Whether an assertion compares two sides of which one is a day."""
    root = parse(assertion).root
    return root.is_boolean and any(is_day(regime, side) for side in root.operands if not side.is_boolean)


def is_day(regime: Regime, node: Node) -> bool:
    """The same for a node of an expression; the difference of two days is a number of days."""
    if node.kind == "name":
        indicator = regime.indicators.get(node.text.removeprefix(PREVIOUS_PREFIX))
        return indicator is not None and indicator.kind is Kind.DATE
    if node.kind in ("+", "-"):
        days = [is_day(regime, operand) for operand in node.operands]
        return days[0] != days[1]
    return node.kind in ("or_zero", "min", "max") and any(is_day(regime, part) for part in node.operands)


def format_day(number: Decimal) -> str | None:
    """A day number as dd/mm/yyyy; None for what is no day of the calendar."""
    if number != number.to_integral_value() or not 1 <= number <= LAST_DAY_NUMBER:
        return None
    return f"{day_of_number(int(number)):%d/%m/%Y}"
