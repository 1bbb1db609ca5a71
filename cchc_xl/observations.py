"""A cell as stored → an observation and its findings (the reading contract: never a silently wrong number).

Blank, 0 and KPS stay three things; whether a blank is acceptable is for `checks` to say.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal

from cchc_xl import messages, numbers
from cchc_xl.model import KPS, Choice, Finding, Indicator, Kind, Observation, RawCell, Severity, Status
from cchc_xl.numbers import Claim, TextOutcome

_STORED_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_KPS_SPELLINGS = frozenset({"kps", "không phát sinh"})
_NUMERIC = (Kind.COUNT, Kind.MONEY, Kind.RATIO, Kind.DECIMAL)
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class _Remark:
    """A finding still without its place."""

    rule: str
    severity: Severity
    details: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a cell says before its place is attached."""

    status: Status
    value: Decimal | None = None
    remarks: tuple[_Remark, ...] = ()


def observe(
    indicator: Indicator, raw: RawCell, form_code: str, note: str = ""
) -> tuple[Observation, tuple[Finding, ...]]:
    """Interpret the cell of a typed indicator. An error finding always comes with status ERROR and no value."""
    answer = _answer_of_formula(indicator, raw) if raw.formula is not None else _answer(indicator, raw)
    return _placed(answer, indicator, raw, form_code, note, _expected(indicator))


def observe_computed(
    indicator: Indicator,
    raw: RawCell,
    exact: Decimal | str | None,
    form_code: str,
    expected_formula: str | None = None,
) -> tuple[Observation, tuple[Finding, ...]]:
    """The observation of a locked, computed cell: always the recomputed `exact` (a value, KPS or None).

    The stored cell only tells whether its formula is still there, `expected_formula` whether it is still ours.
    """
    remarks = _remarks_on_computed(indicator, raw, exact, expected_formula)
    shown = (
        _shown(exact, indicator) if isinstance(exact, Decimal) else (exact or messages.text("nothing_yet"))
    )
    if isinstance(exact, Decimal):
        answer = _Answer(Status.VALUE, exact, remarks)
    else:
        answer = _Answer(Status.NOT_APPLICABLE if exact == KPS else Status.BLANK, None, remarks)
    return _placed(answer, indicator, raw, form_code, "", shown)


def claimed_percentage(raw: RawCell, exact: Decimal, *, accept_points: bool = False) -> Claim:
    """Judge the percentage a cell claims against the exact fraction; the decimals as written decide.

    A number is a fraction, or percent points when over 1 and `accept_points`. The kindest reading counts.
    """
    claims: tuple[tuple[Decimal, int], ...] = ()
    if raw.kind == "text":
        claims = numbers.claimed_points(raw.text)
    elif raw.kind == "number" and (value := _stored_number(raw.text)) is not None:
        in_points = accept_points and value > 1
        claims = (numbers.percent_points(value.scaleb(-2) if in_points else value),)
    verdicts = {numbers.judge_percentage(points, exact, decimals) for points, decimals in claims}
    return next((c for c in (Claim.RIGHT, Claim.TRUNCATED) if c in verdicts), Claim.WRONG)


def _placed(
    answer: _Answer, indicator: Indicator, raw: RawCell, form_code: str, note: str, expected: str
) -> tuple[Observation, tuple[Finding, ...]]:
    stored = raw.text if raw.formula is None else f"={raw.formula}"
    place = {"sheet": raw.sheet, "cell": raw.address, "stored": _one_line(stored), "expected": expected}
    findings = tuple(
        Finding(
            rule=remark.rule,
            severity=remark.severity,
            message=messages.text(remark.rule, **{**place, **remark.details}),
            fix=messages.fix(remark.rule, **{**place, **remark.details}),
            indicator=indicator.code,
            form=form_code,
            sheet=raw.sheet,
            cell=raw.address,
            value=_one_line(stored),
            expected=expected,
        )
        for remark in answer.remarks
    )
    return Observation(indicator.code, answer.status, answer.value, raw.sheet, raw.address, note), findings


def _error(rule: str, **details: str) -> _Answer:
    return _Answer(Status.ERROR, None, (_Remark(rule, Severity.ERROR, details),))


def _warned(status: Status, value: Decimal | None, rule: str, **details: str) -> _Answer:
    return _Answer(status, value, (_Remark(rule, Severity.WARNING, details),))


def _answer(indicator: Indicator, raw: RawCell) -> _Answer:
    if raw.kind == "blank" or (raw.kind == "text" and not raw.text):
        return _Answer(Status.BLANK)
    if raw.kind == "error":
        return _error("error_cell")
    if raw.kind == "text" and not raw.text.strip():
        return _warned(Status.BLANK, None, "blank_text")
    if indicator.kind is Kind.TEXT:
        return _Answer(Status.VALUE)
    if raw.kind == "date":
        return _answer_of_date(indicator, raw)
    if raw.kind == "number":
        value = _stored_number(raw.text)
        return _error("number_unreadable") if value is None else _answer_of_number(indicator, value)
    if raw.kind == "text":
        return _answer_of_text(indicator, raw.text)
    return _error("boolean_in_input")


def _answer_of_formula(indicator: Indicator, raw: RawCell) -> _Answer:
    value = numbers.constant_value(raw.formula or "")
    if value is None or indicator.kind not in (*_NUMERIC, Kind.CHOICE):
        return _error("formula_in_input")
    answer = _answer_of_number(indicator, value)
    if answer.status is Status.ERROR:
        return answer
    notice = _Remark("constant_formula", Severity.NOTICE, {"reading": _shown(value, indicator)})
    return _Answer(answer.status, answer.value, (*answer.remarks, notice))


def _answer_of_date(indicator: Indicator, raw: RawCell) -> _Answer:
    serial = _stored_number(raw.text)
    if indicator.kind is Kind.DATE and serial is not None:
        return _Answer(Status.VALUE, serial)
    return _error("date_in_input")


def _answer_of_number(indicator: Indicator, value: Decimal) -> _Answer:
    if indicator.kind is Kind.CHOICE:
        chosen = next((c for c in indicator.choices if c.code == f"{value:f}"), None)
        return _error("choice_unknown") if chosen is None else _chosen(chosen)
    if indicator.kind is Kind.DATE:
        return _error("date_expected")
    wrong = numbers.fault(value, indicator)
    return _Answer(Status.VALUE, value) if wrong is None else _invalid(wrong, value, indicator)


def _invalid(wrong: str, value: Decimal, indicator: Indicator) -> _Answer:
    thousands = numbers.tidy(value.scaleb(3))
    hint = ""
    if wrong == "number_not_whole" and thousands == thousands.to_integral_value():
        grouped = numbers.format_vi(thousands)
        hint = messages.text("thousands_hint", grouped=grouped, plain=f"{thousands:f}")
    details = {"number": numbers.format_vi(value), "maximum": numbers.format_vi(numbers.maximum(indicator))}
    return _error(wrong, hint=hint, **details)


def _answer_of_text(indicator: Indicator, text: str) -> _Answer:
    if _folded(text) in _KPS_SPELLINGS:
        return _answer_of_kps(indicator, text)
    if indicator.kind is Kind.CHOICE:
        return _answer_of_choice(indicator, text)
    if indicator.kind is Kind.DATE:
        return _error("date_expected")
    found = numbers.read_number(text, indicator)
    if found.outcome is TextOutcome.AMBIGUOUS:
        return _error("text_ambiguous", readings=" / ".join(_shown(v, indicator) for v in found.values))
    if found.value is None:
        return _answer_of_refused_text(indicator, text)
    return _warned(Status.VALUE, found.value, "text_number", reading=_shown(found.value, indicator))


def _answer_of_refused_text(indicator: Indicator, text: str) -> _Answer:
    """A number that cannot stand here is told apart from a text that is no number."""
    ratio = indicator.kind is Kind.RATIO
    refused = next((r.value for r in numbers.readings(text) if ratio or not r.percent), None)
    if refused is None:
        return _error("text_unreadable")
    wrong = numbers.fault(refused, indicator)
    # A text's percent points were already tried as such, so that advice would mislead.
    if wrong in (None, "ratio_percent_points"):
        wrong = "ratio_out_of_range" if ratio else "text_unreadable"
    return _invalid(wrong or "text_unreadable", refused, indicator)


def _answer_of_kps(indicator: Indicator, text: str) -> _Answer:
    if indicator.kind is Kind.DATE or not indicator.accepts_kps or not _lists_kps(indicator):
        return _error("kps_refused")
    if text.upper() == KPS:
        return _Answer(Status.NOT_APPLICABLE)
    return _warned(Status.NOT_APPLICABLE, None, "kps_spelling")


def _lists_kps(indicator: Indicator) -> bool:
    return indicator.kind is not Kind.CHOICE or any(c.code == KPS for c in indicator.choices)


def _answer_of_choice(indicator: Indicator, text: str) -> _Answer:
    exact = [c for c in indicator.choices if c.code == text]
    if exact:
        return _chosen(exact[0])
    written = _folded(text)
    meant = [c for c in indicator.choices if written in _spellings(c)]
    if len(meant) != 1:
        return _error("choice_unknown")
    answer = _chosen(meant[0])
    return _warned(answer.status, answer.value, "choice_label", reading=meant[0].code)


def _spellings(choice: Choice) -> set[str]:
    code, label = _folded(choice.code), _folded(choice.label)
    joined = {f"{code}{mark}{label}" for mark in (" - ", " – ", "-", ": ", ". ", " ")}
    return {code, label, *joined}


def _chosen(choice: Choice) -> _Answer:
    if choice.code == KPS:
        return _Answer(Status.NOT_APPLICABLE)
    return _Answer(Status.VALUE, Decimal(choice.code))


def _remarks_on_computed(
    indicator: Indicator, raw: RawCell, exact: Decimal | str | None, expected_formula: str | None
) -> tuple[_Remark, ...]:
    if raw.formula is not None:
        if expected_formula is None or numbers.same_formula(raw.formula, expected_formula):
            return ()
        return (_Remark("formula_changed", Severity.ERROR, {"formula": _one_line(expected_formula)}),)
    if raw.kind == "blank" or (raw.kind == "text" and not raw.text.strip()):
        return (_Remark("formula_missing", Severity.WARNING),)
    agrees = _agrees(indicator, raw, exact)
    verdict = messages.text("typed_agrees" if agrees else "typed_differs")
    severity = Severity.WARNING if agrees else Severity.ERROR
    return (_Remark("formula_overwritten", severity, {"verdict": verdict}),)


def _agrees(indicator: Indicator, raw: RawCell, exact: Decimal | str | None) -> bool:
    if not isinstance(exact, Decimal):
        return exact == KPS and raw.kind == "text" and _folded(raw.text) in _KPS_SPELLINGS
    if indicator.kind is Kind.RATIO:
        return claimed_percentage(raw, exact) is not Claim.WRONG
    if raw.kind == "text":
        return numbers.read_number(raw.text, indicator).value == exact
    return raw.kind == "number" and _stored_number(raw.text) == exact


def _stored_number(text: str) -> Decimal | None:
    """The number a cell stores, as the double Excel works with; None when the text is no number."""
    if len(text) > 400 or not _STORED_NUMBER.fullmatch(text):
        return None
    value = numbers.from_float(float(text))
    return numbers.tidy(value) if value.is_finite() else None


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _shown(value: Decimal, indicator: Indicator) -> str:
    """Without thousands dots: next to a doubtful "5.650" only bare digits are clear."""
    if indicator.kind is Kind.RATIO:
        points = numbers.round_half_up(value.scaleb(2), 4)
        return f"{numbers.format_vi(points).replace('.', '')} %"
    return numbers.format_vi(value).replace(".", "")


def _one_line(text: str) -> str:
    clean = "".join(c if c.isprintable() else "□" for c in text[: _LONGEST_SHOWN + 1])
    return f"{clean[:_LONGEST_SHOWN]}…" if len(clean) > _LONGEST_SHOWN else clean


def _expected(indicator: Indicator) -> str:
    choices = "; ".join(c.code if c.code == KPS else f"{c.code} – {c.label}" for c in indicator.choices)
    wanted = messages.text(f"expected_{indicator.kind.value}", choices=choices)
    if indicator.kind in _NUMERIC and indicator.accepts_kps:
        return messages.text("expected_or_kps", wanted=wanted)
    return wanted
