"""Confront one submission's figures with the rules of its regime: figures in, findings and verdicts out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from cchc_xl import texts
from cchc_xl.figures.breakdowns import implied_zeros
from cchc_xl.figures.dates import compares_days, format_day, gives_day
from cchc_xl.figures.expressions import (
    Formula,
    evaluate_formula,
    evaluate_sides,
    parse,
    rule_formulas,
)
from cchc_xl.figures.expressions.meaning import NOTE, OUTCOMES
from cchc_xl.figures.numbers import format_percent_vi, format_vi
from cchc_xl.model import (
    KPS,
    Blank,
    Finding,
    Indicator,
    Kind,
    Observation,
    Outcome,
    Regime,
    RuleResult,
    Severity,
    Status,
    ValidationRule,
    Verdict,
)
from cchc_xl.model.addresses import SheetCell
from cchc_xl.model.terms import PREVIOUS_PREFIX, Figure, Figures

_PLACEHOLDER = re.compile(r" \(\{(\w+)\}\)")
UNREADABLE = "?"  # stands for an observation with status error: neither number, KPS nor blank


def figures_of(observations: Iterable[Observation]) -> dict[str, Figure]:
    """Observations as figures for expressions: number, "KPS", None (blank) or unreadable."""
    return {o.indicator: _figure(o) for o in observations}


def places_of(observations: Iterable[Observation]) -> dict[str, SheetCell]:
    """Sheet and cell each figure was really read from."""
    return {o.indicator: (o.sheet, o.cell) for o in observations}


def computed_figures(regime: Regime, figures: Figures) -> dict[str, Figure]:
    """Every computed indicator, exact: Decimal, "KPS" over 0 or KPS, None while a part is missing."""
    return {
        i.code: evaluate_formula(i.formula, figures, regime.parameters)
        for i in regime.indicators.values()
        if i.formula is not None
    }


def confront(
    regime: Regime, figures: Figures, notes: Mapping[str, str] | None = None
) -> tuple[RuleResult, ...]:
    """What every rule says of these figures and of the notes (Ghi chú) beside them, by indicator."""
    formulas, noted = rule_formulas(regime), notes or {}
    return tuple(_confront(rule, formulas[rule.id], figures, noted) for rule in regime.rules)


def check_figures(regime: Regime, observations: Iterable[Observation]) -> tuple[Finding, ...]:
    """Findings of the rules and of blank inputs, in the order of the forms, about every input's observation.

    A blank that a failed rule is about, or that a breakdown reads as 0, is not reported a second time.
    """
    observed = tuple(observations)
    figures, places = figures_of(observed), places_of(observed)
    notes = {o.indicator: o.note for o in observed}
    results = confront(regime, figures, notes)
    failed = [r for r in results if r.outcome in (Outcome.FAILED, Outcome.RULE_ERROR)]
    told = {code for result in failed for code in result.observed if result.observed[code] is None}
    told |= implied_zeros(regime, figures)
    findings = [rule_finding(regime, result, places) for result in failed]
    findings += [
        _blank_finding(regime, i, places) for i in _blank_inputs(regime, figures) if i.code not in told
    ]
    return tuple(sorted(findings, key=lambda f: regime.in_printed_order(f.indicator)))


def judge(printed_forms: Iterable[str], findings: Iterable[Finding]) -> tuple[Verdict, Mapping[str, Verdict]]:
    """Verdict of a readable submission, form by form: an error holds its form, one without form holds all."""
    errors = [f for f in findings if f.severity is Severity.ERROR]
    held = {f.form for f in errors}
    forms = {
        code: Verdict.HELD if code in held or None in held else Verdict.ACCEPTED for code in printed_forms
    }
    return (Verdict.HELD if errors else Verdict.ACCEPTED), forms


def rule_finding(regime: Regime, result: RuleResult, places: Mapping[str, SheetCell]) -> Finding:
    """The finding of a failed rule, naming the cell its figure was read from, figures in vi-VN notation."""
    rule = result.rule
    sheet, cell = place = places[rule.at]
    if result.outcome is Outcome.RULE_ERROR:
        fault = texts.text("rule_error", rule=rule.id)
        remedy = texts.fix("rule_error")
        return _finding("rule_error", Severity.ERROR, regime, rule.at, place, fault, remedy)
    shown = _all_shown(regime, result)
    fault = _PLACEHOLDER.sub(lambda match: f" ({shown[match[1]]})", rule.message)
    left, expected = _sides(regime, result)
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        message=texts.text("at_cell", sheet=sheet, cell=cell, fault=fault),
        fix=rule.fix,
        indicator=rule.at,
        form=rule.form,
        sheet=sheet,
        cell=cell,
        value=left,
        expected=expected,
    )


def _blank_finding(regime: Regime, indicator: Indicator, places: Mapping[str, SheetCell]) -> Finding:
    """The warning that an input is empty."""
    place = places[indicator.code]
    code = "blank_kps" if indicator.accepts_kps else "blank_required"
    fault = texts.text(code, number=indicator.number.rstrip(".") or indicator.label)
    of_kind = {Kind.CHOICE: f"{code}_choice", Kind.DATE: "blank_date", Kind.TEXT: "blank_words"}
    remedy = texts.fix(of_kind.get(indicator.kind, code))
    return _finding(code, Severity.WARNING, regime, indicator.code, place, fault, remedy)


def live_message(rule: ValidationRule) -> str:
    """The rule's message without figures, for live cells."""
    return _PLACEHOLDER.sub("", rule.message)


def placeholders(message: str) -> tuple[str, ...]:
    """Codes a rule's message shows figures of."""
    return tuple(_PLACEHOLDER.findall(message))


def shown_figure(regime: Regime, code: str, figure: Figure) -> str:
    """A figure as a Vietnamese reader expects it: 5.650, 60,53 %, KPS, trống."""
    if figure is None:
        return texts.text("blank_word")
    if not isinstance(figure, Decimal):
        return KPS if figure == KPS else texts.text("unreadable_word")
    indicator = regime.indicators.get(code.removeprefix(PREVIOUS_PREFIX))
    kind = indicator.kind if indicator else None
    return format_percent_vi(figure) if kind is Kind.RATIO else _in_words(figure, is_day=kind is Kind.DATE)


def _finding(
    code: str,
    severity: Severity,
    regime: Regime,
    indicator: str,
    place: SheetCell,
    fault: str,
    remedy: str,
) -> Finding:
    sheet, cell = place
    return Finding(
        rule=code,
        severity=severity,
        message=texts.text("at_cell", sheet=sheet, cell=cell, fault=fault),
        fix=remedy,
        indicator=indicator,
        form=regime.form_of[indicator],
        sheet=sheet,
        cell=cell,
    )


def _figure(observation: Observation) -> Figure:
    if observation.status is Status.VALUE:
        return observation.text if observation.value is None else observation.value
    if observation.status is Status.NOT_APPLICABLE:
        return KPS
    return UNREADABLE if observation.status is Status.ERROR else None


def _confront(
    rule: ValidationRule, formula: Formula | None, figures: Figures, notes: Mapping[str, str]
) -> RuleResult:
    if formula is None:
        return RuleResult(rule, Outcome.RULE_ERROR)
    cells = {**figures, NOTE: notes.get(rule.at)} if rule.unless_noted else figures
    outcome = OUTCOMES[formula.value(cells)]
    if outcome is not Outcome.FAILED:
        return RuleResult(rule, outcome)
    names = parse(rule.assertion).names + (parse(rule.when).names if rule.when else ())
    return RuleResult(rule, outcome, {name: figures.get(name) for name in names})


def _blank_inputs(regime: Regime, figures: Figures) -> list[Indicator]:
    return [i for i in regime.inputs if i.blank is not Blank.OPTIONAL and figures.get(i.code) is None]


def _all_shown(regime: Regime, result: RuleResult) -> dict[str, str]:
    """What the placeholders of the rule's message stand for."""
    shown = {code: shown_figure(regime, code, figure) for code, figure in result.observed.items()}
    for name, expression in result.rule.shown.items():
        figure = evaluate_formula(expression, result.observed, regime.parameters)
        is_day = isinstance(figure, Decimal) and gives_day(regime, expression)
        shown[name] = _in_words(figure, is_day=True) if is_day else shown_figure(regime, name, figure)
    return shown


def _in_words(figure: Figure, *, is_day: bool) -> str:
    """A number in vi-VN notation, a day as dd/mm/yyyy."""
    if not isinstance(figure, Decimal):
        return str(figure)
    return (format_day(figure) if is_day else None) or format_vi(figure)


def _sides(regime: Regime, result: RuleResult) -> tuple[str | None, str | None]:
    """Left-hand value and what the rule expects, where the assertion is a comparison of numbers."""
    assertion = result.rule.assertion
    sides = evaluate_sides(assertion, result.observed, regime.parameters)
    if sides is None:
        return None, None
    is_day = compares_days(regime, assertion)
    left, right = (_in_words(side, is_day=is_day) for side in sides)
    return left, f"{parse(assertion).root.kind} {right}"
