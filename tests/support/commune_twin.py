"""The real commune workbook with its native buttons, and its twin for LibreOffice."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from cchc_xl.catalogue.loader import load_regime
from cchc_xl.catalogue.units import load_units
from cchc_xl.excel.vba.module_sets import native_modules
from cchc_xl.excel.vba.source import Module
from cchc_xl.excel.vba.source_folder import macro_folder
from cchc_xl.excel.vba.workbook import render_with_macros
from cchc_xl.model.periods import parse_period
from cchc_xl.model.planned import PlannedWorkbook
from cchc_xl.workbooks.commune import plan_workbook
from cchc_xl.workbooks.commune.button_sheets import with_buttons

PERIOD = parse_period("2026-Q2")
REGIME = load_regime("cchc-dinh-ky", PERIOD)
UNIT = next(unit for unit in load_units() if unit.name == "Nam Thanh Miện")
MODULES = native_modules(macro_folder())

# What LibreOffice lacks is replaced: SaveCopyAs, FileSystemObject, .xlsx through SaveAs.
SUBMISSION_FILE = """Attribute VB_Name = "modSubmissionFile"
Option Explicit

Public Function FolderOfWorkbook() As String
    FolderOfWorkbook = "FOLDER"
End Function

Public Function OpenCopy() As Object
    ThisComponent.storeToURL ConvertToURL("FOLDER/copy.xlsm"), Array()
    Set OpenCopy = Workbooks.Open("FOLDER/copy.xlsm")
End Function

Public Function SaveCopyBeside(ByVal book As Object, ByVal fileName As String) As String
    Dim component As Object
    Dim components As Object
    Dim asXlsx(0) As New com.sun.star.beans.PropertyValue
    asXlsx(0).Name = "FilterName"
    asXlsx(0).Value = "Calc MS Excel 2007 XML"
    Set components = StarDesktop.Components.createEnumeration()
    Do While components.hasMoreElements()
        Set component = components.nextElement()
        If Right(component.URL, 10) = "/copy.xlsm" Then
            component.storeToURL ConvertToURL("FOLDER/" & fileName), asXlsx()
        End If
    Loop
    book.Close False
    SaveCopyBeside = fileName
End Function

Public Sub DiscardCopy()
End Sub
"""


@cache
def plan() -> PlannedWorkbook:
    """The workbook as issued."""
    return with_buttons(plan_workbook(REGIME, UNIT, PERIOD), REGIME)


def twin(folder: Path) -> Path:
    """The workbook for LibreOffice: the same sheets, buttons and modules but one; exports go to `folder`."""
    source = SUBMISSION_FILE.replace("FOLDER", str(folder))
    modules: list[Module] = [
        replace(module, source=source) if module.name == "modSubmissionFile" else module for module in MODULES
    ]
    path = folder / "CCHC.xlsm"
    path.write_bytes(render_with_macros(plan(), modules))
    return path
