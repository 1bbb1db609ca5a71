"""Workbooks by name, handed to a program as files and taken back."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

Run = Callable[[Sequence[Path], Path], None]  # source files, target folder


class ProgramFailed(Exception):
    """The program wrote no file, or stopped with an error."""


def converted(workbooks: Mapping[str, bytes], run: Run) -> dict[str, bytes]:
    """Each workbook as a program saves it; `run` makes it write `<stem>.xlsx` or `.xlsm` into the target.

    Names are given to it as plain numbers: what matters is the content. Raises ProgramFailed.
    """
    with tempfile.TemporaryDirectory(prefix="cchc-dialect-") as work:
        source, target = Path(work, "source"), Path(work, "target")
        source.mkdir()
        target.mkdir()
        files: dict[str, Path] = {}
        for number, (name, content) in enumerate(workbooks.items()):
            files[name] = source / f"{number}{Path(name).suffix}"
            files[name].write_bytes(content)
        if files:
            run(list(files.values()), target)
        found = {name: list(target.glob(f"{file.stem}.xls*")) for name, file in files.items()}
        if absent := [name for name, results in found.items() if not results]:
            raise ProgramFailed(f"nothing was written for {absent}")
        return {name: results[0].read_bytes() for name, results in found.items()}


def call(command: Sequence[str], folder: Path | None = None, seconds: float = 300) -> None:
    """Run a program to its end. Raises ProgramFailed with the last it said."""
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=seconds, check=False)
    if done.returncode:
        raise ProgramFailed(f"{command[0]}: {done.stderr.decode(errors='replace')[-500:]}")
