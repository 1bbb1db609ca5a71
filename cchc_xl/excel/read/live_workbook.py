"""The cells of an open, unsaved workbook as the reader sees stored ones: one judgement for both.

What a spreadsheet program hands over is a grid of values a sheet, from A1: numbers as float, dates as
datetime or as day numbers, errors as their texts ("#DIV/0!"), empty cells as None.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import cast

from cchc_xl.excel.read.number_formats import GENERAL
from cchc_xl.excel.read.stored_cells import SheetContents, StoredCells
from cchc_xl.excel.read.stored_workbook import StoredWorkbook
from cchc_xl.excel.read.workbook_part import StoredSheet
from cchc_xl.model import RawCell
from cchc_xl.model.addresses import column_letter
from cchc_xl.model.errors import WorkbookRefused
from cchc_xl.model.periods import day_number

Grid = Sequence[Sequence[object]]
_ERROR = re.compile(r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A)")


@dataclass(frozen=True)
class LiveSheet:
    """What an open sheet shows; `formulas` ("=…") of cells that hold one, where the program tells."""

    values: Grid
    formulas: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LiveWorkbook(StoredWorkbook):
    """An open workbook in the reader's terms: nothing hidden, nothing merged, no parts."""

    live: Mapping[str, LiveSheet] = field(default_factory=dict)

    def contents(self, sheet: str) -> SheetContents:
        """Cells of a sheet. Raises WorkbookRefused when it was not handed over."""
        found = self.sheet(sheet)
        if found is None:
            raise WorkbookRefused("sheet_missing", sheet=sheet, name=sheet)
        if found.name not in self._interpreted:
            self._interpreted[found.name] = _contents(found.name, self.live[found.name])
        return self._interpreted[found.name]

    def number_format(self, sheet: str, address: str) -> str:
        """An open workbook hands over values, no formats."""
        return GENERAL

    @cached_property
    def _interpreted(self) -> dict[str, SheetContents]:
        return {}


def live_workbook(sheets: Mapping[str, LiveSheet], names: Mapping[str, tuple[str, str]]) -> LiveWorkbook:
    """An open workbook whose cells are expected under `names`; labels confirm them as in any other."""
    return LiveWorkbook(
        sheets=tuple(StoredSheet(name, name, "visible", "") for name in sheets),
        defined_names=names,
        name_texts={},
        broken_names=(),
        modified="",
        parts={},
        shared_strings_part=None,
        styles_part=None,
        live=sheets,
    )


def _contents(sheet: str, shown: LiveSheet) -> SheetContents:
    cells: dict[str, RawCell] = {}
    for row, values in enumerate(shown.values, start=1):
        for column, value in enumerate(values, start=1):
            address = f"{column_letter(column)}{row}"
            formula = shown.formulas.get(address)
            if formula is None and (value is None or value == ""):
                continue
            kind, text = _kind_and_text(value)
            cells[address] = RawCell(
                sheet, address, kind, text, formula.removeprefix("=") if formula else None
            )
    return SheetContents(cast(StoredCells, cells), (), frozenset())


def _kind_and_text(value: object) -> tuple[str, str]:
    """As stored: numbers in their shortest notation, days as day numbers."""
    if value is None or value == "":
        return "blank", ""
    if isinstance(value, bool):
        return "bool", "TRUE" if value else "FALSE"
    if isinstance(value, (int, float, Decimal)):
        return "number", repr(float(value)).removesuffix(".0")
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return "date", str(day_number(day))
    text = str(value)
    return ("error" if _ERROR.fullmatch(text) else "text"), text
