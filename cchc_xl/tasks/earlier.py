"""What is known of earlier periods at a merge: from a summary, a folder of submissions, the history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from cchc_xl import texts
from cchc_xl.catalogue.loader import load_regime
from cchc_xl.figures.identity import with_findings
from cchc_xl.figures.totals.over_units import UnitFigures, consolidate
from cchc_xl.model import KPS, Regime, ReportingUnit, Submission, Verdict
from cchc_xl.model.earlier import PreviousSummary
from cchc_xl.model.errors import UsageError
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.terms import Figure, Figures
from cchc_xl.tasks.check import through_time_findings
from cchc_xl.tasks.files import list_folder, read_limited
from cchc_xl.tasks.history import earlier_periods
from cchc_xl.tasks.read import read_entries

UnitPeriods = dict[ReferencePeriod, Figures]


@dataclass(frozen=True)
class EarlierPeriods:
    """`of_units`: unit code → period → typed figures, for the checks; `summaries`: what counted.

    `named` is the summary the user asked to compare with, whatever its period.
    """

    of_units: Mapping[str, UnitPeriods] = field(default_factory=dict)
    summaries: tuple[PreviousSummary, ...] = ()
    named: PreviousSummary | None = None

    def of_kind(self, kind: str) -> tuple[PreviousSummary, ...]:
        """Summaries of periods of one kind, oldest first."""
        return tuple(summary for summary in self.summaries if summary.period.kind == kind)

    def compared_with(self, period: ReferencePeriod) -> PreviousSummary | None:
        """What a period's summary compares with: the named summary, else the period before."""
        before = (s for s in self.summaries if s.period == period.previous() and s.figures)
        return self.named or next(before, None)

    def findings_on(self, submission: Submission) -> Submission:
        """The submission with what its unit's earlier figures say about it."""
        if submission.unit is None or submission.regime is None:
            return submission
        code, regime = submission.unit.code, submission.regime
        own = {(regime, code, period): figures for period, figures in self.of_units.get(code, {}).items()}
        return with_findings(submission, through_time_findings(submission, own)) if own else submission


def earlier_periods_of(
    regime: Regime,
    period: ReferencePeriod,
    units: Sequence[ReportingUnit],
    *,
    previous: Path | None = None,
    history: Path | None = None,
    unit_list: Path | None = None,
) -> EarlierPeriods:
    """Everything known before `period`; what `previous` says goes before what the history says.

    Raises UsageError for a path that does not exist or a folder without any earlier figure, WorkbookRefused
    for a file that is no summary.
    """
    found = _of_history(history, regime, period) if history else EarlierPeriods()
    if previous is None:
        return found
    if not previous.exists():
        raise UsageError(texts.text("path_missing", path=previous))
    if previous.is_dir():
        newer = _of_folder(previous, regime, period, units, unit_list)
    else:
        newer = _of_summary(previous, regime)
    return _together(found, newer)


def _of_summary(path: Path, regime: Regime) -> EarlierPeriods:
    from cchc_xl.reading.earlier_summary import read_previous_summary

    summary = read_previous_summary(read_limited(path), regime)
    of_units: dict[str, UnitPeriods] = {c: {summary.period: row} for c, row in summary.figures.items()}
    return EarlierPeriods(of_units, (summary,), summary)


def _of_folder(
    folder: Path,
    regime: Regime,
    before: ReferencePeriod,
    units: Sequence[ReportingUnit],
    unit_list: Path | None,
) -> EarlierPeriods:
    read = read_entries(list_folder(folder), unit_list=unit_list)
    mine = [s for s in read if s.regime == regime.id and s.period is not None and s.period != before]
    periods = sorted({s.period for s in mine if s.period}, key=lambda p: (p.year, p.months[1], p.kind))
    found = EarlierPeriods()
    for period in periods:
        then = load_regime(regime.id, period)
        merged = consolidate(then, period, units, [s for s in mine if s.period == period])
        standing = [u for u in merged.units if u.submission]
        of_units: dict[str, UnitPeriods] = {u.unit.code: {period: _typed(then, u)} for u in standing}
        counted = {u.unit.code: row for u in standing if (row := _counted(then, u))}
        found = _together(found, EarlierPeriods(of_units, (PreviousSummary(period, counted),)))
    if not found.of_units:
        raise UsageError(texts.text("previous_nothing", path=folder, period=before.label))
    return found


def _of_history(path: Path, regime: Regime, before: ReferencePeriod) -> EarlierPeriods:
    found = EarlierPeriods()
    for earlier in earlier_periods(path, regime.id, before):
        of_units: dict[str, UnitPeriods] = {c: {earlier.period: row} for c, row in earlier.figures.items()}
        summary = PreviousSummary(earlier.period, earlier.counted)
        found = _together(found, EarlierPeriods(of_units, (summary,)))
    return found


def _together(older: EarlierPeriods, newer: EarlierPeriods) -> EarlierPeriods:
    """Both; of the same period the newer alone."""
    replaced = {summary.period for summary in newer.summaries}
    of_units = {
        code: {period: row for period, row in rows.items() if period not in replaced}
        for code, rows in older.of_units.items()
    }
    for code, rows in newer.of_units.items():
        of_units.setdefault(code, {}).update(rows)
    summaries = [s for s in older.summaries if s.period not in replaced] + list(newer.summaries)
    ordered = sorted(summaries, key=lambda s: (s.period.year, s.period.months[1], s.period.kind))
    return EarlierPeriods(of_units, tuple(ordered), newer.named)


def _typed(regime: Regime, unit: UnitFigures) -> dict[str, Figure]:
    inputs = regime.indicators
    return {code: figure for code, figure in unit.figures.items() if inputs[code].is_input}


def _counted(regime: Regime, unit: UnitFigures) -> dict[str, Figure]:
    """What a summary of that period would hold."""
    form_of = regime.form_of
    found: dict[str, Figure] = {}
    for code, figure in _typed(regime, unit).items():
        if unit.forms.get(form_of[code]) is not Verdict.ACCEPTED:
            continue
        if figure is None and code in unit.read_as_zero:
            found[code] = Decimal(0)
        elif figure == KPS or isinstance(figure, Decimal):
            found[code] = figure
    return found
