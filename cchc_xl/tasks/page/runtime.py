"""Python for browsers: npm's `pyodide` (MPL-2.0), one pinned version known by its digest.

The tarball comes from npm once, or from the file the user names; of it only the parts named here are used.
"""

from __future__ import annotations

import base64
import hashlib
import io
import shutil
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

from cchc_xl import texts
from cchc_xl.model.errors import CchcError, UsageError
from cchc_xl.tasks.files import MIB, read_limited

PYODIDE_VERSION = "314.0.7"
_INTEGRITY = (
    "0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A=="  # sha512
)
TARBALL = f"pyodide-{PYODIDE_VERSION}.tgz"
WASM, GLUE, STARTER, LIBRARY, LOCK = (
    "pyodide.asm.wasm",
    "pyodide.asm.mjs",
    "pyodide.js",
    "python_stdlib.zip",
    "pyodide-lock.json",
)
STARTER_MODULE = "pyodide.mjs"  # the same for node, which compiles
_PARTS = (WASM, GLUE, STARTER, LIBRARY, LOCK)
_NPM_SECONDS = 300
_LARGEST = 64 * MIB


@dataclass(frozen=True)
class Runtime:
    """The parts of the pinned version by file name."""

    parts: dict[str, bytes]

    def __getitem__(self, name: str) -> bytes:
        return self.parts[name]


def runtime_of(tarball: bytes, name: str) -> Runtime:
    """The runtime in npm's tarball. Raises UsageError for any other version or a changed file."""
    digest = base64.b64encode(hashlib.sha512(tarball).digest()).decode()
    if digest != _INTEGRITY:
        raise UsageError(texts.text("page_runtime_other", path=name, version=PYODIDE_VERSION))
    with tarfile.open(fileobj=io.BytesIO(tarball), mode="r:gz") as archive:
        parts = {wanted: _member(archive, wanted) for wanted in (*_PARTS, STARTER_MODULE)}
    return Runtime(parts)


def given_runtime(path: Path) -> Runtime:
    """The runtime in a tarball on this PC. Raises UsageError when it cannot be used."""
    if not path.is_file():
        raise UsageError(texts.text("path_missing", path=path))
    return runtime_of(read_limited(path, _LARGEST), str(path))


def npm_runtime(cache: Path) -> Runtime:
    """The runtime out of a folder that keeps npm's tarball, brought there by npm when it is not.

    Raises CchcError without npm, or when npm cannot bring it.
    """
    kept = cache / TARBALL
    if not kept.is_file():
        _download(cache)
    return given_runtime(kept)


def _download(cache: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise CchcError(texts.text("page_no_npm", version=PYODIDE_VERSION))
    command = [npm, "pack", f"pyodide@{PYODIDE_VERSION}", "--silent", "--pack-destination", str(cache)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=_NPM_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise CchcError(texts.text("page_npm_failed", reason=fault)) from fault
    if done.returncode or not (cache / TARBALL).is_file():
        reason = (done.stderr.strip().splitlines() or [f"npm {done.returncode}"])[-1]
        raise CchcError(texts.text("page_npm_failed", reason=reason))


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    found = archive.extractfile(f"package/{name}")
    assert found is not None  # the digest says so
    return found.read()
