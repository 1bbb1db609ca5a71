"""The house: imports go down, libraries stay behind doors, modules stay short. Read from the sources."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.places import PACKAGE, TESTS

FLOORS = (
    "texts",
    "model",
    ("excel", "figures"),
    "word",  # above excel for the gate of zip packages alone
    ("catalogue", "workbooks", "reports"),
    "reading",
    "tasks",
    ("cli", "buttons", "page"),
)
LOOSE = {"__init__.py", "__main__.py", "py.typed"}
DOORS = {  # library -> the only room that imports it
    "xlsxwriter": ("excel",),
    "openpyxl": ("excel",),
    "docx": ("word",),
    "click": ("cli",),
    "xlwings": ("buttons",),
    "sqlite3": ("tasks",),
    "multiprocessing": ("tasks",),
    "winreg": ("tasks",),
}
FORBIDDEN_FOR_PURE = {"xlsxwriter", "openpyxl", "xlwings", "pandas", "zipfile", "subprocess", "socket"}
PURE = ("texts", "model", "figures", "catalogue", "workbooks", "reports")
MOST_FOLDERS, LONGEST = 13, 350
_VIETNAMESE = re.compile("[À-ÃÈ-ÊÌÍÒ-ÕÙ-ÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
# Folders of tests/ that mirror no room
BESIDE_ROOMS = {"support", "examples", "benchmarks", "kept", "windows"}

ROOMS = {room: n for n, floor in enumerate(FLOORS) for room in ([floor] if isinstance(floor, str) else floor)}
MODULES = sorted(PACKAGE.rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8"), str(path)) for path in MODULES}
each_module = pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


def _imports(tree: ast.AST) -> Iterator[str]:
    """Every imported module; of `from x import y` both x and x.y, since y may be a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _imports_at_load(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        for_checkers = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        if isinstance(node, (ast.Import, ast.ImportFrom, ast.If, ast.Try)) and not for_checkers:
            yield from _imports(node)


def _ours(tree: ast.AST) -> set[str]:
    """Rooms this module imports from."""
    named = {name.split(".")[1] for name in _imports(tree) if name.startswith("cchc_xl.")}
    return named - {"__version__"}


@each_module
def test_an_import_goes_only_to_an_earlier_floor_and_never_to_a_neighbour(path: Path):
    if path.name in LOOSE and path.parent == PACKAGE:
        return
    own = _room(path)
    assert own in ROOMS, f"{own} is no room of the house"
    astray = [r for r in _ours(TREES[path]) if r != own and not ROOMS.get(r, 99) < ROOMS[own]]
    assert astray == [], f"{path.name} in {own}"


@each_module
def test_each_library_is_imported_only_behind_its_door(path: Path):
    astray = {name.split(".")[0] for name in _imports(TREES[path])} & set(DOORS)
    assert [library for library in astray if _room(path) not in DOORS[library]] == []


@each_module
def test_pure_rooms_touch_no_excel_library_no_process_and_no_network(path: Path):
    if _room(path) in PURE:
        assert {name.split(".")[0] for name in _imports(TREES[path])}.isdisjoint(FORBIDDEN_FOR_PURE)


@each_module
def test_pandas_and_tqdm_are_never_imported_while_a_module_loads(path: Path):
    assert {name.split(".")[0] for name in _imports_at_load(TREES[path])}.isdisjoint({"pandas", "tqdm"})


@each_module
def test_macros_are_judged_by_tests_and_by_templates_only(path: Path):
    judge = PACKAGE / "excel" / "vba" / "judge"
    if judge not in path.parents and path != PACKAGE / "tasks" / "templates.py":
        assert not [name for name in _imports(TREES[path]) if ".vba.judge" in name]


RECOGNISING = PACKAGE / "reports" / "proofreading"  # words looked for in reports; what it says is in texts


@each_module
def test_vietnamese_stands_in_texts_and_in_the_catalogues_data_only(path: Path):
    if _room(path) == "texts" or RECOGNISING in path.parents:
        return
    said = {id(node.value) for node in ast.walk(TREES[path]) if isinstance(node, ast.Expr)}  # docstrings
    literals = (node for node in ast.walk(TREES[path]) if isinstance(node, ast.Constant))
    astray = [node for node in literals if isinstance(node.value, str) and id(node) not in said]
    assert [f"{n.lineno}: {n.value}" for n in astray if _VIETNAMESE.search(n.value)] == []


@each_module
def test_every_module_is_short_and_says_what_it_is(path: Path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST
    assert ast.get_docstring(TREES[path])


@pytest.mark.parametrize("path", sorted((PACKAGE / "word").rglob("*.py")), ids=lambda p: p.name)
def test_of_excel_word_takes_nothing_but_the_package_gate(path: Path):
    taken = {name for name in _imports(TREES[path]) if name.startswith("cchc_xl.excel")}
    assert all(name.startswith("cchc_xl.excel.opc") for name in taken)


def test_only_the_entrances_lie_loose_and_the_rooms_are_few():
    assert {p.name for p in PACKAGE.iterdir() if p.is_file()} == LOOSE
    folders = [p for p in PACKAGE.iterdir() if p.is_dir() and any(p.rglob("*.py"))]
    assert len(folders) <= MOST_FOLDERS and {p.name for p in folders} <= set(ROOMS)


def test_every_folder_of_the_tests_mirrors_a_room_or_serves_them_all():
    folders = {
        p.name for p in TESTS.iterdir() if p.is_dir() and any(p.rglob("*.*")) and p.name[0] not in "._"
    }
    assert folders <= {*ROOMS, *BESIDE_ROOMS}
    assert list(TESTS.rglob("conftest.py")) == [TESTS / "conftest.py"]


def test_no_two_files_import_each_other_even_by_way_of_others():
    names = {".".join(p.relative_to(PACKAGE.parent).with_suffix("").parts): p for p in MODULES}
    names = {name.removesuffix(".__init__"): p for name, p in names.items()}
    graph = {
        name: {i for i in _imports(TREES[p]) if i in names and i != name and not name.startswith(f"{i}.")}
        for name, p in names.items()
    }
    while leaves := [name for name, wants in graph.items() if not wants & set(graph)]:
        for name in leaves:
            del graph[name]
    assert sorted(graph) == [], "these stand in a circle, or above one"


def test_the_entrance_imports_nothing_of_ours_so_that_workers_start_quickly():
    tree = TREES[PACKAGE / "__main__.py"]
    assert [n for n in _imports_at_load(tree) if n.startswith("cchc_xl")] == []
