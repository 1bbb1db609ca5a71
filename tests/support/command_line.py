"""The command line as a user starts it: its answer, and what every refusal looks like.

`run` starts it inside this process, as quick as a function call; `run_process` starts a real one and is kept
for end-to-end cases. Both answer alike, which tests/cli/test_real_process.py holds against each other.
"""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import traceback
from collections.abc import Mapping
from pathlib import Path
from unittest.mock import patch

from cchc_xl.__main__ import main
from cchc_xl.texts import text
from support.places import ROOT

PROGRAM_FAULT = text("program_fault", fault="", place="").partition(":")[
    0
]  # a fault of ours, never a refusal
Done = subprocess.CompletedProcess[str]


def run(*arguments: object, cwd: Path = ROOT, environment: Mapping[str, str] | None = None) -> Done:
    """Run the command here, in `cwd`, with these further variables; nothing of it outlives the call."""
    words = ["cchc-xl", *(str(a) for a in arguments)]
    out, err = _Pipe(), _Pipe()
    with (
        patch.dict(os.environ, environment or {}),
        patch.multiple(sys, argv=words, stdin=io.StringIO(), stdout=out, stderr=err),
        contextlib.chdir(cwd),
    ):
        status = _exit_status()
    return subprocess.CompletedProcess(words, status, out.told(), err.told())


def run_process(*arguments: object, cwd: Path = ROOT, environment: Mapping[str, str] | None = None) -> Done:
    """Run the command in a process of its own, whose output is as poor as an old Windows window."""
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii", **(environment or {})}
    return subprocess.run(
        [sys.executable, "-m", "cchc_xl", *(str(a) for a in arguments)],
        cwd=cwd,
        env=variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )


class _Pipe(io.TextIOWrapper):
    """What a process sees as its output: a stream of ASCII, until the program says otherwise."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="ascii")

    def told(self) -> str:
        self.flush()
        return self.buffer.getvalue().decode("utf-8").replace("\r\n", "\n")  # type: ignore[attr-defined]


def _exit_status() -> int:
    """The status Python itself would end with."""
    try:
        return main()
    except SystemExit as asked:
        if isinstance(asked.code, str):
            print(asked.code, file=sys.stderr)
            return 1
        return asked.code or 0
    except Exception:
        traceback.print_exc()
        return 1


def assert_refused(done: Done, *words: str) -> None:
    """Exit 2, nothing on stdout, exactly one line on stderr with these words."""
    assert done.returncode == 2, done.stdout + done.stderr
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert PROGRAM_FAULT not in done.stderr, done.stderr
    for word in words:
        assert word in done.stderr
