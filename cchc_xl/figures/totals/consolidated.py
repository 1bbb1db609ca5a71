"""The city at one period, consolidated: figures, units with what they contribute, the ledger of files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from cchc_xl.model import Indicator, Regime, ReportingUnit, Submission, Verdict
from cchc_xl.model.closing import Closing
from cchc_xl.model.decisions import Decision, DecisionKind
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.scope import ReportingScope
from cchc_xl.model.terms import Figure, PeriodState, UnitState


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
    state: UnitState
    figures: Mapping[str, Figure] = field(default_factory=dict)  # typed and computed
    forms: Mapping[str, Verdict] = field(default_factory=dict)  # form code -> accepted or held
    read_as_zero: frozenset[str] = frozenset()
    missing_rows: tuple[str, ...] = ()  # unanswered rows without which the return is not complete
    supplements: tuple[str, ...] = ()  # files that filled its blanks
    sources: Mapping[str, str] = field(default_factory=dict)  # indicator -> the supplement that gave it
    accepted_blanks: tuple[str, ...] = ()  # rows a decision lets stay blank
    unusable: tuple[Submission, ...] = ()  # files of the unit, or named for it, that stand for nobody


@dataclass(frozen=True, slots=True)
class Consolidation:
    """The city at one period: the ledger of files, the units, the figures."""

    scope: ReportingScope
    units: tuple[UnitFigures, ...]  # in the order of the unit list
    ledger: tuple[Submission, ...]  # every entry of the folder, by file name
    city: Mapping[str, CityFigure]
    closing: Closing | None = None  # a person made it official
    decisions: tuple[Decision, ...] = ()

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

    def in_state(self, *states: UnitState) -> tuple[ReportingUnit, ...]:
        """Units in any of these states, in the order of the list."""
        return tuple(u.unit for u in self.units if u.state in states)

    @property
    def unmatched(self) -> tuple[Decision, ...]:
        """Decisions that touch nothing any more."""
        return tuple(d for d in self.decisions if not any(_applies(d, unit) for unit in self.units))

    @property
    def state(self) -> PeriodState:
        """Ready when every unit is complete or exempt and no file waits; final when somebody closed it."""
        if self.closing:
            return PeriodState.FINAL
        waiting = self.count(Verdict.HELD) or self.count(Verdict.REJECTED)
        settled = len(self.in_state(UnitState.COMPLETE, UnitState.EXEMPT))
        is_ready = settled == len(self.units) and not waiting
        return PeriodState.READY if is_ready else PeriodState.PROVISIONAL


def _applies(decision: Decision, unit: UnitFigures) -> bool:
    if decision.unit not in (None, unit.unit.code):
        return False
    if decision.kind is DecisionKind.EXEMPT:
        return unit.state is UnitState.EXEMPT
    return bool(set(unit.accepted_blanks) & set(decision.rows))


def decisions_on(merged: Consolidation, unit: UnitFigures) -> tuple[Decision, ...]:
    """Decisions that touch this unit."""
    return tuple(d for d in merged.decisions if _applies(d, unit))
