"""Merge a folder of submissions into the city summary; the inputs are only read."""

from __future__ import annotations

import gc
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from cchc_xl import texts
from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.figures.identity import file_name_findings, period_findings, regime_findings, with_findings
from cchc_xl.figures.totals.consolidated import Consolidation
from cchc_xl.figures.totals.over_units import consolidate
from cchc_xl.figures.totals.size import with_size_findings
from cchc_xl.model import Submission, Verdict
from cchc_xl.model.earlier import EarlierPeriod, Receipt
from cchc_xl.model.errors import CchcError, UsageError
from cchc_xl.model.planned import PlannedWorkbook
from cchc_xl.model.scope import ReportingScope
from cchc_xl.reading.earlier_summary import is_final_summary
from cchc_xl.tasks.closing import closed_period, closing_of, refuse_changes
from cchc_xl.tasks.earlier import earlier_figures, earlier_findings
from cchc_xl.tasks.files import (
    Entry,
    EntryKind,
    folder_lock,
    list_folder,
    read_limited,
    replace_file,
    sweep_strays,
)
from cchc_xl.tasks.history import Recorded, record
from cchc_xl.tasks.ledger_json import merge_to_json
from cchc_xl.tasks.progress import Tell
from cchc_xl.tasks.read import FILE_UNREADABLE, read_entries, read_paths
from cchc_xl.tasks.received import read_received
from cchc_xl.tasks.tracking import decisions_in
from cchc_xl.workbooks.summary import plan_summary


@dataclass(frozen=True, slots=True)
class MergeRequest:
    """What to merge and where to."""

    scope: ReportingScope
    folder: Path
    out: Path
    ledger: Path | None = None
    previous: Path | None = None
    received: Path | None = None
    jobs: int | None = None
    history: Path | None = None
    tracking: Path | None = None  # the city's book with its decisions

    @property
    def own_files(self) -> tuple[Path, ...]:
        """Files of the run itself: no submissions, should they lie in the folder."""
        named = (self.out, self.ledger, *self.sources, *_history_files(self))
        return tuple(path for path in named if path is not None)

    @property
    def sources(self) -> tuple[Path, ...]:
        """Files that are read besides the folder."""
        named = (self.previous, self.received, self.scope.units.source, self.history, self.tracking)
        return tuple(path for path in named if path is not None)


@dataclass(frozen=True, slots=True)
class MergeResult:
    """The city at the period and the files written (beside the asked ones where those were open)."""

    merged: Consolidation
    summary: Path
    ledger: Path | None
    recorded: Recorded | None = None  # what the history gained

    @property
    def has_faults(self) -> bool:
        """True when a file was held or rejected, or none was accepted."""
        count = self.merged.count
        return bool(count(Verdict.HELD) or count(Verdict.REJECTED) or not count(Verdict.ACCEPTED))


def merge_folder(request: MergeRequest, tell: Tell | None = None) -> MergeResult:
    """Read every entry of the folder, consolidate, and write summary and ledger whole or not at all.

    Raises UsageError for what cannot be used, CchcError when nothing could be written.
    """
    _refuse_targets(request)
    with folder_lock(request.out):
        sweep_strays(request.out.parent)
        _refuse_overwriting_a_submission(request, list_folder(request.folder, _own_files(request)))
        city = read_city(request, tell)
        with _uncollected():
            content = render(city.plan())
        written: list[Path] = []
        recorded = _record(request, city, lambda: written.append(replace_file(request.out, content)))
        summary = written[0]
        ledger = _write_ledger(request.ledger, city.merged) if request.ledger else None
    return MergeResult(city.merged, summary, ledger, recorded)


@dataclass(frozen=True, slots=True)
class City:
    """A folder read and consolidated, with what else the summary shows."""

    merged: Consolidation
    received: Mapping[str, Receipt] | None
    previous: EarlierPeriod | None
    trend: tuple[EarlierPeriod, ...] = ()  # earlier periods of the same kind, oldest first

    def plan(self) -> PlannedWorkbook:
        """The summary workbook."""
        return plan_summary(self.merged, received=self.received, previous=self.previous, trend=self.trend)


def read_city(request: MergeRequest, tell: Tell | None = None) -> City:
    """Read every entry of the folder and consolidate; nothing is written.

    Raises UsageError for what cannot be used.
    """
    scope = request.scope
    received = read_received(request.received, scope.units) if request.received else None
    earlier = earlier_figures(scope, previous=request.previous, history=request.history)
    entries = list_folder(request.folder, _own_files(request))
    read = read_entries(entries, scope.units, request.jobs, tell)
    _refuse_vanished(request.folder, entries, read)
    judged = [_judged(submission, scope) for submission in read]
    submissions = [with_findings(s, earlier_findings(s, earlier)) for s in judged]
    decisions = decisions_in(request.tracking, scope) if request.tracking else ()
    merged = with_size_findings(consolidate(scope, submissions, decisions), earlier)
    if request.history:
        closed = closing_of(request.history, scope.regime.id, str(scope.period))
        merged = replace(merged, closing=closed.closing if closed else None)
    compared, trend = earlier.compared_with(scope.period), earlier.of_kind(scope.period.kind)
    return City(merged, received, compared, trend)


def _refuse_vanished(folder: Path, entries: Sequence[Entry], read: Sequence[Submission]) -> None:
    """A folder that went away while it was read says nothing about its units. Raises UsageError."""
    workbooks = [s for e, s in zip(entries, read, strict=True) if e.kind is EntryKind.WORKBOOK]
    unopened = [s for s in workbooks if any(f.rule == FILE_UNREADABLE for f in s.findings)]
    if not folder.is_dir() or (workbooks and unopened == workbooks):
        raise UsageError(texts.text("folder_vanished", path=folder))


@contextmanager
def _uncollected() -> Iterator[None]:
    """A summary is up to a million objects without cycles; looking for some takes a quarter of the time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _judged(submission: Submission, scope: ReportingScope) -> Submission:
    findings = (
        *file_name_findings(submission, scope.units),
        *regime_findings(submission, scope.regime.id),
        *period_findings(submission, scope.period),
    )
    return with_findings(submission, findings)


def _record(request: MergeRequest, city: City, write: Callable[[], None]) -> Recorded | None:
    """Write the summary; with a history in one transaction that changes nothing of a closed period."""
    merged = city.merged
    if request.history is None:
        _refuse_final_summary(request.out)
        write()
        return None
    days = {unit: receipt.date for unit, receipt in (city.received or {}).items()}

    def checked(connection: sqlite3.Connection) -> None:
        closed = closed_period(connection, merged.regime.id, str(merged.period))
        if closed:
            refuse_changes(closed, merged)
        write()

    return record(request.history, merged.scope, _as_consolidated(merged), days, checked)


def _as_consolidated(merged: Consolidation) -> list[Submission]:
    """The ledger; the last supplement of a unit with all figures that count for it."""
    whole = {
        u.supplements[-1]: replace(u.submission, file=u.supplements[-1], verdict=u.submission.verdict)
        for u in merged.units
        if u.submission and u.supplements
    }
    return [
        replace(whole[s.file], sha256=s.sha256, number=s.number, modified=s.modified, findings=s.findings)
        if s.file in whole
        else s
        for s in merged.ledger
    ]


def _refuse_final_summary(out: Path) -> None:
    """A summary that says its period is closed is not written over by one that does not know of it."""
    if not out.is_file():
        return
    try:
        is_final = is_final_summary(read_limited(out))
    except CchcError:
        return  # no summary of ours: what may be written over is looked at elsewhere
    if is_final:
        raise UsageError(texts.text("closed_without_history", path=out))


def _history_files(request: MergeRequest) -> tuple[Path, ...]:
    """The history, and the journal a killed run may have left beside it."""
    path = request.history
    return () if path is None else (path, path.with_name(f"{path.name}-journal"))


def _own_files(request: MergeRequest) -> tuple[Path, ...]:
    """Also copies written beside an open target: "<name> (2).xlsx" holds the same summary."""
    out = request.out
    beside = out.parent.glob(f"{_literal(out.stem)} ([0-9]*){out.suffix}") if out.parent.is_dir() else ()
    return (*request.own_files, *beside)


def _literal(text: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in text)


def _refuse_targets(request: MergeRequest) -> None:
    if request.out.suffix.lower() != ".xlsx":
        raise UsageError(texts.text("suffix_wrong", path=request.out, suffix=".xlsx"))
    targets = [p for p in (request.out, request.ledger) if p is not None]
    for target in targets:
        if not target.parent.is_dir():
            raise UsageError(texts.text("no_such_folder", path=target.parent))
        for source in request.sources:
            if target.exists() and source.exists() and target.samefile(source):
                raise UsageError(texts.text("out_is_input", path=target))
    written = [p.absolute() for p in (request.out, request.ledger, request.history) if p]
    if len(set(written)) < len(written):
        raise UsageError(texts.text("out_is_input", path=request.ledger or request.history))


def _refuse_overwriting_a_submission(request: MergeRequest, entries: tuple[Entry, ...]) -> None:
    """An output named like a submission in the folder must not replace it."""
    named = {p.absolute() for p in (request.out, request.ledger) if p is not None}
    doubtful = [e.path for e in entries if e.kind is EntryKind.OWN_OUTPUT and e.path.absolute() in named]
    named_like = [path for path in doubtful if path.suffix.lower() in (".xlsx", ".xlsm")]
    for submission in read_paths(named_like, request.scope.units):
        if submission.unit is not None:
            words = {"path": submission.file, "unit": submission.unit.full_name}
            raise UsageError(texts.text("out_is_submission", **words))


def _write_ledger(path: Path, merged: Consolidation) -> Path:
    text = json.dumps(merge_to_json(merged), ensure_ascii=False, indent=1) + "\n"
    return replace_file(path, text.encode("utf-8", "backslashreplace"))
