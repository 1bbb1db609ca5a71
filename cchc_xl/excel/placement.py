"""Where each figure of a received workbook stands: by defined name first, then by row number and label.

Every place found by name is confirmed by the printed label of its row and the "Số liệu" header of its
column, so that inserted rows and moved cells are followed and swapped ones are refused; nothing is shifted.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from cchc_xl import messages
from cchc_xl.errors import WorkbookRefused
from cchc_xl.excel.addresses import column_of, row_of
from cchc_xl.excel.stored_workbook import StoredWorkbook
from cchc_xl.layout import FIGURE, FIRST_FORM_ROW, LABEL, NUMBER, FormLayout, WorkbookLayout
from cchc_xl.model import Indicator

_HEADER_ROWS = 20
_FIGURE_HEADERS = tuple(f"{FIGURE}{row}" for row in range(3, FIRST_FORM_ROW))


@dataclass(frozen=True, slots=True)
class Place:
    """The cell of one figure; `by_name` False when only number and label led to it."""

    sheet: str
    address: str
    by_name: bool

    @property
    def row(self) -> int:
        return row_of(self.address)

    def beside(self, column: str) -> str:
        """Address in another column of the same row."""
        return f"{column}{self.row}"


def place_figures(stored: StoredWorkbook, layout: WorkbookLayout) -> dict[str, Place]:
    """The place of every figure, typed or computed, by indicator code.

    Raises WorkbookRefused naming sheet and cell (or row) where a figure cannot be placed with certainty.
    """
    places: dict[str, Place] = {}
    for form in layout.forms.values():
        places.update(_place_form(stored, form))
    _refuse_shared(places)
    return places


def _place_form(stored: StoredWorkbook, form: FormLayout) -> dict[str, Place]:
    named = {i.code: stored.defined_names.get(i.code) for i in form.form.figures}
    columns: dict[str, str] = {}
    places: dict[str, Place] = {}
    for indicator in form.form.figures:
        found = named[indicator.code]
        if found is not None and _confirmed(stored, found, indicator):
            sheet, address = found
            column = columns.setdefault(sheet, _figure_column(stored, sheet))
            if column != column_of(address):
                raise WorkbookRefused("figure_column_moved", sheet=sheet, cell=address, column=column)
            places[indicator.code] = Place(sheet, address, by_name=True)
        else:
            sheet = _sheet_of(stored, form, named)
            column = columns.setdefault(sheet, _figure_column(stored, sheet))
            places[indicator.code] = _by_label(stored, sheet, column, indicator)
    return places


def _confirmed(stored: StoredWorkbook, place: tuple[str, str], indicator: Indicator) -> bool:
    sheet, address = place
    if stored.sheet(sheet) is None:
        return False
    return _is_row_of(stored, sheet, row_of(address), indicator)


def _is_row_of(stored: StoredWorkbook, sheet: str, row: int, indicator: Indicator) -> bool:
    if _text(stored, sheet, f"{LABEL}{row}") != _plain(indicator.label):
        return False
    return _number(_text(stored, sheet, f"{NUMBER}{row}")) == _number(_plain(indicator.number))


def _number(text: str) -> str:
    """A row number without its closing dot, which retyping in Excel loses."""
    return text.rstrip(".")


def _sheet_of(stored: StoredWorkbook, form: FormLayout, named: Mapping[str, tuple[str, str] | None]) -> str:
    """The sheet of a form: of that name, or where its other names point."""
    if stored.sheet(form.form.sheet) is not None:
        return form.form.sheet
    pointed = {place[0] for place in named.values() if place and stored.sheet(place[0])}
    if len(pointed) == 1:
        return pointed.pop()
    raise WorkbookRefused("form_sheet_missing", sheet=form.form.sheet, form=form.form.sheet)


def _figure_column(stored: StoredWorkbook, sheet: str) -> str:
    """Column under the printed header "Số liệu"."""
    header = _plain(messages.text("wb_column_figure"))
    if any(_text(stored, sheet, address) == header for address in _FIGURE_HEADERS):
        return FIGURE
    upper = [address for address in stored.cells(sheet) if row_of(address) <= _HEADER_ROWS]
    columns = {column_of(address) for address in upper if _text(stored, sheet, address) == header}
    if len(columns) != 1:
        raise WorkbookRefused("figure_header_missing", sheet=sheet)
    return columns.pop()


def _by_label(stored: StoredWorkbook, sheet: str, column: str, indicator: Indicator) -> Place:
    rows = [
        row_of(address)
        for address in stored.cells(sheet)
        if column_of(address) == LABEL and _is_row_of(stored, sheet, row_of(address), indicator)
    ]
    if len(rows) != 1:
        number = indicator.number or indicator.label
        raise WorkbookRefused("row_not_found", sheet=sheet, number=number, label=indicator.label)
    return Place(sheet, f"{column}{rows[0]}", by_name=False)


def _refuse_shared(places: Mapping[str, Place]) -> None:
    """Two figures must never be read from one cell."""
    taken: dict[tuple[str, str], str] = {}
    for place in places.values():
        key = (place.sheet, place.address)
        if key in taken:
            raise WorkbookRefused("cell_claimed_twice", sheet=place.sheet, cell=place.address)
        taken[key] = place.address


def _text(stored: StoredWorkbook, sheet: str, address: str) -> str:
    cell = stored.cells(sheet).get(address)
    return _plain(cell.text) if cell is not None else ""


def _plain(text: str) -> str:
    """Text as compared: NFC, white space folded."""
    return " ".join(unicodedata.normalize("NFC", text).split())
