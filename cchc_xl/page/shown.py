"""Submissions as the page shows them: words instead of codes, findings by weight."""

from __future__ import annotations

from collections.abc import Iterable

from cchc_xl import texts
from cchc_xl.model import Finding, Severity, Submission
from cchc_xl.page.job import Json


def shown_files(submissions: Iterable[Submission]) -> list[Json]:
    """One element a file, in the order given."""
    return [_shown(submission) for submission in submissions]


def _shown(submission: Submission) -> Json:
    findings = [f for severity in Severity for f in submission.findings if f.severity is severity]
    unit, period = submission.unit, submission.period
    return {
        "file": submission.file,
        "verdict": submission.verdict.value,
        "state": texts.text(f"page_verdict_{submission.verdict.value}"),
        "unit": unit.full_name if unit else None,
        "code": unit.code if unit else None,
        "period": period.label if period else None,
        "number": submission.number,
        "sha256": submission.sha256,
        "control_code": submission.control_code,
        "counts": {s.value: sum(f.severity is s for f in findings) for s in Severity},
        "findings": [_finding(finding) for finding in findings],
    }


def _finding(finding: Finding) -> Json:
    return {
        "severity": finding.severity.value,
        "level": texts.text(f"severity_{finding.severity.value}"),
        "sheet": finding.sheet,
        "cell": finding.cell,
        "message": finding.message,
        "fix": finding.fix,
    }
