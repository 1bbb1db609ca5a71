"""Sheet "Theo đơn vị": every unit's figures, form by form, each form behind its status."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from cchc_xl.figures.expressions import figure_formula, references
from cchc_xl.figures.live.excel import to_excel
from cchc_xl.figures.totals.consolidated import UnitFigures
from cchc_xl.model import Indicator
from cchc_xl.model.planned import CellValue, Merge, PlannedCell, PlannedSheet, Role
from cchc_xl.texts import text
from cchc_xl.workbooks.summary.grid import (
    CODES_ROW,
    FIRST_ROW,
    FORMS_ROW,
    LABELS_ROW,
    NUMBERS_ROW,
    ORDER,
    UNIT_CODE,
    UNIT_NAME,
    UNIT_TYPE,
    Grid,
)
from cchc_xl.workbooks.summary.inputs import SummaryInputs
from cchc_xl.workbooks.summary.table import figure_style
from cchc_xl.workbooks.summary.wording import BY_UNIT, HELD, MISSING, page, short_label, state

_STATUS_STYLES = {HELD: "table.text center warn", MISSING: "table.text center grey"}
_FIGURE_WIDTH, _STATUS_WIDTH = 10.5, 9.5
_SCALE, _PAGE_CHARACTERS = 84, 181.0  # what A3 across takes at this scale beside the repeated columns
RowFormula = Callable[[int], tuple[CellValue, Role, str]]  # of a unit's position
_HEADS = (
    (ORDER, "summary_order"),
    (UNIT_CODE, "summary_unit_code"),
    (UNIT_NAME, "summary_unit"),
    (UNIT_TYPE, "summary_type"),
)


def plan_sheet(inputs: SummaryInputs) -> PlannedSheet:
    """The data sheet all other sheets refer to."""
    grid = inputs.grid
    consolidation = grid.consolidation
    cells = [*_title(grid), *_headings(grid)]
    formulas = {i.code: _row_formula(grid, i) for i in grid.indicators if i.formula}
    for position, unit in enumerate(consolidation.units):
        cells += _unit_cells(grid, position, unit, formulas)
    last = grid.columns[grid.indicators[-1].code]
    return PlannedSheet(
        name=BY_UNIT,
        code_name="SummaryUnits",
        cells=tuple(cells),
        column_widths=_widths(grid),
        row_heights={1: 26, 4: 5, CODES_ROW: 0, FORMS_ROW: 32, NUMBERS_ROW: 18, LABELS_ROW: 92},
        merges=tuple(_merges(grid)),
        page=replace(
            page(consolidation, area=f"A1:{last}{grid.last_row}", paper=8),
            repeat_rows=(FORMS_ROW, LABELS_ROW),
            repeat_columns=(ORDER, UNIT_TYPE),
            fit_width=False,
            scale=_SCALE,
            column_breaks=tuple(_column_breaks(grid)),
        ),
        protected=False,
        freeze=f"E{FIRST_ROW}",
        autofilter=f"A{LABELS_ROW}:{last}{grid.last_row}",
        zoom=90,
    )


def _title(grid: Grid) -> Iterator[PlannedCell]:
    consolidation = grid.consolidation
    yield PlannedCell("A1", "title.left", text("summary_by_unit_title"))
    yield PlannedCell("A2", "plain bold", f"{consolidation.period.label} – {state(consolidation)}")
    yield PlannedCell("A3", "plain small grey", text("summary_by_unit_legend"))


def _headings(grid: Grid) -> Iterator[PlannedCell]:
    for letter, code in _HEADS:
        yield PlannedCell(f"{letter}{FORMS_ROW}", "table.header")
        yield PlannedCell(f"{letter}{LABELS_ROW}", "table.header", text(code))
        yield PlannedCell(f"{letter}{NUMBERS_ROW}", "table.header")
    for form in grid.forms:
        status = grid.status_columns[form.code]
        yield PlannedCell(f"{status}{FORMS_ROW}", "table.header", f"{form.heading}. {form.title}")
        yield PlannedCell(f"{status}{CODES_ROW}", "meta", form.code)
        yield PlannedCell(f"{status}{NUMBERS_ROW}", "table.group center")
        yield PlannedCell(f"{status}{LABELS_ROW}", "table.group center wrap", text("summary_form_status"))
        for indicator in form.figures:
            letter = grid.columns[indicator.code]
            yield PlannedCell(f"{letter}{CODES_ROW}", "meta", indicator.code)
            yield PlannedCell(f"{letter}{NUMBERS_ROW}", "table.group center", indicator.number)
            yield PlannedCell(
                f"{letter}{LABELS_ROW}", "table.group center wrap small regular", short_label(indicator)
            )


def _merges(grid: Grid) -> Iterator[Merge]:
    for form in grid.forms:
        first, last = grid.status_columns[form.code], grid.columns[form.figures[-1].code]
        yield Merge(f"{first}{FORMS_ROW}:{last}{FORMS_ROW}", "table.header")


def _widths(grid: Grid) -> dict[str, float]:
    widths = {ORDER: 5.0, UNIT_CODE: 7.5, UNIT_NAME: 20.0, UNIT_TYPE: 9.5}
    widths.update(dict.fromkeys(grid.columns.values(), _FIGURE_WIDTH))
    widths.update(dict.fromkeys(grid.status_columns.values(), _STATUS_WIDTH))
    return widths


def _column_breaks(grid: Grid) -> Iterator[str]:
    """A form is not torn over two pages when it fits on one."""
    used, before = 0.0, ""
    for form in grid.forms:
        width = _STATUS_WIDTH + _FIGURE_WIDTH * len(form.figures)
        if used and used + width > _PAGE_CHARACTERS:
            yield before
            used = 0.0
        used += width
        before = grid.columns[form.figures[-1].code]


def _unit_cells(
    grid: Grid,
    position: int,
    unit: UnitFigures,
    formulas: dict[str, Callable[[int], tuple[CellValue, Role, str]]],
) -> Iterator[PlannedCell]:
    row = FIRST_ROW + position
    yield PlannedCell(f"{ORDER}{row}", "table.number", position + 1)
    yield PlannedCell(f"{UNIT_CODE}{row}", "table.code", unit.unit.code)
    yield PlannedCell(f"{UNIT_NAME}{row}", "table.text nowrap", unit.unit.name)
    yield PlannedCell(f"{UNIT_TYPE}{row}", "table.text nowrap", unit.unit.type)
    for form in grid.forms:
        status = grid.statuses[form.code][position]
        style = _STATUS_STYLES.get(status, "table.text center")
        yield PlannedCell(f"{grid.status_columns[form.code]}{row}", style, status)
        tone = " warn" if status == HELD else ""
        for indicator in form.figures:
            figure = grid.figures[indicator.code][position]
            address = f"{grid.columns[indicator.code]}{row}"
            look = figure_style(indicator.kind) + tone
            if formula := formulas.get(indicator.code):
                yield PlannedCell(address, look, *formula(position))
            elif figure is None:
                yield PlannedCell(address, look)
            else:
                implied = indicator.code in unit.read_as_zero and unit.figures.get(indicator.code) is None
                yield PlannedCell(address, f"{look} italic grey" if implied else look, figure)


def _row_formula(grid: Grid, indicator: Indicator) -> RowFormula:
    """The indicator's formula in the row of a unit, the parts being cells of that row; its result first."""
    text = indicator.formula or ""
    formula, parts = figure_formula(text, grid.consolidation.regime.parameters), references(text)
    template = to_excel(formula, {part: f"{grid.columns[part]}\0" for part in parts})

    def at(position: int) -> tuple[CellValue, Role, str]:
        value: CellValue = formula.value({part: grid.figures[part][position] for part in parts})
        return value, Role.FORMULA, template.replace("\0", str(FIRST_ROW + position))

    return at
