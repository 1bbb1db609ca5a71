"""The one tree behind every rule, figure and live cell: read from a text of the catalogue, or composed.

Two dialects of the same node: what a text *states* (kinds in small letters: name, or_zero, and …) and what a
cell *computes* (kinds as Excel names them: IF, ROUND …, over cells). `meaning` leads from the first to the
second; the second is written by `live.excel.to_excel` and computed by `evaluation`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from string import Formatter
from typing import Union

Operand = Union["Node", Decimal, int, str]


@dataclass(frozen=True, slots=True)
class Node:
    """One operation. `text`: of a literal, or the key of a name, a parameter, a cell or an area."""

    kind: str
    operands: tuple[Node, ...] = ()
    text: str = ""
    is_boolean: bool = False

    def __add__(self, other: Operand) -> Node:
        return Node("+", (self, node(other)))

    def __sub__(self, other: Operand) -> Node:
        return Node("-", (self, node(other)))

    def __mul__(self, other: Operand) -> Node:
        return Node("*", (self, node(other)))

    def __rmul__(self, other: Operand) -> Node:
        return Node("*", (node(other), self))

    def __truediv__(self, other: Operand) -> Node:
        return Node("/", (self, node(other)))

    def __neg__(self) -> Node:
        return Node("negate", (self,))

    def __lt__(self, other: Operand) -> Node:
        return compared("<", self, other)

    def __le__(self, other: Operand) -> Node:
        return compared("<=", self, other)

    def __gt__(self, other: Operand) -> Node:
        return compared(">", self, other)

    def __ge__(self, other: Operand) -> Node:
        return compared(">=", self, other)

    def equals(self, other: Operand) -> Node:
        """`==` compares nodes themselves, so the sign = has a name here."""
        return compared("=", self, other)

    def differs(self, other: Operand) -> Node:
        return compared("<>", self, other)

    def with_cell(self, key: str, other: Node) -> Node:
        """The same with another node in place of a cell."""
        if self.kind == "cell" and self.text == key:
            return other
        operands = tuple(operand.with_cell(key, other) for operand in self.operands)
        return replace(self, operands=operands) if self.operands else self

    def walk(self) -> Iterator[Node]:
        """The node and everything under it, in reading order."""
        yield self
        for operand in self.operands:
            yield from operand.walk()


def node(operand: Operand) -> Node:
    """A node as it is; a number or a text as a literal."""
    if isinstance(operand, Node):
        return operand
    if isinstance(operand, Decimal):
        return Node("literal", text=format(operand, "f"))
    return _literal(operand)


@lru_cache(maxsize=1024)
def _literal(value: int | str) -> Node:
    return Node("text", text=value) if isinstance(value, str) else Node("literal", text=str(value))


@lru_cache(maxsize=8192)  # a rule names each of its figures several times
def cell(key: str) -> Node:
    """The content of a cell: a defined name, or a key that gets its address when the formula is written."""
    return Node("cell", text=key)


def area(key: str) -> Node:
    """The contents of several cells of one column, in `evaluation` a tuple."""
    return Node("area", text=key)


def compared(sign: str, left: Operand, right: Operand) -> Node:
    """A comparison as Excel makes it: texts without regard to case, a blank cell like 0 or an empty text."""
    return Node(sign, (node(left), node(right)), is_boolean=True)


def bracketed(inner: Operand) -> Node:
    """Brackets that stand in the formula though nothing asks for them."""
    inner = node(inner)
    return Node("()", (inner,), is_boolean=inner.is_boolean)


def joined(*parts: Operand) -> Node:
    """Texts one after the other."""
    first, *others = map(node, parts)
    for other in others:
        first = Node("&", (first, other))
    return first


def phrase(template: str, **parts: Operand) -> Node:
    """A text whose {names} are filled from formulas: "tháng {month}"."""
    pieces = [(said, name) for said, name, *_ in Formatter().parse(template)]
    return joined(
        *(part for said, name in pieces for part in (said, parts[name] if name else "") if part != "")
    )


def added(*terms: Operand) -> Node:
    """Many terms in one sum, so that a long one is no deep tree."""
    listed = tuple(map(node, terms))
    return listed[0] if len(listed) == 1 else Node("+", listed)


OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "<>", "<>": "="}


def opposite(condition: Node) -> Node:
    """The condition that holds exactly where this one does not."""
    if condition.kind in OPPOSITE:
        return Node(OPPOSITE[condition.kind], condition.operands, is_boolean=True)
    return Node("NOT", (condition,), is_boolean=True)
