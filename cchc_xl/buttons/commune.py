"""The Python buttons of the commune workbook: an open workbook in, values to write out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cchc_xl import texts
from cchc_xl.buttons.open_workbook import OpenBook
from cchc_xl.buttons.outcome import Block, Done, Plain, listing, plain
from cchc_xl.buttons.pressing import open_commune, press
from cchc_xl.figures.identity import file_name_findings
from cchc_xl.figures.live.values import previous_figures
from cchc_xl.figures.totals.against_earlier import through_time_findings
from cchc_xl.figures.totals.size import Sized, size_findings
from cchc_xl.model import Finding, Severity, Verdict
from cchc_xl.model.contents import Contents
from cchc_xl.model.earlier import EarlierReturn
from cchc_xl.model.errors import CchcError, UsageError
from cchc_xl.model.layout import EXCHANGE, FIRST_FORM_ROW, PREVIOUS
from cchc_xl.model.terms import PREVIOUS_PREFIX
from cchc_xl.reading.typed_contents import shown_previous, typed_contents
from cchc_xl.tasks.combination import Combination, Meeting, Outcome, chosen_forms, combine, shown
from cchc_xl.tasks.files import read_limited
from cchc_xl.tasks.read import read_one

if TYPE_CHECKING:
    import xlwings as xw

_WORKBOOKS, _REPORTS = (".xlsx", ".xlsm"), (".docx", ".docm")


def kiem_tra_sau(book: xw.Book) -> None:
    """Kiểm tra sâu: the full rule set on the figures as they stand, with last period's file."""
    press(book, lambda: deep_check(open_commune(book)))


def lay_so_ky_truoc(book: xw.Book) -> None:
    """Lấy số kỳ trước: fill the columns "Kỳ trước" from last period's workbook, never an input."""
    press(book, lambda: last_period(open_commune(book)))


def nhap_tu_tep(book: xw.Book) -> None:
    """Nhập từ tệp: blank cells from a CSV file or another workbook, conflicts listed."""
    press(book, lambda: import_file(open_commune(book)))


def ghep_bieu(book: xw.Book) -> None:
    """Ghép biểu từ tệp khác: chosen forms of a colleague's copy, conflicts listed."""
    press(book, lambda: combine_forms(open_commune(book)))


def deep_check(book: OpenBook) -> Done:
    """Every rule on the figures as they stand, with last period's file or, without one, its shown figures."""
    submission = book.submission
    before = _before(book)
    findings = [*submission.findings, *file_name_findings(submission, book.units)]
    if before is not None:
        regime = book.layout.regime
        findings += through_time_findings(regime, submission, {before.period: before})
        findings += filter(None, size_findings(regime, [Sized(regime, submission, before)]))
    weight = list(Severity)
    findings.sort(key=lambda finding: weight.index(finding.severity))
    compared = texts.text("done_check_previous", source=before.source) if before else ""
    if not findings:
        return Done(texts.text("done_check_clean", previous=compared), (listing(()),))
    counts = {f"{s.value}s": sum(f.severity is s for f in findings) for s in Severity}
    message = texts.text("done_check", previous=compared, sheet=EXCHANGE, **counts)
    return Done(message, (listing([_finding_line(f) for f in findings]),), EXCHANGE)


def last_period(book: OpenBook) -> Done:
    """Last period's figures into the columns "Kỳ trước"; inputs are never touched."""
    before = _previous_of(book, book.file("cchc_py_ky_truoc"))
    known = previous_figures(book.layout.regime, before.undoubted)
    blocks = [
        Block(
            form.form.sheet,
            f"{PREVIOUS}{FIRST_FORM_ROW}",
            tuple((plain(known.get(PREVIOUS_PREFIX + i.code)),) for i in form.form.indicators),
        )
        for form in book.layout.forms.values()
    ]
    return Done(texts.text("done_previous", count=len(known), period=before.period.label), tuple(blocks))


def import_file(book: OpenBook) -> Done:
    """A CSV file (as `fill` takes it), another workbook or a Word report of the same unit and period."""
    path = book.file("cchc_py_tep")
    if path.suffix.lower() in _REPORTS:
        from cchc_xl.tasks.extract import contents_of_report

        here = book.submission
        offered, left = contents_of_report(path, book.layout, here.unit, here.period)
        return _taken(book, path, offered, None, left)
    return _taken(book, path, _offered(book, path), None)


def combine_forms(book: OpenBook) -> Done:
    """The chosen forms of another workbook of the same unit and period."""
    path = book.file("cchc_py_tep")
    forms = chosen_forms(book.layout, book.setting("cchc_py_bieu"))
    if path.suffix.lower() not in _WORKBOOKS:
        raise UsageError(texts.text("suffix_wrong", path=path, suffix=".xlsx"))
    return _taken(book, path, _offered(book, path), forms)


def _taken(
    book: OpenBook, path: Path, offered: Contents, forms: tuple[str, ...] | None, left: Sequence[str] = ()
) -> Done:
    overwrite = book.setting("cchc_py_ghi_de") == texts.text("exchange_yes")
    found = combine(book.layout, book.contents, offered, forms=forms, prefer_offered=overwrite)
    if not found.meetings:
        return Done(texts.text("done_import_nothing", source=path.name), (listing(()),))
    cells = [Block(m.sheet, m.cell, ((plain(m.offered),),)) for m in found.changed]
    numbers = book.layout.row_numbers((m.sheet, m.cell) for m in found.changed)
    cells += [Block(*place, ((number,),)) for place, number in sorted(numbers.items())]
    order = sorted(found.meetings, key=lambda m: list(Outcome).index(m.outcome), reverse=True)
    rows = [_left_line(remark) for remark in left] + [_meeting_line(book, meeting) for meeting in order]
    return Done(_import_message(path, found), (*cells, listing(rows)), EXCHANGE)


def _import_message(path: Path, found: Combination) -> str:
    counts = {o.value: sum(m.outcome is o for m in found.meetings) for o in Outcome}
    return texts.text("done_import", source=path.name, sheet=EXCHANGE, **counts)


def _offered(book: OpenBook, path: Path) -> Contents:
    # Imported here: a deep check, which officers wait for most often, does without.
    from cchc_xl.tasks.fill import offered_contents, open_issued, whose
    from cchc_xl.tasks.values_csv import read_values

    suffix = path.suffix.lower()
    if suffix == ".csv":
        return offered_contents(read_values(path, book.layout))
    if suffix not in _WORKBOOKS:
        raise UsageError(texts.text("button_bad_suffix", path=path))
    offered = open_issued(path, read_limited(path), book.units)
    ours, theirs = _whose(book), whose(offered)
    if ours != theirs:
        raise UsageError(texts.text("combine_other_workbook", path=path, found=theirs, wanted=ours))
    return typed_contents(offered.stored, offered.layout)


def _before(book: OpenBook) -> EarlierReturn | None:
    """Last period's figures; None when neither the file nor the column "Kỳ trước" has any."""
    if book.setting("cchc_py_ky_truoc"):
        return _previous_of(book, book.file("cchc_py_ky_truoc"))
    shown, period = shown_previous(book.stored, book.layout), book.submission.period
    if not shown or period is None:
        return None
    return EarlierReturn(period.previous(), shown, source=texts.text("wb_side_previous"))


def _previous_of(book: OpenBook, path: Path) -> EarlierReturn:
    """The unit's workbook of the period before. Raises UsageError for any other file."""
    found = read_one(str(path), book.units)
    if found.verdict is Verdict.REJECTED or found.period is None or found.unit is None:
        reason = " ".join(f"{f.message} {f.fix}" for f in found.findings[:1])
        raise CchcError(texts.text("button_previous_refused", path=path, reason=reason))
    here = book.submission
    wanted = here.period.previous() if here.period else None
    if (found.unit, found.period, found.regime) != (here.unit, wanted, here.regime):
        words = {"found": f"{found.unit.full_name}, {found.period.label}"}
        words["wanted"] = f"{here.unit.full_name}, {wanted.label}" if here.unit and wanted else ""
        raise UsageError(texts.text("button_previous_other", path=path, **words))
    from cchc_xl.tasks.earlier import return_of

    return return_of(found)


def _whose(book: OpenBook) -> str:
    unit, period = book.submission.unit, book.submission.period
    return f"{unit.full_name}, {period.label} ({book.layout.regime.id})" if unit and period else ""


def _finding_line(finding: Finding) -> tuple[Plain, ...]:
    place = {"sheet": finding.sheet, "cell": finding.cell}
    return (
        texts.text(f"wb_severity_{finding.severity.value}"),
        texts.text("exchange_place", **place) if finding.sheet and finding.cell else finding.sheet,
        finding.message,
        finding.value,
        finding.expected,
        finding.fix,
    )


def _left_line(remark: str) -> tuple[Plain, ...]:
    return (texts.text("import_left"), None, remark, None, None, texts.text("import_left_remedy"))


def _meeting_line(book: OpenBook, meeting: Meeting) -> tuple[Plain, ...]:
    return (
        texts.text(f"combine_outcome_{meeting.outcome.value}"),
        texts.text("exchange_place", sheet=meeting.sheet, cell=meeting.cell),
        meeting.label,
        shown(book.layout, meeting.key, meeting.current),
        shown(book.layout, meeting.key, meeting.offered),
        texts.text(f"remedy_{meeting.outcome.value}"),
    )
