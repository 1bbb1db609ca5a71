"""The rules of a regime as live cells: the mark of each, the two sides it compares, the figure beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from cchc_xl.figures.dates import compares_days, is_day
from cchc_xl.figures.expressions import Expression, Formula, Parameters, parse, rule_formulas
from cchc_xl.figures.expressions.meaning import FAILED, PASSED, TEXT_FAULT, WAITING, figure_of
from cchc_xl.model import Outcome, Regime, Severity, ValidationRule
from cchc_xl.model.errors import ExpressionError


@dataclass(frozen=True, eq=False)
class LiveRule:
    """The cells of one rule on "Kiểm tra"; None where it does not compare two numbers."""

    rule: ValidationRule
    mark: Formula
    left: Formula | None
    right: Formula | None
    shown: Formula | None  # the figure shown beside the form's own
    compares_days: bool
    shows_day: bool
    expects: bool  # says what its row should hold while that is blank

    @property
    def failed_mark(self) -> str:
        return FAILED[self.rule.severity]


@lru_cache(maxsize=64)
def live_rules(regime: Regime) -> Mapping[str, LiveRule]:
    """Every rule of the regime by id. Raises ExpressionError for one that cannot be computed."""
    return {rule.id: _live(regime, rule) for rule in regime.rules}


def mark(outcome: Outcome, severity: Severity) -> str:
    """The mark a live check cell shows for an outcome."""
    if outcome is Outcome.FAILED:
        return FAILED[severity]
    if outcome is Outcome.PASSED:
        return PASSED
    return TEXT_FAULT if outcome is Outcome.TEXT else WAITING


def _live(regime: Regime, rule: ValidationRule) -> LiveRule:
    formula = rule_formulas(regime)[rule.id]
    if formula is None:
        raise ExpressionError(rule.id)
    stated = parse(rule.assertion)
    sides = stated.sides
    left, right = map(Expression.of, sides) if sides else (None, None)
    shown = _shown(rule, left, right)
    return LiveRule(
        rule,
        formula,
        _figure(left, regime.parameters),
        _figure(right, regime.parameters),
        _figure(shown, regime.parameters),
        compares_days=compares_days(regime, rule.assertion),
        shows_day=shown is not None and is_day(regime, shown.root),
        expects=rule.when is None
        and rule.severity is Severity.WARNING
        and stated.root.kind == "="
        and (stated.root.operands[0].kind, stated.root.operands[0].text) == ("name", rule.at),
    )


def _shown(rule: ValidationRule, left: Expression | None, right: Expression | None) -> Expression | None:
    """What the message names first, else the side the rule's own figure does not stand on."""
    told = next(iter(rule.shown.values()), None)
    if left is None or right is None:
        return parse(told) if told else None
    return parse(told) if told else right if rule.at in left.names else left


def _figure(side: Expression | None, parameters: Parameters) -> Formula | None:
    return None if side is None else Formula(figure_of(side, parameters))
