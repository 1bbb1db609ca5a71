"""A short number over the typed figures, so that the signed paper and the workbook can be matched.

Blank, 0, KPS, a text and every other number weigh differently. The live formula and the Python function give
the same code: whole-number terms under a modulus small enough for Excel's MOD and for exact doubles.
"""

from __future__ import annotations

import zlib
from decimal import Decimal
from functools import lru_cache

from cchc_xl.figures.numbers import round_half_up
from cchc_xl.model import KPS, Form, Indicator, Kind, Regime
from cchc_xl.model.terms import Figure, Figures

MODULUS = 999_983  # the largest prime below a million: six digits
_WEIGHT_RANGE = 9_000
_LARGEST = 100_000_000  # triệu đồng; scaled and divided it stays below what old MOD takes
_DECIMALS = {Kind.RATIO: 6}
_FEW_DECIMALS = 3


def form_code(form: Form, figures: Figures) -> int:
    """Code of one form's typed figures; 0 while all are blank."""
    return sum(_term(i, figures.get(i.code)) for i in form.inputs) % MODULUS


def control_code(regime: Regime, figures: Figures) -> int:
    """Code of all printed forms."""
    codes = ((form, form_code(form, figures)) for form in regime.printed_forms)
    return sum(_weight(form.code) * code for form, code in codes) % MODULUS


def code_text(code: int) -> str:
    """As the workbook shows it: "042 917"."""
    digits = f"{code:06d}"
    return f"{digits[:3]} {digits[3:]}"


def form_formula(form: Form) -> str:
    """Live formula of `form_code`, over defined names."""
    return f"=MOD({'+'.join(_term_formula(i) for i in form.inputs)},{MODULUS})"


def total_formula(cells: dict[str, str]) -> str:
    """Live formula of `control_code` from the cells that hold the forms' codes (form code → address)."""
    terms = "+".join(f"{_weight(code)}*{address}" for code, address in cells.items())
    return f"=MOD({terms},{MODULUS})"


@lru_cache(maxsize=4096)
def _weight(text: str) -> int:
    return zlib.crc32(text.encode()) % _WEIGHT_RANGE + 17


def _term(indicator: Indicator, figure: Figure) -> int:
    code = indicator.code
    if figure is None or figure == "":
        return 0
    if not isinstance(figure, Decimal):
        return _weight(f"{code} typed") + (_weight(f"{code} kps") if figure.upper() == KPS else 0)
    bounded = max(min(figure, Decimal(_LARGEST)), Decimal(-_LARGEST))
    decimals = _DECIMALS.get(indicator.kind, _FEW_DECIMALS)
    exact = bounded if bounded == int(bounded) else round_half_up(bounded, decimals)
    scaled = int(exact.scaleb(decimals))
    return _weight(code) * (scaled % MODULUS) + _weight(f"{code} typed") + _weight(f"{code} number")


def _term_formula(indicator: Indicator) -> str:
    code, decimals = indicator.code, _DECIMALS.get(indicator.kind, _FEW_DECIMALS)
    bounded = f"ROUND(MAX(MIN(N({code}),{_LARGEST}),-{_LARGEST}),{decimals})"
    whole = f"MOD(ROUND({bounded}*{10**decimals},0),{MODULUS})"
    weights = {part: _weight(f"{code} {part}") for part in ("typed", "number", "kps")}
    return (
        f"{_weight(code)}*{whole}+{weights['typed']}*COUNTA({code})+{weights['number']}*COUNT({code})"
        f'+{weights["kps"]}*COUNTIF({code},"KPS")'
    )
