"""What a form holds: indicators (chỉ tiêu), their choices, the form (biểu mẫu) itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cchc_xl.model.terms import KPS, Blank, Kind, OverTime, OverUnits, Severity

PRINTED_LENGTH = 70
_MARKUP = re.compile(r"</?i>")


@dataclass(frozen=True, slots=True)
class Choice:
    """One coded answer: 0 = Trực tuyến."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One printed row of a form (chỉ tiêu)."""

    code: str
    number: str
    label_markup: str  # as printed, italics as <i>…</i>
    unit_of_measure: str
    kind: Kind
    formula: str | None = None  # expression over inputs; None: typed
    over_units: OverUnits = OverUnits.NONE
    over_time: OverTime = OverTime.REENTER
    cumulative: bool = False
    blank: Blank = Blank.OPTIONAL
    choices: tuple[Choice, ...] = ()
    maximum: Decimal | None = None
    help: str = ""
    reference: str = ""
    printed_note: str = ""
    printed_length: int = PRINTED_LENGTH  # characters of a typed text its row of the appendix holds
    italic: bool = False  # whole row in italics
    summary_label: str = ""  # wording for the city summary where the printed one would mislead
    differs: Severity = Severity.WARNING  # a city constant unlike the other units'
    effective_from: date | None = None
    effective_to: date | None = None
    formerly: tuple[tuple[str, str], ...] = ()  # last version → the row's code up to it, "" for none

    @property
    def label(self) -> str:
        """Label without markup."""
        return _MARKUP.sub("", self.label_markup)

    @property
    def is_heading(self) -> bool:
        return self.kind is Kind.HEADING

    @property
    def is_input(self) -> bool:
        return self.formula is None and not self.is_heading

    @property
    def is_claimable(self) -> bool:
        """Whether the report's own percentage may be typed beside the row."""
        return self.kind is Kind.RATIO and self.formula is not None

    @property
    def accepts_kps(self) -> bool:
        if self.kind in (Kind.TEXT, Kind.DATE):
            return False
        return any(choice.code == KPS for choice in self.choices) or self.blank in (
            Blank.ACCEPT_KPS,
            Blank.BREAKDOWN,
            Blank.OPTIONAL,
        )


@dataclass(frozen=True, slots=True)
class Form:
    """One form (biểu mẫu): `code` is the prefix of its indicators, `sheet` the worksheet name."""

    code: str
    number: str
    sheet: str
    heading: str  # "Biểu mẫu 1"
    title: str
    indicators: tuple[Indicator, ...]
    footnotes: tuple[str, ...] = ()
    printed: bool = True  # False: an optional block beside the official forms

    @property
    def inputs(self) -> tuple[Indicator, ...]:
        return tuple(i for i in self.indicators if i.is_input)

    @property
    def figures(self) -> tuple[Indicator, ...]:
        """Every row with a figure, typed or computed."""
        return tuple(i for i in self.indicators if not i.is_heading)
