"""The vocabulary of the project as frozen values (SDMX and official-statistics terms).

A figure travels: `Indicator` (catalogue) → cell of a workbook → `RawCell` → `Observation` → `Finding`s
→ `Submission` → city summary. Everything here is immutable data without behaviour beyond small look-ups.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from cchc_xl.periods import ReferencePeriod

_MARKUP = re.compile(r"</?i>")


class Kind(StrEnum):
    """What an indicator's cell holds."""

    COUNT = "count"  # whole number >= 0
    MONEY = "money"  # whole number >= 0 of the printed unit (triệu đồng)
    RATIO = "ratio"  # 0..1, shown as a percentage
    DECIMAL = "decimal"  # number >= 0 with decimals (points)
    CHOICE = "choice"  # one of `choices`
    TEXT = "text"
    DATE = "date"
    HEADING = "heading"  # printed row without a figure


class OverUnits(StrEnum):
    """How an indicator is consolidated over reporting units."""

    SUM = "sum"
    RECOMPUTE = "recompute"  # its formula over the summed parts
    COUNT_BY_CHOICE = "count_by_choice"
    DISTRIBUTION = "distribution"  # a spread over units (scores, ranks): never added
    CONSTANT = "constant"  # one value for the whole city: agree, never sum
    NONE = "none"


class OverTime(StrEnum):
    """How an indicator is rolled up over periods."""

    SUM = "sum"
    LAST = "last"
    RECOMPUTE = "recompute"
    REENTER = "reenter"  # distinct counts and choices: must be typed anew


class Blank(StrEnum):
    """What an empty input means."""

    WARN = "warn"  # required; KPS refused
    ACCEPT_KPS = "accept_kps"  # empty warns, KPS is an answer
    BREAKDOWN = "breakdown"  # judged by the breakdown the indicator belongs to (rule Z)
    OPTIONAL = "optional"  # may stay empty


class Severity(StrEnum):
    """How much a finding weighs; only errors hold a form."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Status(StrEnum):
    """What a cell said. Blank, 0 and KPS are three things."""

    VALUE = "value"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"  # KPS, không phát sinh
    ERROR = "error"


class Verdict(StrEnum):
    """How a file in the folder ends."""

    ACCEPTED = "accepted"
    HELD = "held"
    REJECTED = "rejected"
    SKIPPED = "skipped"


class Outcome(StrEnum):
    """What a rule says of one submission; never a Boolean."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_EVALUABLE = "not_evaluable"
    TEXT = "text"  # an input holds something that is neither a number nor KPS
    RULE_ERROR = "rule_error"


KPS = "KPS"


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
    italic: bool = False  # whole row in italics
    summary_label: str = ""  # wording for the city summary where the printed one would mislead
    differs: Severity = Severity.WARNING  # a city constant unlike the other units'
    effective_from: date | None = None
    effective_to: date | None = None

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


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """One column of a register."""

    code: str
    label: str
    kind: Kind
    required: bool = False
    choices: tuple[Choice, ...] = ()
    width: float = 16.0
    help: str = ""
    maximum: Decimal | None = None
    result: str = ""  # computed from other columns: share · met · trend · last_day · due; "": typed
    parts: tuple[tuple[str, str], ...] = ()  # what `result` is made of: role -> column

    @property
    def is_input(self) -> bool:
        return not self.result


@dataclass(frozen=True, slots=True)
class RowCheck:
    """What a filled row must satisfy: cells present or absent, two cells in order; nothing asked: it fails.

    `order` is (column, sign, column), the last also "window_end": the last day of the data.
    """

    id: str
    severity: Severity
    message: str
    fix: str
    when: tuple[tuple[str, tuple[str, ...]], ...] = ()  # columns that must hold one of these answers
    required: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    order: tuple[str, str, str] | None = None

    @property
    def asks_nothing(self) -> bool:
        return not (self.required or self.absent or self.order)


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows with these answers are counted; with an `indicator` the count is compared with its figure."""

    label: str
    where: tuple[tuple[str, str], ...] = ()
    indicator: str | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class DocumentSeries:
    """Columns of a list of documents by meaning; serials run per issuer, type and year."""

    number: str
    date: str
    type: str
    title: str
    issuer: str | None = None
    base_number: str | None = None  # the document it implements
    base_date: str | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """A list with rows (danh mục): documents, tasks, targets."""

    code: str
    sheet: str
    heading: str
    title: str
    columns: tuple[RegisterColumn, ...]
    rows: int = 200
    reference: str = ""
    checks: tuple[RowCheck, ...] = ()
    tallies: tuple[Tally, ...] = ()
    series: DocumentSeries | None = None

    @property
    def inputs(self) -> tuple[RegisterColumn, ...]:
        return tuple(column for column in self.columns if column.is_input)


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
    rules: tuple[ValidationRule, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    parameters: Mapping[str, Decimal] = field(default_factory=dict)  # city constants, in force at the period
    periods_due: tuple[str, ...] = ()  # "Q1", "S1" …: what units must file within a year
    due_day: int | None = None  # day of the cut-off month by which reports are due; None: not settled
    file_prefix: str = ""  # first part of issued file names
    appendix_sheet: str = "Phụ lục III"  # sheet of the running appendix
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
    reason: str = ""  # Lý do
    modified: str = ""  # the document's modified property, ISO 8601
    window: tuple[date | None, date | None] = (None, None)
    observations: tuple[Observation, ...] = ()
    explanations: Mapping[str, str] = field(default_factory=dict)  # rule id -> Giải trình
    contacts: Mapping[str, str] = field(default_factory=dict)  # form code -> người lập, điện thoại
    registers: Mapping[str, tuple[Mapping[str, Decimal | str], ...]] = field(default_factory=dict)
    forms: Mapping[str, Verdict] = field(default_factory=dict)  # printed forms: accepted or held
    control_code: str = ""
    illustrative: bool = False  # made by `demo`; marked as such everywhere it shows
