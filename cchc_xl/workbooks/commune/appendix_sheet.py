"""Phụ lục III: the printed forms as one running appendix, to be printed and signed with the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from cchc_xl import texts
from cchc_xl.figures.expressions import Formula
from cchc_xl.figures.expressions.nodes import phrase
from cchc_xl.figures.expressions.values import Value
from cchc_xl.figures.live.values import LiveValues
from cchc_xl.figures.live.vietnamese_text import day_in_words, report_number, text_of
from cchc_xl.model import Kind, Regime
from cchc_xl.model.contents import Contents, Subject
from cchc_xl.model.layout import NOTE, REPORT_DATE, REPORT_NUMBER
from cchc_xl.model.planned import Merge, PlannedCell, PlannedSheet, reference
from cchc_xl.workbooks.commune import appendix_notes, form_sheet, signature_block
from cchc_xl.workbooks.commune.appendix_pages import Pages, is_wide, pages_of, widths_of
from cchc_xl.workbooks.commune.cells import home_link, merged, page, words
from cchc_xl.workbooks.commune.declared_inputs import declared, declared_content
from cchc_xl.workbooks.commune.derived_cells import DerivedCell, SheetCells

_STYLES = {
    "heading0": "legal.title",
    "heading1": "legal.title",
    "heading2": "legal.center italic",
    "title": "legal.title",
    "footnote": "legal.text italic small",
}


def appendix_cells(subject: Subject, contents: Contents, now: LiveValues) -> SheetCells:
    """What stands on the appendix, as far as other sheets look at it."""
    cells = SheetCells(_given(subject, contents, now))
    cells.planned(appendix_notes.beside(subject.regime))
    return cells.seen_from_outside(subject.regime.appendix_sheet)


def plan_appendix(subject: Subject, contents: Contents, now: LiveValues) -> PlannedSheet:
    """The running appendix with the figures of the forms as Vietnamese text."""
    regime = subject.regime
    signed = signature_block.HEIGHTS if regime.signed_below else ()
    pages = _pages(regime)
    fixed, merges = _fixed(regime)
    notes_row = pages.below + len(signed)
    values = SheetCells(_given(subject, contents, now))
    live = values.planned(appendix_notes.beside(regime))
    live += values.planned(_figures(regime, subject.period.year))
    live += values.planned(appendix_notes.printed(regime, notes_row))
    unit = words(f"A{_appended(pages) + 1}", "legal.center italic", _of_unit(subject))
    heights = {1: 27.0, **{row: line.height for row, line in pages.lines}}
    heights.update({pages.below + n: value for n, value in enumerate(signed)})
    last = notes_row + appendix_notes.lines_of(regime)
    heights.update(dict.fromkeys(range(notes_row, last + 1), appendix_notes.LINE_HEIGHT))
    signature: list[PlannedCell] = []
    signature_merges: list[Merge] = []
    if signed:
        signature, signature_merges = signature_block.signature_cells(pages.below, contents)
    return PlannedSheet(
        name=regime.appendix_sheet,
        code_name="PhuLuc",
        cells=(
            words("A1", "banner.good", subject.banner),
            home_link("G1"),
            *fixed,
            unit,
            *live,
            *signature,
        ),
        column_widths={**widths_of(regime), "F": 2.0, "G": 24.0},
        row_heights=heights,
        merges=(Merge("A1:E1", "banner.good"), *merges, *signature_merges),
        page=replace(page(subject, f"A2:E{last}"), fit_width=False, breaks=pages.breaks),
        freeze="A2",
        hidden_columns=(appendix_notes.HIDDEN,),
        tab_color="#7C2D12",
    )


def _pages(regime: Regime) -> Pages:
    signature = sum(signature_block.HEIGHTS) if regime.signed_below else 0.0
    return pages_of(regime, signature + appendix_notes.notes_height(regime))


def _appended(pages: Pages) -> int:
    """Row of the line that says which report the appendix goes with."""
    return next(row for row, line in pages.lines if line.kind == "appended")


def _of_unit(subject: Subject) -> str:
    return texts.text("wb_appended_unit", unit=subject.unit.running_name)


def _given(subject: Subject, contents: Contents, now: LiveValues) -> Mapping[str, Value]:
    """What the appendix looks at: figures and declarations by name, notes by their place."""
    declarations = {name: declared_content(value) for name, value in declared(subject, contents).items()}
    notes = {
        reference(*subject.layout.place(i.code, NOTE)): contents.notes.get(i.code, i.printed_note) or None
        for i in subject.regime.figures
    }
    return {**now.figures, **declarations, **notes}


@lru_cache(maxsize=64)
def _fixed(regime: Regime) -> tuple[tuple[PlannedCell, ...], tuple[Merge, ...]]:
    cells: list[PlannedCell] = []
    merges: list[Merge] = []
    for row, line in _pages(regime).lines:
        if line.kind.startswith("appended"):
            merges.append(Merge(f"A{row}:E{row}", "legal.center italic"))
        elif line.kind in _STYLES:
            cell, merge = merged(words(f"A{row}", _STYLES[line.kind], line.text), f"E{row}")
            cells.append(cell)
            merges.append(merge)
        elif line.kind == "header":
            header_cells, header_merges = form_sheet.header(regime, row, "legal.header")
            cells += header_cells
            merges += header_merges
        elif line.indicator is not None:
            wording = form_sheet.wording(line.indicator, row, "legal")
            if is_wide(line.indicator):
                wording.pop()
                merges.append(Merge(f"C{row}:D{row}", "legal.figure left wrap"))
            cells += wording
            if line.indicator.is_heading:
                cells += [words(f"{column}{row}", "legal.figure.heading", None) for column in "DE"]
    return tuple(cells), tuple(merges)


@lru_cache(maxsize=64)
def _figures(regime: Regime, year: int) -> tuple[DerivedCell, ...]:
    """The line about the report, and figure and note of every row."""
    pages = _pages(regime)
    parts = {"number": report_number(REPORT_NUMBER), "day": day_in_words(REPORT_DATE, year)}
    said = phrase(texts.text("wb_appended", how=regime.appended_how, number="{number}", day="{day}"), **parts)
    found = [DerivedCell(f"A{_appended(pages)}", "legal.center italic", Formula(said))]
    for row, line in pages.lines:
        indicator = line.indicator
        if indicator is None or indicator.is_heading:
            continue
        figure, style = text_of(indicator).root, "legal.figure"
        if indicator.kind is Kind.TEXT:
            style += " left wrap"
            figure = appendix_notes.text_shown(regime, indicator, figure)
        column = "C" if is_wide(indicator) else "D"
        found.append(DerivedCell(f"{column}{row}", style, Formula(figure)))
        note = appendix_notes.note_shown(regime, indicator)
        found.append(DerivedCell(f"E{row}", "legal.note center", Formula(note)))
    return tuple(found)
