"""Typed cells: what the officer entered, under the reading contract."""

from __future__ import annotations

from decimal import Decimal

from cchc_xl import texts
from cchc_xl.figures import numbers
from cchc_xl.figures.cells.answer import (
    DASHES,
    KPS_SPELLINGS,
    Answer,
    Remark,
    folded,
    placed,
    shown_value,
    stored_number,
)
from cchc_xl.figures.numbers import TextOutcome
from cchc_xl.figures.rounding import EXACT
from cchc_xl.model import (
    KPS,
    Choice,
    Finding,
    Indicator,
    Kind,
    Observation,
    RawCell,
    Severity,
    Status,
)
from cchc_xl.model.periods import day_of_number

_NUMERIC = (Kind.COUNT, Kind.MONEY, Kind.RATIO, Kind.DECIMAL)


def observe(
    indicator: Indicator, raw: RawCell, form_code: str, note: str = ""
) -> tuple[Observation, tuple[Finding, ...]]:
    """Interpret the cell of a typed indicator; with an error finding, status ERROR and no value."""
    answer = _answer_of_formula(indicator, raw) if raw.formula is not None else _answer(indicator, raw)
    return placed(answer, indicator, raw, form_code, note, lambda: _expected(indicator))


def _error(rule: str, **details: str) -> Answer:
    return Answer(Status.ERROR, None, (Remark(rule, Severity.ERROR, details),))


def _warned(status: Status, value: Decimal | None, rule: str, **details: str) -> Answer:
    return Answer(status, value, (Remark(rule, Severity.WARNING, details),))


def _answer(indicator: Indicator, raw: RawCell) -> Answer:
    if raw.kind == "blank" or (raw.kind == "text" and not raw.text):
        return Answer(Status.BLANK)
    if raw.kind == "error":
        return _error("error_cell")
    if raw.kind == "text" and not numbers.seen(raw.text).strip():
        return _warned(Status.BLANK, None, "blank_text")
    if indicator.kind is Kind.TEXT:
        return Answer(Status.VALUE, text=raw.text.strip())
    if raw.kind == "date":
        return _answer_of_date(indicator, raw)
    if raw.kind == "number":
        value = stored_number(raw.text)
        return _error("number_unreadable") if value is None else _answer_of_number(indicator, value)
    if raw.kind == "text":
        return _answer_of_text(indicator, raw.text)
    return _error("boolean_in_input")


def _answer_of_formula(indicator: Indicator, raw: RawCell) -> Answer:
    value = numbers.constant_value(raw.formula or "")
    if value is None or indicator.kind not in (*_NUMERIC, Kind.CHOICE):
        return _error("formula_in_input")
    answer = _answer_of_number(indicator, value)
    if answer.status is Status.ERROR:
        return answer
    reading = shown_value(value if answer.value is None else answer.value, indicator)
    notice = Remark("constant_formula", Severity.NOTICE, {"reading": reading})
    return Answer(answer.status, answer.value, (*answer.remarks, notice))


def _answer_of_date(indicator: Indicator, raw: RawCell) -> Answer:
    serial = stored_number(raw.text)
    if indicator.kind is Kind.DATE and serial is not None:
        if numbers.fault(serial, indicator):
            return _error("date_expected")
        return Answer(Status.VALUE, serial, text=day_of_number(int(serial)).isoformat())
    return _error("date_in_input")


def _answer_of_number(indicator: Indicator, value: Decimal) -> Answer:
    if indicator.kind is Kind.CHOICE:
        chosen = next((c for c in indicator.choices if c.code == f"{value:f}"), None)
        return _error("choice_unknown") if chosen is None else _chosen(chosen)
    if indicator.kind is Kind.DATE:
        return _error("date_expected")
    meant = numbers.settled(value, indicator)
    wrong = numbers.fault(meant, indicator)
    if wrong is None:
        shown = {"reading": shown_value(meant, indicator)}
        remarks = () if meant == value else (Remark("number_settled", Severity.NOTICE, shown),)
        return Answer(Status.VALUE, meant, remarks)
    return _invalid(wrong, value, indicator, _thousands_hint(value))


def _thousands_hint(value: Decimal) -> str:
    """37.094 typed where the dot is the decimal point is stored as 37,094."""
    thousands = numbers.tidy(value.scaleb(3, EXACT))
    if thousands != thousands.to_integral_value():
        return ""
    return texts.text("thousands_hint", grouped=numbers.format_vi(thousands), plain=f"{thousands:f}")


def _invalid(wrong: str, value: Decimal, indicator: Indicator, hint: str = "") -> Answer:
    details = {"number": numbers.format_vi(value), "maximum": numbers.format_vi(numbers.maximum(indicator))}
    return _error(wrong, hint=hint, **details)


def _answer_of_text(indicator: Indicator, text: str) -> Answer:
    written = folded(text)
    if indicator.kind is Kind.CHOICE and written not in KPS_SPELLINGS:
        return _answer_of_choice(indicator, text)
    if written in KPS_SPELLINGS or written in DASHES:
        return _answer_of_kps(indicator, text)
    if indicator.kind is Kind.DATE:
        return _error("date_expected")
    found = numbers.read_number(text, indicator)
    if found.outcome is TextOutcome.AMBIGUOUS:
        return _error("text_ambiguous", readings=" / ".join(shown_value(v, indicator) for v in found.values))
    if found.value is None:
        return _answer_of_refused_text(indicator, text)
    return _warned(Status.VALUE, found.value, "text_number", reading=shown_value(found.value, indicator))


def _answer_of_refused_text(indicator: Indicator, text: str) -> Answer:
    """A number that cannot stand here is told apart from a text that is no number."""
    ratio = indicator.kind is Kind.RATIO
    refused = next((r.value for r in numbers.readings(text) if ratio or not r.percent), None)
    if refused is None:
        return _error("text_unreadable")
    wrong = numbers.fault(refused, indicator)
    # A text's percent points were already tried as such, so that advice would mislead.
    if wrong is None or wrong == "ratio_percent_points":
        wrong = "ratio_out_of_range"
    return _invalid(wrong, refused, indicator)


def _answer_of_kps(indicator: Indicator, text: str) -> Answer:
    """Nothing occurred: KPS; in a count that must be a number 0; elsewhere a row without answer."""
    if indicator.kind in (Kind.COUNT, Kind.MONEY) and not indicator.accepts_kps:
        return Answer(Status.VALUE, Decimal(0), (Remark("kps_as_zero", Severity.NOTICE),))
    if folded(text) in DASHES and not (indicator.accepts_kps and indicator.kind in (*_NUMERIC, Kind.CHOICE)):
        return _warned(Status.BLANK, None, "dash_as_blank")
    if indicator.kind is Kind.DATE or not indicator.accepts_kps or not _lists_kps(indicator):
        return _error("kps_refused")
    if text.upper() == KPS:
        return Answer(Status.NOT_APPLICABLE)
    return Answer(Status.NOT_APPLICABLE, None, (Remark("kps_spelling", Severity.NOTICE),))


def _lists_kps(indicator: Indicator) -> bool:
    return indicator.kind is not Kind.CHOICE or any(c.code == KPS for c in indicator.choices)


def _answer_of_choice(indicator: Indicator, text: str) -> Answer:
    exact = [c for c in indicator.choices if c.code == text]
    if exact:
        return _chosen(exact[0])
    written = folded(text)
    meant = [c for c in indicator.choices if written in _spellings(c)]
    if not meant and written in DASHES:
        return _answer_of_kps(indicator, text)
    if len(meant) != 1:
        return _error("choice_unknown")
    answer = _chosen(meant[0])
    return _warned(answer.status, answer.value, "choice_label", reading=meant[0].code)


def _spellings(choice: Choice) -> set[str]:
    code, label = folded(choice.code), folded(choice.label)
    joined = {f"{code}{mark}{label}" for mark in (" - ", " – ", "-", ": ", ". ", " ")}
    return {code, label, *joined}


def _chosen(choice: Choice) -> Answer:
    if choice.code == KPS:
        return Answer(Status.NOT_APPLICABLE)
    return Answer(Status.VALUE, Decimal(choice.code))


def _expected(indicator: Indicator) -> str:
    choices = "; ".join(c.code if c.code == KPS else f"{c.code} – {c.label}" for c in indicator.choices)
    wanted = texts.text(f"expected_{indicator.kind.value}", choices=choices)
    if indicator.maximum is not None and indicator.kind is not Kind.RATIO:
        wanted = texts.text("expected_at_most", wanted=wanted, maximum=numbers.format_vi(indicator.maximum))
    if indicator.kind in _NUMERIC and indicator.accepts_kps:
        return texts.text("expected_or_kps", wanted=wanted)
    return wanted
