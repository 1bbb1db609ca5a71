"""Right of the table of "Phân bố": each unit's counted figure as a live cell, and what is drawn from them.

Excel has no median under a condition without array formulas, so the condition gets cells of its own: a
unit's figure where its form is counted, else an empty text, which MEDIAN and QUARTILE pass over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from cchc_xl.figures.expressions import Formula, references
from cchc_xl.figures.expressions.functions import COUNTIF, IF, ISNUMBER
from cchc_xl.figures.expressions.nodes import area, joined
from cchc_xl.figures.expressions.nodes import cell as named
from cchc_xl.figures.expressions.values import Area
from cchc_xl.figures.numbers import format_vi
from cchc_xl.model import Indicator, Kind
from cchc_xl.model.addresses import column_letter
from cchc_xl.model.planned import PlannedCell, PlannedChart, Series, reference
from cchc_xl.texts import text
from cchc_xl.workbooks.summary.grid import Grid
from cchc_xl.workbooks.summary.table import cell, figure_style, live
from cchc_xl.workbooks.summary.wording import BY_UNIT, COUNTED, DISTRIBUTION, short_label

FIRST_ROW = 5
_FIRST_COLUMN = 16  # after the table and the three columns of bands
_BAND_COLUMNS = ("M", "N", "O")
_SHARES = ("0", "0.5", "0.6", "0.7", "0.8", "0.9", "1")
_STYLE = "plain small grey"


def last_row(grid: Grid) -> int:
    """The last row of the units' figures."""
    return FIRST_ROW + max(len(grid.consolidation.units), 1) - 1


def figures_of(grid: Grid, position: int) -> str:
    """The range with the counted figures of the indicator at this position of the table."""
    column = column_letter(_FIRST_COLUMN + position)
    return f"${column}${FIRST_ROW}:${column}${last_row(grid)}"


def counted_cells(grid: Grid, indicators: Sequence[Indicator]) -> Iterator[PlannedCell]:
    """One column an indicator, one row a unit."""
    yield PlannedCell(f"{_BAND_COLUMNS[0]}3", _STYLE, text("summary_distribution_data"))
    for position, indicator in enumerate(indicators):
        column = column_letter(_FIRST_COLUMN + position)
        yield PlannedCell(f"{column}{FIRST_ROW - 1}", f"{_STYLE} bold", indicator.number)
        look = f"{_STYLE} {figure_style(indicator.kind).removeprefix('table.')}"
        status = grid.status_columns[grid.form_of[indicator.code]]
        form, figures = grid.form_of[indicator.code], grid.figures[indicator.code]
        for n, unit in enumerate(grid.consolidation.units):
            code = unit.unit.code
            told, own = reference(BY_UNIT, f"{status}{grid.rows[code]}"), grid.cell(code, indicator.code)
            counted = IF(named(told).equals(COUNTED), IF(ISNUMBER(named(own)), named(own), ""), "")
            content = live(Formula(counted), {told: grid.statuses[form][n], own: figures[n]})
            yield cell(f"{column}{FIRST_ROW + n}", look, content)


def drawn_position(indicators: Sequence[Indicator]) -> int | None:
    """The indicator whose spread is drawn: a total score, else the first score."""
    scores = [n for n, i in enumerate(indicators) if i.kind is Kind.DECIMAL]
    return next((n for n in scores if indicators[n].formula), scores[0] if scores else None)


def plan_score_chart(
    grid: Grid, indicators: Sequence[Indicator], anchor_row: int
) -> tuple[tuple[PlannedCell, ...], tuple[PlannedChart, ...]]:
    """A chart of the units in each band of the score, with its cells; nothing without a maximum."""
    position = drawn_position(indicators)
    whole = _whole(grid, indicators[position]) if position is not None else None
    if position is None or whole is None:
        return (), ()
    indicator, spread = indicators[position], area(figures_of(grid, position))
    figures = Area(f for _, f in grid.counted(indicator.code) if isinstance(f, Decimal))
    edges = [whole * Decimal(share) for share in _SHARES]
    label, least, count = _BAND_COLUMNS
    cells = [
        PlannedCell(f"{label}{FIRST_ROW - 1}", f"{_STYLE} bold", text("summary_band")),
        PlannedCell(f"{count}{FIRST_ROW - 1}", f"{_STYLE} bold", text("summary_units_word")),
    ]
    row = FIRST_ROW
    for row, (low, high) in enumerate(pairwise(edges), start=FIRST_ROW):
        here, next_one = f"{least}{row}", f"{least}{row + 1}"
        inside = COUNTIF(spread, joined(">=", named(here)))
        if high != whole:
            inside = inside - COUNTIF(spread, joined(">=", named(next_one)))
        counted = live(Formula(inside), {spread.text: figures, here: low, next_one: high})
        cells += (
            PlannedCell(f"{label}{row}", _STYLE, f"{format_vi(low)} – {format_vi(high)}"),
            PlannedCell(f"{least}{row}", f"{_STYLE} decimal", low),
            cell(f"{count}{row}", f"{_STYLE} count", counted),
        )
    title = text("summary_chart_distribution", label=short_label(indicator))
    series = Series(
        name=text("summary_units_word"),
        categories=reference(DISTRIBUTION, f"{label}{FIRST_ROW}:{label}{row}"),
        values=reference(DISTRIBUTION, f"{count}{FIRST_ROW}:{count}{row}"),
        color="#9DBBD8",
    )
    chart = PlannedChart(
        f"B{anchor_row}", "column", title, (series,), value_format="#,##0", value_min=0.0, alt_text=title
    )
    return tuple(cells), (chart,)


def _whole(grid: Grid, indicator: Indicator) -> Decimal | None:
    """The highest score possible: its own maximum, or that of its parts together."""
    if not indicator.formula:
        return indicator.maximum
    known = grid.consolidation.regime.indicators
    maxima = [known[part].maximum for part in references(indicator.formula)]
    return sum((m for m in maxima if m is not None), Decimal(0)) if None not in maxima else None
