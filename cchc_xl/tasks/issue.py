"""Issue commune workbooks for a period: one file a unit, written once and adapted for every other unit."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cchc_xl import texts
from cchc_xl.figures.live.values import comparable
from cchc_xl.model.contents import Subject
from cchc_xl.model.errors import CchcError, UsageError
from cchc_xl.model.scope import ReportingScope
from cchc_xl.model.terms import Figures
from cchc_xl.tasks.drawing import Draw, draw_plain, draw_with_buttons, has_python_buttons, render_blanks
from cchc_xl.tasks.earlier import figures_in_folders
from cchc_xl.tasks.files import replace_file, sweep_strays
from cchc_xl.tasks.progress import Tell
from cchc_xl.texts.recognised import PLAIN_D
from cchc_xl.workbooks.commune import plan_workbook


@dataclass(frozen=True, slots=True)
class IssueRequest:
    """Which workbooks to issue; `codes` None stands for every unit of the scope.

    `previous` is a folder of submissions, among them those of the period before.
    """

    scope: ReportingScope
    out: Path
    codes: tuple[str, ...] | None = None
    plain: bool = False
    previous: Path | None = None


@dataclass(frozen=True, slots=True)
class IssueResult:
    """Files issued, and units whose last period's figures were asked for but not found.

    `without_python`: the buttons that call Python are missing, because xlwings is.
    """

    paths: tuple[Path, ...]
    without_previous: tuple[str, ...] = ()
    without_python: bool = False


def issue_workbooks(request: IssueRequest, tell: Tell | None = None) -> IssueResult:
    """Write one workbook a unit into the folder, which is made when missing.

    A file that already stands there with other content (it may hold figures) is never overwritten: then
    UsageError names every such file and nothing is written at all.
    """
    scope = chosen(request)
    before = _shown_before(request)
    contents = _contents(request, scope, before)
    suffix = "xlsx" if request.plain else "xlsm"
    names = {unit.code: f"{file_stem(scope.subject(unit))}.{suffix}" for unit in scope.units}
    files = {request.out / names[code]: content for code, content in contents.items()}
    make_folder(request.out)
    refuse_overwriting(files)
    sweep_strays(request.out)
    written = []
    for path, content in files.items():
        written.append(path if path.exists() else replace_file(path, content))
        if tell:
            tell(path.name, len(files))
    missing = tuple(u.full_name for u in scope.units if u.code not in before) if request.previous else ()
    return IssueResult(tuple(written), missing, not request.plain and not has_python_buttons())


def chosen(request: IssueRequest) -> ReportingScope:
    """The scope of the units asked for. Raises UsageError for none at all or naming every unknown code."""
    if request.codes is None:
        return request.scope
    if not request.codes:
        raise UsageError(texts.text("units_none"))
    return request.scope.narrowed(request.codes)


def file_stem(subject: Subject) -> str:
    """`CCHC_2026-Q2_11284_Nam-Thanh-Mien`: plain ASCII, so that no mail program alters it.

    It carries the unit's code and only repeats what stands inside.
    """
    folded = unicodedata.normalize("NFD", subject.unit.name.translate(PLAIN_D))
    name = "-".join("".join(c for c in folded if c.isascii()).split())
    return f"{subject.regime.file_prefix}_{subject.period}_{subject.unit.code}_{name}"


def make_folder(folder: Path) -> None:
    """Make the folder that receives workbooks. Raises CchcError where it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise CchcError(texts.text("file_write_failed", path=folder, reason=fault.strerror)) from fault


def refuse_overwriting(files: Mapping[Path, bytes]) -> None:
    standing = [
        p.name for p, new in files.items() if p.exists() and not (p.is_file() and p.read_bytes() == new)
    ]
    if standing:
        names = ", ".join(standing[:5]) + (" …" if len(standing) > 5 else "")
        raise UsageError(texts.text("would_overwrite", names=names))


def _shown_before(request: IssueRequest) -> dict[str, Figures]:
    """Figures of the period before by unit code, as far as this period may be held against them."""
    if request.previous is None:
        return {}
    scope, last = request.scope, request.scope.period.previous()
    earlier = figures_in_folders(
        [request.previous], scope.units, lambda s: (s.regime, s.period) == (scope.regime.id, last)
    )
    return {
        code: comparable(scope.regime, scope.period, found.undoubted)
        for known in earlier.periods
        for code, found in known.returns.items()
        if found.undoubted
    }


def _contents(
    request: IssueRequest, scope: ReportingScope, before: Mapping[str, Figures]
) -> dict[str, bytes]:
    """Workbook by unit code; those that show last period's figures are each written on their own."""
    draw = draw_plain if request.plain else draw_with_buttons
    shown = {u.code: _drawn(scope.subject(u), before[u.code], draw) for u in scope.units if u.code in before}
    blanks = render_blanks(scope.narrowed([u.code for u in scope.units if u.code not in shown]), draw)
    return {unit.code: shown.get(unit.code) or blanks[unit.code] for unit in scope.units}


def _drawn(subject: Subject, before: Figures, draw: Draw) -> bytes:
    return draw(plan_workbook(subject.regime, subject.unit, subject.period, previous=before), subject)
