"""Which macro modules go into a workbook with Python buttons."""

from __future__ import annotations

from importlib.resources.abc import Traversable
from pathlib import Path

from cchc_xl.excel.vba.project import load_modules
from cchc_xl.excel.vba.source import Module
from cchc_xl.excel.vba.workbook import NATIVE_MODULES
from cchc_xl.excel.vba.xlwings_module import xlwings_modules

_CALLING = ("modFiles", "modPythonCall", "modPythonProbe", "modSheets")
COMMUNE_MODULES = (*NATIVE_MODULES, "modPython", *_CALLING)
CITY_MODULES = ("modPythonCity", *_CALLING)


def commune_modules(folder: Path | Traversable) -> tuple[Module, ...]:
    """Native and Python buttons of the commune workbook, xlwings included. Raises as `load_modules` does."""
    return _chosen(folder, COMMUNE_MODULES)


def city_modules(folder: Path | Traversable) -> tuple[Module, ...]:
    """Python buttons of the city workbook, xlwings included. Raises as `load_modules` does."""
    return _chosen(folder, CITY_MODULES)


def _chosen(folder: Path | Traversable, names: tuple[str, ...]) -> tuple[Module, ...]:
    ours = tuple(module for module in load_modules(folder) if module.name in names)
    return (*ours, *xlwings_modules())
