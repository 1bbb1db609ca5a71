"""What a sheet of the summary is planned from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cchc_xl.figures.totals.consolidated import Consolidation
from cchc_xl.model.earlier import EarlierPeriod, Receipt
from cchc_xl.workbooks.summary.grid import Grid


@dataclass(frozen=True)
class SummaryInputs:
    """The consolidation as laid out in "Theo đơn vị", and what else is known.

    `received` by unit code; None: nobody kept a list. `previous`: what "So sánh" compares with; `trend`:
    earlier periods of the same kind, oldest first.
    """

    grid: Grid
    received: Mapping[str, Receipt] | None = None
    previous: EarlierPeriod | None = None
    trend: tuple[EarlierPeriod, ...] = ()

    @property
    def consolidation(self) -> Consolidation:
        return self.grid.consolidation
