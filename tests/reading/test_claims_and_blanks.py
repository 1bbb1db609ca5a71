"""What is said of blank cells and of percentages as written in the report, and how long cell texts may be."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from support.regime_samples import AN_TRUONG, day

from cchc_xl.catalogue import load_regime, load_units, regime_ids
from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.figures.numbers import format_claim_vi, format_percent_vi
from cchc_xl.figures.totals.against_earlier import through_time_findings
from cchc_xl.model import Finding, Severity, Submission
from cchc_xl.model.earlier import EarlierReturn
from cchc_xl.model.periods import ReferencePeriod, parse_period
from cchc_xl.model.terms import Figures
from cchc_xl.reading.submission import read_submission
from cchc_xl.workbooks.commune import Contents, plan_workbook

JUNE = parse_period("2026-M06")
QUARTER = parse_period("2026-Q2")


def read(regime_id: str, period: ReferencePeriod, figures: Figures, **more: object) -> Submission:
    """A workbook with these figures, written and read again."""
    contents = Contents(figures=dict(figures), **more)  # type: ignore[arg-type]
    plan = plan_workbook(load_regime(regime_id, period), AN_TRUONG, period, contents)
    return read_submission("bao-cao.xlsx", render(plan), load_units())


def of(submission: Submission, *severities: Severity) -> list[Finding]:
    return [f for f in submission.findings if f.severity in severities]


def test_finished_dossiers_that_do_not_add_up_are_told_with_refused_and_withdrawn_blank() -> None:
    figures = {
        "bieu3_2_1_1": Decimal(1000),
        "giaitrinh_early": Decimal(990),
        "giaitrinh_on_time": Decimal(1),
        "giaitrinh_late": Decimal(4),
    }
    rules = {f.rule for f in of(read("cchc-dinh-ky", QUARTER, figures), Severity.WARNING)}
    assert "giaitrinh_finished_agrees" in rules


def test_the_early_rate_is_computed_with_blanks_as_zero_and_claimed_in_a_cell_of_its_own() -> None:
    figures = {
        "giaitrinh_early": Decimal(23),
        "giaitrinh_on_time": Decimal(190),
        "giaitrinh_late": Decimal(7),
    }
    read_back = read("cchc-dinh-ky", QUARTER, figures, claimed={"giaitrinh_rate_early": Decimal("0.104")})
    rate = next(o for o in read_back.observations if o.indicator == "giaitrinh_rate_early")
    assert rate.value is not None and round(rate.value, 4) == Decimal("0.1045")
    (told,) = [f for f in read_back.findings if f.indicator == "giaitrinh_rate_early"]
    assert (told.rule, told.severity) == ("claim_truncated", Severity.NOTICE)
    assert "(10,4 %)" in told.message and told.fix.endswith("10,5 %.")


@pytest.mark.parametrize(
    ("fraction", "shown"),
    [("0.104", "10,4 %"), ("0.9932", "99,32 %"), ("1", "100 %"), ("0.18125", "18,125 %"), ("0.1", "10 %")],
)
def test_a_claim_is_shown_at_the_precision_it_was_written(fraction: str, shown: str) -> None:
    assert format_claim_vi(Decimal(fraction)) == shown


def test_other_percentages_keep_two_decimals() -> None:
    assert format_percent_vi(Decimal("0.5")) == "50,00 %"


def test_the_remedy_of_a_blank_fits_what_the_cell_holds() -> None:
    told = {}
    for regime_id, period in (
        ("cchc-dinh-ky", QUARTER),
        ("ket-luan-kiem-tra", QUARTER),
        ("chi-so-766", JUNE),
    ):
        kinds = {i.code: i.kind.value for i in load_regime(regime_id, period).inputs}
        answered = load_regime(regime_id, period).must_answer[-1][0]  # else the file is simply empty
        figure = Decimal(46_000 if kinds[answered] == "date" else 1)
        for finding in read(regime_id, period, {answered: figure}).findings:
            if finding.rule.startswith("blank_") and finding.indicator:
                told.setdefault(kinds[finding.indicator], set()).add(finding.fix)
    assert {"date", "text", "choice", "count"} <= set(told)
    for kind in ("date", "text", "choice"):
        assert not any("số" in fix.lower() for fix in told[kind]), told[kind]
    assert all("KPS" in fix for fix in told["choice"] if "phát sinh" in fix)
    assert all(fix.startswith("Nhập số") for fix in told["count"])


def test_a_date_and_a_rank_alone_are_enough_for_the_766_index() -> None:
    sent = read("chi-so-766", JUNE, {"chiso766_1_1": day(2026, 6, 14), "chiso766_3_1": Decimal(40)})
    assert of(sent, Severity.ERROR, Severity.WARNING) == []
    partly = read("chi-so-766", JUNE, {"chiso766_1_1": day(2026, 6, 14), "chiso766_2_1": Decimal(17)})
    assert [f.rule for f in of(partly, Severity.WARNING)] == ["chiso_points_of_all_groups"]
    neither = read("chi-so-766", JUNE, {"chiso766_1_1": day(2026, 6, 14)})
    assert [f.rule for f in of(neither, Severity.WARNING)] == ["chiso_rank_or_points"]


def test_a_fall_of_rank_is_a_notice_within_one_file_and_against_the_period_before() -> None:
    figures = {"chiso766_1_1": day(2026, 6, 14), "chiso766_3_1": Decimal(40)}
    fallen = read("chi-so-766", JUNE, figures | {"chiso766_5_4": Decimal(31)})
    (told,) = [f for f in fallen.findings if f.rule == "chiso_rank_fell"]
    assert told.severity is Severity.NOTICE and "40" in told.message and "31" in told.message
    regime = load_regime("chi-so-766", JUNE)
    before = EarlierReturn(JUNE.previous(), figures | {"chiso766_3_1": Decimal(31)})
    found = through_time_findings(regime, read("chi-so-766", JUNE, figures), {before.period: before})
    assert [(f.rule, f.severity) for f in found] == [("chiso_rank_fell_since_last_period", Severity.NOTICE)]
    long_ago = parse_period("2026-M02")
    found = through_time_findings(
        regime, read("chi-so-766", JUNE, figures), {long_ago: replace(before, period=long_ago)}
    )
    assert [f.rule for f in found] == [
        "chiso_rank_fell_since_last_period"
    ]  # the last known, however long ago
    risen = read("chi-so-766", JUNE, figures | {"chiso766_5_4": Decimal(50)})
    assert of(risen, Severity.NOTICE) == []


@pytest.mark.parametrize("regime_id", regime_ids())
def test_no_text_of_a_validation_is_longer_than_excel_shows_or_cut_in_a_word(regime_id: str) -> None:
    period = ReferencePeriod(2026, load_regime(regime_id).period_kinds[0], 1)
    plan = plan_workbook(load_regime(regime_id, period), AN_TRUONG, period)
    said = [(v.prompt, v.stop) for sheet in plan.sheets for v in sheet.validations]
    for text in (text for pair in said for text in pair if text):
        assert len(text) <= 225, text
        assert text[-1] in ".?!)…", text
