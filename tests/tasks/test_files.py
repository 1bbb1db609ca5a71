"""Files: the old one or the new one, never half of one; nothing in a folder can block or mislead a run."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.places import ROOT

from cchc_xl.model.errors import CchcError, UsageError, WorkbookRefused
from cchc_xl.tasks import files
from cchc_xl.tasks.files import (
    EntryKind,
    folder_lock,
    list_folder,
    read_limited,
    replace_file,
    sweep_strays,
)

posix_only = pytest.mark.skipif(os.name == "nt", reason="needs POSIX")


def _python(script: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *(str(a) for a in arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_written_file_holds_exactly_the_new_bytes_and_no_stray_stays(tmp_path: Path):
    target = tmp_path / "Tổng hợp.xlsx"
    target.write_bytes(b"old")
    assert replace_file(target, b"new") == target
    assert target.read_bytes() == b"new"
    assert [p.name for p in tmp_path.iterdir()] == ["Tổng hợp.xlsx"]


def test_a_target_open_in_excel_stays_and_the_new_file_stands_beside_it(tmp_path, monkeypatch):
    target = tmp_path / "TongHop.xlsx"
    target.write_bytes(b"open in Excel")
    (tmp_path / "TongHop (2).xlsx").write_bytes(b"somebody's")
    real = os.replace

    def locked(source, destination):
        if Path(destination) == target:
            raise PermissionError(errno.EACCES, "used by another process")
        real(source, destination)

    monkeypatch.setattr(os, "replace", locked)
    assert replace_file(target, b"new") == tmp_path / "TongHop (3).xlsx"
    assert target.read_bytes() == b"open in Excel"
    assert (tmp_path / "TongHop (2).xlsx").read_bytes() == b"somebody's"
    assert (tmp_path / "TongHop (3).xlsx").read_bytes() == b"new"


@posix_only
def test_a_full_disk_leaves_the_old_file_and_no_stray(tmp_path):
    target = tmp_path / "TongHop.xlsx"
    target.write_bytes(b"old")
    script = (
        "import resource, sys; from pathlib import Path; from cchc_xl.tasks.files import replace_file\n"
        "from cchc_xl.model.errors import CchcError\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: replace_file(Path(sys.argv[1]), b'x' * 5000)\n"
        "except CchcError as fault: print(fault)\n"
    )
    out, _ = _python(script, target).communicate(timeout=120)
    assert "đĩa đã đầy" in out and out.count("\n") == 1
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_or_a_device_is_never_replaced(tmp_path):
    folder = tmp_path / "x.xlsx"
    folder.mkdir()
    with pytest.raises(UsageError, match="không phải tệp"):
        replace_file(folder, b"new")
    with pytest.raises(UsageError, match="không có thư mục"):
        replace_file(tmp_path / "none" / "x.xlsx", b"new")
    if Path("/dev/full").exists():
        with pytest.raises(UsageError):
            replace_file(Path("/dev/full"), b"new")
        assert Path("/dev/full").is_char_device()


@posix_only
def test_a_write_killed_at_any_moment_leaves_the_old_or_the_new_file(tmp_path):
    target = tmp_path / "TongHop.xlsx"
    old, new = b"o" * 3_000_000, b"n" * 3_000_000
    target.write_bytes(old)
    script = (
        "import sys; from pathlib import Path; from cchc_xl.tasks.files import replace_file\n"
        "print('go', flush=True)\n"
        "while True:\n"
        "    for letter in (b'n', b'o'): replace_file(Path(sys.argv[1]), letter * 3_000_000)\n"
    )
    for delay in (0.001, 0.004, 0.009, 0.015, 0.021, 0.034):
        writer = _python(script, target)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(delay)
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        assert target.read_bytes() in (old, new)
    sweep_strays(tmp_path)
    assert list(tmp_path.iterdir()) == [target]


def test_strays_of_killed_runs_go_and_everything_else_stays(tmp_path):
    stray = tmp_path / ".TongHop.xlsx.0123456789ab.cchc-tmp"
    stray.write_bytes(b"half")
    other = tmp_path / ".TongHop.xlsx.mine.cchc-tmp"
    other.write_bytes(b"not our pattern")
    assert sweep_strays(tmp_path) == (stray,)
    assert list(tmp_path.iterdir()) == [other]


@posix_only
def test_the_stray_of_a_living_process_is_left_alone(tmp_path):
    stray = tmp_path / ".TongHop.xlsx.0123456789ab.cchc-tmp"
    script = (
        "import fcntl, sys, time; f = open(sys.argv[1], 'wb'); fcntl.flock(f, fcntl.LOCK_EX)\n"
        "print('go', flush=True); time.sleep(60)"
    )
    holder = _python(script, stray)
    assert holder.stdout is not None
    holder.stdout.readline()
    assert sweep_strays(tmp_path) == ()
    holder.kill()
    holder.communicate()
    assert sweep_strays(tmp_path) == (stray,)


def test_the_second_writer_of_one_target_is_told_and_a_killed_first_one_frees_it(tmp_path):
    target = tmp_path / "TongHop.xlsx"
    script = (
        "import sys, time; from pathlib import Path; from cchc_xl.tasks.files import folder_lock\n"
        "with folder_lock(Path(sys.argv[1])): print('go', flush=True); time.sleep(60)"
    )
    first = _python(script, target)
    assert first.stdout is not None
    first.stdout.readline()
    with pytest.raises(UsageError, match="lần chạy khác"), folder_lock(target):
        pass
    with folder_lock(tmp_path / "another.xlsx"):
        pass
    first.kill()
    first.communicate()
    with folder_lock(target):
        assert list_folder(tmp_path) == ()
    assert list(tmp_path.iterdir()) == []


def test_every_direct_entry_of_a_folder_is_named_for_what_it_is(tmp_path):
    for name in (
        "a.xlsx",
        "B.XLSM",
        "~$a.xlsx",
        "c.zip",
        "d.rar",
        ".e.xlsx.icloud",
        "f.docx",
        "TongHop.xlsx",
    ):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "x.xlsx").mkdir()
    (tmp_path / "x.xlsx" / "below.xlsx").write_bytes(b"x")
    kinds = {e.name: e.kind for e in list_folder(tmp_path, own=[tmp_path / "TongHop.xlsx"])}
    assert kinds == {
        "a.xlsx": EntryKind.WORKBOOK,
        "B.XLSM": EntryKind.WORKBOOK,
        "~$a.xlsx": EntryKind.OFFICE_LOCK,
        "c.zip": EntryKind.ARCHIVE,
        "d.rar": EntryKind.ARCHIVE,
        ".e.xlsx.icloud": EntryKind.PLACEHOLDER,
        "f.docx": EntryKind.OTHER,
        "x.xlsx": EntryKind.FOLDER,
        "TongHop.xlsx": EntryKind.OWN_OUTPUT,
    }


@posix_only
def test_links_and_pipes_are_named_and_never_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.xlsx")
    (tmp_path / "link.xlsx").symlink_to("/etc/passwd")
    kinds = {e.name: e.kind for e in list_folder(tmp_path)}
    assert kinds == {"pipe.xlsx": EntryKind.SPECIAL, "link.xlsx": EntryKind.LINK}
    for name in kinds:
        with pytest.raises(CchcError, match="không phải tệp"):
            read_limited(tmp_path / name)
        assert files.sha256_of(tmp_path / name) is None


def test_a_file_over_the_limit_is_refused_unread(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"x" * 11)
    assert read_limited(path, 11) == b"x" * 11
    with pytest.raises(WorkbookRefused) as refused:
        read_limited(path, 10)
    assert refused.value.code == "file_too_large"


def test_a_folder_that_does_not_exist_is_one_clear_line(tmp_path):
    with pytest.raises(UsageError, match="không đọc được thư mục"):
        list_folder(tmp_path / "none")
    with pytest.raises(CchcError, match="không đọc được"):
        read_limited(tmp_path / "none.xlsx")
