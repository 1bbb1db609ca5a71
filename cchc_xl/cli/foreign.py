"""Command about workbooks that are not ours: extract."""

from __future__ import annotations

from pathlib import Path

import click

from cchc_xl.cli.common import CLEAN, FAULTS, PATH, REGIME, as_period, print_lines, tell_written
from cchc_xl.cli.help import VietnameseCommand
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.texts import text


@click.command(cls=VietnameseCommand, help=text("help_extract"))
@click.argument("file", metavar="FILE", type=PATH)
@click.option("--period", metavar="KỲ", callback=as_period, required=True, help=text("help_period"))
@click.option("--regime", metavar="ID", default=REGIME, help=text("help_regime"))
@click.option("--out", metavar="VALUES.csv", type=PATH, required=True, help=text("help_out_file"))
def extract(file: Path, period: ReferencePeriod, regime: str, out: Path) -> int:
    from cchc_xl.tasks.extract import extract_workbook

    found, written = extract_workbook(file, period, regime, out)
    tell_written(out, written)
    print_lines(found.remarks)
    if found.missing:
        rows = ", ".join(indicator.code for indicator in found.missing)
        click.echo(text("extract_missing", rows=rows))
    click.echo(text("extract_done", found=len(found.values), wanted=found.wanted, file=file, out=written))
    return FAULTS if found.remarks or found.missing else CLEAN
