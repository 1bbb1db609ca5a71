"""Carry what was typed into a workbook of an earlier template version over into today's template."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cchc_xl import texts
from cchc_xl.catalogue.loader import load_regime
from cchc_xl.catalogue.versions import Succession, succession
from cchc_xl.excel.read.gate import open_gate
from cchc_xl.excel.read.stored_workbook import StoredWorkbook, open_workbook
from cchc_xl.model import Submission
from cchc_xl.model.contents import Contents, Subject
from cchc_xl.model.errors import CchcError, UsageError, WorkbookRefused
from cchc_xl.model.layout import WorkbookLayout, layout_of
from cchc_xl.model.scope import ReportingUnits
from cchc_xl.model.terms import Figures
from cchc_xl.reading.carried import added_rows, carried_contents, carried_figures, left_behind
from cchc_xl.reading.submission import judge_workbook
from cchc_xl.reading.typed_contents import shown_previous, typed_contents
from cchc_xl.tasks.drawing import draw_plain, draw_with_buttons
from cchc_xl.tasks.files import folder_lock, read_limited, replace_file, sweep_strays
from cchc_xl.workbooks.commune import plan_workbook


@dataclass(frozen=True)
class Upgraded:
    """Today's workbook with what the older one held.

    `added`: the first rows it did not have, in words; `left`: what has no place any more, by where it stood.
    """

    content: bytes
    by: Succession
    added: str
    left: dict[str, str]


def upgrade_workbook(old: Path, out: Path, units: ReportingUnits) -> tuple[Path, Upgraded]:
    """Write `old` in today's template to `out`, an .xlsx or, with buttons, an .xlsm.

    Raises UsageError for a workbook of today's template, CchcError when it is not as it was issued.
    """
    if out.suffix.lower() not in (".xlsx", ".xlsm"):
        raise UsageError(texts.text("suffix_wrong", path=out, suffix=".xlsx"))
    if out.exists() and old.exists() and out.samefile(old):
        raise UsageError(texts.text("out_is_input", path=out))
    done = upgraded(old, read_limited(old), units, with_buttons=out.suffix.lower() == ".xlsm")
    if done is None:
        raise UsageError(texts.text("upgrade_current", path=old))
    with folder_lock(out):
        sweep_strays(out.parent)
        return replace_file(out, done.content), done


def upgraded(path: Path, data: bytes, units: ReportingUnits, *, with_buttons: bool) -> Upgraded | None:
    """The workbook `data` in today's template; None when it is of today's already.

    `path` is only named in messages. Raises CchcError when it is not as it was issued.
    """
    stored, submission = opened_and_judged(path, data, units)
    return carried_over(path, stored, submission, with_buttons=with_buttons)


def opened_and_judged(path: Path, data: bytes, units: ReportingUnits) -> tuple[StoredWorkbook, Submission]:
    """A workbook and what is read from it, opened once. Raises CchcError for one that is rejected."""
    try:
        stored = open_workbook(open_gate(data))
        return stored, judge_workbook(path.name, None, stored, units)
    except WorkbookRefused as refused:
        raise CchcError(texts.text("fill_rejected", path=path, reason=refused)) from refused


def carried_over(
    path: Path, stored: StoredWorkbook, submission: Submission, *, with_buttons: bool
) -> Upgraded | None:
    """The workbook just judged in today's template; None when it is of today's. Raises as `upgraded`."""
    assert submission.regime and submission.period and submission.unit
    today = load_regime(submission.regime, submission.period)
    if submission.template == today.version:
        return None
    by = succession(load_regime(today.id, submission.period, version=submission.template), today)
    refuse_moved(path, stored, layout_of(by.old))
    typed = typed_contents(stored, layout_of(by.old))
    subject = Subject(today, submission.unit, submission.period, submission.illustrative)
    previous = carried_figures(shown_previous(stored, layout_of(by.old)), by)
    content = _drawn(subject, carried_contents(typed, by), previous, with_buttons=with_buttons)
    return Upgraded(content, by, added_rows(by), left_behind(typed, by))


def refuse_moved(path: Path, stored: StoredWorkbook, layout: WorkbookLayout) -> None:
    """Raises CchcError for a workbook whose cells do not stand where the layout says."""
    for name, (sheet, cell) in layout.names.items():
        if stored.defined_names.get(name) != (sheet, cell):
            raise CchcError(texts.text("fill_moved", path=path, sheet=sheet, cell=cell))


def _drawn(subject: Subject, contents: Contents, previous: Figures, *, with_buttons: bool) -> bytes:
    plan = plan_workbook(
        subject.regime,
        subject.unit,
        subject.period,
        contents,
        previous=previous,
        illustrative=subject.illustrative,
    )
    return (draw_with_buttons if with_buttons else draw_plain)(plan, subject)
