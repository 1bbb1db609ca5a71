"""Computed columns of a register: the formula of each, over the cells of its row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from cchc_xl import texts
from cchc_xl.figures.expressions import Formula, Node
from cchc_xl.figures.expressions.functions import AND, COUNT, COUNTA, IF, ISNUMBER, NOT, ROUND, N
from cchc_xl.figures.expressions.meaning import nearly
from cchc_xl.figures.expressions.nodes import added, cell, node
from cchc_xl.figures.registers.row_cells import REFERENCE_DATE, RowContext, column, filled, row_cells
from cchc_xl.model import KPS, Register, RegisterColumn
from cchc_xl.model.registers import RegisterRow, RegisterValue

DAYS_BEFORE = 7  # "sắp đến hạn"
_ORDER = ("share", "last_day", "met", "trend", "due")
_SIGNS = {"≥": ">=", "≤": "<=", "=": "="}
Parts = Mapping[str, str]  # role -> column


def with_results(register: Register, row: RegisterRow, context: RowContext) -> dict[str, RegisterValue]:
    """The row with every computed column; an empty row stays empty."""
    found = {c.code: row.get(c.code) for c in register.inputs}
    if all(value is None for value in found.values()):
        return {}
    cells = row_cells(found, context)
    for computed, formula in _formulas(register):
        found[computed.code] = cells[column(computed.code).text] = formula.value(cells)
    return found


@lru_cache(maxsize=256)
def result_of(register: Register, code: str) -> Formula:
    """The live formula of a computed column: nothing while the row is empty."""
    computed = next(c for c in register.columns if c.code == code)
    body = _RESULTS[computed.result](dict(computed.parts))
    if computed.linked:
        body = IF(_typed_here(computed).equals(0), _from_the_form(computed, body), body)
    return Formula(IF(filled(register).equals(0), "", body))


@lru_cache(maxsize=64)
def _formulas(register: Register) -> tuple[tuple[RegisterColumn, Formula], ...]:
    """Computed columns, each after those it is made of."""
    computed = sorted((c for c in register.columns if not c.is_input), key=lambda c: _ORDER.index(c.result))
    return tuple((c, result_of(register, c.code)) for c in computed)


def _say(code: str) -> Node:
    return node(texts.text(code))


def _typed_here(computed: RegisterColumn) -> Node:
    """How many parts of the figure are typed in the row itself."""
    roles = dict(computed.parts)
    return COUNTA(*(column(roles[role]) for role in ("figure", "numerator", "denominator")))


def _from_the_form(computed: RegisterColumn, otherwise: Node) -> Node:
    """The figure of the form the row's answer speaks of, so that nobody types it twice."""
    kind = column(dict(computed.parts)["kind"])
    for answer, codes in computed.linked:
        figure = cell(codes[0])
        value = IF(ISNUMBER(figure), figure, "")
        if len(codes) > 1:
            above = added(*map(cell, codes[:-1]))
            below = cell(codes[-1])
            share = IF(below.equals(0), KPS, above / below * 100)
            value = IF(COUNT(*map(cell, codes)) < len(codes), "", share)
        otherwise = IF(kind.equals(answer), value, otherwise)
    return otherwise


def _share(parts: Parts) -> Node:
    """The figure itself, or numerator over denominator in percent points."""
    figure, above, below = (column(parts[role]) for role in ("figure", "numerator", "denominator"))
    share = IF(below.equals(0), KPS, above / below * 100)
    return IF(AND(ISNUMBER(above), ISNUMBER(below)), share, IF(ISNUMBER(figure), figure, ""))


def _met(parts: Parts) -> Node:
    """A figure against its target; "đúng hạn" alone never, being 0 when everything was early."""
    figure, comparison, target = (column(parts[role]) for role in ("figure", "comparison", "target"))
    judged = node("")
    for written, sign in reversed(_SIGNS.items()):
        met = IF(nearly(sign, figure, target), _say("rg_met"), _say("rg_not_met"))
        judged = IF(comparison.equals(written), met, judged)
    judged = IF(AND(ISNUMBER(figure), ISNUMBER(target)), judged, "")
    if "kind" not in parts:
        return judged
    return IF(column(parts["kind"]).equals(_say("rg_on_time")), _say("rg_not_compared"), judged)


def _trend(parts: Parts) -> Node:
    """Against the figure of the period before."""
    figure, before = column(parts["figure"]), column(parts["before"])
    change = ROUND(figure - before, 6)
    word = IF(change > 0, _say("rg_up"), IF(change < 0, _say("rg_down"), _say("rg_same")))
    return IF(AND(ISNUMBER(figure), ISNUMBER(before)), word, "")


def _last_day(parts: Parts) -> Node:
    """ "trước ngày 30/6" is 29/6 at the latest; without a deadline of its own, the general one."""
    own, wording = column(parts["deadline"]), column(parts["wording"])
    otherwise = node("")
    if "general" in parts:
        last = general = cell(parts["general"])
        if "general_wording" in parts:
            last = general - IF(N(cell(parts["general_wording"])).equals(1), 1, 0)
        otherwise = IF(ISNUMBER(general), last, "")
    return IF(ISNUMBER(own), own - IF(wording.equals(_say("rg_before")), 1, 0), otherwise)


def _due(parts: Parts) -> Node:
    """Against the day of the report, never the clock."""
    state, last, today = column(parts["state"]), column(parts["last_day"]), cell(REFERENCE_DATE)
    done = _say("rg_finished")
    if "finished" in parts:
        finished = column(parts["finished"])
        late = IF(finished > last, _say("rg_finished_late"), done)
        done = IF(AND(ISNUMBER(finished), ISNUMBER(last)), late, done)
    soon = IF(last - today <= DAYS_BEFORE, _say("rg_due_soon"), _say("rg_in_time"))
    running = IF(today > last, _say("rg_overdue"), soon)
    running = IF(NOT(ISNUMBER(today)), _say("rg_no_reference"), running)
    running = IF(NOT(ISNUMBER(last)), _say("rg_no_deadline"), running)
    standing = _say("rg_standing")
    words = IF(state.equals(standing), standing, IF(state.equals(_say("rg_done")), done, running))
    return IF(state.equals(""), "", words)


_RESULTS: dict[str, Callable[[Parts], Node]] = {
    "share": _share,
    "met": _met,
    "trend": _trend,
    "last_day": _last_day,
    "due": _due,
}
