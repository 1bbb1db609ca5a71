"""Hints beside the rows of a planned commune workbook and one on Trang chính: wording only, never printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cchc_xl import texts
from cchc_xl.model.layout import FIRST_FORM_ROW, MAIN, WorkbookLayout
from cchc_xl.model.planned import PlannedSheet, PlannedWorkbook
from cchc_xl.workbooks.commune.cells import merged, words
from cchc_xl.workbooks.commune.text_fit import height

HINT = "L"  # right of the columns a form sheet uses
_WIDTH, _SIZE = 46.0, 11.0
_MAIN_ROW, _MAIN_LAST, _MAIN_WIDTH = 8, "I", 170.0


def with_hints(
    plan: PlannedWorkbook, layout: WorkbookLayout, hints: Mapping[str, str], general: str
) -> PlannedWorkbook:
    """The plan with a hint beside each of these rows (by indicator) and `general` on Trang chính."""
    forms = {form.form.sheet: code for code, form in layout.forms.items()}
    sheets = [
        _with_main_hint(sheet, general)
        if sheet.name == MAIN
        else _with_row_hints(sheet, layout, forms.get(sheet.name, ""), hints)
        for sheet in plan.sheets
    ]
    return replace(plan, sheets=tuple(sheets))


def _with_row_hints(
    sheet: PlannedSheet, layout: WorkbookLayout, form: str, hints: Mapping[str, str]
) -> PlannedSheet:
    told = {code: text for code, text in hints.items() if layout.regime.form_of.get(code) == form}
    if not form or not told:
        return sheet
    cells = [words(f"{HINT}{FIRST_FORM_ROW - 1}", "side.header", texts.text("rollup_hint_title"))]
    heights = dict(sheet.row_heights)
    for code, text in told.items():
        address = layout.place(code, HINT)[1]
        row = int(address.removeprefix(HINT))
        cells.append(words(address, "hint", text))
        heights[row] = max(heights.get(row, 15.0), height((text, _WIDTH, _SIZE)))
    return replace(
        sheet,
        cells=(*sheet.cells, *cells),
        row_heights=heights,
        column_widths={**sheet.column_widths, HINT: _WIDTH},
    )


def _with_main_hint(sheet: PlannedSheet, general: str) -> PlannedSheet:
    cell, merge = merged(words(f"A{_MAIN_ROW}", "hint", general), f"{_MAIN_LAST}{_MAIN_ROW}")
    heights = {**sheet.row_heights, _MAIN_ROW: height((general, _MAIN_WIDTH, _SIZE), least=24.0)}
    return replace(sheet, cells=(*sheet.cells, cell), merges=(*sheet.merges, merge), row_heights=heights)
