"""A report as the judges see it: outline, statements, its own period and unit; what they find in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from cchc_xl.model.documents import Document
from cchc_xl.model.errors import UsageError
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.proofs import KnownFigure
from cchc_xl.model.terms import Severity
from cchc_xl.reports.proofreading.lexicon import CAPITALS, Lexicon, lexicon
from cchc_xl.reports.proofreading.outline import Line, Outline, Zone, outline_of
from cchc_xl.reports.proofreading.statements import Statement, period_mark, statements_of
from cchc_xl.reports.proofreading.tokens import Period, Quantity

_UNIT = re.compile(
    r"(?:(?i:ubnd|ủy ban nhân dân|uỷ ban nhân dân)\s+)?(?P<kind>(?i:xã|phường|đặc khu))\s+"
    rf"(?P<name>[{CAPITALS}]\w*(?:\s+[{CAPITALS}]\w*){{0,3}})"
)
_PLAN = re.compile(r"phương hướng|nhiệm vụ trọng tâm|nhiệm vụ, giải pháp|giải pháp|kế hoạch công tác", re.I)
_TITLE = re.compile(r"\W*(?:báo cáo|kết quả|tình hình|công tác|về việc)(?!\w).{0,240}$", re.I)
_TITLE_LINES = 12


@dataclass(frozen=True, slots=True)
class Slip:
    """One figure and the value it may have been meant to have."""

    quantity: Quantity
    meant: Decimal


@dataclass(frozen=True, slots=True)
class Found:
    """A judge's finding: `code` names its message, `words` fill it in; `start`, `end` place the quote."""

    rule: str
    severity: Severity
    line: Line
    start: int
    end: int
    code: str
    words: Mapping[str, str] = field(default_factory=dict)
    expected: str | None = None
    repair: str | None = None  # one change of one figure that makes everything agree: "1.257 → 1.275"
    slips: tuple[Slip, ...] = ()  # changes that would make this statement true, see `repair.py`
    known: KnownFigure | None = None


@dataclass(frozen=True, eq=False)
class Report:
    """One report. What is worked out from its document is worked out once."""

    document: Document

    @cached_property
    def lexicon(self) -> Lexicon:
        return lexicon()

    @cached_property
    def outline(self) -> Outline:
        return outline_of(self.document, self.lexicon)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        return statements_of(self.outline)

    @cached_property
    def results(self) -> tuple[Statement, ...]:
        """Statements of what was done."""
        return tuple(s for s in self.statements if s.is_result)

    def scope_of(self, statement: Statement) -> frozenset[str]:
        """What part of the whole or other time a statement speaks of; the report's own period is none."""
        return statement.scope - {period_mark(period) for period in self.periods}

    def in_line(self, line: Line) -> list[Statement]:
        return self._by_line.get(line.index, [])

    @cached_property
    def _by_line(self) -> dict[int, list[Statement]]:
        found: dict[int, list[Statement]] = {}
        for statement in self.statements:
            found.setdefault(statement.line.index, []).append(statement)
        return found

    @cached_property
    def title(self) -> Sequence[Line]:
        """The lines of the title: after "BÁO CÁO", before the text begins."""
        head = [line for line in self.outline.lines if line.zone is Zone.HEAD][:_TITLE_LINES]
        after = next((n for n, line in enumerate(head) if _is_report(line)), None)
        return head[after + 1 :] if after is not None else head

    @cached_property
    def _has_title(self) -> bool:
        return any(_is_report(line) for line in self.outline.lines[:_TITLE_LINES])

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The report's own periods as its title names them: Quý II, or Quý II and 6 tháng."""
        for line in self.title[:4]:
            if not self._has_title and not _TITLE.match(line.words):
                continue
            plan = _PLAN.search(line.text)
            end = plan.start() if plan else len(line.text)
            named = [t for t in line.tokens if isinstance(t, Period) and t.start < end]
            finer = [p for p in named if p.kind != "A"] or named
            if finer:
                years = [t.year for t in line.tokens if isinstance(t, Period) and t.year]
                return tuple(_with_year(p, years[0] if years else None) for p in finer)
        return ()

    @cached_property
    def year(self) -> int | None:
        return next((p.year for p in self.periods if p.year), None)

    @cached_property
    def reference_period(self) -> ReferencePeriod | None:
        """The first of its own periods as the product writes it; None where the text does not say."""
        for period in self.periods:
            if period.year and period.kind in ("M", "Q", "S", "A"):
                try:
                    return ReferencePeriod(period.year, period.kind, period.number)
                except UsageError:
                    return None
        return None

    @cached_property
    def unit(self) -> str | None:
        """The reporting unit's name as the text itself gives it most: "xã An Trường"."""
        weight: dict[str, int] = {}
        for line in self.outline.lines:
            heavy = line.zone is Zone.HEAD or line.words.casefold().startswith("trên đây")
            for name in units_named(line.text):
                weight[name] = weight.get(name, 0) + (3 if heavy else 1)
        return max(weight, key=lambda name: weight[name]) if weight else None


def _is_report(line: Line) -> bool:
    return line.words.strip(" .:").casefold() in (
        "báo cáo",
        "dự thảo báo cáo",
        "báo cáo (dự thảo)",
        "báo cáo thay thế",
    )


def units_named(text: str) -> list[str]:
    """Communes named in a text: "xã An Trường"."""
    return [
        f"{m['kind'].casefold()} {m['name'].title() if m['name'].isupper() else m['name']}"
        for m in _UNIT.finditer(text)
    ]


def unit_matches(text: str) -> list[re.Match[str]]:
    """Where communes are named."""
    return list(_UNIT.finditer(text))


def _with_year(period: Period, year: int | None) -> Period:
    if period.year is not None or year is None:
        return period
    return Period(period.start, period.end, period.text, period.kind, period.number, year)
