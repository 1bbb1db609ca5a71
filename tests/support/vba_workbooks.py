"""A small workbook with macros for the tests, and what independent programs think of it."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path

import olefile
import pyopenvba.integrity
import pyvbaanalysis
import xlsxwriter
from oletools.olevba import decompress_stream

from cchc_xl.excel.vba.project import Document, Module, build_vba_project

COUNTER = """Attribute VB_Name = "Counter"
Option Explicit

Public Sub CountUp()
    wsMain.Range("B2").Value = wsMain.Range("B2").Value + 1
End Sub

Public Sub WriteTotal()
    Dim tally As Tally
    Set tally = New Tally
    tally.Add wsMain.Range("B2").Value
    tally.Add 100
    wsData.Range("A1").Value = tally.Total
End Sub
"""
TALLY = """VERSION 1.0 CLASS
BEGIN
  MultiUse = -1  'True
END
Attribute VB_Name = "Tally"
Attribute VB_GlobalNameSpace = False
Attribute VB_Creatable = False
Attribute VB_PredeclaredId = False
Attribute VB_Exposed = False
Option Explicit

Private runningSum As Double

Public Sub Add(ByVal amount As Double)
    runningSum = runningSum + amount
End Sub

Public Property Get Total() As Double
    Total = runningSum
End Property
"""
MODULES = (
    Module("Counter", "standard", COUNTER),
    Module("Tally", "class", TALLY),
)
DOCUMENTS: tuple[tuple[str, Document], ...] = (
    ("ThisWorkbook", "workbook"),
    ("wsMain", "worksheet"),
    ("wsData", "worksheet"),
)
BUTTONS = (("Tăng số đếm", "CountUp"), ("Ghi tổng", "Counter.WriteTotal"))


def standard(*lines: str, name: str = "Sample") -> Module:
    """A standard module of these lines, the first of them line 3, below VB_Name and Option Explicit."""
    header = (f'Attribute VB_Name = "{name}"', "Option Explicit")
    return Module(name, "standard", "\n".join((*header, *lines)) + "\n")


def workbook_bytes(
    modules: Sequence[Module] = MODULES,
    *,
    buttons: Sequence[tuple[str, str]] = BUTTONS,
    code_names: Sequence[str] = ("ThisWorkbook", "wsMain", "wsData"),
    documents: Sequence[tuple[str, Document]] = DOCUMENTS,
    project: bytes | None = None,
) -> bytes:
    """An .xlsm of two sheets, the (caption, macro) buttons on the first; any part can disagree."""
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True})
    workbook.add_vba_project(io.BytesIO(project or build_vba_project(modules, documents)), is_stream=True)
    sheets = [workbook, workbook.add_worksheet("Trang chính"), workbook.add_worksheet("Số liệu")]
    for sheet, name in zip(sheets, code_names, strict=True):
        sheet.vba_codename = name
    sheets[1].write("B2", 0)
    for row, (caption, macro) in enumerate(buttons):
        sheets[1].insert_button(4 + 3 * row, 1, {"caption": caption, "macro": macro, "width": 140})
    workbook.close()
    return target.getvalue()


def read_with_oletools(project: bytes) -> dict[str, bytes]:
    """{module: text} by olefile's container reader and oletools' decompression."""
    container = olefile.OleFileIO(io.BytesIO(project), raise_defects=olefile.DEFECT_UNSURE)
    names = re.findall(
        r"^(?:Document|Module|Class)=(\w+)", container.openstream("PROJECT").read().decode(), re.M
    )
    streams = {name: container.openstream(f"VBA/{name}").read() for name in names}
    return {name: bytes(decompress_stream(bytearray(stream))) for name, stream in streams.items()}


def container_errors(path: Path) -> list[str]:
    """What pyOpenVBA objects to in a workbook's package and VBA project."""
    report = pyopenvba.integrity.check_file(path)
    incomplete = [] if report.complete else ["not every part could be checked"]
    return [str(issue) for issue in report.errors] + incomplete


def compile_errors(path: Path) -> list[str]:
    """What pyVBAanalysis says the VBA compiler would refuse, or what would fail at run time."""
    return [
        f"{module}: {problem.code} {problem.message}"
        for module, problems in pyvbaanalysis.analyze_office_file(path).items()
        for problem in problems
        if problem.severity is pyvbaanalysis.DiagnosticSeverity.ERROR
    ]
