"""Phiếu kiểm số liệu: which submission this is, who prepared and approved it, codes of its figures."""

from __future__ import annotations

from cchc_xl import texts
from cchc_xl.figures import control_code
from cchc_xl.figures.expressions import Formula
from cchc_xl.figures.expressions.nodes import phrase
from cchc_xl.figures.live.values import LiveValues
from cchc_xl.figures.live.vietnamese_text import day_in_words, report_number
from cchc_xl.model.contents import Contents, Subject
from cchc_xl.model.layout import (
    APPROVER,
    DATA_FROM,
    DATA_TO,
    MAIN,
    PREPARER,
    REFERENCE_DAY,
    REPORT_DATE,
    REPORT_NUMBER,
    SLIP,
    SUBMISSION_NUMBER,
    SUBMISSION_REASON,
)
from cchc_xl.model.planned import CellValue, Merge, PlannedCell, PlannedSheet, reference
from cchc_xl.workbooks.commune.cells import as_typed, home_link, merged, page, shows, words
from cchc_xl.workbooks.commune.declared_inputs import declared, declared_content

_WIDTHS = {"A": 14.0, "B": 30.0, "C": 25.0, "D": 15.0, "E": 0.5, "F": 2.0, "G": 24.0}
_DECLARED = (DATA_FROM, DATA_TO, SUBMISSION_NUMBER, SUBMISSION_REASON)
_FIRST_FACT, _FIRST_FORM = 6, 15
_REASON_ROW = _FIRST_FORM - 3


def plan_slip(subject: Subject, contents: Contents, now: LiveValues) -> PlannedSheet:
    """The slip that goes with the signed report."""
    facts, fact_merges = _facts(subject, contents)
    table, after = _table(subject, contents, now)
    signature, signature_merges = _signature(subject, contents, after + 2)
    head = [
        words("A1", "banner.good", subject.banner),
        words("A2", "legal.title", texts.text("wb_slip_title")),
        words("A3", "legal.bold", subject.regime.title),
        words("A4", "legal.center italic", texts.text("wb_basis_short", basis=subject.basis)),
    ]
    hint = words(f"A{after + 1}", "legal.text italic small", texts.text("wb_slip_hint"))
    heights = {1: 27.0, 2: 30.0, 3: 22.0, 4: 36.0, 5: 10.0, _FIRST_FORM - 2: 10.0, _FIRST_FORM - 1: 36.0}
    heights.update(dict.fromkeys(range(_FIRST_FACT, _FIRST_FORM - 2), 22.0))
    heights[_FIRST_FACT + 2] = 38.0  # number and day of the report: two lines
    heights[_REASON_ROW] = 86.0  # five lines: as much as may be typed
    heights.update(dict.fromkeys(range(_FIRST_FORM, after + 1), 24.0))
    heights.update({after: 30.0, after + 1: 46.0, after + 6: 48.0})
    return PlannedSheet(
        name=SLIP,
        code_name="PhieuGui",
        cells=(*head, home_link("G1"), *facts, *table, hint, *signature),
        column_widths=_WIDTHS,
        row_heights=heights,
        merges=(
            *(merged(cell, f"D{cell.address[1:]}")[1] for cell in (*head, hint)),
            *fact_merges,
            *signature_merges,
        ),
        page=page(subject, f"A2:D{after + 7}"),
        tab_color="#7C2D12",
    )


def _facts(subject: Subject, contents: Contents) -> tuple[list[PlannedCell], list[Merge]]:
    values = declared(subject, contents)
    cells: list[PlannedCell] = []
    unit = f"{subject.unit.full_name} ({subject.unit.code})"
    for row, (label, text) in enumerate(
        (("unit", unit), ("period", subject.period.label)), start=_FIRST_FACT
    ):
        cells += [words(f"A{row}", "legal.cell", texts.text(f"wb_slip_{label}"))]
        cells.append(words(f"C{row}", "legal.cell bold", text))
    cells.append(words(f"A{_FIRST_FACT + 2}", "legal.cell", texts.text("wb_slip_report")))
    said = {name: declared_content(value) for name, value in values.items()}
    cells.append(shows(f"C{_FIRST_FACT + 2}", "legal.cell bold", _report(subject.period.year), said))
    for row, name in enumerate(_DECLARED, start=_FIRST_FACT + 3):
        cells.append(words(f"A{row}", "legal.cell", texts.text(f"wb_slip_{name}")))
        style = "legal.cell bold left date" if name in (DATA_FROM, DATA_TO) else "legal.cell bold left"
        cells.append(shows(f"C{row}", style, as_typed(name), {name: declared_content(values[name])}))
    rows = range(_FIRST_FACT, _REASON_ROW + 1)
    merges = [Merge(f"A{row}:B{row}", "legal.cell") for row in rows]
    styles = {cell.address: cell.style for cell in cells}
    return cells, merges + [Merge(f"C{row}:D{row}", styles[f"C{row}"]) for row in rows]


def _report(year: int) -> Formula:
    """Number and day of the report."""
    number, day = report_number(REPORT_NUMBER), day_in_words(REPORT_DATE, year)
    return Formula(phrase(texts.text("wb_slip_report_said"), number=number, day=day))


def _table(subject: Subject, contents: Contents, now: LiveValues) -> tuple[list[PlannedCell], int]:
    titles = ("wb_column_form", "wb_column_person", "wb_column_telephone", "wb_column_code")
    cells = [
        words(f"{column}{_FIRST_FORM - 1}", "legal.header", texts.text(title))
        for column, title in zip("ABCD", titles, strict=True)
    ]
    places_of_codes: dict[str, str] = {}
    codes: dict[str, CellValue] = {}
    row = _FIRST_FORM
    for form in subject.regime.printed_forms:
        person, telephone = contents.contacts.get(form.code, ("", ""))
        places = [reference(MAIN, place) for place in subject.layout.contact(form.code)]
        cells.append(words(f"A{row}", "legal.cell", form.sheet))
        for column, place, value in zip("BC", places, (person, telephone), strict=True):
            cells.append(shows(f"{column}{row}", "legal.cell", as_typed(place), {place: value or None}))
        code = shows(f"D{row}", "legal.code", control_code.form_formula(form), now.figures)
        cells.append(code)
        key = control_code.form_key(form.code)
        places_of_codes[key], codes[key] = code.address, code.value
        row += 1
    cells.append(words(f"A{row}", "legal.cell bold", texts.text("wb_code_total")))
    cells += [words(f"{column}{row}", "legal.cell", None) for column in "BC"]
    total = control_code.total_formula(subject.regime)
    cells.append(shows(f"D{row}", "legal.code bold large", total, codes, places_of_codes))
    return cells, row


def _signature(subject: Subject, contents: Contents, row: int) -> tuple[list[PlannedCell], list[Merge]]:
    values = declared(subject, contents)
    said = {name: declared_content(values[name]) for name in (REFERENCE_DAY, APPROVER, PREPARER)}
    day = Formula(day_in_words(REFERENCE_DAY, subject.period.year))
    cells = [
        shows(f"C{row + 1}", "legal.center italic", day, said),
        words(f"A{row + 2}", "legal.bold", texts.text("wb_signature_prepared")),
        words(f"C{row + 2}", "legal.bold", texts.text("wb_signature_approved")),
        words(f"A{row + 3}", "legal.center italic", texts.text("wb_signature_hint")),
        words(f"C{row + 3}", "legal.center italic", texts.text("wb_signature_hint")),
        shows(f"A{row + 5}", "legal.bold", as_typed(PREPARER), said),
        shows(f"C{row + 5}", "legal.bold", as_typed(APPROVER), said),
    ]
    styles = {cell.address: cell.style for cell in cells}
    spans = [(f"A{n}", f"B{n}") for n in (row + 2, row + 3, row + 5)]
    spans += [(f"C{n}", f"D{n}") for n in (row + 1, row + 2, row + 3, row + 5)]
    return cells, [Merge(f"{a}:{b}", styles[a]) for a, b in spans]
