"""Tables of Phụ lục III in a report: each row placed by printed number and label, or not at all.

Communes split tables over pages, glue two together, merge cells, add and reorder columns. A row is placed
only where its label is printed so in the form at hand, or where number and form leave no other row.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from cchc_xl import texts
from cchc_xl.excel.read.foreign_cells import ForeignRow
from cchc_xl.figures.numbers import readings
from cchc_xl.model import Form, Indicator, RawCell, Regime
from cchc_xl.model.documents import Document, Table, TableCell
from cchc_xl.texts.recognised import FORM_TITLE

_FORM = re.compile(FORM_TITLE, re.I)
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,4}\.?")
_LEADING = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2}){0,4}\.?)\s+")
_MARKUP = re.compile(r"</?[iub]>")
_NOTE_MARKS = str.maketrans("", "", "¹²³⁴⁵⁶⁷⁸⁹⁰*")
_ALIKE = 0.75  # how alike a label must be to go by its number; its next of kin must be less so
_FEW_ROWS = 5  # a form of so few rows may well be numbered 1 to 5
_PERCENT_ALONE = "%"


@dataclass(frozen=True, slots=True)
class UnplacedRow:
    """A row that holds a figure and could not be placed."""

    table: int
    row: int
    label: str
    figure: str


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row of a printed form: its indicator, the cell under Số liệu, the line of a text file."""

    indicator: Indicator
    cell: RawCell
    number: int | None


@dataclass(frozen=True, slots=True)
class ReportTables:
    """What the tables of a report gave."""

    placed: tuple[PlacedRow, ...]
    unplaced: tuple[UnplacedRow, ...]

    @property
    def rows(self) -> tuple[ForeignRow, ...]:
        """As rows of a foreign workbook, for `extract_figures`."""
        return tuple(
            ForeignRow(p.cell.sheet, p.indicator.number, p.indicator.label, p.cell) for p in self.placed
        )


def place_tables(document: Document, regime: Regime) -> ReportTables:
    """Place every row of every table that can only be one printed row of the regime's forms."""
    placer = _Placer(regime)
    for table in document.tables:
        placer.take(table)
    return ReportTables(tuple(placer.placed), tuple(placer.unplaced))


@dataclass(slots=True)
class _Columns:
    """Grid columns by meaning; None: not there or not known."""

    number: int | None = None
    label: int | None = None
    figure: int | None = None
    width: int = 0


class _Placer:
    def __init__(self, regime: Regime) -> None:
        self._forms = regime.printed_forms
        self._by_label: dict[str, list[tuple[Form, Indicator]]] = {}
        for form in self._forms:
            for indicator in form.indicators:
                self._by_label.setdefault(_folded(indicator.label), []).append((form, indicator))
        self._form: Form | None = None
        self._known = _Columns()
        self._counted_through = False  # the table numbers its rows 1, 2, 3 … instead of the form's numbers
        self.placed: list[PlacedRow] = []
        self.unplaced: list[UnplacedRow] = []

    def take(self, table: Table) -> None:
        self._enter(self._named(table.heading))
        columns = _Columns(width=_width(table))
        if columns.width == self._known.width:
            columns = self._known
        rows = list(table.rows)
        self._counted_through = _is_counted_through(rows)
        at = 0
        while at < len(rows):
            row = rows[at]
            named = self._named(" ".join(c.text for c in row)) if _is_title(row) else None
            header = _header(row, columns)
            if named is not None:
                self._enter(named)
            elif header is not None:
                columns = header
                columns.width = _width(table)
                self._known = columns
            else:
                at += self._take_row(table, rows, at, columns)
            at += 1

    def _enter(self, form: Form | None) -> None:
        if form is not None:
            self._form = form

    def _named(self, text: str) -> Form | None:
        """The form a heading names last; a title alone names its form as well."""
        numbers = _FORM.findall(text)
        if numbers:
            return next((f for f in self._forms if f.number == numbers[-1]), None)
        folded = _folded(text)
        return next((f for f in self._forms if f.title and _folded(f.title) == folded), None)

    def _take_row(self, table: Table, rows: list[tuple[TableCell, ...]], at: int, columns: _Columns) -> int:
        """Place one row; returns how many rows after it its label ran over."""
        row = rows[at]
        label_cell = _at(row, columns.label) or self._label_cell(row)
        if label_cell is None or not label_cell.text.strip():
            return 0
        number, label = _number_of(row, columns, label_cell), label_cell.text
        if not number and columns.number is None and (begins := _LEADING.match(label)):
            number, label = _plain(begins[1]), label[begins.end() :]
        if self._counted_through:
            number = ""
        found = self._match(number, label)
        more = 0
        if found is None and at + 1 < len(rows) and (rest := _rest_of_label(rows[at + 1], columns)):
            found = self._match(number, f"{label} {rest}")
            more = 1 if found else 0
        figure = _at(row, columns.figure) or self._only_figure(table, row, columns, label_cell)
        if found is None:
            if figure is not None and figure.text.strip() and not _is_column_number(row):
                place = label_cell.place
                self.unplaced.append(UnplacedRow(table.number, place.row + 1, label_cell.text, figure.text))
            return 0
        form, indicator = found
        self._form = form
        if indicator.is_heading:
            return more
        if figure is None:
            self.unplaced.append(UnplacedRow(table.number, label_cell.place.row + 1, label_cell.text, ""))
            return more
        self.placed.append(PlacedRow(indicator, _raw(table, figure), figure.number))
        return more

    def _match(self, number: str, label: str) -> tuple[Form, Indicator] | None:
        candidates = self._by_label.get(_folded(label), [])
        if number:
            candidates = [c for c in candidates if _plain(c[1].number) == number]
        here = [c for c in candidates if c[0] is self._form]
        if len(here or candidates) == 1:
            return (here or candidates)[0]
        return None if candidates else self._by_number(number, label)

    def _by_number(self, number: str, label: str) -> tuple[Form, Indicator] | None:
        """By number within the form at hand, where the label is nearest to that row's and clearly so."""
        if self._form is None or not number:
            return None
        wanted = _folded(label)
        named = [i for i in self._form.indicators if _plain(i.number) == number]
        if len(named) != 1:
            return None
        alike = {
            i.code: SequenceMatcher(None, _folded(i.label), wanted, autojunk=False).ratio()
            for i in self._form.indicators
        }
        best = alike.pop(named[0].code)
        return (self._form, named[0]) if best >= _ALIKE and best > max(alike.values(), default=0) else None

    def _label_cell(self, row: tuple[TableCell, ...]) -> TableCell | None:
        """Without known columns: the one cell whose text is a printed label."""
        found = [cell for cell in row if _folded(cell.text) in self._by_label]
        return found[0] if len(found) == 1 else None

    def _only_figure(
        self, table: Table, row: tuple[TableCell, ...], columns: _Columns, label: TableCell
    ) -> TableCell | None:
        """Without a known column of figures: the cell of the table's only column that holds numbers."""
        if columns.figure is not None:
            return None
        numeric = {
            cell.place.column
            for line in table.rows
            for cell in line
            if cell.place.column > label.place.column
            and cell.text.strip() != _PERCENT_ALONE
            and readings(cell.text)
        }
        return _at(row, numeric.pop()) if len(numeric) == 1 else None


def _header(row: tuple[TableCell, ...], known: _Columns) -> _Columns | None:
    """Columns named in a header row, on top of what the row above named; None for any other row."""
    found = _Columns(known.number, known.label, known.figure)
    hits = 0
    for cell in row:
        name, column = _folded(cell.text), cell.place.column
        if name in texts.word_list("table_header_number"):
            found, hits = _Columns(column), hits + 1
        elif name.startswith(texts.word_list("table_header_label")):
            found.label, hits = column, hits + 1
        elif name in texts.word_list("table_header_figure"):
            found.figure, hits = column, hits + 1
        elif name in texts.word_list("table_header_other"):
            hits += 1
    return found if hits >= 2 else None


def _is_title(row: tuple[TableCell, ...]) -> bool:
    return sum(bool(cell.text.strip()) for cell in row) == 1


def _number_of(row: tuple[TableCell, ...], columns: _Columns, label: TableCell) -> str:
    cell = _at(row, columns.number)
    if cell is None and columns.number is None:
        before = [c for c in row if c.place.column < label.place.column and _NUMBER.fullmatch(c.text.strip())]
        cell = before[0] if len(before) == 1 else None
    return _plain(cell.text) if cell is not None else ""


def _rest_of_label(row: tuple[TableCell, ...], columns: _Columns) -> str:
    """Text of a row that holds nothing but a piece of label: the row above ran over the page."""
    filled = [cell for cell in row if cell.text.strip()]
    if len(filled) != 1 or columns.label is None or filled[0].place.column != columns.label:
        return ""
    return filled[0].text


def _is_counted_through(rows: list[tuple[TableCell, ...]]) -> bool:
    """Whether the table numbers its rows 1, 2, 3 … to the end, so that the numbers are not the form's."""
    numbers = [_plain(row[0].text) for row in rows if row and _NUMBER.fullmatch(row[0].text.strip())]
    return len(numbers) > _FEW_ROWS and numbers == [str(n) for n in range(1, len(numbers) + 1)]


def _is_column_number(row: tuple[TableCell, ...]) -> bool:
    """A row of bare column numbers: (1) (2) (3)."""
    filled = [cell.text.strip("() ") for cell in row if cell.text.strip()]
    return [t for t in filled if t.isdigit()] == [str(n) for n in range(1, len(filled) + 1)]


def _at(row: Iterable[TableCell], column: int | None) -> TableCell | None:
    if column is None:
        return None
    return next((c for c in row if c.place.column <= column < c.place.column + c.place.columns), None)


def _width(table: Table) -> int:
    return max((c.place.column + c.place.columns for row in table.rows for c in row), default=0)


def _raw(table: Table, cell: TableCell) -> RawCell:
    sheet = texts.text("extract_table", number=table.number)
    address = texts.text("extract_place", row=cell.place.row + 1, column=cell.place.column + 1)
    text = " ".join(cell.text.split())
    return RawCell(sheet, address, "text" if text else "blank", text)


def _plain(number: str) -> str:
    return number.strip().rstrip(".")


def _folded(label: str) -> str:
    """A label as it is compared: no markup, no note marks, one space, one case, composed letters."""
    text = unicodedata.normalize("NFC", _MARKUP.sub("", label)).translate(_NOTE_MARKS)
    return " ".join(text.casefold().replace("–", "-").split()).rstrip(" .:;")


def unplaced_lines(tables: ReportTables) -> Iterator[str]:
    """What was not placed, one line a row."""
    for row in tables.unplaced:
        words = {"table": row.table, "row": row.row, "label": " ".join(row.label.split())[:120]}
        yield texts.text("extract_unplaced", **words, figure=row.figure.strip())
