"""The command about written reports: proofread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cchc_xl.cli.common import (
    CLEAN,
    FAULTS,
    PATH,
    json_option,
    print_json,
    print_lines,
    progress,
    tell_written,
    units_option,
    visible,
)
from cchc_xl.cli.help import VietnameseCommand
from cchc_xl.texts import text

if TYPE_CHECKING:
    from cchc_xl.model.proofs import Proof
    from cchc_xl.model.scope import ReportingUnits


@click.command(cls=VietnameseCommand, help=text("help_proofread"))
@click.argument("reports", metavar="REPORT...", type=PATH, nargs=-1, required=True)
@click.option(
    "--workbook", "workbooks", metavar="FILE", type=PATH, multiple=True, help=text("help_proofread_workbook")
)
@click.option("--out", metavar="DS.xlsx", type=PATH, help=text("help_proofread_out"))
@json_option
@units_option
def proofread(
    reports: tuple[Path, ...],
    workbooks: tuple[Path, ...],
    out: Path | None,
    as_json: bool,
    units: ReportingUnits,
) -> int:
    from cchc_xl.tasks.proofread import proofread_files, write_proof_list
    from cchc_xl.tasks.proofs_json import proofs_to_json

    with progress(text("progress_proofread")) as tell:
        found = proofread_files(reports, workbooks, units, tell)
    for file, reason in found.refused:
        click.echo(visible(text("proofread_refused", file=file, reason=reason)), err=True)
    if as_json:
        print_json(proofs_to_json(found.proofs))
    else:
        for proof in found.proofs:
            print_lines(_lines(proof))
    if out is not None:
        written = write_proof_list(found, out, reports)
        tell_written(out, written)
        click.echo(text("proofread_written", path=written), err=as_json)
    return FAULTS if found.has_errors or found.refused else CLEAN


def _lines(proof: Proof) -> Iterator[str]:
    """Findings by importance, then how many; what the file carries besides text."""
    for remark in proof.remarks:
        yield text("proofread_remark", file=proof.file, remark=remark)
    for severity in ("error", "warning", "notice"):
        for finding in proof.findings:
            if finding.severity.value == severity:
                yield text(
                    "proofread_line",
                    file=proof.file,
                    place=finding.place,
                    level=text(f"severity_{severity}"),
                    quote=finding.quote,
                    message=finding.message,
                    fix=finding.fix,
                )
    counts = Counter(f.severity.value for f in proof.findings)
    if counts:
        totals = {f"{level}s": counts[level] for level in ("error", "warning", "notice")}
        yield text("proofread_count", file=proof.file, **totals)
    else:
        yield text("proofread_clean", file=proof.file)
    if proof.figures:
        states = Counter(figure.state.value for figure in proof.figures)
        shown = {state: states[state] for state in ("match", "differs", "absent", "out_of_scope")}
        yield text("proofread_figures", file=proof.file, **shown)
