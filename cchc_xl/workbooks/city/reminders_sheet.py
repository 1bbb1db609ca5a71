"""Whom to remind: units whose return is missing, empty, held or incomplete, with the true reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cchc_xl import texts
from cchc_xl.figures.completeness import rows_named
from cchc_xl.figures.totals.consolidated import Consolidation, UnitFigures
from cchc_xl.model import Severity, Submission, Verdict
from cchc_xl.model.planned import Page, PlannedCell, PlannedSheet
from cchc_xl.model.terms import UnitState
from cchc_xl.texts import sheets
from cchc_xl.workbooks.summary.wording import STATE_WORDS

REMINDERS = sheets.REMINDERS
FIRST_REMINDER_ROW = 5
_REASONS = 3
_OWING = (UnitState.MISSING, UnitState.EMPTY, UnitState.REJECTED, UnitState.HELD, UnitState.INCOMPLETE)
_WIDTHS = {"A": 6.0, "B": 9.0, "C": 26.0, "D": 16.0, "E": 34.0, "F": 90.0, "G": 34.0}
_COLUMNS = ("number", "code", "unit", "state", "file", "reason", "contact")
_STYLES = ("table.number", "table.code", "table.text", "table.text", "table.text", "table.text", "table.text")


@dataclass(frozen=True, slots=True)
class Reminder:
    """One line: a unit (or a file of no known unit), what is the matter, whom to call."""

    code: str
    unit: str
    state: str
    file: str
    reason: str
    contact: str


def reminders_of(merged: Consolidation) -> tuple[Reminder, ...]:
    """Every unit that still owes something, state by state in the order of the list; then files of nobody."""
    lines = [_line(merged, unit) for state in _OWING for unit in merged.units if unit.state is state]
    told = {s.file for unit in merged.units for s in unit.unusable}
    told |= {unit.submission.file for unit in merged.units if unit.submission and unit.state in _OWING}
    waiting = (Verdict.REJECTED, Verdict.HELD)
    lines += [_of_file(s) for s in merged.ledger if s.verdict in waiting and s.file not in told]
    return tuple(lines)


def plan_reminders(merged: Consolidation | None, spare_rows: int = 0) -> PlannedSheet:
    """The list as a sheet; without a consolidation the empty sheet, `spare_rows` ready for lines."""
    lines = reminders_of(merged) if merged else ()
    period = merged.period.label if merged else ""
    cells = [
        PlannedCell("A1", "title.left", texts.text("remind_title")),
        PlannedCell("A2", "plain bold", period or None),
        PlannedCell("A3", "plain small grey", texts.text("remind_hint")),
    ]
    header = FIRST_REMINDER_ROW - 1
    for number, column in enumerate(_COLUMNS):
        title = texts.text(f"remind_column_{column}")
        cells.append(PlannedCell(f"{chr(65 + number)}{header}", "table.header", title))
    rows = [(n, r.code, r.unit, r.state, r.file, r.reason, r.contact) for n, r in enumerate(lines, start=1)]
    blank = (None,) * len(_COLUMNS)
    for row, values in enumerate([*rows, *[blank] * spare_rows], start=FIRST_REMINDER_ROW):
        cells += (
            PlannedCell(f"{chr(65 + n)}{row}", style, value or None)
            for n, (value, style) in enumerate(zip(values, _STYLES, strict=True))
        )
    return PlannedSheet(
        name=REMINDERS,
        code_name="DonDoc",
        cells=tuple(cells),
        column_widths=_WIDTHS,
        row_heights={1: 26.0, header: 24.0},
        page=Page(landscape=True, repeat_rows=(header, header), margins=(12, 12, 16, 15)),
        protected=False,
        freeze=f"A{FIRST_REMINDER_ROW}",
        tab_color="#B45309",
    )


def reminder_text(merged: Consolidation) -> str:
    """The list as a message, ready to send."""
    return "\n".join(_text_lines(merged)) + "\n"


def _text_lines(merged: Consolidation) -> Iterator[str]:
    lines = reminders_of(merged)
    if not lines:
        yield texts.text("remind_nobody", period=merged.period.label)
        return
    yield texts.text("remind_opening", period=merged.period.label, title=merged.regime.title)
    for state in dict.fromkeys(line.state for line in lines):
        same = [line for line in lines if line.state == state]
        yield ""
        yield texts.text("remind_group", state=state, count=len(same))
        for number, line in enumerate(same, start=1):
            named = f"{line.unit} ({line.code})" if line.code else line.file
            yield f"{number}. {named}" + (f": {line.reason}" if line.reason else "")
    yield ""
    yield texts.text("remind_closing")


def _line(merged: Consolidation, unit: UnitFigures) -> Reminder:
    code, name, state = unit.unit.code, unit.unit.full_name, STATE_WORDS[unit.state]
    submission = unit.submission
    if submission is None:
        files = "; ".join(s.file for s in unit.unusable)
        told = " ".join(_reasons(s) for s in unit.unusable) or texts.text("remind_no_file")
        return Reminder(code, name, state, files, told, "")
    contact = "; ".join(dict.fromkeys(submission.contacts.values()))
    reasons = [_reasons(submission)]
    if unit.missing_rows and unit.state is not UnitState.EMPTY:
        rows = rows_named(merged.regime, unit.missing_rows)
        reasons.append(texts.text("remind_missing_rows", rows=rows))
    return Reminder(code, name, state, submission.file, " ".join(filter(None, reasons)), contact)


def _of_file(submission: Submission) -> Reminder:
    """A file that waits for an answer although its unit has another one, or nobody knows whose it is."""
    unit = submission.unit
    code, name = (unit.code, unit.full_name) if unit else ("", texts.text("remind_unit_unknown"))
    state = texts.text(f"remind_{submission.verdict.value}")
    return Reminder(code, name, state, submission.file, _reasons(submission), "")


def _reasons(submission: Submission) -> str:
    errors = [f for f in submission.findings if f.severity is Severity.ERROR]
    told = " ".join(f"{f.message.rstrip('.')}. {f.fix}" for f in errors[:_REASONS])
    rest = len(errors) - _REASONS
    return f"{told} {texts.text('summary_more_reasons', count=rest)}" if rest > 0 else told
