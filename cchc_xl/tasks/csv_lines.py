"""CSV files that users give: UTF-8 with or without mark, comma or, as Vietnamese Excel writes, semicolon."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from cchc_xl import texts
from cchc_xl.model.errors import CchcError, UsageError, WorkbookRefused
from cchc_xl.tasks.files import MIB, read_limited

_LIMIT = 8 * MIB
Line = tuple[int, list[str]]


def read_csv_lines(path: Path) -> list[Line]:
    """Line number and stripped cells of every filled line. Raises UsageError for what is no CSV."""
    try:
        text = read_limited(path, _LIMIT).decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise UsageError(texts.text("csv_unreadable", path=path)) from fault
    except WorkbookRefused as fault:
        raise UsageError(texts.text("csv_large", path=path, limit=_LIMIT // MIB)) from fault
    except CchcError as fault:
        raise UsageError(str(fault)) from fault
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter, strict=True)
    lines: list[Line] = []
    try:
        for row in reader:
            lines.append((reader.line_num, [cell.strip() for cell in row]))
    except csv.Error as fault:  # strict: a quote that is not closed, or closed within a cell
        begun = lines[-1][0] + 1 if lines else 1
        raise UsageError(texts.text("csv_quotes", path=path, line=begun)) from fault
    return [(number, row) for number, row in lines if any(row)]


def refuse(path: Path, faults: Iterable[tuple[int, str]]) -> None:
    """Raise UsageError listing every fault with its line; nothing when there is none."""
    listed = [texts.text("csv_line", line=line, fault=fault) for line, fault in faults]
    if listed:
        raise UsageError(texts.text("csv_faults", path=path, faults="; ".join(listed)))
