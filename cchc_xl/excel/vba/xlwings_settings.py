"""Every key that xlwings' VBA modules read, with the value this project gives it.

A key that stands on a workbook's own settings sheet is never looked for beside the workbook, in the user's
profile or in another workbook, so nobody else can answer for it. An empty value means "nothing of that kind":
no module folder, no conda script, no code stored in a workbook (which would need a licence key).
"""

from __future__ import annotations

import re

from cchc_xl.excel.vba.source import Module

INTERPRETER, TEMPORARY = "INTERPRETER_WIN", "TEMP DIR"  # filled in for a run by macros/modOwnPython.bas
FUNCTION_MODULES = "UDF MODULES"
_NO = "False"  # the very text that xlwings compares with True
PINNED: dict[str, str] = {
    INTERPRETER: "python",
    "ADD_WORKBOOK_TO_PYTHONPATH": "false",
    FUNCTION_MODULES: "",
    TEMPORARY: "%TEMP%",
    "PYTHONPATH": "",
    "CONDA PATH": "",
    "CONDA ENV": "",
    "USE UDF SERVER": _NO,
    "DEBUG UDFS": _NO,
    "SHOW CONSOLE": _NO,
    "SHOW_ERROR_POPUPS": "True",
    "LICENSE_KEY": "",
    "INTERPRETER": "python",
    "INTERPRETER_MAC": "python",
    "ONEDRIVE_CONSUMER_WIN": "",
    "ONEDRIVE_COMMERCIAL_WIN": "",
    "SHAREPOINT_WIN": "",
    "ONEDRIVE_CONSUMER_MAC": "",
    "ONEDRIVE_COMMERCIAL_MAC": "",
    "SHAREPOINT_MAC": "",
}
_READ = re.compile(r'GetConfig\s*\(\s*(?:"([^"]*)")?', re.IGNORECASE)
_DEFINED = re.compile(r"^\s*(?:Public |Private )?Function GetConfig\(.*$", re.IGNORECASE | re.MULTILINE)


def keys_read(module: Module) -> frozenset[str]:
    """The keys an xlwings module asks for; "" stands for one whose name is not written out there."""
    return frozenset(match[1] or "" for match in _READ.finditer(_DEFINED.sub("", module.source)))
