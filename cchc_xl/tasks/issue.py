"""Issue commune workbooks for a period: one file a unit, written once and adapted for every other unit."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cchc_xl import texts
from cchc_xl.catalogue.loader import load_regime
from cchc_xl.catalogue.units import load_units
from cchc_xl.figures.live.values import comparable
from cchc_xl.model import Regime, ReportingUnit
from cchc_xl.model.contents import Subject
from cchc_xl.model.errors import CchcError, UsageError
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.terms import Figure
from cchc_xl.tasks.check import earlier_figures
from cchc_xl.tasks.drawing import draw_plain, draw_with_buttons, has_python_buttons, render_blanks
from cchc_xl.tasks.files import replace_file, sweep_strays
from cchc_xl.texts.recognised import PLAIN_D
from cchc_xl.workbooks.commune import plan_workbook

Tell = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class IssueRequest:
    """Which workbooks to issue; `codes` None stands for every unit of the list."""

    period: ReferencePeriod
    out: Path
    codes: tuple[str, ...] | None = None
    regime_id: str = "cchc-dinh-ky"
    plain: bool = False
    previous: Path | None = None
    unit_list: Path | None = None


@dataclass(frozen=True, slots=True)
class IssueResult:
    """Files issued, and units whose last period's figures were asked for but not found.

    `without_python`: the buttons that call Python are missing, because xlwings is.
    """

    paths: tuple[Path, ...]
    without_previous: tuple[str, ...] = ()
    without_python: bool = False


def issue_workbooks(request: IssueRequest, tell: Tell | None = None) -> IssueResult:
    """Write one workbook a unit into the folder, which is made when missing.

    A file that already stands there with other content (it may hold figures) is never overwritten: then
    UsageError names every such file and nothing is written at all.
    """
    regime = load_regime(request.regime_id, request.period)
    units = chosen_units(request)
    earlier = earlier_figures(request.previous) if request.previous else {}
    found = {u.code: earlier.get((regime.id, u.code, request.period.previous())) for u in units}
    before = {c: comparable(regime, request.period, figures) for c, figures in found.items() if figures}
    contents = _contents(request, regime, units, before)
    files = {request.out / file_name(regime, u, request): contents[u.code] for u in units}
    make_folder(request.out)
    refuse_overwriting(files)
    sweep_strays(request.out)
    written = []
    for path, content in files.items():
        written.append(path if path.exists() else replace_file(path, content))
        if tell:
            tell(path.name, len(files))
    missing = tuple(u.full_name for u in units if u.code not in before) if request.previous else ()
    return IssueResult(tuple(written), missing, not request.plain and not has_python_buttons())


def chosen_units(request: IssueRequest) -> tuple[ReportingUnit, ...]:
    """The units asked for, in the order of the list. Raises UsageError naming every unknown code."""
    units = load_units(request.unit_list)
    if request.codes is None:
        return units
    if not request.codes:
        raise UsageError(texts.text("units_none"))
    unknown = [code for code in request.codes if code not in {u.code for u in units}]
    if unknown:
        raise UsageError(texts.text("units_unknown", codes=", ".join(unknown)))
    return tuple(unit for unit in units if unit.code in request.codes)


def file_name(regime: Regime, unit: ReportingUnit, request: IssueRequest) -> str:
    """`CCHC_2026-Q2_11284_Nam-Thanh-Mien.xlsm`: plain ASCII, so that no mail program alters it."""
    suffix = "xlsx" if request.plain else "xlsm"
    return f"{file_stem(regime, unit, request.period)}.{suffix}"


def file_stem(regime: Regime, unit: ReportingUnit, period: ReferencePeriod) -> str:
    """File name without suffix; it carries the unit's code and only repeats what stands inside."""
    folded = unicodedata.normalize("NFD", unit.name.translate(PLAIN_D))
    name = "-".join("".join(c for c in folded if c.isascii()).split())
    return f"{regime.file_prefix}_{period}_{unit.code}_{name}"


def make_folder(folder: Path) -> None:
    """Make the folder that receives workbooks. Raises CchcError where it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise CchcError(texts.text("file_write_failed", path=folder, reason=fault.strerror)) from fault


def refuse_overwriting(files: Mapping[Path, bytes]) -> None:
    standing = [
        p.name for p, new in files.items() if p.exists() and not (p.is_file() and p.read_bytes() == new)
    ]
    if standing:
        names = ", ".join(standing[:5]) + (" …" if len(standing) > 5 else "")
        raise UsageError(texts.text("would_overwrite", names=names))


def _contents(
    request: IssueRequest,
    regime: Regime,
    units: tuple[ReportingUnit, ...],
    before: Mapping[str, Mapping[str, Figure]],
) -> dict[str, bytes]:
    """Workbook by unit code; those that show last period's figures are each written on their own."""
    draw = draw_plain if request.plain else draw_with_buttons
    blank = [unit for unit in units if unit.code not in before]
    shown = {
        unit.code: draw(
            plan_workbook(regime, unit, request.period, previous=before[unit.code]),
            Subject(regime, unit, request.period),
        )
        for unit in units
        if unit.code in before
    }
    return {**render_blanks(regime, blank, request.period, draw), **shown}
