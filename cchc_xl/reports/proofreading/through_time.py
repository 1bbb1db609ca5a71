"""Several reports side by side: what one leaves pending the next takes in; constants of the city."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cchc_xl.figures.numbers import format_vi
from cchc_xl.model.proofs import Fact, Facts
from cchc_xl.reports.proofreading.balances import role_of
from cchc_xl.reports.proofreading.periods import first_day, last_day
from cchc_xl.reports.proofreading.report import Report
from cchc_xl.reports.proofreading.statements import Statement

_SUBJECTS = ("dossier", "feedback")
_PASSED_ON = {"pending": "carried"}
_CONSTANTS = (
    frozenset({"procedure", "published"}),
    frozenset({"procedure", "full"}),
    frozenset({"procedure", "partial"}),
)
_NEXT_DAYS = 5  # a period follows another when it begins right after it ends


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A figure of one report that another report contradicts."""

    rule: str
    file: str
    fact: Fact
    other_file: str
    other: Fact
    code: str


def facts_of(file: str, report: Report) -> Facts:
    """The figures of a report worth holding against other reports."""
    return Facts(file, report.unit, first_day(report), last_day(report), tuple(_facts(report)))


def _facts(report: Report) -> Iterator[Fact]:
    for statement in report.results:
        if "cumulative" in statement.everything and not statement.quantity.is_percent:
            yield _fact("cumulative", statement.about - {"cumulative", "in_period", "total"}, statement)
            continue
        for subject in _SUBJECTS:
            role = role_of(report, statement, subject) or _bare_role(statement)
            if role in ("pending", "carried"):
                yield _fact(role, frozenset({subject}), statement)
                break
        constant = next(
            (c for c in _CONSTANTS if c <= statement.about and not statement.about & {"occurred", "dossier"}),
            None,
        )
        if constant is not None and statement.quantity.unit == "procedure" and statement.part_of is None:
            yield _fact("constant", constant, statement)


def _bare_role(statement: Statement) -> str | None:
    """ "Số từ kỳ trước chuyển qua: 24 hồ sơ": the unit names the subject."""
    if statement.quantity.unit != "dossier":
        return None
    return next((role for role in ("carried", "pending") if role in statement.about), None)


def _fact(kind: str, key: frozenset[str], statement: Statement) -> Fact:
    text = " ".join(statement.line.words.split())[:200]
    return Fact(
        kind, key, statement.quantity.value, statement.value_text, statement.line.paragraph.number, text
    )


def contradictions(reports: Sequence[Facts]) -> Iterator[Contradiction]:
    """Every contradiction between two of the reports, told of the later one."""
    dated = sorted(
        (r for r in reports if r.begins and r.ends), key=lambda r: (r.ends or date.min, r.begins or date.min)
    )
    for at, later in enumerate(dated):
        for earlier in dated[:at]:
            if _may_be_one_unit(earlier, later) and earlier.ends != later.ends:
                yield from _over_time(earlier, later)
    units: dict[str, Facts] = {}
    for report in reports:
        for name, other in units.items():
            if report.unit and report.unit != name and report.ends == other.ends:
                yield from _constants(other, report)
        if report.unit:
            units.setdefault(report.unit, report)


def _may_be_one_unit(one: Facts, other: Facts) -> bool:
    return one.unit is None or other.unit is None or one.unit == other.unit


def _over_time(earlier: Facts, later: Facts) -> Iterator[Contradiction]:
    follows = (
        earlier.ends is not None
        and later.begins is not None
        and 0 < (later.begins - earlier.ends).days <= _NEXT_DAYS
    )
    for fact in later.facts:
        for before in earlier.facts:
            if fact.key != before.key:
                continue
            if follows and _PASSED_ON.get(before.kind) == fact.kind and fact.value != before.value:
                yield Contradiction("cross-time", later.file, fact, earlier.file, before, "carried_differs")
                break
            same_year = (
                earlier.ends is not None and later.ends is not None and earlier.ends.year == later.ends.year
            )
            if same_year and fact.kind == before.kind == "cumulative" and fact.value < before.value:
                yield Contradiction("cross-time", later.file, fact, earlier.file, before, "cumulative_falls")
                break


def _constants(one: Facts, other: Facts) -> Iterator[Contradiction]:
    for fact in other.facts:
        for first in one.facts:
            if fact.kind == first.kind == "constant" and fact.key == first.key and fact.value != first.value:
                yield Contradiction("cross-unit", other.file, fact, one.file, first, "constant_differs")
                return


def words_of(found: Contradiction) -> dict[str, str]:
    """Placeholders of its message."""
    return {"here": found.fact.written, "there": found.other.written, "file": found.other_file,
            "value": format_vi(found.other.value)}  # fmt: skip
