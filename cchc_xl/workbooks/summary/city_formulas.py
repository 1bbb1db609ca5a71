"""The city's figures as live formulas over "Theo đơn vị".

Sums take counted forms only; a ratio is its own formula over parts summed over units that gave all of them,
and the two parts of a percentage are themselves summed over the units that gave both.
"""

from __future__ import annotations

from cchc_xl.figures.expressions import Formula, Node, parse
from cchc_xl.figures.expressions.functions import (
    COMMONEST,
    COUNTIF,
    COUNTIFS,
    IF,
    IFERROR,
    SUMIFS,
)
from cchc_xl.figures.expressions.meaning import meant
from cchc_xl.figures.expressions.nodes import area, cell, node
from cchc_xl.figures.totals.over_units import parts_of
from cchc_xl.model import KPS, Indicator, OverUnits
from cchc_xl.model.planned import CellValue
from cchc_xl.workbooks.summary.grid import TYPE_NAME, Grid, column_name, status_name
from cchc_xl.workbooks.summary.table import Live, live
from cchc_xl.workbooks.summary.wording import COUNTED

_ANSWERED, _TYPE = "answered", "type"  # keys of the cells formulas look at beside the columns
Criteria = tuple[Node | str, ...]


def answered(grid: Grid, indicator: Indicator) -> Live:
    """How many counted units gave every part."""
    return live(Formula(COUNTIFS(*_counted(grid, indicator))), grid.cells)


def city_total(grid: Grid, indicator: Indicator, answered_cell: str, given: CellValue) -> Live | None:
    """The city's figure; None for what has no single figure (answers by code, nothing to add up).

    `answered_cell` holds how many units gave one: `given`.
    """
    column, status = area(column_name(indicator.code)), _status(grid, indicator)
    if indicator.over_units is OverUnits.SUM:
        figure = SUMIFS(column, *_counted(grid, indicator))
    elif indicator.over_units is OverUnits.RECOMPUTE and indicator.formula:
        figure = _ratio(grid, indicator, _counted(grid, indicator))
    elif indicator.over_units is OverUnits.CONSTANT:
        figure = COMMONEST(status, COUNTED, column)
    else:
        return None
    formula = Formula(IF(cell(_ANSWERED).equals(0), "", figure))
    return live(formula, {**grid.cells, _ANSWERED: given}, {_ANSWERED: answered_cell})


def total_with_held(grid: Grid, indicator: Indicator) -> Live | None:
    """The city's figure with the figures of held forms; None where nothing is added up."""
    is_ratio = indicator.over_units is OverUnits.RECOMPUTE and indicator.formula
    if indicator.over_units is OverUnits.SUM or is_ratio:
        return _unless_none(grid, indicator, _given(grid, indicator))
    return None


def count_of_answer(grid: Grid, indicator: Indicator, answer: str, *, held: bool = False) -> Live:
    """How many units gave this coded answer."""
    column, wanted = area(column_name(indicator.code)), node(answer if answer == KPS else int(answer))
    if held:
        return live(Formula(COUNTIF(column, wanted)), grid.cells)
    return live(Formula(COUNTIFS(_status(grid, indicator), COUNTED, column, wanted)), grid.cells)


def count_of_full(grid: Grid, indicator: Indicator) -> Live:
    """How many counted units stand at 100 % of a ratio that cannot be added up."""
    column = area(column_name(indicator.code))
    return live(Formula(COUNTIFS(_status(grid, indicator), COUNTED, column, 1)), grid.cells)


def total_of_type(grid: Grid, indicator: Indicator, type_cell: str, unit_type: str) -> Live:
    """The figure of one type of unit (xã, phường, đặc khu)."""
    criteria = (*_counted(grid, indicator), area(TYPE_NAME), cell(_TYPE))
    return _unless_none(grid, indicator, criteria, {_TYPE: unit_type}, {_TYPE: type_cell})


def _unless_none(
    grid: Grid,
    indicator: Indicator,
    criteria: Criteria,
    beside: dict[str, CellValue] | None = None,
    places: dict[str, str] | None = None,
) -> Live:
    """The figure over the units that meet the criteria; nothing where there is none."""
    if indicator.formula:
        figure = _ratio(grid, indicator, criteria)
    else:
        figure = SUMIFS(area(column_name(indicator.code)), *criteria)
    formula = Formula(IF(COUNTIFS(*criteria).equals(0), "", figure))
    return live(formula, {**grid.cells, **(beside or {})}, places)


def _status(grid: Grid, indicator: Indicator) -> Node:
    return area(status_name(grid.form_of[indicator.code]))


def _given(grid: Grid, indicator: Indicator) -> Criteria:
    parts = parts_of(grid.consolidation.regime, indicator)
    return tuple(part for code in parts for part in (area(column_name(code)), "<>"))


def _counted(grid: Grid, indicator: Indicator) -> Criteria:
    return (_status(grid, indicator), COUNTED, *_given(grid, indicator))


def _ratio(grid: Grid, indicator: Indicator, criteria: Criteria) -> Node:
    """The indicator's own formula over sums under `criteria`; KPS over nothing."""
    root, parameters = parse(indicator.formula or "").root, grid.consolidation.regime.parameters

    def summed(code: str) -> Node:
        return SUMIFS(area(column_name(code)), *criteria)

    body = meant(root, parameters, figure=summed)
    if root.kind == "/":
        below = meant(root.operands[1], parameters, figure=summed)
        return IF(below.equals(0), KPS, body)
    return IFERROR(body, KPS)
