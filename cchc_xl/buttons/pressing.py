"""A button pressed: its workbook handed over, its work done, the outcome written, one line said.

Everything is worked out before the first cell is written, and writing is all or nothing (`buttons.writing`);
the line of status comes last. Formats stay those of the template; only the number format follows where a list
grows and shrinks.
"""

from __future__ import annotations

import contextlib
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cchc_xl import texts
from cchc_xl.buttons.writing import typed, write_blocks
from cchc_xl.model.errors import CchcError

if TYPE_CHECKING:
    import xlwings as xw

    from cchc_xl.buttons.open_city import CityBook
    from cchc_xl.buttons.open_workbook import OpenBook
    from cchc_xl.buttons.outcome import Done
    from cchc_xl.excel.read.live_workbook import LiveSheet
    from cchc_xl.tasks.progress import Tell

STATUS_NAME = "cchc_trang_thai"
_TELL_EVERY = 10  # files between two lines of progress


def press(book: xw.Book, work: Callable[[], Done]) -> None:
    """Do the work, write its outcome, say one line; whatever stops it becomes that line."""
    _tell(book, texts.text("button_working"))
    try:
        done = work()
        write_blocks(book, done.blocks)
    except CchcError as stopped:
        _tell(book, _one_line(stopped))
        return
    except Exception as fault:
        traceback.print_exc(file=sys.stderr)
        reason = " ".join(f"{type(fault).__name__}: {fault}".split())[:200]
        _tell(book, texts.text("button_failed", reason=reason))
        return
    for look in done.looks:
        with contextlib.suppress(Exception):  # the figures stand, however they look
            book.sheets[look.sheet].range(look.address).number_format = look.number_format
    _tell(book, done.message)
    if done.show is not None:
        with contextlib.suppress(*_not_told()):
            book.sheets[done.show].activate()


# --- reading ---------------------------------------------------------------------------------------------


def open_commune(book: xw.Book) -> OpenBook:
    """The commune workbook as handed over. Raises CchcError for any other."""
    from cchc_xl.buttons import open_workbook
    from cchc_xl.model.layout import EXCHANGE, META

    sheets = {sheet.name: sheet for sheet in book.sheets}
    for needed, code in ((META, "lenh_khong_phai_tep"), (EXCHANGE, "button_no_sheet")):
        if needed not in sheets:
            raise CchcError(texts.text(code, sheet=needed))
    layout = open_workbook.layout_from_meta(_live(sheets[META], open_workbook.META_AREA))
    told = open_workbook.formula_areas(layout)
    handed = {
        name: _live(sheets[name], area, told.get(name, ""))
        for name, area in open_workbook.areas(layout).items()
        if name in sheets
    }
    return open_workbook.open_book(book.name, _folder(book), layout, handed)


def open_city(book: xw.Book) -> CityBook:
    """The city workbook as handed over. Raises CchcError for any other."""
    from cchc_xl.buttons.open_city import CONTROL_AREA, city_book, units_area
    from cchc_xl.workbooks.city.units_sheet import UNITS
    from cchc_xl.workbooks.city.workbook import CONTROL

    sheets = {sheet.name: sheet for sheet in book.sheets}
    if CONTROL not in sheets:
        raise CchcError(texts.text("button_no_sheet", sheet=CONTROL))
    extents = {name: sheet.used_range.last_cell for name, sheet in sheets.items()}
    used = {name: (cell.row, cell.column) for name, cell in extents.items()}
    control = _live(sheets[CONTROL], CONTROL_AREA)
    listed = _live(sheets[UNITS], units_area(used[UNITS])) if UNITS in sheets else None
    return city_book(book.name, _folder(book), control, used, listed)


def _live(sheet: xw.Sheet, area: str, formula_area: str = "") -> LiveSheet:
    from cchc_xl.excel.read.live_workbook import LiveSheet

    values = sheet.range(area).options(ndim=2, err_to_str=True).value
    return LiveSheet(values, dict(_formulas(sheet, formula_area)) if formula_area else {})


def _formulas(sheet: xw.Sheet, area: str) -> Iterator[tuple[str, str]]:
    """Formulas of one column from row 1 by address; none where the program does not tell them."""
    try:
        found: Any = sheet.range(area).formula
    except _not_told():
        return
    column = area.rstrip("0123456789")[-1]
    for row, cell in enumerate(found, start=1):
        text = cell if isinstance(cell, str) else cell[0]
        if isinstance(text, str) and text.startswith("="):
            yield f"{column}{row}", text


def _not_told() -> tuple[type[Exception], ...]:
    """What xlwings raises where a program does not answer; xlwings is there once Excel has called."""
    from xlwings import XlwingsError

    return NotImplementedError, AttributeError, XlwingsError


def _folder(book: xw.Book) -> Path | None:
    """Folder of the workbook; None while it has none, or lies on the web."""
    try:
        path = Path(book.fullname)
    except _not_told():
        return None
    return path.parent if path.is_absolute() else None


# --- saying --------------------------------------------------------------------------------------------


def _tell(book: xw.Book, message: str) -> None:
    """One line into the status cell; a workbook without one is told nothing."""
    with contextlib.suppress(Exception):
        book.names[STATUS_NAME].refers_to_range.value = typed(message)


def progress_in(book: xw.Book) -> Tell:
    """Files read so far, in the status bar or, where there is none, nowhere."""
    count = 0

    def tell(_file: str, total: int) -> None:
        nonlocal count
        count += 1
        if count % _TELL_EVERY == 0:
            with contextlib.suppress(Exception):
                book.app.status_bar = texts.text("button_progress", count=count, total=total)

    return tell


def _one_line(stopped: CchcError) -> str:
    return " ".join(str(stopped).split())
