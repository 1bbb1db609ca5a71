"""The page's Python compiled at build time, by Pyodide itself under node; without node as it stands."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cchc_xl import texts
from cchc_xl.model.errors import CchcError
from cchc_xl.tasks.page.runtime import LIBRARY, Runtime
from cchc_xl.tasks.page.sources import ENTRANCE, Sources

_HERE = Path(__file__).parent
_NODE_SECONDS = 300
_DAY_ONE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class PagePython:
    """The files of the import folder by path, and Python's own library as a zip; compiled or not."""

    files: dict[str, bytes]
    library: bytes
    is_compiled: bool


def page_python(sources: Sources, runtime: Runtime, script: bytes) -> PagePython:
    """Everything the page imports; `script` is compile.mjs. Raises CchcError when node fails."""
    node = shutil.which("node")
    compiled = _compiled(node, sources, runtime, script) if node else {}
    own = {name.removeprefix("app/"): c for name, c in compiled.items() if name.startswith("app/")}
    files = {name: content for name, content in sources.files.items() if f"{name}c" not in own} | own
    library = {n.removeprefix("library/"): c for n, c in compiled.items() if n.startswith("library/")}
    return PagePython(dict(sorted(files.items())), _library(runtime[LIBRARY], library), bool(compiled))


def _compiled(node: str, sources: Sources, runtime: Runtime, script: bytes) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory(prefix="cchc-page-") as folder:
        build = Path(folder)
        _write(build / "runtime", {**runtime.parts, **_NO_SOCKETS})
        _write(build / "app", sources.files)
        _write(build, {"compile.mjs": script, "compile.py": (_HERE / "in_pyodide.py").read_bytes()})
        wanted = {"entrance": ENTRANCE, "library": sources.library}
        _write(build, {"wanted.json": json.dumps(wanted).encode()})
        try:
            done = subprocess.run(
                [node, str(build / "compile.mjs"), str(build)],
                capture_output=True,
                text=True,
                encoding="utf-8",
                errors="replace",
                timeout=_NODE_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as fault:
            raise CchcError(texts.text("page_node_failed", reason=fault)) from fault
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or [f"node {done.returncode}"])[-1]
            raise CchcError(texts.text("page_node_failed", reason=reason))
        compiled = build / "compiled"
        found = (path for path in compiled.rglob("*.pyc"))
        return {path.relative_to(compiled).as_posix(): path.read_bytes() for path in found}


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _library(archive: bytes, compiled: Mapping[str, bytes]) -> bytes:
    """Python's library with bytecode in the place of sources."""
    with zipfile.ZipFile(io.BytesIO(archive)) as given:
        names = [member.filename for member in given.infolist() if not member.is_dir()]
        kept = {name: given.read(name) for name in names if name.split("/")[0] not in _NEVER_LOADED}
    files = {name: content for name, content in kept.items() if f"{name}c" not in compiled}
    files |= {f"{name}c": compiled[f"{name}c"] for name in kept if f"{name}c" in compiled}
    return _stored(files)


def _stored(files: Mapping[str, bytes]) -> bytes:
    """A zip without compression, since the page packs it as a whole; the same on every system."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            member = zipfile.ZipInfo(name, _DAY_ONE)
            member.create_system = 3
            archive.writestr(member, content)
    return written.getvalue()


# Under node Pyodide asks for a module of web sockets that nothing here opens.
_NO_SOCKETS = {
    "node_modules/ws/package.json": b'{"name":"ws","version":"0.0.0","type":"module","main":"index.js"}',
    "node_modules/ws/index.js": b"export default {}\n",
}
_NEVER_LOADED = frozenset(
    {"_pyrepl", "ensurepip", "idlelib", "pydoc_data", "turtle.py", "turtledemo", "unittest"}
)
