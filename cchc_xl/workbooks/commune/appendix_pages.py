"""The rows of the running appendix and where its pages end.

Header repetition and page breaks are planned here, since one print title cannot serve seven tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from cchc_xl import texts
from cchc_xl.model import Form, Indicator, Kind, Regime
from cchc_xl.workbooks.commune import form_sheet
from cchc_xl.workbooks.commune.text_fit import height

COLUMN_WIDTHS = {"A": 6.0, "B": 34.5, "C": 15.5, "D": 10.5, "E": 9.5}
_WITH_TEXTS = {"A": 6.0, "B": 30.0, "C": 15.5, "D": 15.0, "E": 9.5}
PAGE_POINTS = 700.0  # A4 between margins of 20 mm, with some reserve for other printers
_HEADER_HEIGHTS = (21.0, 35.0)
_TITLE_HEIGHT, _FOOTNOTE_HEIGHT, _LEAST = 20.0, 19.0, 20.5
_ROWS_KEPT_TOGETHER = 3  # a title, a signature never stands without this many rows beside it
_TYPICAL = texts.text("wb_typical_letters")  # of usual width, to see how much room so many characters need
_WIDER = 1.15


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the appendix before it has a number."""

    kind: str  # heading · appended · title · header · indicator · footnote · space
    height: float
    text: str = ""
    indicator: Indicator | None = None


@dataclass(frozen=True)
class Pages:
    """Numbered lines, the rows after which a page ends, and the first row below them all."""

    lines: tuple[tuple[int, Line], ...]
    breaks: tuple[int, ...]
    below: int


def widths_of(regime: Regime) -> dict[str, float]:
    """Widths of the printed columns."""
    has_texts = any(i.kind is Kind.TEXT for form in regime.printed_forms for i in form.inputs)
    return _WITH_TEXTS if has_texts else COLUMN_WIDTHS


def is_wide(indicator: Indicator | None) -> bool:
    """Whether the row's text takes the place of unit of measure and figure together."""
    return indicator is not None and indicator.kind is Kind.TEXT and not indicator.unit_of_measure


@lru_cache(maxsize=64)
def pages_of(regime: Regime, below: float) -> Pages:
    """Every row above the last block, which is `below` points high and stands on a page with rows."""
    lines: list[Line] = _heading_lines(regime)
    used = sum(line.height for line in lines)
    breaks: list[int] = []  # how many lines stand before
    for form in regime.printed_forms:
        own = _form_lines(regime, form)
        opening = sum(line.height for line in own[: 4 + _ROWS_KEPT_TOGETHER])
        if used + opening > PAGE_POINTS:
            breaks.append(len(lines))
            used = 0.0
        for line in own:
            if used + line.height > PAGE_POINTS:
                breaks.append(len(lines))
                lines += _header_lines()
                used = sum(_HEADER_HEIGHTS)
            lines.append(line)
            used += line.height
    if breaks and _is_short(lines[breaks[-1] :]):
        del lines[breaks[-1] : breaks[-1] + len(_HEADER_HEIGHTS)]
        breaks.pop()
        used = PAGE_POINTS
    if used + below > PAGE_POINTS:
        _break_before_last_rows(lines, breaks, below)
    numbered = tuple(enumerate(lines, start=2))
    return Pages(numbered, tuple(count + 1 for count in breaks), len(lines) + 2)


def _is_short(page: list[Line]) -> bool:
    """Whether a page goes on with a table's very last rows."""
    rows = sum(line.kind == "indicator" for line in page)
    return page[0].kind == "header" and rows < _ROWS_KEPT_TOGETHER


def _break_before_last_rows(lines: list[Line], breaks: list[int], below: float) -> None:
    """As many of the last rows as fit go to the last page with what stands below, at least a few."""
    place, rows = len(lines), 0
    needed = below + sum(_HEADER_HEIGHTS)
    while place > (breaks[-1] if breaks else 0):
        line = lines[place - 1]
        if line.kind not in ("indicator", "footnote", "space"):
            break
        if needed + line.height > PAGE_POINTS and rows >= _ROWS_KEPT_TOGETHER:
            break
        needed += line.height
        rows += line.kind == "indicator"
        place -= 1
    breaks.append(place)
    lines[place:place] = _header_lines()


def _heading_lines(regime: Regime) -> list[Line]:
    heights = {0: 21.0, 1: 38.0}
    lines = [
        Line(f"heading{min(n, 2)}", heights.get(n, 20.0), text)
        for n, text in enumerate(regime.report_heading)
    ]
    return [*lines, Line("appended", 20.0), Line("appended unit", 20.0), Line("space", 10.0)]


def _header_lines() -> list[Line]:
    return [Line("header", _HEADER_HEIGHTS[0]), Line("header below", _HEADER_HEIGHTS[1])]


def _form_lines(regime: Regime, form: Form) -> list[Line]:
    lines = [Line("title", _TITLE_HEIGHT, form.heading), Line("title", _TITLE_HEIGHT, form.title)]
    lines += _header_lines()
    lines += [Line("indicator", _row_height(regime, i), indicator=i) for i in form.indicators]
    lines += [Line("footnote", _FOOTNOTE_HEIGHT, text) for text in form.footnotes]
    return [*lines, Line("space", 10.0)]


def _row_height(regime: Regime, indicator: Indicator) -> float:
    widths = widths_of(regime)
    printed = form_sheet.row_height(indicator, indicator.printed_note, widths["B"], widths["C"])
    if indicator.kind is not Kind.TEXT:
        return max(_LEAST, printed)
    count = int(indicator.printed_length * _WIDER)
    typical = (_TYPICAL * (count // len(_TYPICAL) + 1))[:count]
    room = widths["C"] + widths["D"] if is_wide(indicator) else widths["D"]
    return max(_LEAST, printed, height((typical, room, form_sheet.LABEL_SIZE)))
