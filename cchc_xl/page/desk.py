"""All that the page's scripts call: one function that does one piece of work, bytes and JSON in and out.

A further ability is one module of this room and one line in `ABILITIES`; its place in the page is one section
of page.html.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from cchc_xl import texts
from cchc_xl.model.errors import CchcError
from cchc_xl.page.checking import check
from cchc_xl.page.dropped import survey, unfold
from cchc_xl.page.job import Job, Outcome, as_text, lay_out
from cchc_xl.page.merging import merge
from cchc_xl.page.reading import Answered, read
from cchc_xl.tasks.workers import reading_by

ABILITIES: Mapping[str, Callable[[Job], Outcome]] = {
    "survey": survey,
    "unfold": unfold,
    "read": read,
    "check": check,
    "merge": merge,
}


def perform(
    ability: str, settings: str, files: Mapping[str, bytes], answers: Mapping[str, bytes | str]
) -> tuple[str, dict[str, bytes]]:
    """Do one piece of work in a folder that is gone afterwards; returns JSON and the outputs by name.

    `settings` is JSON; `files` are named `kind/name`; `answers` are what `read` gave of those that are
    workbooks, or the code of the failure that ended it. What cannot proceed is `{"refused": line}`.
    """
    with tempfile.TemporaryDirectory(prefix="cchc-page-") as folder:
        root = Path(folder).resolve()
        try:
            lay_out(root, files)
            with reading_by(Answered(root, answers)):
                outcome = ABILITIES[ability](Job(root, json.loads(settings)))
        except MemoryError:
            return as_text({"failure": "worker_memory", "refused": texts.text("page_memory")}), {}
        except CchcError as error:
            return as_text({"refused": _line_of(error, root)}), {}
    return as_text(outcome.shape), dict(outcome.outputs)


def _line_of(error: CchcError, root: Path) -> str:
    """One line; of the folder that the user never saw only what lies in it."""
    line = str(error)
    for folder in root.iterdir():
        line = line.replace(f"{folder}/", "")
    return " ".join(line.split())
