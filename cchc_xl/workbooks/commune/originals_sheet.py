"""`_goc`: how the workbook was issued, what macros say and where they look; very hidden, for macros only.

Side by side: A–D contents (sheet, cells, role, content) · F–H looks (sheet, cells, specimen cell) ·
J–K wording · M–O places with a live mark (sheet, mark, cell to go to) · Q–Y rows of the forms for the paste
sheet · AA–AB a press waiting to be confirmed · AD scratch. Sheets go by their VBA code names, which officers
cannot change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cchc_xl import texts
from cchc_xl.model import Indicator, Kind, Regime
from cchc_xl.model.addresses import column_letter, column_position
from cchc_xl.model.errors import WriteRefused
from cchc_xl.model.layout import FIGURE, LIVE_CHECK, MAIN, MAIN_INPUTS, WorkbookLayout, layout_of
from cchc_xl.model.planned import (
    CellValue,
    PlannedCell,
    PlannedSheet,
    PlannedWorkbook,
    Role,
    reference,
)
from cchc_xl.texts.native_buttons import MACRO_WORDS
from cchc_xl.workbooks.commune.cells import words

ORIGINALS = "_goc"
FIRST_ROW = 2
FORMULA, TEXT, INPUT, KEPT = "F", "T", "I", "K"  # KEPT: an input that clearing leaves alone
NUMBERED = "N"  # a whole number; the content is how much it exceeds its row
ROW_MARK = "`"  # stands in a formula for the row of its cell
_SHORTEST = 200  # characters of a list of cells; Range() takes 255
_ANSWERS = "G"  # live answers beside the declarations
_PASTED_KINDS = (Kind.COUNT, Kind.MONEY, Kind.RATIO, Kind.DECIMAL, Kind.CHOICE)
_ADDRESS = re.compile(r"([A-Z]+)(\d+)(?::[A-Z]+\d+)?")

TableRow = tuple[CellValue, ...]


def plan_originals(plan: PlannedWorkbook, regime: Regime) -> tuple[PlannedSheet, dict[str, str]]:
    """The sheet for a plan as issued (nothing typed yet), and the names of its areas."""
    tables: tuple[tuple[str, str, list[TableRow]], ...] = (
        ("cchc_nut_noi_dung", "A", list(_told_once(_contents(plan)))),
        ("cchc_nut_cau", "J", list(MACRO_WORDS.items())),
        ("cchc_nut_kiem", "M", list(_places(plan, layout_of(regime)))),
        ("cchc_nut_dan", "Q", list(_form_rows(plan, layout_of(regime)))),
    )
    cells: list[PlannedCell] = []
    names = {
        "cchc_nut_cho": f"={reference(ORIGINALS, f'AA{FIRST_ROW}:AB{FIRST_ROW}')}",
        "cchc_nut_nhap": f"={reference(ORIGINALS, f'AD{FIRST_ROW}')}",
    }
    for name, column, rows in tables:
        cells += _cells(column, rows)
        names[name] = f"={reference(ORIGINALS, _area(column, len(rows[0]), len(rows)))}"
    looks = [row for sheet in plan.sheets for row in _looks(sheet)]
    cells += _cells("F", [row[:2] for row in looks])
    cells += [words(f"H{n}", row[2], None) for n, row in enumerate(looks, start=FIRST_ROW)]
    names["cchc_nut_dinh_dang"] = f"={reference(ORIGINALS, _area('F', 3, len(looks)))}"
    sheet = PlannedSheet(
        name=ORIGINALS, code_name="Goc", cells=tuple(cells), state="veryHidden", protected=False
    )
    return sheet, names


def _cells(column: str, rows: Iterable[TableRow]) -> Iterator[PlannedCell]:
    first = column_position(column) + 1
    for n, row in enumerate(rows, start=FIRST_ROW):
        for k, value in enumerate(row):
            if value is not None and value != "":
                yield words(f"{column_letter(first + k)}{n}", "meta", value)


def _area(column: str, width: int, height: int) -> str:
    last = column_letter(column_position(column) + width)
    return f"{column}{FIRST_ROW}:{last}{FIRST_ROW + height - 1}"


def _contents(plan: PlannedWorkbook) -> Iterator[tuple[str, str, str, CellValue]]:
    """Every cell that has or may have a content: sheet by sheet, role by role, equal contents in one row."""
    for sheet in plan.sheets:
        alike: dict[tuple[str, type, CellValue], list[str]] = {}
        for cell in sheet.cells if _is_worked_in(sheet) else ():
            if held := _held(cell, KEPT if sheet.name == MAIN else INPUT):
                role, content = held
                alike.setdefault((role, type(content), content), []).append(cell.address)
        for (role, _, content), addresses in sorted(alike.items(), key=lambda item: item[0][0]):
            for part in _joined(_runs(addresses)):
                yield sheet.code_name, part, role, content


def _is_worked_in(sheet: PlannedSheet) -> bool:
    """Sheets that are only read are locked throughout: nothing in them needs restoring."""
    return sheet.state != "visible" or any(cell.role is not Role.TEXT for cell in sheet.cells)


def _told_once(rows: Iterable[tuple[str, str, str, CellValue]]) -> Iterator[TableRow]:
    """Sheet and role only where they change; the macros fill them down."""
    before: tuple[str | None, str | None] = (None, None)
    for code_name, cells, role, content in rows:
        same_sheet = code_name == before[0]
        yield (
            None if same_sheet else code_name,
            cells,
            None if same_sheet and role == before[1] else role,
            content,
        )
        before = (code_name, role)


def _held(cell: PlannedCell, typed: str) -> tuple[str, CellValue] | None:
    """Role and content of a cell, told so that numbered rows and formulas copied down are alike."""
    row = _position(cell.address)[1]
    if cell.role is Role.FORMULA:
        return FORMULA, _copied_down(cell.formula or "", row)
    if cell.role is Role.INPUT:
        return typed, cell.value
    if cell.value is None or cell.link:
        return None
    return (NUMBERED, cell.value - row) if isinstance(cell.value, int) else (TEXT, cell.value)


def _copied_down(formula: str, row: int) -> str:
    if ROW_MARK in formula:
        raise WriteRefused(texts.text("write_failed", detail=formula))
    return re.sub(rf"(?<=[A-Z$]){row}(?!\d)", ROW_MARK, formula)


def _looks(sheet: PlannedSheet) -> Iterator[tuple[str, str, str]]:
    """(code name, cells, style) of every style on a sheet, cells in column runs."""
    merged = {merge.range.split(":")[0]: merge.range for merge in sheet.merges}
    by_style: dict[str, list[str]] = {}
    for merge in sheet.merges:
        by_style.setdefault(merge.style, []).append(merge.range)
    for cell in sheet.cells:
        if cell.address not in merged:
            by_style.setdefault(cell.style, []).append(cell.address)
    for style, addresses in by_style.items():
        for part in _joined(_runs(addresses)):
            yield sheet.code_name, part, style


def _runs(addresses: Iterable[str]) -> list[str]:
    """Single cells below each other as one range."""
    found: list[str] = []
    singles = sorted((a for a in addresses if ":" not in a), key=_position)
    start = last = ""
    for address in singles:
        if last and _position(address) == (_position(last)[0], _position(last)[1] + 1):
            last = address
            continue
        found += [_run(start, last)] if start else []
        start = last = address
    found += [_run(start, last)] if start else []
    return found + [a for a in addresses if ":" in a]


def _run(start: str, last: str) -> str:
    return start if start == last else f"{start}:{last}"


def _position(address: str) -> tuple[int, int]:
    match = _ADDRESS.fullmatch(address)
    assert match is not None
    return column_position(match[1]), int(match[2])


def _joined(parts: Iterable[str]) -> Iterator[str]:
    line = ""
    for part in parts:
        if line and len(line) + len(part) >= _SHORTEST:
            yield line
            line = ""
        line = f"{line},{part}" if line else part
    if line:
        yield line


def _places(plan: PlannedWorkbook, layout: WorkbookLayout) -> Iterator[tuple[str, str, str]]:
    """Every live mark with the cell it speaks of: declarations first, then row by row."""
    main = plan.sheet(MAIN)
    planned = {cell.address for cell in main.cells}
    for address in MAIN_INPUTS.values():
        mark = f"{_ANSWERS}{address[1:]}"
        if mark in planned and address[0] == "C":
            yield main.code_name, mark, address
    for form in layout.forms.values():
        code_name = plan.sheet(form.form.sheet).code_name
        for indicator in form.form.figures:
            yield code_name, form.cell(indicator.code, LIVE_CHECK), form.cell(indicator.code, FIGURE)


def _form_rows(plan: PlannedWorkbook, layout: WorkbookLayout) -> Iterator[TableRow]:
    """What the paste sheet must know of every printed row."""
    for form in layout.forms.values():
        code_name = plan.sheet(form.form.sheet).code_name
        for indicator in form.form.indicators:
            yield (
                form.form.heading,
                indicator.number,
                indicator.label,
                code_name,
                form.cell(indicator.code),
                _pasted_kind(indicator),
                indicator.maximum,
                "|".join(choice.code for choice in indicator.choices if choice.code != "KPS"),
                "1" if indicator.accepts_kps else "",
            )


def _pasted_kind(indicator: Indicator) -> str:
    if indicator.is_heading:
        return "heading"
    if indicator.formula is not None:
        return "computed"
    return indicator.kind.value if indicator.kind in _PASTED_KINDS else "other"
