"""Benchmarks: times and ratios measured in this one run, as a plain table; nothing here gates.

Usage: python tests/benchmarks/run.py [--country]   (--country adds 3,321 workbooks, about two minutes)
"""

from __future__ import annotations

import argparse
import csv
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from page import measure_page
from periods import measure_periods
from reading import in_dialects, measure_dialects, sound_workbooks
from size import measure_size

from cchc_xl.catalogue.loader import load_regime
from cchc_xl.catalogue.units import load_units
from cchc_xl.excel.edit.package import Template
from cchc_xl.model import Indicator, Kind
from cchc_xl.model.layout import layout_of
from cchc_xl.model.periods import parse_period
from cchc_xl.reading.submission import read_submission
from cchc_xl.tasks.fill import fill_bytes
from cchc_xl.tasks.values_csv import read_values

PERIOD = "2026-Q2"
SAMPLE, SAMPLE_NAME = "11284", "Nam Thanh Miện"
COUNTRY = 3321
HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def say(label: str, measured: str, target: str = "") -> None:
    print(f"  {label:<52} {measured:>12}   {target}", flush=True)


def cchc(*arguments: str) -> float:
    """Seconds of one whole `cchc-xl` process. Stops the run when it cannot proceed."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "cchc_xl", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"cchc-xl {arguments[0]}: {done.stderr}")
    return time.perf_counter() - started


def shortest(
    action: Callable[[], object], times: int = 5, clock: Callable[[], float] = time.perf_counter
) -> float:
    """Shortest of several runs, in seconds: what else the machine does only ever adds."""
    spent: list[float] = []
    for _ in range(times):
        started = clock()
        action()
        spent.append(clock() - started)
    return min(spent)


def computing(action: Callable[[], object], times: int) -> float:
    """Processor seconds of this process for one run, the shortest of several."""
    return shortest(action, times, time.process_time)


def sample_of(folder: Path) -> Path:
    return next(path for path in sorted(folder.glob(f"*{SAMPLE}*.xlsx")) if not path.name.startswith("~$"))


# --- one workbook ----------------------------------------------------------------------------------------


def measure_commands(folder: Path, work: Path) -> None:
    sample = str(sample_of(folder))
    say("cchc-xl --help", f"{shortest(lambda: cchc('--help')):.2f} s", "under 0.15 s")
    say("cchc-xl check, one file", f"{shortest(lambda: cchc('check', sample)):.2f} s", "under 0.6 s")
    numbers = iter(range(100))

    def issue(*more: str) -> None:
        cchc("issue", "--period", PERIOD, "--all", "--out", str(work / f"issue{next(numbers)}"), *more)

    say("cchc-xl issue --all, 114 blanks with buttons", f"{shortest(issue, 3):.2f} s", "at most 4 s")
    say("cchc-xl issue --all --plain", f"{shortest(lambda: issue('--plain'), 3):.2f} s", "at most 2 s")


def measure_filling(issued: Path, submitted: Path, work: Path) -> None:
    """The sample's own figures into its blank workbook, in this process."""
    blank = sample_of(issued)
    data = blank.read_bytes()
    read = read_submission(blank.name, sample_of(submitted).read_bytes(), load_units())
    regime = load_regime("cchc-dinh-ky", parse_period(PERIOD))
    known = ((regime.indicators[o.indicator], o.value) for o in read.observations if o.value is not None)
    lines = (f"{i.code},{written(i, value)}" for i, value in known if i.is_input)
    table = work / "values.csv"
    table.write_text("\n".join(["indicator,value", *lines]), encoding="utf-8")
    values = read_values(table, layout_of(regime))
    seconds = computing(lambda: fill_bytes(blank, data, values, load_units()), 10)
    say("filling one workbook, in process", f"{seconds * 1000:.0f} ms", "at most 30 ms")


def written(indicator: Indicator, value: Decimal) -> str:
    return f"{value * 100:f}%" if indicator.kind is Kind.RATIO else f"{value:f}"


# --- many workbooks --------------------------------------------------------------------------------------


def measure_merge(folder: Path, work: Path) -> None:
    summary, plain_summary = str(work / "TongHop.xlsx"), str(work / "plain.xlsx")
    script = [sys.executable, str(HERE / "plain_openpyxl.py"), str(folder), plain_summary]
    merge = shortest(lambda: cchc("merge", str(folder), "--period", PERIOD, "--out", summary), 3)
    plain = shortest(lambda: subprocess.run(script, check=True), 1)
    files = len(list(folder.glob("*.xlsx")))
    say(f"plain openpyxl script, {files} workbooks of six programs", f"{plain:.2f} s")
    say("cchc-xl merge of the same", f"{merge:.2f} s")
    say("merge is faster by", f"{plain / merge:.1f} times", "at least 4")


def sound_files(issued: Path, submitted: Path, work: Path) -> Path:
    """One sound filled file for each unit the demo has one of: both programs read the same."""
    folder = work / "sound"
    folder.mkdir()
    for blank in issued.glob("*.xlsx"):
        filled = submitted / blank.name
        if filled.is_file() and zipfile.is_zipfile(filled):
            (folder / blank.name).write_bytes(filled.read_bytes())
    return folder


def as_they_arrive(sound: Path, work: Path) -> Path:
    """The same files, each as one of six programs saves it, in turn."""
    from support.dialects import mixed

    folder = work / "mixed"
    folder.mkdir()
    for name, content in mixed({path.name: path.read_bytes() for path in sound.iterdir()}).items():
        (folder / name).write_bytes(content)
    return folder


def measure_country(sample: Path, work: Path) -> None:
    folder, units = work / "country", work / "units.csv"
    write_country(sample, folder, units)
    summary = str(work / "country.xlsx")
    asked = ("--period", PERIOD, "--units", str(units), "--out", summary, "--jobs", "2")
    seconds = cchc("merge", str(folder), *asked)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    say(f"cchc-xl merge, {COUNTRY:,} workbooks, two workers", f"{seconds:.1f} s", "at most 20 s")
    say("largest process of all so far", f"{peak:.0f} MiB", "at most 512 MiB")


def write_country(sample: Path, folder: Path, units: Path) -> None:
    """The sample's workbook under as many unit codes and names as the country has communes."""
    listed = [(f"{10000 + number:05d}", "Xã", f"Minh Họa {number}") for number in range(COUNTRY)]
    with units.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("code", "type", "name"), *listed])
    template = Template.from_bytes(sample.read_bytes())
    own = {name: part for name, part in template.parts.items() if SAMPLE.encode() in part}
    own |= {name: part for name, part in template.parts.items() if SAMPLE_NAME.encode() in part}
    folder.mkdir()
    for code, _, name in listed:
        changed = {
            part: content.replace(SAMPLE.encode(), code.encode()).replace(SAMPLE_NAME.encode(), name.encode())
            for part, content in own.items()
        }
        (folder / f"{code}.xlsx").write_bytes(template.splice(changed))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--country", action="store_true", help=f"also merge {COUNTRY:,} workbooks")
    parser.add_argument("--periods", action="store_true", help="also six periods into one history")
    given = parser.parse_args()
    with_country = given.country
    with tempfile.TemporaryDirectory(prefix="cchc-bench-") as folder:
        work = Path(folder)
        demo = work / "demo"
        say("cchc-xl demo: issue, fill, plant faults, merge", f"{cchc('demo', str(demo)):.1f} s")
        issued, submitted = demo / "phat-hanh", demo / "da-nop"
        measure_commands(submitted, work)
        folders = in_dialects(sound_workbooks(submitted), work / "dialects")
        measure_dialects(folders)
        measure_filling(issued, submitted, work)
        sound = as_they_arrive(sound_files(issued, submitted, work), work)
        measure_merge(sound, work)
        summary = str(work / "alone.xlsx")
        alone = ("merge", str(sound), "--period", PERIOD, "--out", summary, "--jobs", "1")
        measure_page(sound, sample_of(submitted), work, lambda: cchc(*alone), say)
        if given.periods:
            measure_periods(work)
            measure_size()
        if with_country:
            measure_country(sample_of(submitted), work)


if __name__ == "__main__":
    main()
