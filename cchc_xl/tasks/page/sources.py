"""What of this package the page carries: everything its entrance can reach by imports, and its data."""

from __future__ import annotations

import ast
import importlib.util
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cchc_xl
from cchc_xl.catalogue.loader import MORE_CATALOGUES

ENTRANCE = "cchc_xl.page.bridge"
_OWN = Path(cchc_xl.__file__).parent
_DATA = (".toml", ".csv")
_BROUGHT = ("xlsxwriter",)  # libraries that travel along whole; pure Python
_NEVER = frozenset({"xlsxwriter.test"})


@dataclass(frozen=True)
class Sources:
    """Python sources and data by their path below the page's import folder; library names they import."""

    files: dict[str, bytes]
    modules: tuple[str, ...]  # every module of ours and of the libraries brought
    library: tuple[str, ...]  # top-level names that must come from Python itself


def page_sources() -> Sources:
    """The closure of the page's entrance, read from the installed package."""
    reached, foreign = _reached(ENTRANCE)
    files = {_below(path): path.read_bytes() for path in reached.values()}
    rooms = {path.parent for path in reached.values()}
    files |= {_below(path): path.read_bytes() for room in rooms for path in _data_of(room)}
    files = {**_further_regimes(), **files}
    modules = list(reached)
    for name in _BROUGHT:
        for module, path in _modules_of(name):
            files[path.relative_to(_root_of(name).parent).as_posix()] = path.read_bytes()
            modules.append(module)
    library = sorted(foreign - set(_BROUGHT))
    return Sources(dict(sorted(files.items())), tuple(sorted(modules)), tuple(library))


def _reached(entrance: str) -> tuple[dict[str, Path], set[str]]:
    reached: dict[str, Path] = {}
    foreign: set[str] = set()
    waiting = [entrance]
    while waiting:
        name = waiting.pop()
        if name in reached or (path := _source_of(name)) is None:
            continue
        reached[name] = path
        waiting += _named_later(name, path)
        for wanted in _imports(path):
            if wanted.split(".")[0] == _OWN.name:
                waiting += _with_parents(wanted)
            else:
                foreign.add(wanted.split(".")[0])
    return reached, foreign


def _named_later(name: str, path: Path) -> list[str]:
    """Modules a room takes by name while it runs, as the summary does with its sheets: all it holds."""
    is_room = path.name == "__init__.py" and name != _OWN.name
    if not is_room or b'import_module(f"{__name__}.' not in path.read_bytes():
        return []
    return [f"{name}.{module.stem}" for module in path.parent.glob("*.py") if module != path]


def _with_parents(name: str) -> list[str]:
    steps = name.split(".")
    return [".".join(steps[:n]) for n in range(1, len(steps) + 1)]


def _source_of(name: str) -> Path | None:
    """The file of a module of ours; None for a name that is something inside a module."""
    path = _OWN.joinpath(*name.split(".")[1:])
    found = (path / "__init__.py", path.with_suffix(".py"))
    return next((file for file in found if file.is_file()), None)


def _imports(path: Path) -> Iterator[str]:
    """Every import that runs, also those inside functions; of `from x import y` both x and x.y."""
    for node in _run(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _run(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node but those under `if TYPE_CHECKING`."""
    yield tree
    for node in ast.iter_child_nodes(tree):
        if not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
            yield from _run(node)


def _data_of(room: Path) -> Iterator[Path]:
    return (path for path in room.rglob("*") if path.suffix in _DATA and path.is_file())


def _further_regimes() -> dict[str, bytes]:
    """Catalogue folders of CCHC_XL_CATALOGUE, laid beside the package's own, which they cannot replace."""
    places = [Path(place) for place in os.environ.get(MORE_CATALOGUES, "").split(os.pathsep) if place]
    folders = [regime.parent for place in places for regime in sorted(place.glob("*/regime.toml"))]
    return {
        f"{_OWN.name}/catalogue/{folder.name}/{path.name}": path.read_bytes()
        for folder in reversed(folders)
        for path in sorted(folder.glob("*.toml"))
    }


def _below(path: Path) -> str:
    return path.relative_to(_OWN.parent).as_posix()


def _root_of(name: str) -> Path:
    found = importlib.util.find_spec(name)
    assert found is not None and found.origin is not None  # a dependency of this package
    return Path(found.origin).parent


def _modules_of(name: str) -> Iterator[tuple[str, Path]]:
    root = _root_of(name)
    for path in sorted(root.rglob("*.py")):
        steps = path.relative_to(root.parent).with_suffix("").parts
        module = ".".join(step for step in steps if step != "__init__")
        if not any(module.startswith(unwanted) for unwanted in _NEVER):
            yield module, path
