"""What an officer may have typed into a commune workbook, and whose workbook of which period it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from cchc_xl import texts
from cchc_xl.model import Regime, ReportingUnit
from cchc_xl.model.layout import WorkbookLayout, layout_of
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.registers import RegisterRow
from cchc_xl.model.terms import Figure

Declaration = date | int | Decimal | str | None


@dataclass(frozen=True)
class Contents:
    """Everything typed, as typed. What is not mentioned stays as issued (blank, or the initial text).

    figures: indicator code → number, "KPS", any other text, or None · notes: indicator code → Ghi chú ·
    declarations: name of `layout.MAIN_INPUTS` → value · contacts: form code → (person, telephone) ·
    explanations: rule id → Giải trình · claimed: code of a ratio → fraction written in the report ·
    registers: register code → rows of {column code: value}.
    """

    figures: Mapping[str, Figure] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    declarations: Mapping[str, Declaration] = field(default_factory=dict)
    contacts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    explanations: Mapping[str, str] = field(default_factory=dict)
    claimed: Mapping[str, Decimal] = field(default_factory=dict)
    registers: Mapping[str, tuple[RegisterRow, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Subject:
    """Whose workbook, of which regime and period."""

    regime: Regime
    unit: ReportingUnit
    period: ReferencePeriod
    illustrative: bool = False  # figures made up by `demo`: every sheet and page says so

    @property
    def layout(self) -> WorkbookLayout:
        return layout_of(self.regime)

    @property
    def basis(self) -> str:
        """What the report is based on, as this unit says it."""
        return self.regime.basis_of(self.unit.running_name)

    @property
    def banner(self) -> str:
        """Unit and period as they stand on every sheet."""
        named = f"{self.unit.full_name} · {self.period.label}"
        return f"{texts.text('wb_illustrative')} · {named}" if self.illustrative else named
