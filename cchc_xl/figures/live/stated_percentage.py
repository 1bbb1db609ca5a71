"""The percentage written in the report, judged live against the exact quotient: right, truncated or wrong.

Says what `numbers.judge_percentage` says of the same cell when it is read, for up to 6 decimals.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from cchc_xl import texts
from cchc_xl.figures.expressions import Formula, Node
from cchc_xl.figures.expressions.functions import IF, ISBLANK, ISNUMBER, NOT, ROUND, ROUNDDOWN
from cchc_xl.figures.expressions.nodes import cell, node
from cchc_xl.figures.numbers import Claim
from cchc_xl.model.terms import Figure

STATED, EXACT = "stated", "exact"  # keys of the two cells
_POINTS = 2  # a fraction has two decimals more than its percentage
_MOST = 6


@lru_cache(maxsize=1)
def judgement() -> Formula:
    """Judgement of the stated fraction against the exact one."""
    stated, exact = cell(STATED), cell(EXACT)
    digits = node(_MOST + _POINTS)
    for decimals in reversed(range(_MOST)):
        fewer = decimals + _POINTS
        digits = IF(ROUND(stated, fewer).equals(ROUND(stated, _MOST + _POINTS)), fewer, digits)
    written = ROUND(stated, digits)
    cut = IF(written.equals(ROUNDDOWN(exact, digits)), _word(Claim.TRUNCATED), _word(Claim.WRONG))
    verdict = IF(written.equals(ROUND(exact, digits)), _word(Claim.RIGHT), cut)
    proven = IF(NOT(ISNUMBER(exact)), _say("wb_claim_unproven"), verdict)
    return Formula(IF(ISBLANK(stated), "", IF(NOT(ISNUMBER(stated)), _say("wb_claim_not_number"), proven)))


def judged(stated: Decimal | None, exact: Figure) -> str:
    """What the judgement shows."""
    word: str = judgement().value({STATED: stated, EXACT: exact})
    return word


def _word(claim: Claim) -> Node:
    return _say(f"wb_claim_{claim.value}")


def _say(code: str) -> Node:
    return node(texts.text(code))
