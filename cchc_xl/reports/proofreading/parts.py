"""Totals and their parts: in brackets, after "trong đó", in the lines beneath. One list, one sum."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from cchc_xl.figures.numbers import format_vi
from cchc_xl.model.terms import Severity
from cchc_xl.reports.proofreading.lexicon import CAPITALS, Partition
from cchc_xl.reports.proofreading.outline import Line, Zone
from cchc_xl.reports.proofreading.repair import slips_of_sum
from cchc_xl.reports.proofreading.report import Found, Report
from cchc_xl.reports.proofreading.statements import Statement
from cchc_xl.reports.proofreading.tokens import MONEY

_ELLIPSIS = re.compile(r"…|\.\.\.|(?<!\w)v\.\s?v|(?<!\w)vv(?!\w)")
_COLON = re.compile(r"[^,;.()\d]{0,40}:")
# "Đúng và trước hạn", "trực tiếp và qua bưu chính": one figure for both.
_TOGETHER = ((frozenset({"early", "ontime"}), "ontime"), (frozenset({"direct", "post"}), "direct"))
_APART = (frozenset({"finished", "pending"}), frozenset({"completed", "running"}))
_THREE = 3
_LARGE = 100  # below, one slip turns too many numbers into each other
_SENTENCE_END = re.compile(rf"[.!?](?=\s+[{CAPITALS}(])")


@dataclass(frozen=True, slots=True)
class Parts:
    """A total and figures listed as its parts. `is_complete`: the text says the list is whole."""

    total: Statement
    items: tuple[Statement, ...]
    is_complete: bool
    is_open: bool = False  # "trong đó có": some parts; only a closed partition of three proves anything


@lru_cache(maxsize=2)
def parts_of(report: Report) -> tuple[Parts, ...]:
    """Every list of parts the text gives."""
    return tuple(_lists(report))


def _lists(report: Report) -> Iterator[Parts]:
    for line in report.outline.lines:
        if line.zone in (Zone.PLAN, Zone.END, Zone.APPENDIX, Zone.REQUEST):
            continue
        own = report.in_line(line)
        for at, total in enumerate(own):
            if total.quantity.is_percent or not total.quantity.is_firm:
                continue
            found = _inline(report, line, own, at)
            if found is not None:
                yield found
        yield from _beneath(report, line, own)


def find(report: Report) -> Iterator[Found]:
    """Parts that are no parts of their total, or do not make it up."""
    for parts in parts_of(report):
        found = judged(report, parts)
        if found is not None:
            yield found


def _inline(report: Report, line: Line, own: Sequence[Statement], at: int) -> Parts | None:
    total = own[at]
    if total.part_of is not None and total.part_of.part is total.quantity:
        return None
    rest = own[at + 1 :]
    if not rest:
        return None
    gap = line.text[total.quantity.unit_end : rest[0].quantity.start]
    opens, depth = gap.rfind("("), total.depth
    complete = report.lexicon.pattern("complete").search(gap)
    introduced = complete or report.lexicon.pattern("parts").search(gap) or _COLON.match(gap)
    is_open = bool(report.lexicon.pattern("some_parts").search(gap))
    ends = _SENTENCE_END.search(gap.split("(")[0])
    if ends and not (introduced and not gap[ends.end() : introduced.start()].strip()):
        return None
    if opens >= 0 and rest[0].depth > depth:
        if re.search(r"[;.]", gap[:opens]):
            return None  # the bracket belongs to other words
        close = _closing(line.text, total.quantity.unit_end + opens)
        items = [s for s in rest if s.quantity.start < close and s.depth == rest[0].depth]
    elif introduced:
        end = _SENTENCE_END.search(line.text, total.quantity.unit_end + introduced.start())
        close = end.start() if end else len(line.text)
        items = [s for s in rest if s.quantity.start < close and s.depth == depth]
    else:
        return None
    items = _until_next_total(report, line, total, items)
    kept = _of_one_kind(total, items)
    whole = (
        bool(complete) and not is_open and len(kept) == len([s for s in items if not s.quantity.is_percent])
    )
    return (
        Parts(
            total,
            tuple(kept),
            whole and not _ELLIPSIS.search(line.text[:close], total.quantity.end),
            is_open,
        )
        if kept
        else None
    )


def _beneath(report: Report, line: Line, own: Sequence[Statement]) -> Iterator[Parts]:
    children = report.outline.children(line)
    outer = [s for s in own if s.depth == 0 and not s.quantity.is_percent]
    if len(children) < 2 or not outer or line.is_heading:
        return
    words = line.words.rstrip()
    tail = line.text[outer[-1].quantity.unit_end :]
    if any(s.depth > 0 for s in own) and not words.endswith(":"):
        return  # the parts stood in brackets already
    first = [_first_figure(report, child) for child in children]
    if any(item is None for item in first):
        return
    items = [item for item in first if item is not None]
    complete = bool(report.lexicon.pattern("complete").search(tail))
    if len(outer) == 1:
        kept = _of_one_kind(outer[0], items)
        if len(kept) == len(items):
            yield Parts(outer[0], tuple(kept), complete)
    elif len(outer) == 2 and outer[0].part_of is not None and all(i.part_of for i in items):
        seconds = [report.in_line(i.line)[1] for i in items]
        yield Parts(outer[0], tuple(items), complete)
        yield Parts(outer[1], tuple(seconds), complete)


def _first_figure(report: Report, child: Line) -> Statement | None:
    own = [s for s in report.in_line(child) if not s.quantity.is_percent]
    return own[0] if own and own[0].quantity.is_firm else None


def _closing(text: str, opening: int) -> int:
    depth = 0
    for at in range(opening, len(text)):
        depth += (text[at] == "(") - (text[at] == ")")
        if depth == 0:
            return at
    return len(text)


def _until_next_total(
    report: Report, line: Line, total: Statement, items: list[Statement]
) -> list[Statement]:
    """Items before another list begins, or what the total leaves out."""
    starts = re.compile(
        f"{report.lexicon.pattern('parts').pattern}|{report.lexicon.pattern('complete').pattern}", re.I
    )
    kept: list[Statement] = []
    for item in items:
        if any(
            total.about & pair and item.about & pair and not total.about & item.about & pair
            for pair in _APART
        ):
            break
        if kept:
            gap = line.text[kept[-1].quantity.end : item.quantity.start]
            if starts.search(gap) or (item.about & {"total"} and ";" in gap):
                break
        kept.append(item)
    return kept


def _of_one_kind(total: Statement, items: Sequence[Statement]) -> list[Statement]:
    def fits(item: Statement) -> bool:
        one, other = total.quantity, item.quantity
        if other.is_percent or not other.is_firm or (item.part_of and item.quantity is item.part_of.whole):
            return False
        return one.unit == other.unit or not one.unit or not other.unit or {one.unit, other.unit} <= MONEY

    return [item for item in items if fits(item)]


def judged(report: Report, parts: Parts) -> Found | None:
    """What is wrong with a list of parts; None when it adds up or need not."""
    total, items = parts.total.quantity, [s.quantity for s in parts.items]
    added = sum((q.value for q in items), Decimal(0))
    if added == total.value:
        return None
    partition, roles = partition_of(report.lexicon.partitions, parts.total, parts.items)
    place = _place(parts)
    words = {
        "total": total.text.strip(),
        "added": format_vi(added),
        "parts": " + ".join(q.text.strip() for q in items),
    }
    if partition is not None and _second_reading(partition, parts, roles):
        return Found("sum-two-readings", Severity.NOTICE, *place, "two_readings", words)
    if parts.is_open:
        if partition is None or frozenset(roles) not in partition.closes or len(roles) < _THREE:
            return None
        return Found(
            "sum",
            Severity.WARNING,
            *place,
            "sum_wrong",
            words,
            format_vi(added),
            slips=slips_of_sum(total, items),
        )
    above = next((q for q in items if q.value > total.value), None)
    if partition is None and len(items) > 1 and added > total.value and _excludes(report, parts):
        return Found(
            "sum",
            Severity.WARNING,
            *place,
            "sum_wrong",
            words,
            format_vi(added),
            slips=slips_of_sum(total, items),
        )
    closes = parts.is_complete or (partition is not None and frozenset(roles) in partition.closes)
    closes = closes or any("other" in s.about for s in parts.items) or _are_kinds(parts)
    if len(items) > 1 and (closes or (partition is not None and added > total.value)):
        return Found(
            "sum",
            Severity.ERROR,
            *place,
            "sum_wrong",
            words,
            format_vi(added),
            slips=slips_of_sum(total, items),
        )
    slips = slips_of_sum(total, items)
    if partition is not None and len(slips) == 1 and total.value >= _LARGE and len(items) > 1:
        return Found("sum", Severity.WARNING, *place, "sum_wrong", words, format_vi(added), slips=slips)
    if above is not None and (len(items) == 1 or partition is not None) and above.unit == total.unit:
        return Found("sum", Severity.ERROR, *place, "part_above_total", {**words, "part": above.text.strip()})
    return None


def _are_kinds(parts: Parts) -> bool:
    """Whether each part is another kind of document: 03 kế hoạch, 06 công văn, 02 quyết định."""
    kinds = [s.line.text[s.quantity.end : s.quantity.unit_end].strip().casefold() for s in parts.items]
    units = {s.quantity.unit for s in (parts.total, *parts.items)}
    return units == {"document"} and len(set(kinds)) == len(kinds) > 1


def _excludes(report: Report, parts: Parts) -> bool:
    """Whether the parts are in the total's own unit and no marks that one thing may have two of."""
    units = {s.quantity.unit for s in (parts.total, *parts.items)}
    words = " ".join(f"{s.before} {s.after}" for s in parts.items)
    return len(units) == 1 and "" not in units and not report.lexicon.pattern("overlapping").search(words)


def _place(parts: Parts) -> tuple[Line, int, int]:
    line = parts.total.line
    inside = [s.quantity for s in parts.items if s.line is line]
    end = max([parts.total.quantity.unit_end, *(q.unit_end for q in inside)])
    return line, parts.total.quantity.start, end


def partition_of(
    partitions: Sequence[Partition], total: Statement | None, items: Sequence[Statement]
) -> tuple[Partition | None, list[str]]:
    """The partition in which every item plays a part of its own, and those parts."""
    taken = total.about if total is not None else frozenset()
    for partition in partitions:
        roles: list[str] = []
        for item in items:
            mine = (item.about - taken) & partition.members
            if len(mine) != 1:
                mine = mine - {"received", "finished"} if len(mine) > 1 else mine
            for together, role in _TOGETHER:
                if together <= mine:
                    mine = (mine - together) | {role}
            if len(mine) != 1:
                break
            roles.append(next(iter(mine)))
        else:
            if len(set(roles)) == len(roles) and len(roles) > 1:
                return partition, roles
    return None, []


def _second_reading(partition: Partition, parts: Parts, roles: Sequence[str]) -> bool:
    if not set(partition.two_readings) <= set(roles) or not partition.two_readings:
        return False
    within = roles.index(partition.two_readings[0])
    around = roles.index(partition.two_readings[1])
    values = [s.quantity.value for s in parts.items]
    without = sum(values, Decimal(0)) - values[within]
    return without == parts.total.quantity.value and values[within] <= values[around]
