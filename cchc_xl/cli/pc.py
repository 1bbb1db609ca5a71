"""Commands for who looks after the PCs: the add-in, what stops the buttons, the ready-to-use files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cchc_xl.cli.common import (
    CANNOT_PROCEED,
    CLEAN,
    FAULTS,
    PATH,
    print_lines,
    progress,
    tell_written,
    units_option,
)
from cchc_xl.cli.help import VietnameseCommand
from cchc_xl.texts import text

if TYPE_CHECKING:
    from cchc_xl.model.scope import ReportingUnits

TEMPLATE_FOLDER, PAGE_FILE, PORTABLE_FILE = "workbook_templates", "cchc_xl.html", "cchc_xl-windows.zip"


@click.command(cls=VietnameseCommand, help=text("help_install"))
@click.option("--dry-run", is_flag=True, help=text("help_dry_run"))
def install(dry_run: bool) -> int:
    from cchc_xl.tasks.pc.install import install_addin

    result = install_addin(dry_run=dry_run)
    print_lines(result.lines)
    return CLEAN if result.path or dry_run else CANNOT_PROCEED


@click.command(cls=VietnameseCommand, help=text("help_doctor"))
@click.argument("files", metavar="[FILE]...", type=PATH, nargs=-1)
def doctor(files: tuple[Path, ...]) -> int:
    from cchc_xl.tasks.pc.advice import advice_lines, stops_buttons
    from cchc_xl.tasks.pc.doctor import examine_pc

    found = examine_pc(files)
    print_lines(advice_lines(found))
    return FAULTS if stops_buttons(found) else CLEAN


@click.command(cls=VietnameseCommand, help=text("help_templates"))
@click.option("--out", metavar="DIR", type=PATH, default=TEMPLATE_FOLDER, help=text("help_out_templates"))
@units_option
def templates(out: Path, units: ReportingUnits) -> int:
    from cchc_xl.tasks.templates import write_templates

    with progress(text("progress_templates")) as tell:
        written = write_templates(out, units, tell)
    for path in written:
        click.echo(path)
    return CLEAN


@click.command(cls=VietnameseCommand, help=text("help_page"))
@click.option("--out", metavar="FILE", type=PATH, default=PAGE_FILE, help=text("help_page_out"))
@click.option("--runtime", metavar="FILE", type=PATH, help=text("help_page_runtime"))
@click.option("--cache", metavar="DIR", type=PATH, help=text("help_page_cache"))
def page(out: Path, runtime: Path | None, cache: Path | None) -> int:
    from cchc_xl.tasks.page.build import build_page

    built = build_page(out, runtime, cache)
    tell_written(out, built.path)
    click.echo(text("page_built", path=built.path, size=f"{built.size / 1e6:.1f}".replace(".", ",")))
    if not built.is_compiled:
        click.echo(text("page_not_compiled"), err=True)
    return CLEAN


@click.command(cls=VietnameseCommand, help=text("help_portable"))
@click.option("--out", metavar="FILE", type=PATH, default=PORTABLE_FILE, help=text("help_portable_out"))
@click.option("--python", metavar="ZIP", type=PATH, required=True, help=text("help_portable_python"))
@click.option("--sha256", metavar="HASH", help=text("help_portable_sha256"))
@click.option("--wheels", metavar="DIR", type=PATH, help=text("help_portable_wheels"))
def portable(out: Path, python: Path, sha256: str | None, wheels: Path | None) -> int:
    from cchc_xl.tasks.portable.build import PortableRequest, build_portable

    built = build_portable(PortableRequest(out, python, sha256, wheels))
    tell_written(out, built.path)
    click.echo(text("portable_built", path=built.path, size=f"{built.size / 1e6:.0f}"))
    return CLEAN
