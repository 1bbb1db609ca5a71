"""Commands over several periods: roll-up, history."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cchc_xl.cli.common import (
    CLEAN,
    FAULTS,
    PATH,
    as_period,
    json_option,
    print_json,
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


@click.command(cls=VietnameseCommand, help=text("help_rollup"))
@click.argument("folders", metavar="DIR...", type=PATH, nargs=-1, required=True)
@click.option(
    "--to",
    "target",
    metavar=text("metavar_period"),
    callback=as_period,
    required=True,
    help=text("help_rollup_to"),
)
@click.option("--out", metavar="DIR", type=PATH, required=True, help=text("help_out_folder"))
@regime_option
@units_option
def rollup(
    folders: tuple[Path, ...], target: ReferencePeriod, out: Path, regime_id: str, units: ReportingUnits
) -> int:
    from cchc_xl.catalogue.scope import load_scope
    from cchc_xl.cli.through_time_listing import rollup_lines
    from cchc_xl.tasks.rollup import RollupRequest, roll_up_folders

    with progress(text("progress_rollup")) as tell:
        result = roll_up_folders(RollupRequest(load_scope(regime_id, target, units), folders, out), tell)
    print_lines(rollup_lines(result, target, out))
    return FAULTS if result.has_faults else CLEAN


@click.command(cls=VietnameseCommand, help=text("help_history"))
@click.argument("file", metavar="FILE", type=PATH)
@json_option
@click.option("--export", metavar="FILE", type=PATH, help=text("help_export"))
def history(file: Path, as_json: bool, export: Path | None) -> int:
    from cchc_xl.cli.through_time_listing import history_lines
    from cchc_xl.tasks.history_export import export_history, history_to_json

    if export is not None:
        path, rows = export_history(file, export)
        tell_written(export, path)
        click.echo(text("history_exported", rows=rows, path=path), err=as_json)
    if as_json:
        print_json(history_to_json(file))
    elif export is None:
        print_lines(history_lines(file))
    return CLEAN
