"""Remarks about the cells themselves: how they were found, merged cells; percentages claimed beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from cchc_xl.excel.read.stored_workbook import StoredWorkbook
from cchc_xl.figures.cells import claimed_percentage
from cchc_xl.figures.cells.answer import stored_number
from cchc_xl.figures.numbers import Claim, claimed_points, format_claim_vi, format_percent_vi, percent_points
from cchc_xl.model import Finding, Observation, RawCell, Regime, Severity
from cchc_xl.model.addresses import cell_position, range_position
from cchc_xl.model.layout import CLAIMED
from cchc_xl.reading.placement import FigureCell
from cchc_xl.reading.told import at_figure

Area = tuple[int, int, int, int]


def placement_findings(
    regime: Regime, places: Mapping[str, FigureCell], stored: StoredWorkbook
) -> list[Finding]:
    """Cells found by label only, moved, or swallowed by a merged range."""
    findings: list[Finding] = []
    sheets = dict.fromkeys(place.sheet for place in places.values())
    areas = {sheet: _merged_cells(stored.contents(sheet).merged) for sheet in sheets}
    merged_rows: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for code, place in places.items():
        if not place.by_name:
            findings.append(at_figure("placed_by_label", Severity.WARNING, regime, code, place))
        row, column = cell_position(place.address)
        spans = merged_rows.get((place.sheet, column))
        if spans is None:
            spans = [(a[0], a[2]) for a in areas[place.sheet] if a[1] <= column <= a[3]]
            merged_rows[place.sheet, column] = spans
        if any(top <= row <= bottom for top, bottom in spans):
            findings.append(at_figure("input_merged", Severity.ERROR, regime, code, place))
    return findings


def claim_findings(
    regime: Regime,
    places: Mapping[str, FigureCell],
    stored: StoredWorkbook,
    observations: Sequence[Observation],
) -> list[Finding]:
    """Percentages the report states: a wrong one is a warning, a truncated or unproven one a notice."""
    findings: list[Finding] = []
    for observation in observations:
        indicator = regime.indicators[observation.indicator]
        if not indicator.is_claimable:
            continue
        place = places[indicator.code]
        address = place.beside(CLAIMED)
        cell = stored.cells(place.sheet).get(address)
        if cell is None or cell.kind not in ("number", "text") or cell.formula is not None:
            continue
        beside = FigureCell(place.sheet, address, place.by_name)
        if observation.value is None:
            words = {"claimed": _shown(cell.text, cell.kind)}
            findings.append(
                at_figure("claim_unproven", Severity.NOTICE, regime, indicator.code, beside, **words)
            )
            continue
        claim = claimed_percentage(cell, observation.value)
        if claim is not Claim.RIGHT:
            severity = Severity.NOTICE if claim is Claim.TRUNCATED else Severity.WARNING
            exact = _at_precision(observation.value, cell)
            words = {"claimed": _shown(cell.text, cell.kind), "exact": exact}
            findings.append(
                at_figure(f"claim_{claim.value}", severity, regime, indicator.code, beside, **words)
            )
    return findings


def _shown(text: str, kind: str) -> str:
    value = stored_number(text) if kind == "number" else None
    return text.strip() if value is None else format_claim_vi(value)


def _at_precision(exact: Decimal, cell: RawCell) -> str:
    """The exact percentage rounded to the decimals the claim was written with."""
    value = stored_number(cell.text) if cell.kind == "number" else None
    claims = claimed_points(cell.text) if value is None else (percent_points(value),)
    return format_percent_vi(exact, claims[0][1] if claims else 2)


def _merged_cells(merged: Iterable[str]) -> tuple[Area, ...]:
    """Merged ranges of more than one cell, as (top, left, bottom, right)."""
    areas = (range_position(area) for area in merged)
    return tuple(area for area in areas if area[:2] != area[2:])
