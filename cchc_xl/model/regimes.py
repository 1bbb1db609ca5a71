"""Rules, breakdowns and the reporting regime (chế độ báo cáo) that holds them with its forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from cchc_xl.model.forms import Form, Indicator
from cchc_xl.model.places import TemplatePlaces
from cchc_xl.model.registers import Register
from cchc_xl.model.size import SizeLimits
from cchc_xl.model.terms import Says, Severity
from cchc_xl.texts.sheets import ANY_UNIT, APPENDED_HOW, APPENDIX


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
    says: Says | None = None
    breakdown: str | None = None  # id of the breakdown it is written out from


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
    own_basis: str  # {unit} stands for the reporting unit's type and name
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
    parameter_titles: Mapping[str, str] = field(default_factory=dict)
    periods_due: tuple[str, ...] = ()  # "Q1", "S1" …: what units must file within a year
    due_day: int | None = None  # day of the cut-off month by which reports are due; None: not settled
    file_prefix: str = ""  # first part of issued file names
    appended_how: str = APPENDED_HOW  # how the appendix goes with the report: "Ban hành kèm theo"
    appendix_sheet: str = APPENDIX  # sheet of the running appendix
    online_dossiers: tuple[str, ...] = ()  # counts of dossiers filed online, for the chart of largest units
    signed_below: bool = True  # the running appendix ends with a signature block
    label_heading: str = ""  # heading of the printed column of labels, with <i>…</i>
    places: TemplatePlaces | None = None  # of an earlier template version; None: today's
    headlines: tuple[str, ...] = ()  # ratios the regime is judged by: charts and the demo's account
    size: SizeLimits | None = None  # which changes are worth a question
    must_answer: tuple[tuple[str, ...], ...] = ()  # one row of each group, else a return is not complete

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Every indicator by code, in printed order."""
        return {i.code: i for form in self.forms for i in form.indicators}

    @cached_property
    def form_of(self) -> dict[str, str]:
        """Code of the form each indicator stands on, in printed order."""
        return {i.code: form.code for form in self.forms for i in form.indicators}

    @cached_property
    def inputs(self) -> tuple[Indicator, ...]:
        """Every typed indicator, in printed order."""
        return tuple(i for form in self.forms for i in form.inputs)

    @cached_property
    def figures(self) -> tuple[Indicator, ...]:
        """Every indicator with a figure, typed or computed, in printed order."""
        return tuple(i for form in self.forms for i in form.figures)

    @property
    def basis(self) -> str:
        """What the report is based on, said of every unit."""
        return self.basis_of(ANY_UNIT)

    def basis_of(self, unit: str) -> str:
        """What the report is based on, said of one unit ("xã Nam Thanh Miện")."""
        return self.own_basis.replace("{unit}", unit)

    def form(self, code: str) -> Form:
        """The form of that code. Raises KeyError."""
        return self._forms[code]

    def rule(self, rule_id: str) -> ValidationRule:
        """The rule of that id, those of breakdowns included. Raises KeyError."""
        return self._rules[rule_id]

    def rules_at(self, code: str) -> tuple[ValidationRule, ...]:
        """Rules that name the cell of this indicator, the heaviest first."""
        return self._rules_at.get(code, ())

    def blanks_as_zero(self, breakdown: Breakdown) -> ValidationRule:
        """The notice that fails exactly while blanks of a breakdown are read as 0."""
        wanted = (Says.BLANKS_AS_ZERO, breakdown.id)
        return next(rule for rule in self.rules if (rule.says, rule.breakdown) == wanted)

    def in_printed_order(self, code: str | None) -> int:
        """Sorts what is about an indicator by the rows of the forms; what is about none comes first."""
        return self._order.get(code or "", -1)

    @property
    def printed_forms(self) -> tuple[Form, ...]:
        return tuple(form for form in self.forms if form.printed)

    @cached_property
    def _forms(self) -> dict[str, Form]:
        return {form.code: form for form in self.forms}

    @cached_property
    def _rules(self) -> dict[str, ValidationRule]:
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def _rules_at(self) -> dict[str, tuple[ValidationRule, ...]]:
        found: dict[str, list[ValidationRule]] = {}
        for rule in self.rules:
            found.setdefault(rule.at, []).append(rule)
        weights = list(Severity)
        return {c: tuple(sorted(r, key=lambda x: weights.index(x.severity))) for c, r in found.items()}

    @cached_property
    def _order(self) -> dict[str, int]:
        return {code: number for number, code in enumerate(self.form_of)}
