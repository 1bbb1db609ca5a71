"""The blanks of one period: rendered once a type of unit, then the words that differ put in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cchc_xl.commune_plan import plan_workbook
from cchc_xl.errors import WriteRefused
from cchc_xl.excel.issue_template import splice_template
from cchc_xl.excel.workbook_writer import render
from cchc_xl.model import Regime, ReportingUnit
from cchc_xl.periods import ReferencePeriod

_CODE, _NAME = "00000CCHCMA00000", "CCHCTENDONVI00000"
_FEWEST = 4  # below this, rendering each is quicker than preparing and proving a template


def render_blanks(
    regime: Regime,
    units: Sequence[ReportingUnit],
    period: ReferencePeriod,
    macros: bytes | None = None,
    *,
    illustrative: bool = False,
) -> dict[str, bytes]:
    """Blank workbooks by unit code, byte-identical to rendering each one anew."""
    found: dict[str, bytes] = {}
    for kind in dict.fromkeys(unit.type for unit in units):
        alike = [unit for unit in units if unit.type == kind]
        found.update(_of_one_type(alike, _Renderer(regime, period, macros, illustrative)))
    return {unit.code: found[unit.code] for unit in units}


@dataclass(frozen=True)
class _Renderer:
    regime: Regime
    period: ReferencePeriod
    macros: bytes | None
    illustrative: bool

    def __call__(self, unit: ReportingUnit) -> bytes:
        plan = plan_workbook(self.regime, unit, self.period, illustrative=self.illustrative)
        return render(plan, macros=self.macros)


def _of_one_type(units: Sequence[ReportingUnit], anew: _Renderer) -> dict[str, bytes]:
    by_length = sorted(units, key=lambda unit: len(unit.name))
    proofs = {unit.code: anew(unit) for unit in (by_length[0], by_length[-1])}
    if len(units) < _FEWEST:
        return {unit.code: proofs.get(unit.code) or anew(unit) for unit in units}
    template = anew(replace(units[0], code=_CODE, name=_NAME))
    spliced = {unit.code: _spliced(template, unit) for unit in units}
    # A layout that follows the length of a name would show here: then nothing is spliced.
    if any(spliced[code] != proof for code, proof in proofs.items()):
        return {unit.code: anew(unit) for unit in units}
    return {unit.code: spliced[unit.code] or anew(unit) for unit in units}


def _spliced(template: bytes, unit: ReportingUnit) -> bytes | None:
    try:
        return splice_template(template, {_CODE: unit.code, _NAME: unit.name})
    except WriteRefused:
        return None
