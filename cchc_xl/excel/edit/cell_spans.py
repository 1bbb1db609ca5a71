"""Where each row and cell of a worksheet part begins and ends, in bytes, as the XML parser saw it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from xml.parsers import expat

from cchc_xl.excel.read.used_range import column_number
from cchc_xl.model.errors import WorkbookRefused, WriteRefused

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.A)
_TAG = re.compile(rb"""<[^\s/>]+(?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*(/?)>""")


@dataclass(frozen=True, slots=True)
class CellSpan:
    """One `<c>`: whole element, end of its opening tag, and its `<f>` (0, 0 without one)."""

    start: int
    open_end: int
    end: int
    formula_start: int = 0
    formula_end: int = 0

    @property
    def formula(self) -> bool:
        return self.formula_end > 0


@dataclass(frozen=True, slots=True)
class RowSpan:
    """One `<row>`: start, where its closing tag begins (or where an empty element ends), its cells."""

    start: int
    close: int
    empty: bool
    cells: tuple[tuple[int, str], ...]  # column number, address


@dataclass(frozen=True, slots=True)
class SheetSpans:
    """Everything splicing needs. `data_start` differs from `data_end` only for an empty `<sheetData/>`."""

    prefix: bytes
    cells: dict[str, CellSpan]
    rows: dict[int, RowSpan]
    data_start: int
    data_end: int


def split_address(address: str) -> tuple[int, int]:
    """Column and row number of "D9". Raises WriteRefused for anything that is no plain cell address."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise WriteRefused(f"«{address}» không phải là địa chỉ ô.")
    return column_number(match[1]), int(match[2])


def _unusual() -> WorkbookRefused:
    return WorkbookRefused("xml_unusual", part="worksheet")


@dataclass(slots=True)
class _Scan:
    """State of one pass of the parser."""

    xml: bytes
    parser: Any
    prefix: str | None = None
    cells: dict[str, CellSpan] = field(default_factory=dict)
    rows: dict[int, RowSpan] = field(default_factory=dict)
    row_cells: list[tuple[int, str]] = field(default_factory=list)
    row: tuple[int, int, int, bool] = (0, 0, 0, False)  # number, start, end of opening tag, empty element
    cell: tuple[str, int, int, bool] | None = None
    formula: tuple[int, int, bool] | None = None
    formula_span: tuple[int, int] = (0, 0)
    data: tuple[int, int] | None = None
    data_open: tuple[int, int, bool] = (0, 0, False)

    def _open_tag(self) -> tuple[int, int, bool]:
        start = self.parser.CurrentByteIndex
        match = _TAG.match(self.xml, start)
        if match is None:
            raise _unusual()
        return start, match.end(), bool(match[1])

    def _close(self, opened: tuple[int, int, bool]) -> tuple[int, int]:
        """Start of the closing tag and end of the element (equal for an empty element)."""
        if opened[2]:
            return opened[1], opened[1]
        at = self.parser.CurrentByteIndex
        return at, self.xml.index(b">", at) + 1

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if self.prefix is None:
            self.prefix = name[: name.find(":") + 1]
            if name[len(self.prefix) :] != "worksheet":
                raise _unusual()
        local = name[len(self.prefix) :] if name.startswith(self.prefix) else ""
        if local == "c":
            address = attributes.get("r", "")
            if not _ADDRESS.fullmatch(address) or address in self.cells or self.cell:
                raise _unusual()
            self.cell = (address, *self._open_tag())
            self.formula_span = (0, 0)
        elif local == "f" and self.cell:
            self.formula = self._open_tag()
        elif local == "row":
            number = attributes.get("r", "")
            if not number.isdecimal() or len(number) > 7 or int(number) in self.rows:
                raise _unusual()
            self.row = (int(number), *self._open_tag())
            self.row_cells = []
        elif local == "sheetData":
            self.data_open = self._open_tag()

    def closed(self, name: str) -> None:
        prefix = self.prefix or ""
        local = name[len(prefix) :] if name.startswith(prefix) else ""
        if local == "c" and self.cell:
            address, start, open_end, _ = self.cell
            end = self._close(self.cell[1:])[1]
            self.cells[address] = CellSpan(start, open_end, end, *self.formula_span)
            self.row_cells.append((split_address(address)[0], address))
            self.cell = None
        elif local == "f" and self.formula:
            self.formula_span = (self.formula[0], self._close(self.formula)[1])
            self.formula = None
        elif local == "row":
            number, start, open_end, empty = self.row
            close = self._close((start, open_end, empty))[0]
            self.rows[number] = RowSpan(start, close, empty, tuple(self.row_cells))
        elif local == "sheetData":
            close = self._close(self.data_open)[0]
            self.data = (self.data_open[0] if self.data_open[2] else close, close)


@lru_cache(maxsize=32)
def scan_sheet(sheet_xml: bytes) -> SheetSpans:
    """Spans of a worksheet part in UTF-8; kept for the last parts seen, as templates are filled often.

    Raises WorkbookRefused when the part is not well-formed or leaves out addresses.
    """
    parser = expat.ParserCreate()
    scan = _Scan(sheet_xml, parser)
    parser.StartElementHandler = scan.opened
    parser.EndElementHandler = scan.closed
    try:
        parser.Parse(sheet_xml, True)
    except expat.ExpatError:
        raise WorkbookRefused("xml_malformed", part="worksheet") from None
    if scan.data is None:
        raise _unusual()
    return SheetSpans((scan.prefix or "").encode(), scan.cells, scan.rows, *scan.data)
