"""The city workbook TongHop….xlsm: a control sheet and the summary's skeleton, formats prepared, no figures.

Its buttons write into the skeleton what `merge` writes; only values travel, so everything that a format, a
merged cell or a chart needs is prepared here for the most rows that may come.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from decimal import Decimal

from cchc_xl import texts
from cchc_xl.figures.totals.over_units import consolidate
from cchc_xl.model import Observation, Status, Submission, Verdict
from cchc_xl.model.addresses import cell_position, column_letter, row_of
from cchc_xl.model.layout import layout_of
from cchc_xl.model.planned import (
    Merge,
    PlannedButton,
    PlannedCell,
    PlannedSheet,
    PlannedWorkbook,
    Role,
    Validation,
    reference,
)
from cchc_xl.model.scope import ReportingScope
from cchc_xl.texts import sheets
from cchc_xl.texts.buttons import CITY_BUTTONS
from cchc_xl.workbooks.city.prepared_rows import last_row, with_prepared_rows
from cchc_xl.workbooks.city.reminders_sheet import plan_reminders
from cchc_xl.workbooks.city.units_sheet import plan_units
from cchc_xl.workbooks.python_buttons import python_buttons
from cchc_xl.workbooks.python_settings_sheet import plan_python_sheet
from cchc_xl.workbooks.summary import plan_summary
from cchc_xl.workbooks.summary.wording import CHARTS, COMPARISON, COVERAGE, FINDINGS, META, SOURCES

CONTROL = sheets.CONTROL
STATUS_NAME, STATUS_CELL = "cchc_trang_thai", "A14"
CITY_INPUTS = {
    "cchc_tp_ky": "C5",
    "cchc_tp_thu_muc": "C6",
    "cchc_tp_ky_truoc": "C7",
    "cchc_tp_nhan": "C8",
}
REGIME_CELL, FRAME_CELL = "C9", "C10"
_REMINDER_ROWS = 400
# Sheets whose rows come and go: spare rows beyond the plan of an empty folder, and their columns.
_SPARE = {FINDINGS: (3000, "I"), COMPARISON: (800, "K"), COVERAGE: (300, "R"), SOURCES: (600, "M")}
_TONES = (
    (texts.text("wb_severity_error"), "table.text bold bad"),
    (texts.text("wb_severity_warning"), "table.text warn"),
)
_COLUMNS = (("A", 190), ("C", 190), ("D", 190), ("E", 220))
_PLACES = tuple((f"{column}{row}", width) for row in (12, 13) for column, width in _COLUMNS)
_PICKING = (("E6", "city_pick_folder", "ChonThuMuc"), ("E7", "city_pick_previous", "ChonTongHopTruoc"))


def plan_city_workbook(scope: ReportingScope) -> PlannedWorkbook:
    """The workbook as handed out for a period: nothing read yet."""
    empty = plan_summary(consolidate(scope, ()))
    full = plan_summary(consolidate(scope, _specimens(scope)))
    skeleton = tuple(_prepared(sheet, full.sheet(sheet.name)) for sheet in empty.sheets)
    settings, setting_names = plan_python_sheet()
    names = {
        **empty.names,
        **setting_names,
        **{name: f"={reference(CONTROL, address)}" for name, address in CITY_INPUTS.items()},
        STATUS_NAME: f"={reference(CONTROL, STATUS_CELL)}",
        "cchc_mau": f"={reference(META, 'B1')}",
    }
    return PlannedWorkbook(
        sheets=(
            _control(scope, frame_of(empty)),
            *skeleton,
            plan_reminders(None, _REMINDER_ROWS),
            plan_units(scope.units),
            settings,
        ),
        names=names,
        title=texts.text("city_title"),
        subject=scope.regime.title,
        active_sheet=CONTROL,
    )


def frame_of(summary: PlannedWorkbook) -> str:
    """A digest of what cannot be written as values: sheets and defined names."""
    shape = repr((sorted(summary.names.items()), [sheet.name for sheet in summary.sheets]))
    return hashlib.sha256(shape.encode()).hexdigest()[:16]


def _prepared(sheet: PlannedSheet, full: PlannedSheet) -> PlannedSheet:
    if sheet.name == CHARTS:
        return replace(sheet, charts=full.charts, column_widths=full.column_widths, page=full.page)
    if sheet.name not in _SPARE:
        return sheet
    spare, last_column = _SPARE[sheet.name]
    columns = [column_letter(n) for n in range(1, cell_position(f"{last_column}1")[1] + 2)]
    tones = _TONES if sheet.name == FINDINGS else ()
    prepared = with_prepared_rows(
        sheet, full, _first_varying_row(sheet), spare, columns, tones, wrap=sheet.name != COVERAGE
    )
    if sheet.name == COVERAGE or not sheet.autofilter:
        return prepared
    head = sheet.autofilter.partition(":")[0]
    return replace(prepared, autofilter=f"{head}:{last_column}{last_row(prepared)}")


def _first_varying_row(sheet: PlannedSheet) -> int:
    """The first row whose content depends on what the folder holds."""
    if sheet.name == COVERAGE:
        table = sheet.autofilter or "A1:A1"
        return row_of(table.partition(":")[2]) + 1
    return {FINDINGS: 6, COMPARISON: 4, SOURCES: 3}[sheet.name]


def _specimens(scope: ReportingScope) -> tuple[Submission, ...]:
    """One accepted submission a unit with figures everywhere: only charts are taken from their summary."""
    regime = scope.regime
    layout = layout_of(regime)
    forms = {form.code: Verdict.ACCEPTED for form in regime.printed_forms}

    def observations(unit_number: int) -> tuple[Observation, ...]:
        return tuple(
            Observation(
                i.code, Status.VALUE, Decimal(900 - 7 * n - unit_number % 5 * n), *layout.place(i.code)
            )
            for n, i in enumerate(regime.inputs)
        )

    return tuple(
        Submission(
            file=f"{unit.code}.xlsx",
            sha256=None,
            verdict=Verdict.ACCEPTED,
            regime=regime.id,
            period=scope.period,
            unit=unit,
            number=1,
            observations=observations(n),
            forms=forms,
        )
        for n, unit in enumerate(scope.units)
    )


def _control(scope: ReportingScope, frame: str) -> PlannedSheet:
    head = (
        ("banner", texts.text("wb_enable_editing")),
        ("title", texts.text("city_title")),
        ("hint", texts.text("city_hint")),
    )
    cells = [PlannedCell(f"A{row}", style, text) for row, (style, text) in enumerate(head, start=1)]
    merges = [Merge(f"A{row}:F{row}", style) for row, (style, _) in enumerate(head, start=1)]
    for name, address in CITY_INPUTS.items():
        row = address[1:]
        initial = str(scope.period) if name == "cchc_tp_ky" else None
        cells.append(PlannedCell(f"A{row}", "key", texts.text(f"city_{name}")))
        cells.append(PlannedCell(address, "table.input", initial, Role.INPUT))
        merges += (Merge(f"A{row}:B{row}", "key"), Merge(f"{address}:D{row}", "table.input"))
    for address, label, value in (
        (REGIME_CELL, "city_regime", scope.regime.id),
        (FRAME_CELL, "city_frame", frame),
    ):
        row = address[1:]
        cells.append(PlannedCell(f"A{row}", "key", texts.text(label)))
        cells.append(PlannedCell(address, "value.text", value))
        merges += (Merge(f"A{row}:B{row}", "key"), Merge(f"{address}:D{row}", "value.text"))
    cells.append(PlannedCell(STATUS_CELL, "value.text", texts.text("city_status")))
    merges.append(Merge(f"{STATUS_CELL}:F14", "value.text"))
    return PlannedSheet(
        name=CONTROL,
        code_name="DieuKhien",
        cells=tuple(cells),
        column_widths={"A": 18.0, "B": 12.0, "C": 30.0, "D": 30.0, "E": 32.0, "F": 20.0},
        row_heights={
            1: 28.0,
            2: 30.0,
            3: 48.0,
            14: 60.0,
            **dict.fromkeys(range(5, 11), 26.0),
            **dict.fromkeys((row_of(button.address) for button in _python_buttons()), 34.0),
        },
        merges=tuple(merges),
        validations=tuple(_prompt(name, address) for name, address in CITY_INPUTS.items()),
        buttons=_buttons(),
        tab_color="#1F3864",
    )


def _python_buttons() -> tuple[PlannedButton, ...]:
    return python_buttons(CITY_BUTTONS, _PLACES, height=30)


def _buttons() -> tuple[PlannedButton, ...]:
    picking = (
        PlannedButton(
            cell, texts.text(caption), macro, width=180, height=30, help=texts.text(f"{caption}_help")
        )
        for cell, caption, macro in _PICKING
    )
    return (*_python_buttons(), *picking)


def _prompt(name: str, address: str) -> Validation:
    return Validation(
        range=address,
        kind="any",
        prompt_title=texts.text("city_prompt_title"),
        prompt=texts.text(f"city_prompt_{name}"),
    )
