"""What a register's rows give rise to: findings of rows, of the list as a whole, of its counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from cchc_xl import texts
from cchc_xl.figures.numbers import format_vi
from cchc_xl.figures.registers.document_series import series_remarks
from cchc_xl.figures.registers.row_cells import RowContext
from cchc_xl.figures.registers.row_rules import cells_of_row, row_tests
from cchc_xl.figures.registers.tallies import tally_results
from cchc_xl.model import Finding, Severity
from cchc_xl.model.layout import RegisterLayout, WorkbookLayout
from cchc_xl.model.registers import RegisterRow

NumberedRow = tuple[int, RegisterRow]  # number in column A, from 1


def register_findings(
    layout: WorkbookLayout,
    register: RegisterLayout,
    rows: Sequence[NumberedRow],
    context: RowContext,
    unit: str,
) -> list[Finding]:
    """Findings of one register's filled rows (results included); none at all for an empty one."""
    if not rows:
        return []
    return [
        *_row_findings(register, rows, context),
        *_series_findings(register, rows, unit),
        *_tally_findings(layout, register, rows, context),
    ]


def row_finding(
    register: RegisterLayout, row: int, column: str, rule: str, severity: Severity, fault: str, fix: str
) -> Finding:
    """A finding about one cell of a row."""
    sheet, cell = register.register.sheet, register.cell(column, row)
    message = texts.text("at_cell", sheet=sheet, cell=cell, fault=fault)
    return Finding(rule, severity, message, fix, sheet=sheet, cell=cell)


def _row_findings(
    register: RegisterLayout, rows: Sequence[NumberedRow], context: RowContext
) -> Iterator[Finding]:
    for number, row in rows:
        cells = cells_of_row(register.register, row, context)
        for test in row_tests(register.register):
            if not test.fails(cells):
                continue
            column, fault = test.column, test.message
            if test.id == "register_missing":
                empty = [c for c in register.register.columns if c.required and row.get(c.code) is None]
                column, labels = empty[0].code, ", ".join(c.label for c in empty)
                fault = texts.text("register_missing", row=number, labels=labels)
            else:
                fault = texts.text("register_row", row=number, fault=fault)
            yield row_finding(register, number, column, test.id, test.severity, fault, test.fix)


def _series_findings(register: RegisterLayout, rows: Sequence[NumberedRow], unit: str) -> Iterator[Finding]:
    series = register.register.series
    for remark in series_remarks(series, rows, unit) if series else ():
        said = texts.text(remark.code, **remark.words)
        fault = texts.text("register_row", row=remark.row, fault=said)
        yield row_finding(
            register,
            remark.row,
            remark.column,
            remark.code,
            Severity.WARNING,
            fault,
            texts.fix(remark.code),
        )


def _tally_findings(
    layout: WorkbookLayout, register: RegisterLayout, rows: Sequence[NumberedRow], context: RowContext
) -> Iterator[Finding]:
    for result in tally_results(register.register, [row for _, row in rows], context):
        code = result.tally.indicator
        if code is None or not result.differs:
            continue
        sheet, cell = layout.place(code)
        figure = result.figure if isinstance(result.figure, str) else format_vi(result.figure)
        count = format_vi(Decimal(result.count))
        fault = result.tally.message.format(figure=figure, count=count)
        yield Finding(
            rule="register_tally",
            severity=Severity.WARNING,
            message=texts.text("at_cell", sheet=sheet, cell=cell, fault=fault),
            fix=texts.fix("register_tally"),
            indicator=code,
            form=layout.regime.form_of[code],
            sheet=sheet,
            cell=cell,
            value=figure,
            expected=count,
        )
