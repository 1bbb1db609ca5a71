"""Numbers and dates that cannot be read as written: 1.23.45 hồ sơ, 31/6/2026."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cchc_xl.model.terms import Severity
from cchc_xl.reports.proofreading.outline import Line, Zone
from cchc_xl.reports.proofreading.report import Found, Report
from cchc_xl.reports.proofreading.tokens import WHOLE, Day, Name, Quantity, unit_after

_CHAIN = re.compile(r"\d+(?:[.,]\d+)+")
_AVERAGE = re.compile(r"bình quân|trung bình|/\s*$", re.I)
_MOST_MONTHS = 12


def find(report: Report) -> Iterator[Found]:
    """Figures no notation reads, counted things with decimals, days the calendar does not have."""
    for line in report.outline.lines:
        if line.zone is Zone.END:
            continue
        for token in line.tokens:
            if isinstance(token, Name):
                yield from _chain(line, token)
            elif (
                isinstance(token, Day)
                and token.day is None
                and (token.year_written or "ngày" in token.text.lower())
            ):
                yield Found(
                    "format",
                    Severity.WARNING,
                    line,
                    token.start,
                    token.end,
                    "no_such_day",
                    {"day": token.text},
                )
            elif isinstance(token, Quantity):
                yield from _broken_count(line, token)


def _chain(line: Line, token: Name) -> Iterator[Found]:
    if not _CHAIN.fullmatch(token.text.strip(" %")):
        return
    unit, _ = unit_after(line.text, token.end)
    if unit or token.text.rstrip().endswith("%"):
        yield Found(
            "format", Severity.WARNING, line, token.start, token.end, "unreadable", {"number": token.text}
        )


def _broken_count(line: Line, quantity: Quantity) -> Iterator[Found]:
    if (
        quantity.unit not in WHOLE
        or quantity.is_percent
        or quantity.written == quantity.written.to_integral_value()
    ):
        return
    if _AVERAGE.search(line.text) or line.text[quantity.unit_end :].lstrip().startswith("/"):
        return
    words = {"number": quantity.text}
    yield Found(
        "format", Severity.WARNING, line, quantity.start, quantity.unit_end, "count_with_decimals", words
    )
