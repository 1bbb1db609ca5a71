"""The portable folder on Windows, unpacked and started as IT does: its results are those of Linux."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import re
import sqlite3
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from support.built_page import TARBALLS, built_page
from support.command_line import run
from support.places import EXAMPLES
from support.wine import (
    PYTHON_SHA256,
    run_script,
    unzipped,
    wheel_folder,
    windows_python_zip,
    wine_program,
)

from cchc_xl.tasks.addin import ADDIN_NAME
from cchc_xl.tasks.page import bytecode
from cchc_xl.tasks.page.runtime import TARBALL
from cchc_xl.texts import text

pytestmark = pytest.mark.skipif(
    wine_program() is None, reason="Wine is not installed (apt-get install wine wine64)"
)

PERIOD, UNIT, OTHER = "2026-Q2", "11284", "11635"
BLANK, SECOND = f"CCHC_{PERIOD}_{UNIT}_Nam-Thanh-Mien.xlsx", f"CCHC_{PERIOD}_{OTHER}_An-Truong.xlsx"
# One list for both systems: name of the step, then what is typed after `cchc-xl`.
STEPS = {
    "issue": ["issue", "--period", PERIOD, "--unit", UNIT, "--unit", OTHER, "--plain", "--out", "phat-hanh"],
    "buttons": ["issue", "--period", PERIOD, "--unit", UNIT, "--out", "co-nut"],
    "fill": ["fill", f"phat-hanh/{BLANK}", "so-lieu.csv", "--out", f"da-nop/{BLANK}"],
    "check": ["check", f"da-nop/{BLANK}", "da-nop/hong.xlsx", "--json"],
    "merge": [
        *("merge", "da-nop", "--period", PERIOD, "--out", "TongHop.xlsx", "--jobs", "2"),
        *("--json", "so-cai.json", "--history", "lich-su.sqlite"),
    ],
    "history": ["history", "lich-su.sqlite", "--json"],
    "page": ["page", "--runtime", "pyodide.tgz", "--out", "trang.html"],
    "doctor": ["doctor", f"co-nut/{BLANK.replace('.xlsx', '.xlsm')}"],
    "install": ["install", "--dry-run"],
}


@dataclass(frozen=True)
class Side:
    """One system's run: its folder, and of each step the exit status and what was printed."""

    folder: Path
    status: dict[str, int]
    told: dict[str, str]


@pytest.fixture(scope="module")
def portable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("portable") / "cchc_xl-windows.zip"
    python = ("--python", windows_python_zip(), "--sha256", PYTHON_SHA256)
    done = run("portable", "--out", out, *python, "--wheels", wheel_folder())
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="module")
def windows(portable: Path, tmp_path_factory: pytest.TempPathFactory) -> Side:
    folder = _prepared(tmp_path_factory.mktemp("Máy Windows"))
    unzipped(portable, folder)
    lines = []
    for name, words in STEPS.items():
        typed = " ".join(word.replace("/", "\\") for word in words)
        lines += [
            f"call cchc_xl\\cchc-xl.cmd {typed} <NUL >{name}.out 2>{name}.err",
            f">{name}.status echo %ERRORLEVEL%",
        ]
    run_script(lines, folder)
    status = {name: int((folder / f"{name}.status").read_text().strip() or "-1") for name in STEPS}
    told = {name: _text(folder / f"{name}.out") + _text(folder / f"{name}.err") for name in STEPS}
    return Side(folder, status, told)


@pytest.fixture(scope="module")
def linux(tmp_path_factory: pytest.TempPathFactory) -> Side:
    folder = _prepared(tmp_path_factory.mktemp("linux"))
    status, told = {}, {}
    with pytest.MonkeyPatch.context() as without_node:
        without_node.setattr(bytecode.shutil, "which", lambda _: None)
        for name, words in STEPS.items():
            done = run(*words, cwd=folder)
            status[name], told[name] = done.returncode, done.stdout + done.stderr
    return Side(folder, status, told)


def _prepared(folder: Path) -> Path:
    (folder / "da-nop").mkdir()
    (folder / "da-nop" / "hong.xlsx").write_bytes(b"PK\x03\x04 cut short")
    (folder / "da-nop" / "~$hong.xlsx").write_bytes(b"lock")
    (folder / "so-lieu.csv").write_bytes((EXAMPLES / "nam-thanh-mien-2026-Q2.csv").read_bytes())
    built_page()  # its runtime lies ready then
    (folder / "pyodide.tgz").write_bytes((TARBALLS / TARBALL).read_bytes())
    return folder


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8").replace("\r\n", "\n")


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


# --- the folder ------------------------------------------------------------------------------------------


def test_every_step_ends_as_on_linux(windows: Side, linux: Side):
    told = {name: (windows.status[name], windows.told[name]) for name in STEPS}
    wanted = {**linux.status, "doctor": 1}  # no Excel here, and the buttons need one
    assert windows.status == wanted, told
    assert not [name for name, text in windows.told.items() if "Traceback" in text], told


def test_python_in_a_folder_with_vietnamese_letters_is_registered_by_a_name_that_excel_can_read(
    windows: Side,
) -> None:
    before, after = text("install_interpreter", path="|").split("|")
    (told,) = (line for line in windows.told["install"].splitlines() if line.startswith(before))
    path = told.removeprefix(before).removesuffix(after)
    assert path.endswith("python.exe") and path.isascii(), path
    assert not windows.folder.name.isascii()


def test_workbooks_issued_and_filled_are_the_same_part_by_part(windows: Side, linux: Side):
    for place in (f"phat-hanh/{BLANK}", f"phat-hanh/{SECOND}", f"da-nop/{BLANK}"):
        assert _parts(windows.folder / place) == _parts(linux.folder / place), place
    buttons = f"co-nut/{BLANK.replace('.xlsx', '.xlsm')}"
    mine, theirs = _parts(windows.folder / buttons), _parts(linux.folder / buttons)
    assert set(mine) == set(theirs)
    # The macro project embeds the installed xlwings, which may be of another version here.
    assert [name for name in mine if mine[name] != theirs[name] and "vbaProject" not in name] == []


def test_verdicts_figures_and_the_summary_are_the_same(windows: Side, linux: Side):
    assert _parts(windows.folder / "TongHop.xlsx") == _parts(linux.folder / "TongHop.xlsx")
    for told in ("check.out", "so-cai.json", "history.out"):
        of_linux = linux.told[told[:-4]] if told.endswith(".out") else _text(linux.folder / told)
        assert json.loads(_text(windows.folder / told)) == json.loads(of_linux), told
    (found,) = (
        f for f in json.loads(_text(windows.folder / "so-cai.json"))["files"] if f["verdict"] == "rejected"
    )
    assert found["file"] == "hong.xlsx"
    assert _rows(windows.folder) == _rows(linux.folder)


def _rows(folder: Path) -> list[Any]:
    with sqlite3.connect(folder / "lich-su.sqlite") as history:
        return history.execute("SELECT * FROM observations ORDER BY 1, 2").fetchall()


def test_the_page_built_there_holds_the_same_parts(windows: Side, linux: Side):
    assert _page_parts(windows.folder / "trang.html") == _page_parts(linux.folder / "trang.html")


def _page_parts(path: Path) -> dict[str, str]:
    page = path.read_text(encoding="utf-8")
    parts = re.findall(r'<script type="text/plain" id="(part-\w+)">([^<]*)</script>', page)
    found = {name: gzip.decompress(base64.b64decode(packed)) for name, packed in parts}
    found["rest"] = re.sub(r">[A-Za-z0-9+/=]{100,}<", "><", page).encode()
    return {
        name: hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest() for name, content in found.items()
    }


def test_doctor_and_install_speak_of_this_folders_python(windows: Side):
    own = "cchc_xl\\python\\python.exe"
    assert own in windows.told["doctor"] and own in windows.told["install"]
    assert "xlwings" in windows.told["doctor"] and "pywin32" not in windows.told["doctor"]
    assert f"XLSTART\\{ADDIN_NAME}" in windows.told["install"]


def test_the_folder_holds_the_add_in_the_dll_and_what_is_pressed(portable: Path):
    with zipfile.ZipFile(portable) as archive:
        names = set(archive.namelist())
        assert {
            f"cchc_xl/{name}" for name in (ADDIN_NAME, "cchc-xl.cmd", "kiem-tra-may.cmd", "DOC-TRUOC.txt")
        } < names
        assert any(re.fullmatch(r"cchc_xl/python/xlwings64-[\d.]+\.dll", name) for name in names)
        assert "cchc_xl/python/Lib/site-packages/macros/ribbon.xml" in names
        assert not any({"..", ""} & set(name.split("/")) for name in names)
        ours = {name for name in names if "/site-packages/" in name}
        assert len(ours) > 1000 and not any("__pycache__" in name for name in ours)
        assert archive.read("cchc_xl/cchc-xl.cmd").isascii()
        addin = archive.read(f"cchc_xl/{ADDIN_NAME}")
    with zipfile.ZipFile(io.BytesIO(addin)) as parts:
        assert {"xl/vbaProject.bin", "customUI/customUI14.xml"} < set(parts.namelist())
