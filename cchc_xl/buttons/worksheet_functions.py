"""Worksheet functions of the add-in: they answer with a number or text, or with "✖ …" saying what is wrong.

Their descriptions in Excel's function wizard are `texts.text("udf_<name>")` and `udf_<name>_<argument>`.
Excel gives numbers as float, an empty cell as None, a date as datetime.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import xlwings as xw

from cchc_xl import texts
from cchc_xl.catalogue.units import load_units
from cchc_xl.figures.numbers import from_float, readings, round_half_up
from cchc_xl.figures.rounding import EXACT

NOT_APPLICABLE = "KPS"
_PERCENT_DIGITS = 2
_NAMES: dict[str, str] = {}


@xw.func(category="CCHC")
def cchc_doc_so(van_ban: Any) -> Any:
    """A number text in Vietnamese notation as a number ("5.650" is 5650); KPS and blank stay as they are."""
    read = _figure(van_ban)
    return float(read) if isinstance(read, Decimal) else read


@xw.func(category="CCHC")
def cchc_ten_don_vi(ma_don_vi: Any) -> Any:
    """Full name of the reporting unit with this five-digit code."""
    if not _NAMES:
        _NAMES.update((unit.code, unit.full_name) for unit in load_units())
    if ma_don_vi is None or ma_don_vi == "":
        return ""
    whole = isinstance(ma_don_vi, float) and ma_don_vi.is_integer()
    code = f"{int(ma_don_vi):05d}" if isinstance(ma_don_vi, float) and whole else str(ma_don_vi).strip()
    return _NAMES.get(code) or texts.text("udf_unit_unknown", code=code)


@xw.func(category="CCHC")
def cchc_ty_le(tu_so: Any, mau_so: Any) -> Any:
    """Numerator over denominator as a fraction, half-up to two decimals of percent (DOMAIN: percentages).

    KPS counts 0 above; a denominator of 0 or KPS gives "KPS"; a blank part gives "".
    """
    numerator, denominator = _figure(tu_so), _figure(mau_so)
    for part in (numerator, denominator):
        if isinstance(part, str) and part not in ("", NOT_APPLICABLE):
            return part
    if "" in (numerator, denominator):
        return ""
    if not isinstance(denominator, Decimal) or denominator == 0:
        return NOT_APPLICABLE
    above = numerator if isinstance(numerator, Decimal) else Decimal(0)
    return float(round_half_up(EXACT.divide(above, denominator), _PERCENT_DIGITS + 2))


def _figure(given: Any) -> Decimal | str:
    """A number, "" for blank, "KPS", or the text that says why it is none of them."""
    if isinstance(given, float) or (isinstance(given, int) and not isinstance(given, bool)):
        return from_float(given) if isinstance(given, float) else Decimal(given)
    if given is None or (isinstance(given, str) and not given.strip()):
        return ""
    if isinstance(given, str):
        if given.strip().upper() == NOT_APPLICABLE:
            return NOT_APPLICABLE
        found = readings(given)
        if found:
            return found[0].value
    return texts.text("udf_not_a_number", given=str(given)[:40])
