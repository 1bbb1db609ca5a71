"""Findings of the reader put in place: a cell of a sheet, and the figure it is about where there is one."""

from __future__ import annotations

from cchc_xl import texts
from cchc_xl.model import Finding, Regime, Severity
from cchc_xl.reading.placement import FigureCell


def at_figure(
    code: str,
    severity: Severity,
    regime: Regime,
    indicator: str,
    place: FigureCell,
    address: str = "",
    /,
    **words: str,
) -> Finding:
    """A finding about a figure, at its own cell or another of its row."""
    number = regime.indicators[indicator].number.rstrip(".") or regime.indicators[indicator].label
    told = {"number": number, **words}
    fault = texts.text(code, **told)
    return Finding(
        rule=code,
        severity=severity,
        message=texts.text("at_cell", sheet=place.sheet, cell=address or place.address, fault=fault),
        fix=texts.fix(code, **told),
        indicator=indicator,
        form=regime.form_of[indicator],
        sheet=place.sheet,
        cell=address or place.address,
        value=words.get("seen") or words.get("shown"),
        expected=words.get("expected"),
    )


def at_place(
    code: str, severity: Severity, at_sheet: str, address: str, /, *, of_form: str | None = None, **words: str
) -> Finding:
    """A finding about a place of the workbook; without a form an error holds them all."""
    fault = texts.text(code, **words)
    return Finding(
        rule=code,
        severity=severity,
        message=texts.text("at_cell", sheet=at_sheet, cell=address, fault=fault),
        fix=texts.fix(code, **words),
        form=of_form,
        sheet=at_sheet,
        cell=address,
        value=words.get("seen") or words.get("shown"),
        expected=words.get("expected"),
    )
