"""One expression text, three uses: `evaluate` it, write it as a live formula, list what it refers to.

The language (parsed with `ast`, whitelisted, never `eval`): numbers, indicator codes, `previous.code` (last
period's value), `city.name` (a parameter of the regime), + - * /, one comparison at a time, and/or/not,
round min max abs, and three questions about a cell:
`present(x)` a number or KPS stands there · `number(x)` a number was typed · `or_zero(x)` its number, blank
and KPS as 0. A plain name takes part in the guard: while it is blank, nothing is concluded.

A figure is a Decimal, None (blank), "KPS", or any other text. KPS counts as 0.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation
from functools import lru_cache

from cchc_xl import texts
from cchc_xl.model import KPS, Outcome
from cchc_xl.model.errors import ExpressionError
from cchc_xl.model.terms import PREVIOUS_PREFIX, Figure, Figures

Parameters = Mapping[str, Decimal]

_NUMERIC, _BOOLEAN = "number", "boolean"
_STEP = Decimal("0.000001")  # comparisons look at six decimals, as the live formulas do
_ARITHMETIC = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_COMPARISONS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "=", ast.NotEq: "<>"}
_CELL_FUNCTIONS = {"present": _BOOLEAN, "number": _BOOLEAN, "or_zero": _NUMERIC}
_NUMBER_FUNCTIONS = {"round": (2, 2), "min": (1, 30), "max": (1, 30), "abs": (1, 1)}


@dataclass(frozen=True, slots=True)
class Node:
    """One operation. `kind`: literal, name, parameter, a cell function, an operator or a function name."""

    kind: str
    operands: tuple[Node, ...] = ()
    text: str = ""  # literal, name or parameter
    is_boolean: bool = False


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed expression. `guarded` must be filled before anything is concluded; `names` is everything."""

    text: str
    root: Node
    names: tuple[str, ...]
    guarded: tuple[str, ...]
    parameters: tuple[str, ...]

    @property
    def is_boolean(self) -> bool:
        return self.root.is_boolean


# --- parsing ---------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """Parse `text`. Raises ExpressionError naming the part that is outside the language."""
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError) as fault:
        raise ExpressionError(texts.text("expression_syntax", expression=text)) from fault
    root = _node(tree.body, text)
    names: dict[str, bool] = {}
    parameters: dict[str, None] = {}
    _collect(root, names, parameters)
    guarded = tuple(name for name, is_guarded in names.items() if is_guarded)
    return Expression(text, root, tuple(names), guarded, tuple(parameters))


def references(text: str) -> tuple[str, ...]:
    """Every figure the expression looks at, in reading order; last period's as `kytruoc_<code>`."""
    return parse(text).names


def _refuse(node: ast.AST, text: str) -> ExpressionError:
    return ExpressionError(texts.text("expression_refused", expression=text, part=ast.unparse(node)))


def _node(node: ast.AST, text: str) -> Node:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return Node("literal", text=ast.get_source_segment(text.strip(), node) or repr(node.value))
    if isinstance(node, ast.Name):
        return Node("name", text=node.id)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        if node.value.id == "previous":
            return Node("name", text=PREVIOUS_PREFIX + node.attr)
        if node.value.id == "city":
            return Node("parameter", text=node.attr)
    if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        operands = (_numeric(node.left, text), _numeric(node.right, text))
        return Node(_ARITHMETIC[type(node.op)], operands)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return Node("negate", (_numeric(node.operand, text),))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return Node("not", (_boolean(node.operand, text),), is_boolean=True)
    if isinstance(node, ast.BoolOp):
        kind = "and" if isinstance(node.op, ast.And) else "or"
        return Node(kind, tuple(_boolean(v, text) for v in node.values), is_boolean=True)
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _COMPARISONS:
        return _comparison(node, text)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
        return _call(node, node.func.id, text)
    raise _refuse(node, text)


def _comparison(node: ast.Compare, text: str) -> Node:
    sign = _COMPARISONS[type(node.ops[0])]
    left, right = _node(node.left, text), _node(node.comparators[0], text)
    if left.is_boolean != right.is_boolean or (left.is_boolean and sign not in ("=", "<>")):
        raise _refuse(node, text)
    return Node(sign, (left, right), is_boolean=True)


def _call(node: ast.Call, function: str, text: str) -> Node:
    if function in _CELL_FUNCTIONS and len(node.args) == 1:
        cell = _node(node.args[0], text)
        if cell.kind == "name":
            return Node(function, (cell,), is_boolean=_CELL_FUNCTIONS[function] == _BOOLEAN)
    if function in _NUMBER_FUNCTIONS:
        least, most = _NUMBER_FUNCTIONS[function]
        if least <= len(node.args) <= most:
            return Node(function, tuple(_numeric(a, text) for a in node.args))
    raise _refuse(node, text)


def _numeric(node: ast.AST, text: str) -> Node:
    parsed = _node(node, text)
    if parsed.is_boolean:
        raise _refuse(node, text)
    return parsed


def _boolean(node: ast.AST, text: str) -> Node:
    parsed = _node(node, text)
    if not parsed.is_boolean:
        raise _refuse(node, text)
    return parsed


def _collect(node: Node, names: dict[str, bool], parameters: dict[str, None], guarded: bool = True) -> None:
    if node.kind == "name":
        names[node.text] = names.get(node.text, False) or guarded
    elif node.kind == "parameter":
        parameters[node.text] = None
    for operand in node.operands:
        _collect(operand, names, parameters, guarded and node.kind not in _CELL_FUNCTIONS)


# --- evaluation ------------------------------------------------------------------------------------------


def is_text(figure: Figure) -> bool:
    """True for anything that is neither a number nor KPS nor blank."""
    return isinstance(figure, str) and figure.upper() != KPS


def evaluate_formula(text: str, figures: Figures, parameters: Parameters | None = None) -> Figure:
    """Value of a computed indicator: the exact number, None while a part is missing, "KPS" over 0 or KPS."""
    expression = parse(text)
    if any(is_text(figures.get(name)) for name in expression.names):
        return None
    if any(figures.get(name) is None for name in expression.guarded):
        return None
    try:
        return _number(expression.root, figures, parameters or {})
    except (DivisionByZero, InvalidOperation):
        return KPS


def evaluate(
    assertion: str,
    figures: Figures,
    *,
    when: str | None = None,
    missing: str = "skip",
    tolerance: Decimal = Decimal(0),
    parameters: Parameters | None = None,
) -> Outcome:
    """What the rule says of these figures. `missing` = "fail" makes a blank in the assertion a failure."""
    stated, condition = parse(assertion), parse(when) if when else None
    known = parameters or {}
    names = stated.names + (condition.names if condition else ())
    if any(is_text(figures.get(name)) for name in names):
        return Outcome.TEXT
    try:
        if condition:
            if any(figures.get(name) is None for name in condition.guarded):
                return Outcome.NOT_EVALUABLE
            if not _truth(condition.root, figures, known, Decimal(0)):
                return Outcome.PASSED
        if any(figures.get(name) is None for name in stated.guarded):
            return Outcome.FAILED if missing == "fail" else Outcome.NOT_EVALUABLE
        return Outcome.PASSED if _truth(stated.root, figures, known, tolerance) else Outcome.FAILED
    except (DivisionByZero, InvalidOperation):
        return Outcome.NOT_EVALUABLE
    except KeyError:
        return Outcome.RULE_ERROR


_BINARY: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


def evaluate_node(node: Node, figures: Figures, parameters: Parameters) -> Decimal:
    """The numeric value of a part of an expression; blank, KPS and texts as 0."""
    return _number(node, figures, parameters)


def _number(node: Node, figures: Figures, parameters: Parameters) -> Decimal:
    kind = node.kind
    if kind == "name":
        figure = figures.get(node.text)
        return figure if isinstance(figure, Decimal) else Decimal(0)
    if kind == "or_zero":
        return _number(node.operands[0], figures, parameters)
    if kind == "literal":
        return Decimal(node.text)
    if kind == "parameter":
        return parameters[node.text]
    values = [_number(operand, figures, parameters) for operand in node.operands]
    if kind in _BINARY:
        return _BINARY[kind](values[0], values[1])
    if kind == "negate":
        return -values[0]
    if kind == "abs":
        return abs(values[0])
    if kind == "round":
        return values[0].quantize(Decimal(1).scaleb(-int(values[1])), ROUND_HALF_UP)
    return min(values) if kind == "min" else max(values)


def _truth(node: Node, figures: Figures, parameters: Parameters, tolerance: Decimal) -> bool:
    kind = node.kind
    if kind == "and":
        return all(_truth(o, figures, parameters, tolerance) for o in node.operands)
    if kind == "or":
        return any(_truth(o, figures, parameters, tolerance) for o in node.operands)
    if kind == "not":
        return not _truth(node.operands[0], figures, parameters, tolerance)
    if kind in ("present", "number"):
        figure = figures.get(node.operands[0].text)
        return isinstance(figure, Decimal) or (kind == "present" and figure is not None)
    left, right = node.operands
    if left.is_boolean:
        same = _truth(left, figures, parameters, tolerance) == _truth(right, figures, parameters, tolerance)
        return same == (kind == "=")
    difference = _number(left, figures, parameters) - _number(right, figures, parameters)
    return _compares(difference, kind, tolerance)


def _compares(difference: Decimal, sign: str, tolerance: Decimal) -> bool:
    rounded = difference.quantize(_STEP, ROUND_HALF_UP)
    if sign == "=":
        return abs(rounded) <= tolerance
    if sign == "<>":
        return abs(rounded) > tolerance
    if sign == "<=":
        return rounded <= tolerance
    if sign == ">=":
        return rounded >= -tolerance
    return rounded < 0 if sign == "<" else rounded > 0
