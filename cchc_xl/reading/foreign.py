"""Figures of a foreign table, matched to our indicators by printed number and label: exactly or not."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from cchc_xl import texts
from cchc_xl.excel.read.foreign_cells import ForeignRow
from cchc_xl.figures.cells import observe
from cchc_xl.model import KPS, Indicator, Kind, Regime, Severity, Status


@dataclass(frozen=True, slots=True)
class Extraction:
    """Values ready for `fill` (indicator -> text), what was told about cells, rows that were not found."""

    values: dict[str, str]
    remarks: tuple[str, ...]
    missing: tuple[Indicator, ...]
    wanted: int


def extract_figures(regime: Regime, rows: Iterable[ForeignRow], ordinary: Collection[str] = ()) -> Extraction:
    """Take the typed figures of the printed forms. A cell `observe` calls wrong is left out and told.

    `ordinary`: findings that mean nothing in this kind of file (in Word every number is a text).
    """
    by_key: dict[tuple[str, str], list[ForeignRow]] = defaultdict(list)
    for row in rows:
        by_key[_key(row.number, row.label)].append(row)
    values: dict[str, str] = {}
    remarks: list[str] = []
    missing: list[Indicator] = []
    inputs = [i for form in regime.printed_forms for i in form.inputs]
    for indicator in inputs:
        found = by_key.get(_key(indicator.number, indicator.label), [])
        if len(found) == 1:
            _take(regime, indicator, found[0], values, remarks, ordinary)
        elif found:
            remarks.append(_told_twice(indicator, found[1]))
        else:
            missing.append(indicator)
    return Extraction(values, tuple(remarks), tuple(missing), len(inputs))


def _take(
    regime: Regime,
    indicator: Indicator,
    row: ForeignRow,
    values: dict[str, str],
    remarks: list[str],
    ordinary: Collection[str],
) -> None:
    observation, findings = observe(indicator, row.figure, regime.form_of[indicator.code])
    for finding in findings:
        code = "extract_fault" if finding.severity is Severity.ERROR else "extract_told"
        if finding.rule not in ordinary:
            remarks.append(texts.text(code, fault=finding.message))
    if observation.status is Status.NOT_APPLICABLE:
        values[indicator.code] = KPS
    elif observation.status is Status.VALUE and observation.value is not None:
        value = observation.value
        shown = f"{value * 100:f}%" if indicator.kind is Kind.RATIO else f"{value:f}"
        values[indicator.code] = shown


def _told_twice(indicator: Indicator, row: ForeignRow) -> str:
    return texts.text(
        "extract_twice",
        sheet=row.sheet,
        cell=row.figure.address,
        number=indicator.number,
        label=indicator.label,
    )


def _key(number: str, label: str) -> tuple[str, str]:
    return number.strip().rstrip("."), " ".join(unicodedata.normalize("NFC", label).casefold().split())
