"""How far one request and one figure travel through the package: modules, stays, climbs. Nothing here gates.

Usage: python tests/benchmarks/travel.py [CHECKOUT]    (a checkout of any age; without one: this one)

A person reading along one `merge` of three workbooks, or one figure of one workbook from its cell to the
city's total, opens every function once, when it is first called. A *stay* is a run of such functions in one
file; a *climb* is a step to a file that stands higher in the house than the one just read (by the longest
chain of imports under it), so that the reader must go back up.
"""

from __future__ import annotations

import ast
import io
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from types import FrameType, MappingProxyType
from typing import Any

HERE = Path(__file__).resolve().parents[2]
CODE, FIGURE = "bieu3_2_1_2", "5612"
VALUES = {"11284": 5612, "11635": 4711, "10903": 3944}
PERIOD = "2026-Q2"


class Route:
    """Files in the order a reader opens them."""

    def __init__(self, root: Path) -> None:
        self.package = root / "cchc_xl"
        self.heights = heights(self.package)
        self.opened: set[tuple[str, str, int]] = set()
        self.files: list[str] = []

    def open(self, frame: FrameType) -> None:
        code = frame.f_code
        place = (code.co_filename, code.co_qualname, code.co_firstlineno)
        if code.co_filename.startswith(str(self.package)) and place not in self.opened:
            self.opened.add(place)
            self.files.append(str(Path(code.co_filename).relative_to(self.package)))

    def stays(self) -> list[str]:
        return [file for n, file in enumerate(self.files) if n == 0 or file != self.files[n - 1]]

    def describe(self, label: str) -> str:
        stays = self.stays()
        climbs = sum(self.heights[b] > self.heights[a] for a, b in pairwise(stays))
        rooms = {file.split("/")[0] for file in stays}
        return (
            f"{label:<26} {len(self.opened):>4} functions · {len(set(stays)):>3} files · "
            f"{len(rooms):>2} rooms · {len(stays):>4} stays · {climbs:>4} climbs"
        )


def heights(package: Path) -> dict[str, int]:
    """How many floors of files lie under each file."""
    files = {_dotted(path, package): path for path in package.rglob("*.py")}
    wanted = {name: {i for i in _imports(path) if i in files and i != name} for name, path in files.items()}
    known: dict[str, int] = {}

    def height(name: str, above: tuple[str, ...] = ()) -> int:
        if name not in known:
            below = [height(other, (*above, name)) for other in wanted[name] if other not in (*above, name)]
            known[name] = 1 + max(below, default=0)
        return known[name]

    return {str(path.relative_to(package)): height(name) for name, path in files.items()}


def _dotted(path: Path, package: Path) -> str:
    return ".".join(path.relative_to(package.parent).with_suffix("").parts).removesuffix(".__init__")


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def carries(value: object, depth: int = 2) -> bool:
    """Whether a value is the figure, an object about it, or a collection with it."""
    if isinstance(value, str | Decimal | float | int):
        return str(value) in (FIGURE, f"{FIGURE}.0")
    if depth == 0:
        return False
    if isinstance(value, dict | MappingProxyType):
        return CODE in value and carries(value[CODE], depth - 1)
    if isinstance(value, tuple | list):
        return len(value) < 400 and any(carries(item, depth - 1) for item in value)
    return any(carries(getattr(value, name, None), 0) for name in ("value", "text", "total"))


def run_cli(*arguments: str) -> None:
    sys.argv = ["cchc-xl", *arguments]
    try:
        with redirect_stdout(io.StringIO()):
            runpy.run_module("cchc_xl", run_name="__main__")
    except SystemExit as end:
        assert end.code in (0, 1), end.code


def received_folder(root: Path, folder: Path) -> Path:
    """Three filled workbooks, made by the checkout itself."""
    inbox = folder / "da-nop"
    inbox.mkdir()
    sample = (HERE / "tests/examples/nam-thanh-mien-2026-Q2.csv").read_text(encoding="utf-8")
    for unit, figure in VALUES.items():
        run = [sys.executable, "-m", "cchc_xl"]
        issue = ["issue", "--period", PERIOD, "--unit", unit, "--plain", "--out", str(folder / unit)]
        subprocess.run([*run, *issue], check=True, cwd=root, capture_output=True)
        lines = [f"{CODE},{figure}" if line.startswith(f"{CODE},") else line for line in sample.splitlines()]
        values = folder / f"{unit}.csv"
        values.write_text("\n".join(lines) + "\n", encoding="utf-8")
        issued = next((folder / unit).glob("*.xlsx"))
        fill = ["fill", str(issued), str(values), "--out", str(inbox / issued.name)]
        subprocess.run([*run, *fill], check=True, cwd=root, capture_output=True)
    return inbox


def read_in_this_process() -> None:
    """Workers are processes of their own; the reader follows the task itself."""
    from importlib import import_module

    for name in ("cchc_xl.tasks.read", "cchc_xl.workflow.read"):
        try:
            module: Any = import_module(name)
        except ModuleNotFoundError:
            continue
        if hasattr(module, "executor_for"):
            module.executor_for = lambda *_, **__: import_module("cchc_xl.tasks.workers").InProcess()
        module.read_files = lambda task, items, *_, **__: ((item, task(item)) for item in items)


def follow(root: Path) -> list[str]:
    """The route of one merge, and of one figure in it."""
    request, figure = Route(root), Route(root)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inbox = received_folder(root, folder)
        read_in_this_process()
        sys.setprofile(watch(request, figure))
        try:
            run_cli("merge", str(inbox), "--period", PERIOD, "--out", str(folder / "T.xlsx"))
        finally:
            sys.setprofile(None)
    return [request.describe("one merge of three files"), figure.describe("one figure of them")]


def watch(request: Route, figure: Route) -> Callable[[FrameType, str, Any], None]:
    package = str(request.package)

    def look(frame: FrameType, event: str, argument: Any) -> None:
        code = frame.f_code
        if event not in ("call", "return") or not code.co_filename.startswith(package):
            return
        if "<" in code.co_qualname:
            return  # read with the function or the table it stands in
        if event == "call":
            request.open(frame)
            names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
            if any(carries(frame.f_locals.get(name)) for name in names):
                figure.open(frame)
        elif carries(argument):
            figure.open(frame)

    return look


if __name__ == "__main__":
    checkout = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else HERE
    sys.path.insert(0, str(checkout))
    print(checkout)
    for line in follow(checkout):
        print("  " + line)
