"""The commune workbook with the buttons that run in VBA alone, and the sheets their macros work with."""

from __future__ import annotations

from dataclasses import replace

from cchc_xl import texts
from cchc_xl.model import Regime
from cchc_xl.model.contents import Subject
from cchc_xl.model.layout import CHECK, MAIN, META, META_NAMES
from cchc_xl.model.planned import Merge, PlannedButton, PlannedSheet, PlannedWorkbook, reference
from cchc_xl.workbooks.commune.cells import sheet_link, words
from cchc_xl.workbooks.commune.exchange_sheet import exchange_names, plan_exchange
from cchc_xl.workbooks.commune.originals_sheet import plan_originals
from cchc_xl.workbooks.commune.paste_sheet import PASTE, button, plan_paste
from cchc_xl.workbooks.python_settings_sheet import plan_python_sheet

STATUS_NAME, STATUS_CELL = "cchc_trang_thai", "A8"
# What the macros note in _meta: when a copy was exported, and that a file is such a copy.
NOTED_NAMES = ("cchc_da_xuat", "cchc_ban_nop")
_HEIGHT = 28
_MAIN_BUTTONS = (  # macro, cell, width: one row, left to right
    ("TinhLaiVaKiemTra", "A6", 190),
    ("LoiTiepTheo", "C6", 175),
    ("KhoiPhucCongThuc", "D6", 195),
    ("XoaSoLieu", "G6", 140),
    ("XuatBanNop", "I6", 170),
)
PASTE_LINK_NAME, PASTE_LINK = "cchc_nut_lien_ket_dan", "I7"  # goes with the paste sheet when exported


def with_buttons(
    plan: PlannedWorkbook, regime: Regime, issued: PlannedWorkbook | None = None
) -> PlannedWorkbook:
    """A commune workbook's plan with the native buttons, the paste sheet and the sheet of originals.

    `issued` is the plan of the same workbook before anything was typed: clearing goes back to it. Without it,
    `plan` itself must be as issued.
    """
    originals, original_names = plan_originals(issued or plan, regime)
    paste, paste_names = plan_paste(regime, _banner(plan))
    forms = {form.sheet for form in regime.forms}
    sheets = [_with_own_buttons(sheet, forms) for sheet in plan.sheets]
    position = next(n for n, sheet in enumerate(sheets) if sheet.name == CHECK)
    names = {
        **plan.names,
        **original_names,
        **paste_names,
        **{name: f"={reference(META, f'B{row}')}" for name, row in _noted_rows().items()},
        STATUS_NAME: f"={reference(MAIN, STATUS_CELL)}",
        PASTE_LINK_NAME: f"={reference(MAIN, PASTE_LINK)}",
    }
    return replace(plan, sheets=(*sheets[:position], paste, *sheets[position:], originals), names=names)


def _banner(plan: PlannedWorkbook) -> str:
    """Unit and period as the other sheets show them."""
    return str(next(cell.value for cell in plan.sheet(CHECK).cells if cell.address == "A1"))


def _noted_rows() -> dict[str, int]:
    return {name: row for row, name in enumerate(NOTED_NAMES, start=len(META_NAMES) + 2)}


def _with_own_buttons(sheet: PlannedSheet, forms: set[str]) -> PlannedSheet:
    if sheet.name == MAIN:
        return _main(sheet)
    if sheet.name == META:
        cells = [words(f"A{row}", "meta", name) for name, row in _noted_rows().items()]
        cells += [words(f"B{row}", "meta", None) for row in _noted_rows().values()]
        return replace(sheet, cells=(*sheet.cells, *cells))
    if sheet.name in forms:
        return replace(sheet, buttons=(*sheet.buttons, *_form_buttons()))
    return sheet


def _main(sheet: PlannedSheet) -> PlannedSheet:
    banner_end = next(merge.range for merge in sheet.merges if merge.range.startswith("A1:")).split(":")[1]
    status_end = banner_end.replace("1", STATUS_CELL[1:])
    status = words(STATUS_CELL, "value.text", texts.text("bt_status"))
    link = words(PASTE_LINK, "link", texts.text("bt_paste_link"), link=sheet_link(PASTE))
    return replace(
        sheet,
        cells=(*sheet.cells, status, link),
        merges=(*sheet.merges, Merge(f"{STATUS_CELL}:{status_end}", status.style)),
        row_heights={**sheet.row_heights, 6: 24.0, 7: 24.0, 8: 34.0},
        buttons=(*sheet.buttons, *(button(macro, at, width, _HEIGHT) for macro, at, width in _MAIN_BUTTONS)),
    )


def _form_buttons() -> tuple[PlannedButton, ...]:
    return (button("LoiTiepTheo", "G2", 150, _HEIGHT), button("TinhLaiVaKiemTra", "H2", 190, _HEIGHT))


def with_python_buttons(plan: PlannedWorkbook, subject: Subject) -> PlannedWorkbook:
    """A commune workbook's plan with the sheet "Nhập, ghép tệp", its buttons, and xlwings' settings."""
    settings, setting_names = plan_python_sheet()
    position = next(n for n, sheet in enumerate(plan.sheets) if sheet.name == CHECK)
    sheets = (*plan.sheets[:position], plan_exchange(subject), *plan.sheets[position:], settings)
    return replace(plan, sheets=sheets, names={**plan.names, **exchange_names(), **setting_names})
