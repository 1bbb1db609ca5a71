"""What each unit sends to the city in the demo: its workbook, sound or with the fault planted for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from cchc_xl import texts
from cchc_xl.catalogue.scope import at_period
from cchc_xl.model import KPS
from cchc_xl.model.layout import CLAIMED, FIGURE, MAIN, MAIN_INPUTS, WorkbookLayout, layout_of
from cchc_xl.model.periods import parse_period
from cchc_xl.model.scope import ReportingScope
from cchc_xl.model.terms import Figure
from cchc_xl.tasks.demo import damage
from cchc_xl.tasks.demo.figures import Recipe, Rows, draw_figures, draw_rows
from cchc_xl.tasks.demo.script import Fault, Script
from cchc_xl.tasks.drawing import render_blanks
from cchc_xl.tasks.fill import fill_bytes
from cchc_xl.tasks.issue import file_stem
from cchc_xl.tasks.values_csv import Values, read_values

Delivery = tuple[str, bytes]  # file name, content


@dataclass(frozen=True)
class Stage:
    """Everything a delivery is made from: script, scope and the units' blank workbooks."""

    script: Script
    scope: ReportingScope
    blanks: Mapping[str, bytes]

    @property
    def layout(self) -> WorkbookLayout:
        return layout_of(self.scope.regime)

    def name(self, code: str, ending: str = "") -> str:
        """File name of a unit's workbook."""
        return f"{file_stem(self.scope.subject(self.scope.units.by_code[code]))}{ending}.xlsx"

    def figures(self, code: str) -> dict[str, Figure]:
        """The unit's figures: the real ones of the sample, or drawn."""
        if code == self.script.real_unit and self.script.real_figures:
            return dict(read_values(self.script.real_figures, self.layout).figures)
        return draw_figures(self.script.recipes, self.script.seed, code)

    def filled(
        self,
        code: str,
        changes: Mapping[str, Figure] | None = None,
        more_rows: Sequence[Recipe] = (),
        **declared: int | str,
    ) -> bytes:
        """The unit's workbook with its figures, some of them changed, and its register rows."""
        figures = {**self.figures(code), **(changes or {})}
        rows = draw_rows((*self.script.rows, *more_rows), figures, self.script.seed, code)
        said = {**self.script.declared, **declared}
        return self._fill(self.blanks[code], figures, said, self._claimed(code), rows)

    def _claimed(self, code: str) -> dict[str, Decimal | None]:
        if code != self.script.real_unit or not self.script.real_figures:
            return {}
        return read_values(self.script.real_figures, self.layout).claimed

    def _fill(
        self,
        blank: bytes,
        figures: Mapping[str, Figure],
        declared: Mapping[str, Any],
        claimed: Mapping[str, Decimal | None] | None = None,
        rows: Rows | None = None,
    ) -> bytes:
        places = {self.layout.place(code, FIGURE) for code in figures}
        places |= {self.layout.place(code, CLAIMED) for code in claimed or {}}
        places |= {(MAIN, MAIN_INPUTS[name]) for name in declared}
        places |= self._row_places(rows or {})
        values = Values(
            figures=dict(figures),
            declarations=dict(declared),
            rows={
                code: {n: {**row} for n, row in numbered.items()} for code, numbered in (rows or {}).items()
            },
            claimed=dict(claimed or {}),
            places=places,
        )
        return fill_bytes(Path("demo.xlsx"), blank, values, self.scope.units)

    def _row_places(self, rows: Rows) -> set[tuple[str, str]]:
        found = {code: self.layout.registers[code] for code in rows}
        return {
            (register.register.sheet, register.cell(column, number))
            for code, register in found.items()
            for number, row in rows[code].items()
            for column in row
        }


def deliveries_of(stage: Stage, code: str) -> list[Delivery]:
    """Every file one unit sends; none when it has not reported."""
    fault = stage.script.fault_of(code)
    if fault is None:
        return [(stage.name(code), stage.filled(code))]
    return _PLANTED[fault.kind](stage, code, fault)


def stray_files(script: Script) -> list[Delivery]:
    """Files that are no submissions but lie in the folder all the same."""
    content = texts.text("demo_stray").encode()
    return [(fault.details["name"], content) for fault in script.faults if fault.kind == "stray"]


def _not_submitted(stage: Stage, code: str, fault: Fault) -> list[Delivery]:
    return []


def _figures(stage: Stage, code: str, fault: Fault) -> list[Delivery]:
    return [(stage.name(code), stage.filled(code, _changes(fault)))]


def _rows(stage: Stage, code: str, fault: Fault) -> list[Delivery]:
    return [(stage.name(code), stage.filled(code, _changes(fault), fault.details["rows"]))]


def _text_number(stage: Stage, code: str, fault: Fault) -> list[Delivery]:
    typed = {**_changes(fault), fault.details["indicator"]: fault.details["text"]}
    return [(stage.name(code), stage.filled(code, typed))]


def _overwritten_formula(stage: Stage, code: str, fault: Fault) -> list[Delivery]:
    place = stage.layout.place(fault.details["indicator"])
    return [(stage.name(code), damage.overwrite(stage.filled(code), place, fault.details["value"]))]


def _formula(stage: Stage, code: str, fault: Fault) -> list[Delivery]:
    place = stage.layout.place(fault.details["indicator"])
    filled = stage.filled(code, _changes(fault))
    return [(stage.name(code), damage.put_formula(filled, place, fault.details["formula"]))]


def _other_period(stage: Stage, code: str, fault: Fault) -> list[Delivery]:
    other = at_period(stage.scope, parse_period(fault.details["period"])).narrowed([code])
    blank = render_blanks(other, illustrative=True)[code]
    name = f"{file_stem(other.subject(other.units[0]))}.xlsx"
    return [(name, stage._fill(blank, stage.figures(code), {}))]


def _corrected(stage: Stage, code: str, fault: Fault) -> list[Delivery]:
    second = stage.filled(code, cchc_lan_nop=2, cchc_ly_do=fault.details["reason"])
    return [(stage.name(code), stage.filled(code, _changes(fault))), (stage.name(code, "_lan-2"), second)]


def _blank(stage: Stage, code: str, fault: Fault) -> list[Delivery]:
    return [(stage.name(code), stage.blanks[code])]


def _partial(stage: Stage, code: str, fault: Fault) -> list[Delivery]:
    prefixes = tuple(f"{form}_" for form in fault.details["forms"])
    figures = {c: figure for c, figure in stage.figures(code).items() if c.startswith(prefixes)}
    return [(stage.name(code), stage._fill(stage.blanks[code], figures, stage.script.declared))]


def _blank_again(stage: Stage, code: str, fault: Fault) -> list[Delivery]:
    again = {"cchc_lan_nop": 2, "cchc_ly_do": fault.details["reason"]}
    second = stage._fill(stage.blanks[code], {}, again)
    return [(stage.name(code), stage.filled(code)), (stage.name(code, "_lan-2"), second)]


def _conflicting(stage: Stage, code: str, fault: Fault) -> list[Delivery]:
    other = stage.filled(code, _changes(fault))
    return [(stage.name(code), stage.filled(code)), (stage.name(code, "_ban-moi"), other)]


def _truncated(stage: Stage, code: str, fault: Fault) -> list[Delivery]:
    whole = stage.filled(code)
    return [(stage.name(code), whole[: len(whole) * 3 // 5])]


def _named_for(stage: Stage, code: str, fault: Fault) -> list[Delivery]:
    return [(stage.name(code), stage.filled(fault.details["other"]))]


def _changes(fault: Fault) -> dict[str, Figure]:
    given = fault.details.get("figures", {}).items()
    return {code: value if value == KPS else Decimal(value) if value else None for code, value in given}


_PLANTED = {
    "not_submitted": _not_submitted,
    "blank": _blank,
    "partial": _partial,
    "blank_again": _blank_again,
    "figures": _figures,
    "rows": _rows,
    "text_number": _text_number,
    "overwritten_formula": _overwritten_formula,
    "formula": _formula,
    "other_period": _other_period,
    "corrected": _corrected,
    "conflicting": _conflicting,
    "truncated": _truncated,
    "named_for": _named_for,
}
