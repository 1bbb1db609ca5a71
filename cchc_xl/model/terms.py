"""Coded terms: kinds of figures, ways to consolidate, severities, verdicts (SDMX and official statistics)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum


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


class Says(StrEnum):
    """What a rule says that other parts of the program must not say again, or must know."""

    THOUSANDFOLD = "thousandfold"  # a thousands dot was read as a decimal point
    BLANKS_AS_ZERO = "blanks_as_zero"  # fails exactly while blanks of its breakdown are read as 0


class Status(StrEnum):
    """What a cell said. Blank, 0 and KPS are three things."""

    VALUE = "value"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"  # KPS, không phát sinh
    ERROR = "error"
    NOT_IN_TEMPLATE = "not_in_template"  # a row the file's older template did not have: never asked


class Verdict(StrEnum):
    """How a file in the folder ends."""

    ACCEPTED = "accepted"
    HELD = "held"
    REJECTED = "rejected"
    SKIPPED = "skipped"


class UnitState(StrEnum):
    """What the city has of a unit at a period (JSON: `state`)."""

    COMPLETE = "complete"  # every row that must be answered is, no form held
    INCOMPLETE = "incomplete"  # a row is missing; what is there is summed
    HELD = "held"  # a form has errors
    EMPTY = "empty"  # no such row answered: counts as not sent
    REJECTED = "rejected"  # only a file that cannot be read
    MISSING = "missing"
    EXEMPT = "exempt"  # nothing is asked of it this period


class PeriodState(StrEnum):
    """How far a period is; final only by an act of a person."""

    PROVISIONAL = "provisional"
    READY = "ready"
    FINAL = "final"


class ReturnKind(StrEnum):
    """Loại bản gửi: what a file is to the one sent before it."""

    FIRST = "first"
    REPLACEMENT = "replacement"  # replaces all
    SUPPLEMENT = "supplement"  # fills blanks


class Outcome(StrEnum):
    """What a rule says of one submission; never a Boolean."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_EVALUABLE = "not_evaluable"
    TEXT = "text"  # an input holds something that is neither a number nor KPS
    RULE_ERROR = "rule_error"


KPS = "KPS"
PERIODIC = "cchc-dinh-ky"  # id of the periodic CCHC report, meant where no regime is named
PREVIOUS_PREFIX = "kytruoc_"  # in front of an indicator: its value in the period before

Figure = Decimal | str | None  # a number, "KPS" or any other text, blank
Figures = Mapping[str, Figure]  # by indicator
