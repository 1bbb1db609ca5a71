"""Workbooks with Python buttons for the tests, and the two ways to run a button without Excel."""

from __future__ import annotations

import atexit
import functools
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cchc_xl.excel.vba.module_sets import city_modules, commune_modules
from cchc_xl.excel.vba.source import Module
from cchc_xl.excel.vba.source_folder import macro_folder
from cchc_xl.excel.vba.workbook import render_with_macros
from cchc_xl.model.planned import PlannedWorkbook
from support.libreoffice import LibreOfficeError, _python_with_uno, _soffice
from support.places import ROOT, SUPPORT, TESTS
from support.vba_workbooks import standard

RECORDER = "xlwings.conf!M1"
WAS_LOCKED = "xlwings.conf!M2"
Cells = dict[str, dict[str, Any]]

_RECORDING = standard(
    "Public Function RunPython(ByVal pythonCommand As String)",
    '    ThisWorkbook.Worksheets("xlwings.conf").Range("M2").Value = ActiveSheet.ProtectContents',
    '    ThisWorkbook.Worksheets("xlwings.conf").Range("M1").Value = pythonCommand',
    "    RunPython = 0",
    "End Function",
    name="xlwings",
)
_ANSWERING = standard(
    "Public Function PythonInterpreter() As String",
    '    PythonInterpreter = "python"',
    "End Function",
    "",
    "Public Function PythonProblem() As String",
    '    PythonProblem = ""',
    "End Function",
    "",
    "Public Function InterpreterProblem(ByVal interpreter As String) As String",
    "End Function",
    "",
    "Public Function TemporaryFolder() As String",
    '    TemporaryFolder = "%TEMP%"',
    "End Function",
    name="modPythonProbe",
)


class Run(NamedTuple):
    """Cells before the first step and after each one; the commands recorded; sheets locked at the end."""

    snapshots: list[Cells]
    commands: list[str]
    seconds: list[float]
    locked: list[str]


def twin(modules: Sequence[Module]) -> tuple[Module, ...]:
    """The modules for LibreOffice: xlwings records the command, Python is said to be there."""
    stubs = {"xlwings": _RECORDING, "modPythonProbe": _ANSWERING}
    return tuple(stubs.get(m.name, m) for m in modules if m.name != "Dictionary")


def render_twin(plan: PlannedWorkbook, modules: Sequence[Module]) -> bytes:
    """The .xlsm whose buttons can be pressed in LibreOffice."""
    return render_with_macros(plan, twin(modules))


@functools.cache
def modules(kind: str) -> tuple[Module, ...]:
    """Modules of the "commune" or "city" workbook."""
    return (commune_modules if kind == "commune" else city_modules)(macro_folder())


def press_and_run(path: Path, steps: Sequence[Sequence[Any]], *, timeout: float = 180) -> Run:
    """Press in LibreOffice, then run the recorded command on the live document; see `button_driver`."""
    with tempfile.TemporaryDirectory(prefix="cchc-lo-buttons-") as profile:
        copy = Path(shutil.copyfile(path, Path(profile, path.name)))  # no lock file beside the original
        request = {
            "soffice": _soffice(),
            "profile": str(Path(profile, "profile")),
            "path": str(copy),
            "steps": [list(step) for step in steps],
            "recorder": RECORDER,
        }
        paths = (str(TESTS), str(ROOT), sysconfig.get_path("purelib"))
        done = subprocess.run(
            [_python_with_uno(), str(SUPPORT / "button_driver.py")],
            input=json.dumps(request),
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        )
    if not done.stdout.strip():
        raise LibreOfficeError(done.stderr[-2000:])
    answer = json.loads(done.stdout.splitlines()[-1])
    if "error" in answer:
        raise LibreOfficeError(answer["error"] + done.stderr[-2000:])
    snapshots = [
        {sheet: {address: pair[0] for address, pair in cells.items()} for sheet, cells in snapshot.items()}
        for snapshot in answer["snapshots"]
    ]
    return Run(snapshots, answer["commands"], answer["seconds"], answer["locked"])


def remote_run(
    path: Path, function: str, typed: dict[str, Any] | None = None, *, saved: bool = False
) -> Cells:
    """Run a button on xlwings' own remote engine; the cells after its recorded actions were applied.

    `typed` are cells ("Sheet!A1") changed before; `saved`: the client tells the folder too.
    """
    driver = _remote_driver()
    assert driver.stdin is not None
    assert driver.stdout is not None
    request = {"path": str(path), "function": function, "typed": typed or {}, "saved": saved}
    driver.stdin.write(json.dumps(request) + "\n")
    driver.stdin.flush()
    answer = json.loads(driver.stdout.readline() or '{"error": "the driver has died"}')
    if "error" in answer:
        raise RuntimeError(answer["error"][-3000:])
    found: Cells = answer["cells"]
    return found


@functools.cache
def _remote_driver() -> subprocess.Popen[str]:
    """Kept for the whole run; the engine needs its licence word before xlwings is imported."""
    driver = subprocess.Popen(
        [sys.executable, str(SUPPORT / "remote_driver.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, "XLWINGS_LICENSE_KEY": "noncommercial", "PYTHONPATH": str(ROOT)},
    )
    atexit.register(driver.stdin.close)  # type: ignore[union-attr]
    return driver
