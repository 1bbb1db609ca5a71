"""Longer periods from shorter ones, by each indicator's `over_time`; what cannot be formed is listed.

Blank is not 0: a figure with a blank part stays blank. KPS and KPS is KPS, KPS and 5 is 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from cchc_xl.figures.breakdowns import implied_zeros
from cchc_xl.figures.expressions import is_text
from cchc_xl.model import KPS, Blank, Indicator, OverTime, Regime
from cchc_xl.model.earlier import EarlierReturn
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.terms import Figure

KINDS = "SQM"  # shorter kinds, the longest first


class Reason(StrEnum):
    """Why a figure must be typed."""

    REENTER = "reenter"  # distinct counts and choices
    BLANK = "blank"  # a part is blank
    HELD = "held"  # a part's form has errors
    STOCK = "stock"  # what stood at the end of an earlier quarter is not in the half-year
    CONTRADICTS = "contradicts"  # the quarter is more than the whole half-year


@dataclass(frozen=True, slots=True)
class ToType:
    """A figure to be typed, why, and the periods that lack it."""

    indicator: str
    reason: Reason
    periods: tuple[ReferencePeriod, ...] = ()


@dataclass(frozen=True, slots=True)
class RolledUp:
    """The figures formed, and those left to be typed, in printed order."""

    figures: Mapping[str, Figure] = field(default_factory=dict)
    to_type: tuple[ToType, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a period is formed: the sum of `parts`, or `whole` without the other `parts`."""

    target: ReferencePeriod
    parts: tuple[ReferencePeriod, ...]
    whole: ReferencePeriod | None = None

    @property
    def needs(self) -> tuple[ReferencePeriod, ...]:
        return (*self.parts, self.whole) if self.whole else self.parts


def recipes(target: ReferencePeriod) -> tuple[Recipe, ...]:
    """Every way to form a period, the preferred first: from its parts, else from the half-year or year."""
    found = [Recipe(target, parts) for kind in KINDS if (parts := target.within(kind))]
    for kind in "SA":
        for number in (1, 2)[: 2 if kind == "S" else 1]:
            whole = ReferencePeriod(target.year, kind, number)
            parts = whole.within(target.kind)
            if target in parts:
                found.append(Recipe(target, tuple(p for p in parts if p != target), whole))
    return tuple(found)


def roll_up(regime: Regime, parts: Sequence[EarlierReturn]) -> RolledUp:
    """The period that consists of `parts`, in order; `regime` as it is in force at that period."""
    zeros = implied_zeros(regime, parts[-1].figures)
    figures: dict[str, Figure] = {}
    to_type: list[ToType] = []
    for indicator in regime.inputs:
        if indicator.over_time in (OverTime.REENTER, OverTime.RECOMPUTE):
            to_type += _reentered(indicator, parts)
            continue
        used = parts if indicator.over_time is OverTime.SUM else parts[-1:]
        gap = _gap(indicator, used)
        if gap is None:
            figures[indicator.code] = added(part.figures.get(indicator.code) for part in used)
        elif indicator.code not in zeros and not _never_given(indicator, parts):
            to_type.append(gap)
    return RolledUp(figures, tuple(to_type))


def derive(
    regime: Regime, whole: EarlierReturn, others: Sequence[EarlierReturn], target: ReferencePeriod
) -> RolledUp:
    """The period that `whole` consists of besides `others`: flows are left over, stocks if it is last."""
    is_last = target.months[1] == whole.period.months[1]
    every = (whole, *others)
    figures: dict[str, Figure] = {}
    to_type: list[ToType] = []
    for indicator in regime.inputs:
        if indicator.over_time in (OverTime.REENTER, OverTime.RECOMPUTE):
            to_type += _reentered(indicator, every)
            continue
        flows = indicator.over_time is OverTime.SUM
        used = every if flows else (whole,)
        gap = _gap(indicator, used)
        left: Figure = None
        if gap is None and flows:
            left = without(whole.figures.get(indicator.code), [p.figures.get(indicator.code) for p in others])
            gap = None if left is not None else ToType(indicator.code, Reason.CONTRADICTS)
        elif gap is None:
            left = whole.figures.get(indicator.code) if is_last else None
            gap = None if is_last else ToType(indicator.code, Reason.STOCK)
        if gap is None:
            figures[indicator.code] = left
        elif not _never_given(indicator, every):
            to_type.append(gap)
    return RolledUp(figures, tuple(to_type))


def added(figures: Iterable[Figure]) -> Figure:
    """Sum of figures: None where one is blank or unreadable, KPS where all are KPS."""
    listed = list(figures)
    if not listed or any(figure is None or is_text(figure) for figure in listed):
        return None
    given = [figure for figure in listed if isinstance(figure, Decimal)]
    return sum(given, Decimal(0)) if given else KPS


def without(whole: Figure, others: Sequence[Figure]) -> Figure:
    """What is left of a flow: None where a part is blank or where the others are more than the whole."""
    taken = added(others)
    if whole is None or is_text(whole) or taken is None:
        return None
    left = (whole if isinstance(whole, Decimal) else Decimal(0)) - (
        taken if isinstance(taken, Decimal) else Decimal(0)
    )
    if left < 0:
        return None
    return KPS if whole == KPS else left


def _gap(indicator: Indicator, parts: Sequence[EarlierReturn]) -> ToType | None:
    """Why the parts do not give the figure; None when they do."""
    if held := tuple(part.period for part in parts if indicator.code in part.doubtful):
        return ToType(indicator.code, Reason.HELD, held)
    blank = tuple(p.period for p in parts if added([p.figures.get(indicator.code)]) is None)
    return ToType(indicator.code, Reason.BLANK, blank) if blank else None


def _reentered(indicator: Indicator, parts: Sequence[EarlierReturn]) -> list[ToType]:
    return [] if _never_given(indicator, parts) else [ToType(indicator.code, Reason.REENTER)]


def _never_given(indicator: Indicator, parts: Sequence[EarlierReturn]) -> bool:
    """An optional row nobody ever filled needs no typing."""
    given = any(part.figures.get(indicator.code) is not None for part in parts)
    return indicator.blank is Blank.OPTIONAL and not given
