"""Untrusted files read in worker processes with a time and a memory limit; no file is ever lost.

One supervisor, one pipe a worker. A worker answers file by file, in order, so the first unanswered file is
the one in work: when the worker dies or hangs, that file is named and the others go to a fresh worker.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any, Generic

from cchc_xl import texts
from cchc_xl.model.errors import CchcError
from cchc_xl.tasks.workers import MEMORY_LIMIT, TIME_LIMIT, R, WorkerFailure, answer_of

_START_LIMIT = 60.0  # seconds; an antivirus may look at every new process
_LARGEST_BATCH = 8


@dataclass(frozen=True, slots=True)
class WorkerProcesses:
    """The executor of PCs and servers: spawned processes, each with a time and a memory limit."""

    jobs: int
    time_limit: float = TIME_LIMIT
    memory_limit: int = MEMORY_LIMIT

    def answers(
        self, task: Callable[[str], R], items: Sequence[str], on_done: Callable[[str], None] | None = None
    ) -> Iterator[tuple[str, R | WorkerFailure]]:
        return read_files(task, items, self.jobs, self.time_limit, self.memory_limit, on_done)


def read_files(
    task: Callable[[str], R],
    items: Sequence[str],
    jobs: int,
    time_limit: float = TIME_LIMIT,
    memory_limit: int = MEMORY_LIMIT,
    on_done: Callable[[str], None] | None = None,
) -> Iterator[tuple[str, R | WorkerFailure]]:
    """Run the importable `task` on every item in spawned workers; yields (item, result) in the given order.

    `on_done` is told of each item as it ends. Raises CchcError when no worker can be started at all.
    """
    supervisor: _Supervisor[R] = _Supervisor(task, items, max(1, jobs), time_limit, memory_limit, on_done)
    try:
        yield from supervisor.results()
    finally:
        supervisor.stop()


@dataclass(eq=False)
class _Worker:
    process: BaseProcess
    pipe: Connection
    since: float
    ready: bool = False
    pending: deque[int] = field(default_factory=deque)


class _Supervisor(Generic[R]):
    def __init__(
        self,
        task: Callable[[str], R],
        items: Sequence[str],
        jobs: int,
        time_limit: float,
        memory_limit: int,
        on_done: Callable[[str], None] | None,
    ) -> None:
        self._task, self._items = task, items
        self._time_limit, self._memory_limit, self._on_done = time_limit, memory_limit, on_done
        self._jobs = min(jobs, len(items))
        self._batch = max(1, min(_LARGEST_BATCH, len(items) // (self._jobs * 4 or 1)))
        self._queue = deque(range(len(items)))
        self._found: dict[int, R | WorkerFailure] = {}
        self._workers: list[_Worker] = []
        self._failed_starts = 0

    def results(self) -> Iterator[tuple[str, R | WorkerFailure]]:
        for number, item in enumerate(self._items):
            while number not in self._found:
                self._advance()
            yield item, self._found.pop(number)

    def stop(self) -> None:
        """End every worker, idle ones by closing their pipe, busy ones by force."""
        for worker in self._workers:
            if worker.pending or not worker.ready:
                worker.process.kill()
            worker.pipe.close()
        for worker in self._workers:
            worker.process.join(2)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
        self._workers.clear()

    def _advance(self) -> None:
        busy = sum(1 for worker in self._workers if worker.pending)
        while len(self._workers) < self._jobs and len(self._workers) - busy < len(self._queue):
            self._workers.append(self._start())
        for worker in self._workers:
            if worker.ready and not worker.pending:
                self._send_batch(worker)
        for pipe in wait([worker.pipe for worker in self._workers], timeout=self._patience()):
            self._receive(next(worker for worker in self._workers if worker.pipe is pipe))
        for worker in list(self._workers):
            if time.monotonic() > self._deadline(worker) and not worker.pipe.poll():
                self._lose(worker, "worker_timeout")

    def _start(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=_work, args=(theirs, self._task, self._memory_limit), daemon=True, name="cchc-xl-reader"
        )
        with _without_main():
            process.start()
        theirs.close()
        return _Worker(process, ours, time.monotonic())

    def _deadline(self, worker: _Worker) -> float:
        if worker.ready and not worker.pending:
            return float("inf")
        return worker.since + (self._time_limit if worker.ready else _START_LIMIT)

    def _patience(self) -> float:
        nearest = min(self._deadline(worker) for worker in self._workers)
        return max(0.0, min(nearest - time.monotonic(), 3600.0)) + 0.01

    def _receive(self, worker: _Worker) -> None:
        try:
            answer: Any = worker.pipe.recv()
        except (EOFError, OSError):
            self._lose(worker, "worker_died")
            return
        worker.since = time.monotonic()
        if not worker.ready:  # the first word of a worker only says that it has started
            worker.ready = True
            self._failed_starts = 0
        else:
            self._settle(worker.pending.popleft(), answer)
            if isinstance(answer, WorkerFailure) and answer.code == "worker_memory":
                self._dismiss(worker)  # what is left of its memory is not worth trusting

    def _send_batch(self, worker: _Worker) -> None:
        batch = [self._queue.popleft() for _ in range(min(self._batch, len(self._queue)))]
        if not batch:
            return
        worker.pending.extend(batch)
        worker.since = time.monotonic()
        # A worker that is already gone is noticed when its pipe is read.
        with contextlib.suppress(OSError):
            worker.pipe.send([self._items[number] for number in batch])

    def _lose(self, worker: _Worker, code: str) -> None:
        if worker.pending:
            self._settle(worker.pending.popleft(), WorkerFailure(code))
        elif not worker.ready:
            self._failed_starts += 1
        self._dismiss(worker)
        if self._failed_starts >= 3:
            raise CchcError(texts.text("workers_cannot_start"))

    def _dismiss(self, worker: _Worker) -> None:
        self._queue.extendleft(reversed(worker.pending))
        self._workers.remove(worker)
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()

    def _settle(self, number: int, answer: R | WorkerFailure) -> None:
        self._found[number] = answer
        if self._on_done:
            self._on_done(self._items[number])


def _work(pipe: Connection, task: Callable[[str], object], memory_limit: int) -> None:
    """Life of a worker: batches of items in, one answer an item out, until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the supervisor alone answers Ctrl+C
    _limit_memory(memory_limit)
    try:
        pipe.send("ready")
        while True:
            for item in pipe.recv():
                _answer(pipe, task, item)
    except (EOFError, OSError):
        return


def _answer(pipe: Connection, task: Callable[[str], object], item: str) -> None:
    answer = answer_of(task, item)
    try:
        pipe.send(answer)
    except MemoryError:
        pipe.send(WorkerFailure("worker_memory"))
    except (OSError, EOFError):
        raise
    except Exception as fault:  # a result that cannot be pickled
        pipe.send(WorkerFailure("worker_failed", type(fault).__name__))


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """A spawned process imports the caller's main module first, and a script would run again in it.

    Workers need nothing of it: while one is started an empty module stands in its place.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _limit_memory(limit: int) -> None:
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
