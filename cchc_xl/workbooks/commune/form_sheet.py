"""A form sheet: the official print (A–E) with the live columns beside it (G–K, not printed)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from cchc_xl import texts
from cchc_xl.figures.expressions import figure_formula
from cchc_xl.figures.live.excel import to_excel
from cchc_xl.figures.live.values import LiveValues
from cchc_xl.model import Form, Indicator, Kind, Regime
from cchc_xl.model.contents import Contents, Subject
from cchc_xl.model.layout import (
    FIGURE,
    FIRST_FORM_ROW,
    LABEL,
    NOTE,
    NUMBER,
    UNIT_OF_MEASURE,
    FormLayout,
    layout_of,
)
from cchc_xl.model.planned import (
    CellValue,
    ConditionalStyle,
    Merge,
    PlannedCell,
    PlannedSheet,
    Validation,
)
from cchc_xl.model.terms import Figure
from cchc_xl.workbooks.commune import form_side_columns
from cchc_xl.workbooks.commune.cells import coloured, home_link, live, merged, page, runs, typed, words
from cchc_xl.workbooks.commune.derived_cells import SheetCells
from cchc_xl.workbooks.commune.text_fit import height
from cchc_xl.workbooks.commune.validations import figure_validation

COLUMN_WIDTHS = {"A": 7.0, "B": 39.0, "C": 15.5, "D": 12.5, "E": 12.0}
_WITH_TEXTS = {"A": 7.0, "B": 32.0, "C": 11.0, "D": 24.0, "E": 12.0}  # texts stand among the figures
LABEL_SIZE, NOTE_SIZE = 13.0, 11.0
_LEAST_HEIGHT, HIGHEST = 25.0, 409.0  # points; Excel shows no higher row
_HEADER = FIRST_FORM_ROW - 2
_CODED_ANSWER = re.compile(r"(= \d+) (?=\S)")


def plan_form(
    subject: Subject,
    form: FormLayout,
    contents: Contents,
    now: LiveValues,
    checks: Mapping[str, str],
    appendix: SheetCells,
) -> PlannedSheet:
    """The sheet of one form with what was typed into it; its rows fit themselves while one types."""
    fixed, merges, heights = _fixed(subject.regime, form.form.code)
    last = form.last_row + len(form.form.footnotes)
    banner, banner_merge = merged(words("A1", "banner.good", subject.banner), "E1")
    side = form_side_columns.side_cells(subject.regime, form, contents, now, checks, appendix)
    return PlannedSheet(
        name=form.form.sheet,
        code_name=form.form.code.title().replace("_", ""),
        cells=(banner, *fixed, *_figures(form, subject.regime, contents, now), *side),
        column_widths={**widths_of(form.form), **form_side_columns.COLUMN_WIDTHS},
        row_heights=heights,
        fitted_rows=_fitted(subject.regime, form, contents),
        merges=(banner_merge, *merges),
        validations=_validations(subject.regime, form.form.code),
        conditionals=_conditionals(form),
        page=page(subject, f"A2:E{last}", (_HEADER, _HEADER + 1)),
        freeze=f"A{FIRST_FORM_ROW}",
        tab_color="#2F6B3A" if form.form.printed else "#7F7F7F",
    )


def unit_lines(unit_of_measure: str) -> str:
    """Coded answers one under the other, as printed: "Không = 0 / Có = 1"."""
    return _CODED_ANSWER.sub(r"\1\n", unit_of_measure)


def row_height(indicator: Indicator, note: str, label_width: float, unit_width: float) -> float:
    """Height of a printed row."""
    worded = [
        (indicator.label, label_width, LABEL_SIZE),
        (unit_lines(indicator.unit_of_measure), unit_width, LABEL_SIZE),
        (note, COLUMN_WIDTHS["E"], NOTE_SIZE),
    ]
    return height(*worded, least=_LEAST_HEIGHT, bold=indicator.is_heading)


@lru_cache(maxsize=256)
def _fixed(regime: Regime, code: str) -> tuple[tuple[PlannedCell, ...], tuple[Merge, ...], dict[int, float]]:
    """What never changes on the sheet: wording, merges, row heights."""
    form = layout_of(regime).forms[code]
    cells: list[PlannedCell] = [home_link("G1")]
    merges: list[Merge] = []
    heights = {1: 27.0, 2: 21.0, 3: 21.0, 4: 8.0, _HEADER: 22.0, _HEADER + 1: 52.0}
    for address, style, text in (
        ("A2", "form.title", form.form.heading),
        ("A3", "form.title", form.form.title),
    ):
        cell, merge = merged(words(address, style, text), f"E{address[1:]}")
        cells.append(cell)
        merges.append(merge)
    header_cells, header_merges = header(regime, _HEADER, "form.header")
    cells += header_cells
    merges += header_merges
    for indicator in form.form.indicators:
        row = form.rows[indicator.code]
        cells += wording(indicator, row, "form")
    for row, footnote in enumerate(form.form.footnotes, start=form.last_row + 1):
        cell, merge = merged(words(f"A{row}", "form.footnote", footnote), f"E{row}")
        cells.append(cell)
        merges.append(merge)
        heights[row] = 20.0
    side_cells, side_merges = form_side_columns.headings(form.form, _HEADER)
    return (*cells, *side_cells), (*merges, *side_merges), heights


def header(regime: Regime, row: int, style: str) -> tuple[list[PlannedCell], list[Merge]]:
    """The two-level header of the official forms, its upper row at `row`."""
    label = regime.label_heading or texts.text("wb_column_label")
    cells = [
        words(f"A{row}", style, texts.text("wb_column_number")),
        PlannedCell(f"B{row}", style, re.sub("</?i>", "", label), rich=runs(label)),
        words(f"C{row}", style, texts.text("wb_column_result")),
        words(f"C{row + 1}", style, texts.text("wb_column_unit")),
        words(f"D{row + 1}", style, texts.text("wb_column_figure")),
        words(f"E{row}", style, texts.text("wb_column_note")),
    ]
    merges = [Merge(f"{column}{row}:{column}{row + 1}", style) for column in "ABE"]
    return cells, [*merges, Merge(f"C{row}:D{row}", style)]


def wording(indicator: Indicator, row: int, family: str) -> list[PlannedCell]:
    """Number, label and unit of measure as printed, in the styles of a family (form, legal)."""
    slant = " italic" if indicator.italic else ""
    part = f"{family}.heading" if indicator.is_heading else f"{family}.label"
    number = f"{family}.heading.number" if indicator.is_heading else f"{family}.number"
    unit = f"{family}.figure.heading" if indicator.is_heading else f"{family}.unit"
    rich = runs(indicator.label_markup)
    return [
        words(f"{NUMBER}{row}", number + slant, indicator.number),
        PlannedCell(f"{LABEL}{row}", part + slant, indicator.label, rich=rich),
        words(f"{UNIT_OF_MEASURE}{row}", unit + slant, unit_lines(indicator.unit_of_measure)),
    ]


def _figures(form: FormLayout, regime: Regime, contents: Contents, now: LiveValues) -> list[PlannedCell]:
    cells: list[PlannedCell] = []
    for indicator in form.form.indicators:
        code, address = indicator.code, form.cell(indicator.code)
        if indicator.is_heading:
            cells.append(words(address, "form.figure.heading", None))
            cells.append(words(form.cell(code, NOTE), "form.figure.heading", None))
            continue
        if indicator.formula is None:
            style = f"form.figure.{indicator.kind.value}"
            cells.append(typed(address, style, as_value(contents.figures.get(code))))
        else:
            style = f"form.figure.computed.{indicator.kind.value}"
            cells.append(live(address, style, _formula(regime, code), now.figures.get(code)))
        note = contents.notes.get(code, indicator.printed_note)
        cells.append(typed(form.cell(code, NOTE), "form.note", note))
    return cells


@lru_cache(maxsize=4096)
def _formula(regime: Regime, code: str) -> str:
    formula = regime.indicators[code].formula
    assert formula is not None
    return to_excel(figure_formula(formula, regime.parameters))


def as_value(figure: Figure) -> CellValue:
    """What stands in an input cell: the figure itself."""
    return figure


def _fitted(regime: Regime, form: FormLayout, contents: Contents) -> dict[int, float]:
    """Heights for what stands and for what was typed in the rows: notes, and texts among the figures."""
    widths = widths_of(form.form)
    found = {}
    for indicator in form.form.indicators:
        code = indicator.code
        worded = [(contents.notes.get(code, ""), widths["E"], NOTE_SIZE)]
        if indicator.kind is Kind.TEXT:
            worded.append((str(contents.figures.get(code) or ""), widths["D"], LABEL_SIZE))
        needed = max(_least_height(regime, code), height(*worded))
        found[form.rows[code]] = min(needed, HIGHEST)
    return found


@lru_cache(maxsize=4096)
def _least_height(regime: Regime, code: str) -> float:
    indicator = regime.indicators[code]
    widths = widths_of(regime.form(regime.form_of[code]))
    printed = row_height(indicator, indicator.printed_note, widths["B"], widths["C"])
    return max(printed, form_side_columns.least_height(regime, indicator))


def widths_of(*forms: Form) -> dict[str, float]:
    """Widths of the printed columns."""
    has_texts = any(i.kind is Kind.TEXT for form in forms for i in form.inputs)
    return _WITH_TEXTS if has_texts else COLUMN_WIDTHS


@lru_cache(maxsize=256)
def _validations(regime: Regime, code: str) -> tuple[Validation, ...]:
    form = layout_of(regime).forms[code]
    inputs = tuple(figure_validation(i, form.cell(i.code)) for i in form.form.inputs)
    return inputs + form_side_columns.claim_validations(form)


def _conditionals(form: FormLayout) -> tuple[ConditionalStyle, ...]:
    first, last = FIRST_FORM_ROW, form.last_row
    figures = f"{FIGURE}{first}:{FIGURE}{last}"
    return (
        *coloured(figures, f"$G{first}", {"✖": "bad", "⚠": "warn"}),
        *form_side_columns.conditionals(first, last),
    )
