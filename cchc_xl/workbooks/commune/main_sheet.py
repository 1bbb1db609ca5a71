"""Trang chính: what to do first, whose report it is, what must be declared, how far the work is."""

from __future__ import annotations

from collections.abc import Mapping

from cchc_xl import texts
from cchc_xl.figures.expressions import Formula
from cchc_xl.figures.expressions.functions import IF, MID
from cchc_xl.figures.expressions.nodes import cell, joined, node
from cchc_xl.figures.live.values import LiveValues
from cchc_xl.model.addresses import row_of
from cchc_xl.model.contents import Contents, Subject
from cchc_xl.model.layout import (
    CHECK,
    FIRST_CONTACT_ROW,
    GUIDE,
    MAIN,
    MAIN_INPUTS,
    RULES,
    SLIP,
    SUBMISSION_REASON,
)
from cchc_xl.model.planned import Merge, PlannedCell, PlannedSheet
from cchc_xl.workbooks.commune import declared_inputs, progress
from cchc_xl.workbooks.commune.cells import page, sheet_link, shows, words
from cchc_xl.workbooks.commune.text_fit import height

_WIDTHS = {
    "A": 19.0,
    "B": 44.0,
    "C": 28.0,
    "D": 17.0,
    "E": 10.0,
    "F": 10.0,
    "G": 10.0,
    "H": 12.0,
    "I": 24.0,
}
_LAST = "I"
BUTTON_ROWS = (6, 7)  # kept free for buttons
_DECIMAL_MARK = Formula(MID(joined(node(1) / 2, ""), 2, 1))  # of this computer


def plan_main(
    subject: Subject, contents: Contents, now: LiveValues, checks: Mapping[str, str]
) -> PlannedSheet:
    """The sheet an officer sees first."""
    after = FIRST_CONTACT_ROW + len(subject.layout.forms) + 2
    head, head_merges = _head(subject)
    declared, declared_merges = declared_inputs.declaration_cells(subject, contents)
    table = progress.progress_cells(subject, contents, now, checks)
    typing, typing_merges, last = _typing(after)
    links, last = _links(last + 2, subject)
    heights = {1: 28.0, 2: 30.0, 3: 34.0, 4: 26.0, 5: 20.0, **dict.fromkeys(BUTTON_ROWS, 24.0)}
    heights.update(dict.fromkeys(range(FIRST_CONTACT_ROW - 2, last + 1), 22.0))
    heights.update({FIRST_CONTACT_ROW - 1: 34.0, after + 1: 34.0, after + 2: 34.0})
    heights.update(dict.fromkeys(range(8, FIRST_CONTACT_ROW - 3), 24.0))
    heights[row_of(MAIN_INPUTS[SUBMISSION_REASON])] = 52.0
    for row, form in enumerate(subject.layout.forms.values(), start=FIRST_CONTACT_ROW):
        heights[row] = height((form.form.title, _WIDTHS["B"], 11.0), least=24.0)
    return PlannedSheet(
        name=MAIN,
        code_name="TrangChinh",
        cells=(*head, *declared, *table, *typing, *links),
        column_widths=_WIDTHS,
        row_heights=heights,
        merges=(*head_merges, *declared_merges, *typing_merges),
        validations=declared_inputs.declaration_validations(subject),
        conditionals=(*declared_inputs.declaration_conditionals(), *progress.progress_conditionals(subject)),
        page=page(subject, f"A2:{_LAST}{last}", margins=(15, 12, 17, 15)),
        tab_color="#1F3864",
    )


def _head(subject: Subject) -> tuple[list[PlannedCell], list[Merge]]:
    lines = (
        ("banner", texts.text("wb_enable_editing")),
        ("title", subject.regime.title.upper()),
        ("value.large huge", subject.unit.full_name),
        ("value.large", subject.period.label),
        ("subtitle", texts.text("wb_basis", basis=subject.basis, unit=subject.unit.code)),
    )
    cells = [words(f"A{row}", style, text) for row, (style, text) in enumerate(lines, start=1)]
    return cells, [Merge(f"A{row}:{_LAST}{row}", style) for row, (style, _) in enumerate(lines, start=1)]


def _typing(row: int) -> tuple[list[PlannedCell], list[Merge], int]:
    """How to type on this computer; the cached values are those of a Vietnamese Windows."""
    separator = f"C{row + 1}"
    comma, dot = (texts.text(code) for code in ("wb_type_comma", "wb_type_dot"))
    mark = shows(separator, "value.text center large bold", _DECIMAL_MARK, {})
    advice = Formula(IF(cell(separator).equals(","), comma, dot))
    cells = [
        words(f"A{row}", "section", texts.text("wb_section_typing")),
        words(f"A{row + 1}", "key", texts.text("wb_separator")),
        mark,
        shows(f"D{row + 1}", "value.text", advice, {separator: mark.value}),
        words(f"A{row + 2}", "key", texts.text("wb_typing_title")),
        words(f"C{row + 2}", "paragraph middle border", texts.text("wb_typing")),
    ]
    merges = [
        Merge(f"A{row}:{_LAST}{row}", "section"),
        Merge(f"A{row + 1}:B{row + 1}", "key"),
        Merge(f"D{row + 1}:{_LAST}{row + 1}", "value.text"),
        Merge(f"A{row + 2}:B{row + 2}", "key"),
        Merge(f"C{row + 2}:{_LAST}{row + 2}", "paragraph middle border"),
    ]
    return cells, merges, row + 2


def _links(row: int, subject: Subject) -> tuple[list[PlannedCell], int]:
    """Links to the sheets that are not in the table of forms."""
    registers = [register.sheet for register in subject.regime.registers]
    cells = [words(f"A{row}", "section", texts.text("wb_section_sheets"))]
    cells += [words(f"{column}{row}", "section", None) for column in "BCDEFGHI"]
    purposes = {
        CHECK: "wb_purpose_check",
        subject.regime.appendix_sheet: "wb_purpose_appendix",
        SLIP: "wb_purpose_slip",
        GUIDE: "wb_purpose_guide",
        RULES: "wb_purpose_rules",
    }
    for sheet in (*registers, *purposes):
        row += 1
        cells.append(words(f"A{row}", "link", sheet, link=sheet_link(sheet)))
        cells.append(words(f"B{row}", "plain", texts.text(purposes.get(sheet, "wb_purpose_register"))))
    return cells, row
