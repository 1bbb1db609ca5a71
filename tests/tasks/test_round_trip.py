"""Whatever an officer may legally enter comes back as it was: random values → fill → read → equal."""

from __future__ import annotations

import functools
import tempfile
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from support.dialects import excel

from cchc_xl.catalogue.loader import load_regime
from cchc_xl.catalogue.units import load_units
from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.figures.checks import confront
from cchc_xl.figures.live.rules import mark
from cchc_xl.figures.numbers import format_vi
from cchc_xl.model import KPS, Indicator, Kind, Status
from cchc_xl.model.layout import layout_of
from cchc_xl.model.periods import parse_period
from cchc_xl.reading.submission import read_submission
from cchc_xl.tasks.fill import fill_workbook
from cchc_xl.workbooks.commune import plan_workbook

PERIOD = parse_period("2026-Q2")
REGIME = load_regime("cchc-dinh-ky", PERIOD)
INPUTS = tuple(i for i in REGIME.indicators.values() if i.is_input)


@functools.cache
def blank() -> bytes:
    return render(plan_workbook(REGIME, load_units()[0], PERIOD))


def _entries(indicator: Indicator) -> st.SearchStrategy[str | None]:
    """What may stand in VALUES.csv for the indicator; None leaves it out."""
    kps = st.just(KPS) if indicator.accepts_kps else st.nothing()
    if indicator.kind is Kind.CHOICE:
        return st.sampled_from([None, *(choice.code for choice in indicator.choices)])
    if indicator.kind is Kind.RATIO:
        points = st.integers(0, 10_000).map(lambda n: f"{Decimal(n) / 100}%")
        return st.one_of(st.none(), points, kps)
    most = int(indicator.maximum or 99_999_999)
    plain = st.integers(0, most).map(str)
    return st.one_of(st.none(), plain, kps)


def _expected(indicator: Indicator, entry: str) -> Decimal | None:
    if entry == KPS:
        return None
    return Decimal(entry[:-1]) / 100 if indicator.kind is Kind.RATIO else Decimal(entry)


_FIGURES = st.fixed_dictionaries({i.code: _entries(i) for i in INPUTS})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(entries=_FIGURES)
def test_random_values_come_back_as_they_were_filled(entries: dict[str, str | None]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "blank.xlsx").write_bytes(blank())
        lines = [f"{code},{entry}" for code, entry in entries.items() if entry is not None]
        (work / "values.csv").write_text("\n".join(["indicator,value", *lines]), encoding="utf-8")
        path = fill_workbook(
            work / "blank.xlsx", work / "values.csv", work / "filled.xlsx", load_units()
        ).path
        submission = read_submission(path.name, path.read_bytes(), load_units())
        stored = load_workbook(path, data_only=True)
        saved = excel.saved({path.name: path.read_bytes()})[path.name]
    assert read_submission(path.name, saved, load_units()).observations == submission.observations
    read = {o.indicator: o for o in submission.observations}
    figures: dict[str, Decimal | str | None] = {}
    for indicator in INPUTS:
        entry, observation = entries[indicator.code], read[indicator.code]
        if entry is None:
            assert observation.status is Status.BLANK
            figures[indicator.code] = None
        elif entry == KPS:
            assert observation.status is Status.NOT_APPLICABLE
            figures[indicator.code] = KPS
        else:
            assert observation.status is Status.VALUE
            assert observation.value == _expected(indicator, entry)
            figures[indicator.code] = observation.value
    layout = layout_of(REGIME)
    for result in confront(REGIME, figures):
        cached = stored["Kiểm tra"][f"F{layout.check_rows[result.rule.id]}"].value
        assert cached == mark(result.outcome, result.rule.severity), result.rule.id


@settings(max_examples=200, deadline=None)
@given(number=st.integers(0, 10**9))
def test_a_number_typed_as_a_vietnamese_writes_it_is_never_read_as_another(number: int) -> None:
    from cchc_xl.figures.numbers import readings

    assert Decimal(number) in {reading.value for reading in readings(format_vi(Decimal(number)))}
