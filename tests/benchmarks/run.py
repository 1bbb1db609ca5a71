"""Benchmarks: each figure is a ratio or a time measured in this one run; nothing here gates.

Usage: python tests/benchmarks/run.py [--country]   (--country adds 3,321 workbooks, about a minute)
"""

from __future__ import annotations

import argparse
import csv
import io
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from cchc_xl.catalogue.loader import load_regime
from cchc_xl.catalogue.units import load_units
from cchc_xl.excel.gate import open_gate
from cchc_xl.excel.reader import read_submission
from cchc_xl.excel.stored_workbook import open_workbook
from cchc_xl.layout import layout_of
from cchc_xl.periods import parse_period

PERIOD = "2026-Q2"
HERE = Path(__file__).parent
MIB = 1 << 20


def cchc(*arguments: str) -> float:
    """Seconds of one whole `cchc-xl` process."""
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "cchc_xl", *arguments],
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - started


def best(action: Callable[[], object], times: int = 5) -> float:
    """Shortest of several runs, in seconds."""
    spent: list[float] = []
    for _ in range(times):
        started = time.perf_counter()
        action()
        spent.append(time.perf_counter() - started)
    return min(spent)


def say(label: str, text: str) -> None:
    print(f"  {label:<58} {text}", flush=True)


def filled_folder(work: Path) -> Path:
    """114 filled workbooks as the demo makes them; the folder the demo merges."""
    demo = work / "demo"
    seconds = cchc("demo", str(demo))
    say("demo: issue, fill, plant faults, merge 114", f"{seconds:.1f} s")
    return demo / "da-nop"


def clean_copies(submitted: Path, work: Path) -> Path:
    """114 sound workbooks: one filled file per unit, so that both programs read the same."""
    folder = work / "sound"
    folder.mkdir()
    for path in submitted.glob("*.xlsx"):
        if not path.name.startswith("~$") and path.stat().st_size > 20_000:
            shutil.copy(path, folder / path.name)
    return folder


def measure_start() -> None:
    say("cchc-xl --help (target under 0.15 s)", f"{best(lambda: cchc('--help')):.3f} s")


def measure_check(folder: Path) -> None:
    path = str(next(iter(sorted(folder.glob("*11284*.xlsx")))))
    say("cchc-xl check, one file (target under 0.6 s)", f"{best(lambda: cchc('check', path)):.3f} s")


def measure_issue(work: Path) -> None:
    seconds = []
    for number in range(3):
        target = work / f"issue{number}"
        seconds.append(cchc("issue", "--period", PERIOD, "--all", "--out", str(target)))
    say("cchc-xl issue --all, 114 blanks (target 2 s)", f"{min(seconds):.2f} s")


def measure_reading(folder: Path) -> None:
    data = next(iter(sorted(folder.glob("*11284*.xlsx")))).read_bytes()
    needed = needed_parts(data)

    def inflate() -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in needed:
                archive.read(name)

    units = load_units()
    base = statistics.median(best(inflate, 20) for _ in range(3))
    gate = best(lambda: open_gate(data), 20)
    whole = best(lambda: read_submission("x.xlsx", data, units), 20)
    say("inflating the needed parts of one workbook", f"{base * 1000:.2f} ms = 1")
    say("gate alone", f"{gate / base:.1f}")
    say("gate, reading, rules (target at most 10)", f"{whole / base:.1f}")


def needed_parts(data: bytes) -> list[str]:
    """The parts a reader cannot do without: workbook, strings, styles and the sheets with figures."""
    parts = open_gate(data)
    stored = open_workbook(parts)
    regime = load_regime("cchc-dinh-ky", parse_period(PERIOD))
    wanted = {sheet for sheet, _ in layout_of(regime).names.values()}
    sheets = [s.part for s in stored.sheets if s.name in wanted]
    general = ("xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels")
    return [*general, *sheets]


def measure_merge(folder: Path, work: Path) -> None:
    out = work / "out"
    out.mkdir()
    merge = best(
        lambda: cchc("merge", str(folder), "--period", PERIOD, "--out", str(out / "TongHop.xlsx")), 3
    )
    script = [sys.executable, str(HERE / "plain_openpyxl.py"), str(folder), str(out / "plain.xlsx")]
    plain = best(lambda: subprocess.run(script, check=True), 1)
    files = len(list(folder.glob("*.xlsx")))
    say(f"plain openpyxl script, {files} workbooks", f"{plain:.2f} s")
    say(f"cchc-xl merge, {files} workbooks, all included", f"{merge:.2f} s")
    say("merge is faster by (target at least 4)", f"{plain / merge:.1f} times")


def measure_country(folder: Path, work: Path) -> None:
    """3,321 workbooks: the same sound file under 3,321 unit codes."""
    units = work / "units.csv"
    with units.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["code", "type", "name"])
        writer.writerows((f"{10000 + n:05d}", "Xã", f"Minh Họa {n}") for n in range(3321))
    target = work / "country"
    issued = cchc("issue", "--period", PERIOD, "--all", "--units", str(units), "--out", str(target))
    say("cchc-xl issue --all, 3,321 blanks", f"{issued:.1f} s")
    summary = str(work / "country.xlsx")
    seconds = cchc("merge", str(target), "--period", PERIOD, "--units", str(units), "--out", summary)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / MIB
    say("cchc-xl merge, 3,321 workbooks (target 20 s)", f"{seconds:.1f} s")
    say("largest process so far (target 512 MiB)", f"{peak:.0f} MiB")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--country", action="store_true")
    country = parser.parse_args().country
    with tempfile.TemporaryDirectory(prefix="cchc-bench-") as folder:
        work = Path(folder)
        submitted = clean_copies(filled_folder(work), work)
        measure_start()
        measure_check(submitted)
        measure_issue(work)
        measure_reading(submitted)
        measure_merge(submitted, work)
        if country:
            measure_country(submitted, work)


if __name__ == "__main__":
    main()
