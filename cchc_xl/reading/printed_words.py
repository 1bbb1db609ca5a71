"""The words around the figures, as everybody sees them: unit of measure, label, title, unit and period.

They are part of the reading: where they differ from the template, what was typed beside them means something
else than what would be counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cchc_xl import texts
from cchc_xl.excel.read.stored_workbook import StoredWorkbook
from cchc_xl.figures.identity import NAME_DIFFERS, PERIOD_DIFFERS, UNIT_DIFFERS
from cchc_xl.model import Finding, RawCell, Regime, Severity
from cchc_xl.model.addresses import SheetCell, row_of
from cchc_xl.model.contents import Subject
from cchc_xl.model.layout import (
    BANNER,
    HEADING,
    LABEL,
    MAIN,
    MAIN_PERIOD,
    MAIN_UNIT,
    NUMBER,
    TITLE,
    UNIT_OF_MEASURE,
    FormLayout,
)
from cchc_xl.model.names import as_compared, as_spelled
from cchc_xl.model.scope import is_named
from cchc_xl.reading.placement import HEADER_ROWS, FigureCell, column_under
from cchc_xl.reading.told import at_figure, at_place

_BETWEEN = "·"  # unit and period in a banner
_LONGEST = 120


def wording_findings(
    subject: Subject, named: SheetCell, places: Mapping[str, FigureCell], stored: StoredWorkbook
) -> list[Finding]:
    """Words that are not the template's, each with its cell and both readings.

    `named`: the cell of the hidden sheet that names the unit beside its code.
    """
    findings: list[Finding] = []
    sheets: set[str] = set()
    for form in subject.layout.forms.values():
        codes = [i.code for i in form.form.figures]
        own = list(dict.fromkeys(places[code].sheet for code in codes))
        for sheet in own:
            findings += _title_findings(form, sheet, stored.cells(sheet))
        findings += _row_findings(subject.regime, form, places, stored)
        sheets.update(own)
    return [*findings, *_name_findings(subject, named, stored), *_whose(subject, sorted(sheets), stored)]


def _row_findings(
    regime: Regime, form: FormLayout, places: Mapping[str, FigureCell], stored: StoredWorkbook
) -> list[Finding]:
    """Unit of measure, number and label of every row."""
    findings: list[Finding] = []
    columns: dict[str, str] = {}
    for indicator in form.form.figures:
        place = places[indicator.code]
        cells = stored.cells(place.sheet)
        column = columns.get(place.sheet)
        if column is None:
            column = column_under(texts.text("wb_column_unit"), cells, UNIT_OF_MEASURE) or UNIT_OF_MEASURE
            columns[place.sheet] = column
        cell = place.beside(column)
        if not _is_printed(cells.get(cell), indicator.unit_of_measure):
            words = {"seen": _short(_seen(cells, cell)), "expected": indicator.unit_of_measure}
            findings.append(
                at_figure(
                    "unit_of_measure_differs", Severity.ERROR, regime, indicator.code, place, cell, **words
                )
            )
        if not place.labelled:
            findings.append(_label_finding(regime, indicator.code, place, cells))
    return findings


def _label_finding(regime: Regime, code: str, place: FigureCell, cells: Mapping[str, RawCell]) -> Finding:
    indicator = regime.indicators[code]
    number, label = (_seen(cells, place.beside(column)) for column in (NUMBER, LABEL))
    cell = place.beside(LABEL if as_compared(label) != as_compared(indicator.label) else NUMBER)
    words = {
        "seen": _short(f"{number} {label}".strip()),
        "expected": f"{indicator.number} {indicator.label}".strip(),
    }
    return at_figure("label_differs", Severity.ERROR, regime, code, place, cell, **words)


def _title_findings(form: FormLayout, sheet: str, cells: Mapping[str, RawCell]) -> list[Finding]:
    findings = []
    for address, expected in ((HEADING, form.form.heading), (TITLE, form.form.title)):
        if not _stands(expected, address, cells):
            words = {"seen": _short(_seen(cells, address)), "expected": expected}
            findings.append(
                at_place(
                    "form_title_differs", Severity.ERROR, sheet, address, of_form=form.form.code, **words
                )
            )
    return findings


# --- whose, of when --------------------------------------------------------------------------------------


def _whose(subject: Subject, forms: Iterable[str], stored: StoredWorkbook) -> list[Finding]:
    """Unit and period as Trang chính and the line over every form show them."""
    findings: list[Finding] = []
    unit, period = subject.unit.full_name, subject.period.label
    main = stored.sheet(MAIN)
    if main is not None:
        cells = stored.cells(main.name)
        for code, address, expected in (
            (UNIT_DIFFERS, MAIN_UNIT, unit),
            (PERIOD_DIFFERS, MAIN_PERIOD, period),
        ):
            if not _stands(expected, address, cells):
                findings.append(_contradicted(code, main.name, address, _seen(cells, address), expected))
    for sheet in forms:
        cells = stored.cells(sheet)
        if not _stands(subject.banner, BANNER, cells) and (seen := _seen(cells, BANNER)):
            code, expected = _contradiction(seen, subject)
            findings.append(_contradicted(code, sheet, BANNER, seen, expected))
    return findings


def _name_findings(subject: Subject, named: SheetCell, stored: StoredWorkbook) -> list[Finding]:
    """The name beside the code, where it is not the one of that code."""
    sheet, address = named
    seen = _seen(stored.cells(sheet), address) if stored.sheet(sheet) is not None else ""
    if is_named(subject.unit, seen):
        return []
    words = {"seen": _short(seen), "expected": subject.unit.full_name, "code": subject.unit.code}
    return [at_place(NAME_DIFFERS, Severity.ERROR, sheet, address, **words)]


def _contradiction(seen: str, subject: Subject) -> tuple[str, str]:
    """What a line over a form contradicts: the period only where it names the unit."""
    parts = {as_spelled(part) for part in seen.split(_BETWEEN)}
    own = as_spelled(subject.unit.full_name)
    if own in parts and as_spelled(subject.period.label) not in parts:
        return PERIOD_DIFFERS, subject.period.label
    return UNIT_DIFFERS, subject.banner


def _contradicted(code: str, sheet: str, address: str, seen: str, expected: str) -> Finding:
    return at_place(code, Severity.ERROR, sheet, address, seen=_short(seen), expected=expected)


def _stands(expected: str, usual: str, cells: Mapping[str, RawCell]) -> bool:
    """Whether the words stand in their cell, or in another of the rows over the table."""
    wanted = as_spelled(expected)
    if as_spelled(_seen(cells, usual)) == wanted:
        return True
    first = usual[0]
    upper = (a for a in cells if a[0] == first and row_of(a) <= HEADER_ROWS)
    return any(as_spelled(cells[address].text) == wanted for address in upper)


def _is_printed(cell: RawCell | None, expected: str) -> bool:
    seen = cell.text if cell is not None else ""
    return seen == expected or as_compared(seen) == as_compared(expected)


def _seen(cells: Mapping[str, RawCell], address: str) -> str:
    cell = cells.get(address)
    return " ".join(cell.text.split()) if cell is not None else ""


def _short(text: str) -> str:
    shown = text or texts.text("blank_word")
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"
