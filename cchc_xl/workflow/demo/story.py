"""Run the demo: issue to every unit, let them fill and send, plant the faults, merge, tell what happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cchc_xl import messages
from cchc_xl.catalogue.loader import load_regime
from cchc_xl.catalogue.units import load_units
from cchc_xl.errors import UsageError
from cchc_xl.files import replace_file
from cchc_xl.model import ReportingUnit
from cchc_xl.workflow.blanks import render_blanks
from cchc_xl.workflow.demo.deliveries import Delivery, Stage, deliveries_of, stray_files
from cchc_xl.workflow.demo.script import Fault, Script, load_scripts
from cchc_xl.workflow.merge import MergeRequest, MergeResult, merge_folder

ISSUED, SUBMITTED = "phat-hanh", "da-nop"
Tell = Callable[[str, int], None]


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
    """Run every demo script into `folder`, made when missing; files of an earlier run are replaced.

    Raises UsageError when `folder` is a file or holds anything a demo did not write.
    """
    _refuse_foreign(folder)
    return tuple(_run(script, folder, tell) for script in load_scripts())


def _refuse_foreign(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise UsageError(messages.text("demo_not_folder", path=folder))
    ours = ("phat-hanh", "da-nop", "TongHop_")
    foreign = [p.name for p in folder.iterdir() if not p.name.startswith(ours)] if folder.exists() else []
    if foreign:
        raise UsageError(messages.text("demo_not_empty", path=folder, names=", ".join(sorted(foreign)[:3])))


def _run(script: Script, folder: Path, tell: Tell | None) -> DemoResult:
    regime = load_regime(script.regime, script.period)
    units = {unit.code: unit for unit in load_units()}
    stage = Stage(script, regime, units, _blanks(script, units))
    issued = _write(folder / ISSUED, [(stage.name(code), blank) for code, blank in stage.blanks.items()])
    sent: list[Delivery] = []
    for code, unit in units.items():
        sent += deliveries_of(stage, code)
        if tell:
            tell(unit.full_name, len(units))
    submitted = _write(folder / SUBMITTED, [*sent, *stray_files(script)])
    out = folder / f"TongHop_{script.period}.xlsx"
    merged = merge_folder(MergeRequest(submitted, script.period, out, script.regime))
    return DemoResult(script, issued, submitted, len(sent), merged)


def _blanks(script: Script, units: Mapping[str, ReportingUnit]) -> dict[str, bytes]:
    regime = load_regime(script.regime, script.period)
    made_up = [unit for code, unit in units.items() if code != script.real_unit]
    blanks = render_blanks(regime, made_up, script.period, illustrative=True)
    return {**blanks, **render_blanks(regime, [units[script.real_unit]], script.period)}


def _write(folder: Path, files: list[Delivery]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files:
        replace_file(folder / name, content)
    return folder
