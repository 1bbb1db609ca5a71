"""The report's own tables of figures: percentages against their parts, readings, decimals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cchc_xl.figures.expressions import evaluate_formula, parse
from cchc_xl.figures.numbers import Claim, claimed_points, format_vi, judge_percentage
from cchc_xl.model import Indicator, Regime
from cchc_xl.model.terms import Severity


@dataclass(frozen=True, slots=True)
class FormCell:
    """A figure cell of the report's own table; `value`: a count or money as read, None for anything else."""

    indicator: Indicator
    written: str
    value: Decimal | None
    sheet: str
    cell: str
    number: int | None


@dataclass(frozen=True, slots=True)
class FormFound:
    """Something odd in a table's cell."""

    rule: str
    severity: Severity
    at: FormCell
    code: str
    words: Mapping[str, str]
    expected: str | None = None


def find(regime: Regime, cells: Sequence[FormCell]) -> Iterator[FormFound]:
    """Percentages of the tables that their own parts do not give; decimals that differ."""
    figures = {c.indicator.code: c.value for c in cells if c.value is not None}
    for cell in cells:
        formula = cell.indicator.formula
        if formula is None or not cell.written.strip():
            continue
        exact = evaluate_formula(formula, figures, regime.parameters)
        if isinstance(exact, Decimal):
            yield from _percentage(cell, exact, [n for n in parse(formula).names if n in figures], figures)
    yield from _decimals(cells)


def _percentage(
    cell: FormCell, exact: Decimal, names: Sequence[str], figures: Mapping[str, Decimal]
) -> Iterator[FormFound]:
    claims = {
        judge_percentage(points, exact, decimals): (points, decimals)
        for points, decimals in claimed_points(cell.written)
    }
    if not claims or Claim.RIGHT in claims:
        return
    decimals = claims[Claim.TRUNCATED][1] if Claim.TRUNCATED in claims else next(iter(claims.values()))[1]
    words = {
        "percent": cell.written.strip(),
        "exact": f"{format_vi(exact * 100, 2)} %",
        "parts": " / ".join(format_vi(figures[n]) for n in names),
        "right": f"{format_vi(exact * 100, decimals)}%",
    }
    if Claim.TRUNCATED in claims:
        yield FormFound("pct-rounding", Severity.NOTICE, cell, "form_cut", words, words["right"])
    else:
        yield FormFound("pct-wrong", Severity.ERROR, cell, "form_wrong", words, words["right"])


def readings_of(
    cells: Sequence[FormCell], told: Mapping[str, Decimal], rate: str, part: str, whole: str
) -> Iterator[FormFound]:
    """Two readings of a rate: refused and withdrawn ones counted as on time or not."""
    by_code = {c.indicator.code: c for c in cells}
    at, one, total = (by_code.get(code) for code in (rate, part, whole))
    others = told.get("refused", Decimal(0)) + told.get("withdrawn", Decimal(0))
    if at is None or one is None or total is None or one.value is None or not total.value or not others:
        return
    late = told.get("late", Decimal(0))
    if one.value + late + others != total.value or not at.written.strip():
        return
    words = {
        "first": f"{format_vi(one.value / total.value * 100, 2)}%",
        "second": f"{format_vi((one.value + others) / total.value * 100, 2)}%",
        "others": format_vi(others),
    }
    yield FormFound("sum-two-readings", Severity.NOTICE, at, "form_two_readings", words)


def _decimals(cells: Sequence[FormCell]) -> Iterator[FormFound]:
    """One notice where percentages of the tables are written to different decimals."""
    written: list[tuple[FormCell, int]] = []
    for cell in cells:
        points = claimed_points(cell.written) if cell.indicator.kind.value == "ratio" else ()
        if points and points[0][1] and points[0][0] not in (0, 100):
            written.append((cell, points[0][1]))
    counts = Counter(decimals for _, decimals in written)
    if len(counts) < 2:
        return
    usual = max(counts, key=lambda d: counts[d])
    odd, decimals = next(pair for pair in written if pair[1] != usual)
    words = {"percent": odd.written.strip(), "usual": str(usual), "decimals": str(decimals)}
    yield FormFound("round-mix", Severity.NOTICE, odd, "mixed_decimals", words)
