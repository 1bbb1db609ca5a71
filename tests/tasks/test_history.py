"""The history: what each merge adds, revisions, idempotence, kills, damage, export."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from support.command_line import Done, assert_refused, run
from support.places import ROOT
from support.samples_of_submissions import PERIOD, UNITS, error, figures, regime, submission
from support.through_time_files import write_submission

from cchc_xl.figures.identity import with_findings
from cchc_xl.model import KPS, Finding, Severity, Submission, Verdict
from cchc_xl.model.errors import CchcError, UsageError
from cchc_xl.model.periods import parse_period
from cchc_xl.model.terms import Figure
from cchc_xl.tasks import history

HELD = error("bieu1")


def sent(number: int = 1, person: str = "", **own: Figure) -> Submission:
    """A submission of the first unit, its digest its own."""
    found = submission(UNITS[0], figures(1) | own, times=number)
    contacts = {form.code: person for form in regime().forms} if person else {}
    return replace(found, sha256=f"{number:064x}", contacts=contacts, file=f"{UNITS[0].code}_{number}.xlsx")


def kept(path: Path) -> tuple[list[dict[str, object]], list[dict[str, object]], list[dict[str, object]]]:
    return history.periods(path), list(history.long_rows(path)), list(history.revisions(path))


def test_a_merge_adds_every_figure_and_the_same_files_add_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ls.db"
    city = [submission(unit) for unit in UNITS[:5]]
    first = history.record(path, regime(), PERIOD, city)
    assert first.submissions == 5 and first.observations == sum(len(s.observations) for s in city)
    before = kept(path)
    again = history.record(path, regime(), PERIOD, reversed(city))
    assert (again.submissions, again.observations) == (0, 0) and kept(path) == before


def test_a_resubmission_is_kept_with_who_changed_which_figure_from_what_to_what(tmp_path: Path) -> None:
    path = tmp_path / "ls.db"
    history.record(path, regime(), PERIOD, [sent(1, bieu1_1=Decimal(8), bieu2_1=Decimal(1))])
    history.record(path, regime(), PERIOD, [sent(2, "Bà An", bieu1_1=Decimal(9), bieu2_1=KPS)])
    found = {r["indicator"]: r for r in history.revisions(path)}
    assert set(found) == {"bieu1_1", "bieu2_1"}
    row = found["bieu1_1"]
    assert (row["old"], row["new"], row["who"]) == ("8", "9", "Bà An")
    assert (row["from_number"], row["to_number"]) == (1, 2) and found["bieu2_1"]["new"] == KPS
    current = {(r["number"], r["current"]) for r in history.long_rows(path)}
    assert current == {(1, False), (2, True)}


def test_the_order_of_merges_does_not_matter(tmp_path: Path) -> None:
    files = [sent(n, bieu1_1=Decimal(n)) for n in (1, 2, 3)]
    revisions = []
    for name, order in (("a", files), ("b", files[::-1]), ("c", [files[1], files[0], files[2]])):
        for one in order:
            history.record(tmp_path / name, regime(), PERIOD, [one])
        revisions.append([(r["old"], r["new"]) for r in history.revisions(tmp_path / name)])
    assert revisions == [[("1", "2"), ("2", "3")]] * 3


def test_superseded_files_of_one_folder_give_a_revision_too(tmp_path: Path) -> None:
    old = replace(sent(1, bieu1_1=Decimal(8)), verdict=Verdict.SKIPPED)
    history.record(tmp_path / "ls.db", regime(), PERIOD, [sent(2, bieu1_1=Decimal(9)), old])
    assert [(r["old"], r["new"]) for r in history.revisions(tmp_path / "ls.db")] == [("8", "9")]


def test_other_periods_rejected_and_misnamed_files_stay_out(tmp_path: Path) -> None:
    other = replace(sent(), period=parse_period("2026-S1"))
    rejected = replace(sent(2), verdict=Verdict.REJECTED)
    misnamed = with_findings(
        sent(3), (Finding("file_name_other_unit", Severity.ERROR, "tên tệp", "đổi tên"),)
    )
    unknown = replace(sent(4), unit=None)
    found = history.record(tmp_path / "ls.db", regime(), PERIOD, [other, rejected, misnamed, unknown])
    assert found.submissions == 0


def test_figures_of_held_forms_are_kept_but_not_counted(tmp_path: Path) -> None:
    held = with_findings(sent(), (HELD,))
    history.record(tmp_path / "ls.db", regime(), PERIOD, [held])
    (earlier,) = history.earlier_periods(tmp_path / "ls.db", regime().id, parse_period("2026-Q3"))
    unit = UNITS[0].code
    assert earlier.figures[unit]["bieu1_1"] == figures(1)["bieu1_1"]
    assert "bieu1_1" not in earlier.counted[unit] and "bieu3_2_1_1" in earlier.counted[unit]


def test_earlier_periods_come_exact_and_in_order(tmp_path: Path) -> None:
    path = tmp_path / "ls.db"
    ratio = sent(bieu3_1_1=Decimal("0.9932"), bieu1_4_2=KPS)
    for text in ("2026-Q2", "2025-Q4", "2026-Q1"):
        history.record(path, regime(), parse_period(text), [replace(ratio, period=parse_period(text))])
    found = history.earlier_periods(path, regime().id, parse_period("2026-Q2"))
    assert [str(e.period) for e in found] == ["2025-Q4", "2026-Q1"]
    own = found[0].figures[UNITS[0].code]
    assert own["bieu3_1_1"] == Decimal("0.9932") and own["bieu1_4_2"] == KPS
    assert history.earlier_periods(tmp_path / "none.db", regime().id, PERIOD) == ()


def test_the_day_of_receipt_may_come_later(tmp_path: Path) -> None:
    path = tmp_path / "ls.db"
    history.record(path, regime(), PERIOD, [sent()])
    history.record(path, regime(), PERIOD, [sent()], {UNITS[0].code: date(2026, 6, 20)})
    assert {r["received"] for r in history.long_rows(path)} == {"2026-06-20"}


def test_to_frame_is_a_long_table_for_pandas(tmp_path: Path) -> None:
    history.record(tmp_path / "ls.db", regime(), PERIOD, [submission(unit) for unit in UNITS[:3]])
    frame = history.to_frame(tmp_path / "ls.db")
    assert list(frame.columns) == history.LONG_COLUMNS and str(frame["value"].dtype) == "float64"
    wide = frame.pivot(index="unit", columns="indicator", values="value")
    assert wide.loc[UNITS[1].code, "bieu1_1"] == float(figures(int(UNITS[1].code))["bieu1_1"])  # type: ignore[arg-type]


# --- damage and kills ------------------------------------------------------------------------------------


def test_another_file_is_never_taken_for_a_history(tmp_path: Path) -> None:
    text, foreign = tmp_path / "a.db", tmp_path / "b.db"
    text.write_text("không phải cơ sở dữ liệu " * 100, encoding="utf-8")
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE khac (x)")
    for path in (text, foreign, tmp_path):
        before = path.read_bytes() if path.is_file() else b""
        with pytest.raises(UsageError):
            history.record(path, regime(), PERIOD, [sent()])
        assert not before or path.read_bytes() == before


def test_a_history_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ls.db"
    history.record(path, regime(), PERIOD, [sent()])
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(UsageError, match="phiên bản mới hơn"):
        history.record(path, regime(), PERIOD, [sent(2)])


def test_a_fault_in_the_middle_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ls.db"
    history.record(path, regime(), PERIOD, [sent()])
    before = kept(path)

    def broken(*given: object) -> None:
        raise OSError("đĩa hỏng")

    monkeypatch.setattr(history, "_renew_revisions", broken)
    with pytest.raises((OSError, CchcError)):
        history.record(path, regime(), PERIOD, [sent(2, bieu1_1=Decimal(99))])
    monkeypatch.undo()
    assert kept(path) == before


_WRITER = """
import sys
sys.path[:0] = {paths!r}
from dataclasses import replace
from cchc_xl.tasks import history
from support.samples_of_submissions import PERIOD, UNITS, regime, submission
from pathlib import Path
city = [submission(unit) for unit in UNITS]
print("ready", flush=True)
for number in range(2, 1000):
    again = [replace(s, sha256=f"{{number * 1000 + n:064x}}", number=number) for n, s in enumerate(city)]
    history.record(Path({path!r}), regime(), PERIOD, again)
"""


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a POSIX signal")
@pytest.mark.parametrize("delay", [0.02, 0.11, 0.23])
def test_a_kill_at_any_moment_leaves_whole_merges_only(tmp_path: Path, delay: float) -> None:
    path = tmp_path / "ls.db"
    script = _WRITER.format(paths=[str(ROOT), str(ROOT / "tests")], path=str(path))
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None and writer.stdout.readline().strip() == b"ready"
        time.sleep(delay)
        writer.send_signal(signal.SIGKILL)
    found = history.record(path, regime(), PERIOD, [sent()])
    assert found.submissions == 1
    (period,) = history.periods(path)
    assert (period["submissions"] - 1) % len(UNITS) == 0
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA journal_mode").fetchone() != ("wal",)


# --- the command -----------------------------------------------------------------------------------------


@pytest.fixture
def merged(tmp_path: Path) -> Path:
    """A history after two merges of one unit, the second with a corrected file."""
    folder, path = tmp_path / "nop", tmp_path / "ls.db"
    base: Mapping[str, Figure] = figures(1)
    write_submission(folder, PERIOD, base, person="Ông Bình")
    for _ in range(2):
        done = merge(folder, path)
        assert done.returncode == 0, done.stderr
    assert "không có gì mới" in done.stdout
    write_submission(folder, PERIOD, {**base, "bieu1_1": Decimal(77)}, number=2, person="Bà An, 0912 345 678")
    done = merge(folder, path)
    assert done.returncode == 0 and "thêm 1 tệp" in done.stdout, done.stdout + done.stderr
    return path


def merge(folder: Path, path: Path) -> Done:
    out = path.with_name("TongHop.xlsx")
    return run("merge", folder, "--period", PERIOD, "--out", out, "--history", path)


def test_the_command_tells_periods_and_revisions(merged: Path) -> None:
    done = run("history", merged)
    assert done.returncode == 0, done.stderr
    old = figures(1)["bieu1_1"]
    assert "Quý II năm 2026: 1 đơn vị, 2 lần nộp" in done.stdout
    assert f"bieu1_1: {old} → 77 (lần nộp 1 → 2, Bà An)" in done.stdout
    shape = json.loads(run("history", merged, "--json").stdout)
    assert [r["new"] for r in shape["revisions"]] == ["77"] and shape["periods"][0]["units"] == 1


def test_the_long_sheet_is_exported_for_excel_and_as_csv(merged: Path, tmp_path: Path) -> None:
    rows = list(history.long_rows(merged))
    for name in ("dai.xlsx", "dai.csv"):
        done = run("history", merged, "--export", tmp_path / name)
        assert done.returncode == 0 and str(len(rows)) in done.stdout, done.stderr
    book = openpyxl.load_workbook(tmp_path / "dai.xlsx")
    assert book.sheetnames == ["Số liệu", "Sửa đổi"] and book["Số liệu"].max_row == len(rows) + 1
    with (tmp_path / "dai.csv").open(encoding="utf-8-sig", newline="") as stream:
        read = list(csv.DictReader(stream))
    assert len(read) == len(rows) and {r["unit"] for r in read} == {"11284"}
    assert {Decimal(r["value"]) for r in read if r["indicator"] == "bieu1_1" and r["current"] == "1"} == {77}
    refused = run("history", merged, "--export", tmp_path / "dai.pdf")
    assert_refused(refused, ".xlsx hoặc .csv")


def test_file_names_that_look_like_formulas_stay_texts_in_csv(tmp_path: Path) -> None:
    path, out = tmp_path / "ls.db", tmp_path / "x.csv"
    history.record(path, regime(), PERIOD, [replace(sent(), file="=1+1 11284.xlsx")])
    assert run("history", path, "--export", out).returncode == 0
    assert "'=1+1" in out.read_text(encoding="utf-8-sig")


def test_a_missing_or_foreign_history_is_one_line(tmp_path: Path) -> None:
    assert_refused(run("history", tmp_path / "khong.db"), "không có tệp này")
    foreign = tmp_path / "a.db"
    foreign.write_bytes(b"x" * 5000)
    assert_refused(run("history", foreign), "không phải tệp lịch sử")
    write_submission(tmp_path / "nop", PERIOD, figures(1))
    out = tmp_path / "TongHop.xlsx"
    done = run(
        *("merge", tmp_path / "nop", "--period", PERIOD, "--out", out, "--history", foreign),
    )
    assert_refused(done, "không phải tệp lịch sử")
    assert not out.exists()


def test_the_history_may_lie_in_the_folder_of_submissions(merged: Path, tmp_path: Path) -> None:
    folder = tmp_path / "nop"
    inside = Path(shutil.copy(merged, folder / "ls.db"))
    ledger = tmp_path / "so.json"
    done = run(
        *("merge", folder, "--period", PERIOD, "--out", folder / "TongHop.xlsx"),
        *("--history", inside, "--json", ledger),
    )
    assert done.returncode == 0, done.stderr
    files = json.loads(ledger.read_text(encoding="utf-8"))["files"]
    assert {f["file"]: f["findings"][0]["rule"] for f in files}["ls.db"] == "entry_own_output"
