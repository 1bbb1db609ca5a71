"""Dán từ Word: room for the table of a Word form, and beside it what the buttons read out of it."""

from __future__ import annotations

from cchc_xl import texts
from cchc_xl.model import Regime
from cchc_xl.model.planned import (
    ConditionalStyle,
    Merge,
    Page,
    PlannedButton,
    PlannedCell,
    PlannedSheet,
    Validation,
    reference,
)
from cchc_xl.workbooks.commune.cells import MARK_STYLES, coloured, home_link, merged, typed, words

PASTE = texts.text("bt_paste_sheet")
FIRST_ROW, ROWS = 9, 260  # the seven forms with their headings take about 120
_LAST = FIRST_ROW + ROWS - 1
_WIDTHS = {
    "A": 9.0,
    "B": 46.0,
    "C": 15.0,
    "D": 13.0,
    "E": 13.0,
    "F": 2.0,
    "G": 22.0,
    "H": 13.0,
    "I": 13.0,
    "J": 52.0,
    "K": 7.0,
}
_TICK = "K"
_BUTTONS = (("DocBangDan", "G5", 150), ("GhiBangDan", "H5", 180), ("XoaVungDan", "J5", 150))
NAMES = {
    "cchc_nut_dan_vung": f"A{FIRST_ROW}:E{_LAST}",
    "cchc_nut_dan_ket_qua": f"G{FIRST_ROW}:N{_LAST}",
    "cchc_nut_dan_bieu": "C5",
    "cchc_nut_dan_thong_bao": "A6",
}


def plan_paste(regime: Regime, banner: str) -> tuple[PlannedSheet, dict[str, str]]:
    """The sheet, and the names of its areas."""
    head, merges = _head(banner)
    sheet = PlannedSheet(
        name=PASTE,
        code_name="DanTuWord",
        cells=(*head, *_rows()),
        column_widths=_WIDTHS,
        row_heights={1: 27.0, 2: 26.0, 3: 56.0, 4: 6.0, 5: 26.0, 6: 34.0, 7: 6.0, 8: 24.0},
        merges=tuple(merges),
        validations=_validations(regime),
        conditionals=_conditionals(),
        buttons=tuple(button(macro, address, width, 30) for macro, address, width in _BUTTONS),
        page=Page(area=f"A2:K{_LAST}", landscape=True, repeat_rows=(8, 8), margins=(12, 12, 15, 15)),
        freeze=f"A{FIRST_ROW}",
        tab_color="#7F7F7F",
        hidden_columns=("L", "M", "N"),
    )
    return sheet, {name: f"={reference(PASTE, area)}" for name, area in NAMES.items()}


def button(macro: str, address: str, width: int, height: int) -> PlannedButton:
    """A button of a native macro with its caption and help text."""
    caption, explanation = texts.text(f"bt_{macro}"), texts.text(f"bt_{macro}_help")
    return PlannedButton(address, caption, macro, width, height, explanation)


def _head(banner: str) -> tuple[list[PlannedCell], list[Merge]]:
    spread = (
        (words("A1", "banner.good", banner), "I1"),
        (words("A2", "title.left", texts.text("bt_paste_title")), "I2"),
        (words("A3", "paragraph", texts.text("bt_paste_hint")), "K3"),
        (words("A5", "key", texts.text("bt_paste_form")), "B5"),
        (typed("C5", "input.choice", None), "D5"),
        (words("A6", "value.text", None), "K6"),
    )
    pairs = [merged(cell, last) for cell, last in spread]
    titles = {
        "A": "wb_column_number",
        "B": "bt_paste_label",
        "C": "wb_column_unit",
        "D": "wb_column_figure",
        "E": "wb_column_note",
        "G": "bt_paste_place",
        "H": "bt_paste_old",
        "I": "bt_paste_new",
        "J": "bt_paste_remark",
        "K": "bt_paste_tick",
    }
    header = [words(f"{column}8", "table.header", texts.text(code)) for column, code in titles.items()]
    return [cell for cell, _ in pairs] + [home_link("J1"), *header], [merge for _, merge in pairs]


def _rows() -> list[PlannedCell]:
    """Text cells on the left, so that "5.650" stays what Word says."""
    cells = []
    for row in range(FIRST_ROW, _LAST + 1):
        cells += [typed(f"{column}{row}", "input.pasted", None) for column in "ABCDE"]
        cells += [words(f"{column}{row}", "table.text", None) for column in "GJ"]
        cells += [words(f"{column}{row}", "table.text right", None) for column in "HI"]
        cells.append(typed(f"{_TICK}{row}", "table.input center", None))
    return cells


def _validations(regime: Regime) -> tuple[Validation, ...]:
    headings = tuple(form.heading for form in regime.printed_forms)
    title = texts.text("wb_stop_title")
    return (
        Validation(
            "C5",
            "list",
            choices=headings,
            prompt=texts.text("bt_paste_form_prompt"),
            stop_title=title,
            stop=texts.text("bt_paste_form_prompt"),
        ),
        Validation(
            f"{_TICK}{FIRST_ROW}:{_TICK}{_LAST}",
            "list",
            choices=("x",),
            prompt=texts.text("bt_paste_tick_prompt"),
            stop_title=title,
            stop=texts.text("bt_paste_tick_stop"),
        ),
    )


def _conditionals() -> tuple[ConditionalStyle, ...]:
    remark = f"$J{FIRST_ROW}"
    area = f"G{FIRST_ROW}:K{_LAST}"
    return coloured(area, remark, MARK_STYLES)
