"""Which macro modules go into a commune workbook, the city workbook and the add-in."""

from __future__ import annotations

from importlib.resources.abc import Traversable
from pathlib import Path

from cchc_xl.excel.vba.source import Module, load_modules
from cchc_xl.excel.vba.xlwings_module import xlwings_modules

# Which workbook a command works on (CommandBook): its own in a workbook, the active one in the add-in.
_IN_WORKBOOKS = "modOwnBook"  # the add-in has modActiveBook
# The buttons that need no Python.
NATIVE_MODULES = (
    "modButtons",
    "modCommand",
    "modFaults",
    "modLooks",
    "modNumbers",
    "modOriginals",
    _IN_WORKBOOKS,
    "modPaste",
    "modSheets",
    "modSubmission",
    "modSubmissionFile",
    "modWording",
)
_CALLING = ("modFiles", "modOwnPython", "modPythonCall", "modPythonProbe", "modSheets", _IN_WORKBOOKS)
COMMUNE_MODULES = (*NATIVE_MODULES, "modPython", *_CALLING)
CITY_MODULES = ("modPythonCity", *_CALLING)


def native_modules(folder: Path | Traversable) -> tuple[Module, ...]:
    """The native buttons of the commune workbook alone. Raises as `load_modules` does."""
    return tuple(module for module in load_modules(folder) if module.name in NATIVE_MODULES)


def commune_modules(folder: Path | Traversable) -> tuple[Module, ...]:
    """Native and Python buttons of the commune workbook, xlwings included. Raises as `load_modules` does."""
    return _chosen(folder, COMMUNE_MODULES)


def city_modules(folder: Path | Traversable) -> tuple[Module, ...]:
    """Python buttons of the city workbook, xlwings included. Raises as `load_modules` does."""
    return _chosen(folder, CITY_MODULES)


def addin_modules(folder: Path | Traversable, project: str) -> tuple[Module, ...]:
    """Every module of the folder that the add-in holds, xlwings under this project's name included.

    Raises as `load_modules` does.
    """
    ours = tuple(module for module in load_modules(folder) if module.name != _IN_WORKBOOKS)
    return (*ours, *xlwings_modules(project))


def _chosen(folder: Path | Traversable, names: tuple[str, ...]) -> tuple[Module, ...]:
    ours = tuple(module for module in load_modules(folder) if module.name in names)
    return (*ours, *xlwings_modules())
