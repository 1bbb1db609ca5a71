"""The percentage written in the report, judged live against the exact quotient: right, truncated or wrong.

Mirrors `numbers.judge_percentage` for 0 to 2 decimals written (4 to 8 are looked at as such).
"""

from __future__ import annotations

from decimal import Decimal

from cchc_xl import texts
from cchc_xl.figures.live.wording import quoted
from cchc_xl.figures.numbers import Claim, judge_percentage, round_half_up
from cchc_xl.model.terms import Figure

_POINTS = 2  # a fraction has two decimals more than its percentage
_DECIMALS = (0, 1, 2)
_MOST = 6


def judged_formula(claimed: str, exact: str) -> str:
    """Judgement of the fraction in cell `claimed` against the one in cell `exact`."""
    digits = str(_MOST + _POINTS)
    for decimals in reversed(_DECIMALS):
        shorter = decimals + _POINTS
        digits = f"IF(ROUND({claimed},{shorter})=ROUND({claimed},{_MOST + _POINTS}),{shorter},{digits})"
    right, cut, wrong = (quoted(_words(claim)) for claim in (Claim.RIGHT, Claim.TRUNCATED, Claim.WRONG))
    verdict = (
        f"IF(ROUND({claimed},{digits})=ROUND({exact},{digits}),{right},"
        f"IF(ROUND({claimed},{digits})=ROUNDDOWN({exact},{digits}),{cut},{wrong}))"
    )
    not_number = quoted(texts.text("wb_claim_not_number"))
    unproven = quoted(texts.text("wb_claim_unproven"))
    return (
        f'=IF(ISBLANK({claimed}),"",IF(NOT(ISNUMBER({claimed})),{not_number},'
        f"IF(NOT(ISNUMBER({exact})),{unproven},{verdict})))"
    )


def judged_value(claimed: Decimal | None, exact: Figure) -> str:
    """What `judged_formula` shows."""
    if claimed is None:
        return ""
    if not isinstance(exact, Decimal):
        return texts.text("wb_claim_unproven")
    most = round_half_up(claimed, _MOST + _POINTS)
    decimals = next((d for d in _DECIMALS if round_half_up(claimed, d + _POINTS) == most), _MOST)
    return _words(judge_percentage(claimed * 100, exact, decimals))


def _words(claim: Claim) -> str:
    return texts.text(f"wb_claim_{claim.value}")
