"""Figures above what they can reach: points over the maximum, ranks beyond the last, shares over 100 %."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cchc_xl.model.terms import Severity
from cchc_xl.reports.proofreading.outline import Line, Zone
from cchc_xl.reports.proofreading.report import Found, Report
from cchc_xl.reports.proofreading.tokens import Fraction, Quantity


def find(report: Report) -> Iterator[Found]:
    """Everything above its cap."""
    for line in report.outline.lines:
        if line.zone in (Zone.PLAN, Zone.END, Zone.APPENDIX):
            continue
        for token in line.tokens:
            if isinstance(token, Fraction):
                yield from _fraction(report, line, token)
        for statement in report.in_line(line):
            if statement.quantity.is_percent and statement.quantity.value > 100 and statement.is_result:
                yield from _percentage(report, line, statement.quantity)


def _fraction(report: Report, line: Line, token: Fraction) -> Iterator[Found]:
    if token.part.value <= token.whole.value:
        return
    if not (token.is_score or token.is_rank) and _measures_growth(report, line, token.start, token.end):
        return
    words = {"part": token.part.text, "whole": token.whole.text}
    code = "rank_beyond" if token.is_rank else "score_above" if token.is_score else "part_above_whole"
    yield Found("cap", Severity.WARNING, line, token.start, token.end, code, words, f"≤ {token.whole.text}")


def _percentage(report: Report, line: Line, quantity: Quantity) -> Iterator[Found]:
    if not _measures_growth(report, line, quantity.start, quantity.end):
        words = {"percent": quantity.text}
        yield Found(
            "cap", Severity.WARNING, line, quantity.start, quantity.end, "share_above", words, "≤ 100%"
        )


def _measures_growth(report: Report, line: Line, start: int, end: int) -> bool:
    """Whether the words around compare with a plan or another time, where more than all is ordinary."""
    around = re.split(r"[;.](?=\s)", line.text[:start])[-1] + line.text[start : end + 60].split(";")[0]
    return bool(report.lexicon.pattern("compared").search(around)) or "kế hoạch" in around.casefold()
