"""Everything the live formulas of a workbook show, computed in Python on the figures as typed."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from cchc_xl.figures.checks import computed_figures, is_excused
from cchc_xl.figures.expressions import evaluate, evaluate_formula, parse
from cchc_xl.figures.live.formulas import FAILED, mark
from cchc_xl.model import Outcome, Regime, ValidationRule
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.terms import PREVIOUS_PREFIX, Figure, Figures


@dataclass(frozen=True)
class LiveValues:
    """Figures (typed, computed and last period's) and the mark and sides of every rule."""

    figures: Mapping[str, Figure]
    marks: Mapping[str, str]  # rule id -> mark
    sides: Mapping[str, tuple[Figure, Figure, Figure]]  # rule id -> left, right, compared

    def failed(self, rule: ValidationRule) -> bool:
        return self.marks[rule.id] == FAILED[rule.severity]


def live_values(
    regime: Regime, typed: Figures, previous: Figures | None = None, notes: Mapping[str, str] | None = None
) -> LiveValues:
    """Evaluate every formula of the workbook for these figures and notes (Ghi chú)."""
    figures: dict[str, Figure] = {code: figure for code, figure in typed.items() if figure not in (None, "")}
    figures.update(computed_figures(regime, figures))
    figures.update(previous_figures(regime, previous or {}))
    rules = regime.rules
    outcomes = {
        rule.id: evaluate(
            rule.assertion,
            figures,
            when=rule.when,
            missing=rule.missing,
            tolerance=rule.tolerance,
            parameters=regime.parameters,
        )
        for rule in rules
    }
    for rule in rules:
        if outcomes[rule.id] is Outcome.FAILED and is_excused(rule, notes or {}):
            outcomes[rule.id] = Outcome.PASSED
    marks = {rule.id: mark(outcomes[rule.id], rule.severity) for rule in rules}
    sides = {rule.id: _values(compared(rule), figures, regime) for rule in rules}
    return LiveValues(figures, marks, sides)


def previous_figures(regime: Regime, previous: Figures) -> dict[str, Figure]:
    """Last period's figures by their names, ratios computed where only their parts are known."""
    if not previous:
        return {}
    known = {**computed_figures(regime, previous), **previous}
    return {
        PREVIOUS_PREFIX + code: figure
        for code, figure in known.items()
        if figure not in (None, "") and code in regime.indicators
    }


def comparable(regime: Regime, period: ReferencePeriod, before: Figures) -> dict[str, Figure]:
    """Last period's typed figures that this period may be held against: over a new year no cumulative one."""
    starts_anew = period.months[0] == 1
    known = regime.indicators
    return {c: f for c, f in before.items() if c in known and not (starts_anew and known[c].cumulative)}


@dataclass(frozen=True, slots=True)
class Compared:
    """Expressions of the two sides a rule compares, and of the figure shown beside the form's own."""

    left: str | None
    right: str | None
    shown: str | None


@lru_cache(maxsize=4096)
def _sides(assertion: str) -> tuple[str, str] | None:
    root = parse(assertion).root
    if not root.is_boolean or len(root.operands) != 2 or root.operands[0].is_boolean:
        return None
    tree = ast.parse(assertion.strip(), mode="eval").body
    assert isinstance(tree, ast.Compare)
    return ast.unparse(tree.left), ast.unparse(tree.comparators[0])


def compared(rule: ValidationRule) -> Compared:
    """What to show beside a rule; nothing where it does not compare two numbers."""
    sides = _sides(rule.assertion)
    shown = next(iter(rule.shown.values()), None)
    if sides is None:
        return Compared(None, None, shown)
    own_on_the_left = rule.at in parse(sides[0]).names
    return Compared(*sides, shown or sides[1 if own_on_the_left else 0])


def is_equality_of(assertion: str, code: str) -> bool:
    """Whether an assertion says that the figure of `code`, by itself, equals something."""
    root = parse(assertion).root
    return root.kind == "=" and (root.operands[0].kind, root.operands[0].text) == ("name", code)


def _values(pair: Compared, figures: Figures, regime: Regime) -> tuple[Figure, Figure, Figure]:
    left, right, shown = (
        None if text is None else evaluate_formula(text, figures, regime.parameters)
        for text in (pair.left, pair.right, pair.shown)
    )
    return left, right, shown
