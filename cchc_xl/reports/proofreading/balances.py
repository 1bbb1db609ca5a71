"""Balances told over several sentences: taken in and carried over, finished and pending."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cchc_xl.figures.numbers import format_vi
from cchc_xl.model.terms import Severity
from cchc_xl.reports.proofreading.outline import Zone
from cchc_xl.reports.proofreading.parts import parts_of
from cchc_xl.reports.proofreading.repair import slips_of_sum
from cchc_xl.reports.proofreading.report import Found, Report
from cchc_xl.reports.proofreading.statements import Statement

_PASSING = frozenset(
    {"total", "received", "finished", "in_period", "procedure", "assigned", "planned", "new"}
)
_ONLINE = frozenset({"online", "direct", "post", "full", "partial"})
Block = dict[str, list[Statement]]


@dataclass(frozen=True, slots=True)
class Balance:
    """A total and the figures that must make it up, each the only one of its role in its section."""

    total: Statement
    parts: tuple[Statement, ...]
    carried: Statement | None  # what the total may leave out
    within: Statement | None  # a part that another may already hold: early within on time
    needs_all: bool  # parts are missing: only too large a sum proves anything


def find(report: Report) -> Iterator[Found]:
    """Totals that their parts, told elsewhere in the section, do not make up."""
    told = {id(p.total.quantity): {id(i.quantity) for i in p.items} for p in parts_of(report)}
    for balance in balances_of(report):
        mine = {id(part.quantity) for part in balance.parts}
        if mine <= told.get(id(balance.total.quantity), set()):
            continue  # one list, judged as such
        found = _judged(balance)
        if found is not None:
            yield found


def balances_of(report: Report) -> Iterator[Balance]:
    """Every balance whose total and parts each stand once in a section."""
    for shape in report.lexicon.data["balance"]:
        for subject in shape["subjects"]:
            for block in _blocks(report, subject).values():
                yield from _balance(shape, block)


def role_of(report: Report, statement: Statement, subject: str) -> str | None:
    """The figure's role in balances about `subject`; None for a figure about something narrower."""
    if statement.quantity.is_percent:
        return None
    if statement.part_of is not None:
        return _role_in_fraction(statement, subject)
    about = statement.about
    known = report.lexicon.data["roles"]
    others = about - {subject} - _PASSING - frozenset(known)
    if subject not in statement.everything or others - _ONLINE - {
        "intime",
        "supplement",
        "completed",
        "running",
    }:
        return None
    role = next((name for name, concepts in known.items() if about & set(concepts)), None)
    if about & _ONLINE and role not in (None, "all", "received", "new", "finished"):
        return None
    if about & _ONLINE:
        return None
    if subject == "feedback" and "pending" in about:
        return "pending"
    if role == "late" and ("pending" in about or _hangs_under(statement, "pending")):
        return "pending late"
    return role


def _role_in_fraction(statement: Statement, subject: str) -> str | None:
    """ "Hoàn thành 24/42 nhiệm vụ": finished ones of all."""
    assert statement.part_of is not None
    done = statement.about & {"finished", "completed"}
    if (
        subject not in statement.everything
        or not done
        or statement.about - _PASSING - {subject, "completed", "planned"}
    ):
        return None
    return next(iter(done)) if statement.quantity is statement.part_of.part else "all"


def _hangs_under(statement: Statement, concept: str) -> bool:
    """Whether the figure stands in brackets or a list of a figure about `concept`."""
    head = statement.line.text[: statement.quantity.start]
    inside = statement.depth > 0 and "đang" in head.casefold()
    return inside or (concept in statement.context and "finished" not in statement.context)


def _blocks(report: Report, subject: str) -> Mapping[tuple[str, ...], Block]:
    blocks: dict[tuple[str, ...], Block] = {}
    for statement in report.results:
        if statement.line.zone is Zone.REVIEW or statement.about & {"cumulative", "rate"}:
            continue
        role = role_of(report, statement, subject)
        if role is not None:
            block = blocks.setdefault((*statement.line.section, *sorted(report.scope_of(statement))), {})
            block.setdefault(role, []).append(statement)
    for block in blocks.values():
        alone = [s for s in block.get("intime", []) if "pending" in s.about]
        if alone and "pending" not in block and alone == block["intime"]:
            block["pending"] = block.pop("intime")  # "còn 58 hồ sơ đang giải quyết trong hạn"
    return blocks


def _balance(shape: Mapping[str, Any], block: Block) -> Iterator[Balance]:
    total = _only(block, shape["total"])
    if total is None:
        return
    parts: list[Statement] = []
    missing: list[str] = []
    for roles in shape["parts"]:
        for role in roles:
            part = _only(block, [role])
            if part is not None:
                parts.append(part)
            elif block.get(role):
                return  # told twice with different values: another judge's matter
            elif len(roles) == 1:
                missing.append(role)
    needed = set(shape.get("needs", [r for roles in shape["parts"] for r in roles]))
    if len(parts) < 2 or total in parts:
        return
    within = None
    if "two_readings" in shape:
        early, ontime = (_only(block, [role]) for role in shape["two_readings"])
        if early is None and ontime is None:
            return
        within = early if ontime is not None else None
    carried = _only(block, [shape["or_with"]]) if "or_with" in shape else None
    yield Balance(total, tuple(parts), carried, within, bool(set(missing) & needed))


def _only(block: Block, roles: Sequence[str]) -> Statement | None:
    """The one statement of these roles; also where it is told again with the same value."""
    found = [s for role in roles for s in block.get(role, [])]
    return found[0] if found and len({s.quantity.value for s in found}) == 1 else None


def _judged(balance: Balance) -> Found | None:
    total, parts = balance.total.quantity, [p.quantity for p in balance.parts]
    added = sum((p.value for p in parts), Decimal(0))
    allowed = {total.value}
    if balance.carried is not None:
        allowed.add(total.value + balance.carried.quantity.value)
    if added in allowed or (balance.needs_all and added < total.value):
        return None
    if balance.within is not None and added - balance.within.quantity.value == total.value:
        code, rule, severity = "two_readings", "sum-two-readings", Severity.NOTICE
    elif balance.needs_all and balance.within is not None:
        return None
    else:
        code, rule, severity = "balance_wrong", "balance", Severity.WARNING
    last = max((balance.total, *balance.parts), key=lambda s: s.line.index)
    line, quantity = last.line, last.quantity
    words = {
        "total": total.text.strip(),
        "added": format_vi(added),
        "parts": " + ".join(p.text.strip() for p in parts),
    }
    slips = slips_of_sum(total, parts) if severity is Severity.WARNING else ()
    place = (line, quantity.start, quantity.unit_end)
    return Found(rule, severity, *place, code, words, format_vi(added), slips=slips)
