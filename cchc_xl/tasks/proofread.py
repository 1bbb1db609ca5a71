"""Reports proofread: each in a worker process, against the workbooks given; never a change to the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from cchc_xl import texts
from cchc_xl.model.errors import CchcError, DocumentRefused, UsageError
from cchc_xl.model.proofs import Facts, Proof, ProofFinding, ReportProof, WorkbookFigures, in_order
from cchc_xl.model.scope import ReportingUnits
from cchc_xl.model.terms import Severity
from cchc_xl.tasks.documents import in_workers, read_document_file
from cchc_xl.tasks.files import replace_file
from cchc_xl.tasks.progress import Tell


@dataclass(frozen=True)
class Proofreading:
    """The proofs in the order asked for; `refused`: reports that could not be read, with the reason."""

    proofs: tuple[Proof, ...]
    refused: tuple[tuple[str, str], ...] = ()

    @property
    def has_errors(self) -> bool:
        return any(f.severity is Severity.ERROR for proof in self.proofs for f in proof.findings)


def proofread_files(
    reports: Sequence[Path],
    workbooks: Sequence[Path] = (),
    units: ReportingUnits | None = None,
    tell: Tell | None = None,
    sources: tuple[WorkbookFigures, ...] = (),
) -> Proofreading:
    """Proofread reports (.docx, .txt) against themselves, each other and the workbooks.

    `units`: those the workbooks are of, Hải Phòng's where none are given.
    `sources`: figures already at hand, such as those of an open workbook (`figures_of_submission`).
    Raises UsageError for a missing file, DocumentRefused when the only report cannot be read.
    """
    if workbooks:
        from cchc_xl.catalogue.units import load_units
        from cchc_xl.tasks.workbook_figures import figures_of_workbooks

        sources = (*sources, *figures_of_workbooks(workbooks, units or load_units()))
    answers = in_workers(partial(proofread_one, sources=sources), reports, tell)
    refused = tuple((p.name, a.refused) for p, a in zip(reports, answers, strict=True) if a.refused)
    if refused and len(reports) == 1:
        raise DocumentRefused("document_refused", f"{refused[0][0]}: {refused[0][1]}")
    proofs = with_contradictions(answers)
    return Proofreading(tuple(proofs), refused)


def write_proof_list(found: Proofreading, out: Path, reports: Sequence[Path]) -> Path:
    """Write the list for people; returns the path really written. Raises UsageError for an input."""
    for report in reports:
        if out.exists() and report.exists() and out.samefile(report):
            raise UsageError(texts.text("out_is_input", path=out))
    # Imported here: most runs write no list, and workers never do.
    from cchc_xl.excel.write.workbook_writer import render
    from cchc_xl.workbooks.proof_list import plan_proof_list

    return replace_file(out, render(plan_proof_list(found.proofs)))


def proofread_one(path: str, sources: tuple[WorkbookFigures, ...] = ()) -> ReportProof:
    """A worker's task. Never raises for what is wrong with the report itself."""
    try:
        document = read_document_file(path)
    except CchcError as refused:
        return ReportProof(refused=str(refused))
    # Imported in the worker only: the judges are most of what there is to load.
    from cchc_xl.tasks.report_proof import proofread_document

    return proofread_document(Path(path).name, document, sources)


def with_contradictions(answers: Sequence[ReportProof]) -> Iterator[Proof]:
    """The proofs, each with what the other reports contradict."""
    facts = [a.facts for a in answers if a.facts is not None]
    more = _contradicted(facts) if len(facts) > 1 else {}
    for answer in answers:
        if answer.proof is not None:
            extra = more.get(answer.proof.file, [])
            yield replace(answer.proof, findings=tuple(in_order([*answer.proof.findings, *extra])))


def _contradicted(facts: Sequence[Facts]) -> dict[str, list[ProofFinding]]:
    """What each report says against another, by file."""
    from cchc_xl.reports.proofreading.through_time import contradictions
    from cchc_xl.reports.proofreading.wording import told_of_others

    found: dict[str, list[ProofFinding]] = {}
    for contradiction in contradictions(facts):
        found.setdefault(contradiction.file, []).append(told_of_others(contradiction))
    return found
