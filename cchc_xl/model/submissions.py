"""What came in: units, cells as stored, observations, findings, submissions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.regimes import ValidationRule
from cchc_xl.model.terms import Outcome, ReturnKind, Severity, Status, Verdict


@dataclass(frozen=True, slots=True)
class ReportingUnit:
    """A commune-level unit: 5-digit code of the administrative list, type (Xã, Phường, Đặc khu), name."""

    code: str
    type: str
    name: str

    @property
    def full_name(self) -> str:
        return f"{self.type} {self.name}"

    @property
    def running_name(self) -> str:
        """As inside a sentence: "xã Nam Thanh Miện"."""
        return f"{self.type.lower()} {self.name}"


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as stored in the file, before any interpretation.

    `kind`: blank · number · text · bool · error · date (a number shown as a date).
    `text` is the stored text ("19.884" for a number, in the file's own notation); `formula` without "=".
    """

    sheet: str
    address: str
    kind: str = "blank"
    text: str = ""
    formula: str | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure of one submission."""

    indicator: str
    status: Status
    value: Decimal | None
    sheet: str
    cell: str
    note: str = ""  # the Ghi chú cell
    text: str = ""  # what a text cell says; of a date its ISO form

    def __reduce__(self) -> tuple[type[Observation], tuple[object, ...]]:
        """Workers send a hundred of these a file: pickled as a call, several times faster than by fields."""
        values = (self.indicator, self.status, self.value, self.sheet, self.cell, self.note, self.text)
        return Observation, values


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong or noteworthy in the data: where, what, what to do."""

    rule: str
    severity: Severity
    message: str
    fix: str
    indicator: str | None = None
    form: str | None = None
    sheet: str | None = None
    cell: str | None = None
    value: str | None = None
    expected: str | None = None


@dataclass(frozen=True, slots=True)
class RuleResult:
    """What one rule said of one submission; `observed` are the figures it looked at."""

    rule: ValidationRule
    outcome: Outcome
    observed: Mapping[str, Decimal | str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Submission:
    """One file of the folder and what became of it."""

    file: str
    sha256: str | None
    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    regime: str | None = None
    period: ReferencePeriod | None = None
    unit: ReportingUnit | None = None
    number: int | None = None  # Lần nộp
    kind: ReturnKind | None = None  # Loại bản gửi; None: the file does not say
    reason: str = ""  # Lý do
    modified: str = ""  # the document's modified property, ISO 8601
    window: tuple[date | None, date | None] = (None, None)
    observations: tuple[Observation, ...] = ()
    explanations: Mapping[str, str] = field(default_factory=dict)  # rule id -> Giải trình
    contacts: Mapping[str, str] = field(default_factory=dict)  # form code -> người lập, điện thoại
    registers: Mapping[str, tuple[Mapping[str, Decimal | str], ...]] = field(default_factory=dict)
    forms: Mapping[str, Verdict] = field(default_factory=dict)  # printed forms: accepted or held
    control_code: str = ""
    template: str = ""  # version of the template it was issued with
    illustrative: bool = False  # made by `demo`; marked as such everywhere it shows

    @property
    def never_asked(self) -> frozenset[str]:
        """Rows the file's older template did not have."""
        return frozenset(o.indicator for o in self.observations if o.status is Status.NOT_IN_TEMPLATE)
