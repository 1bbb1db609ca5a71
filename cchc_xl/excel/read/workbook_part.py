"""The workbook part: its worksheets in order and its workbook-wide names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from cchc_xl.excel.opc.xml_parts import Attributes, Relationship, known_before, local_name, walk
from cchc_xl.model.errors import WorkbookRefused

_NAMES, _NAMES_END = b"<definedNames>", b"</definedNames>"
_LISTS = frozenset(("sheets", "sheet", "definedNames", "definedName"))
_ALTERNATIVES = "AlternateContent"
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


def _refuse_twins(sheets: Iterable[StoredSheet]) -> None:
    seen: set[str] = set()
    for sheet in sheets:
        if sheet.name.casefold() in seen:
            raise WorkbookRefused("duplicate_sheet", sheet=sheet.name, name=sheet.name)
        seen.add(sheet.name.casefold())


@dataclass(frozen=True, slots=True)
class WorkbookNames:
    """Workbook-wide names: formula text by name (NFC), and those that stand for exactly one cell."""

    texts: Mapping[str, str]
    cells: Mapping[str, tuple[str, str]]  # sheet (NFC) and address
    broken: tuple[str, ...]  # whose cell was deleted (#REF!)


def read_workbook_part(
    part: str, content: bytes, related: Mapping[str, Relationship]
) -> tuple[tuple[StoredSheet, ...], WorkbookNames]:
    """Worksheets in order, and names.

    Raises WorkbookRefused for sheets or names that readers take differently: two sheet names equal but for
    case or Unicode form, a name met twice, either of them behind mc:AlternateContent.
    """
    start, end = content.find(_NAMES), content.find(_NAMES_END) + len(_NAMES_END)
    if 0 < start < end and b"<!" not in content:
        # The names apart, for workbooks issued alike have the same; each well-formed, so is the whole.
        frame = _listed(part, content[:start] + b"<definedNames/>" + content[end:])
        if frame.name_lists == 1:
            return _sheets(frame.sheets, related), _names_alone(part, content[start:end])
    whole = _listed(part, content)
    return _sheets(whole.sheets, related), _names(whole.names)


@known_before(maxsize=32, longest=65_536)
def _names_alone(part: str, content: bytes) -> WorkbookNames:
    return _names(_listed(part, content).names)


class _Listed(NamedTuple):
    sheets: tuple[tuple[str, str, str], ...]  # name, state, relationship
    names: tuple[tuple[str, str], ...]  # workbook-wide ones, with their texts
    name_lists: int  # directly in the workbook


@known_before(maxsize=32, longest=65_536)
def _listed(part: str, content: bytes) -> _Listed:
    """What a workbook part, or its list of names alone, lists."""
    sheets: list[tuple[str, str, str]] = []
    names: list[list[str]] = []
    around: list[str] = []
    lists = 0
    inside = False

    def opened(name: str, attributes: Attributes) -> None:
        nonlocal inside, lists
        local = local_name(name)
        if local in _LISTS and _ALTERNATIVES in around:
            raise WorkbookRefused("xml_foreign", part=part)
        if local == "sheet" and around[1:] == ["sheets"]:
            plain = {local_name(key): value for key, value in attributes.items()}
            sheets.append((plain.get("name", ""), plain.get("state", "visible"), plain.get("id", "")))
        elif local == "definedName" and around[-2:] in (["workbook", "definedNames"], ["definedNames"]):
            inside = "localSheetId" not in attributes
            if inside:
                names.append([attributes.get("name", ""), ""])
        elif local == "definedNames" and around == ["workbook"]:
            lists += 1
        around.append(local)

    def text(data: str) -> None:
        if inside:
            names[-1][1] += data

    def closed(_name: str) -> None:
        nonlocal inside
        inside = False
        around.pop()

    walk(part, content, opened, closed, text)
    return _Listed(tuple(sheets), tuple((name, written) for name, written in names), lists)


def _sheets(
    listed: Iterable[tuple[str, str, str]], related: Mapping[str, Relationship]
) -> tuple[StoredSheet, ...]:
    sheets: list[StoredSheet] = []
    for raw, state, identity in listed:
        relation = related.get(identity)
        if relation is not None and relation.kind == "worksheet" and not relation.external:
            sheets.append(StoredSheet(unicodedata.normalize("NFC", raw), raw, state, relation.target))
    _refuse_twins(sheets)
    return tuple(sheets)


def _names(listed: tuple[tuple[str, str], ...]) -> WorkbookNames:
    texts: dict[str, str] = {}
    for stored, written in listed:
        name = unicodedata.normalize("NFC", stored)
        if name in texts:
            raise WorkbookRefused("duplicate_name", name=name)
        texts[name] = written.strip()
    places = ((name, _single_cell(written)) for name, written in texts.items())
    cells = {name: place for name, place in places if place is not None}
    return WorkbookNames(texts, cells, tuple(name for name, written in texts.items() if "#REF!" in written))


def _sheet_of(reference: str) -> str | None:
    if match := _QUOTED_SHEET.fullmatch(reference):
        sheet = match[1].replace("''", "'")
        return None if "[" in sheet else unicodedata.normalize("NFC", sheet)
    return unicodedata.normalize("NFC", reference) if _PLAIN_SHEET.fullmatch(reference) else None


def _single_cell(text: str) -> tuple[str, str] | None:
    reference, mark, cell = text.rpartition("!")
    match = _CELL.fullmatch(cell)
    sheet = _sheet_of(reference) if mark and match else None
    return (sheet, match[1] + match[2]) if match and sheet is not None else None
