"""A workbook as stored in its parts, read with the standard library alone, sheet by sheet on demand.

Reads transitional and Strict Open XML, prefixed or not, as Excel, LibreOffice, WPS, openpyxl and
XlsxWriter write it. Only parts that passed the gate may come in.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from xml.sax.saxutils import escape

from cchc_xl.excel.opc.xml_parts import one_target, read_modified, relationships
from cchc_xl.excel.read.number_formats import GENERAL, read_date_styles, read_number_formats
from cchc_xl.excel.read.shared_formulas import SHARED_FORMULA
from cchc_xl.excel.read.shared_strings import read_strings
from cchc_xl.excel.read.stored_cells import SheetContents, StoredCells, read_cells
from cchc_xl.excel.read.workbook_part import StoredSheet, read_workbook_part
from cchc_xl.model.errors import WorkbookRefused

__all__ = ["SHARED_FORMULA", "SheetContents", "StoredSheet", "StoredWorkbook", "open_workbook"]


@dataclass(frozen=True)
class StoredWorkbook:
    """An opened workbook.

    `defined_names`: workbook-wide names that stand for one cell -> (sheet, address); `name_texts`: every
    workbook-wide name -> its formula text; `broken_names`: names whose cell was deleted (#REF!).
    """

    sheets: tuple[StoredSheet, ...]
    defined_names: Mapping[str, tuple[str, str]]
    name_texts: Mapping[str, str]
    broken_names: tuple[str, ...]
    modified: str
    parts: Mapping[str, bytes]
    shared_strings_part: str | None
    styles_part: str | None

    def sheet(self, name: str) -> StoredSheet | None:
        """The sheet of that name (any Unicode form, any case); None when there is none."""
        return self._by_name.get(_key(name))

    def contents(self, sheet: str) -> SheetContents:
        """Cells, merged ranges and hidden rows of a sheet; parsed once.

        Raises WorkbookRefused when the sheet is missing or its part cannot be trusted.
        """
        contents = self._read.get(sheet)
        if contents is None:
            contents = self._read[sheet] = self._parse(sheet)
        return contents

    def cells(self, sheet: str) -> StoredCells:
        """Cells of a sheet that hold a value or a formula, by address. Raises like `contents`."""
        return self.contents(sheet).cells

    def number_format(self, sheet: str, address: str) -> str:
        """Code of the number format a filled cell is shown with."""
        codes, style = self._number_formats, self.cells(sheet).style(address)
        index = int(style) if style.isdecimal() else 0
        return codes[index] if index < len(codes) else GENERAL

    def with_any_of(self, wanted: frozenset[str], sheets: Collection[str]) -> list[str]:
        """Those of `sheets` whose bytes hold one of these very texts as a cell; nothing is parsed for it."""
        if self.shared_strings_part in self.parts:
            indexes = (index for index, text in enumerate(self._shared_strings) if text in wanted)
            marks = [b't="s"><v>%d</v>' % index for index in indexes]
        else:
            marks = [b">%b</t>" % escape(text).encode() for text in wanted]
        found = [(name, self.sheet(name)) for name in sheets]
        contents = {name: self.parts.get(sheet.part, b"") for name, sheet in found if sheet is not None}
        return [name for name, content in contents.items() if any(mark in content for mark in marks)]

    def _parse(self, sheet: str) -> SheetContents:
        found = self.sheet(sheet)
        if found is None or found.part not in self.parts:
            raise WorkbookRefused("sheet_missing", sheet=sheet, name=sheet)
        content = self.parts[found.part]
        return read_cells(found.name, found.part, content, lambda: self._shared_strings, self._date_styles)

    @cached_property
    def _by_name(self) -> dict[str, StoredSheet]:
        return {_key(sheet.name): sheet for sheet in self.sheets}

    @cached_property
    def _read(self) -> dict[str, SheetContents]:
        return {}

    @cached_property
    def _shared_strings(self) -> list[str]:
        part = self.shared_strings_part or ""
        return read_strings(part, self.parts[part]) if part in self.parts else []

    @cached_property
    def _number_formats(self) -> tuple[str, ...]:
        part = self.styles_part or ""
        return read_number_formats(part, self.parts[part]) if part in self.parts else ()

    @cached_property
    def _date_styles(self) -> frozenset[str]:
        part = self.styles_part or ""
        return read_date_styles(part, self.parts[part]) if part in self.parts else frozenset()


@lru_cache(maxsize=1024)
def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def open_workbook(parts: Mapping[str, bytes]) -> StoredWorkbook:
    """The workbook in parts that passed `gate.open_gate`; cells are read when asked for.

    Raises WorkbookRefused when the parts hold no workbook or its sheet list cannot be trusted.
    """
    package = relationships(parts, "")
    main = one_target(package, "officeDocument")
    if main is None or main not in parts:
        raise WorkbookRefused("workbook_part_missing")
    related = relationships(parts, main)
    sheets, names = read_workbook_part(main, parts[main], related)
    if not sheets:
        raise WorkbookRefused("workbook_part_missing")
    core = one_target(package, "core-properties") or one_target(package, "coreProperties") or ""
    return StoredWorkbook(
        sheets=sheets,
        defined_names=names.cells,
        name_texts=names.texts,
        broken_names=names.broken,
        modified=read_modified(core, parts[core]) if core in parts else "",
        parts=parts,
        shared_strings_part=one_target(related, "sharedStrings"),
        styles_part=one_target(related, "styles"),
    )
