"""Imports only go down, libraries stay where they belong, modules stay short: read from the sources."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "cchc_xl"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 350

FLOORS = {
    "model": 0,
    "periods": 0,
    "messages": 0,
    "errors": 0,
    "expressions": 1,
    "numbers": 1,
    "catalogue": 2,
    "files": 4,
    "history": 4,
    "history_file": 4,
    "excel": 4,
    "workflow": 5,
    "cli": 6,
    "commands": 6,
    "command_help": 6,
    "listings": 6,
    "demo_listing": 6,
    "through_time_listing": 6,
    "buttons": 6,
    "all_or_nothing": 6,
    "udfs": 6,
    "__main__": 6,
    "": 0,
}
PURE = 3  # everything not named above: layout, plans, checks, consolidation …
ONLY_IN = {
    "xlsxwriter": ("excel",),
    "openpyxl": ("excel",),
    "xlwings": ("buttons", "udfs", "all_or_nothing"),
    "click": ("cli", "commands", "command_help"),
}
FORBIDDEN_FOR_PURE = ("xlsxwriter", "openpyxl", "xlwings", "pandas", "zipfile", "subprocess", "socket")


def _dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _top(dotted: str) -> str:
    return dotted.split(".")[0]


def _floor(dotted: str) -> int:
    return FLOORS.get(_top(dotted), PURE)


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            if node.module == "cchc_xl":
                yield from (f"cchc_xl.{alias.name}" for alias in node.names)


def _imports_at_load(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        yield from _imports(node) if isinstance(node, (ast.Import, ast.ImportFrom, ast.If, ast.Try)) else ()


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


each_module = pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))


@each_module
def test_no_module_imports_from_a_floor_above(path: Path):
    floor = _floor(_dotted(path))
    above = [
        name
        for name in _imports(_tree(path))
        if name.startswith("cchc_xl.") and _floor(name.removeprefix("cchc_xl.")) > floor
    ]
    assert above == [], f"{path.name} (floor {floor})"


@each_module
def test_each_library_is_imported_only_where_it_belongs(path: Path):
    top = _top(_dotted(path))
    strangers = [
        name
        for name in _imports(_tree(path))
        if name.split(".")[0] in ONLY_IN and top not in ONLY_IN[name.split(".")[0]]
    ]
    assert strangers == []


@each_module
def test_pandas_and_tqdm_are_never_imported_while_a_module_loads(path: Path):
    heavy = [name for name in _imports_at_load(_tree(path)) if name.split(".")[0] in ("pandas", "tqdm")]
    assert heavy == []


@each_module
def test_pure_floors_touch_no_excel_library_and_no_process(path: Path):
    if _floor(_dotted(path)) > PURE:
        return
    used = {name.split(".")[0] for name in _imports(_tree(path))}
    assert used.isdisjoint(FORBIDDEN_FOR_PURE)


@each_module
def test_no_module_is_longer_than_a_reader_can_hold(path: Path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@each_module
def test_every_module_says_what_it_is(path: Path):
    source = path.read_text(encoding="utf-8")
    assert not source.strip() or ast.get_docstring(_tree(path))


def test_the_entry_imports_nothing_of_ours_so_that_workers_start_quickly():
    assert [n for n in _imports_at_load(_tree(PACKAGE / "__main__.py")) if n.startswith("cchc_xl")] == []
