"""Figures against earlier periods: in the workbook, in check and in merge; nothing is said without them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from support.command_line import assert_refused, run
from support.samples_of_submissions import figures as sound_figures
from support.through_time_files import UNIT, check_json, write_submission

from cchc_xl.catalogue.loader import load_regime
from cchc_xl.catalogue.units import load_units
from cchc_xl.figures.live.values import live_values
from cchc_xl.model import KPS, Kind, OverTime, Says
from cchc_xl.model.earlier import EarlierFigures, EarlierPeriod, EarlierReturn
from cchc_xl.model.layout import layout_of
from cchc_xl.model.periods import ReferencePeriod, parse_period
from cchc_xl.model.terms import Figure
from cchc_xl.tasks.earlier import earlier_findings
from cchc_xl.tasks.read import read_one

Q1, Q2, Q3, S1, A1 = (parse_period(f"2026-{text}") for text in ("Q1", "Q2", "Q3", "S1", "A1"))
LOOKING_BACK = {rule.id for rule in load_regime("cchc-dinh-ky", Q2).rules if "previous." in rule.assertion}
FURTHER = {"thousandfold", "unlike_parts", "cumulative_below"}
NOW = sound_figures(1)
FLOWS = [f"bieu3_2_{n}_{m}" for n in (1, 2) for m in (1, 2)] + [
    f"bieu7_1_{n}_{m}" for n in (3, 4) for m in (1, 2)
]
# Last quarter: cumulative figures lower, flows different.
BEFORE = NOW | {
    "bieu1_2_2": Decimal(1),
    "bieu6_1_2": Decimal(5000),
    **{code: NOW[code] - 10 for code in ("bieu3_2_1_1", "bieu3_2_1_2")},  # type: ignore[operator]
}


def known_before(earlier: Mapping[ReferencePeriod, Mapping[str, Figure]]) -> EarlierFigures:
    """The unit's figures of other periods."""
    periods = (
        EarlierPeriod("cchc-dinh-ky", period, {UNIT.code: EarlierReturn(period, figures)})
        for period, figures in earlier.items()
    )
    return EarlierFigures(tuple(periods))


def told(
    folder: Path,
    now: Mapping[str, Figure],
    earlier: Mapping[ReferencePeriod, Mapping[str, Figure]],
    period: ReferencePeriod = Q2,
    notes: Mapping[str, str] | None = None,
) -> set[tuple[str, str]]:
    """(rule, indicator) of what is said because of earlier periods."""
    submission = read_one(str(write_submission(folder, period, now, notes=notes)), load_units())
    found = earlier_findings(submission, known_before(earlier))
    known = {(f.rule, f.indicator) for f in submission.findings}
    return {(f.rule, f.indicator or "") for f in found} - known


def test_a_sound_quarter_after_a_sound_quarter_is_not_remarked_on(tmp_path: Path) -> None:
    assert told(tmp_path, NOW, {Q1: BEFORE}) == set()


def test_without_earlier_figures_nothing_is_ever_said(tmp_path: Path) -> None:
    submission = read_one(str(write_submission(tmp_path, Q2, NOW)), load_units())
    assert not {f.rule for f in submission.findings} & (LOOKING_BACK | FURTHER)
    assert earlier_findings(submission, EarlierFigures()) == ()


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("bieu1_done_never_falls", "bieu1_2_2"),
        ("bieu5_appointed_never_falls", "bieu5_3"),
        ("bieu6_disbursed_never_falls", "bieu6_1_2"),
        ("bieu6_converted_never_falls", "bieu6_2_6"),
    ],
)
def test_a_cumulative_figure_that_falls_within_the_year_warns(tmp_path: Path, rule: str, code: str) -> None:
    higher = BEFORE | {code: NOW[code] + 1}  # type: ignore[operator]
    assert told(tmp_path, NOW, {Q1: higher}) == {(rule, code)}


def test_a_new_year_starts_cumulative_figures_and_plans_anew(tmp_path: Path) -> None:
    last_year = BEFORE | {"bieu1_2_2": Decimal(99), "bieu1_2_1": Decimal(99), "bieu6_1_1": Decimal(70000)}
    assert told(tmp_path, NOW, {Q1.previous(): last_year}, Q1) == set()
    first, second = (load_regime("cchc-dinh-ky", period) for period in (Q1, Q2))
    within = {rule.id for rule in second.rules if rule.within_year}
    assert len(within) == 6 and not within & {rule.id for rule in first.rules}


def test_a_changed_annual_plan_warns_unless_a_note_says_why(tmp_path: Path) -> None:
    other = BEFORE | {"bieu1_2_1": NOW["bieu1_2_1"] + 5}  # type: ignore[operator]
    assert told(tmp_path, NOW, {Q1: other}) == {("bieu1_plan_unchanged", "bieu1_2_1")}
    assert told(tmp_path, NOW, {Q1: other}, notes={"bieu1_2_1": "QĐ 12/QĐ-UBND"}) == set()


def test_check_tells_a_figure_ten_times_that_of_the_last_period(tmp_path: Path) -> None:
    write_submission(tmp_path / "truoc", Q1, BEFORE)
    tenfold = {code: NOW[code] * 10 for code in ("bieu3_2_1_1", "bieu3_2_1_2")}  # type: ignore[operator]
    path = write_submission(tmp_path, Q2, NOW | tenfold)
    (told,) = [
        f for f in check_json(path, "--previous", tmp_path / "truoc")["findings"] if f["rule"] == "size"
    ]
    assert told["severity"] == "warning" and told["indicator"] == "bieu3_2_1_1"
    assert "size" not in {f["rule"] for f in check_json(path)["findings"]}


def test_the_note_also_settles_the_live_mark() -> None:
    regime = load_regime("cchc-dinh-ky", Q2)
    before = {"bieu1_2_1": Decimal(38)}
    marks = [
        live_values(regime, {"bieu1_2_1": Decimal(40)}, before, notes).marks["bieu1_plan_unchanged"]
        for notes in ({}, {"bieu1_2_1": "  "}, {"bieu1_2_1": "điều chỉnh"})
    ]
    assert marks == ["⚠", "⚠", "✔"]


def test_a_stale_copy_of_last_period_is_noticed(tmp_path: Path) -> None:
    copy = BEFORE | {code: NOW[code] for code in FLOWS}
    assert told(tmp_path, NOW, {Q1: copy}) == {("bieu3_bieu7_not_a_copy", "bieu3_2_1_1")}
    one_changed = copy | {"bieu7_1_4_2": NOW["bieu7_1_4_2"] - 1}  # type: ignore[operator]
    assert told(tmp_path, NOW, {Q1: one_changed}) == set()


def test_a_thousands_dot_taken_for_a_decimal_point_is_noticed_in_every_count_and_amount(
    tmp_path: Path,
) -> None:
    regime = load_regime("cchc-dinh-ky", Q2)
    counted = [
        i.code for i in regime.indicators.values() if i.is_input and i.kind in (Kind.COUNT, Kind.MONEY)
    ]
    printed = {i.code for form in regime.printed_forms for i in form.inputs}
    now = {code: Decimal(2000) for code in counted if code in printed}
    before = {code: Decimal(2) for code in now}
    found = told(tmp_path, now, {Q1: before})
    live = {rule.id for rule in regime.rules if rule.says is Says.THOUSANDFOLD}
    fired = [code for rule, code in found if rule == "thousandfold" or rule in live]
    assert sorted(fired) == sorted(now)  # said once each
    assert 0 < len(live) < len(now)


def test_ordinary_growth_is_no_misread_dot(tmp_path: Path) -> None:
    before = BEFORE | {"bieu1_4_2": Decimal(2)}
    assert told(tmp_path, NOW | {"bieu1_4_2": Decimal(600)}, {Q1: before}) == set()


def test_a_half_year_must_be_its_two_quarters(tmp_path: Path) -> None:
    regime = load_regime("cchc-dinh-ky", S1)
    flows = [i.code for i in regime.indicators.values() if i.is_input and i.over_time is OverTime.SUM]
    half = NOW | {
        code: NOW[code] + BEFORE[code]  # type: ignore[operator]
        for code in flows
        if isinstance(NOW.get(code), Decimal)
    }
    known = {Q1: BEFORE, Q2: NOW}
    assert told(tmp_path, half, known, S1) == set()
    off = half | {"bieu3_2_1_1": half["bieu3_2_1_1"] + 1}  # type: ignore[operator]
    assert told(tmp_path, off, known, S1) == {("unlike_parts", "bieu3_2_1_1")}
    assert told(tmp_path, off, {Q1: BEFORE}, S1) == set()  # one quarter is not known


def test_kps_of_both_quarters_agrees_with_a_half_year_of_zero_and_a_blank_quarter_says_nothing(
    tmp_path: Path,
) -> None:
    codes = ("bieu2_1", "bieu2_1_1")
    kps = dict.fromkeys(codes, KPS)
    assert told(tmp_path, {c: Decimal(0) for c in codes}, {Q1: kps, Q2: kps}, S1) == set()
    assert told(tmp_path, {c: Decimal(3) for c in codes}, {Q1: {}, Q2: kps}, S1) == set()
    assert told(tmp_path, {c: Decimal(3) for c in codes}, {Q1: kps, Q2: kps}, S1) == {
        ("unlike_parts", code) for code in codes
    }


def test_a_cumulative_figure_below_a_quarter_of_the_same_year_warns(tmp_path: Path) -> None:
    half = {"bieu6_1_2": Decimal(19000), "bieu6_1_1": Decimal(37094)}
    assert told(tmp_path, half, {Q2: {"bieu6_1_2": Decimal(19884)}}, S1) == {
        ("cumulative_below", "bieu6_1_2")
    }
    assert told(tmp_path, half, {Q3: {"bieu6_1_2": Decimal(25000)}}, S1) == set()  # outside the half-year


def test_periods_know_what_they_consist_of() -> None:
    assert [str(p) for p in S1.within("Q")] == ["2026-Q1", "2026-Q2"]
    assert [str(p) for p in Q3.within("M")] == ["2026-M07", "2026-M08", "2026-M09"]
    assert [str(p) for p in A1.within("S")] == ["2026-S1", "2026-S2"]
    assert Q3.within("Q") == Q3.within("S") == ()


# --- the commands ----------------------------------------------------------------------------------------

FALLEN = BEFORE | {"bieu6_1_2": NOW["bieu6_1_2"] + 1}  # type: ignore[operator]


def rules_of(file: Mapping[str, list[dict[str, str]]]) -> set[str]:
    return {finding["rule"] for finding in file["findings"]}


def test_check_compares_with_a_folder_of_the_period_before(tmp_path: Path) -> None:
    write_submission(tmp_path / "Q1", Q1, FALLEN)
    file = write_submission(tmp_path / "Q2", Q2, NOW)
    assert not rules_of(check_json(file)) & LOOKING_BACK
    found = check_json(file, "--previous", tmp_path / "Q1")
    assert rules_of(found) & (LOOKING_BACK | FURTHER) == {"bieu6_disbursed_never_falls"}
    finding = next(f for f in found["findings"] if f["rule"] == "bieu6_disbursed_never_falls")
    assert (finding["severity"], finding["sheet"], finding["cell"]) == ("warning", "Biểu 6", "D9")
    assert found["verdict"] == "accepted"


def merged_rules(folder: Path, out: Path, *more: object) -> set[str]:
    ledger = out.with_suffix(".json")
    done = run("merge", folder, "--period", "2026-Q2", "--out", out, "--json", ledger, *more)
    assert done.returncode == 0, done.stderr
    (file,) = json.loads(ledger.read_text(encoding="utf-8"))["files"]
    return rules_of(file) & (LOOKING_BACK | FURTHER)


def test_merge_compares_with_a_folder_a_summary_or_the_history(tmp_path: Path) -> None:
    write_submission(tmp_path / "Q1", Q1, FALLEN)
    write_submission(tmp_path / "Q2", Q2, NOW)
    summary, history = tmp_path / "Q1.xlsx", tmp_path / "lich-su.db"
    first = run("merge", tmp_path / "Q1", "--period", "2026-Q1", "--out", summary, "--history", history)
    assert first.returncode == 0, first.stderr
    expected = {"bieu6_disbursed_never_falls"}
    assert merged_rules(tmp_path / "Q2", tmp_path / "a.xlsx") == set()
    for given in (("--previous", tmp_path / "Q1"), ("--previous", summary), ("--history", history)):
        out = tmp_path / "b.xlsx"
        assert merged_rules(tmp_path / "Q2", out, *given) == expected
        stored = openpyxl.load_workbook(out)["So sánh"]
        texts = [cell.value for row in stored.iter_rows() for cell in row if isinstance(cell.value, str)]
        assert any(text.startswith("8. Thay đổi của từng đơn vị") for text in texts)
        assert "6. Diễn biến qua các kỳ" in texts


def test_a_folder_without_earlier_figures_is_refused(tmp_path: Path) -> None:
    folder = write_submission(tmp_path / "Q2", Q2, NOW).parent
    done = run(*("merge", folder, "--period", "2026-Q2", "--out", tmp_path / "x.xlsx"), "--previous", folder)
    assert_refused(done, "không có tệp nào đọc được của các kỳ trước")
    assert not (tmp_path / "x.xlsx").exists()


def test_the_issued_workbook_shows_last_period_beside_the_inputs_and_judges_against_it(
    tmp_path: Path,
) -> None:
    write_submission(tmp_path / "Q1", Q1, FALLEN)
    done = run(
        *("issue", "--period", "2026-Q2", "--unit", "11284", "--plain", "--out", tmp_path / "phat"),
        *("--previous", tmp_path / "Q1"),
    )
    assert done.returncode == 0, done.stderr
    (issued,) = (tmp_path / "phat").iterdir()
    layout = layout_of(load_regime("cchc-dinh-ky", Q2))
    blank = openpyxl.load_workbook(issued, data_only=True)
    assert blank["Biểu 6"]["I9"].value == FALLEN["bieu6_1_2"] and blank["Biểu 6"]["D9"].value is None
    mark = f"F{layout.check_rows['bieu6_disbursed_never_falls']}"
    assert blank["Kiểm tra"][mark].value == "…"
    values = tmp_path / "v.csv"
    values.write_text(f"indicator,value\nbieu6_1_2,{NOW['bieu6_1_2']}\n", encoding="utf-8")
    filled = tmp_path / issued.name
    assert run("fill", issued, values, "--out", filled).returncode == 0
    assert openpyxl.load_workbook(filled, data_only=True)["Kiểm tra"][mark].value == "⚠"
