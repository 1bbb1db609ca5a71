"""Commands about commune workbooks: issue, fill, combine, upgrade, read, check; extract from foreign ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cchc_xl.cli.common import (
    CLEAN,
    FAULTS,
    PATH,
    json_option,
    period_option,
    print_json,
    print_lines,
    progress,
    regime_option,
    status_of,
    tell_written,
    units_option,
)
from cchc_xl.cli.help import VietnameseCommand
from cchc_xl.model.errors import UsageError
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.texts import text

if TYPE_CHECKING:
    from cchc_xl.model.scope import ReportingUnits
    from cchc_xl.tasks.upgrade import Upgraded


@click.command(cls=VietnameseCommand, help=text("help_issue"))
@period_option
@click.option("--unit", "codes", metavar="CODE", multiple=True, help=text("help_unit"))
@click.option("--all", "every", is_flag=True, help=text("help_all"))
@click.option("--out", metavar="DIR", type=PATH, required=True, help=text("help_out_folder"))
@regime_option
@click.option("--plain", is_flag=True, help=text("help_plain"))
@click.option("--previous", metavar="DIR", type=PATH, help=text("help_previous_folder"))
@units_option
@click.argument("more_codes", metavar="[CODE]...", nargs=-1)
def issue(
    period: ReferencePeriod,
    codes: tuple[str, ...],
    more_codes: tuple[str, ...],
    every: bool,
    out: Path,
    regime_id: str,
    plain: bool,
    previous: Path | None,
    units: ReportingUnits,
) -> int:
    from cchc_xl.catalogue.scope import load_scope
    from cchc_xl.tasks.issue import IssueRequest, issue_workbooks

    named = codes + more_codes
    if every and named:
        raise UsageError(text("units_both"))
    scope = load_scope(regime_id, period, units)
    request = IssueRequest(scope, out, None if every else named, plain=plain, previous=previous)
    with progress(text("progress_issue")) as tell:
        result = issue_workbooks(request, tell)
    for path in result.paths if len(result.paths) <= 5 else ():
        click.echo(text("issued_one", path=path))
    click.echo(text("issued", count=len(result.paths), folder=out))
    if result.without_python:
        click.echo(text("issued_without_python"), err=True)
    if result.without_previous:
        click.echo(text("issued_without_previous", units=", ".join(result.without_previous)))
    return CLEAN


@click.command(cls=VietnameseCommand, help=text("help_fill"))
@click.argument("file", metavar="FILE", type=PATH)
@click.argument("values", metavar="VALUES.csv", type=PATH)
@click.option("--out", metavar="FILE", type=PATH, required=True, help=text("help_out_file"))
@units_option
def fill(file: Path, values: Path, out: Path, units: ReportingUnits) -> int:
    from cchc_xl.tasks.fill import fill_workbook

    result = fill_workbook(file, values, out, units)
    _tell_upgraded(file, result.older)
    tell_written(out, result.path)
    click.echo(text("filled", count=result.count, path=result.path))
    return CLEAN


@click.command(cls=VietnameseCommand, help=text("help_combine"))
@click.argument("base", metavar="BASE", type=PATH)
@click.argument("others", metavar="OTHER...", type=PATH, nargs=-1, required=True)
@click.option("--forms", metavar=text("metavar_forms"), default="", help=text("help_combine_forms"))
@click.option("--out", metavar="FILE", type=PATH, required=True, help=text("help_out_file"))
@click.option(
    "--prefer", type=click.Choice(["base", "other"]), default="base", help=text("help_combine_prefer")
)
@units_option
def combine(
    base: Path, others: tuple[Path, ...], forms: str, out: Path, prefer: str, units: ReportingUnits
) -> int:
    from cchc_xl.cli.listings import combine_lines
    from cchc_xl.tasks.combine import combine_workbooks

    result = combine_workbooks(base, others, out, units, forms, prefer_other=prefer == "other")
    for other, meetings in result.meetings:
        print_lines(combine_lines(result.layout, other.name, meetings))
    _tell_upgraded(base, result.older)
    tell_written(out, result.path)
    click.echo(text("combined", path=result.path))
    if result.conflicts:
        click.echo(text("combine_conflicts_left", count=len(result.conflicts)))
    return FAULTS if result.conflicts else CLEAN


@click.command(cls=VietnameseCommand, help=text("help_upgrade"))
@click.argument("old", metavar="OLD", type=PATH)
@click.option("--out", metavar="NEW", type=PATH, required=True, help=text("help_out_file"))
@units_option
def upgrade(old: Path, out: Path, units: ReportingUnits) -> int:
    from cchc_xl.tasks.upgrade import upgrade_workbook

    written, done = upgrade_workbook(old, out, units)
    tell_written(out, written)
    _tell_upgraded(old, done)
    click.echo(text("upgrade_done", path=written))
    return CLEAN


def _tell_upgraded(old: Path, done: Upgraded | None) -> None:
    """From which template to which, what is new to be typed, what has no place any more."""
    if done is None:
        return
    lines = [text("upgraded", path=old, version=done.by.old.version, today=done.by.new.version)]
    if done.added:
        lines.append(text("upgraded_added", count=len(done.by.added), rows=done.added))
    lines += [text("upgraded_left", place=place, said=said) for place, said in done.left.items()]
    print_lines(lines)


@click.command(cls=VietnameseCommand, help=text("help_read"))
@click.argument("file", metavar="FILE", type=PATH)
@json_option
@units_option
def read(file: Path, as_json: bool, units: ReportingUnits) -> int:
    from cchc_xl.tasks.ledger_json import submission_to_json
    from cchc_xl.tasks.read import read_named

    submission = read_named([file], units, jobs=1)[0]
    if as_json:
        print_json(submission_to_json(submission, registers=True))
    else:
        from cchc_xl.catalogue.loader import load_regime
        from cchc_xl.cli.listings import submission_lines

        regime = load_regime(submission.regime, submission.period) if submission.regime else None
        print_lines(submission_lines(submission, figures=True, regime=regime))
    return status_of([submission])


@click.command(cls=VietnameseCommand, help=text("help_check"))
@click.argument("files", metavar="FILE...", type=PATH, nargs=-1, required=True)
@json_option
@click.option("--previous", metavar="DIR", type=PATH, help=text("help_previous_check"))
@units_option
def check(files: tuple[Path, ...], as_json: bool, previous: Path | None, units: ReportingUnits) -> int:
    from cchc_xl.tasks.check import check_files

    with progress(text("progress_read")) as tell:
        submissions = check_files(files, units, previous, tell)
    if as_json:
        from cchc_xl.tasks.ledger_json import files_to_json

        print_json(files_to_json(submissions))
    else:
        from cchc_xl.cli.listings import submission_lines

        for submission in submissions:
            print_lines(submission_lines(submission))
    return status_of(submissions)


@click.command(cls=VietnameseCommand, help=text("help_extract"))
@click.argument("file", metavar="FILE", type=PATH)
@period_option
@regime_option
@click.option("--out", metavar="VALUES.csv", type=PATH, required=True, help=text("help_out_file"))
def extract(file: Path, period: ReferencePeriod, regime_id: str, out: Path) -> int:
    from cchc_xl.tasks.extract import extract_file

    found, written = extract_file(file, period, regime_id, out)
    tell_written(out, written)
    print_lines(found.remarks)
    if found.missing:
        rows = ", ".join(indicator.code for indicator in found.missing)
        click.echo(text("extract_missing", rows=rows))
    click.echo(text("extract_done", found=len(found.values), wanted=found.wanted, file=file, out=written))
    return FAULTS if found.remarks or found.missing else CLEAN
