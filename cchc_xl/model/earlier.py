"""What the summary may be given besides the consolidation: who sent when, and last period's figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.terms import Figure


@dataclass(frozen=True, slots=True)
class Receipt:
    """When and how a unit's report reached the city; what is not known stays None or ""."""

    date: date | None = None
    channel: str = ""
    report_number: str = ""


@dataclass(frozen=True, slots=True)
class PreviousSummary:
    """The typed figures an earlier city summary counted: unit code → indicator → figure.

    Only figures of counted forms are here; a unit without any is not a key.
    """

    period: ReferencePeriod
    figures: Mapping[str, Mapping[str, Figure]]
