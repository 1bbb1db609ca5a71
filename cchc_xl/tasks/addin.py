"""The add-in cchc_xl.xlam: macros and a ribbon tab for every open workbook of ours, worksheet functions."""

from __future__ import annotations

import re
import secrets
from functools import partial
from importlib.resources.abc import Traversable
from pathlib import Path
from xml.sax.saxutils import escape

from cchc_xl import texts
from cchc_xl.excel.edit.package import write_package
from cchc_xl.excel.read.gate import open_gate
from cchc_xl.excel.read.stored_workbook import open_workbook
from cchc_xl.excel.vba import module_sets
from cchc_xl.excel.vba.project import Document, build_vba_project
from cchc_xl.excel.vba.source import Module
from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.model.errors import WriteRefused
from cchc_xl.model.planned import PlannedCell, PlannedSheet, PlannedWorkbook
from cchc_xl.tasks.udf_wrappers import function_help, worksheet_functions, wrapper_module
from cchc_xl.workbooks.python_settings_sheet import plan_python_sheet

ADDIN_NAME, RIBBON_NAME = "cchc_xl.xlam", "ribbon.xml"
# xlwings' name for the add-in's settings sheet. The file that is handed out has a fixed one, an installed
# add-in its own, so that no workbook can bring a sheet of that name.
HANDED_OUT = "cchc_xl_chung"
_SETTINGS_SHEET = re.compile(r"(cchc_xl_[0-9a-z_]+)\.conf")
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


def build_addin(macros: Path | Traversable, project: str = HANDED_OUT) -> bytes:
    """The add-in from a folder of .bas, .cls and ribbon.xml; the same sources and name give the same bytes.

    Raises VbaSourceError for a macro that cannot be stored, KeyError for a ribbon text that does not exist,
    XlwingsMissing without xlwings' wheel.
    """
    modules = addin_modules(macros, project)
    plan = _plan(project)
    documents: list[tuple[str, Document]] = [("ThisWorkbook", "workbook")]
    documents += ((sheet.code_name, "worksheet") for sheet in plan.sheets)
    compiled = build_vba_project(modules, documents, PROJECT_NAME)
    ribbon = worded_ribbon(macros.joinpath(RIBBON_NAME).read_text(encoding="ascii"))
    return _as_addin(render(plan, macros=compiled), ribbon)


def addin_modules(macros: Path | Traversable, project: str = HANDED_OUT) -> tuple[Module, ...]:
    """Every module of the add-in: ours, xlwings' and the generated wrapper."""
    return (*module_sets.addin_modules(macros, project), wrapper_module(worksheet_functions()))


def unguessable_project() -> str:
    """A new name for one PC's add-in."""
    return f"cchc_xl_{secrets.token_hex(8)}"


def project_of(addin: bytes) -> str | None:
    """The name an add-in was built under; None when it is none of ours. Raises as `open_gate` does."""
    sheets = open_workbook(open_gate(addin)).sheets
    found = (_SETTINGS_SHEET.fullmatch(sheet.name) for sheet in sheets)
    return next((match[1] for match in found if match), None)


def worded_ribbon(source: str) -> str:
    """Ribbon XML with every label, screentip and supertip code replaced by its text, in ASCII."""
    return _WORDED.sub(_worded, source).encode("ascii", "xmlcharrefreplace").decode("ascii")


def _worded(match: re.Match[str]) -> str:
    text = escape(texts.text(match[2]), {'"': "&quot;"})
    return f'{match[1]}="{text}"'


def _plan(project: str) -> PlannedWorkbook:
    """An add-in shows no sheet, but a workbook needs one that is not hidden."""
    settings, names = plan_python_sheet(project, function_help(worksheet_functions()))
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
