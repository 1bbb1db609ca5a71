"""A formula's tree written as Excel reads it, in en-US as files store it."""

from __future__ import annotations

from collections.abc import Mapping

from cchc_xl.figures.expressions.evaluation import Formula
from cchc_xl.figures.expressions.nodes import Node
from cchc_xl.model import KPS

Places = Mapping[str, str]  # addresses by the keys of cells and areas
_NAMED: Places = {}
_BINDING = {
    **dict.fromkeys(("=", "<>", "<", "<=", ">", ">="), 1),
    "&": 2,
    **dict.fromkeys(("+", "-", "TEXTS_AMONG"), 3),
    **dict.fromkeys(("*", "/"), 4),
}
_LONGEST_COUNTED = 80  # characters of a line whose capital letters are counted
_CLOSED = 9  # a call, a literal, a cell: never needs brackets


def to_excel(formula: Formula, places: Places = _NAMED) -> str:
    """The formula with "="; a cell without a place goes by its key, as a defined name."""
    return f"={written(formula.root, places)}"


def written(tree: Node, places: Places = _NAMED) -> str:
    """A part of a formula."""
    kind = tree.kind
    if kind in ("cell", "area"):
        return places.get(tree.text, tree.text)
    if kind == "literal":
        return tree.text
    if kind == "text":
        return quoted(tree.text)
    if kind in ("TRUE", "FALSE"):
        return kind
    parts = [written(operand, places) for operand in tree.operands]
    if kind == "()":
        return f"({parts[0]})"
    if kind == "negate":
        return f"-{parts[0]}" if tree.operands[0].kind not in _BINDING else f"-({parts[0]})"
    if kind == "TEXTS_AMONG":
        listed = ",".join(parts)
        return f"COUNTA({listed})-COUNT({listed})" + "".join(f'-COUNTIF({part},"{KPS}")' for part in parts)
    if kind in _BINDING:
        operands = zip(parts, tree.operands, strict=True)
        return kind.join(_enclosed(part, operand, n, kind) for n, (part, operand) in enumerate(operands))
    if kind == "COMMONEST":
        status, counted, answers = parts
        votes = f'COUNTIFS({status},{counted},{answers},{answers})*({status}={counted})*({answers}<>"")'
        return f"INDEX({answers},SUMPRODUCT(MATCH(MAX({votes}),{votes},0)))"
    if kind == "CAPITALS":
        letters = f"MID({parts[0]},ROW($1:${_LONGEST_COUNTED}),1)"
        return f"SUMPRODUCT(1-EXACT({letters},LOWER({letters})))"
    if kind == "ROWS_WHERE":
        return f"SUMPRODUCT({'*'.join(f'({part})' for part in parts)}*1)"
    return f"{kind}({','.join(parts)})"


def _enclosed(part: str, tree: Node, position: int, sign: str) -> str:
    """An operand in brackets where the signs around it would bind its parts first."""
    least = _BINDING[sign] + (position > 0 and not (sign in "+*&" and tree.kind == sign))
    return part if _BINDING.get(tree.kind, _CLOSED) >= least else f"({part})"


def quoted(text: str) -> str:
    """A text as a formula literal."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
