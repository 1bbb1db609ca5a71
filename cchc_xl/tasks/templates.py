"""The ready-to-use workbooks: every regime's blank with and without buttons, the city's, the add-in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cchc_xl.catalogue.loader import load_regime, regime_ids
from cchc_xl.catalogue.units import load_units
from cchc_xl.model import Regime, ReportingUnit
from cchc_xl.model.contents import Subject
from cchc_xl.model.periods import ReferencePeriod, parse_period
from cchc_xl.tasks.addin import ADDIN_NAME
from cchc_xl.tasks.drawing import Draw, city_workbook, draw_plain, draw_with_buttons
from cchc_xl.tasks.files import replace_file, sweep_strays
from cchc_xl.tasks.issue import file_stem, make_folder
from cchc_xl.tasks.pc.install import addin_bytes
from cchc_xl.tasks.progress import Tell
from cchc_xl.workbooks.commune import plan_workbook

_UNIT = "11284"
_PERIODS = ("2026-Q2", "2026-M06")  # the first that a regime reports
_CITY_REGIME, _CITY_NAME = "cchc-dinh-ky", "TongHop.xlsm"


@dataclass(frozen=True)
class TemplateFile:
    """One file of the folder: its name and what makes its bytes."""

    name: str
    content: Callable[[], bytes]


def template_files() -> tuple[TemplateFile, ...]:
    """Every template; the same package and the same xlwings always give the same bytes."""
    unit = next(unit for unit in load_units() if unit.code == _UNIT)
    communes = [file for regime in regime_ids() for file in _of_regime(regime, unit)]
    city = TemplateFile(_CITY_NAME, _city)
    return (*communes, city, TemplateFile(ADDIN_NAME, addin_bytes))


def write_templates(folder: Path, tell: Tell | None = None) -> tuple[Path, ...]:
    """Write every template into the folder, made when missing; older ones of the same names are replaced.

    Raises XlwingsMissing without xlwings' wheel, VbaSourceError for a fault in the macros.
    """
    make_folder(folder)
    sweep_strays(folder)
    files = template_files()
    written = []
    for file in files:
        written.append(replace_file(folder / file.name, file.content()))
        if tell:
            tell(file.name, len(files))
    return tuple(written)


def _of_regime(regime_id: str, unit: ReportingUnit) -> Iterator[TemplateFile]:
    period = _reported(load_regime(regime_id))
    regime = load_regime(regime_id, period)
    draws: tuple[tuple[str, Draw], ...] = ((".xlsx", draw_plain), (".xlsm", draw_with_buttons))
    for suffix, draw in draws:
        name = file_stem(regime, unit, period) + suffix
        yield TemplateFile(name, _drawn(Subject(regime, unit, period), draw))


def _drawn(subject: Subject, draw: Draw) -> Callable[[], bytes]:
    return lambda: draw(plan_workbook(subject.regime, subject.unit, subject.period), subject)


def _reported(regime: Regime) -> ReferencePeriod:
    periods = (parse_period(text) for text in _PERIODS)
    return next(period for period in periods if period.kind in regime.period_kinds)


def _city() -> bytes:
    period = parse_period(_PERIODS[0])
    return city_workbook(load_regime(_CITY_REGIME, period), period, load_units())
