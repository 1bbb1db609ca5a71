"""Runs inside Pyodide under node, when the page is built: sources in /build/app become bytecode.

Compiled are all modules of /build/app, and of Python's own library those that they load: a browser then
starts in a third of the time. Everything else of the library stays as source.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from py_compile import PycInvalidationMode, compile

_BUILD, _APP = Path("/build"), "/app"


def compile_page() -> None:
    """Compile what `wanted.json` names, and what loading it takes from Python's own library."""
    wanted = json.loads((_BUILD / "wanted.json").read_text(encoding="utf-8"))
    sys.path.insert(0, str(_BUILD / "app"))
    for name in (*wanted["library"], wanted["entrance"]):
        try:
            importlib.import_module(name)
        except ImportError:
            continue  # a module of another system, imported there only
    for source in sorted((_BUILD / "app").rglob("*.py")):
        below = source.relative_to(_BUILD / "app").as_posix()
        _compile(source, f"app/{below}c", f"{_APP}/{below}")
    _compile_library()


def _compile_library() -> None:
    for module in list(sys.modules.values()):
        spec = getattr(module, "__spec__", None)
        origin = getattr(spec, "origin", None) or ""
        archive, is_inside, below = origin.partition(".zip/")
        if is_inside and below.endswith(".py"):
            source = Path("/source.py")
            source.write_bytes(spec.loader.get_data(origin))  # type: ignore[union-attr]
            _compile(source, f"library/{below}c", f"{archive}.zip/{below}")


def _compile(source: Path, name: str, shown: str) -> None:
    """No source will lie beside the bytecode, so that nothing is compared when it is loaded."""
    target = _BUILD / "compiled" / name
    target.parent.mkdir(parents=True, exist_ok=True)
    compile(
        str(source), str(target), shown, doraise=True, invalidation_mode=PycInvalidationMode.UNCHECKED_HASH
    )


if __name__ == "__main__":
    compile_page()
