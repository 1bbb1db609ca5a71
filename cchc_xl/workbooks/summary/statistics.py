"""Robust statistics over units: median, median absolute deviation, who stands far out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

# Iglewicz and Hoaglin (1993): modified z-score, cut at 3.5; the mean deviation where the MAD is 0.
_CUT = Decimal("3.5")
_MAD_FACTOR, _MEAN_FACTOR = Decimal("1.4826"), Decimal("1.253314")
FEWEST_UNITS = 10


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and median absolute deviation of some figures, and the keys far from the median."""

    median: Decimal
    deviation: Decimal
    outliers: tuple[str, ...]  # farthest first


def median(values: Sequence[Decimal]) -> Decimal:
    """The middle value (mean of the middle two). Raises IndexError for no values."""
    ordered, middle = sorted(values), len(values) // 2
    return ordered[middle] if len(values) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def spread(figures: Mapping[str, Decimal]) -> Spread | None:
    """The spread of at least ten figures; None for fewer, which say nothing."""
    if len(figures) < FEWEST_UNITS:
        return None
    center = median(list(figures.values()))
    distances = {key: abs(value - center) for key, value in figures.items()}
    deviation = median(list(distances.values()))
    scale = deviation * _MAD_FACTOR
    if not scale:
        scale = sum(distances.values(), Decimal(0)) / len(distances) * _MEAN_FACTOR
    far = [key for key, distance in distances.items() if scale and distance > _CUT * scale]
    far.sort(key=lambda key: (-distances[key], key))
    return Spread(center, deviation, tuple(far))
