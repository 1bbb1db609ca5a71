"""Numbers typed as texts, in vi-VN or English notation: every reading, and which fit an indicator."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from cchc_xl.figures.numbers.limits import broken_limit, settled
from cchc_xl.figures.rounding import EXACT, tidy
from cchc_xl.model import Indicator, Kind

_BLANKS = " \t\r\n\u00a0\u2007\u2009\u202f"
# What mail, web pages and East Asian keyboards leave in a number: marks nobody sees, full-width characters.
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_PLAIN = {ord(mark): None for mark in _UNSEEN} | {
    0xFF00 + code - 0x20: chr(code) for code in b"%+,-.0123456789="
}
_LONGEST_NUMBER = 40
_FAULTS = {
    "negative": "number_negative",
    "fraction": "number_not_whole",
    "large": "number_over_maximum",
    "choice": "choice_unknown",
    "day": "date_expected",
}


def _convention(group: str, mark: str) -> re.Pattern[str]:
    grouped = rf"[1-9][0-9]{{0,2}}(?P<group>{group})[0-9]{{3}}(?:(?P=group)[0-9]{{3}})*"
    return re.compile(rf"(?P<whole>[0-9]+|{grouped})(?:{mark}(?P<rest>[0-9]+))?")


_BLANK_GROUP = "[ \u00a0\u2007\u2009\u202f]"
_CONVENTIONS = (
    _convention(r"\.", ","),
    _convention(",", r"\."),
    _convention(_BLANK_GROUP, ","),
    _convention(_BLANK_GROUP, r"\."),
)
_NOT_DIGIT = re.compile(r"[^0-9]")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a text: `value` ("60,5%" is 0.605), whether it carried %, decimals as written."""

    value: Decimal
    percent: bool
    decimals: int = field(default=0, compare=False)


class TextOutcome(StrEnum):
    """What a text in a number cell turned out to be."""

    ACCEPTED = "accepted"
    AMBIGUOUS = "ambiguous"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class NumberText:
    """The distinct values of a text that are valid for its indicator, largest first."""

    values: tuple[Decimal, ...]

    @property
    def outcome(self) -> TextOutcome:
        if len(self.values) == 1:
            return TextOutcome.ACCEPTED
        return TextOutcome.AMBIGUOUS if self.values else TextOutcome.UNREADABLE

    @property
    def value(self) -> Decimal | None:
        """The value where there is exactly one."""
        return self.values[0] if len(self.values) == 1 else None


def seen(text: str) -> str:
    """A text as the eye sees it, its digits and marks plain ones."""
    return text.translate(_PLAIN)


def readings(text: str) -> tuple[Reading, ...]:
    """All distinct readings of a typed text, Vietnamese notation first; empty when it is no plain number."""
    body = seen(text).strip(_BLANKS) if len(text) <= _LONGEST_NUMBER else ""
    body = body.removeprefix("=").lstrip(_BLANKS)
    percent = body.endswith("%")
    body = body.removesuffix("%").rstrip(_BLANKS)
    if body[:1] == "+" and body[1:2] not in ("+", "-"):
        body = body[1:].lstrip(_BLANKS)
    negative = body.startswith("-")
    found: list[Reading] = []
    for convention in _CONVENTIONS:
        match = convention.fullmatch(body.removeprefix("-"))
        if match is None:
            continue
        rest = match["rest"] or ""
        magnitude = Decimal(f"{_NOT_DIGIT.sub('', match['whole'])}.{rest or '0'}")
        if negative and not magnitude:
            continue  # "-0" is a slip, not a zero
        value = tidy(magnitude.copy_negate() if negative else magnitude)
        reading = Reading(tidy(value.scaleb(-2, EXACT)) if percent else value, percent, len(rest))
        if reading not in found:
            found.append(reading)
    return tuple(found)


def fault(value: Decimal, indicator: Indicator) -> str | None:
    """Why `value` cannot stand in the indicator's cell (a message code), or None when it can."""
    broken = broken_limit(value, indicator)
    if broken is None and settled(value, indicator) != value:
        return "number_not_whole"  # a person typed these decimals
    if broken == "ratio":
        return "ratio_percent_points" if value <= 100 else "ratio_out_of_range"
    return _FAULTS[broken] if broken else None


def read_number(text: str, indicator: Indicator) -> NumberText:
    """The readings of `text` valid for the indicator.

    A percent sign is valid in ratio cells only; there a text without one may be a fraction or percent points.
    """
    ratio = indicator.kind is Kind.RATIO
    candidates: set[Decimal] = set()
    for reading in readings(text):
        if ratio or not reading.percent:
            candidates.add(reading.value)
        if ratio and not reading.percent:
            candidates.add(tidy(reading.value.scaleb(-2, EXACT)))
    valid = (value for value in candidates if fault(value, indicator) is None)
    return NumberText(tuple(sorted(valid, reverse=True)))


def claimed_points(text: str) -> tuple[tuple[Decimal, int], ...]:
    """Every percentage a text may claim: (percent points, decimals as written)."""
    claimed: list[tuple[Decimal, int]] = []
    for reading in readings(text):
        points = tidy(reading.value.scaleb(2, EXACT))
        if reading.percent:
            claimed.append((points, reading.decimals))
        else:
            claimed += [(reading.value, reading.decimals), (points, max(0, reading.decimals - 2))]
    return tuple(claimed)
