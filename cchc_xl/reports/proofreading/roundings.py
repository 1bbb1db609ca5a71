"""Percentages of one list written to different decimals, or some rounded and some cut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from cchc_xl.figures.numbers import Claim, judge_percentage, round_half_up
from cchc_xl.model.terms import Severity
from cchc_xl.reports.proofreading.outline import Line
from cchc_xl.reports.proofreading.report import Found, Report
from cchc_xl.reports.proofreading.shares import Share, shares_of
from cchc_xl.reports.proofreading.statements import Statement


def find(report: Report) -> Iterator[Found]:
    """At most one notice a list for mixed decimals, at most one a report for mixed rounding."""
    told: set[int] = set()
    for line in report.outline.lines:
        if line.is_heading:
            continue
        group = [s for child in report.outline.children(line) for s in report.in_line(child)]
        found = _decimals([s for s in group if s.is_result and s.line.parent == line.index])
        if found is not None and found.line.index not in told:
            told.add(found.line.index)
            yield found
    yield from _rounding(shares_of(report))


def _decimals(group: Sequence[Statement]) -> Found | None:
    written = [
        s for s in group if s.quantity.is_percent and s.quantity.value not in (0, 100) and s.quantity.decimals
    ]
    counts = Counter(s.quantity.decimals for s in written)
    if len(written) < 2 or len(counts) < 2:
        return None
    usual = max(counts, key=lambda d: (counts[d], d))
    odd = next(s for s in written if s.quantity.decimals != usual)
    words = {"percent": odd.value_text, "usual": str(usual), "decimals": str(odd.quantity.decimals)}
    q = odd.quantity
    return Found("round-mix", Severity.NOTICE, odd.line, q.start, q.end, "mixed_decimals", words)


def _rounding(shares: Sequence[Share]) -> Iterator[Found]:
    cut = [s for s in shares if _claim(s) is Claim.TRUNCATED and s.percent.decimals]
    up = [s for s in shares if _claim(s) is Claim.RIGHT and _is_rounded_up(s)]
    if cut and up:
        words = {"cut": cut[0].percent.text.strip(), "rounded": up[0].percent.text.strip()}
        line: Line = cut[0].line
        place = (line, cut[0].percent.start, cut[0].percent.end)
        yield Found("round-mix", Severity.NOTICE, *place, "mixed_rounding", words)


def _claim(share: Share) -> Claim:
    if share.whole.value <= 0:
        return Claim.WRONG
    return judge_percentage(share.percent.value, share.part.value / share.whole.value, share.percent.decimals)


def _is_rounded_up(share: Share) -> bool:
    exact = share.part.value / share.whole.value * 100
    return round_half_up(exact, share.percent.decimals) > exact
