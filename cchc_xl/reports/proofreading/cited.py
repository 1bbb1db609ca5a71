"""Documents a report cites: serials against dates, years, one number with two titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cchc_xl.figures.registers.document_series import series_remarks
from cchc_xl.model import DocumentSeries
from cchc_xl.model.registers import RegisterRow
from cchc_xl.model.terms import Severity
from cchc_xl.reports.proofreading.outline import Line, Zone
from cchc_xl.reports.proofreading.periods import last_day
from cchc_xl.reports.proofreading.report import Found, Report
from cchc_xl.reports.proofreading.tokens import Cited, Day

_SERIES = DocumentSeries("number", "date", "type", "title", issuer="issuer")
_OWN = "ubnd xã"
_OWN_ACT = re.compile(
    r"(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân)\s+(?:xã|phường|đặc khu)[^.;]{0,80}?"
    r"(?:ban hành|triển khai|xây dựng)"
    r"|(?<!\w)(?:xã|phường|đặc khu)(?:\s+[^\W\d_]+){0,4}\s+(?:đã\s+)?ban hành", re.I
)  # fmt: skip
_BASIS = re.compile(r"(?:^|[;.])\s*(?:[-+]\s*)?(?:thực hiện|căn cứ|theo|tiếp tục thực hiện)(?!\w)", re.I)
_ISSUER = re.compile(
    r"(?:^|[\s,])(?:của|do)\s+(?P<who>[^;,.]{3,80}?)(?=\s+(?:về|ngày|ban hành|v/v)|[;,.]|$)", re.I
)
_OWN_NAMES = (
    "ubnd xã",
    "ubnd phường",
    "ubnd đặc khu",
    "ủy ban nhân dân xã",
    "ủy ban nhân dân phường",
    "uỷ ban nhân dân xã",
    "uỷ ban nhân dân phường",
    "ủy ban nhân dân đặc khu",
)
_TITLE = re.compile(
    r"[^.;:]{0,90}?(?<!\w)(?:về\s+việc|về|v/v|ban hành|kiện toàn)\s+(?P<title>.{5,300})", re.I | re.S
)
_ABBREVIATIONS = {"cchc": "cải cách hành chính", "tthc": "thủ tục hành chính", "ubnd": "ủy ban nhân dân",
                  "dvc": "dịch vụ công", "cntt": "công nghệ thông tin", "cđs": "chuyển đổi số"}  # fmt: skip
_ABBREVIATED = re.compile(rf"(?<!\w)(?:{'|'.join(_ABBREVIATIONS)})(?!\w)")
_REACH = 120  # characters between a number and its date
_BEGAN = date(2025, 7, 1)  # Luật Tổ chức chính quyền địa phương 2025: the units did not exist before
_LATEST = timedelta(days=45)
_ALIKE = 0.5
_CODES = {
    "series_order": ("series", "series_order"),
    "series_year": ("year", "series_year"),
    "series_two_titles": ("same-number", "two_titles"),
}


@dataclass(frozen=True, slots=True)
class Citation:
    """A document as cited: where, its day, who issued it ("": not said), its title."""

    line: Line
    token: Cited
    day: Day | None
    issuer: str
    is_own: bool
    title: str

    @property
    def end(self) -> int:
        return self.day.end if self.day is not None else self.token.end


def citations_of(report: Report) -> Iterator[Citation]:
    """Every document cited by number."""
    for line in report.outline.lines:
        if line.zone in (Zone.END, Zone.APPENDIX):
            continue
        cited = [t for t in line.tokens if isinstance(t, Cited)]
        for at, token in enumerate(cited):
            limit = cited[at + 1].start if at + 1 < len(cited) else len(line.text)
            yield _citation(line, token, limit)


def find(report: Report) -> Iterator[Found]:
    """Odd numbers and dates of cited documents; the year of a document is doubted once."""
    citations = list(citations_of(report))
    doubted: set[int] = set()
    for found in (*_series(report, citations), *_before_the_unit(report, citations), *_years(report)):
        if found.rule == "year":
            if any(found.line.index * 10_000 + at in doubted for at in range(found.start, found.end)):
                continue
            doubted |= {found.line.index * 10_000 + at for at in range(found.start, found.end)}
        yield found


def _citation(line: Line, token: Cited, limit: int) -> Citation:
    day = next(
        (
            t
            for t in line.tokens
            if isinstance(t, Day) and token.end <= t.start < min(limit, token.end + _REACH)
        ),
        None,
    )
    tail = line.text[token.end : limit]
    middle = line.text[token.end : day.start] if day is not None else ""
    behind = line.text[day.end : limit] if day is not None else tail
    issuer = _ISSUER.search(middle + " ") or _ISSUER.match(behind)
    who = " ".join(issuer["who"].casefold().split()) if issuer else ""
    title = _TITLE.match(behind)
    is_own = who.startswith(_OWN_NAMES) if who else _is_own_list(line.text[: token.start])
    return Citation(line, token, day, who, is_own, _cut(title["title"]) if title else "")


def _is_own_list(before: str) -> bool:
    """Whether the document stands in a list the unit says it issued, not among what it carries out."""
    acts = [m.end() for m in _OWN_ACT.finditer(before)]
    return bool(acts) and _BASIS.search(before, acts[-1]) is None


def _cut(title: str) -> str:
    return re.split(r"[;.]\s|,\s+(?=[A-ZĐ])", title)[0].strip()


def _series(report: Report, citations: list[Citation]) -> Iterator[Found]:
    rows: list[tuple[int, RegisterRow]] = []
    for n, citation in enumerate(citations):
        if citation.day is None or citation.day.day is None:
            continue
        issuer = _OWN if citation.is_own else citation.issuer or f"? {n}"
        number = re.sub(r"\s*[–—]\s*", "-", citation.token.number).replace(" ", "")
        kind = citation.token.type or "công văn"
        rows.append(
            (
                n,
                {
                    "number": number,
                    "date": citation.day.day,
                    "type": kind,
                    "title": citation.title,
                    "issuer": issuer,
                },
            )
        )
    for remark in series_remarks(_SERIES, _without_repeats(rows), report.unit or ""):
        if remark.code not in _CODES:
            continue
        rule, code = _CODES[remark.code]
        citation = citations[remark.row]
        words = dict(remark.words)
        if remark.code == "series_two_titles":
            other = citations[int(words["other"])]
            if _alike(citation.title, other.title):
                continue
            words["other_title"] = other.title[:60]
        expected = _in_year(citation, int(words["year"])) if rule == "year" else None
        yield Found(
            rule, Severity.WARNING, citation.line, citation.token.start, citation.end, code, words, expected
        )


def _in_year(citation: Citation, year: int) -> str:
    """The document's day in another year, as dd/mm/yyyy."""
    assert citation.day is not None and citation.day.day is not None
    return f"{citation.day.day:%d/%m}/{year}"


def _without_repeats(rows: list[tuple[int, RegisterRow]]) -> list[tuple[int, RegisterRow]]:
    """The same document cited again with the same title is one document."""
    kept: list[tuple[int, RegisterRow]] = []
    for number, row in rows:
        twin = any(
            r["number"] == row["number"] and r["issuer"] == row["issuer"] and r["date"] == row["date"]
            and _alike(str(r["title"]), str(row["title"])) for _, r in kept
        )  # fmt: skip
        if not twin:
            kept.append((number, row))
    return kept


def _alike(one: str, other: str) -> bool:
    """Whether two titles may be one document's: half of the shorter one's words are in both."""
    mine, theirs = (set(re.findall(r"\w+", _ABBREVIATED.sub(_spelled, t.casefold()))) for t in (one, other))
    return not mine or not theirs or len(mine & theirs) / min(len(mine), len(theirs)) >= _ALIKE


def _spelled(match: re.Match[str]) -> str:
    return _ABBREVIATIONS[match[0]]


def _before_the_unit(report: Report, citations: list[Citation]) -> Iterator[Found]:
    """Documents of the unit itself dated before there was such a unit, in reports of today's units."""
    end = last_day(report)
    if end is not None and end < _BEGAN:
        return
    if end is None and not any(c.day and c.day.day and c.day.day >= _BEGAN for c in citations):
        return
    for citation in citations:
        day = citation.day
        if citation.is_own and day is not None and day.day is not None and day.day < _BEGAN:
            words = {
                "number": citation.token.text,
                "day": day.text.strip(),
                "began": f"{_BEGAN:%d/%m/%Y}".replace("/0", "/").lstrip("0"),
            }
            yield Found(
                "year",
                Severity.WARNING,
                citation.line,
                citation.token.start,
                citation.end,
                "before_unit",
                words,
            )


def _years(report: Report) -> Iterator[Found]:
    """Days in a year that cannot be meant, or well after the report's own period."""
    end = last_day(report)
    for line in report.outline.lines:
        if line.zone in (Zone.END, Zone.APPENDIX, Zone.PLAN, Zone.REQUEST):
            continue
        for token in line.tokens:
            if not isinstance(token, Day) or token.year is None:
                continue
            far = not 1945 <= token.year <= 2100 or (end is not None and token.year > end.year + 4)
            cited = _cites(line, token)
            late = end is not None and token.day is not None and token.day > end + _LATEST and cited
            if far or late:
                words = {"day": token.text.strip(), "year": str(token.year)}
                yield Found("year", Severity.WARNING, line, token.start, token.end, "year_astray", words)


def _cites(line: Line, day: Day) -> bool:
    """Whether the day is that of a document cited right before it."""
    before = [t for t in line.tokens if isinstance(t, (Cited, Day)) and t.end <= day.start]
    return bool(before) and isinstance(before[-1], Cited) and day.start - before[-1].end < _REACH
