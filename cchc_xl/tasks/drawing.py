"""Workbooks drawn: the blanks of one period, rendered once and spliced, and the ones with every button."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from cchc_xl.excel.edit.spliced_template import splice_template
from cchc_xl.excel.vba.module_sets import city_modules, commune_modules, native_modules
from cchc_xl.excel.vba.source import Module
from cchc_xl.excel.vba.source_folder import macro_folder
from cchc_xl.excel.vba.workbook import render_with_macros
from cchc_xl.excel.vba.xlwings_module import MODULE_NAME, XlwingsMissing
from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.model import ReportingUnit
from cchc_xl.model.contents import Subject
from cchc_xl.model.errors import WriteRefused
from cchc_xl.model.planned import PlannedWorkbook
from cchc_xl.model.scope import ReportingScope
from cchc_xl.workbooks.city.workbook import plan_city_workbook
from cchc_xl.workbooks.commune import plan_workbook
from cchc_xl.workbooks.commune.button_sheets import with_buttons, with_python_buttons

Draw = Callable[[PlannedWorkbook, Subject], bytes]
_STANDIN = ReportingUnit(code="00000CCHCMA00000", type="CCHCLOAIHINH00000", name="CCHCTENDONVI00000")
_FEWEST = 4  # below this, rendering each is quicker than preparing and proving a template


def draw_plain(plan: PlannedWorkbook, subject: Subject) -> bytes:
    """The .xlsx of a plan: no macros, no buttons."""
    return render(plan)


def render_blanks(
    scope: ReportingScope, draw: Draw = draw_plain, *, illustrative: bool = False
) -> dict[str, bytes]:
    """Blank workbooks of the scope's units by code, byte-identical to drawing each one anew."""
    anew = _Renderer(scope, draw, illustrative)
    units = scope.units
    if len(units) < _FEWEST:
        return {unit.code: anew(unit) for unit in units}
    by_length = sorted(units, key=lambda unit: len(unit.full_name))
    proofs = {unit.code: anew(unit) for unit in (by_length[0], by_length[-1])}
    template = anew(_STANDIN)
    spliced = {unit.code: _spliced(template, unit) for unit in units}
    # A layout that follows the length of a name would show here: then nothing is spliced.
    if any(spliced[code] != proof for code, proof in proofs.items()):
        return {unit.code: anew(unit) for unit in units}
    return {unit.code: spliced[unit.code] or anew(unit) for unit in units}


@dataclass(frozen=True)
class _Renderer:
    scope: ReportingScope
    draw: Draw
    illustrative: bool

    def __call__(self, unit: ReportingUnit) -> bytes:
        regime, period = self.scope.regime, self.scope.period
        plan = plan_workbook(regime, unit, period, illustrative=self.illustrative)
        return self.draw(plan, self.scope.subject(unit, illustrative=self.illustrative))


def _spliced(template: bytes, unit: ReportingUnit) -> bytes | None:
    words = {_STANDIN.code: unit.code, _STANDIN.type: unit.type, _STANDIN.name: unit.name}
    words[_STANDIN.type.lower()] = unit.type.lower()  # as inside a sentence
    try:
        return splice_template(template, words)
    except WriteRefused:
        return None


def draw_with_buttons(plan: PlannedWorkbook, subject: Subject) -> bytes:
    """The .xlsm of a plan as issued, with every button this installation can build.

    Raises MacrosMissing without their sources, VbaSourceError for a macro that cannot be stored.
    """
    planned = with_buttons(plan, subject.regime)
    if has_python_buttons():
        planned = with_python_buttons(planned, subject)
    return render_with_macros(planned, commune_macros())


def has_python_buttons() -> bool:
    """Whether workbooks get the buttons that call Python: xlwings' own macros must be at hand."""
    return any(module.name == MODULE_NAME for module in commune_macros())


@lru_cache(maxsize=1)
def commune_macros() -> tuple[Module, ...]:
    """The macros of a commune workbook: the native ones alone where xlwings is not installed."""
    folder = macro_folder()
    try:
        return commune_modules(folder)
    except XlwingsMissing:
        return native_modules(folder)


@lru_cache(maxsize=1)
def city_macros() -> tuple[Module, ...]:
    """The macros of the city workbook. Raises XlwingsMissing: all its buttons call Python."""
    return city_modules(macro_folder())


def city_workbook(scope: ReportingScope) -> bytes:
    """The city workbook of a scope, nothing read yet. Raises as `city_macros` does."""
    return render_with_macros(plan_city_workbook(scope), city_macros())
