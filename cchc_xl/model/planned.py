"""A workbook before it is written: sheets of cells, each a text, an input or a formula with its value.

Plans are pure data. `excel.write.workbook_writer` renders them, `tasks.fill` splices their inputs and
cached values into a written file, buttons and tests read them. Styles are names; `excel.write.styles` says
how they look.
Addresses are A1 texts without sheet ("D9", "A5:E6"); references to other sheets come from `reference`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

_ADDRESS = re.compile(r"([A-Z]+)(\d+)")

CellValue = Decimal | int | float | str | date | None


class Role(StrEnum):
    """Why a cell is there."""

    TEXT = "text"  # fixed wording or a fixed figure
    INPUT = "input"  # unlocked; holds what the officer typed, or nothing
    FORMULA = "formula"  # locked; `value` is its correct result


@dataclass(frozen=True, slots=True)
class PlannedCell:
    """One cell. `value` is the content, for a formula its cached result (None never: use "")."""

    address: str
    style: str
    value: CellValue = None
    role: Role = Role.TEXT
    formula: str | None = None  # with leading "="
    rich: tuple[tuple[str, bool], ...] = ()  # runs (text, italic) when parts are in italics
    link: str | None = None  # "internal:'Biểu 1'!D9"


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range; its first cell is planned like any other."""

    range: str
    style: str


@dataclass(frozen=True, slots=True)
class Validation:
    """A data validation: `formula` for kind "custom", `choices` for "list", bounds for "date"."""

    range: str
    kind: str  # custom · list · date · any
    formula: str = ""
    choices: tuple[str, ...] = ()
    bounds: tuple[date, date] | None = None
    prompt_title: str = ""
    prompt: str = ""
    stop_title: str = ""
    stop: str = ""
    warns_only: bool = False


@dataclass(frozen=True, slots=True)
class ConditionalStyle:
    """`style` wherever `formula` (relative to the range's first cell) is true."""

    range: str
    formula: str
    style: str


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a chart; ranges as full references."""

    name: str
    categories: str
    values: str
    color: str | None = None
    point_colors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedChart:
    """A native chart anchored at a cell; size in pixels."""

    anchor: str
    kind: str  # bar · column · pie · doughnut · line · stacked_bar · stacked_column
    title: str
    series: tuple[Series, ...]
    width: int = 720
    height: int = 360
    value_format: str = "General"
    axis_title: str = ""
    legend: bool = False
    labels: bool = True
    value_min: float | None = None
    value_max: float | None = None
    reverse: bool = False  # first category on top (bar charts)
    alt_text: str = ""


@dataclass(frozen=True, slots=True)
class PlannedSparkline:
    """A small chart in one cell."""

    address: str
    values: str
    kind: str = "line"


@dataclass(frozen=True, slots=True)
class PlannedButton:
    """A form button: caption in Vietnamese, macro by name; only written into .xlsm workbooks."""

    address: str
    caption: str
    macro: str
    width: int = 180
    height: int = 30
    help: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """How a sheet prints. Margins in millimetres: left, right, top, bottom."""

    area: str | None = None
    columns: str | None = None  # "A:K": every row that holds something, instead of an area
    landscape: bool = False
    paper: int = 9  # 9 = A4, 8 = A3
    margins: tuple[float, float, float, float] = (30, 15, 20, 20)
    repeat_rows: tuple[int, int] | None = None  # 1-based, inclusive
    repeat_columns: tuple[str, str] | None = None
    fit_width: bool = True  # one page wide, as many tall as needed
    header: str = ""
    footer: str = ""
    breaks: tuple[int, ...] = ()  # page breaks after these 1-based rows
    column_breaks: tuple[str, ...] = ()  # page breaks after these columns, with fit_width off
    scale: int = 100  # percent, with fit_width off
    centered: bool = True


@dataclass(frozen=True, slots=True)
class PlannedSheet:
    """One worksheet."""

    name: str
    code_name: str  # VBA code name, ASCII
    cells: tuple[PlannedCell, ...]
    column_widths: Mapping[str, float] = field(default_factory=dict)  # "A" or "A:C" -> characters
    row_heights: Mapping[int, float] = field(default_factory=dict)  # 1-based row -> points
    fitted_rows: Mapping[int, float] = field(default_factory=dict)  # the same, refitted while one types
    merges: tuple[Merge, ...] = ()
    validations: tuple[Validation, ...] = ()
    conditionals: tuple[ConditionalStyle, ...] = ()
    charts: tuple[PlannedChart, ...] = ()
    sparklines: tuple[PlannedSparkline, ...] = ()
    buttons: tuple[PlannedButton, ...] = ()
    page: Page = field(default_factory=Page)
    protected: bool = True
    state: str = "visible"  # visible · hidden · veryHidden
    freeze: str | None = None  # first unfrozen cell
    autofilter: str | None = None
    tab_color: str | None = None
    zoom: int = 100
    gridlines: bool = False
    hidden_columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedWorkbook:
    """A whole workbook; `names` maps defined names to full references ("='Biểu 1'!$D$9")."""

    sheets: tuple[PlannedSheet, ...]
    names: Mapping[str, str]
    title: str
    subject: str = ""
    active_sheet: str | None = None

    def sheet(self, name: str) -> PlannedSheet:
        """The sheet of that name. Raises KeyError."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise KeyError(name)


def absolute(address: str) -> str:
    """Fix an address: "D9" -> "$D$9", "A5:E6" -> "$A$5:$E$6"."""
    return _ADDRESS.sub(r"$\1$\2", address)


def reference(sheet: str, address: str, *, fixed: bool = True) -> str:
    """A reference to another sheet: ("Biểu 1", "D9") -> "'Biểu 1'!$D$9"."""
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{absolute(address) if fixed else address}"


def inputs_and_formulas(sheets: Iterable[PlannedSheet]) -> dict[tuple[str, str], PlannedCell]:
    """Every input and formula cell by (sheet, address): what `fill` may change in a written file."""
    return {(s.name, c.address): c for s in sheets for c in s.cells if c.role is not Role.TEXT}
