"""Put what was typed into one workbook together with what another one offers: nothing overwritten unasked.

What an officer types is looked at cell by cell. A blank cell takes what is offered; a cell that holds
something else is a conflict, kept unless the caller prefers the other side.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from cchc_xl import texts
from cchc_xl.figures.checks import shown_figure
from cchc_xl.figures.numbers import format_claim_vi, format_vi
from cchc_xl.model.addresses import SheetCell
from cchc_xl.model.contents import Contents
from cchc_xl.model.errors import UsageError
from cchc_xl.model.layout import CLAIMED, MAIN, MAIN_INPUTS, NOTE, WorkbookLayout
from cchc_xl.model.registers import RegisterRow

Typed = date | Decimal | int | str
Key = tuple[str, ...]  # ("figure", code) · ("note", code) · ("claimed", code) · ("person", form) …


class Outcome(StrEnum):
    """What became of an offered cell."""

    TAKEN = "taken"
    KEPT = "kept"  # a conflict, left as it was
    OVERWRITTEN = "overwritten"  # a conflict, decided for the other side


@dataclass(frozen=True, slots=True)
class Meeting:
    """One cell where the other side offered something new."""

    key: Key
    sheet: str
    cell: str
    label: str
    current: Typed | None
    offered: Typed
    outcome: Outcome


@dataclass(frozen=True)
class Combination:
    """The contents after the meeting; `changed` are the cells that differ from before."""

    contents: Contents
    meetings: tuple[Meeting, ...]

    @property
    def changed(self) -> tuple[Meeting, ...]:
        return tuple(m for m in self.meetings if m.outcome is not Outcome.KEPT)

    @property
    def conflicts(self) -> tuple[Meeting, ...]:
        """Cells left as they were although the other side says something else."""
        return tuple(m for m in self.meetings if m.outcome is Outcome.KEPT)


def combine(
    layout: WorkbookLayout,
    current: Contents,
    offered: Contents,
    *,
    forms: Collection[str] | None = None,
    prefer_offered: bool = False,
) -> Combination:
    """Contents of a workbook after taking what `offered` says about `forms` (codes; None: everything).

    Raises UsageError for a form the regime does not have.
    """
    _refuse_unknown(layout, forms)
    here = _flat(layout, current)
    meetings: list[Meeting] = []
    for key, value in _flat(layout, offered).items():
        if forms is not None and _form_of(layout, key) not in forms:
            continue
        now = here.get(key)
        if now == value:
            continue
        decided = Outcome.OVERWRITTEN if prefer_offered else Outcome.KEPT
        outcome = Outcome.TAKEN if now is None else decided
        meetings.append(Meeting(key, *place_of(layout, key), _label(layout, key), now, value, outcome))
    changes = {m.key: m.offered for m in meetings if m.outcome is not Outcome.KEPT}
    return Combination(_overlaid(current, changes), tuple(meetings))


def chosen_forms(layout: WorkbookLayout, asked: str) -> tuple[str, ...] | None:
    """Form codes from "bieu1, bieu3" or "1;3"; None for nothing asked, which stands for every form.

    Raises UsageError naming what is no form.
    """
    words = asked.replace(";", ",").replace(" ", ",").split(",")
    named = tuple(word.strip().lower() for word in words if word.strip())
    by_number = {form.form.number.lower(): code for code, form in layout.forms.items()}
    codes = tuple(by_number.get(name, name) for name in named)
    _refuse_unknown(layout, codes)
    return codes or None


def shown(layout: WorkbookLayout, key: Key, value: Typed | None) -> str:
    """A cell's content as a Vietnamese reader expects it."""
    if value is None:
        return texts.text("blank_word")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, str):
        return value
    number = Decimal(value)
    if key[0] == "claimed":
        return format_claim_vi(number)
    return shown_figure(layout.regime, key[1], number) if key[0] == "figure" else format_vi(number)


def place_of(layout: WorkbookLayout, key: Key) -> SheetCell:
    """Sheet and address of what a key stands for."""
    what, code = key[:2]
    match what:
        case "figure":
            return layout.place(code)
        case "note":
            return layout.place(code, NOTE)
        case "claimed":
            return layout.place(code, CLAIMED)
        case "person":
            return MAIN, layout.contact(code)[0]
        case "telephone":
            return MAIN, layout.contact(code)[1]
        case "declaration":
            return MAIN, MAIN_INPUTS[code]
        case "explanation":
            return layout.explanation(code)
    register = layout.registers[code]
    return register.register.sheet, f"{register.columns[key[3]]}{register.first_row + int(key[2])}"


def _refuse_unknown(layout: WorkbookLayout, forms: Collection[str] | None) -> None:
    unknown = [form for form in forms or () if form not in layout.forms and form not in layout.registers]
    if unknown:
        known = ", ".join((*layout.forms, *layout.registers))
        raise UsageError(texts.text("combine_forms_unknown", forms=", ".join(unknown), known=known))


def _flat(layout: WorkbookLayout, contents: Contents) -> dict[Key, Typed]:
    return {key: value for key, value in _cells(layout, contents) if value is not None and value != ""}


def _cells(layout: WorkbookLayout, contents: Contents) -> Iterator[tuple[Key, Typed | None]]:
    indicators = layout.regime.indicators
    for code, figure in contents.figures.items():
        yield ("figure", code), figure
    for code, note in contents.notes.items():
        yield ("note", code), None if note == indicators[code].printed_note else note
    for code, claim in contents.claimed.items():
        yield ("claimed", code), claim
    for form, (person, telephone) in contents.contacts.items():
        yield ("person", form), person
        yield ("telephone", form), telephone
    for name, declared in contents.declarations.items():
        yield ("declaration", name), declared
    for rule, said in contents.explanations.items():
        yield ("explanation", rule), said
    for code, rows in contents.registers.items():
        for number, row in enumerate(rows):
            for column, value in row.items():
                yield ("register", code, str(number), column), value


def _form_of(layout: WorkbookLayout, key: Key) -> str:
    """Form or register a cell belongs to; "" for what is declared about the whole submission."""
    what, code = key[:2]
    if what in ("figure", "note", "claimed"):
        return layout.regime.form_of[code]
    if what == "explanation":
        return layout.regime.rule(code).form
    return "" if what == "declaration" else code


def _label(layout: WorkbookLayout, key: Key) -> str:
    what, code = key[:2]
    if what in ("figure", "note", "claimed"):
        indicator = layout.regime.indicators[code]
        name = f"{indicator.number} {indicator.label}".strip()
        return name if what == "figure" else f"{name} – {texts.text(f'combine_{what}')}"
    if what == "declaration":
        return texts.text(f"wb_{code}")
    return texts.text(f"combine_{what}")


def _overlaid(contents: Contents, changes: Mapping[Key, Typed]) -> Contents:
    """The contents with these cells changed; register rows grow as needed."""
    of = {
        what: {key[1]: value for key, value in changes.items() if key[0] == what}
        for what in ("figure", "note", "claimed", "declaration", "explanation", "person", "telephone")
    }
    contacts = dict(contents.contacts)
    for index, what in enumerate(("person", "telephone")):
        for form, value in of[what].items():
            pair = list(contacts.get(form, ("", "")))
            pair[index] = str(value)
            contacts[form] = (pair[0], pair[1])
    return replace(
        contents,
        figures={**contents.figures, **of["figure"]},  # type: ignore[dict-item]
        notes={**contents.notes, **of["note"]},  # type: ignore[dict-item]
        claimed={**contents.claimed, **of["claimed"]},  # type: ignore[dict-item]
        declarations={**contents.declarations, **of["declaration"]},
        explanations={**contents.explanations, **of["explanation"]},  # type: ignore[dict-item]
        contacts=contacts,
        registers=_registers(contents, changes),
    )


def _registers(contents: Contents, changes: Mapping[Key, Typed]) -> dict[str, tuple[RegisterRow, ...]]:
    found = {code: [dict(row) for row in rows] for code, rows in contents.registers.items()}
    for key, value in changes.items():
        if key[0] == "register":
            rows = found.setdefault(key[1], [])
            rows += [{} for _ in range(int(key[2]) + 1 - len(rows))]
            rows[int(key[2])][key[3]] = value  # type: ignore[assignment]
    return {code: tuple(rows) for code, rows in found.items()}
