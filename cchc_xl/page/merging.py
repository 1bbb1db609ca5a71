"""Merge on the page: the city summary of a period, its ledger, whom to remind, the history."""

from __future__ import annotations

from pathlib import Path

from cchc_xl import texts
from cchc_xl.catalogue.scope import load_scope
from cchc_xl.catalogue.units import load_units
from cchc_xl.excel.edit.package import write_package
from cchc_xl.figures.totals.consolidated import Consolidation
from cchc_xl.model import Verdict
from cchc_xl.model.errors import UsageError
from cchc_xl.model.periods import parse_period
from cchc_xl.model.terms import PERIODIC, UnitState
from cchc_xl.page.job import HISTORY, PREVIOUS, RECEIPTS, RECEIVED_FILES, UNITS, Job, Json, Outcome
from cchc_xl.page.shown import shown_files
from cchc_xl.tasks.merge import MergeRequest, merge_folder
from cchc_xl.tasks.reminders import reminder_files
from cchc_xl.workbooks.summary.wording import state, states_counted

HISTORY_NAME = "lich-su.sqlite"


def merge(job: Job) -> Outcome:
    """What `merge` writes, and what it shows. Raises CchcError for what cannot be used."""
    if not job.setting("period"):
        raise UsageError(texts.text("page_no_period"))
    period = parse_period(job.setting("period"))
    out, ledger = job.out(f"TongHop_{period}.xlsx"), job.out(f"so-cai_{period}.json")
    history = _history(job)
    result = merge_folder(
        MergeRequest(
            scope=load_scope(job.setting("regime") or PERIODIC, period, load_units(job.file(UNITS))),
            folder=job.folder(RECEIVED_FILES),
            out=out,
            ledger=ledger,
            previous=_previous(job),
            received=job.file(RECEIPTS),
            history=history,
        )
    )
    reminders = reminder_files(result.merged)
    outputs = {**job.outputs(), **reminders}
    titles = {ledger.name: texts.text("page_output_ledger")}
    titles |= {name: texts.text(f"page_output_reminders_{name.rpartition('.')[2]}") for name in reminders}
    titles |= {history.name: texts.text("page_output_history")} if history else {}
    bundle = f"CCHC_{period}.zip"
    outputs[bundle] = write_package(sorted(outputs.items()))
    return Outcome(
        {**_shape(result.merged), "summary": out.name, "bundle": bundle, "titles": titles}, outputs
    )


def _previous(job: Job) -> Path | None:
    """One file that is no return of a unit is last period's summary; else all of them are returns."""
    given = job.files(PREVIOUS)
    is_summary = len(given) == 1 and job.settings.get("previous_is_summary")
    return given[0] if is_summary else job.folder(PREVIOUS) if given else None


def _history(job: Job) -> Path | None:
    """The given history is carried on in a copy among the results; a new one is begun when asked for."""
    given = job.file(HISTORY)
    if given is None:
        return job.out(HISTORY_NAME) if job.setting("new_history") else None
    kept = job.out(given.name)
    kept.write_bytes(given.read_bytes())
    return kept


def _shape(merged: Consolidation) -> Json:
    counts = {verdict.value: merged.count(verdict) for verdict in Verdict}
    words = {"period": merged.period.label, "regime": merged.regime.title}
    silent = merged.in_state(UnitState.MISSING, UnitState.REJECTED, UnitState.EMPTY)
    return {
        "files": shown_files(merged.ledger),
        "message": texts.text("page_merged", **words, state=state(merged), counts=states_counted(merged)),
        "coverage": {"expected": len(merged.units), **counts},
        "missing": [{"code": unit.code, "unit": unit.full_name} for unit in silent],
    }
