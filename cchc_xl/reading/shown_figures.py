"""Figures as their number formats show them, against what the cells hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from enum import Enum, auto
from functools import lru_cache

from cchc_xl.excel.read.number_formats import is_date_format
from cchc_xl.excel.read.shown_text import (
    literal_digits,
    shown_number,
    shown_words,
    shows_whole_numbers,
)
from cchc_xl.excel.read.stored_workbook import StoredWorkbook
from cchc_xl.figures.numbers import format_percent_vi, format_vi
from cchc_xl.model import Finding, Indicator, Kind, Observation, Regime, Severity
from cchc_xl.model.names import as_compared
from cchc_xl.reading.placement import FigureCell
from cchc_xl.reading.told import at_figure
from cchc_xl.texts.recognised import SCALE_WORDS

_NUMBER = re.compile(r"\.?\d[\d.,'\s]*(?:E[+-]?\d+)?")
_WORD = re.compile(r"[^\W\d_]+")
_GROUPED = re.compile(r"\d{1,3}(?:([., '])\d{3})(?:\1\d{3})*")
_DASHES = frozenset("-\u2013\u2014")
_PERCENT, _PER_MILLE = "%", "\u2030"
_RATIO_FORMAT = "0.00%"  # the template's own
_ENOUGH_DECIMALS = {Kind.RATIO: 4}
_FEWEST = 2


class Seen(Enum):
    """What somebody takes a shown figure for."""

    SAME = auto()
    ROUNDED = auto()
    ANOTHER = auto()
    NOTHING = auto()


_RULES = {
    Seen.ROUNDED: ("shown_rounded", Severity.WARNING),
    Seen.ANOTHER: ("shown_as_another", Severity.ERROR),
    Seen.NOTHING: ("shown_as_nothing", Severity.ERROR),
}


def format_findings(
    regime: Regime,
    observations: Iterable[Observation],
    places: Mapping[str, FigureCell],
    stored: StoredWorkbook,
) -> list[Finding]:
    """Figures whose format makes them read as another number, as nothing, or rounded away."""
    findings: list[Finding] = []
    for observation in observations:
        indicator = regime.indicators[observation.indicator]
        place = places[indicator.code]
        cell = stored.cells(place.sheet).get(place.address)
        if cell is None or not cell.text:
            continue
        code = stored.number_format(place.sheet, place.address)
        if cell.kind == "text":
            seen, shown, holds = _words_seen(cell.text, code)
        elif observation.value is not None:
            seen, shown = _seen(observation.value, code, indicator)
            holds = _in_words(observation.value, indicator)
        else:
            continue
        if seen is not Seen.SAME:
            rule, severity = _RULES[seen]
            words = {"shown": shown.strip(), "stored": holds}
            findings.append(at_figure(rule, severity, regime, indicator.code, place, **words))
    return findings


def _in_words(value: Decimal, indicator: Indicator) -> str:
    return format_percent_vi(value) if indicator.kind is Kind.RATIO else format_vi(value)


def _words_seen(text: str, code: str) -> tuple[Seen, str, str]:
    """A text as its format shows it."""
    if shows_whole_numbers(code):
        return Seen.SAME, text, text
    shown = shown_words(text, code)
    holds = f"“{text.strip()[:60]}”"
    if as_compared(shown) == as_compared(text):
        return Seen.SAME, shown, holds
    return (Seen.ANOTHER if shown.strip() else Seen.NOTHING), shown[:60], holds


def _seen(value: Decimal, code: str, indicator: Indicator) -> tuple[Seen, str]:
    if shows_whole_numbers(code) and value == value.to_integral_value():
        return Seen.SAME, ""
    if indicator.kind is Kind.RATIO and code == _RATIO_FORMAT:
        return Seen.SAME, ""
    if is_date_format(code):
        lying = indicator.kind is Kind.DATE and literal_digits(code)
        return (Seen.ANOTHER if lying else Seen.SAME), code
    shown = shown_number(value, code) or ""
    return taken_for(shown, value, indicator.kind, indicator.unit_of_measure), shown


@lru_cache(maxsize=4096)
def taken_for(shown: str, value: Decimal, kind: Kind, unit_of_measure: str) -> Seen:
    """What a shown figure is taken for, read in the American or the Vietnamese way."""
    found = _NUMBER.findall(shown)
    if not found:
        return Seen.SAME if value == 0 and shown.strip() in _DASHES else Seen.NOTHING
    before, _, after = shown.partition(found[0])
    words = set(_WORD.findall((before + after).casefold()))
    own = set(_WORD.findall(unit_of_measure.casefold()))
    if len(found) > 1 or words & SCALE_WORDS - own or _PER_MILLE in shown:
        return Seen.ANOTHER
    is_percent = _PERCENT in shown and kind is Kind.RATIO
    sign = -1 if set(before) & {*_DASHES, "("} else 1
    readings = [sign * r / (100 if is_percent else 1) for r in _readings(found[0])]
    if value in readings:
        return Seen.SAME
    rounded = next(
        (r for r in readings if r and abs(r - value) <= _half_a_step(found[0], r, is_percent)), None
    )
    if rounded is None:
        return Seen.ANOTHER
    enough = _ENOUGH_DECIMALS.get(kind, _FEWEST)
    return Seen.SAME if _decimals(found[0]) + 2 * is_percent >= enough else Seen.ROUNDED


def _readings(digits: str) -> list[Decimal]:
    """A shown number as Excel wrote it, and as a Vietnamese reader may take its separators."""
    text = re.sub(r"[\s']", "", digits).rstrip(".,")
    candidates = [text.replace(",", "")]
    if _GROUPED.fullmatch(digits.strip()):
        candidates.append(re.sub(r"[.,]", "", text))
    found = []
    for candidate in candidates:
        try:
            found.append(Decimal(candidate))
        except InvalidOperation:
            continue
    return found


def _decimals(digits: str) -> int:
    return len(re.sub(r"\s|E.*", "", digits).partition(".")[2])


def _half_a_step(digits: str, reading: Decimal, is_percent: bool) -> Decimal:
    """Half a unit of the last place shown."""
    if "E" in digits:
        return abs(reading).scaleb(-max(_decimals(digits), 1)) / 2
    return Decimal(1).scaleb(-_decimals(digits) - 2 * is_percent) / 2
