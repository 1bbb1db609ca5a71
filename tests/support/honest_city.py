"""A city whose units report honestly quarter after quarter, for measuring what size warnings say of it.

Communes differ up to fiftyfold, some quarters are busy for everybody, money is paid out in the fourth
quarter, plans are raised within the year, small communes have zeros. Nothing here knows the limits.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache

from cchc_xl.catalogue.loader import load_regime
from cchc_xl.figures.totals.size import Sized, size_findings
from cchc_xl.model import KPS, Finding, Observation, Regime, ReportingUnit, Status, Submission, Verdict
from cchc_xl.model.addresses import SheetCell
from cchc_xl.model.earlier import EarlierReturn
from cchc_xl.model.layout import layout_of
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.terms import Figure
from support.samples_of_submissions import UNITS, figures

Typed = dict[str, dict[str, Figure]]  # by unit code
# Dossiers of a quarter against the year's mean, and the share of the plan paid out by its end.
_SEASON = {1: (0.75, 0.08, 0.25), 2: (1.0, 0.25, 0.5), 3: (1.05, 0.45, 0.75), 4: (1.7, 0.75, 1.0)}


def quarters(seed: int, years: Iterable[int] = (2026,)) -> dict[ReferencePeriod, Typed]:
    """Honest figures of every unit in every quarter of some years."""
    found: dict[ReferencePeriod, Typed] = {
        ReferencePeriod(year, "Q", number): {} for year in years for number in _SEASON
    }
    for unit in UNITS:
        commune = _Commune(random.Random(f"{seed}/{unit.code}"), unit)
        for period, city in found.items():
            city[unit.code] = commune.quarter(period)
    return found


class _Commune:
    """What one commune is like, and what it reports."""

    def __init__(self, draw: random.Random, unit: ReportingUnit) -> None:
        self.draw = draw
        self.own = figures(draw.randint(0, 10**6))
        scale = 0.3 if unit.type == "Đặc khu" else 1.0
        self.dossiers = 3200 * scale * draw.lognormvariate(0, 0.6)
        self.online = draw.uniform(0.12, 0.45)
        self.tasks = draw.uniform(8, 70) * (4 if draw.random() < 0.04 else 1)  # some count every task
        self.documents = draw.uniform(3, 20)
        self.staff = draw.randint(32, 62) + (40 if unit.type == "Đặc khu" else 0)
        self.employees = draw.randint(60, 620)
        self.institutions = draw.randint(5, 22)
        self.approved = draw.random() > 0.06  # the others have no approved positions yet
        self.plan = draw.lognormvariate(10.2, 0.6)
        self.year = 0

    def quarter(self, period: ReferencePeriod) -> dict[str, Figure]:
        draw = self.draw
        season, least, most = _SEASON[period.number]
        if period.year != self.year:
            self.year, self.plan = period.year, self.plan * draw.lognormvariate(0, 0.3)
        elif draw.random() < 0.12:
            self.plan *= draw.uniform(1.1, 2.2)  # raised within the year
        self.staff += draw.choice((-2, -1, 0, 0, 0, 1, 1))
        self.employees += draw.choice((0, 0, -3, 4, 9)) + (28 if draw.random() < 0.01 else 0)
        self.institutions += draw.choice((0,) * 12 + (-1, 1))
        self.approved = self.approved or draw.random() < 0.2
        campaign = draw.uniform(1.5, 2.6) if draw.random() < 0.03 else 1.0
        received = round(self.dossiers * season * campaign * draw.lognormvariate(0, 0.22))
        online = round(received * self.online * draw.uniform(0.8, 1.25))
        tasks = max(1, round(self.tasks * draw.lognormvariate(0, 0.35)))
        plan = round(self.plan)
        values: dict[str, int] = {
            "bieu1_1": draw.randint(0, round(self.documents * (2.5 if period.number == 1 else 1.5))),
            "bieu1_4_1": tasks,
            "bieu1_4_1_1": tasks * 3 // 4,
            "bieu1_4_1_2": 0,
            "bieu1_4_1_3": 0,
            "bieu3_2_1_1": received,
            "bieu3_2_1_2": round(received * draw.uniform(0.97, 1)),
            "bieu4_1_1": self.staff,
            "bieu4_1_2": self.staff - draw.randint(0, 6),
            "bieu4_2_1": self.employees,
            "bieu4_2_2": self.employees - draw.randint(0, 25),
            "bieu6_1_1": plan,
            "bieu6_1_2": round(plan * draw.uniform(least, most)),
            "bieu6_2_1": self.institutions,
            "bieu5_1_2": self.institutions if self.approved else 0,
            "bieu7_1_3_1": online,
            "bieu7_1_4_1": max(0, received - online - round(received * 0.05)),
        }
        quarter: dict[str, Figure] = {**self.own, **{c: Decimal(v) for c, v in values.items()}}
        if received < 400 and draw.random() < 0.3:
            quarter["bieu7_1_3_1"] = KPS
        return quarter


def warned(
    typed: Mapping[str, Mapping[str, Figure]],
    period: ReferencePeriod,
    before: Mapping[str, Mapping[str, Figure]] | None = None,
) -> dict[str, Finding]:
    """The size warning of each warned unit, its figures held against those of the period before."""
    regime = load_regime("cchc-dinh-ky", period)
    sized = [
        Sized(
            regime,
            _sent(regime, unit, typed[unit.code], period),
            EarlierReturn(period.previous(), before[unit.code]) if before else None,
        )
        for unit in UNITS
    ]
    found = size_findings(regime, sized)
    return {unit.code: finding for unit, finding in zip(UNITS, found, strict=True) if finding}


def _sent(
    regime: Regime, unit: ReportingUnit, typed: Mapping[str, Figure], period: ReferencePeriod
) -> Submission:
    """A submission as far as its size goes."""
    observations = tuple(
        Observation(code, Status.VALUE, figure, *_place(regime, code))
        if isinstance(figure, Decimal)
        else Observation(code, Status.NOT_APPLICABLE, None, *_place(regime, code))
        for code, figure in typed.items()
    )
    words = {"regime": regime.id, "period": period, "unit": unit, "observations": observations}
    return Submission(f"{unit.code}.xlsx", None, Verdict.ACCEPTED, **words)


@lru_cache
def _place(regime: Regime, code: str) -> SheetCell:
    return layout_of(regime).place(code)
