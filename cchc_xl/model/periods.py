"""Reference periods, written as SDMX does: 2026-M06, 2026-Q2, 2026-S1 (6 tháng), 2026-A1 (năm)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from cchc_xl import texts
from cchc_xl.model.errors import UsageError

_DAY_ZERO = date(1899, 12, 30)
LAST_DAY_NUMBER = 2_958_465  # 31/12/9999, the last day spreadsheets know
_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
_COUNT = {"M": 12, "Q": 4, "S": 2, "A": 1}
_SDMX = re.compile(r"(\d{4})-([MQSA])(\d{1,2})", re.I)
_LOCAL = (
    (re.compile(r"T(\d{1,2})/(\d{4})", re.I), "M"),
    (re.compile(r"Q([1-4])/(\d{4})", re.I), "Q"),
)


@dataclass(frozen=True, slots=True, order=True)
class ReferencePeriod:
    """One reference period. `kind` is M (tháng), Q (quý), S (6 tháng) or A (năm); `number` counts from 1."""

    year: int
    kind: str
    number: int

    def __post_init__(self) -> None:
        if (
            self.kind not in _COUNT
            or not 1 <= self.number <= _COUNT[self.kind]
            or not 2000 <= self.year <= 2100
        ):
            wrong = {"year": self.year, "kind": self.kind, "number": self.number}
            raise UsageError(texts.text("period_unreal", **wrong))

    def __str__(self) -> str:
        number = f"{self.number:02d}" if self.kind == "M" else str(self.number)
        return f"{self.year}-{self.kind}{number}"

    @property
    def label(self) -> str:
        """The period in Vietnamese, as reports write it: "Quý II năm 2026"."""
        code = f"period_S{self.number}" if self.kind == "S" else f"period_{self.kind}"
        return texts.text(code, year=self.year, number=self.number, roman=_ROMAN.get(self.number))

    @property
    def months(self) -> tuple[int, int]:
        """First and last calendar month of the period."""
        length = 12 // _COUNT[self.kind]
        return (self.number - 1) * length + 1, self.number * length

    def previous(self) -> ReferencePeriod:
        """The period of the same kind just before this one."""
        if self.number > 1:
            return ReferencePeriod(self.year, self.kind, self.number - 1)
        return ReferencePeriod(self.year - 1, self.kind, _COUNT[self.kind])

    def within(self, kind: str) -> tuple[ReferencePeriod, ...]:
        """The periods of a shorter kind it consists of, in order; () where it does not consist of such."""
        length = 12 // _COUNT[kind]
        first, last = self.months
        if length >= last - first + 1:
            return ()
        numbers = range((first - 1) // length + 1, last // length + 1)
        return tuple(ReferencePeriod(self.year, kind, number) for number in numbers)

    def window(self, cutoff_day: int) -> tuple[date, date]:
        """First and last day whose figures belong to the period.

        NĐ 09/2019/NĐ-CP, Điều 12: data run from the day after the cut-off of the month before the first
        month to the cut-off day of the last month (quý II, cut-off 14: 15/3 – 14/6).
        """
        first, last = self.months
        before = date(self.year - 1, 12, cutoff_day) if first == 1 else date(self.year, first - 1, cutoff_day)
        return before + timedelta(days=1), date(self.year, last, cutoff_day)


def parse_period(text: str) -> ReferencePeriod:
    """Read `2026-Q2`, `Q2/2026`, `6T/2026`, `T6/2026` or `2026`.

    Raises UsageError, in one Vietnamese line, for anything else.
    """
    cleaned = text.strip()
    if match := _SDMX.fullmatch(cleaned):
        return ReferencePeriod(int(match[1]), match[2].upper(), int(match[3]))
    for pattern, kind in _LOCAL:
        if match := pattern.fullmatch(cleaned):
            return ReferencePeriod(int(match[2]), kind, int(match[1]))
    if match := re.fullmatch(r"6T/(\d{4})", cleaned, re.I):
        return ReferencePeriod(int(match[1]), "S", 1)
    if match := re.fullmatch(r"\d{4}", cleaned):
        return ReferencePeriod(int(cleaned), "A", 1)
    raise UsageError(texts.text("period_unclear", period=text))


def day_number(day: date) -> int:
    """The number spreadsheets store for a day: 1 is 31/12/1899 (the 1900 date system after February 1900)."""
    return (day - _DAY_ZERO).days


def day_of_number(number: int) -> date:
    """The day of a stored number. Raises OverflowError beyond the calendar."""
    return _DAY_ZERO + timedelta(days=number)


def parse_day(text: str) -> date | None:
    """A day as people write it, day first: 15/3/2026, 15-3-2026, 15.3.2026; None for anything else."""
    match = re.fullmatch(r"\s*([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})\s*", text)
    if match is None:
        return None
    try:
        return date(int(match[4]), int(match[3]), int(match[1]))
    except ValueError:
        return None
