"""Render a planned workbook to the bytes of an .xlsx or .xlsm: the same plan always gives the same bytes."""

from __future__ import annotations

import io
import warnings
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.worksheet import Worksheet

from cchc_xl.excel.edit.package import normalise
from cchc_xl.excel.write.formula_guard import guard_formula, guard_names, guard_references, read_formula
from cchc_xl.excel.write.sheet_writer import SheetWriter, Targets
from cchc_xl.excel.write.styles import FONT
from cchc_xl.model.errors import WriteRefused
from cchc_xl.model.planned import PlannedSheet, PlannedWorkbook
from cchc_xl.texts import text as message

# A fixed day instead of the clock, so that files can be compared byte by byte.
CREATED = datetime(2025, 8, 27, tzinfo=UTC).replace(tzinfo=None)
AUTHOR = "cchc_xl"
_STATES = ("visible", "hidden", "veryHidden")
_OPTIONS = {
    "in_memory": True,
    "constant_memory": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "default_format_properties": {
        "font_name": FONT,
        "font_size": 11,
        "font_family": 1,
        "font_scheme": "none",
    },
}


_Attributes = Sequence[tuple[str, Any]]


class _Sheet(Worksheet):  # type: ignore[misc]
    """XlsxWriter's worksheet without its search for newer functions, which the guard has refused already."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")  # nine tenths of the time XlsxWriter spends on a formula

    fitted: Collection[int] = ()  # rows whose height is only where fitting them to their text begins

    def _xml_start_tag(self, tag: str, attributes: _Attributes = ()) -> None:
        super()._xml_start_tag(tag, self._fitting(tag, attributes))

    def _xml_empty_tag(self, tag: str, attributes: _Attributes = ()) -> None:
        super()._xml_empty_tag(tag, self._fitting(tag, attributes))

    def _fitting(self, tag: str, attributes: _Attributes) -> _Attributes:
        if tag != "row" or attributes[0][1] not in self.fitted:
            return attributes
        return [pair for pair in attributes if pair[0] != "customHeight"]


def render(workbook: PlannedWorkbook, *, macros: bytes | None = None) -> bytes:
    """The file a plan describes; with `macros` (a vbaProject.bin) an .xlsm with its buttons.

    Raises WriteRefused, naming sheet and place, for anything Excel could not open or would silently drop.
    """
    target = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)  # XlsxWriter says some refusals in warnings only
        try:
            book = xlsxwriter.Workbook(target, {**_OPTIONS})
            _write(book, workbook, macros)
            book.close()
        except (XlsxWriterException, UserWarning) as error:
            raise WriteRefused(message("write_failed", detail=error)) from error
    return normalise(target.getvalue())


def _write(book: xlsxwriter.Workbook, plan: PlannedWorkbook, macros: bytes | None) -> None:
    book.set_properties({"title": plan.title, "subject": plan.subject, "author": AUTHOR, "created": CREATED})
    if macros is not None:
        _accept(book.set_vba_name("ThisWorkbook"), "ThisWorkbook")
        _accept(book.add_vba_project(io.BytesIO(macros), is_stream=True), "vbaProject.bin")
    guard_names(plan.names)
    targets = Targets(
        frozenset(name.lower() for name in plan.names),
        frozenset(sheet.name.lower() for sheet in plan.sheets),
    )
    sheets = [book.add_worksheet(sheet.name, _Sheet) for sheet in plan.sheets]
    for sheet, planned in zip(sheets, plan.sheets, strict=True):
        if macros is not None:
            _accept(sheet.set_vba_name(planned.code_name), planned.code_name)
        sheet.fitted = planned.fitted_rows.keys()
        SheetWriter(book, sheet, planned, targets, with_buttons=macros is not None).write()
    _write_names(book, plan, targets)
    _show(sheets, plan)


def _write_names(book: xlsxwriter.Workbook, plan: PlannedWorkbook, targets: Targets) -> None:
    for name, formula in plan.names.items():
        guard_references(read_formula(guard_formula(formula)), targets.names, targets.sheets, formula)
        _accept(book.define_name(name, formula), name)


def _show(sheets: list[Worksheet], plan: PlannedWorkbook) -> None:
    for planned in plan.sheets:
        if planned.state not in _STATES:
            raise WriteRefused(message("write_state", state=planned.state))
    visible = [planned.name for planned in plan.sheets if planned.state == "visible"]
    active = plan.active_sheet or next(iter(visible), None)
    if active not in visible:
        raise WriteRefused(message("write_no_visible", sheet=active))
    for sheet, planned in zip(sheets, plan.sheets, strict=True):
        _set_state(sheet, planned)
        if planned.name == active:
            sheet.activate()
    sheets[[planned.name for planned in plan.sheets].index(visible[0])].set_first_sheet()


def _set_state(sheet: Worksheet, planned: PlannedSheet) -> None:
    if planned.state == "hidden":
        sheet.hide()
    elif planned.state == "veryHidden":
        sheet.very_hidden()


def _accept(code: int | None, what: str) -> None:
    """XlsxWriter answers 0 or nothing when it did what was asked."""
    if code:
        raise WriteRefused(message("write_failed", detail=f"{what}: {code}"))
