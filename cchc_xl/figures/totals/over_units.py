"""From one period's submissions to the city's figures: which file stands, what is summed, who is missing.

Only forms without an error are summed. Percentages are the same formula over summed parts, each part summed
over the units that gave every part; a mean of percentages never occurs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from statistics import median

from cchc_xl import texts
from cchc_xl.figures.breakdowns import implied_zeros
from cchc_xl.figures.checks import computed_figures, figures_of, places_of
from cchc_xl.figures.expressions import evaluate_formula, references
from cchc_xl.figures.identity import contradicts_identity, with_findings
from cchc_xl.model import (
    KPS,
    Finding,
    Indicator,
    OverUnits,
    Regime,
    ReportingUnit,
    Severity,
    Submission,
    Verdict,
)
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.scope import ReportingScope
from cchc_xl.model.terms import Figure

CONFLICT = "conflicting_submissions"  # rule of the finding on files that hold each other


@dataclass(frozen=True, slots=True)
class CityFigure:
    """One indicator over all units. `with_held` also counts the figures of held forms."""

    indicator: Indicator
    total: Decimal | None  # sum, or the formula over the sums; None where nothing is to be added up
    total_with_held: Decimal | None
    answered: int  # units whose accepted form has a figure, KPS or a blank read as 0
    answered_with_held: int
    answers: Mapping[str, int] = field(default_factory=dict)  # choices, constants: answer -> units
    spread: Mapping[str, Decimal] = field(default_factory=dict)  # of a distribution: least, median, largest
    differing: tuple[str, ...] = ()  # codes of units whose constant is not the commonest one

    @property
    def commonest(self) -> str | None:
        """The answer most units gave (the agreed value of a constant)."""
        return next(iter(self.answers), None)


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """What one unit contributes: the file that stands for it, its figures, and which forms count."""

    unit: ReportingUnit
    submission: Submission | None
    figures: Mapping[str, Figure]  # typed and computed
    forms: Mapping[str, Verdict]  # form code -> accepted or held
    read_as_zero: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Consolidation:
    """The city at one period: the ledger of files, the units, the figures."""

    scope: ReportingScope
    units: tuple[UnitFigures, ...]  # in the order of the unit list
    ledger: tuple[Submission, ...]  # every entry of the folder, by file name
    city: Mapping[str, CityFigure]

    @property
    def regime(self) -> Regime:
        return self.scope.regime

    @property
    def period(self) -> ReferencePeriod:
        return self.scope.period

    @property
    def missing(self) -> tuple[ReportingUnit, ...]:
        """Units without a readable submission."""
        return tuple(u.unit for u in self.units if u.submission is None)

    def count(self, verdict: Verdict) -> int:
        """Files of the folder that ended with this verdict."""
        return sum(s.verdict is verdict for s in self.ledger)

    @property
    def is_final(self) -> bool:
        """True when every unit's every form is counted ("chính thức", not "tạm tính")."""
        return all(u.submission and Verdict.HELD not in u.forms.values() for u in self.units)


def consolidate(scope: ReportingScope, submissions: Iterable[Submission]) -> Consolidation:
    """Consolidate submissions already judged one by one (identity findings included).

    The result does not depend on the order of `submissions`.
    """
    regime = scope.regime
    ledger, standing = settle(submissions)
    per_unit = tuple(_unit_figures(regime, unit, standing.get(unit.code)) for unit in scope.units)
    city = {i.code: _city_figure(regime, i, per_unit) for i in regime.figures}
    remarks = _constant_findings(regime, city, per_unit)
    told = tuple(with_findings(s, remarks.get(_standing_for(s, standing), ())) for s in ledger)
    by_file = {s.file: s for s in told}
    final = tuple(replace(u, submission=by_file[u.submission.file]) if u.submission else u for u in per_unit)
    return Consolidation(scope, final, told, city)


def _standing_for(submission: Submission, standing: Mapping[str, Submission]) -> str:
    """Code of the unit this file stands for; "" for any other file."""
    code = submission.unit.code if submission.unit else ""
    return code if standing.get(code) is submission else ""


# --- which file stands for a unit ------------------------------------------------------------------------


def settle(submissions: Iterable[Submission]) -> tuple[tuple[Submission, ...], dict[str, Submission]]:
    """The ledger by file name, displaced and conflicting files told so; by unit code the file that stands."""
    submissions = sorted(submissions, key=lambda s: s.file)
    rivals: dict[str, list[Submission]] = defaultdict(list)
    for submission in submissions:
        readable = submission.verdict in (Verdict.ACCEPTED, Verdict.HELD)
        if readable and submission.unit and not contradicts_identity(submission):
            rivals[submission.unit.code].append(submission)
    settled: dict[str, Submission] = {s.file: s for s in submissions}
    standing: dict[str, Submission] = {}
    for code, files in rivals.items():
        decided = _decide(files)
        settled.update({s.file: s for s in decided})
        standing[code] = decided[0]
    return tuple(settled[s.file] for s in submissions), standing


def _decide(files: list[Submission]) -> list[Submission]:
    """The standing submission first. Equal numbers with different figures hold each other."""
    latest = max(s.number or 1 for s in files)
    newest = [s for s in files if (s.number or 1) == latest]
    older = [s for s in files if (s.number or 1) != latest]
    if len({_content(s) for s in newest}) > 1:
        names = ", ".join(s.file for s in newest)
        conflicting = [with_findings(s, (_conflict(s, names, latest),)) for s in newest]
        return conflicting + [_supersede(s, conflicting[0]) for s in older]
    newest.sort(key=lambda s: (s.modified, s.file))
    winner = newest[-1]
    return [winner] + [_supersede(s, winner) for s in newest[:-1] + older]


def _content(submission: Submission) -> frozenset[tuple[object, ...]]:
    """Figures, and rows of registers in whatever order."""
    figures = ((o.indicator, o.status.value, o.value, o.text) for o in submission.observations)
    rows = Counter(
        (code, tuple(sorted(row.items())))
        for code, register in submission.registers.items()
        for row in register
    )
    return frozenset((*figures, *rows.items()))


def _conflict(submission: Submission, names: str, number: int) -> Finding:
    words = {"files": names, "number": number}
    return Finding(
        rule=CONFLICT,
        severity=Severity.ERROR,
        message=texts.text(CONFLICT, **words),
        fix=texts.fix(CONFLICT, **words),
    )


def _supersede(submission: Submission, winner: Submission) -> Submission:
    words = {"file": winner.file, "number": winner.number or 1}
    finding = Finding(
        rule="superseded",
        severity=Severity.NOTICE,
        message=texts.text("superseded", **words),
        fix=texts.fix("superseded", **words),
    )
    return replace(submission, verdict=Verdict.SKIPPED, findings=(*submission.findings, finding))


# --- what a unit contributes -----------------------------------------------------------------------------


def _unit_figures(regime: Regime, unit: ReportingUnit, submission: Submission | None) -> UnitFigures:
    if submission is None:
        return UnitFigures(unit, None, {}, {})
    typed = figures_of(submission.observations)
    typed = {code: figure for code, figure in typed.items() if regime.indicators[code].is_input}
    figures = {**typed, **computed_figures(regime, typed)}
    zeros = implied_zeros(regime, typed) - submission.never_asked
    return UnitFigures(unit, submission, figures, submission.forms, zeros)


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
        answered=_answered(indicator, accepted),
        answered_with_held=_answered(indicator, all_read),
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


def _answered(indicator: Indicator, units: Iterable[UnitFigures]) -> int:
    return sum(_answer(u, indicator.code) is not None for u in units)


def _answer_text(unit: UnitFigures, code: str) -> str | None:
    figure = unit.figures.get(code)
    return format(figure.normalize(), "f") if isinstance(figure, Decimal) else figure


def _total(regime: Regime, indicator: Indicator, units: list[UnitFigures]) -> Decimal | None:
    if indicator.over_units is OverUnits.SUM:
        given = [a for u in units if (a := _answer(u, indicator.code)) is not None]
        return sum(given, Decimal(0)) if given else None
    if indicator.over_units is OverUnits.RECOMPUTE and indicator.formula:
        return _recomputed(regime, indicator.formula, units)
    return None


def _recomputed(regime: Regime, formula: str, units: list[UnitFigures]) -> Decimal | None:
    parts = references(formula)
    complete = [u for u in units if all(_answer(u, part) is not None for part in parts)]
    if not complete:
        return None
    sums: dict[str, Figure] = {
        part: sum((_answer(u, part) or Decimal(0) for u in complete), Decimal(0)) for part in parts
    }
    value = evaluate_formula(formula, sums, regime.parameters)
    return value if isinstance(value, Decimal) else None


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
