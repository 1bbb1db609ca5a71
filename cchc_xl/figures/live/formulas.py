"""Expressions as live Excel formulas (Excel 2007 functions only), with the meaning `expressions` gives them.

Blank, 0 and KPS are three things: a guard looks for texts and for blanks before anything is compared, since
Excel itself says blank <= 5, makes #VALUE! of KPS + 1 and 5651 of the text "5650" + 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from cchc_xl.figures.expressions import Expression, Node, Parameters, parse
from cchc_xl.model import Outcome, Severity
from cchc_xl.model.errors import ExpressionError
from cchc_xl.texts import text

PASSED, WAITING, TEXT_FAULT = "✔", "…", text("mark_text_fault")
FAILED: Mapping[Severity, str] = {Severity.ERROR: "✖", Severity.WARNING: "⚠", Severity.NOTICE: "ℹ"}


def mark(outcome: Outcome, severity: Severity) -> str:
    """The mark a live check cell shows for an outcome."""
    if outcome is Outcome.FAILED:
        return FAILED[severity]
    if outcome is Outcome.PASSED:
        return PASSED
    return TEXT_FAULT if outcome is Outcome.TEXT else WAITING


def rule_formula(
    assertion: str,
    severity: Severity,
    *,
    when: str | None = None,
    missing: str = "skip",
    tolerance: Decimal = Decimal(0),
    parameters: Parameters | None = None,
    note: str | None = None,
) -> str:
    """Formula (with "=") whose result is the rule's mark: ✔ · ✖/⚠/ℹ by severity · … · ✖ chữ.

    `note`: reference to a cell in which any words satisfy the rule.
    """
    stated, condition, known = parse(assertion), parse(when) if when else None, parameters or {}
    failed = f'"{FAILED[severity]}"'
    if note:
        failed = f'IF(LEN(TRIM({note}))>0,"{PASSED}",{failed})'
    body = f'IF({_excel(stated.root, known, tolerance)},"{PASSED}",{failed})'
    blank = failed if missing == "fail" else f'"{WAITING}"'
    body = _guard_blanks(stated, blank, body)
    names = stated.names
    if condition:
        body = f'IF({_excel(condition.root, known, Decimal(0))},{body},"{PASSED}")'
        body = _guard_blanks(condition, f'"{WAITING}"', body)
        names = tuple(dict.fromkeys(condition.names + stated.names))
    if _divides(stated.root) or (condition and _divides(condition.root)):
        body = f'IFERROR({body},"{WAITING}")'
    return f'=IF({text_count(names)}>0,"{TEXT_FAULT}",{body})' if names else f"={body}"


def computed_formula(text: str, parameters: Parameters | None = None) -> str:
    """Formula of a computed indicator: empty while a part is missing, KPS over 0 or KPS."""
    expression, known = parse(text), parameters or {}
    root = expression.root
    body = _excel(root, known, Decimal(0))
    if root.kind == "/":
        body = f'IF({_excel(root.operands[1], known, Decimal(0))}=0,"KPS",{body})'
    body = _guard_blanks(expression, '""', body)
    return f'=IF({text_count(expression.names)}>0,"",{body})'


def text_count(names: tuple[str, ...]) -> str:
    """How many of these cells hold something that is neither a number nor KPS nor blank."""
    listed = ",".join(names)
    return f"COUNTA({listed})-COUNT({listed})" + "".join(f'-COUNTIF({name},"KPS")' for name in names)


def _guard_blanks(expression: Expression, blank: str, body: str) -> str:
    if not expression.guarded:
        return body
    return f"IF(COUNTA({','.join(expression.guarded)})<{len(expression.guarded)},{blank},{body})"


def _divides(node: Node) -> bool:
    return node.kind == "/" or any(_divides(operand) for operand in node.operands)


def _excel(node: Node, parameters: Parameters, tolerance: Decimal) -> str:
    kind, operands = node.kind, node.operands
    if kind == "literal":
        return node.text
    if kind == "parameter":
        if node.text not in parameters:
            raise ExpressionError(text("expression_parameter", name=node.text))
        return format(parameters[node.text], "f")
    if kind == "name":
        return f"N({node.text})"
    if kind == "or_zero":
        return f"N({operands[0].text})"
    if kind == "number":
        return f"(COUNT({operands[0].text})=1)"
    if kind == "present":
        return f'(COUNT({operands[0].text})+COUNTIF({operands[0].text},"KPS")=1)'
    parts = [_excel(operand, parameters, tolerance) for operand in operands]
    if kind == "negate":
        return f"(-{parts[0]})"
    if kind in "+-*/":
        return f"({parts[0]}{kind}{parts[1]})"
    if kind.isalpha():  # and or not round min max abs
        return f"{kind.upper()}({','.join(parts)})"
    if operands[0].is_boolean:
        return f"(({parts[0]}){kind}({parts[1]}))"
    return _comparison(kind, parts[0], parts[1], tolerance)


def _comparison(sign: str, left: str, right: str, tolerance: Decimal) -> str:
    difference = f"ROUND({left}-({right}),6)"
    if sign in ("=", "<>"):
        if not tolerance:
            return f"({difference}{sign}0)"
        return f"(ABS({difference}){'<=' if sign == '=' else '>'}{format(tolerance, 'f')})"
    if sign in ("<", ">") or not tolerance:
        return f"({difference}{sign}0)"
    return f"({difference}{sign}{'-' if sign == '>=' else ''}{format(tolerance, 'f')})"
