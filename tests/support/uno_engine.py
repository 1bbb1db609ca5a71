"""A small xlwings engine over LibreOffice UNO, on xlwings' BSD base classes alone.

Runs under the Python that has `uno`. It does what Excel does to a value written: a leading apostrophe marks a
text, a leading "=" a formula; and what Excel refuses: writing into a locked cell of a protected sheet.
"""

from __future__ import annotations

import datetime as dt
import functools

import uno
import xlwings as xw
from xlwings import base_classes as bc
from xlwings import utils

EPOCH = dt.datetime(1899, 12, 30)
XL_OOX = 3  # com.sun.star.sheet.AddressConvention
XL_ENGLISH, ALL_GROUPS = 4, 0x7FFFFFFF  # com.sun.star.sheet.FormulaLanguage, FormulaMapGroup


class Engine:
    name, type = "libreoffice", "uno"

    def __init__(self):
        self.apps = Apps()

    @staticmethod
    def clean_value_data(data, datetime_builder, empty_as, number_builder, err_to_str):
        def one(value):
            if value is None or value == "":
                return empty_as
            if isinstance(value, float) and number_builder:
                return number_builder(value)
            return value

        return [[one(value) for value in row] for row in data]

    @staticmethod
    def prepare_xl_data_element(x, options):
        if x is None:
            return ""
        if isinstance(x, bool):
            return float(x)
        if isinstance(x, dt.datetime):
            return (x - EPOCH) / dt.timedelta(days=1)
        if isinstance(x, dt.date):
            return float((dt.datetime(x.year, x.month, x.day) - EPOCH).days)
        return float(x) if isinstance(x, (int, float)) else str(x)


class Apps(bc.Apps):
    def __init__(self):
        self.opened = []

    def __iter__(self):
        return iter(self.opened)

    def __len__(self):
        return len(self.opened)

    def __getitem__(self, index):
        return self.opened[index]


class App(bc.App):
    pid = -1

    @property
    def engine(self):
        return engine


class Book(bc.Book):
    def __init__(self, document, app):
        self.document, self._app = document, app

    @property
    def api(self):
        return self.document

    @property
    def name(self):
        return self.fullname.rpartition("/")[2]

    @property
    def fullname(self):
        return uno.fileUrlToSystemPath(self.document.URL)

    @property
    def app(self):
        return self._app

    @functools.cached_property
    def parser(self):
        """Formulas in Excel's notation."""
        create = self.document.createInstance
        parser, mapper = (create(f"com.sun.star.sheet.Formula{name}") for name in ("Parser", "OpCodeMapper"))
        parser.OpCodeMap = mapper.getAvailableMappings(XL_ENGLISH, ALL_GROUPS)
        parser.FormulaConvention = XL_OOX
        return parser

    @property
    def sheets(self):
        return Sheets(self)

    @property
    def names(self):
        return Names(self)


class Names(bc.Names):
    def __init__(self, book):
        self.book = book

    def __call__(self, key):
        return Name(self.book, self.book.document.NamedRanges.getByName(key))

    def __len__(self):
        return self.book.document.NamedRanges.Count

    def contains(self, key):
        return self.book.document.NamedRanges.hasByName(key)


class Name(bc.Name):
    def __init__(self, book, named):
        self.book, self.named = book, named

    @property
    def name(self):
        return self.named.Name

    @property
    def refers_to_range(self):
        area = self.named.getReferredCells().RangeAddress
        sheet = Sheet(self.book, self.book.document.Sheets.getByIndex(area.Sheet))
        return Range(sheet, (area.StartRow + 1, area.StartColumn + 1), (area.EndRow + 1, area.EndColumn + 1))


class Sheets(bc.Sheets):
    def __init__(self, book):
        self.book = book

    def __call__(self, key):
        sheets = self.book.document.Sheets
        if isinstance(key, str):
            if not sheets.hasByName(key):
                raise xw.NoSuchObjectError(key)
            return Sheet(self.book, sheets.getByName(key))
        return Sheet(self.book, sheets.getByIndex(key - 1))

    def __len__(self):
        return self.book.document.Sheets.Count

    def __iter__(self):
        return (self(number + 1) for number in range(len(self)))


class Sheet(bc.Sheet):
    def __init__(self, book, sheet):
        self._book, self.sheet = book, sheet

    @property
    def api(self):
        return self.sheet

    @property
    def name(self):
        return self.sheet.Name

    @property
    def book(self):
        return self._book

    @property
    def index(self):
        return self.sheet.RangeAddress.Sheet + 1

    @property
    def cells(self):
        return Range(self, (1, 1), (1048576, 16384))

    @property
    def used_range(self):
        cursor = self.sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        area = cursor.RangeAddress
        return Range(self, (1, 1), (area.EndRow + 1, area.EndColumn + 1))

    def range(self, first, last=None):
        return Range(self, first, last)

    def activate(self):
        controller = self._book.document.CurrentController
        if controller is not None and self.sheet.IsVisible:
            controller.setActiveSheet(self.sheet)


class Range(bc.Range):
    max_cells_per_read = max_cells_per_write = None

    def __init__(self, sheet, first, last=None):
        self.sheet, self.options = sheet, None
        if isinstance(first, Range):
            rows, columns = last.shape
            first, last = (first.row, first.column), (last.row + rows - 1, last.column + columns - 1)
        if isinstance(first, str):
            first, last = utils.a1_to_tuples(first)
        if len(first) == 4:
            first, last = first[:2], (first[0] + first[2] - 1, first[1] + first[3] - 1)
        self.first, self.last = first, last or first
        self.cells = sheet.sheet.getCellRangeByPosition(
            self.first[1] - 1, self.first[0] - 1, self.last[1] - 1, self.last[0] - 1
        )

    @property
    def api(self):
        return self.cells

    @property
    def coords(self):
        return (self.sheet.name, self.row, self.column, *self.shape)

    @property
    def row(self):
        return self.first[0]

    @property
    def column(self):
        return self.first[1]

    @property
    def shape(self):
        return self.last[0] - self.first[0] + 1, self.last[1] - self.first[1] + 1

    def __len__(self):
        return self.shape[0] * self.shape[1]

    def __call__(self, row, column=None):
        if column is None:
            row, column = (part + 1 for part in divmod(row - 1, self.shape[1]))
        return Range(self.sheet, (self.row + row - 1, self.column + column - 1))

    def get_address(self, row_absolute, col_absolute, external):
        def one(place):
            column, row = utils.col_name(place[1]), place[0]
            return f"{'$' * bool(col_absolute)}{column}{'$' * bool(row_absolute)}{row}"

        return one(self.first) if self.first == self.last else f"{one(self.first)}:{one(self.last)}"

    @property
    def address(self):
        return self.get_address(True, True, False)

    @property
    def formula(self):
        rows = self.cells.getFormulaArray()
        told = [[self._told(r, c, text) for c, text in enumerate(row)] for r, row in enumerate(rows)]
        return told[0][0] if self.shape == (1, 1) else tuple(map(tuple, told))

    def _told(self, row, column, text):
        """As Excel tells it: formulas in its own notation, texts without their mark."""
        if not text.startswith("="):
            return text.removeprefix("'")
        cell = self.cells.getCellByPosition(column, row)
        return "=" + self.sheet.book.parser.printFormula(cell.getTokens(), cell.CellAddress)

    @property
    def number_format(self):
        formats = self.sheet.book.document.NumberFormats
        return formats.getByKey(self.cells.NumberFormat).FormatString

    @number_format.setter
    def number_format(self, wanted):
        formats = self.sheet.book.document.NumberFormats
        english = uno.createUnoStruct("com.sun.star.lang.Locale", "en", "US", "")
        key = formats.queryKey(wanted, english, False)
        self.cells.NumberFormat = formats.addNew(wanted, english) if key == -1 else key

    @property
    def raw_value(self):
        return [list(row) for row in self.cells.getDataArray()]

    @raw_value.setter
    def raw_value(self, given):
        rows = given if isinstance(given, (list, tuple)) else [[given] * self.shape[1]] * self.shape[0]
        self._refuse_locked()
        fail_when_asked()
        plain = tuple(tuple("" if _is_formula(value) else _unmarked(value) for value in row) for row in rows)
        self.cells.setDataArray(plain)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if _is_formula(value):
                    self._set_formula(self.cells.getCellByPosition(column, number), value)

    def _refuse_locked(self):
        if not self.sheet.sheet.isProtected():
            return
        if self.cells.CellProtection is None or self.cells.CellProtection.IsLocked:
            raise RuntimeError(f"{self.sheet.name}!{self.address}: locked")

    def _set_formula(self, cell, formula):
        parser = self.sheet.book.parser
        cell.setTokens(parser.parseFormula(formula.removeprefix("="), cell.CellAddress))


_writes_left = None


def fail_at(number):
    """The number-th write from now fails, all others work; None: none does."""
    global _writes_left
    _writes_left = number


def fail_when_asked():
    global _writes_left
    if _writes_left is not None:
        _writes_left -= 1
        if _writes_left == 0:
            raise RuntimeError("write failed as asked")


def _is_formula(value):
    return isinstance(value, str) and value.startswith("=")


def _unmarked(value):
    return value[1:] if isinstance(value, str) and value.startswith("'") else value


engine = Engine()


def wrap(document):
    """An open document as an xlwings book."""
    if "libreoffice" not in xw.engines.engines_by_name:
        xw.engines.add(xw.Engine(impl=engine))
    app = App()
    engine.apps.opened.insert(0, app)
    return xw.Book(impl=Book(document, app))
