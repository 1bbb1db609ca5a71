"""Phụ lục III: the printed forms as one running appendix, to be printed and signed with the report.

Rows, header repetition and page breaks are planned here, since one print title cannot serve seven tables.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from cchc_xl import texts
from cchc_xl.figures.live.excel import to_excel
from cchc_xl.figures.live.values import LiveValues
from cchc_xl.figures.live.vietnamese_text import shown_text, text_of
from cchc_xl.model import Form, Indicator, Kind, Regime
from cchc_xl.model.contents import Contents, Subject
from cchc_xl.model.layout import NOTE, layout_of
from cchc_xl.model.planned import Merge, PlannedCell, PlannedSheet, reference
from cchc_xl.workbooks.commune import form_sheet
from cchc_xl.workbooks.commune.cells import as_typed, home_link, live, merged, page, shows, words
from cchc_xl.workbooks.commune.text_fit import height

COLUMN_WIDTHS = {"A": 6.0, "B": 34.5, "C": 15.5, "D": 10.5, "E": 9.5}
_WITH_TEXTS = {"A": 6.0, "B": 29.0, "C": 11.0, "D": 22.0, "E": 8.0}
_PAGE_POINTS = 700.0  # A4 between margins of 20 mm, with some reserve for other printers
_HEADER_HEIGHTS = (22.0, 54.0)
_TITLE_HEIGHT, _FOOTNOTE_HEIGHT, _LEAST = 20.0, 19.0, 20.5
_SIGNATURE_HEIGHTS = (10.0, 20.0, 20.0, 20.0, 70.0, 20.0)
_APPROVER = "cchc_nguoi_duyet"
_ROWS_KEPT_TOGETHER = 3  # a title never stands without this many rows below it


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of the appendix before it has a number."""

    kind: str  # heading · title · header · indicator · footnote · space
    height: float
    text: str = ""
    indicator: Indicator | None = None


@dataclass(frozen=True)
class _Pages:
    """Numbered lines and the rows after which a page ends."""

    lines: tuple[tuple[int, _Line], ...]
    breaks: tuple[int, ...]
    last: int


def plan_appendix(subject: Subject, contents: Contents, now: LiveValues) -> PlannedSheet:
    """The running appendix with the figures of the forms as Vietnamese text."""
    pages = _pages(subject.regime)
    fixed, merges = _fixed(subject.regime)
    cells = [words("A1", "banner.good", subject.banner), home_link("G1"), *fixed]
    for row, line in pages.lines:
        if line.indicator is not None and not line.indicator.is_heading:
            cells += _figure_cells(subject.regime, line.indicator, row, contents, now)
    signature, signature_merges = _signature(subject, pages.last + 1, contents)
    last = pages.last + len(_SIGNATURE_HEIGHTS)
    heights = {1: 27.0, **{row: line.height for row, line in pages.lines}}
    heights.update(_text_heights(pages, contents, heights))
    heights.update({pages.last + 1 + n: value for n, value in enumerate(_SIGNATURE_HEIGHTS)})
    return PlannedSheet(
        name=subject.regime.appendix_sheet,
        code_name="PhuLuc",
        cells=(*cells, *signature),
        column_widths={**_widths(*subject.regime.printed_forms), "F": 2.0, "G": 24.0},
        row_heights=heights,
        merges=(Merge("A1:E1", "banner.good"), *merges, *signature_merges),
        page=replace(page(subject, f"A2:E{last}"), fit_width=False, breaks=pages.breaks),
        freeze="A2",
        tab_color="#7C2D12",
    )


def _text_heights(pages: _Pages, contents: Contents, heights: dict[int, float]) -> dict[int, float]:
    """Rows that a typed text makes higher."""
    found = {}
    for row, line in pages.lines:
        said = form_sheet.text_of(line.indicator, contents) if line.indicator else ""
        if said:
            needed = height((said, _WITH_TEXTS["D"], form_sheet.LABEL_SIZE))
            found[row] = max(heights[row], min(needed, form_sheet.HIGHEST))
    return found


@lru_cache(maxsize=64)
def _pages(regime: Regime) -> _Pages:
    numbered: list[tuple[int, _Line]] = []
    breaks: list[int] = []
    row, used = 2, 0.0
    for line in _heading_lines(regime):
        numbered.append((row, line))
        row, used = row + 1, used + line.height
    for form in regime.printed_forms:
        lines = _form_lines(form)
        opening = sum(line.height for line in lines[: 4 + _ROWS_KEPT_TOGETHER])
        if used + opening > _PAGE_POINTS:
            breaks.append(row - 1)
            used = 0.0
        for line in lines:
            if used + line.height > _PAGE_POINTS:
                breaks.append(row - 1)
                used = 0.0
                for repeated in _header_lines():
                    numbered.append((row, repeated))
                    row, used = row + 1, used + repeated.height
            numbered.append((row, line))
            row, used = row + 1, used + line.height
    if used + sum(_SIGNATURE_HEIGHTS) > _PAGE_POINTS:
        breaks.append(row - 1)
    return _Pages(tuple(numbered), tuple(breaks), row - 1)


def _heading_lines(regime: Regime) -> list[_Line]:
    heights = {0: 21.0, 1: 38.0}
    lines = [
        _Line(f"heading{min(n, 2)}", heights.get(n, 20.0), text)
        for n, text in enumerate(regime.report_heading)
    ]
    return [*lines, _Line("space", 10.0)]


def _header_lines() -> list[_Line]:
    return [_Line("header", _HEADER_HEIGHTS[0]), _Line("header below", _HEADER_HEIGHTS[1])]


def _widths(*forms: Form) -> dict[str, float]:
    return COLUMN_WIDTHS if form_sheet.widths_of(*forms) is form_sheet.COLUMN_WIDTHS else _WITH_TEXTS


def _form_lines(form: Form) -> list[_Line]:
    lines = [_Line("title", _TITLE_HEIGHT, form.heading), _Line("title", _TITLE_HEIGHT, form.title)]
    lines += _header_lines()
    widths = _widths(form)
    for indicator in form.indicators:
        needed = form_sheet.row_height(indicator, indicator.printed_note, widths["B"], widths["C"])
        lines.append(_Line("indicator", max(_LEAST, needed), indicator=indicator))
    lines += [_Line("footnote", _FOOTNOTE_HEIGHT, text) for text in form.footnotes]
    return [*lines, _Line("space", 12.0)]


@lru_cache(maxsize=64)
def _fixed(regime: Regime) -> tuple[tuple[PlannedCell, ...], tuple[Merge, ...]]:
    cells: list[PlannedCell] = []
    merges: list[Merge] = []
    styles = {
        "heading0": "legal.title",
        "heading1": "legal.title",
        "heading2": "legal.center italic",
        "title": "legal.title",
        "footnote": "legal.text italic small",
    }
    for row, line in _pages(regime).lines:
        if line.kind in styles:
            cell, merge = merged(words(f"A{row}", styles[line.kind], line.text), f"E{row}")
            cells.append(cell)
            merges.append(merge)
        elif line.kind == "header":
            header_cells, header_merges = form_sheet.header(regime, row, "legal.header")
            cells += header_cells
            merges += header_merges
        elif line.indicator is not None:
            cells += form_sheet.wording(line.indicator, row, "legal")
            if line.indicator.is_heading:
                cells += [words(f"{column}{row}", "legal.figure.heading", None) for column in "DE"]
    return tuple(cells), tuple(merges)


def _figure_cells(
    regime: Regime, indicator: Indicator, row: int, contents: Contents, now: LiveValues
) -> list[PlannedCell]:
    figure, note = _formulas(regime, indicator.code)
    style = "legal.figure left wrap" if indicator.kind is Kind.TEXT else "legal.figure"
    written = contents.notes.get(indicator.code, indicator.printed_note)
    return [
        live(f"D{row}", style, figure, shown_text(indicator, now.figures.get(indicator.code))),
        live(f"E{row}", "legal.note", note, written),
    ]


@lru_cache(maxsize=4096)
def _formulas(regime: Regime, code: str) -> tuple[str, str]:
    note = reference(*layout_of(regime).place(code, NOTE))
    return to_excel(text_of(regime.indicators[code])), to_excel(as_typed(note))


def _signature(subject: Subject, row: int, contents: Contents) -> tuple[list[PlannedCell], tuple[Merge, ...]]:
    """Who prepared and who approved, to be signed."""
    approver = contents.declarations.get(_APPROVER)
    place = f"{subject.unit.name}, " + texts.text("wb_signature_date", year=subject.period.year)
    cells = [
        words(f"B{row + 1}", "legal.text italic right", place),
        words(f"A{row + 2}", "legal.bold", texts.text("wb_signature_prepared")),
        words(f"C{row + 2}", "legal.bold", texts.text("wb_signature_approved")),
        words(f"A{row + 3}", "legal.center italic", texts.text("wb_signature_hint")),
        words(f"C{row + 3}", "legal.center italic", texts.text("wb_signature_stamp")),
        shows(f"C{row + 5}", "legal.bold", as_typed(_APPROVER), {_APPROVER: approver or None}),
    ]
    spans = [(f"A{n}", f"B{n}") for n in (row + 2, row + 3)]
    spans += [(f"B{row + 1}", f"E{row + 1}"), *((f"C{n}", f"E{n}") for n in (row + 2, row + 3, row + 5))]
    styles = {cell.address: cell.style for cell in cells}
    return cells, tuple(Merge(f"{a}:{b}", styles[a]) for a, b in spans)
