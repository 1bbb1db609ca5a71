"""Who fills which form and how far it is: one row a form on Trang chính."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from cchc_xl import texts
from cchc_xl.figures.expressions import Formula
from cchc_xl.figures.expressions.functions import COUNTA, IF, LEFT, ROWS_WHERE, SUM
from cchc_xl.figures.expressions.nodes import area, cell
from cchc_xl.figures.live.values import LiveValues
from cchc_xl.model import Blank, Form, Indicator
from cchc_xl.model.addresses import column_of, row_of
from cchc_xl.model.contents import Contents, Subject
from cchc_xl.model.layout import FIRST_CONTACT_ROW, FIRST_FORM_ROW, LIVE_CHECK, FormLayout
from cchc_xl.model.planned import ConditionalStyle, PlannedCell, reference
from cchc_xl.workbooks.commune.cells import MARK_STYLES, coloured, sheet_link, shows, typed, words

_HEADER = FIRST_CONTACT_ROW - 1
_TITLES = {
    "A": "form",
    "B": "title",
    "C": "person",
    "D": "telephone",
    "E": "filled",
    "F": "total",
    "G": "faults",
    "H": "warnings",
    "I": "state",
}
_FILLED, _TOTAL, _FAULTS, _WARNINGS, _STATE = "EFGHI"
_CHECKS = "checks"  # key of the live checks of a form
_MARKED = {sign: Formula(ROWS_WHERE(LEFT(area(_CHECKS), 1).equals(sign))) for sign in "✖⚠"}


def progress_cells(
    subject: Subject, contents: Contents, now: LiveValues, checks: Mapping[str, str]
) -> list[PlannedCell]:
    """Section 2 of Trang chính."""
    cells = [words(f"A{_HEADER - 1}", "section", texts.text("wb_section_progress"))]
    cells += [words(f"{column}{_HEADER - 1}", "section", None) for column in "BCDEFGHI"]
    cells += [
        words(f"{column}{_HEADER}", "table.header", texts.text(f"wb_column_{title}"))
        for column, title in _TITLES.items()
    ]
    required: list[list[PlannedCell]] = []
    for form in subject.layout.forms.values():
        counted = _counts(subject, form, now, checks)
        cells += [*_form_cells(subject, form.form, contents), *counted, _state(form.form, counted)]
        if is_required(form.form):
            required.append(counted)
    return cells + _total_cells(subject, required)


def is_required(form: Form) -> bool:
    """Whether anything at all must be filled on the form."""
    return form.printed and any(i.blank is not Blank.OPTIONAL for i in form.inputs)


def wanted_inputs(form: Form) -> tuple[Indicator, ...]:
    """The inputs progress is measured by: those that must be filled; all of a form that is optional."""
    if not is_required(form):
        return form.inputs
    return tuple(i for i in form.inputs if i.blank is not Blank.OPTIONAL)


def _form_cells(subject: Subject, form: Form, contents: Contents) -> list[PlannedCell]:
    person_cell, telephone_cell = subject.layout.contact(form.code)
    row = row_of(person_cell)
    person, telephone = contents.contacts.get(form.code, ("", ""))
    return [
        words(f"A{row}", "table.link", form.sheet, link=sheet_link(form.sheet)),
        words(f"B{row}", "table.text", form.title),
        typed(person_cell, "table.input", person),
        typed(telephone_cell, "input.telephone", telephone),
    ]


def _counts(
    subject: Subject, form: FormLayout, now: LiveValues, checks: Mapping[str, str]
) -> list[PlannedCell]:
    """Cells filled, cells to fill, rows at fault, rows with a warning."""
    row = row_of(subject.layout.contact(form.form.code)[0])
    total = words(f"{_TOTAL}{row}", "table.count", Decimal(len(wanted_inputs(form.form))))
    marks = {_CHECKS: tuple(checks[i.code] for i in form.form.figures)}
    column_of_checks = f"{LIVE_CHECK}{FIRST_FORM_ROW}:{LIVE_CHECK}{form.last_row}"
    places = {_CHECKS: reference(form.form.sheet, column_of_checks)}
    faults, warnings = (
        shows(f"{column}{row}", "table.count", _MARKED[sign], marks, places)
        for column, sign in ((_FAULTS, "✖"), (_WARNINGS, "⚠"))
    )
    filled = Formula(COUNTA(*(cell(i.code) for i in wanted_inputs(form.form))))
    return [shows(f"{_FILLED}{row}", "table.count", filled, now.figures), total, faults, warnings]


def _state(form: Form, counted: list[PlannedCell]) -> PlannedCell:
    """How far a form is."""
    return _shown_state("table.mark", counted, required=is_required(form))


def _shown_state(style: str, counted: list[PlannedCell], *, required: bool) -> PlannedCell:
    values = {column_of(planned.address): planned.value for planned in counted}
    places = {column_of(planned.address): planned.address for planned in counted}
    row = row_of(counted[0].address)
    return shows(f"{_STATE}{row}", style, _state_of(required=required), values, places)


@lru_cache(maxsize=2)
def _state_of(*, required: bool) -> Formula:
    """Over a row's counts, each by its column."""
    filled, total, faults, warnings = map(cell, (_FILLED, _TOTAL, _FAULTS, _WARNINGS))
    far = IF(warnings > 0, _say("warned"), _say("done"))
    begun = IF(filled < total, _say("unfinished"), far)
    if not required:
        begun = IF(filled.equals(0), _say("optional"), far)
    return Formula(IF(faults > 0, _say("faulty"), begun))


def _total_cells(subject: Subject, required: list[list[PlannedCell]]) -> list[PlannedCell]:
    """The forms that must be filled, added up column by column."""
    row = FIRST_CONTACT_ROW + len(subject.layout.forms)
    cells = [words(f"A{row}", "table.total.text", texts.text("wb_total_printed"))]
    cells += [words(f"{column}{row}", "table.total.text", None) for column in "BCD"]
    totals = []
    for n, column in enumerate((_FILLED, _TOTAL, _FAULTS, _WARNINGS)):
        values = {counted[n].address: counted[n].value for counted in required}
        added = Formula(SUM(*map(cell, values)))
        totals.append(shows(f"{column}{row}", "table.total.count", added, values))
    return [*cells, *totals, _shown_state("table.total.text center", totals, required=True)]


def progress_conditionals(subject: Subject) -> tuple[ConditionalStyle, ...]:
    """Colours of the states."""
    last = FIRST_CONTACT_ROW + len(subject.layout.forms)
    area = f"{_STATE}{FIRST_CONTACT_ROW}:{_STATE}{last}"
    return coloured(area, f"${_STATE}{FIRST_CONTACT_ROW}", MARK_STYLES)


def _say(state: str) -> str:
    return texts.text(f"wb_state_{state}")
