"""Sections of "So sánh": types of unit apart, largest contributors, outliers, constants that differ."""

from __future__ import annotations

from decimal import Decimal

from cchc_xl.figures.expressions import Formula, parse
from cchc_xl.figures.expressions.functions import IF, N
from cchc_xl.figures.expressions.nodes import cell
from cchc_xl.model import Indicator, Kind, OverUnits
from cchc_xl.model.planned import PlannedCell, reference
from cchc_xl.texts import text
from cchc_xl.workbooks.summary import city_formulas
from cchc_xl.workbooks.summary.block import Block, joined, section
from cchc_xl.workbooks.summary.grid import Grid
from cchc_xl.workbooks.summary.statistics import spread
from cchc_xl.workbooks.summary.table import Content, figure_style, linked, live, number_or_text, row_cells
from cchc_xl.workbooks.summary.totals import TotalsLayout
from cchc_xl.workbooks.summary.wording import TOTALS, short_label

_TYPE_COLUMNS = "DEFGH"
_TOP, _OUTLIERS_SHOWN = 5, 8


def key_indicators(grid: Grid) -> list[Indicator]:
    """What the city's percentages are counted on: the denominators that can be summed."""
    found: dict[str, Indicator] = {}
    for indicator in grid.indicators:
        if indicator.over_units is OverUnits.RECOMPUTE and indicator.formula:
            root = parse(indicator.formula).root
            base = root.operands[1].text if root.kind == "/" else ""
            known = grid.consolidation.regime.indicators.get(base)
            if known and known.over_units is OverUnits.SUM:
                found[base] = known
    return list(found.values())


def plan_types(grid: Grid, totals: TotalsLayout, row: int) -> Block:
    """Every sum and ratio by type of unit."""
    types = list(dict.fromkeys(u.unit.type for u in grid.consolidation.units))[: len(_TYPE_COLUMNS)]
    head = section(row, text("summary_types_title"), text("summary_types_how"))
    header = head.next_row
    used = list(_TYPE_COLUMNS[: len(types) + 1]) if len(types) < len(_TYPE_COLUMNS) else [*_TYPE_COLUMNS, "I"]
    titles = (
        text("summary_row"),
        text("summary_indicator"),
        text("summary_unit_of_measure"),
        *types,
        text("summary_whole_city"),
    )
    columns = ("A", "B", "C", *used)
    cells = row_cells(header, columns, titles, "table.header")
    at = header
    for indicator in grid.indicators:
        if indicator.over_units not in (OverUnits.SUM, OverUnits.RECOMPUTE):
            continue
        at += 1
        by_type = [
            city_formulas.total_of_type(grid, indicator, f"{column}${header}", unit_type)
            for column, unit_type in zip(used, types, strict=False)
        ]
        address = totals.figure(indicator.code) or "A1"
        given = city_formulas.answered(grid, indicator).value
        city = city_formulas.city_total(grid, indicator, "A1", given)
        whole = linked(reference(TOTALS, address), city.value if city else "")
        label = short_label(indicator)
        contents: tuple[Content, ...] = (
            grid.place(indicator),
            label,
            indicator.unit_of_measure,
            *by_type,
            whole,
        )
        look = figure_style(indicator.kind)
        styles = (
            "table.number",
            "table.text small nowrap",
            "table.text small",
            *(look,) * len(types),
            f"{look} bold",
        )
        cells += row_cells(at, columns, contents, styles)
    return joined((head, Block(tuple(cells), at + 2, (), {header: 34.0})))


def plan_contributors(grid: Grid, totals: TotalsLayout, row: int) -> Block:
    """The largest contributors to each key indicator."""
    head = section(row, text("summary_contributors_title"), text("summary_contributors_how", top=_TOP))
    at = head.next_row
    cells = row_cells(
        at,
        ("A", "B", "C", "D", "E"),
        (
            text("summary_rank"),
            text("summary_unit"),
            text("summary_type"),
            text("summary_figure"),
            text("summary_share"),
        ),
        "table.header",
    )
    for indicator in key_indicators(grid):
        ranked = sorted(
            (
                (figure, unit.unit)
                for unit, figure in grid.counted(indicator.code)
                if isinstance(figure, Decimal) and figure
            ),
            key=lambda entry: -entry[0],
        )[:_TOP]
        if not ranked:
            continue
        at += 1
        title = f"{grid.place(indicator)} {short_label(indicator)} ({indicator.unit_of_measure})"
        cells += row_cells(at, tuple("ABCDE"), (title, None, None, None, None), "table.group nowrap")
        city = grid.consolidation.city[indicator.code].total or Decimal(0)
        total = reference(TOTALS, totals.figure(indicator.code) or "A1")
        for rank, (figure, unit) in enumerate(ranked, start=1):
            at += 1
            own = f"D{at}"
            part = Formula(IF(N(cell(total)).equals(0), "", N(cell(own)) / cell(total)))
            share = live(part, {total: city, own: figure})
            contents = (
                rank,
                unit.name,
                unit.type,
                linked(grid.cell(unit.code, indicator.code), figure),
                share,
            )
            look = figure_style(indicator.kind)
            cells += row_cells(
                at,
                tuple("ABCDE"),
                contents,
                ("table.number", "table.text nowrap", "table.text", look, "table.ratio"),
            )
    return joined((head, Block(tuple(cells), at + 2)))


def plan_outliers(grid: Grid, row: int) -> Block:
    """Units whose ratio stands far from the others': hints, never faults."""
    head = section(row, text("summary_outliers_title"), text("summary_outliers_how"))
    header = head.next_row
    titles = (
        "summary_row",
        "summary_indicator",
        "summary_unit",
        "summary_figure",
        "summary_median",
        "summary_mad",
    )
    cells = row_cells(header, tuple("ABCDEF"), map(text, titles), "table.header")
    at = header
    for indicator in grid.indicators:
        if indicator.kind is Kind.RATIO and indicator.over_units is not OverUnits.CONSTANT:
            line = _outliers_of(grid, indicator, at + 1)
            at += len(line) // 6
            cells += line
    if at == header:
        at += 1
        cells.append(PlannedCell(f"A{at}", "plain", text("summary_no_outliers")))
    return joined((head, Block(tuple(cells), at + 2, (), {header: 34.0})))


def _outliers_of(grid: Grid, indicator: Indicator, row: int) -> list[PlannedCell]:
    units = {u.unit.code: u.unit for u, _ in grid.counted(indicator.code)}
    figures = {u.unit.code: f for u, f in grid.counted(indicator.code) if isinstance(f, Decimal)}
    found = spread(figures)
    if found is None:
        return []
    cells: list[PlannedCell] = []
    label = short_label(indicator)
    for at, code in enumerate(found.outliers[:_OUTLIERS_SHOWN], start=row):
        contents = (
            grid.place(indicator),
            label,
            units[code].full_name,
            linked(grid.cell(code, indicator.code), figures[code]),
            found.median,
            found.deviation,
        )
        styles = (
            "table.number",
            "table.text small nowrap",
            "table.text small",
            "table.ratio bold",
            "table.ratio",
            "table.ratio",
        )
        cells += row_cells(at, tuple("ABCDEF"), contents, styles)
    return cells


def plan_constants(grid: Grid, row: int) -> Block:
    """City constants some units wrote differently."""
    head = section(row, text("summary_constants_title"), text("summary_constants_how"))
    header = head.next_row
    titles = (
        "summary_row",
        "summary_indicator",
        "summary_unit",
        "summary_figure",
        "summary_agreed",
        "summary_agreeing",
    )
    cells = row_cells(header, tuple("ABCDEF"), map(text, titles), "table.header")
    at = header
    for figure in grid.consolidation.city.values():
        indicator = figure.indicator
        if not figure.differing or not indicator.is_input or indicator.code not in grid.columns:
            continue
        others = set(figure.differing)
        for unit, own in grid.counted(indicator.code):
            if unit.unit.code not in others:
                continue
            at += 1
            agreed = figure.commonest or ""
            contents = (
                grid.place(indicator),
                short_label(indicator),
                unit.unit.full_name,
                linked(grid.cell(unit.unit.code, indicator.code), own if own is not None else ""),
                number_or_text(agreed),
                figure.answers[agreed],
            )
            look = figure_style(indicator.kind)
            styles = (
                "table.number",
                "table.text small nowrap",
                "table.text small",
                f"{look} bold",
                "table.count",
                "table.count",
            )
            cells += row_cells(at, tuple("ABCDEF"), contents, styles)
    if at == header:
        at += 1
        cells.append(PlannedCell(f"A{at}", "plain", text("summary_no_constants")))
    return joined((head, Block(tuple(cells), at + 2, (), {header: 34.0})))
