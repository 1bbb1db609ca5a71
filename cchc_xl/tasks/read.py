"""Read received files: each in a worker process, each ending in exactly one verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from pathlib import Path

from cchc_xl import texts
from cchc_xl.catalogue.units import load_units
from cchc_xl.model import Finding, ReportingUnit, Severity, Submission, Verdict
from cchc_xl.model.errors import CchcError, UsageError, WorkbookRefused
from cchc_xl.reading.submission import read_submission
from cchc_xl.tasks.files import Entry, EntryKind, read_limited, sha256_of
from cchc_xl.tasks.workers import WorkerFailure, executor_for

OnDone = Callable[[str], None]


def read_named(
    paths: Sequence[Path],
    jobs: int | None = None,
    on_done: OnDone | None = None,
    unit_list: Path | None = None,
) -> list[Submission]:
    """Read files the user named, in that order; units are those of `unit_list` or of Hải Phòng.

    Raises UsageError for a path that does not exist or is a folder.
    """
    for path in paths:
        if path.is_dir():
            raise UsageError(texts.text("path_is_folder", path=path))
        if not path.exists():
            raise UsageError(texts.text("path_missing", path=path))
    return read_paths([path.resolve() for path in paths], jobs, on_done, unit_list)


def read_entries(
    entries: Iterable[Entry],
    jobs: int | None = None,
    on_done: OnDone | None = None,
    unit_list: Path | None = None,
) -> list[Submission]:
    """Every entry of a folder as a submission: workbooks read, everything else skipped with its cure."""
    listed = list(entries)
    workbooks = [entry.path for entry in listed if entry.kind is EntryKind.WORKBOOK]
    read = iter(read_paths(workbooks, jobs, on_done, unit_list))
    return [next(read) if entry.kind is EntryKind.WORKBOOK else _skipped(entry) for entry in listed]


def read_paths(
    paths: Sequence[Path],
    jobs: int | None = None,
    on_done: OnDone | None = None,
    unit_list: Path | None = None,
) -> list[Submission]:
    """Read workbooks in worker processes; one that kills or stalls its worker is rejected by name."""
    task = partial(read_one, unit_list=unit_list)
    names = [str(path) for path in paths]
    executor = executor_for(jobs)
    answers = executor.answers(task, names, on_done)
    return [
        _lost(path, answer, executor.time_limit) if isinstance(answer, WorkerFailure) else answer
        for path, (_, answer) in zip(paths, answers, strict=True)
    ]


def read_one(path: str, unit_list: Path | None = None) -> Submission:
    """Read one workbook in this process. Never raises for what is wrong with the file itself."""
    source = Path(path)
    try:
        data = read_limited(source)
        return read_submission(source.name, data, _units_of(unit_list))
    except WorkbookRefused as refused:
        return rejected(source, refused.code, sheet=refused.sheet, cell=refused.cell, **refused.detail)
    except CchcError:
        return rejected(source, "file_unreadable")


@lru_cache(maxsize=1)  # a worker reads the list once, not once a file
def _units_of(unit_list: Path | None) -> tuple[ReportingUnit, ...]:
    return load_units(unit_list)


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


def refusal_line(refused: WorkbookRefused) -> str:
    """Why a file was refused and what to do, as one line."""
    return f"{texts.text(refused.code, **refused.detail)} {texts.fix(refused.code, **refused.detail)}"


def _lost(path: Path, failure: WorkerFailure, seconds: float) -> Submission:
    return rejected(path, failure.code, seconds=f"{seconds:.0f}", detail=failure.detail)


_WARNED = (EntryKind.FOLDER, EntryKind.ARCHIVE, EntryKind.PLACEHOLDER, EntryKind.LINK)


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
