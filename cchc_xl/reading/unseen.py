"""Figures nobody sees while others are seen: hidden sheets, columns, rows, and sheets like a form."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from cchc_xl import texts
from cchc_xl.excel.read.stored_workbook import StoredWorkbook
from cchc_xl.model import Finding, RawCell, Regime, Severity
from cchc_xl.model.addresses import cell_position
from cchc_xl.model.layout import (
    CHECK,
    EXCHANGE,
    FIGURE,
    FIRST_REGISTER_ROW,
    GUIDE,
    HEADING,
    MAIN,
    RULES,
    SLIP,
    FormLayout,
    WorkbookLayout,
)
from cchc_xl.model.names import as_compared
from cchc_xl.reading.placement import FigureCell, column_under, forms_shown, labelled_rows
from cchc_xl.reading.register_rows import ReadRow
from cchc_xl.reading.told import at_figure, at_place


def unseen_findings(
    layout: WorkbookLayout, places: Mapping[str, FigureCell], stored: StoredWorkbook
) -> list[Finding]:
    """Typed figures that would be counted while the eye sees none, or others."""
    findings: list[Finding] = []
    twins = _twins(layout, {place.sheet for place in places.values()}, stored)
    for form in layout.forms.values():
        own = {i.code: places[i.code] for i in form.form.inputs}
        typed = {code: place for code, place in own.items() if _holds(_cell(stored, place))}
        findings += _hidden(layout.regime, form, typed, stored)
        findings += _hidden_rows(layout.regime, form, places, typed, stored)
        findings += _elsewhere(layout.regime, form, places, stored)
        for name in twins.get(form.form.code, ()):
            findings += _twin(layout.regime, form, own, name, stored)
    return findings


def _twins(
    layout: WorkbookLayout, taken: Collection[str], stored: StoredWorkbook
) -> Mapping[str, Sequence[str]]:
    """Visible sheets beside those that were read, by the form they look like.

    The template's own other sheets are looked into only where a form's first label stands on them; those that
    show the forms by their nature, the appendix and the sheet for pasting, are not.
    """
    regime = layout.regime
    others = [s.name for s in stored.sheets if s.state == "visible" and s.name not in taken]
    registers = (register.sheet for register in regime.registers)
    showing = {MAIN, CHECK, *registers, regime.appendix_sheet, texts.text("bt_paste_sheet")}
    known = {GUIDE, RULES, SLIP, EXCHANGE}.intersection(others)
    labels = frozenset(form.figures[0].label for form in regime.forms)
    looked_into = {*others} - showing - known | {*stored.with_any_of(labels, known)}
    found: dict[str, list[str]] = {}
    for name in others:
        if name in looked_into:
            for code in forms_shown(regime, stored.cells(name)):
                found.setdefault(code, []).append(name)
    return found


def register_findings(
    layout: WorkbookLayout, registers: Mapping[str, Sequence[ReadRow]], stored: StoredWorkbook
) -> list[Finding]:
    """Rows of registers that were read although they are hidden: filtered ones are nobody's fault."""
    findings: list[Finding] = []
    for code, rows in registers.items():
        sheet = stored.sheet(layout.registers[code].register.sheet)
        if sheet is None or not rows:
            continue
        first = f"A{FIRST_REGISTER_ROW}"
        if sheet.state != "visible":
            words = {"count": str(len(rows))}
            findings.append(at_place("register_hidden", Severity.WARNING, sheet.name, first, **words))
        numbers = (int(row["row"]) + FIRST_REGISTER_ROW - 1 for row in rows)
        hidden = sorted(stored.contents(sheet.name).hidden_rows.intersection(numbers))
        if hidden:
            words, cell = {"count": str(len(hidden))}, f"A{hidden[0]}"
            findings.append(at_place("register_filtered", Severity.NOTICE, sheet.name, cell, **words))
    return findings


def _hidden(
    regime: Regime, form: FormLayout, typed: Mapping[str, FigureCell], stored: StoredWorkbook
) -> list[Finding]:
    """One finding for a hidden sheet or column."""
    findings: list[Finding] = []
    for sheet in dict.fromkeys(place.sheet for place in typed.values()):
        on_it = {code: place for code, place in typed.items() if place.sheet == sheet}
        contents, found = stored.contents(sheet), stored.sheet(sheet)
        if found is not None and found.state != "visible":
            findings.append(_all_unseen("sheet_hidden", regime, form, on_it, stored))
            continue
        if contents.hidden_columns:
            columns = contents.hidden_columns
            gone = {c: p for c, p in on_it.items() if cell_position(p.address)[1] + 1 in columns}
            if gone:
                findings.append(_all_unseen("column_hidden", regime, form, gone, stored))
    return findings


def _hidden_rows(
    regime: Regime,
    form: FormLayout,
    places: Mapping[str, FigureCell],
    typed: Mapping[str, FigureCell],
    stored: StoredWorkbook,
) -> list[Finding]:
    """Hidden rows: held where a figure is typed in them, else a warning."""
    findings: list[Finding] = []
    for indicator in form.form.figures:
        place = places[indicator.code]
        hidden = stored.contents(place.sheet).hidden_rows
        if not hidden or place.row not in hidden:
            continue
        if indicator.code in typed:
            shown = _shown(_cell(stored, place))
            findings.append(
                at_figure("row_hidden_figure", Severity.ERROR, regime, indicator.code, place, stored=shown)
            )
        else:
            findings.append(at_figure("row_hidden", Severity.WARNING, regime, indicator.code, place))
    return findings


def _all_unseen(
    code: str, regime: Regime, form: FormLayout, unseen: Mapping[str, FigureCell], stored: StoredWorkbook
) -> Finding:
    indicator, place = next(iter(unseen.items()))
    words = {"form": form.form.sheet, "count": str(len(unseen)), "stored": _shown(_cell(stored, place))}
    return at_figure(code, Severity.ERROR, regime, indicator, place, **words)


def _elsewhere(
    regime: Regime, form: FormLayout, places: Mapping[str, FigureCell], stored: StoredWorkbook
) -> list[Finding]:
    """Figures read from another sheet than the one whose tab and title say it is the form."""
    tab = stored.sheet(form.form.sheet)
    on = [places[i.code].sheet for i in form.form.figures]
    sheets = list(dict.fromkeys(on))
    if len(sheets) == 1 and (tab is None or tab.name == sheets[0]):
        return []
    is_form = tab is not None and form.form.code in forms_shown(regime, stored.cells(tab.name))
    usual = tab.name if tab is not None and is_form else max(sheets, key=on.count)
    findings = []
    for sheet in sheets:
        if sheet == usual:
            continue
        code = next(i.code for i in form.form.figures if places[i.code].sheet == sheet)
        place = places[code]
        there = FigureCell(usual, place.address, by_name=False)
        words = {
            "form": usual,
            "cell": place.address,
            "stored": _shown(_cell(stored, place)),
            "shown": _shown(_cell(stored, there)),
        }
        findings.append(at_figure("form_elsewhere", Severity.ERROR, regime, code, place, **words))
    return findings


def _twin(
    regime: Regime, form: FormLayout, own: Mapping[str, FigureCell], name: str, stored: StoredWorkbook
) -> Iterable[Finding]:
    """A visible sheet with the title of a form: held where it shows another figure."""
    cells = stored.cells(name)
    column = column_under(texts.text("wb_column_figure"), cells, FIGURE) or FIGURE
    for code, place in own.items():
        for row in labelled_rows(cells, regime.indicators[code]):
            seen, counted = cells.get(f"{column}{row}"), _cell(stored, place)
            if _holds(seen) and _content(seen) != _content(counted):
                words = {
                    "form": form.form.sheet,
                    "sheet": place.sheet,
                    "cell": place.address,
                    "shown": _shown(seen),
                    "stored": _shown(counted),
                }
                twin = FigureCell(name, f"{column}{row}", by_name=False)
                return [at_figure("form_twice", Severity.ERROR, regime, code, twin, **words)]
    words = {"form": form.form.sheet, "sheet": next(iter(own.values())).sheet}
    return [at_place("form_copied", Severity.NOTICE, name, HEADING, **words)]


def _cell(stored: StoredWorkbook, place: FigureCell) -> RawCell | None:
    return stored.cells(place.sheet).get(place.address) if stored.sheet(place.sheet) else None


def _holds(cell: RawCell | None) -> bool:
    return cell is not None and bool(cell.text.strip() or cell.formula)


def _content(cell: RawCell | None) -> tuple[str | None, str]:
    return (cell.formula, "" if cell.formula else as_compared(cell.text)) if cell is not None else (None, "")


def _shown(cell: RawCell | None) -> str:
    if cell is None or not _holds(cell):
        return texts.text("blank_word")
    return f"={cell.formula}"[:60] if cell.formula else cell.text.strip()[:60]
