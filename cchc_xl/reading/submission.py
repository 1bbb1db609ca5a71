"""A received workbook → a `Submission`: gate, identity, places, observations, rules, verdict.

Floor 4: everything about Excel's storage stays below this line; above it there are only figures.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache

from cchc_xl import texts
from cchc_xl.catalogue.loader import load_regime, regime_ids, template_versions
from cchc_xl.catalogue.versions import succession
from cchc_xl.excel.read.gate import open_gate
from cchc_xl.excel.read.stored_workbook import StoredWorkbook, open_workbook
from cchc_xl.figures.cells import observe, observe_computed, stored_number
from cchc_xl.figures.checks import check_figures, computed_figures, figures_of, judge
from cchc_xl.figures.completeness import (
    answered_rows,
    empty_return_finding,
    is_empty,
    without_blank_findings,
)
from cchc_xl.figures.control_code import code_text, control_code
from cchc_xl.figures.expressions import figure_formula
from cchc_xl.figures.live.excel import written
from cchc_xl.figures.numbers import constant_value
from cchc_xl.model import (
    Finding,
    Indicator,
    Observation,
    RawCell,
    Regime,
    Severity,
    Submission,
)
from cchc_xl.model.addresses import SheetCell
from cchc_xl.model.contents import Subject
from cchc_xl.model.errors import UsageError, WorkbookRefused
from cchc_xl.model.layout import META, META_NAMES, NOTE, TEMPLATE_ID, WorkbookLayout
from cchc_xl.model.periods import ReferencePeriod, parse_period
from cchc_xl.model.scope import ReportingUnits
from cchc_xl.model.terms import Figure, ReturnKind
from cchc_xl.reading.carried import carried_submission
from cchc_xl.reading.declarations import read_declarations
from cchc_xl.reading.foreign_programs import program_findings
from cchc_xl.reading.placement import FigureCell, place_figures
from cchc_xl.reading.printed_words import wording_findings
from cchc_xl.reading.register_rows import read_registers
from cchc_xl.reading.remarks import claim_findings, placement_findings
from cchc_xl.reading.shown_figures import format_findings
from cchc_xl.reading.unseen import register_findings, unseen_findings


def read_submission(file: str, data: bytes, units: ReportingUnits) -> Submission:
    """Read one received workbook. `file` is its name, only ever shown.

    Raises WorkbookRefused (code, sheet, cell) when it cannot be trusted or is not a workbook of ours.
    Wrong data are findings of the submission returned.
    """
    return judge_workbook(file, hashlib.sha256(data).hexdigest(), open_workbook(open_gate(data)), units)


def judge_workbook(
    file: str, sha256: str | None, stored: StoredWorkbook, units: ReportingUnits
) -> Submission:
    """The submission in an opened workbook, whether stored or open in a spreadsheet program (no digest).

    Raises WorkbookRefused like `read_submission`.
    """
    regime, period = _regime_and_period(_read_meta(stored))
    read = judge_as_issued(file, sha256, stored, units)
    today = load_regime(regime.id, period)
    return read if regime is today else carried_submission(read, succession(regime, today))


def judge_as_issued(
    file: str, sha256: str | None, stored: StoredWorkbook, units: ReportingUnits
) -> Submission:
    """The submission in the rows and by the rules of the template version the workbook was issued with.

    Raises WorkbookRefused like `read_submission`.
    """
    meta = _read_meta(stored)
    regime, period = _regime_and_period(meta)
    unit = units.find(meta["cchc_ma_don_vi"], meta["cchc_ten_don_vi"])
    if unit is None:
        raise WorkbookRefused("unit_unknown", code=meta["cchc_ma_don_vi"], name=meta["cchc_ten_don_vi"])
    if units.names_another(unit, meta["cchc_ten_don_vi"]):
        raise WorkbookRefused("unit_contradictory", code=unit.code, name=meta["cchc_ten_don_vi"])
    subject = Subject(regime, unit, period, illustrative=bool(meta["cchc_minh_hoa"]))
    layout = subject.layout
    places = place_figures(stored, layout)
    observations, findings = _observe_all(stored, regime, places)
    declared = read_declarations(stored, layout, period)
    registers, row_findings = read_registers(
        stored, layout, figures_of(observations), declared.window[1], unit.name
    )
    findings += [
        *placement_findings(regime, places, stored),
        *claim_findings(regime, places, stored, observations),
        *wording_findings(subject, _meta_place(stored, "cchc_ten_don_vi"), places, stored),
        *format_findings(regime, observations, places, stored),
        *unseen_findings(layout, places, stored),
        *register_findings(layout, registers, stored),
        *check_figures(regime, observations),
        *declared.findings,
        *row_findings,
        *_template_findings(meta, regime),
        *program_findings(stored),
    ]
    typed = figures_of(o for o in observations if regime.indicators[o.indicator].is_input)
    is_part = declared.kind is ReturnKind.SUPPLEMENT and bool(answered_rows(regime, typed))
    if is_empty(regime, typed, registers.values()) and not is_part:
        findings = [empty_return_finding(), *without_blank_findings(findings)]
    ordered = tuple(sorted(findings, key=lambda f: regime.in_printed_order(f.indicator)))
    verdict, forms = judge((form.code for form in regime.printed_forms), ordered)
    return Submission(
        file=file,
        sha256=sha256,
        verdict=verdict,
        findings=ordered,
        regime=regime.id,
        period=period,
        unit=unit,
        number=declared.number,
        kind=declared.kind,
        reason=declared.reason,
        modified=stored.modified,
        window=declared.window,
        observations=tuple(observations),
        explanations=_explanations(stored, layout),
        contacts=declared.contacts,
        registers=registers,
        forms=forms,
        control_code=code_text(control_code(regime, _typed_figures(stored, regime, places))),
        illustrative=subject.illustrative,
        template=regime.version,
    )


# --- identity --------------------------------------------------------------------------------------------


def _read_meta(stored: StoredWorkbook) -> dict[str, str]:
    """Values of the hidden `_meta` names; by fixed place where a name was lost."""
    if stored.sheet(META) is None and "cchc_mau" not in stored.defined_names:
        raise WorkbookRefused("not_our_template")
    meta = {name: _meta_text(stored, *_meta_place(stored, name)) for name in META_NAMES}
    if meta["cchc_mau"] != TEMPLATE_ID:
        raise WorkbookRefused("not_our_template")
    return meta


def _meta_place(stored: StoredWorkbook, name: str) -> SheetCell:
    return stored.defined_names.get(name, (META, f"B{META_NAMES.index(name) + 2}"))


def _meta_text(stored: StoredWorkbook, sheet: str, address: str) -> str:
    if stored.sheet(sheet) is None:
        return ""
    cell = stored.cells(sheet).get(address)
    return cell.text.strip() if cell is not None and cell.formula is None else ""


def regime_of(stored: StoredWorkbook) -> Regime:
    """The regime of an opened workbook at its period, in the version the workbook was issued with.

    Raises WorkbookRefused when it is none of ours.
    """
    return _regime_and_period(_read_meta(stored))[0]


def _regime_and_period(meta: Mapping[str, str]) -> tuple[Regime, ReferencePeriod]:
    if meta["cchc_che_do"] not in regime_ids():
        raise WorkbookRefused("regime_unknown", regime=meta["cchc_che_do"] or "?")
    try:
        period = parse_period(meta["cchc_ky"])
    except UsageError as fault:
        raise WorkbookRefused("period_unknown", period=meta["cchc_ky"] or "?") from fault
    version = meta["cchc_phien_ban"]
    if version not in (known := template_versions(meta["cchc_che_do"])):
        raise WorkbookRefused("template_unknown", version=version or "?", known=", ".join(known))
    return load_regime(meta["cchc_che_do"], period, version=version), period


def _template_findings(meta: Mapping[str, str], regime: Regime) -> list[Finding]:
    if meta["cchc_danh_muc"] == regime.digest:
        return []
    code = "template_differs"
    return [Finding(code, Severity.WARNING, texts.text(code), texts.fix(code))]


# --- figures ---------------------------------------------------------------------------------------------


def _observe_all(
    stored: StoredWorkbook, regime: Regime, places: Mapping[str, FigureCell]
) -> tuple[list[Observation], list[Finding]]:
    """Typed figures interpreted, computed ones recomputed from them, in printed order."""
    typed: dict[str, Observation] = {}
    findings: list[Finding] = []
    for indicator in regime.inputs:
        place = places[indicator.code]
        note = _note(stored, place, indicator)
        raw = _raw(stored, place)
        typed[indicator.code], found = observe(indicator, raw, regime.form_of[indicator.code], note)
        findings += found
    exact = computed_figures(regime, figures_of(typed.values()))
    formulas = _issued_formulas(regime)
    observed: list[Observation] = []
    for indicator in regime.figures:
        if indicator.formula is None:
            observed.append(typed[indicator.code])
            continue
        formula = formulas[indicator.code]
        raw = _raw(stored, places[indicator.code])
        form = regime.form_of[indicator.code]
        observation, found = observe_computed(indicator, raw, exact[indicator.code], form, formula)
        observed.append(observation)
        findings += found
    return observed, findings


@lru_cache(maxsize=16)
def _issued_formulas(regime: Regime) -> dict[str, str]:
    """Formula of every computed figure as files store it, by code."""
    computed = ((i.code, i.formula) for i in regime.figures if i.formula is not None)
    return {code: written(figure_formula(text, regime.parameters).root) for code, text in computed}


def _raw(stored: StoredWorkbook, place: FigureCell) -> RawCell:
    return stored.cells(place.sheet).get(place.address) or RawCell(place.sheet, place.address)


def _typed_figures(
    stored: StoredWorkbook, regime: Regime, places: Mapping[str, FigureCell]
) -> dict[str, Figure]:
    """Figures as the workbook's own formulas see them: what the control code on paper was made of."""
    return {i.code: _as_typed(_raw(stored, places[i.code])) for i in regime.inputs}


def _as_typed(raw: RawCell) -> Figure:
    constant = constant_value(raw.formula) if raw.formula is not None else None
    if constant is not None:
        return constant
    if raw.kind in ("number", "date") and raw.formula is None:
        number = stored_number(raw.text)
        return raw.text if number is None else number  # an ISO date is no number
    return raw.text or None


def _note(stored: StoredWorkbook, place: FigureCell, indicator: Indicator) -> str:
    cell = stored.cells(place.sheet).get(place.beside(NOTE))
    text = cell.text.strip() if cell is not None else ""
    return "" if text == indicator.printed_note else text


def _explanations(stored: StoredWorkbook, layout: WorkbookLayout) -> dict[str, str]:
    said: dict[str, str] = {}
    for rule in layout.regime.rules:
        sheet, address = layout.explanation(rule.id)
        cell = stored.cells(sheet).get(address) if stored.sheet(sheet) is not None else None
        if cell is not None and cell.text.strip():
            said[rule.id] = cell.text.strip()
    return said
