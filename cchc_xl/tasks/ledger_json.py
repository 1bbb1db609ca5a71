"""Results as JSON of the command line's contract: submissions, the merged ledger, the catalogue."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from cchc_xl.figures.live.description import describe, describe_row_check
from cchc_xl.figures.totals.consolidated import CityFigure, Consolidation, UnitFigures, decisions_on
from cchc_xl.model import (
    Finding,
    Indicator,
    Observation,
    OverUnits,
    Regime,
    Submission,
    Verdict,
)
from cchc_xl.model.decisions import Decision
from cchc_xl.model.terms import UnitState

Json = dict[str, Any]


def submission_to_json(submission: Submission, *, registers: bool = False) -> Json:
    """One element of `files`; with `registers` also the rows of its registers."""
    unit = submission.unit
    shape: Json = {
        "file": submission.file,
        "sha256": submission.sha256,
        "verdict": submission.verdict.value,
        "regime": submission.regime,
        "period": str(submission.period) if submission.period else None,
        "unit": {"code": unit.code, "name": unit.name} if unit else None,
        "submission": submission.number,
        "forms": {code: verdict.value for code, verdict in submission.forms.items()},
        "findings": [finding_to_json(f) for f in submission.findings],
        "observations": [_observation(o) for o in submission.observations],
        "template": submission.template or None,
    }
    if registers and submission.registers:
        shape["registers"] = {
            code: [{c: v if isinstance(v, str) else _number(v) for c, v in row.items()} for row in rows]
            for code, rows in submission.registers.items()
        }
    return shape


def files_to_json(submissions: Iterable[Submission]) -> Json:
    """The answer of `check`."""
    return {"files": [submission_to_json(s) for s in submissions]}


def merge_to_json(merged: Consolidation) -> Json:
    """The ledger of `merge`: every entry of the folder, who is missing, the city's figures."""
    return {
        **files_to_json(merged.ledger),
        "period": str(merged.period),
        "status": merged.state.value,
        "coverage": {
            "expected": len(merged.units),
            "complete": len(merged.in_state(UnitState.COMPLETE)),
            "accepted": merged.count(Verdict.ACCEPTED),
            "held": merged.count(Verdict.HELD),
            "rejected": merged.count(Verdict.REJECTED),
            "skipped": merged.count(Verdict.SKIPPED),
            "missing": [unit.code for unit in merged.missing],
            "incomplete": [unit.code for unit in merged.in_state(UnitState.INCOMPLETE)],
            "empty": [unit.code for unit in merged.in_state(UnitState.EMPTY)],
        },
        "units": [_unit(merged, unit) for unit in merged.units],
        "city": {code: _city_value(figure) for code, figure in merged.city.items()},
    }


def _unit(merged: Consolidation, unit: UnitFigures) -> Json:
    return {
        "code": unit.unit.code,
        "name": unit.unit.name,
        "state": unit.state.value,
        "file": unit.submission.file if unit.submission else None,
        "supplements": list(unit.supplements),
        "missing_rows": list(unit.missing_rows),
        "decisions": [
            one for decision in decisions_on(merged, unit) for one in _decision(merged, unit, decision)
        ],
    }


def _decision(merged: Consolidation, unit: UnitFigures, decision: Decision) -> list[Json]:
    """One element a row the decision touches; of an exemption one."""
    rows: tuple[str | None, ...] = tuple(c for c in unit.accepted_blanks if c in decision.rows) or (None,)
    return [
        {
            "form": merged.regime.form_of[code] if code else None,
            "indicator": code,
            "decision": decision.kind.value,
            "value": None,
            "reason": decision.reason,
            "by": decision.by,
            "approved_by": decision.approved_by or None,
            "date": decision.date.isoformat() if decision.date else None,
        }
        for code in rows
    ]


def finding_to_json(finding: Finding) -> Json:
    """One finding: where, what, what to do."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "indicator": finding.indicator,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "value": finding.value,
        "expected": finding.expected,
        "message": finding.message,
        "fix": finding.fix,
    }


def forms_to_json(regime: Regime) -> Json:
    """The forms of a regime, row by row."""
    return {
        "regime": regime.id,
        "title": regime.title,
        "basis": regime.basis,
        "version": regime.version,
        "forms": [
            {
                "code": form.code,
                "number": form.number,
                "sheet": form.sheet,
                "title": form.title,
                "printed": form.printed,
                "indicators": [_indicator(i) for i in form.indicators],
            }
            for form in regime.forms
        ],
    }


def rules_to_json(regime: Regime) -> Json:
    """Every live rule of a regime, breakdowns included."""
    return {
        "regime": regime.id,
        "rules": [
            {
                "id": rule.id,
                "severity": rule.severity.value,
                "assert": rule.assertion,
                "when": rule.when,
                "missing": rule.missing,
                "tolerance": _number(rule.tolerance),
                "form": rule.form,
                "indicator": rule.at,
                "message": rule.message,
                "fix": rule.fix,
                "reference": rule.reference,
                "statement": describe(regime, rule),
            }
            for rule in regime.rules
        ],
        "row_rules": [
            {
                "id": check.id,
                "severity": check.severity.value,
                "register": register.code,
                "message": check.message,
                "fix": check.fix,
                "reference": register.reference,
                "statement": describe_row_check(register, check),
            }
            for register in regime.registers
            for check in register.checks
        ],
    }


def _indicator(indicator: Indicator) -> Json:
    return {
        "code": indicator.code,
        "number": indicator.number,
        "label": indicator.label,
        "unit_of_measure": indicator.unit_of_measure,
        "kind": indicator.kind.value,
        "formula": indicator.formula,
        "over_units": indicator.over_units.value,
        "over_time": indicator.over_time.value,
        "cumulative": indicator.cumulative,
        "blank": indicator.blank.value if indicator.is_input else None,
        "choices": {choice.code: choice.label for choice in indicator.choices},
        "help": indicator.help,
        "reference": indicator.reference,
    }


def _observation(observation: Observation) -> Json:
    return {
        "indicator": observation.indicator,
        "value": observation.text or _number(observation.value),
        "status": observation.status.value,
        "sheet": observation.sheet,
        "cell": observation.cell,
    }


def _city_value(figure: CityFigure) -> Any:
    if figure.indicator.over_units in (OverUnits.COUNT_BY_CHOICE, OverUnits.CONSTANT):
        return dict(figure.answers)
    if figure.indicator.over_units is OverUnits.DISTRIBUTION:
        spread = {name: _number(value) for name, value in figure.spread.items()}
        return {"units": figure.answered, **spread} if spread else None
    return _number(figure.total)


def _number(value: Decimal | None) -> int | float | None:
    """Whole numbers stay whole in JSON."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
