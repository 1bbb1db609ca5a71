"""Combine the forms several people filled: chosen forms of other workbooks into one, conflicts listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cchc_xl import texts
from cchc_xl.model.addresses import SheetCell
from cchc_xl.model.errors import UsageError
from cchc_xl.model.layout import WorkbookLayout
from cchc_xl.model.scope import ReportingUnits
from cchc_xl.reading.typed_contents import typed_contents
from cchc_xl.tasks.combination import Meeting, Outcome, chosen_forms, combine
from cchc_xl.tasks.files import folder_lock, read_limited, replace_file, sweep_strays
from cchc_xl.tasks.fill import OpenedWorkbook, open_issued, whose, with_contents
from cchc_xl.tasks.upgrade import Upgraded


@dataclass(frozen=True, slots=True)
class CombineResult:
    """The written file and, for each other workbook, the cells where it said something new."""

    path: Path
    layout: WorkbookLayout
    meetings: tuple[tuple[Path, tuple[Meeting, ...]], ...]
    older: Upgraded | None = None  # the base was of an earlier template; the file written is of today's

    @property
    def conflicts(self) -> tuple[Meeting, ...]:
        """Cells left as they were although another workbook says something else."""
        return tuple(m for _, found in self.meetings for m in found if m.outcome is Outcome.KEPT)


def combine_workbooks(
    base: Path,
    others: Sequence[Path],
    out: Path,
    units: ReportingUnits,
    forms: str = "",
    *,
    prefer_other: bool = False,
) -> CombineResult:
    """Write `base` with the `forms` ("bieu1,bieu3"; "" is all) of `others` to `out`, one after the other.

    Raises UsageError for another unit's or period's workbook, CchcError when one is not as it was issued.
    """
    if out.suffix.lower() != base.suffix.lower():
        raise UsageError(texts.text("suffix_wrong", path=out, suffix=base.suffix))
    for other in others:
        if out.exists() and other.exists() and out.samefile(other):
            raise UsageError(texts.text("out_is_input", path=out))
    opened = open_issued(base, read_limited(base), units)
    chosen = chosen_forms(opened.layout, forms)
    contents = typed_contents(opened.stored, opened.layout)
    places: set[SheetCell] = set()
    told: list[tuple[Path, tuple[Meeting, ...]]] = []
    for other in others:
        offered = open_issued(other, read_limited(other), units)
        refuse_other_workbook(opened, offered)
        found = combine(
            opened.layout,
            contents,
            typed_contents(offered.stored, offered.layout),
            forms=chosen,
            prefer_offered=prefer_other,
        )
        contents = found.contents
        places |= {(m.sheet, m.cell) for m in found.changed}
        told.append((other, found.meetings))
    content = with_contents(opened, contents, places)
    with folder_lock(out):
        sweep_strays(out.parent)
        return CombineResult(replace_file(out, content), opened.layout, tuple(told), opened.older)


def refuse_other_workbook(opened: OpenedWorkbook, offered: OpenedWorkbook) -> None:
    """Raise UsageError when the other workbook is of another unit, period or regime."""
    ours, theirs = whose(opened), whose(offered)
    if ours != theirs:
        raise UsageError(texts.text("combine_other_workbook", path=offered.path, found=theirs, wanted=ours))
