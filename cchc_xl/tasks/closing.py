"""Close a period in the history, open it again, and refuse what would change a closed one.

The history keeps who, when, why and the figures; a later merge with it that would change one of them stops.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from cchc_xl import texts
from cchc_xl.figures.checks import shown_figure
from cchc_xl.figures.totals.consolidated import Consolidation
from cchc_xl.model import KPS, Kind, Regime, Verdict
from cchc_xl.model.closing import Closing
from cchc_xl.model.errors import UsageError
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.terms import Figure, PeriodState
from cchc_xl.reading.earlier_summary import ReadSummary, read_summary
from cchc_xl.tasks.files import read_limited
from cchc_xl.tasks.history_file import connected, transaction

FigureTexts = Mapping[str, Mapping[str, str]]  # unit code → indicator → figure as text
_VIETNAM = timedelta(hours=7)
_SHOWN = 10
_LOCKED = frozenset(Kind) - {Kind.TEXT, Kind.DATE, Kind.HEADING}
_STANDING = """SELECT c.id, c.closed, c.who, c.accepted, c.complete, c.expected, c.without, c.blanks,
    c.figures FROM closings c JOIN periods p ON p.id = c.period_id
    WHERE p.regime = ? AND p.period = ? AND c.reopened IS NULL ORDER BY c.id DESC LIMIT 1"""


@dataclass(frozen=True, slots=True)
class ClosedPeriod:
    """What the history holds of a closed period."""

    identity: int
    closing: Closing
    figures: FigureTexts


def close_period(
    summary: Path, history: Path, who: str, accept_missing: str = ""
) -> tuple[ReferencePeriod, Closing]:
    """Lock the period of a summary in the history it was merged with.

    Raises UsageError where something is missing and no reason accepts it, where the period is closed already,
    or where the history was not recorded with this summary; WorkbookRefused for a file that is no summary.
    """
    _require(who, "close_who")
    if not summary.is_file():
        raise UsageError(texts.text("path_missing", path=summary))
    found = read_summary(read_limited(summary), summary.name)
    if found.state is not PeriodState.READY and not accept_missing.strip():
        missing = ", ".join(found.without[:_SHOWN]) or texts.text("summary_nobody")
        words = {"period": found.period.label, "complete": found.complete, "expected": found.expected}
        raise UsageError(texts.text("close_not_ready", **words, count=len(found.without), missing=missing))
    key = (found.regime.id, str(found.period))
    with connected(history) as connection, transaction(connection):
        row = connection.execute("SELECT id FROM periods WHERE regime = ? AND period = ?", key).fetchone()
        if row is None:
            raise UsageError(texts.text("close_not_recorded", history=history, period=found.period.label))
        if closed_period(connection, *key):
            raise UsageError(texts.text("close_already", period=found.period.label))
        _refuse_unrecorded(connection, row[0], found, history)
        closing = Closing(
            closed=_today(),
            who=who.strip(),
            complete=found.complete,
            expected=found.expected,
            without=found.without,
            blanks=found.blanks,
            accepted=accept_missing.strip(),
        )
        connection.execute(
            "INSERT INTO closings (period_id, closed, who, accepted, complete, expected, without, blanks,"
            " figures) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                row[0],
                closing.closed.isoformat(),
                closing.who,
                closing.accepted,
                closing.complete,
                closing.expected,
                json.dumps(closing.without, ensure_ascii=False),
                json.dumps(closing.blanks, ensure_ascii=False),
                json.dumps(
                    _as_texts(found.regime, found.earlier.counted), ensure_ascii=False, sort_keys=True
                ),
            ),
        )
    return found.period, closing


def reopen_period(regime: Regime, period: ReferencePeriod, history: Path, who: str, reason: str) -> Closing:
    """Open a closed period again; who and why stay in the history. Raises UsageError for an open one."""
    _require(who, "close_who")
    _require(reason, "reopen_reason")
    with connected(history) as connection, transaction(connection):
        closed = closed_period(connection, regime.id, str(period))
        if closed is None:
            raise UsageError(texts.text("reopen_not_closed", period=period.label))
        connection.execute(
            "UPDATE closings SET reopened = ?, reopened_by = ?, reason = ? WHERE id = ?",
            (_today().isoformat(), who.strip(), reason.strip(), closed.identity),
        )
    return closed.closing


def closed_period(connection: sqlite3.Connection, regime: str, period: str) -> ClosedPeriod | None:
    """The closing that stands; None where the period is open, or the history older than closings."""
    known = "SELECT 1 FROM sqlite_master WHERE name = 'closings'"
    if connection.execute(known).fetchone() is None:
        return None
    row = connection.execute(_STANDING, (regime, period)).fetchone()
    if row is None:
        return None
    identity, day, who, accepted, complete, expected, without, blanks, figures = row
    closing = Closing(
        closed=date.fromisoformat(day),
        who=who,
        complete=complete,
        expected=expected,
        without=tuple(json.loads(without)),
        blanks=tuple(json.loads(blanks)),
        accepted=accepted,
    )
    return ClosedPeriod(identity, closing, json.loads(figures))


def closing_of(history: Path, regime: str, period: str) -> ClosedPeriod | None:
    """The same from a history file; None where there is none yet."""
    if not history.exists():
        return None
    with connected(history) as connection:
        return closed_period(connection, regime, period)


def refuse_changes(closed: ClosedPeriod, merged: Consolidation) -> None:
    """Raise UsageError with the list of changes where a merge would change a figure of a closed period."""
    now, before = _as_texts(merged.regime, _counted(merged)), closed.figures
    names = {u.unit.code: u.unit.full_name for u in merged.units}
    changes = [
        (unit, code)
        for unit in sorted({*now, *before})
        for code in sorted({*now.get(unit, {}), *before.get(unit, {})}, key=merged.regime.in_printed_order)
        if now.get(unit, {}).get(code) != before.get(unit, {}).get(code)
    ]
    if not changes:
        return
    told = "; ".join(
        texts.text(
            "closed_change",
            unit=names.get(unit, unit),
            row=_row(merged.regime, code),
            old=_shown(merged.regime, code, before.get(unit, {}).get(code)),
            new=_shown(merged.regime, code, now.get(unit, {}).get(code)),
        )
        for unit, code in changes[:_SHOWN]
    )
    if len(changes) > _SHOWN:
        told = texts.text("closed_more", told=told, rest=len(changes) - _SHOWN)
    words = {"period": merged.period.label, "day": f"{closed.closing.closed:%d/%m/%Y}"}
    raise UsageError(
        texts.text("closed_refused", **words, who=closed.closing.who, count=len(changes), told=told)
    )


def _refuse_unrecorded(
    connection: sqlite3.Connection, period_id: int, found: ReadSummary, history: Path
) -> None:
    """The summary must show what the history holds, or what is locked would be something nobody merged."""
    query = """SELECT c.unit, o.indicator, o.value, o.status FROM current c JOIN observations o
        ON o.submission_id = c.id WHERE c.period_id = ? AND o.counted = 1"""
    held = {
        (unit, code): (value, status) for unit, code, value, status in connection.execute(query, (period_id,))
    }
    for unit, figures in found.earlier.counted.items():
        for code, figure in figures.items():
            if found.regime.indicators[code].kind not in _LOCKED:
                continue
            value, status = held.get((unit, code), (None, None))
            same = status == "not_applicable" if figure == KPS else _same(figure, value)
            if not same and (value is not None or figure != 0):
                raise UsageError(
                    texts.text("close_differs", history=history, unit=unit, row=_row(found.regime, code))
                )


def _same(figure: Figure, value: str | None) -> bool:
    return isinstance(figure, Decimal) and value is not None and Decimal(value) == figure


def _counted(merged: Consolidation) -> dict[str, dict[str, Figure]]:
    """Typed figures of the printed forms that count, by unit code; blanks read as 0 among them."""
    found: dict[str, dict[str, Figure]] = {}
    for unit in merged.units:
        for form in merged.regime.printed_forms:
            if unit.forms.get(form.code) is Verdict.ACCEPTED:
                for indicator in form.inputs:
                    figure = unit.figures.get(indicator.code)
                    if figure is None and indicator.code in unit.read_as_zero:
                        figure = Decimal(0)
                    if figure == KPS or isinstance(figure, Decimal):
                        found.setdefault(unit.unit.code, {})[indicator.code] = figure
    return found


def _as_texts(regime: Regime, figures: Mapping[str, Mapping[str, Figure]]) -> dict[str, dict[str, str]]:
    """Figures as they are locked; texts and days are nobody's figures."""
    return {
        unit: {
            c: format(f.normalize(), "f") if isinstance(f, Decimal) else str(f)
            for c, f in row.items()
            if regime.indicators[c].kind in _LOCKED
        }
        for unit, row in figures.items()
    }


def _shown(regime: Regime, code: str, value: str | None) -> str:
    figure: Figure = value if value in (None, KPS) else Decimal(value)
    return shown_figure(regime, code, figure)


def _row(regime: Regime, code: str) -> str:
    indicator = regime.indicators[code]
    return f"{regime.form(regime.form_of[code]).sheet} {indicator.number.rstrip('.')}".strip()


def _require(words: str, code: str) -> None:
    if not words.strip():
        raise UsageError(texts.text(code))


def _today() -> date:
    return (datetime.now(UTC) + _VIETNAM).date()
