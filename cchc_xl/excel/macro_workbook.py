"""An .xlsm from a plan and a folder of macro sources, refused when any macro or button is faulty."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources.abc import Traversable
from pathlib import Path

from cchc_xl.excel.vba_lint import lint_package, lint_sources
from cchc_xl.excel.vba_project import Document, build_vba_project, load_modules
from cchc_xl.excel.vba_source import Module, VbaSourceError
from cchc_xl.excel.workbook_writer import render
from cchc_xl.plan import PlannedWorkbook

# The buttons that need no Python; the others of the folder belong to the Python buttons and to the add-in.
NATIVE_MODULES = (
    "modButtons",
    "modFaults",
    "modNumbers",
    "modOriginals",
    "modPaste",
    "modSheets",
    "modSubmission",
    "modSubmissionFile",
    "modWording",
)


def native_modules(folder: Path | Traversable) -> tuple[Module, ...]:
    """The modules of the native buttons. Raises VbaSourceError for a fault in any source of the folder."""
    return tuple(module for module in load_modules(folder) if module.name in NATIVE_MODULES)


def render_with_macros(
    plan: PlannedWorkbook, macros: Path | Traversable | Sequence[Module], third_party: Sequence[str] = ()
) -> bytes:
    """The .xlsm of a plan with its buttons.

    `macros`: the folder of sources, of which the native modules are taken, or the very modules to embed;
    `third_party` names modules embedded as published. The same arguments give the same bytes. Raises
    VbaSourceError naming every fault of the sources and every button without a macro.
    """
    modules = tuple(macros) if isinstance(macros, Sequence) else native_modules(macros)
    _refuse(lint_sources(modules, third_party))
    documents: list[tuple[str, Document]] = [("ThisWorkbook", "workbook")]
    documents += ((sheet.code_name, "worksheet") for sheet in plan.sheets)
    workbook = render(plan, macros=build_vba_project(modules, documents))
    _refuse(lint_package(workbook, modules))
    return workbook


def _refuse(faults: list[str]) -> None:
    if faults:
        raise VbaSourceError("\n".join(faults))
