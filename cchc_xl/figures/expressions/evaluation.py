"""What a formula gives: the tree made into one Python function of the cells' contents."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Protocol

from cchc_xl import texts
from cchc_xl.figures.expressions.functions import FUNCTIONS, NUMERIC
from cchc_xl.figures.expressions.nodes import Node
from cchc_xl.figures.expressions.values import ErrorValue, Value, number, order, text
from cchc_xl.figures.rounding import round_half_up
from cchc_xl.model.errors import ExpressionError


class Cells(Protocol):
    """Contents by the keys of cells and areas; what is not there is blank."""

    def get(self, key: str, /) -> Value: ...


Evaluator = Callable[[Cells], Value]


@dataclass(frozen=True, eq=False)
class Formula:
    """A live formula: its tree, and its value for what stands in the cells it looks at."""

    root: Node

    @property
    def is_constant(self) -> bool:
        """Whether it looks at no cell at all."""
        return all(part.kind not in ("cell", "area") for part in self.root.walk())

    @cached_property
    def value(self) -> Evaluator:
        """Value for the contents of the cells, by key. Raises ErrorValue where the cell shows an error."""
        return evaluator(self.root)


def evaluator(tree: Node) -> Evaluator:
    """The tree as a function. Raises ExpressionError for a node that no cell computes."""
    kind, operands = tree.kind, tree.operands
    if kind == "literal":
        return _constant(Decimal(tree.text))
    if kind == "text":
        return _constant(tree.text)
    if kind in ("cell", "area"):
        return _content(tree.text)
    if kind in ("TRUE", "FALSE"):
        return _constant(kind == "TRUE")
    if kind == "()":
        return evaluator(operands[0])
    if kind in _OWN_WAY:
        return _OWN_WAY[kind](*operands)
    if kind == "ROUND" and operands[1].kind == "literal":
        return _rounded(evaluator(operands[0]), int(operands[1].text))
    function = _function_of(tree)
    if all(operand.kind == "cell" for operand in operands):
        return _of_cells(function, tuple(operand.text for operand in operands))
    parts = tuple(map(evaluator, operands))
    if len(parts) == 1:
        return _of_one(function, *parts)
    return _of_two(function, *parts) if len(parts) == 2 else _of_many(function, parts)


def _function_of(tree: Node) -> Callable[..., Value]:
    if tree.kind == "+" and len(tree.operands) > 2:
        return _added
    function = _OF_NUMBERS.get(tree.kind) if all(map(_gives_number, tree.operands)) else None
    function = function or FUNCTIONS.get(tree.kind) or _SIGNS.get(tree.kind)
    if function is None:
        raise ExpressionError(texts.text("expression_not_evaluated", part=tree.kind))
    return function


def _gives_number(tree: Node) -> bool:
    """Whether nothing but a number can come out, so that signs need not look."""
    if tree.kind == "()":
        return _gives_number(tree.operands[0])
    return tree.kind in NUMERIC or tree.kind in ("literal", "+", "-", "*", "/", "negate")


# A cell's content, a constant, a function of one, two or many operands: each as short a way as it can be,
# since every rule of every file goes through them.


def _constant(value: Value) -> Evaluator:
    return lambda cells: value


def _content(key: str) -> Evaluator:
    return lambda cells: cells.get(key)


def _of_cells(function: Callable[..., Value], keys: tuple[str, ...]) -> Evaluator:
    if len(keys) == 1:
        (key,) = keys
        return lambda cells: function(cells.get(key))
    return lambda cells: function(*map(cells.get, keys))


def _rounded(x: Evaluator, digits: int) -> Evaluator:
    return lambda cells: round_half_up(number(x(cells)), digits)


def _of_one(function: Callable[..., Value], x: Evaluator) -> Evaluator:
    return lambda cells: function(x(cells))


def _of_two(function: Callable[..., Value], x: Evaluator, y: Evaluator) -> Evaluator:
    return lambda cells: function(x(cells), y(cells))


def _of_many(function: Callable[..., Value], operands: tuple[Evaluator, ...]) -> Evaluator:
    return lambda cells: function(*[operand(cells) for operand in operands])


# --- signs -----------------------------------------------------------------------------------------------


def _divided(above: Value, below: Value) -> Decimal:
    divisor = number(below)
    if not divisor:
        raise ErrorValue
    return number(above) / divisor


def _added(*terms: Value) -> Decimal:
    return sum(map(number, terms), Decimal(0))


_SIGNS: dict[str, Callable[..., Value]] = {
    "+": lambda x, y: number(x) + number(y),
    "-": lambda x, y: number(x) - number(y),
    "*": lambda x, y: number(x) * number(y),
    "/": _divided,
    "negate": lambda x: -number(x),
    "&": lambda x, y: text(x) + text(y),
    "=": lambda x, y: order(x, y) == 0,
    "<>": lambda x, y: order(x, y) != 0,
    "<": lambda x, y: order(x, y) < 0,
    "<=": lambda x, y: order(x, y) <= 0,
    ">": lambda x, y: order(x, y) > 0,
    ">=": lambda x, y: order(x, y) >= 0,
}
_OF_NUMBERS: dict[str, Callable[..., Value]] = {  # the same where nothing but numbers comes in
    "MIN": lambda *numbers: min(numbers),
    "MAX": lambda *numbers: max(numbers),
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "negate": operator.neg,
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


# --- functions that look at their operands one by one ----------------------------------------------------


def _choice(condition: Node, then: Node, otherwise: Node) -> Evaluator:
    holds, one, other = evaluator(condition), evaluator(then), evaluator(otherwise)
    return lambda cells: one(cells) if holds(cells) else other(cells)


def _unless_error(tree: Node, otherwise: Node) -> Evaluator:
    wanted, other = evaluator(tree), evaluator(otherwise)

    def value(cells: Cells) -> Value:
        try:
            return wanted(cells)
        except ErrorValue:
            return other(cells)

    return value


def _is_error(tree: Node) -> Evaluator:
    wanted = evaluator(tree)

    def value(cells: Cells) -> bool:
        try:
            wanted(cells)
        except ErrorValue:
            return True
        return False

    return value


class _Row:
    """Cells seen from one row of their areas."""

    def __init__(self, cells: Cells, row: int) -> None:
        self._cells, self._row = cells, row

    def get(self, key: str, /) -> Value:
        content = self._cells.get(key)
        return content[self._row] if isinstance(content, tuple) else content


def _rows_where(*conditions: Node) -> Evaluator:
    areas = {part.text for condition in conditions for part in condition.walk() if part.kind == "area"}
    hold = tuple(map(evaluator, conditions))

    def value(cells: Cells) -> Decimal:
        length = max(len(cells.get(key) or ()) for key in areas)
        rows = (_Row(cells, n) for n in range(length))
        return Decimal(sum(all(condition(row) for condition in hold) for row in rows))

    return value


_OWN_WAY: Mapping[str, Callable[..., Evaluator]] = {
    "IF": _choice,
    "IFERROR": _unless_error,
    "ISERROR": _is_error,
    "ROWS_WHERE": _rows_where,
}
