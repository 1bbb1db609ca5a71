"""The ready-to-use workbooks: every regime's blank with and without buttons, the city's, the add-in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cchc_xl.catalogue.loader import load_regime, regime_ids
from cchc_xl.catalogue.scope import load_scope
from cchc_xl.model import ReportingUnit
from cchc_xl.model.contents import Subject
from cchc_xl.model.periods import parse_period
from cchc_xl.model.scope import ReportingScope, ReportingUnits
from cchc_xl.model.terms import PERIODIC
from cchc_xl.tasks.addin import ADDIN_NAME
from cchc_xl.tasks.drawing import Draw, city_workbook, draw_plain, draw_with_buttons
from cchc_xl.tasks.files import replace_file, sweep_strays
from cchc_xl.tasks.issue import file_stem, make_folder
from cchc_xl.tasks.pc.install import addin_bytes
from cchc_xl.tasks.progress import Tell
from cchc_xl.workbooks.commune import plan_workbook

_UNIT = "11284"
_PERIODS = ("2026-Q2", "2026-M06")  # the first that a regime reports
_CITY_NAME = "TongHop.xlsm"


@dataclass(frozen=True)
class TemplateFile:
    """One file of the folder: its name and what makes its bytes."""

    name: str
    content: Callable[[], bytes]


def template_files(units: ReportingUnits) -> tuple[TemplateFile, ...]:
    """Every template; the same package and the same xlwings always give the same bytes.

    The blanks are those of the unit whose real report is the sample, of another list its first unit's.
    """
    unit = units.by_code.get(_UNIT, units[0])
    communes = [file for regime in regime_ids() for file in _of_regime(regime, unit, units)]
    city = TemplateFile(_CITY_NAME, lambda: city_workbook(_scope(PERIODIC, units)))
    return (*communes, city, TemplateFile(ADDIN_NAME, addin_bytes))


def write_templates(folder: Path, units: ReportingUnits, tell: Tell | None = None) -> tuple[Path, ...]:
    """Write every template into the folder, made when missing; older ones of the same names are replaced.

    Raises XlwingsMissing without xlwings' wheel, VbaSourceError for a fault in the macros.
    """
    make_folder(folder)
    sweep_strays(folder)
    files = template_files(units)
    written = []
    for file in files:
        written.append(replace_file(folder / file.name, file.content()))
        if tell:
            tell(file.name, len(files))
    return tuple(written)


def _of_regime(regime_id: str, unit: ReportingUnit, units: ReportingUnits) -> Iterator[TemplateFile]:
    subject = _scope(regime_id, units).subject(unit)
    draws: tuple[tuple[str, Draw], ...] = ((".xlsx", draw_plain), (".xlsm", draw_with_buttons))
    for suffix, draw in draws:
        yield TemplateFile(file_stem(subject) + suffix, _drawn(subject, draw))


def _drawn(subject: Subject, draw: Draw) -> Callable[[], bytes]:
    return lambda: draw(plan_workbook(subject.regime, subject.unit, subject.period), subject)


def _scope(regime_id: str, units: ReportingUnits) -> ReportingScope:
    kinds = load_regime(regime_id).period_kinds
    period = next(period for text in _PERIODS if (period := parse_period(text)).kind in kinds)
    return load_scope(regime_id, period, units)
