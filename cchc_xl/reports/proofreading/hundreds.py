"""Percentages that together are everything: they must make 100."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from cchc_xl.figures.numbers import format_vi
from cchc_xl.model.terms import Severity
from cchc_xl.reports.proofreading.parts import partition_of
from cchc_xl.reports.proofreading.report import Found, Report
from cchc_xl.reports.proofreading.shares import shares_of
from cchc_xl.reports.proofreading.statements import Statement

_WHOLE = Decimal(100)


def find(report: Report) -> Iterator[Found]:
    """Groups of percentages that close a partition and do not make 100."""
    wholes = {id(share.percent): share.whole.value for share in shares_of(report)}
    for group in _groups(report):
        if len({wholes[id(s.quantity)] for s in group if id(s.quantity) in wholes}) > 1:
            continue  # shares of different things
        partition, roles = partition_of(report.lexicon.partitions, None, group)
        if partition is None:
            continue
        closes = frozenset(roles) in partition.closes or any("other" in s.about for s in group)
        added = sum((s.quantity.value for s in group), Decimal(0))
        tolerance = sum((Decimal(5).scaleb(-s.quantity.decimals - 1) for s in group), Decimal(0))
        if not (closes or added > _WHOLE + tolerance) or abs(added - _WHOLE) <= tolerance:
            continue
        if set(partition.two_readings) <= set(roles) and partition.two_readings:
            within = group[roles.index(partition.two_readings[0])].quantity.value
            if abs(added - within - _WHOLE) <= tolerance:
                continue
        first, last = group[0], group[-1]
        end = last.quantity.end if last.line is first.line else len(first.line.text)
        severity = (
            Severity.ERROR
            if last.line is first.line or last.line.parent == first.line.parent
            else Severity.WARNING
        )
        words = {"parts": " + ".join(s.value_text for s in group), "added": f"{format_vi(added)}%"}
        yield Found("part100", severity, first.line, first.quantity.start, end, "not_hundred", words, "100%")


def _groups(report: Report) -> Iterator[Sequence[Statement]]:
    """Percentages of one sentence, and of lines side by side."""
    for line in report.outline.lines:
        own = [s for s in report.in_line(line) if s.quantity.is_percent and s.is_result]
        for sentence in sorted({s.sentence for s in own}):
            together = [s for s in own if s.sentence == sentence]
            if len(together) > 1:
                yield together
        children = [report.in_line(child) for child in report.outline.children(line)]
        firsts = [found[0] for found in children if len(found) == 1 and found[0].quantity.is_percent]
        if len(firsts) > 1 and len(firsts) == len(children):
            yield firsts
