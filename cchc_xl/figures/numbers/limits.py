"""What a number must satisfy to stand in a cell, said once.

The reader, the validation of the cell, its live check and the lists all ask here; `macros/modNumbers.bas`
is held against it by a test.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

from cchc_xl.figures.expressions.evaluation import Evaluator, evaluator
from cchc_xl.figures.expressions.functions import ABS, MIN, OR, ROUND
from cchc_xl.figures.expressions.nodes import Node, cell
from cchc_xl.figures.rounding import round_half_up, tidy
from cchc_xl.model import Choice, Kind
from cchc_xl.model.periods import LAST_DAY_NUMBER

LARGEST = Decimal(999_999_999_999_999)  # Excel keeps 15 digits; more were already altered when typed
# Arithmetic leaves 5649,999999999999 where 5650 is meant; never more than a thousandth.
_NEAR, _NEAREST = 10**9, Decimal("0.001")
NUMBER = "number"  # key of the cell the limits speak of
_typed = cell(NUMBER)


class Holder(Protocol):
    """An indicator or a column of a register: whatever has cells."""

    @property
    def kind(self) -> Kind: ...
    @property
    def maximum(self) -> Decimal | None: ...
    @property
    def choices(self) -> tuple[Choice, ...]: ...


@dataclass(frozen=True, slots=True)
class Limit:
    """One thing that must hold: `code` says in one word what is wrong otherwise."""

    code: str  # negative · ratio · fraction · large · choice · day
    holds: Node


def limits(of: Holder) -> tuple[Limit, ...]:
    """Everything a number in the cell must satisfy, in the order faults are told; nothing for a text."""
    return _limits(of.kind, of.maximum, tuple(choice.code for choice in of.choices))


def broken_limit(number: Decimal, of: Holder) -> str | None:
    """Code of the first limit a number breaks, None where it may stand in the cell."""
    cells = {NUMBER: number}
    known = _evaluators(of.kind, of.maximum, tuple(choice.code for choice in of.choices))
    return next((code for code, holds in known if not holds(cells)), None)


def settled(number: Decimal, of: Holder) -> Decimal:
    """The whole number that arithmetic left in a cell of whole numbers; any other number as it is."""
    if of.kind not in (Kind.COUNT, Kind.MONEY) or broken_limit(number, of) in ("negative", "fraction"):
        return number
    return tidy(round_half_up(number, 0))


def maximum(of: Holder) -> Decimal:
    """The largest number the cell takes."""
    return LARGEST if of.maximum is None else of.maximum


@lru_cache(maxsize=1024)
def _limits(kind: Kind, most: Decimal | None, choices: tuple[str, ...]) -> tuple[Limit, ...]:
    if kind is Kind.TEXT:
        return ()
    if kind is Kind.CHOICE:
        answers = (_typed.equals(Decimal(code)) for code in choices if code.isdecimal())
        return (Limit("choice", OR(*answers)),)
    if kind is Kind.DATE:
        return Limit("day", _typed >= 1), Limit("day", _typed <= LAST_DAY_NUMBER)
    found = [Limit("negative", _typed >= 0)]
    if kind is Kind.RATIO:
        found.append(Limit("ratio", _typed <= 1))
    if kind in (Kind.COUNT, Kind.MONEY):
        found.append(Limit("fraction", ABS(_typed - ROUND(_typed, 0)) <= MIN(_typed / _NEAR, _NEAREST)))
    if most is not None or kind is not Kind.RATIO:
        found.append(Limit("large", _typed <= (LARGEST if most is None else most)))
    return tuple(found)


@lru_cache(maxsize=1024)
def _evaluators(
    kind: Kind, most: Decimal | None, choices: tuple[str, ...]
) -> tuple[tuple[str, Evaluator], ...]:
    return tuple((limit.code, evaluator(limit.holds)) for limit in _limits(kind, most, choices))
