"""Workbooks as SheetJS saves them: number formats stay; other styles, validations and macros do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from support.dialects.programs import call, converted
from support.npm import installed, program

PACKAGE = "xlsx@0.18.5"
_SCRIPT = """
import XLSX from 'xlsx'
const [target, ...files] = process.argv.slice(1)
for (const file of files) {
  const book = XLSX.readFile(file, { cellFormula: true, cellStyles: true, cellNF: true, sheetStubs: true })
  const name = file.replace(/^.*[\\\\/]/, '').replace(/[.]xls[xm]$/, '.xlsx')
  XLSX.writeFile(book, `${target}/${name}`, { bookType: 'xlsx', compression: true, cellStyles: true })
}
"""


def saved(workbooks: Mapping[str, bytes]) -> dict[str, bytes]:
    return converted(workbooks, _run)


def _run(files: Sequence[Path], target: Path) -> None:
    command = [program("node"), "--input-type=module", "-e", _SCRIPT, str(target)]
    call([*command, *map(str, files)], installed(PACKAGE))
