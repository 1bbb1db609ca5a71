"""Reports from the mail (.docx, .txt) read in worker processes; the officer's file is only ever read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from cchc_xl import texts
from cchc_xl.excel.opc.file_kind import ZIP, disguise_of
from cchc_xl.model.documents import Document
from cchc_xl.model.errors import CchcError, DocumentRefused, UsageError, WorkbookRefused
from cchc_xl.tasks.files import read_limited
from cchc_xl.tasks.progress import Tell
from cchc_xl.tasks.workers import WorkerFailure, executor_for
from cchc_xl.word.read.gate import document_refused

R = TypeVar("R")
DOCUMENT_SUFFIXES = frozenset({".docx", ".docm", ".dotx", ".txt", ".doc", ".odt", ".rtf", ".pdf"})
_TEXT_LIMIT = 4 * 1024 * 1024
_TIME_LIMIT = 20.0  # seconds a file


def read_document_file(path: str) -> Document:
    """The text of a .docx or UTF-8 .txt, in this process. Raises DocumentRefused and CchcError."""
    try:
        data = read_limited(Path(path))
    except WorkbookRefused as refused:
        raise document_refused(refused) from None
    return document_of(data)


def document_of(data: bytes) -> Document:
    """The document of these bytes, judged by what they are and never by a name. Raises DocumentRefused."""
    # Imported here: the process that hands files to workers reads none itself.
    from cchc_xl.reports.plain_text import document_of_text
    from cchc_xl.word.read.document import read_document

    if data.startswith(ZIP):
        return read_document(data)
    code = disguise_of(data)
    if code is None or (code == "file_is_text" and len(data) > _TEXT_LIMIT):
        code = "file_too_large"
    if code == "file_is_text":
        return document_of_text(_decoded(data))
    raise document_refused(WorkbookRefused(code, limit=str(_TEXT_LIMIT // 1_048_576)))


def _decoded(data: bytes) -> str:
    codec = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        raise document_refused(WorkbookRefused("text_encoding")) from None


def in_workers(task: Callable[[str], R], paths: Sequence[Path], tell: Tell | None = None) -> list[R]:
    """Run `task` on every report in worker processes, in order.

    Raises UsageError for a missing file, DocumentRefused naming the file that killed or stalled its worker.
    """
    for path in paths:
        if not path.is_file():
            raise UsageError(texts.text("path_is_folder" if path.is_dir() else "path_missing", path=path))
    names = [str(path.resolve()) for path in paths]
    jobs = min(2, len(names))
    on_done = (lambda item: tell(item, len(names))) if tell else None
    answers: list[R] = []
    for path, (_, answer) in zip(
        paths, executor_for(jobs, _TIME_LIMIT).answers(task, names, on_done), strict=True
    ):
        if isinstance(answer, WorkerFailure):
            raise DocumentRefused(answer.code, f"{path.name}: {texts.document_refusal(answer.code)}")
        answers.append(answer)
    return answers


def refusal_or_document(path: str) -> Document | str:
    """A worker's task: the document, or the line that says why there is none."""
    try:
        return read_document_file(path)
    except CchcError as refused:
        return str(refused)


def read_reports(paths: Sequence[Path]) -> list[Document]:
    """The documents, read in workers. Raises DocumentRefused for the first that cannot be read."""
    found = []
    for path, answer in zip(paths, in_workers(refusal_or_document, paths), strict=True):
        if isinstance(answer, str):
            raise DocumentRefused("document_refused", f"{path.name}: {answer}")
        found.append(answer)
    return found
