"""Formula texts as stored in a file: constant arithmetic evaluated, two texts compared."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from fractions import Fraction

from cchc_xl.figures.rounding import tidy

_QUOTIENT = Context(prec=34)
_LONGEST_FORMULA = 255
_DEEPEST = 20
_TOKEN = re.compile(r"[ \n]*([0-9]+(?:\.[0-9]+)?|\.[0-9]+|[-+*/()%])[ \n]*")


class _NotConstant(Exception):
    """The formula is more than constant arithmetic."""


class _Arithmetic:
    """Recursive descent over + - * / % and brackets, on exact fractions (1/3*3 is 1, as in Excel)."""

    def __init__(self, formula: str) -> None:
        self._tokens: list[str] = []
        position = 0
        while position < len(formula):
            match = _TOKEN.match(formula, position)
            if match is None:
                raise _NotConstant
            self._tokens.append(match[1])
            position = match.end()
        self._next = 0
        self._depth = 0

    def value(self) -> Fraction:
        result = self._sum()
        if self._next != len(self._tokens):
            raise _NotConstant
        return result

    def _take(self, wanted: str) -> str:
        """The next token if it is one of `wanted`, else ""."""
        if self._next < len(self._tokens) and self._tokens[self._next] in wanted:
            self._next += 1
            return self._tokens[self._next - 1]
        return ""

    def _sum(self) -> Fraction:
        result = self._product()
        while sign := self._take("+-"):
            term = self._product()
            result = result + term if sign == "+" else result - term
        return result

    def _product(self) -> Fraction:
        result = self._factor()
        while sign := self._take("*/"):
            factor = self._factor()
            if sign == "/" and factor == 0:
                raise _NotConstant
            result = result * factor if sign == "*" else result / factor
        return result

    def _factor(self) -> Fraction:
        negative = False
        while sign := self._take("+-"):
            negative ^= sign == "-"
        result = self._bracket() if self._take("(") else self._number()
        while self._take("%"):
            result /= 100
        return -result if negative else result

    def _bracket(self) -> Fraction:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _NotConstant
        result = self._sum()
        if not self._take(")"):
            raise _NotConstant
        self._depth -= 1
        return result

    def _number(self) -> Fraction:
        if self._next == len(self._tokens) or self._tokens[self._next] in "+-*/()%":
            raise _NotConstant
        self._next += 1
        return Fraction(Decimal(self._tokens[self._next - 1]))


def constant_value(formula: str) -> Decimal | None:
    """The value of constant arithmetic in a stored formula (en-US, without "="): `907+4501` → 5408.

    None for anything else: references, functions, ^, texts, exponents, division by zero, over 255 characters.
    """
    if len(formula) > _LONGEST_FORMULA:
        return None
    try:
        exact = _Arithmetic(formula).value()
    except _NotConstant:
        return None
    if exact.denominator == 1:
        return Decimal(exact.numerator)
    return tidy(_QUOTIENT.divide(Decimal(exact.numerator), Decimal(exact.denominator)))


_PIECE = re.compile(r"\"[^\"]*\"?|'[^']*'?|[^\"']+")
_PREFIX = re.compile(r"^\s*(?:of:)?=", re.IGNORECASE)
_UNQUOTED_NOISE = re.compile(r"\s+|_xlfn\.|_xlws\.", re.IGNORECASE)


def same_formula(one: str, other: str) -> bool:
    """Whether two stored formula texts say the same: "=", blanks, case and `_xlfn.` prefixes aside."""
    return one == other or _canonical(one) == _canonical(other)


def _canonical(formula: str) -> str:
    pieces = _PIECE.findall(_PREFIX.sub("", formula))
    return "".join(p if p[0] in "\"'" else _UNQUOTED_NOISE.sub("", p).upper() for p in pieces)
