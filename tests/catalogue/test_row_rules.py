"""Every rule of the rows of every list on its examples: data under examples/rules/rows, one sentence each."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from support.places import EXAMPLES

from cchc_xl.catalogue.loader import load_regime, regime_ids
from cchc_xl.figures.registers.computed_columns import with_results
from cchc_xl.figures.registers.row_cells import RowContext, content
from cchc_xl.figures.registers.row_rules import cells_of_row, row_tests
from cchc_xl.model import Regime, Register

ROWS = EXAMPLES / "rules" / "rows"


def _value(value: Any) -> Any:
    return value if isinstance(value, (str, date)) else Decimal(str(value))


def _examples() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for path in sorted(ROWS.glob("*.toml")):
        found += tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)["row"]
    return found


def _registers() -> list[tuple[Regime, Register]]:
    regimes = map(load_regime, regime_ids())
    return [(regime, register) for regime in regimes for register in regime.registers]


def _home(rule: str) -> tuple[Regime, Register]:
    return next((r, g) for r, g in _registers() if rule in {check.id for check in g.checks})


@pytest.mark.parametrize("example", _examples(), ids=lambda e: e["name"])
def test_example(example: dict[str, Any]) -> None:
    regime, register = _home(example["rule"])
    figures = {code: _value(value) for code, value in example.get("figures", {}).items()}
    typed = {code: _value(value) for code, value in example["row"].items()}
    assert set(typed) <= {c.code for c in register.inputs} and set(figures) <= set(regime.indicators)
    context = RowContext(example.get("window_end"), example.get("reference_date"), figures)
    row = with_results(register, typed, context)
    test = next(test for test in row_tests(register) if test.id == example["rule"])
    fails = test.fails(cells_of_row(register, row, context))
    assert fails == (example["outcome"] == "failed")
    shown = {code: row[code] for code in example.get("shows", {})}
    assert shown == {code: content(_value(value)) for code, value in example.get("shows", {}).items()}


def test_every_rule_of_a_row_has_a_passing_and_a_failing_example() -> None:
    shown = {(example["rule"], example["outcome"]) for example in _examples()}
    checks = [check.id for _, register in _registers() for check in register.checks]
    assert {(rule, outcome) for rule in checks for outcome in ("passed", "failed")} - shown == set()


def test_every_answer_of_the_computed_columns_is_shown_by_an_example() -> None:
    shown = [example.get("shows", {}) for example in _examples()]
    met = {show["dat"] for show in shown if "dat" in show}
    assert met == {"✔ Đạt", "✖ Chưa đạt", "Không so riêng", ""}
    assert len({show["han"] for show in shown if "han" in show}) >= 7


def test_every_example_of_a_row_is_named_in_a_sentence_of_its_own() -> None:
    names = [example["name"] for example in _examples()]
    assert len(set(names)) == len(names)
    assert all(len(name.split()) >= 4 for name in names)
