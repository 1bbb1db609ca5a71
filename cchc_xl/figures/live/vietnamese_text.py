"""Figures as Vietnamese text whatever the PC's settings: 5.650 and 60,53% from whole-number arithmetic."""

from __future__ import annotations

from decimal import Decimal

from cchc_xl.figures.numbers import round_half_up
from cchc_xl.model import KPS, Indicator, Kind
from cchc_xl.model.periods import day_of_number
from cchc_xl.model.terms import Figure

_GROUPS = 5  # 15 digits, as many as Excel keeps
_REFUSED = "✖"


def text_formula(indicator: Indicator, name: str) -> str:
    """Formula of the text of the figure in `name`: number, KPS, a typed text as it is, or nothing."""
    number = _NUMBER_FORMULAS.get(indicator.kind, _whole_formula)(name)
    if indicator.kind is Kind.TEXT:
        return f'={name}&""'
    if _may_be_negative(indicator):
        number = f'IF({name}<0,"-","")&{_decimal_formula(f"ABS({name})")}'
        return f'=IF(ISNUMBER({name}),{number},{name}&"")'
    return f'=IF(ISNUMBER({name}),IF({name}<0,"{_REFUSED}",{number}),IF({name}="KPS","KPS",{name}&""))'


def text_value(indicator: Indicator, figure: Figure) -> str:
    """What `text_formula` shows."""
    if figure is None:
        return ""
    if not isinstance(figure, Decimal):
        return KPS if figure.upper() == KPS and indicator.kind is not Kind.TEXT else figure
    if indicator.kind is Kind.TEXT:
        return f"{figure:f}"
    if _may_be_negative(indicator):
        return ("-" if figure < 0 else "") + _decimal_text(abs(figure))
    return _REFUSED if figure < 0 else _NUMBER_TEXTS.get(indicator.kind, _whole_text)(figure)


def _may_be_negative(indicator: Indicator) -> bool:
    """A computed change: what is typed is never below 0."""
    return indicator.kind is Kind.DECIMAL and indicator.formula is not None


def _grouped_formula(x: str) -> str:
    """Whole numbers have no separator when they become text, so cutting it in threes is safe."""
    formula = _cut(x, _GROUPS)
    for groups in range(_GROUPS - 1, 0, -1):
        formula = f"IF(LEN({x})<={3 * groups},{_cut(x, groups)},{formula})"
    return formula


def _cut(x: str, groups: int) -> str:
    if groups == 1:
        return f'{x}&""'
    middle = "".join(f'&"."&MID({x},LEN({x})-{3 * g - 1},3)' for g in range(groups - 1, 1, -1))
    return f'LEFT({x},LEN({x})-{3 * (groups - 1)}){middle}&"."&RIGHT({x},3)'


def _whole_formula(x: str) -> str:
    return f'IF({x}<>INT({x}),"{_REFUSED}",{_grouped_formula(x)})'


def _ratio_formula(x: str) -> str:
    hundredths = f"ROUND(ROUND({x},4)*10000,0)"  # the inner one rounds the decimal digits, as shown
    decimals = f'","&RIGHT("0"&MOD({hundredths},100),2)'
    return f'INT({hundredths}/100)&IF(MOD({hundredths},100)=0,"",{decimals})&"%"'


def _decimal_formula(x: str) -> str:
    hundredths = f"ROUND(ROUND({x},2)*100,0)"
    return f'INT({hundredths}/100)&","&RIGHT("0"&MOD({hundredths},100),2)'


def _date_formula(x: str) -> str:
    return f'RIGHT("0"&DAY({x}),2)&"/"&RIGHT("0"&MONTH({x}),2)&"/"&YEAR({x})'


def _whole_text(x: Decimal) -> str:
    return f"{int(x):,}".replace(",", ".") if x == x.to_integral_value() else _REFUSED


def _ratio_text(x: Decimal) -> str:
    whole, rest = divmod(int(round_half_up(x * 10_000, 0)), 100)
    return f"{whole},{rest:02d}%" if rest else f"{whole}%"


def _decimal_text(x: Decimal) -> str:
    whole, rest = divmod(int(round_half_up(x * 100, 0)), 100)
    return f"{whole},{rest:02d}"


def _date_text(x: Decimal) -> str:
    return f"{day_of_number(int(x)):%d/%m/%Y}"


_NUMBER_FORMULAS = {Kind.RATIO: _ratio_formula, Kind.DECIMAL: _decimal_formula, Kind.DATE: _date_formula}
_NUMBER_TEXTS = {Kind.RATIO: _ratio_text, Kind.DECIMAL: _decimal_text, Kind.DATE: _date_text}
