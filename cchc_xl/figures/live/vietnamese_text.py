"""Figures as Vietnamese text whatever the PC's settings: 5.650 and 60,53% from whole-number arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from cchc_xl import texts
from cchc_xl.figures.expressions import Formula, Node
from cchc_xl.figures.expressions.functions import (
    ABS,
    AND,
    DAY,
    FIND,
    IF,
    INT,
    ISERROR,
    ISNUMBER,
    LEFT,
    LEN,
    MID,
    MOD,
    MONTH,
    RIGHT,
    ROUND,
    TRIM,
    YEAR,
)
from cchc_xl.figures.expressions.nodes import cell, joined, phrase
from cchc_xl.figures.numbers.limits import NUMBER, limits
from cchc_xl.model import KPS, Indicator, Kind
from cchc_xl.model.terms import Figure

_GROUPS = 5  # 15 digits, as many as Excel keeps
_REFUSED = "✖"
_ROOM_FOR_A_PEN = "      "


@lru_cache(maxsize=4096)
def text_of(indicator: Indicator) -> Formula:
    """The text of the figure in the indicator's named cell: number, KPS, a typed text as it is, nothing."""
    figure = cell(indicator.code)
    as_typed = joined(figure, "")
    if indicator.kind is Kind.TEXT:
        return Formula(as_typed)
    if _may_be_negative(indicator):
        signed = joined(IF(figure < 0, "-", ""), _decimal(ABS(figure)))
        return Formula(IF(ISNUMBER(figure), signed, as_typed))
    digits = _DIGITS.get(indicator.kind, _whole)(figure)
    number = IF(AND(*_possible(indicator, figure)), digits, _REFUSED)
    return Formula(IF(ISNUMBER(figure), number, IF(figure.equals(KPS), KPS, as_typed)))


def shown_text(indicator: Indicator, figure: Figure) -> str:
    """What `text_of` shows."""
    shown: str = text_of(indicator).value({indicator.code: figure})
    return shown


def _may_be_negative(indicator: Indicator) -> bool:
    """A computed change: what is typed is never below 0."""
    return indicator.kind is Kind.DECIMAL and indicator.formula is not None


def _possible(indicator: Indicator, figure: Node) -> Iterator[Node]:
    """What must hold for the figure to be shown; a computed percentage may be over 100 %."""
    for limit in limits(indicator):
        if indicator.is_input or limit.code != "ratio":
            yield limit.holds.with_cell(NUMBER, figure)


def _whole(x: Node) -> Node:
    """Arithmetic may have left 5649,999999999999 for 5650."""
    return _grouped(ROUND(x, 0))


def _grouped(x: Node) -> Node:
    """Whole numbers have no separator when they become text, so cutting it in threes is safe."""
    shown = _cut(x, _GROUPS)
    for groups in range(_GROUPS - 1, 0, -1):
        shown = IF(LEN(x) <= 3 * groups, _cut(x, groups), shown)
    return shown


def _cut(x: Node, groups: int) -> Node:
    if groups == 1:
        return joined(x, "")
    parts = [LEFT(x, LEN(x) - 3 * (groups - 1))]
    for group in range(groups - 1, 1, -1):
        parts.append(MID(x, LEN(x) - (3 * group - 1), 3))
    parts.append(RIGHT(x, 3))
    dotted = [part for group in parts for part in (".", group)]
    return joined(*dotted[1:])


def _ratio(x: Node) -> Node:
    hundredths = ROUND(ROUND(x, 4) * 10_000, 0)  # the inner one rounds the decimal digits, as shown
    rest = MOD(hundredths, 100)
    decimals = joined(",", RIGHT(joined("0", rest), 2))
    return joined(INT(hundredths / 100), IF(rest.equals(0), "", decimals), "%")


def _decimal(x: Node) -> Node:
    hundredths = ROUND(ROUND(x, 2) * 100, 0)
    return joined(INT(hundredths / 100), ",", RIGHT(joined("0", MOD(hundredths, 100)), 2))


def trimmed(x: Node) -> Node:
    """A number with as many decimals as it needs, two at most: 95 · 94,5 · 1.250."""
    hundredths = ROUND(ROUND(x, 2) * 100, 0)
    whole, rest = INT(hundredths / 100), MOD(hundredths, 100)
    grouped = IF(LEN(whole) <= 3, joined(whole, ""), IF(LEN(whole) <= 6, _cut(whole, 2), _cut(whole, 3)))
    tenths = IF(MOD(rest, 10).equals(0), joined(rest / 10, ""), RIGHT(joined("0", rest), 2))
    return joined(grouped, IF(rest.equals(0), "", joined(",", tenths)))


def _date(x: Node) -> Node:
    day, month = (RIGHT(joined("0", part), 2) for part in (DAY(x), MONTH(x)))
    return joined(day, "/", month, "/", YEAR(x))


def day_in_words(key: str, year: int) -> Node:
    """The day in a cell as documents write it; room for a pen where it is not known (NĐ 30/2020/NĐ-CP)."""
    day = cell(key)
    month = joined(IF(MONTH(day) < 3, "0", ""), MONTH(day))  # a leading zero for January and February only
    parts = {"day": RIGHT(joined("0", DAY(day)), 2), "month": month, "year": YEAR(day)}
    given = phrase(texts.text("wb_date_given"), **parts)
    return IF(ISNUMBER(day), given, texts.text("wb_date_open", year=year))


def report_number(key: str) -> Node:
    """Number and sign of the report: as typed, with "/BC-UBND" where only the number was typed."""
    typed = TRIM(cell(key))
    said = IF(typed.equals(""), _ROOM_FOR_A_PEN, typed)
    return IF(ISERROR(FIND("/", typed)), phrase(texts.text("wb_report_number"), number=said), typed)


_DIGITS = {Kind.RATIO: _ratio, Kind.DECIMAL: _decimal, Kind.DATE: _date}
