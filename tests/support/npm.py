"""npm packages the tests use, each installed once into `.tools/` of the repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from support.places import ROOT

TOOLS = ROOT / ".tools"


class NodeMissing(Exception):
    """node or npm is not installed, or npm could not install a package."""


def program(name: str) -> str:
    """Path of node or npm. Raises NodeMissing."""
    found = shutil.which(name)
    if found is None:
        raise NodeMissing(f"{name} is not on PATH; install Node.js 18 or later with npm")
    return found


def installed(package: str) -> Path:
    """Folder with the package ("name@version") in its node_modules. Raises NodeMissing."""
    home = TOOLS / package.rpartition("/")[2].replace("@", "-")
    if home.exists():
        return home
    TOOLS.mkdir(exist_ok=True)
    # Beside its place, then moved: two test processes may install at the same time.
    with tempfile.TemporaryDirectory(dir=TOOLS) as folder:
        done = subprocess.run(
            [program("npm"), "install", "--no-audit", "--no-fund", "--prefix", folder, package],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        if done.returncode:
            raise NodeMissing(f"npm could not install {package}: {done.stderr.strip()}")
        ready = Path(folder) / "ready"
        ready.mkdir()
        for part in ("node_modules", "package.json"):
            (Path(folder) / part).rename(ready / part)
        try:
            os.rename(ready, home)  # noqa: PTH104
        except OSError:
            if not home.exists():
                raise
    return home
