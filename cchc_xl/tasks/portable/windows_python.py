"""Python for Windows as a zip that the caller brings: the official embeddable one, or a whole folder."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from pathlib import Path

from cchc_xl import texts
from cchc_xl.model.errors import UsageError
from cchc_xl.tasks.files import MIB, read_limited

PYTHON_TAG = "313"  # the wheels are made for it
SITE_PACKAGES = "Lib/site-packages"
# python-<version>-embed-amd64.zip as published by the Python project; also the names README gives.
KNOWN = {
    "7b7923ff0183a8b8fca90f6047184b419b108cb437f75fc1c002f9d2f8bcec16": "3.13.1",
    "f6cca216a359be84797cabb54149ce5e062afb16cc7567eb7fc51cacb2d86b65": "3.13.7",
}
_LARGEST = 256 * MIB
_LIBRARY = re.compile(r"python(\d{2,})\.dll")
_UNUSED = ("Doc/", "Lib/ensurepip/", "Lib/idlelib/", "Lib/site-packages/", "Lib/test/", "Lib/tkinter/")
_UNUSED_TOO = ("Lib/turtledemo/", "Scripts/", "Tools/", "include/", "libs/", "tcl/")


def windows_python(path: Path, sha256: str | None = None) -> dict[str, bytes]:
    """The files of the given Python by path below its folder, set up to look nowhere else for modules.

    Raises UsageError for a zip of unknown digest (without `sha256`) or another one than `sha256` says, and
    for what is no Python 3.13 for 64-bit Windows.
    """
    if not path.is_file():
        raise UsageError(texts.text("path_missing", path=path))
    data = read_limited(path, _LARGEST)
    digest = hashlib.sha256(data).hexdigest()
    if (sha256 is None and digest not in KNOWN) or (sha256 is not None and digest != sha256.lower()):
        known = ", ".join(KNOWN.values())
        raise UsageError(texts.text("portable_python_unknown", path=path, digest=digest, known=known))
    try:
        files = _files(data)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as fault:
        raise UsageError(texts.text("portable_python_other", path=path)) from fault
    tags = {found[1] for name in files if (found := _LIBRARY.fullmatch(name))}
    if "python.exe" not in files or PYTHON_TAG not in tags:
        raise UsageError(texts.text("portable_python_other", path=path))
    return {**files, f"python{PYTHON_TAG}._pth": _search_path(files)}


def _files(data: bytes) -> dict[str, bytes]:
    """Contents by path below the folder that holds python.exe."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {m.filename.replace("\\", "/"): m for m in archive.infolist() if not m.is_dir()}
        place = min((n for n in members if n.rsplit("/", 1)[-1] == "python.exe"), key=len, default="")
        below = place.removesuffix("python.exe")
        named = {name.removeprefix(below): m for name, m in members.items() if name.startswith(below)}
        wanted = {name: m for name, m in named.items() if not name.startswith(_UNUSED + _UNUSED_TOO)}
        return {name: archive.read(m) for name, m in wanted.items() if ".." not in name.split("/")}


def _search_path(files: dict[str, bytes]) -> bytes:
    """python313._pth: only these places are searched, whatever the PC's variables and registry say."""
    archive = f"python{PYTHON_TAG}.zip"
    own = [archive, "."] if archive in files else ["Lib", "DLLs", "."]
    return "\r\n".join([*own, "import site", ""]).encode("ascii")
