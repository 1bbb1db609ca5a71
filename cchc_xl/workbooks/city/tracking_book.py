"""The city's own book of a period: the sheet *Quyết định*, read at every merge and never overwritten."""

from __future__ import annotations

from cchc_xl.model.decisions import DecisionKind
from cchc_xl.model.planned import Page, PlannedCell, PlannedSheet, PlannedWorkbook, Validation
from cchc_xl.model.scope import ReportingScope
from cchc_xl.texts import sheets, text

TRACKING_TEMPLATE = "cchc_xl.tracking"
META, DECISIONS = "_meta", sheets.DECISIONS
TRACKING_KEYS = ("mau", "che_do", "ky")
DECISION_COLUMNS = (
    ("date", 12.0),
    ("unit", 26.0),
    ("form", 12.0),
    ("row", 9.0),
    ("decision", 24.0),
    ("value", 12.0),
    ("file", 24.0),
    ("basis", 24.0),
    ("reason", 40.0),
    ("by", 22.0),
    ("approved_by", 22.0),
)
HEADER_ROW, FIRST_DECISION_ROW, DECISION_ROWS = 4, 5, 400
_LETTERS = "ABCDEFGHIJK"
DECISION_WORDS = {kind: text(f"decision_{kind.value}") for kind in DecisionKind}


def plan_tracking(scope: ReportingScope) -> PlannedWorkbook:
    """The book of one regime and period, without a decision."""
    title = text("tracking_title", period=scope.period.label)
    return PlannedWorkbook((_decisions(scope, title), _meta(scope)), {}, title, active_sheet=DECISIONS)


def _decisions(scope: ReportingScope, title: str) -> PlannedSheet:
    cells = [
        PlannedCell("A1", "title.left", title),
        PlannedCell("A2", "plain bold", scope.regime.title),
        PlannedCell("A3", "plain small grey", text("tracking_hint")),
    ]
    last = FIRST_DECISION_ROW + DECISION_ROWS - 1
    for letter, (column, _) in zip(_LETTERS, DECISION_COLUMNS, strict=True):
        cells.append(PlannedCell(f"{letter}{HEADER_ROW}", "table.header", text(f"decision_column_{column}")))
        style = "input.date" if column == "date" else "input.text"
        cells += (PlannedCell(f"{letter}{row}", style) for row in range(FIRST_DECISION_ROW, last + 1))
    words = tuple(DECISION_WORDS.values())
    area = f"E{FIRST_DECISION_ROW}:E{last}"
    title_of = text("decision_column_decision")
    chosen = Validation(
        area,
        "list",
        choices=words,
        prompt_title=title_of,
        prompt=text("decision_prompt"),
        stop_title=title_of,
        stop=text("decision_stop", words="; ".join(words)),
    )
    prompts = tuple(
        Validation(
            f"{letter}{FIRST_DECISION_ROW}:{letter}{last}",
            "any",
            prompt_title=text(f"decision_column_{column}"),
            prompt=text(f"decision_prompt_{column}"),
        )
        for letter, column in (("B", "unit"), ("C", "form"), ("D", "row"), ("I", "reason"))
    )
    return PlannedSheet(
        name=DECISIONS,
        code_name="QuyetDinh",
        cells=tuple(cells),
        column_widths={letter: width for letter, (_, width) in zip(_LETTERS, DECISION_COLUMNS, strict=True)},
        row_heights={1: 26.0, HEADER_ROW: 30.0},
        validations=(chosen, *prompts),
        page=Page(landscape=True, repeat_rows=(HEADER_ROW, HEADER_ROW), margins=(12, 12, 16, 15)),
        protected=False,
        freeze=f"A{FIRST_DECISION_ROW}",
    )


def _meta(scope: ReportingScope) -> PlannedSheet:
    values = (TRACKING_TEMPLATE, scope.regime.id, str(scope.period))
    cells = []
    for row, (key, value) in enumerate(zip(TRACKING_KEYS, values, strict=True), start=1):
        cells += [PlannedCell(f"A{row}", "meta", key), PlannedCell(f"B{row}", "meta", value)]
    return PlannedSheet(
        name=META,
        code_name="TrackingMeta",
        cells=tuple(cells),
        column_widths={"A": 20.0, "B": 40.0},
        state="veryHidden",
    )
