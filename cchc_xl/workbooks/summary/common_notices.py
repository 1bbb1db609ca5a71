"""Notices that many units share, told once with the units' names instead of once a unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from cchc_xl.figures.checks import live_message
from cchc_xl.model import Finding, Regime, ReportingUnit, Severity, Submission
from cchc_xl.texts import text
from cchc_xl.workbooks.summary.wording import names

MOST_ALONE = 6  # files; the same notice on more of them is told once
Told = tuple[Submission, Finding]


@dataclass(frozen=True, slots=True)
class CommonNotice:
    """One rule's notice on many units; `finding` is the first unit's."""

    finding: Finding
    message: str
    units: tuple[ReportingUnit, ...]

    @property
    def owner(self) -> str:
        """As the unit column shows it: "108 đơn vị"."""
        return text("summary_many_units", units=len(self.units))


def split_common(regime: Regime, found: Sequence[Told]) -> tuple[list[Told], list[CommonNotice]]:
    """Findings to tell one by one, in their order, and the notices told once.

    A notice the commune explained is always told on its own.
    """
    rules = {rule.id: rule for rule in regime.rules}
    shared: dict[str, list[Told]] = defaultdict(list)
    for submission, finding in found:
        if _may_be_shared(submission, finding) and finding.rule in rules:
            shared[finding.rule].append((submission, finding))
    common = {rule: told for rule, told in shared.items() if len(told) > MOST_ALONE}
    alone = [t for t in found if t[1].rule not in common or not _may_be_shared(*t)]
    return alone, [_common(live_message(rules[rule]), told) for rule, told in common.items()]


def _may_be_shared(submission: Submission, finding: Finding) -> bool:
    explained = finding.rule in submission.explanations
    return finding.severity is Severity.NOTICE and submission.unit is not None and not explained


def _common(fault: str, told: Sequence[Told]) -> CommonNotice:
    units = tuple(submission.unit for submission, _ in told if submission.unit)
    message = text("summary_common_notice", fault=fault, units=names(units))
    return CommonNotice(told[0][1], message, units)
