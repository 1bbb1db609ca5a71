"""The data of "Theo đơn vị": which column and row each figure has, and the names formulas use for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from cchc_xl.figures.checks import UNREADABLE
from cchc_xl.figures.expressions.values import Area
from cchc_xl.figures.totals.consolidated import Consolidation, UnitFigures
from cchc_xl.model import Form, Indicator
from cchc_xl.model.addresses import column_letter
from cchc_xl.model.planned import reference
from cchc_xl.model.terms import Figure
from cchc_xl.workbooks.summary.wording import BY_UNIT, COUNTED, MISSING, STATUS_WORDS

CODES_ROW, FORMS_ROW, NUMBERS_ROW, LABELS_ROW, FIRST_ROW = 5, 6, 7, 8, 9
ORDER, UNIT_CODE, UNIT_NAME, UNIT_TYPE = "A", "B", "C", "D"
_FIRST_DATA_COLUMN = 5
TYPE_NAME = "loai_don_vi"


def column_name(code: str) -> str:
    """Defined name of an indicator's column."""
    return f"dv_{code}"


def status_name(form: str) -> str:
    """Defined name of a form's status column."""
    return f"tt_{form}"


@dataclass(frozen=True)
class Grid:
    """Units × indicators, as the sheet shows them."""

    consolidation: Consolidation
    columns: Mapping[str, str]  # indicator code -> letter
    status_columns: Mapping[str, str]  # form code -> letter

    @property
    def form_of(self) -> Mapping[str, str]:
        """Indicator code -> form code."""
        return self.consolidation.regime.form_of

    @property
    def last_row(self) -> int:
        return FIRST_ROW + max(len(self.consolidation.units), 1) - 1

    @cached_property
    def rows(self) -> dict[str, int]:
        """Unit code -> row."""
        return {u.unit.code: row for row, u in enumerate(self.consolidation.units, start=FIRST_ROW)}

    @cached_property
    def statuses(self) -> dict[str, tuple[str, ...]]:
        """Form code -> one status word a unit."""
        units = self.consolidation.units
        return {form: tuple(_status(u, form) for u in units) for form in self.status_columns}

    @cached_property
    def figures(self) -> dict[str, tuple[Figure, ...]]:
        """Indicator code -> one figure a unit: number, KPS or None, as written in the sheet."""
        units = self.consolidation.units
        return {code: tuple(_shown(u, code, self.form_of[code]) for u in units) for code in self.columns}

    def counted(self, code: str) -> list[tuple[UnitFigures, Figure]]:
        """(unit, figure) of every unit whose form is counted."""
        statuses = self.statuses[self.form_of[code]]
        rows = zip(self.consolidation.units, self.figures[code], statuses, strict=True)
        return [(unit, figure) for unit, figure, status in rows if status == COUNTED]

    def place(self, indicator: Indicator) -> str:
        """Form and row as people say it: "Biểu 3, 2.1.1."."""
        form = next(f for f in self.forms if f.code == self.form_of[indicator.code])
        return f"{form.sheet}, {indicator.number}".rstrip(", ")

    def cell(self, unit_code: str, code: str) -> str:
        """Reference to a unit's figure from another sheet."""
        return reference(BY_UNIT, f"{self.columns[code]}{self.rows[unit_code]}")

    def range(self, column: str) -> str:
        """Reference to the data rows of a column from another sheet."""
        return reference(BY_UNIT, f"{column}{FIRST_ROW}:{column}{self.last_row}")

    @cached_property
    def cells(self) -> dict[str, Area]:
        """What stands in the columns, by their defined names."""
        found = {TYPE_NAME: Area(u.unit.type for u in self.consolidation.units)}
        found.update({status_name(form): Area(words) for form, words in self.statuses.items()})
        found.update({column_name(code): Area(figures) for code, figures in self.figures.items()})
        return found

    @cached_property
    def names(self) -> dict[str, str]:
        """Defined names of the columns."""
        found = {TYPE_NAME: f"={self.range(UNIT_TYPE)}"}
        found.update({status_name(f): f"={self.range(letter)}" for f, letter in self.status_columns.items()})
        found.update({column_name(c): f"={self.range(letter)}" for c, letter in self.columns.items()})
        return found

    @property
    def forms(self) -> tuple[Form, ...]:
        return self.consolidation.regime.printed_forms

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """Every figure of the printed forms, in printed order."""
        return tuple(i for form in self.forms for i in form.figures)


def grid_of(consolidation: Consolidation) -> Grid:
    """Columns for every printed form: its status, then its figures."""
    columns: dict[str, str] = {}
    statuses: dict[str, str] = {}
    number = _FIRST_DATA_COLUMN
    for form in consolidation.regime.printed_forms:
        statuses[form.code] = column_letter(number)
        for offset, indicator in enumerate(form.figures, start=1):
            columns[indicator.code] = column_letter(number + offset)
        number += 1 + len(form.figures)
    return Grid(consolidation, columns, statuses)


def _status(unit: UnitFigures, form: str) -> str:
    verdict = unit.forms.get(form)
    return STATUS_WORDS.get(verdict, MISSING) if verdict else MISSING


def _shown(unit: UnitFigures, code: str, form: str) -> Figure:
    if unit.forms.get(form) not in STATUS_WORDS:
        return None
    figure = unit.figures.get(code)
    if figure == UNREADABLE:
        return None
    return Decimal(0) if figure is None and code in unit.read_as_zero else figure
