"""What proofreading a report gives: findings with quotes, and how figures stand to the workbooks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.terms import Severity


class FigureState(StrEnum):
    """How a figure of the prose stands to the workbooks."""

    MATCH = "match"
    DIFFERS = "differs"
    ABSENT = "absent"  # no cell of the workbooks is meant
    OUT_OF_SCOPE = "out_of_scope"  # an aim, an estimate, another period: nothing to compare


@dataclass(frozen=True, slots=True)
class ProofFinding:
    """Something wrong or doubtful. `expected` in vi-VN digits; `paragraph` as `Paragraph.number`."""

    rule: str
    severity: Severity
    quote: str
    paragraph: int | None
    message: str
    fix: str
    expected: str | None = None
    context: str = ""  # the sentence around the quote
    place: str = ""  # where, in words
    indicator: str | None = None
    sheet: str | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class ProofFigure:
    """One figure of the prose beside the cell it means."""

    quote: str
    paragraph: int | None
    value: Decimal
    state: FigureState
    indicator: str | None = None
    sheet: str | None = None
    cell: str | None = None
    label: str = ""  # printed label of the indicator


@dataclass(frozen=True, slots=True)
class KnownFigure:
    """A figure the prose may speak of: value as shown (percent points for ratios), where it stands."""

    indicator: str
    value: Decimal
    is_percent: bool
    sheet: str
    cell: str
    source: str  # name of the workbook, "" for the report's own tables
    number: int | None = None  # line of the report's own table in a text file


@dataclass(frozen=True, slots=True)
class Proof:
    """One report proofread. `remarks`: what the file carries besides text, in words."""

    file: str
    findings: tuple[ProofFinding, ...]
    figures: tuple[ProofFigure, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure that others can be held against. `key`: what it is; `kind` says how to compare."""

    kind: str  # pending · carried · cumulative · constant
    key: frozenset[str]
    value: Decimal
    written: str
    paragraph: int | None
    context: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a report says of itself: unit, period, figures for comparison."""

    file: str
    unit: str | None
    begins: date | None
    ends: date | None
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class WorkbookFigures:
    """Figures of one workbook a report may speak of. `pairs`: denominator by numerator of its ratios."""

    file: str
    unit: str
    period: ReferencePeriod
    known: tuple[KnownFigure, ...]
    labels: Mapping[str, str]
    cumulative: frozenset[str]
    pairs: Mapping[str, str]


@dataclass(frozen=True)
class ReportProof:
    """One report's proof and what other reports are held against, or why it was refused."""

    proof: Proof | None = None
    facts: Facts | None = None
    refused: str = ""


def in_order(findings: Sequence[ProofFinding]) -> Iterator[ProofFinding]:
    """By place in the text, each place and rule once."""
    seen: set[tuple[str, str, int | None, str]] = set()
    for finding in sorted(findings, key=lambda f: f.paragraph if f.paragraph is not None else 10**9):
        key = (finding.rule, finding.quote, finding.paragraph, finding.message)
        if key not in seen:
            seen.add(key)
            yield finding
