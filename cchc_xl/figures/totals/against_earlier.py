"""What one unit's figures say against its own of earlier periods: rules of the catalogue, then what no
single expression holds (many rows at once, periods of another kind).

Nothing is ever said without earlier figures; over a new year cumulative figures are not compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from cchc_xl import texts
from cchc_xl.figures.checks import (
    confront,
    figures_of,
    places_of,
    rule_finding,
    shown_figure,
)
from cchc_xl.figures.expressions import references
from cchc_xl.figures.live.values import comparable, previous_figures
from cchc_xl.figures.totals.over_time import KINDS, added
from cchc_xl.model import (
    KPS,
    Finding,
    Indicator,
    Kind,
    Outcome,
    OverTime,
    Regime,
    Says,
    Severity,
    Submission,
    ValidationRule,
)
from cchc_xl.model.addresses import SheetCell
from cchc_xl.model.earlier import EarlierReturn
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.terms import PREVIOUS_PREFIX, Figure, Figures

# A misread thousands separator needs a number that has one; flows themselves vary far less than this.
_FOLD, _LEAST = 400, 1000

Places = Mapping[str, SheetCell]


def through_time_findings(
    regime: Regime, submission: Submission, earlier: Mapping[ReferencePeriod, EarlierReturn]
) -> tuple[Finding, ...]:
    """Findings of a submission against what counted of the same unit in other periods."""
    period = submission.period
    if period is None or not earlier:
        return ()
    figures, places = figures_of(submission.observations), places_of(submission.observations)
    found: list[Finding] = []
    if before := earlier.get(period.previous()) or _last_known(regime, period, earlier):
        held_against = comparable(regime, period, before.undoubted)
        found += _of_rules(regime, submission, {**figures, **previous_figures(regime, held_against)})
        found += _thousandfold(regime, figures, held_against, places)
    found += _unlike_its_parts(regime, period, figures, earlier, places)
    told = {(f.rule, f.indicator) for f in submission.findings}
    return tuple(finding for finding in found if (finding.rule, finding.indicator) not in told)


def _last_known(
    regime: Regime, period: ReferencePeriod, earlier: Mapping[ReferencePeriod, EarlierReturn]
) -> EarlierReturn | None:
    """The latest earlier return of a regime nobody must report every period; snapshots may lie far apart."""
    known = [p for p in earlier if p.kind == period.kind and p < period]
    return earlier[max(known)] if known and not regime.periods_due else None


def _of_rules(regime: Regime, submission: Submission, figures: Figures) -> Iterator[Finding]:
    notes = {o.indicator: o.note for o in submission.observations}
    for result in confront(regime, figures, notes):
        fails = result.outcome in (Outcome.FAILED, Outcome.RULE_ERROR)
        if fails and _looks_back(result.rule):
            yield rule_finding(regime, result, places_of(submission.observations))


def _looks_back(rule: ValidationRule) -> bool:
    names = references(rule.assertion) + (references(rule.when) if rule.when else ())
    return any(name.startswith(PREVIOUS_PREFIX) for name in names)


def _thousandfold(regime: Regime, now: Figures, before: Figures, places: Places) -> Iterator[Finding]:
    """Counts and amounts about 1000 times last period's, or a thousandth, where no rule says it live."""
    covered = {rule.at for rule in regime.rules if rule.says is Says.THOUSANDFOLD}
    for indicator in regime.indicators.values():
        figure, last = now.get(indicator.code), before.get(indicator.code)
        if indicator.kind not in (Kind.COUNT, Kind.MONEY) or indicator.code in covered:
            continue
        if isinstance(figure, Decimal) and isinstance(last, Decimal) and _is_far(figure, last):
            yield _finding("thousandfold", regime, indicator, figure, last, places)


def _is_far(figure: Decimal, last: Decimal) -> bool:
    low, high = sorted((figure, last))
    return low > 0 and high >= _LEAST and high >= _FOLD * low


def _unlike_its_parts(
    regime: Regime,
    period: ReferencePeriod,
    figures: Figures,
    earlier: Mapping[ReferencePeriod, EarlierReturn],
    places: Places,
) -> Iterator[Finding]:
    """Flows that are not the sum of the periods inside this one; cumulative figures below theirs."""
    parts = next((p for kind in KINDS if (p := period.within(kind)) and all(x in earlier for x in p)), ())
    latest = _latest_inside(period, earlier)
    for indicator in regime.inputs:
        figure = figures.get(indicator.code)
        if indicator.over_time is OverTime.SUM and parts:
            expected = added(earlier[part].figures.get(indicator.code) for part in parts)
            if expected is not None and _differ(figure, expected):
                words = {"parts": ", ".join(part.label for part in parts)}
                yield _finding("unlike_parts", regime, indicator, figure, expected, places, **words)
        elif indicator.cumulative and latest:
            last = earlier[latest].figures.get(indicator.code)
            if isinstance(figure, Decimal) and isinstance(last, Decimal) and figure < last:
                words = {"part": latest.label}
                yield _finding("cumulative_below", regime, indicator, figure, last, places, **words)


def _latest_inside(
    period: ReferencePeriod, earlier: Mapping[ReferencePeriod, EarlierReturn]
) -> ReferencePeriod | None:
    """The known shorter period of this one that ends last."""
    inside = [p for kind in KINDS for p in period.within(kind) if p in earlier]
    return max(inside, key=lambda p: p.months[1], default=None)


def _differ(figure: Figure, expected: Figure) -> bool:
    """KPS is 0; a blank is told elsewhere."""
    one, other = (Decimal(0) if f == KPS else f for f in (figure, expected))
    return isinstance(one, Decimal) and isinstance(other, Decimal) and one != other


def _finding(
    code: str,
    regime: Regime,
    indicator: Indicator,
    figure: Figure,
    other: Figure,
    places: Places,
    **words: str,
) -> Finding:
    sheet, cell = places[indicator.code]
    value, expected = (shown_figure(regime, indicator.code, f) for f in (figure, other))
    number = indicator.number.rstrip(".") or indicator.label
    fault = texts.text(f"time_{code}", number=number, value=value, other=expected, **words)
    return Finding(
        rule=code,
        severity=Severity.WARNING,
        message=texts.text("at_cell", sheet=sheet, cell=cell, fault=fault),
        fix=texts.fix(f"time_{code}"),
        indicator=indicator.code,
        form=regime.form_of[indicator.code],
        sheet=sheet,
        cell=cell,
        value=value,
        expected=expected,
    )
