"""Phụ lục III: the printed forms as one running appendix, to be printed and signed with the report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from cchc_xl import texts
from cchc_xl.figures.expressions import Formula
from cchc_xl.figures.expressions.nodes import phrase
from cchc_xl.figures.expressions.values import Value
from cchc_xl.figures.live.values import LiveValues
from cchc_xl.figures.live.vietnamese_text import day_in_words, report_number, text_of
from cchc_xl.figures.registers.row_cells import content
from cchc_xl.figures.registers.tallies import counted_column
from cchc_xl.model import Kind, Regime
from cchc_xl.model.contents import Contents, Subject
from cchc_xl.model.layout import NOTE, REPORT_DATE, REPORT_NUMBER
from cchc_xl.model.planned import ConditionalStyle, Merge, PlannedCell, PlannedSheet, reference
from cchc_xl.workbooks.commune import appendix_notes, appendix_targets, form_sheet, signature_block
from cchc_xl.workbooks.commune.appendix_pages import PAGE_POINTS, Pages, is_wide, pages_of, widths_of
from cchc_xl.workbooks.commune.cells import home_link, merged, page, words
from cchc_xl.workbooks.commune.declared_inputs import declared, declared_content
from cchc_xl.workbooks.commune.derived_cells import DerivedCell, SheetCells
from cchc_xl.workbooks.commune.register_sheet import register_values

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
    cells.planned(_hidden(subject.regime))
    return cells.seen_from_outside(subject.regime.appendix_sheet)


def plan_appendix(subject: Subject, contents: Contents, now: LiveValues) -> PlannedSheet:
    """The running appendix with the figures of the forms as Vietnamese text."""
    regime = subject.regime
    blocks = _blocks(regime)
    pages = blocks.pages
    fixed, merges = _fixed(regime)
    values = SheetCells(_given(subject, contents, now))
    live = values.planned(_hidden(regime))
    live += values.planned(_figures(regime, subject.period.year))
    live += values.planned((appendix_notes.any_cut(regime), *appendix_notes.printed(regime, blocks.notes)))
    if beyond := appendix_targets.beyond(regime):
        live += values.planned((DerivedCell("G4", "mark.message", beyond),))
    if blocks.has_targets:
        live += values.planned(appendix_targets.printed(blocks.targets, blocks.again, _LAST_SLOTS))
    unit = words(f"A{_appended(pages) + 1}", "legal.center italic", _of_unit(subject))
    signature: list[PlannedCell] = []
    if regime.signed_below:
        signature, signature_merges = signature_block.signature_cells(blocks.signature, contents)
        merges = (*merges, *signature_merges)
    head = (words("A1", "banner.good", subject.banner), home_link("G1"))
    return PlannedSheet(
        name=regime.appendix_sheet,
        code_name="PhuLuc",
        cells=(*head, *fixed, unit, *live, *signature),
        column_widths={**widths_of(regime), "F": 2.0, "G": 24.0},
        row_heights={1: 27.0, **blocks.heights},
        merges=(Merge("A1:E1", "banner.good"), *merges),
        conditionals=blocks.conditionals,
        page=replace(page(subject, f"A2:E{blocks.last}"), fit_width=False, breaks=blocks.breaks),
        freeze="A2",
        hidden_columns=(appendix_notes.HIDDEN, appendix_targets.HIDDEN),
        tab_color="#7C2D12",
    )


@dataclass(frozen=True)
class _Blocks:
    """Where the blocks below the forms begin: signature and notes, or notes, targets and signature."""

    pages: Pages
    notes: int
    signature: int
    targets: int = 0  # first row of the table of targets, 0 without one
    again: int = 0  # row of its header on the last page
    last: int = 0
    breaks: tuple[int, ...] = ()
    heights: Mapping[int, float] = field(default_factory=dict)

    @property
    def has_targets(self) -> bool:
        return self.targets > 0

    @property
    def conditionals(self) -> tuple[ConditionalStyle, ...]:
        if not self.has_targets:
            return ()
        return appendix_targets.conditionals(self.targets, self.targets + appendix_targets.SLOTS)


_SIGNATURE_HEIGHT = sum(signature_block.HEIGHTS)
_LAST_SLOTS = int(
    (PAGE_POINTS - _SIGNATURE_HEIGHT - appendix_targets.AGAIN_HEIGHT) / appendix_targets.SLOT_HEIGHT
)


@lru_cache(maxsize=64)
def _blocks(regime: Regime) -> _Blocks:
    notes = [appendix_notes.LINE_HEIGHT] * (1 + appendix_notes.lines_of(regime))
    signature = list(signature_block.HEIGHTS) if regime.signed_below else []
    slots = [appendix_targets.SLOT_HEIGHT] * appendix_targets.SLOTS
    if appendix_targets.register_of(regime) is None:
        pages = pages_of(regime, sum(signature) + sum(notes))
        start = pages.below
        heights = [*signature, *notes]
        found = _Blocks(pages, notes=start + len(signature), signature=start, breaks=pages.breaks)
    else:
        before = slots[_LAST_SLOTS:]
        pages = pages_of(regime, sum(notes) + sum(before))
        start = pages.below
        targets = start + len(notes)
        again = targets + len(before)
        heights = [*notes, *before, appendix_targets.AGAIN_HEIGHT, *slots[:_LAST_SLOTS], *signature]
        found = _Blocks(
            pages,
            notes=start,
            signature=again + 1 + _LAST_SLOTS,
            targets=targets,
            again=again,
            breaks=(*pages.breaks, again - 1),
        )
    rows = {row: line.height for row, line in pages.lines}
    rows.update(enumerate(heights, start=start))
    return replace(found, heights=rows, last=max(rows))


@lru_cache(maxsize=64)
def _hidden(regime: Regime) -> tuple[DerivedCell, ...]:
    """What the page is made from, beside it."""
    notes = appendix_notes.beside(regime)
    return (*notes, *appendix_targets.beside(regime, appendix_notes.numbered_targets(regime)))


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
    return {**now.figures, **declarations, **notes, **_rows_of_targets(subject, contents, now)}


def _rows_of_targets(subject: Subject, contents: Contents, now: LiveValues) -> Mapping[str, Value]:
    """The rows of the table of targets by the places of their cells."""
    register = appendix_targets.register_of(subject.regime)
    if register is None:
        return {}
    column = counted_column(register.register)
    rows = contents.registers.get(register.register.code, ())[appendix_targets.PRINTED :]
    beyond = {appendix_targets.rows_beyond(register): tuple(content(row.get(column)) for row in rows)}
    return {**register_values(subject, register, contents, now.figures), **beyond}


@lru_cache(maxsize=64)
def _fixed(regime: Regime) -> tuple[tuple[PlannedCell, ...], tuple[Merge, ...]]:
    cells: list[PlannedCell] = []
    merges: list[Merge] = []
    for row, line in _blocks(regime).pages.lines:
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
    pages = _blocks(regime).pages
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
