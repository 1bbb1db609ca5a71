"""One demo for the whole test run: issued, submitted and merged workbooks to look at, never to change."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

from cchc_xl.tasks.demo import DemoResult, run_demo


@functools.cache
def demos() -> tuple[DemoResult, ...]:
    """The demo of every regime, run on first use."""
    return run_demo(Path(tempfile.mkdtemp(prefix="cchc-demo-")))


def demo() -> DemoResult:
    """The demo of the periodic regime."""
    return demos()[0]


def submitted(code: str) -> Path:
    """The first file in the demo's folder that carries a unit's code."""
    return sorted(demo().submitted.glob(f"*{code}*.xlsx"))[0]
