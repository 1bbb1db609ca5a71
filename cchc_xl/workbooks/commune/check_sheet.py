"""Kiểm tra: every rule with its live outcome, the figures it compares, its cell, and room to explain."""

from __future__ import annotations

from functools import lru_cache

from cchc_xl import texts
from cchc_xl.figures.checks import live_message
from cchc_xl.figures.expressions import Formula
from cchc_xl.figures.expressions.functions import ROWS_WHERE
from cchc_xl.figures.expressions.meaning import FAILED, PASSED, WAITING
from cchc_xl.figures.expressions.meaning import NOTE as NOTE_KEY
from cchc_xl.figures.expressions.nodes import area
from cchc_xl.figures.live.excel import to_excel
from cchc_xl.figures.live.rules import LiveRule, live_rules
from cchc_xl.figures.live.values import LiveValues
from cchc_xl.figures.live.wording import sentence
from cchc_xl.model import Regime, Severity, ValidationRule
from cchc_xl.model.contents import Contents, Subject
from cchc_xl.model.layout import (
    CHECK,
    CHECK_EXPLANATION,
    CHECK_LEFT,
    CHECK_MARK,
    CHECK_MESSAGE,
    CHECK_RIGHT,
    CHECK_SHOWN,
    FIRST_CHECK_ROW,
    NOTE,
    layout_of,
)
from cchc_xl.model.planned import ConditionalStyle, PlannedCell, PlannedSheet, reference
from cchc_xl.model.terms import Figure
from cchc_xl.workbooks.commune.cells import (
    MARK_STYLES,
    coloured,
    home_link,
    live,
    merged,
    page,
    sheet_link,
    shows,
    typed,
    words,
)
from cchc_xl.workbooks.commune.form_sheet import HIGHEST
from cchc_xl.workbooks.commune.text_fit import height

_WIDTHS = {
    "A": 5.0,
    "B": 15.0,
    "C": 10.0,
    "D": 46.0,
    "E": 44.0,
    "F": 8.0,
    "G": 10.0,
    "H": 10.0,
    "I": 30.0,
    "J": 10.0,
}
_SIZE = 11.0
_HEADER = FIRST_CHECK_ROW - 1
_COUNTS = (  # mark counted, cell, last cell of its merge, style
    (FAILED[Severity.ERROR], "A3", "B3", "tally.errors"),
    (FAILED[Severity.WARNING], "C3", "D3", "tally.warnings"),
    (FAILED[Severity.NOTICE], "E3", "", "tally.notices"),
    (WAITING, "F3", "H3", "tally.waiting"),
    (PASSED, "I3", "J3", "tally.passed"),
)
_MARKS = "marks"  # key of the column of marks
_COLUMN_TITLES = (
    "number",
    "cell",
    "severity",
    "rule",
    "remedy",
    "mark",
    "left",
    "right",
    "explanation",
    "compared",
)


def plan_checks(subject: Subject, contents: Contents, now: LiveValues) -> PlannedSheet:
    """The sheet with every live rule."""
    rules = subject.regime.rules
    last = FIRST_CHECK_ROW + max(len(rules), 1) - 1
    cells = [words("A1", "banner.good", subject.banner), *_title_cells()]
    merges = [merged(cells[0], "J1")[1], merged(cells[1], "H2")[1], merged(cells[2], "J4")[1]]
    marks = {_MARKS: tuple(now.marks.values())}
    places = {_MARKS: f"${CHECK_MARK}${FIRST_CHECK_ROW}:${CHECK_MARK}${last}"}
    for sign, address, until, style in _COUNTS:
        count = shows(address, style, Formula(ROWS_WHERE(area(_MARKS).equals(sign))), marks, places)
        cells.append(count)
        if until:
            merges.append(merged(count, until)[1])
    for n, title in enumerate(_COLUMN_TITLES):
        cells.append(words(f"{chr(65 + n)}{_HEADER}", "table.header", texts.text(f"wb_check_{title}")))
    heights = {1: 27.0, 2: 26.0, 3: 22.0, 4: 34.0, _HEADER: 32.0}
    fitted: dict[int, float] = {}
    for rule in rules:
        cells += _rule_cells(subject.regime, rule, contents, now)
        row = subject.layout.check_rows[rule.id]
        fitted[row] = _row_height(rule, contents.explanations.get(rule.id, ""))
    return PlannedSheet(
        name=CHECK,
        code_name="KiemTra",
        cells=tuple(cells),
        column_widths=_WIDTHS,
        row_heights=heights,
        fitted_rows=fitted,
        merges=tuple(merges),
        conditionals=_conditionals(last),
        page=page(subject, f"A2:J{last}", (_HEADER, _HEADER), landscape=True, margins=(15, 12, 17, 15)),
        freeze=f"A{FIRST_CHECK_ROW}",
        tab_color="#B45309",
    )


def _title_cells() -> list[PlannedCell]:
    return [
        words("A2", "title.left", texts.text("wb_check_title")),
        words("A4", "hint", texts.text("wb_check_hint")),
        home_link("I2"),
    ]


def _rule_cells(
    regime: Regime, rule: ValidationRule, contents: Contents, now: LiveValues
) -> list[PlannedCell]:
    row = layout_of(regime).check_rows[rule.id]
    mark, sides = _formulas(regime, rule.id)
    cells = [
        *_fixed_cells(regime, rule.id),
        live(f"{CHECK_MARK}{row}", "table.mark", mark, now.marks[rule.id]),
    ]
    columns = (CHECK_LEFT, CHECK_RIGHT, CHECK_SHOWN)
    styles = _side_styles(live_rules(regime)[rule.id])
    for column, style, formula, value in zip(columns, styles, sides, now.sides[rule.id], strict=True):
        cells.append(_side_cell(f"{column}{row}", style, formula, value))
    explanation = contents.explanations.get(rule.id)
    return [*cells, typed(f"{CHECK_EXPLANATION}{row}", "table.input", explanation)]


def _side_cell(address: str, style: str, formula: str | Figure, value: Figure) -> PlannedCell:
    if isinstance(formula, str) and formula.startswith("="):
        return live(address, style, formula, value)
    return words(address, style, formula)


def _side_styles(rule: LiveRule) -> tuple[str, str, str]:
    """Styles of the sides and of the figure shown: days as days, anything else as it comes."""
    side = "table.date" if rule.compares_days else "table.value"
    return side, side, "table.date" if rule.shows_day else "table.value"


@lru_cache(maxsize=2048)
def _fixed_cells(regime: Regime, rule_id: str) -> tuple[PlannedCell, ...]:
    layout = layout_of(regime)
    row, rule = layout.check_rows[rule_id], regime.rule(rule_id)
    sheet, cell = layout.place(rule.at)
    return (
        words(f"A{row}", "table.number", row - FIRST_CHECK_ROW + 1),
        words(
            f"B{row}",
            "table.link",
            texts.text("wb_place", sheet=sheet, cell=cell),
            link=sheet_link(sheet, cell),
        ),
        words(f"C{row}", "table.text", severity_word(rule.severity)),
        words(f"{CHECK_MESSAGE}{row}", "table.text", sentence(live_message(rule))),
        words(f"E{row}", "table.text", rule.fix),
    )


@lru_cache(maxsize=2048)
def _formulas(regime: Regime, rule_id: str) -> tuple[str, tuple[str | Figure, ...]]:
    """Formula of the mark, and of the sides (a formula, a constant, or None)."""
    layout, rule = layout_of(regime), live_rules(regime)[rule_id]
    mark = to_excel(rule.mark, {NOTE_KEY: reference(*layout.place(rule.rule.at, NOTE))})
    return mark, tuple(map(_side, (rule.left, rule.right, rule.shown)))


def _side(formula: Formula | None) -> str | Figure:
    if formula is None:
        return None
    if formula.is_constant:
        constant: Figure = formula.value({})
        return constant
    return to_excel(formula)


def severity_word(severity: Severity) -> str:
    """Severity in Vietnamese."""
    return texts.text(f"wb_severity_{severity.value}")


def _row_height(rule: ValidationRule, explanation: str) -> float:
    worded = (
        (sentence(live_message(rule)), _WIDTHS["D"], _SIZE),
        (rule.fix, _WIDTHS["E"], _SIZE),
        (explanation, _WIDTHS["I"], _SIZE),
    )
    return min(height(*worded, least=20.0), HIGHEST)


def _conditionals(last: int) -> tuple[ConditionalStyle, ...]:
    marks = f"{CHECK_MARK}{FIRST_CHECK_ROW}:{CHECK_MARK}{last}"
    return coloured(marks, f"${CHECK_MARK}{FIRST_CHECK_ROW}", MARK_STYLES)
