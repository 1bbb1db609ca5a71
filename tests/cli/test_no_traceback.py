"""Whatever is given, users see one Vietnamese line and status 2; status 1 is kept for faults in the data."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from support.command_line import PROGRAM_FAULT, assert_refused, run
from support.filled_workbooks import filled_bytes
from support.hostile_submissions import Parts, changed, sheet_part
from support.places import EXAMPLES, ROOT

from cchc_xl.catalogue.loader import MORE_CATALOGUES

WORKBOOK = "CCHC_2026-Q2_11284_Nam-Thanh-Mien.xlsx"
LINUX = pytest.mark.skipif(os.name == "nt", reason="pipes and /dev/full are not Windows'")


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one good submission."""
    folder = tmp_path_factory.mktemp("da-nop")
    (folder / WORKBOOK).write_bytes(filled_bytes("cchc-dinh-ky"))
    return folder


@pytest.fixture(scope="module")
def other_summary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The summary of another regime."""
    folder = tmp_path_factory.mktemp("thang")
    (folder / "thang.xlsx").write_bytes(filled_bytes("tthc-thang"))
    out = folder.parent / "TongHopThang.xlsx"
    run("merge", folder, "--period", "2026-M06", "--regime", "tthc-thang", "--out", out)
    assert out.is_file()
    return out


# --- earlier figures ---------------------------------------------------------------------------------------


def no_summaries(sent: Path, other: Path) -> list[Path]:
    foreign = EXAMPLES / "excel-saved" / "federal-awards-workbook-PASS.xlsx"
    return [sent / WORKBOOK, other, foreign, ROOT / "README.md", EXAMPLES / "nam-thanh-mien-2026-Q2.csv"]


def test_a_previous_file_that_is_no_summary_of_the_regime_is_refused_by_name(sent, other_summary, tmp_path):
    for given in no_summaries(sent, other_summary):
        out = tmp_path / "TongHop.xlsx"
        done = run("merge", sent, "--period", "2026-Q2", "--out", out, "--previous", given)
        assert_refused(done, given.name)
        assert not out.exists()


def test_a_previous_file_where_a_folder_is_asked_for_says_so(sent, other_summary, tmp_path):
    for given in no_summaries(sent, other_summary):
        done = run("check", sent / WORKBOOK, "--previous", given)
        assert_refused(done, given.name, "đây là một tệp")
        done = run("issue", "--period", "2026-Q3", "--unit", "11284", "--out", tmp_path, "--previous", given)
        assert_refused(done, given.name, "đây là một tệp")


# --- folders -----------------------------------------------------------------------------------------------


def test_an_entry_that_vanishes_while_the_folder_is_listed_is_a_line_of_the_ledger(
    sent, tmp_path, monkeypatch
):
    from cchc_xl.tasks import files

    listed = os.scandir

    class Gone:
        name, path = "mat.xlsx", str(sent / "mat.xlsx")

        def is_symlink(self) -> bool:
            return False

        def stat(self, follow_symlinks: bool = True) -> os.stat_result:
            raise FileNotFoundError(2, "gone", self.path)

    class Entries:
        def __init__(self, folder: Path) -> None:
            self.entries = [*listed(folder), Gone()]

        def __enter__(self) -> list[object]:
            return self.entries

        def __exit__(self, *_: object) -> None:
            return None

    monkeypatch.setattr(files.os, "scandir", Entries)
    ledger = tmp_path / "so.json"
    done = run("merge", sent, "--period", "2026-Q2", "--out", tmp_path / "TongHop.xlsx", "--json", ledger)
    assert done.returncode == 0, done.stderr
    listed_files = json.loads(ledger.read_text(encoding="utf-8"))["files"]
    gone = next(file for file in listed_files if file["file"] == "mat.xlsx")
    assert gone["verdict"] == "skipped" and "vừa bị xóa" in gone["findings"][0]["message"]


@pytest.mark.parametrize("goes", ["the folder", "every file"])
def test_a_folder_that_vanishes_during_the_merge_leaves_the_old_summary(sent, tmp_path, monkeypatch, goes):
    from cchc_xl.tasks import merge

    folder, out = tmp_path / "da-nop", tmp_path / "TongHop.xlsx"
    shutil.copytree(sent, folder)
    out.write_bytes(b"old")
    read = merge.read_entries

    def read_late(entries: object, *rest: object) -> object:
        shutil.rmtree(folder)
        if goes == "every file":
            folder.mkdir()
        return read(entries, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(merge, "read_entries", read_late)
    done = run("merge", folder, "--period", "2026-Q2", "--out", out)
    assert_refused(done, "da-nop", "còn nguyên")
    assert out.read_bytes() == b"old"


# --- targets, lists, output --------------------------------------------------------------------------------


@LINUX
@pytest.mark.parametrize("target", ["/proc/cchc", "x" * 300, "/dev/null"])
def test_the_demo_says_at_once_that_it_cannot_write(target, tmp_path):
    done = run("demo", target, cwd=tmp_path)
    assert_refused(done, target[:20])


@LINUX
def test_a_list_of_units_that_is_a_pipe_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "don-vi.csv")
    done = run("issue", "--period", "2026-Q3", "--all", "--out", tmp_path, "--units", tmp_path / "don-vi.csv")
    assert_refused(done, "don-vi.csv")


@LINUX
@pytest.mark.end_to_end
@pytest.mark.parametrize("command", ["rules", "forms --json", "--help", "proofread README.md"])
def test_a_full_disk_behind_the_output_is_told(command):
    words = [sys.executable, "-m", "cchc_xl", *command.split()]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(words, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, encoding="utf-8")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "Traceback" not in done.stderr and PROGRAM_FAULT not in done.stderr


def test_a_fault_of_the_program_is_one_line_and_not_status_1(monkeypatch):
    from cchc_xl.cli import listings

    def fails(_: object) -> None:
        raise KeyError("bieu1")

    monkeypatch.setattr(listings, "rule_lines", fails)
    done = run("rules")
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.startswith(PROGRAM_FAULT) and "KeyError" in done.stderr
    assert "test_no_traceback.py" in done.stderr and len(done.stderr.splitlines()) == 1


# --- broken catalogues and histories -----------------------------------------------------------------------


BROKEN_CATALOGUES = {
    "a list in a list, 5,000 deep": ("lồng nhau", "regime.toml", "", f"x = {'[' * 5000}{']' * 5000}\n"),
    "a number beyond every figure": ("due_day", "regime.toml", "", "due_day = 1e999\n"),
    "a number of 5,000 digits": ("regime.toml", "regime.toml", "", f"due_day = {'9' * 5000}\n"),
    "a day no month has": ("cutoff_day", "regime.toml", "cutoff_day = 14\n", "cutoff_day = 99\n"),
    "a tolerance beyond every figure": ("tolerance", "rules.toml", "[[rule]]", "[[rule]]\ntolerance = 1e999"),
    "an endless tolerance": ("tolerance", "rules.toml", "[[rule]]", "[[rule]]\ntolerance = inf"),
    "a maximum that is none": (
        "maximum",
        "bieu.toml",
        'kind = "count"',
        'kind = "count"\nmaximum = nan',
    ),
}


@pytest.mark.parametrize("name", BROKEN_CATALOGUES)
def test_a_broken_catalogue_is_refused_with_its_file(name, tmp_path, sent):
    folder = tmp_path / "catalogue" / "regime_toy"
    shutil.copytree(EXAMPLES / "regime_toy", folder)
    word, file, old, new = BROKEN_CATALOGUES[name]
    content = (folder / file).read_text(encoding="utf-8")
    assert old in content
    broken = content.replace(old, new, 1) if old else f"{new}{content}"
    (folder / file).write_text(broken, encoding="utf-8")
    regime = {"environment": {MORE_CATALOGUES: str(folder.parent)}}
    for command in (
        ("rules",),
        ("forms", "--json"),
        ("issue", "--period", "2026-Q2", "--unit", "11284", "--out", tmp_path / "x"),
        ("merge", sent, "--period", "2026-Q2", "--out", tmp_path / "TongHop.xlsx"),
    ):
        assert_refused(run(*command, "--regime", "regime-toy", **regime), ".toml", word)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE periods SET period = x'00ff'",
        "UPDATE submissions SET unit = x'00ff'",
        "UPDATE submissions SET number = 'abc'",
        "UPDATE observations SET value = x'00ff' WHERE indicator = 'bieu3_2_1_1'",
        "UPDATE periods SET period = 'quý hai'",
    ],
)
def test_what_is_no_history_of_ours_is_refused(damage, sent, tmp_path):
    history = tmp_path / "lich-su.sqlite"
    merge = ("merge", sent, "--period", "2026-Q2", "--out", tmp_path / "TongHop.xlsx", "--history", history)
    assert run(*merge).returncode == 0
    with sqlite3.connect(history) as connection:
        assert connection.execute(damage).rowcount
    connection.close()
    for command in (
        *(() if "quý hai" in damage else (("history", history, "--json"),)),
        *(() if "quý hai" in damage else (("history", history, "--export", tmp_path / "x.xlsx"),)),
        ("merge", sent, "--period", "2026-Q3", "--out", tmp_path / "TongHop.xlsx", "--history", history),
    ):
        assert_refused(run(*command), "lich-su.sqlite")


# --- the real cause ----------------------------------------------------------------------------------------


def test_a_broken_merged_range_is_named_as_such(tmp_path):
    def break_first(parts: Parts) -> None:
        part = sheet_part(parts, "Biểu 3")
        parts[part] = re.sub(rb'(<mergeCell ref=")[A-Z]+\d+', rb"\1A0", parts[part], count=1)

    (tmp_path / WORKBOOK).write_bytes(changed(break_first)(filled_bytes("cchc-dinh-ky")))
    done = run("check", tmp_path / WORKBOOK)
    assert done.returncode == 1
    assert "gộp ô" in done.stdout and "Biểu 3" in done.stdout and "quyền đọc" not in done.stdout


def test_an_open_quote_in_a_csv_is_named_with_its_line(sent, tmp_path):
    values = tmp_path / "so.csv"
    values.write_text('indicator,value\nbieu1_1_1,5\nbieu1_1_2,"6\nbieu1_1_3,7\n', encoding="utf-8")
    done = run("fill", sent / WORKBOOK, values, "--out", tmp_path / "x.xlsx")
    assert_refused(done, "so.csv", "dòng 3", "ngoặc kép")
    units = tmp_path / "don-vi.csv"
    units.write_text('code,type,name\n11284,xã,"Nam Thanh Miện\n', encoding="utf-8")
    done = run("issue", "--period", "2026-Q3", "--all", "--out", tmp_path, "--units", units)
    assert_refused(done, "don-vi.csv", "dòng 2", "ngoặc kép")


def test_a_csv_in_another_encoding_still_says_so(sent, tmp_path):
    (tmp_path / "so.csv").write_bytes("indicator,value\nghi chú,ü\n".encode("utf-16"))
    assert_refused(run("fill", sent / WORKBOOK, tmp_path / "so.csv", "--out", tmp_path / "x.xlsx"), "UTF-8")


# --- the other commands ------------------------------------------------------------------------------------


@LINUX
def test_pipes_folders_and_foreign_files_end_every_command_in_one_line(sent, tmp_path):
    pipe, folder, foreign = tmp_path / "pipe.docx", tmp_path / "thu-muc", tmp_path / "la.zip"
    os.mkfifo(pipe)
    folder.mkdir()
    with zipfile.ZipFile(foreign, "w") as archive:
        archive.writestr("a.txt", "a")
    text = tmp_path / "bao-cao.txt"
    text.write_text("Đã xử lý 5 hồ sơ.\n", encoding="utf-8")
    long, absent = "x" * 300, tmp_path / "khong-co"
    odd = (pipe, folder, foreign, long, absent)
    commands = [
        *(("proofread", given) for given in odd if given is not foreign),
        *(("proofread", text, "--workbook", given) for given in (pipe, folder, long, absent)),
        *(("page", "--out", given) for given in (folder, f"{absent}/trang.html")),
        *(("portable", given, "--out", tmp_path / "x.zip") for given in odd),
        *(("read", given) for given in (folder, long, absent)),
        *(("check", given) for given in (folder, long, absent)),
        *(("fill", given, ROOT / "README.md", "--out", tmp_path / "x.xlsx") for given in odd),
        *(("combine", sent / WORKBOOK, given, "--out", tmp_path / "x.xlsx") for given in odd),
        *(("upgrade", given, "--out", tmp_path / "x.xlsx") for given in odd),
        ("upgrade", sent / WORKBOOK, "--out", folder),
        *(("extract", given, "--period", "2026-Q2", "--out", tmp_path / "x.csv") for given in odd),
        *(("rollup", given, "--to", "2026-S1", "--out", tmp_path / "r") for given in (pipe, foreign, long)),
        *(("history", given) for given in odd),
    ]
    for command in commands:
        assert_refused(run(*command, cwd=tmp_path))
