"""Figures of read workbooks as reports speak of them: typed ones and computed percentages, by cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from cchc_xl import texts
from cchc_xl.catalogue.loader import load_regime
from cchc_xl.figures.checks import computed_figures, figures_of
from cchc_xl.figures.expressions import parse
from cchc_xl.model import Kind, Regime, Status, Submission
from cchc_xl.model.errors import UsageError
from cchc_xl.model.layout import layout_of
from cchc_xl.model.proofs import KnownFigure, WorkbookFigures
from cchc_xl.model.scope import ReportingUnits
from cchc_xl.tasks.read import read_named

_HUNDRED = Decimal(100)


def figures_of_workbooks(paths: Sequence[Path], units: ReportingUnits) -> Iterator[WorkbookFigures]:
    if not paths:
        return
    for path, submission in zip(paths, read_named(paths, units), strict=True):
        if submission.unit is None or submission.period is None or submission.regime is None:
            reason = " ".join(f"{f.message} {f.fix}" for f in submission.findings[:1])
            raise UsageError(texts.text("proofread_refused", file=path.name, reason=reason))
        yield figures_of_submission(submission)


def figures_of_submission(submission: Submission) -> WorkbookFigures:
    """What a read workbook holds for comparison, computed percentages included."""
    assert submission.unit and submission.period and submission.regime
    regime = load_regime(submission.regime, submission.period)
    layout = layout_of(regime)
    known: list[KnownFigure] = []
    for o in submission.observations:
        kind = regime.indicators[o.indicator].kind
        if o.status is Status.NOT_APPLICABLE and kind in (Kind.COUNT, Kind.MONEY):
            known.append(KnownFigure(o.indicator, Decimal(0), False, o.sheet, o.cell, submission.file))
        elif (
            o.status is Status.VALUE
            and o.value is not None
            and kind not in (Kind.CHOICE, Kind.TEXT, Kind.DATE)
        ):
            is_ratio = kind is Kind.RATIO
            value = o.value * _HUNDRED if is_ratio else o.value
            known.append(KnownFigure(o.indicator, value, is_ratio, o.sheet, o.cell, submission.file))
    typed = {k.indicator for k in known}
    for code, exact in computed_figures(regime, figures_of(submission.observations)).items():
        if isinstance(exact, Decimal) and code not in typed and code in regime.form_of:
            is_ratio = regime.indicators[code].kind is Kind.RATIO
            sheet, cell = layout.place(code)
            value = exact * _HUNDRED if is_ratio else exact
            known.append(KnownFigure(code, value, is_ratio, sheet, cell, submission.file))
    labels = {i.code: i.label for i in regime.indicators.values()}
    cumulative = frozenset(i.code for i in regime.indicators.values() if i.cumulative)
    return WorkbookFigures(
        submission.file,
        submission.unit.full_name,
        submission.period,
        tuple(known),
        labels,
        cumulative,
        pairs_of(regime),
    )


def pairs_of(regime: Regime) -> dict[str, str]:
    """The denominator by the numerator of every ratio that is one figure over another."""
    pairs: dict[str, str] = {}
    for indicator in regime.indicators.values():
        names = parse(indicator.formula).names if indicator.formula else ()
        if indicator.kind is Kind.RATIO and len(names) == 2:
            pairs[names[0]] = names[1]
    return pairs
