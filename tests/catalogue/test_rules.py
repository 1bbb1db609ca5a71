"""Every rule of every regime on its examples: data under examples/rules, one sentence each."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from typing import Any

import pytest
from support.places import EXAMPLES

from cchc_xl.catalogue.loader import load_regime, regime_ids
from cchc_xl.figures.checks import confront, live_message, placeholders
from cchc_xl.figures.expressions import references
from cchc_xl.model import Regime

EXAMPLES = EXAMPLES / "rules"


def _figure(value: Any) -> Decimal | str | None:
    return value if isinstance(value, str) else Decimal(str(value))


def _examples() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for path in sorted(EXAMPLES.glob("*.toml")):
        found += tomllib.loads(path.read_text(encoding="utf-8"))["example"]
    return found


def _regimes() -> list[Regime]:
    return [load_regime(regime) for regime in regime_ids()]


def _regime_with(rule: str) -> Regime:
    return next(regime for regime in _regimes() if rule in {r.id for r in regime.rules})


@pytest.mark.parametrize("example", _examples(), ids=lambda e: e["name"])
def test_example(example: dict[str, Any]) -> None:
    regime = _regime_with(example["rule"])
    figures = {code: _figure(value) for code, value in example["figures"].items()}
    known = set(regime.indicators)
    assert {code.removeprefix("kytruoc_") for code in figures} <= known
    results = {result.rule.id: result.outcome for result in confront(regime, figures)}
    assert results[example["rule"]].value == example["outcome"]


@pytest.mark.parametrize("regime", _regimes(), ids=lambda regime: regime.id)
def test_every_rule_has_a_passing_and_a_failing_example(regime: Regime) -> None:
    shown = {(example["rule"], example["outcome"]) for example in _examples()}
    wanted = {(rule.id, outcome) for rule in regime.rules for outcome in ("passed", "failed")}
    assert wanted - shown == set()


def test_every_example_is_named_in_a_sentence_of_its_own() -> None:
    names = [example["name"] for example in _examples()]
    assert len(set(names)) == len(names)
    assert all(len(name.split()) >= 4 for name in names)


@pytest.mark.parametrize("regime", _regimes(), ids=lambda regime: regime.id)
def test_every_rule_reads_well_without_figures_and_says_what_to_do(regime: Regime) -> None:
    for rule in regime.rules:
        assert "{" not in live_message(rule), rule.id
        assert rule.fix, rule.id
        allowed = set(references(rule.assertion)) | set(rule.shown)
        allowed |= set(references(rule.when)) if rule.when else set()
        assert set(placeholders(rule.message)) <= allowed, rule.id
        assert rule.at in regime.form_of, rule.id
