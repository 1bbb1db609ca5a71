"""Form the workbooks of a longer period from those of shorter ones, or a quarter from a half-year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from cchc_xl import texts
from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.figures.totals.over_time import Reason, Recipe, RolledUp, ToType, derive, recipes, roll_up
from cchc_xl.model import Regime, ReportingUnit
from cchc_xl.model.contents import Contents, Declaration
from cchc_xl.model.earlier import EarlierReturn
from cchc_xl.model.errors import UsageError
from cchc_xl.model.layout import layout_of
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.scope import ReportingScope
from cchc_xl.tasks.earlier import figures_in_folders
from cchc_xl.tasks.files import replace_file, sweep_strays
from cchc_xl.tasks.issue import file_stem, make_folder, refuse_overwriting
from cchc_xl.tasks.progress import Tell
from cchc_xl.workbooks.commune import plan_workbook
from cchc_xl.workbooks.commune.rollup_hints import HINT, with_hints

Known = Mapping[ReferencePeriod, EarlierReturn]


@dataclass(frozen=True, slots=True)
class RollupRequest:
    """The scope of the period wanted, folders with the submissions of its parts, and where to write."""

    scope: ReportingScope
    folders: tuple[Path, ...]
    out: Path


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
    scope = request.scope
    ways = [way for way in recipes(scope.period) if _exists(way, scope.regime)]
    if not ways:
        kinds = ", ".join(scope.regime.period_kinds)
        words = {"period": scope.period.label, "regime": scope.regime.id, "kinds": kinds}
        raise UsageError(texts.text("rollup_no_recipe", **words))
    needed = {period for way in ways for period in way.needs}
    earlier = figures_in_folders(
        request.folders, scope.units, lambda s: s.regime == scope.regime.id and s.period in needed
    )
    standing = {unit.code: earlier.of_unit(scope.regime.id, unit.code) for unit in scope.units}
    written: list[tuple[UnitRollup, bytes]] = []
    lacking = []
    for unit in scope.units:
        known = standing[unit.code]
        way = next((w for w in ways if all(period in known for period in w.needs)), None)
        if way is not None:
            written.append(_formed(request, unit, way, known))
            if tell:
                tell(written[-1][0].path.name, sum(map(bool, standing.values())))
        elif known:
            best = max(ways, key=lambda w: sum(period in known for period in w.needs))
            lacking.append((unit, tuple(period for period in best.needs if period not in known)))
    if not written:
        wanted = ", ".join(period.label for period in ways[0].needs)
        words = {"period": scope.period.label, "needed": wanted}
        raise UsageError(texts.text("rollup_nothing", **words))
    _write(request.out, written)
    return RollupResult(scope.regime, tuple(done for done, _ in written), tuple(lacking))


def how(recipe: Recipe) -> str:
    """What a workbook was formed from, in words."""
    parts = ", ".join(period.label for period in recipe.parts)
    if recipe.whole is None:
        return texts.text("rollup_from_parts", parts=parts)
    return texts.text("rollup_from_whole", whole=recipe.whole.label, parts=parts)


def _exists(way: Recipe, regime: Regime) -> bool:
    return all(period.kind in regime.period_kinds for period in way.needs)


def _formed(
    request: RollupRequest, unit: ReportingUnit, way: Recipe, known: Known
) -> tuple[UnitRollup, bytes]:
    regime, target = request.scope.regime, request.scope.period
    parts = [known[period] for period in way.parts]
    whole = known[way.whole] if way.whole else None
    formed = derive(regime, whole, parts, target) if whole else roll_up(regime, parts)
    contents = Contents(figures=formed.figures, declarations=_declarations(way, known))
    is_made_up = any(known[period].illustrative for period in way.needs)
    plan = plan_workbook(regime, unit, target, contents, illustrative=is_made_up)
    words = {"how": how(way), "count": len(formed.to_type), "column": HINT}
    general = texts.text("rollup_hint_main", **words)
    data = render(with_hints(plan, layout_of(regime), _hints(formed), general))
    path = request.out / f"{file_stem(request.scope.subject(unit))}.xlsx"
    return UnitRollup(unit, path, way, formed.to_type), data


def _declarations(way: Recipe, known: Known) -> dict[str, Declaration]:
    """The window of the data, where the parts declared windows that follow each other; else as issued."""
    if way.whole is not None:
        return {}
    windows = [known[period].window for period in way.parts]
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
