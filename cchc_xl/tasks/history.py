"""One file of history: every submission ever merged, its figures, and who changed which between two of them.

SQLite of the standard library (`history_file`): one file, no server, whole transactions. The result does not
depend on the order in which merges happened; submissions already known by SHA-256 add nothing.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from cchc_xl import texts
from cchc_xl.catalogue.loader import load_regime
from cchc_xl.catalogue.scope import at_period
from cchc_xl.catalogue.versions import succession
from cchc_xl.figures.breakdowns import implied_zeros
from cchc_xl.figures.completeness import EMPTY_RETURN
from cchc_xl.figures.identity import contradicts_identity
from cchc_xl.figures.totals.standing import CLASH, EMPTIER
from cchc_xl.model import KPS, Observation, Regime, Status, Submission, Verdict
from cchc_xl.model.earlier import EarlierFigures, EarlierPeriod, EarlierReturn, Standing, ends, in_order
from cchc_xl.model.errors import UsageError
from cchc_xl.model.periods import ReferencePeriod, parse_period
from cchc_xl.model.scope import ReportingScope
from cchc_xl.model.terms import Figure
from cchc_xl.tasks.history_file import HistoryRow, catalogue_column, connected, rows, transaction

_TELEPHONE = re.compile(r",?\s*[\d .+()-]{6,}$")  # who changed a figure is kept, not how to call them
_DISPLACES_NOTHING = frozenset({EMPTY_RETURN, EMPTIER, CLASH})
_LARGEST_NUMBER = 2**31  # Lần nộp; SQLite holds 64 bits
_LONG = """SELECT p.regime, p.period, s.unit, s.unit_name, o.indicator, o.status, o.value, o.counted,
    s.id IN (SELECT id FROM current) AS current, s.number, s.received, s.file, s.sha256
    FROM observations o JOIN submissions s ON s.id = o.submission_id JOIN periods p ON p.id = s.period_id
    ORDER BY p.regime, p.period, s.unit, s.number, s.modified, s.sha256, o.indicator"""
_REVISIONS = """SELECT p.regime, p.period, r.unit, t.unit_name, r.indicator, r.old_status, r.old_value,
    r.new_status, r.new_value, f.number AS from_number, t.number AS to_number, r.who,
    f.file AS from_file, t.file AS to_file
    FROM revisions r JOIN periods p ON p.id = r.period_id JOIN submissions f ON f.id = r.from_id
    JOIN submissions t ON t.id = r.to_id ORDER BY p.regime, p.period, r.unit, t.number, t.id, r.indicator"""
_PERIODS = """SELECT p.regime, p.period, (SELECT count(DISTINCT unit) FROM submissions WHERE period_id = p.id)
    AS units, (SELECT count(*) FROM submissions WHERE period_id = p.id) AS submissions,
    (SELECT count(*) FROM observations o JOIN submissions s ON s.id = o.submission_id
     WHERE s.period_id = p.id) AS observations,
    (SELECT count(*) FROM revisions WHERE period_id = p.id) AS revisions
    FROM periods p ORDER BY p.regime, p.period"""


_LATEST = """SELECT c.unit, s.id = c.id, s.file, {catalogue}, o.indicator, o.status, o.value,
    o.counted FROM current c JOIN periods p ON p.id = c.period_id
    JOIN submissions s ON s.period_id = c.period_id AND s.unit = c.unit AND s.number = c.number
    JOIN observations o ON o.submission_id = s.id WHERE p.regime = ? AND p.period = ?
    ORDER BY c.unit, s.id, o.indicator"""


class _Stored(NamedTuple):
    """An observation of the latest submission of a unit (it stands), or of one with the same number."""

    stands: int
    file: str
    catalogue: str
    indicator: str
    status: str
    value: str | None
    counted: int

    @property
    def said(self) -> tuple[str, str | None]:
        return self.status, self.value

    @property
    def figure(self) -> Figure:
        if self.status == Status.NOT_APPLICABLE:
            return KPS
        return None if self.status == Status.ERROR else _decimal(self.value)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What one merge added."""

    submissions: int
    observations: int


def record(
    path: Path,
    scope: ReportingScope,
    submissions: Iterable[Submission],
    received: dict[str, date | None] | None = None,
    within: Callable[[sqlite3.Connection], None] | None = None,
) -> Recorded:
    """Append the readable submissions of one merge in one transaction; known ones only get a receipt date.

    `received`: day of receipt by unit code. `within` is done inside the transaction: what it raises undoes
    everything. Raises UsageError for a file that is no history, CchcError when it cannot be written; the file
    is then as before.
    """
    days = {unit: day.isoformat() for unit, day in (received or {}).items() if day}
    readable = [s for s in submissions if _belongs(s, scope)]
    with connected(path, create=True) as connection, transaction(connection):
        period_id = _period_id(connection, scope)
        added = observations = 0
        touched: set[str] = set()
        for submission in sorted(readable, key=lambda s: (s.number or 1, s.modified, s.file)):
            assert submission.unit is not None
            count = _add(connection, period_id, submission, scope.regime, days.get(submission.unit.code))
            if count is not None:
                added, observations = added + 1, observations + count
                touched.add(submission.unit.code)
        for unit in sorted(touched):
            _renew_revisions(connection, scope, period_id, unit)
        if within:
            within(connection)
    return Recorded(added, observations)


def recorded_before(path: Path, scope: ReportingScope) -> EarlierFigures:
    """Every period of the regime that ends no later than the scope's does; a missing file has none."""
    if not path.exists():
        return EarlierFigures()
    regime, last = scope.regime, ends(scope.period)[:2]
    stored = [_period(row, path) for row in rows(path, _PERIODS) if row["regime"] == regime.id]
    others = [p for p in stored if p != scope.period and p.kind in regime.period_kinds]
    known = [period for period in others if ends(period)[:2] <= last]
    if not known:
        return EarlierFigures()
    with connected(path) as connection:
        return EarlierFigures(in_order(tuple(_earlier(connection, at_period(scope, p)) for p in known)))


def periods(path: Path) -> list[HistoryRow]:
    """Every period: units, submissions, observations, revisions counted."""
    return list(rows(path, _PERIODS))


def long_rows(path: Path) -> Iterator[HistoryRow]:
    """Every observation of every submission, one row each."""
    for row in rows(path, _LONG):
        yield {**row, "value": _decimal(row["value"]), "counted": bool(row["counted"])} | {
            "current": bool(row["current"])
        }


def revisions(path: Path) -> Iterator[HistoryRow]:
    """Every figure changed between two submissions of a unit: old, new, who prepared the form."""
    for row in rows(path, _REVISIONS):
        old, new = (_shown(row.pop(f"{key}_status"), row.pop(f"{key}_value")) for key in ("old", "new"))
        yield {**row, "old": old, "new": new}


def to_frame(path: Path) -> Any:
    """The long sheet as a `pandas.DataFrame`; `value` as float, `period` as text in SDMX notation."""
    import pandas

    lines = [
        {**row, "value": None if row["value"] is None else float(row["value"])} for row in long_rows(path)
    ]
    frame = pandas.DataFrame(lines, columns=LONG_COLUMNS)
    return frame.astype({"value": "float64", "counted": "bool", "current": "bool"})


LONG_COLUMNS = [
    *("regime", "period", "unit", "unit_name", "indicator", "status", "value", "counted", "current"),
    *("number", "received", "file", "sha256"),
]


def _belongs(submission: Submission, scope: ReportingScope) -> bool:
    """Readable, of a known unit, and about the very regime and period; superseded ones too."""
    if submission.unit is None or submission.sha256 is None or not submission.observations:
        return False
    mine = submission.regime == scope.regime.id and submission.period == scope.period
    return mine and submission.verdict is not Verdict.REJECTED and not contradicts_identity(submission)


def _add(
    connection: sqlite3.Connection, period_id: int, found: Submission, regime: Regime, received: str | None
) -> int | None:
    """Number of observations added; None for a submission already known."""
    unit = found.unit
    assert unit is not None
    key = (period_id, unit.code, found.sha256)
    where = "WHERE period_id = ? AND unit = ? AND sha256 = ?"
    if connection.execute(f"SELECT id FROM submissions {where}", key).fetchone():
        if received:
            connection.execute(f"UPDATE submissions SET received = ? {where}", (received, *key))
        return None
    cursor = connection.execute(
        "INSERT INTO submissions (period_id, unit, sha256, unit_name, number, modified, file, verdict,"
        " received, displaces, catalogue) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *key,
            unit.full_name,
            min(found.number or 1, _LARGEST_NUMBER),
            found.modified,
            _storable(found.file),
            found.verdict.value,
            received,
            int(not any(finding.rule in _DISPLACES_NOTHING for finding in found.findings)),
            regime.version,
        ),
    )
    form_of = regime.form_of
    lines = [
        _observation_row(cursor.lastrowid or 0, o, found, form_of.get(o.indicator, ""))
        for o in found.observations
        if o.status is not Status.NOT_IN_TEMPLATE
    ]
    connection.executemany("INSERT INTO observations VALUES (?, ?, ?, ?, ?, ?)", lines)
    return len(lines)


def _observation_row(identity: int, observed: Observation, found: Submission, form: str) -> tuple[Any, ...]:
    counted = found.forms.get(form, found.verdict) is not Verdict.HELD
    value = observed.text or (None if observed.value is None else _written(observed.value))
    who = _storable(_TELEPHONE.sub("", found.contacts.get(form, "")))
    return identity, observed.indicator, observed.status.value, _storable(value), int(counted), who


def _written(value: Decimal) -> str:
    """The same number always as the same text: 1 and 1.00 are no change."""
    return format(value.normalize(), "f")


def _renew_revisions(
    connection: sqlite3.Connection, scope: ReportingScope, period_id: int, unit: str
) -> None:
    """Form the unit's revisions of a period anew, so that late arrivals of older files are in their place."""
    connection.execute("DELETE FROM revisions WHERE period_id = ? AND unit = ?", (period_id, unit))
    query = (
        "SELECT id, catalogue FROM submissions WHERE period_id = ? AND unit = ? AND displaces = 1"
        " ORDER BY number, modified, sha256"
    )
    stored = connection.execute(query, (period_id, unit)).fetchall()
    identities = [identity for identity, _ in stored]
    before: dict[str, tuple[str, str | None]] | None = None
    for position, (identity, version) in enumerate(stored):
        codes = _codes_since(version, scope.regime, scope.period)
        rows_of_it = connection.execute(
            "SELECT indicator, status, value, who FROM observations WHERE submission_id = ?", (identity,)
        )
        read = [(codes[row[0]], *row[1:]) for row in rows_of_it if row[0] in codes]
        now = {indicator: (status, value) for indicator, status, value, _ in read}
        if before is not None:
            changed = [
                (period_id, unit, code, identities[position - 1], identity, *before[code], *now[code], who)
                for code, _, _, who in read
                if code in before and code in now and _differ(before[code], now[code])
            ]
            connection.executemany("INSERT INTO revisions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", changed)
        before = now


def _differ(old: tuple[str, str | None], new: tuple[str, str | None]) -> bool:
    """Whether a figure changed as people see it: 1 and 1.00 are the same."""
    numbers = [_decimal(value) for _, value in (old, new)]
    same_number = None not in numbers and numbers[0] == numbers[1]
    return old[0] != new[0] or (old[1] != new[1] and not same_number)


def _earlier(connection: sqlite3.Connection, scope: ReportingScope) -> EarlierPeriod:
    read: dict[str, list[_Stored]] = {}
    latest = _LATEST.format(catalogue=catalogue_column(connection))
    for unit, *values in connection.execute(latest, (scope.regime.id, str(scope.period))):
        stored = _Stored(*values)
        code = _codes_since(stored.catalogue, scope.regime, scope.period).get(stored.indicator)
        if code is not None:
            read.setdefault(unit, []).append(stored._replace(indicator=code))
    returns = {unit: _return(scope, observed) for unit, observed in read.items()}
    return EarlierPeriod(scope.regime.id, scope.period, returns)


def _codes_since(version: str, regime: Regime, period: ReferencePeriod) -> Mapping[str, str]:
    """Today's code by the code a row had in an earlier catalogue version, of every row of both."""
    if version == regime.version:
        return {code: code for code in regime.indicators}
    return succession(load_regime(regime.id, period, version=version), regime).codes


def _return(scope: ReportingScope, observed: Sequence[_Stored]) -> EarlierReturn:
    """What stands for a unit; files of the same Lần nộp, held as well, dispute what they differ in."""
    inputs = {code for code, indicator in scope.regime.indicators.items() if indicator.is_input}
    standing = {one.indicator: one for one in observed if one.stands and one.indicator in inputs}
    doubtful = {code: Standing.HELD for code, one in standing.items() if not one.counted}
    for rival in observed:
        mine = standing.get(rival.indicator)
        if mine is not None and not (mine.counted or rival.counted) and mine.said != rival.said:
            doubtful[rival.indicator] = Standing.DISPUTED
    figures = {code: one.figure for code, one in standing.items()}
    source = next((one.file for one in observed if one.stands), "")
    zeros = implied_zeros(scope.regime, figures)
    return EarlierReturn(scope.period, figures, doubtful, zeros, source)


def _period(row: HistoryRow, path: Path) -> ReferencePeriod:
    try:
        return parse_period(row["period"])
    except UsageError as fault:
        raise UsageError(texts.text("history_foreign", path=path, table="periods")) from fault


def _period_id(connection: sqlite3.Connection, scope: ReportingScope) -> int:
    key = (scope.regime.id, str(scope.period))
    connection.execute("INSERT OR IGNORE INTO periods (regime, period) VALUES (?, ?)", key)
    query = "SELECT id FROM periods WHERE regime = ? AND period = ?"
    return int(connection.execute(query, key).fetchone()[0])


def _storable(text: str | None) -> str | None:
    """Texts of damaged file names may hold half characters, which SQLite refuses."""
    return None if text is None else text.encode("utf-8", "replace").decode("utf-8")


def _decimal(text: str | None) -> Decimal | None:
    try:
        return None if text is None else Decimal(text)
    except ArithmeticError:
        return None


def _shown(status: str, value: str | None) -> str:
    return KPS if status == Status.NOT_APPLICABLE else value or ""
