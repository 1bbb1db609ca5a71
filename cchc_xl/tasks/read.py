"""Read received files: each in a worker process, each ending in exactly one verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from cchc_xl import texts
from cchc_xl.model import Finding, Severity, Submission, Verdict
from cchc_xl.model.errors import CchcError, UsageError, WorkbookRefused
from cchc_xl.model.scope import ReportingUnits
from cchc_xl.reading.submission import read_submission
from cchc_xl.tasks.files import Entry, EntryKind, read_limited, sha256_of
from cchc_xl.tasks.progress import Tell
from cchc_xl.tasks.workers import WorkerFailure, executor_for

FILE_UNREADABLE = "file_unreadable"  # finding of a file that could not even be opened


def read_named(
    paths: Sequence[Path],
    units: ReportingUnits,
    jobs: int | None = None,
    tell: Tell | None = None,
) -> list[Submission]:
    """Read files the user named, in that order.

    Raises UsageError for a path that does not exist or is a folder.
    """
    for path in paths:
        if path.is_dir():
            raise UsageError(texts.text("path_is_folder", path=path))
        if not path.exists():
            raise UsageError(texts.text("path_missing", path=path))
    return read_paths([path.resolve() for path in paths], units, jobs, tell)


def read_entries(
    entries: Iterable[Entry],
    units: ReportingUnits,
    jobs: int | None = None,
    tell: Tell | None = None,
) -> list[Submission]:
    """Every entry of a folder as a submission: workbooks read, everything else skipped with its cure."""
    listed = list(entries)
    workbooks = [entry.path for entry in listed if entry.kind is EntryKind.WORKBOOK]
    read = iter(read_paths(workbooks, units, jobs, tell))
    return [next(read) if entry.kind is EntryKind.WORKBOOK else _skipped(entry) for entry in listed]


def read_paths(
    paths: Sequence[Path],
    units: ReportingUnits,
    jobs: int | None = None,
    tell: Tell | None = None,
) -> list[Submission]:
    """Read workbooks in worker processes; one that kills or stalls its worker is rejected by name."""
    task = partial(read_one, units=units)
    names = [str(path) for path in paths]
    on_done = (lambda item: tell(item, len(names))) if tell else None
    executor = executor_for(jobs)
    answers = executor.answers(task, names, on_done)
    return [
        _lost(path, answer, executor.time_limit) if isinstance(answer, WorkerFailure) else answer
        for path, (_, answer) in zip(paths, answers, strict=True)
    ]


def read_one(path: str, units: ReportingUnits) -> Submission:
    """Read one workbook in this process. Never raises for what is wrong with the file itself."""
    source = Path(path)
    try:
        data = read_limited(source)
    except WorkbookRefused as refused:
        return rejected(source, refused.code, **refused.detail)
    except CchcError:
        return rejected(source, FILE_UNREADABLE)
    try:
        return read_submission(source.name, data, units)
    except WorkbookRefused as refused:
        return rejected(source, refused.code, sheet=refused.sheet, cell=refused.cell, **refused.detail)
    except CchcError as fault:
        return rejected(source, "file_not_judged", reason=str(fault))


def rejected(
    path: Path, code: str, /, *, sheet: str | None = None, cell: str | None = None, **words: str
) -> Submission:
    """A file that cannot be trusted or read, with the reason."""
    finding = Finding(
        rule=code,
        severity=Severity.ERROR,
        message=texts.text(code, **words),
        fix=texts.fix(code, **words),
        sheet=sheet,
        cell=cell,
    )
    return Submission(path.name, sha256_of(path), Verdict.REJECTED, (finding,))


def _lost(path: Path, failure: WorkerFailure, seconds: float) -> Submission:
    return rejected(path, failure.code, seconds=f"{seconds:.0f}", detail=failure.detail)


_WARNED = (EntryKind.FOLDER, EntryKind.ARCHIVE, EntryKind.PLACEHOLDER, EntryKind.LINK, EntryKind.UNREADABLE)


def _skipped(entry: Entry) -> Submission:
    code = f"entry_{entry.kind.value}"
    finding = Finding(
        rule=code,
        severity=Severity.WARNING if entry.kind in _WARNED else Severity.NOTICE,
        message=texts.text(code),
        fix=texts.fix(code),
    )
    opened = entry.kind is not EntryKind.PLACEHOLDER  # reading one would start a download
    return Submission(entry.name, sha256_of(entry.path) if opened else None, Verdict.SKIPPED, (finding,))
