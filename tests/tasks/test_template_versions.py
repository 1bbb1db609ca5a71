"""A template gets a new version: what was issued before is still read, merged, rolled up, upgraded."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import openpyxl
import pytest
from kept.keep import freeze_folder
from support.command_line import Done, assert_refused, run
from support.places import EXAMPLES

from cchc_xl.catalogue.loader import MORE_CATALOGUES, load_regime

REGIME = ("--regime", "regime-toy")
# Version 2.0: "xin vắng" comes between the two counts, so that 1.2 becomes 1.3; a row is added at the end.
SECOND = """
[[indicator]]
code = "thunghiem_1_2"
number = "1.2."
label = "Số người xin vắng"
unit_of_measure = "Người"
kind = "count"
over_units = "sum"
over_time = "sum"
blank = "accept_kps"
help = "Gõ số."
formerly = { "1.0" = "" }

[[indicator]]
code = "thunghiem_1_3"
number = "1.3."
label = "Số người dự"
unit_of_measure = "Người"
kind = "count"
over_units = "sum"
over_time = "sum"
blank = "accept_kps"
help = "Gõ số."
formerly = { "1.0" = "thunghiem_1_2" }

[[indicator]]
code = "thunghiem_2"
number = "2."
label = "Số lớp"
unit_of_measure = "Lớp"
kind = "count"
over_units = "sum"
over_time = "sum"
blank = "warn"
help = "Gõ số."
"""


class Office:
    """The toy regime at a version, and what is done with it."""

    def __init__(self, catalogue: Path) -> None:
        self.catalogue = catalogue

    def __call__(self, *arguments: object) -> Done:
        return run(*arguments, environment={MORE_CATALOGUES: str(self.catalogue)})

    def filled(self, folder: Path, code: str, period: str, *lines: str) -> Path:
        """A unit's workbook, issued and filled."""
        blanks = folder.parent / f"{folder.name}-trang"
        issue = ("issue", *REGIME, "--period", period, "--unit", code, "--plain", "--out", blanks)
        assert self(*issue).returncode == 0
        (blank,) = blanks.glob(f"*{period}_{code}_*.xlsx")
        values = folder.parent / f"{code}-{period}.csv"
        values.write_text("indicator,value,note\n" + "".join(f"{line}\n" for line in lines), encoding="utf-8")
        folder.mkdir(exist_ok=True)
        done = self("fill", blank, values, "--out", folder / blank.name)
        assert done.returncode == 0, done.stderr
        return folder / blank.name

    def read(self, path: Path) -> dict[str, object]:
        told: dict[str, object] = json.loads(self("check", path, "--json").stdout)["files"][0]
        return told


def rows_of(invited: int, excused: int, present: int, courses: int) -> tuple[str, ...]:
    """A file of version 2.0."""
    said = {"1_1": invited, "1_2": excused, "1_3": present, "2": courses}
    return tuple(f"thunghiem_{row},{value}" for row, value in said.items())


def with_half_years(folder: Path) -> None:
    path = folder / "regime.toml"
    content = path.read_text(encoding="utf-8").replace('period_kinds = ["Q"]', 'period_kinds = ["Q", "S"]')
    path.write_text(content, encoding="utf-8")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The office while version 1.0 is today's."""
    catalogue = tmp_path_factory.mktemp("danh-muc-1")
    shutil.copytree(EXAMPLES / "regime_toy", catalogue / "regime_toy")
    with_half_years(catalogue / "regime_toy")
    return Office(catalogue)


@pytest.fixture(scope="module")
def second(first: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The office after the recipe of CONTRIBUTING.md: 1.0 frozen, rows added, the version raised."""
    catalogue = tmp_path_factory.mktemp("danh-muc-2")
    folder = catalogue / "regime_toy"
    shutil.copytree(first.catalogue / "regime_toy", folder)
    freeze_folder(load_regime("regime-toy", folder=first.catalogue / "regime_toy"), folder)
    rows = (folder / "bieu.toml").read_text(encoding="utf-8")
    at = rows.index('[[indicator]]\ncode = "thunghiem_1_2"')
    rows = rows[:at].replace("thunghiem_1_2 /", "thunghiem_1_3 /") + SECOND
    (folder / "bieu.toml").write_text(rows, encoding="utf-8")
    rules = (folder / "rules.toml").read_text(encoding="utf-8").replace("thunghiem_1_2", "thunghiem_1_3")
    (folder / "rules.toml").write_text(rules, encoding="utf-8")
    regime = (folder / "regime.toml").read_text(encoding="utf-8").replace('"1.0"', '"2.0"')
    (folder / "regime.toml").write_text(regime, encoding="utf-8")
    return Office(catalogue)


OLD_LINES = (
    "thunghiem_1_1,40,danh sách mời kèm theo",
    "thunghiem_1_2,36,",
    "claimed:thunghiem_1,90%",
    "cchc_lan_nop,2",
    "cchc_ly_do,Bổ sung số liệu",
    "giaitrinh:thunghiem_present_within_invited,đã đối chiếu",
)


@pytest.fixture(scope="module")
def sent(first: Office, second: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a file of each version."""
    folder = tmp_path_factory.mktemp("quy-2") / "da-nop"
    first.filled(folder, "11284", "2026-Q2", *OLD_LINES)
    second.filled(folder, "11635", "2026-Q2", *rows_of(10, 1, 9, 4))
    return folder


def old_file(sent: Path) -> Path:
    (path,) = sent.glob("*11284*.xlsx")
    return path


def merged(office: Office, folder: Path, period: str, *more: object) -> dict[str, object]:
    ledger = folder.parent / "so.json"
    out = folder.parent / f"TongHop-{period}.xlsx"
    done = office("merge", folder, *REGIME, "--period", period, "--out", out, "--json", ledger, *more)
    assert done.returncode == 0, done.stdout + done.stderr
    told: dict[str, object] = json.loads(ledger.read_text(encoding="utf-8"))
    return told


def test_a_file_of_an_earlier_version_is_accepted_and_its_new_rows_are_not_blanks(second, sent):
    read = second.read(old_file(sent))
    assert (read["verdict"], read["template"]) == ("accepted", "1.0")
    (notice,) = [f for f in read["findings"] if f["rule"] == "older_template"]
    assert notice["severity"] == "notice"
    assert not [f for f in read["findings"] if f["indicator"] in ("thunghiem_1_2", "thunghiem_2")]
    assert "Chưa có trong mẫu cũ: 2 dòng (Biểu thử 1.2, Biểu thử 2)" in notice["message"]
    observed = {o["indicator"]: (o["status"], o["value"]) for o in read["observations"]}
    assert observed == {
        "thunghiem_1": ("value", 0.9),
        "thunghiem_1_1": ("value", 40),
        "thunghiem_1_2": ("not_in_template", None),
        "thunghiem_1_3": ("value", 36),
        "thunghiem_2": ("not_in_template", None),
    }
    places = {o["indicator"]: o["cell"] for o in read["observations"]}
    assert places["thunghiem_1_3"] == "D9"  # where the older file has it


def test_an_earlier_file_is_judged_by_its_own_rules_in_todays_words(first, second, tmp_path):
    path = first.filled(tmp_path / "sai", "11284", "2026-Q2", "thunghiem_1_1,10", "thunghiem_1_2,12")
    read = second.read(path)
    assert read["verdict"] == "held" and read["forms"] == {"thunghiem": "held"}
    found = {f["rule"]: (f["indicator"], f["cell"]) for f in read["findings"]}
    assert found["thunghiem_present_within_invited"] == ("thunghiem_1_3", "D9")


def test_one_summary_holds_files_of_two_versions(second, sent):
    told = merged(second, sent, "2026-Q2")
    assert told["city"] == {
        "thunghiem_1": 0.9,
        "thunghiem_1_1": 50,
        "thunghiem_1_2": 1,
        "thunghiem_1_3": 45,
        "thunghiem_2": 4,
    }
    assert {f["template"] for f in told["files"]} == {"1.0", "2.0"}
    summary = openpyxl.load_workbook(sent.parent / "TongHop-2026-Q2.xlsx", read_only=True)
    shown = [[cell.value for cell in row] for sheet in summary for row in sheet.iter_rows()]
    rows = [row for row in shown if "chưa có trong mẫu cũ" in row]
    assert len(rows) == 2 and all("Xã Nam Thanh Miện" in row for row in rows)
    read = second("read", old_file(sent)).stdout
    assert read.count("chưa có trong mẫu cũ") == 2


def test_upgrade_carries_what_was_typed_and_lists_what_is_new(second, sent, tmp_path):
    new = tmp_path / "moi.xlsx"
    done = second("upgrade", old_file(sent), "--out", new)
    assert done.returncode == 0, done.stderr
    assert "mẫu phiên bản 1.0 sang mẫu hiện hành 2.0" in done.stdout
    assert "2 (Biểu thử 1.2, Biểu thử 2)" in done.stdout
    read = second.read(new)
    assert (read["template"], read["submission"], read["verdict"]) == ("2.0", 2, "accepted")
    observed = {o["indicator"]: (o["status"], o["value"]) for o in read["observations"]}
    assert observed["thunghiem_1_1"] == ("value", 40) and observed["thunghiem_1_3"] == ("value", 36)
    assert observed["thunghiem_1_2"] == ("blank", None) and observed["thunghiem_2"] == ("blank", None)
    stored = second("read", new).stdout
    assert "36" in stored
    from cchc_xl.excel.read.gate import open_gate

    texts = b"".join(dict(open_gate(new.read_bytes())).values()).decode("utf-8", "replace")
    for said in ("danh sách mời kèm theo", "Bổ sung số liệu", "đã đối chiếu"):
        assert said in texts
    assert_refused(second("upgrade", new, "--out", tmp_path / "x.xlsx"), "mẫu hiện hành")
    assert_refused(second("upgrade", old_file(sent), "--out", old_file(sent)), "đầu vào")


def test_a_row_that_went_is_told_and_not_lost_silently(second, tmp_path, sent):
    third = tmp_path / "danh-muc-3" / "regime_toy"
    shutil.copytree(second.catalogue / "regime_toy", third)
    freeze_folder(load_regime("regime-toy", folder=second.catalogue / "regime_toy"), third)
    rows = (third / "bieu.toml").read_text(encoding="utf-8")
    rows = rows[: rows.index('[[indicator]]\ncode = "thunghiem_2"')]
    (third / "bieu.toml").write_text(rows, encoding="utf-8")
    regime = (third / "regime.toml").read_text(encoding="utf-8").replace('"2.0"', '"3.0"')
    (third / "regime.toml").write_text(regime, encoding="utf-8")
    office = Office(third.parent)
    (newer,) = sent.glob("*11635*.xlsx")
    done = office("upgrade", newer, "--out", tmp_path / "moi.xlsx")
    assert done.returncode == 0, done.stderr
    assert "Không còn trong mẫu mới: Biểu thử, 2. Số lớp = 4." in done.stdout
    assert office.read(newer)["verdict"] == "accepted"
    assert "Không còn trong mẫu mới" in office.read(newer)["findings"][0]["message"]
    # 1.0 reaches 3.0 by the same `formerly`: its last version is named, not the one before.
    told = merged(office, sent, "2026-Q2")["city"]
    assert told == {"thunghiem_1": 0.9, "thunghiem_1_1": 50, "thunghiem_1_2": 1, "thunghiem_1_3": 45}


def test_fill_and_combine_write_todays_template(second, sent, tmp_path):
    values = tmp_path / "them.csv"
    values.write_text("indicator,value\nthunghiem_1_2,4\nthunghiem_2,2\n", encoding="utf-8")
    filled = tmp_path / "da-dien.xlsx"
    done = second("fill", old_file(sent), values, "--out", filled)
    assert done.returncode == 0 and "mẫu phiên bản 1.0" in done.stdout, done.stderr
    figures = [o["value"] for o in second.read(filled)["observations"]]
    assert figures == [0.9, 40, 4, 36, 2]
    blank = second.filled(tmp_path / "moi", "11284", "2026-Q2", "thunghiem_2,7")
    together = tmp_path / "ghep.xlsx"
    assert second("combine", blank, old_file(sent), "--forms", "thunghiem", "--out", together).returncode == 0
    figures = {o["indicator"]: o["value"] for o in second.read(together)["observations"]}
    assert figures["thunghiem_1_3"] == 36 and figures["thunghiem_2"] == 7


def test_last_periods_figures_come_from_files_of_the_earlier_version(second, sent, tmp_path):
    issue = ("issue", *REGIME, "--period", "2026-Q3", "--unit", "11284", "--plain", "--out", tmp_path)
    assert second(*issue, "--previous", sent).returncode == 0
    (issued,) = tmp_path.glob("*.xlsx")
    from cchc_xl.excel.read.gate import open_gate
    from cchc_xl.excel.read.stored_workbook import open_workbook

    stored = open_workbook(open_gate(issued.read_bytes()))
    shown = {
        code: stored.cells(sheet)[cell].text
        for code in ("thunghiem_1_1", "thunghiem_1_3")
        for sheet, cell in [stored.defined_names[f"kytruoc_{code}"]]
    }
    assert shown == {"thunghiem_1_1": "40", "thunghiem_1_3": "36"}
    sheet, cell = stored.defined_names["kytruoc_thunghiem_1_2"]
    assert cell not in stored.cells(sheet) or not stored.cells(sheet)[cell].text


def test_roll_up_adds_periods_of_two_versions(first, second, tmp_path):
    one, two = tmp_path / "q1", tmp_path / "q2"
    first.filled(one, "11284", "2026-Q1", "thunghiem_1_1,20", "thunghiem_1_2,10")
    second.filled(two, "11284", "2026-Q2", *rows_of(40, 1, 36, 3))
    done = second("rollup", one, two, *REGIME, "--to", "2026-S1", "--out", tmp_path / "s1")
    assert done.returncode in (0, 1), done.stderr
    (formed,) = (tmp_path / "s1").glob("*.xlsx")
    figures = {o["indicator"]: o["value"] for o in second.read(formed)["observations"]}
    assert figures["thunghiem_1_1"] == 60 and figures["thunghiem_1_3"] == 46
    assert figures["thunghiem_2"] is None  # half a half-year is no half-year


def test_an_earlier_summary_and_an_earlier_history_are_read_by_their_version(first, second, tmp_path):
    folder, history = tmp_path / "q2", tmp_path / "lich-su.sqlite"
    first.filled(folder, "11284", "2026-Q2", "thunghiem_1_1,40", "thunghiem_1_2,36")
    merged(first, folder, "2026-Q2", "--history", history)
    summary = tmp_path / "TongHop-2026-Q2.xlsx"
    later = tmp_path / "q3"
    # Stale: the same figures again. Read by the wrong version, 36 would be held against "xin vắng".
    second.filled(later, "11284", "2026-Q3", *rows_of(40, 3, 36, 1))
    from cchc_xl.catalogue.scope import load_scope
    from cchc_xl.model.periods import parse_period
    from cchc_xl.tasks.earlier import earlier_figures

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(MORE_CATALOGUES, str(second.catalogue))
        scope = load_scope("regime-toy", parse_period("2026-Q3"))
        for given in ({"previous": summary}, {"history": history}, {"previous": folder}):
            (known,) = earlier_figures(scope, **given).periods
            figures = {c: str(f) for c, f in known.returns["11284"].figures.items() if f is not None}
            assert figures == {"thunghiem_1_1": "40", "thunghiem_1_3": "36"}, given
    merged(second, later, "2026-Q3", "--history", history, "--previous", summary)
    # The same unit sends the earlier period again, upgraded and with one figure changed: one revision.
    again = tmp_path / "q2-lai"
    again.mkdir()
    values = tmp_path / "sua.csv"
    values.write_text("indicator,value\nthunghiem_1_3,35\ncchc_lan_nop,2\ncchc_ly_do,sửa\n", encoding="utf-8")
    (old,) = folder.glob("*.xlsx")
    assert second("fill", old, values, "--out", again / old.name).returncode == 0
    merged(second, again, "2026-Q2", "--history", history)
    told = json.loads(second("history", history, "--json").stdout)["revisions"]
    changed = [(r["indicator"], r["old"], r["new"]) for r in told]
    assert changed == [("thunghiem_1", "0.9", "0.875"), ("thunghiem_1_3", "36", "35")]


FIRST_COLUMNS = {
    *("id", "period_id", "unit", "unit_name", "number"),
    *("modified", "file", "sha256", "verdict", "received"),
}
FIRST_VIEW = """CREATE VIEW current AS SELECT * FROM (SELECT s.*, row_number() OVER
    (PARTITION BY period_id, unit ORDER BY number DESC, modified DESC, sha256 DESC) AS place
    FROM submissions s) WHERE place = 1"""


def test_a_history_of_the_first_schema_is_read_and_continued(first, tmp_path):
    folder, history = tmp_path / "q2", tmp_path / "lich-su.sqlite"
    first.filled(folder, "11284", "2026-Q2", "thunghiem_1_1,40", "thunghiem_1_2,36")
    merged(first, folder, "2026-Q2", "--history", history)
    with sqlite3.connect(history) as connection:
        later = {row[1] for row in connection.execute("PRAGMA table_info(submissions)")} - FIRST_COLUMNS
        connection.execute("DROP VIEW current")
        connection.execute("DROP TABLE IF EXISTS closings")
        for column in later:
            connection.execute(f"ALTER TABLE submissions DROP COLUMN {column}")
        connection.execute(FIRST_VIEW)
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    assert first("history", history, "--json").returncode == 0
    later = tmp_path / "q3"
    first.filled(later, "11284", "2026-Q3", "thunghiem_1_1,40", "thunghiem_1_2,36")
    merged(first, later, "2026-Q3", "--history", history)
    periods = json.loads(first("history", history, "--json").stdout)["periods"]
    assert [p["period"] for p in periods] == ["2026-Q2", "2026-Q3"]


def test_a_code_that_means_something_else_without_formerly_stops_everything(second, sent, tmp_path):
    folder = tmp_path / "danh-muc" / "regime_toy"
    shutil.copytree(second.catalogue / "regime_toy", folder)
    rows = (folder / "bieu.toml").read_text(encoding="utf-8")
    (folder / "bieu.toml").write_text(rows.replace('formerly = { "1.0" = "" }\n', ""), encoding="utf-8")
    done = Office(folder.parent)("check", old_file(sent))
    assert done.returncode == 1 and "thunghiem_1_2" in done.stdout and "formerly" in done.stdout


def test_a_version_nobody_kept_is_refused_with_the_cure(first, second, sent):
    (newer,) = sent.glob("*11635*.xlsx")
    done = first("check", newer)
    assert done.returncode == 1 and "phiên bản 2.0" in done.stdout and "Cập nhật" in done.stdout
