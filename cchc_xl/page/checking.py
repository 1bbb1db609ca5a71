"""Check on the page: the verdict and the findings of each file, on request against the period before."""

from __future__ import annotations

import json

from cchc_xl import texts
from cchc_xl.catalogue.units import load_units
from cchc_xl.page.job import PREVIOUS, RECEIVED_FILES, UNITS, Job, Outcome
from cchc_xl.page.shown import shown_files
from cchc_xl.tasks.check import check_files
from cchc_xl.tasks.ledger_json import files_to_json

CHECK_FILE = "ket-qua-kiem-tra.json"


def check(job: Job) -> Outcome:
    """What `check` says of the files that are workbooks."""
    workbooks = [job.folder(RECEIVED_FILES) / name for name in job.settings["workbooks"]]
    previous = job.folder(PREVIOUS) if job.files(PREVIOUS) else None
    submissions = check_files(workbooks, load_units(job.file(UNITS)), previous)
    ledger = json.dumps(files_to_json(submissions), ensure_ascii=False, indent=1) + "\n"
    shape = {
        "files": shown_files(submissions),
        "message": texts.text("page_checked", count=len(submissions)),
        "titles": {CHECK_FILE: texts.text("page_output_check")},
    }
    return Outcome(shape, {CHECK_FILE: ledger.encode("utf-8", "backslashreplace")})
