"""From one period's submissions to the city's figures: which file stands, what is summed, who is missing.

Only forms without an error are summed. Percentages are the same formula over summed parts, each part summed
over the units that gave every part; a mean of percentages never occurs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from statistics import median

from cchc_xl import texts
from cchc_xl.figures.breakdowns import implied_zeros
from cchc_xl.figures.checks import computed_figures, figures_of, places_of
from cchc_xl.figures.completeness import missing_rows, partners
from cchc_xl.figures.expressions import evaluate_formula, references
from cchc_xl.figures.identity import codes_named, contradicts_identity, with_findings
from cchc_xl.figures.totals.consolidated import CityFigure, Consolidation, UnitFigures
from cchc_xl.figures.totals.standing import StandingReturn, is_empty_return, settle
from cchc_xl.model import (
    KPS,
    Finding,
    Indicator,
    OverUnits,
    Regime,
    ReportingUnit,
    Submission,
    Verdict,
)
from cchc_xl.model.decisions import Decision, DecisionKind
from cchc_xl.model.scope import ReportingScope
from cchc_xl.model.terms import Figure, UnitState


def consolidate(
    scope: ReportingScope, submissions: Iterable[Submission], decisions: tuple[Decision, ...] = ()
) -> Consolidation:
    """Consolidate submissions already judged one by one (identity findings included), as people decided.

    The result does not depend on the order of `submissions`.
    """
    regime = scope.regime
    ledger, standing = settle(regime, submissions)
    unusable = _unusable(ledger)
    per_unit = tuple(
        _unit_figures(regime, unit, standing.get(unit.code), unusable.get(unit.code, ()))
        for unit in scope.units
    )
    per_unit = tuple(_decided(unit, decisions) for unit in per_unit)
    city = {i.code: _city_figure(regime, i, per_unit) for i in regime.figures}
    remarks = _constant_findings(regime, city, per_unit)
    of_file = {one.submission.file: remarks.get(code, ()) for code, one in standing.items()}
    told = tuple(with_findings(s, of_file.get(s.file, ())) for s in ledger)
    final = tuple(
        replace(u, submission=with_findings(u.submission, remarks.get(u.unit.code, ())))
        if u.submission
        else u
        for u in per_unit
    )
    return Consolidation(scope, final, told, city, decisions=decisions)


def _unusable(ledger: Iterable[Submission]) -> dict[str, tuple[Submission, ...]]:
    """Rejected files, and those of another period or unit, by the unit they are of or are named for.

    A name never makes a file count; it only tells whom to ask.
    """
    found: dict[str, tuple[Submission, ...]] = defaultdict(tuple)
    for submission in ledger:
        if submission.verdict is Verdict.REJECTED or contradicts_identity(submission):
            named = codes_named(submission.file)
            owner = submission.unit.code if submission.unit else ""
            for code in dict.fromkeys(filter(None, (owner, *(named if len(named) == 1 else ())))):
                found[code] += (submission,)
    return found


# --- what a unit contributes -----------------------------------------------------------------------------


def _unit_figures(
    regime: Regime,
    unit: ReportingUnit,
    standing: StandingReturn | None,
    unusable: tuple[Submission, ...],
) -> UnitFigures:
    if standing is None:
        unread = any(s.verdict is Verdict.REJECTED for s in unusable)
        state = UnitState.REJECTED if unread else UnitState.MISSING
        return UnitFigures(unit, None, state, unusable=unusable)
    submission = standing.submission
    typed = figures_of(submission.observations)
    typed = {code: figure for code, figure in typed.items() if regime.indicators[code].is_input}
    missing = tuple(code for code in missing_rows(regime, typed) if code not in submission.never_asked)
    if is_empty_return(submission):
        return UnitFigures(unit, submission, UnitState.EMPTY, missing_rows=missing, unusable=unusable)
    state = UnitState.INCOMPLETE if missing else UnitState.COMPLETE
    if submission.verdict is Verdict.HELD:
        state = UnitState.HELD
    return UnitFigures(
        unit=unit,
        submission=submission,
        state=state,
        figures={**typed, **computed_figures(regime, typed)},
        forms=submission.forms,
        read_as_zero=implied_zeros(regime, typed) - submission.never_asked,
        missing_rows=missing,
        supplements=standing.supplements,
        sources=standing.sources,
        unusable=unusable,
    )


def _decided(unit: UnitFigures, decisions: tuple[Decision, ...]) -> UnitFigures:
    """The unit after the city's decisions: nothing is asked of it, or these rows may stay blank."""
    mine = [d for d in decisions if d.unit in (None, unit.unit.code)]
    silent = (UnitState.MISSING, UnitState.EMPTY, UnitState.REJECTED)
    if unit.state in silent and any(d.kind is DecisionKind.EXEMPT for d in mine):
        return replace(unit, state=UnitState.EXEMPT, missing_rows=())
    named = {code for d in mine if d.kind is DecisionKind.ACCEPT_BLANK for code in d.rows}
    accepted = tuple(code for code in unit.missing_rows if code in named)
    if not accepted or unit.state in silent:
        return unit
    left = tuple(code for code in unit.missing_rows if code not in named)
    is_whole = unit.state is UnitState.INCOMPLETE and not left
    state = UnitState.COMPLETE if is_whole else unit.state
    return replace(unit, state=state, missing_rows=left, accepted_blanks=accepted)


def _answer(unit: UnitFigures, code: str) -> Decimal | None:
    """The unit's figure as a number for adding up; KPS and blanks read as 0 count as 0."""
    figure = unit.figures.get(code)
    if isinstance(figure, Decimal):
        return figure
    return Decimal(0) if figure == KPS or code in unit.read_as_zero else None


def _counted(units: Iterable[UnitFigures], form: str, *, held: bool) -> list[UnitFigures]:
    wanted = (Verdict.ACCEPTED, Verdict.HELD) if held else (Verdict.ACCEPTED,)
    return [u for u in units if u.forms.get(form) in wanted]


# --- what the city shows ---------------------------------------------------------------------------------


def _city_figure(regime: Regime, indicator: Indicator, units: tuple[UnitFigures, ...]) -> CityFigure:
    form = regime.form_of[indicator.code]
    accepted = _counted(units, form, held=False)
    all_read = _counted(units, form, held=True)
    answers: Counter[str] = Counter()
    if indicator.over_units in (OverUnits.COUNT_BY_CHOICE, OverUnits.CONSTANT):
        answers.update(filter(None, (_answer_text(u, indicator.code) for u in accepted)))
    ranked = dict(sorted(answers.items(), key=lambda item: -item[1]))  # a tie: the unit listed first
    differing: tuple[str, ...] = ()
    if indicator.over_units is OverUnits.CONSTANT and len(ranked) > 1:
        agreed = next(iter(ranked))
        differing = tuple(
            u.unit.code for u in accepted if _answer_text(u, indicator.code) not in (agreed, None)
        )
    return CityFigure(
        indicator=indicator,
        total=_total(regime, indicator, accepted),
        total_with_held=_total(regime, indicator, all_read),
        answered=_answered(regime, indicator, accepted),
        answered_with_held=_answered(regime, indicator, all_read),
        answers=ranked,
        spread=_spread(indicator, accepted),
        differing=differing,
    )


def _spread(indicator: Indicator, units: Iterable[UnitFigures]) -> dict[str, Decimal]:
    figures = (unit.figures.get(indicator.code) for unit in units)
    given = [figure for figure in figures if isinstance(figure, Decimal)]
    if indicator.over_units is not OverUnits.DISTRIBUTION or not given:
        return {}
    return {"least": min(given), "median": median(given), "largest": max(given)}


def _answered(regime: Regime, indicator: Indicator, units: Iterable[UnitFigures]) -> int:
    return len(_giving(units, parts_of(regime, indicator)))


def parts_of(regime: Regime, indicator: Indicator) -> tuple[str, ...]:
    """Rows a unit must give to be counted: the parts of a formula; of a pair of a percentage both."""
    if indicator.formula:
        return references(indicator.formula)
    partner = partners(regime).get(indicator.code) if indicator.over_units is OverUnits.SUM else None
    return (indicator.code, partner) if partner else (indicator.code,)


def _giving(units: Iterable[UnitFigures], parts: tuple[str, ...]) -> list[UnitFigures]:
    """Units that give every part."""
    return [u for u in units if all(_answer(u, part) is not None for part in parts)]


def _answer_text(unit: UnitFigures, code: str) -> str | None:
    figure = unit.figures.get(code)
    return format(figure.normalize(), "f") if isinstance(figure, Decimal) else figure


def _total(regime: Regime, indicator: Indicator, units: list[UnitFigures]) -> Decimal | None:
    if indicator.over_units is OverUnits.SUM:
        giving = _giving(units, parts_of(regime, indicator))
        return _summed(giving, indicator.code) if giving else None
    if indicator.over_units is OverUnits.RECOMPUTE and indicator.formula:
        return _recomputed(regime, indicator.formula, units)
    return None


def _recomputed(regime: Regime, formula: str, units: list[UnitFigures]) -> Decimal | None:
    parts = references(formula)
    complete = _giving(units, parts)
    if not complete:
        return None
    sums: dict[str, Figure] = {part: _summed(complete, part) for part in parts}
    value = evaluate_formula(formula, sums, regime.parameters)
    return value if isinstance(value, Decimal) else None


def _summed(units: Iterable[UnitFigures], code: str) -> Decimal:
    return sum((_answer(u, code) or Decimal(0) for u in units), Decimal(0))


def _constant_findings(
    regime: Regime, city: Mapping[str, CityFigure], units: tuple[UnitFigures, ...]
) -> dict[str, list[Finding]]:
    """A remark for every unit whose typed city constant is not the one most units gave."""
    found: dict[str, list[Finding]] = defaultdict(list)
    by_code = {u.unit.code: u for u in units}
    for figure in city.values():
        if figure.indicator.is_input:
            for code in figure.differing:
                found[code].append(_differs(regime, figure, by_code[code]))
    return found


def _differs(regime: Regime, figure: CityFigure, unit: UnitFigures) -> Finding:
    indicator = figure.indicator
    assert unit.submission is not None  # it gave a figure
    sheet, cell = places_of(unit.submission.observations)[indicator.code]
    own, agreed = _answer_text(unit, indicator.code) or "", figure.commonest or ""
    words = {"own": own, "agreed": agreed, "units": figure.answers.get(agreed, 0), "number": indicator.number}
    fault = texts.text("constant_differs", **words)
    return Finding(
        rule="constant_differs",
        severity=indicator.differs,
        message=texts.text("at_cell", sheet=sheet, cell=cell, fault=fault),
        fix=texts.fix("constant_differs", **words),
        indicator=indicator.code,
        form=regime.form_of[indicator.code],
        sheet=sheet,
        cell=cell,
        value=own,
        expected=agreed,
    )
