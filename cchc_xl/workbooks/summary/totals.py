"""Sheet "Tổng hợp": the forms as officially printed, with the city's figures, to be signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from cchc_xl.model import Form, Indicator, Kind, OverUnits
from cchc_xl.model.planned import Merge, PlannedCell, PlannedSheet
from cchc_xl.texts import text
from cchc_xl.workbooks.summary import city_formulas
from cchc_xl.workbooks.summary.grid import Grid
from cchc_xl.workbooks.summary.inputs import SummaryInputs
from cchc_xl.workbooks.summary.remarks import remark
from cchc_xl.workbooks.summary.table import Content, cell, wrapped_height
from cchc_xl.workbooks.summary.wording import TOTALS, closed_with, page, state, states_counted

COLUMNS = ("A", "B", "C", "D", "E", "F", "G")
NUMBER, LABEL, UNIT, FIGURE, ANSWERED, WITH_HELD, NOTE = COLUMNS
_WIDTHS = {NUMBER: 6.5, LABEL: 36.0, UNIT: 11.5, FIGURE: 13.0, ANSWERED: 8.5, WITH_HELD: 13.0, NOTE: 25.0}
# Points of a page at the scale that makes the columns fit A4 upright, with some slack.
_PAGE_POINTS, _SIGNATURE_POINTS = 1060.0, 155.0
_FIRST_ROW = 9


@dataclass(frozen=True, slots=True)
class TotalsRow:
    """One printed row: an indicator, or one answer of a coded indicator."""

    indicator: Indicator
    row: int
    answer: tuple[str, str] | None = None  # code and label


@dataclass(frozen=True)
class TotalsLayout:
    """Which row everything has; other sheets link to it."""

    form_rows: dict[str, int]  # form code -> row of its heading
    rows: tuple[tuple[Form, tuple[TotalsRow, ...]], ...]
    last_row: int

    def figure(self, code: str) -> str | None:
        """Address of an indicator's city figure."""
        found = (r for _, rows in self.rows for r in rows if r.indicator.code == code and r.answer is None)
        return next((f"{FIGURE}{r.row}" for r in found), None)


def totals_layout(grid: Grid) -> TotalsLayout:
    """Rows of the sheet: a form heading, a header, its rows, a blank line."""
    row, form_rows, blocks = _FIRST_ROW, {}, []
    for form in grid.forms:
        form_rows[form.code] = row
        row += 3
        rows: list[TotalsRow] = []
        for indicator in form.indicators:
            rows.append(TotalsRow(indicator, row))
            row += 1
            for choice in indicator.choices if indicator.over_units is OverUnits.COUNT_BY_CHOICE else ():
                rows.append(TotalsRow(indicator, row, (choice.code, choice.label)))
                row += 1
        row += 1 + len(form.footnotes)
        blocks.append((form, tuple(rows)))
    return TotalsLayout(form_rows, tuple(blocks), row)


def plan_sheet(inputs: SummaryInputs) -> PlannedSheet:
    """The sheet a vice-chairman signs from."""
    grid = inputs.grid
    layout = totals_layout(grid)
    consolidation = grid.consolidation
    cells, heights = [*_heading(grid)], {2: 24.0, 3: 20.0, 4: 38.0, 6: 32.0, 7: 32.0}
    merges = [Merge(f"A{row}:G{row}", style) for row, style in _HEADING_MERGES]
    for form, rows in layout.rows:
        top = layout.form_rows[form.code]
        cells += _form_heading(form, top, len(consolidation.units))
        merges.append(Merge(f"A{top}:G{top}", "form.title left"))
        heights[top], heights[top + 1] = 24.0, 48.0
        for row in rows:
            cells += _row(grid, row)
            heights[row.row] = _height(grid, row)
        foot = rows[-1].row + 1 if rows else top + 3
        for offset, footnote in enumerate(form.footnotes):
            cells.append(PlannedCell(f"A{foot + offset}", "form.footnote", footnote))
            merges.append(Merge(f"A{foot + offset}:G{foot + offset}", "form.footnote"))
    sign = layout.last_row
    cells += _signature(sign)
    merges += [Merge(f"E{row}:G{row}", "legal.center") for row in range(sign, sign + 3)]
    merges.append(Merge(f"A{sign + 1}:C{sign + 1}", "legal.bold"))
    merges.append(Merge(f"A{sign + 2}:C{sign + 2}", "legal.center"))
    heights.update({sign: 22.0, sign + 1: 54.0, sign + 2: 18.0})
    return PlannedSheet(
        name=TOTALS,
        code_name="SummaryTotals",
        cells=tuple(cells),
        column_widths=_WIDTHS,
        row_heights=heights,
        merges=tuple(merges),
        page=page(consolidation, area=f"A1:G{sign + 6}", landscape=False, breaks=_breaks(layout, heights)),
        protected=True,
        tab_color="#1F3864",
    )


_HEADING_MERGES = (
    (1, "legal.center"),
    (2, "legal.title"),
    (3, "legal.center"),
    (4, "legal.bold"),
    (6, "hint"),
    (7, "hint"),
)


def _heading(grid: Grid) -> Iterator[PlannedCell]:
    consolidation = grid.consolidation
    counts = text("summary_state_line", state=state(consolidation), counts=states_counted(consolidation))
    counts = " ".join(filter(None, (counts, closed_with(consolidation))))
    yield PlannedCell("A1", "legal.center", text("summary_office"))
    yield PlannedCell("A2", "legal.title", text("summary_title"))
    yield PlannedCell(
        "A3", "legal.center italic", f"{consolidation.period.label} ({consolidation.regime.basis})"
    )
    yield PlannedCell("A4", "legal.bold", counts)
    yield PlannedCell("A6", "hint", text("summary_how_counted"))
    yield PlannedCell("A7", "hint", text("summary_how_ratios"))


def _form_heading(form: Form, row: int, units: int) -> Iterator[PlannedCell]:
    yield PlannedCell(f"A{row}", "form.title left", f"{form.heading}. {form.title}")
    titles = (
        text("summary_order"),
        text("summary_indicator"),
        text("summary_unit_of_measure"),
        text("summary_city_figure"),
        text("summary_answered", units=units),
        text("summary_with_held"),
        text("summary_note"),
    )
    for column, title, number in zip(COLUMNS, titles, range(1, 8), strict=True):
        yield PlannedCell(f"{column}{row + 1}", "form.header small", title)
        yield PlannedCell(f"{column}{row + 2}", "form.number small italic", f"({number})")


def _row(grid: Grid, row: TotalsRow) -> Iterator[PlannedCell]:
    indicator, at = row.indicator, row.row
    if indicator.is_heading:
        yield PlannedCell(f"{NUMBER}{at}", "form.heading.number", indicator.number)
        yield PlannedCell(f"{LABEL}{at}", "form.heading", indicator.label)
        for column in COLUMNS[2:]:
            yield PlannedCell(f"{column}{at}", "form.heading")
        return
    figure, answered, with_held = _figures(grid, row)
    slope = " italic" if indicator.italic else ""
    look = f"{_look(row)} white"
    yield PlannedCell(f"{NUMBER}{at}", f"form.number{slope}", "" if row.answer else indicator.number)
    yield PlannedCell(f"{LABEL}{at}", _label_style(row) + slope, _label(row))
    yield PlannedCell(f"{UNIT}{at}", f"form.unit small{slope}", _unit(row))
    weight = "italic small center" if isinstance(figure, str) else "bold"
    yield cell(f"{FIGURE}{at}", f"{look} {weight}", figure)
    yield cell(f"{ANSWERED}{at}", "form.figure.computed.count white", answered)
    yield cell(f"{WITH_HELD}{at}", f"{look} grey", with_held)
    yield PlannedCell(f"{NOTE}{at}", "form.label small", _note(grid, row))


def _figures(grid: Grid, row: TotalsRow) -> tuple[Content, Content, Content]:
    indicator = row.indicator
    if row.answer:
        code = row.answer[0]
        here = city_formulas.count_of_answer(grid, indicator, code)
        return here, None, city_formulas.count_of_answer(grid, indicator, code, held=True)
    answered = city_formulas.answered(grid, indicator)
    if indicator.over_units is OverUnits.COUNT_BY_CHOICE:
        return None, answered, None
    if _counts_full(indicator):
        return city_formulas.count_of_full(grid, indicator), answered, None
    figure = city_formulas.city_total(grid, indicator, f"{ANSWERED}{row.row}", answered.value)
    return figure or text("summary_not_added"), answered, city_formulas.total_with_held(grid, indicator)


def _counts_full(indicator: Indicator) -> bool:
    return indicator.over_units is OverUnits.NONE and indicator.kind is Kind.RATIO and indicator.is_input


def _look(row: TotalsRow) -> str:
    kind = row.indicator.kind
    if row.answer or _counts_full(row.indicator):
        return "form.figure.computed.count"
    if kind in (Kind.RATIO, Kind.DECIMAL):
        return f"form.figure.computed.{kind.value}"
    return "form.figure.computed.count"


def _label(row: TotalsRow) -> str:
    if row.answer:
        return text("summary_answer_row", label=row.answer[1])
    return row.indicator.summary_label or row.indicator.label


def _label_style(row: TotalsRow) -> str:
    return "form.label indent1" if row.answer else "form.label"


def _unit(row: TotalsRow) -> str:
    if row.answer:
        return text("summary_units_word")
    return text("summary_units_at_full") if _counts_full(row.indicator) else row.indicator.unit_of_measure


def _note(grid: Grid, row: TotalsRow) -> str:
    return "" if row.answer else remark(grid, row.indicator)


def _height(grid: Grid, row: TotalsRow) -> float:
    width = 0.78 if row.indicator.is_heading else 0.85
    label = wrapped_height([(_label(row), _WIDTHS[LABEL] * width)], line=15.5, least=20.0)
    note = "" if row.indicator.is_heading else _note(grid, row)
    small = wrapped_height([(_unit(row), _WIDTHS[UNIT]), (note, _WIDTHS[NOTE] * 1.16)], line=13.0)
    return max(label, small)


def _breaks(layout: TotalsLayout, heights: dict[int, float]) -> tuple[int, ...]:
    """Pages begin with a form when the form does not fit below the one before."""
    tops = [*layout.form_rows.values(), layout.last_row]
    used = sum(heights.get(row, 15.0) for row in range(1, tops[0]))
    found: list[int] = []
    for top, below in pairwise(tops):
        needed = sum(heights.get(row, 15.0) for row in range(top, below))
        if used + needed > _PAGE_POINTS and top != tops[0]:
            found.append(top - 1)
            used = 0.0
        used += needed
    if used + _SIGNATURE_POINTS > _PAGE_POINTS:
        found.append(layout.last_row - 1)  # the signatures stay together
    return tuple(found)


def _signature(row: int) -> Iterator[PlannedCell]:
    yield PlannedCell(f"E{row}", "legal.center italic", text("summary_place_and_date"))
    yield PlannedCell(f"A{row + 1}", "legal.bold", text("summary_prepared_by"))
    yield PlannedCell(f"E{row + 1}", "legal.bold", text("summary_signed_by"))
    yield PlannedCell(f"A{row + 2}", "legal.center italic", text("summary_sign_name"))
    yield PlannedCell(f"E{row + 2}", "legal.center italic", text("summary_sign_seal"))
