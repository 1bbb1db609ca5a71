"""A period becomes official: decisions of the city's book, closing, what a closed period refuses."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from openpyxl import load_workbook
from support.command_line import assert_refused, run
from support.samples_of_submissions import UNITS, figures
from support.through_time_files import write_submission

from cchc_xl.model.periods import parse_period

Q2 = parse_period("2026-Q2")
FIRST, SECOND, THIRD = UNITS[:3]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with two whole returns of three units, and their list."""
    lines = [f"{u.code},{u.type},{u.name}" for u in UNITS[:3]]
    (tmp_path / "don-vi.csv").write_text("\n".join(["code,type,name", *lines]), encoding="utf-8")
    for number, unit in enumerate((FIRST, SECOND), start=1):
        write_submission(tmp_path / "nop", Q2, figures(number), unit=unit)
    return tmp_path


def _merge(place: Path, *more: object, history: bool = True):
    base = (
        "merge",
        place / "nop",
        "--period",
        "2026-Q2",
        "--out",
        place / "T.xlsx",
        "--json",
        place / "T.json",
    )
    kept = ("--history", place / "ls.db") if history else ()
    return run(*base, "--units", place / "don-vi.csv", *kept, *more)


def _close(place: Path, *more: object):
    return run("close", place / "T.xlsx", "--history", place / "ls.db", "--by", "Nguyễn Văn A", *more)


def _ledger(place: Path):
    return json.loads((place / "T.json").read_text("utf-8"))


def _heading(place: Path) -> str:
    return str(load_workbook(place / "T.xlsx")["Tổng hợp"]["A4"].value)


def _decide(place: Path, *lines: tuple[str, ...]) -> Path:
    """A book of decisions with these lines: unit, form, row, decision, reason, who."""
    book = place / "so.xlsx"
    if not book.exists():
        done = run("tracking", "--period", "2026-Q2", "--out", book, "--units", place / "don-vi.csv")
        assert done.returncode == 0, done.stderr
    workbook = load_workbook(book)
    sheet = workbook["Quyết định"]
    for row, (unit, form, number, decision, reason, who) in enumerate(lines, start=5):
        for column, value in zip("BCDEIJ", (unit, form, number, decision, reason, who), strict=True):
            sheet[f"{column}{row}"] = value
    workbook.save(book)
    return book


def test_a_period_with_a_unit_missing_is_closed_only_with_a_reason(place: Path):
    assert _merge(place).returncode == 0
    assert _ledger(place)["status"] == "provisional"
    assert_refused(_close(place), "2/3", THIRD.full_name, "--accept-missing")
    done = _close(place, "--accept-missing", "Hạn báo cáo đã hết")
    assert done.returncode == 0 and "Đã chốt Quý II năm 2026" in done.stdout
    assert_refused(_close(place, "--accept-missing", "Lần nữa"), "đã chốt rồi")
    assert _merge(place).returncode == 0  # the same figures
    assert _ledger(place)["status"] == "final"
    said = _heading(place)
    assert "số liệu chính thức 2/3 đơn vị" in said and THIRD.full_name in said
    assert "Hạn báo cáo đã hết" in said and "Nguyễn Văn A" in said


def test_a_closed_period_refuses_what_would_change_a_figure_until_it_is_reopened(place: Path):
    _merge(place)
    assert _close(place, "--accept-missing", "Hết hạn").returncode == 0
    _merge(place)
    before = (place / "T.xlsx").read_bytes()
    late = write_submission(place / "nop", Q2, figures(3), unit=THIRD)
    assert_refused(_merge(place), "đã chốt", "Nguyễn Văn A", THIRD.full_name, "reopen")
    assert (place / "T.xlsx").read_bytes() == before
    assert_refused(_merge(place, history=False), "--history")
    by = ("--history", place / "ls.db", "--by", "Trần Thị B")
    done = run("reopen", "--period", "2026-Q2", *by, "--reason", "Nhận thêm một báo cáo")
    assert done.returncode == 0, done.stderr
    assert _merge(place).returncode == 0 and _ledger(place)["status"] == "ready"
    assert late.exists() and (place / "T.xlsx").read_bytes() != before
    with sqlite3.connect(place / "ls.db") as connection:
        kept = connection.execute("SELECT who, reopened_by, reason FROM closings").fetchall()
    assert kept == [("Nguyễn Văn A", "Trần Thị B", "Nhận thêm một báo cáo")]
    assert_refused(run("reopen", "--period", "2026-Q2", *by, "--reason", "x"), "chưa chốt")


def test_a_refused_merge_adds_nothing_to_the_history(place: Path):
    _merge(place)
    _close(place, "--accept-missing", "Hết hạn")
    write_submission(place / "nop", Q2, figures(3), unit=THIRD)
    assert _merge(place).returncode == 2
    with sqlite3.connect(place / "ls.db") as connection:
        assert connection.execute("SELECT count(*) FROM submissions").fetchone() == (2,)


def test_close_wants_the_very_summary_the_history_was_recorded_with(place: Path):
    _merge(place, history=False)
    assert_refused(_close(place, "--accept-missing", "x"), "ls.db")
    _merge(place)
    write_submission(place / "nop", Q2, figures(3), unit=THIRD)
    _merge(place, history=False)
    assert_refused(_close(place), THIRD.code, "Chạy lại merge")


def test_decisions_make_a_period_ready_and_stand_beside_what_they_touch(place: Path):
    typed = figures(2, bieu4_2_1=None, bieu4_2_2=None)
    next((place / "nop").glob(f"*{SECOND.code}*")).unlink()
    write_submission(place / "nop", Q2, typed, unit=SECOND)
    book = _decide(
        place,
        (SECOND.full_name, "Biểu 4", "2.1", "Chấp nhận để trống", "Chưa bàn giao biên chế", "Lê C"),
        (SECOND.code, "Biểu 4", "2.2.", "Chấp nhận để trống", "Chưa bàn giao biên chế", "Lê C"),
        (THIRD.code, "", "", "Miễn báo cáo", "Mới sáp nhập", "Lê C"),
        (FIRST.code, "", "", "Miễn báo cáo", "Gửi đủ rồi", "Lê C"),
    )
    kept = book.read_bytes()
    done = _merge(place, "--tracking", book)
    ledger = _ledger(place)
    assert (done.returncode, ledger["status"]) == (0, "ready"), done.stdout
    states = {unit["code"]: unit["state"] for unit in ledger["units"]}
    assert states == {FIRST.code: "complete", SECOND.code: "complete", THIRD.code: "exempt"}
    told = next(unit for unit in ledger["units"] if unit["code"] == SECOND.code)["decisions"]
    assert [(d["indicator"], d["decision"], d["by"]) for d in told] == [
        ("bieu4_2_1", "accept_blank", "Lê C"),
        ("bieu4_2_2", "accept_blank", "Lê C"),
    ]
    assert "dòng 8" in done.stdout and "không còn áp dụng" in done.stdout  # the last one matches nothing
    cells = [
        str(c.value) for row in load_workbook(place / "T.xlsx")["Tình trạng nộp"] for c in row if c.value
    ]
    assert "Được miễn kỳ này" in cells and "Chấp nhận để trống: Biểu 4: dòng 2.1, 2.2" in cells
    assert book.read_bytes() == kept
    assert _close(place).returncode == 0
    _merge(place, "--tracking", book)
    assert f"Chấp nhận để trống: {SECOND.full_name}" in _heading(place)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ((FIRST.code, "", "", "Miễn báo cáo", "", "A"), "Lý do"),
        ((FIRST.code, "", "", "Miễn báo cáo", "x", ""), "Người xử lý"),
        (("99999", "", "", "Miễn báo cáo", "x", "A"), "99999"),
        ((FIRST.code, "Biểu 9", "1", "Chấp nhận để trống", "x", "A"), "Biểu 9"),
        ((FIRST.code, "Biểu 4", "77", "Chấp nhận để trống", "x", "A"), "77"),
        ((FIRST.code, "", "", "Gia hạn", "x", "A"), "Gia hạn"),
    ],
)
def test_a_decision_that_cannot_be_understood_is_named_and_nothing_is_merged(
    line: tuple[str, ...], word: str, place: Path
):
    assert_refused(_merge(place, "--tracking", _decide(place, line)), "dòng 5", word)
    assert not (place / "T.xlsx").exists()


def test_the_book_is_never_written_over(place: Path):
    book = _decide(place, (FIRST.code, "", "", "Miễn báo cáo", "x", "A"))
    again = run("tracking", "--period", "2026-Q2", "--out", book, "--units", place / "don-vi.csv")
    assert_refused(again, "không ghi đè")
    other = run(
        "tracking", "--period", "2026-Q1", "--out", place / "q1.xlsx", "--units", place / "don-vi.csv"
    )
    assert other.returncode == 0
    assert_refused(_merge(place, "--tracking", place / "q1.xlsx"), "2026-Q1")
