"""From which change on the size of a figure is worth a question; the limits stand in the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class SizeLimit:
    """One limit on the sum of `rows`: beyond `fold` times (or `share` of) what was expected, either way.

    A difference below `least` is never told: small figures double honestly.
    """

    rows: tuple[str, ...]
    least: Decimal
    fold: Decimal | None = None  # exactly one of the two
    share: Decimal | None = None
    within_year: bool = False  # the last period must lie in the same year

    def is_beyond(self, figure: Decimal, expected: Decimal, fold: Decimal | None = None) -> bool:
        """Whether the figure is out of proportion; `fold` stands in for the limit's own measure."""
        difference = abs(figure - expected)
        if difference < self.least:
            return False
        fold = fold or self.fold
        if fold is None:
            return difference > (self.share or 0) * expected
        low, high = sorted((figure, expected))
        return high > fold * low


@dataclass(frozen=True, slots=True)
class SizeLimits:
    """A regime's limits and with what a figure may be compared."""

    limits: tuple[SizeLimit, ...]
    fewest_units: int  # below, neither a common change nor peers say anything
    peers_fold: Decimal  # against units of the same type, where no last period is known
    peer_types: tuple[str, ...]
    window_days: int  # data windows that differ by more cannot be compared
    units_formed: date | None = None  # periods that ended before this day were reported by other units
