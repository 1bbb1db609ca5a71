"""Where each figure of a received workbook stands: by defined name first, then by row number and label.

Every place found by name is confirmed by the printed label of its row and the "Số liệu" header of its
column, so that inserted rows and moved cells are followed and swapped ones are refused; nothing is shifted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from cchc_xl import texts
from cchc_xl.excel.read.stored_workbook import StoredWorkbook
from cchc_xl.model import Indicator, RawCell, Regime
from cchc_xl.model.addresses import SheetCell, column_of, row_of
from cchc_xl.model.errors import WorkbookRefused
from cchc_xl.model.layout import (
    FIGURE,
    FIRST_FORM_ROW,
    LABEL,
    NUMBER,
    FormLayout,
    WorkbookLayout,
)
from cchc_xl.model.names import as_compared

HEADER_ROWS = 20  # rows a heading may stand in


@dataclass(frozen=True, slots=True)
class FigureCell:
    """The cell of one figure; `by_name` False when only number and label led to it.

    `labelled` False when its name led to it while number or label are not the printed ones.
    """

    sheet: str
    address: str
    by_name: bool
    labelled: bool = True

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
        places.update(_place_form(stored, form, printed, layout.regime))
    _refuse_shared(places)
    return places


def column_under(header: str, cells: Mapping[str, RawCell], usual: str) -> str | None:
    """The column whose printed header reads so, `usual` where it is one of several; None where none does."""
    wanted = as_compared(header)
    if any(_text(cells, f"{usual}{row}") == wanted for row in range(3, FIRST_FORM_ROW)):
        return usual
    upper = [address for address in cells if row_of(address) <= HEADER_ROWS]
    columns = {column_of(address) for address in upper if _text(cells, address) == wanted}
    return columns.pop() if len(columns) == 1 else None


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet figures stand on: its cells and the column under its header."""

    name: str
    cells: Mapping[str, RawCell]
    column: str


@lru_cache(maxsize=16)
def _printed_rows(regime: Regime) -> dict[str, tuple[str, str]]:
    """Label and row number of every figure as compared, by code."""
    return {i.code: (as_compared(i.label), _number(as_compared(i.number))) for i in regime.figures}


def _place_form(
    stored: StoredWorkbook, form: FormLayout, printed: Mapping[str, tuple[str, str]], regime: Regime
) -> dict[str, FigureCell]:
    figures = [i for i in form.form.indicators if i.code in printed]
    named = {i.code: stored.defined_names.get(i.code) for i in figures}
    pointed = {place[0] for place in named.values() if place}
    cells = {name: stored.cells(name) for name in pointed if stored.sheet(name) is not None}
    sheets: dict[str, _Sheet] = {}
    places: dict[str, FigureCell] = {}
    misprinted: list[Indicator] = []
    for indicator in figures:
        found = named[indicator.code]
        row = printed[indicator.code]
        if found is not None and found[0] in cells and _is_row(cells[found[0]], row_of(found[1]), row):
            places[indicator.code] = _by_name(stored, found, sheets)
            continue
        name = _sheet_of(stored, form, named, regime)
        sheet = sheets.get(name) or sheets.setdefault(name, _opened(stored, name))
        rows = labelled_rows(sheet.cells, indicator)
        if len(rows) == 1:
            places[indicator.code] = FigureCell(name, f"{sheet.column}{rows[0]}", by_name=False)
        elif not rows and found is not None and _is_misprinted(sheet, found, row, printed):
            misprinted.append(indicator)
            places[indicator.code] = FigureCell(*found, by_name=True, labelled=False)
        else:
            raise _not_found(sheet.name, indicator)
    if misprinted and 2 * len(misprinted) > len(figures):  # not words retyped: other rows, or another column
        raise _not_found(places[misprinted[0].code].sheet, misprinted[0])
    return places


def _by_name(stored: StoredWorkbook, found: tuple[str, str], sheets: dict[str, _Sheet]) -> FigureCell:
    """The cell a name stands for, if it is under the figures' header."""
    name, address = found
    sheet = sheets.get(name) or sheets.setdefault(name, _opened(stored, name))
    if sheet.column != column_of(address):
        raise WorkbookRefused("figure_column_moved", sheet=name, cell=address, column=sheet.column)
    return FigureCell(name, address, by_name=True)


def _is_misprinted(
    sheet: _Sheet, found: tuple[str, str], row: tuple[str, str], printed: Mapping[str, tuple[str, str]]
) -> bool:
    """Whether a name leads to its own row, of which either number or label was retyped."""
    name, address = found
    if name != sheet.name or column_of(address) != sheet.column:
        return False
    seen = _row_words(sheet.cells, row_of(address))
    return (seen[0] == row[0]) != (seen[1] == row[1]) and seen not in printed.values()


def forms_shown(regime: Regime, cells: Mapping[str, RawCell]) -> list[str]:
    """Codes of the forms of which a sheet carries most rows, each with its number and label."""
    labels = (address for address in cells if address[0] == LABEL and address[1:].isdigit())
    found = {_row_words(cells, row_of(address)) for address in labels}
    return [code for code, rows in _form_rows(regime).items() if 2 * len(rows & found) > len(rows)]


@lru_cache(maxsize=16)
def _form_rows(regime: Regime) -> dict[str, frozenset[tuple[str, str]]]:
    """Label and row number, as compared, of every figure of a form, by the form's code."""
    printed = _printed_rows(regime)
    return {form.code: frozenset(printed[i.code] for i in form.figures) for form in regime.forms}


def _opened(stored: StoredWorkbook, name: str) -> _Sheet:
    cells = stored.cells(name)
    return _Sheet(name, cells, _figure_column(name, cells))


def _is_row(cells: Mapping[str, RawCell], row: int, printed: tuple[str, str]) -> bool:
    return _text(cells, f"{LABEL}{row}") == printed[0] and _row_words(cells, row) == printed


def _row_words(cells: Mapping[str, RawCell], row: int) -> tuple[str, str]:
    """Label and number printed in a row."""
    return _text(cells, f"{LABEL}{row}"), _number(_text(cells, f"{NUMBER}{row}"))


def _number(text: str) -> str:
    """A row number without its closing dot, which retyping in Excel loses."""
    return text.rstrip(".")


def _sheet_of(
    stored: StoredWorkbook, form: FormLayout, named: Mapping[str, SheetCell | None], regime: Regime
) -> str:
    """The sheet of a form: of that name, or where its other names point, or the one with its rows."""
    if stored.sheet(form.form.sheet) is not None:
        return form.form.sheet
    pointed = {place[0] for place in named.values() if place and stored.sheet(place[0])}
    if len(pointed) == 1:
        return pointed.pop()
    shown = (sheet.name for sheet in stored.sheets if sheet.state == "visible")
    among = (name for name in shown if name != regime.appendix_sheet)
    alike = [name for name in among if form.form.code in forms_shown(regime, stored.cells(name))]
    if len(alike) == 1:
        return alike[0]
    raise WorkbookRefused("form_sheet_missing", sheet=form.form.sheet, form=form.form.sheet)


def _figure_column(sheet: str, cells: Mapping[str, RawCell]) -> str:
    """Column under the printed header "Số liệu"."""
    column = column_under(texts.text("wb_column_figure"), cells, FIGURE)
    if column is None:
        raise WorkbookRefused("figure_header_missing", sheet=sheet)
    return column


def labelled_rows(cells: Mapping[str, RawCell], indicator: Indicator) -> list[int]:
    """Rows of a sheet that carry the number and label of an indicator."""
    printed = as_compared(indicator.label), _number(as_compared(indicator.number))
    labels = (address for address in cells if column_of(address) == LABEL)
    return [row for row in map(row_of, labels) if _is_row(cells, row, printed)]


def _not_found(sheet: str, indicator: Indicator) -> WorkbookRefused:
    number = indicator.number or indicator.label
    return WorkbookRefused("row_not_found", sheet=sheet, number=number, label=indicator.label)


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
    return as_compared(cell.text) if cell is not None else ""
