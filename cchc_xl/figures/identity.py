"""Which unit and period a submission is about, and whether that is what was asked for.

File names never identify; they only contradict. Units are found by `ReportingUnits.find`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from cchc_xl import texts
from cchc_xl.figures.checks import judge
from cchc_xl.model import Finding, ReportingUnit, Severity, Submission, Verdict
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.scope import ReportingUnits

_UNIT_CODE = re.compile(r"(?<!\d)\d{5}(?!\d)")
# What the sheets show against what the file says it is
UNIT_DIFFERS, NAME_DIFFERS, PERIOD_DIFFERS = "unit_differs", "unit_name_differs", "period_differs"
IDENTITY_RULES = frozenset(
    {
        "file_name_other_unit",
        "wrong_period",
        "wrong_period_kind",
        "wrong_regime",
        UNIT_DIFFERS,
        NAME_DIFFERS,
        PERIOD_DIFFERS,
    }
)


def with_findings(submission: Submission, findings: Sequence[Finding]) -> Submission:
    """The submission with these findings added and its verdicts formed anew."""
    if not findings:
        return submission
    together = submission.findings + tuple(findings)
    verdict, forms = judge(submission.forms, together)
    return replace(submission, findings=together, verdict=verdict, forms=forms)


def file_name_findings(submission: Submission, units: ReportingUnits) -> tuple[Finding, ...]:
    """An error when the file name carries another unit's code or full name than the workbook inside.

    A list that does not hold the unit cannot say whose names its file must not bear.
    """
    if submission.unit is None or submission.unit.code not in units.by_code:
        return ()
    name = unicodedata.normalize("NFC", submission.file)
    codes = set(_UNIT_CODE.findall(name)) - {submission.unit.code}
    others = [u for u in units if u.code in codes]
    if submission.unit.code not in name:
        others += _named_in(name, submission.unit, units)
    if not others:
        return ()
    words = {"named": f"{others[0].full_name} ({others[0].code})", "inside": submission.unit.full_name}
    return (_error("file_name_other_unit", value=others[0].code, expected=submission.unit.code, **words),)


def _named_in(name: str, own: ReportingUnit, units: ReportingUnits) -> list[ReportingUnit]:
    """Other units a file name names, none where it names `own`; "Nam Thanh Miện" is not also Thanh Miện."""
    named = [u for u in units if re.search(rf"\b{re.escape(u.name)}\b", name)]
    fullest = [u for u in named if not any(u.name in v.name and u.name != v.name for v in named)]
    return [] if own.name in {u.name for u in fullest} else fullest


def period_findings(submission: Submission, asked: ReferencePeriod) -> tuple[Finding, ...]:
    """An error when the workbook is for another period, or another kind of period, than asked for."""
    found = submission.period
    if found is None or found == asked:
        return ()
    code = "wrong_period" if found.kind == asked.kind else "wrong_period_kind"
    return (_error(code, value=str(found), expected=str(asked), found=found.label, asked=asked.label),)


def regime_findings(submission: Submission, asked: str) -> tuple[Finding, ...]:
    """An error when the workbook belongs to another reporting regime than asked for."""
    found = submission.regime
    if found is None or found == asked:
        return ()
    return (_error("wrong_regime", value=found, expected=asked, found=found, asked=asked),)


def contradicts_identity(submission: Submission) -> bool:
    """True when the file cannot stand for its unit at the period: wrong period or another unit's name."""
    return submission.verdict is Verdict.HELD and any(f.rule in IDENTITY_RULES for f in submission.findings)


def _error(code: str, *, value: str, expected: str, **words: str) -> Finding:
    return Finding(
        rule=code,
        severity=Severity.ERROR,
        message=texts.text(code, **words),
        fix=texts.fix(code, **words),
        value=value,
        expected=expected,
    )
