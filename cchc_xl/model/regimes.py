"""Rules, breakdowns and the reporting regime (chế độ báo cáo) that holds them with its forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from cchc_xl.model.forms import Form, Indicator
from cchc_xl.model.registers import Register
from cchc_xl.model.terms import Severity
from cchc_xl.texts.sheets import APPENDIX


@dataclass(frozen=True, slots=True)
class ValidationRule:
    """One statement figures must satisfy, written once as expressions (`expressions`).

    `message` holds placeholders only as " ({code})", so that it also reads well without figures.
    """

    id: str
    severity: Severity
    assertion: str
    message: str
    fix: str
    at: str  # indicator whose cell the finding names
    form: str  # code of the form that is held when it fails
    when: str | None = None
    missing: str = "skip"  # "skip" | "fail"
    tolerance: Decimal = Decimal(0)
    reference: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)  # placeholder -> expression shown in the message
    within_year: bool = False  # looks at the period before, which must lie in the same year
    unless_noted: bool = False  # satisfied by a note (Ghi chú) beside the figure


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Rule Z: parts that add up to a total; blanks are read as 0 once the entered parts reach it."""

    id: str
    total: str
    parts: tuple[str, ...]
    parent: str | None = None  # id of the breakdown this total is a part of


@dataclass(frozen=True, eq=False)
class Regime:
    """A reporting regime (chế độ báo cáo): its forms, registers and rules at one reference period.

    Compared by identity: the loader returns one object per regime and period.
    """

    id: str
    title: str
    basis: str
    version: str
    digest: str  # of everything in the catalogue folder
    period_kinds: tuple[str, ...]
    cutoff_day: int
    report_heading: tuple[str, ...]  # heading lines of the running appendix, verbatim
    forms: tuple[Form, ...]
    registers: tuple[Register, ...] = ()
    rules: tuple[ValidationRule, ...] = ()  # in the order of the forms, breakdowns written out
    breakdowns: tuple[Breakdown, ...] = ()
    parameters: Mapping[str, Decimal] = field(default_factory=dict)  # city constants, in force at the period
    periods_due: tuple[str, ...] = ()  # "Q1", "S1" …: what units must file within a year
    due_day: int | None = None  # day of the cut-off month by which reports are due; None: not settled
    file_prefix: str = ""  # first part of issued file names
    appendix_sheet: str = APPENDIX  # sheet of the running appendix
    online_dossiers: tuple[str, ...] = ()  # counts of dossiers filed online, for the chart of largest units
    label_heading: str = ""  # heading of the printed column of labels, with <i>…</i>
    headlines: tuple[str, ...] = ()  # ratios the regime is judged by: charts and the demo's account

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Every indicator by code, in printed order."""
        return {i.code: i for form in self.forms for i in form.indicators}

    @property
    def printed_forms(self) -> tuple[Form, ...]:
        return tuple(form for form in self.forms if form.printed)
