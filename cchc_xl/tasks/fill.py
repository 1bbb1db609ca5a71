"""Fill figures into an issued workbook: only those cells and the values that depend on them change."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from cchc_xl import texts
from cchc_xl.catalogue.loader import load_regime
from cchc_xl.excel.edit.package import (
    NewContent,
    set_full_calc_on_load,
    splice_cells,
    write_package,
)
from cchc_xl.excel.edit.row_heights import set_row_heights
from cchc_xl.excel.edit.without_macros import without_macros
from cchc_xl.excel.read.gate import open_gate
from cchc_xl.excel.read.stored_workbook import StoredWorkbook, open_workbook
from cchc_xl.figures import numbers
from cchc_xl.model import ReportingUnit
from cchc_xl.model.addresses import SheetCell, row_of
from cchc_xl.model.contents import Contents, Subject
from cchc_xl.model.errors import CchcError, UsageError
from cchc_xl.model.layout import WorkbookLayout, layout_of
from cchc_xl.model.periods import ReferencePeriod, day_number
from cchc_xl.model.planned import CellValue, PlannedCell, PlannedWorkbook, Role, inputs_and_formulas
from cchc_xl.model.registers import RegisterValue
from cchc_xl.model.scope import ReportingUnits
from cchc_xl.reading.foreign_programs import foreign_programs
from cchc_xl.reading.typed_contents import shown_previous, typed_contents
from cchc_xl.tasks.drawing import draw_plain, draw_with_buttons
from cchc_xl.tasks.files import folder_lock, read_limited, replace_file, sweep_strays
from cchc_xl.tasks.upgrade import Upgraded, carried_over, opened_and_judged, refuse_moved
from cchc_xl.tasks.values_csv import Values, read_values, values_of
from cchc_xl.workbooks.commune import plan_workbook

_WORKBOOK_PART = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class FillResult:
    """The written file and how many cells VALUES.csv filled or emptied."""

    path: Path
    count: int
    older: Upgraded | None = None  # the workbook was of an earlier template and is now of today's


@dataclass(frozen=True)
class OpenedWorkbook:
    """An issued workbook and what it is."""

    path: Path
    stored: StoredWorkbook
    layout: WorkbookLayout
    unit: ReportingUnit
    period: ReferencePeriod
    illustrative: bool = False
    older: Upgraded | None = None  # what it was carried over from


def fill_workbook(
    file: Path, values: Path | Mapping[str, object], out: Path, units: ReportingUnits
) -> FillResult:
    """Write `file` with `values`, a VALUES.csv or values by key, to `out`; everything else typed in it stays.

    Macros and buttons stay in an .xlsm and are left out when `out` is an .xlsx. Raises UsageError listing
    every faulty line or for an `out` of another kind, CchcError when the workbook is not as it was issued.
    """
    if isinstance(values, Path):
        _refuse_same(out, values)
    kinds = (file.suffix.lower(), out.suffix.lower())
    if kinds[0] != kinds[1] and kinds != (".xlsm", ".xlsx"):
        raise UsageError(texts.text("suffix_wrong", path=out, suffix=file.suffix))
    data = read_limited(file)
    opened = open_issued(file, data, units)
    layout = opened.layout
    told = read_values(values, layout) if isinstance(values, Path) else values_of(values, layout)
    content = _filled(opened, told)
    if kinds == (".xlsm", ".xlsx"):
        content = write_package(without_macros(open_gate(content)).items())
    with folder_lock(out):
        sweep_strays(out.parent)
        return FillResult(replace_file(out, content), len(told.places), opened.older)


def fill_bytes(path: Path, data: bytes, values: Values, units: ReportingUnits) -> bytes:
    """The workbook `data` with the values in its cells and every dependent cached value right.

    `path` is only named in messages. Raises CchcError when the workbook is not as it was issued.
    """
    return _filled(open_issued(path, data, units), values)


def _refuse_same(out: Path, source: Path) -> None:
    if out.exists() and source.exists() and out.samefile(source):
        raise UsageError(texts.text("out_is_input", path=out))


def open_issued(path: Path, data: bytes, units: ReportingUnits) -> OpenedWorkbook:
    """A workbook whose cells stand as issued, one of an earlier template carried over into today's.

    Raises CchcError; `path` is only named in messages.
    """
    stored, submission = opened_and_judged(path, data, units)
    older = carried_over(path, stored, submission, with_buttons=path.suffix.lower() == ".xlsm")
    if older is not None:
        stored = open_workbook(open_gate(older.content))
    if submission.regime is None or submission.unit is None or submission.period is None:
        raise CchcError(texts.text("fill_unknown", path=path))
    layout = layout_of(load_regime(submission.regime, submission.period))
    refuse_moved(path, stored, layout)
    return OpenedWorkbook(
        path, stored, layout, submission.unit, submission.period, submission.illustrative, older
    )


def whose(opened: OpenedWorkbook) -> str:
    """Unit, period and regime of a workbook as one phrase."""
    return f"{opened.unit.full_name}, {opened.period.label} ({opened.layout.regime.id})"


def _filled(opened: OpenedWorkbook, values: Values) -> bytes:
    old = typed_contents(opened.stored, opened.layout)
    return with_contents(opened, _together(old, values), values.places)


def with_contents(opened: OpenedWorkbook, contents: Contents, places: Collection[SheetCell]) -> bytes:
    """The workbook with `contents` in the cells of `places` and every dependent cached value right.

    One that carries programs of others is drawn anew: nothing of theirs is kept.
    """
    plan = plan_workbook(
        opened.layout.regime,
        opened.unit,
        opened.period,
        contents,
        previous=shown_previous(opened.stored, opened.layout),
        illustrative=opened.illustrative,
    )
    if foreign_programs(opened.stored.parts):
        draw = draw_with_buttons if opened.path.suffix.lower() == ".xlsm" else draw_plain
        subject = Subject(opened.layout.regime, opened.unit, opened.period, opened.illustrative)
        return draw(plan, subject)
    places = {*places, *opened.layout.row_numbers(places)}
    changes: dict[str, dict[str, NewContent]] = {}
    formulas: dict[str, dict[str, str]] = {}
    for (sheet, address), cell in inputs_and_formulas(plan.sheets).items():
        if cell.role is Role.FORMULA:
            formulas.setdefault(sheet, {})[address] = (cell.formula or "").removeprefix("=")
            changes.setdefault(sheet, {})[address] = NewContent.cached(_storable(cell.value))
        elif (sheet, address) in places:
            changes.setdefault(sheet, {})[address] = _new_input(cell)
    return _spliced(opened, changes, formulas, _heights(plan, places))


def _heights(plan: PlannedWorkbook, places: Collection[SheetCell]) -> dict[str, dict[int, float]]:
    """Heights of the rows something is written into, as far as they are fitted to their text."""
    rows = {(sheet, row_of(address)) for sheet, address in places}
    return {
        sheet.name: {row: high for row, high in sheet.fitted_rows.items() if (sheet.name, row) in rows}
        for sheet in plan.sheets
    }


def offered_contents(values: Values) -> Contents:
    """What VALUES.csv says, as contents of its own: blanks say nothing."""
    return _together(Contents(), values)


def _together(old: Contents, values: Values) -> Contents:
    return replace(
        old,
        figures={**old.figures, **values.figures},
        notes={**old.notes, **values.notes},
        declarations={**old.declarations, **values.declarations},
        explanations={**old.explanations, **values.explanations},
        registers=_with_rows(old, values),
        claimed={c: v for c, v in {**old.claimed, **values.claimed}.items() if v is not None},
    )


def _with_rows(old: Contents, values: Values) -> dict[str, tuple[dict[str, RegisterValue], ...]]:
    found = {code: [dict(row) for row in rows] for code, rows in old.registers.items()}
    for code, changed in values.rows.items():
        rows = found.setdefault(code, [])
        rows += [{} for _ in range(max(changed) - len(rows))]
        for number, cells in changed.items():
            rows[number - 1].update(cells)
    return {code: tuple(rows) for code, rows in found.items()}


def _spliced(
    opened: OpenedWorkbook,
    changes: Mapping[str, Mapping[str, NewContent]],
    formulas: Mapping[str, Mapping[str, str]],
    heights: Mapping[str, Mapping[int, float]],
) -> bytes:
    parts = dict(opened.stored.parts)
    for sheet, cells in changes.items():
        found = opened.stored.sheet(sheet)
        if found is None:
            raise CchcError(texts.text("fill_moved", path=opened.path, sheet=sheet, cell="A1"))
        _refuse_foreign_formulas(opened, sheet, formulas.get(sheet, {}))
        parts[found.part] = set_row_heights(splice_cells(parts[found.part], cells), heights.get(sheet, {}))
    if _WORKBOOK_PART not in parts:
        raise CchcError(texts.text("fill_unknown", path=opened.path))
    parts[_WORKBOOK_PART] = set_full_calc_on_load(parts[_WORKBOOK_PART])
    return write_package(parts.items())


def _refuse_foreign_formulas(opened: OpenedWorkbook, sheet: str, ours: Mapping[str, str]) -> None:
    cells = opened.stored.cells(sheet)
    for address, formula in ours.items():
        stored = cells.get(address)
        if stored is None or not numbers.same_formula(stored.formula or "", formula):
            raise CchcError(texts.text("fill_formula", path=opened.path, sheet=sheet, cell=address))


def _new_input(cell: PlannedCell) -> NewContent:
    if cell.value is None or cell.value == "":
        return NewContent.blank()
    value = _storable(cell.value)
    return NewContent.words(value) if isinstance(value, str) else NewContent.number(value)


def _storable(value: CellValue) -> int | float | str:
    """A planned value as cells store it: days as day numbers, exact numbers as Excel's doubles."""
    if value is None:
        return ""
    if isinstance(value, date):
        return day_number(value)
    if isinstance(value, (str, bool, int)):
        return value
    return int(value) if value == int(value) else float(value)
