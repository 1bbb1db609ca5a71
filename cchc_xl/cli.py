"""The command line: arguments in, one workflow operation, lines or JSON out. Exit status 0 · 1 · 2.

Everything but click is imported inside the commands, so that each starts only what it needs.
"""

from __future__ import annotations

import contextlib
import json as json_format
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from cchc_xl import __version__, messages
from cchc_xl.command_help import VietnameseGroup, usage_line
from cchc_xl.errors import CchcError, UsageError
from cchc_xl.periods import ReferencePeriod, parse_period

CLEAN, FAULTS, CANNOT_PROCEED = 0, 1, 2
_REGIME = "cchc-dinh-ky"
_text = messages.text
_Path = click.Path(path_type=Path)


def _as_period(context: click.Context, option: click.Parameter, text: str) -> ReferencePeriod:
    return parse_period(text)


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit status. Prints one Vietnamese line when it cannot proceed."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = command_line.main(list(arguments), prog_name="cchc-xl", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else CLEAN
    except click.exceptions.NoArgsIsHelpError as asked:
        click.echo(asked.ctx.get_help() if asked.ctx else "")
        return CANNOT_PROCEED
    except click.ClickException as wrong:
        return _stop(usage_line(wrong))
    except CchcError as wrong:
        return _stop(_line_of(wrong))
    except (click.Abort, KeyboardInterrupt):
        return _stop(_text("stopped"))
    except BrokenPipeError:
        # The reader of our output left; nothing more can be told, and Python must not try to at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return CANNOT_PROCEED


@click.group(
    cls=VietnameseGroup,
    help=_text("help_group"),
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 110},
)
@click.version_option(
    __version__, prog_name="cchc-xl", message="%(prog)s %(version)s", help=_text("help_version")
)
def command_line() -> None:
    """All commands."""


@command_line.command(help=_text("help_demo"))
@click.argument("folder", metavar="DIR", type=_Path)
def demo(folder: Path) -> int:
    from cchc_xl.demo_listing import demo_lines
    from cchc_xl.workflow.demo import run_demo

    with _progress(None, _text("progress_demo")) as tell:
        results = run_demo(folder, tell)
    for result in results:
        _print_lines(demo_lines(result))
    return CLEAN


@command_line.command(help=_text("help_issue"))
@click.option("--period", metavar="KỲ", callback=_as_period, required=True, help=_text("help_period"))
@click.option("--unit", "codes", metavar="CODE", multiple=True, help=_text("help_unit"))
@click.option("--all", "every", is_flag=True, help=_text("help_all"))
@click.option("--out", metavar="DIR", type=_Path, required=True, help=_text("help_out_folder"))
@click.option("--regime", metavar="ID", default=_REGIME, help=_text("help_regime"))
@click.option("--plain", is_flag=True, help=_text("help_plain"))
@click.option("--previous", metavar="DIR", type=_Path, help=_text("help_previous_folder"))
@click.option("--units", "unit_list", metavar="FILE", type=_Path, help=_text("help_units"))
@click.argument("more_codes", metavar="[CODE]...", nargs=-1)
def issue(
    period: ReferencePeriod,
    codes: tuple[str, ...],
    more_codes: tuple[str, ...],
    every: bool,
    out: Path,
    regime: str,
    plain: bool,
    previous: Path | None,
    unit_list: Path | None,
) -> int:
    from cchc_xl.workflow.issue import IssueRequest, issue_workbooks

    named = codes + more_codes
    if every and named:
        raise UsageError(_text("units_both"))
    request = IssueRequest(
        period=period,
        out=out,
        codes=None if every else named,
        regime_id=regime,
        plain=plain,
        previous=previous,
        unit_list=unit_list,
    )
    with _progress(None, _text("progress_issue")) as tell:
        result = issue_workbooks(request, tell)
    for path in result.paths if len(result.paths) <= 5 else ():
        click.echo(_text("issued_one", path=path))
    click.echo(_text("issued", count=len(result.paths), folder=out))
    if result.without_previous:
        click.echo(_text("issued_without_previous", units=", ".join(result.without_previous)))
    return CLEAN


@command_line.command(help=_text("help_fill"))
@click.argument("file", metavar="FILE", type=_Path)
@click.argument("values", metavar="VALUES.csv", type=_Path)
@click.option("--out", metavar="FILE", type=_Path, required=True, help=_text("help_out_file"))
def fill(file: Path, values: Path, out: Path) -> int:
    from cchc_xl.workflow.fill import fill_workbook

    result = fill_workbook(file, values, out)
    _tell_written(out, result.path)
    click.echo(_text("filled", count=result.count, path=result.path))
    return CLEAN


@command_line.command(help=_text("help_read"))
@click.argument("file", metavar="FILE", type=_Path)
@click.option("--json", "as_json", is_flag=True, help=_text("help_json"))
def read(file: Path, as_json: bool) -> int:
    from cchc_xl.workflow.read import read_named
    from cchc_xl.workflow.results import submission_to_json

    submission = read_named([file], 1)[0]
    if as_json:
        _print_json(submission_to_json(submission, registers=True))
    else:
        from cchc_xl.catalogue.loader import load_regime
        from cchc_xl.listings import submission_lines

        regime = load_regime(submission.regime, submission.period) if submission.regime else None
        _print_lines(submission_lines(submission, figures=True, regime=regime))
    return _status([submission])


@command_line.command(help=_text("help_check"))
@click.argument("files", metavar="FILE...", type=_Path, nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help=_text("help_json"))
@click.option("--previous", metavar="DIR", type=_Path, help=_text("help_previous_check"))
def check(files: tuple[Path, ...], as_json: bool, previous: Path | None) -> int:
    from cchc_xl.workflow.check import check_files

    with _progress(len(files), _text("progress_read")) as tell:
        submissions = check_files(files, previous, on_done=tell)
    if as_json:
        from cchc_xl.workflow.results import files_to_json

        _print_json(files_to_json(submissions))
    else:
        from cchc_xl.listings import submission_lines

        for submission in submissions:
            _print_lines(submission_lines(submission))
    return _status(submissions)


@command_line.command(help=_text("help_merge"))
@click.argument("folder", metavar="DIR", type=_Path)
@click.option("--period", metavar="KỲ", callback=_as_period, required=True, help=_text("help_period"))
@click.option("--out", metavar="FILE", type=_Path, required=True, help=_text("help_out_summary"))
@click.option("--json", "ledger", metavar="LEDGER", type=_Path, help=_text("help_ledger"))
@click.option("--previous", metavar="SUMMARY", type=_Path, help=_text("help_previous_summary"))
@click.option("--received", metavar="CSV", type=_Path, help=_text("help_received"))
@click.option("--jobs", metavar="N", type=click.IntRange(1, 64), help=_text("help_jobs"))
@click.option("--regime", metavar="ID", default=_REGIME, help=_text("help_regime"))
def merge(
    folder: Path,
    period: ReferencePeriod,
    out: Path,
    ledger: Path | None,
    previous: Path | None,
    received: Path | None,
    jobs: int | None,
    regime: str,
) -> int:
    from cchc_xl.listings import merge_lines
    from cchc_xl.workflow.merge import MergeRequest, merge_folder

    request = MergeRequest(folder, period, out, regime, ledger, previous, received, jobs)
    with _progress(None, _text("progress_read")) as tell:
        result = merge_folder(request, tell)
    _print_lines(merge_lines(result.merged))
    _tell_written(out, result.summary)
    click.echo(_text("merged", path=result.summary))
    return FAULTS if result.has_faults else CLEAN


@command_line.command(help=_text("help_forms"))
@click.option("--regime", metavar="ID", default=_REGIME, help=_text("help_regime"))
@click.option("--json", "as_json", is_flag=True, help=_text("help_json"))
def forms(regime: str, as_json: bool) -> int:
    from cchc_xl.catalogue.loader import load_regime
    from cchc_xl.listings import form_lines
    from cchc_xl.workflow.results import forms_to_json

    loaded = load_regime(regime)
    if as_json:
        _print_json(forms_to_json(loaded))
    else:
        _print_lines(form_lines(loaded))
    return CLEAN


@command_line.command(help=_text("help_rules"))
@click.option("--regime", metavar="ID", default=_REGIME, help=_text("help_regime"))
@click.option("--json", "as_json", is_flag=True, help=_text("help_json"))
def rules(regime: str, as_json: bool) -> int:
    from cchc_xl.catalogue.loader import load_regime
    from cchc_xl.listings import rule_lines
    from cchc_xl.workflow.results import rules_to_json

    loaded = load_regime(regime)
    if as_json:
        _print_json(rules_to_json(loaded))
    else:
        _print_lines(rule_lines(loaded))
    return CLEAN


def _stop(line: str) -> int:
    click.echo(" ".join(line.split()), err=True)
    return CANNOT_PROCEED


def _line_of(error: CchcError) -> str:
    from cchc_xl.errors import WorkbookRefused

    if isinstance(error, WorkbookRefused):
        from cchc_xl.workflow.read import refusal_line

        return refusal_line(error)
    return str(error)


def _status(submissions: Iterable[Any]) -> int:
    from cchc_xl.model import Verdict

    return FAULTS if any(s.verdict in (Verdict.HELD, Verdict.REJECTED) for s in submissions) else CLEAN


def _print_json(shape: object) -> None:
    click.echo(json_format.dumps(shape, ensure_ascii=False, indent=1))


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def _tell_written(asked: Path, written: Path) -> None:
    if written.name != asked.name:
        click.echo(_text("written_beside", asked=asked, written=written), err=True)


@contextlib.contextmanager
def _progress(total: int | None, label: str) -> Iterator[Callable[..., None]]:
    """A progress bar on stderr for long work: `tell(item, total)`; nothing for short work."""
    bar: Any = None

    def tell(item: str, of: int = total or 0) -> None:
        nonlocal bar
        if bar is None and (of > 20 or (of > 5 and sys.stderr.isatty())):
            from tqdm import tqdm

            quiet = 0.1 if sys.stderr.isatty() else 5.0
            bar = tqdm(total=of, desc=label, file=sys.stderr, mininterval=quiet, leave=False)
        if bar is not None:
            bar.update()

    try:
        yield tell
    finally:
        if bar is not None:
            bar.close()
