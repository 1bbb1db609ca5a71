"""Form the workbooks of a longer period from those of shorter ones, or a quarter from a half-year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from cchc_xl import texts
from cchc_xl.catalogue.loader import load_regime
from cchc_xl.catalogue.units import load_units
from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.figures.totals.over_time import Part, Reason, Recipe, RolledUp, ToType, derive, recipes, roll_up
from cchc_xl.figures.totals.over_units import UnitFigures, consolidate
from cchc_xl.model import Regime, ReportingUnit, Submission, Verdict
from cchc_xl.model.contents import Contents, Declaration
from cchc_xl.model.errors import UsageError
from cchc_xl.model.layout import layout_of
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.tasks.files import list_folder, replace_file, sweep_strays
from cchc_xl.tasks.issue import file_stem, make_folder, refuse_overwriting
from cchc_xl.tasks.progress import Tell
from cchc_xl.tasks.read import read_entries
from cchc_xl.workbooks.commune import plan_workbook
from cchc_xl.workbooks.commune.rollup_hints import HINT, with_hints

Standing = Mapping[ReferencePeriod, UnitFigures]


@dataclass(frozen=True, slots=True)
class RollupRequest:
    """Folders with the submissions of the periods given, the period wanted, and where to write."""

    folders: tuple[Path, ...]
    target: ReferencePeriod
    out: Path
    regime_id: str = "cchc-dinh-ky"
    unit_list: Path | None = None


@dataclass(frozen=True, slots=True)
class UnitRollup:
    """One unit's workbook and what is still to be typed in it."""

    unit: ReportingUnit
    path: Path
    recipe: Recipe
    to_type: tuple[ToType, ...]


@dataclass(frozen=True, slots=True)
class RollupResult:
    """Workbooks written, and units that lack a period (with the periods missing)."""

    regime: Regime
    written: tuple[UnitRollup, ...]
    lacking: tuple[tuple[ReportingUnit, tuple[ReferencePeriod, ...]], ...] = ()

    @property
    def has_faults(self) -> bool:
        """True when a unit lacks a period or a form of a part is held."""
        held = any(row.reason is Reason.HELD for done in self.written for row in done.to_type)
        return bool(self.lacking) or held


def roll_up_folders(request: RollupRequest, tell: Tell | None = None) -> RollupResult:
    """Write one workbook a unit; inputs are only read, files that stand there are never overwritten.

    Raises UsageError where the regime has no periods to form this one from, or no unit has all of them.
    """
    regime = load_regime(request.regime_id, request.target)
    ways = [way for way in recipes(request.target) if _exists(way, regime)]
    if not ways:
        kinds = ", ".join(regime.period_kinds)
        words = {"period": request.target.label, "regime": regime.id, "kinds": kinds}
        raise UsageError(texts.text("rollup_no_recipe", **words))
    units = load_units(request.unit_list)
    standing = _standing(request, units, {period for way in ways for period in way.needs})
    written: list[tuple[UnitRollup, bytes]] = []
    lacking = []
    for unit in units:
        known = standing.get(unit.code, {})
        way = next((w for w in ways if all(period in known for period in w.needs)), None)
        if way is not None:
            written.append(_formed(request, regime, unit, way, known))
            if tell:
                tell(written[-1][0].path.name, len(standing))
        elif known:
            best = max(ways, key=lambda w: sum(period in known for period in w.needs))
            lacking.append((unit, tuple(period for period in best.needs if period not in known)))
    if not written:
        needed = ", ".join(period.label for period in ways[0].needs)
        words = {"period": request.target.label, "needed": needed}
        raise UsageError(texts.text("rollup_nothing", **words))
    _write(request.out, written)
    return RollupResult(regime, tuple(done for done, _ in written), tuple(lacking))


def how(recipe: Recipe) -> str:
    """What a workbook was formed from, in words."""
    parts = ", ".join(period.label for period in recipe.parts)
    if recipe.whole is None:
        return texts.text("rollup_from_parts", parts=parts)
    return texts.text("rollup_from_whole", whole=recipe.whole.label, parts=parts)


def _exists(way: Recipe, regime: Regime) -> bool:
    return all(period.kind in regime.period_kinds for period in way.needs)


def _standing(
    request: RollupRequest, units: Sequence[ReportingUnit], wanted: set[ReferencePeriod]
) -> dict[str, dict[ReferencePeriod, UnitFigures]]:
    """Unit code → period → what stands for it there, as a merge would see it."""
    read = [
        submission
        for folder in request.folders
        for submission in read_entries(list_folder(folder), unit_list=request.unit_list)
        if submission.regime == request.regime_id and submission.period in wanted
    ]
    found: dict[str, dict[ReferencePeriod, UnitFigures]] = {}
    for period in sorted({s.period for s in read if s.period}):
        then = load_regime(request.regime_id, period)
        mine = [s for s in read if s.period == period]
        for unit in consolidate(then, period, units, mine).units:
            if unit.submission is not None:
                found.setdefault(unit.unit.code, {})[period] = unit
    return found


def _formed(
    request: RollupRequest, regime: Regime, unit: ReportingUnit, way: Recipe, known: Standing
) -> tuple[UnitRollup, bytes]:
    parts = [_part(known[period]) for period in way.parts]
    if way.whole is None:
        formed = roll_up(regime, parts)
    else:
        formed = derive(regime, _part(known[way.whole]), parts, request.target)
    contents = Contents(figures=formed.figures, declarations=_declarations(way, known))
    plan = plan_workbook(
        regime, unit, request.target, contents, illustrative=any(_made_up(known[p]) for p in way.needs)
    )
    words = {"how": how(way), "count": len(formed.to_type), "column": HINT}
    general = texts.text("rollup_hint_main", **words)
    data = render(with_hints(plan, layout_of(regime), _hints(formed), general))
    path = request.out / f"{file_stem(regime, unit, request.target)}.xlsx"
    return UnitRollup(unit, path, way, formed.to_type), data


def _part(unit: UnitFigures) -> Part:
    submission = unit.submission
    assert submission is not None and submission.period is not None
    held = frozenset(form for form, verdict in unit.forms.items() if verdict is Verdict.HELD)
    return Part(submission.period, unit.figures, held)


def _made_up(unit: UnitFigures) -> bool:
    return unit.submission is not None and unit.submission.illustrative


def _declarations(way: Recipe, known: Standing) -> dict[str, Declaration]:
    """The window of the data, where the parts declared windows that follow each other; else as issued."""
    if way.whole is not None:
        return {}
    submissions: list[Submission] = [s for p in way.parts if (s := known[p].submission)]
    windows = [submission.window for submission in submissions]
    days = [(start, end) for start, end in windows if start and end]
    follow = all(b[0] - a[1] == timedelta(days=1) for a, b in pairwise(days))
    if len(days) < len(way.parts) or not follow:
        return {}
    return {"cchc_tu_ngay": days[0][0], "cchc_den_ngay": days[-1][1]}


def _hints(formed: RolledUp) -> dict[str, str]:
    return {row.indicator: hint(row) for row in formed.to_type}


def hint(row: ToType) -> str:
    """Why a row must be typed, for the cell beside it."""
    periods = ", ".join(period.label for period in row.periods)
    return texts.text(f"rollup_hint_{row.reason.value}", periods=periods)


def _write(folder: Path, written: Sequence[tuple[UnitRollup, bytes]]) -> None:
    make_folder(folder)
    refuse_overwriting({done.path: data for done, data in written})
    sweep_strays(folder)
    for done, data in written:
        if not done.path.exists():
            replace_file(done.path, data)
