"""What stands in cells, as Excel takes it: numbers, texts, blanks, errors, columns of them.

A value is a number (Decimal, days too), a text, True or False, None (a blank cell) or, for an area, a tuple
of such.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from cchc_xl.figures.rounding import tidy

Value = Any  # Decimal | str | bool | None, or a tuple of them
_LIMIT = re.compile(r"(<=|>=|<|>)(-?[0-9]+(?:,[0-9]+)?)")


class ErrorValue(Exception):
    """A cell would show #VALUE!, #DIV/0! …: runs through everything but IFERROR and ISERROR."""


def number(value: Value) -> Decimal:
    """As arithmetic takes it. A text is an error: whether Excel reads "5.650" depends on the PC."""
    if isinstance(value, Decimal):
        return value
    if value is None:
        return Decimal(0)
    if isinstance(value, bool):
        return Decimal(value)
    raise ErrorValue


def text(value: Value) -> str:
    """As `&` takes it; a number with the decimal comma of a Vietnamese PC."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return format(tidy(value), "f").replace(".", ",")


def order(left: Value, right: Value) -> int:
    """-1, 0 or 1 as Excel sorts: numbers before texts before FALSE and TRUE; a blank is 0, "" or FALSE."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return (left > right) - (left < right)
    if left is None:
        left = _blank_beside(right)
    if right is None:
        right = _blank_beside(left)
    ranks = (_rank(left), _rank(right))
    if ranks[0] != ranks[1]:
        return -1 if ranks[0] < ranks[1] else 1
    if isinstance(left, str):
        left, right = left.casefold(), right.casefold()
    return bool(left > right) - bool(left < right)


def _blank_beside(other: Value) -> Value:
    if isinstance(other, str):
        return ""
    return False if isinstance(other, bool) else Decimal(0)


def _rank(value: Value) -> int:
    if isinstance(value, bool):
        return 2
    return 1 if isinstance(value, str) else 0


def single(values: tuple[Value, ...]) -> Iterator[Value]:
    """Every cell of a function's operands, areas cell by cell."""
    for value in values:
        if isinstance(value, tuple):
            yield from value
        else:
            yield value


def is_number(value: Value) -> bool:
    return isinstance(value, Decimal)


class Area(tuple[Value, ...]):
    """The cells of a column, which many formulas look at: rows that meet a criterion are found once."""

    def __new__(cls, values: Iterable[Value]) -> Area:
        made = super().__new__(cls, values)
        made._found = {}
        return made

    _found: dict[Value, frozenset[int]]

    def meeting(self, wanted: Value) -> frozenset[int]:
        """Positions of the cells that meet a criterion; a blank cell meets none."""
        if wanted not in self._found:
            meets = _criterion(wanted)
            self._found[wanted] = frozenset(n for n, value in enumerate(self) if meets(value))
        return self._found[wanted]


def _criterion(wanted: Value) -> Callable[[Value], bool]:
    """A number or text to be equal to, "<>" for anything at all, ">=0,5" for numbers on one side of one."""
    if wanted == "<>":
        return lambda value: value is not None
    limit = _LIMIT.fullmatch(wanted) if isinstance(wanted, str) else None
    if limit is None:
        return lambda value: value is not None and order(value, wanted) == 0
    sign, bound = limit[1], Decimal(limit[2].replace(",", "."))
    sides = {"<": (-1,), "<=": (-1, 0), ">": (1,), ">=": (1, 0)}[sign]
    return lambda value: is_number(value) and order(value, bound) in sides
