"""The commune workbook with every button: plan, sheets the buttons need, macros.

Without xlwings' wheel the native buttons are still built: they need no Python.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from cchc_xl.excel.vba.module_sets import city_modules, commune_modules
from cchc_xl.excel.vba.source_folder import macro_folder
from cchc_xl.excel.vba.workbook import MacroRenderer, native_modules
from cchc_xl.excel.vba.xlwings_module import THIRD_PARTY, XlwingsMissing
from cchc_xl.model import Regime, ReportingUnit
from cchc_xl.model.contents import Subject
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.planned import PlannedWorkbook
from cchc_xl.workbooks.city.workbook import plan_city_workbook
from cchc_xl.workbooks.commune.button_sheets import with_buttons
from cchc_xl.workbooks.commune.python_buttons import with_python_buttons


def draw_with_buttons(plan: PlannedWorkbook, subject: Subject) -> bytes:
    """The .xlsm of a plan as issued, with every button this installation can build.

    Raises VbaSourceError for a fault in the macros, MacrosMissing without their sources.
    """
    planned = with_buttons(plan, subject.regime)
    if has_python_buttons():
        planned = with_python_buttons(planned, subject)
    return _commune_renderer()(planned)


def has_python_buttons() -> bool:
    """Whether workbooks get the buttons that call Python: xlwings' own macros must be at hand."""
    return bool(_commune_renderer().third_party)


@lru_cache(maxsize=1)
def _commune_renderer() -> MacroRenderer:
    folder = macro_folder()
    try:
        return MacroRenderer(commune_modules(folder), THIRD_PARTY)
    except XlwingsMissing:
        return MacroRenderer(native_modules(folder))


def city_workbook(regime: Regime, period: ReferencePeriod, units: Sequence[ReportingUnit]) -> bytes:
    """The city workbook of a period, nothing read yet. Raises XlwingsMissing: all its buttons call Python."""
    renderer = MacroRenderer(city_modules(macro_folder()), THIRD_PARTY)
    return renderer(plan_city_workbook(regime, period, units))
