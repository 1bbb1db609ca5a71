"""From the text of an expression to its tree.

The language (parsed with `ast`, whitelisted, never `eval`): numbers, indicator codes, `previous.code` (last
period's value), `city.name` (a parameter of the regime), + - * /, one comparison at a time, and/or/not,
round min max abs, and three questions about a cell:
`present(x)` a number or KPS stands there · `number(x)` a number was typed · `or_zero(x)` its number, blank
and KPS as 0. A plain name takes part in the guard: while it is blank, nothing is concluded.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import lru_cache

from cchc_xl import texts
from cchc_xl.figures.expressions.nodes import Node
from cchc_xl.model.errors import ExpressionError
from cchc_xl.model.terms import PREVIOUS_PREFIX

_NUMERIC, _BOOLEAN = "number", "boolean"
_ARITHMETIC = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_COMPARISONS = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "=", ast.NotEq: "<>"}
_CELL_FUNCTIONS = {"present": _BOOLEAN, "number": _BOOLEAN, "or_zero": _NUMERIC}
_NUMBER_FUNCTIONS = {"round": (2, 2), "min": (1, 30), "max": (1, 30), "abs": (1, 1)}


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed expression. `guarded` must be filled before anything is concluded; `names` is everything."""

    root: Node
    names: tuple[str, ...]
    guarded: tuple[str, ...]
    parameters: tuple[str, ...]

    @classmethod
    def of(cls, root: Node) -> Expression:
        """A part of a parsed expression as one of its own."""
        names: dict[str, bool] = {}
        parameters: dict[str, None] = {}
        _collect(root, names, parameters)
        guarded = tuple(name for name, is_guarded in names.items() if is_guarded)
        return cls(root, tuple(names), guarded, tuple(parameters))

    @property
    def is_boolean(self) -> bool:
        return self.root.is_boolean

    @property
    def sides(self) -> tuple[Node, Node] | None:
        """The two numbers an assertion compares; None where it is no such comparison."""
        root = self.root
        if not root.is_boolean or len(root.operands) != 2 or root.operands[0].is_boolean:
            return None
        return root.operands[0], root.operands[1]


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """Parse `text`. Raises ExpressionError naming the part that is outside the language."""
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError) as fault:
        raise ExpressionError(texts.text("expression_syntax", expression=text)) from fault
    return Expression.of(_node(tree.body, text))


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
