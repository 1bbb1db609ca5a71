"""Rule Z: parts that add up to a total, as ordinary rules and as blanks read as 0.

Entered parts above the total are an error; equal to it, the blanks are read as 0 and one notice says so;
otherwise nothing can be concluded and the blanks warn (FORMS.md, Biểu mẫu 6 rows 2.1–2.5).
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from cchc_xl import texts
from cchc_xl.model import Breakdown, Regime, Says, Severity, ValidationRule
from cchc_xl.model.terms import Figures


def rules_with_breakdowns(regime: Regime) -> tuple[ValidationRule, ...]:
    """Every rule of the regime, its breakdowns written out, in the order of the forms."""
    expanded = tuple(rule for b in regime.breakdowns for rule in _rules_of(b, regime))
    order = {code: n for n, code in enumerate(regime.indicators)}
    return tuple(sorted(regime.rules + expanded, key=lambda rule: order[rule.at]))


def implied_zeros(regime: Regime, figures: Figures) -> frozenset[str]:
    """Blank parts that are read as 0 because the entered parts already reach their total."""
    implied: set[str] = set()
    for breakdown in _parents_first(regime.breakdowns):
        total = Decimal(0) if breakdown.total in implied else figures.get(breakdown.total)
        parts = [figures.get(part) for part in breakdown.parts]
        entered = sum((p for p in parts if isinstance(p, Decimal)), Decimal(0))
        if (Decimal(0) if isinstance(total, str) else total) == entered:
            implied.update(code for code, p in zip(breakdown.parts, parts, strict=True) if p is None)
    return frozenset(implied)


def _parents_first(breakdowns: tuple[Breakdown, ...]) -> list[Breakdown]:
    return sorted(breakdowns, key=lambda b: b.parent is not None)


def _rules_of(breakdown: Breakdown, regime: Regime) -> tuple[ValidationRule, ...]:
    parts = " + ".join(f"or_zero({part})" for part in breakdown.parts)
    complete = " and ".join(f"present({part})" for part in breakdown.parts)
    total = breakdown.total
    rules = [
        _rule(breakdown, regime, "over", Severity.ERROR, f"{parts} <= {total}"),
        _rule(breakdown, regime, "differs", Severity.ERROR, f"{parts} >= {total}", when=complete),
        replace(
            _rule(breakdown, regime, "blank_as_zero", Severity.NOTICE, complete, when=f"{parts} == {total}"),
            says=Says.BLANKS_AS_ZERO,
        ),
    ]
    if breakdown.parent:
        parent = next(b for b in regime.breakdowns if b.id == breakdown.parent)
        above = " + ".join(f"or_zero({part})" for part in parent.parts)
        balanced = f"not present({total}) and {above} == {parent.total}"
        rules.append(
            _rule(breakdown, regime, "without_total", Severity.ERROR, f"{parts} == 0", when=balanced)
        )
    return tuple(rules)


def _rule(
    breakdown: Breakdown,
    regime: Regime,
    fault: str,
    severity: Severity,
    assertion: str,
    when: str | None = None,
) -> ValidationRule:
    numbers = {
        code: regime.indicators[code].number.rstrip(".") for code in (breakdown.total, *breakdown.parts)
    }
    words = {
        "total": breakdown.total,
        "total_number": numbers[breakdown.total],
        "parts_numbers": ", ".join(numbers[part] for part in breakdown.parts),
    }
    return ValidationRule(
        id=f"{breakdown.id}_{fault}",
        severity=severity,
        assertion=assertion,
        when=when,
        message=texts.text(f"breakdown_{fault}", **words),
        fix=texts.fix(f"breakdown_{fault}", **words),
        at=breakdown.total,
        form=regime.form_of[breakdown.total],
        reference=regime.indicators[breakdown.total].reference,
        breakdown=breakdown.id,
    )
