"""One chart with its helper cells: what is drawn is linked to the data, never typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from cchc_xl.figures.expressions import Formula, Node
from cchc_xl.figures.expressions.functions import COUNTIFS, N
from cchc_xl.figures.expressions.nodes import area, cell, joined
from cchc_xl.model import Indicator
from cchc_xl.model.planned import PlannedCell, PlannedChart, Series, reference
from cchc_xl.model.terms import UnitState
from cchc_xl.texts import text
from cchc_xl.workbooks.summary.coverage import result_range
from cchc_xl.workbooks.summary.grid import UNIT_NAME, Grid, column_name, status_name
from cchc_xl.workbooks.summary.table import Content, Live, count_of, linked, live, row_cells
from cchc_xl.workbooks.summary.totals import TotalsLayout
from cchc_xl.workbooks.summary.wording import (
    BY_UNIT,
    CHARTS,
    COUNTED,
    COVERAGE,
    HELD,
    MISSING,
    STATE_WORDS,
    TOTALS,
    row_name,
    short_label,
)

LABELS = "V"
_VALUES = ("W", "X", "Y")
GREEN, AMBER, GREY, BLUE, LIGHT_BLUE = "#5B8C5A", "#D9A441", "#A6A6A6", "#2F5D8C", "#9DBBD8"
_STATE_COLORS = {
    UnitState.COMPLETE: GREEN,
    UnitState.INCOMPLETE: "#A9C98F",
    UnitState.HELD: AMBER,
    UnitState.EMPTY: "#C0504D",
    UnitState.REJECTED: "#7F3331",
    UnitState.MISSING: GREY,
    UnitState.EXEMPT: LIGHT_BLUE,
}
LOWEST, LARGEST = 20, 15
_BINS = ("0", "0.5", "0.7", "0.8", "0.9", "0.95", "1")
HEIGHT_OF_ROW = 20  # pixels


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart and the cells it draws."""

    chart: PlannedChart
    cells: tuple[PlannedCell, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a chart stands, how large it is, and the first row of its helper cells."""

    anchor: str
    row: int
    width: int = 600
    height: int = 388


def _drawn(
    place: Place,
    kind: str,
    title: str,
    heads: Sequence[str],
    rows: Sequence[tuple[Content, ...]],
    colors: Sequence[str],
    *,
    percent: bool = False,
    point_colors: tuple[str, ...] = (),
    axis_title: str = "",
) -> Drawn:
    """A chart over helper rows (label, values…) below a heading row."""
    first, last = place.row + 1, place.row + len(rows)
    columns = (LABELS, *_VALUES[: len(heads) - 1])
    cells = row_cells(place.row, columns, heads, "plain small bold grey")
    look = "plain small grey ratio" if percent else "plain small grey count"
    for row, contents in enumerate(rows, start=first):
        cells += row_cells(row, columns, contents, ("plain small grey", *(look,) * (len(columns) - 1)))
    series = tuple(
        Series(
            name=head,
            categories=reference(CHARTS, f"{LABELS}{first}:{LABELS}{last}"),
            values=reference(CHARTS, f"{column}{first}:{column}{last}"),
            color=color,
            point_colors=point_colors,
        )
        for head, column, color in zip(heads[1:], columns[1:], colors, strict=True)
    )
    is_bar = kind in ("bar", "stacked_bar")
    chart = PlannedChart(
        anchor=place.anchor,
        kind=kind,
        title=title,
        series=series,
        width=place.width,
        height=place.height,
        value_format="0%" if percent else "#,##0;;" if kind == "doughnut" else "#,##0",
        axis_title=axis_title,
        legend=len(series) > 1 or kind == "doughnut",
        labels=len(series) == 1,
        value_min=0.0,
        reverse=is_bar,
        alt_text=title,
    )
    return Drawn(chart, tuple(cells))


def submission_status(grid: Grid, place: Place) -> Drawn | None:
    """How many units are in each state."""
    units = [STATE_WORDS[unit.state] for unit in grid.consolidation.units]
    results = reference(COVERAGE, result_range(grid.consolidation))
    rows = [(word, count_of(word, units, results)) for word in STATE_WORDS.values()]
    heads = (text("summary_result"), text("summary_units_word"))
    title = text("summary_chart_status", units=len(units))
    colors = tuple(_STATE_COLORS[state] for state in STATE_WORDS)
    return _drawn(place, "doughnut", title, heads, rows, (GREEN,), point_colors=colors) if units else None


def status_by_form(grid: Grid, place: Place) -> Drawn | None:
    """Counted, held and missing units, form by form."""
    words = (COUNTED, HELD, MISSING)
    rows: list[tuple[Content, ...]] = []
    for form in grid.forms:
        given, name = grid.statuses[form.code], status_name(form.code)
        counts = (count_of(word, given, name) for word in words)
        rows.append((form.heading, *counts))
    title = text("summary_chart_forms")
    heads = (text("summary_form"), *words)
    return _drawn(place, "stacked_bar", title, heads, rows, (GREEN, AMBER, GREY)) if rows else None


def lowest_units(grid: Grid, indicator: Indicator, place: Place) -> Drawn | None:
    """The units with the lowest ratio, lowest first."""
    ranked = sorted(_numbers(grid, indicator.code), key=lambda entry: entry[1])[:LOWEST]
    if len(ranked) < 2:
        return None
    rows = [(_name(grid, code), linked(grid.cell(code, indicator.code), figure)) for code, figure in ranked]
    title = text("summary_chart_lowest", count=len(ranked), label=short_label(indicator))
    heads = (text("summary_unit"), short_label(indicator))
    return _drawn(place, "bar", title, heads, rows, (BLUE,), percent=True)


def distribution(grid: Grid, indicator: Indicator, place: Place) -> Drawn | None:
    """How many units stand in each band of a ratio."""
    figures = [figure for _, figure in _numbers(grid, indicator.code)]
    if len(figures) < 2:
        return None
    rows = list(_bands(grid, indicator, figures, place.row + 1))
    heads = (text("summary_band"), text("summary_units_word"))
    title = text("summary_chart_distribution", label=short_label(indicator))
    drawn = _drawn(place, "column", title, heads, [row[:2] for row in rows], (LIGHT_BLUE,))
    bounds = [
        cell
        for at, row in enumerate(rows, start=place.row + 1)
        for cell in row_cells(at, ("X", "Y"), row[2:], "plain small grey ratio")
    ]
    return Drawn(drawn.chart, (*drawn.cells, *bounds))


def _bands(
    grid: Grid, indicator: Indicator, figures: list[Decimal], row: int
) -> Iterator[tuple[Content, ...]]:
    """(label, count, from, below) for each band; the last two are 100 % and above it."""
    column = area(column_name(indicator.code))
    counted = (area(status_name(grid.form_of[indicator.code])), COUNTED, column)

    def count(row: int, *limits: Node | str) -> Live:
        first, second = f"X{row}", f"Y{row}"
        bounds = {first: low, second: high}
        return live(Formula(COUNTIFS(*counted, *limits)), {**grid.cells, **bounds})

    high: Decimal | None
    edges = [Decimal(edge) for edge in _BINS]
    for low, high in pairwise(edges):
        label = text("summary_band_label", low=int(low * 100), high=int(high * 100))
        inside = (joined(">=", cell(f"X{row}")), column, joined("<", cell(f"Y{row}")))
        yield label, count(row, *inside), low, high
        row += 1
    low, high = Decimal(1), None
    yield "100 %", count(row, cell(f"X{row}")), low, None
    if any(figure > low for figure in figures):
        row += 1
        yield text("summary_band_over"), count(row, joined(">", cell(f"X{row}"))), low, None


def _number_of(address: str, figure: Decimal | None) -> Live:
    return live(Formula(N(cell(address))), {address: figure})


def largest_units(grid: Grid, parts: Sequence[Indicator], place: Place) -> Drawn | None:
    """The units with the largest sum of some counts, largest first."""
    totals: dict[str, Decimal] = {}
    for part in parts:
        for code, figure in _numbers(grid, part.code):
            totals[code] = totals.get(code, Decimal(0)) + figure
    ranked = sorted((code for code in totals if totals[code]), key=lambda code: -totals[code])[:LARGEST]
    if len(ranked) < 2:
        return None
    given = {part.code: dict(_numbers(grid, part.code)) for part in parts}
    rows: list[tuple[Content, ...]] = [
        (
            _name(grid, code),
            *(_number_of(grid.cell(code, part.code), given[part.code].get(code)) for part in parts),
        )
        for code in ranked
    ]
    heads = (text("summary_unit"), *(short_label(part) for part in parts))
    title = text("summary_chart_online", count=len(ranked))
    return _drawn(place, "stacked_bar", title, heads, rows, (BLUE, LIGHT_BLUE)[: len(parts)])


def city_ratios(grid: Grid, totals: TotalsLayout, place: Place) -> Drawn | None:
    """Every percentage of the city that could be formed."""
    rows: list[tuple[Content, ...]] = []
    for indicator in grid.indicators:
        figure = grid.consolidation.city[indicator.code].total
        address = totals.figure(indicator.code)
        if address and figure is not None and indicator.formula:
            rows.append((row_name(indicator), linked(reference(TOTALS, address), figure)))
    if len(rows) < 2:
        return None
    heads = (text("summary_indicator"), text("summary_whole_city"))
    return _drawn(place, "bar", text("summary_chart_ratios"), heads, rows, (BLUE,), percent=True)


def _name(grid: Grid, code: str) -> Live:
    row = grid.rows[code]
    unit = grid.consolidation.units[row - min(grid.rows.values())].unit
    return linked(reference(BY_UNIT, f"{UNIT_NAME}{row}"), unit.name)


def _numbers(grid: Grid, code: str) -> list[tuple[str, Decimal]]:
    """(unit code, figure) of every counted number of an indicator."""
    return [(u.unit.code, f) for u, f in grid.counted(code) if isinstance(f, Decimal)]
