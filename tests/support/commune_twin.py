"""The real commune workbook with its native buttons, and its twin for LibreOffice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
_SUBMISSION_FILE = """Attribute VB_Name = "modSubmissionFile"
Option Explicit

Public Function FolderOfWorkbook() As String
    FolderOfWorkbook = "OPENED_AT"
End Function

Public Function OpenCopy() As Object
    ThisComponent.storeToURL ConvertToURL("FOLDER/copy.xlsm"), Array()
    Set OpenCopy = Workbooks.Open("FOLDER/copy.xlsm")
End Function

Public Sub SaveCopy(ByVal book As Object, ByVal path As String)
    Dim component As Object
    Dim components As Object
    Dim asXlsx(0) As New com.sun.star.beans.PropertyValue
    asXlsx(0).Name = "FilterName"
    asXlsx(0).Value = "Calc MS Excel 2007 XML"
    Set components = StarDesktop.Components.createEnumeration()
    Do While components.hasMoreElements()
        Set component = components.nextElement()
        If Right(component.URL, 10) = "/copy.xlsm" Then
            component.storeToURL ConvertToURL(path), asXlsx()
        End If
    Loop
    book.Close False
End Sub

Public Function FolderOfDocuments() As String
    FolderOfDocuments = "DOCUMENTS"
End Function

Public Function IsTaken(ByVal path As String) As Boolean
    IsTaken = (Dir(path) <> "")
End Function

Public Sub DiscardCopy()
End Sub
"""


@cache
def plan() -> PlannedWorkbook:
    """The workbook as issued."""
    return with_buttons(plan_workbook(REGIME, UNIT, PERIOD), REGIME)


def submission_file(folder: Path, opened_from: str | None = None, documents: str = "") -> str:
    """The twin's source of modSubmissionFile; see `twin`."""
    source = _SUBMISSION_FILE.replace("FOLDER", str(folder))
    return source.replace("OPENED_AT", opened_from or str(folder)).replace("DOCUMENTS", documents)


def twin(
    folder: Path,
    *,
    opened_from: str | None = None,
    documents: str = "",
    changes: Mapping[str, Sequence[tuple[str, str]]] | None = None,
) -> Path:
    """The workbook for LibreOffice: the same sheets, buttons and modules but one; exports go to `folder`.

    `opened_from` and `documents` are what Excel would say of the workbook's folder and the user's documents;
    `changes` has, by module, passages and what stands for them in this twin.
    """
    source = submission_file(folder, opened_from, documents)
    modules: list[Module] = [
        replace(module, source=source) if module.name == "modSubmissionFile" else module for module in MODULES
    ]
    for position, module in enumerate(modules):
        changed = module.source
        for old, new in (changes or {}).get(module.name, ()):
            assert changed.count(old) == 1
            changed = changed.replace(old, new)
        modules[position] = replace(module, source=changed)
    path = folder / "CCHC.xlsm"
    path.write_bytes(render_with_macros(plan(), modules))
    return path
