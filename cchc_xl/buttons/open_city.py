"""A city workbook that is open in Excel: what its control sheet asks for, and whose units it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cchc_xl import texts
from cchc_xl.catalogue.scope import load_scope
from cchc_xl.catalogue.units import load_units, units_of_rows
from cchc_xl.excel.read.live_workbook import LiveSheet, live_workbook
from cchc_xl.model.addresses import column_letter
from cchc_xl.model.errors import UsageError
from cchc_xl.model.periods import parse_period
from cchc_xl.model.scope import UNIT_COLUMNS, ReportingUnits
from cchc_xl.tasks.merge import MergeRequest
from cchc_xl.workbooks.city.units_sheet import UNITS
from cchc_xl.workbooks.city.workbook import CITY_INPUTS, CONTROL, REGIME_CELL

CONTROL_AREA = "A1:D10"


@dataclass(frozen=True)
class CityBook:
    """An open city workbook: what its control sheet says, and how far each sheet is used (rows, columns)."""

    name: str
    folder: Path | None
    control: Mapping[str, str]  # address -> text
    used: Mapping[str, tuple[int, int]]
    units: ReportingUnits

    def setting(self, name: str) -> str:
        """What an input of the control sheet says; "" when it is empty."""
        return self.control.get(CITY_INPUTS[name], "")

    def path(self, name: str) -> Path | None:
        """The path an input names, relative to the workbook's folder; None when it is empty."""
        said = self.setting(name).strip('"')
        return (self.folder or Path()) / said if said else None

    @property
    def request(self) -> MergeRequest:
        """What the command line would be asked. Raises UsageError for a missing setting."""
        folder = self.path("cchc_tp_thu_muc")
        for name, missing in (
            ("cchc_tp_ky", not self.setting("cchc_tp_ky")),
            ("cchc_tp_thu_muc", not folder),
        ):
            if missing:
                words = {"cell": CITY_INPUTS[name], "what": texts.text(f"city_{name}").lower()}
                raise UsageError(texts.text("city_setting_missing", sheet=CONTROL, **words))
        assert folder is not None
        period = parse_period(self.setting("cchc_tp_ky"))
        return MergeRequest(
            scope=load_scope(self.control.get(REGIME_CELL, ""), period, self.units),
            folder=folder,
            out=(self.folder or folder) / self.name,
            previous=self.path("cchc_tp_ky_truoc"),
            received=self.path("cchc_tp_nhan"),
        )


def city_book(
    name: str,
    folder: Path | None,
    control: LiveSheet,
    used: Mapping[str, tuple[int, int]],
    listed: LiveSheet | None = None,
) -> CityBook:
    """The open workbook as handed over; one without a list of units was made for Hải Phòng.

    Raises UsageError for a list that was damaged.
    """
    cells = live_workbook({CONTROL: control}, {}).cells(CONTROL)
    said = {address: cells[address].text.strip() for address in cells}
    units = load_units() if listed is None else units_of_rows(_texts(listed), UNITS)
    return CityBook(name, folder, said, used, units)


def units_area(used: tuple[int, int]) -> str:
    """The range of the list of units, `used` being the sheet's rows and columns."""
    return f"A1:{column_letter(len(UNIT_COLUMNS))}{used[0]}"


def _texts(sheet: LiveSheet) -> list[list[str]]:
    return [["" if value is None else str(value) for value in row] for row in sheet.values]
