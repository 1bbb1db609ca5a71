"""The portable folder as one zip: Python, this package, its libraries, the add-in and what starts it."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import cchc_xl
from cchc_xl import texts
from cchc_xl.excel.edit.package import write_package
from cchc_xl.excel.vba.source_folder import macro_folder
from cchc_xl.model.errors import CchcError
from cchc_xl.tasks.addin import ADDIN_NAME
from cchc_xl.tasks.files import refuse_unwritable, replace_file
from cchc_xl.tasks.portable.wheels import unpacked_wheels
from cchc_xl.tasks.portable.windows_python import SITE_PACKAGES, windows_python

FOLDER, PYTHON = "cchc_xl", "python"
_PACKAGE = Path(cchc_xl.__file__).parent
_SECONDS = 300
_COMMAND = '@echo off\r\n"%~dp0python\\python.exe" -X utf8 -m cchc_xl %*\r\n'
_PRESSED = '@echo off\r\ncall "%~dp0cchc-xl.cmd" {command}\r\npause\r\n'
# Built by the folder's own package and xlwings, so that macros and libraries are of one version.
_BUILD_ADDIN = (
    "import sys; sys.path.insert(0, sys.argv[1]);"
    "from cchc_xl.tasks.pc.install import addin_bytes; sys.stdout.buffer.write(addin_bytes())"
)


@dataclass(frozen=True, slots=True)
class PortableRequest:
    """Where to, which Python (and the digest the caller vouches for), and wheels that lie ready."""

    out: Path
    python: Path
    sha256: str | None = None
    wheels: Path | None = None


@dataclass(frozen=True, slots=True)
class BuiltPortable:
    """The zip written and its size in bytes."""

    path: Path
    size: int


def build_portable(request: PortableRequest) -> BuiltPortable:
    """Write the zip; the same inputs give the same bytes.

    Raises UsageError for what was given wrongly, CchcError when something cannot be brought or written.
    """
    refuse_unwritable(request.out)
    python = windows_python(request.python, request.sha256)
    python |= unpacked_wheels(request.wheels)
    python |= {f"{SITE_PACKAGES}/{name}": content for name, content in _own_files()}
    files = {f"{PYTHON}/{name}": content for name, content in python.items()} | _starters()
    files[ADDIN_NAME] = _addin(python)
    content = write_package((f"{FOLDER}/{name}", files[name]) for name in sorted(files))
    return BuiltPortable(replace_file(request.out, content), len(content))


def _own_files() -> Iterator[tuple[str, bytes]]:
    """This package, and its macro sources beside it as in a checkout."""
    for root, name in ((_PACKAGE, _PACKAGE.name), (macro_folder(), "macros")):
        for path in sorted(root.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield f"{name}/{path.relative_to(root).as_posix()}", path.read_bytes()


def _starters() -> dict[str, bytes]:
    """Files to press, and what to read first; names in ASCII for every console."""
    pressed = {"kiem-tra-may.cmd": "doctor", "cai-dat.cmd": "install"}
    starters = {name: _PRESSED.format(command=command) for name, command in pressed.items()}
    guide = texts.text("portable_guide").replace("\n", "\r\n")
    return {
        **{name: content.encode("ascii") for name, content in {"cchc-xl.cmd": _COMMAND, **starters}.items()},
        "DOC-TRUOC.txt": guide.encode("utf-8-sig"),
    }


def _addin(python: Mapping[str, bytes]) -> bytes:
    with tempfile.TemporaryDirectory(prefix="cchc-portable-") as folder:
        root = Path(folder)
        for name, content in python.items():
            below = name.removeprefix(f"{SITE_PACKAGES}/")
            if below.startswith(("cchc_xl/", "macros/", "xlwings/", "xlsxwriter/")):
                target = root / below
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
        done = subprocess.run(
            [sys.executable, "-c", _BUILD_ADDIN, folder], capture_output=True, timeout=_SECONDS, check=False
        )
    if done.returncode:
        reason = (done.stderr.decode("utf-8", "replace").strip().splitlines() or [""])[-1]
        raise CchcError(texts.text("portable_addin_failed", reason=reason))
    return done.stdout
