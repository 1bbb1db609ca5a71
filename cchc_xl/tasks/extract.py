"""Figures from a foreign workbook into a VALUES.csv for `fill`; the foreign file is only read."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from cchc_xl import texts
from cchc_xl.catalogue.loader import load_regime
from cchc_xl.excel.read.foreign_cells import read_foreign_rows
from cchc_xl.model.errors import UsageError
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.reading.foreign import Extraction, extract_figures
from cchc_xl.tasks.files import read_limited, replace_file


def extract_workbook(
    file: Path, period: ReferencePeriod, regime_id: str, out: Path
) -> tuple[Extraction, Path]:
    """Write what was found to `out` (`indicator,value`, with a byte-order mark so that Excel shows it right).

    Raises UsageError when nothing was found, WorkbookRefused when the file cannot be trusted.
    """
    if not file.is_file():
        raise UsageError(texts.text("path_missing", path=file))
    if out.exists() and out.samefile(file):
        raise UsageError(texts.text("out_is_input", path=out))
    regime = load_regime(regime_id, period)
    found = extract_figures(regime, read_foreign_rows(read_limited(file)))
    if not found.values:
        raise UsageError(texts.text("extract_nothing", file=file))
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([("indicator", "value"), *found.values.items()])
    return found, replace_file(out, stream.getvalue().encode("utf-8-sig"))
