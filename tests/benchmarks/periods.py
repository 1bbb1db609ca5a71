"""Benchmark over time: merging 114 units period after period into one history must stay linear.

Usage: python tests/benchmarks/periods.py   (also called by run.py)
"""

from __future__ import annotations

import csv
import random
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

PERIODS = ("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2")


def cchc(*arguments: object) -> float:
    """Seconds of one whole `cchc-xl` process; what it says of the data does not matter here."""
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "cchc_xl", *map(str, arguments)], check=False, capture_output=True
    )
    if done.returncode == 2:
        raise SystemExit(done.stderr.decode("utf-8", "replace"))
    return time.perf_counter() - started


def issue_filled(period: str, work: Path) -> Path:
    """114 workbooks of a period, every typed count filled at random (many findings: the hard case)."""
    from cchc_xl.catalogue.loader import load_regime
    from cchc_xl.catalogue.units import load_units
    from cchc_xl.excel.write.workbook_writer import render
    from cchc_xl.model import Kind
    from cchc_xl.model.periods import parse_period
    from cchc_xl.workbooks.commune import Contents, plan_workbook

    asked = parse_period(period)
    regime = load_regime("cchc-dinh-ky", asked)
    counts = [i.code for form in regime.printed_forms for i in form.inputs if i.kind is Kind.COUNT]
    folder = work / period
    folder.mkdir()
    for unit in load_units():
        draw = random.Random(f"{unit.code} {period}")
        contents = Contents(figures={code: Decimal(draw.randint(1, 9000)) for code in counts})
        data = render(plan_workbook(regime, unit, asked, contents))
        (folder / f"CCHC_{period}_{unit.code}.xlsx").write_bytes(data)
    return folder


def measure_periods(work: Path) -> None:
    """Each merge appends to the same history; seconds and file size, period by period."""
    history = work / "lich-su.db"
    seconds, sizes = [], []
    for period in PERIODS:
        folder = issue_filled(period, work)
        out = work / f"{period}.xlsx"
        seconds.append(cchc("merge", folder, "--period", period, "--out", out, "--history", history))
        sizes.append(history.stat().st_size / (1 << 20))
    again = cchc("merge", work / PERIODS[-1], "--period", PERIODS[-1], "--out", out, "--history", history)
    for period, spent, size in zip(PERIODS, seconds, sizes, strict=True):
        print(
            f"  {'merge of 114 units with history, ' + period:<58} {spent:.2f} s, {size:.1f} MiB", flush=True
        )
    growth = (seconds[-1] - seconds[1]) / (len(seconds) - 2)
    print(f"  {'the same merge again (adds nothing)':<58} {again:.2f} s")
    print(f"  {'each further period adds to one merge':<58} {growth:+.2f} s")
    print(f"  {'history a period':<58} {(sizes[-1] - sizes[0]) / (len(sizes) - 1):.2f} MiB")
    rollup = cchc("rollup", work / "2026-Q1", work / "2026-Q2", "--to", "2026-S1", "--out", work / "S1")
    print(f"  {'roll-up of two quarters to the half-year, 114 units':<58} {rollup:.2f} s")
    exported = cchc("history", history, "--export", work / "dai.csv")
    with (work / "dai.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = sum(1 for _ in csv.reader(stream)) - 1
    print(f"  {f'long CSV, {rows} rows':<58} {exported:.2f} s")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="cchc-bench-") as folder_name:
        measure_periods(Path(folder_name))
