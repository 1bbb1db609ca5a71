"""An open workbook as the buttons see one, over openpyxl's cells: writes at once, tells formulas like Excel.

`Book.fail_at(n)` makes the n-th write fail after half of its cells were written.
"""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import range_boundaries


class Book:
    """Formulas and values of a file, both as they stand now."""

    def __init__(self, data: bytes, path: Path):
        stored = openpyxl.load_workbook(io.BytesIO(data))
        shown = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        self.name, self.fullname = path.name, str(path)
        self.sheets = Sheets(Sheet(self, sheet, shown[sheet.title]) for sheet in stored)
        self.names = {
            name: Name(self, *next(iter(defined.destinations)))
            for name, defined in stored.defined_names.items()
            if len(list(defined.destinations)) == 1
        }
        self.writes = 0
        self._failing = frozenset()

    def fresh(self, path: Path) -> Book:
        """Another open workbook with the same contents: parsing a file takes seconds, copying does not."""
        book = object.__new__(Book)
        book.name, book.fullname = path.name, str(path)
        book.sheets = Sheets(sheet.fresh(book) for sheet in self.sheets)
        book.names = {name: Name(book, known.sheet, known.address) for name, known in self.names.items()}
        book.writes, book._failing = 0, frozenset()
        return book

    def fail_at(self, *numbers: int) -> None:
        """Let these writes fail, counted from now."""
        self.writes, self._failing = 0, frozenset(numbers)

    def counted(self) -> bool:
        """Count a write; whether it must fail."""
        self.writes += 1
        return self.writes in self._failing

    def contents(self) -> dict[tuple[str, int, int], object]:
        """What every cell holds: a formula as such, else the value."""
        return {
            (sheet.name, *place): held
            for sheet in self.sheets
            for place, held in sheet.held.items()
            if held not in (None, "")
        }


class Sheets(list):
    def __getitem__(self, key):
        return next(s for s in self if s.name == key) if isinstance(key, str) else super().__getitem__(key)


class Name:
    def __init__(self, book, sheet, address):
        self.book, self.sheet, self.address = book, sheet, address.replace("$", "")

    @property
    def refers_to_range(self):
        return self.book.sheets[self.sheet].range(self.address)


class Sheet:
    def __init__(self, book, stored, shown):
        self.book, self.name = book, stored.title
        self.held = {(c.row, c.column): c.value for row in stored.iter_rows() for c in row}
        self.results = {(c.row, c.column): c.value for row in shown.iter_rows() for c in row}
        self.size = (stored.max_row, stored.max_column)

    def fresh(self, book):
        sheet = object.__new__(Sheet)
        sheet.book, sheet.name, sheet.size = book, self.name, self.size
        sheet.held, sheet.results = dict(self.held), self.results
        return sheet

    @property
    def used_range(self):
        return self.range(f"A1:{get_column_letter(self.size[1])}{self.size[0]}")

    def range(self, address):
        left, top, right, bottom = range_boundaries(address)
        return Range(self, top, left, bottom - top + 1, right - left + 1)

    def activate(self):
        pass


class Range:
    number_format = "General"

    def __init__(self, sheet, row, column, height, width):
        self.sheet, self.row, self.column, self.height, self.width = sheet, row, column, height, width

    @property
    def last_cell(self):
        return Range(self.sheet, self.row + self.height - 1, self.column + self.width - 1, 1, 1)

    def resize(self, height, width):
        return Range(self.sheet, self.row, self.column, height, width)

    def options(self, **_):
        return self

    def _grid(self, cell):
        rows = range(self.row, self.row + self.height)
        columns = range(self.column, self.column + self.width)
        return [[cell((row, column)) for column in columns] for row in rows]

    @property
    def value(self):
        return self._grid(self._value)

    def _value(self, place):
        held = self.sheet.held.get(place)
        if is_error(held):
            return None  # as xlwings tells errors
        return self.sheet.results.get(place) if is_formula(held) else unmarked(held)

    @property
    def formula(self):
        """As xlwings tells them: one cell as a text, a row or column flat."""
        grid = self._grid(lambda place: "" if (v := self.sheet.held.get(place)) is None else unmarked(v))
        if self.height == self.width == 1:
            return grid[0][0]
        return tuple(tuple(row) for row in grid)

    @value.setter
    def value(self, given):
        rows = given if isinstance(given, list) else [[given]]
        fails = self.sheet.book.counted()
        places = self._grid(lambda place: place)
        cells = [pair for line, row in zip(places, rows, strict=True) for pair in zip(line, row, strict=True)]
        for place, value in cells[: len(cells) // 2 + 1] if fails else cells:
            self.sheet.held[place] = Text(value[1:]) if str(value).startswith("'") else value
        if fails:
            raise RuntimeError("write failed as asked")


class Text(str):
    """A text that was typed with its mark."""


def unmarked(held):
    return str(held) if isinstance(held, Text) else held


def is_formula(held):
    return isinstance(held, str) and not isinstance(held, Text) and held.startswith("=")


def is_error(held):
    return isinstance(held, str) and held in ("#N/A", "#DIV/0!", "#REF!")
