"""Sheet "Lỗi và cảnh báo": every finding with what to do and what the commune said about it."""

from __future__ import annotations

from collections.abc import Iterator

from cchc_xl.figures.totals.consolidated import Consolidation
from cchc_xl.model import Finding, Severity, Submission
from cchc_xl.model.planned import PlannedCell, PlannedSheet
from cchc_xl.texts import text
from cchc_xl.workbooks.summary.common_notices import CommonNotice, split_common
from cchc_xl.workbooks.summary.grid import UNIT_NAME, Grid
from cchc_xl.workbooks.summary.inputs import SummaryInputs
from cchc_xl.workbooks.summary.table import LINK_LIMIT, row_cells, wrapped_height
from cchc_xl.workbooks.summary.wording import BY_UNIT, FINDINGS, page, plain, state

COLUMNS = tuple("ABCDEFGHI")
_HEADS = (
    ("summary_severity", 11.0),
    ("summary_unit", 21.0),
    ("summary_file", 26.0),
    ("summary_place", 14.0),
    ("summary_fault", 52.0),
    ("summary_fix", 42.0),
    ("summary_explanation", 30.0),
    ("summary_unit_note", 24.0),
    ("summary_rule", 22.0),
)
_HEADER_ROW = 5
_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTICE: 2}
_WORDS = {
    Severity.ERROR: "summary_error",
    Severity.WARNING: "summary_warning",
    Severity.NOTICE: "summary_notice",
}
_TONES = {
    Severity.ERROR: "table.text bold bad",
    Severity.WARNING: "table.text warn",
    Severity.NOTICE: "table.text grey",
}


def plan_sheet(inputs: SummaryInputs) -> PlannedSheet:
    """Errors first, then by unit in the order of the list; notices that many units share last, told once."""
    grid = inputs.grid
    consolidation = grid.consolidation
    told = _sorted(consolidation)
    found, common = split_common(consolidation.regime, told)
    cells = [*_heading(consolidation, told)]
    cells += row_cells(_HEADER_ROW, COLUMNS, (text(code) for code, _ in _HEADS), "table.header")
    heights: dict[int, float] = {1: 26.0, _HEADER_ROW: 24.0}
    notes = _notes(consolidation)
    for row, (submission, finding) in enumerate(found, start=_HEADER_ROW + 1):
        line, heights[row] = _line(grid, row, submission, finding, notes)
        cells += line
    for row, notice in enumerate(common, start=_HEADER_ROW + 1 + len(found)):
        line, heights[row] = _common_line(row, notice)
        cells += line
    last = _HEADER_ROW + max(len(found) + len(common), 1)
    if not told:
        cells.append(PlannedCell(f"A{last}", "plain", text("summary_no_findings")))
    return PlannedSheet(
        name=FINDINGS,
        code_name="SummaryFindings",
        cells=tuple(cells),
        column_widths={c: w for c, (_, w) in zip(COLUMNS, _HEADS, strict=True)},
        row_heights=heights,
        page=page(consolidation, area=f"A1:I{last}", paper=8, repeat_rows=(_HEADER_ROW, _HEADER_ROW)),
        protected=False,
        freeze=f"C{_HEADER_ROW + 1}",
        autofilter=f"A{_HEADER_ROW}:I{last}",
    )


def _heading(consolidation: Consolidation, found: list[tuple[Submission, Finding]]) -> Iterator[PlannedCell]:
    counts = {severity: sum(f.severity is severity for _, f in found) for severity in Severity}
    yield PlannedCell("A1", "title.left", text("summary_findings_title"))
    yield PlannedCell("A2", "plain bold", f"{consolidation.period.label} – {state(consolidation)}")
    line = text(
        "summary_findings_counts",
        errors=counts[Severity.ERROR],
        warnings=counts[Severity.WARNING],
        notices=counts[Severity.NOTICE],
    )
    yield PlannedCell("A3", "plain small grey", line)


def told_of(submission: Submission) -> tuple[Finding, ...]:
    """What is worth telling of a file: of a superseded one only that it is superseded."""
    replaced = tuple(f for f in submission.findings if f.rule == "superseded")
    return replaced or submission.findings


def _sorted(consolidation: Consolidation) -> list[tuple[Submission, Finding]]:
    order = {u.unit.code: n for n, u in enumerate(consolidation.units)}
    beyond = len(order)
    keyed = [
        (
            _WEIGHT[finding.severity],
            order.get(submission.unit.code, beyond) if submission.unit else beyond,
            submission.file,
            position,
            submission,
            finding,
        )
        for submission in consolidation.ledger
        for position, finding in enumerate(told_of(submission))
    ]
    return [(entry[4], entry[5]) for entry in sorted(keyed, key=lambda entry: entry[:4])]


def _notes(consolidation: Consolidation) -> dict[tuple[str, str], str]:
    return {
        (submission.file, o.indicator): plain(o.note, 200)
        for submission in consolidation.ledger
        if submission.findings
        for o in submission.observations
        if o.note
    }


def _common_line(row: int, notice: CommonNotice) -> tuple[list[PlannedCell], float]:
    """A notice many units share: the units by name, no file and no explanation of one commune."""
    finding = notice.finding
    place = f"{finding.sheet or ''} {finding.cell or ''}".strip()
    told = ("", place, notice.message, plain(finding.fix, 400), "", "", finding.rule)
    return _cells(row, finding.severity, told, notice.owner, None)


def _line(
    grid: Grid, row: int, submission: Submission, finding: Finding, notes: dict[tuple[str, str], str]
) -> tuple[list[PlannedCell], float]:
    unit = submission.unit
    owner = unit.full_name if unit else text("summary_unit_unknown")
    place = f"{finding.sheet or ''} {finding.cell or ''}".strip()
    told = (
        plain(submission.file, 120),
        plain(place, 60),
        plain(finding.message),
        plain(finding.fix, 400),
        plain(submission.explanations.get(finding.rule, ""), 400),
        notes.get((submission.file, finding.indicator or ""), ""),
        finding.rule,
    )
    at = grid.rows.get(unit.code) if unit and row <= LINK_LIMIT else None
    link = f"internal:'{BY_UNIT}'!{UNIT_NAME}{at}" if at else None
    return _cells(row, finding.severity, told, owner, link)


def _cells(
    row: int, severity: Severity, told: tuple[str, ...], owner: str, link: str | None
) -> tuple[list[PlannedCell], float]:
    cells = row_cells(
        row,
        (COLUMNS[0], *COLUMNS[2:]),
        (text(_WORDS[severity]), *told),
        (
            _TONES[severity],
            "table.text small",
            *("table.text",) * 3,
            *("table.text small",) * 2,
            "table.text small grey",
        ),
    )
    cells.append(PlannedCell(f"B{row}", "table.link wrap" if link else "table.text", owner, link=link))
    height = wrapped_height(zip(told, (width for _, width in _HEADS[2:]), strict=True), line=14.5, least=20.0)
    return cells, height
