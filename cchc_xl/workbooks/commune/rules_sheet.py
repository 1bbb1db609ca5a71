"""Quy tắc: every rule in words, with its severity and reference, to be read or printed."""

from __future__ import annotations

from functools import lru_cache

from cchc_xl import texts
from cchc_xl.figures.checks import live_message
from cchc_xl.figures.live.description import describe, describe_row_check
from cchc_xl.figures.live.wording import sentence
from cchc_xl.model import Regime, Severity
from cchc_xl.model.contents import Subject
from cchc_xl.model.layout import RULES
from cchc_xl.model.planned import PlannedCell, PlannedSheet
from cchc_xl.texts.guide import GENERAL_RULES
from cchc_xl.workbooks.commune.cells import home_link, merged, page, words
from cchc_xl.workbooks.commune.check_sheet import severity_word
from cchc_xl.workbooks.commune.text_fit import height

_WIDTHS = {
    "A": 5.0,
    "B": 16.0,
    "C": 7.0,
    "D": 10.0,
    "E": 44.0,
    "F": 42.0,
    "G": 42.0,
    "H": 23.0,
    "I": 25.0,
    "J": 22.0,
}
_LAST = "I"
_SIZE = 11.0
_HEADER, _FIRST = 4, 5
_TITLES = ("number", "form", "row", "severity", "statement", "rule", "remedy", "reference", "id")


def plan_rules(subject: Subject) -> PlannedSheet:
    """The rule list."""
    head = [
        words("A1", "banner.good", subject.banner),
        words("A2", "title.left", texts.text("wb_rules_title")),
        words("A3", "hint", texts.text("wb_rules_hint")),
    ]
    cells, heights = _rows(subject.regime)
    last = max(heights)
    return PlannedSheet(
        name=RULES,
        code_name="QuyTac",
        cells=(*head, home_link("J1"), *cells),
        column_widths=_WIDTHS,
        row_heights={1: 27.0, 2: 26.0, 3: 22.0, _HEADER: 30.0, **heights},
        merges=tuple(merged(cell, f"{_LAST}{cell.address[1:]}")[1] for cell in head),
        page=page(subject, f"A2:{_LAST}{last}", (_HEADER, _HEADER), landscape=True, margins=(15, 12, 17, 15)),
        freeze=f"A{_FIRST}",
        tab_color="#475569",
    )


@lru_cache(maxsize=64)
def _rows(regime: Regime) -> tuple[tuple[PlannedCell, ...], dict[int, float]]:
    cells = [
        words(f"{chr(65 + n)}{_HEADER}", "table.header", texts.text(f"wb_rules_{title}"))
        for n, title in enumerate(_TITLES)
    ]
    heights: dict[int, float] = {}
    for row, values in enumerate((*_general(), *_of_forms(regime), *_of_registers(regime)), start=_FIRST):
        worded = (str(row - _FIRST + 1), *values)
        for n, text in enumerate(worded):
            style = "table.number" if n in (0, 2) else "table.text"
            value = row - _FIRST + 1 if n == 0 else text
            cells.append(words(f"{chr(65 + n)}{row}", style, value))
        sized = [(text, _WIDTHS[chr(65 + n)], _SIZE) for n, text in enumerate(worded)]
        heights[row] = height(*sized, least=20.0)
    return tuple(cells), heights


def _general() -> list[tuple[str, ...]]:
    every = texts.text("wb_rules_every_form")
    return [
        (every, "", severity_word(Severity(severity)), "", text, remedy, "", rule_id)
        for rule_id, severity, text, remedy in GENERAL_RULES
    ]


def _of_forms(regime: Regime) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for rule in regime.rules:
        at = regime.indicators[rule.at]
        sheet = regime.form(regime.form_of[rule.at]).sheet
        basis = rule.reference or at.reference
        severity = severity_word(rule.severity)
        number = at.number.rstrip(".")
        told = sentence(live_message(rule))
        found.append((sheet, number, severity, describe(regime, rule), told, rule.fix, basis, rule.id))
    return found


def _of_registers(regime: Regime) -> list[tuple[str, ...]]:
    """What the rows of lists must satisfy; such a rule belongs to no printed row."""
    return [
        (
            register.sheet,
            "",
            severity_word(check.severity),
            describe_row_check(register, check),
            sentence(check.message),
            check.fix,
            register.reference,
            check.id,
        )
        for register in regime.registers
        for check in register.checks
    ]
