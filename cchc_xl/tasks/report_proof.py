"""One report proofread, in the process it runs in: its prose, its own tables, the workbooks' figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from cchc_xl import texts
from cchc_xl.catalogue.loader import load_regime, regime_ids
from cchc_xl.figures.cells import observe
from cchc_xl.figures.numbers import format_vi
from cchc_xl.model import Kind, Regime, Severity, Status
from cchc_xl.model.documents import Document, Story
from cchc_xl.model.periods import ReferencePeriod
from cchc_xl.model.proofs import (
    FigureState,
    KnownFigure,
    Proof,
    ProofFigure,
    ProofFinding,
    ReportProof,
    WorkbookFigures,
    in_order,
)
from cchc_xl.reading.report_tables import PlacedRow, place_tables
from cchc_xl.reports.proofreading import forms
from cchc_xl.reports.proofreading.balances import role_of
from cchc_xl.reports.proofreading.binding import Binder, Bound, differing, shown
from cchc_xl.reports.proofreading.proofreader import everything_found
from cchc_xl.reports.proofreading.report import Report
from cchc_xl.reports.proofreading.through_time import facts_of
from cchc_xl.reports.proofreading.wording import place_of, told, told_of_form

_KINDS = {"cchc-dinh-ky": "QSA", "tthc-thang": "M"}  # regimes whose forms stand in reports as tables
_FORM_REGIMES = tuple(_KINDS)
_RATE = ("bieu3_2_1", "bieu3_2_1_2", "bieu3_2_1_1")  # on time, its part and whole in the periodic forms


def proofread_document(
    name: str, document: Document, sources: tuple[WorkbookFigures, ...] = ()
) -> ReportProof:
    """One report's findings and figures, in this process."""
    report = Report(document)
    is_word = document.is_word
    regime, cells = _form_cells(report, document)
    findings = [told(found, is_word=is_word) for found in everything_found(report)]
    if regime is not None:
        findings += _own_tables(report, regime, cells)
    own = [s for s in sources if _is_of(s, report)]
    figures: list[ProofFigure] = []
    if own:
        against, figures = _against_workbooks(report, own, cells)
        places = {(f.paragraph, f.quote) for f in against}
        findings = [f for f in findings if f.rule != "form-differs" or (f.paragraph, f.quote) not in places]
        findings += against
    for source in sources:
        findings += _not_own(report, source, is_word=is_word)
    remarks = tuple(texts.text(code) for code in document.remarks)
    return ReportProof(
        Proof(name, tuple(in_order(findings)), tuple(figures), remarks), facts_of(name, report)
    )


# --- the report's own tables --------------------------------------------------------------------------


def _own_tables(report: Report, regime: Regime, cells: list[forms.FormCell]) -> Iterator[ProofFinding]:
    is_word = report.document.is_word
    for found in forms.find(regime, cells):
        yield told_of_form(found, is_word=is_word)
    roles = _told_roles(report)
    for found in forms.readings_of(cells, roles, *_RATE):
        yield told_of_form(found, is_word=is_word)
    known = [_known_cell(c) for c in cells if c.value is not None]
    labels = {i.code: i.label for i in regime.indicators.values()}
    bound = list(Binder(known, labels).bound(report))
    for differs in differing(report, bound):
        yield told(differs, is_word=is_word)


def _told_roles(report: Report) -> dict[str, Decimal]:
    """Late, refused and withdrawn dossiers as the prose tells them, where it tells each once."""
    found: dict[str, set[Decimal]] = {}
    for statement in report.results:
        role = role_of(report, statement, "dossier")
        if role is not None:
            found.setdefault(role, set()).add(statement.quantity.value)
    return {role: next(iter(values)) for role, values in found.items() if len(values) == 1}


def _form_cells(report: Report, document: Document) -> tuple[Regime | None, list[forms.FormCell]]:
    """The regime whose printed rows the tables hold, and their figure cells; None: no such tables."""
    if not document.tables:
        return None, []
    for regime_id in _FORM_REGIMES:
        if regime_id not in regime_ids():
            continue
        regime = load_regime(regime_id, _period_for(report, regime_id))
        placed = place_tables(document, regime).placed
        if placed:
            return regime, [_cell(regime, p.indicator.code, p.cell.text, p) for p in placed]
    return None, []


def _period_for(report: Report, regime_id: str) -> ReferencePeriod | None:
    period = report.reference_period
    if period is None:
        return None
    return period if period.kind in _KINDS[regime_id] else None


def _cell(regime: Regime, code: str, text: str, placed: PlacedRow) -> forms.FormCell:
    indicator, value = placed.indicator, None
    if indicator.is_input and indicator.kind in (Kind.COUNT, Kind.MONEY):
        observation, _ = observe(indicator, placed.cell, regime.form_of[code])
        value = observation.value if observation.status is Status.VALUE else None
    return forms.FormCell(indicator, text, value, placed.cell.sheet, placed.cell.address, placed.number)


def _known_cell(cell: forms.FormCell) -> KnownFigure:
    assert cell.value is not None
    return KnownFigure(cell.indicator.code, cell.value, False, cell.sheet, cell.cell, "", cell.number)


# --- the workbooks -----------------------------------------------------------------------------------


def _against_workbooks(
    report: Report, own: Sequence[WorkbookFigures], cells: Sequence[forms.FormCell]
) -> tuple[list[ProofFinding], list[ProofFigure]]:
    """What differs from the workbooks, in prose, bookmarks and own tables; every figure's state."""
    is_word = report.document.is_word
    known = {k.indicator: k for source in own for k in source.known}
    labels = {code: label for source in own for code, label in source.labels.items()}
    pairs = {part: whole for source in own for part, whole in source.pairs.items()}
    bound = list(Binder(tuple(known.values()), labels, pairs).bound(report))
    findings = [told(f, is_word=is_word) for f in differing(report, bound)]
    findings += [
        _differing_bookmark(b, is_word=is_word)
        for b in bound
        if b.statement is None and b.state is FigureState.DIFFERS and b.known
    ]
    figures = [_figure(b, labels) for b in bound]
    marked = {b.known.indicator for b in bound if b.known and b.paragraph.story is Story.TABLE}
    for cell in cells:
        meant = known.get(cell.indicator.code)
        if cell.value is None or meant is None or meant.indicator in marked:
            continue
        paragraph = None if is_word else cell.number
        state = FigureState.MATCH if cell.value == meant.value else FigureState.DIFFERS
        place = (meant.indicator, meant.sheet, meant.cell)
        figures.append(ProofFigure(cell.written, paragraph, cell.value, state, *place, cell.indicator.label))
        if state is FigureState.DIFFERS:
            findings.append(_differing_cell(cell, meant, is_word=is_word))
    return findings, figures


def _differing_cell(cell: forms.FormCell, known: KnownFigure, *, is_word: bool) -> ProofFinding:
    """A cell of the report's own table that is not the workbook's."""
    words = {"figure": cell.written, "known": shown(known), "sheet": known.sheet, "cell": known.cell}
    found = forms.FormFound(
        "form-differs", Severity.WARNING, cell, "table_differs_from_workbook", words, shown(known)
    )
    return replace(told_of_form(found, is_word=is_word), sheet=known.sheet, cell=known.cell)


def _is_of(source: WorkbookFigures, report: Report) -> bool:
    period = report.reference_period
    same_unit = report.unit is None or report.unit.casefold() == source.unit.casefold()
    return same_unit and (period is None or period == source.period)


def _not_own(report: Report, source: WorkbookFigures, *, is_word: bool) -> Iterator[ProofFinding]:
    """What a workbook of another unit or an earlier period says."""
    if report.unit is not None and report.unit.casefold() != source.unit.casefold():
        words = {"file": source.file, "unit": source.unit, "own": report.unit}
        message = texts.text("proof_workbook_other_unit", **words)
        yield ProofFinding(
            "cross-unit", Severity.WARNING, report.unit, None, message, texts.fix("proof_workbook_other_unit")
        )
        return
    period = report.reference_period
    if period is None or period.year != source.period.year or source.period.months[1] >= period.months[1]:
        return
    known = [k for k in source.known if k.indicator in source.cumulative]
    for bound in Binder(known, source.labels).bound(report):
        if bound.known is None or bound.statement is None or bound.quantity.is_percent:
            continue
        if bound.quantity.value < bound.known.value:
            yield _fallen(bound, bound.known, source.file, is_word=is_word)


def _fallen(bound: Bound, known: KnownFigure, file: str, *, is_word: bool) -> ProofFinding:
    """A cumulative figure below the one of an earlier period."""
    code, there = "proof_cumulative_falls_workbook", format_vi(known.value)
    words = {
        "here": bound.quantity.text,
        "there": there,
        "file": file,
        "sheet": known.sheet,
        "cell": known.cell,
    }
    return ProofFinding(
        "cross-time",
        Severity.WARNING,
        bound.quantity.text,
        bound.paragraph.number,
        texts.text(code, **words),
        texts.fix(code),
        f"≥ {there}",
        context=" ".join(bound.paragraph.text.split())[:200],
        place=place_of(bound.paragraph.number, bound.paragraph.story, is_word=is_word),
        indicator=known.indicator,
        sheet=known.sheet,
        cell=known.cell,
    )


def _figure(bound: Bound, labels: Mapping[str, str]) -> ProofFigure:
    known = bound.known
    return ProofFigure(
        bound.quantity.text.strip(),
        bound.paragraph.number,
        bound.quantity.value,
        bound.state,
        known.indicator if known else None,
        known.sheet if known else None,
        known.cell if known else None,
        labels.get(known.indicator, "") if known else "",
    )


def _differing_bookmark(bound: Bound, *, is_word: bool) -> ProofFinding:
    """A bookmarked figure that is no longer the workbook's."""
    known = bound.known
    assert known is not None
    words = {
        "figure": bound.quantity.text.strip(),
        "known": shown(known),
        "sheet": known.sheet,
        "cell": known.cell,
    }
    return ProofFinding(
        "form-differs",
        Severity.WARNING,
        bound.quantity.text.strip(),
        bound.paragraph.number,
        texts.text("proof_differs_from_workbook", **words),
        texts.fix("proof_differs_from_workbook"),
        shown(known),
        context=" ".join(bound.paragraph.text.split())[:200],
        place=place_of(bound.paragraph.number, bound.paragraph.story, is_word=is_word),
        indicator=known.indicator,
        sheet=known.sheet,
        cell=known.cell,
    )
