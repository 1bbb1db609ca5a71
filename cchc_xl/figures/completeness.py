"""Which rows of a return must be answered and are not; whether it says anything at all.

Answered is a number, 0 or KPS. A row that cannot be read is an error, told as such, and not missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from cchc_xl import texts
from cchc_xl.figures.breakdowns import implied_zeros
from cchc_xl.figures.expressions import parse
from cchc_xl.model import Finding, Regime, Severity
from cchc_xl.model.terms import Figures

EMPTY_RETURN = "empty_return"  # rule of the error that nothing was filled in
BLANK_RULES = frozenset({"blank_required", "blank_kps"})


@lru_cache(maxsize=16)
def partners(regime: Regime) -> Mapping[str, str]:
    """The other part of the percentage a row is a part of: both of a / b, where neither is in another one."""
    quotients = [parse(i.formula).root for i in regime.figures if i.formula]
    pairs = [
        (root.operands[0].text, root.operands[1].text)
        for root in quotients
        if root.kind == "/" and all(part.kind == "name" for part in root.operands)
    ]
    used = Counter(code for pair in pairs for code in pair)
    alone = [pair for pair in pairs if all(used[code] == 1 for code in pair)]
    return {**dict(alone), **{b: a for a, b in alone}}


def answered_rows(regime: Regime, figures: Figures) -> frozenset[str]:
    """Typed rows of the printed forms that say something, readable or not."""
    inputs = (i.code for form in regime.printed_forms for i in form.inputs)
    return frozenset(code for code in inputs if figures.get(code) is not None)


def missing_rows(regime: Regime, figures: Figures) -> tuple[str, ...]:
    """Rows without which the return is not complete, in printed order; of alternatives all."""
    given = answered_rows(regime, figures) | implied_zeros(regime, figures)
    missing = {code for group in regime.must_answer if not given & set(group) for code in group}
    missing |= {code for code, other in partners(regime).items() if other in given and code not in given}
    return tuple(sorted(missing, key=regime.in_printed_order))


def rows_named(regime: Regime, codes: Iterable[str]) -> str:
    """Rows as people say them, form by form: "Biểu 1: dòng 1, 2.1; Biểu 3: dòng 2.1.1"."""
    by_form: dict[str, list[str]] = {}
    for code in codes:
        row = regime.indicators[code]
        by_form.setdefault(regime.form_of[code], []).append(row.number.rstrip(".") or row.label)
    told = (
        texts.text("rows_of_form", sheet=regime.form(form).sheet, rows=", ".join(rows))
        for form, rows in by_form.items()
    )
    return "; ".join(told)


def is_empty(regime: Regime, figures: Figures, registers: Iterable[object] = ()) -> bool:
    """True when no row that must be answered is, and no row of a register is filled."""
    given = answered_rows(regime, figures)
    wanted = {code for group in regime.must_answer for code in group} or given
    return not (given & wanted) and not any(registers)


def empty_return_finding() -> Finding:
    """The error that holds every form of a return without figures."""
    return Finding(EMPTY_RETURN, Severity.ERROR, texts.text(EMPTY_RETURN), texts.fix(EMPTY_RETURN))


def without_blank_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Findings but for those of single blank rows: of an empty return one sentence says it all."""
    return [finding for finding in findings if finding.rule not in BLANK_RULES]
