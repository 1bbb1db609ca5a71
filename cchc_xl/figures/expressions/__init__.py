"""One expression text, many uses: evaluated, written as a live formula, told in words, asked for its figures.

A figure is a Decimal, None (blank), "KPS", or any other text. KPS counts as 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from cchc_xl.figures.expressions.evaluation import Formula
from cchc_xl.figures.expressions.meaning import (
    OUTCOMES,
    Parameters,
    Statement,
    figure_of,
    mark_of,
    mark_of_rule,
    meant,
)
from cchc_xl.figures.expressions.nodes import Node
from cchc_xl.figures.expressions.parsing import Expression, parse, references
from cchc_xl.model import KPS, Outcome, Regime, Severity
from cchc_xl.model.errors import ExpressionError
from cchc_xl.model.terms import Figure, Figures

__all__ = [
    "Expression",
    "Formula",
    "Node",
    "Parameters",
    "evaluate",
    "evaluate_formula",
    "evaluate_sides",
    "figure_formula",
    "is_text",
    "parse",
    "references",
    "rule_formulas",
]


def is_text(figure: Figure) -> bool:
    """True for anything that is neither a number nor KPS nor blank."""
    return isinstance(figure, str) and figure.upper() != KPS


@lru_cache(maxsize=64)
def rule_formulas(regime: Regime) -> Mapping[str, Formula | None]:
    """The mark of every rule of a regime, by rule id; None for a rule that cannot be computed at all."""
    found: dict[str, Formula | None] = {}
    for rule in regime.rules:
        try:
            found[rule.id] = Formula(mark_of_rule(rule, regime.parameters))
        except ExpressionError:
            found[rule.id] = None
    return found


def figure_formula(text: str, parameters: Parameters | None = None) -> Formula:
    """The live formula of a computed figure. Raises ExpressionError."""
    return _figure_formula(text, _settled(parameters))


def evaluate_formula(text: str, figures: Figures, parameters: Parameters | None = None) -> Figure:
    """Value of a computed figure: the exact number, None while a part is missing, "KPS" over 0 or KPS."""
    value: Figure = figure_formula(text, parameters).value(figures)
    return None if value == "" else value


def evaluate(
    assertion: str,
    figures: Figures,
    *,
    when: str | None = None,
    missing: str = "skip",
    tolerance: Decimal = Decimal(0),
    parameters: Parameters | None = None,
) -> Outcome:
    """What a rule says of these figures. `missing` = "fail" makes a blank in the assertion a failure."""
    said = Statement(assertion, Severity.ERROR, when, missing, tolerance)
    try:
        return OUTCOMES[_mark_formula(said, _settled(parameters)).value(figures)]
    except ExpressionError:
        return Outcome.RULE_ERROR


def evaluate_sides(
    assertion: str, figures: Figures, parameters: Parameters | None = None
) -> tuple[Decimal, Decimal] | None:
    """The two numbers an assertion compares, blank, KPS and texts as 0; None where it compares none."""
    sides = _side_formulas(assertion, _settled(parameters))
    return (sides[0].value(figures), sides[1].value(figures)) if sides else None


_Settled = tuple[tuple[str, Decimal], ...]


def _settled(parameters: Parameters | None) -> _Settled:
    return tuple(sorted(parameters.items())) if parameters else ()


@lru_cache(maxsize=4096)
def _figure_formula(text: str, parameters: _Settled) -> Formula:
    return Formula(figure_of(parse(text), dict(parameters)))


@lru_cache(maxsize=4096)
def _mark_formula(said: Statement, parameters: _Settled) -> Formula:
    return Formula(mark_of(said, dict(parameters)))


@lru_cache(maxsize=1024)
def _side_formulas(assertion: str, parameters: _Settled) -> tuple[Formula, Formula] | None:
    sides = parse(assertion).sides
    if sides is None:
        return None
    left, right = (Formula(meant(side, dict(parameters))) for side in sides)
    return left, right
