"""Files read one by one in the page's Web Workers, and their answers where the rest of the work is done.

The page keeps the time limit: a Web Worker that takes too long is ended and the file has its failure. Each
answer travels as bytes that only this package reads.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cchc_xl.catalogue.units import load_units
from cchc_xl.model import Submission
from cchc_xl.page.job import PREVIOUS, RECEIVED_FILES, UNITS, Job, Outcome
from cchc_xl.tasks.page.limits import PAGE_TIME_LIMIT
from cchc_xl.tasks.read import read_one
from cchc_xl.tasks.workers import InProcess, R, WorkerFailure

ANSWER = "answer"


def read(job: Job) -> Outcome:
    """Read the one file of the job; the answer is bytes for `Answered`."""
    path = next(path for kind in (RECEIVED_FILES, PREVIOUS) for path in job.files(kind))
    task = partial(read_one, units=load_units(job.file(UNITS)))
    _, answer = next(InProcess().answers(task, [str(path)]))
    return Outcome(_about(answer), {ANSWER: pickle.dumps(answer)})


def _about(answer: Submission | WorkerFailure) -> dict[str, str | None]:
    """What the page needs to know before anything is asked: the period and regime to propose."""
    if isinstance(answer, WorkerFailure):
        return {"failure": answer.code}
    return {
        "regime": answer.regime,
        "period": str(answer.period) if answer.period else None,
        "label": answer.period.label if answer.period else None,
        "unit": answer.unit.full_name if answer.unit else None,
    }


@dataclass(frozen=True, slots=True)
class Answered:
    """The executor where every file has been read already, or its worker has been ended.

    `known`: `kind/name` → the answer's bytes, or the code of the failure that the page saw.
    """

    root: Path
    known: Mapping[str, bytes | str]
    time_limit: float = PAGE_TIME_LIMIT

    def answers(
        self, task: Callable[[str], R], items: Sequence[str], on_done: Callable[[str], None] | None = None
    ) -> Iterator[tuple[str, R | WorkerFailure]]:
        for item in items:
            answer = self.known[Path(item).relative_to(self.root).as_posix()]
            if on_done:
                on_done(item)
            yield item, WorkerFailure(answer) if isinstance(answer, str) else pickle.loads(answer)
