"""Read the sheet *Quyết định* of the city's book; a line not understood is named, never skipped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from cchc_xl import texts
from cchc_xl.excel.read.gate import open_gate
from cchc_xl.excel.read.stored_workbook import open_workbook
from cchc_xl.model import RawCell
from cchc_xl.model.decisions import Decision, DecisionKind
from cchc_xl.model.errors import UsageError
from cchc_xl.model.periods import day_of_number, parse_day
from cchc_xl.model.scope import ReportingScope
from cchc_xl.workbooks.city.tracking_book import (
    DECISION_COLUMNS,
    DECISION_ROWS,
    DECISION_WORDS,
    DECISIONS,
    FIRST_DECISION_ROW,
    META,
    TRACKING_KEYS,
    TRACKING_TEMPLATE,
)

_LETTERS = {column: letter for letter, (column, _) in zip("ABCDEFGHIJK", DECISION_COLUMNS, strict=True)}
_LARGEST_ROW = FIRST_DECISION_ROW + DECISION_ROWS - 1


class _Fault(Exception):
    """One line that cannot be understood."""


def read_decisions(data: bytes, source: str, scope: ReportingScope) -> tuple[Decision, ...]:
    """Every decision of the book, in the order of its lines.

    Raises UsageError for a book of another regime or period and for lines at fault, all at once;
    WorkbookRefused for what the gate refuses.
    """
    stored = open_workbook(open_gate(data))
    cells = stored.cells(META) if stored.sheet(META) else {}
    meta = {key: _text(cells, f"B{row}") for row, key in enumerate(TRACKING_KEYS, start=1)}
    if meta["mau"] != TRACKING_TEMPLATE or stored.sheet(DECISIONS) is None:
        raise UsageError(texts.text("tracking_not_ours", path=source))
    if (meta["che_do"], meta["ky"]) != (scope.regime.id, str(scope.period)):
        words = {"found": f"{meta['che_do']} {meta['ky']}", "wanted": f"{scope.regime.id} {scope.period}"}
        raise UsageError(texts.text("tracking_other_period", path=source, **words))
    typed = stored.cells(DECISIONS)
    found: list[Decision] = []
    faults: list[str] = []
    for row in range(FIRST_DECISION_ROW, _LARGEST_ROW + 1):
        line = {column: _text(typed, f"{letter}{row}") for column, letter in _LETTERS.items()}
        if not any(line.values()):
            continue
        try:
            found.append(_decision(line, row, typed, scope))
        except _Fault as fault:
            faults.append(texts.text("decision_line", row=row, fault=fault))
    if faults:
        raise UsageError(texts.text("decision_faults", path=source, faults="; ".join(faults[:10])))
    return tuple(found)


def _decision(
    line: Mapping[str, str], row: int, cells: Mapping[str, RawCell], scope: ReportingScope
) -> Decision:
    kinds = {words.casefold(): kind for kind, words in DECISION_WORDS.items()}
    kind = kinds.get(line["decision"].casefold())
    if kind is None:
        words = "; ".join(DECISION_WORDS.values())
        raise _Fault(texts.text("decision_unknown", found=line["decision"] or "?", words=words))
    for column in ("unit", "reason", "by"):
        if not line[column]:
            raise _Fault(texts.text("decision_lacks", column=texts.text(f"decision_column_{column}")))
    rows = _rows(line, scope) if kind is DecisionKind.ACCEPT_BLANK else ()
    day = _day(cells.get(f"{_LETTERS['date']}{row}"))
    return Decision(
        kind, _unit(line["unit"], scope), rows, line["reason"], line["by"], line["approved_by"], day, row
    )


def _unit(said: str, scope: ReportingScope) -> str | None:
    if said.casefold() == texts.text("decision_all_units").casefold():
        return None
    unit = scope.units.by_code.get(said) or scope.units.find("", said)
    if unit is None:
        raise _Fault(texts.text("decision_unit_unknown", found=said))
    return unit.code


def _rows(line: Mapping[str, str], scope: ReportingScope) -> tuple[str, ...]:
    """Typed rows of the form (of every form where none is named), or the one row."""
    forms = scope.regime.printed_forms
    if line["form"]:
        forms = tuple(f for f in forms if line["form"].casefold() in (f.sheet.casefold(), f.number, f.code))
        if not forms:
            raise _Fault(texts.text("decision_form_unknown", found=line["form"]))
    wanted = line["row"].rstrip(".")
    rows = tuple(i.code for f in forms for i in f.inputs if not wanted or i.number.rstrip(".") == wanted)
    if not rows or (wanted and not line["form"]):
        raise _Fault(texts.text("decision_row_unknown", found=line["row"]))
    return rows


def _text(cells: Mapping[str, RawCell], address: str) -> str:
    cell = cells.get(address)
    if cell is None or cell.kind not in ("text", "number", "date"):
        return ""
    return " ".join(cell.text.split())


def _day(cell: RawCell | None) -> date | None:
    if cell is None:
        return None
    if cell.kind == "text":
        return parse_day(cell.text)
    try:
        return day_of_number(int(Decimal(cell.text)))
    except (InvalidOperation, OverflowError, ValueError):
        return None
