"""Cells of a worksheet part by the XML parser, whatever the form of the XML: prefixed, spaced, commented.

What readers disagree about is refused: foreign elements and markup compatibility among the cells, cells in a
second sheetData or deeper than it, a namespace that changes on the way.
"""

from __future__ import annotations

from xml.parsers import expat

from cchc_xl.excel.opc.xml_parts import Attributes
from cchc_xl.excel.read.cell_tokens import (
    MAIN_NAMESPACES,
    Master,
    SheetTokens,
    Token,
    is_row_unseen,
    unseen_columns,
)
from cchc_xl.model.addresses import cell_position, range_position
from cchc_xl.model.errors import WorkbookRefused, WriteRefused

_SEPARATOR = "}"
_XML = "http://www.w3.org/XML/1998/namespace" + _SEPARATOR
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006" + _SEPARATOR
_PARENTS = {"row": ("sheetData",), "c": ("row",), "f": ("c",), "v": ("c",), "is": ("c",)}
_MOST_ARRAYS = 1000


def parsed_tokens(sheet: str, part: str, content: bytes) -> SheetTokens:
    """Tokens by the XML parser. Raises WorkbookRefused for broken XML, foreign content, twin cells."""
    state = _Parsing(sheet, part)
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    parser.StartNamespaceDeclHandler = state.declared
    parser.StartElementHandler = state.opened
    parser.EndElementHandler = state.closed
    parser.CharacterDataHandler = state.text
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise WorkbookRefused("xml_malformed", sheet=sheet, part=part) from None
    state.cover_arrays()
    merged, hidden = tuple(state.merged), frozenset(state.hidden)
    columns = frozenset(state.hidden_columns)
    return SheetTokens(state.cells, False, merged, hidden, lambda: state.masters, columns)


def _next_address(previous: str, row: int) -> str:
    """Address of a cell stored without one: right of the one before, or column A of its row."""
    letters = previous.rstrip("0123456789")
    if not previous or previous[len(letters) :] != str(row):
        return f"A{row}"
    head = letters.rstrip("Z")
    wrapped = "A" * (len(letters) - len(head))
    return (head[:-1] + chr(ord(head[-1]) + 1) if head else "A") + wrapped + str(row)


class _Parsing:
    """State of one pass of the parser over a worksheet."""

    def __init__(self, sheet: str, part: str) -> None:
        self.sheet = sheet
        self.part = part
        self.main = ""  # namespace of the root, with the separator
        self.open: list[str] = []  # elements around, within the main namespace
        self.cells: dict[str, Token] = {}
        self.stored: set[str] = set()
        self.merged: list[str] = []
        self.hidden: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.masters: list[Master] = []
        self.arrays: list[str] = []
        self.row = 0
        self.address = ""
        self.cell: Attributes | None = None
        self.formula: Attributes | None = None
        self.field = ""
        self.texts = {"f": "", "v": "", "t": ""}
        self.seen: set[str] = set()
        self.inside = False
        self.finished = False
        self.phonetic = False

    def _refused(self, code: str) -> WorkbookRefused:
        cell = self.address if self.cell is not None else None
        return WorkbookRefused(code, sheet=self.sheet, cell=cell, part=self.part)

    def declared(self, _prefix: str | None, _uri: str) -> None:
        if self.inside:
            raise self._refused("xml_foreign")

    def opened(self, name: str, attributes: Attributes) -> None:
        if not self.open:
            uri, _, local = name.rpartition(_SEPARATOR)
            if local != "worksheet" or uri not in MAIN_NAMESPACES:
                raise self._refused("xml_unusual")
            self.main = uri + _SEPARATOR
        local = name[len(self.main) :] if name.startswith(self.main) else ""
        if local == "sheetData":
            if self.finished or self.inside or self.open != ["worksheet"]:
                raise self._refused("xml_foreign")
            self.inside = True
        elif self.inside:
            self._inside(local, attributes)
        elif local == "mergeCell":
            self.merged.append(attributes.get("ref", ""))
        elif local == "col":
            self.hidden_columns.update(unseen_columns(attributes))
        self.open.append(local)

    def _inside(self, local: str, attributes: Attributes) -> None:
        """An element among the cells."""
        if not local or any(_is_foreign(local, name) for name in attributes):
            raise self._refused("xml_foreign")
        parent = self.open[-1]
        if parent not in _PARENTS.get(local, (parent,)) or (parent == "sheetData" and local != "row"):
            raise self._refused("xml_unusual")
        if self.field:
            raise self._refused("xml_unusual")
        if local == "row":
            number = attributes.get("r", "")
            self.row = int(number) if number.isdecimal() and len(number) < 8 else self.row + 1
            if is_row_unseen(attributes):
                self.hidden.add(self.row)
        elif local == "c":
            self.cell = attributes
            self.address = attributes.get("r") or _next_address(self.address, self.row)
            self.texts = {"f": "", "v": "", "t": ""}
            self.seen = set()
            self.formula = None
        elif local == "rPh":
            self.phonetic = True
        elif self.cell is not None and local in ("f", "v", "t"):
            self.field = "" if self.phonetic else local
            if local != "t" and local in self.seen:
                raise WorkbookRefused("duplicate_cell", sheet=self.sheet, cell=self.address)
            self.seen.add(local)
            if local == "f":
                self.formula = attributes

    def text(self, data: str) -> None:
        if self.field:
            self.texts[self.field] += data

    def closed(self, _name: str) -> None:
        local = self.open.pop()
        self.field = ""
        if local == "rPh":
            self.phonetic = False
        elif local == "sheetData" and self.inside:
            self.inside, self.finished = False, True
        elif local == "c" and self.cell is not None:
            self._close_cell(self.cell)
            self.cell = None

    def _close_cell(self, cell: Attributes) -> None:
        if self.address in self.stored:
            raise WorkbookRefused("duplicate_cell", sheet=self.sheet, cell=self.address)
        self.stored.add(self.address)
        formula = self.texts["f"]
        token = (
            self.address,
            cell.get("s", ""),
            cell.get("t", ""),
            self._opened_formula(formula),
            formula,
            self.texts["v"],
            self.texts["t"],
        )
        if any(token[3:]):
            self.cells[self.address] = token

    def _opened_formula(self, text: str) -> str:
        """The opening tag as the pattern would see it, reduced to what tells which formula is meant."""
        if self.formula is None:
            return ""
        kind, index, area = (self.formula.get(name, "") for name in ("t", "si", "ref"))
        if kind in ("array", "dataTable") and ":" in area:
            self.arrays.append(area)
        if kind != "shared":
            return "<f>"
        if text:
            self.masters.append(Master(self.address, index, area, text))
        return f'<f t="shared" si="{index}">'

    def cover_arrays(self) -> None:
        """Mark the cells that show results of an array formula or data table stored elsewhere."""
        if len(self.arrays) > _MOST_ARRAYS:
            raise self._refused("xml_unusual")
        for array in self.arrays:
            for address, token in self.cells.items():
                if not token[3] and _covers(array, address):
                    self.cells[address] = (*token[:3], "<f>", *token[4:])


def _is_foreign(local: str, attribute: str) -> bool:
    if _SEPARATOR not in attribute or attribute.startswith(_XML):
        return False
    return local != "row" or attribute.startswith(_COMPATIBILITY)


def _covers(area: str, address: str) -> bool:
    """Whether an area holds a cell; one that is no area at all is taken to hold every cell."""
    try:
        top, left, bottom, right = range_position(area)
        row, column = cell_position(address)
    except WriteRefused:
        return True
    return top <= row <= bottom and left <= column <= right
