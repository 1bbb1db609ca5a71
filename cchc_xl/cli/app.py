"""The command line: arguments in, one command of `commands`, its exit status out: 0 · 1 · 2."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from cchc_xl import __version__, texts
from cchc_xl.cli import catalogue, city, closing, communes, pc, periods, reports
from cchc_xl.cli.common import CANNOT_PROCEED, CLEAN, visible
from cchc_xl.cli.help import VietnameseGroup, usage_line
from cchc_xl.model.errors import CchcError

_text = texts.text


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
        return _stop(str(wrong))
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


for _command in (
    city.demo,
    communes.issue,
    communes.fill,
    communes.combine,
    communes.extract,
    communes.read,
    communes.check,
    reports.proofread,
    city.merge,
    periods.rollup,
    periods.history,
    closing.tracking,
    closing.close,
    closing.reopen,
    catalogue.forms,
    catalogue.rules,
    pc.install,
    pc.doctor,
    pc.templates,
    pc.page,
    pc.portable,
):
    command_line.add_command(_command)


def _stop(line: str) -> int:
    click.echo(visible(" ".join(line.split())), err=True)
    return CANNOT_PROCEED
