"""The vocabulary of the project as frozen values (SDMX and official-statistics terms).

A figure travels: `Indicator` (catalogue) → cell of a workbook → `RawCell` → `Observation` → `Finding`s
→ `Submission` → city summary. Everything here is immutable data without behaviour beyond small look-ups.
"""

from __future__ import annotations

from cchc_xl.model.forms import (
    Choice,
    Form,
    Indicator,
)
from cchc_xl.model.regimes import (
    Breakdown,
    Regime,
    ValidationRule,
)
from cchc_xl.model.registers import (
    DocumentSeries,
    Register,
    RegisterColumn,
    RowCheck,
    Tally,
)
from cchc_xl.model.submissions import (
    Finding,
    Observation,
    RawCell,
    ReportingUnit,
    RuleResult,
    Submission,
)
from cchc_xl.model.terms import (
    KPS,
    Blank,
    Kind,
    Outcome,
    OverTime,
    OverUnits,
    Severity,
    Status,
    Verdict,
)

__all__ = [
    "KPS",
    "Blank",
    "Breakdown",
    "Choice",
    "DocumentSeries",
    "Finding",
    "Form",
    "Indicator",
    "Kind",
    "Observation",
    "Outcome",
    "OverTime",
    "OverUnits",
    "RawCell",
    "Regime",
    "Register",
    "RegisterColumn",
    "ReportingUnit",
    "RowCheck",
    "RuleResult",
    "Severity",
    "Status",
    "Submission",
    "Tally",
    "ValidationRule",
    "Verdict",
]
