"""Commands for the city: the demo, the summary of a period, summaries over time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cchc_xl.cli.common import (
    CLEAN,
    FAULTS,
    PATH,
    period_option,
    print_lines,
    progress,
    regime_option,
    tell_written,
    units_option,
)
from cchc_xl.cli.help import VietnameseCommand
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.texts import text

if TYPE_CHECKING:
    from cchc_xl.model.scope import ReportingUnits


@click.command(cls=VietnameseCommand, help=text("help_demo"))
@click.argument("folder", metavar="DIR", type=PATH)
def demo(folder: Path) -> int:
    from cchc_xl.cli.demo_listing import demo_lines
    from cchc_xl.tasks.demo import run_demo

    with progress(text("progress_demo")) as tell:
        results = run_demo(folder, tell)
    for result in results:
        print_lines(demo_lines(result))
    return CLEAN


@click.command(cls=VietnameseCommand, help=text("help_merge"))
@click.argument("folder", metavar="DIR", type=PATH)
@period_option
@click.option("--out", metavar="FILE", type=PATH, required=True, help=text("help_out_summary"))
@click.option("--json", "ledger", metavar="LEDGER", type=PATH, help=text("help_ledger"))
@click.option("--previous", metavar="SUMMARY|DIR", type=PATH, help=text("help_previous_merge"))
@click.option("--received", metavar="CSV", type=PATH, help=text("help_received"))
@click.option("--jobs", metavar="N", type=click.IntRange(1, 64), help=text("help_jobs"))
@regime_option
@click.option("--history", metavar="FILE", type=PATH, help=text("help_merge_history"))
@click.option("--tracking", metavar="FILE", type=PATH, help=text("help_tracking"))
@units_option
def merge(
    folder: Path,
    period: ReferencePeriod,
    out: Path,
    ledger: Path | None,
    previous: Path | None,
    received: Path | None,
    jobs: int | None,
    regime_id: str,
    history: Path | None,
    tracking: Path | None,
    units: ReportingUnits,
) -> int:
    from cchc_xl.catalogue.scope import load_scope
    from cchc_xl.cli.listings import merge_lines
    from cchc_xl.tasks.merge import MergeRequest, merge_folder

    scope = load_scope(regime_id, period, units)
    request = MergeRequest(scope, folder, out, ledger, previous, received, jobs, history, tracking)
    with progress(text("progress_read")) as tell:
        result = merge_folder(request, tell)
    print_lines(merge_lines(result.merged))
    tell_written(out, result.summary)
    click.echo(text("merged", path=result.summary))
    if history and result.recorded:
        from cchc_xl.cli.through_time_listing import recorded_line

        click.echo(recorded_line(history, result.recorded))
    return FAULTS if result.has_faults else CLEAN
