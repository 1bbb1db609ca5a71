"""The live check beside a row: is the cell itself valid, which rule names it, is it still blank."""

from __future__ import annotations

from functools import lru_cache

from cchc_xl import texts
from cchc_xl.figures.checks import live_message
from cchc_xl.figures.expressions import Formula, Node
from cchc_xl.figures.expressions.functions import (
    AND,
    COUNTA,
    IF,
    ISBLANK,
    ISERROR,
    ISNUMBER,
    ISTEXT,
    OR,
    ROUND,
    SUM,
    TRIM,
)
from cchc_xl.figures.expressions.meaning import PASSED
from cchc_xl.figures.expressions.nodes import Operand, cell, joined, node, opposite
from cchc_xl.figures.live.rules import LiveRule, live_rules
from cchc_xl.figures.live.values import LiveValues, mark_key, own_key, right_key, shown_key, words_key
from cchc_xl.figures.live.wording import sentence
from cchc_xl.figures.numbers.limits import NUMBER, limits
from cchc_xl.model import KPS, Blank, Breakdown, Indicator, Kind, Regime
from cchc_xl.texts.recognised import NOTHING_TYPED


@lru_cache(maxsize=4096)
def check_of(regime: Regime, code: str) -> Formula:
    """The live check of a row with a figure, which stands in the cell of `own_key`."""
    indicator, own = regime.indicators[code], cell(own_key(code))
    rules = [live_rules(regime)[rule.id] for rule in regime.rules_at(code)]
    passed = _chain(rules, PASSED)
    fault = _say("wb_fault_error")
    if not indicator.is_input:
        over = IF(ISNUMBER(own), IF(own > 1, _say("wb_over_whole"), PASSED), PASSED)
        shown = _chain(rules, over) if indicator.kind is Kind.RATIO else passed
        return Formula(IF(ISERROR(own), fault, IF(own.equals(""), _say("wb_waiting"), shown)))
    blank = _chain(rules, _blank(regime, indicator))
    if indicator.kind is Kind.TEXT:
        return Formula(IF(ISERROR(own), fault, IF(ISBLANK(own), blank, passed)))
    counts = indicator.kind in (Kind.COUNT, Kind.MONEY)
    refused = _say("wb_as_zero" if counts else "wb_fault_kps")
    kps = passed if indicator.accepts_kps else refused
    text = _say("wb_fault_text")
    if counts:
        said = OR(*(TRIM(own).equals(spelling) for spelling in NOTHING_TYPED))
        text = IF(said, _say("wb_as_kps" if indicator.accepts_kps else "wb_as_zero"), text)
    word = IF(ISTEXT(own), IF(own.equals(KPS), kps, text), _number(indicator, own, passed))
    return Formula(IF(ISERROR(own), fault, IF(ISBLANK(own), blank, word)))


@lru_cache(maxsize=4096)
def shown_beside(regime: Regime, code: str) -> Formula | None:
    """The figure to compare with: of the heaviest failing rule, or what a blank row is expected to hold.

    None where no rule names the row.
    """
    rules = [live_rules(regime)[rule.id] for rule in regime.rules_at(code)]
    shown = node("")
    if regime.indicators[code].is_input:
        for live in reversed([live for live in rules if live.expects]):
            right = cell(right_key(live.rule.id))
            shown = IF(AND(ISBLANK(cell(code)), right.differs("")), right, shown)
    for live in reversed(rules):
        compared = cell(shown_key(live.rule.id)) if live.shown else ""
        shown = IF(_fails(live), compared, shown)
    return Formula(shown) if rules else None


def row_checks(regime: Regime, live: LiveValues) -> dict[str, str]:
    """What `check_of` shows for every row with a figure, by indicator code."""
    return {i.code: check_of(regime, i.code).value(live.cells) for i in regime.figures}


def longest_message(regime: Regime, indicator: Indicator) -> str:
    """The longest text the row's check may show."""
    rules = regime.rules_at(indicator.code)
    return max((f"⚠ {sentence(live_message(rule))}" for rule in rules), key=len, default="")


def _say(code: str) -> Node:
    return node(texts.text(code))


def _fails(live: LiveRule) -> Node:
    return cell(mark_key(live.rule.id)).equals(live.failed_mark)


def _chain(rules: list[LiveRule], otherwise: Operand) -> Node:
    """The sentence of the first rule that fails."""
    chain = node(otherwise)
    for live in reversed(rules):
        words = joined(f"{live.failed_mark} ", cell(words_key(live.rule.id)))
        chain = IF(_fails(live), words, chain)
    return chain


def _number(indicator: Indicator, own: Node, passed: Node) -> Node:
    """Why a number cannot stand in the cell, else what the rules say."""
    chain = passed
    for limit in reversed(limits(indicator)):
        code = f"wb_fault_{limit.code}"
        if limit.code == "fraction" and indicator.kind is Kind.MONEY:
            code = "wb_fault_fraction_money"
        chain = IF(opposite(limit.holds.with_cell(NUMBER, own)), _say(code), chain)
    return chain


def _blank(regime: Regime, indicator: Indicator) -> Node:
    """What a blank cell is told: to be filled, or read as 0 by a breakdown it is a part of."""
    chain = _say("wb_blank_kps" if indicator.accepts_kps else "wb_blank")
    if indicator.blank is Blank.OPTIONAL:
        chain = node("")
    by_id = {b.id: b for b in regime.breakdowns}
    for breakdown in regime.breakdowns:
        if indicator.code in breakdown.parts:
            read_as_zero = _balances(regime, breakdown)
            if parent := by_id.get(breakdown.parent or ""):
                nothing = ROUND(SUM(*map(cell, breakdown.parts)), 6).equals(0)
                without_total = COUNTA(cell(breakdown.total)).equals(0)
                read_as_zero = OR(read_as_zero, AND(_balances(regime, parent), without_total, nothing))
            chain = IF(read_as_zero, _say("wb_blank_zero"), chain)
    return chain


def _balances(regime: Regime, breakdown: Breakdown) -> Node:
    """Whether the notice stands that blanks of the breakdown are read as 0."""
    return _fails(live_rules(regime)[regime.blanks_as_zero(breakdown).id])
