"""The monthly TTHC report: An Trường's real figures through issue, fill, check and merge; July after June."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from support.command_line import assert_refused, run
from support.libreoffice import recalculate_cells
from support.ooxml_validator import validate
from support.places import EXAMPLES

from cchc_xl.catalogue import load_regime, load_units
from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.figures.live.values import comparable
from cchc_xl.model import OverTime, OverUnits, Severity
from cchc_xl.model.layout import layout_of
from cchc_xl.model.periods import parse_period
from cchc_xl.workbooks.commune import Contents, plan_workbook

SAMPLE = EXAMPLES / "an-truong-2026-M06.csv"
PERIOD = parse_period("2026-M06")
REGIME = load_regime("tthc-thang", PERIOD)
LAYOUT = layout_of(REGIME)
UNIT = next(unit for unit in load_units() if unit.code == "11635")
SYSTEMS = ("tp", "byt", "btc", "btp", "bxd", "bnv")


def issue(folder: Path, period: str, *more: object) -> Path:
    done = run(
        *("issue", "--regime", "tthc-thang", "--period", period, "--unit", "11635", "--plain"),
        *("--out", folder, *more),
    )
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob("*.xlsx")
    return path


def fill(blank: Path, out: Path, *lines: str) -> Path:
    values = out.with_suffix(".csv")
    values.write_text("\n".join(("indicator,value", *lines, "")), encoding="utf-8")
    done = run("fill", blank, values, "--out", out)
    assert done.returncode == 0, done.stderr
    values.unlink()
    return out


def checked(*arguments: object) -> dict[str, object]:
    done = run("check", "--json", *arguments)
    assert done.returncode in (0, 1), done.stderr
    shape: dict[str, object] = json.loads(done.stdout)["files"][0]
    return shape


def said(shape: dict[str, object], *severities: str) -> list[tuple[str, str]]:
    findings = shape["findings"]
    assert isinstance(findings, list)
    return [(f["rule"], f["indicator"]) for f in findings if f["severity"] in severities]


@pytest.fixture(scope="module")
def june(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("thang-6")
    blank = issue(folder / "phat-hanh", "T6/2026")
    assert blank.name == "TTHC_2026-M06_11635_An-Truong.xlsx"
    submitted = folder / "da-nop"
    submitted.mkdir()
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()[1:]
    return fill(blank, submitted / blank.name, *lines)


@pytest.fixture(scope="module")
def july(june: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return issue(tmp_path_factory.mktemp("thang-7"), "2026-M07", "--previous", june.parent)


# --- the real sample -------------------------------------------------------------------------------------


def test_every_figure_typed_from_the_sample_stands_in_its_text() -> None:
    text = (EXAMPLES / "an-truong-2026-M06.txt").read_text(encoding="utf-8").replace(" %", "%")
    for line in SAMPLE.read_text(encoding="utf-8").splitlines()[1:]:
        value = line.split(",")[1].replace(" %", "%")
        assert re.search(rf"(?<![\d.]){re.escape(value)}(?!\d)", text), line


def test_the_real_figures_balance_and_only_the_known_percentage_is_told(june: Path) -> None:
    shape = checked(june)
    assert shape["verdict"] == "accepted"
    assert said(shape, "error", "warning") == []
    unproven = [("claim_unproven", code) for code in ("tthc_3_1_1", "tthc_3_1_2", "tthc_3_1_3", "tthc_3_2_1")]
    assert said(shape, "notice") == [("claim_truncated", "tthc_1_1_3"), *unproven]
    findings = shape["findings"]
    assert isinstance(findings, list)
    message, remedy = findings[0]["message"], findings[0]["fix"]
    assert "(10,4 %)" in message and "10,5 %" in message  # at the precision written, never 10,45
    assert "10,5 %" in remedy
    assert all("không kiểm được" in finding["message"] for finding in findings[1:])


def test_percentages_written_in_the_report_are_judged_beside_the_computed_ones(june: Path) -> None:
    book = openpyxl.load_workbook(june, data_only=True)
    judged = {code: book[LAYOUT.place(code, "K")[0]][LAYOUT.place(code, "K")[1]].value for code in CLAIMED}
    assert judged == CLAIMED


CLAIMED = {
    "tthc_1_1_1": "✔ đúng",
    "tthc_1_1_2": "✔ đúng",
    "tthc_1_1_3": "✂ cắt bớt, nên làm tròn",
    "tthc_2_4_1": "✔ đúng",
    "tthc_2_4_2": "✔ đúng",
    "tthc_3_1_1": "ℹ không kiểm được",
    "tthc_3_2_1": "ℹ không kiểm được",
    "tthc_3_3_1": None,
}


def test_optional_forms_and_rows_do_not_count_as_unfinished(june: Path) -> None:
    rows = openpyxl.load_workbook(june, data_only=True)["Trang chính"].iter_rows(values_only=True)
    states = {row[0]: row[8] for row in rows if row[0] in {form.sheet for form in REGIME.forms}}
    assert states == {
        "Thủ tục": "✔ Xong",
        "Hồ sơ": "✔ Xong",
        "Số hóa, thanh toán": "Không bắt buộc",
        "PAKN": "✔ Xong",
        "Theo hệ thống": "Không bắt buộc",
    }


def test_the_sample_merges_into_the_city_view(june: Path, tmp_path: Path) -> None:
    out, ledger = tmp_path / "TongHop.xlsx", tmp_path / "so.json"
    done = run(
        *("merge", june.parent, "--regime", "tthc-thang", "--period", "2026-M06"),
        *("--out", out, "--json", ledger),
    )
    assert done.returncode == 0, done.stderr
    city = json.loads(ledger.read_text(encoding="utf-8"))["city"]
    assert (city["tthc_2_1"], city["tthc_2_2"], city["tthc_2_3"]) == (2751, 2686, 65)
    assert city["tthc_1_1_1_1"] == {"375": 1}
    assert abs(city["tthc_2_4_2"] - 2685 / 2686) < 1e-12
    assert city["tthc_3_1_1"] is None
    sheets = openpyxl.load_workbook(out, read_only=True).sheetnames
    assert {"Tổng hợp", "Theo đơn vị", "Biểu đồ"} <= set(sheets)


# --- through time ----------------------------------------------------------------------------------------


def test_a_july_workbook_made_from_june_expects_65_carried_in(july: Path) -> None:
    book = openpyxl.load_workbook(july, data_only=True)
    sheet, expected = LAYOUT.place("tthc_2_1_2", "H")
    assert book[sheet][expected].value == 65
    figure, before = (LAYOUT.place("tthc_2_1_2", column)[1] for column in "DI")
    assert (book[sheet][figure].value, book[sheet][before].value) == (None, 83)


def test_another_figure_than_the_expected_one_is_a_warning_with_both(july: Path, june: Path, tmp_path: Path):
    file = fill(july, tmp_path / july.name, "tthc_2_1_2,64", "tthc_1_1_1_2,50")
    assert ("tthc_carried_in_is_pending_before", "tthc_2_1_2") not in said(checked(file), "warning")
    shape = checked(file, "--previous", june.parent)
    assert ("tthc_carried_in_is_pending_before", "tthc_2_1_2") in said(shape, "warning")
    assert ("tthc_cumulative_1_never_falls", "tthc_1_1_1_2") in said(shape, "warning")
    findings = shape["findings"]
    assert isinstance(findings, list)
    told = next(f["message"] for f in findings if f["rule"] == "tthc_carried_in_is_pending_before")
    assert "(64)" in told and "(65)" in told
    right = fill(july, tmp_path / f"dung-{july.name}", "tthc_2_1_2,65", "tthc_1_1_1_2,60")
    rules = {rule for rule, _ in said(checked(right, "--previous", june.parent), "warning")}
    assert rules == {"blank_required", "blank_kps"}


def test_a_merge_beside_last_months_summary_tells_the_same(june: Path, july: Path, tmp_path: Path) -> None:
    summary, ledger = tmp_path / "T6.xlsx", tmp_path / "so.json"
    common = ("--regime", "tthc-thang")
    run("merge", june.parent, *common, "--period", "2026-M06", "--out", summary)
    (tmp_path / "nop").mkdir()
    fill(july, tmp_path / "nop" / july.name, "tthc_2_1_2,64")
    done = run(
        *("merge", tmp_path / "nop", *common, "--period", "2026-M07", "--out", tmp_path / "T7.xlsx"),
        *("--json", ledger, "--previous", summary),
    )
    assert done.returncode == 0, done.stderr
    files = json.loads(ledger.read_text(encoding="utf-8"))["files"]
    assert ("tthc_carried_in_is_pending_before", "tthc_2_1_2") in said(files[0], "warning")


def test_over_a_new_year_no_cumulative_figure_is_held_against_the_old_one() -> None:
    before = {"tthc_1_1_1_2": Decimal(90), "tthc_2_3": Decimal(65), "tthc_gone": Decimal(1)}
    assert comparable(REGIME, parse_period("2026-M02"), before) == {
        "tthc_1_1_1_2": Decimal(90),
        "tthc_2_3": Decimal(65),
    }
    assert comparable(REGIME, parse_period("2027-M01"), before) == {"tthc_2_3": Decimal(65)}


# --- the catalogue ---------------------------------------------------------------------------------------


def test_the_window_runs_from_the_15th_to_the_14th() -> None:
    first, last = PERIOD.window(REGIME.cutoff_day)
    assert (f"{first:%d/%m/%Y}", f"{last:%d/%m/%Y}") == ("15/05/2026", "14/06/2026")


def test_cumulative_and_distinct_figures_are_never_added_up() -> None:
    rows = REGIME.indicators.values()
    for row in rows:
        if row.is_input and (row.cumulative or row.unit_of_measure == "Thủ tục"):
            assert row.over_time in (OverTime.LAST, OverTime.REENTER), row.code
            assert row.over_units in (OverUnits.NONE, OverUnits.CONSTANT), row.code


def test_arithmetic_is_an_error_and_limits_and_carried_in_are_warnings() -> None:
    severity = {rule.id: rule.severity for rule in LAYOUT.regime.rules}
    errors = {rule for rule, weight in severity.items() if weight is Severity.ERROR}
    assert {
        "tthc_procedures_balance",
        "tthc_total_is_new_and_carried",
        "tthc_total_is_finished_and_pending",
        "tthc_new_is_online_and_direct",
        "tthc_finished_is_its_parts",
        "tthc_pending_is_its_parts",
    } <= errors
    warned = ("tthc_carried_in_is_pending_before", "tthc_procedures_2_within_catalogue", "tthc_pakn_balance")
    assert {severity[rule] for rule in warned} == {Severity.WARNING}


def test_before_the_catalogue_is_known_nothing_is_held_against_it() -> None:
    early = load_regime("tthc-thang", parse_period("2026-M02"))
    assert early.parameters == {}
    assert {r.id for r in REGIME.rules} - {r.id for r in early.rules} == {
        f"tthc_catalogue_{n}_agrees" for n in (1, 2, 3)
    }


# --- the sheet by source system --------------------------------------------------------------------------


def test_the_sheet_by_system_has_every_row_for_six_systems_and_their_sums() -> None:
    form = next(form for form in REGIME.forms if form.code == "tthc_hethong")
    assert not form.printed
    totals = [i for i in form.indicators if i.formula]
    assert len(totals) == 11
    for total in totals:
        line = total.code.removeprefix("tthc_hethong_cong_")
        parts = re.findall(r"tthc_hethong_(\w+?)_" + line, total.formula or "")
        assert tuple(parts) == SYSTEMS


def test_figures_of_the_systems_are_summed_and_shown_beside_a_blank_report_row() -> None:
    typed = {
        "tthc_hethong_tp_online": Decimal(2600),
        "tthc_hethong_btp_online": Decimal(60),
        "tthc_hethong_bnv_online": Decimal(8),
    }
    assert beside("tthc_2_1_1_1", typed) == ("… chưa nhập", Decimal(2668))
    check, shown = beside("tthc_2_1_1_1", {**typed, "tthc_2_1_1_1": Decimal(2660)})
    assert check.startswith("⚠ Dòng 1.1.1 của Bảng 2") and shown == Decimal(2668)
    assert beside("tthc_2_1_1_1", {**typed, "tthc_2_1_1_1": Decimal(2668)}) == ("✔", "")
    assert beside("tthc_2_1_1_1", {"tthc_hethong_btp_online": Decimal(60)}) == ("… chưa nhập", "")


def beside(code: str, typed: dict[str, Decimal]) -> tuple[str, object]:
    """Live check and comparison figure beside a row."""
    plan = plan_workbook(REGIME, UNIT, PERIOD, Contents(figures=dict(typed)))
    sheet, _ = LAYOUT.place(code)
    cells = {cell.address: cell.value for cell in plan.sheet(sheet).cells}
    return str(cells[LAYOUT.place(code, "G")[1]]), cells[LAYOUT.place(code, "H")[1]]


# --- claimed percentages in VALUES.csv -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("claimed:tthc_1_1_1,13.6", "gõ cả dấu %"),
        ("claimed:tthc_1_1_1,nhiều%", "gõ cả dấu %"),
        ("claimed:tthc_1_1_1_1,13.6%", "không phải dòng tỷ lệ"),
        ("claimed:tthc_9,13.6%", "tthc_9"),
    ],
)
def test_a_claimed_percentage_that_is_none_is_refused(
    june: Path, tmp_path: Path, line: str, words: str
) -> None:
    values = tmp_path / "values.csv"
    values.write_text(f"indicator,value\n{line}\n", encoding="utf-8")
    assert_refused(run("fill", june, values, "--out", tmp_path / june.name), words)


def test_an_empty_claim_clears_the_cell(june: Path, tmp_path: Path) -> None:
    file = fill(june, tmp_path / june.name, "claimed:tthc_1_1_3,")
    assert ("claim_truncated", "tthc_1_1_3") not in said(checked(file), "notice")
    assert ("claim_unproven", "tthc_3_2_1") in said(checked(file), "notice")


# --- other programs --------------------------------------------------------------------------------------


@pytest.mark.validator
def test_its_workbooks_are_valid_for_the_open_xml_sdk(june: Path, july: Path) -> None:
    assert {path.name: errors for path, errors in validate([june, july]).items() if errors} == {}


@pytest.mark.libreoffice
def test_libreoffice_finds_the_values_written_into_its_workbooks(june: Path, july: Path) -> None:
    checked_cells = 0
    for path, sheets in recalculate_cells([june, july]).items():
        stored = openpyxl.load_workbook(path, data_only=True)
        for sheet, cells in sheets.items():
            for address, cell in cells.items():
                if cell.is_formula and not isinstance(stored[sheet][address].value, int | float):
                    live = cell.value if isinstance(cell.value, str) else None
                    if live is not None:
                        assert (stored[sheet][address].value or "") == live, f"{path.name}, {sheet}!{address}"
                        checked_cells += 1
                elif cell.is_formula:
                    assert abs(stored[sheet][address].value - float(cell.value)) < 1e-9, f"{sheet}!{address}"
                    checked_cells += 1
    assert checked_cells > 1000


def test_the_same_contents_give_the_same_bytes() -> None:
    contents = Contents(figures={"tthc_2_1": Decimal(2751)})
    again = replace(contents)
    first, second = (render(plan_workbook(REGIME, UNIT, PERIOD, c)) for c in (contents, again))
    assert first == second
