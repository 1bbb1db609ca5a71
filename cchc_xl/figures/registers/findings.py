"""What a register's rows give rise to: findings of rows, of the list as a whole, of its counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cchc_xl import texts
from cchc_xl.figures.numbers import format_vi
from cchc_xl.figures.registers.computed_columns import Row, RowContext
from cchc_xl.figures.registers.document_series import series_remarks
from cchc_xl.figures.registers.row_rules import row_tests, same
from cchc_xl.model import KPS, Finding, Register, Severity, Tally
from cchc_xl.model.layout import RegisterLayout, WorkbookLayout
from cchc_xl.model.terms import Figure

NumberedRow = tuple[int, Row]  # number in column A, from 1


@dataclass(frozen=True, slots=True)
class TallyResult:
    """How many rows a tally counts, what the form says; `agrees` None with nothing to compare."""

    tally: Tally
    count: int
    figure: Figure
    agrees: bool | None
    filled: int = 0  # rows of the register


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


def tally_results(register: Register, rows: Sequence[Row], context: RowContext) -> tuple[TallyResult, ...]:
    """Every tally of the register; rows counted by their answers, or by being there at all."""
    key = counted_column(register)
    filled = [row for row in rows if row.get(key) is not None]
    found = []
    for tally in register.tallies:
        count = sum(all(same(row.get(c), answer) for c, answer in tally.where) for row in filled)
        figure = context.figures.get(tally.indicator) if tally.indicator else None
        compared = Decimal(0) if figure == KPS else figure
        agrees = compared == count if filled and isinstance(compared, Decimal) else None
        found.append(TallyResult(tally, count, figure, agrees, len(filled)))
    return tuple(found)


def counted_column(register: Register) -> str:
    """The column by which a row counts: the first one that must be filled."""
    return next((c.code for c in register.columns if c.required), register.columns[0].code)


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
        for test in row_tests(register.register):
            if not test.fails(row, context):
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
        if code is None or result.agrees is not False:
            continue
        sheet, cell = layout.place(code)
        figure = result.figure if isinstance(result.figure, str) else format_vi(Decimal(result.figure or 0))
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
