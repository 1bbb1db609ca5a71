"""Sheet "Tình trạng nộp": who has sent what, what became of it, who is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from cchc_xl.figures.completeness import rows_named
from cchc_xl.figures.expressions import Formula
from cchc_xl.figures.expressions.functions import SUM
from cchc_xl.figures.expressions.nodes import area
from cchc_xl.figures.expressions.values import Area
from cchc_xl.figures.totals.consolidated import Consolidation, UnitFigures
from cchc_xl.model import Severity, Submission, Verdict
from cchc_xl.model.earlier import Receipt
from cchc_xl.model.planned import Merge, PlannedCell, PlannedSheet
from cchc_xl.model.terms import UnitState
from cchc_xl.texts import text
from cchc_xl.workbooks.summary.findings import told_of
from cchc_xl.workbooks.summary.inputs import SummaryInputs
from cchc_xl.workbooks.summary.sources import verdict_range
from cchc_xl.workbooks.summary.table import Content, count_of, live, row_cells, wrapped_height
from cchc_xl.workbooks.summary.wording import (
    COVERAGE,
    STATE_WORDS,
    VERDICT_WORDS,
    day,
    names,
    page,
    plain,
    state,
)

COLUMNS = tuple("ABCDEFGHIJKLMNOPQR")
_HEADS = (
    ("summary_order", 5.0),
    ("summary_unit_code", 8.0),
    ("summary_unit", 24.0),
    ("summary_result", 19.0),
    ("summary_file", 34.0),
    ("summary_number", 7.0),
    ("summary_reason", 22.0),
    ("summary_from", 11.5),
    ("summary_to", 11.5),
    ("summary_window", 14.0),
    ("summary_held_forms", 16.0),
    ("summary_missing_rows", 24.0),
    ("summary_received", 11.5),
    ("summary_channel", 14.0),
    ("summary_report", 16.0),
    ("summary_control", 12.0),
    ("summary_errors", 6.0),
    ("summary_warnings", 8.0),
)
_STYLES = (
    "table.number",
    "table.code",
    "table.text",
    "table.text",
    "table.text small",
    "table.number",
    "table.text small",
    "table.date",
    "table.date",
    "table.text small",
    "table.text",
    "table.text small",
    "table.date",
    "table.text",
    "table.text",
    "table.code",
    "table.number",
    "table.number",
)
HEADER_ROW = 22
_LAST = COLUMNS[-1]
FIRST_ROW = HEADER_ROW + 1
RESULT = "D"
_RESULT_STYLES = {
    UnitState.INCOMPLETE: "table.text warn",
    UnitState.HELD: "table.text warn",
    UnitState.EMPTY: "table.text bad",
    UnitState.REJECTED: "table.text bad",
    UnitState.MISSING: "table.text grey",
}
_FIRST_COUNT, _FIRST_FILE_COUNT = 5, 5 + 1 + len(STATE_WORDS)
_MISSING_ROW = HEADER_ROW - 3


def result_range(consolidation: Consolidation) -> str:
    """The result column of the units' table."""
    return f"{RESULT}{FIRST_ROW}:{RESULT}{FIRST_ROW + max(len(consolidation.units), 1) - 1}"


def plan_sheet(inputs: SummaryInputs) -> PlannedSheet:
    """Who sent what and when, then files that stand for no unit."""
    consolidation, received = inputs.consolidation, inputs.received
    cells = [*_heading(consolidation), *_counts(consolidation, verdict_range(inputs.grid))]
    silent = consolidation.in_state(UnitState.MISSING, UnitState.REJECTED, UnitState.EMPTY)
    missing = names(silent, shown=200) or text("summary_nobody")
    cells.append(PlannedCell(f"A{_MISSING_ROW}", "table.group", text("summary_missing_units")))
    cells.append(PlannedCell(f"A{_MISSING_ROW + 1}", "table.text", missing))
    cells += row_cells(HEADER_ROW, COLUMNS, (text(code) for code, _ in _HEADS), "table.header")
    window = consolidation.period.window(consolidation.regime.cutoff_day)
    for position, unit in enumerate(consolidation.units):
        row = FIRST_ROW + position
        contents = _unit(consolidation, unit, window, received)
        styles = list(_STYLES)
        styles[3] = _RESULT_STYLES.get(unit.state, "table.text")
        if contents[8]:
            styles[9] = "table.text small warn"
        for n in (12, 13, 14):
            if contents[n - 1] == text("summary_unknown"):
                styles[n] = "table.text grey"
        cells += row_cells(row, COLUMNS, (position + 1, *contents), styles)
    last = FIRST_ROW + max(len(consolidation.units), 1) - 1
    tail, tail_merges, tail_heights, end = _other_files(consolidation, last + 2)
    heights = {1: 26.0, _MISSING_ROW + 1: wrapped_height([(missing, 230)]), HEADER_ROW: 36.0, **tail_heights}
    return PlannedSheet(
        name=COVERAGE,
        code_name="SummaryCoverage",
        cells=(*cells, *tail),
        column_widths={c: w for c, (_, w) in zip(COLUMNS, _HEADS, strict=True)},
        row_heights=heights,
        merges=(
            Merge(f"A{_MISSING_ROW}:{_LAST}{_MISSING_ROW}", "table.group"),
            Merge(f"A{_MISSING_ROW + 1}:{_LAST}{_MISSING_ROW + 1}", "table.text"),
            *(Merge(f"A{row}:C{row}", "table.text") for row in range(_FIRST_COUNT, _MISSING_ROW - 1)),
            *tail_merges,
        ),
        page=page(consolidation, area=f"A1:{_LAST}{end}", paper=8, repeat_rows=(HEADER_ROW, HEADER_ROW)),
        protected=False,
        freeze="D1",
        autofilter=f"A{HEADER_ROW}:{_LAST}{last}",
    )


def _heading(consolidation: Consolidation) -> Iterator[PlannedCell]:
    yield PlannedCell("A1", "title.left", text("summary_coverage_title"))
    yield PlannedCell("A2", "plain bold", f"{consolidation.period.label} – {state(consolidation)}")
    start, end = consolidation.period.window(consolidation.regime.cutoff_day)
    yield PlannedCell("A3", "plain small grey", text("summary_window_asked", start=day(start), end=day(end)))


_FILE_COUNTS = f"D{_FIRST_FILE_COUNT}:D{_FIRST_FILE_COUNT + len(VERDICT_WORDS) - 1}"


def _counts(consolidation: Consolidation, file_verdicts: str) -> Iterator[PlannedCell]:
    results = result_range(consolidation)
    units = [STATE_WORDS[unit.state] for unit in consolidation.units]
    rows: list[tuple[str, Content]] = [(text("summary_units_expected"), len(units))]
    for word in STATE_WORDS.values():
        rows.append((text("summary_units_with", result=word), count_of(word, units, results)))
    files = [VERDICT_WORDS[submission.verdict] for submission in consolidation.ledger]
    counts = [count_of(word, files, file_verdicts) for word in VERDICT_WORDS.values()]
    for word, count in zip(VERDICT_WORDS.values(), counts, strict=True):
        rows.append((text("summary_files_with", result=word.lower()), count))
    total = live(Formula(SUM(area(_FILE_COUNTS))), {_FILE_COUNTS: Area(count.value for count in counts)})
    rows.append((text("summary_files_total"), total))
    for row, (label, content) in enumerate(rows, start=_FIRST_COUNT):
        yield PlannedCell(f"A{row}", "table.text", label)
        yield from row_cells(row, ("D",), (content,), "table.count bold")


def _unit(
    consolidation: Consolidation,
    unit: UnitFigures,
    window: tuple[date, date],
    received: Mapping[str, Receipt] | None,
) -> tuple[Content, ...]:
    receipt = (received or {}).get(unit.unit.code)
    unknown = text("summary_unknown")
    arrived: tuple[Content, ...] = (
        (receipt.date if receipt else None) or unknown,
        plain(receipt.channel, 60) if receipt and receipt.channel else unknown,
        plain(receipt.report_number, 60) if receipt and receipt.report_number else unknown,
    )
    start = (unit.unit.code, unit.unit.full_name, STATE_WORDS[unit.state])
    submission = unit.submission
    if submission is None:
        faulty = "; ".join(plain(s.file, 80) for s in unit.unusable)
        told = text("summary_unusable_files", files=faulty) if faulty else None
        arrived = arrived if receipt else (None, None, None)
        return (*start, told, None, None, None, None, "", None, None, *arrived, None, None, None)
    first, last = submission.window
    headings = {form.code: form.number for form in consolidation.regime.printed_forms}
    held = ", ".join(headings.get(c, c) for c, v in unit.forms.items() if v is Verdict.HELD)
    return (
        *start,
        plain(" + ".join((submission.file, *unit.supplements)), 200),
        submission.number,
        plain(submission.reason, 200),
        first,
        last,
        _window_remark(first, last, window),
        text("summary_forms_held", forms=held) if held else None,
        _missing_rows(consolidation, unit),
        *arrived,
        plain(submission.control_code, 20),
        _count(submission, Severity.ERROR),
        _count(submission, Severity.WARNING),
    )


def _missing_rows(consolidation: Consolidation, unit: UnitFigures) -> str | None:
    if unit.state is UnitState.EMPTY:
        return None  # all of them
    told = [rows_named(consolidation.regime, unit.missing_rows)]
    if unit.accepted_blanks:
        rows = rows_named(consolidation.regime, unit.accepted_blanks)
        told.append(text("accepted_blank_rows", rows=rows))
    return "; ".join(filter(None, told)) or None


def _window_remark(first: date | None, last: date | None, window: tuple[date, date]) -> str:
    if first is None or last is None:
        return text("summary_window_missing")
    return "" if (first, last) == window else text("summary_window_off")


def _count(submission: Submission, severity: Severity) -> int | None:
    return sum(f.severity is severity for f in submission.findings) or None


def _other_files(
    consolidation: Consolidation, row: int
) -> tuple[list[PlannedCell], list[Merge], dict[int, float], int]:
    """Held and rejected files with their reasons, then what was skipped."""
    cells: list[PlannedCell] = []
    merges: list[Merge] = []
    heights: dict[int, float] = {}
    groups = (
        ("summary_held_rejected", (Verdict.REJECTED, Verdict.HELD)),
        ("summary_skipped", (Verdict.SKIPPED,)),
    )
    for heading, verdicts in groups:
        found = [s for verdict in verdicts for s in consolidation.ledger if s.verdict is verdict]
        cells.append(PlannedCell(f"A{row}", "table.group", text(heading, count=len(found))))
        merges.append(Merge(f"A{row}:{_LAST}{row}", "table.group"))
        for order, submission in enumerate(found, start=1):
            row += 1
            why = _reason(submission)
            cells += row_cells(
                row,
                ("A", "B", "D", "E", "F"),
                (
                    order,
                    _owner(submission),
                    VERDICT_WORDS[submission.verdict],
                    plain(submission.file, 120),
                    why,
                ),
                ("table.number", "table.text", "table.text", "table.text small", "table.text small"),
            )
            merges += [
                Merge(f"B{row}:C{row}", "table.text"),
                Merge(f"F{row}:{_LAST}{row}", "table.text small"),
            ]
            heights[row] = wrapped_height([(why, 165), (plain(submission.file, 120), 36)])
        row += 2
    return cells, merges, heights, row - 2


def _owner(submission: Submission) -> str:
    return submission.unit.full_name if submission.unit else text("summary_unit_unknown")


def _reason(submission: Submission) -> str:
    weight = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)
    ordered = sorted(told_of(submission), key=lambda f: weight.index(f.severity))
    if ordered and ordered[0].severity is Severity.ERROR:
        ordered = [f for f in ordered if f.severity is Severity.ERROR]
    told = " ".join(plain(f"{f.message.rstrip('.')}. {f.fix}", 240) for f in ordered[:3])
    rest = len(ordered) - 3
    return f"{told} {text('summary_more_reasons', count=rest)}" if rest > 0 else told
