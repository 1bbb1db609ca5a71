"""A real browser in tests: Debian's Chromium or Firefox, driven by node through npm's puppeteer-core.

puppeteer-core is installed once into `.tools/`; it brings no browser of its own.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from support.npm import installed
from support.places import SUPPORT

PACKAGE = "puppeteer-core@24.43.1"
PROGRAMS = {"chrome": ("chromium", "chromium-browser"), "firefox": ("firefox-esr", "firefox")}


def browser_program(kind: str) -> str | None:
    """The path of an installed browser."""
    return next((path for name in PROGRAMS[kind] if (path := shutil.which(name))), None)


class Browser:
    """One browser with one page open; every method raises AssertionError with the driver's words."""

    def __init__(self, kind: str, downloads: Path) -> None:
        program = browser_program(kind)
        assert program, f"{kind} is not installed: bash tests/run.sh installs it"
        home = installed(PACKAGE)
        driver = home / "page_driver.mjs"
        driver.write_bytes((SUPPORT / "page_driver.mjs").read_bytes())
        self.downloads = downloads
        self.shown: Path | None = None  # the page that is open and as it was built
        self._process = subprocess.Popen(
            ["node", str(driver)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            cwd=home,
        )
        self._ask("launch", kind=kind, executable=program, folder=str(downloads))

    def open(self, page: Path, planted: str = "", width: int = 1366, height: int = 768) -> None:
        """Open a file as a double click would; `planted` runs before the page's own script."""
        self._ask("open", address=page.as_uri(), planted=planted, width=width, height=height)
        self.shown = None if planted else page

    def choose(self, paths: Iterable[Path], selector: str = "input[type=file][multiple]") -> None:
        self._ask("files", selector=selector, paths=[str(path) for path in paths])

    def click(self, selector: str) -> None:
        self._ask("click", selector=selector)

    def work(self, button: str, seconds: float = 180) -> None:
        """Press a button of the page and wait until what it started has come to an end."""
        done = "Number(document.body.dataset.done || 0)"
        before = self.evaluate(done)
        self.click(button)
        self.wait(f"{done} > {before}", seconds)

    def press(self, key: str) -> None:
        self._ask("key", key=key)

    def type(self, selector: str, text: str) -> None:
        self._ask("type", selector=selector, text=text)

    def evaluate(self, script: str) -> Any:
        return self._ask("evaluate", script=script)

    def text(self, selector: str) -> str:
        return str(self.evaluate(f"document.querySelector({json.dumps(selector)}).textContent"))

    def wait(self, script: str, seconds: float = 60) -> None:
        self._ask("wait", script=script, seconds=seconds)

    def download(self, selector: str, name: str) -> bytes:
        """What a link gives. The file is gone from the folder afterwards."""
        path = Path(self._ask("download", selector=selector, name=name))
        content = path.read_bytes()
        path.unlink()
        return content

    def picture(self, path: Path, whole: bool = False) -> None:
        self._ask("picture", path=str(path), whole=whole)

    def print(self, path: Path) -> None:
        self._ask("print", path=str(path))

    def size(self, width: int, height: int) -> None:
        self._ask("size", width=width, height=height)

    @property
    def requests(self) -> list[str]:
        """Addresses outside the page that the page or its workers asked for."""
        return list(self._ask("seen")["requests"])

    @property
    def errors(self) -> list[str]:
        """What the page's scripts complained of."""
        return list(self._ask("seen")["errors"])

    @property
    def process(self) -> int:
        return int(self._ask("process"))

    def close(self) -> None:
        if self._process.poll() is None:
            self._ask("close")
            assert self._process.stdin is not None
            self._process.stdin.close()
            self._process.wait(20)

    def _ask(self, command: str, **given: Any) -> Any:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps({"command": command, **given}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, f"the driver ended at {command}"
        answer = json.loads(line)
        assert "error" not in answer, answer["error"]
        return answer["value"]
