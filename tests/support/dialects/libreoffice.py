"""Workbooks as LibreOffice Calc saves them; a .xlsm keeps its macros."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from support.dialects.programs import converted
from support.libreoffice import to_xlsm, to_xlsx


def saved(workbooks: Mapping[str, bytes]) -> dict[str, bytes]:
    return converted(workbooks, _run)


def _run(files: Sequence[Path], target: Path) -> None:
    for suffix, convert in ((".xlsx", to_xlsx), (".xlsm", to_xlsm)):
        if found := [file for file in files if file.suffix == suffix]:
            convert(found, target)
