"""What the city decided about units and rows: typed by a person, read at every merge, never overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DecisionKind(StrEnum):
    """Decisions that are read."""

    ACCEPT_BLANK = "accept_blank"  # rows may stay blank
    EXEMPT = "exempt"  # nothing is asked of the unit this period


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the sheet of decisions. `unit` None: every unit; `rows`: indicators it is about."""

    kind: DecisionKind
    unit: str | None
    rows: tuple[str, ...]
    reason: str
    by: str
    approved_by: str = ""
    date: date | None = None
    line: int = 0  # row of the sheet
