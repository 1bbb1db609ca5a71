"""LibreOffice Calc as the spreadsheet program of the tests: recalculate, press buttons, print.

`from support.libreoffice import recalculate` in a test module. One headless soffice a locale is
started on first use and kept until the test run ends. Inputs are copied first, so that no lock file appears
beside them.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import json
import os
import select
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

VIETNAMESE, ENGLISH = "vi-VN", "en-US"
DRIVER = Path(__file__).with_name("uno_driver.py")
Value = float | str
SheetValues = dict[str, dict[str, Value]]

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>{locale}</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="DecimalSeparatorAsLocale" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="FirstRun" oor:op="fuse">
<value>false</value></prop></item>
</oor:items>
"""


class LibreOfficeError(Exception):
    """LibreOffice is not installed, died, hung, or could not do what was asked."""


class Cell(NamedTuple):
    """A recalculated cell: number → float, text → str, error → "#ERR:code".

    Codes: 503 #NUM!, 519 #VALUE!, 524 #REF!, 525 #NAME?, 532 #DIV/0!, 32767 #N/A.
    """

    value: Value
    is_formula: bool


class Button(NamedTuple):
    """A form button: its sheet, its caption, the bare name of the bound macro ("" when none)."""

    sheet: str
    caption: str
    macro: str


class Pressed(NamedTuple):
    """The watched cells ("Sheet!A1") before the first step and after each step; all cells at the end.

    `locked`: the protected sheets after each step; `is_automatic`: whether Excel would calculate by itself.
    """

    before: dict[str, Value]
    after: list[dict[str, Value]]
    cells: SheetValues
    locked: list[list[str]]
    is_automatic: bool


def recalculate(paths: Iterable[Path], *, locale: str = VIETNAMESE) -> dict[Path, SheetValues]:
    """Load and recalculate each workbook: {path: {sheet: {address: value}}}, non-empty cells only."""
    return {path: _values(sheets) for path, sheets in recalculate_cells(paths, locale=locale).items()}


def recalculate_cells(
    paths: Iterable[Path], *, locale: str = VIETNAMESE
) -> dict[Path, dict[str, dict[str, Cell]]]:
    """As `recalculate`, each value with its formula flag."""
    with _copies(paths) as copies:
        answer = _office(locale).ask(
            "recalculate", [str(copy) for copy in copies.values()], timeout=60 + 10 * len(copies)
        )
        return {path: _cells(answer[str(copy)]) for path, copy in copies.items()}


def buttons(path: Path) -> list[Button]:
    """Every form button of a workbook, in sheet order, with the macro it is bound to."""
    with _copies([path]) as copies:
        return [Button(*row) for row in _office(VIETNAMESE).ask("buttons", str(copies[path]), timeout=60)]


def press(
    path: Path,
    steps: Sequence[str | tuple[str, Value]],
    cells_to_watch: Sequence[str],
    *,
    timeout: float = 300.0,
    locale: str = VIETNAMESE,
    manual: bool = False,
) -> Pressed:
    """Load with macros allowed (calculation by hand when `manual`) and run the steps in turn.

    A step is a button (caption, bare macro name, or "Sheet!Macro" where several sheets have it) or
    `("Sheet!A1", value)` to type. After a press the cells are looked at when its macro has ended, however
    long that takes; LibreOffice swallows macro errors, so a macro that failed just leaves equal snapshots.
    Raises LibreOfficeError for an unknown button or cell, and for a macro that has not ended after `timeout`
    seconds.
    """
    with _copies([path]) as copies:
        allowed = 60 + timeout * len(steps)
        answer = _office(locale).ask(
            "press", str(copies[path]), list(steps), list(cells_to_watch), timeout, manual, timeout=allowed
        )
    before, *after = answer["snapshots"]
    cells = _values(_cells(answer["cells"]))
    return Pressed(before, after, cells, answer["locked"], answer["automatic"])


def to_pdf(paths: Iterable[Path], outdir: Path, *, locale: str = VIETNAMESE) -> list[Path]:
    """Print each workbook to `outdir/<stem>.pdf`; returns the files in the order given."""
    return _convert(paths, outdir, ".pdf", "calc_pdf_Export", locale)


def to_xlsx(paths: Iterable[Path], outdir: Path, *, locale: str = VIETNAMESE) -> list[Path]:
    """Save each workbook again as LibreOffice writes `.xlsx`; returns the files in the order given."""
    return _convert(paths, outdir, ".xlsx", "Calc MS Excel 2007 XML", locale)


def to_xlsm(paths: Iterable[Path], outdir: Path, *, locale: str = VIETNAMESE) -> list[Path]:
    """Save each workbook again as LibreOffice writes `.xlsm`; returns the files in the order given."""
    return _convert(paths, outdir, ".xlsm", "Calc MS Excel 2007 VBA XML", locale)


def _convert(paths: Iterable[Path], outdir: Path, suffix: str, filter_name: str, locale: str) -> list[Path]:
    outdir.mkdir(parents=True, exist_ok=True)
    with _copies(paths) as copies:
        pairs = [[str(copy), str((outdir / (path.stem + suffix)).resolve())] for path, copy in copies.items()]
        targets = _office(locale).ask("convert", pairs, filter_name, timeout=60 + 30 * len(pairs))
    return [Path(target) for target in targets]


@contextlib.contextmanager
def _copies(paths: Iterable[Path]) -> Any:
    with tempfile.TemporaryDirectory(prefix="cchc-lo-") as folder:
        copies = {}
        for number, path in enumerate(paths):
            target = Path(folder, str(number), Path(path).name)
            target.parent.mkdir()
            copies[path] = Path(shutil.copyfile(path, target))
        yield copies


def _values(sheets: dict[str, dict[str, Cell]]) -> SheetValues:
    return {
        sheet: {address: cell.value for address, cell in cells.items()} for sheet, cells in sheets.items()
    }


def _cells(sheets: dict[str, Any]) -> dict[str, dict[str, Cell]]:
    return {
        sheet: {address: Cell(*pair) for address, pair in cells.items()} for sheet, cells in sheets.items()
    }


@functools.cache
def _python_with_uno() -> str:
    """The first Python that can `import uno`: CCHC_UNO_PYTHON, the system's, LibreOffice's own."""
    soffice = Path(_soffice()).resolve()
    for candidate in (
        os.environ.get("CCHC_UNO_PYTHON"),
        "/usr/bin/python3",
        str(soffice.with_name("python")),
    ):
        if candidate and Path(candidate).exists():
            answer = subprocess.run([candidate, "-c", "import uno"], capture_output=True, check=False)
            if answer.returncode == 0:
                return candidate
    raise LibreOfficeError("no Python with the module `uno` (Debian package python3-uno)")


def _soffice() -> str:
    found = shutil.which("soffice")
    if found is None:
        raise LibreOfficeError('soffice is not installed; deselect these tests with -m "not libreoffice"')
    return found


class _Office:
    """One driver process with its soffice and its throw-away profile."""

    def __init__(self, locale: str) -> None:
        self.folder = tempfile.mkdtemp(prefix="cchc-lo-profile-")
        settings = Path(self.folder, "user", "registrymodifications.xcu")
        settings.parent.mkdir()
        settings.write_text(_PROFILE.format(locale=locale), encoding="utf-8")
        command = [_python_with_uno(), str(DRIVER), _soffice(), self.folder]
        environment = {
            key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTHONHOME")
        }
        # A session of its own, so that driver and soffice can be ended together and nothing else is.
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            start_new_session=True,
        )

    def ask(self, operation: str, *arguments: Any, timeout: float) -> Any:
        """One request, one answer. Raises LibreOfficeError when it fails, dies or hangs."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            self.process.stdin.write(
                json.dumps({"operation": operation, "arguments": arguments}).encode() + b"\n"
            )
            self.process.stdin.flush()
        except BrokenPipeError:
            self.end()
            raise LibreOfficeError("LibreOffice has died") from None
        ready, _, _ = select.select([self.process.stdout], [], [], timeout + 120)
        line = self.process.stdout.readline() if ready else b""
        if not line:
            self.end()
            raise LibreOfficeError(f"LibreOffice {'died' if ready else 'hung'} during {operation}")
        answer = json.loads(line)
        if "error" in answer:
            raise LibreOfficeError(answer["error"])
        return answer["result"]

    def end(self) -> None:
        """End driver and soffice and remove the profile."""
        _running.pop(next((name for name, office in _running.items() if office is self), ""), None)
        if self.process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                self.process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(15)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


_running: dict[str, _Office] = {}


def _office(locale: str) -> _Office:
    if locale in _running and _running[locale].process.poll() is not None:
        _running[locale].end()
    if locale not in _running:
        _running[locale] = _Office(locale)
    return _running[locale]


@atexit.register
def _end_all() -> None:
    for office in list(_running.values()):
        office.end()
