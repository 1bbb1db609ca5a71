"""Figures of earlier periods as every user of them sees them, and when a report reached the city."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.terms import KPS, Figure, Figures


@dataclass(frozen=True, slots=True)
class Receipt:
    """When and how a unit's report reached the city; what is not known stays None or ""."""

    date: date | None = None
    channel: str = ""
    report_number: str = ""


class Standing(StrEnum):
    """What the consolidation of its own period made of a figure."""

    COUNTED = "counted"
    HELD = "held"  # its form has errors
    DISPUTED = "disputed"  # two files with the same Lần nộp give different figures


@dataclass(frozen=True)
class EarlierReturn:
    """What one unit typed for one other period, as far as it is known, and which figures did not count.

    `figures`: indicator → number, KPS, a text, None where blank. `doubtful` names every indicator whose
    figure or blank was not counted, and why; all others were.
    """

    period: ReferencePeriod
    figures: Figures
    doubtful: Mapping[str, Standing] = field(default_factory=dict)
    read_as_zero: frozenset[str] = frozenset()  # blanks whose breakdown leaves nothing for them
    source: str = ""  # the file, or what else said so
    window: tuple[date | None, date | None] = (None, None)
    illustrative: bool = False

    def standing(self, code: str) -> Standing:
        return self.doubtful.get(code, Standing.COUNTED)

    @cached_property
    def undoubted(self) -> dict[str, Figure]:
        """What was typed, but for figures that did not count: nobody is shown those as last period's."""
        return {c: figure for c, figure in self.figures.items() if self.standing(c) is Standing.COUNTED}

    @cached_property
    def counted(self) -> dict[str, Figure]:
        """The numbers and KPS that were counted, blanks read as 0 among them."""
        found: dict[str, Figure] = {}
        for code, figure in self.figures.items():
            if self.standing(code) is not Standing.COUNTED:
                continue
            if figure is None and code in self.read_as_zero:
                found[code] = Decimal(0)
            elif figure == KPS or isinstance(figure, Decimal):
                found[code] = figure
        return found


@dataclass(frozen=True)
class EarlierPeriod:
    """Every unit's return of another period of a regime, by unit code."""

    regime_id: str
    period: ReferencePeriod
    returns: Mapping[str, EarlierReturn]

    @cached_property
    def counted(self) -> dict[str, dict[str, Figure]]:
        """Counted figures by unit code; a unit without any is not a key."""
        return {code: found.counted for code, found in self.returns.items() if found.counted}


@dataclass(frozen=True)
class EarlierFigures:
    """Everything known of other periods, by their end; `named` is the summary asked to be compared with."""

    periods: tuple[EarlierPeriod, ...] = ()
    named: EarlierPeriod | None = None

    def of_unit(self, regime_id: str, code: str) -> dict[ReferencePeriod, EarlierReturn]:
        """One unit's returns by period."""
        mine = (known for known in self.periods if known.regime_id == regime_id)
        return {known.period: known.returns[code] for known in mine if code in known.returns}

    def of_kind(self, kind: str) -> tuple[EarlierPeriod, ...]:
        """Periods of one kind (Q, M …), oldest first."""
        return tuple(known for known in self.periods if known.period.kind == kind)

    def compared_with(self, period: ReferencePeriod) -> EarlierPeriod | None:
        """What a period's summary compares with: the summary named, else the period before if it counted."""
        before = (known for known in self.periods if known.period == period.previous() and known.counted)
        return self.named or next(before, None)

    def joined(self, newer: EarlierFigures) -> EarlierFigures:
        """Both; of the same regime and period what is newer alone."""
        replaced = {(known.regime_id, known.period) for known in newer.periods}
        kept = (known for known in self.periods if (known.regime_id, known.period) not in replaced)
        return EarlierFigures(in_order((*kept, *newer.periods)), newer.named or self.named)


def in_order(periods: tuple[EarlierPeriod, ...]) -> tuple[EarlierPeriod, ...]:
    """Periods by the month they end in, shorter kinds of the same end by their letter."""
    return tuple(sorted(periods, key=lambda known: ends(known.period)))


def ends(period: ReferencePeriod) -> tuple[int, int, str]:
    """What periods are put in order by."""
    return period.year, period.months[1], period.kind
