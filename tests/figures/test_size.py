"""Figures out of proportion are told, honest quarters are left alone; limits stand in the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from support.honest_city import Typed, quarters, warned
from support.samples_of_submissions import PERIOD, UNITS, earlier, figures, scope, submission

from cchc_xl.catalogue.loader import load_regime
from cchc_xl.figures.totals.over_units import consolidate
from cchc_xl.figures.totals.size import SIZE, Sized, size_findings, with_size_findings
from cchc_xl.model import KPS, Finding, ReportingUnit, Severity
from cchc_xl.model.earlier import EarlierFigures, EarlierReturn
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.terms import Figure
from cchc_xl.workbooks.summary import plan_summary
from cchc_xl.workbooks.summary.wording import COMPARISON

NOBODY: EarlierFigures = EarlierFigures()
UNIT = UNITS[0]
BEFORE = PERIOD.previous()
USUAL = figures(1, bieu3_2_1_1=Decimal(5979), bieu3_2_1_2=Decimal(5900))


def of_one(
    now: Mapping[str, Figure],
    before: Mapping[str, Figure],
    period: ReferencePeriod = PERIOD,
    window: tuple[date | None, date | None] = (None, None),
) -> Finding | None:
    """What is said of a unit's figures when nothing but its own last period is known."""
    regime = load_regime("cchc-dinh-ky", period)
    sent = replace(submission(UNIT, now), period=period, window=(None, None))
    last = EarlierReturn(period.previous(), before, window=window)
    return size_findings(regime, [Sized(regime, sent, last)])[0]


def told(merged_from: list[object], known: EarlierFigures = NOBODY) -> dict[str, Finding]:
    """Size warnings by unit of a merged city."""
    merged = with_size_findings(consolidate(scope(), merged_from), known)  # type: ignore[arg-type]
    return {
        u.unit.code: f for u in merged.units if u.submission for f in u.submission.findings if f.rule == SIZE
    }


@pytest.mark.parametrize("seed", [31, 32, 33])
def test_honest_quarters_give_at_most_two_warnings_per_hundred_units(seed: int) -> None:
    known = quarters(
        seed, (2026, 2027)
    )  # a fourth quarter of disbursement, a busy one, zeros, small communes
    rates = [len(warned(typed, p, known.get(p.previous()))) / len(typed) for p, typed in known.items()]
    assert sum(rates) / len(rates) <= 0.02


def test_a_quarter_three_times_as_busy_for_everybody_is_nobodys_fault() -> None:
    known = quarters(41)
    before, typed = known[BEFORE], known[PERIOD]
    busy: Typed = {
        unit: row | {code: row[code] * 3 for code in ("bieu3_2_1_1", "bieu7_1_4_1")}  # type: ignore[operator]
        for unit, row in typed.items()
    }
    assert len(warned(busy, PERIOD, before)) <= 2


def test_a_tenfold_figure_is_found_in_every_unit_that_is_large_enough() -> None:
    known = quarters(51)
    for code in ("bieu3_2_1_1", "bieu4_1_1", "bieu4_2_2", "bieu6_2_1", "bieu6_1_1"):
        typed = {unit: dict(row) for unit, row in known[PERIOD].items()}
        chosen = [unit.code for unit in UNITS[:20]]
        for unit in chosen:
            typed[unit][code] *= 10  # type: ignore[operator]
        found = warned(typed, PERIOD, known[BEFORE])
        assert len(set(found) & set(chosen)) >= 19, code
        assert len(set(found) - set(chosen)) <= 2, code


def test_a_resubmission_of_5979_as_99999_dossiers_is_told_without_any_last_period() -> None:
    wrong = USUAL | {"bieu3_2_1_1": Decimal(99_999)}
    first, second = submission(UNIT, USUAL, file="1.xlsx"), submission(UNIT, wrong, file="2.xlsx", times=2)
    (finding,) = told([first, second]).values()
    assert finding.severity is Severity.WARNING
    assert "99.999" in finding.message and "5.979" in finding.message and "1.xlsx" in finding.message
    assert told([first, replace(first, file="3.xlsx", number=2)]) == {}


def test_one_warning_names_every_row_with_both_figures() -> None:
    now = USUAL | {"bieu4_1_1": Decimal(480), "bieu3_2_1_1": Decimal(59790)}
    finding = of_one(now, USUAL | {"bieu4_1_1": Decimal(48)})
    assert finding is not None
    for words in ("Biểu 3 dòng 2.1.1 ghi 59.790, Quý I năm 2026: 5.979", "Biểu 4 dòng 1.1 ghi 480"):
        assert words in finding.message
    assert (finding.value, finding.expected) == ("59.790", "5.979")


def test_a_figure_that_falls_to_a_tenth_or_to_nothing_is_told() -> None:
    for now in (Decimal(597), Decimal(0), KPS):
        assert of_one(USUAL | {"bieu3_2_1_1": now}, USUAL) is not None, now


def test_rows_that_honestly_grow_twentyfold_or_from_nothing_are_left_alone() -> None:
    now = USUAL | {"bieu6_1_1": Decimal(60000), "bieu6_1_2": Decimal(50000), "bieu5_1_2": Decimal(14)}
    before = now | {"bieu6_1_2": Decimal(2500), "bieu5_1_2": KPS, "bieu1_1": Decimal(1)}
    assert of_one(now, before) is None


def test_small_figures_double_honestly() -> None:
    small = {"bieu1_1": Decimal(2), "bieu3_2_1_1": Decimal(90), "bieu6_2_1": Decimal(4)}
    large = {"bieu1_1": Decimal(40), "bieu3_2_1_1": Decimal(980), "bieu6_2_1": Decimal(9)}
    assert of_one(USUAL | large, USUAL | small) is None


def test_a_longer_window_or_another_year_is_no_measure_of_what_happened_within_it() -> None:
    busy = USUAL | {"bieu3_2_1_1": Decimal(30_000)}
    assert of_one(busy, USUAL) is not None
    assert of_one(busy, USUAL, window=(date(2026, 1, 1), date(2026, 2, 1))) is None
    first = ReferencePeriod(2026, "Q", 1)
    plan = USUAL | {"bieu6_1_1": Decimal(90_000)}
    assert of_one(plan, plan | {"bieu6_1_1": Decimal(9_000)}, first) is None
    staff = USUAL | {"bieu4_1_1": Decimal(480)}
    assert (
        of_one(staff, USUAL, window=(date(2026, 1, 1), date(2026, 2, 1))) is not None
    )  # at a day, not in it


def test_periods_reported_by_the_units_before_the_merger_are_no_measure() -> None:
    third = ReferencePeriod(2025, "Q", 3)
    busy = USUAL | {"bieu3_2_1_1": Decimal(30_000)}
    assert of_one(busy, USUAL, third) is None
    assert of_one(busy, USUAL, ReferencePeriod(2025, "Q", 4)) is not None


def test_without_a_last_period_units_are_held_against_peers_of_their_type() -> None:
    sent = [submission(unit, figures(5)) for unit in UNITS]
    units = {kind: next(u for u in UNITS if u.type == kind) for kind in ("Xã", "Phường", "Đặc khu")}
    for kind, unit in units.items():
        wrong = submission(unit, figures(5, bieu3_2_1_1=Decimal(99_999)))
        found = told([wrong if s.unit == unit else s for s in sent])
        assert set(found) == ({unit.code} if kind != "Đặc khu" else set())
    assert "trung vị của các" in told([_tenfold(s.unit, s) for s in sent])[units["Xã"].code].message


def _tenfold(unit: ReportingUnit | None, sent: object) -> object:
    first = next(u for u in UNITS if u.type == "Xã")
    return submission(first, figures(5, bieu3_2_1_1=Decimal(99_999))) if unit == first else sent


def test_what_the_last_period_confirms_is_not_held_against_peers() -> None:
    known = earlier(BEFORE, {unit.code: figures(5) | _large(unit) for unit in UNITS})
    sent = [submission(unit, figures(5) | _large(unit)) for unit in UNITS]
    assert told(sent, EarlierFigures((known,))) == {}  # type: ignore[arg-type]
    assert set(told(sent)) == {UNIT.code}  # type: ignore[arg-type]


def _large(unit: ReportingUnit) -> dict[str, Figure]:
    return {"bieu3_2_1_1": Decimal(99_999)} if unit == UNIT else {}


def test_a_thousandfold_is_not_told_a_second_time() -> None:
    regime = load_regime("cchc-dinh-ky", PERIOD)
    misread = Finding("thousandfold", Severity.WARNING, "", "", indicator="bieu3_2_1_1")
    sent = submission(UNIT, USUAL | {"bieu3_2_1_1": Decimal(5_979_000)}, extra=(misread,))
    last = EarlierReturn(BEFORE, USUAL)
    assert size_findings(regime, [Sized(regime, sent, last)]) == (None,)


def test_units_are_ranked_by_their_share_of_a_figures_change() -> None:
    last = {
        unit.code: figures(int(unit.code), bieu3_2_1_1=Decimal(1000), bieu3_2_1_2=Decimal(600))
        for unit in UNITS[:3]
    }
    now = (Decimal(1100), Decimal(700), Decimal(10_600))
    sent = [
        submission(unit, figures(int(unit.code), bieu3_2_1_1=figure, bieu3_2_1_2=Decimal(600)))
        for unit, figure in zip(UNITS, now, strict=False)
    ]
    merged = consolidate(scope(UNITS[:3]), sent)
    sheet = next(
        s for s in plan_summary(merged, previous=earlier(BEFORE, last)).sheets if s.name == COMPARISON
    )
    cells = {cell.address: cell for cell in sheet.cells}
    (start,) = (int(a[1:]) for a, c in cells.items() if str(c.value).startswith("7. Đơn vị góp"))
    row = next(
        r for r in range(start, start + 60) if "2.1.1." in str(getattr(cells.get(f"A{r}"), "value", ""))
    )
    assert cells[f"F{row}"].value == 10_000
    assert [cells[f"B{row + n}"].value for n in (1, 2, 3)] == [UNITS[2].name, UNITS[1].name, UNITS[0].name]
    assert [cells[f"G{row + n}"].value for n in (1, 2, 3)] == [
        Decimal("0.96"),
        Decimal("0.03"),
        Decimal("0.01"),
    ]
    assert [cells[f"F{row + n}"].value for n in (1, 2, 3)] == [9600, -300, 100]
