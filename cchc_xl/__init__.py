"""cchc_xl: Excel workbooks, checks and city summaries for CCHC reporting in Hải Phòng.

What a script calls is offered here and loaded when first used; `cchc_xl.tasks.api` says what goes in and out.
"""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers take it for True; importing `typing` costs more than all of this file
if TYPE_CHECKING:
    from typing import Any

    from cchc_xl.figures.totals.consolidated import CityFigure, Consolidation, UnitFigures
    from cchc_xl.model.errors import CatalogueError, CchcError, UsageError, WorkbookRefused, WriteRefused
    from cchc_xl.model.forms import Form, Indicator
    from cchc_xl.model.periods import ReferencePeriod
    from cchc_xl.model.regimes import Regime, ValidationRule
    from cchc_xl.model.submissions import Finding, Observation, ReportingUnit, Submission
    from cchc_xl.model.terms import KPS, Severity, Status, Verdict
    from cchc_xl.tasks.api import (
        check,
        fill,
        history_frame,
        issue,
        load_regime,
        merge,
        read,
        rollup,
    )
    from cchc_xl.tasks.fill import FillResult
    from cchc_xl.tasks.issue import IssueResult
    from cchc_xl.tasks.merge import MergeResult
    from cchc_xl.tasks.rollup import RollupResult, UnitRollup

__version__ = "0.1.0"

_MODULES = {
    "figures.totals.consolidated": ("CityFigure", "Consolidation", "UnitFigures"),
    "model.errors": ("CatalogueError", "CchcError", "UsageError", "WorkbookRefused", "WriteRefused"),
    "model.forms": ("Form", "Indicator"),
    "model.periods": ("ReferencePeriod",),
    "model.regimes": ("Regime", "ValidationRule"),
    "model.submissions": ("Finding", "Observation", "ReportingUnit", "Submission"),
    "model.terms": ("KPS", "Severity", "Status", "Verdict"),
    "tasks.api": ("check", "fill", "history_frame", "issue", "load_regime", "merge", "read", "rollup"),
    "tasks.fill": ("FillResult",),
    "tasks.issue": ("IssueResult",),
    "tasks.merge": ("MergeResult",),
    "tasks.rollup": ("RollupResult", "UnitRollup"),
}
_HOME = {name: module for module, names in _MODULES.items() for name in names}

__all__ = [
    "KPS",
    "CatalogueError",
    "CchcError",
    "CityFigure",
    "Consolidation",
    "FillResult",
    "Finding",
    "Form",
    "Indicator",
    "IssueResult",
    "MergeResult",
    "Observation",
    "ReferencePeriod",
    "Regime",
    "ReportingUnit",
    "RollupResult",
    "Severity",
    "Status",
    "Submission",
    "UnitFigures",
    "UnitRollup",
    "UsageError",
    "ValidationRule",
    "Verdict",
    "WorkbookRefused",
    "WriteRefused",
    "check",
    "fill",
    "history_frame",
    "issue",
    "load_regime",
    "merge",
    "read",
    "rollup",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
