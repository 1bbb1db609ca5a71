"""Regimes a commune keeps for itself: breakthrough targets, inspection notices, scores of QĐ 766."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from support.command_line import run
from support.commune_recalculation import differences
from support.libreoffice import recalculate_cells
from support.ooxml_validator import validate
from support.regime_samples import (
    AN_TRUONG,
    DOT_PHA,
    KET_LUAN,
    PERIODS,
    SAMPLES,
    UNITS,
    N,
    day,
    period,
    plan,
    read,
    scores,
)

from cchc_xl.catalogue import load_regime
from cchc_xl.catalogue.scope import load_scope
from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.figures.dates import format_day, gives_day
from cchc_xl.figures.totals.over_units import consolidate
from cchc_xl.model import OverUnits, Severity, Submission, Verdict
from cchc_xl.model.layout import CHECK, CHECK_LEFT, CHECK_RIGHT, layout_of
from cchc_xl.tasks.ledger_json import merge_to_json, submission_to_json
from cchc_xl.workbooks.commune import Contents
from cchc_xl.workbooks.summary import plan_summary


def rows(submission: Submission, register: str, *columns: str) -> list[tuple[object, ...]]:
    return [tuple(row.get(c) for c in columns) for row in submission.registers[register]]


def rules(submission: Submission) -> set[str]:
    return {f.rule for f in submission.findings}


def test_targets_are_judged_by_their_own_comparison_and_trend():
    found = rows(read("dot-pha", DOT_PHA), "dotphachitieu", "ket_qua", "dat", "xu_huong")
    assert found == [
        (N(100), "✔ Đạt", "Số lớn hơn"),
        (N(0), "Không so riêng", None),
        (N(90), "✖ Chưa đạt", "Không đổi"),
        (N(40), "✔ Đạt", "Số nhỏ hơn"),
        ("KPS", None, None),
        (N(-1), None, None),
        (N(100), "✔ Đạt", None),
    ]


def test_on_time_alone_is_never_tested_and_full_early_resolution_is_never_a_fault():
    submission = read("dot-pha", DOT_PHA)
    told = [f.cell for f in submission.findings if f.rule == "dotpha_never_on_time"]
    assert told == ["C8"]
    assert not {"dotpha_early_share", "dotpha_early_and_on_time", "dotpha_finished_balance"} & rules(
        submission
    )


def test_texts_and_dates_of_a_form_are_read_and_shown_in_json():
    shown = submission_to_json(read("dot-pha", DOT_PHA))["observations"]
    values = {o["indicator"]: o["value"] for o in shown}
    assert values["dotpha_1_1"] == "45/KH-UBND"
    assert values["dotpha_1_2"] == "2026-01-20"
    assert values["dotpha_3_1"] == 91.25


def test_before_a_day_means_the_day_before_at_the_latest():
    found = rows(read("ket-luan-kiem-tra", KET_LUAN), "ketluanyeucau", "ngay_cuoi", "han")
    assert found == [
        ("2026-06-29", "⚠ Sắp đến hạn"),
        ("2026-06-24", "✖ Quá hạn"),
        ("2026-06-25", "⚠ Sắp đến hạn"),
        ("2026-06-10", "⚠ Xong sau hạn"),
        ("2026-06-29", "✔ Đã xong"),
        ("2026-06-29", "Thường xuyên"),
        ("2026-08-01", "✔ Còn hạn"),
    ]


def test_without_a_day_of_the_report_nothing_is_called_overdue():
    undated = Contents(figures=KET_LUAN.figures, registers=KET_LUAN.registers)
    found = [row[0] for row in rows(read("ket-luan-kiem-tra", undated), "ketluanyeucau", "han")]
    assert "✖ Quá hạn" not in found and "… Chưa ghi Ngày lập báo cáo" in found


def test_the_notice_s_online_share_is_that_of_the_sample():
    submission = read("ket-luan-kiem-tra", KET_LUAN)
    share = next(o.value for o in submission.observations if o.indicator == "ketluan_3")
    assert share is not None and round(share * 100, 2) == Decimal("16.77")


def test_groups_have_their_maxima_and_the_total_is_their_sum():
    regime = load_regime("chi-so-766", period("chi-so-766"))
    maxima = [regime.indicators[f"chiso766_2_{n}"].maximum for n in range(1, 7)]
    assert maxima == [18, 20, 12, 10, 18, 22] and sum(m or 0 for m in maxima) == 100
    figures = {o.indicator: o.value for o in read("chi-so-766", scores()).observations}
    assert figures["chiso766_2"] == N("96.2") and figures["chiso766_5_3"] == N("-1.1")
    assert "number_over_maximum" in rules(read("chi-so-766", scores(chiso766_2_4=N("10.5"))))


def test_a_full_score_without_first_rank_is_a_notice_for_the_group_rank_only():
    assert not [r for r in rules(read("chi-so-766", scores())) if "full_not_first" in r]
    submission = read("chi-so-766", scores(chiso766_3_2=N(40), chiso766_3_4=N(1)))
    told = [f for f in submission.findings if "full_not_first" in f.rule]
    assert [(f.rule, f.severity) for f in told] == [("chiso_group_1_full_not_first", Severity.NOTICE)]


def test_everything_early_but_points_lost_is_a_notice():
    assert "chiso_all_early_points_lost" in rules(read("chi-so-766", SAMPLES["chi-so-766"]))
    full = scores(chiso766_4_1=N(50), chiso766_4_2=N(50), chiso766_2_2=N(20))
    assert "chiso_all_early_points_lost" not in rules(read("chi-so-766", full))


@pytest.mark.parametrize("regime_id", SAMPLES)
def test_nothing_of_a_commune_s_own_is_ever_summed(regime_id: str):
    regime = load_regime(regime_id, period(regime_id))
    assert not {OverUnits.SUM, OverUnits.RECOMPUTE} & {i.over_units for i in regime.indicators.values()}
    submissions = [
        dataclasses.replace(read(regime_id, SAMPLES[regime_id], unit), file=f"{unit.code}.xlsx")
        for unit in (UNITS[0], UNITS[1], AN_TRUONG)
    ]
    merged = consolidate(load_scope(regime_id, period(regime_id)), submissions)
    assert all(figure.total is None for figure in merged.city.values())
    assert render(plan_summary(merged))
    if regime_id == "chi-so-766":
        city = merge_to_json(merged)["city"]
        assert city["chiso766_2"] == {"units": 3, "least": 96.2, "median": 96.2, "largest": 96.2}
        assert "Phân bố" in [sheet.name for sheet in plan_summary(merged).sheets]


def _lines(regime_id: str) -> list[tuple[str, str]]:
    contents = SAMPLES[regime_id]
    lines = [(code, f"{value}".replace(".", ",")) for code, value in contents.figures.items()]
    indicators = load_regime(regime_id, period(regime_id)).indicators
    dates = {code for code, value in contents.figures.items() if indicators[code].kind.value == "date"}
    return [(code, "14/6/2026" if code in dates else value) for code, value in lines]


@pytest.mark.parametrize("regime_id", SAMPLES)
def test_the_whole_way_on_the_command_line(regime_id: str, tmp_path: Path):
    when, unit = PERIODS[regime_id], AN_TRUONG.code
    issued, filed = tmp_path / "phat-hanh", tmp_path / "da-nop"
    filed.mkdir()
    done = run("issue", "--regime", regime_id, "--period", when, "--unit", unit, "--plain", "--out", issued)
    assert done.returncode == 0, done.stderr
    blank = next(issued.iterdir())
    with (tmp_path / "so.csv").open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows([("indicator", "value"), *_lines(regime_id)])
    done = run("fill", blank, tmp_path / "so.csv", "--out", filed / blank.name)
    assert done.returncode == 0, done.stderr
    told = json.loads(run("check", filed / blank.name, "--json").stdout)["files"][0]
    assert told["regime"] == regime_id and told["verdict"] == "accepted", told["findings"]
    done = run(
        *("merge", filed, "--regime", regime_id, "--period", when),
        *("--out", tmp_path / "TongHop.xlsx", "--json", tmp_path / "so-cai.json"),
    )
    assert done.returncode == 0, done.stderr
    assert json.loads((tmp_path / "so-cai.json").read_text(encoding="utf-8"))["coverage"]["accepted"] == 1


def _written(folder: Path) -> dict[Path, object]:
    plans = {}
    for regime_id, contents in SAMPLES.items():
        for name, typed in (("trong", Contents()), ("dien", contents)):
            path = folder / f"{regime_id}-{name}.xlsx"
            plans[path] = plan(regime_id, typed)
            path.write_bytes(render(plans[path]))
    return plans


@pytest.mark.libreoffice
def test_every_live_value_is_what_libreoffice_finds(tmp_path: Path):
    plans = _written(tmp_path)
    found = recalculate_cells(list(plans))
    assert [line for path, made in plans.items() for line in differences(made, found[path])] == []  # type: ignore[arg-type]


@pytest.mark.validator
def test_the_sdk_finds_no_fault_in_any_workbook(tmp_path: Path):
    paths = list(_written(tmp_path))
    for regime_id, contents in SAMPLES.items():
        merged = consolidate(load_scope(regime_id, period(regime_id)), [read(regime_id, contents)])
        path = tmp_path / f"{regime_id}-tong-hop.xlsx"
        path.write_bytes(render(plan_summary(merged)))
        paths.append(path)
    assert {path.name: faults for path, faults in validate(paths).items() if faults} == {}


def test_rules_over_days_show_days_in_findings_in_json_and_in_the_live_sheet():
    contents = Contents(figures={**KET_LUAN.figures, "ketluan_1_6": day(2026, 5, 21)})
    submission = read("ket-luan-kiem-tra", contents)
    told = next(f for f in submission.findings if f.rule == "ketluan_notice_after_inspection")
    assert (told.value, told.expected) == ("21/05/2026", "<= 20/05/2026")
    shown = next(f for f in submission_to_json(submission)["findings"] if f["rule"] == told.rule)
    assert (shown["value"], shown["expected"]) == (told.value, told.expected)
    sheet = openpyxl.load_workbook(io.BytesIO(render(plan("ket-luan-kiem-tra", contents))), data_only=True)[
        CHECK
    ]
    layout = layout_of(load_regime("ket-luan-kiem-tra", period("ket-luan-kiem-tra")))
    row = layout.check_rows["ketluan_notice_after_inspection"]
    sides = [sheet[f"{column}{row}"] for column in (CHECK_LEFT, CHECK_RIGHT)]
    assert [side.value.date() for side in sides] == [date(2026, 5, 21), date(2026, 5, 20)]
    assert {side.number_format for side in sides} == {"dd/mm/yyyy"}


def test_a_difference_of_days_is_a_number_and_a_day_some_days_later_a_day():
    regime = load_regime("ket-luan-kiem-tra", period("ket-luan-kiem-tra"))
    assert gives_day(regime, "ketluan_1_2 + 7")
    assert gives_day(regime, "max(ketluan_1_2, ketluan_1_6)")
    assert not gives_day(regime, "ketluan_1_2 - ketluan_1_6")
    assert not gives_day(regime, "ketluan_3_1")
    assert format_day(N("1.5")) is None


@pytest.mark.libreoffice
def test_the_spread_of_scores_is_live_drawn_and_the_same_in_libreoffice(tmp_path: Path):
    points = (N("20.5"), N(10), N(22), N(1))
    submissions = [
        dataclasses.replace(
            read("chi-so-766", scores(chiso766_2_6=last), unit),
            file=f"{unit.code}.xlsx",
            forms={"chiso766": Verdict.HELD if last == 1 else Verdict.ACCEPTED},
        )
        for unit, last in zip(UNITS[:4], points, strict=True)
    ]
    planned = plan_summary(
        consolidate(load_scope("chi-so-766", period("chi-so-766"), UNITS[:5]), submissions)
    )
    sheet = planned.sheet("Phân bố")
    assert [chart.kind for chart in sheet.charts] == ["column"]
    path = tmp_path / "TongHop.xlsx"
    path.write_bytes(render(planned))
    stored = openpyxl.load_workbook(path, data_only=True)["Phân bố"]
    live = recalculate_cells([path])[path]["Phân bố"]
    formulas = {address: cell.value for address, cell in live.items() if cell.is_formula}
    assert len(formulas) > 100
    for address, value in formulas.items():
        kept = stored[address].value
        assert value == pytest.approx("" if kept is None else kept), address
    row = next(c.address[1:] for c in sheet.cells if c.address[0] == "A" and c.value == "2.")
    total = [sheet_value for column in "DEGI" if (sheet_value := live[f"{column}{row}"].value) is not None]
    assert total == pytest.approx([3, 85.7, 96.2, 97.7])
    bands = [live[f"O{n}"].value for n in range(5, 11)]
    assert bands == [0, 0, 0, 0, 1, 2]
