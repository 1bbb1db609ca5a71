"""Programs of tests that npm brings, each installed once into a folder of its own below `.tools/`."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from support.places import ROOT


class NpmMissing(Exception):
    """node or npm is not installed, or npm could not install the package."""


def program(name: str) -> str:
    """The path of node or npm. Raises NpmMissing."""
    found = shutil.which(name)
    if found is None:
        raise NpmMissing(f"{name} is not on PATH; install Node.js 18 or later with npm")
    return found


def npm_home(package: str) -> Path:
    """Where `package` ("name@version") is installed, now if it was not before. Raises NpmMissing."""
    name, _, version = package.rpartition("@")
    home = ROOT / ".tools" / f"{name.rpartition('/')[2]}-{version}"
    if not home.exists():
        _install(package, home)
    return home


def _install(package: str, home: Path) -> None:
    home.parent.mkdir(exist_ok=True)
    # Beside its place, then moved: two test processes may install at the same time.
    with tempfile.TemporaryDirectory(dir=home.parent) as folder:
        done = subprocess.run(
            [program("npm"), "install", "--no-audit", "--no-fund", "--prefix", folder, package],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        if done.returncode:
            raise NpmMissing(f"npm could not install {package}: {done.stderr.strip()}")
        ready = Path(folder) / "ready"
        ready.mkdir()
        for part in ("node_modules", "package.json"):
            (Path(folder) / part).rename(ready / part)
        try:
            os.rename(ready, home)  # noqa: PTH104
        except OSError:
            if not home.exists():
                raise
