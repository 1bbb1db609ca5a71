"""Values as a workbook stores them: exact numbers, dates as day numbers, texts any XML parser reads back."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from decimal import Decimal

from cchc_xl.excel.write.formula_guard import utf16_length
from cchc_xl.model.errors import WriteRefused
from cchc_xl.model.periods import day_number
from cchc_xl.model.planned import CellValue
from cchc_xl.texts import text as message

TEXT_LIMIT = 32_767
_LARGEST_EXACT = 2**53
_FIRST_RIGHT_DAY = date(1900, 3, 1)  # Excel believes in 29 February 1900
_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_NO_XML_1 = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UNREADABLE = "\ufffd"

Number = int | float


class ExactNumber(float):
    """A float written with every digit it has; XlsxWriter itself would cut at 16."""

    def __format__(self, specification: str) -> str:
        return repr(float(self))

    __str__ = float.__repr__


class EmptyResult(str):
    """The empty text as a formula's result: XlsxWriter stores a plain "" as a number without digits."""

    def __eq__(self, other: object) -> bool:
        return False

    __hash__ = str.__hash__


def stored_number(value: Decimal | float | date) -> Number:
    """A number or date as stored. Raises WriteRefused for infinities and days Excel miscounts."""
    if isinstance(value, date):
        return _day_number(value)
    if isinstance(value, int):
        return value if abs(value) < _LARGEST_EXACT else ExactNumber(value)
    if not math.isfinite(value):
        raise WriteRefused(message("write_number", value=value))
    number = float(value)
    return int(number) if number.is_integer() and abs(number) < _LARGEST_EXACT else ExactNumber(number)


def stored_text(value: str) -> str:
    """A text as a shared string. Raises WriteRefused when longer than a cell holds."""
    if len(value) > TEXT_LIMIT // 2 and (length := utf16_length(value)) > TEXT_LIMIT:
        raise WriteRefused(message("write_text_long", length=length))
    return _NO_XML.sub(_UNREADABLE, value)


def stored_result(value: CellValue) -> Number | str | bool:
    """A formula's result. Raises WriteRefused when there is none."""
    if value is None:
        raise WriteRefused(message("write_formula_no_value"))
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _NO_XML_1.sub(_UNREADABLE, stored_text(value)) if value else EmptyResult()
    return stored_number(value)


def _day_number(day: date) -> Number:
    if isinstance(day, datetime):
        seconds = (day - datetime.combine(day.date(), datetime.min.time(), day.tzinfo)).total_seconds()
        return stored_number(_day_number(day.date()) + seconds / 86_400)
    if day < _FIRST_RIGHT_DAY:
        raise WriteRefused(message("write_date", value=day.isoformat()))
    return day_number(day)
