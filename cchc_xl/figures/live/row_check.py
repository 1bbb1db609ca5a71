"""The live check beside a row: is the cell itself valid, which rule names it, is it still blank.

Formula and value are written side by side so that they say the same; texts come from `texts`.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from cchc_xl import texts
from cchc_xl.figures.checks import live_message
from cchc_xl.figures.live.formulas import FAILED, PASSED
from cchc_xl.figures.live.values import LiveValues, compared, is_equality_of
from cchc_xl.figures.live.wording import quoted, sentence
from cchc_xl.model import (
    KPS,
    Blank,
    Breakdown,
    Indicator,
    Kind,
    Regime,
    Severity,
    ValidationRule,
)
from cchc_xl.model.layout import CHECK, CHECK_MARK, CHECK_MESSAGE, CHECK_RIGHT, CHECK_SHOWN, layout_of
from cchc_xl.model.planned import reference
from cchc_xl.model.terms import Figure

_Fault = tuple[
    str, Callable[[Decimal], bool], str
]  # condition on "{cell}", the same on a number, message code


def check_formula(regime: Regime, indicator: Indicator, cell: str) -> str:
    """The live check of the row whose figure stands in `cell`."""
    rules = regime.rules_at(indicator.code)
    passed = _chain(regime, rules, quoted(PASSED))
    fault = quoted(texts.text("wb_fault_error"))
    if not indicator.is_input:
        over = quoted(texts.text("wb_over_whole"))
        shown = _chain(
            regime, rules, f"IF(ISNUMBER({cell}),IF({cell}>1,{over},{quoted(PASSED)}),{quoted(PASSED)})"
        )
        if indicator.kind is not Kind.RATIO:
            shown = passed
        return f'=IF(ISERROR({cell}),{fault},IF({cell}="",{quoted(texts.text("wb_waiting"))},{shown}))'
    blank = _chain(regime, rules, _blank_formula(regime, indicator))
    if indicator.kind is Kind.TEXT:
        return f"=IF(ISERROR({cell}),{fault},IF(ISBLANK({cell}),{blank},{passed}))"
    number = passed
    for condition, _, code in reversed(_faults(indicator)):
        number = f"IF({condition.format(cell=cell)},{quoted(_fault_text(indicator, code))},{number})"
    kps = passed if indicator.accepts_kps else quoted(texts.text("wb_fault_kps"))
    word = quoted(texts.text("wb_fault_text"))
    return (
        f"=IF(ISERROR({cell}),{fault},IF(ISBLANK({cell}),{blank},"
        f'IF(ISTEXT({cell}),IF({cell}="KPS",{kps},{word}),{number})))'
    )


def check_value(regime: Regime, indicator: Indicator, live: LiveValues) -> str:
    """What `check_formula` shows for these figures."""
    figure = live.figures.get(indicator.code)
    failing = _failing(regime, indicator, live)
    if not indicator.is_input:
        over = indicator.kind is Kind.RATIO and isinstance(figure, Decimal) and figure > 1
        shown = texts.text("wb_over_whole") if over else PASSED
        return texts.text("wb_waiting") if figure is None else failing or shown
    if figure is None:
        return failing or _blank_text(regime, indicator, live)
    if indicator.kind is Kind.TEXT:
        return failing or PASSED
    if isinstance(figure, Decimal):
        fault = next((code for _, wrong, code in _faults(indicator) if wrong(figure)), None)
        return _fault_text(indicator, fault) if fault else failing or PASSED
    if figure.upper() != KPS:
        return texts.text("wb_fault_text")
    return failing or PASSED if indicator.accepts_kps else texts.text("wb_fault_kps")


def row_checks(regime: Regime, live: LiveValues) -> dict[str, str]:
    """`check_value` of every row with a figure, by indicator code."""
    return {i.code: check_value(regime, i, live) for i in regime.figures}


def shown_formula(regime: Regime, indicator: Indicator) -> str | None:
    """The figure to compare with: of the heaviest failing rule, or what a blank row is expected to hold.

    None where no rule names the row.
    """
    rules = regime.rules_at(indicator.code)
    formula = '""'
    if indicator.is_input:
        for rule in reversed([rule for rule in rules if _says_what_is_expected(rule)]):
            right = _at(regime, rule, CHECK_RIGHT)
            formula = f'IF(AND(ISBLANK({indicator.code}),{right}<>""),{right},{formula})'
    for rule in reversed(rules):
        failing = f"{_mark(regime, rule)}={quoted(FAILED[rule.severity])}"
        shown = _at(regime, rule, CHECK_SHOWN) if compared(rule).shown else '""'
        formula = f"IF({failing},{shown},{formula})"
    return f"={formula}" if rules else None


def shown_value(regime: Regime, indicator: Indicator, live: LiveValues) -> Figure:
    """What `shown_formula` shows for these figures."""
    for rule in regime.rules_at(indicator.code):
        if live.failed(rule):
            return live.sides[rule.id][2]
    if indicator.is_input and live.figures.get(indicator.code) is None:
        expected = (
            live.sides[rule.id][1] for rule in regime.rules_at(indicator.code) if _says_what_is_expected(rule)
        )
        return next((figure for figure in expected if figure is not None), None)
    return None


def _says_what_is_expected(rule: ValidationRule) -> bool:
    """An unconditional equality with the row alone on its left: shown beside the row while it is blank."""
    return rule.when is None and rule.severity is Severity.WARNING and is_equality_of(rule.assertion, rule.at)


def longest_message(regime: Regime, indicator: Indicator) -> str:
    """The longest text the row's check may show."""
    rules = regime.rules_at(indicator.code)
    return max((f"⚠ {sentence(live_message(rule))}" for rule in rules), key=len, default="")


def _at(regime: Regime, rule: ValidationRule, column: str) -> str:
    return reference(CHECK, f"{column}{layout_of(regime).check_rows[rule.id]}")


def _mark(regime: Regime, rule: ValidationRule) -> str:
    return _at(regime, rule, CHECK_MARK)


def _chain(regime: Regime, rules: tuple[ValidationRule, ...], otherwise: str) -> str:
    for rule in reversed(rules):
        sign = FAILED[rule.severity]
        words = f'"{sign} "&{_at(regime, rule, CHECK_MESSAGE)}'
        otherwise = f'IF({_mark(regime, rule)}="{sign}",{words},{otherwise})'
    return otherwise


def _failing(regime: Regime, indicator: Indicator, live: LiveValues) -> str:
    for rule in regime.rules_at(indicator.code):
        if live.failed(rule):
            return f"{FAILED[rule.severity]} {sentence(live_message(rule))}"
    return ""


def _faults(indicator: Indicator) -> tuple[_Fault, ...]:
    """Why a number cannot stand in the cell, in the order of `numbers.fault`."""
    if indicator.kind is Kind.CHOICE:
        allowed = [Decimal(c.code) for c in indicator.choices if c.code.isdecimal()]
        listed = ",".join(f"{{cell}}={value}" for value in allowed)
        return ((f"NOT(OR({listed}))", lambda x: x not in allowed, "wb_fault_choice"),)
    found: list[_Fault] = [("{cell}<0", lambda x: x < 0, "wb_fault_negative")]
    if indicator.kind is Kind.RATIO:
        found.append(("{cell}>1", lambda x: x > 1, "wb_fault_ratio"))
    if indicator.kind in (Kind.COUNT, Kind.MONEY):
        found.append(("{cell}<>INT({cell})", lambda x: x != x.to_integral_value(), "wb_fault_fraction"))
    limit = indicator.maximum
    if limit is not None:
        found.append((f"{{cell}}>{limit:f}", lambda x: x > limit, "wb_fault_large"))
    return tuple(found)


def _fault_text(indicator: Indicator, code: str) -> str:
    if code == "wb_fault_fraction" and indicator.kind is Kind.MONEY:
        return texts.text("wb_fault_fraction_money")
    return texts.text(code)


def _breakdowns(regime: Regime, indicator: Indicator) -> list[tuple[Breakdown, Breakdown | None]]:
    """Breakdowns the row is a part of, each with its parent."""
    by_id = {b.id: b for b in regime.breakdowns}
    return [(b, by_id.get(b.parent or "")) for b in regime.breakdowns if indicator.code in b.parts]


def _blank_words(indicator: Indicator) -> str:
    if indicator.blank is Blank.OPTIONAL:
        return ""
    return texts.text("wb_blank_kps" if indicator.accepts_kps else "wb_blank")


def _balanced(regime: Regime, breakdown: Breakdown) -> ValidationRule:
    """The notice that fails exactly while blanks of the breakdown are read as 0."""
    return regime.rule(f"{breakdown.id}_blank_as_zero")


def _blank_formula(regime: Regime, indicator: Indicator) -> str:
    formula = quoted(_blank_words(indicator))
    for breakdown, parent in _breakdowns(regime, indicator):
        sign = FAILED[Severity.NOTICE]
        read_as_zero = f'{_mark(regime, _balanced(regime, breakdown))}="{sign}"'
        if parent:
            parts = ",".join(breakdown.parts)
            inherited = (
                f'{_mark(regime, _balanced(regime, parent))}="{sign}",'
                f"COUNTA({breakdown.total})=0,ROUND(SUM({parts}),6)=0"
            )
            read_as_zero = f"OR({read_as_zero},AND({inherited}))"
        formula = f"IF({read_as_zero},{quoted(texts.text('wb_blank_zero'))},{formula})"
    return formula


def _blank_text(regime: Regime, indicator: Indicator, live: LiveValues) -> str:
    for breakdown, parent in _breakdowns(regime, indicator):
        if live.failed(_balanced(regime, breakdown)):
            return texts.text("wb_blank_zero")
        if parent and live.failed(_balanced(regime, parent)) and live.figures.get(breakdown.total) is None:
            entered = [live.figures.get(part) for part in breakdown.parts]
            if sum(x for x in entered if isinstance(x, Decimal)) == 0:
                return texts.text("wb_blank_zero")
    return _blank_words(indicator)
