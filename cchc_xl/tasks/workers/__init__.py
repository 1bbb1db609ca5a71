"""Who reads received files: one interface, an executor for PCs and one for where no process can be started.

`processes` reads in worker processes, each with a time and a memory limit. `InProcess` reads right here; it
is for a process that somebody outside can end and start anew, as the offline page does with its Web Workers.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol, TypeVar

R = TypeVar("R")
TIME_LIMIT = 10.0  # seconds a file
MEMORY_LIMIT = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class WorkerFailure:
    """Why a file has no result: worker_died · worker_timeout · worker_memory · worker_failed."""

    code: str
    detail: str = ""


class Executor(Protocol):
    """Runs a task on every item; an item without a result has its failure, never an exception."""

    @property
    def time_limit(self) -> float:
        """Seconds a file may take before it is given up."""

    def answers(
        self, task: Callable[[str], R], items: Sequence[str], on_done: Callable[[str], None] | None = None
    ) -> Iterator[tuple[str, R | WorkerFailure]]:
        """(item, result) in the given order; `on_done` is told of each item as it ends."""


@dataclass(frozen=True, slots=True)
class InProcess:
    """Reads in this very process; whoever started it keeps the limits, by ending it."""

    time_limit: float = TIME_LIMIT

    def answers(
        self, task: Callable[[str], R], items: Sequence[str], on_done: Callable[[str], None] | None = None
    ) -> Iterator[tuple[str, R | WorkerFailure]]:
        for item in items:
            answer = answer_of(task, item)
            if on_done:
                on_done(item)
            yield item, answer


_chosen: ContextVar[Executor | None] = ContextVar("executor", default=None)


@contextlib.contextmanager
def reading_by(executor: Executor) -> Iterator[None]:
    """Inside, files are read by this executor whatever number of worker processes is asked for."""
    before = _chosen.set(executor)
    try:
        yield
    finally:
        _chosen.reset(before)


def executor_for(jobs: int | None = None, time_limit: float = TIME_LIMIT) -> Executor:
    """The executor chosen for now, else `jobs` worker processes (as many as processors, four at most)."""
    if (chosen := _chosen.get()) is not None:
        return chosen
    from cchc_xl.tasks.workers.processes import WorkerProcesses

    return WorkerProcesses(jobs or min(4, os.cpu_count() or 1), time_limit, MEMORY_LIMIT)


def answer_of(task: Callable[[str], R], item: str) -> R | WorkerFailure:
    """The task's result; what it raises is a failure, also what some parsers raise outside Exception."""
    try:
        return task(item)
    except MemoryError:
        return WorkerFailure("worker_memory")
    except BaseException as fault:
        return WorkerFailure("worker_failed", type(fault).__name__)
