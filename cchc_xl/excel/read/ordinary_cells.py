"""Cells of a worksheet part by pattern: the form every spreadsheet program writes, proven row by row.

The rows must follow each other without a gap, each made of nothing but cells of that very row, none stored
twice; what stands before and after them goes through the XML parser. So the sheet is well-formed and no cell
can hide. Anything else, however small, is left to the parser.

A row that was proven once is known: most rows of a template come again in every workbook issued from it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from cchc_xl.excel.opc.xml_parts import known_before, unescape
from cchc_xl.excel.read.cell_tokens import (
    MAIN_NAMESPACES,
    Master,
    SheetTokens,
    Token,
    is_row_unseen,
    unseen_columns,
)
from cchc_xl.excel.read.plain_xml import ATTRIBUTES, DECLARATION, PRESERVE, SPACE, is_well_formed, plain_text

_START, _END = b"<sheetData>", b"</sheetData>"
_FORMULA_ATTRIBUTES = (
    '(?: t="shared")?(?: aca="[a-z01]+")?(?: ref="[A-Z0-9:]+")?(?: ca="[a-z01]+")?(?: si="[0-9]+")? ?'
)
_COLUMN = "[A-Z]{1,2}|A[A-L][A-Z]|AM[A-J]"  # up to the gate's bound
_ROW = re.compile(f'r="([1-9][0-9]{{0,5}})"({ATTRIBUTES}) ?(/?)>{SPACE}')
_ROW_END = "</row>"
_CELL = re.compile(
    f'(<c r="({_COLUMN})([0-9]++)"(?: s="([0-9]++)")?(?: t="([A-Za-z]++)")?{PRESERVE} ?(?:/>|>{SPACE}'
    f"(?:(?:(<f{_FORMULA_ATTRIBUTES}/>)|(<f{_FORMULA_ATTRIBUTES}>)([^<]*+)</f>){SPACE})?"
    f"(?:(?:<v{PRESERVE} ?(?:/>|>([^<]*+)</v>)"
    f"|<is>{SPACE}<t{PRESERVE} ?(?:/>|>([^<]*+)</t>){SPACE}</is>){SPACE})?</c>){SPACE})"
)
_MASTER = re.compile(rf'<c r="([A-Z]+[0-9]+)"[^<>]*>{SPACE}<f t="shared"([^<>]*)>([^<]+)</f>')
_ATTRIBUTE = re.compile(' ([A-Za-z0-9_.:-]+)="([^"]*)"')
_ROOT = re.compile(DECLARATION + rb"""(<worksheet(?: [^<>']*)? xmlns="([\w:/.-]*)"[^<>']*>)""")
_CLOSED, _PRINTED = b"</worksheet>", b"<headerFooter"
_COLUMN_ELEMENT = re.compile(rb"<col( [^<>']*)/>")
_MERGED = re.compile(rb'<mergeCell ref="([A-Z0-9:]*)"\s*/>')


def ordinary_tokens(content: bytes) -> SheetTokens | None:
    """Tokens by pattern; None when the sheet is not wholly in ordinary form."""
    start, end = content.find(_START), content.rfind(_END)
    frame = _frame(content[:start], content[end + len(_END) :]) if 0 < start < end else None
    before, *pieces = content[start + len(_START) : end].split(b"<row ")
    if frame is None or before.strip(b" \n\t"):
        return None
    rows: dict[str, _Row] = {}
    cells: dict[str, Token] = {}
    for piece in pieces:
        row = _row(piece)
        if row is None or (row.has_descent and not frame.has_descents):
            return None
        rows[row.number] = row
        cells.update(row.cells)
    if len(rows) != len(pieces):
        return None
    hidden = frozenset(int(row.number) for row in rows.values() if row.hidden)
    holders = [row for row in rows.values() if row.masters]

    def masters() -> list[Master]:
        return [master for row in holders for master in row.masters]

    return SheetTokens(cells, True, frame.merged, hidden, masters, frame.hidden_columns)


class _Row(NamedTuple):
    """What a row holds, once its text was proven."""

    number: str
    hidden: bool
    has_descent: bool
    cells: dict[str, Token]  # those with a value or a formula, texts still escaped
    masters: tuple[Master, ...]


@known_before(maxsize=8192, longest=6144)
def _row(piece: bytes) -> _Row | None:
    """The row in the bytes behind "<row "; None when it is not what programs write."""
    text = plain_text(piece)
    opened = _ROW.match(text) if text is not None else None
    if text is None or opened is None:
        return None
    number, attributes, closed = opened.groups()
    state = _row_state(attributes)
    inner = text[opened.end() :].rstrip(" \n\t")
    if state is None or (inner if closed else not inner.endswith(_ROW_END)):
        return None
    inner = inner.removesuffix(_ROW_END)
    found = _CELL.findall(inner)
    covered = 0
    columns: set[str] = set()
    cells: dict[str, Token] = {}
    for whole, column, of_row, style, kind, bare, opening, formula, value, inline in found:
        if of_row != number:
            return None
        covered += len(whole)
        columns.add(column)
        if bare or opening or value or inline:
            address = column + number
            cells[address] = (address, style, kind, bare or opening, formula, value, inline)
    # Side by side from end to end; which of two twins a program shows is its own choice.
    if covered != len(inner) or len(columns) != len(found):
        return None
    masters = tuple(map(_master, _MASTER.findall(inner))) if " si=" in inner else ()
    return _Row(number, *state, cells, masters)


@lru_cache(maxsize=1024)
def _row_state(attributes: str) -> tuple[bool, bool] | None:
    """Whether the row is unseen and whether it carries a descent; None for attributes no program writes."""
    given = _ATTRIBUTE.findall(attributes)
    names = {name for name, _ in given}
    unknown = any(":" in name and name not in ("x14ac:dyDescent", "xml:space") for name in names)
    if unknown or "r" in names or len(names) != len(given):
        return None
    return is_row_unseen(dict(given)), "x14ac:dyDescent" in names


def _master(found: tuple[str, str, str]) -> Master:
    address, attributes, formula = found
    given = dict(_ATTRIBUTE.findall(attributes))
    return Master(address, given.get("si", ""), given.get("ref", ""), unescape(formula))


class _Frame(NamedTuple):
    """What stands around the cells of a sheet."""

    merged: tuple[str, ...]
    hidden_columns: frozenset[int]
    has_descents: bool  # whether rows may carry Excel's x14ac:dyDescent


def _frame(head: bytes, tail: bytes) -> _Frame | None:
    """None unless head and tail are well-formed and the cells stand directly in the root.

    The printed header, which names the unit, is looked at apart: the rest is alike in workbooks issued alike.
    """
    root = _ROOT.match(head)
    if root is None or root[2].decode() not in MAIN_NAMESPACES:
        return None
    body, mark, printed = tail.rstrip(b" \n\t\r").partition(_PRINTED)
    if not (printed or body).endswith(_CLOSED):
        return None
    pieces = (head[root.end() :], body, mark + printed)
    merged: list[str] = []
    hidden: set[int] = set()
    for piece in pieces:
        found = _around(root[1], piece.removesuffix(_CLOSED))
        if found is None:
            return None
        merged += found[0]
        hidden |= found[1]
    return _Frame(tuple(merged), frozenset(hidden), b" xmlns:x14ac=" in root[1])


@known_before(maxsize=512, longest=65_536)
def _around(root: bytes, piece: bytes) -> tuple[tuple[str, ...], frozenset[int]] | None:
    """Merged ranges and hidden columns in whole elements beside the cells.

    None unless they are well-formed within the root.
    """
    if b"sheetData" in piece or b"<!" in piece:
        return None
    if not is_well_formed(root + piece + _CLOSED):
        return None
    merged = _MERGED.findall(piece)
    if len(merged) != piece.count(b"<mergeCell ") or b":col " in piece:
        return None
    columns = [dict(_ATTRIBUTE.findall(match.decode())) for match in _COLUMN_ELEMENT.findall(piece)]
    if len(columns) != piece.count(b"<col "):
        return None
    hidden = frozenset(number for column in columns for number in unseen_columns(column))
    return tuple(area.decode() for area in merged), hidden
