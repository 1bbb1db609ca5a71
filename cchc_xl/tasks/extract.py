"""Figures from a foreign workbook or a Word report into a VALUES.csv for `fill`; the file is only read."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

from cchc_xl import texts
from cchc_xl.catalogue.loader import load_regime
from cchc_xl.excel.read.foreign_cells import read_foreign_rows
from cchc_xl.model import Regime, ReportingUnit
from cchc_xl.model.contents import Contents
from cchc_xl.model.documents import Document
from cchc_xl.model.errors import UsageError
from cchc_xl.model.layout import WorkbookLayout
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.reading.foreign import Extraction, extract_figures
from cchc_xl.reading.report_tables import place_tables, unplaced_lines
from cchc_xl.reports.proofreading.report import Report
from cchc_xl.tasks.documents import DOCUMENT_SUFFIXES, read_reports
from cchc_xl.tasks.files import read_limited, replace_file

_ORDINARY_IN_WORDS = frozenset({"text_number"})


def extract_file(file: Path, period: ReferencePeriod, regime_id: str, out: Path) -> tuple[Extraction, Path]:
    """Write what was found to `out` (`indicator,value`, with a byte-order mark so that Excel shows it right).

    Raises UsageError when nothing was found, WorkbookRefused or DocumentRefused when the file cannot be
    trusted.
    """
    if not file.is_file():
        raise UsageError(texts.text("path_missing", path=file))
    if out.exists() and out.samefile(file):
        raise UsageError(texts.text("out_is_input", path=out))
    regime = load_regime(regime_id, period)
    if file.suffix.lower() in DOCUMENT_SUFFIXES:
        document = read_reports([file])[0]
        found = extract_report(document, regime)
        named = Report(document).reference_period
        if named is not None and named != period:
            remark = texts.text("extract_other_period", named=named.label, period=period.label)
            found = replace(found, remarks=(remark, *found.remarks))
    else:
        found = extract_figures(regime, read_foreign_rows(read_limited(file)))
    if not found.values:
        raise UsageError(texts.text("extract_nothing", file=file))
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([("indicator", "value"), *found.values.items()])
    return found, replace_file(out, stream.getvalue().encode("utf-8-sig"))


def extract_report(document: Document, regime: Regime) -> Extraction:
    """Figures of the printed forms from the tables of a report; rows that were not placed are remarks."""
    tables = place_tables(document, regime)
    found = extract_figures(regime, tables.rows, _ORDINARY_IN_WORDS)
    return replace(found, remarks=(*found.remarks, *unplaced_lines(tables)))


def contents_of_report(
    file: Path, layout: WorkbookLayout, unit: ReportingUnit | None, period: ReferencePeriod | None
) -> tuple[Contents, tuple[str, ...]]:
    """What a Word report's tables offer a workbook, and what was left out.

    Raises UsageError for a report that names another unit or period, or holds no such tables.
    """
    from cchc_xl.tasks.fill import offered_contents
    from cchc_xl.tasks.values_csv import values_of

    document = read_reports([file])[0]
    report = Report(document)
    ours = f"{unit.full_name}, {period.label}" if unit and period else ""
    theirs = (report.unit or "", report.reference_period)
    other_unit = unit is not None and report.unit and report.unit.casefold() != unit.full_name.casefold()
    if other_unit or (theirs[1] is not None and theirs[1] != period):
        found = ", ".join(part for part in (theirs[0], theirs[1].label if theirs[1] else "") if part)
        raise UsageError(texts.text("extract_other_report", path=file, found=found, wanted=ours))
    extraction = extract_report(document, layout.regime)
    if not extraction.values:
        raise UsageError(texts.text("extract_nothing", file=file))
    return offered_contents(values_of(extraction.values, layout)), extraction.remarks
