"""Percentages whose parts are told elsewhere: on time of finished, disbursed of planned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from cchc_xl.figures.numbers import Claim, format_vi, judge_percentage
from cchc_xl.model.terms import Severity
from cchc_xl.reports.proofreading.balances import role_of
from cchc_xl.reports.proofreading.report import Found, Report
from cchc_xl.reports.proofreading.shares import shares_of
from cchc_xl.reports.proofreading.statements import Statement
from cchc_xl.reports.proofreading.tokens import MONEY

_SUBJECTS = frozenset(
    {"dossier", "feedback", "task", "document", "staff", "capital", "disbursed", "issue", "survey"}
)
_WIDE = frozenset(
    (
        *(
            "rate",
            "dossier",
            "feedback",
            "finished",
            "early",
            "ontime",
            "total",
            "procedure",
            "received",
            "trả",
        ),
        *("disbursed", "capital", "planned", "cumulative", "in_period"),
    )
)
_HUNDRED = Decimal(100)


def find(report: Report) -> Iterator[Found]:
    """Percentages that their parts, as told elsewhere, contradict."""
    told = {id(share.percent) for share in shares_of(report)}
    for shape in report.lexicon.data["ratio"]:
        for statement in report.results:
            if id(statement.quantity) in told or not _is_said(shape, statement):
                continue
            found = (
                _money(report, statement)
                if shape["whole"] == "planned"
                else _counted(report, shape, statement)
            )
            if found is not None:
                yield found


def _is_said(shape: Mapping[str, Any], statement: Statement) -> bool:
    about = statement.about
    if not statement.quantity.is_percent or not set(shape["says"]) <= about or statement.part_of is not None:
        return False
    return not about - _WIDE and (statement.everything & _SUBJECTS) <= set(shape["subjects"]) | {
        "procedure",
        "disbursed",
    }


def _values(report: Report, subject: str, role: str) -> set[Decimal]:
    return {s.quantity.value for s in report.results if role_of(report, s, subject) == role}


def _counted(report: Report, shape: Mapping[str, Any], statement: Statement) -> Found | None:
    subject = next((s for s in shape["subjects"] if s in statement.everything), shape["subjects"][0])
    values = {
        role: _values(report, subject, role) for role in (*shape["part"], shape["whole"], shape["against"])
    }
    if any(len(found) > 1 for found in values.values()):
        return None
    against = next(iter(values[shape["against"]]), None)
    wholes = values[shape["whole"]]
    if not wholes:
        if statement.quantity.value == _HUNDRED and against:
            return _found(statement, "hundred_with_late", {"late": format_vi(against)}, None)
        return None
    whole = next(iter(wholes))
    if statement.quantity.value == _HUNDRED and against:
        return _found(statement, "hundred_with_late", {"late": format_vi(against)}, None)
    parts = [next(iter(values[role])) for role in shape["part"] if values[role]]
    readings = [sum(parts, Decimal(0))] if parts else []
    readings += [whole - against] if against is not None else []
    return _judged(statement, whole, [r for r in readings if 0 < r <= whole])


def _money(report: Report, statement: Statement) -> Found | None:
    """Disbursed of planned, as the section tells them."""
    money = [s for s in report.results if s.quantity.unit in MONEY and "in_period" not in s.about]
    near = [
        s for s in money if s.line.section == statement.line.section and s.line.index <= statement.line.index
    ] or money
    paid = {s.quantity.value for s in near if "disbursed" in s.about}
    planned = {
        s.quantity.value
        for s in near
        if "disbursed" not in s.about and s.about & {"planned", "assigned", "capital"}
    }
    if len(paid) != 1 or len(planned) != 1:
        return None
    return _judged(statement, next(iter(planned)), [next(iter(paid))])


def _judged(statement: Statement, whole: Decimal, readings: list[Decimal]) -> Found | None:
    percent = statement.quantity
    if not readings or whole <= 0:
        return None
    claims = [judge_percentage(percent.value, part / whole, percent.decimals) for part in readings]
    if Claim.RIGHT in claims:
        return None
    part = readings[claims.index(Claim.TRUNCATED)] if Claim.TRUNCATED in claims else readings[0]
    right = f"{format_vi(part / whole * 100, percent.decimals)}%"
    words = {
        "part": format_vi(part),
        "whole": format_vi(whole),
        "percent": statement.value_text,
        "right": right,
        "exact": f"{format_vi(part / whole * 100, 2)} %",
    }
    if Claim.TRUNCATED in claims and percent.decimals:
        return _found(statement, "cut", words, right, "pct-rounding", Severity.NOTICE)
    return _found(statement, "ratio_elsewhere", words, right)


def _found(
    statement: Statement,
    code: str,
    words: Mapping[str, str],
    expected: str | None,
    rule: str = "pct-wrong",
    severity: Severity = Severity.WARNING,
) -> Found:
    q = statement.quantity
    return Found(rule, severity, statement.line, q.start, q.end, code, words, expected)
