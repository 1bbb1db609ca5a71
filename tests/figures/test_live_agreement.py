"""One rule, two programs: `evaluate` and LibreOffice say the same of every rule and formula.

All value sets stand in one workbook, one row a set; the live formulas are the real ones with the defined
names replaced by the row's addresses. So a single LibreOffice start judges thousands of outcomes.
"""

from __future__ import annotations

import random
import re
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from support.libreoffice import recalculate

from cchc_xl.catalogue.loader import load_regime, regime_ids
from cchc_xl.figures.expressions import evaluate, evaluate_formula, figure_formula
from cchc_xl.figures.expressions.meaning import NOTE
from cchc_xl.figures.live.excel import to_excel
from cchc_xl.figures.live.rules import live_rules, mark
from cchc_xl.model import Regime
from cchc_xl.model.addresses import column_letter
from cchc_xl.model.terms import Figure

SETS = 150
SEED = 20260614


def _random_figure(random_source: random.Random, spread: int) -> Figure:
    kind = random_source.random()
    if kind < 0.14:
        return None
    if kind < 0.26:
        return "KPS"
    if kind < 0.36:
        return Decimal(0)
    if kind < 0.40:
        return random_source.choice(["5650", "5.650", "abc", "kps", "KPS ", "1,5", "x"])
    if kind < 0.47:
        return Decimal(random_source.randrange(0, 2_000_000)) / Decimal(1000)
    return Decimal(random_source.randrange(0, spread))


def _sets(regime: Regime) -> list[dict[str, Figure]]:
    random_source = random.Random(SEED)
    names = [i.code for i in regime.indicators.values() if i.is_input]
    names += [f"kytruoc_{i.code}" for i in regime.indicators.values() if not i.is_heading]
    spreads = [2, 4, 12, 100, 6000]
    return [
        {name: _random_figure(random_source, spreads[number % len(spreads)]) for name in names}
        for number in range(SETS)
    ]


def _write(path: Path, regime: Regime, sets: list[dict[str, Figure]], formulas: list[str]) -> None:
    columns = {name: column_letter(n) for n, name in enumerate(sets[0], start=1)}
    names = re.compile("|".join(sorted(map(re.escape, columns), key=len, reverse=True)))
    with xlsxwriter.Workbook(str(path)) as workbook:
        data, results = workbook.add_worksheet("data"), workbook.add_worksheet("results")
        for row, figures in enumerate(sets):
            for column, figure in enumerate(figures.values()):
                if isinstance(figure, Decimal):
                    data.write_number(row, column, float(figure))
                elif figure is not None:
                    data.write_string(row, column, figure)
            for column, formula in enumerate(formulas):
                placed = names.sub(lambda m, r=row: f"data!{columns[m[0]]}{r + 1}", formula)  # type: ignore[misc]
                results.write_formula(row, column, placed, value="not recalculated")


@pytest.mark.libreoffice
@pytest.mark.parametrize("regime_id", regime_ids())
def test_python_and_libreoffice_agree_on_every_rule_and_formula(regime_id: str, tmp_path: Path) -> None:
    regime = load_regime(regime_id)
    rules = regime.rules
    computed = [i for i in regime.indicators.values() if i.formula is not None]
    known = regime.parameters
    formulas = [to_excel(live_rules(regime)[r.id].mark, {NOTE: "ZZ1"}) for r in rules]
    formulas += [to_excel(figure_formula(i.formula or "", known)) for i in computed]
    sets = _sets(regime)
    path = tmp_path / "agreement.xlsx"
    _write(path, regime, sets, formulas)
    results = recalculate([path])[path]["results"]

    differing: list[str] = []
    seen: set[tuple[str, str]] = set()
    for row, figures in enumerate(sets, start=1):
        for column, rule in enumerate(rules, start=1):
            outcome = evaluate(
                rule.assertion,
                figures,
                when=rule.when,
                missing=rule.missing,
                tolerance=rule.tolerance,
                parameters=known,
            )
            live = results.get(f"{column_letter(column)}{row}", "")
            seen.add((rule.id, str(live)))
            if live != mark(outcome, rule.severity):
                differing.append(f"{rule.id}: {outcome} here, {live!r} in LibreOffice, for {figures}")
        for column, indicator in enumerate(computed, start=len(rules) + 1):
            value = evaluate_formula(indicator.formula or "", figures, known)
            live = results.get(f"{column_letter(column)}{row}", "")
            if not _same(value, live):
                differing.append(f"{indicator.code}: {value} here, {live!r} in LibreOffice")
    assert differing == []
    marks = {live for _, live in seen}
    assert {"✔", "…", "✖ chữ"} <= marks
    assert any((rule.id, "✔") in seen for rule in rules)


def _same(value: Figure, live: float | str) -> bool:
    if isinstance(value, Decimal):
        return isinstance(live, float) and abs(float(value) - live) <= 1e-12 * max(1.0, abs(live))
    return (value or "") == live
