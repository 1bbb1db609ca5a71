"""What has been typed into a stored workbook, as typed: the starting point for filling it further."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from cchc_xl.excel.read.stored_workbook import StoredWorkbook
from cchc_xl.figures import numbers
from cchc_xl.model import RawCell
from cchc_xl.model.contents import Contents, Declaration
from cchc_xl.model.layout import CLAIMED, NOTE, PREVIOUS, WorkbookLayout
from cchc_xl.model.periods import day_of_number
from cchc_xl.model.registers import RegisterValue
from cchc_xl.model.terms import Figure


def typed_contents(stored: StoredWorkbook, layout: WorkbookLayout) -> Contents:
    """Everything typed into a workbook whose cells stand where the layout says."""
    return _TypedContents(stored, layout).contents()


def shown_previous(stored: StoredWorkbook, layout: WorkbookLayout) -> dict[str, Figure]:
    """Last period's figures as the workbook shows them, by indicator."""
    found = _TypedContents(stored, layout)
    shown = {i.code: found.value(*layout.place(i.code, PREVIOUS)) for i in layout.regime.figures}
    return {code: value for code, value in shown.items() if value is not None}


class _TypedContents:
    def __init__(self, stored: StoredWorkbook, layout: WorkbookLayout) -> None:
        self._stored, self._layout = stored, layout

    def contents(self) -> Contents:
        layout = self._layout
        main_inputs = layout.places.main_inputs
        rows = layout.regime.figures
        claims = {i.code: self.value(*layout.place(i.code, CLAIMED)) for i in rows if i.is_claimable}
        notes = {i.code: self._text(*layout.place(i.code, NOTE)) for i in rows}
        return Contents(
            figures={i.code: self.value(*layout.place(i.code)) for i in layout.regime.inputs},
            notes={code: note for code, note in notes.items() if note},
            declarations={name: self._declaration(address) for name, address in main_inputs.items()},
            contacts={form: self._contact(form) for form in layout.forms},
            explanations={r: said for r in layout.check_rows if (said := self._text(*layout.explanation(r)))},
            claimed={code: claim for code, claim in claims.items() if isinstance(claim, Decimal)},
            registers={code: self._register(code) for code in layout.registers},
        )

    def value(self, sheet: str, address: str) -> Figure:
        """Number, text or None; a constant formula as its number, errors and other formulas as texts."""
        raw = self._raw(sheet, address)
        if raw is None or raw.kind == "blank":
            return None
        if raw.formula is not None:
            constant = numbers.constant_value(raw.formula)
            return f"={raw.formula}" if constant is None else constant
        return _exact(raw.text) if raw.kind in ("number", "date") else raw.text

    def _raw(self, sheet: str, address: str) -> RawCell | None:
        return self._stored.cells(sheet).get(address)

    def _text(self, sheet: str, address: str) -> str:
        raw = self._raw(sheet, address)
        return "" if raw is None else raw.text

    def _declaration(self, address: str) -> Declaration:
        main = self._layout.places.main_sheet
        return _day(self._raw(main, address)) or self.value(main, address)

    def _contact(self, form_code: str) -> tuple[str, str]:
        person, telephone = self._layout.contact(form_code)
        main = self._layout.places.main_sheet
        return self._text(main, person), self._text(main, telephone)

    def _register(self, code: str) -> tuple[dict[str, RegisterValue], ...]:
        register = self._layout.registers[code]
        sheet = register.register.sheet
        filled = set(self._stored.cells(sheet))
        rows: list[dict[str, RegisterValue]] = []
        for number in range(1, register.register.rows + 1):
            places = ((c.code, register.cell(c.code, number)) for c in register.register.inputs)
            rows.append({c: self._register_value(sheet, at) if at in filled else None for c, at in places})
        while rows and not any(value is not None for value in rows[-1].values()):
            rows.pop()
        return tuple(rows)

    def _register_value(self, sheet: str, address: str) -> RegisterValue:
        raw = self._raw(sheet, address)
        return _day(raw) or self.value(sheet, address)


def _exact(text: str) -> Decimal | str:
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _day(raw: RawCell | None) -> date | None:
    if raw is None or raw.kind != "date" or raw.formula is not None:
        return None
    try:
        return day_of_number(int(Decimal(raw.text)))
    except (InvalidOperation, OverflowError, ValueError):
        return None
