"""Read an earlier city summary back: the typed figures of its "Theo đơn vị", held ones marked as such."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from cchc_xl.catalogue.loader import load_regime, regime_ids, template_versions
from cchc_xl.catalogue.versions import succession
from cchc_xl.excel.read.gate import open_gate
from cchc_xl.excel.read.stored_workbook import open_workbook
from cchc_xl.figures.numbers import from_float, tidy
from cchc_xl.model import KPS, RawCell, Regime
from cchc_xl.model.earlier import EarlierPeriod, EarlierReturn, Standing
from cchc_xl.model.errors import UsageError, WorkbookRefused
from cchc_xl.model.periods import ReferencePeriod, parse_period
from cchc_xl.model.terms import Figure, PeriodState
from cchc_xl.workbooks.summary.grid import UNIT_CODE
from cchc_xl.workbooks.summary.meta import KEYS, STATE_KEYS, SUMMARY_TEMPLATE
from cchc_xl.workbooks.summary.wording import BY_UNIT, COUNTED, HELD, META

_COLUMN = re.compile(r"[A-Z]+")
Cells = Mapping[str, RawCell]


def read_earlier_summary(data: bytes, regime: Regime, source: str = "") -> EarlierPeriod:
    """What an earlier summary of the same regime shows of each unit; forms nobody sent are left out.

    Columns are found by the indicator codes in the sheet's hidden row, units by the code in each row, so that
    sorted rows do no harm. Raises WorkbookRefused (`previous_not_summary`, `previous_other_regime`, or what
    the gate refuses).
    """
    stored = open_workbook(open_gate(data))
    meta = _meta(stored.cells(META) if stored.sheet(META) else {})
    period = _period(meta)
    if meta["che_do"] != regime.id:
        raise WorkbookRefused("previous_other_regime", found=meta["che_do"], wanted=regime.id)
    if stored.sheet(BY_UNIT) is None:
        raise WorkbookRefused("previous_not_summary")
    cells = stored.cells(BY_UNIT)
    columns = _columns(cells, int(meta["dong_ma_chi_tieu"]), regime, _codes_then(meta, period))
    returns: dict[str, EarlierReturn] = {}
    for row in range(int(meta["dong_dau"]), int(meta["dong_cuoi"]) + 1):
        code = _text(cells, f"{UNIT_CODE}{row}")
        figures, doubtful = _row(cells, row, columns)
        if code and figures:
            returns[code] = EarlierReturn(period, figures, doubtful, source=source)
    return EarlierPeriod(regime.id, period, returns)


@dataclass(frozen=True)
class ReadSummary:
    """A summary as `close` needs it: its figures, and how far the period was."""

    regime: Regime
    period: ReferencePeriod
    earlier: EarlierPeriod
    state: PeriodState
    complete: int
    expected: int
    without: tuple[str, ...]  # units that are not complete
    blanks: tuple[str, ...]  # units with rows accepted as blank


def is_final_summary(data: bytes) -> bool:
    """True for a summary that says its period is closed. Raises WorkbookRefused for what the gate refuses."""
    stored = open_workbook(open_gate(data))
    cells = stored.cells(META) if stored.sheet(META) else {}
    return _text(cells, "B1") == SUMMARY_TEMPLATE and _told(cells)["tinh_trang"] == PeriodState.FINAL


def _told(cells: Cells) -> dict[str, str]:
    return {key: _text(cells, f"B{row}") for row, key in enumerate(STATE_KEYS, start=len(KEYS) + 1)}


def read_summary(data: bytes, source: str = "") -> ReadSummary:
    """A summary with the state of its period. Raises WorkbookRefused for what is none, or an older one."""
    stored = open_workbook(open_gate(data))
    cells = stored.cells(META) if stored.sheet(META) else {}
    meta = _meta(cells)
    period = _period(meta)
    told = _told(cells)
    numbers = (told["nhan_du"], told["phai_nop"])
    if told["tinh_trang"] not in tuple(PeriodState) or not all(n.isdecimal() for n in numbers):
        raise WorkbookRefused("summary_too_old")
    if meta["che_do"] not in regime_ids():
        raise WorkbookRefused("regime_unknown", regime=meta["che_do"] or "?")
    regime = load_regime(meta["che_do"], period)
    return ReadSummary(
        regime=regime,
        period=period,
        earlier=read_earlier_summary(data, regime, source),
        state=PeriodState(told["tinh_trang"]),
        complete=int(numbers[0]),
        expected=int(numbers[1]),
        without=tuple(filter(None, told["khong_so_lieu"].split("; "))),
        blanks=tuple(filter(None, told["chap_nhan_trong"].split("; "))),
    )


def _meta(cells: Cells) -> dict[str, str]:
    found = {key: _text(cells, f"B{row}") for row, key in enumerate(KEYS, start=1)}
    keys_stand = all(_text(cells, f"A{row}") == key for row, key in enumerate(KEYS, start=1))
    rows = (found["dong_ma_chi_tieu"], found["dong_dau"], found["dong_cuoi"])
    if (
        not keys_stand
        or found["mau"] != SUMMARY_TEMPLATE
        or not all(r.isdecimal() and len(r) < 7 for r in rows)
    ):
        raise WorkbookRefused("previous_not_summary")
    return found


def _period(meta: Mapping[str, str]) -> ReferencePeriod:
    try:
        return parse_period(meta["ky"])
    except UsageError as fault:
        raise WorkbookRefused("previous_not_summary") from fault


def _codes_then(meta: Mapping[str, str], period: ReferencePeriod) -> dict[str, str]:
    """Today's code -> the code of the catalogue version the summary was made with, of every row of both."""
    if meta["phien_ban"] not in (known := template_versions(meta["che_do"])):
        raise WorkbookRefused("template_unknown", version=meta["phien_ban"], known=", ".join(known))
    then = load_regime(meta["che_do"], period, version=meta["phien_ban"])
    codes = succession(then, load_regime(meta["che_do"], period)).codes
    return {today: old for old, today in codes.items()}


def _columns(cells: Cells, row: int, regime: Regime, then: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Indicator code -> (its column, its form's status column), for typed rows of printed forms."""
    letters = {
        cell.text: match[0]
        for address, cell in cells.items()
        if address.endswith(str(row))
        and (match := _COLUMN.match(address))
        and address == f"{match[0]}{row}"
        and cell.kind == "text"
    }
    found: dict[str, tuple[str, str]] = {}
    for form in regime.printed_forms:
        status = letters.get(form.code)
        for indicator in form.inputs:
            if status and (letter := letters.get(then.get(indicator.code, ""))):
                found[indicator.code] = letter, status
    if not found:
        raise WorkbookRefused("previous_not_summary")
    return found


def _row(
    cells: Cells, row: int, columns: Mapping[str, tuple[str, str]]
) -> tuple[dict[str, Figure], dict[str, Standing]]:
    """A unit's figures, and those of held forms."""
    figures: dict[str, Figure] = {}
    doubtful: dict[str, Standing] = {}
    for code, (column, status) in columns.items():
        word = _text(cells, f"{status}{row}")
        figure = _figure(cells.get(f"{column}{row}"))
        if word in (COUNTED, HELD) and figure is not None:
            figures[code] = figure
            if word == HELD:
                doubtful[code] = Standing.HELD
    return figures, doubtful


def _figure(cell: RawCell | None) -> Decimal | str | None:
    """Only what the summary itself writes: a number or KPS; anything else counts as not given."""
    if cell is None or cell.formula is not None:
        return None
    if cell.kind == "number":
        return tidy(from_float(float(cell.text)))
    return KPS if cell.kind == "text" and cell.text == KPS else None


def _text(cells: Cells, address: str) -> str:
    cell = cells.get(address)
    return cell.text.strip() if cell and cell.kind == "text" else ""
