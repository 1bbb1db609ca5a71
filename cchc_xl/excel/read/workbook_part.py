"""The workbook part: its worksheets in order and its workbook-wide names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from cchc_xl.excel.opc.xml_parts import Attributes, Relationship, as_text, local_name, unescape, walk
from cchc_xl.model.errors import WorkbookRefused

_NAME = re.compile(r'<definedName name="([^"<]*)"([^<>]*)>([^<]*)</definedName>')
_QUOTED_SHEET = re.compile("'((?:[^']|'')+)'")
_PLAIN_SHEET = re.compile(r"[^'!:\[\]]+")
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})(?::\$?\1\$?\2)?")


@dataclass(frozen=True, slots=True)
class StoredSheet:
    """One worksheet as listed in the workbook part."""

    name: str  # NFC
    raw_name: str
    state: str  # visible, hidden or veryHidden
    part: str


def _plain(attributes: Attributes) -> Attributes:
    return {local_name(key): value for key, value in attributes.items()}


def _refuse_twins(sheets: Iterable[StoredSheet]) -> None:
    seen: set[str] = set()
    for sheet in sheets:
        if sheet.name.casefold() in seen:
            raise WorkbookRefused("duplicate_sheet", sheet=sheet.name, name=sheet.name)
        seen.add(sheet.name.casefold())


def read_sheets(part: str, content: bytes, related: Mapping[str, Relationship]) -> tuple[StoredSheet, ...]:
    """Worksheets in order. Raises WorkbookRefused for two names equal but for case or Unicode form."""
    sheets: list[StoredSheet] = []

    def opened(name: str, attributes: Attributes) -> None:
        if local_name(name) != "sheet":
            return
        plain = _plain(attributes)
        relation = related.get(plain.get("id", ""))
        if relation is not None and relation.kind == "worksheet" and not relation.external:
            raw = plain.get("name", "")
            state = plain.get("state", "visible")
            sheets.append(StoredSheet(unicodedata.normalize("NFC", raw), raw, state, relation.target))

    names_at = content.find(b"<definedNames>")
    names_end = content.find(b"</definedNames>")
    without_names = content[:names_at] + content[names_end + 15 :] if 0 < names_at < names_end else content
    walk(part, without_names, opened)
    _refuse_twins(sheets)
    return tuple(sheets)


def _stored_names(part: str, content: bytes) -> list[tuple[str, str, bool]]:
    """Name, text and whether it belongs to one sheet only."""
    text = as_text(part, content)
    found = _NAME.findall(text)
    if len(found) == text.count("<definedName ") + text.count(":definedName ") and "<!" not in text:
        plain = found if "&" not in text else [(unescape(n), more, unescape(v)) for n, more, v in found]
        return [(name, value, "localSheetId" in more) for name, more, value in plain]
    return _parsed_names(part, content)


def _parsed_names(part: str, content: bytes) -> list[tuple[str, str, bool]]:
    found: list[tuple[str, str, bool]] = []
    current: list[str] = []
    local = False

    def opened(name: str, attributes: Attributes) -> None:
        nonlocal local
        if local_name(name) == "definedName":
            current[:] = [attributes.get("name", ""), ""]
            local = "localSheetId" in attributes

    def text(data: str) -> None:
        if current:
            current[1] += data

    def closed(name: str) -> None:
        if current and local_name(name) == "definedName":
            found.append((current[0], current[1], local))
            current.clear()

    walk(part, content, opened, closed, text)
    return found


def read_names(part: str, content: bytes) -> dict[str, str]:
    """Workbook-wide names (NFC) and their formula texts. Raises WorkbookRefused for a name met twice."""
    names: dict[str, str] = {}
    for stored, text, of_one_sheet in _stored_names(part, content):
        if of_one_sheet:
            continue
        name = stored if stored.isascii() else unicodedata.normalize("NFC", stored)
        if name in names:
            raise WorkbookRefused("duplicate_name", name=name)
        names[name] = text.strip()
    return names


def _sheet_of(reference: str) -> str | None:
    if match := _QUOTED_SHEET.fullmatch(reference):
        sheet = match[1].replace("''", "'")
        return None if "[" in sheet else unicodedata.normalize("NFC", sheet)
    return unicodedata.normalize("NFC", reference) if _PLAIN_SHEET.fullmatch(reference) else None


def single_cells(names: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Names that stand for exactly one cell of this workbook -> sheet (NFC) and address."""
    places = ((name, _single_cell(text)) for name, text in names.items())
    return {name: place for name, place in places if place is not None}


@lru_cache(maxsize=4096)  # every workbook issued alike names the same cells
def _single_cell(text: str) -> tuple[str, str] | None:
    reference, mark, cell = text.rpartition("!")
    match = _CELL.fullmatch(cell)
    sheet = _sheet_of(reference) if mark and match else None
    return (sheet, match[1] + match[2]) if match and sheet is not None else None
