"""A short number over the typed figures, so that the signed paper and the workbook can be matched.

Blank, 0, KPS, a text and every other number weigh differently: whole-number terms under a modulus small
enough for Excel's MOD and for exact doubles.
"""

from __future__ import annotations

import zlib
from decimal import Decimal
from functools import lru_cache

from cchc_xl.figures.expressions import Formula, Node
from cchc_xl.figures.expressions.functions import COUNT, COUNTA, COUNTIF, MAX, MIN, MOD, ROUND, N
from cchc_xl.figures.expressions.nodes import added, cell
from cchc_xl.model import KPS, Form, Indicator, Kind, Regime
from cchc_xl.model.terms import Figures

MODULUS = 999_983  # the largest prime below a million: six digits
_WEIGHT_RANGE = 9_000
_LARGEST = 100_000_000  # triệu đồng; scaled and divided it stays below what old MOD takes
_DECIMALS = {Kind.RATIO: 6}
_FEW_DECIMALS = 3


def form_code(form: Form, figures: Figures) -> int:
    """Code of one form's typed figures; 0 while all are blank."""
    return int(form_formula(form).value(figures))


def control_code(regime: Regime, figures: Figures) -> int:
    """Code of all printed forms."""
    codes = {form_key(form.code): Decimal(form_code(form, figures)) for form in regime.printed_forms}
    return int(total_formula(regime).value(codes))


def form_key(form: str) -> str:
    """Key of the cell with a form's code."""
    return f"code {form}"


@lru_cache(maxsize=256)
def form_formula(form: Form) -> Formula:
    """`form_code` over the named cells of the form."""
    return Formula(MOD(added(*(term for i in form.inputs for term in _terms(i))), MODULUS))


@lru_cache(maxsize=64)
def total_formula(regime: Regime) -> Formula:
    """`control_code` over the cells with the forms' codes."""
    terms = (_weight(form.code) * cell(form_key(form.code)) for form in regime.printed_forms)
    return Formula(MOD(added(*terms), MODULUS))


def code_text(code: int) -> str:
    """As the workbook shows it: "042 917"."""
    digits = f"{code:06d}"
    return f"{digits[:3]} {digits[3:]}"


@lru_cache(maxsize=4096)
def _weight(text: str) -> int:
    return zlib.crc32(text.encode()) % _WEIGHT_RANGE + 17


def _terms(indicator: Indicator) -> tuple[Node, ...]:
    figure, decimals = cell(indicator.code), _DECIMALS.get(indicator.kind, _FEW_DECIMALS)
    bounded = ROUND(MAX(MIN(N(figure), _LARGEST), -_LARGEST), decimals)
    whole = MOD(ROUND(bounded * 10**decimals, 0), MODULUS)
    weights = {part: _weight(f"{indicator.code} {part}") for part in ("typed", "number", "kps")}
    return (
        _weight(indicator.code) * whole,
        weights["typed"] * COUNTA(figure),
        weights["number"] * COUNT(figure),
        weights["kps"] * COUNTIF(figure, KPS),
    )
