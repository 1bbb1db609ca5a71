"""Sheet "_meta" (very hidden): what a later reader needs to trust and place the figures."""

from __future__ import annotations

import hashlib

from cchc_xl.model.planned import PlannedCell, PlannedSheet
from cchc_xl.model.terms import UnitState
from cchc_xl.workbooks.summary.grid import CODES_ROW, FIRST_ROW, Grid
from cchc_xl.workbooks.summary.inputs import SummaryInputs
from cchc_xl.workbooks.summary.wording import META

SUMMARY_TEMPLATE = "cchc_xl.summary"
KEYS = (
    "mau",
    "phien_ban",
    "danh_muc",
    "che_do",
    "ky",
    "dong_ma_chi_tieu",
    "dong_dau",
    "dong_cuoi",
    "ma_kiem",
)
# Since 1.1: what `close` must know of the period. Lists are separated by "; ".
STATE_KEYS = ("tinh_trang", "nhan_du", "phai_nop", "khong_so_lieu", "chap_nhan_trong")


def plan_sheet(inputs: SummaryInputs) -> PlannedSheet:
    """Key in column A, value in column B, from row 1."""
    grid = inputs.grid
    regime = grid.consolidation.regime
    values: tuple[str, ...] = (
        SUMMARY_TEMPLATE,
        regime.version,
        regime.digest,
        regime.id,
        str(grid.consolidation.period),
        str(CODES_ROW),
        str(FIRST_ROW),
        str(grid.last_row),
        figures_digest(grid),
    )
    merged = grid.consolidation
    without = merged.in_state(*(s for s in UnitState if s not in (UnitState.COMPLETE, UnitState.EXEMPT)))
    blanks = tuple(u.unit for u in merged.units if u.accepted_blanks)
    values += (
        merged.state.value,
        str(len(merged.in_state(UnitState.COMPLETE))),
        str(len(merged.units)),
        "; ".join(unit.full_name for unit in without),
        "; ".join(unit.full_name for unit in blanks),
    )
    cells = []
    for row, (key, value) in enumerate(zip((*KEYS, *STATE_KEYS), values, strict=True), start=1):
        cells.append(PlannedCell(f"A{row}", "meta", key))
        cells.append(PlannedCell(f"B{row}", "meta", value))
    return PlannedSheet(
        name=META,
        code_name="SummaryMeta",
        cells=tuple(cells),
        column_widths={"A": 20.0, "B": 40.0},
        state="veryHidden",
    )


def figures_digest(grid: Grid) -> str:
    """A digest of every status and figure of "Theo đơn vị"."""
    units = [u.unit.code for u in grid.consolidation.units]
    columns = [*grid.statuses.values(), *grid.figures.values()]
    content = repr((units, [[str(value) for value in column] for column in columns]))
    return hashlib.sha256(content.encode()).hexdigest()[:16]
