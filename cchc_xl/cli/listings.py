"""What the command line prints for people: submissions, coverage, forms and rules as lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cchc_xl import texts
from cchc_xl.figures.checks import figures_of, live_message, shown_figure
from cchc_xl.figures.live.description import describe, describe_row_check
from cchc_xl.figures.totals.consolidated import Consolidation
from cchc_xl.model import Finding, Regime, Severity, Submission, Verdict
from cchc_xl.model.layout import WorkbookLayout
from cchc_xl.model.terms import UnitState
from cchc_xl.tasks.combination import Meeting, Outcome, shown
from cchc_xl.workbooks.summary.wording import STATE_WORDS, state, states_counted

_text = texts.text
_NAMED = 10  # units listed by name


def submission_lines(
    submission: Submission, *, figures: bool = False, notices: bool = True, regime: Regime | None = None
) -> Iterator[str]:
    """A file: its verdict, its findings by weight, with `figures` also every figure of `regime`'s forms."""
    unit, period = submission.unit, submission.period
    about = f" ({unit.full_name}, {period.label})" if unit and period else ""
    verdict = _text(f"verdict_{submission.verdict.value}")
    yield _text("file_line", file=submission.file, verdict=verdict, about=about)
    if figures and regime is not None:
        yield from _figure_lines(submission, regime)
    for severity in Severity:
        for finding in submission.findings:
            if finding.severity is severity and (notices or severity is not Severity.NOTICE):
                yield _finding_line(finding)


def merge_lines(merged: Consolidation) -> Iterator[str]:
    """Files that need somebody's attention, then the coverage and who is missing."""
    for submission in merged.ledger:
        if submission.verdict in (Verdict.HELD, Verdict.REJECTED):
            yield from submission_lines(submission, notices=False)
    yield _coverage_line(merged)
    yield f"{state(merged)}: {states_counted(merged)}."
    for owing, words in STATE_WORDS.items():
        if owing in (UnitState.COMPLETE, UnitState.EXEMPT):
            continue
        if units := [f"{unit.full_name} ({unit.code})" for unit in merged.in_state(owing)]:
            names = ", ".join(units[:_NAMED])
            if len(units) > _NAMED:
                names = _text("and_more", names=names, count=len(units) - _NAMED)
            yield _text("state_line", state=words, count=len(units), names=names)
    for decision in merged.unmatched:
        said = _text(f"decision_{decision.kind.value}")
        unit = decision.unit or _text("decision_all_units")
        yield _text("decision_unmatched", row=decision.line, unit=unit, decision=said)


def combine_lines(layout: WorkbookLayout, source: str, meetings: Sequence[Meeting]) -> Iterator[str]:
    """What was taken from another workbook, then every cell where both say something else."""
    taken = sum(m.outcome is Outcome.TAKEN for m in meetings)
    yield _text("combine_filled", source=source, count=taken)
    for meeting in meetings:
        if meeting.outcome is not Outcome.TAKEN:
            yield _text(
                "combine_conflict",
                sheet=meeting.sheet,
                cell=meeting.cell,
                label=meeting.label,
                current=shown(layout, meeting.key, meeting.current),
                source=source,
                offered=shown(layout, meeting.key, meeting.offered),
                outcome=_text(f"combine_outcome_{meeting.outcome.value}"),
            )


def form_lines(regime: Regime) -> Iterator[str]:
    """Every form of a regime, row by row."""
    yield f"{regime.title} ({regime.id})"
    yield regime.basis
    for form in regime.forms:
        yield ""
        yield _text("form_line", heading=form.heading, title=form.title)
        for row in form.indicators:
            formula = f" = {row.formula}" if row.formula else ""
            yield _text(
                "row_line",
                row_code=row.code,
                number=row.number,
                label=row.label,
                unit=row.unit_of_measure,
                formula=formula,
            )


def rule_lines(regime: Regime) -> Iterator[str]:
    """Every rule of a regime, rows of lists included: what must hold, what is said and what to do."""
    for rule in regime.rules:
        at, sheet = regime.indicators[rule.at], regime.form(rule.form).sheet
        place = _text("rule_place", sheet=sheet, number=at.number.rstrip(".") or f"“{at.label}”")
        yield _rule_line(rule.id, rule.severity, place, describe(regime, rule))
        yield _text("rule_words", message=live_message(rule), fix=rule.fix)
    for register in regime.registers:
        for check in register.checks:
            statement = describe_row_check(register, check)
            yield _rule_line(check.id, check.severity, register.sheet, statement)
            yield _text("rule_words", message=check.message, fix=check.fix)


def _rule_line(rule_id: str, severity: Severity, place: str, statement: str) -> str:
    named = _text(f"severity_{severity.value}")
    return _text("rule_line", id=rule_id, severity=named, place=place, statement=statement)


def _coverage_line(merged: Consolidation) -> str:
    return _text(
        "coverage_line",
        expected=len(merged.units),
        accepted=merged.count(Verdict.ACCEPTED),
        held=merged.count(Verdict.HELD),
        rejected=merged.count(Verdict.REJECTED),
        skipped=merged.count(Verdict.SKIPPED),
    )


def _finding_line(finding: Finding) -> str:
    severity = _text(f"severity_{finding.severity.value}")
    message = finding.message if finding.message.endswith((".", "!", "?")) else f"{finding.message}."
    return _text("finding_line", severity=severity, message=message, fix=finding.fix)


def _figure_lines(submission: Submission, regime: Regime) -> Iterator[str]:
    figures, never_asked = figures_of(submission.observations), submission.never_asked
    for form in regime.forms:
        for row in form.figures:
            shown = shown_figure(regime, row.code, figures.get(row.code))
            shown = _text("not_in_template") if row.code in never_asked else shown
            yield _text("figure_line", row_code=row.code, number=row.number, shown=shown, label=row.label)
