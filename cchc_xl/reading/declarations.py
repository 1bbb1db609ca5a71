"""What the officer declares on "Trang chính": window, submission number, reason, people; and what is odd."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from cchc_xl import texts
from cchc_xl.excel.read.stored_workbook import StoredWorkbook
from cchc_xl.figures import numbers
from cchc_xl.model import Finding, RawCell, Severity
from cchc_xl.model.layout import (
    DATA_FROM,
    DATA_TO,
    MAIN,
    MAIN_INPUTS,
    RETURN_KIND,
    SUBMISSION_NUMBER,
    SUBMISSION_REASON,
    WorkbookLayout,
)
from cchc_xl.model.periods import ReferencePeriod, day_of_number, parse_day
from cchc_xl.model.places import TemplatePlaces
from cchc_xl.model.terms import ReturnKind


@dataclass(frozen=True, slots=True)
class Declared:
    """Trang chính as read. `number` (Lần nộp) and `kind` (Loại bản gửi) are None when they cannot be read."""

    window: tuple[date | None, date | None]
    number: int | None
    kind: ReturnKind | None
    reason: str
    contacts: Mapping[str, str]
    findings: tuple[Finding, ...]


def read_declarations(stored: StoredWorkbook, layout: WorkbookLayout, period: ReferencePeriod) -> Declared:
    """Read the declarations; a cell that is missing or unreadable is a finding, never an exception."""
    places = layout.places
    window = (_day(_cell(stored, places, DATA_FROM)), _day(_cell(stored, places, DATA_TO)))
    number = _whole(_cell(stored, places, SUBMISSION_NUMBER))
    reason = _words(_cell(stored, places, SUBMISSION_REASON))
    kind = _kind(said := _words(_cell(stored, places, RETURN_KIND)))
    findings = [
        *_window_findings(window, period.window(layout.regime.cutoff_day)),
        *_number_findings(_cell(stored, places, SUBMISSION_NUMBER), number, reason),
        *_kind_findings(said, kind, number),
    ]
    return Declared(window, number, kind, reason, _contacts(stored, layout), tuple(findings))


def declared_day(stored: StoredWorkbook, layout: WorkbookLayout, name: str) -> date | None:
    """The day typed in a declaration; None when there is none or it is unreadable."""
    return _day(_cell(stored, layout.places, name))


def _cell(stored: StoredWorkbook, places: TemplatePlaces, name: str) -> RawCell:
    place = stored.defined_names.get(name) or (places.main_sheet, places.main_inputs.get(name, ""))
    sheet, address = place
    if stored.sheet(sheet) is None or not address:
        return RawCell(sheet, address)
    return stored.cells(sheet).get(address) or RawCell(sheet, address)


def _day(cell: RawCell) -> date | None:
    if cell.kind == "text":
        return parse_day(cell.text)
    if cell.kind not in ("date", "number") or cell.formula is not None:
        return None
    try:
        return day_of_number(int(Decimal(cell.text)))
    except (InvalidOperation, OverflowError, ValueError):
        return None


def _whole(cell: RawCell) -> int | None:
    if cell.kind not in ("number", "text") or cell.formula is not None:
        return None
    readings = {r.value for r in numbers.readings(cell.text)} if cell.kind == "text" else {Decimal(cell.text)}
    value = readings.pop() if len(readings) == 1 else None
    return (
        int(value) if value is not None and value == value.to_integral_value() and 1 <= value <= 99 else None
    )


def _kind(said: str) -> ReturnKind | None:
    words = " ".join(unicodedata.normalize("NFC", said).casefold().split())
    return next((k for k in ReturnKind if words == texts.text(f"return_kind_{k.value}").casefold()), None)


def _words(cell: RawCell) -> str:
    return cell.text.strip() if cell.kind in ("text", "number") else ""


def _contacts(stored: StoredWorkbook, layout: WorkbookLayout) -> dict[str, str]:
    main = layout.places.main_sheet
    if stored.sheet(main) is None:
        return {}
    cells = stored.cells(main)
    found: dict[str, str] = {}
    for code in layout.forms:
        typed = [cells[a].text.strip() for a in layout.contact(code) if a in cells]
        if said := ", ".join(filter(None, typed)):
            found[code] = said
    return found


def _window_findings(declared: tuple[date | None, date | None], expected: tuple[date, date]) -> list[Finding]:
    asked = {"start": f"{expected[0]:%d/%m/%Y}", "end": f"{expected[1]:%d/%m/%Y}"}
    findings: list[Finding] = []
    for name, day in zip((DATA_FROM, DATA_TO), declared, strict=True):
        if day is None:
            findings.append(_warning("window_missing", name, **asked))
    if None not in declared and declared != expected:
        own = {"own_start": f"{declared[0]:%d/%m/%Y}", "own_end": f"{declared[1]:%d/%m/%Y}"}
        findings.append(_warning("window_off", DATA_FROM, **asked, **own))
    return findings


def _number_findings(cell: RawCell, number: int | None, reason: str) -> list[Finding]:
    if number is None:
        return [_warning("submission_number", SUBMISSION_NUMBER, found=cell.text or texts.text("blank_word"))]
    if number > 1 and not reason:
        return [_warning("reason_missing", SUBMISSION_REASON, number=str(number))]
    return []


def _kind_findings(said: str, kind: ReturnKind | None, number: int | None) -> list[Finding]:
    """What is doubtful about Loại bản gửi; a file of a template without the cell says nothing."""
    name = RETURN_KIND
    if said and kind is None:
        kinds = ", ".join(texts.text(f"return_kind_{k.value}") for k in ReturnKind)
        return [_warning("return_kind_unknown", name, found=said, kinds=kinds)]
    if kind is ReturnKind.FIRST and (number or 1) > 1:
        return [
            replace(_warning("return_kind_first_again", name, number=str(number)), severity=Severity.NOTICE)
        ]
    return []


def _warning(code: str, name: str, **words: str) -> Finding:
    cell = MAIN_INPUTS[name]
    fault = texts.text(code, **words)
    return Finding(
        rule=code,
        severity=Severity.WARNING,
        message=texts.text("at_cell", sheet=MAIN, cell=cell, fault=fault),
        fix=texts.fix(code, **words),
        sheet=MAIN,
        cell=cell,
    )
