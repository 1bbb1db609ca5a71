"""Merging among hostile files and accidents: a line for every entry, the old summary or the new one."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import socket
import subprocess
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from support.command_line import Done, run
from support.hostile_cases import CASES
from support.hostile_submissions import Parts, filled_workbook, in_turn, meta, of_unit, put
from support.places import ROOT
from support.samples_of_submissions import UNITS, city

from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.figures.totals.over_units import consolidate
from cchc_xl.model.errors import CchcError
from cchc_xl.tasks import files
from cchc_xl.tasks.files import EntryKind, replace_file
from cchc_xl.tasks.read import read_one
from cchc_xl.workbooks.summary import plan_summary

posix_only = pytest.mark.skipif(os.name == "nt", reason="needs POSIX")
EVIL = "XAUXA"
TEXTS = (
    f'=1+1&"{EVIL}"',
    f"+1+{EVIL}",
    f"-1-{EVIL}",
    f"@SUM({EVIL})",
    f"\t=1+{EVIL}",
    f"\r=1+{EVIL}",
    f"\n=1+{EVIL}",
    f"=cmd|'/c {EVIL}'!A0",
    f'=HYPERLINK("http://{EVIL}.example/x","x")',
    f"http://{EVIL}.example/x",
    f"internal:'{EVIL}'!A1",
    f"mailto:{EVIL}@example.vn",
    f"<r><t>{EVIL}</t></r>",
    f"<r>{EVIL}</r>",
    f"</t></si><si><t>{EVIL}",
    f"_x003D_1+{EVIL}",
    f"zero\u200b\u202e{EVIL}\ufeff",
    f"&{EVIL};",
    f"{EVIL} " + "dài " * 8000,
    f"\x1b[31m{EVIL}\x07",
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled_workbook(tmp_path_factory.mktemp("goc"))


def _digests(folder: Path) -> dict[str, str]:
    found = (p for p in folder.iterdir() if p.is_file() and not p.is_symlink())
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in found}


def _merged(folder: Path, out: Path) -> tuple[Done, dict[str, Any]]:
    ledger = out.with_suffix(".json")
    done = run("merge", folder, "--period", "2026-Q2", "--out", out, "--json", ledger)
    assert done.returncode in (0, 1), done.stderr
    return done, json.loads(ledger.read_text(encoding="utf-8"))


# --- every input one line, inputs untouched ---------------------------------------------------------------


def _stray_entries(folder: Path) -> dict[str, EntryKind]:
    """Entries that are no submissions at all."""
    (folder / "thu-muc.xlsx").mkdir()
    (folder / "~$mo.xlsx").write_bytes(b"\x05Ng")
    (folder / "goi.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    (folder / "ghi-chu.txt").write_text("ghi chú", encoding="utf-8")
    (folder / "dam-may.xlsx.icloud").write_bytes(b"x")
    kinds = {
        "thu-muc.xlsx": EntryKind.FOLDER,
        "~$mo.xlsx": EntryKind.OFFICE_LOCK,
        "goi.zip": EntryKind.ARCHIVE,
    }
    kinds |= {"ghi-chu.txt": EntryKind.OTHER, "dam-may.xlsx.icloud": EntryKind.PLACEHOLDER}
    if os.name != "nt":
        os.mkfifo(folder / "ong.xlsx")
        (folder / "loi-tat.xlsx").symlink_to(folder / "ghi-chu.txt")
        (folder / "loi-tat-hong.xlsx").symlink_to(folder / "khong-co")
        with contextlib.closing(socket.socket(socket.AF_UNIX)) as listener, contextlib.chdir(folder):
            listener.bind("o-cam.xlsx")
        kinds |= {"ong.xlsx": EntryKind.SPECIAL, "o-cam.xlsx": EntryKind.SPECIAL}
        kinds |= {"loi-tat.xlsx": EntryKind.LINK, "loi-tat-hong.xlsx": EntryKind.LINK}
    return kinds


@pytest.fixture(scope="module")
def crowded(sound: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, EntryKind]]:
    """A folder with all crafted files, rivals, strays and names that mislead."""
    folder, data = tmp_path_factory.mktemp("da-nop"), sound.read_bytes()
    for number, case in enumerate(CASES.values()):
        (folder / f"t{number:03} {case.file or 'tep.xlsx'}").write_bytes(case.build(data))
    figure = put("Biểu 1", D7=9)
    second = put("Trang chính", C11=2, C12="Sửa dòng 1")
    rivals = {
        "An Trường.xlsx": in_turn(of_unit("11635")),
        "An Trường lần 2.xlsx": in_turn(of_unit("11635"), figure, second),
        "Hoà Bình a.xlsx": in_turn(of_unit("11533")),
        "Hoà Bình b.xlsx": in_turn(of_unit("11533"), figure),
        "Chí Linh.xlsx": in_turn(of_unit("10546")),
        "Chí Linh (1).xlsx": in_turn(of_unit("10546")),
        "6 tháng.xlsx": in_turn(of_unit("10888"), meta(cchc_ky="2026-S1")),
        "quý I.xlsx": in_turn(of_unit("10888"), meta(cchc_ky="2026-Q1")),
        "=HYPERLINK(1).xlsx": in_turn(of_unit("10543")),
        "hai\ndòng \x1b[31m.xlsx": in_turn(of_unit("11239")),
    }
    for name, build in rivals.items():
        (folder / name).write_bytes(build(data))
    if os.name != "nt":
        Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe.xlsx")).write_bytes(
            in_turn(of_unit("11254"))(data)
        )
    return folder, _stray_entries(folder)


@pytest.fixture(scope="module")
def told(crowded, tmp_path_factory: pytest.TempPathFactory):
    """The merge of that folder: its output, its ledger and the digests before and after."""
    folder, _ = crowded
    before = _digests(folder)
    done, ledger = _merged(folder, tmp_path_factory.mktemp("ra") / "TongHop.xlsx")
    return done, ledger, before, _digests(folder)


def _rules(ledger: dict[str, Any], file: str) -> tuple[str, list[str]]:
    (entry,) = (f for f in ledger["files"] if f["file"] == file)
    return entry["verdict"], [f["rule"] for f in entry["findings"]]


def test_every_entry_has_one_line_and_the_verdicts_add_up(crowded, told):
    folder, _ = crowded
    _, ledger, _, _ = told
    names = [os.fsencode(f["file"]) for f in ledger["files"]]
    assert sorted(names) == sorted(os.fsencode(entry.name) for entry in folder.iterdir())
    counts = Counter(f["verdict"] for f in ledger["files"])
    assert counts.keys() <= {"accepted", "held", "rejected", "skipped"}
    assert {v: ledger["coverage"][v] for v in counts} == counts
    assert sum(counts.values()) == len(ledger["files"])
    for entry in ledger["files"]:
        if entry["verdict"] in ("held", "rejected"):
            assert any(f["severity"] == "error" and f["message"] and f["fix"] for f in entry["findings"])


def test_inputs_stay_byte_identical_and_the_ledger_carries_their_digests(told):
    _, ledger, before, after = told
    assert before == after
    listed = {f["file"]: f["sha256"] for f in ledger["files"]}
    downloaded = {name: digest for name, digest in before.items() if not name.endswith(".icloud")}
    assert {name: listed[name] for name in downloaded} == downloaded


def test_strays_are_skipped_with_their_kind(crowded, told):
    _, strays = crowded
    for name, kind in strays.items():
        assert _rules(told[1], name) == ("skipped", [f"entry_{kind.value}"]), name


def test_of_two_files_the_higher_number_stands_equal_ones_hold_each_other(told):
    _, ledger, _, _ = told
    assert _rules(ledger, "An Trường.xlsx")[0] == "skipped"
    assert "superseded" in _rules(ledger, "An Trường.xlsx")[1]
    assert _rules(ledger, "An Trường lần 2.xlsx")[0] == "accepted"
    for name in ("Hoà Bình a.xlsx", "Hoà Bình b.xlsx"):
        verdict, rules = _rules(ledger, name)
        assert verdict == "held" and "conflicting_submissions" in rules
    verdicts = {_rules(ledger, name)[0] for name in ("Chí Linh.xlsx", "Chí Linh (1).xlsx")}
    assert verdicts == {"accepted", "skipped"}


def test_files_of_another_period_or_kind_of_period_are_held(told):
    assert _rules(told[1], "6 tháng.xlsx")[0] == "held"
    assert "wrong_period_kind" in _rules(told[1], "6 tháng.xlsx")[1]
    assert "wrong_period" in _rules(told[1], "quý I.xlsx")[1]


@pytest.mark.skipif(os.name == "nt", reason="no such file names there")
def test_a_misleading_file_name_is_shown_on_one_line_without_terminal_commands(crowded, told):
    folder, _ = crowded
    done = run("check", folder / "hai\ndòng \x1b[31m.xlsx")
    assert done.returncode == 0
    assert done.stdout.startswith("hai□dòng □[31m.xlsx: ")
    merged, _, _, _ = told
    assert "\x1b" not in merged.stdout + merged.stderr
    missing = run("check", folder / "khong\n\x1b[31mco.xlsx")
    assert missing.returncode == 2 and len(missing.stderr.splitlines()) == 1 and "\x1b" not in missing.stderr


# --- texts stay texts ------------------------------------------------------------------------------------


def _with_text(text: str, unit: str):
    def inline(parts: Parts) -> None:
        put("Biểu 1", E17=text)(parts)
        put("Biểu 5", D13=text)(parts)
        put("Trang chính", C11=2, C12=text, C18=text)(parts)
        stored = {r: a for r, a in _explanations(parts).items() if r == "bieu1_running_tasks"}
        put("Kiểm tra", **dict.fromkeys(stored.values(), text))(parts)

    return in_turn(of_unit(unit), inline)


def _explanations(parts: Parts) -> dict[str, str]:
    from support.hostile_submissions import PERIOD

    from cchc_xl.catalogue.loader import load_regime
    from cchc_xl.model.layout import layout_of

    layout = layout_of(load_regime("cchc-dinh-ky", PERIOD))
    return {rule.id: layout.explanation(rule.id)[1] for rule in layout.rules}


@pytest.fixture(scope="module")
def summary_of_evil_texts(sound: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, data = tmp_path_factory.mktemp("chu"), sound.read_bytes()
    for text, unit in zip(TEXTS, UNITS[20:], strict=False):
        (folder / f"{unit.code} ={EVIL}.xlsx").write_bytes(_with_text(text, unit.code)(data))
    out = tmp_path_factory.mktemp("ra") / "TongHop.xlsx"
    _, ledger = _merged(folder, out)
    assert {f["verdict"] for f in ledger["files"]} == {"held"}
    assert all(f["forms"]["bieu1"] == "accepted" and f["forms"]["bieu5"] == "held" for f in ledger["files"])
    return out


def test_no_text_of_an_input_becomes_a_formula_or_a_link(summary_of_evil_texts: Path):
    book = openpyxl.load_workbook(summary_of_evil_texts)
    seen = 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if EVIL in str(cell.value):
                    seen += 1
                    assert cell.data_type == "s", (sheet.title, cell.coordinate, cell.value)
                if cell.hyperlink:
                    assert not cell.hyperlink.target and EVIL not in str(cell.hyperlink.location)
    assert seen > 5 * len(TEXTS)
    assert not any(EVIL in str(name.attr_text) for name in book.defined_names.values())


def test_no_part_of_the_summary_leads_outside(summary_of_evil_texts: Path):
    with zipfile.ZipFile(summary_of_evil_texts) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert not any("external" in name.lower() or "connection" in name.lower() for name in parts)
    for name, content in parts.items():
        if name.endswith(".rels"):
            assert b"External" not in content and EVIL.encode() not in content
        for formula in content.split(b"<f>")[1:]:
            assert EVIL.encode() not in formula.partition(b"</f>")[0], name
        if name not in ("xl/sharedStrings.xml",) and b"<c r=" not in content:
            assert EVIL.encode() not in content, name


def test_a_text_that_looks_like_rich_runs_is_shown_as_it_was_typed(summary_of_evil_texts: Path):
    sheet = openpyxl.load_workbook(summary_of_evil_texts)["Lỗi và cảnh báo"]
    shown = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    for text in (f"<r><t>{EVIL}</t></r>", f"=cmd|'/c {EVIL}'!A0", f"</t></si><si><t>{EVIL}", f"=1+{EVIL}"):
        assert text in shown, text


# --- environment -----------------------------------------------------------------------------------------


@posix_only
def test_a_pipe_named_like_a_workbook_is_judged_without_waiting(tmp_path: Path):
    os.mkfifo(tmp_path / "ong.xlsx")
    started = time.monotonic()
    done = run("check", "--json", tmp_path / "ong.xlsx")
    assert time.monotonic() - started < 10
    assert json.loads(done.stdout)["files"][0]["verdict"] == "rejected" and done.returncode == 1


def _folder(sound: Path, target: Path) -> Path:
    target.mkdir()
    (target / sound.name).write_bytes(sound.read_bytes())
    (target / "An Trường.xlsx").write_bytes(in_turn(of_unit("11635"))(sound.read_bytes()))
    return target


@posix_only
def test_a_disk_that_fills_up_leaves_the_old_summary(sound: Path, tmp_path: Path):
    folder, out = _folder(sound, tmp_path / "da-nop"), tmp_path / "TongHop.xlsx"
    out.write_bytes(b"old")
    script = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000));"
    script += "from cchc_xl.__main__ import main; sys.argv[1:] = sys.argv[1:]; sys.exit(main())"
    command = [sys.executable, "-c", script, "merge", folder, "--period", "2026-Q2", "--out", out]
    done = subprocess.run(list(map(str, command)), cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2 and len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "đĩa đã đầy" in done.stderr
    assert out.read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["TongHop.xlsx", "da-nop"]


@pytest.mark.parametrize("call", ["open", "fsync", "replace"])
@pytest.mark.parametrize("fault", [28, 30, 13])  # disk full, read-only file system, no permission
def test_a_failing_system_call_leaves_the_old_file_and_says_so_in_one_line(
    tmp_path, monkeypatch, call, fault
):
    target = tmp_path / "TongHop.xlsx"
    target.write_bytes(b"old")
    original = getattr(os, call)

    def failing(*arguments: Any, **named: Any) -> Any:
        if call == "open" and not str(arguments[0]).endswith(".cchc-tmp"):
            return original(*arguments, **named)
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr(files.os, call, failing)
    with pytest.raises(CchcError) as caught:
        replace_file(target, b"new" * 1000)
    monkeypatch.undo()
    assert "\n" not in str(caught.value) and "TongHop.xlsx" in str(caught.value)
    assert target.read_bytes() == b"old" and [p.name for p in tmp_path.iterdir()] == ["TongHop.xlsx"]


@posix_only
def test_a_read_only_folder_is_told_in_one_line(sound: Path, tmp_path: Path):
    """As root permissions do not bind, so the folder is made one nobody can write to: /proc."""
    out = Path("/proc/TongHop.xlsx") if os.geteuid() == 0 else tmp_path / "khoa" / "TongHop.xlsx"
    if os.geteuid():
        out.parent.mkdir()
        out.parent.chmod(0o555)
    done = run("merge", _folder(sound, tmp_path / "da-nop"), "--period", "2026-Q2", "--out", out)
    assert done.returncode == 2 and len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "TongHop.xlsx" in done.stderr


@posix_only
def test_a_file_that_may_not_be_read_is_rejected_by_name(sound: Path, tmp_path: Path, monkeypatch):
    def refused(path: Path) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files, "_open_regular", refused)
    submission = read_one(str(sound))
    assert (submission.verdict.value, submission.findings[0].rule) == ("rejected", "file_unreadable")


def test_two_merges_at_once_leave_one_whole_summary_and_no_stray(sound: Path, tmp_path: Path):
    folder, out = _folder(sound, tmp_path / "da-nop"), tmp_path / "TongHop.xlsx"
    command = [sys.executable, "-m", "cchc_xl", "merge", folder, "--period", "2026-Q2", "--out", out]
    both = [
        subprocess.Popen(list(map(str, command)), cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        for _ in range(2)
    ]
    errors = [process.communicate(timeout=60)[1].decode() for process in both]
    codes = sorted(process.returncode for process in both)
    assert codes in ([0, 0], [0, 2]), errors
    if codes == [0, 2]:
        assert any(len(error.strip().splitlines()) == 1 and "TongHop.xlsx" in error for error in errors)
    first = out.read_bytes()
    assert subprocess.run(list(map(str, command)), cwd=ROOT, capture_output=True, timeout=60).returncode == 0
    assert out.read_bytes() == first
    assert sorted(p.name for p in tmp_path.iterdir()) == ["TongHop.xlsx", "da-nop"]


_KILLED = """
import os, random, signal, sys, time
from pathlib import Path
from cchc_xl.tasks import files
from cchc_xl.model.periods import parse_period
from cchc_xl.tasks import merge
from cchc_xl.tasks.merge import MergeRequest, merge_folder
folder, out, ledger, points, seed, seconds = sys.argv[1:]
request = MergeRequest(Path(folder), parse_period("2026-Q2"), Path(out), ledger=Path(ledger), jobs=1)
start = time.monotonic()
merge_folder(request)
whole = time.monotonic() - start
new = Path(out).read_bytes(), Path(ledger).read_bytes()
read = merge.read_entries(files.list_folder(Path(folder)), 1)
chance, deadline = random.Random(int(seed)), time.monotonic() + float(seconds)
CALLS = ("open", "fdopen", "fsync", "replace", "unlink", "close", "stat")

def torn():
    found = Path(out).read_bytes(), Path(ledger).read_bytes()
    return [n for n, (now, fresh) in enumerate(zip(found, new)) if now not in (b"old", fresh)]

def counting(steps, last):
    # Before and after every call that writes; the files were read before.
    kill, me = os.kill, os.getpid()
    def counted(original):
        def call(*arguments, **named):
            steps[0] += 1
            if steps[0] == last:
                kill(me, signal.SIGKILL)
            result = original(*arguments, **named)
            steps[0] += 1
            if steps[0] == last:
                kill(me, signal.SIGKILL)
            return result
        return call
    for name in CALLS:
        setattr(os, name, counted(getattr(os, name)))
    merge.read_entries = lambda *_, **__: read

def all_steps():
    here, there = os.pipe()
    write, leave = os.write, os._exit
    if os.fork() == 0:
        steps = [0]
        counting(steps, 0)
        merge_folder(request)
        write(there, str(steps[0]).encode())
        leave(0)
    os.wait()
    return int(os.read(here, 20))

done = old_kept = new_there = 0
steps = all_steps()
while done < int(points) and time.monotonic() < deadline:
    Path(out).write_bytes(b"old")
    Path(ledger).write_bytes(b"old")
    delay, last = chance.random() * whole * 1.1, chance.randrange(1, steps + 1)
    child = os.fork()
    if child == 0:
        if done % 2:
            counting([0], last)
        merge_folder(request)
        os._exit(0)
    if done % 2 == 0:
        time.sleep(delay)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert not torn(), torn()
    old_kept += Path(out).read_bytes() == b"old"
    new_there += Path(out).read_bytes() == new[0]
    done += 1
Path(out).write_bytes(b"old")
strays = [p.name for p in Path(out).parent.iterdir() if p.name.endswith(".cchc-tmp")]
merge_folder(request)
assert (Path(out).read_bytes(), Path(ledger).read_bytes()) == new
print(done, old_kept, new_there, len(strays), steps)
"""


@posix_only
def test_a_merge_killed_at_any_moment_leaves_the_old_summary_or_the_new_one(sound: Path, tmp_path: Path):
    """CCHC_KILLS=1000 CCHC_KILL_SECONDS=900 tries more."""
    folder = _folder(sound, tmp_path / "da-nop")
    (tmp_path / "ra").mkdir()
    out, ledger = tmp_path / "ra" / "TongHop.xlsx", tmp_path / "ra" / "so.json"
    points = os.environ.get("CCHC_KILLS", "48")
    seconds = os.environ.get("CCHC_KILL_SECONDS", "40")
    command = [sys.executable, "-c", _KILLED, folder, out, ledger, points, "2026", seconds]
    done = subprocess.run(
        list(map(str, command)), cwd=ROOT, capture_output=True, text=True, timeout=float(seconds) + 60
    )
    assert done.returncode == 0, done.stdout + done.stderr
    tried, old_kept, new_there, _, steps = map(int, done.stdout.split())
    assert tried >= min(40, int(points)) and old_kept + new_there == tried
    assert min(old_kept, new_there) > 0 and steps > 20
    assert sorted(p.name for p in out.parent.iterdir()) == ["TongHop.xlsx", "so.json"]


# --- order -----------------------------------------------------------------------------------------------


def test_twenty_shuffled_orders_give_the_same_consolidation_and_the_same_bytes(sound: Path, tmp_path: Path):
    from support.samples_of_submissions import PERIOD, regime

    folder = _folder(sound, tmp_path / "da-nop")
    real = [read_one(str(path)) for path in sorted(folder.iterdir())]
    submissions, chance = [*city(), *real], random.Random(20)
    wanted = consolidate(regime(), PERIOD, UNITS, submissions)
    content = hashlib.sha256(render(plan_summary(wanted))).hexdigest()
    for number in range(20):
        chance.shuffle(submissions)
        found = consolidate(regime(), PERIOD, UNITS, submissions)
        assert found == wanted
        if number % 5 == 0:
            assert hashlib.sha256(render(plan_summary(found))).hexdigest() == content
