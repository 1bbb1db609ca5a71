"""The command line as users meet it: one Vietnamese line, the right exit status, quick to start."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.command_line import assert_refused, run, run_process
from support.places import ROOT

from cchc_xl.cli.app import command_line


def test_help_is_vietnamese_and_lists_every_command():
    done = run("--help")
    assert done.returncode == 0
    for word in (
        "Cách dùng",
        "Lệnh",
        "demo",
        "issue",
        "fill",
        "read",
        "check",
        "merge",
        "rollup",
        "history",
        "forms",
        "rules",
        "combine",
        "install",
        "doctor",
        "templates",
    ):
        assert word in done.stdout
    assert "Usage" not in done.stdout and "Options" not in done.stdout


@pytest.mark.parametrize("command", list(command_line.commands))
def test_every_command_explains_itself(command: str):
    done = run(command, "--help")
    assert done.returncode == 0
    assert "Cách dùng" in done.stdout and "required" not in done.stdout and "Show this" not in done.stdout


def test_the_version_is_told():
    from cchc_xl import __version__

    assert __version__ in run("--version").stdout


@pytest.mark.end_to_end
def test_help_starts_quickly():
    started = time.perf_counter()
    run_process("--help")
    assert (
        time.perf_counter() - started < 1.0
    )  # 0.1 s on an idle machine; the bound only catches heavy imports


@pytest.mark.end_to_end
def test_help_imports_no_heavy_library():
    script = (
        "import sys; from cchc_xl.cli.app import run; run(['--help']);"
        "heavy = ('xlsxwriter', 'openpyxl', 'pandas', 'tqdm', 'xlwings', 'multiprocessing',"
        " 'cchc_xl.model.forms');"
        "print([m for m in heavy if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.stderr.strip() == "[]"


def test_an_unknown_command_is_one_line():
    assert_refused(run("tonghop"), "Không có lệnh", "tonghop")


def test_an_unknown_option_is_one_line():
    assert_refused(run("forms", "--nope"), "Không có tùy chọn --nope")


def test_a_missing_option_is_named():
    assert_refused(run("issue", "--all", "--out", "x"), "Thiếu --period")
    assert_refused(run("check"), "Thiếu FILE")


def test_a_period_that_does_not_exist_is_one_line(tmp_path: Path):
    assert_refused(run("issue", "--period", "2026-Q9", "--all", "--out", tmp_path), "Kỳ báo cáo")
    assert_refused(run("merge", tmp_path, "--period", "quý 2", "--out", "x.xlsx"), "Không hiểu kỳ")


def test_a_regime_without_that_kind_of_period_is_one_line(tmp_path: Path):
    assert_refused(run("merge", tmp_path, "--period", "T6/2026", "--out", tmp_path / "x.xlsx"), "2026-M06")


def test_an_unknown_regime_is_one_line():
    assert_refused(run("forms", "--regime", "khong-co"), "khong-co")


def test_a_file_that_does_not_exist_is_one_line(tmp_path: Path):
    assert_refused(run("check", tmp_path / "none.xlsx"), "không có tệp này")
    assert_refused(run("read", tmp_path), "thư mục")


def test_issue_needs_units_that_exist(tmp_path: Path):
    assert_refused(run("issue", "--period", "2026-Q2", "--out", tmp_path), "--unit")
    assert_refused(run("issue", "--period", "2026-Q2", "--unit", "99999", "--out", tmp_path), "99999")
    assert_refused(run("issue", "--period", "2026-Q2", "--all", "--unit", "11284", "--out", tmp_path), "một")
    assert list(tmp_path.iterdir()) == []


def test_merge_refuses_what_it_cannot_write_before_it_reads_anything(tmp_path: Path):
    folder = tmp_path / "da-nop"
    folder.mkdir()
    assert_refused(
        run("merge", folder, "--period", "2026-Q2", "--out", tmp_path / "no" / "x.xlsx"), "thư mục"
    )
    assert_refused(run("merge", folder, "--period", "2026-Q2", "--out", tmp_path / "x.docx"), ".xlsx")
    missing = run("merge", tmp_path / "none", "--period", "2026-Q2", "--out", tmp_path / "x.xlsx")
    assert_refused(missing, "không đọc được thư mục")
    assert [p.name for p in tmp_path.iterdir()] == ["da-nop"]


def test_forms_lists_all_79_printed_rows():
    done = run("forms", "--json")
    shape = json.loads(done.stdout)
    assert done.returncode == 0
    assert sum(len(form["indicators"]) for form in shape["forms"] if form["printed"]) == 79
    assert "Tỷ lệ" in done.stdout, "UTF-8 and unescaped whatever the console's encoding"
    assert "bieu3_2_1_1" in run("forms").stdout


def test_rules_are_listed_with_what_to_do():
    shape = json.loads(run("rules", "--json").stdout)
    assert len(shape["rules"]) > 30
    assert all(rule["message"] and rule["fix"] and rule["assert"] for rule in shape["rules"])
    assert "bieu3_2_1_2 <= bieu3_2_1_1" in run("rules").stdout


@pytest.mark.end_to_end
def test_a_reader_that_leaves_early_is_no_traceback():
    command = f'"{sys.executable}" -m cchc_xl rules | head -1'
    done = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
