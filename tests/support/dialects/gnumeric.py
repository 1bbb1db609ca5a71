"""Workbooks as gnumeric saves them (`ssconvert`); macros are not kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from support.dialects.programs import call, converted

_FORMAT = "--export-type=Gnumeric_Excel:xlsx2"


def saved(workbooks: Mapping[str, bytes]) -> dict[str, bytes]:
    return converted(workbooks, _run)


def _run(files: Sequence[Path], target: Path) -> None:
    for file in files:
        call(["ssconvert", _FORMAT, str(file), str(target / f"{file.stem}.xlsx")])
