"""Registers: rows filled, read back, judged; sanity of numbers and dates without false alarms."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from support.command_line import run
from support.commune_recalculation import differences
from support.commune_samples import PERIOD, REGIME, UNIT, nam_thanh_mien
from support.libreoffice import recalculate_cells

from cchc_xl.catalogue import load_units
from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.figures.registers.document_series import parse_number
from cchc_xl.model import Finding, Severity, Submission, Verdict
from cchc_xl.model.planned import PlannedWorkbook
from cchc_xl.model.registers import RegisterValue
from cchc_xl.reading.submission import read_submission
from cchc_xl.workbooks.commune import Contents, plan_workbook

AN_TRUONG = next(unit for unit in load_units() if unit.code == "11635")
CITY = "UBND thành phố"
SERIES = ("series_two_titles", "series_order", "series_year", "series_base", "phuluc1_after_base")


def document(
    number: str, day: date, title: str = "Nội dung", **more: RegisterValue
) -> dict[str, RegisterValue]:
    given: dict[str, RegisterValue] = {
        "loai": "Công văn",
        "so": number,
        "ngay": day,
        "trich_yeu": title,
        "linh_vuc": "Thủ tục hành chính",
        "chi_dao": "Không",
    }
    return {**given, **more}


def task(number: str, state: str, **more: RegisterValue) -> dict[str, RegisterValue]:
    return {"so": number, "noi_dung": "Việc được giao", "trang_thai": state, **more}


# The documents named in the An Trường report; the two dated 2025 are its known slips.
AN_TRUONG_DOCUMENTS = (
    document("1192/UBND-VP", date(2026, 5, 13), "Rà soát văn bản"),
    document("1409/UBND-VP", date(2026, 6, 1), "Tổng rà soát văn bản"),
    document(
        "1308/UBND –VP",
        date(2025, 5, 22),
        "Triển khai 08 Nghị quyết",
        can_cu="938/UBND-TTPVHCC",
        ngay_can_cu=date(2026, 5, 16),
    ),
    document("1398 /UBND-VHXXH", date(2025, 5, 30), "Cắt giảm TTHC", can_cu="1041/UBND-TTPVHCC"),
    document("2237/UBND-NVKTGS", date(2025, 8, 27), "Chế độ báo cáo CCHC định kỳ", co_quan=CITY),
    document("523/UBND-TTPVHCC", date(2026, 3, 23), "Rà soát, cắt giảm TTHC", co_quan=CITY),
    document("1041/UBND-TTPVHCC", date(2026, 5, 27), "Thực hiện các Nghị quyết", co_quan=CITY),
    document("6533/VP-TTPVHCC", date(2026, 6, 4), "Tiếp tục phân cấp", co_quan="Văn phòng UBND thành phố"),
    document("66/NQ-CP", date(2025, 3, 26), "Cắt giảm TTHC", loai="Nghị quyết", co_quan="Chính phủ"),
    document("76/NQ-CP", date(2021, 7, 15), "Chương trình tổng thể", loai="Nghị quyết", co_quan="Chính phủ"),
    document("394", date(2026, 3, 23), "Kiểm soát TTHC", loai="Quyết định"),
    document("431", date(2026, 3, 26), "Kiện toàn Ban Chỉ đạo", loai="Quyết định"),
)


def read(contents: Contents) -> Submission:
    content = render(plan_workbook(REGIME, AN_TRUONG, PERIOD, contents))
    return read_submission("thu.xlsx", content, load_units())


def with_documents(*rows: dict[str, RegisterValue]) -> Submission:
    return read(Contents(registers={"phuluc1": rows}))


def said(submission: Submission, *rules: str) -> list[tuple[str, str]]:
    return [(f.rule, f.cell or "") for f in submission.findings if f.rule in rules]


def test_the_real_documents_of_an_truong_give_exactly_their_known_slips() -> None:
    submission = with_documents(*AN_TRUONG_DOCUMENTS)
    assert sorted(said(submission, *SERIES)) == [
        ("phuluc1_after_base", "D9"),
        ("series_base", "D10"),
        ("series_year", "D10"),
        ("series_year", "D9"),
    ]
    assert submission.verdict is Verdict.ACCEPTED
    assert all(f.severity is not Severity.ERROR for f in submission.findings)


def test_with_the_years_put_right_nothing_is_said() -> None:
    rows = [dict(row) for row in AN_TRUONG_DOCUMENTS]
    rows[2]["ngay"], rows[3]["ngay"] = date(2026, 5, 22), date(2026, 5, 30)
    assert said(with_documents(*rows), *SERIES) == []


def test_older_documents_of_other_bodies_are_ordinary() -> None:
    rows = (
        document("2200/UBND-VP", date(2026, 8, 20), co_quan=CITY),
        document("2300/UBND-VP", date(2026, 8, 30), "Khác", co_quan=CITY),
        document("2237/UBND-NVKTGS", date(2025, 8, 27), "Chế độ báo cáo", co_quan=CITY),
    )
    assert said(with_documents(*rows), *SERIES) == []


def test_one_number_with_two_titles_is_told_only_within_one_series() -> None:
    day = date(2026, 4, 2)
    rows = (
        document("12/UBND-VP", day, "Việc một"),
        document("12/UBND-VHXH", day, "Việc hai"),
        document("12/KH-UBND", day, "Kế hoạch", loai="Kế hoạch"),
        document("12/UBND-VP", date(2025, 4, 2), "Năm trước"),
        document("12/UBND-VP", day, "Của thành phố", co_quan=CITY),
        document("12/UBND-VP", day, "Việc  một."),
    )
    assert said(with_documents(*rows), *SERIES) == [("series_two_titles", "C8")]


def test_serials_run_over_drafting_offices_and_against_dates_are_told() -> None:
    rows = (
        document("10/UBND-VP", date(2026, 4, 1)),
        document("11/UBND-VHXH", date(2026, 4, 20), "Hai"),
        document("12/UBND-KT", date(2026, 4, 10), "Ba"),
        document("13/UBND-VP", date(2026, 4, 12), "Bốn"),
        document("14/UBND-VP", date(2026, 4, 12), "Năm"),
        document("12a/UBND-VP", date(2026, 4, 30), "Chèn thêm"),
    )
    assert said(with_documents(*rows), *SERIES) == [("series_order", "D8")]


def test_parsing_numbers_takes_what_officers_write() -> None:
    assert parse_number("1308/UBND –VP") == (1308, "", "ubnd")
    assert parse_number("số: 1041 /UBND-TTPVHCC") == (1041, "", "ubnd")
    assert parse_number("17-CTr/ĐU") == (17, "", "đu")
    assert parse_number("12a/KH-UBND") == (12, "a", "ubnd")
    assert parse_number("09/2019/NĐ-CP") == (9, "", "cp")
    assert parse_number("394") == (394, "", "")
    assert parse_number("không số") is None


def test_an_empty_register_says_nothing() -> None:
    submission = read(Contents(figures={"bieu1_1": Decimal(8), "bieu1_4_1": Decimal(46)}))
    assert submission.registers == {"phuluc1": (), "phuluc2": ()}
    assert not [f for f in submission.findings if f.rule.startswith(("register", "series", "phuluc"))]


def test_counts_are_compared_with_the_form_as_warnings() -> None:
    rows = (
        document("1/UBND-VP", date(2026, 4, 1), chi_dao="Có"),
        document("2/UBND-VP", date(2026, 4, 2), "Khác"),
    )
    tasks = (
        task("5/UBND", "Hoàn thành đúng hạn", thoi_han=date(2026, 5, 1), ngay_xong=date(2026, 5, 1)),
        task("6/UBND", "Đang thực hiện", thoi_han=date(2026, 7, 1)),
    )
    figures = {
        "bieu1_1": Decimal(2),
        "bieu1_4_1": Decimal(2),
        "bieu1_4_1_1": Decimal(1),
        "bieu1_4_1_2": "KPS",
    }
    submission = read(Contents(figures=figures, registers={"phuluc1": rows, "phuluc2": tasks}))
    told = [f for f in submission.findings if f.rule == "register_tally"]
    assert [(f.indicator, f.value, f.expected, f.severity) for f in told] == [
        ("bieu1_1", "2", "1", Severity.WARNING)
    ]


def test_states_of_tasks_must_fit_their_dates() -> None:
    tasks = (
        task("1", "Hoàn thành đúng hạn", thoi_han=date(2026, 5, 1), ngay_xong=date(2026, 5, 2)),
        task("2", "Hoàn thành quá hạn", thoi_han=date(2026, 5, 1)),
        task("3", "Đang thực hiện", thoi_han=date(2026, 5, 1), ngay_xong=date(2026, 5, 1)),
        task("4", "Quá hạn chưa hoàn thành", thoi_han=date(2026, 12, 1)),
        task("5", "Đang thực hiện", ngay_giao=date(2025, 3, 1)),
    )
    submission = read(Contents(registers={"phuluc2": tasks}))
    told = [f.rule for f in submission.findings if f.rule.startswith("phuluc2")]
    assert told == [
        "phuluc2_in_time",
        "phuluc2_finished_on",
        "phuluc2_not_finished",
        "phuluc2_running",
        "phuluc2_overdue",
    ]


def test_missing_and_wrong_cells_are_told_with_their_place() -> None:
    rows = (
        {"so": "1/KH-UBND", "loai": "Kế hoạc", "ngay": "22/5/2026", "trich_yeu": "x"},
        {"ngay": "hôm qua"},
    )
    submission = read(Contents(registers={"phuluc1": rows}))
    told = {(f.rule, f.cell) for f in submission.findings if f.sheet == "Phụ lục I"}
    assert ("register_choice_wrong", "B7") in told
    assert ("register_date_text", "D7") in told
    assert ("register_missing", "B7") in told
    assert ("register_date_wrong", "D8") in told
    first = submission.registers["phuluc1"][0]
    assert first == {"row": Decimal(1), "so": "1/KH-UBND", "ngay": "2026-05-22", "trich_yeu": "x"}


def _filled(tmp_path: Path, lines: str) -> Path:
    done = run("issue", "--period", "2026-Q2", "--unit", "11635", "--plain", "--out", tmp_path / "phat")
    assert done.returncode == 0, done.stderr
    issued = next((tmp_path / "phat").iterdir())
    values = tmp_path / "values.csv"
    values.write_text("indicator,value\n" + lines, encoding="utf-8")
    out = tmp_path / issued.name
    done = run("fill", issued, values, "--out", out)
    assert done.returncode == 0, done.stderr
    return out


def test_rows_are_filled_from_csv_and_read_as_json(tmp_path: Path) -> None:
    lines = (
        "bieu1_1,1\nphuluc1[1].loai,kế hoạch\nphuluc1[1].so,67/KH-UBND\nphuluc1[1].ngay,26/3/2026\n"
        'phuluc1[1].trich_yeu,"Triển khai, <thực hiện>"\nphuluc1[1].linh_vuc,Chính quyền số\n'
        "phuluc1[1].chi_dao,Có\nphuluc1[3].so,68/KH-UBND\n"
    )
    out = _filled(tmp_path, lines)
    answer = json.loads(run("read", out, "--json").stdout)
    assert answer["registers"]["phuluc2"] == []
    assert answer["registers"]["phuluc1"] == [
        {
            "row": 1,
            "loai": "Kế hoạch",
            "so": "67/KH-UBND",
            "ngay": "2026-03-26",
            "trich_yeu": "Triển khai, <thực hiện>",
            "linh_vuc": "Chính quyền số",
            "chi_dao": "Có",
        },
        {"row": 3, "so": "68/KH-UBND"},
    ]
    rules = [f["rule"] for f in answer["findings"]]
    assert rules.count("register_missing") == 1 and "register_tally" not in rules


def test_fill_refuses_rows_and_answers_that_do_not_exist(tmp_path: Path) -> None:
    done = run("issue", "--period", "2026-Q2", "--unit", "11635", "--plain", "--out", tmp_path / "phat")
    issued, values = next((tmp_path / "phat").iterdir()), tmp_path / "values.csv"
    values.write_text(
        "indicator,value\nphuluc1[201].so,x\nphuluc1[1].loai,Thư\nphuluc1[1].ngay,31/2/2026\nphuluc9[1].so,x\n",
        encoding="utf-8",
    )
    done = run("fill", issued, values, "--out", tmp_path / "ra.xlsx")
    assert done.returncode == 2 and not (tmp_path / "ra.xlsx").exists()
    for word in ("dòng 2", "dòng 3", "dòng 4", "dòng 5"):
        assert word in done.stderr


def test_the_sample_without_registers_keeps_its_three_warnings_and_two_notices() -> None:
    content = render(plan_workbook(REGIME, UNIT, PERIOD, Contents(figures=nam_thanh_mien().figures)))
    found: tuple[Finding, ...] = read_submission("mau.xlsx", content, load_units()).findings
    weights = [f.severity for f in found]
    assert (weights.count(Severity.WARNING), weights.count(Severity.NOTICE), len(found)) == (3, 2, 5)


def _filled_plan() -> PlannedWorkbook:
    rows = (
        *AN_TRUONG_DOCUMENTS,
        {},
        {"so": "1/KH", "loai": "Kế hoạc", "ngay": "22/5/2026", "trich_yeu": Decimal(7)},
        {"ngay": Decimal(-3), "linh_vuc": "thủ tục hành chính"},
    )
    states = (
        "Hoàn thành đúng hạn",
        "Hoàn thành quá hạn",
        "Quá hạn chưa hoàn thành",
        "Đang thực hiện",
        "Xong",
    )
    days = (None, date(2026, 5, 1), date(2026, 7, 1))
    tasks = tuple(
        task("1", state, thoi_han=deadline, ngay_xong=done, ngay_giao=date(2026, 6, 1))
        for state in states
        for deadline in days
        for done in days
    )
    figures = {"bieu1_1": Decimal(8), "bieu1_4_1": Decimal(45), "bieu1_4_1_2": "KPS", "bieu1_4_1_1": "abc"}
    return plan_workbook(
        REGIME, AN_TRUONG, PERIOD, Contents(figures=figures, registers={"phuluc1": rows, "phuluc2": tasks})
    )


@pytest.mark.libreoffice
def test_live_checks_and_counts_are_what_libreoffice_finds(tmp_path: Path) -> None:
    plan, path = _filled_plan(), tmp_path / "danh-muc.xlsx"
    path.write_bytes(render(plan))
    assert differences(plan, recalculate_cells([path])[path]) == []
