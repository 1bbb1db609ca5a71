"""The offline page against the command: the same folder merged by one process and by the page in Chromium."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.browser import Browser, browser_program
from support.built_page import built_page

READY = "!document.querySelector('#merge').disabled && started === 2"
COUNT_STARTS = """const Own = Worker; window.started = 0
    window.Worker = class extends Own {
        constructor(...given) {
            super(...given)
            this.addEventListener("message", ({ data }) => data.ready && started++)
        }
    }"""
Say = Callable[[str, str, str], None]


def measure_page(folder: Path, sample: Path, work: Path, merge_alone: Callable[[], float], say: Say) -> None:
    """`merge_alone` merges `folder` with one worker process and tells its seconds."""
    if browser_program("chrome") is None:
        say("the page", "no Chromium", "")
        return
    say("the page, one file", f"{built_page().stat().st_size / 1e6:.1f} MB", "at most 12 MB")
    browser = Browser("chrome", work / "downloads")
    try:
        started = time.perf_counter()
        browser.open(built_page(), COUNT_STARTS)
        browser.wait("!document.querySelector('#merge').disabled", 120)
        say("the page: open to ready to drop", f"{time.perf_counter() - started:.1f} s", "under 5 s")
        browser.wait(READY, 120)
        checks = [_pressed(browser, [sample], "#check") for _ in range(3)]
        say("the page: one workbook chosen to its findings", f"{min(checks):.2f} s", "under 1 s")
        files = sorted(path for path in folder.iterdir() if path.is_file())
        alone, page = [], []
        for _ in range(2):
            alone.append(merge_alone())
            page.append(_pressed(browser, files, "#merge"))
        say(f"cchc-xl merge --jobs 1, {len(files)} workbooks", f"{min(alone):.2f} s", "")
        say(f"the page: {len(files)} workbooks chosen to the summary", f"{min(page):.2f} s", "")
        say("the page is slower by", f"{min(page) / min(alone):.1f} times", "at most 4, wanted 3")
    finally:
        browser.close()


def _pressed(browser: Browser, files: list[Path], button: str) -> float:
    started = time.perf_counter()
    browser.choose(files)
    browser.work(button, 300)
    return time.perf_counter() - started
