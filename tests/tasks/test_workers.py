"""Workers: whatever one file does to its worker, every file ends with exactly one answer."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from support import worker_tasks
from support.places import ROOT

from cchc_xl.model.errors import CchcError
from cchc_xl.tasks.workers import InProcess, WorkerFailure, executor_for, reading_by
from cchc_xl.tasks.workers.processes import WorkerProcesses, read_files


def _read(items: list[str], jobs: int = 2, time_limit: float = 10) -> list[tuple[str, object]]:
    return list(read_files(worker_tasks.read_or_misbehave, items, jobs, time_limit))


def test_every_file_is_answered_in_the_given_order():
    items = [f"file {n}{' slow' if n % 9 == 0 else ''}" for n in range(40)]
    assert _read(items) == [(item, item.upper()) for item in items]


def test_no_file_is_no_work():
    assert _read([]) == []


def test_a_worker_that_dies_names_its_file_and_the_others_are_read():
    items = [f"file {n}{' dies' if n in (3, 4, 30) else ''}" for n in range(31)]
    found = dict(_read(items))
    assert [item for item, answer in found.items() if answer == WorkerFailure("worker_died")] == [
        "file 3 dies",
        "file 4 dies",
        "file 30 dies",
    ]
    assert all(answer == item.upper() for item, answer in found.items() if "dies" not in item)


def test_files_returned_by_a_dead_worker_go_to_one_that_is_idle():
    items = ["slow dies"] + [f"file {n}" for n in range(16)] + ["slow 1", "last"]
    assert [item for item, _ in _read(items)] == items


def test_a_hanging_file_is_stopped_at_its_time_limit_and_the_others_are_read():
    items = ["first", "hangs", *(f"file {n}" for n in range(10))]
    found = dict(_read(items, time_limit=3))  # it would hang for an hour
    assert found["hangs"] == WorkerFailure("worker_timeout")
    assert all(answer == item.upper() for item, answer in found.items() if item != "hangs")


def test_a_slow_consumer_does_not_make_quick_files_late():
    answers = []
    for item, answer in read_files(worker_tasks.read_or_misbehave, [f"file {n}" for n in range(12)], 1, 2):
        time.sleep(0.2)
        answers.append(answer == item.upper())
    assert answers == [True] * 12


@pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_AS is POSIX")
def test_a_memory_hungry_file_is_refused_its_memory_and_the_others_are_read():
    found = dict(_read(["first", "hungry", "last"], jobs=1))
    assert found == {"first": "FIRST", "hungry": WorkerFailure("worker_memory"), "last": "LAST"}


def test_an_exception_of_any_class_is_an_answer():
    found = dict(_read(["raises", "exits", "unpicklable", "fine"], jobs=1))
    assert found["raises"] == WorkerFailure("worker_failed", "RuntimeError")
    assert found["exits"] == WorkerFailure("worker_failed", "SystemExit")
    assert isinstance(found["unpicklable"], WorkerFailure)
    assert found["fine"] == "FINE"


def test_workers_that_cannot_start_are_one_clear_error():
    with pytest.raises(CchcError, match="Không khởi động được"):
        list(read_files(worker_tasks.CannotArrive(), ["a", "b"], 1))


def test_progress_is_told_of_every_file():
    told: list[str] = []
    items = ["a", "b dies", "c"]
    list(read_files(worker_tasks.read_or_misbehave, items, 2, on_done=told.append))
    assert sorted(told) == items


def test_a_worker_of_the_command_line_imports_no_library_it_does_not_need():
    script = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from support import worker_tasks\n"
        "from cchc_xl.tasks.workers.processes import read_files\n"
        "print(list(read_files(worker_tasks.tell_modules, ['a'], 1)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.stdout.strip() == "[('a', [])]"


def test_an_abandoned_reading_leaves_no_worker_behind():
    import multiprocessing

    reading = read_files(worker_tasks.read_or_misbehave, ["a", "hangs", "b"], 2)
    next(reading)
    reading.close()
    assert not [p for p in multiprocessing.active_children() if p.name == "cchc-xl-reader"]


def test_in_this_process_a_file_that_raises_has_its_failure_and_the_others_are_read():
    told: list[str] = []
    items = ["first", "raises", "exits", "last"]
    found = list(InProcess().answers(worker_tasks.read_or_misbehave, items, told.append))
    assert found == [
        ("first", "FIRST"),
        ("raises", WorkerFailure("worker_failed", "RuntimeError")),
        ("exits", WorkerFailure("worker_failed", "SystemExit")),
        ("last", "LAST"),
    ]
    assert told == items


def test_in_this_process_too_little_memory_is_a_failure_of_that_file():
    def hungry(item: str) -> str:
        raise MemoryError

    assert list(InProcess().answers(hungry, ["a"])) == [("a", WorkerFailure("worker_memory"))]


def test_worker_processes_read_unless_another_executor_was_chosen():
    assert executor_for(3) == WorkerProcesses(3)
    with reading_by(InProcess(20)):
        assert executor_for(3) == InProcess(20)
    assert isinstance(executor_for(), WorkerProcesses)
