"""The report's period against what its text says: titles, headings, closing, windows, as-of dates."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from cchc_xl.model.terms import Severity
from cchc_xl.reports.proofreading.outline import Line, Zone
from cchc_xl.reports.proofreading.report import Found, Report
from cchc_xl.reports.proofreading.tokens import Cited, Day, Period

_PLAN = re.compile(
    r"phương hướng|nhiệm vụ trọng tâm|nhiệm vụ, giải pháp|giải pháp|kế hoạch công tác|chương trình công tác",
    re.I,
)
_SAID = re.compile(r"báo cáo|kết quả|tình hình|công tác", re.I)
_CLOSING = ("trên đây",)
_AS_OF = re.compile(
    r"(?:tính\s+đến|lũy\s+kế\s+(?:tính\s+)?đến|luỹ\s+kế\s+đến|đến\s+thời\s+điểm|cộng\s+dồn\s+đến)(?:\s+hết)?\s*$",
    re.I,
)
_FROM = re.compile(r"từ\s*$", re.I)
_TO = re.compile(r"^\s*(?:đến|-|–|tới)\s*(?:hết\s+)?$", re.I)
_OTHER_TIME = re.compile(r"so với|cùng kỳ|tăng|giảm|năm trước|kỳ trước|trước đó|lũy kế|luỹ kế", re.I)
_STARTS = re.compile(r"\s*(?:trong|kết thúc)\s+$", re.I)
_LENGTHS = {"M": 1, "Q": 3, "S": 6, "N": 9, "A": 12, "T": 3}
_SLACK = timedelta(days=45)


def last_day(report: Report) -> date | None:
    """The last day of the report's own period; None where the text does not say."""
    ends = [_months(p)[1] for p in report.periods if p.year]
    return max(ends) if ends else None


def first_day(report: Report) -> date | None:
    """The first day of the report's own period."""
    begins = [_months(p)[0] for p in report.periods if p.year]
    return min(begins) if begins else None


def find(report: Report) -> Iterator[Found]:
    """Periods and dates of the text that contradict the title."""
    if not report.periods:
        yield from _windows(report, None)
        return
    title = next((line for line in report.title[:4] if any(isinstance(t, Period) for t in line.tokens)), None)
    for line in report.outline.lines:
        if line.zone in (Zone.END, Zone.APPENDIX) or line is title:
            continue
        yield from _named(report, line)
    yield from _windows(report, last_day(report))


def _months(period: Period) -> tuple[date, date]:
    year = period.year or 2000
    length = _LENGTHS[period.kind]
    number = 1 if period.kind in ("A", "N", "T") else period.number
    first, last = (number - 1) * length + 1, min(12, number * length)
    return date(year, min(12, first), 1), date(year, last, monthrange(year, last)[1])


def _named(report: Report, line: Line) -> Iterator[Found]:
    """The first period of a heading, opening or closing line that is neither the report's own nor next."""
    words = line.words.casefold().lstrip()
    plan_heading = line.is_heading and line.zone is Zone.PLAN
    opening = line.zone is Zone.HEAD and "báo cáo" in words and not _OTHER_TIME.search(words)
    closing = words.startswith(_CLOSING)
    heading = line.is_heading and line.depth <= 1
    if not (plan_heading or opening or closing or heading):
        yield from _told_of(report, line)
        return
    for token in line.tokens:
        if not isinstance(token, Period) or token.kind in ("A", "T") or _is_in_citation(line, token):
            continue
        before = line.text[: token.start]
        ahead = plan_heading or bool(_PLAN.search(before[_last_said(before) :]))
        wanted = [_next(p) for p in report.periods] if ahead else list(report.periods)
        if _fits(token, wanted, ahead):
            continue
        if opening and not (_SAID.search(before) or ahead):
            continue
        shown = " / ".join(_label(p) for p in wanted)
        code = "period_next" if ahead else "period_own"
        words_of = {"period": token.text.strip(), "wanted": shown}
        yield Found("period", Severity.WARNING, line, token.start, token.end, code, words_of, shown)
        return


def _last_said(before: str) -> int:
    """Where the sentence last turns to results; a plan named after it is ahead."""
    found = [m.start() for m in re.finditer(r"kết quả|tình hình", before, re.I)]
    return found[-1] if found else 0


def _is_in_citation(line: Line, token: Period) -> bool:
    """Whether the period belongs to a plan or programme named there ("Kế hoạch CCHC năm 2026")."""
    before = line.text[max(0, token.start - 60) : token.start]
    return (
        any(isinstance(t, Cited) and 0 <= token.start - t.end < 150 for t in line.tokens)
        and "báo cáo" not in before.casefold()
    )


def _fits(token: Period, wanted: list[Period], ahead: bool) -> bool:
    same = [p for p in wanted if p.kind == token.kind]
    if not same:
        return ahead or any(_inside(token, p) for p in wanted)
    return any(
        p.number == token.number and (token.year is None or p.year is None or token.year == p.year)
        for p in same
    )


def _inside(token: Period, own: Period) -> bool:
    """A shorter period within the report's own; a longer one must end with it (6 tháng with Quý II)."""
    if token.year is not None and own.year is not None and token.year != own.year:
        return False
    ends = _months(Period(0, 0, "", token.kind, token.number, own.year))[1]
    own_ends = _months(own)[1]
    if _LENGTHS[token.kind] > _LENGTHS[own.kind]:
        return ends == own_ends
    return False


def _next(period: Period) -> Period:
    most = {"M": 12, "Q": 4, "S": 2}.get(period.kind, 1)
    year = period.year
    if period.number < most:
        return Period(0, 0, "", period.kind, period.number + 1, year)
    return Period(0, 0, "", period.kind, 1, year + 1 if year else None)


def _label(period: Period) -> str:
    roman = ("", "I", "II", "III", "IV")
    names = {
        "M": f"tháng {period.number}",
        "Q": f"Quý {roman[period.number] if period.number < 5 else period.number}",
        "S": f"6 tháng {'đầu' if period.number == 1 else 'cuối'} năm",
        "N": "9 tháng",
        "A": "năm",
    }
    name = names.get(period.kind, period.text)
    return (
        f"{name} {period.year}"
        if period.kind in ("S", "A") and period.year
        else f"{name}/{period.year}"
        if period.year
        else name
    )


def _told_of(report: Report, line: Line) -> Iterator[Found]:
    """ "Trong tháng 5, …" over the results of June."""
    if line.zone not in (Zone.RESULTS, Zone.REVIEW):
        return
    token = next((t for t in line.tokens if isinstance(t, Period)), None)
    if (
        token is None
        or token.kind not in ("M", "Q")
        or not _STARTS.fullmatch(line.text[line.start : token.start])
    ):
        return
    same = [p for p in report.periods if p.kind == token.kind]
    if not same or _fits(token, same, False) or _OTHER_TIME.search(line.text):
        return
    shown = " / ".join(_label(p) for p in same)
    words = {"period": token.text.strip(), "wanted": shown}
    yield Found("period", Severity.WARNING, line, token.start, token.end, "period_told", words, shown)


def _windows(report: Report, end: date | None) -> Iterator[Found]:
    """Windows that end before they begin; as-of days of another year or far from the period."""
    begin = first_day(report)
    for line in report.outline.lines:
        if line.zone in (Zone.END, Zone.APPENDIX, Zone.PLAN, Zone.REQUEST):
            continue
        days = [t for t in line.tokens if isinstance(t, Day) and t.day is not None]
        for one, two in pairwise(days):
            if not _FROM.search(line.text[: one.start]) or not _TO.match(line.text[one.end : two.start]):
                continue
            yield from _window(line, one, two, begin, end)
        for day in days:
            if (
                day.year_written
                and _AS_OF.search(line.text[: day.start])
                and begin is not None
                and end is not None
            ):
                yield from _as_of(line, day, begin, end)


def _window(line: Line, one: Day, two: Day, begin: date | None, end: date | None) -> Iterator[Found]:
    first, last = one.day, two.day
    if first is None or last is None:
        return
    words = {"first": one.text.strip(), "last": two.text.strip()}
    if one.year_written and two.year_written and first > last:
        yield Found("as-of-date", Severity.WARNING, line, one.start, two.end, "window_backwards", words)
    elif (
        two.year_written
        and end is not None
        and begin is not None
        and not begin - _SLACK <= last <= end + _SLACK
    ):
        words["period"] = f"{begin:%d/%m/%Y} – {end:%d/%m/%Y}"
        yield Found("as-of-date", Severity.WARNING, line, one.start, two.end, "window_elsewhere", words)


def _as_of(line: Line, day: Day, begin: date, end: date) -> Iterator[Found]:
    assert day.day is not None
    if begin - _SLACK <= day.day <= end + _SLACK or _OTHER_TIME.search(
        line.text[max(0, day.start - 80) : day.start]
        .replace("Lũy kế", "")
        .replace("lũy kế", "")
        .replace("luỹ kế", "")
    ):
        return
    words = {"day": day.text.strip(), "period": f"{begin:%d/%m/%Y} – {end:%d/%m/%Y}"}
    expected = None
    if day.day.year != end.year:
        moved = day.day.replace(year=end.year) if (day.day.month, day.day.day) != (2, 29) else None
        expected = f"{moved:%d/%m/%Y}" if moved and begin - _SLACK <= moved <= end + _SLACK else None
    yield Found("as-of-date", Severity.WARNING, line, day.start, day.end, "as_of_elsewhere", words, expected)
