"""Sheet "Quy tắc": how the city's figures come about and which rules the figures were held against."""

from __future__ import annotations

from cchc_xl.figures.checks import live_message
from cchc_xl.figures.live.description import describe
from cchc_xl.model import Severity
from cchc_xl.model.planned import Merge, PlannedCell, PlannedSheet
from cchc_xl.texts import text
from cchc_xl.workbooks.summary.inputs import SummaryInputs
from cchc_xl.workbooks.summary.table import row_cells, wrapped_height
from cchc_xl.workbooks.summary.wording import RULES, page

COLUMNS = tuple("ABCDEFG")
_HEADS = (
    ("summary_severity", 11.0),
    ("summary_form", 9.0),
    ("summary_row", 9.0),
    ("summary_rule_holds", 46.0),
    ("summary_rule_says", 46.0),
    ("summary_fix", 46.0),
    ("summary_reference", 32.0),
)
_PRINCIPLES = 9
_WORDS = {
    Severity.ERROR: "summary_error",
    Severity.WARNING: "summary_warning",
    Severity.NOTICE: "summary_notice",
}


def plan_sheet(inputs: SummaryInputs) -> PlannedSheet:
    """Principles in sentences, then every rule in words."""
    grid = inputs.grid
    consolidation = grid.consolidation
    regime = consolidation.regime
    cells = [
        PlannedCell("A1", "title.left", text("summary_rules_title")),
        PlannedCell("A2", "plain small grey", f"{regime.title} – {regime.basis}"),
    ]
    heights: dict[int, float] = {1: 26.0}
    merges: list[Merge] = []
    for number in range(1, _PRINCIPLES + 1):
        row, words = 2 + number, text(f"summary_principle_{number}")
        cells.append(PlannedCell(f"A{row}", "paragraph middle", f"{number}. {words}"))
        merges.append(Merge(f"A{row}:{COLUMNS[-1]}{row}", "paragraph middle"))
        heights[row] = wrapped_height([(words, 175)], line=16)
    header = _PRINCIPLES + 4
    heights[header] = 24.0
    cells += row_cells(header, COLUMNS, (text(code) for code, _ in _HEADS), "table.header")
    numbers = {form.code: form.number or form.sheet for form in regime.forms}
    row = header
    for rule in regime.rules:
        row += 1
        told = (
            text(_WORDS[rule.severity]),
            numbers[rule.form],
            regime.indicators[rule.at].number,
            describe(regime, rule),
            _sentence(live_message(rule)),
            rule.fix,
            rule.reference,
        )
        cells += row_cells(row, COLUMNS, told, _STYLES)
        heights[row] = wrapped_height(
            zip(told[3:], (width for _, width in _HEADS[3:]), strict=True), line=14.5, least=20.0
        )
    return PlannedSheet(
        name=RULES,
        code_name="SummaryRules",
        cells=tuple(cells),
        column_widths={c: w for c, (_, w) in zip(COLUMNS, _HEADS, strict=True)},
        row_heights=heights,
        merges=tuple(merges),
        page=page(consolidation, area=f"A1:{COLUMNS[-1]}{row}", repeat_rows=(header, header)),
        protected=False,
        autofilter=f"A{header}:{COLUMNS[-1]}{row}",
        freeze=None,
    )


_STYLES = (
    "table.text",
    "table.number",
    "table.number",
    "table.text",
    "table.text",
    "table.text small",
    "table.text small grey",
)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
