"""Nhập và ghép tệp: where the Python buttons find their files and show what they found. Only in .xlsm."""

from __future__ import annotations

from cchc_xl import texts
from cchc_xl.model.addresses import cell_position, row_of
from cchc_xl.model.contents import Subject
from cchc_xl.model.layout import EXCHANGE, EXCHANGE_INPUTS, EXCHANGE_ROWS, FIRST_EXCHANGE_ROW
from cchc_xl.model.planned import (
    Merge,
    PlannedButton,
    PlannedCell,
    PlannedSheet,
    Validation,
    reference,
)
from cchc_xl.texts.buttons import COMMUNE_BUTTONS
from cchc_xl.workbooks.commune.cells import home_link, merged, page, typed, words
from cchc_xl.workbooks.python_buttons import python_buttons

_WIDTHS = {"A": 6.0, "B": 16.0, "C": 18.0, "D": 62.0, "E": 20.0, "F": 20.0, "G": 48.0}
_LAST = "G"
_PICKING = (("F5", "button_pick", "ChonTepKyTruoc"), ("F6", "button_pick_import", "ChonTepNhap"))
_PLACES = (*((f"G{row}", 220) for row in range(5, 10)), *((f"F{row}", 135) for row in range(7, 10)))
_COLUMNS = ("number", "outcome", "cell", "content", "current", "offered", "remedy")
_STYLES = ("table.number", "table.text", "table.text", "table.text", "table.text", "table.text", "table.text")


def exchange_names() -> dict[str, str]:
    """Defined names of the inputs, for `PlannedWorkbook.names`."""
    return {name: f"={reference(EXCHANGE, address)}" for name, address in EXCHANGE_INPUTS.items()}


def plan_exchange(subject: Subject) -> PlannedSheet:
    """The sheet as issued: no file chosen, no result."""
    cells: list[PlannedCell] = []
    merges: list[Merge] = []
    head = (
        (1, "banner.good", subject.banner),
        (2, "title.left", texts.text("exchange_title")),
        (3, "hint", texts.text("exchange_hint")),
    )
    for row, style, text in head:
        cell, merge = merged(words(f"A{row}", style, text), f"F{row}")
        cells.append(cell)
        merges.append(merge)
    cells.append(home_link("G2"))
    for name, address in EXCHANGE_INPUTS.items():
        at = address[1:]
        for cell, last in (
            (words(f"A{at}", "key", texts.text(f"exchange_{name}")), f"C{at}"),
            (typed(address, "table.input", _initial(name)), f"E{at}"),
        ):
            cells.append(cell)
            merges.append(Merge(f"{cell.address}:{last}", cell.style))
    header = FIRST_EXCHANGE_ROW - 1
    for number, column in enumerate(_COLUMNS):
        letter = chr(65 + number)
        cells.append(words(f"{letter}{header}", "table.header", texts.text(f"exchange_column_{column}")))
        cells += (
            words(f"{letter}{row}", _STYLES[number], None)
            for row in range(FIRST_EXCHANGE_ROW, FIRST_EXCHANGE_ROW + EXCHANGE_ROWS)
        )
    end = FIRST_EXCHANGE_ROW + EXCHANGE_ROWS - 1
    return PlannedSheet(
        name=EXCHANGE,
        code_name="NhapGhepTep",
        cells=tuple(cells),
        column_widths=_WIDTHS,
        row_heights={1: 27.0, 2: 26.0, 3: 48.0, **dict.fromkeys(_lines(), 30.0), header: 32.0},
        merges=tuple(merges),
        validations=_validations(),
        buttons=_buttons(),
        page=page(subject, f"A2:{_LAST}{end}", (header, header), landscape=True, margins=(15, 12, 17, 15)),
        freeze=f"A{FIRST_EXCHANGE_ROW}",
        tab_color="#0F766E",
    )


def _lines() -> list[int]:
    """Rows that hold an input or a button."""
    places = (*EXCHANGE_INPUTS.values(), *(button.address for button in _buttons()))
    return sorted({row_of(place) for place in places})


def _buttons() -> tuple[PlannedButton, ...]:
    """Line by line, as a keyboard goes through them."""
    picking = (
        PlannedButton(
            cell, texts.text(caption), macro, width=135, height=28, help=texts.text(f"{caption}_help")
        )
        for cell, caption, macro in _PICKING
    )
    buttons = (*picking, *python_buttons(COMMUNE_BUTTONS, _PLACES, height=28))
    return tuple(sorted(buttons, key=lambda button: cell_position(button.address)))


def _initial(name: str) -> str | None:
    return texts.text("exchange_no") if name == "cchc_py_ghi_de" else None


def _validations() -> tuple[Validation, ...]:
    choices = (texts.text("exchange_no"), texts.text("exchange_yes"))
    overwrite = Validation(
        range=EXCHANGE_INPUTS["cchc_py_ghi_de"],
        kind="list",
        choices=choices,
        prompt_title=texts.text("exchange_prompt_title"),
        prompt=texts.text("exchange_prompt_cchc_py_ghi_de"),
        stop_title=texts.text("wb_stop_title"),
        stop=texts.text("exchange_stop"),
    )
    prompts = tuple(
        Validation(
            range=address,
            kind="any",
            prompt_title=texts.text("exchange_prompt_title"),
            prompt=texts.text(f"exchange_prompt_{name}"),
        )
        for name, address in EXCHANGE_INPUTS.items()
        if name != "cchc_py_ghi_de"
    )
    return (*prompts, overwrite)
