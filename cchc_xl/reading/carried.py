"""What an earlier template version held, as today's version says it: submissions and typed contents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from cchc_xl import texts
from cchc_xl.catalogue.versions import Succession
from cchc_xl.figures.checks import computed_figures, figures_of, judge
from cchc_xl.model import KPS, Finding, Indicator, Observation, Regime, Severity, Status, Submission
from cchc_xl.model.contents import Contents
from cchc_xl.model.layout import TODAY
from cchc_xl.model.registers import ROW
from cchc_xl.model.terms import Figure

V = TypeVar("V")
OLDER_TEMPLATE = "older_template"  # rule of the notice on a file of an earlier version
_FIRST = 3  # rows a sentence names


def carried_submission(read: Submission, by: Succession) -> Submission:
    """A submission read by its own version, in today's rows; its findings stay those of its own rules.

    Rows it was never asked for are `not_in_template`, which is neither blank nor a fault.
    """
    new = by.new
    observations = _observations(read, by)
    findings = (*(_finding(found, by) for found in read.findings), _notice(by))
    verdict, forms = judge((form.code for form in new.printed_forms), findings)
    rules = {rule.id for rule in new.rules}
    return replace(
        read,
        observations=observations,
        findings=tuple(sorted(findings, key=lambda f: new.in_printed_order(f.indicator))),
        verdict=verdict,
        forms=forms,
        explanations={rule: said for rule, said in read.explanations.items() if rule in rules},
        contacts={form: who for form, who in read.contacts.items() if form in {f.code for f in new.forms}},
        registers=_registers(read.registers, new),
    )


def carried_contents(typed: Contents, by: Succession) -> Contents:
    """What was typed into a workbook of an earlier version, for a workbook of today's."""
    new = by.new
    rules, forms = {rule.id for rule in new.rules}, {form.code for form in new.forms}
    declared = {name: said for name, said in typed.declarations.items() if name in TODAY.main_inputs}
    return Contents(
        figures=_by_code(typed.figures, by),
        notes={
            code: note
            for code, note in _by_code(_own_notes(typed, by), by).items()
            if not new.indicators[code].is_heading
        },
        declarations=declared,
        contacts={form: who for form, who in typed.contacts.items() if form in forms},
        explanations={rule: said for rule, said in typed.explanations.items() if rule in rules},
        claimed=_by_code(typed.claimed, by),
        registers=_registers(typed.registers, new),
    )


def left_behind(typed: Contents, by: Succession) -> dict[str, str]:
    """What today's version has no place for, by where it stood: figures, Giải trình, columns of registers."""
    found = {
        f"{by.old.form(by.old.form_of[i.code]).sheet}, {i.number} {i.label}": str(typed.figures[i.code])
        for i in by.gone
        if typed.figures.get(i.code) is not None
    }
    rules = {rule.id for rule in by.new.rules}
    found |= {rule: said for rule, said in typed.explanations.items() if rule not in rules}
    kept = _registers(typed.registers, by.new)
    for register in by.old.registers:
        for number, row in enumerate(typed.registers.get(register.code, ()), start=1):
            there = kept.get(register.code, ())
            for column, value in row.items():
                if value is not None and column not in (there[number - 1] if there else {}):
                    found[f"{register.sheet} [{number}] {column}"] = str(value)
    return found


def added_rows(by: Succession) -> str:
    """The rows an earlier version did not have, the first ones by name."""
    return _named(by.added, by.new)


def carried_figures(figures: Mapping[str, Figure], by: Succession) -> dict[str, Figure]:
    """Figures by the codes of an earlier version, by today's codes; those of rows that went are left out."""
    return _by_code(figures, by)


def _observations(read: Submission, by: Succession) -> tuple[Observation, ...]:
    new = by.new
    at = {by.codes[o.indicator]: o for o in read.observations if o.indicator in by.codes}
    typed = [
        replace(at[i.code], indicator=i.code)
        if i.code in at
        else Observation(i.code, Status.NOT_IN_TEMPLATE, None, new.form(new.form_of[i.code]).sheet, "")
        for i in new.inputs
    ]
    exact = computed_figures(new, figures_of(typed))
    found = {o.indicator: o for o in typed}
    for indicator in new.figures:
        if not indicator.is_input:
            found[indicator.code] = _computed(indicator, exact[indicator.code], at, new)
    return tuple(found[i.code] for i in new.figures)


def _computed(indicator: Indicator, exact: Figure, at: Mapping[str, Observation], new: Regime) -> Observation:
    """A computed row by today's formula; without a place where the older file had none."""
    is_value = isinstance(exact, Decimal)
    status = Status.VALUE if is_value else Status.NOT_APPLICABLE if exact == KPS else Status.BLANK
    place = at.get(indicator.code)
    sheet, cell = (place.sheet, place.cell) if place else (new.form(new.form_of[indicator.code]).sheet, "")
    value = exact if isinstance(exact, Decimal) else None
    return Observation(indicator.code, status, value, sheet, cell, place.note if place else "")


def _finding(found: Finding, by: Succession) -> Finding:
    code = by.codes.get(found.indicator or "")
    return replace(found, indicator=code, form=by.new.form_of[code] if code else found.form)


def _notice(by: Succession) -> Finding:
    words = {"version": by.old.version, "today": by.new.version}
    lines = [texts.text(OLDER_TEMPLATE, **words)]
    if by.added:
        lines.append(texts.text("older_template_added", count=len(by.added), rows=_named(by.added, by.new)))
    if by.gone:
        lines.append(texts.text("older_template_gone", count=len(by.gone), rows=_named(by.gone, by.old)))
    return Finding(OLDER_TEMPLATE, Severity.NOTICE, " ".join(lines), texts.fix(OLDER_TEMPLATE))


def _named(rows: Iterable[Indicator], regime: Regime) -> str:
    listed = [
        f"{regime.form(regime.form_of[i.code]).sheet} {i.number.rstrip('.') or i.label}".strip() for i in rows
    ]
    return ", ".join(listed[:_FIRST]) + (" …" if len(listed) > _FIRST else "")


def _own_notes(typed: Contents, by: Succession) -> dict[str, str]:
    """Notes people wrote; what the older form had printed there is no note of theirs."""
    printed = by.old.indicators
    return {code: note for code, note in typed.notes.items() if note != printed[code].printed_note}


def _by_code(values: Mapping[str, V], by: Succession) -> dict[str, V]:
    return {by.codes[code]: value for code, value in values.items() if code in by.codes}


def _registers(
    registers: Mapping[str, tuple[Mapping[str, V], ...]], new: Regime
) -> dict[str, tuple[dict[str, V], ...]]:
    """Rows of the registers today's version has, cut to its columns."""
    columns = {register.code: {ROW, *(c.code for c in register.columns)} for register in new.registers}
    return {
        code: tuple({c: v for c, v in row.items() if c in columns[code]} for row in rows)
        for code, rows in registers.items()
        if code in columns
    }
