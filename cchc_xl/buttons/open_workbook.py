"""A commune workbook that is open in Excel: which cells to hand over, and what they say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from cchc_xl import texts
from cchc_xl.catalogue.units import load_units
from cchc_xl.excel.read.live_workbook import LiveSheet, LiveWorkbook, live_workbook
from cchc_xl.figures.expressions import figure_formula
from cchc_xl.figures.live.excel import to_excel
from cchc_xl.model import Submission
from cchc_xl.model.addresses import column_letter
from cchc_xl.model.contents import Contents
from cchc_xl.model.errors import UsageError, WorkbookRefused
from cchc_xl.model.layout import (
    CHECK,
    CHECK_EXPLANATION,
    EXCHANGE,
    EXCHANGE_INPUTS,
    FIGURE,
    FIRST_CONTACT_ROW,
    JUDGED,
    MAIN,
    META,
    META_NAMES,
    WorkbookLayout,
    layout_of,
)
from cchc_xl.model.scope import ReportingUnits
from cchc_xl.reading.submission import judge_workbook, regime_of
from cchc_xl.reading.typed_contents import typed_contents

META_AREA = f"A1:B{len(META_NAMES) + 1}"


@dataclass(frozen=True)
class OpenBook:
    """An open workbook as handed over: its file name, its folder (None while unsaved), its cells."""

    name: str
    folder: Path | None
    layout: WorkbookLayout
    stored: LiveWorkbook

    @property
    def units(self) -> ReportingUnits:
        """What this PC knows of units: the list of Hải Phòng, and of any other what its workbook states."""
        return load_units().opened()

    @cached_property
    def submission(self) -> Submission:
        """The submission the workbook would be if it were sent now. Raises WorkbookRefused."""
        return judge_workbook(self.name, None, self.stored, self.units)

    @property
    def contents(self) -> Contents:
        """Everything typed."""
        return typed_contents(self.stored, self.layout)

    def setting(self, name: str) -> str:
        """What an input of the exchange sheet says; "" when it is empty."""
        cell = self.stored.cells(EXCHANGE).get(EXCHANGE_INPUTS[name])
        return cell.text.strip() if cell is not None else ""

    def file(self, name: str) -> Path:
        """The file an input of the exchange sheet names. Raises UsageError without one."""
        said = self.setting(name).strip('"')
        if not said:
            place = {"cell": EXCHANGE_INPUTS[name], "sheet": EXCHANGE}
            raise UsageError(texts.text("button_no_file", **place))
        path = (self.folder or Path()) / said
        if path.is_dir():
            raise UsageError(texts.text("path_is_folder", path=path))
        if not path.exists():
            raise UsageError(texts.text("path_missing", path=path))
        return path


def layout_from_meta(meta: LiveSheet) -> WorkbookLayout:
    """The layout of the workbook whose sheet _meta says this.

    Raises WorkbookRefused for a foreign one, and for one of an earlier template: buttons write today's cells.
    """
    regime = regime_of(live_workbook({META: meta}, _meta_names()))
    if regime.places is not None:
        raise WorkbookRefused("template_older", version=regime.version)
    return layout_of(regime)


def areas(layout: WorkbookLayout) -> dict[str, str]:
    """The range of each sheet a button reads, always from A1."""
    found = {META: META_AREA, MAIN: f"A1:I{FIRST_CONTACT_ROW + len(layout.forms)}"}
    for form in layout.forms.values():
        found[form.form.sheet] = f"A1:{JUDGED}{form.last_row}"
    for register in layout.registers.values():
        last = column_letter(len(register.columns) + 1)
        found[register.register.sheet] = f"A1:{last}{register.last_row}"
    found[CHECK] = f"A1:{CHECK_EXPLANATION}{max(layout.check_rows.values(), default=1)}"
    found[EXCHANGE] = "A1:D8"
    return found


def formula_areas(layout: WorkbookLayout) -> dict[str, str]:
    """Where a formula says something: the figures of every form."""
    return {f.form.sheet: f"{FIGURE}1:{FIGURE}{f.last_row}" for f in layout.forms.values()}


def open_book(
    name: str, folder: Path | None, layout: WorkbookLayout, sheets: Mapping[str, LiveSheet]
) -> OpenBook:
    """The workbook in these cells. Computed cells of a program that tells no formulas count as intact."""
    told = any(sheet.formulas for sheet in sheets.values())
    shown = dict(sheets) if told else _with_expected_formulas(layout, sheets)
    return OpenBook(name, folder, layout, live_workbook(shown, layout.names))


def _with_expected_formulas(layout: WorkbookLayout, sheets: Mapping[str, LiveSheet]) -> dict[str, LiveSheet]:
    found = dict(sheets)
    for form in layout.forms.values():
        formulas = {
            form.cell(i.code): to_excel(figure_formula(i.formula, layout.regime.parameters))
            for i in form.form.figures
            if i.formula is not None
        }
        found[form.form.sheet] = replace(found[form.form.sheet], formulas=formulas)
    return found


def _meta_names() -> dict[str, tuple[str, str]]:
    return {name: (META, f"B{row}") for row, name in enumerate(META_NAMES, start=2)}
