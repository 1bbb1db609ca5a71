"""What the commands share: exit statuses, options, printing, the progress bar."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cchc_xl.model.periods import ReferencePeriod, parse_period
from cchc_xl.model.terms import PERIODIC
from cchc_xl.tasks.progress import Tell
from cchc_xl.texts import text

if TYPE_CHECKING:
    from cchc_xl.model.scope import ReportingUnits

CLEAN, FAULTS, CANNOT_PROCEED = 0, 1, 2
PATH = click.Path(path_type=Path)
_LONG, _LONG_ON_SCREEN = 20, 5  # items from which a bar is worth showing


def as_period(context: click.Context, option: click.Parameter, given: str) -> ReferencePeriod:
    """Callback of period options. Raises UsageError for what is no period."""
    return parse_period(given)


def _as_units(context: click.Context, option: click.Parameter, given: Path | None) -> ReportingUnits:
    """The units of the list named, or of Hải Phòng. Raises UsageError for what is no list of units."""
    from cchc_xl.catalogue.units import load_units

    return load_units(given)


period_option = click.option(
    "--period", metavar=text("metavar_period"), callback=as_period, required=True, help=text("help_period")
)
regime_option = click.option(
    "--regime", "regime_id", metavar="ID", default=PERIODIC, help=text("help_regime")
)
units_option = click.option("--units", metavar="FILE", type=PATH, callback=_as_units, help=text("help_units"))
json_option = click.option("--json", "as_json", is_flag=True, help=text("help_json"))


def status_of(submissions: Iterable[Any]) -> int:
    """FAULTS when any submission is held or rejected."""
    from cchc_xl.model import Verdict

    return FAULTS if any(s.verdict in (Verdict.HELD, Verdict.REJECTED) for s in submissions) else CLEAN


def print_json(shape: object) -> None:
    """One JSON document on stdout."""
    click.echo(json.dumps(shape, ensure_ascii=False, indent=1))


def print_lines(lines: Iterable[str]) -> None:
    """Each line on stdout."""
    for line in lines:
        click.echo(visible(line))


def visible(line: str) -> str:
    """One line without control characters: file names and cells may hold line ends and terminal commands."""
    return "".join(c if c.isprintable() or c in "\u00a0\u202f" else "□" for c in line)


def tell_written(asked: Path, written: Path) -> None:
    """Say on stderr when a result had to go beside the file that was asked for."""
    if written.name != asked.name:
        click.echo(text("written_beside", asked=asked, written=written), err=True)


@contextlib.contextmanager
def progress(label: str) -> Iterator[Tell]:
    """A progress bar on stderr for long work; nothing for short work."""
    bar: Any = None

    def tell(_item: str, of: int) -> None:
        nonlocal bar
        if bar is None and (of > _LONG or (of > _LONG_ON_SCREEN and sys.stderr.isatty())):
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
