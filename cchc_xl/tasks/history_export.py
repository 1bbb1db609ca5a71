"""The history for people: as JSON, and exported as one long sheet or CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from cchc_xl import texts
from cchc_xl.model.errors import UsageError
from cchc_xl.model.planned import CellValue, PlannedCell, PlannedSheet, PlannedWorkbook
from cchc_xl.tasks.files import folder_lock, replace_file
from cchc_xl.tasks.history import long_rows, periods, revisions
from cchc_xl.tasks.history_file import HistoryRow
from cchc_xl.texts.through_time import HISTORY_COLUMNS, REVISION_COLUMNS

_LARGEST_SHEET = 1_048_575  # rows of an Excel sheet below the heading
_WIDTHS = {
    "unit_name": 26.0,
    "indicator": 16.0,
    "file": 40.0,
    "from_file": 40.0,
    "to_file": 40.0,
    "sha256": 24.0,
    "who": 26.0,
}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def history_to_json(path: Path) -> dict[str, Any]:
    """Every period with its counts, and every revision."""
    return {"periods": periods(path), "revisions": list(revisions(path))}


def export_history(path: Path, out: Path) -> tuple[Path, int]:
    """Write the long sheet; returns the path written and its number of rows.

    Raises UsageError for another suffix than .xlsx or .csv, or for more rows than a sheet holds.
    """
    suffix = out.suffix.lower()
    if suffix not in (".xlsx", ".csv"):
        raise UsageError(texts.text("history_export_suffix", path=out))
    if out.exists() and path.exists() and out.samefile(path):
        raise UsageError(texts.text("out_is_input", path=out))
    rows = list(long_rows(path))
    if suffix == ".csv":
        content = _csv(rows)
    elif len(rows) > _LARGEST_SHEET:
        raise UsageError(texts.text("history_too_long", path=out, rows=len(rows)))
    else:
        content = _workbook(rows, list(revisions(path)))
    with folder_lock(out):
        return replace_file(out, content), len(rows)


def _csv(rows: Iterable[HistoryRow]) -> bytes:
    """UTF-8 with a mark, so that Excel reads Vietnamese; texts never begin like a formula."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(HISTORY_COLUMNS)
    for row in rows:
        writer.writerow([_harmless(_plain(row[key])) for key in HISTORY_COLUMNS])
    return stream.getvalue().encode("utf-8-sig", "backslashreplace")


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    return format(value, "f") if isinstance(value, Decimal) else value


def _harmless(value: Any) -> Any:
    is_formula = isinstance(value, str) and value.startswith(_FORMULA_STARTS)
    return f"'{value}" if is_formula and not _is_number(value) else value


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except ArithmeticError:
        return False


def _workbook(rows: Sequence[HistoryRow], changed: Sequence[HistoryRow]) -> bytes:
    from cchc_xl.excel.write.workbook_writer import render

    sheets = (
        _sheet(texts.text("history_sheet"), "HistoryLong", HISTORY_COLUMNS, rows),
        _sheet(texts.text("history_revisions_sheet"), "HistoryRevisions", REVISION_COLUMNS, changed),
    )
    return render(PlannedWorkbook(sheets, {}, texts.text("history_workbook_title")))


def _sheet(name: str, code_name: str, columns: Mapping[str, str], rows: Sequence[HistoryRow]) -> PlannedSheet:
    letters = [chr(65 + n) for n in range(len(columns))]
    cells = [
        PlannedCell(f"{letter}1", "table.header", title)
        for letter, title in zip(letters, columns.values(), strict=True)
    ]
    for number, row in enumerate(rows, start=2):
        for letter, key in zip(letters, columns, strict=True):
            value = _cell(row[key])
            if value is not None:
                cells.append(PlannedCell(f"{letter}{number}", "plain", value))
    widths = {letter: _WIDTHS.get(key, 13.0) for letter, key in zip(letters, columns, strict=True)}
    return PlannedSheet(
        name=name,
        code_name=code_name,
        cells=tuple(cells),
        column_widths=widths,
        protected=False,
        freeze="A2",
        autofilter=f"A1:{letters[-1]}{len(rows) + 1}",
    )


def _cell(value: Any) -> CellValue:
    if isinstance(value, bool):
        return int(value)
    found: CellValue = value
    return found
