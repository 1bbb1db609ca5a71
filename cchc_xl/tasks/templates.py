"""The ready-to-use workbooks: every regime's blank with and without buttons, the city's, the add-in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cchc_xl.catalogue.loader import load_regime, regime_ids
from cchc_xl.catalogue.scope import load_scope
from cchc_xl.excel.vba.judge import lint_package, lint_sources
from cchc_xl.excel.vba.source import Module, VbaSourceError
from cchc_xl.excel.vba.source_folder import macro_folder
from cchc_xl.excel.vba.xlwings_module import THIRD_PARTY
from cchc_xl.model import ReportingUnit
from cchc_xl.model.contents import Subject
from cchc_xl.model.periods import parse_period
from cchc_xl.model.scope import ReportingScope, ReportingUnits
from cchc_xl.model.terms import PERIODIC
from cchc_xl.tasks.addin import ADDIN_NAME, addin_modules
from cchc_xl.tasks.drawing import (
    Draw,
    city_macros,
    city_workbook,
    commune_macros,
    draw_plain,
    draw_with_buttons,
)
from cchc_xl.tasks.files import replace_file, sweep_strays
from cchc_xl.tasks.issue import file_stem, make_folder
from cchc_xl.tasks.pc.install import addin_bytes
from cchc_xl.tasks.progress import Tell
from cchc_xl.tasks.udf_wrappers import WRAPPER_NAME
from cchc_xl.workbooks.commune import plan_workbook

_UNIT = "11284"
_PERIODS = ("2026-Q2", "2026-M06")  # the first that a regime reports
_CITY_NAME = "TongHop.xlsm"


@dataclass(frozen=True)
class TemplateFile:
    """One file of the folder: its name, what makes its bytes, and the macros that go into it."""

    name: str
    content: Callable[[], bytes]
    modules: tuple[Module, ...] = ()


def template_files(units: ReportingUnits) -> tuple[TemplateFile, ...]:
    """Every template; the same package and the same xlwings always give the same bytes.

    The blanks are those of the unit whose real report is the sample, of another list its first unit's.
    """
    unit = units.by_code.get(_UNIT, units[0])
    communes = [file for regime in regime_ids() for file in _of_regime(regime, unit, units)]
    city = TemplateFile(_CITY_NAME, lambda: city_workbook(_scope(PERIODIC, units)), city_macros())
    return (*communes, city, TemplateFile(ADDIN_NAME, addin_bytes, addin_modules(macro_folder())))


def write_templates(folder: Path, units: ReportingUnits, tell: Tell | None = None) -> tuple[Path, ...]:
    """Write every template into the folder, made when missing; older ones of the same names are replaced.

    This is where macros are judged, before they are handed out. Raises VbaSourceError naming every fault of
    the sources and every button without its macro, XlwingsMissing without xlwings' wheel.
    """
    make_folder(folder)
    sweep_strays(folder)
    files = template_files(units)
    sets = dict.fromkeys(file.modules for file in files)
    _refuse([fault for modules in sets for fault in lint_sources(modules, (*THIRD_PARTY, WRAPPER_NAME))])
    written = []
    for file in files:
        content = file.content()
        _refuse(lint_package(content, file.modules) if file.modules else [])
        written.append(replace_file(folder / file.name, content))
        if tell:
            tell(file.name, len(files))
    return tuple(written)


def _refuse(faults: Sequence[str]) -> None:
    if faults:
        raise VbaSourceError("\n".join(dict.fromkeys(faults)))


def _of_regime(regime_id: str, unit: ReportingUnit, units: ReportingUnits) -> Iterator[TemplateFile]:
    subject = _scope(regime_id, units).subject(unit)
    stem = file_stem(subject)
    yield TemplateFile(f"{stem}.xlsx", _drawn(subject, draw_plain))
    yield TemplateFile(f"{stem}.xlsm", _drawn(subject, draw_with_buttons), commune_macros())


def _drawn(subject: Subject, draw: Draw) -> Callable[[], bytes]:
    return lambda: draw(plan_workbook(subject.regime, subject.unit, subject.period), subject)


def _scope(regime_id: str, units: ReportingUnits) -> ReportingScope:
    kinds = load_regime(regime_id).period_kinds
    period = next(period for text in _PERIODS if (period := parse_period(text)).kind in kinds)
    return load_scope(regime_id, period, units)
