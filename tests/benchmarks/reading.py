"""Reading and judging files as they arrive, against nothing but inflating the parts that must be read.

Usage: python tests/benchmarks/reading.py [FILES]   (also called by run.py, with the demo's files)

Each program's way of saving is measured in processes of its own, in turn, several rounds; processor time.
The first file a process reads pays for what all later ones share (catalogue, rows known from before): it
stands apart.
"""

from __future__ import annotations

import io
import json
import statistics
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path.insert(0, str(TESTS))
ROUNDS = 5
FILES = 24
REGIME, PERIOD = "cchc-dinh-ky", "2026-Q2"


def needed_parts(data: bytes) -> list[str]:
    """The parts a reader cannot do without: workbook, strings, styles and the sheets with anything typed."""
    from cchc_xl.catalogue.loader import load_regime
    from cchc_xl.excel.read.gate import open_gate
    from cchc_xl.excel.read.stored_workbook import open_workbook
    from cchc_xl.model.layout import CHECK, layout_of
    from cchc_xl.model.periods import parse_period

    stored = open_workbook(open_gate(data))
    layout = layout_of(load_regime(REGIME, parse_period(PERIOD)))
    registers = (register.register.sheet for register in layout.registers.values())
    wanted = {CHECK, *registers, *(sheet for sheet, _ in layout.names.values())}
    general = ["xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]
    if stored.shared_strings_part:
        general.append(stored.shared_strings_part)
    return [*general, *(sheet.part for sheet in stored.sheets if sheet.name in wanted)]


def inflate(data: bytes, names: list[str]) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in names:
            archive.read(name)


def spent(action: Callable[[], object]) -> float:
    started = time.process_time()
    action()
    return time.process_time() - started


def measure(folder: Path) -> dict[str, float]:
    """Milliseconds a file, in this process; every file is read once."""
    from cchc_xl.catalogue.units import load_units
    from cchc_xl.excel.read.gate import open_gate
    from cchc_xl.reading.submission import read_submission

    first, *others = [path.read_bytes() for path in sorted(folder.iterdir())]
    units = load_units()
    wanted = needed_parts(first)
    imported = spent(lambda: read_submission("x", first, units))
    inflated = sum(spent(lambda data=data: inflate(data, wanted)) for data in others)
    gate = sum(spent(lambda data=data: open_gate(data)) for data in others)
    read = sum(spent(lambda data=data: read_submission("x", data, units)) for data in others)
    return {
        "first": imported * 1000,
        **{n: t * 1000 / len(others) for n, t in (("inflate", inflated), ("gate", gate), ("read", read))},
    }


def in_dialects(workbooks: Mapping[str, bytes], work: Path) -> dict[str, Path]:
    """The same workbooks in a folder a program."""
    from support.dialects import DIALECTS

    folders = {}
    for dialect, saved in DIALECTS.items():
        folders[dialect] = work / dialect
        folders[dialect].mkdir(parents=True)
        for name, content in saved(workbooks).items():
            (folders[dialect] / name).write_bytes(content)
    return folders


def measure_dialects(folders: Mapping[str, Path]) -> None:
    """A table: each program's files, medians of alternating rounds."""
    rounds: dict[str, list[dict[str, float]]] = {dialect: [] for dialect in folders}
    for _ in range(ROUNDS):
        for dialect, folder in folders.items():
            command = [sys.executable, __file__, "--measure", str(folder)]
            said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            rounds[dialect].append(json.loads(said))
    print("  files as they arrive        inflate      gate      read   read ÷ inflate   first file")
    for dialect, found in rounds.items():
        median = {name: statistics.median(one[name] for one in found) for name in found[0]}
        ratio = statistics.median(one["read"] / one["inflate"] for one in found)
        times = "".join(f"{median[name]:7.2f} ms" for name in ("inflate", "gate", "read"))
        print(f"  {dialect:<24}{times}   {ratio:7.1f}  (≤ 5)   {median['first']:7.0f} ms", flush=True)


def sound_workbooks(folder: Path, most: int = FILES) -> dict[str, bytes]:
    """The first sound workbooks of a folder, one a unit."""
    from cchc_xl.catalogue.units import load_units
    from cchc_xl.model.errors import WorkbookRefused
    from cchc_xl.reading.submission import read_submission

    found: dict[str, bytes] = {}
    for path in sorted(folder.glob("*.xlsx")):
        try:
            read_submission(path.name, path.read_bytes(), load_units())
        except WorkbookRefused:
            continue
        found[path.name] = path.read_bytes()
        if len(found) == most:
            break
    return found


def main() -> None:
    if "--measure" in sys.argv:
        print(json.dumps(measure(Path(sys.argv[-1]))))
        return
    import tempfile

    with tempfile.TemporaryDirectory(prefix="cchc-bench-") as work:
        if len(sys.argv) > 1:
            source = Path(sys.argv[1])
        else:
            from support.demo_folder import demo

            source = demo().submitted
        measure_dialects(in_dialects(sound_workbooks(source), Path(work)))


if __name__ == "__main__":
    main()
