"""What a stated expression means, as the formula of a cell: its guards, its comparisons, its marks.

A figure is a number, None (blank), "KPS", or any other text; KPS counts as 0. Blank, 0 and KPS are three
things: a guard looks for texts and for blanks before anything is compared, since Excel itself says
blank <= 5, makes #VALUE! of KPS + 1 and 5651 of the text "5650" + 1. Comparisons look at six decimals.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from cchc_xl.figures.expressions.functions import (
    ABS,
    AND,
    COUNT,
    COUNTA,
    COUNTIF,
    IF,
    IFERROR,
    LEN,
    MAX,
    MIN,
    NOT,
    OR,
    ROUND,
    TEXTS_AMONG,
    TRIM,
    N,
)
from cchc_xl.figures.expressions.nodes import Node, bracketed, cell, compared, node
from cchc_xl.figures.expressions.parsing import Expression, parse
from cchc_xl.model import KPS, Outcome, Severity, ValidationRule
from cchc_xl.model.errors import ExpressionError
from cchc_xl.texts import text

Parameters = Mapping[str, Decimal]
FigureNode = Callable[[str], Node]  # from a name to the number that stands for it

PASSED, WAITING, TEXT_FAULT = "✔", "…", text("mark_text_fault")
FAILED: Mapping[Severity, str] = {Severity.ERROR: "✖", Severity.WARNING: "⚠", Severity.NOTICE: "ℹ"}
OUTCOMES: Mapping[str, Outcome] = {
    PASSED: Outcome.PASSED,
    WAITING: Outcome.NOT_EVALUABLE,
    TEXT_FAULT: Outcome.TEXT,
    **dict.fromkeys(FAILED.values(), Outcome.FAILED),
}
NOTE = "note"  # key of the cell in which words satisfy a rule that says so
_DECIMALS = 6
_FUNCTIONS = {"and": AND, "or": OR, "not": NOT, "round": ROUND, "min": MIN, "max": MAX, "abs": ABS}
_NOTHING: Parameters = {}


@dataclass(frozen=True, slots=True)
class Statement:
    """A rule's own words: what must hold, when, how exactly, and what a blank means."""

    assertion: str
    severity: Severity = Severity.ERROR
    when: str | None = None
    missing: str = "skip"
    tolerance: Decimal = Decimal(0)
    unless_noted: bool = False


def mark_of_rule(rule: ValidationRule, parameters: Parameters) -> Node:
    """`mark_of` the rule."""
    return mark_of(
        Statement(rule.assertion, rule.severity, rule.when, rule.missing, rule.tolerance, rule.unless_noted),
        parameters,
    )


def mark_of(said: Statement, parameters: Parameters = _NOTHING) -> Node:
    """The mark of a rule: ✔ · ✖/⚠/ℹ by severity · … · ✖ chữ. Raises ExpressionError."""
    stated, condition = parse(said.assertion), parse(said.when) if said.when else None
    failed: Node = node(FAILED[said.severity])
    if said.unless_noted:
        failed = IF(LEN(TRIM(cell(NOTE))) > 0, PASSED, failed)
    body = IF(meant(stated.root, parameters, said.tolerance), PASSED, failed)
    body = _unless_blank(stated, failed if said.missing == "fail" else node(WAITING), body)
    names = stated.names
    if condition:
        body = _unless_blank(condition, node(WAITING), IF(meant(condition.root, parameters), body, PASSED))
        names = tuple(dict.fromkeys(condition.names + names))
    if _divides(stated.root) or (condition and _divides(condition.root)):
        body = IFERROR(body, WAITING)
    return IF(TEXTS_AMONG(*map(cell, names)) > 0, TEXT_FAULT, body) if names else body


def figure_of(expression: Expression, parameters: Parameters = _NOTHING) -> Node:
    """A computed figure: "" while a part is missing or a text, KPS over 0 or KPS. Raises ExpressionError."""
    root = expression.root
    body = meant(root, parameters)
    if root.kind == "/":
        body = IF(meant(root.operands[1], parameters).equals(0), KPS, body)
    elif _divides(root):
        body = IFERROR(body, KPS)
    if not expression.names:
        return body
    return IF(TEXTS_AMONG(*map(cell, expression.names)) > 0, "", _unless_blank(expression, node(""), body))


def number_in(name: str) -> Node:
    """The number of a figure; 0 for what is none."""
    return N(cell(name))


def meant(
    stated: Node,
    parameters: Parameters,
    tolerance: Decimal = Decimal(0),
    figure: FigureNode = number_in,
) -> Node:
    """A stated tree in terms of cells; guards apart. Raises ExpressionError for an unknown parameter."""
    kind, operands = stated.kind, stated.operands
    if kind == "literal":
        return stated
    if kind == "parameter":
        if stated.text not in parameters:
            raise ExpressionError(text("expression_parameter", name=stated.text))
        return node(parameters[stated.text])
    if kind == "name":
        return figure(stated.text)
    if kind == "or_zero":
        return figure(operands[0].text)
    if kind == "number":
        return bracketed(COUNT(cell(operands[0].text)).equals(1))
    if kind == "present":
        asked = cell(operands[0].text)
        return bracketed((COUNT(asked) + COUNTIF(asked, KPS)).equals(1))
    parts = [meant(operand, parameters, tolerance, figure) for operand in operands]
    if kind in _FUNCTIONS:
        return _FUNCTIONS[kind](*parts)
    if not stated.is_boolean:
        return bracketed(Node(kind, tuple(parts)))
    if operands[0].is_boolean:
        return bracketed(compared(kind, bracketed(parts[0]), bracketed(parts[1])))
    return bracketed(nearly(kind, parts[0], bracketed(parts[1]), tolerance))


def nearly(sign: str, left: Node, right: Node, tolerance: Decimal = Decimal(0)) -> Node:
    """A comparison of two numbers at six decimals."""
    difference = ROUND(left - right, _DECIMALS)
    if sign in ("=", "<>"):
        if not tolerance:
            return compared(sign, difference, 0)
        return compared("<=" if sign == "=" else ">", ABS(difference), tolerance)
    if sign in ("<", ">") or not tolerance:
        return compared(sign, difference, 0)
    return compared(sign, difference, -tolerance if sign == ">=" else tolerance)


def _unless_blank(expression: Expression, blank: Node, body: Node) -> Node:
    if not expression.guarded:
        return body
    filled = COUNTA(*map(cell, expression.guarded))
    return IF(filled < len(expression.guarded), blank, body)


def _divides(stated: Node) -> bool:
    return any(part.kind == "/" for part in stated.walk())
