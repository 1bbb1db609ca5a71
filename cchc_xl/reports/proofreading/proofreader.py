"""The proofreader: every judge over one report, findings in order of the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from cchc_xl.model.terms import Severity
from cchc_xl.reports.proofreading import (
    balances,
    caps,
    cited,
    hundreds,
    left_open,
    number_forms,
    other_units,
    parts,
    periods,
    ratios,
    restated,
    roundings,
    shares,
    twice,
)
from cchc_xl.reports.proofreading.equations import Equation, equations_of, only_repair
from cchc_xl.reports.proofreading.repair import shown_slip
from cchc_xl.reports.proofreading.report import Found, Report

_JUDGES = (
    *(shares, parts, hundreds, balances, ratios, twice, restated),
    *(cited, periods, caps, left_open, number_forms, roundings, other_units),
)
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTICE: 2}


def everything_found(report: Report) -> tuple[Found, ...]:
    """What all judges find, by place; one statement is not told of twice by judges that mean the same."""
    found = [finding for judge in _JUDGES for finding in judge.find(report)]
    if any(finding.slips for finding in found):
        equations = tuple(equations_of(report))
        found = [_with_repair(finding, equations) for finding in found]
    return tuple(sorted(_told_once(found), key=lambda f: (f.line.index, f.start, _WEIGHT[f.severity])))


def _with_repair(finding: Found, equations: Sequence[Equation]) -> Found:
    """The finding with the one change that makes everything agree, where there is just one."""
    slip = only_repair(finding.slips, equations) if finding.slips else None
    return replace(finding, repair=shown_slip(slip)) if slip is not None else finding


def _told_once(found: Iterable[Found]) -> Iterator[Found]:
    seen: set[tuple[str, int, int]] = set()
    for finding in found:
        key = (finding.rule, finding.line.index, finding.start)
        if key not in seen:
            seen.add(key)
            yield finding
