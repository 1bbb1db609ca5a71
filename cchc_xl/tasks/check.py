"""Check received workbooks, on request against the same units' figures of the period before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cchc_xl.figures.identity import file_name_findings, with_findings
from cchc_xl.model import Submission
from cchc_xl.model.scope import ReportingUnits
from cchc_xl.tasks.progress import Tell
from cchc_xl.tasks.read import read_named


def check_files(
    paths: Sequence[Path], units: ReportingUnits, previous: Path | None = None, tell: Tell | None = None
) -> list[Submission]:
    """Judge the files the user named, in that order; `previous` is a folder of earlier submissions.

    Raises UsageError for a path that cannot be used at all.
    """
    if previous is None:
        return _identified(paths, units, tell)
    # Imported here: a check without earlier figures, the commonest, starts sooner.
    from cchc_xl.tasks.earlier import figures_in_folders, held_against

    earlier = figures_in_folders([previous], units)
    return held_against(_identified(paths, units, tell), earlier)


def _identified(paths: Sequence[Path], units: ReportingUnits, tell: Tell | None) -> list[Submission]:
    return [with_findings(s, file_name_findings(s, units)) for s in read_named(paths, units, tell=tell)]
