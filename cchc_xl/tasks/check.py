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
    from cchc_xl.tasks.earlier import earlier_findings, figures_in_folders

    earlier = figures_in_folders([previous], units)
    return [with_findings(s, earlier_findings(s, earlier)) for s in _identified(paths, units, tell)]


def _identified(paths: Sequence[Path], units: ReportingUnits, tell: Tell | None) -> list[Submission]:
    return [with_findings(s, file_name_findings(s, units)) for s in read_named(paths, units, tell=tell)]
