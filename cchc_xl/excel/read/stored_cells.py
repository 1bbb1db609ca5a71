"""Cells of one worksheet, interpreted when asked for: kind, text, formula."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, KeysView, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from cchc_xl.excel.opc.limits import Limits
from cchc_xl.excel.opc.xml_parts import decode_characters, unescape
from cchc_xl.excel.read.cell_tokens import SheetTokens, Token
from cchc_xl.excel.read.formula_text import in_one_form
from cchc_xl.excel.read.ordinary_cells import ordinary_tokens
from cchc_xl.excel.read.parsed_cells import parsed_tokens
from cchc_xl.excel.read.shared_formulas import SHARED_FORMULA, SharedFormulas
from cchc_xl.excel.read.used_range import is_outside
from cchc_xl.model import RawCell
from cchc_xl.model.addresses import range_position
from cchc_xl.model.errors import WorkbookRefused, WriteRefused

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.A)
_ADDRESS = re.compile(r"[A-Z]{1,3}[1-9][0-9]{0,6}")
_INDEX = re.compile(' si="([0-9]+)"')
_LIMITS = Limits()


def plain_number(text: str) -> str | None:
    """A stored number in its shortest notation that keeps the same double; None when it is no number.

    Programs store 0.9932 as 0.99319999999999997.
    """
    if len(text) < 16 and text.isascii() and text.isdigit() and (text[0] != "0" or text == "0"):
        return text
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text)
    if value in (float("inf"), float("-inf")):
        return None
    return repr(value).removesuffix(".0")


def _new_text_cell(sheet: str, address: str, text: str) -> RawCell:
    return RawCell(sheet, address, "text", text)


_text_cell = lru_cache(maxsize=8192)(_new_text_cell)  # workbooks issued alike have the same labels
_LONGEST_LABEL = 500


class StoredCells(Mapping[str, RawCell]):
    """Cells of one sheet that hold a value or a formula, by address.

    Looking one up raises WorkbookRefused (naming sheet and cell) for an unknown shared string, a malformed
    number or an unknown cell type.
    """

    def __init__(
        self, sheet: str, tokens: SheetTokens, shared: Callable[[], Sequence[str]], dates: frozenset[str]
    ) -> None:
        self._sheet = sheet
        self._tokens = tokens.cells
        self._escaped = tokens.escaped
        self._masters = tokens.masters
        self._shared = shared
        self._dates = dates
        self._cells: dict[str, RawCell] = {}

    def __len__(self) -> int:
        return len(self._tokens)

    def __iter__(self) -> Iterator[str]:
        return iter(self._tokens)

    def __contains__(self, address: object) -> bool:
        return address in self._tokens

    def keys(self) -> KeysView[str]:
        """Addresses of the filled cells; asking whether one is among them interprets nothing."""
        return self._tokens.keys()

    def get(  # type: ignore[override]
        self, address: str, default: RawCell | None = None
    ) -> RawCell | None:
        """The cell; `default` when it holds neither value nor formula."""
        cell = self._cells.get(address)
        if cell is not None:
            return cell
        return self[address] if address in self._tokens else default

    def style(self, address: str) -> str:
        """Index of a filled cell's format as stored; "" for the first."""
        token = self._tokens.get(address)
        return token[1] if token else ""

    def __getitem__(self, address: str) -> RawCell:
        cell = self._cells.get(address)
        if cell is None:
            cell = self._cells[address] = self._interpret(self._tokens[address])
        return cell

    def _interpret(self, token: Token) -> RawCell:
        address, style, stored_type, opened, formula, value, inline = token
        if stored_type == "s" and not opened:
            text = self._shared_string(address, value.strip())
            return (_text_cell if len(text) <= _LONGEST_LABEL else _new_text_cell)(self._sheet, address, text)
        if self._escaped and ("&" in formula or "&" in value or "&" in inline):
            formula, value, inline = unescape(formula), unescape(value), unescape(inline)
        if opened:
            formula = in_one_form(formula) if formula else self._text_elsewhere(opened, address)
        kind, text = self._content(address, style, stored_type or "n", value, inline)
        return RawCell(self._sheet, address, kind, text, formula or None)

    def _text_elsewhere(self, opened: str, address: str) -> str:
        """The formula of a cell that does not store its text."""
        if ' t="shared"' not in opened:
            return SHARED_FORMULA
        index = _INDEX.search(opened)
        return in_one_form(self._shared_formulas.of_follower(index[1] if index else "", address))

    @cached_property
    def _shared_formulas(self) -> SharedFormulas:
        return SharedFormulas(self._masters())

    def _content(self, address: str, style: str, kind: str, value: str, inline: str) -> tuple[str, str]:
        if kind == "str":
            return "text", decode_characters(value)
        if kind == "inlineStr":
            return "text", decode_characters(inline)
        value = value.strip()
        if not value:
            return "blank", ""
        if kind == "s":
            return "text", self._shared_string(address, value)
        if kind == "n":
            number = plain_number(value)
            if number is None:
                raise self._refused("number_malformed", address, value)
            return ("date" if style in self._dates else "number"), number
        if kind == "b":
            return "bool", "TRUE" if value in ("1", "true") else "FALSE"
        if kind in ("e", "d"):
            return ("error" if kind == "e" else "date"), value
        raise self._refused("cell_type", address, kind)

    def _shared_string(self, address: str, value: str) -> str:
        strings = self._strings
        if not (value.isascii() and value.isdigit()) or len(value) > 9 or int(value) >= len(strings):
            raise self._refused("shared_string_index", address, value)
        return strings[int(value)]

    @cached_property
    def _strings(self) -> Sequence[str]:
        return self._shared()

    def _refused(self, code: str, address: str, value: str) -> WorkbookRefused:
        return WorkbookRefused(code, sheet=self._sheet, cell=address, value=value[:40])


@dataclass(frozen=True, slots=True)
class SheetContents:
    """What one worksheet stores. Cells without value and formula are left out."""

    cells: StoredCells
    merged: tuple[str, ...]
    hidden_rows: frozenset[int]  # hidden, or too low to show anything
    hidden_columns: frozenset[int] = frozenset()  # by number, from 1; hidden, or too narrow


def _read_tokens(sheet: str, part: str, content: bytes) -> SheetTokens:
    """By pattern where every byte is proven, and then within bounds; else by the parser, bounds checked."""
    ordinary = ordinary_tokens(content)
    if ordinary is not None:
        return ordinary
    tokens = parsed_tokens(sheet, part, content)
    for address in tokens.cells:
        if not _ADDRESS.fullmatch(address) or is_outside(address.encode(), _LIMITS):
            raise WorkbookRefused("used_range", sheet=sheet, cell=address, part=part)
    return tokens


def read_cells(
    sheet: str, part: str, content: bytes, shared: Callable[[], Sequence[str]], dates: frozenset[str]
) -> SheetContents:
    """Contents of one worksheet part; `shared` gives the shared strings when the first is needed.

    Raises WorkbookRefused for XML that is not well-formed, a cell stored twice or far outside any report.
    """
    tokens = _read_tokens(sheet, part, content)
    _refuse_broken_merges(sheet, tokens.merged)
    cells = StoredCells(sheet, tokens, shared, dates)
    return SheetContents(cells, tokens.merged, tokens.hidden_rows, tokens.hidden_columns)


def _refuse_broken_merges(sheet: str, merged: Sequence[str]) -> None:
    """Excel itself offers to repair a file whose merged range is no range."""
    for area in merged:
        try:
            range_position(area)
        except WriteRefused as fault:
            raise WorkbookRefused("merged_reference", sheet=sheet, name=sheet, value=area[:40]) from fault
