"""Cells of a worksheet part as bare tokens: by pattern where the XML is ordinary, else by the XML parser.

The pattern runs at C speed; it is trusted only when it accounts for every cell of the sheet and nothing in
the sheet (comments, CDATA, carriage returns, shared or array formulas, prefixes) could mean something else.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple
from xml.parsers import expat

from cchc_xl.excel.opc.xml_parts import Attributes
from cchc_xl.model.errors import WorkbookRefused

SHARED_FORMULA = "(công thức dùng chung)"  # follower of a shared formula, whose own text is not stored

_CELL = re.compile(
    r'<c r="([A-Z]{1,3}[1-9][0-9]{0,6})"(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?(?:/>|>'
    r'(?:<f(?: aca="[a-z]+")?>([^<]+)</f>)?'
    r'(?:<v>([^<]*)</v>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)'
)
_HIDDEN_ROW = re.compile(r'<row r="([0-9]{1,7})"[^<>]* hidden="(?:1|true)"')
_MERGED = re.compile(r'<mergeCell ref="([^"]*)"\s*/>')
_UNUSUAL = ("\r", "<!", "</sheetData>")  # could hide cells or mean something else
_LETTER = re.compile(r"[A-Za-z_\\]")

Token = tuple[str, str, str, str, str, str]  # address, style, type, formula, value, inline text


class SheetTokens(NamedTuple):
    """Tokens by address. `escaped`: their texts still hold XML escapes."""

    cells: dict[str, Token]  # those with a value or a formula
    escaped: bool
    merged: tuple[str, ...]
    hidden_rows: frozenset[int]


def read_tokens(sheet: str, part: str, content: bytes) -> SheetTokens:
    """Cells with a value or formula. Raises WorkbookRefused for broken XML or a cell stored twice."""
    return ordinary_tokens(sheet, content) or parsed_tokens(sheet, part, content)


def ordinary_tokens(sheet: str, content: bytes) -> SheetTokens | None:
    """Tokens by pattern; None when the sheet is not in ordinary form."""
    start = content.find(b"<sheetData>")
    end = content.rfind(b"</sheetData>")
    if not 0 < start < end:
        return None
    try:
        data = content[start:end].decode()
        tail = content[end : content.rfind(b"</mergeCells>") + 1].decode()
    except UnicodeDecodeError:
        return None
    if any(mark in data for mark in _UNUSUAL) or b"<!--" in content[:start] or "<!" in tail:
        return None
    found = _CELL.findall(data)
    if len(found) != data.count("<c"):
        return None
    # An empty twin counts too: which of the two a program shows is its own choice.
    if len({token[0] for token in found}) != len(found):
        raise WorkbookRefused("duplicate_cell", sheet=sheet, cell=_repeated(found))
    cells = {token[0]: token for token in found if token[4] or token[3] or token[5]}
    marks = data.count(" hidden=")
    hidden = frozenset(map(int, _HIDDEN_ROW.findall(data))) if marks else frozenset()
    merged = tuple(_MERGED.findall(tail))
    if marks != len(hidden) or tail.count("<mergeCell ") != len(merged):
        return None
    return SheetTokens(cells, True, merged, hidden)


def _repeated(tokens: list[Token]) -> str:
    counts = Counter(token[0] for token in tokens)
    return counts.most_common(1)[0][0]


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
        self.prefix: str | None = None
        self.cells: dict[str, Token] = {}
        self.stored: set[str] = set()
        self.merged: list[str] = []
        self.hidden: set[int] = set()
        self.masters: dict[str, str] = {}
        self.row = 0
        self.address = ""
        self.cell: Attributes | None = None
        self.formula: Attributes | None = None
        self.field = ""
        self.texts = {"f": "", "v": "", "t": ""}
        self.seen: set[str] = set()
        self.inside = False
        self.phonetic = False

    def opened(self, name: str, attributes: Attributes) -> None:
        if self.prefix is None:
            self.prefix = name[: name.find(":") + 1]
            if name[len(self.prefix) :] != "worksheet":
                raise WorkbookRefused("xml_unusual", sheet=self.sheet, part=self.part)
        local = name[len(self.prefix) :] if name.startswith(self.prefix) else ""
        if self.field or (local == "c" and self.cell is not None):
            raise WorkbookRefused("xml_unusual", sheet=self.sheet, cell=self.address, part=self.part)
        if local == "sheetData":
            self.inside = True
        elif local in ("row", "c") and not self.inside:
            return  # extensions may hold elements of these names; no program shows them as cells
        if local == "row":
            number = attributes.get("r", "")
            self.row = int(number) if number.isdecimal() and len(number) < 8 else self.row + 1
            if attributes.get("hidden") in ("1", "true"):
                self.hidden.add(self.row)
        elif local == "c":
            self.cell = attributes
            self.address = attributes.get("r") or _next_address(self.address, self.row)
            self.texts = {"f": "", "v": "", "t": ""}
            self.seen = set()
            self.formula = None
        elif local == "mergeCell":
            self.merged.append(attributes.get("ref", ""))
        elif self.cell is not None and local in ("f", "v", "t"):
            self.field = "" if self.phonetic else local
            if local != "t" and local in self.seen:
                raise WorkbookRefused("duplicate_cell", sheet=self.sheet, cell=self.address)
            self.seen.add(local)
            if local == "f":
                self.formula = attributes
        elif local == "rPh":
            self.phonetic = True

    def text(self, data: str) -> None:
        if self.field:
            self.texts[self.field] += data

    def closed(self, name: str) -> None:
        self.field = ""
        prefix = self.prefix or ""
        if name == prefix + "rPh":
            self.phonetic = False
        elif name == prefix + "sheetData":
            self.inside = False
        elif name == prefix + "c" and self.cell is not None:
            if self.address in self.stored:
                raise WorkbookRefused("duplicate_cell", sheet=self.sheet, cell=self.address)
            self.stored.add(self.address)
            style, kind = self.cell.get("s", ""), self.cell.get("t", "")
            values = self.texts["v"], self.texts["t"]
            token = (self.address, style, kind, self.formula_text(), *values)
            if any(token[3:]):
                self.cells[self.address] = token
            self.cell = None

    def formula_text(self) -> str:
        if self.formula is None:
            return ""
        written = self.texts["f"]
        if self.formula.get("t") != "shared":
            return written or SHARED_FORMULA
        index = self.formula.get("si", "")
        if written:
            self.masters[index] = written
            return written
        master = self.masters.get(index, "")
        # Without letters there is no reference to shift: the follower reads like its master.
        return master if master and not _LETTER.search(master) else SHARED_FORMULA


def parsed_tokens(sheet: str, part: str, content: bytes) -> SheetTokens:
    """Tokens by the XML parser, whatever the form of the XML."""
    state = _Parsing(sheet, part)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = state.opened
    parser.EndElementHandler = state.closed
    parser.CharacterDataHandler = state.text
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise WorkbookRefused("xml_malformed", sheet=sheet, part=part) from None
    return SheetTokens(state.cells, False, tuple(state.merged), frozenset(state.hidden))
