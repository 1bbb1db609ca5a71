"""The vocabulary of the project as frozen values (SDMX and official-statistics terms).

A figure travels: `Indicator` (catalogue) → cell of a workbook → `RawCell` → `Observation` → `Finding`s
→ `Submission` → city summary. Everything here is immutable data without behaviour beyond small look-ups.
Names are loaded when first asked for: a command that only answers `--help` needs none of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cchc_xl.model.forms import Choice, Form, Indicator
    from cchc_xl.model.regimes import Breakdown, Regime, ValidationRule
    from cchc_xl.model.registers import DocumentSeries, Register, RegisterColumn, RowCheck, Tally
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
        Says,
        Severity,
        Status,
        Verdict,
    )

_MODULES = {
    "forms": ("Choice", "Form", "Indicator"),
    "regimes": ("Breakdown", "Regime", "ValidationRule"),
    "registers": ("DocumentSeries", "Register", "RegisterColumn", "RowCheck", "Tally"),
    "submissions": ("Finding", "Observation", "RawCell", "ReportingUnit", "RuleResult", "Submission"),
    "terms": (
        "KPS",
        "Blank",
        "Kind",
        "Outcome",
        "OverTime",
        "OverUnits",
        "Says",
        "Severity",
        "Status",
        "Verdict",
    ),
}
_HOME = {name: module for module, names in _MODULES.items() for name in names}

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
    "Says",
    "Severity",
    "Status",
    "Submission",
    "Tally",
    "ValidationRule",
    "Verdict",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value
