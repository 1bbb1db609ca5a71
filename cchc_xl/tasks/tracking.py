"""Write the city's own book of a period; one that stands is never written over: people type in it."""

from __future__ import annotations

from pathlib import Path

from cchc_xl import texts
from cchc_xl.excel.write.workbook_writer import render
from cchc_xl.model.decisions import Decision
from cchc_xl.model.errors import UsageError
from cchc_xl.model.scope import ReportingScope
from cchc_xl.reading.decisions import read_decisions
from cchc_xl.tasks.files import read_limited, replace_file
from cchc_xl.workbooks.city.tracking_book import plan_tracking


def write_tracking(scope: ReportingScope, out: Path) -> Path:
    """The blank book. Raises UsageError where something else stands at `out`."""
    if out.suffix.lower() != ".xlsx":
        raise UsageError(texts.text("suffix_wrong", path=out, suffix=".xlsx"))
    if not out.parent.is_dir():
        raise UsageError(texts.text("no_such_folder", path=out.parent))
    data = render(plan_tracking(scope))
    if out.exists() and not (out.is_file() and out.read_bytes() == data):
        raise UsageError(texts.text("would_overwrite", names=out.name))
    return replace_file(out, data)


def decisions_in(path: Path, scope: ReportingScope) -> tuple[Decision, ...]:
    """What people decided in a book. Raises UsageError for a missing, foreign or faulty one."""
    if not path.is_file():
        raise UsageError(texts.text("path_missing", path=path))
    return read_decisions(read_limited(path), path.name, scope)
