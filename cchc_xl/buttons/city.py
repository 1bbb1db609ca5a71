"""The buttons of the city workbook: settings in, files read, values to write out."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from cchc_xl import texts
from cchc_xl.buttons.open_city import CityBook
from cchc_xl.buttons.outcome import Block, Done, Formula, Look, Plain, plain
from cchc_xl.buttons.pressing import open_city, press, progress_in
from cchc_xl.excel.write.styles import properties_of
from cchc_xl.model import Severity, Verdict
from cchc_xl.model.addresses import cell_position, column_letter
from cchc_xl.model.errors import CchcError, UsageError
from cchc_xl.model.planned import PlannedSheet, PlannedWorkbook, Role
from cchc_xl.tasks.files import replace_file
from cchc_xl.tasks.merge import City, read_city
from cchc_xl.tasks.progress import Tell
from cchc_xl.tasks.reminders import reminder_files
from cchc_xl.workbooks.city.reminders_sheet import REMINDERS, plan_reminders, reminders_of
from cchc_xl.workbooks.city.workbook import CITY_INPUTS, CONTROL, FRAME_CELL, frame_of
from cchc_xl.workbooks.summary.wording import (
    COMPARISON,
    COVERAGE,
    FINDINGS,
    SOURCES,
    TOTALS,
    state,
    states_counted,
)

if TYPE_CHECKING:
    import xlwings as xw

_VARYING = (COVERAGE, FINDINGS, COMPARISON, SOURCES)


def gop_cac_xa(book: xw.Book) -> None:
    """Gộp các xã: every sheet as the command `merge` writes it."""
    press(book, lambda: merge_all(open_city(book), progress_in(book)))


def kiem_tra_tat_ca(book: xw.Book) -> None:
    """Kiểm tra tất cả: the findings of every file in the folder, the totals left alone."""
    press(book, lambda: check_all(open_city(book), progress_in(book)))


def so_voi_ky_truoc(book: xw.Book) -> None:
    """So với kỳ trước: merge, compared with the previous summary."""
    press(book, lambda: compare(open_city(book), progress_in(book)))


def xuat_danh_sach_don_doc(book: xw.Book) -> None:
    """Xuất danh sách đôn đốc: units that have not submitted or are held, ready to send."""
    press(book, lambda: remind(open_city(book), progress_in(book)))


def merge_all(book: CityBook, tell: Tell | None = None) -> Done:
    """Every sheet of the summary as `merge` writes it."""
    city = read_city(book.request, tell)
    return _summary(book, city, TOTALS)


def compare(book: CityBook, tell: Tell | None = None) -> Done:
    """The same, with the previous summary asked for."""
    if not book.setting("cchc_tp_ky_truoc"):
        words = {
            "cell": CITY_INPUTS["cchc_tp_ky_truoc"],
            "what": texts.text("city_cchc_tp_ky_truoc").lower(),
        }
        raise UsageError(texts.text("city_setting_missing", sheet=CONTROL, **words))
    return _summary(book, read_city(book.request, tell), COMPARISON)


def check_all(book: CityBook, tell: Tell | None = None) -> Done:
    """The findings of every file; totals stay as they are."""
    city = read_city(book.request, tell)
    plan = _fitting(book, city)
    blocks, looks = _sheet(book, plan.sheet(FINDINGS))
    found = [f for s in city.merged.ledger for f in s.findings]
    counts = {f"{s.value}s": sum(f.severity is s for f in found) for s in Severity}
    message = texts.text("city_checked", **counts, **_counts(city))
    return Done(message, blocks, FINDINGS, looks)


def remind(book: CityBook, tell: Tell | None = None) -> Done:
    """The list of units to remind: a sheet, and beside the workbook an .xlsx and a .txt ready to send."""
    if book.folder is None:
        raise UsageError(texts.text("city_unsaved"))
    city = read_city(book.request, tell)
    files = reminder_files(city.merged).items()
    listed, sent = (replace_file(book.folder / name, content) for name, content in files)
    blocks, _ = _sheet(book, plan_reminders(city.merged))
    words = {"count": len(reminders_of(city.merged)), "listed": listed.name, "sent": sent.name}
    return Done(texts.text("city_reminded", **words), blocks, REMINDERS)


def _summary(book: CityBook, city: City, show: str) -> Done:
    plan = _fitting(book, city)
    parts = [_sheet(book, sheet) for sheet in plan.sheets]
    return Done(
        texts.text("city_merged", period=city.merged.period.label, **_counts(city)),
        tuple(block for blocks, _ in parts for block in blocks),
        show,
        tuple(look for _, looks in parts for look in looks),
    )


def _fitting(book: CityBook, city: City) -> PlannedWorkbook:
    """The summary, if this workbook has the names and sheets it needs. Raises CchcError otherwise."""
    plan = city.plan()
    if frame_of(plan) != book.control.get(FRAME_CELL) or any(s.name not in book.used for s in plan.sheets):
        raise CchcError(texts.text("city_other_frame"))
    return plan


def _counts(city: City) -> dict[str, int | str]:
    return {
        "expected": len(city.merged.units),
        "accepted": city.merged.count(Verdict.ACCEPTED),
        "held": city.merged.count(Verdict.HELD),
        "rejected": city.merged.count(Verdict.REJECTED),
        "state": state(city.merged),
        "counts": states_counted(city.merged),
    }


def _sheet(book: CityBook, sheet: PlannedSheet) -> tuple[tuple[Block, ...], tuple[Look, ...]]:
    """A whole sheet as one block that also wipes what an earlier run left, and number formats that moved."""
    places = {cell_position(cell.address): cell for cell in sheet.cells}
    used_rows, used_columns = book.used.get(sheet.name, (1, 1))
    rows = max(used_rows, *(row + 1 for row, _ in places))
    columns = max(used_columns, *(column + 1 for _, column in places))
    grid: list[list[Plain]] = [[None] * columns for _ in range(rows)]
    for (row, column), cell in places.items():
        formula = cell.formula if cell.role is Role.FORMULA else None
        grid[row][column] = Formula(formula) if formula else plain(cell.value)
    block = Block(sheet.name, "A1", tuple(tuple(line) for line in grid))
    return (block,), (_looks(sheet, rows) if sheet.name in _VARYING else ())


def _looks(sheet: PlannedSheet, rows: int) -> tuple[Look, ...]:
    """Number formats of a sheet whose rows move, as runs down each column below the heading."""
    formats = {
        cell_position(cell.address): str(properties_of(cell.style).get("num_format", "General"))
        for cell in sheet.cells
    }
    first = 3
    looks: list[Look] = []
    for column in sorted({column for _, column in formats}):
        letter = column_letter(column + 1)
        run = ((row, formats.get((row, column), "General")) for row in range(first, rows))
        for number_format, members in groupby(run, key=lambda pair: pair[1]):
            lines = [row for row, _ in members]
            looks.append(Look(sheet.name, f"{letter}{lines[0] + 1}:{letter}{lines[-1] + 1}", number_format))
    return tuple(looks)
