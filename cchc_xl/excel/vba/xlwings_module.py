"""xlwings' VBA modules, read from the installed wheel without importing xlwings (half a second).

xlwings.bas and xlwings_custom_addin.bas are BSD 3-clause, Dictionary.cls is MIT: both ask that their notices
stay, so the texts are embedded whole and a text without its notice is refused.
"""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

from cchc_xl import texts
from cchc_xl.excel.vba.source import Module, parse_module
from cchc_xl.excel.vba.xlwings_settings import PINNED, keys_read
from cchc_xl.model.errors import CchcError

MODULE_NAME, CLASS_NAME = "xlwings", "Dictionary"
THIRD_PARTY = (MODULE_NAME, CLASS_NAME)
_WORKBOOK_SOURCE, _ADDIN_SOURCE, _CLASS_SOURCE = (
    "xlwings.bas",
    "xlwings_custom_addin.bas",
    "addin/Dictionary.cls",
)
_VERSION = re.compile(r"^'Version: (\S+)$", re.MULTILINE)
_PROJECT = 'PROJECT_NAME As String = "{}"'
_NOTICES = {
    MODULE_NAME: ("BSD 3-clause license", "Copyright (C) 2014-present, Zoomer Analytics LLC."),
    CLASS_NAME: ("@license: MIT", "(c) Tim Hall"),
}


class XlwingsMissing(CchcError):
    """xlwings is not installed, or its wheel lacks the macro sources."""


def xlwings_modules(addin_project: str | None = None) -> tuple[Module, Module]:
    """The modules "xlwings" and "Dictionary": for workbooks, or for an add-in serving the active workbook.

    The add-in's text differs from the published one in PROJECT_NAME only, as xlwings' documentation asks.
    Raises XlwingsMissing, also for a version that reads a setting which we do not pin.
    """
    name = _ADDIN_SOURCE if addin_project else _WORKBOOK_SOURCE
    main = parse_module(f"{MODULE_NAME}.bas", _read(name))
    dictionary = parse_module(f"{CLASS_NAME}.cls", _read(_CLASS_SOURCE))
    for module in (main, dictionary):
        if not all(notice in module.source for notice in _NOTICES[module.name]):
            raise XlwingsMissing(texts.text("xlwings_notice_missing", file=module.file_name))
    if not keys_read(main) <= PINNED.keys():
        raise XlwingsMissing(texts.text("xlwings_source_changed", file=name))
    return (_renamed(main, addin_project) if addin_project else main), dictionary


def embedded_version(module: Module) -> str:
    """The xlwings version a module "xlwings" was published with. Raises XlwingsMissing without one."""
    match = _VERSION.search(module.source)
    if match is None:
        raise XlwingsMissing(texts.text("xlwings_notice_missing", file=module.file_name))
    return match[1]


def _renamed(module: Module, project: str) -> Module:
    """The add-in's module under our project name, so that it finds the sheet "<project>.conf"."""
    published, ours = _PROJECT.format("myaddin"), _PROJECT.format(project)
    if module.source.count(published) != 1:
        raise XlwingsMissing(texts.text("xlwings_source_changed", file=_ADDIN_SOURCE))
    return Module(module.name, module.kind, module.source.replace(published, ours))


def _read(name: str) -> bytes:
    found = importlib.util.find_spec(MODULE_NAME)
    for folder in (found.submodule_search_locations or ()) if found else ():
        path = Path(folder, name)
        if path.is_file():
            return path.read_bytes()
    raise XlwingsMissing(texts.text("xlwings_missing", file=name))
