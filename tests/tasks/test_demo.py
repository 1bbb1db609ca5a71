"""The demo: the real sample's figures, the planted faults and what becomes of each."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from support.demo_folder import demo, demos, submitted
from support.dialects import mixed
from support.places import EXAMPLES

from cchc_xl.catalogue import regime_ids
from cchc_xl.catalogue.units import load_units
from cchc_xl.cli.demo_listing import demo_lines
from cchc_xl.model import Severity, Status, Submission, Verdict
from cchc_xl.model.errors import UsageError
from cchc_xl.model.terms import PeriodState, UnitState
from cchc_xl.reading.submission import read_submission
from cchc_xl.tasks.demo import DemoResult, run_demo
from cchc_xl.tasks.demo.figures import draw_figures
from cchc_xl.tasks.demo.script import load_scripts

SAMPLE = EXAMPLES / "nam-thanh-mien-2026-Q2.csv"
REAL_UNIT = "11284"
OWN = ("chi-so-766", "dot-pha", "ket-luan-kiem-tra")  # regimes a commune keeps for itself
OWN_FAULTS = [
    ("chi-so-766", "10525", Verdict.HELD, ("number_over_maximum", Severity.ERROR)),
    ("chi-so-766", "10532", Verdict.ACCEPTED, ("chiso_total_as_shown", Severity.WARNING)),
    ("chi-so-766", "10537", Verdict.HELD, ("text_unreadable", Severity.ERROR)),
    ("chi-so-766", "10540", Verdict.ACCEPTED, ("chiso_all_early_points_lost", Severity.NOTICE)),
    ("dot-pha", "10525", Verdict.ACCEPTED, ("dotpha_early_and_on_time", Severity.NOTICE)),
    ("dot-pha", "10532", Verdict.HELD, ("dotpha_finished_balance", Severity.ERROR)),
    ("dot-pha", "10537", Verdict.ACCEPTED, ("dotpha_never_on_time", Severity.WARNING)),
    ("ket-luan-kiem-tra", "10525", Verdict.ACCEPTED, ("ketluan_overdue", Severity.WARNING)),
    ("ket-luan-kiem-tra", "10532", Verdict.ACCEPTED, ("ketluan_finished_on", Severity.WARNING)),
    ("ket-luan-kiem-tra", "10537", Verdict.HELD, ("ketluan_window_in_order", Severity.ERROR)),
]


def of_unit(code: str) -> list[Submission]:
    return [s for s in demo().merge.merged.ledger if code in s.file]


def of_regime(regime: str) -> DemoResult:
    return next(result for result in demos() if result.script.regime == regime)


def shown(regime: str, column: str) -> set[object]:
    """Everything the rows of a regime's registers say in one column."""
    return {
        row.get(column)
        for submission in of_regime(regime).merge.merged.ledger
        for rows in submission.registers.values()
        for row in rows
    }


def rules(submission: Submission, severity: Severity) -> set[str]:
    return {f.rule for f in submission.findings if f.severity is severity}


def test_the_real_sample_is_accepted_with_exactly_its_known_remarks() -> None:
    (sample,) = of_unit(REAL_UNIT)
    assert sample.verdict is Verdict.ACCEPTED
    warned = {(f.rule, f.indicator) for f in sample.findings if f.severity is Severity.WARNING}
    assert warned == {
        ("bieu1_survey_rows_agree", "bieu1_4_3"),
        ("blank_required", "bieu1_5"),
        ("blank_kps", "bieu6_2_6"),
    }
    noticed = {(f.rule, f.indicator) for f in sample.findings if f.severity is Severity.NOTICE}
    assert noticed == {("bieu6_2_blank_as_zero", "bieu6_2_1"), ("bieu1_running_tasks", "bieu1_4_1")}
    assert len(sample.findings) == 5
    running = next(f for f in sample.findings if f.rule == "bieu1_running_tasks")
    assert "(16)" in running.message


def test_every_figure_of_the_sample_is_read_as_printed() -> None:
    (sample,) = of_unit(REAL_UNIT)
    read = {o.indicator: o for o in sample.observations}
    with SAMPLE.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            expected = Decimal(1) if row["value"] == "100%" else Decimal(row["value"])
            assert read[row["indicator"]].value == expected
    percentages = {
        "bieu1_2": "60.53",
        "bieu1_3_2": "100.00",
        "bieu3_2_1": "99.33",
        "bieu3_2_2": "100.00",
        "bieu6_1": "53.60",
        **{f"bieu7_1_{row}": "100.00" for row in range(1, 6)},
    }
    for code, percent in percentages.items():
        value = read[code].value
        assert value is not None
        assert round(value * 100, 2) == Decimal(percent)
    assert read["bieu1_4_2"].status is Status.BLANK


def test_every_entry_of_the_folder_ends_in_exactly_one_verdict() -> None:
    merged = demo().merge.merged
    entries = {path.name for path in demo().submitted.iterdir()}
    assert {s.file for s in merged.ledger} == entries
    assert len(merged.ledger) == len(entries) == sum(merged.count(v) for v in Verdict)


@pytest.mark.parametrize(
    ("unit", "held", "rule"),
    [
        ("10537", {"bieu7"}, "text_ambiguous"),
        ("10540", {"bieu3"}, "formula_overwritten"),
        ("10642", {"bieu3"}, "bieu3_on_time_within_finished"),
        ("10675", {"bieu6"}, "number_not_whole"),
        ("10552", {"bieu1"}, "formula_in_input"),
    ],
)
def test_an_error_holds_its_own_form_only(unit: str, held: set[str], rule: str) -> None:
    (submission,) = of_unit(unit)
    assert submission.verdict is Verdict.HELD
    assert {code for code, verdict in submission.forms.items() if verdict is Verdict.HELD} == held
    assert rule in rules(submission, Severity.ERROR)


@pytest.mark.parametrize(
    ("unit", "rule"),
    [("10546", "wrong_period_kind"), ("10903", "file_name_other_unit"), ("10615", "conflicting_submissions")],
)
def test_a_file_that_cannot_stand_for_its_unit_is_held_whole(unit: str, rule: str) -> None:
    for submission in of_unit(unit):
        assert rule in rules(submission, Severity.ERROR)
        assert set(submission.forms.values()) == {Verdict.HELD}


def test_a_text_with_one_reading_is_counted_and_told_and_constant_arithmetic_is_evaluated() -> None:
    (texts,) = of_unit("10532")
    assert "text_number" in rules(texts, Severity.WARNING)
    assert next(o.value for o in texts.observations if o.indicator == "bieu3_2_1_1") == 5650
    (sums,) = of_unit("10777")
    assert "constant_formula" in rules(sums, Severity.NOTICE)
    assert next(o.value for o in sums.observations if o.indicator == "bieu7_1_4_1") == 907 + 4501


def test_a_corrected_submission_replaces_the_first_and_a_broken_file_is_rejected() -> None:
    first, second = sorted(of_unit("10606"), key=lambda s: s.number or 0)
    assert (first.verdict, second.verdict) == (Verdict.SKIPPED, Verdict.ACCEPTED)
    assert rules(first, Severity.NOTICE) >= {"superseded"}
    (broken,) = of_unit("10633")
    assert broken.verdict is Verdict.REJECTED
    assert broken.findings[0].fix


def test_city_sums_hold_exactly_the_accepted_forms() -> None:
    merged = demo().merge.merged
    for code in ("bieu3_2_1_1", "bieu6_1_2", "bieu7_1_4_1"):
        form = code.split("_")[0]
        added = Decimal(0)
        for submission in merged.ledger:
            if submission.verdict in (Verdict.ACCEPTED, Verdict.HELD):
                values = {o.indicator: o.value for o in submission.observations}
                if submission.forms[form] is Verdict.ACCEPTED:
                    added += values[code] or 0
        assert merged.city[code].total == added
    finished, on_time = merged.city["bieu3_2_1_1"].total, merged.city["bieu3_2_1_2"].total
    assert finished and on_time
    assert merged.city["bieu3_2_1"].total == on_time / finished


def test_units_without_a_readable_file_are_named() -> None:
    assert {u.code for u in demo().merge.merged.missing} == {"10510", "10525", "10546", "10633", "10903"}


def test_the_story_holds_a_blank_a_half_filled_and_a_displacing_blank_and_a_closed_period() -> None:
    states = {u.unit.code: u.state for u in demo().merge.merged.units}
    assert states["10543"] is UnitState.EMPTY
    assert states["10549"] is UnitState.INCOMPLETE
    assert states["10570"] is states[REAL_UNIT] is UnitState.COMPLETE
    assert [s.verdict for s in of_unit("10570")] == [Verdict.ACCEPTED, Verdict.HELD]
    assert demo().merge.merged.state is PeriodState.PROVISIONAL
    closed = of_regime("dot-pha").merge.merged
    assert closed.state is PeriodState.FINAL and closed.closing and "minh họa" in closed.closing.accepted


def test_illustrative_figures_are_marked_and_real_ones_are_not() -> None:
    marked = {s.unit.code: s.illustrative for s in demo().merge.merged.ledger if s.unit}
    assert marked[REAL_UNIT] is False
    assert all(made_up for code, made_up in marked.items() if code != REAL_UNIT)


def test_drawn_figures_are_the_same_every_time_and_differ_between_units() -> None:
    script = load_scripts()[0]
    once = draw_figures(script.recipes, script.seed, "10510")
    assert once == draw_figures(script.recipes, script.seed, "10510")
    assert once != draw_figures(script.recipes, script.seed, "10525")


def test_every_further_regime_has_its_own_folder_and_ends_as_its_script_says() -> None:
    first, *others = demos()
    assert (first.script.regime, first.issued.name) == ("cchc-dinh-ky", "phat-hanh")
    for result in others:
        assert result.issued.parent == first.issued.parent / result.script.regime
        told = "\n".join(demo_lines(result))
        assert all(fault.story in told for fault in result.script.faults)
        planted = {fault.unit for fault in result.script.faults}
        for submission in result.merge.merged.ledger:
            if submission.unit and submission.unit.code not in planted:
                assert submission.verdict is Verdict.ACCEPTED, submission.file
                assert not rules(submission, Severity.WARNING), submission.file


def test_every_regime_has_a_demo() -> None:
    assert {result.script.regime for result in demos()} == set(regime_ids())


@pytest.mark.parametrize(
    ("regime", "unit", "verdict", "rule"),
    OWN_FAULTS,
)
def test_what_is_planted_in_a_commune_s_own_regime_is_found(
    regime: str, unit: str, verdict: Verdict, rule: tuple[str, Severity]
) -> None:
    (submission,) = (s for s in of_regime(regime).merge.merged.ledger if unit in s.file)
    grave = {(f.rule, f.severity) for f in submission.findings if f.severity is not Severity.NOTICE}
    assert submission.verdict is verdict
    assert rule in {(f.rule, f.severity) for f in submission.findings}
    assert grave <= {rule}


@pytest.mark.parametrize("regime", OWN)
def test_a_commune_s_own_regime_is_illustrative_throughout_and_never_summed(regime: str) -> None:
    result = of_regime(regime)
    merged = result.merge.merged
    planted = {fault.unit for fault in result.script.faults}
    tested = {case[:2] for case in OWN_FAULTS}
    assert {(regime, unit) for unit in planted if unit != "10510"} <= tested
    assert {u.code for u in merged.missing} == {"10510"}
    assert all(submission.illustrative for submission in merged.ledger)
    assert all(figure.total is None for figure in merged.city.values())
    lines = list(demo_lines(result))
    assert "mọi đơn vị" in lines[0] and "MINH HỌA" in lines[0]
    assert any("không cộng" in line for line in lines)
    assert not any("Cấp xã" in line for line in lines)


def test_the_rows_of_the_demo_show_targets_met_and_not_and_every_state_of_a_deadline() -> None:
    met, due = shown("dot-pha", "dat"), shown("ket-luan-kiem-tra", "han")
    assert met >= {"✔ Đạt", "✖ Chưa đạt"}
    assert due >= {"✔ Còn hạn", "⚠ Sắp đến hạn", "✖ Quá hạn", "⚠ Xong sau hạn", "✔ Đã xong", "Thường xuyên"}


def test_more_points_never_give_a_worse_rank_in_the_demo() -> None:
    script = of_regime("chi-so-766").script
    drawn = [draw_figures(script.recipes, script.seed, f"{n}") for n in range(40)]
    pairs = [(f["chiso766_2_7"], f["chiso766_3_1"]) for f in drawn]
    ranks = [int(rank) for _, rank in sorted(pairs, key=lambda pair: (pair[0], -int(pair[1] or 0))) if rank]
    assert len(ranks) == 40 and ranks == sorted(ranks, reverse=True)
    assert 1 <= ranks[-1] < ranks[0] <= 114


def test_the_account_names_every_planted_case_and_where_to_look() -> None:
    lines = list(demo_lines(demo()))
    for fault in demo().script.faults:
        assert sum(fault.story in line for line in lines) >= 1
    assert str(demo().merge.summary) in lines[-1]
    assert "MINH HỌA" in lines[0]


def test_the_demo_never_writes_into_a_folder_with_other_files(tmp_path: Path) -> None:
    (tmp_path / "bao-cao.docx").write_text("của người dùng", encoding="utf-8")
    with pytest.raises(UsageError, match=r"bao-cao\.docx"):
        run_demo(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["bao-cao.docx"]


def test_submitted_files_carry_the_unit_code() -> None:
    assert submitted(REAL_UNIT).name == "CCHC_2026-Q2_11284_Nam-Thanh-Mien.xlsx"


@pytest.mark.libreoffice
@pytest.mark.parametrize("regime", regime_ids())
def test_the_demo_s_files_end_alike_whichever_program_saved_them(regime: str) -> None:
    result = of_regime(regime)
    told = {s.file: s for s in result.merge.merged.ledger}
    sound = [name for name, s in told.items() if s.verdict is Verdict.ACCEPTED and not s.findings]
    chosen = [n for n, s in told.items() if s.findings and s.verdict in (Verdict.ACCEPTED, Verdict.HELD)]
    files = {name: (result.submitted / name).read_bytes() for name in [*chosen[:18], *sound[:6]]}
    for name, content in mixed(files).items():
        before, after = (read_submission(name, data, load_units()) for data in (files[name], content))
        assert after.observations == before.observations, name
        assert (after.verdict, after.findings) == (before.verdict, before.findings), name
        assert after.registers == before.registers, name
