"""Where each figure of a received workbook stands: by defined name first, then by row number and label.

Every place found by name is confirmed by the printed label of its row and the "Số liệu" header of its
column, so that inserted rows and moved cells are followed and swapped ones are refused; nothing is shifted.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from cchc_xl import texts
from cchc_xl.excel.read.stored_workbook import StoredWorkbook
from cchc_xl.model import Indicator, RawCell, Regime
from cchc_xl.model.addresses import column_of, row_of
from cchc_xl.model.errors import WorkbookRefused
from cchc_xl.model.layout import FIGURE, FIRST_FORM_ROW, LABEL, NUMBER, FormLayout, WorkbookLayout

_HEADER_ROWS = 20
_FIGURE_HEADERS = tuple(f"{FIGURE}{row}" for row in range(3, FIRST_FORM_ROW))


@dataclass(frozen=True, slots=True)
class FigureCell:
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


def place_figures(stored: StoredWorkbook, layout: WorkbookLayout) -> dict[str, FigureCell]:
    """The place of every figure, typed or computed, by indicator code.

    Raises WorkbookRefused naming sheet and cell (or row) where a figure cannot be placed with certainty.
    """
    places: dict[str, FigureCell] = {}
    printed = _printed_rows(layout.regime)
    for form in layout.forms.values():
        places.update(_place_form(stored, form, printed))
    _refuse_shared(places)
    return places


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet figures stand on: its cells and the column under its header."""

    name: str
    cells: Mapping[str, RawCell]
    column: str


@lru_cache(maxsize=16)
def _printed_rows(regime: Regime) -> dict[str, tuple[str, str]]:
    """Label and row number of every figure as compared, by code."""
    return {i.code: (_plain(i.label), _number(_plain(i.number))) for i in regime.figures}


def _place_form(
    stored: StoredWorkbook, form: FormLayout, printed: Mapping[str, tuple[str, str]]
) -> dict[str, FigureCell]:
    figures = [i for i in form.form.indicators if i.code in printed]
    named = {i.code: stored.defined_names.get(i.code) for i in figures}
    pointed = {place[0] for place in named.values() if place}
    cells = {name: stored.cells(name) for name in pointed if stored.sheet(name) is not None}
    sheets: dict[str, _Sheet] = {}
    places: dict[str, FigureCell] = {}
    for indicator in figures:
        found = named[indicator.code]
        row = printed[indicator.code]
        if found is not None and found[0] in cells and _is_row(cells[found[0]], row_of(found[1]), row):
            name, address = found
            sheet = sheets.get(name) or sheets.setdefault(name, _opened(stored, name))
            if sheet.column != column_of(address):
                raise WorkbookRefused("figure_column_moved", sheet=name, cell=address, column=sheet.column)
            places[indicator.code] = FigureCell(name, address, by_name=True)
        else:
            name = _sheet_of(stored, form, named)
            sheet = sheets.get(name) or sheets.setdefault(name, _opened(stored, name))
            places[indicator.code] = _by_label(sheet, indicator, row)
    return places


def _opened(stored: StoredWorkbook, name: str) -> _Sheet:
    cells = stored.cells(name)
    return _Sheet(name, cells, _figure_column(name, cells))


def _is_row(cells: Mapping[str, RawCell], row: int, printed: tuple[str, str]) -> bool:
    label, number = printed
    return _text(cells, f"{LABEL}{row}") == label and _number(_text(cells, f"{NUMBER}{row}")) == number


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


def _figure_column(sheet: str, cells: Mapping[str, RawCell]) -> str:
    """Column under the printed header "Số liệu"."""
    header = _plain(texts.text("wb_column_figure"))
    if any(_text(cells, address) == header for address in _FIGURE_HEADERS):
        return FIGURE
    upper = [address for address in cells if row_of(address) <= _HEADER_ROWS]
    columns = {column_of(address) for address in upper if _text(cells, address) == header}
    if len(columns) != 1:
        raise WorkbookRefused("figure_header_missing", sheet=sheet)
    return columns.pop()


def _by_label(sheet: _Sheet, indicator: Indicator, printed: tuple[str, str]) -> FigureCell:
    labels = (address for address in sheet.cells if column_of(address) == LABEL)
    rows = [row for row in map(row_of, labels) if _is_row(sheet.cells, row, printed)]
    if len(rows) != 1:
        number = indicator.number or indicator.label
        raise WorkbookRefused("row_not_found", sheet=sheet.name, number=number, label=indicator.label)
    return FigureCell(sheet.name, f"{sheet.column}{rows[0]}", by_name=False)


def _refuse_shared(places: Mapping[str, FigureCell]) -> None:
    """Two figures must never be read from one cell."""
    taken: set[tuple[str, str]] = set()
    for place in places.values():
        key = (place.sheet, place.address)
        if key in taken:
            raise WorkbookRefused("cell_claimed_twice", sheet=place.sheet, cell=place.address)
        taken.add(key)


def _text(cells: Mapping[str, RawCell], address: str) -> str:
    cell = cells.get(address)
    return _plain(cell.text) if cell is not None else ""


@lru_cache(maxsize=8192)  # the same printed labels come in every file
def _plain(text: str) -> str:
    """Text as compared: NFC, white space folded."""
    return " ".join(unicodedata.normalize("NFC", text).split())
