"""An .xlsm from a plan and a folder of macro sources, refused when any macro or button is faulty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path

from cchc_xl.excel.vba.lint import lint_package, lint_sources
from cchc_xl.excel.vba.project import Document, build_vba_project, load_modules
from cchc_xl.excel.vba.source import Module, VbaSourceError
from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.model.planned import PlannedWorkbook

# The buttons that need no Python; the others of the folder belong to the Python buttons and to the add-in.
NATIVE_MODULES = (
    "modButtons",
    "modFaults",
    "modLooks",
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
    return MacroRenderer(modules, tuple(third_party))(plan)


@dataclass(frozen=True)
class MacroRenderer:
    """Renders workbooks with these modules; those that differ in cells only are looked through once."""

    modules: tuple[Module, ...]
    third_party: tuple[str, ...] = ()
    _proven: set[object] = field(default_factory=set, repr=False, compare=False)

    def __call__(self, plan: PlannedWorkbook) -> bytes:
        """The .xlsm of a plan. Raises VbaSourceError as `render_with_macros` does."""
        workbook = render(plan, macros=compile_macros(code_names(plan), self.modules, self.third_party))
        bound = (code_names(plan), tuple(button.macro for sheet in plan.sheets for button in sheet.buttons))
        if bound not in self._proven:
            _refuse(lint_package(workbook, self.modules))
            self._proven.add(bound)
        return workbook


def code_names(plan: PlannedWorkbook) -> tuple[str, ...]:
    """The VBA names of a plan's sheets."""
    return tuple(sheet.code_name for sheet in plan.sheets)


@lru_cache(maxsize=8)
def compile_macros(
    sheets: tuple[str, ...], modules: tuple[Module, ...], third_party: tuple[str, ...]
) -> bytes:
    """vbaProject.bin of these modules for sheets of these code names. Raises VbaSourceError."""
    _refuse(lint_sources(modules, third_party))
    documents: list[tuple[str, Document]] = [("ThisWorkbook", "workbook")]
    documents += ((name, "worksheet") for name in sheets)
    return build_vba_project(modules, documents)


def _refuse(faults: list[str]) -> None:
    if faults:
        raise VbaSourceError("\n".join(faults))
