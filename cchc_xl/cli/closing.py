"""Commands that make a period official: the city's book of decisions, close, reopen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cchc_xl.cli.common import CLEAN, PATH, period_option, regime_option, tell_written, units_option
from cchc_xl.cli.help import VietnameseCommand
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.texts import text

if TYPE_CHECKING:
    from cchc_xl.model.scope import ReportingUnits

_history_option = click.option(
    "--history", metavar="FILE", type=PATH, required=True, help=text("help_history_closing")
)
_by_option = click.option("--by", "who", metavar="WHO", required=True, help=text("help_by"))


@click.command(cls=VietnameseCommand, help=text("help_tracking_command"))
@period_option
@click.option("--out", metavar="FILE", type=PATH, required=True, help=text("help_out_tracking"))
@regime_option
@units_option
def tracking(period: ReferencePeriod, out: Path, regime_id: str, units: ReportingUnits) -> int:
    from cchc_xl.catalogue.scope import load_scope
    from cchc_xl.tasks.tracking import write_tracking

    written = write_tracking(load_scope(regime_id, period, units), out)
    tell_written(out, written)
    click.echo(text("tracking_written", path=written))
    return CLEAN


@click.command(cls=VietnameseCommand, help=text("help_close"))
@click.argument("summary", metavar="SUMMARY", type=PATH)
@_history_option
@_by_option
@click.option("--accept-missing", metavar="REASON", default="", help=text("help_accept_missing"))
def close(summary: Path, history: Path, who: str, accept_missing: str) -> int:
    from cchc_xl.tasks.closing import close_period

    period, closing = close_period(summary, history, who, accept_missing)
    words = {"complete": closing.complete, "expected": closing.expected, "day": f"{closing.closed:%d/%m/%Y}"}
    click.echo(text("closed", period=period.label, **words))
    return CLEAN


@click.command(cls=VietnameseCommand, help=text("help_reopen"))
@period_option
@_history_option
@_by_option
@click.option("--reason", metavar="TEXT", required=True, help=text("help_reason"))
@regime_option
def reopen(period: ReferencePeriod, history: Path, who: str, reason: str, regime_id: str) -> int:
    from cchc_xl.catalogue.loader import load_regime
    from cchc_xl.tasks.closing import reopen_period

    closing = reopen_period(load_regime(regime_id, period), period, history, who, reason)
    click.echo(text("reopened", period=period.label, day=f"{closing.closed:%d/%m/%Y}", who=closing.who))
    return CLEAN
