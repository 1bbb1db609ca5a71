"""Check received workbooks, on request against the same units' figures of the period before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from cchc_xl.catalogue.loader import load_regime
from cchc_xl.catalogue.units import load_units
from cchc_xl.figures.checks import figures_of
from cchc_xl.figures.identity import file_name_findings, with_findings
from cchc_xl.figures.totals import against_earlier
from cchc_xl.model import Finding, Submission, Verdict
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.terms import Figure
from cchc_xl.tasks.files import list_folder
from cchc_xl.tasks.read import OnDone, read_entries, read_named

Earlier = Mapping[tuple[str, str, ReferencePeriod], Mapping[str, Figure]]


def check_files(
    paths: Sequence[Path],
    previous: Path | None = None,
    on_done: OnDone | None = None,
    unit_list: Path | None = None,
) -> list[Submission]:
    """Judge the files the user named, in that order; `previous` is a folder of earlier submissions.

    Raises UsageError for a path that cannot be used at all.
    """
    units = load_units(unit_list)
    earlier = earlier_figures(previous, unit_list) if previous else {}
    named = read_named(paths, None, on_done, unit_list)
    identified = (with_findings(s, file_name_findings(s, units)) for s in named)
    return [with_findings(s, through_time_findings(s, earlier)) for s in identified]


def earlier_figures(
    folder: Path, unit_list: Path | None = None
) -> dict[tuple[str, str, ReferencePeriod], dict[str, Figure]]:
    """Typed figures of a folder's readable submissions by (regime, unit code, period)."""
    entries = read_entries(list_folder(folder), unit_list=unit_list)
    read = [s for s in entries if s.verdict in (Verdict.ACCEPTED, Verdict.HELD)]
    # The highest Lần nộp comes last and stays.
    read.sort(key=lambda s: (s.number or 1, s.modified, s.file))
    found: dict[tuple[str, str, ReferencePeriod], dict[str, Figure]] = {}
    for submission in read:
        if submission.regime and submission.unit and submission.period:
            inputs = load_regime(submission.regime, submission.period).indicators
            figures = figures_of(o for o in submission.observations if inputs[o.indicator].is_input)
            found[submission.regime, submission.unit.code, submission.period] = figures
    return found


def through_time_findings(submission: Submission, earlier: Earlier) -> tuple[Finding, ...]:
    """What the unit's earlier figures, where they are known, say about its submission."""
    if not (submission.regime and submission.unit and submission.period):
        return ()
    own = {
        period: figures
        for (regime, unit, period), figures in earlier.items()
        if (regime, unit) == (submission.regime, submission.unit.code)
    }
    regime = load_regime(submission.regime, submission.period)
    return against_earlier.through_time_findings(regime, submission, own)
