"""The command line: arguments in, one command run, its exit status out: 0 · 1 · 2."""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

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
        _close_output()
        return CANNOT_PROCEED
    except OSError as wrong:
        _close_output()
        words = {"path": wrong.filename or _text("the_output"), "reason": wrong.strerror or str(wrong)}
        return _stop(_text("system_refused", **words))
    except Exception as wrong:  # a fault of this program: still one line, and status 1 stays with the data
        return _stop(_text("program_fault", fault=f"{type(wrong).__name__}: {wrong}", place=_place(wrong)))


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
    communes.upgrade,
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
    with contextlib.suppress(OSError):  # a full disk behind stderr as well: the status alone tells
        click.echo(visible(" ".join(line.split())), err=True)
    return CANNOT_PROCEED


def _close_output() -> None:
    """Where output has no reader or no room, Python must not try to write the rest at exit."""
    with contextlib.suppress(OSError):
        sys.stdout.flush()
        return
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _place(wrong: Exception) -> str:
    """File and line the program failed at, for whoever mends it."""
    frame = traceback.extract_tb(wrong.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno}"
