"""Sheet "Nguồn": from any city figure back to file, sheet and cell."""

from __future__ import annotations

from collections.abc import Iterator

from cchc_xl.model import Submission
from cchc_xl.model.layout import layout_of
from cchc_xl.model.planned import Merge, PlannedCell, PlannedSheet, reference
from cchc_xl.texts import text
from cchc_xl.workbooks.summary.grid import UNIT_NAME, Grid
from cchc_xl.workbooks.summary.inputs import SummaryInputs
from cchc_xl.workbooks.summary.table import LINK_LIMIT, row_cells
from cchc_xl.workbooks.summary.totals import totals_layout
from cchc_xl.workbooks.summary.wording import (
    BY_UNIT,
    SOURCES,
    TOTALS,
    VERDICT_WORDS,
    moment,
    page,
    plain,
    row_name,
    state,
)

COLUMNS = tuple("ABCDEFGH")
_WIDTHS = (6.0, 24.0, 40.0, 12.0, 8.0, 22.0, 66.0, 22.0)
_FILES_HEADER = 6
_FILE_HEADS = (
    "summary_order",
    "summary_unit",
    "summary_file",
    "summary_verdict",
    "summary_number",
    "summary_modified",
    "summary_sha256",
    "summary_regime",
)
_INDICATOR_HEADS = (
    "summary_order",
    "summary_city_cell",
    "summary_indicator",
    "summary_data_column",
    "summary_cell",
    "summary_sheet",
    "summary_formula",
    "summary_code",
)


def verdict_range(grid: Grid) -> str:
    """Reference to the verdicts of all files, one a row."""
    first = _FILES_HEADER + 1
    last = first + max(len(grid.consolidation.ledger), 1) - 1
    return reference(SOURCES, f"D{first}:D{last}")


def plan_sheet(inputs: SummaryInputs) -> PlannedSheet:
    """One row a file, one row an indicator, and the figures read from another cell than usual."""
    grid = inputs.grid
    totals = totals_layout(grid)
    consolidation = grid.consolidation
    cells = [
        PlannedCell("A1", "title.left", text("summary_sources_title")),
        PlannedCell("A2", "plain bold", f"{consolidation.period.label} – {state(consolidation)}"),
        PlannedCell("A3", "plain small grey", text("summary_sources_how")),
        PlannedCell(
            f"A{_FILES_HEADER - 1}",
            "table.group",
            text("summary_sources_files", count=len(consolidation.ledger)),
        ),
        *row_cells(_FILES_HEADER, COLUMNS, map(text, _FILE_HEADS), "table.header"),
    ]
    row = _FILES_HEADER
    for order, submission in enumerate(consolidation.ledger, start=1):
        row += 1
        cells += _file_row(grid, row, order, submission)
    row = max(row, _FILES_HEADER + 1) + 2
    headings = [_FILES_HEADER - 1, row]
    cells.append(PlannedCell(f"A{row}", "table.group", text("summary_sources_indicators")))
    row += 1
    cells += row_cells(row, COLUMNS, map(text, _INDICATOR_HEADS), "table.header")
    for order, indicator in enumerate(grid.indicators, start=1):
        row += 1
        sheet, address = layout_of(consolidation.regime).place(indicator.code)
        figure = totals.figure(indicator.code) or ""
        told = (
            order,
            None,
            row_name(indicator),
            grid.columns[indicator.code],
            address,
            sheet,
            f"= {indicator.formula}" if indicator.formula else text("summary_typed"),
            indicator.code,
        )
        line = row_cells(row, COLUMNS, told, _INDICATOR_STYLES)
        target = f"internal:'{TOTALS}'!{figure}"
        cells += [line[0], PlannedCell(f"B{row}", "table.link", f"{TOTALS}!{figure}", link=target), *line[2:]]
    row += 2
    headings.append(row)
    exceptions = list(_exceptions(grid))
    cells.append(
        PlannedCell(f"A{row}", "table.group", text("summary_sources_exceptions", count=len(exceptions)))
    )
    for told_exception in exceptions:
        row += 1
        cells += row_cells(
            row, ("A", "B", "C", "D", "E", "F"), told_exception, ("table.number", *("table.text",) * 5)
        )
    return PlannedSheet(
        name=SOURCES,
        code_name="SummarySources",
        cells=tuple(cells),
        column_widths=dict(zip(COLUMNS, _WIDTHS, strict=True)),
        row_heights={1: 26.0, _FILES_HEADER: 24.0},
        merges=tuple(Merge(f"A{heading}:H{heading}", "table.group") for heading in headings),
        page=page(consolidation, area=f"A1:H{row}", paper=8, repeat_rows=(1, 2)),
        protected=False,
        freeze="A5",
    )


_FILE_STYLES = (
    "table.number",
    "table.text nowrap",
    "table.text small nowrap",
    "table.text",
    "table.number",
    "table.code",
    "table.code small",
    "table.text small",
)
_INDICATOR_STYLES = (
    "table.number",
    "table.link",
    "table.text small nowrap",
    "table.number",
    "table.number",
    "table.text",
    "table.text small nowrap",
    "table.code small",
)


def _file_row(grid: Grid, row: int, order: int, submission: Submission) -> list[PlannedCell]:
    unit = submission.unit
    owner = unit.full_name if unit else text("summary_unit_unknown")
    told = (
        order,
        owner,
        plain(submission.file, 120),
        VERDICT_WORDS[submission.verdict],
        submission.number,
        moment(submission.modified),
        submission.sha256 or text("summary_unknown"),
        plain(f"{submission.regime or ''} {submission.period or ''}", 60),
    )
    cells = row_cells(row, COLUMNS, told, _FILE_STYLES)
    at = grid.rows.get(unit.code) if unit and row <= LINK_LIMIT else None
    if at:
        cells[1] = PlannedCell(f"B{row}", "table.link", owner, link=f"internal:'{BY_UNIT}'!{UNIT_NAME}{at}")
    return cells


def _exceptions(grid: Grid) -> Iterator[tuple[int, str, str, str, str, str]]:
    layout = layout_of(grid.consolidation.regime)
    order = 0
    for unit in grid.consolidation.units:
        for o in unit.submission.observations if unit.submission else ():
            if o.indicator in grid.columns and (o.sheet, o.cell) != layout.place(o.indicator):
                order += 1
                name = row_name(grid.consolidation.regime.indicators[o.indicator])
                file = unit.submission.file if unit.submission else ""
                yield (
                    order,
                    unit.unit.full_name,
                    name,
                    plain(o.sheet, 60),
                    plain(o.cell, 12) or text("not_in_template"),
                    plain(file, 120),
                )
