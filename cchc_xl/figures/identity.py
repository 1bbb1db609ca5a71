"""Which unit and period a submission is about, and whether that is what was asked for.

File names never identify; they only contradict. Units are found by `ReportingUnits.find`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from cchc_xl import texts
from cchc_xl.figures.checks import judge
from cchc_xl.model import Finding, ReportingUnit, Severity, Submission, Verdict
from cchc_xl.model.names import as_spelled, without_marks, words_of
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
    """An error when the file name carries another unit's code or name than the workbook inside.

    A name that is another unit's only without its marks may be a person's as well: a warning.
    A list that does not hold the unit cannot say whose names its file must not bear.
    """
    own = submission.unit
    if own is None or own.code not in units.by_code:
        return ()
    written = words_of(submission.file)
    codes = codes_named(submission.file) - {own.code}
    others = [u for u in units if u.code in codes]
    has_own_code = own.code in written
    if not has_own_code:
        others += _named_in(written, own, units, as_spelled)
    code, severity = "file_name_other_unit", Severity.ERROR
    if not others and not has_own_code:
        others = _named_in(written, own, units, without_marks)
        code, severity = "file_name_like_other", Severity.WARNING
    if not others:
        return ()
    words = {"named": f"{others[0].full_name} ({others[0].code})", "inside": own.full_name}
    return (_finding(code, severity, value=others[0].code, expected=own.code, **words),)


def codes_named(file: str) -> set[str]:
    """Unit codes a file name bears."""
    return set(_UNIT_CODE.findall(words_of(file)))


def _named_in(
    written: str, own: ReportingUnit, units: ReportingUnits, form: Callable[[str], str]
) -> list[ReportingUnit]:
    """Other units a file name names, none where it names `own`; "Nam Thanh Miện" is not also Thanh Miện."""
    text = f" {form(written)} "
    names = {unit.code: form(unit.name) for unit in units}
    named = [unit for unit in units if f" {names[unit.code]} " in text]
    fullest = [u for u in named if not any(_is_within(names[u.code], names[v.code]) for v in named)]
    return [] if own.code in {unit.code for unit in fullest} else fullest


def _is_within(name: str, longer: str) -> bool:
    return name != longer and f" {name} " in f" {longer} "


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
    return _finding(code, Severity.ERROR, value=value, expected=expected, **words)


def _finding(code: str, severity: Severity, *, value: str, expected: str, **words: str) -> Finding:
    return Finding(
        rule=code,
        severity=severity,
        message=texts.text(code, **words),
        fix=texts.fix(code, **words),
        value=value,
        expected=expected,
    )
