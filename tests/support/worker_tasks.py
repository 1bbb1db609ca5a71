"""Tasks for tests/test_workers.py; importable, because workers are spawned."""

from __future__ import annotations

import os
import time


def read_or_misbehave(item: str) -> str:
    """Answer in upper case; an item whose name says so dies, hangs, eats memory, raises or sleeps."""
    if "dies" in item:
        os.abort()
    if "hangs" in item:
        time.sleep(3600)
    if "hungry" in item:
        return str(len(bytearray(2_000_000_000)))
    if "raises" in item:
        raise RuntimeError(item)
    if "unpicklable" in item:
        return lambda: item  # type: ignore[return-value]
    if "exits" in item:
        raise SystemExit(3)
    if "slow" in item:
        time.sleep(0.3)
    return item.upper()


def tell_modules(item: str) -> list[str]:
    """Which heavy libraries this worker has imported."""
    import sys

    return [name for name in ("click", "xlsxwriter", "openpyxl", "pandas", "tqdm") if name in sys.modules]


class CannotArrive:
    """A task that kills the worker while it is being unpickled."""

    def __call__(self, item: str) -> str:
        return item

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (9,)
