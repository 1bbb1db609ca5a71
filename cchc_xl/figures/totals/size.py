"""Figures out of proportion: against the unit's own last period, its displaced file, or its peers.

One warning a unit, with both figures of every row; the limits stand in the catalogue. A last period is
multiplied by the median change of all units, so that a busy quarter for everybody is nobody's fault. A 0
of the last period says nothing about size, and a 0 now is held against the unit's own figures only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from statistics import median

from cchc_xl import texts
from cchc_xl.figures.breakdowns import implied_zeros
from cchc_xl.figures.checks import figures_of, places_of, shown_figure
from cchc_xl.figures.live.values import comparable
from cchc_xl.figures.numbers import format_vi, round_half_up
from cchc_xl.figures.totals.consolidated import Consolidation
from cchc_xl.model import KPS, Finding, OverTime, Regime, Severity, Submission
from cchc_xl.model.earlier import EarlierFigures, EarlierReturn
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.size import SizeLimit, SizeLimits
from cchc_xl.model.terms import Figures

SIZE = "size"  # rule of the finding
_THOUSANDFOLD = "thousandfold"
_ONE = Decimal(1)


@dataclass(frozen=True)
class Sized:
    """A submission and what it may be compared with; its regime, period and unit are known."""

    regime: Regime
    submission: Submission
    before: EarlierReturn | None = None  # of the period just before
    displaced: Submission | None = None  # an earlier file of the same unit and period

    @cached_property
    def now(self) -> Figures:
        return _answered(self.regime, self.submission)

    @cached_property
    def replaced(self) -> Figures:
        return _answered(self.regime, self.displaced) if self.displaced else {}

    @cached_property
    def last(self) -> Figures:
        """The last period's counted figures; none where other units reported it."""
        period, before = self.submission.period, self.before
        limits = self.regime.size
        assert period is not None
        if before is None or limits is None:
            return {}
        ended = before.period.window(self.regime.cutoff_day)[1]
        if limits.units_formed and ended < limits.units_formed:
            return {}
        return comparable(self.regime, period, before.counted)

    def last_of(self, limit: SizeLimit, limits: SizeLimits) -> Decimal | None:
        """The rows' figure of the last period, where it may be compared."""
        if self.before is None or (limit.within_year and not self._same_year):
            return None
        flows = any(self.regime.indicators[code].over_time is not OverTime.LAST for code in limit.rows)
        if flows and self._window_change > limits.window_days:
            return None
        return _sum(self.last, limit)

    @property
    def _same_year(self) -> bool:
        period, before = self.submission.period, self.before
        return bool(period and before and period.year == before.period.year)

    @cached_property
    def _window_change(self) -> int:
        """Days by which the two data windows differ in length."""
        period, before = self.submission.period, self.before
        assert period is not None and before is not None
        cutoff = self.regime.cutoff_day
        lengths = (_days(self.submission.window, period, cutoff), _days(before.window, before.period, cutoff))
        return abs(lengths[0] - lengths[1])


@dataclass(frozen=True, slots=True)
class _Excess:
    """Rows of a unit beyond their limit: what stands there, what it is held against, how that is told."""

    limit: SizeLimit
    figure: Decimal
    other: Decimal
    against: str


def size_findings(regime: Regime, sized: Sequence[Sized]) -> tuple[Finding | None, ...]:
    """For each submission of one regime and period the warning about figures out of proportion, or None."""
    limits = regime.size
    if limits is None:
        return (None,) * len(sized)
    found: list[list[_Excess]] = [[] for _ in sized]
    for limit in limits.limits:
        if all(code in regime.indicators for code in limit.rows):
            for told, excess in zip(found, _beyond(limit, limits, sized), strict=True):
                if excess:
                    told.append(excess)
    return tuple(_finding(one, told) for one, told in zip(sized, found, strict=True))


def with_size_findings(merged: Consolidation, earlier: EarlierFigures) -> Consolidation:
    """The consolidation, every unit's standing file told when its figures are out of proportion."""
    regime, period = merged.regime, merged.period
    standing = [u.submission for u in merged.units if u.submission]
    displaced = {_code(s): s for s in sorted(merged.ledger, key=lambda s: s.number or 1) if _is_displaced(s)}
    sized = [
        Sized(
            regime,
            s,
            earlier.of_unit(regime.id, _code(s)).get(period.previous()),
            displaced.get(_code(s)),
        )
        for s in standing
    ]
    warned = {
        s.file: replace(s, findings=(*s.findings, finding))
        for s, finding in zip(standing, size_findings(regime, sized), strict=True)
        if finding
    }
    units = tuple(
        replace(u, submission=warned.get(u.submission.file, u.submission)) if u.submission else u
        for u in merged.units
    )
    return replace(merged, units=units, ledger=tuple(warned.get(s.file, s) for s in merged.ledger))


def _beyond(limit: SizeLimit, limits: SizeLimits, sized: Sequence[Sized]) -> Iterator[_Excess | None]:
    """For each submission, whether its rows are beyond one limit."""
    now = [_sum(one.now, limit) for one in sized]
    last = [one.last_of(limit, limits) for one in sized]
    change = _common_change(now, last, limits)
    peers = _peers(now, sized, limits)
    for one, figure, before in zip(sized, now, last, strict=True):
        replaced = _sum(one.replaced, limit)
        kind = one.submission.unit.type if one.submission.unit else ""
        if figure is None:
            yield None
        elif before:
            against = _last_words(one, change)
            is_beyond = limit.is_beyond(figure, before * change)
            yield _Excess(limit, figure, before, against) if is_beyond else None
        elif replaced and one.displaced:
            against = texts.text("size_displaced", file=one.displaced.file)
            is_beyond = limit.is_beyond(figure, replaced)
            yield _Excess(limit, figure, replaced, against) if is_beyond else None
        elif figure and kind in peers:
            middle, own = peers[kind], _sum(one.last, limit)
            usual = [middle, own] if own else [middle]  # of another year or window: no measure, but a witness
            is_beyond = all(limit.is_beyond(figure, known, limits.peers_fold) for known in usual)
            against = texts.text("size_peers", type=kind.lower())
            yield _Excess(limit, figure, middle, against) if is_beyond else None
        else:
            yield None


def _common_change(
    now: Sequence[Decimal | None], last: Sequence[Decimal | None], limits: SizeLimits
) -> Decimal:
    """The median of all units' changes; 1 where too few units have both periods."""
    changes = [n / b for n, b in zip(now, last, strict=True) if n and b]
    return Decimal(median(changes)) if len(changes) >= limits.fewest_units else _ONE


def _peers(now: Sequence[Decimal | None], sized: Sequence[Sized], limits: SizeLimits) -> dict[str, Decimal]:
    """The median by type of unit, of types that many units belong to."""
    found: dict[str, Decimal] = {}
    for kind in limits.peer_types:
        given = [
            figure
            for figure, one in zip(now, sized, strict=True)
            if figure is not None and one.submission.unit and one.submission.unit.type == kind
        ]
        if len(given) >= limits.fewest_units:
            found[kind] = Decimal(median(given))
    return found


def _last_words(one: Sized, change: Decimal) -> str:
    assert one.before is not None
    label = one.before.period.label
    shown = round_half_up(change, 1)
    if shown == 1:
        return label
    return texts.text("size_last_common", period=label, change=format_vi(shown))


def _finding(sized: Sized, told: Sequence[_Excess]) -> Finding | None:
    """One warning about every row of a unit, except what is already told to be a thousandfold."""
    regime = sized.regime
    misread = {f.indicator for f in sized.submission.findings if f.rule == _THOUSANDFOLD}
    left = [excess for excess in told if not misread & set(excess.limit.rows)]
    if not left:
        return None
    first = left[0]
    code = first.limit.rows[0]
    sheet, cell = places_of(sized.submission.observations)[code]
    fault = texts.text("size", rows="; ".join(_row_words(regime, excess) for excess in left))
    return Finding(
        rule=SIZE,
        severity=Severity.WARNING,
        message=texts.text("at_cell", sheet=sheet, cell=cell, fault=fault),
        fix=texts.fix("size"),
        indicator=code,
        form=regime.form_of[code],
        sheet=sheet,
        cell=cell,
        value=_shown(regime, first.limit, first.figure),
        expected=_shown(regime, first.limit, first.other),
    )


def _row_words(regime: Regime, excess: _Excess) -> str:
    rows = excess.limit.rows
    numbers = " + ".join(regime.indicators[code].number.rstrip(".") for code in rows)
    return texts.text(
        "size_row",
        sheet=regime.form(regime.form_of[rows[0]]).sheet,
        numbers=numbers,
        value=_shown(regime, excess.limit, excess.figure),
        against=excess.against,
        other=_shown(regime, excess.limit, excess.other),
    )


def _shown(regime: Regime, limit: SizeLimit, figure: Decimal) -> str:
    return shown_figure(regime, limit.rows[0], figure)


def _answered(regime: Regime, submission: Submission) -> Figures:
    """Typed figures, blanks that a breakdown reads as 0 among them."""
    typed = figures_of(submission.observations)
    return {**typed, **dict.fromkeys(implied_zeros(regime, typed), Decimal(0))}


def _sum(figures: Figures, limit: SizeLimit) -> Decimal | None:
    """The rows together; KPS is 0, None while one of them has no number."""
    total = Decimal(0)
    for code in limit.rows:
        figure = figures.get(code)
        if figure != KPS and not isinstance(figure, Decimal):
            return None
        total += figure if isinstance(figure, Decimal) else 0
    return total


def _days(window: tuple[date | None, date | None], period: ReferencePeriod, cutoff_day: int) -> int:
    """Length of a data window, the period's own where none is stated."""
    start, end = window
    own_start, own_end = period.window(cutoff_day)
    return ((end or own_end) - (start or own_start)).days


def _is_displaced(submission: Submission) -> bool:
    return submission.unit is not None and any(f.rule == "superseded" for f in submission.findings)


def _code(submission: Submission) -> str:
    assert submission.unit is not None
    return submission.unit.code
