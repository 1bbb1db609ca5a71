"""What the command line prints about several periods: roll-up, history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from cchc_xl import texts
from cchc_xl.figures.totals.over_time import Reason, ToType
from cchc_xl.model import Regime
from cchc_xl.model.periods import ReferencePeriod, parse_period
from cchc_xl.tasks.history import Recorded, periods, revisions
from cchc_xl.tasks.rollup import RollupResult, how

_text = texts.text
_SHOWN_REVISIONS, _SHOWN_UNITS = 20, 20


def recorded_line(path: Path, recorded: Recorded) -> str:
    """What a merge added to the history."""
    if not recorded.submissions:
        return _text("history_nothing_new", path=path)
    words = {"submissions": recorded.submissions, "observations": recorded.observations}
    return _text("history_added", path=path, **words)


def rollup_lines(result: RollupResult, target: ReferencePeriod, out: Path) -> Iterator[str]:
    """What was written from what, what every unit and single units must type, who lacks a period."""
    regime = result.regime
    for recipe in dict.fromkeys(done.recipe for done in result.written):
        count = sum(done.recipe == recipe for done in result.written)
        yield _text("rollup_written", count=count, period=target.label, folder=out, how=how(recipe))
    every = [row for row in result.written[0].to_type if row.reason is Reason.REENTER]
    if every:
        rows = "; ".join(_by_sheet(regime, every))
        yield _text("rollup_reenter_line", count=len(every), rows=rows)
    if regime.registers:
        sheets = ", ".join(register.sheet for register in regime.registers)
        yield _text("rollup_registers_line", sheets=sheets)
    telling = [done for done in result.written if any(r.reason is not Reason.REENTER for r in done.to_type)]
    for done in telling[:_SHOWN_UNITS]:
        rows = ". ".join(_by_reason(regime, (r for r in done.to_type if r.reason is not Reason.REENTER)))
        yield _text("rollup_unit_line", unit=f"{done.unit.full_name} ({done.unit.code})", rows=rows)
    if len(telling) > _SHOWN_UNITS:
        yield _text("and_more", names="…", count=len(telling) - _SHOWN_UNITS)
    for unit, missing in result.lacking:
        names = ", ".join(period.label for period in missing)
        yield _text("rollup_lacking", unit=f"{unit.full_name} ({unit.code})", periods=names)


def history_lines(path: Path) -> Iterator[str]:
    """Every period, then the first revisions."""
    listed = periods(path)
    if not listed:
        yield _text("history_empty")
    for row in listed:
        yield _text("history_period_line", **{**row, "period": parse_period(row["period"]).label})
    count = sum(row["revisions"] for row in listed)
    if not count:
        return
    yield _text("history_revisions_title", count=count)
    for row in islice(revisions(path), _SHOWN_REVISIONS):
        who = _text("history_by", who=row["who"]) if row["who"] else ""
        yield _text(
            "history_revision_line",
            period=row["period"],
            unit=f"{row['unit_name']} ({row['unit']})",
            indicator=row["indicator"],
            old=row["old"] or _text("blank_word"),
            new=row["new"] or _text("blank_word"),
            first=row["from_number"],
            second=row["to_number"],
            who=who,
        )
    if count > _SHOWN_REVISIONS:
        yield _text("history_more", count=count - _SHOWN_REVISIONS)


def _by_sheet(regime: Regime, rows: Iterable[ToType]) -> Iterator[str]:
    found: dict[str, list[str]] = {}
    for row in rows:
        sheet = regime.form(regime.form_of[row.indicator]).sheet
        indicator = regime.indicators[row.indicator]
        found.setdefault(sheet, []).append(indicator.number.rstrip(".") or indicator.label)
    for sheet, numbers in found.items():
        yield _text("rollup_row_plain", sheet=sheet, numbers=", ".join(numbers))


def _by_reason(regime: Regime, rows: Iterable[ToType]) -> Iterator[str]:
    """Rows with one reason and the same periods together."""
    found: dict[tuple[Reason, tuple[ReferencePeriod, ...]], list[ToType]] = {}
    for row in rows:
        found.setdefault((row.reason, row.periods), []).append(row)
    for (reason, periods_lacking), same in found.items():
        why = _text(f"rollup_why_{reason.value}", periods=", ".join(p.label for p in periods_lacking))
        yield _text("rollup_rows_of_reason", why=why, rows="; ".join(_by_sheet(regime, same)))
