"""What a script calls: paths and plain texts in, frozen values out. `import cchc_xl` offers it all.

Periods are written "2026-Q2", "2026-M06", "2026-S1", "2026-A1" or as people write them ("Q2/2026"), units by
their 5-digit codes; `units` is the CSV file of another province's list (code,type,name), without it the 114
of Hải Phòng are meant. Every function raises `UsageError` for what does not exist or does not fit (a path, a
period, a code, a value), `WorkbookRefused` for a workbook that cannot be trusted where one is needed, and
`CchcError`, the root of both, where nothing could be written; `str(error)` is one Vietnamese line. Wrong data
are no exceptions: they are `findings`, and a file nobody can read is a `Submission` that was rejected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cchc_xl.catalogue import loader
from cchc_xl.catalogue.scope import load_scope
from cchc_xl.catalogue.units import load_units
from cchc_xl.model.periods import ReferencePeriod, parse_period
from cchc_xl.model.terms import PERIODIC

if TYPE_CHECKING:  # a script that only reads does without what writes
    import pandas

    from cchc_xl.model import Regime, Submission
    from cchc_xl.tasks.fill import FillResult
    from cchc_xl.tasks.issue import IssueResult
    from cchc_xl.tasks.merge import MergeResult
    from cchc_xl.tasks.rollup import RollupResult

Period = str | ReferencePeriod


def load_regime(regime_id: str = PERIODIC, period: Period | None = None) -> Regime:
    """The forms, indicators and rules of a report, as in force at a period; without one, all that stand.

    Raises UsageError for an unknown regime or a period it does not have, CatalogueError for a catalogue of
    your own (CCHC_XL_CATALOGUE) with faults, all of them at once.
    """
    return loader.load_regime(regime_id, None if period is None else _period(period))


def issue(
    period: Period,
    out: Path,
    *,
    codes: Iterable[str] | None = None,
    regime_id: str = PERIODIC,
    plain: bool = False,
    previous: Path | None = None,
    units: Path | None = None,
) -> IssueResult:
    """Write a blank workbook for each unit of `codes`, or for every unit, into the folder `out`.

    `plain`: .xlsx without macros. `previous`: a folder of submissions whose figures of the period before are
    shown beside the inputs. Raises UsageError, too, when a file that stands there would be overwritten.
    """
    from cchc_xl.tasks.issue import IssueRequest, issue_workbooks

    scope = load_scope(regime_id, _period(period), load_units(units))
    chosen = None if codes is None else tuple(codes)
    return issue_workbooks(IssueRequest(scope, Path(out), chosen, plain, previous))


def fill(
    file: Path, values: Path | Mapping[str, object], out: Path, *, units: Path | None = None
) -> FillResult:
    """Write `file`, an issued workbook, with `values` in its inputs to `out`; nothing else in it changes.

    `values`: a CSV file (indicator,value[,note]), or values by indicator code or name of an input. Numbers
    are what the cell holds (0.9932 for 99,32 %), texts what an officer would type ("KPS", "99,32%", "5.650").
    Raises UsageError naming every value that does not fit, CchcError for a workbook not as it was issued.
    """
    from cchc_xl.tasks.fill import fill_workbook

    given = values if isinstance(values, Mapping) else Path(values)
    return fill_workbook(Path(file), given, Path(out), load_units(units))


def read(file: Path, *, units: Path | None = None) -> Submission:
    """One received workbook: its unit and period, every figure with its source cell, findings, verdict."""
    from cchc_xl.tasks.read import read_named

    return read_named([Path(file)], load_units(units), jobs=1)[0]


def check(
    files: Path | Iterable[Path], *, previous: Path | None = None, units: Path | None = None
) -> tuple[Submission, ...]:
    """Received workbooks judged as a merge would, in the order given.

    `previous`: a folder of submissions; each file is also held against its unit's figures in there.
    """
    from cchc_xl.tasks.check import check_files

    named = [files] if isinstance(files, (str, Path)) else files
    return tuple(check_files([Path(file) for file in named], load_units(units), previous))


def merge(
    folder: Path,
    period: Period,
    out: Path,
    *,
    regime_id: str = PERIODIC,
    ledger: Path | None = None,
    previous: Path | None = None,
    received: Path | None = None,
    history: Path | None = None,
    jobs: int | None = None,
    units: Path | None = None,
) -> MergeResult:
    """Read every file of `folder`, write the summary to `out`, whole or not at all.

    `ledger`: JSON of everything found. `previous`: an earlier summary, or a folder of earlier submissions.
    `received`: CSV unit,date,channel,report number. `history`: the file that keeps every period; made when
    missing. `jobs`: worker processes. `result.merged.city["bieu3_2_1"].total` is a city figure.
    """
    from cchc_xl.tasks.merge import MergeRequest, merge_folder

    scope = load_scope(regime_id, _period(period), load_units(units))
    request = MergeRequest(scope, Path(folder), Path(out), ledger, previous, received, jobs, history)
    return merge_folder(request)


def rollup(
    folders: Path | Iterable[Path],
    period: Period,
    out: Path,
    *,
    regime_id: str = PERIODIC,
    units: Path | None = None,
) -> RollupResult:
    """Form each unit's workbook of `period` from those of its parts in `folders`, written into `out`.

    A quarter from months, a half year or year from quarters, a quarter from a half year. Raises UsageError
    where the regime has no such parts, or no unit has all of them.
    """
    from cchc_xl.tasks.rollup import RollupRequest, roll_up_folders

    named = [folders] if isinstance(folders, (str, Path)) else folders
    scope = load_scope(regime_id, _period(period), load_units(units))
    return roll_up_folders(RollupRequest(scope, tuple(Path(folder) for folder in named), Path(out)))


def history_frame(history: Path) -> pandas.DataFrame:
    """Every figure that merges recorded in a history, one row each, as a pandas table.

    Columns: regime, period, unit, unit_name, indicator, status, value (float), counted, current (the latest
    submission of its unit), number, received, file, sha256. Raises UsageError for a file that is no history.
    """
    from cchc_xl.tasks.history import to_frame

    return to_frame(Path(history))


def _period(given: Period) -> ReferencePeriod:
    return given if isinstance(given, ReferencePeriod) else parse_period(given)
