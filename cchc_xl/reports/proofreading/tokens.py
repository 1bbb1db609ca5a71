"""Numbers, shares, dates, periods and cited documents in a line of prose; digits that are names are apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from cchc_xl.figures.numbers import readings
from cchc_xl.reports.proofreading.lexicon import alternatives, lexicon, words_of
from cchc_xl.reports.proofreading.token_patterns import KINDS, token_pattern

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_MONEY = {
    "billion": Decimal(1000),
    "million": Decimal(1),
    "thousand": Decimal("0.001"),
    "dong": Decimal("0.000001"),
}
MONEY = frozenset(_MONEY)
WHOLE = frozenset(lexicon().words("whole_units"))  # counted things: no decimals
_THOUSANDS = re.compile(r"\s*(?:nghìn|ngàn|chục|trăm)\s+(?!đồng)", re.I)  # "5,65 ngàn hồ sơ": rounded
_DIGIT = re.compile(r"\d|(?i:quý|sáu tháng|chín tháng|ba tháng)")
_LONGEST_UNIT = 5


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a line: characters `start` up to `end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Name(Token):
    """Digits that are no figure: khoản 2, tổng đài 1022, ISO 9001:2015, a range, a malformed number."""


@dataclass(frozen=True, slots=True)
class Quantity(Token):
    """A number with its unit. `value`: percent points for a percentage, triệu đồng for money."""

    value: Decimal
    decimals: int
    is_percent: bool
    unit: str  # "": none written
    unit_end: int
    is_about: bool = False  # gần, khoảng, trên, or so much more or less
    is_target: bool = False  # what is aimed at, not a result
    written: Decimal = Decimal(0)  # as written, before money is brought to triệu đồng

    @property
    def is_firm(self) -> bool:
        return not (self.is_about or self.is_target)


@dataclass(frozen=True, slots=True)
class Fraction(Token):
    """a/b; `is_rank`: a place among so many; `is_score`: points of a maximum."""

    part: Quantity
    whole: Quantity
    is_rank: bool = False
    is_score: bool = False


@dataclass(frozen=True, slots=True)
class Day(Token):
    """A date; `day` is None for one that is not in the calendar; without a written year it is in 2024."""

    day: date | None
    year_written: bool
    year: int | None


@dataclass(frozen=True, slots=True)
class Period(Token):
    """A period named: kind M, Q, S (6 tháng), N (9 tháng), A (năm); `year` None where it is not written."""

    kind: str
    number: int
    year: int | None


@dataclass(frozen=True, slots=True)
class Cited(Token):
    """A document's type and number as written."""

    type: str
    number: str


def tokens_of(line: str) -> tuple[Token, ...]:
    """Everything with digits in the line, left to right. Case of letters matters: symbols are capitals."""
    if not _DIGIT.search(line):
        return ()
    return tuple(_token(match, line) for match in token_pattern().finditer(line))


def _token(match: re.Match[str], line: str) -> Token:
    kind = next(name for name in KINDS if match[name] is not None)
    start, end, text = match.start(), match.end(), match[0]
    if kind == "rank":
        return _fraction(
            match,
            line,
            match["rank_a"],
            match.start("rank_a"),
            "",
            match["rank_b"],
            match.start("rank_b"),
            is_rank=True,
        )
    if kind == "fraction":
        return _fraction(
            match, line, match["a"], match.start("a"), match["noun"], match["b"], match.start("b")
        )
    if kind in ("cited", "bare"):
        number = match["number_a"] or match["number_b"] or match["number_c"]
        return Cited(start, end, text, " ".join((match["type"] or "").casefold().split()), number)
    if kind in ("day", "day_long", "day_short"):
        return _day(match, kind)
    if kind in ("months", "quarter", "month", "year"):
        return _period(match, kind)
    if kind == "percent":
        return _quantity(line, match["p"], match.start("p"), end, percent=True) or Name(start, end, text)
    if kind == "number":
        return _quantity(line, match["n"], match.start("n"), end) or Name(start, end, text)
    return Name(start, end, text)


def _day(match: re.Match[str], kind: str) -> Day:
    suffix = {"day": "", "day_long": "2", "day_short": "3"}[kind]
    year_text = match[f"y{suffix}"] if suffix != "3" else None
    day, month = int(match[f"d{suffix}"]), int(match[f"m{suffix}"])
    year = int(year_text) if year_text else None
    try:
        found = date(year if year is not None else 2024, month, day)
    except ValueError:
        return Day(match.start(), match.end(), match[0], None, year is not None, year)
    return Day(match.start(), match.end(), match[0], found, year is not None, year)


def _period(match: re.Match[str], kind: str) -> Period:
    place = (match.start(), match.end(), match[0])
    if kind == "months":
        count = {"sáu": 6, "chín": 9, "ba": 3}.get(match["count"].casefold()) or int(match["count"])
        half = 2 if (match["half"] or "").casefold() == "cuối" else 1
        return Period(*place, {6: "S", 9: "N", 3: "T"}[count], half, _year(match["y4"]))
    if kind == "quarter":
        return Period(*place, "Q", _ROMAN.get(match["q"]) or int(match["q"]), _year(match["y5"]))
    if kind == "month":
        return Period(*place, "M", int(match["m6"]), _year(match["y6"]))
    return Period(*place, "A", 1, _year(match["y7"]))


def _year(text: str | None) -> int | None:
    return int(text) if text else None


def _fraction(
    match: re.Match[str], line: str, a: str, a_at: int, noun: str, b: str, b_at: int, *, is_rank: bool = False
) -> Token:
    whole = _quantity(line, b, b_at, b_at + len(b))
    unit = _unit_of(noun)
    part = _quantity(line, a, a_at, a_at + len(a), unit=unit or (whole.unit if whole else ""))
    if part is None or whole is None:
        return Name(match.start(), match.end(), match[0])
    if unit and not whole.unit:
        whole = _quantity(line, b, b_at, b_at + len(b), unit=unit) or whole
    end = max(match.end(), whole.unit_end if is_rank else match.end())
    is_score = whole.unit == "points"
    return Fraction(match.start(), end, line[match.start() : end], part, whole, is_rank, is_score)


def _unit_of(words: str) -> str:
    found = words_of(words)
    units = lexicon().units
    for length in range(min(_LONGEST_UNIT, len(found)), 0, -1):
        if found[:length] in units:
            return units[found[:length]]
    return ""


_SPELLED = re.compile(r"\s*\((?:[^\W\d_]+\s*){1,6}\)")
_NEXT_WORDS = re.compile(r"\s*((?:[^\W\d_]+(?:/[^\W\d_]+)?|tr\.đ)(?:,?\s+[^\W\d_]+){0,4})")


def unit_after(line: str, at: int) -> tuple[str, int]:
    """Unit of measure written from `at` on, and where it ends; ("", at) without one."""
    spelled = _SPELLED.match(line, at)
    start = spelled.end() if spelled and "đồng" not in spelled[0] else at
    match = _NEXT_WORDS.match(line, start)
    if match is None:
        return "", at
    units = lexicon().units
    pieces = list(re.finditer(r"[^\W\d_]+", match[1]))
    words = words_of(match[1])
    for length in range(min(_LONGEST_UNIT, len(pieces)), 0, -1):
        unit = units.get(words[:length]) if len(words) == len(pieces) else None
        if unit is not None:
            return unit, match.start(1) + pieces[length - 1].end()
    return "", at


def _quantity(
    line: str, text: str, start: int, end: int, *, percent: bool = False, unit: str = ""
) -> Quantity | None:
    unit_end = end
    if not percent:
        found, unit_end = unit_after(line, end)
        unit = found or unit
    value = _value(text, unit, percent)
    if value is None:
        return None
    number, decimals = value
    worth = number * _MONEY[unit] if unit in _MONEY else number
    before = line[:start]
    return Quantity(
        start,
        end,
        line[start:end],
        worth,
        decimals,
        percent,
        unit,
        unit_end,
        is_about=_ends_with(before, "about") or _THOUSANDS.match(line, end) is not None,
        is_target=False,
        written=number,
    )


def _value(text: str, unit: str, percent: bool) -> tuple[Decimal, int] | None:
    """The value meant and its decimals: percentages up to a thousand, counted things whole, else vi-VN."""
    found = readings(text)
    if not found:
        return None
    if percent:
        found = tuple(r for r in found if r.value <= 1000) or found
        found = tuple(r for r in found if r.value <= 100) or found
    elif unit in WHOLE:
        found = tuple(r for r in found if r.value == r.value.to_integral_value()) or found
    return found[0].value, found[0].decimals


@lru_cache(maxsize=8)
def _ending(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(lexicon().words(name))})\s*$", re.I)


def _ends_with(before: str, name: str) -> bool:
    return _ending(name).search(before[-24:]) is not None
