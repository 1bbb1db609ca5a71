"""Sanity of numbers and dates in a list of documents: titles, serial order, a mistyped year.

Serials run per issuing body, type and year; the drafting office after it (UBND-VP, UBND-VHXH) starts no
series of its own. References to older documents of other bodies are ordinary and never remarked upon.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cchc_xl.model import DocumentSeries
from cchc_xl.model.registers import RegisterRow
from cchc_xl.texts.recognised import COMMUNE_BODIES, DOCUMENT_TYPES, SUFFIX_LETTERS

_NUMBER = re.compile(rf"\D{{0,12}}?(\d{{1,6}})\s*([{SUFFIX_LETTERS}]?)\s*(?:[/\-]\s*(.*))?", re.I | re.S)
_TYPES = frozenset(DOCUMENT_TYPES.split())
_WIDEST = 62  # days between the neighbours that a mistyped year is judged by
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Document:
    """One row of the list: its place, serial (17, "a"), body of its symbol, and the series it runs in."""

    row: int
    written: str
    serial: int
    suffix: str
    body: str
    type: str
    issuer: str  # "": the commune itself
    day: date
    title: str

    @property
    def series(self) -> Key:
        return self.issuer, self.body, self.type


@dataclass(frozen=True, slots=True)
class Remark:
    """Something odd about a row: message code, its words, the column to look at."""

    row: int
    code: str
    column: str
    words: Mapping[str, str]


def series_remarks(
    series: DocumentSeries, rows: Sequence[tuple[int, RegisterRow]], unit: str
) -> list[Remark]:
    """Everything odd about the numbers and dates of these rows; `unit` is the commune's own name."""
    documents = [d for n, row in rows if (d := _document(series, n, row, unit)) is not None]
    doubtful = list(_mistyped_years(series, documents))
    excused = {remark.row for remark in doubtful}
    return sorted(
        [
            *doubtful,
            *_two_titles(series, documents),
            *_out_of_order(series, [d for d in documents if d.row not in excused]),
            *_older_than_base(series, rows, documents),
        ],
        key=lambda remark: (remark.row, remark.code),
    )


def parse_number(written: str) -> tuple[int, str, str] | None:
    """(1308, "", "ubnd") of "1308/UBND-VP": serial, letter, issuing body; None when there is no serial."""
    match = _NUMBER.fullmatch(_folded(written).replace("–", "-").replace("—", "-"))
    if match is None:
        return None
    tokens = [token for token in re.split(r"[/\-\s.]+", match[3] or "") if token]
    body = next((t for t in tokens if t not in _TYPES and not t.isdigit()), "")
    return int(match[1]), match[2], body


def _document(series: DocumentSeries, number: int, row: RegisterRow, unit: str) -> Document | None:
    written, day = row.get(series.number), row.get(series.date)
    parsed = parse_number(str(written)) if written is not None else None
    if parsed is None or not isinstance(day, date):
        return None
    serial, suffix, body = parsed
    title, kind = row.get(series.title), row.get(series.type)
    issuer = _issuer(row.get(series.issuer) if series.issuer else None, unit)
    return Document(
        number, str(written).strip(), serial, suffix, body, _folded(kind), issuer, day, _plain(title)
    )


def _issuer(written: object, unit: str) -> str:
    folded = _folded(written)
    if not folded or folded in COMMUNE_BODIES or (unit and _folded(unit) in folded):
        return ""
    return folded


def _folded(value: object) -> str:
    return " ".join(unicodedata.normalize("NFC", str(value or "")).casefold().split())


def _plain(value: object) -> str:
    return " ".join(re.findall(r"\w+", _folded(value)))


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _two_titles(series: DocumentSeries, documents: Iterable[Document]) -> Iterator[Remark]:
    first: dict[tuple[Key, int, int, str], Document] = {}
    for document in documents:
        key = (document.series, document.day.year, document.serial, document.suffix)
        known = first.setdefault(key, document)
        if known.title != document.title and known.title and document.title:
            words = {"number": document.written, "day": _day(document.day), "other": str(known.row)}
            yield Remark(document.row, "series_two_titles", series.number, words)


def _out_of_order(series: DocumentSeries, documents: Iterable[Document]) -> Iterator[Remark]:
    """As few rows as must move for dates to follow serials; inserted numbers (12a) may carry any date."""
    by_series: dict[tuple[Key, int], list[Document]] = defaultdict(list)
    for document in documents:
        if not document.suffix:
            by_series[document.series, document.day.year].append(document)
    for members in by_series.values():
        members.sort(key=lambda d: (d.serial, d.day))
        kept = _longest_in_order(members)
        for document in members:
            if document in kept:
                continue
            other = next(k for k in kept if (k.serial - document.serial) * (k.day - document.day).days < 0)
            words = {
                "number": document.written,
                "day": _day(document.day),
                "other": str(other.row),
                "other_number": other.written,
                "other_day": _day(other.day),
            }
            yield Remark(document.row, "series_order", series.date, words)


def _longest_in_order(members: Sequence[Document]) -> list[Document]:
    """The longest run of documents, by serial, whose dates do not fall (patience sorting)."""
    ends: list[date] = []
    last: list[int] = []
    before: list[int] = []
    for index, document in enumerate(members):
        place = bisect_right(ends, document.day)
        before.append(last[place - 1] if place else -1)
        ends[place : place + 1] = [document.day]
        last[place : place + 1] = [index]
    kept, index = [], last[-1] if last else -1
    while index >= 0:
        kept.append(members[index])
        index = before[index]
    return kept[::-1]


def _mistyped_years(series: DocumentSeries, documents: Sequence[Document]) -> Iterator[Remark]:
    """The commune's own document that fits between two neighbours once its year is theirs."""
    own = [d for d in documents if not d.issuer and not d.suffix]
    for document in own:
        for year in (document.day.year + 1, document.day.year - 1):
            moved = _in_year(document.day, year)
            others = [d for d in own if d.series == document.series and d.day.year == year]
            lower = max((d for d in others if d.serial < document.serial), key=_serial, default=None)
            upper = min((d for d in others if d.serial > document.serial), key=_serial, default=None)
            if moved is None or lower is None or upper is None:
                continue
            if lower.day <= moved <= upper.day and (upper.day - lower.day).days <= _WIDEST:
                words = {
                    "number": document.written,
                    "day": _day(document.day),
                    "before": lower.written,
                    "before_day": _day(lower.day),
                    "after": upper.written,
                    "after_day": _day(upper.day),
                    "year": str(year),
                }
                yield Remark(document.row, "series_year", series.date, words)


def _serial(document: Document) -> int:
    return document.serial


def _in_year(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return None


def _older_than_base(
    series: DocumentSeries, rows: Sequence[tuple[int, RegisterRow]], documents: Sequence[Document]
) -> Iterator[Remark]:
    """Where the base document stands in the list itself; a date typed beside it is a check of the row."""
    if series.base_number is None:
        return
    days: dict[str, set[date]] = defaultdict(set)
    for document in documents:
        days[_plain(document.written)].add(document.day)
    dated = {document.row: document for document in documents}
    for number, row in rows:
        base, typed = row.get(series.base_number), row.get(series.base_date) if series.base_date else None
        known = days.get(_plain(base), set()) if base is not None and typed is None else set()
        if number in dated and len(known) == 1 and dated[number].day < min(known):
            words = {"day": _day(dated[number].day), "base": str(base).strip(), "base_day": _day(min(known))}
            yield Remark(number, "series_base", series.date, words)
