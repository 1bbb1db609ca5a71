"""Benchmark of size warnings: planted tenfold figures found, honest units warned, by kind of quarter.

Usage: python tests/benchmarks/size.py   (also called by run.py). Seeds 1–5 were looked at while the model
and the limits were tuned; the others were not.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.honest_city import Typed, quarters, warned

from cchc_xl.catalogue.loader import load_regime
from cchc_xl.model import KPS
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.terms import Figure

TUNED, MEASURED = range(1, 6), range(201, 211)
_PLANTED = 20  # units of a city that get one tenfold figure each


def honest_warnings(seed: int) -> dict[str, float]:
    """Warnings per 100 honest units: a quarter against the one before, and without a last period."""
    known = quarters(seed, (2026, 2027))
    found: dict[str, float] = {}
    for period, typed in known.items():
        before = known.get(period.previous())
        against = f"{period.previous()}" if before else "peers"
        found[f"{period} against {against}"] = 100 * len(warned(typed, period, before)) / len(typed)
    first = ReferencePeriod(2026, "Q", 4)
    found["2026-Q4 against peers"] = 100 * len(warned(known[first], first)) / len(known[first])
    return found


def tenfold_found(seed: int, *, with_last: bool) -> dict[str, tuple[int, int]]:
    """By row: (found, planted) of figures made ten times too large, in the second quarter."""
    period = ReferencePeriod(2026, "Q", 2)
    known = quarters(seed)
    limits = load_regime("cchc-dinh-ky", period).size
    assert limits is not None
    rows = [code for limit in limits.limits for code in limit.rows]
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for code in rows:
        typed, planted = _planted(known[period], code, random.Random(f"{seed}/{code}"))
        told = warned(typed, period, known[period.previous()] if with_last else None)
        counts[code][0] += sum(unit in told for unit in planted)
        counts[code][1] += len(planted)
    return {code: (found, planted) for code, (found, planted) in counts.items()}


def _planted(typed: Typed, code: str, draw: random.Random) -> tuple[Typed, list[str]]:
    """The city with one figure of some units ten times too large; only figures that are not 0."""
    able = [unit for unit, row in typed.items() if row[code] not in (KPS, Decimal(0), None)]
    chosen = draw.sample(able, _PLANTED)
    changed: Typed = {unit: dict(row) for unit, row in typed.items()}
    for unit in chosen:
        changed[unit][code] = _tenfold(typed[unit], code)
    return changed, chosen


def _tenfold(row: Mapping[str, Figure], code: str) -> Figure:
    figure = row[code]
    assert isinstance(figure, Decimal)
    return figure * 10


def measure_size() -> None:
    """Print both measures for the seeds tuned on and the others."""
    for name, seeds in (("tuned on", TUNED), ("measured on", MEASURED)):
        print(f"  size, seeds {name} {seeds.start}–{seeds.stop - 1}: honest warnings per 100 units")
        _print_mean(seeds)
        for with_last in (True, False):
            _print_found(seeds, with_last=with_last)


def _print_mean(seeds: Iterable[int]) -> None:
    rows: defaultdict[str, list[float]] = defaultdict(list)
    for seed in seeds:
        for label, rate in honest_warnings(seed).items():
            rows[label].append(rate)
    for label, rates in rows.items():
        print(f"    {label:<32} mean {sum(rates) / len(rates):5.2f}   worst {max(rates):5.2f}")


def _print_found(seeds: Iterable[int], *, with_last: bool) -> None:
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for seed in seeds:
        for code, (found, planted) in tenfold_found(seed, with_last=with_last).items():
            counts[code][0] += found
            counts[code][1] += planted
    whole = [sum(column) for column in zip(*counts.values(), strict=True)]
    against = "last period" if with_last else "peers"
    print(f"    tenfold figures found against {against}: {whole[0]} of {whole[1]}")
    print("      " + ", ".join(f"{code} {found}/{planted}" for code, (found, planted) in counts.items()))


if __name__ == "__main__":
    measure_size()
