"""What travels with every report: which units report, under which regime, for which period."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import overload

from cchc_xl import texts
from cchc_xl.model.contents import Subject
from cchc_xl.model.errors import UsageError
from cchc_xl.model.names import as_compared, as_spelled
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.regimes import Regime
from cchc_xl.model.submissions import ReportingUnit

UNIT_COLUMNS = ("code", "type", "name")  # of a list as a table
_CODE_LENGTH = 5


@dataclass(frozen=True)
class ReportingUnits(Sequence[ReportingUnit]):
    """A list of reporting units in its order; no code and no full name stands in it twice.

    `source` is the file it was read from. An open list also takes a unit it does not hold, as a workbook
    states it: on an officer's PC nobody brings the list of another province.
    """

    listed: tuple[ReportingUnit, ...]
    source: Path | None = None
    is_open: bool = False

    def __len__(self) -> int:
        return len(self.listed)

    @overload
    def __getitem__(self, place: int) -> ReportingUnit: ...
    @overload
    def __getitem__(self, place: slice) -> ReportingUnits: ...
    def __getitem__(self, place: int | slice) -> ReportingUnit | ReportingUnits:
        if isinstance(place, slice):
            return replace(self, listed=self.listed[place])
        return self.listed[place]

    @cached_property
    def by_code(self) -> Mapping[str, ReportingUnit]:
        return {unit.code: unit for unit in self.listed}

    def opened(self) -> ReportingUnits:
        """The list that also takes units it does not hold."""
        return replace(self, is_open=True)

    def find(self, code: str, name: str) -> ReportingUnit | None:
        """The unit of that code; without a code, the unit of exactly that name if there is just one.

        Names never match fuzzily: Cẩm Giang and Cẩm Giàng are two communes.
        """
        if not code:
            called = self._called(name)
            return called[0] if len(called) == 1 else None
        found = self.by_code.get(code.strip())
        if not self.is_open or (found and self._called(name)):
            return found
        return self._stated(code.strip(), name) or found

    def names_another(self, unit: ReportingUnit, name: str) -> bool:
        """Whether `name`, stored beside the unit's code, is not its own but exactly another listed unit's."""
        return not is_named(unit, name) and bool(self._called(name))

    def _called(self, name: str) -> list[ReportingUnit]:
        return self._by_name.get(as_compared(name), [])

    @cached_property
    def _by_name(self) -> Mapping[str, list[ReportingUnit]]:
        """Units by full name and by bare name, as compared."""
        found: dict[str, list[ReportingUnit]] = {}
        for unit in self.listed:
            for name in (unit.full_name, unit.name):
                found.setdefault(as_compared(name), []).append(unit)
        return found

    def _stated(self, code: str, full_name: str) -> ReportingUnit | None:
        """The unit these words describe; its type is one the list knows."""
        if not (len(code) == _CODE_LENGTH and code.isascii() and code.isdecimal()):
            return None
        wanted = " ".join(unicodedata.normalize("NFC", full_name).split())
        for kind in dict.fromkeys(unit.type for unit in self.listed):
            name = wanted.removeprefix(f"{kind} ")
            if name and name != wanted:
                return ReportingUnit(code, kind, name)
        return None


@dataclass(frozen=True)
class ReportingScope:
    """Regime, units and reference period of whatever is issued, read or consolidated."""

    regime: Regime
    units: ReportingUnits
    period: ReferencePeriod

    def narrowed(self, codes: Collection[str]) -> ReportingScope:
        """The scope of these units only, in the order of the list. Raises UsageError for unknown codes."""
        unknown = [code for code in codes if code not in self.units.by_code]
        if unknown:
            raise UsageError(texts.text("units_unknown", codes=", ".join(unknown)))
        return replace(self, units=ReportingUnits(tuple(u for u in self.units if u.code in codes)))

    def subject(self, unit: ReportingUnit, *, illustrative: bool = False) -> Subject:
        """Whose workbook: one unit's of this regime and period."""
        return Subject(self.regime, unit, self.period, illustrative)


def is_named(unit: ReportingUnit, name: str) -> bool:
    """Whether a name is the unit's own, with or without its type, however it was typed or encoded."""
    return as_spelled(name) in (as_spelled(unit.full_name), as_spelled(unit.name))
