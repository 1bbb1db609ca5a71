"""Run the demo: issue to every unit, let them fill and send, plant the faults, merge, tell what happened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from cchc_xl import texts
from cchc_xl.catalogue.scope import load_scope
from cchc_xl.catalogue.units import load_units
from cchc_xl.model import ReportingUnit
from cchc_xl.model.errors import UsageError
from cchc_xl.model.scope import UNIT_COLUMNS, ReportingScope, ReportingUnits
from cchc_xl.tasks.closing import close_period
from cchc_xl.tasks.demo.deliveries import Delivery, Stage, deliveries_of, stray_files
from cchc_xl.tasks.demo.script import Fault, Script, load_scripts
from cchc_xl.tasks.drawing import render_blanks
from cchc_xl.tasks.files import replace_file
from cchc_xl.tasks.issue import make_folder
from cchc_xl.tasks.merge import MergeRequest, MergeResult, merge_folder
from cchc_xl.tasks.progress import Tell

HISTORY = "lich-su.sqlite"
ISSUED, SUBMITTED, UNIT_LIST = "phat-hanh", "da-nop", "danh-sach-don-vi.csv"


@dataclass(frozen=True)
class DemoResult:
    """What one regime's demo wrote and found."""

    script: Script
    issued: Path
    submitted: Path
    files: int
    merge: MergeResult

    @property
    def faults(self) -> tuple[tuple[ReportingUnit | None, Fault], ...]:
        """The planted faults with the units they were planted for."""
        units = {u.unit.code: u.unit for u in self.merge.merged.units}
        return tuple((units.get(fault.unit or ""), fault) for fault in self.script.faults)


def run_demo(folder: Path, tell: Tell | None = None) -> tuple[DemoResult, ...]:
    """Run every demo script, made when missing; files of an earlier run are replaced.

    The first regime's files stand in `folder` itself, each other regime's in a folder of its name.
    Raises UsageError when `folder` is a file or holds anything a demo did not write.
    """
    scripts = load_scripts()
    _refuse_foreign(folder, {script.regime for script in scripts})
    make_folder(folder)  # before minutes of work, not after
    first, *others = scripts
    places = {first.regime: folder, **{script.regime: folder / script.regime for script in others}}
    return tuple(_run(script, places[script.regime], tell) for script in scripts)


def _refuse_foreign(folder: Path, regimes: set[str]) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(texts.text("demo_not_folder", path=folder))
    ours = ("phat-hanh", "da-nop", "TongHop_")
    standing = [p.name for p in folder.iterdir()] if folder.exists() else []
    foreign = [name for name in standing if not name.startswith(ours) and name not in regimes]
    if foreign:
        raise UsageError(texts.text("demo_not_empty", path=folder, names=", ".join(sorted(foreign)[:3])))


def _run(script: Script, folder: Path, tell: Tell | None) -> DemoResult:
    scope = load_scope(script.regime, script.period, _units_of(script))
    stage = Stage(script, scope, _blanks(script, scope))
    issued = _write(folder / ISSUED, [(stage.name(code), blank) for code, blank in stage.blanks.items()])
    sent: list[Delivery] = []
    for unit in scope.units:
        sent += deliveries_of(stage, unit.code)
        if tell:
            tell(unit.full_name, len(scope.units))
    submitted = _write(folder / SUBMITTED, [*sent, *stray_files(script)])
    out = folder / f"TongHop_{script.period}.xlsx"
    if script.units:
        _write_list(folder / UNIT_LIST, scope.units)
    merged = _merged(MergeRequest(scope, submitted, out), script, folder)
    return DemoResult(script, issued, submitted, len(sent), merged)


def _merged(request: MergeRequest, script: Script, folder: Path) -> MergeResult:
    """The summary; of a period to be closed once more after the act, which then stands on every page."""
    if not script.closed:
        return merge_folder(request)
    history = folder / HISTORY
    history.unlink(missing_ok=True)  # of an earlier run
    request = replace(request, history=history)
    merge_folder(request)
    close_period(request.out, history, texts.text("demo_closed_by"), script.closed)
    return merge_folder(request)


def _units_of(script: Script) -> ReportingUnits:
    units = load_units()
    if script.units is None:
        return units
    real = [unit for unit in units if unit.code == script.real_unit]
    first = [unit for unit in units if unit not in real][: script.units - len(real)]
    return ReportingUnits(tuple(unit for unit in units if unit in first or unit in real))


def _write_list(path: Path, units: ReportingUnits) -> None:
    rows = ((unit.code, unit.type, unit.name) for unit in units)
    replace_file(path, "".join(f"{','.join(row)}\n" for row in (UNIT_COLUMNS, *rows)).encode())


def _blanks(script: Script, scope: ReportingScope) -> dict[str, bytes]:
    made_up = [unit.code for unit in scope.units if unit.code != script.real_unit]
    real = [unit.code for unit in scope.units if unit.code == script.real_unit]
    blanks = render_blanks(scope.narrowed(made_up), illustrative=True)
    return {**blanks, **render_blanks(scope.narrowed(real))}


def _write(folder: Path, files: list[Delivery]) -> Path:
    make_folder(folder)
    for name, content in files:
        replace_file(folder / name, content)
    return folder
