"""Cells of one sheet that are made from each other: formulas by address, evaluated in their order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from cchc_xl.figures.expressions import Formula
from cchc_xl.figures.expressions.values import Value
from cchc_xl.figures.live.excel import to_excel
from cchc_xl.model.addresses import column_of, row_of
from cchc_xl.model.planned import PlannedCell, reference
from cchc_xl.workbooks.commune.cells import live


@dataclass(frozen=True, eq=False)
class DerivedCell:
    """A live cell; its formula names other cells of the sheet by their fixed addresses ("$H$5")."""

    address: str
    style: str
    formula: Formula

    @cached_property
    def written(self) -> str:
        return to_excel(self.formula)


class SheetCells:
    """What stands in the cells: of other sheets by name or reference, of this one by fixed address."""

    def __init__(self, given: Mapping[str, Value]) -> None:
        self._values: dict[str, Value] = dict(given)

    def get(self, key: str, /) -> Value:
        if key in self._values or ":" not in key or "!" in key:
            return self._values.get(key)
        first, last = key.replace("$", "").split(":")
        rows = range(row_of(first), row_of(last) + 1)
        return tuple(self._values.get(f"${column_of(first)}${row}") for row in rows)

    def seen_from_outside(self, sheet: str) -> SheetCells:
        """The same as formulas of other sheets see it, by full references."""
        own = {key: value for key, value in self._values.items() if "$" in key and "!" not in key}
        outside = {reference(sheet, key, fixed=False): value for key, value in own.items()}
        return SheetCells({**self._values, **outside})

    def planned(self, derived: Iterable[DerivedCell]) -> list[PlannedCell]:
        """The cells with their values; each may be looked at by those that follow."""
        found = []
        for one in derived:
            value = one.formula.value(self)
            self._values[f"${column_of(one.address)}${row_of(one.address)}"] = value
            found.append(live(one.address, one.style, one.written, value))
        return found
