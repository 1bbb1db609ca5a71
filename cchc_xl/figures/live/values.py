"""Everything the live formulas about figures show, computed in Python on the figures as typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cchc_xl.figures.checks import computed_figures, live_message
from cchc_xl.figures.expressions.evaluation import Cells, Formula
from cchc_xl.figures.expressions.meaning import NOTE
from cchc_xl.figures.live.rules import LiveRule, live_rules
from cchc_xl.figures.live.wording import sentence
from cchc_xl.model import Regime
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.terms import PREVIOUS_PREFIX, Figure, Figures


def mark_key(rule_id: str) -> str:
    """Key of the cell with a rule's mark; the others are of the two sides, the figure shown, the sentence."""
    return f"mark {rule_id}"


def right_key(rule_id: str) -> str:
    return f"right {rule_id}"


def shown_key(rule_id: str) -> str:
    return f"shown {rule_id}"


def words_key(rule_id: str) -> str:
    return f"words {rule_id}"


def own_key(code: str) -> str:
    """Key of an indicator's cell where a formula on its row looks at it, by address and not by name."""
    return f"own {code}"


@dataclass(frozen=True)
class LiveValues:
    """Figures (typed, computed and last period's), and the mark and sides of every rule."""

    figures: Mapping[str, Figure]
    marks: Mapping[str, str]  # rule id -> mark
    sides: Mapping[str, tuple[Figure, Figure, Figure]]  # rule id -> left, right, shown
    cells: Mapping[str, Figure]  # all of it by the keys formulas use


def live_values(
    regime: Regime, typed: Figures, previous: Figures | None = None, notes: Mapping[str, str] | None = None
) -> LiveValues:
    """Evaluate every rule of the workbook for these figures and notes (Ghi chú)."""
    figures: dict[str, Figure] = {code: figure for code, figure in typed.items() if figure not in (None, "")}
    figures.update(computed_figures(regime, figures))
    figures.update(previous_figures(regime, previous or {}))
    rules, noted = live_rules(regime).values(), notes or {}
    marks = {live.rule.id: live.mark.value(_beside(live, figures, noted)) for live in rules}
    sides = {live.rule.id: _sides(live, figures) for live in rules}
    cells: dict[str, Figure] = {own_key(i.code): figures.get(i.code) for i in regime.figures}
    for rule_id, (_, right, shown) in sides.items():
        cells[mark_key(rule_id)] = marks[rule_id]
        cells[right_key(rule_id)], cells[shown_key(rule_id)] = right, shown
        cells[words_key(rule_id)] = sentence(live_message(regime.rule(rule_id)))
    return LiveValues(figures, marks, sides, {**figures, **cells})


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


def _beside(live: LiveRule, figures: Figures, notes: Mapping[str, str]) -> Cells:
    return {**figures, NOTE: notes.get(live.rule.at)} if live.rule.unless_noted else figures


def _sides(live: LiveRule, figures: Figures) -> tuple[Figure, Figure, Figure]:
    return _value(live.left, figures), _value(live.right, figures), _value(live.shown, figures)


def _value(formula: Formula | None, figures: Figures) -> Figure:
    value: Figure = None if formula is None else formula.value(figures)
    return None if value == "" else value
