"""The command as a process of its own: a report's whole way, and the same answers as inside the tests."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support.command_line import Done, run, run_process
from support.places import EXAMPLES

SAMPLE = EXAMPLES / "nam-thanh-mien-2026-Q2.csv"
pytestmark = pytest.mark.end_to_end


def the_whole_way(start: Callable[..., Done], folder: Path) -> list[Done]:
    """Issue, fill, read, check, merge and look back, and three refusals, each a start of the command."""
    filed, history = folder / "da-nop", folder / "lich-su.sqlite"
    filed.mkdir(parents=True)
    name, period = "CCHC_2026-Q2_11284_Nam-Thanh-Mien.xlsx", ("--period", "2026-Q2")
    merged = ("merge", "da-nop", *period, "--out", folder / "TongHop.xlsx")
    return [
        start(*arguments, cwd=folder)
        for arguments in (
            ("issue", *period, "--unit", "11284", "--plain", "--out", folder / "phat-hanh"),
            ("fill", Path("phat-hanh", name), SAMPLE, "--out", filed / name),
            ("read", filed / name, "--json"),
            ("check", Path("phat-hanh", name), filed / name),
            (*merged, "--json", "so.json", "--history", history),
            ("history", history, "--export", "dai.csv"),
            ("merge", "khong-co", *period, "--out", "x.xlsx"),
            ("tonghop",),
            (),
        )
    ]


def _left_in(folder: Path) -> dict[str, object]:
    """Every file by name with its digest; of a database, which holds the time, the number of rows."""
    found: dict[str, object] = {}
    for path in folder.rglob("*.*"):
        found[str(path.relative_to(folder))] = (
            _rows(path) if path.suffix == ".sqlite" else hashlib.sha256(path.read_bytes()).hexdigest()
        )
    return found


def _rows(path: Path) -> int:
    database = sqlite3.connect(path)
    tables = [name for (name,) in database.execute("select name from sqlite_master where type = 'table'")]
    counted = sum(database.execute(f"select count(*) from {name}").fetchone()[0] for name in tables)
    database.close()
    return counted


def test_the_command_answers_and_writes_the_same_in_a_process_of_its_own_as_inside_the_tests(tmp_path: Path):
    ways = {"that": run_process, "here": run}
    answers = {name: the_whole_way(start, tmp_path / name) for name, start in ways.items()}
    told = {
        name: [
            (done.returncode, done.stdout.replace(name, ""), done.stderr.replace(name, "")) for done in dones
        ]
        for name, dones in answers.items()
    }
    assert told["that"] == told["here"]
    # One of the two files checked is a blank that nobody filled: a fault in the data.
    assert [done.returncode for done in answers["that"]] == [0, 0, 0, 1, 0, 0, 2, 2, 2]
    there, here = _left_in(tmp_path / "that"), _left_in(tmp_path / "here")
    assert there == here
    assert len(there) == 6


def test_what_a_command_does_to_its_process_does_not_outlive_it(tmp_path: Path, capfd: pytest.CaptureFixture):
    before = (Path.cwd(), dict(os.environ), sys.argv, sys.stdin, sys.stdout, sys.stderr)
    done = run("merge", "x", "--period", "2026-Q2", "--out", "y.xlsx", cwd=tmp_path, environment={"X": "1"})
    assert (done.returncode, capfd.readouterr()) == (2, ("", ""))
    assert (Path.cwd(), dict(os.environ), sys.argv, sys.stdin, sys.stdout, sys.stderr) == before
