"""Results told again: a review that differs from them by a slip, calls a full share low, sums that differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from cchc_xl.figures.numbers import format_vi
from cchc_xl.model.terms import Severity
from cchc_xl.reports.proofreading.balances import role_of
from cchc_xl.reports.proofreading.outline import Zone
from cchc_xl.reports.proofreading.repair import is_slip
from cchc_xl.reports.proofreading.report import Found, Report
from cchc_xl.reports.proofreading.statements import Statement
from cchc_xl.reports.proofreading.twice import EMPTY, LEAST, WINDOWS, differ, names_a_time, where

_SHARE = 2  # both parts of a/b are statements


def find(report: Report) -> Iterator[Found]:
    """What a review or another section says of a result that is not so."""
    yield from _restated(report)
    yield from _low_words(report)
    yield from _same_sums(report)
    yield from _beside_their_totals(report)


def _restated(report: Report) -> Iterator[Found]:
    """Figures of a review that are a slip of the hand away from a result, or another value of its role."""
    results = [s for s in report.results if s.line.zone is not Zone.REVIEW]
    values = {(s.quantity.value, s.quantity.is_percent) for s in results}
    for statement in report.results:
        q = statement.quantity
        if statement.line.zone is not Zone.REVIEW:
            continue
        known = (q.value, q.is_percent) in values
        meant = _of_its_role(report, statement, results) or (
            None if known else _one_slip_away(report, statement, results)
        )
        if meant is not None:
            yield differ(meant, statement)


def _one_slip_away(report: Report, statement: Statement, results: Sequence[Statement]) -> Statement | None:
    q = statement.quantity
    if q.value < 100 and not q.decimals:
        return None
    about = statement.about - EMPTY - WINDOWS
    near = [
        s for s in results
        if (s.quantity.is_percent, s.quantity.unit) == (q.is_percent, q.unit)
        and s.quantity.decimals == q.decimals
        and report.scope_of(s) == report.scope_of(statement) and len(about & s.everything) >= LEAST
        and is_slip(q.value, s.quantity.value, q.decimals)
    ]  # fmt: skip
    near.sort(key=lambda s: -len(about & s.everything) / len(about | s.about))
    nearest = [
        s for s in near if len(about & s.everything) / len(about | s.about) == _first_nearness(about, near)
    ]
    return near[0] if len({s.quantity.value for s in nearest}) == 1 else None


def _first_nearness(about: frozenset[str], near: Sequence[Statement]) -> float:
    return len(about & near[0].everything) / len(about | near[0].about) if near else 0.0


def _of_its_role(report: Report, statement: Statement, results: Sequence[Statement]) -> Statement | None:
    for subject in ("dossier", "feedback"):
        role = role_of(report, statement, subject)
        if role in (None, "all", "received", "new", "pending late") or statement.about & WINDOWS:
            continue
        same = [
            s for s in results
            if role_of(report, s, subject) == role and not names_a_time(s)
            and report.scope_of(s) == report.scope_of(statement)
        ]  # fmt: skip
        values = {s.quantity.value for s in same}
        if len(values) == 1 and statement.quantity.value not in values and not names_a_time(statement):
            return same[0]
    return None


def _low_words(report: Report) -> Iterator[Found]:
    """A share called low where the report gives it as 100 %."""
    low = report.lexicon.pattern("low_words")
    full = [s for s in report.results if s.quantity.is_percent and s.quantity.value == 100]
    for line in report.outline.lines:
        match = low.search(line.text) if line.zone is Zone.REVIEW else None
        if match is None or not line.words.casefold().startswith(("tỷ lệ", "tỉ lệ")) or report.in_line(line):
            continue
        meant = report.lexicon.concepts(line.text[line.start : match.start()]) - {"rate"}
        meant &= report.lexicon.concept_names
        said = next((s for s in full if meant and meant <= _with_list(report, s)), None)
        if said is not None:
            words = {"percent": said.value_text, "where": where(said), "quote": line.words.strip(" .")[:80]}
            yield Found("scope", Severity.NOTICE, line, line.start, match.end(), "low_but_full", words)


def _with_list(report: Report, statement: Statement) -> frozenset[str]:
    """What a percentage is about, with the line before it in the same list."""
    about = set(statement.everything)
    about |= {c for s in report.in_line(statement.line) for c in s.about}
    lines = report.outline.lines
    for other in lines[max(0, statement.line.index - 2) : statement.line.index]:
        if other.parent == statement.line.parent:
            about |= {c for s in report.in_line(other) for c in s.about}
    return frozenset(about)


def _beside_their_totals(report: Report) -> Iterator[Found]:
    """ "Tổng số: 33 thủ tục", and in the next line "34/34 thủ tục …": the whole of a share is a slip away."""
    lines = report.outline.lines
    for line in lines[1:]:
        before = lines[line.index - 1]
        own, totals = report.in_line(line), report.in_line(before)
        if before.parent != line.parent or len(totals) != 1 or len(own) < _SHARE or own[1].part_of is None:
            continue
        total, whole = totals[0], own[1]
        if "total" not in total.about or total.quantity.unit != whole.quantity.unit or not total.is_result:
            continue
        narrower = (whole.about - total.everything) & frozenset(report.lexicon.words("dividing"))
        if not narrower and is_slip(whole.quantity.value, total.quantity.value):
            yield differ(total, whole)


def _same_sums(report: Report) -> Iterator[Found]:
    """Totals told in one section against their parts in another."""
    for shape in report.lexicon.data["same_sum"]:
        wanted = frozenset(shape["total"])
        totals = [s for s in report.results if _is_total(s, wanted)]
        parts = [_told(report, frozenset(part)) for part in shape["parts"]]
        if len({s.quantity.value for s in totals}) != 1 or any(p is None for p in parts):
            continue
        added = sum((p.quantity.value for p in parts if p is not None), Decimal(0))
        total = totals[0]
        if added == total.quantity.value:
            continue
        words = {
            "total": total.value_text,
            "parts": " + ".join(p.value_text for p in parts if p is not None),
            "added": format_vi(added),
            "gap": format_vi(abs(total.quantity.value - added)),
        }
        q = total.quantity
        yield Found(
            "cross-form",
            Severity.WARNING,
            total.line,
            q.start,
            q.unit_end,
            "parts_elsewhere",
            words,
            format_vi(added),
        )


def _is_total(statement: Statement, wanted: frozenset[str]) -> bool:
    about = statement.about
    if statement.quantity.is_percent or names_a_time(statement) or "submitted" in about:
        return False
    return about - EMPTY - {"total", "procedure"} == wanted and not statement.context & {"full", "partial"}


def _told(report: Report, wanted: frozenset[str]) -> Statement | None:
    found = [
        s for s in report.results
        if wanted <= _with_list(report, s) and "submitted" in s.about and not s.quantity.is_percent
        and len(_with_list(report, s) & {"full", "partial"}) == 1
    ]  # fmt: skip
    return found[0] if len({s.quantity.value for s in found}) == 1 else None
