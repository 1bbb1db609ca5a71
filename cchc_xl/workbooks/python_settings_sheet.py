"""The very hidden settings sheet of a workbook with macros: xlwings' settings, and texts for the macros.

Columns A:B are read by xlwings (sheet "<project>.conf"), D:E hold texts by defined name, G:K the functions
that an add-in describes in Excel's function wizard.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cchc_xl import texts
from cchc_xl.excel.vba.xlwings_settings import FUNCTION_MODULES, INTERPRETER, PINNED, TEMPORARY
from cchc_xl.model.planned import PlannedCell, PlannedSheet, reference
from cchc_xl.texts.python_buttons import PYTHON_BUTTONS

CODE_NAME = "PythonSettings"
# Settings that a macro fills in for a run, by the name through which it finds them.
_FILLED_IN = {"cchc_trinh_thong_dich": INTERPRETER, "cchc_py_thu_muc_tam": TEMPORARY}
FUNCTIONS_NAME = "cchc_ham"
TEXT_PREFIX = "cchc_chu_"
UDF_MODULE = "cchc_xl.buttons.worksheet_functions"
_SETTINGS = PINNED | {FUNCTION_MODULES: UDF_MODULE}
_LAST_FUNCTION_COLUMN = "K"


class FunctionHelp(NamedTuple):
    """A worksheet function as the function wizard shows it."""

    name: str
    description: str
    arguments: tuple[str, ...]


def plan_python_sheet(
    project: str = "xlwings", functions: Sequence[FunctionHelp] = ()
) -> tuple[PlannedSheet, dict[str, str]]:
    """The settings sheet of an xlwings project, and its defined names for `PlannedWorkbook.names`.

    `project` is PROJECT_NAME of the embedded xlwings module; at most four arguments a function.
    """
    sheet = f"{project}.conf"
    cells: list[PlannedCell] = []
    names: dict[str, str] = {}
    for row, (key, value) in enumerate(_SETTINGS.items(), 1):
        cells += (PlannedCell(f"A{row}", "meta", key), PlannedCell(f"B{row}", "meta", value or None))
        names |= {name: f"={reference(sheet, f'B{row}')}" for name, k in _FILLED_IN.items() if k == key}
    for row, code in enumerate(PYTHON_BUTTONS, 1):
        cells += (
            PlannedCell(f"D{row}", "meta", code),
            PlannedCell(f"E{row}", "meta", texts.text(code)),
        )
        names[TEXT_PREFIX + code] = f"={reference(sheet, f'E{row}')}"
    for row, function in enumerate(functions, 1):
        described = (function.name, function.description, *function.arguments)
        columns = "GHIJK"[: len(described)]
        cells += (PlannedCell(f"{c}{row}", "meta", text) for c, text in zip(columns, described, strict=True))
    if functions:
        area = f"G1:{_LAST_FUNCTION_COLUMN}{len(functions)}"
        names[FUNCTIONS_NAME] = f"={reference(sheet, area)}"
    widths = {"A": 30.0, "B": 24.0, "D": 20.0, "E": 110.0, "G": 20.0, "H": 80.0}
    planned = PlannedSheet(sheet, CODE_NAME, tuple(cells), widths, protected=False, state="veryHidden")
    return planned, names
