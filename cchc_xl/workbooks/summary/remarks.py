"""The Ghi chú of "Tổng hợp": what a reader must know about a city figure, units by name."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cchc_xl.figures.checks import UNREADABLE, shown_figure
from cchc_xl.figures.totals.consolidated import UnitFigures
from cchc_xl.figures.totals.over_units import parts_of
from cchc_xl.model import KPS, Indicator, Kind, OverUnits
from cchc_xl.model.terms import Figure
from cchc_xl.texts import text
from cchc_xl.workbooks.summary.grid import Grid
from cchc_xl.workbooks.summary.table import number_or_text
from cchc_xl.workbooks.summary.wording import listed, names

_FEW = 3
_SHOWN = 4


def remark(grid: Grid, indicator: Indicator) -> str:
    """Printed note, how a figure is to be read, who differs, who left it blank."""
    parts = [indicator.printed_note]
    if indicator.over_units is OverUnits.CONSTANT:
        parts.append(_constant(grid, indicator))
    elif indicator.over_units is OverUnits.NONE:
        is_ratio = indicator.kind is Kind.RATIO and indicator.is_input
        parts.append(_below_full(grid, indicator) if is_ratio else text("summary_note_not_added"))
    elif indicator.over_units is OverUnits.DISTRIBUTION:
        parts.append(text("summary_note_distribution"))
    elif indicator.over_units is OverUnits.COUNT_BY_CHOICE:
        parts.append(text("summary_note_by_answer"))
    if indicator.is_input:
        parts += [_blanks(grid, indicator), *_told_of_others(grid, indicator)]
    return " ".join(part for part in parts if part)


def _constant(grid: Grid, indicator: Indicator) -> str:
    figure = grid.consolidation.city[indicator.code]
    if figure.commonest is None:
        return text("summary_note_constant")
    if not figure.differing:
        return text("summary_note_constant_agreed")
    others = set(figure.differing)
    told = [
        f"{u.unit.running_name} ({_shown(grid, indicator, f)})"
        for u, f in grid.counted(indicator.code)
        if u.unit.code in others
    ]
    agreed = _shown(grid, indicator, _figure(figure.commonest))
    return text(
        "summary_note_constant_differs",
        agreed=agreed,
        units=figure.answers[figure.commonest],
        others=listed(told, _SHOWN),
    )


def _below_full(grid: Grid, indicator: Indicator) -> str:
    below = [
        f"{u.unit.running_name} ({_shown(grid, indicator, f)})"
        for u, f in grid.counted(indicator.code)
        if f is not None and f != Decimal(1)
    ]
    return (
        text("summary_note_below_full", units=listed(below, _SHOWN))
        if below
        else text("summary_note_all_full")
    )


def _blanks(grid: Grid, indicator: Indicator) -> str:
    blank: list[UnitFigures] = [u for u, figure in grid.counted(indicator.code) if figure is None]
    if not blank:
        return ""
    if len(blank) <= _FEW:
        return text("summary_note_blank_names", units=names([u.unit for u in blank]))
    return text("summary_note_blank_count", count=len(blank))


def _told_of_others(grid: Grid, indicator: Indicator) -> Iterator[str]:
    """Blanks read as 0, units with half a pair, figures column (6) leaves out as unreadable."""
    code, read = indicator.code, [u for u in grid.consolidation.units if u.forms]
    counted = [u for u, _ in grid.counted(code)]
    if zeros := sum(u.figures.get(code) is None and code in u.read_as_zero for u in counted):
        yield text("summary_note_zero", count=zeros)
    _, *partner = parts_of(grid.consolidation.regime, indicator)
    half = [u.unit for u in counted if partner and _gives(u, code) != _gives(u, partner[0])]
    if half:
        yield text("summary_note_half", count=len(half), units=names(half, _SHOWN))
    if unread := [u.unit for u in read if u.figures.get(code) == UNREADABLE]:
        yield text("summary_note_unreadable", units=names(unread, _SHOWN))


def _gives(unit: UnitFigures, code: str) -> bool:
    return unit.figures.get(code) is not None or code in unit.read_as_zero


def _shown(grid: Grid, indicator: Indicator, figure: Figure) -> str:
    return shown_figure(grid.consolidation.regime, indicator.code, figure)


def _figure(answer: str) -> Figure:
    value = number_or_text(answer)
    return value if isinstance(value, Decimal) else KPS
