"""What typed and computed cells share: an answer, its findings put in place, stored texts read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from cchc_xl import texts
from cchc_xl.figures import numbers
from cchc_xl.figures.rounding import EXACT
from cchc_xl.model import Finding, Indicator, Kind, Observation, RawCell, Severity, Status
from cchc_xl.texts.recognised import NOT_APPLICABLE, NOTHING_TYPED

_STORED_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
KPS_SPELLINGS = frozenset(NOT_APPLICABLE)
DASHES = frozenset(NOTHING_TYPED)
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding still without its place."""

    rule: str
    severity: Severity
    details: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a cell says before its place is attached."""

    status: Status
    value: Decimal | None = None
    remarks: tuple[Remark, ...] = ()
    text: str = ""


def placed(
    answer: Answer,
    indicator: Indicator,
    raw: RawCell,
    form_code: str,
    note: str,
    wanted: Callable[[], str],
) -> tuple[Observation, tuple[Finding, ...]]:
    """The observation and its findings; what was `wanted` is only worded where there is one."""
    observation = Observation(
        indicator.code, answer.status, answer.value, raw.sheet, raw.address, note, answer.text
    )
    if not answer.remarks:
        return observation, ()
    expected = wanted()
    stored = raw.text if raw.formula is None else f"={raw.formula}"
    how = texts.text("type_ratio" if indicator.kind is Kind.RATIO else "type_number")
    place = {"sheet": raw.sheet, "cell": raw.address, "expected": expected, "how": how}
    place["stored"] = one_line(stored)
    findings = tuple(
        Finding(
            rule=remark.rule,
            severity=remark.severity,
            message=texts.text(remark.rule, **{**place, **remark.details}),
            fix=texts.fix(remark.rule, **{**place, **remark.details}),
            indicator=indicator.code,
            form=form_code,
            sheet=raw.sheet,
            cell=raw.address,
            value=one_line(stored),
            expected=expected,
        )
        for remark in answer.remarks
    )
    return observation, findings


def stored_number(text: str) -> Decimal | None:
    """The number a cell stores, as the double Excel works with; None when the text is no number."""
    if len(text) > 400 or not _STORED_NUMBER.fullmatch(text):
        return None
    value = numbers.from_float(float(text))
    return numbers.tidy(value) if value.is_finite() else None


def folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", numbers.seen(text)).casefold().split())


def shown_value(value: Decimal, indicator: Indicator) -> str:
    """Without thousands dots: next to a doubtful "5.650" only bare digits are clear."""
    if indicator.kind is Kind.RATIO:
        points = numbers.round_half_up(value.scaleb(2, EXACT), 4)
        return f"{numbers.format_vi(points).replace('.', '')} %"
    return numbers.format_vi(value).replace(".", "")


def one_line(text: str) -> str:
    clean = "".join(c if c.isprintable() else "□" for c in text[: _LONGEST_SHOWN + 1])
    return f"{clean[:_LONGEST_SHOWN]}…" if len(clean) > _LONGEST_SHOWN else clean
