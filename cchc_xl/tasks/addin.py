"""The add-in cchc_xl.xlam: macros and a ribbon tab for every open workbook of ours, worksheet functions."""

from __future__ import annotations

import re
from functools import partial
from importlib.resources.abc import Traversable
from pathlib import Path
from xml.sax.saxutils import escape

from cchc_xl import texts
from cchc_xl.excel.edit.package import write_package
from cchc_xl.excel.read.gate import open_gate
from cchc_xl.excel.vba import module_sets
from cchc_xl.excel.vba.project import Document, build_vba_project
from cchc_xl.excel.vba.source import Module
from cchc_xl.excel.vba.xlwings_module import ADDIN_PROJECT
from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.model.errors import WriteRefused
from cchc_xl.model.planned import PlannedCell, PlannedSheet, PlannedWorkbook
from cchc_xl.tasks.udf_wrappers import function_help, worksheet_functions, wrapper_module
from cchc_xl.workbooks.python_settings_sheet import plan_python_sheet

ADDIN_NAME, RIBBON_NAME = "cchc_xl.xlam", "ribbon.xml"
PROJECT_NAME = "CchcXlAddin"
_COVER = "CCHC"
_CUSTOM_UI = "customUI/customUI14.xml"
_TYPES, _RELATIONSHIPS, _WORKBOOK = "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"
_WORKBOOK_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_ADDIN_TYPE = "application/vnd.ms-excel.addin.macroEnabled.main+xml"
_UI_RELATIONSHIP = (
    '<Relationship Id="rIdCustomUI" '
    'Type="http://schemas.microsoft.com/office/2007/relationships/ui/extensibility" '
    f'Target="{_CUSTOM_UI}"/></Relationships>'
)
_WORDED = re.compile(r'\b(label|screentip|supertip)="(\w+)"')


def build_addin(macros: Path | Traversable) -> bytes:
    """The add-in from a folder of .bas, .cls and ribbon.xml; the same sources give the same bytes.

    Raises VbaSourceError for a macro that cannot be stored, KeyError for a ribbon text that does not exist,
    XlwingsMissing without xlwings' wheel.
    """
    modules = addin_modules(macros)
    plan = _plan()
    documents: list[tuple[str, Document]] = [("ThisWorkbook", "workbook")]
    documents += ((sheet.code_name, "worksheet") for sheet in plan.sheets)
    project = build_vba_project(modules, documents, PROJECT_NAME)
    ribbon = worded_ribbon(macros.joinpath(RIBBON_NAME).read_text(encoding="ascii"))
    return _as_addin(render(plan, macros=project), ribbon)


def addin_modules(macros: Path | Traversable) -> tuple[Module, ...]:
    """Every module of the add-in: ours, xlwings' and the generated wrapper."""
    return (*module_sets.addin_modules(macros), wrapper_module(worksheet_functions()))


def worded_ribbon(source: str) -> str:
    """Ribbon XML with every label, screentip and supertip code replaced by its text, in ASCII."""
    return _WORDED.sub(_worded, source).encode("ascii", "xmlcharrefreplace").decode("ascii")


def _worded(match: re.Match[str]) -> str:
    text = escape(texts.text(match[2]), {'"': "&quot;"})
    return f'{match[1]}="{text}"'


def _plan() -> PlannedWorkbook:
    """An add-in shows no sheet, but a workbook needs one that is not hidden."""
    settings, names = plan_python_sheet(ADDIN_PROJECT, function_help(worksheet_functions()))
    cover = PlannedSheet(
        _COVER, "AddinCover", (PlannedCell("A1", "paragraph", texts.text("addin_about")),), {"A": 100.0}
    )
    return PlannedWorkbook((cover, settings), names, texts.text("addin_title"))


def _as_addin(workbook: bytes, ribbon: str) -> bytes:
    parts = dict(open_gate(workbook))
    swap = partial(_swap, parts)
    swap(_TYPES, _WORKBOOK_TYPE, _ADDIN_TYPE)
    swap(_RELATIONSHIPS, "</Relationships>", _UI_RELATIONSHIP)
    swap(_WORKBOOK, "<workbookView ", '<workbookView visibility="hidden" ')
    return write_package([*parts.items(), (_CUSTOM_UI, ribbon.encode("ascii"))])


def _swap(parts: dict[str, bytes], part: str, old: str, new: str) -> None:
    if parts[part].count(old.encode()) != 1:
        raise WriteRefused(texts.text("write_failed", detail=f"{part}: {old}"))
    parts[part] = parts[part].replace(old.encode(), new.encode())
