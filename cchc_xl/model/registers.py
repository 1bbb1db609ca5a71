"""Lists with rows (danh mục): their columns, row checks, counts and document series."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cchc_xl.model.forms import Choice
from cchc_xl.model.terms import Kind, Severity

RegisterValue = date | Decimal | str | None  # what a cell of a row holds
RegisterRow = Mapping[str, RegisterValue]  # by column
ROW = "row"  # of a row as read: its number in column A


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
    linked: tuple[tuple[str, tuple[str, ...]], ...] = ()  # answer -> figure, or its two parts, on a form
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


@dataclass(frozen=True, slots=True, eq=False)
class Register:
    """A list with rows (danh mục): documents, tasks, targets. Compared by identity, as its regime is."""

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
    appendix: tuple[tuple[str, str], ...] = ()  # role -> column, of a table of the appendix that is signed

    @property
    def inputs(self) -> tuple[RegisterColumn, ...]:
        return tuple(column for column in self.columns if column.is_input)
