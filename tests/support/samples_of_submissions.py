"""A city of submissions made by hand: seeded figures of every unit, judged by the real rules."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from cchc_xl.catalogue import load_regime, load_units
from cchc_xl.catalogue.scope import load_scope
from cchc_xl.figures.checks import check_figures, judge
from cchc_xl.figures.totals.consolidated import Consolidation
from cchc_xl.figures.totals.over_units import consolidate
from cchc_xl.model import (
    KPS,
    Finding,
    Observation,
    Regime,
    ReportingUnit,
    Severity,
    Status,
    Submission,
    Verdict,
)
from cchc_xl.model.earlier import EarlierPeriod, EarlierReturn
from cchc_xl.model.layout import layout_of
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.scope import ReportingScope, ReportingUnits
from cchc_xl.model.terms import Figure

PERIOD = ReferencePeriod(2026, "Q", 2)
UNITS = load_units()


def regime() -> Regime:
    """The periodic regime at PERIOD."""
    return load_regime("cchc-dinh-ky", PERIOD)


def scope(units: ReportingUnits = UNITS, period: ReferencePeriod = PERIOD) -> ReportingScope:
    """The periodic regime, for all units at PERIOD unless told otherwise."""
    return load_scope("cchc-dinh-ky", period, units)


def earlier(period: ReferencePeriod, figures: Mapping[str, Mapping[str, Figure]]) -> EarlierPeriod:
    """Figures of another period by unit code, every one counted."""
    return EarlierPeriod(regime().id, period, {c: EarlierReturn(period, row) for c, row in figures.items()})


def figures(seed: int = 0, **own: Figure) -> dict[str, Figure]:
    """Typed figures of one unit that break no rule, `own` ones put in."""
    draw = random.Random(seed)
    tasks, plan, finished = draw.randint(10, 60), draw.randint(15, 45), draw.randint(800, 9000)
    money, full, part = draw.randint(8000, 90000), draw.randint(200, 1500), draw.randint(1000, 6000)
    late_tasks, staff = draw.randint(0, 2), draw.randint(35, 60)
    self_paid, services = draw.randint(0, 3), draw.randint(10, 20)
    values = {
        "bieu1_1": draw.randint(2, 20),
        "bieu1_2_1": plan,
        "bieu1_2_2": draw.randint(plan // 3, plan),
        "bieu1_3_1": draw.randint(1, 6),
        "bieu1_3_2_1": draw.randint(1, 5),
        "bieu1_3_2_2": 1,
        "bieu1_4_1": tasks,
        "bieu1_4_1_1": tasks - 5,
        "bieu1_4_1_2": late_tasks,
        "bieu1_4_1_3": 0,
        "bieu1_4_2": draw.randint(50, 400),
        "bieu1_4_3": draw.choice((0, 0, 1, 2)),
        "bieu1_5": draw.choice((0, 1, 1)),
        "bieu2_1": (acts := draw.randint(0, 3)),
        "bieu2_1_1": acts,
        "bieu3_1_1": 1,
        "bieu3_1_2": 331,
        "bieu3_2_1_1": finished,
        "bieu3_2_1_2": finished - int(finished * draw.random() ** 3 * 0.2),
        "bieu3_2_2_1": (asked := draw.randint(0, 15)),
        "bieu3_2_2_2": asked,
        "bieu4_1_1": staff,
        "bieu4_1_2": staff - draw.randint(0, 6),
        "bieu4_1_3": draw.randint(0, 5),
        "bieu4_1_4": draw.randint(0, 1),
        "bieu4_2_1": (teachers := draw.randint(200, 500)),
        "bieu4_2_2": teachers - draw.randint(0, 30),
        "bieu4_2_3": 0,
        "bieu5_1_1": 4,
        "bieu5_1_2": services,
        "bieu5_1_3": 0,
        "bieu5_2_1": draw.randint(0, 2),
        "bieu5_2_2": draw.randint(0, 6),
        "bieu5_3": 0,
        "bieu5_4": (punished := draw.randint(0, 2)),
        "bieu5_4_1": 0,
        "bieu5_4_2": 0,
        "bieu5_4_3": punished,
        "bieu6_1_1": money,
        "bieu6_1_2": int(money * draw.uniform(0.2, 0.85)),
        "bieu6_2_1": services,
        "bieu6_2_2": 0,
        "bieu6_2_3": self_paid,
        "bieu6_2_4": 2,
        "bieu6_2_4_1": 1,
        "bieu6_2_4_2": 1,
        "bieu6_2_4_3": 0,
        "bieu6_2_5": services - self_paid - 2,
        "bieu6_2_6": 0,
        "bieu7_1_1_1": 220,
        "bieu7_1_1_2": 220,
        "bieu7_1_2_1": (procedures := draw.randint(25, 60)),
        "bieu7_1_2_2": procedures - draw.randint(0, 4),
        "bieu7_1_3_1": full,
        "bieu7_1_3_2": full - draw.randint(0, 90),
        "bieu7_1_4_1": part,
        "bieu7_1_4_2": part - draw.randint(0, 400),
        "bieu7_1_5_1": 43,
        "bieu7_1_5_2": 43,
    }
    found: dict[str, Figure] = {code: Decimal(value) for code, value in values.items()}
    found.update(own)
    return {code: figure for code, figure in found.items() if figure is not None}


def number(value: int | str) -> Decimal:
    """A figure from an int or a decimal text."""
    return Decimal(value)


def submission(
    unit: ReportingUnit,
    typed: Mapping[str, Figure] | None = None,
    *,
    file: str | None = None,
    times: int = 1,
    modified: str = "2026-06-15T08:00:00Z",
    extra: tuple[Finding, ...] = (),
    notes: Mapping[str, str] | None = None,
    explanations: Mapping[str, str] | None = None,
) -> Submission:
    """One judged submission of a unit, as the reader would hand it over."""
    current, layout = regime(), layout_of(regime())
    values = figures(int(unit.code)) if typed is None else typed
    observations = tuple(
        _observation(code, values.get(code), *layout.place(code), (notes or {}).get(code, ""))
        for code, indicator in current.indicators.items()
        if indicator.is_input
    )
    found = check_figures(current, observations) + extra
    verdict, forms = judge((form.code for form in current.printed_forms), found)
    return Submission(
        file=file or f"{unit.code} {unit.full_name}.xlsx",
        sha256=f"{int(unit.code) * 7919:064x}",
        verdict=verdict,
        findings=found,
        regime=current.id,
        period=PERIOD,
        unit=unit,
        number=times,
        modified=modified,
        window=PERIOD.window(current.cutoff_day),
        observations=observations,
        explanations=explanations or {},
        forms=forms,
        control_code=f"{int(unit.code) % 10000:04d}-{times}",
    )


def _observation(code: str, figure: Figure, sheet: str, cell: str, note: str) -> Observation:
    if isinstance(figure, Decimal):
        return Observation(code, Status.VALUE, figure, sheet, cell, note)
    status = {None: Status.BLANK, KPS: Status.NOT_APPLICABLE}.get(figure, Status.ERROR)
    return Observation(code, status, None, sheet, cell, note)


def error(form: str | None, rule: str = "date_in_input") -> Finding:
    """An error that holds a form (or the whole file)."""
    return Finding(
        rule, Severity.ERROR, "Biểu 1, ô D7: ô đang được hiểu là ngày tháng.", "Gõ lại số.", form=form
    )


def city(units: tuple[ReportingUnit, ...] = UNITS, *, changes: bool = True) -> list[Submission]:
    """Every unit's submission; with `changes` holes, KPS, held forms, missing units and stray files."""
    if not changes:
        return [submission(unit) for unit in units]
    draw = random.Random(7)
    found: list[Submission] = []
    for position, unit in enumerate(units):
        typed = figures(int(unit.code))
        if position % 37 == 5:
            continue  # missing
        for code in draw.sample(sorted(typed), 2):
            if code not in ("bieu3_1_1",) and not code.startswith("bieu6_2"):
                del typed[code]
        if position % 9 == 2:
            typed.update(bieu1_3_2_1=KPS, bieu1_3_2_2=KPS, bieu2_1=KPS, bieu2_1_1=KPS)
        if position % 10 == 3:
            typed.update(bieu3_1_1=Decimal("0.95"), bieu7_1_1_1=Decimal(230))
        if position % 12 == 4:
            typed["bieu3_2_1_2"] = typed.get("bieu3_2_1_1", Decimal(100)) + 50  # an error: more than all
        if position % 14 == 6:
            for code in ("bieu6_2_2", "bieu6_2_4_3"):
                typed.pop(code, None)  # read as 0
        if position % 25 == 7:
            typed["bieu6_1_2"] = "19,8x"  # unreadable
        extra = (error("bieu6"),) if position % 25 == 7 else ()
        notes = {"bieu1_4_2": '=HYPERLINK("http://x")\nkhảo sát\x07 sau'} if position % 20 == 1 else {}
        told = {"bieu3_2_1_2_le": "Do hồ sơ năm trước chuyển sang"} if position % 12 == 4 else {}
        found.append(submission(unit, typed, extra=extra, notes=notes, explanations=told))
    found += [
        Submission("~$tam.xlsx", None, Verdict.SKIPPED, (_notice("lock_file"),)),
        Submission(
            "hong.xlsx", "0" * 64, Verdict.REJECTED, (replace(error(None, "archive_broken"), sheet=None),)
        ),
        replace(found[0], file="cu.xlsx", modified="2026-06-14T08:00:00Z"),
    ]
    return found


def _notice(rule: str) -> Finding:
    return Finding(rule, Severity.NOTICE, "Tệp tạm của Excel", "Không cần làm gì.")


def consolidation(submissions: list[Submission] | None = None) -> Consolidation:
    """The city at PERIOD."""
    return consolidate(scope(), city() if submissions is None else submissions)
