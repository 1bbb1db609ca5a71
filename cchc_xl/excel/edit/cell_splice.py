"""Replacing the content of single cells inside a worksheet part; every other byte stays as it is."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape

from cchc_xl import texts
from cchc_xl.excel.edit.cell_spans import CellSpan, RowSpan, SheetSpans, scan_sheet, split_address
from cchc_xl.model.errors import WorkbookRefused, WriteRefused

_NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.A)
_TYPE = re.compile(rb"""\s+t\s*=\s*(?:"[^"]*"|'[^']*')""")
_ESCAPED = re.compile("_x[0-9A-Fa-f]{4}_")
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_KINDS = ("number", "text", "blank", "cached")
_Edit = tuple[int, int, bytes]  # from, to, new bytes
_CACHED_TYPES = ("n", "str", "b", "e")


@dataclass(frozen=True, slots=True)
class NewContent:
    """What a cell shall hold: kind "number", "text", "blank", or "cached" (a formula's value).

    `text` is the number in XML notation or the text itself; `cached_type` is n, str, b or e and counts
    for "cached" only.
    """

    kind: str
    text: str = ""
    cached_type: str = "n"

    def __post_init__(self) -> None:
        if self.kind not in _KINDS or self.cached_type not in _CACHED_TYPES:
            raise WriteRefused(texts.text("splice_kind", kind=self.kind, cached_type=self.cached_type))
        numeric = self.kind == "number" or (self.kind == "cached" and self.cached_type == "n")
        if numeric and not _NUMBER.fullmatch(self.text):
            raise WriteRefused(texts.text("splice_number", number=self.text))

    @classmethod
    def number(cls, value: Decimal | int | float) -> NewContent:
        """A number as an input."""
        return cls("number", _number_text(value))

    @classmethod
    def words(cls, value: str) -> NewContent:
        """A text as an input; never a formula, whatever it begins with."""
        return cls("text", value)

    @classmethod
    def blank(cls) -> NewContent:
        """An emptied cell that keeps its style."""
        return cls("blank")

    @classmethod
    def cached(cls, value: Decimal | int | float | str | bool) -> NewContent:
        """The value a formula cell shows until it is recalculated."""
        if isinstance(value, bool):
            return cls("cached", "1" if value else "0", "b")
        if isinstance(value, str):
            return cls("cached", value, "str")
        return cls("cached", _number_text(value))


def _number_text(value: Decimal | int | float) -> str:
    return str(value).replace("E+", "E") if isinstance(value, Decimal) else repr(value)


def xml_text(text: str) -> bytes:
    """Text as XML character data in the way spreadsheets store it (ECMA-376, ST_Xstring)."""
    marked = _ESCAPED.sub(lambda match: "_x005F" + match[0], text)
    legal = _ILLEGAL.sub(lambda match: f"_x{ord(match[0]):04X}_", marked)
    return escape(legal).encode()


def _space(text: str) -> bytes:
    return b' xml:space="preserve"' if text != text.strip() or "\n" in text else b""


def _body(new: NewContent, prefix: bytes, formula: bytes) -> tuple[bytes, bytes]:
    """Type attribute and inner XML of the cell."""
    if new.kind == "blank":
        return b"", b""
    if new.kind == "text":
        text_open = b"<%sis><%st%s>" % (prefix, prefix, _space(new.text))
        return b' t="inlineStr"', text_open + xml_text(new.text) + b"</%st></%sis>" % (prefix, prefix)
    value = b"<%sv>%s</%sv>" % (prefix, xml_text(new.text), prefix)
    if new.kind == "number":
        return b"", value
    typed = b"" if new.cached_type == "n" else b' t="%s"' % new.cached_type.encode()
    return typed, formula + value


def _render(open_tag: bytes, new: NewContent, prefix: bytes, formula: bytes) -> bytes:
    typed, inner = _body(new, prefix, formula)
    start = _TYPE.sub(b"", open_tag.rstrip(b"/>").rstrip()) + typed
    return start + (b">" + inner + b"</%sc>" % prefix if inner else b"/>")


def _replace(xml: bytes, spans: SheetSpans, cell: CellSpan, address: str, new: NewContent) -> bytes:
    if new.kind == "cached" and not cell.formula:
        raise WorkbookRefused("splice_without_formula", cell=address, address=address)
    formula_xml = xml[cell.formula_start : cell.formula_end]
    if new.kind != "cached" and b"ref=" in formula_xml.partition(b">")[0]:
        raise WorkbookRefused("splice_shared_formula", cell=address, address=address)
    return _render(xml[cell.start : cell.open_end], new, spans.prefix, formula_xml)


def _insertion_point(spans: SheetSpans, row: RowSpan, column: int) -> int:
    for number, address in row.cells:
        if number > column:
            return spans.cells[address].start
    return row.close


def _new_cell(address: str, new: NewContent, prefix: bytes) -> bytes:
    if new.kind == "cached":
        raise WorkbookRefused("splice_without_formula", cell=address, address=address)
    return _render(b'<%sc r="%s">' % (prefix, address.encode()), new, prefix, b"")


def _inserted(spans: SheetSpans, xml: bytes, absent: Mapping[str, NewContent]) -> list[_Edit]:
    """Edits that add cells the sheet does not store, rows before rows and cells before cells."""
    by_row: dict[int, list[tuple[int, str]]] = {}
    for address in absent:
        column, row_number = split_address(address)
        by_row.setdefault(row_number, []).append((column, address))
    edits: list[_Edit] = []
    new_rows: list[bytes] = []
    numbers = sorted(spans.rows)
    for number in sorted(by_row):
        cells = [(column, _new_cell(a, absent[a], spans.prefix)) for column, a in sorted(by_row[number])]
        row = spans.rows.get(number)
        if row is not None and not row.empty:
            edits += [(at := _insertion_point(spans, row, column), at, cell) for column, cell in cells]
            continue
        joined = b"".join(cell for _, cell in cells)
        if row is not None:
            opened = xml[row.start : row.close].rstrip(b"/>").rstrip()
            edits.append((row.start, row.close, b"%s>%s</%srow>" % (opened, joined, spans.prefix)))
            continue
        content = b'<%srow r="%d">%s</%srow>' % (spans.prefix, number, joined, spans.prefix)
        following = bisect_left(numbers, number)
        if following < len(numbers):
            at = spans.rows[numbers[following]].start
            edits.append((at, at, content))
        else:
            new_rows.append(content)
    if new_rows:
        edits.append(_appended(spans, b"".join(new_rows)))
    return edits


def _appended(spans: SheetSpans, rows: bytes) -> _Edit:
    if spans.data_start == spans.data_end:
        return spans.data_end, spans.data_end, rows
    prefix = spans.prefix
    return spans.data_start, spans.data_end, b"<%ssheetData>%s</%ssheetData>" % (prefix, rows, prefix)


def splice_cells(sheet_xml: bytes, changes: Mapping[str, NewContent]) -> bytes:
    """The worksheet part with the content of some cells replaced or added; no other byte changes.

    Styles stay. A formula stays only under kind "cached". Raises WorkbookRefused where the part is not in
    an ordinary form, where a cached value has no formula to belong to, or where the master of a shared
    formula would be overwritten.
    """
    if not changes:
        return sheet_xml
    spans = scan_sheet(sheet_xml)
    edits: list[_Edit] = []
    absent: dict[str, NewContent] = {}
    for address, new in changes.items():
        cell = spans.cells.get(address)
        if cell is not None:
            edits.append((cell.start, cell.end, _replace(sheet_xml, spans, cell, address, new)))
        elif new.kind != "blank":
            absent[address] = new
    if absent:
        edits += _inserted(spans, sheet_xml, absent)
    edits.sort(key=lambda edit: edit[:2])
    pieces: list[bytes] = []
    at = 0
    for start, end, content in edits:
        pieces += (sheet_xml[at:start], content)
        at = end
    return b"".join((*pieces, sheet_xml[at:]))


_CALC = re.compile(rb"<(\w+:)?calcPr\b[^>]*?(/?)>")
_FULL_CALC = re.compile(rb"""\s+fullCalcOnLoad\s*=\s*(?:"[^"]*"|'[^']*')""")
_BEFORE_CALC = (b"definedNames", b"externalReferences", b"functionGroups", b"sheets")


def set_full_calc_on_load(workbook_xml: bytes) -> bytes:
    """The workbook part asking the spreadsheet program to recalculate everything when it opens the file.

    Raises WorkbookRefused when the part has no place for that.
    """
    if match := _CALC.search(workbook_xml):
        tag = _FULL_CALC.sub(b"", match[0])
        close = b"/>" if match[2] else b">"
        tag = tag[: -len(close)].rstrip() + b' fullCalcOnLoad="1"' + close
        return workbook_xml[: match.start()] + tag + workbook_xml[match.end() :]
    for element in _BEFORE_CALC:
        if closing := re.search(rb"</(\w+:)?%s\s*>" % element, workbook_xml):
            tag = b'<%scalcPr fullCalcOnLoad="1"/>' % (closing[1] or b"")
            return workbook_xml[: closing.end()] + tag + workbook_xml[closing.end() :]
    raise WorkbookRefused("xml_malformed", part="xl/workbook.xml")
