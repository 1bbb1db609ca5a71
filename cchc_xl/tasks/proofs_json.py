"""The answer of `proofread` as JSON of the command line's contract."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from cchc_xl.model.proofs import Proof, ProofFigure, ProofFinding

Json = dict[str, Any]


def proofs_to_json(proofs: Iterable[Proof]) -> Json:
    """`{"files": [{"file", "findings": […], "figures": […]}]}`."""
    return {"files": [_proof(proof) for proof in proofs]}


def _proof(proof: Proof) -> Json:
    return {
        "file": proof.file,
        "findings": [_finding(f) for f in proof.findings],
        "figures": [_figure(f) for f in proof.figures],
    }


def _finding(finding: ProofFinding) -> Json:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "quote": finding.quote,
        "paragraph": finding.paragraph,
        "expected": finding.expected,
        "message": finding.message,
        "fix": finding.fix,
        "indicator": finding.indicator,
        "sheet": finding.sheet,
        "cell": finding.cell,
    }


def _figure(figure: ProofFigure) -> Json:
    return {
        "quote": figure.quote,
        "paragraph": figure.paragraph,
        "value": _number(figure.value),
        "state": figure.state.value,
        "indicator": figure.indicator,
        "sheet": figure.sheet,
        "cell": figure.cell,
    }


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
